"""Journeys through the dashboard in a real browser."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from geo.maps.themes import THEMES
from tests.e2e.conftest import Visits, serving

TIANHE, NANSHA, PANYU, HUANGPU = "440106", "440115", "440113", "440112"


def test_cold_deep_link_opens_the_exact_view(browser: Browser, visits: Visits, tmp_path: Path) -> None:
    """A link into a server nobody has visited yet opens page, selection, figure and language, and no notice."""
    with serving(tmp_path / "log.txt") as url:
        screen = visits.open(f"/districts?metric=population&period=2010&sel={NANSHA}&lang=zh", url=url)
        screen.wait_for_map()
        expect(screen.map.locator(f".district-{NANSHA}")).to_have_class(re.compile(r"\bselected\b"))
        expect(screen.page.locator(".st-key-selection")).to_contain_text("南沙")
        screen.expect_chosen("period", "2010")
        expect(screen.page.get_by_role("link", name="总览")).to_be_visible()
        expect(screen.page.get_by_role("link", name="Overview")).to_have_count(0)
        screen.expect_no_trouble()


def test_filter_changes_colours_and_figures_without_reloading_the_map(visits: Visits) -> None:
    """Another metric recolours the shapes in place; camera and window stay as they were."""
    screen = visits.open("/?metric=gdp&period=2023&lang=en")
    screen.mark_map()
    screen.expect_kpi("RMB 3,035.6 bn")
    before, camera = screen.colour(HUANGPU), screen.camera()
    screen.choose("metric", "Residents")
    screen.expect_kpi("18.68 million")
    expect(screen.map.locator("body")).to_have_attribute("data-painted", "2")
    assert screen.colour(HUANGPU) != before
    assert screen.camera() == camera
    screen.expect_map_not_reloaded()
    screen.expect_parameter("metric", "population")


def test_colour_means_the_same_in_every_period(visits: Visits) -> None:
    """The legend's limits stay when the period changes, and a gap is hatched rather than coloured."""
    screen = visits.open("/?metric=gdp&period=2023&lang=en")
    screen.wait_for_map()
    legend = screen.page.locator(".st-key-legend").inner_text()
    screen.choose("period", "2022 (2 of 11)")
    screen.expect_kpi("2 of 11 districts")
    expect(screen.map.locator(f".district-{TIANHE}")).to_have_class(re.compile(r"\bno-data\b"))
    assert "hatch" in screen.colour(TIANHE)
    assert screen.page.locator(".st-key-legend").inner_text() == legend.replace("GDP · 2023", "GDP · 2022")


def test_click_on_a_shape_selects_it_everywhere(visits: Visits) -> None:
    """Map, ranking and picker share one selection; a second click clears it; the map keeps its camera."""
    screen = visits.open("/?lang=en")
    screen.mark_map()
    camera = screen.camera()
    screen.click_district(PANYU)
    screen.expect_selected(PANYU, "Panyu")
    screen.click_bar(TIANHE)
    screen.expect_selected(TIANHE, "Tianhe")
    screen.choose("district", "Huangpu")
    screen.expect_selected(HUANGPU, "Huangpu")
    screen.click_bar(HUANGPU)
    expect(screen.map.locator(".district.selected")).to_have_count(0)
    expect(screen.page).not_to_have_url(re.compile(r"[?&]sel="))
    assert screen.camera() == camera
    screen.expect_map_not_reloaded()


def test_row_of_the_table_selects_too(visits: Visits) -> None:
    """The table opens with the selection made on the map, and a click on a row selects that row's district."""
    screen = visits.open(f"/?lang=en&sel={PANYU}", viewport={"width": 1366, "height": 1500})
    screen.wait_for_map()
    screen.page.get_by_text("Table and download").click()
    grid = screen.page.locator(".st-key-table [data-testid=stDataFrame]")
    expect(grid).to_be_visible()
    grid.click(position={"x": 16, "y": 35 + 17})
    screen.expect_parameter("sel", "440105")  # clusters.csv begins with Pazhou, in Haizhu
    expect(screen.map.locator(".district-440105")).to_have_class(re.compile(r"\bselected\b"))
    expect(screen.map.locator(f".district-{PANYU}")).not_to_have_class(re.compile(r"\bselected\b"))


def test_the_file_under_the_table_is_saved(visits: Visits) -> None:
    """It has the view on screen, in the language of the page, also while others come and go."""
    screen = visits.open("/?lang=zh&metric=population")
    screen.wait_for_map()
    screen.page.get_by_text("数据表与下载").click()
    with screen.page.expect_download() as download:
        screen.page.locator(".st-key-table").get_by_role("button", name="下载 CSV").click()
    visits.open("/?lang=en").wait_for_map()
    text = Path(download.value.path()).read_text(encoding="utf-8-sig")
    assert "常住人口" in text
    assert "地区生产总值" not in text


def test_keyboard_selects_a_shape(visits: Visits) -> None:
    """A focused district is selected by Enter."""
    screen = visits.open("/?lang=en")
    screen.wait_for_map()
    shape = screen.map.locator(f".district-{NANSHA}")
    shape.focus()
    shape.press("Enter")
    screen.expect_selected(NANSHA, "Nansha")
    expect(shape).to_have_attribute("aria-label", re.compile("Nansha, GDP · 2023, RMB 232.4 bn"))


def test_language_switches_in_place(visits: Visits) -> None:
    """Names, numbers and units change; the map is not reloaded, and no English control is left."""
    screen = visits.open(f"/?lang=en&sel={TIANHE}")
    screen.mark_map()
    screen.expect_kpi("RMB 655.1 bn")
    screen.press("language", "中文")
    screen.expect_kpi("6,551.3 亿元")
    expect(screen.map.locator(".name-district", has_text="天河")).to_be_visible()
    expect(screen.map.get_by_text("Tianhe", exact=True)).to_have_count(0)
    for english in ("Metric", "Period", "Ranking", "No data", "Largest"):
        expect(screen.page.get_by_text(english, exact=True)).to_have_count(0)
    screen.expect_parameter("lang", "zh")
    screen.expect_map_not_reloaded()


def test_the_sign_of_a_second_choice_source_is_seen_and_read_out(visits: Visits) -> None:
    """A dagger follows the value and is announced by what it means; bars of first-choice sources have none."""
    screen = visits.open("/?metric=gdp&period=2024&lang=en")
    expect(screen.bar(TIANHE).locator(".sign")).to_have_text("†")
    expect(screen.bar(TIANHE).get_by_role("img", name="secondary source")).to_be_visible()
    expect(screen.page.locator(".st-key-ranking .sign")).to_have_count(5)
    expect(screen.page.locator(".st-key-ranking")).to_contain_text("† wholly or partly from a secondary source")
    screen.expect_no_trouble()


@pytest.mark.parametrize(("locale", "title"), [("zh-CN", "总览"), ("en-GB", "Overview"), ("fr-FR", "Overview")])
def test_language_comes_from_the_browser(visits: Visits, locale: str, title: str) -> None:
    """Without a language in the link the browser's own decides: Chinese, or else English."""
    screen = visits.open("/", locale=locale)
    expect(screen.page.get_by_role("link", name=title)).to_be_visible()


def test_broken_link_opens_with_a_notice(visits: Visits) -> None:
    """What is not understood is named and left out; nothing in it runs, and the rest of the link holds."""
    attack = "%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E"
    screen = visits.open(f"/?metric=density&period=1066&sel={attack}&palette=%2A%2Abold%2A%2A&lang=en")
    notice = screen.page.locator(".st-key-notice")
    expect(notice).to_contain_text("period=1066")
    expect(notice).to_contain_text("sel=<img src=x onerror=alert(1)>")
    expect(notice).to_contain_text("palette=**bold**")
    expect(notice.locator("img, strong")).to_have_count(0)
    screen.wait_for_map()
    screen.expect_kpi("people/km²")
    expect(screen.page.locator("[data-testid=stException]")).to_have_count(0)


def test_back_restores_the_view_before(visits: Visits) -> None:
    """Back from another page brings the page and its view again."""
    screen = visits.open(f"/?metric=density&sel={PANYU}&lang=en")
    screen.wait_for_map()
    screen.open_menu_entry("Sources")
    expect(screen.page.get_by_text("Assumptions and gaps")).to_be_visible()
    screen.expect_parameter("sel", PANYU)
    screen.page.go_back()  # to the address the menu led to, before the view was added to it
    screen.page.go_back()
    screen.wait_for_map()
    screen.expect_selected(PANYU, "Panyu")


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("path", ["/", "/pazhou", "/baietan", "/districts", "/prepare", "/sources"])
def test_every_page_opens_without_trouble(visits: Visits, path: str, language: str) -> None:
    """Each page opens by its address in both languages, with its map if it has one, and asks no other host."""
    screen = visits.open(f"{path}?lang={language}")
    if path not in ("/prepare", "/sources"):
        screen.wait_for_map()
    expect(
        screen.page.get_by_text("See Sources for the origin of each figure" if language == "en" else "各项数据出处")
    ).to_be_visible()
    screen.expect_no_trouble()


def test_dark_theme_reaches_the_map(visits: Visits) -> None:
    """A browser that prefers dark gets a dark ground under the same class colours."""
    light = visits.open("/?lang=en")
    light.wait_for_map()
    dark = visits.open("/?lang=en", color_scheme="dark")
    dark.wait_for_map()
    expect(dark.map.locator("#map_div")).to_have_class(re.compile(r"\bdark\b"))
    expect(light.map.locator("#map_div")).not_to_have_class(re.compile(r"\bdark\b"))
    assert dark.colour(TIANHE) == light.colour(TIANHE)
    hatches = [
        screen.page.locator(".legend .hatched").evaluate("one => getComputedStyle(one).backgroundImage")
        for screen in (light, dark)
    ]
    assert [bytes.fromhex(THEMES[name].land[1:]) for name in ("light", "dark")] == [
        bytes(map(int, re.findall(r"rgb\((\d+), (\d+), (\d+)\)", hatch)[-1])) for hatch in hatches
    ], "no data looks in the legend as on the map"


def test_phone_needs_no_sideways_scrolling(visits: Visits) -> None:
    """At 390 pixels the page is as wide as the window, and figures are whole."""
    screen = visits.open("/?lang=en", viewport={"width": 390, "height": 844})
    screen.wait_for_map()
    wider = screen.page.evaluate("() => document.documentElement.scrollWidth - window.innerWidth")
    assert wider <= 0
    screen.expect_cards_whole()


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_chosen_metric_is_whole_or_seen_to_go_on(visits: Visits, language: str) -> None:
    """社会消费品零售总额 fits, what does not ends in an ellipsis, and the filters still stand in one line at 1366 pixels."""
    screen = visits.open(f"/?lang={language}&metric=retail_sales", viewport={"width": 1366, "height": 768})
    chosen = screen.page.locator("[data-testid=stSelectbox] input").first
    expect(chosen).to_have_value({"en": "Retail sales", "zh": "社会消费品零售总额"}[language])
    assert chosen.evaluate("input => input.scrollWidth <= input.clientWidth")
    expect(chosen).to_have_css("text-overflow", "ellipsis")
    tops = screen.page.locator(".st-key-filters [data-testid=stSelectbox]").evaluate_all(
        "all => all.map((e) => Math.round(e.getBoundingClientRect().top))"
    )
    assert len(set(tops)) == 1


@pytest.mark.parametrize(
    ("query", "width", "text"),
    [
        ("metric=gdp&period=2023&tier=second", 390, "Liwan (home of Baietan) · 2023"),
        ("metric=gdp&period=2023", 1280, "−RMB 0.002 bn compared with the city figure"),
    ],
)
def test_cards_are_read_to_their_end(query: str, width: int, text: str, visits: Visits) -> None:
    """What a card is of and the line under it wrap where they are long; none ends in an ellipsis before its period."""
    screen = visits.open(f"/?{query}&lang=en", viewport={"width": width, "height": 844})
    screen.expect_kpi(text)
    screen.expect_cards_whole()
    screen.expect_no_trouble()


def test_no_land_is_drawn_as_sea_on_a_wide_screen(visits: Visits) -> None:
    """A map of 2560 × 1080 shows more than its surroundings reach: inland, west and north-east of the city, the ground goes on."""
    screen = visits.open("/?lang=en", viewport={"width": 2560, "height": 1080})
    screen.wait_for_map()
    expect(screen.map.locator("path.beyond")).to_have_count(3)
    ground = """map => [[0.002, 0.5], [0.998, 0.3], [0.5, 0.002]].map(([x, y]) => {
        const box = map.getBoundingClientRect(), at = new DOMPoint(box.left + x * box.width, box.top + y * box.height);
        return [...map.querySelectorAll("path.city")].some((path) => path.isPointInFill(at.matrixTransform(path.getScreenCTM().inverse())));
    })"""
    assert screen.map.locator("#map_div").evaluate(ground) == [True, True, True]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_button_with_an_explanation_is_as_tall_as_its_neighbours_and_whole(visits: Visits, language: str) -> None:
    """Question marks are made large enough for a finger; buttons that say more when pointed at are not question marks."""
    screen = visits.open(f"/prepare?lang={language}")
    button = screen.page.locator(".st-key-lock button").first
    button.wait_for()
    neighbour = screen.page.locator(".st-key-start a").first
    heights = [box["height"] for box in (button.bounding_box(), neighbour.bounding_box()) if box]
    assert heights == [40, 40]
    assert (
        button.locator("[data-testid=stMarkdownContainer]").evaluate("text => text.scrollWidth - text.clientWidth") == 0
    )
