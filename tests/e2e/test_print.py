"""Pages on paper: what a browser prints, read with the tools of poppler."""

import io
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, expect

import store
from tests.e2e.conftest import Visits, serving
from tests.e2e.screen import Screen
from tests.fixtures import DATA

DARKEST, LIGHTEST, TINT = (11, 58, 112), (227, 238, 249), (181, 210, 236)  # of the palette "blues"; of a close-up
LAND, DARK_LAND = (241, 240, 236), (35, 43, 51)
DARK_GROUNDS = (16, 22, 29), (27, 36, 45)  # of pages and of fields
MAPS = {"/": (DARKEST, LIGHTEST), "/districts": (DARKEST,), "/pazhou": (TINT,), "/baietan": (TINT,)}
HEADINGS = {
    "/": ("Overview", "总览"),
    "/districts": ("Nine districts", "九区"),
    "/pazhou": ("Pazhou", "琶洲"),
    "/baietan": ("Baietan", "白鹅潭"),
    "/data-desk": ("Data desk", "数据维护"),
    "/sources": ("Sources", "来源"),
}
ONLY_ON_SCREEN = ("Colours", "Show profile", "Table and download", "分级配色", "keyboard_arrow")
FOOTERS = {"en": "See Sources for the origin of each figure", "zh": "各项数据出处见"}
OTHER_LANGUAGE = {"en": "中文", "zh": "English"}
STYLE_IS_THERE = (
    "() => [...document.styleSheets].some(s => [...s.cssRules].some(r => r.styleSheet && /print.css/.test(r.href)))"
)
Paper = Callable[..., "Sheets"]


class Sheets:
    """A printed page."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.texts = [
            " ".join(text.split())
            for text in self._tool("pdftotext", "-layout", str(path), "-").decode().split("\f")[:-1]
        ]
        self.text = " ".join(self.texts)

    @staticmethod
    def _tool(*command: str) -> bytes:
        return subprocess.run(command, capture_output=True, check=True, timeout=60).stdout

    def facts(self) -> str:
        """Return what is known of the file."""
        return self._tool("pdfinfo", str(self._path)).decode()

    def pictures(self) -> int:
        """Return how many pictures made of pixels are in it."""
        return len(self._tool("pdfimages", "-list", str(self._path)).decode().splitlines()) - 2

    def colours(self, page: int = 1) -> dict[tuple[int, int, int], int]:
        """Return how many pixels of a page have each colour, at 40 to the inch."""
        command = ("pdftoppm", "-r", "40", "-f", str(page), "-l", str(page), str(self._path))
        map_style = Image.open(io.BytesIO(self._tool(*command))).convert("RGB")
        return {colour: count for count, colour in map_style.getcolors(maxcolors=1 << 20) or ()}


@pytest.fixture
def print_page(tmp_path: Path) -> Paper:
    """Return a function that prints what a window shows, with or without the grounds that browsers leave out unless told otherwise."""

    def print_(screen: Screen, *, grounds: bool = False) -> Sheets:
        path = tmp_path / "page.pdf"
        screen.page.pdf(path=path, prefer_css_page_size=True, print_background=grounds)
        return Sheets(path)

    return print_


def opened(visits: Visits, path: str, language: str, **context: object) -> Screen:
    """Open a page and wait until it is whole."""
    screen = visits.open(f"{path}{'' if '?' in path else '?'}lang={language}", **context)
    if path.partition("?")[0] in MAPS:
        screen.wait_for_map()
    expect(screen.page.get_by_text(FOOTERS[language])).to_be_visible()
    screen.page.wait_for_function(STYLE_IS_THERE)
    return screen


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("path", HEADINGS)
def test_a_page_on_paper_has_what_it_says_and_nothing_to_click(
    visits: Visits, print_page: Paper, path: str, language: str
) -> None:
    """A4 landscape, heading first, footer last, no blank sheet, no menu and no control; maps as shapes."""
    paper = print_page(opened(visits, path, language))
    assert "841.92 x 594.96 pts" in paper.facts()
    assert paper.texts[0].startswith(HEADINGS[path][language == "zh"])
    assert FOOTERS[language] in paper.texts[-1]
    assert all(len(text) > 40 for text in paper.texts), "a sheet is blank"
    assert paper.texts[0].replace(" / ", "/").endswith(f"1/{len(paper.texts)}")
    others = {heading for other, names in HEADINGS.items() if other == "/data-desk" != path for heading in names}
    for word in (*ONLY_ON_SCREEN, *others, OTHER_LANGUAGE[language]):
        assert word not in paper.text
    if path in MAPS:  # drawn as shapes, in their colours even by a browser that leaves out grounds
        assert paper.pictures() == 0
        found = paper.colours()
        assert min(found.get(colour, 0) for colour in MAPS[path]) > 150


@pytest.mark.parametrize("width", [1024, 1366, 1920])
def test_the_whole_map_is_printed_from_any_window(visits: Visits, print_page: Paper, width: int) -> None:
    """Names at all ends of the city are there, on one sheet with the ranking."""
    paper = print_page(opened(visits, "/", "en", viewport={"width": width, "height": 900}))
    sheet = next(text for text in paper.texts if "Conghua" in text)
    for name in ("Conghua", "Nansha", "Zengcheng", "Huadu"):
        assert sheet.count(name) == 2, name  # on the map and in the ranking
    assert "Baietan" in sheet


def test_what_was_chosen_is_printed(visits: Visits, print_page: Paper) -> None:
    screen = opened(visits, "/?metric=population&period=2010&tier=second&", "en")
    screen.expect_kpi("Liwan (home of Baietan) · 2010")
    text = print_page(screen).texts[0]
    assert "Residents" in text
    assert "2010" in text
    assert "Liwan (home of Baietan)" in text
    assert "9 districts" not in text  # a choice that was not made


def test_dark_pages_are_printed_light(visits: Visits, print_page: Paper) -> None:
    found = print_page(opened(visits, "/", "en", color_scheme="dark"), grounds=True).colours()
    assert max(found, key=found.__getitem__) == (255, 255, 255)
    assert found[LAND] > 2000
    for ground in (DARK_LAND, *DARK_GROUNDS):
        assert found.get(ground, 0) < 20, ground


def test_a_table_is_printed_whole(visits: Visits, print_page: Paper) -> None:
    """On screen the list of sources scrolls; on paper its last row is there, and each row once."""
    paper = print_page(opened(visits, "/sources", "en"))
    assert paper.text.count("Page on Panyu District, figures of 2020") == 1
    rows = (DATA / "sources.csv").read_text(encoding="utf-8").splitlines()[1:]
    assert paper.text.count("Wikipedia contributors") == sum("Wikipedia contributors" in row for row in rows) > 5


def test_a_draft_says_so_on_paper_too(browser: Browser, tmp_path: Path, print_page: Paper) -> None:
    """The watermark stays."""
    with serving(tmp_path / "log.txt") as url:
        opened_store = store.Store.open(f"sqlite:///{tmp_path / 'dashboard.sqlite3'}")
        shipped = (DATA / "indicators.csv").read_bytes()
        changed = shipped.replace(b",verified,", b",secondary,", 1)
        note = ("indicators", "update", "Han Meimei", "for print", "x.csv", b"")
        draft = opened_store.submit(store.Publication({"indicators.csv": changed}, *note), base=opened_store.current())
        opened_store.close()
        visitor = Visits(browser, url)
        screen = opened(visitor, f"/?v={draft.id}&", "en")
        text = print_page(screen).text
        screen.page.emulate_media(media="print")
        expect(screen.page.locator(".watermark")).to_be_visible()  # its letters are turned, and so not read as a word
        screen.page.context.close()
    assert "Draft, not published" in text
    assert "Show latest data" not in text


@pytest.mark.parametrize(("language", "heading"), [("en", "Check before the meeting"), ("zh", "会前检查")])
def test_the_check_before_the_meeting_is_one_sheet(
    visits: Visits, print_page: Paper, language: str, heading: str
) -> None:
    screen = opened(visits, "/prepare", language)
    screen.click("checkup_now")
    expect(screen.page.locator(".check-verdict[data-complete=true]")).to_be_visible()
    rows = screen.page.locator(".check tbody td:nth-child(2)").all_inner_texts()
    sheet = print_page(screen).texts[-1]
    assert sheet.startswith(heading)
    assert FOOTERS[language] in sheet
    assert len(rows) > 20
    assert all("".join(row.split()) in "".join(sheet.split()) for row in rows)
