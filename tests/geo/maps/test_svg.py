"""Maps and sheets as SVG, read again as XML."""

import re
import xml.etree.ElementTree as ET
from dataclasses import replace

import pytest

from geo.briefing.export.sheet import sheet_svg
from geo.briefing.model import Scene
from geo.maps.folium_map import MapStyle, Shape
from geo.maps.map_styles import HOME
from geo.maps.svg import map_svg, scale_bar
from geo.maps.text_metrics import text_width
from geo.schema import ADCODES, Atlas

pytestmark = pytest.mark.slow

LIWAN, YUEXIU, HAIZHU = ADCODES[:3]
NS = {"s": "http://www.w3.org/2000/svg"}
HOSTILE = "</script><script>alert(1)//"  # the English name of Haizhu in the atlas


def shape(svg: str, name: str) -> ET.Element:
    """Return the element with a class."""
    return next(element for element in ET.fromstring(svg).iter() if name in element.get("class", "").split())


def texts(svg: str, group: str = "") -> list[str]:
    """Return the texts of a file, or of one of its groups."""
    root = shape(svg, group) if group else ET.fromstring(svg)
    return [element.text for element in root.iter(f"{{{NS['s']}}}text")]


def slide_map(atlas: Atlas, scene: Scene, language: str, *size: float, **options: object) -> str:
    """Return the map of a slide."""
    return map_svg(atlas, scene.camera, scene.faces[language].map_style, *size, **options)


@pytest.fixture
def drawn(atlas, scene):
    def make(language: str = "en", **options) -> str:
        return slide_map(atlas, scene(), language, 1200, 400, **options)

    return make


def test_districts_and_zones_can_be_told_by_class_and_title(drawn):
    svg = drawn()
    assert shape(svg, f"district-{LIWAN}").get("fill") == "#0b3a70"
    assert shape(svg, f"district-{LIWAN}").find("s:title", NS).text == "Liwan\nPeople & co · 2020\n9 u"
    assert shape(svg, f"district-{HAIZHU}").get("fill") == "#e6e4df"
    assert shape(svg, "zone-pazhou").find("s:title", NS).text.startswith("Pazhou\nSchematic")
    assert shape(svg, "zones").get("stroke-dasharray")


def test_only_districts_without_data_are_hatched(drawn):
    districts = shape(drawn(), "districts")
    classes = [element.get("class") for element in districts]
    assert classes[classes.index(f"district district-{YUEXIU}") + 1] == "no-data"
    assert classes.count("no-data") == 1


def test_hostile_names_stay_text(drawn):
    svg = drawn()
    assert "<script" not in svg
    assert HOSTILE in texts(svg, "names")


def test_names_are_text_and_stand_above_their_halos(drawn):
    svg = drawn("zh")
    assert texts(svg, "names") == texts(svg, "halos")
    assert {"荔湾", "越秀", "海珠", "琶洲"} == set(texts(svg, "names"))
    assert svg.index('class="halos"') < svg.index('class="names"')
    assert shape(svg, "halos").get("aria-hidden") == "true"


def test_names_can_carry_their_halos_themselves(drawn):
    svg = drawn(beneath=False)
    assert shape(svg, "names").get("paint-order") == "stroke"
    assert len(texts(svg)) == 4


def test_nothing_is_fetched_from_elsewhere(drawn, deck, scene):
    for svg in (drawn(), sheet_svg(deck(scene()), scene(), "en")):
        without = svg.replace('xmlns="http://www.w3.org/2000/svg"', "")
        assert not re.search(r"https?:|href|url\(|@import|<image", without)


def test_a_selected_district_is_outlined(atlas, scene, map_style):
    plain, chosen = scene(), scene(map_style=replace(map_style, selected=LIWAN))
    assert 'class="selection"' not in slide_map(atlas, plain, "en", 600, 400)
    assert slide_map(atlas, chosen, "en", 600, 400).count('class="selection"') == 2


def test_dark_maps_have_dark_ground_and_the_dark_tint(atlas, scene):
    tinted = scene(map_style=MapStyle({LIWAN: Shape(HOME["light"])}))
    light, dark = (slide_map(atlas, tinted, "en", 600, 400, dark=dark) for dark in (False, True))
    assert 'height="400" fill="#d5e6f1"' in light
    assert 'height="400" fill="#16222e"' in dark
    assert shape(dark, f"district-{LIWAN}").get("fill") == HOME["dark"]


def test_lines_at_the_edge_are_drawn_beyond_it(atlas, scene):
    west, south, east, north = scene().camera
    half = replace(scene(), camera=(west, south, (west + east) / 2, north))
    numbers = re.findall(r"[\d.]+", shape(slide_map(atlas, half, "en", 600, 400), f"district-{YUEXIU}").get("d"))
    assert max(map(float, numbers)) == pytest.approx(606)  # by half the size of a name, which is 12 here


@pytest.mark.parametrize(
    ("scale", "most", "metres", "units"),
    [(0.1, 160, 1000, 100), (0.1, 200, 2000, 200), (0.1, 99, 500, 50), (0.003, 160, 50_000, 150)],
)
def test_the_scale_bar_is_the_longest_round_distance_with_room(scale, most, metres, units):
    assert scale_bar(scale, most) == (metres, pytest.approx(units))


def test_a_map_may_have_a_scale(drawn):
    assert not any("km" in text for text in texts(drawn()))
    assert "1 km" in texts(drawn(scaled=True, size=13))  # 100 units; 2 km would need 200
    bar = shape(drawn(scaled=True, size=13), "scale").get("d")
    assert float(re.search(r"h([\d.]+)", bar)[1]) == pytest.approx(100, rel=0.03)


def test_no_name_stands_under_the_scale(story):
    svg = slide_map(story.data_version.atlas, story.scenes[0], "en", 515, 480, size=9, scaled=True)
    spots = {element.text: (float(element.get("x")), float(element.get("y"))) for element in shape(svg, "names")}
    assert "Zhongshan" in spots
    assert "Jiangmen" not in spots
    assert not any(x < 170 and y > 440 for x, y in spots.values())


def test_short_distances_are_in_metres(atlas, scene):
    near = replace(scene(), camera=(114.0, 23.06, 114.005, 23.065))
    assert "100 m" in texts(slide_map(atlas, near, "en", 600, 600, size=13, scaled=True))


def test_a_sheet_says_all_that_a_reader_needs(deck, scene):
    svg = sheet_svg(deck(scene(), approval="粤S(2026)001号"), scene(), "en")
    words = texts(svg)
    for expected in (
        "Title <b>&", "People & co · 2020", "Words *with* #marks $1 @x.", "People (u)", "1 – 9", "No data", "Legend's note.",
        "Headquarters cluster", "Sources: Bureau: Yearbook; Office: Census", "Data: version 3", "Locked to 2", "N", "2 km",
        "Boundaries are for presentation only and are not a legal reference. Map approval number: 粤S(2026)001号.",
    ):  # fmt: skip
        assert expected in words
    assert "Schematic outline, not a planning boundary" in " ".join(words)


def test_a_sheet_shows_a_sample_of_each_colour_and_of_the_hatching(deck, scene):
    svg = sheet_svg(deck(scene()), scene(), "en")
    samples = [element.get("fill") for element in ET.fromstring(svg).iter(f"{{{NS['s']}}}rect")]
    assert samples.count("#0b3a70") == 1
    assert (
        svg.count('class="no-data"')
        == slide_map(deck().data_version.atlas, scene(), "en", 808, 600).count('class="no-data"') + 1
    )


def test_a_sheet_in_chinese_says_it_in_chinese(deck, scene):
    words = texts(sheet_svg(deck(scene()), scene(), "zh"))
    assert "来源：Bureau: Yearbook；Office: Census" in words
    assert "2 公里" in words
    assert not {"Headquarters cluster", "District cluster"} & set(words)


def test_a_sheet_without_sentence_legend_or_sources_is_drawn(deck, scene):
    bare = scene(text="", legend=None, sources=(), badge="", map_style=MapStyle())
    words = texts(sheet_svg(deck(bare), bare, "en"))
    assert "Title <b>&" in words
    assert not any(word.startswith("Sources") for word in words)


@pytest.mark.parametrize(("paper", "size"), [("A4", ("297mm", "210mm")), ("A3", ("420mm", "297mm"))])
def test_a_sheet_has_the_size_of_its_paper(deck, scene, paper, size):
    root = ET.fromstring(sheet_svg(deck(scene()), scene(), "en", paper=paper))
    assert (root.get("width"), root.get("height"), root.get("viewBox")) == (*size, "0 0 1188 840")


@pytest.mark.parametrize("language", ["en", "zh"])
def test_nothing_on_the_shipped_sheets_lies_outside_the_paper(story, language):
    for scene in story.scenes:
        root = ET.fromstring(sheet_svg(story, scene, language))
        for element in root.findall("s:text", NS):
            assert 0 < float(element.get("y")) <= 840 - 30, (scene.id, element.text)


@pytest.mark.parametrize(("title", "shown"), [("n" * 60, "n" * 60), ("n" * 120, "n"), ("长" * 300, "长")])
def test_a_long_title_keeps_to_the_sheet_and_off_the_badge(deck, scene, title, shown):
    long = scene(title=title)
    root = ET.fromstring(sheet_svg(deck(long), long, "en"))
    found = next(e for e in root.iter(f"{{{NS['s']}}}text") if (e.text or "").startswith(shown))
    right = 40 + text_width(found.text, float(found.get("font-size")), bold=True)
    assert right < 1148 - text_width("Locked to 2", 13, bold=True)
    assert found.text == title or found.text.endswith("…")


def test_sources_that_do_not_fit_are_counted(deck, scene):
    many = scene(sources=tuple(f"Bureau {number}: a yearbook with quite a long title" for number in range(40)))
    words = [word for word in texts(sheet_svg(deck(many), many, "en")) if "Bureau" in word]
    assert len(words) == 3
    assert re.search(r"and \d+ more$", words[-1])
