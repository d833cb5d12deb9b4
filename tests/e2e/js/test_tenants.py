"""Tenants on the map of a page: one list beside sites near each other, which chooses and is chosen."""

import itertools
from collections.abc import Callable

import shapely
from playwright.sync_api import Page, expect

from tests.e2e.js.conftest import geometry, names, paint

Draw = Callable[..., Page]
EVIL = "<img src=x onerror=alert(1)>"
SPOTS = ((300, 300), (306, 304), (600, 450))
TENANTS = [
    {"company": "a", "place": 0, "status": "topped_out", "name": EVIL, "detail": "topped out (2021)"},
    {"company": "b", "place": 1, "status": "moved_in", "name": "b firm", "detail": "moved in"},
    {"company": "c", "place": 2, "status": "moved_out", "name": "c firm", "detail": "moved out"},
]


def test_tenants_near_each_other_are_listed_together_and_their_words_are_text(drawn: Draw) -> None:
    page = drawn(geometry(places=SPOTS), tenants=TENANTS)
    expect(page.locator(".tenants")).to_have_count(2)
    expect(page.locator(".tenants").first.locator(".company")).to_have_text([EVIL, "b firm"])
    expect(page.locator(".mark-dot")).to_have_count(3)
    expect(page.locator("img")).to_have_count(0)
    expect(page.locator(".leaflet-leaders-pane .leader")).to_have_count(1)


def test_a_long_name_is_cut_and_leaves_the_list_its_room(drawn: Draw) -> None:
    """Whole in what is read out and under the pointer; names of usual length are not cut."""
    long = "W" * 93
    page = drawn(geometry(places=SPOTS), tenants=[TENANTS[0], TENANTS[1] | {"name": long}, TENANTS[2]])
    expect(page.locator(".tenants")).to_have_count(2)
    line = page.get_by_role("button", name=long)
    expect(line).to_have_attribute("title", long)
    cut = "name => [name.scrollWidth > name.clientWidth, getComputedStyle(name).textOverflow]"
    assert line.locator(".company").evaluate(cut) == [True, "ellipsis"]
    expect(line.locator(".detail")).to_have_text("moved in")
    assert page.get_by_role("button", name="c firm").locator(".company").evaluate(cut) == [False, "ellipsis"]
    box = page.locator(".tenants").first.bounding_box()
    assert box
    assert box["width"] < 300


def test_a_line_chooses_its_company_and_a_second_click_lets_go(drawn: Draw) -> None:
    page = drawn(geometry(places=SPOTS), tenants=TENANTS)
    page.evaluate("() => { Streamlit.setComponentValue = (value) => reported.push([value.tenant, value.selected]) }")
    line = page.get_by_role("button", name="b firm")
    line.click()
    expect(line).to_have_attribute("aria-pressed", "true")
    expect(page.locator(".mark-dot.chosen")).to_have_count(1)
    line.click()
    expect(page.locator(".mark-dot.chosen")).to_have_count(0)
    assert page.evaluate("window.reported") == [["b", ""], ["", ""]], "no district was selected beneath the list"


def test_the_company_of_the_list_on_the_page_is_marked(drawn: Draw) -> None:
    page = drawn(geometry(places=SPOTS), tenants=TENANTS, tenant="c")
    expect(page.locator(".tenant.chosen")).to_have_text("c firmmoved out")
    paint(page, tenants=TENANTS)
    expect(page.locator(".tenant.chosen")).to_have_count(0)
    expect(page.locator(".tenant")).to_have_count(3)


def test_no_list_lies_over_a_name_of_a_district_or_its_mark(drawn: Draw) -> None:
    page = drawn(geometry(places=((250, 300), (255, 302))), tenants=TENANTS[:2])
    box = page.locator(".tenants").bounding_box()
    assert box
    for x, y in [(250, 300), *(names(page)[code] for code in ("440103", "440104"))]:
        assert not (box["x"] - 4 < x < box["x"] + box["width"] + 4 and box["y"] - 4 < y < box["y"] + box["height"] + 4)


def test_in_the_show_nothing_is_to_be_clicked(drawn: Draw) -> None:
    page = drawn(geometry(places=SPOTS), led=True, tenants=TENANTS)
    expect(page.locator(".tenant")).to_have_count(3)
    expect(page.locator("button.tenant")).to_have_count(0)


def test_whose_material_is_shown_stands_on_the_map_only_where_there_is_some(drawn: Draw) -> None:
    page = drawn(credit="© OpenStreetMap contributors")
    expect(page.locator(".credit")).to_have_text("© OpenStreetMap contributors")
    paint(page)
    expect(page.locator(".credit")).to_be_hidden()


def test_a_place_without_room_for_its_name_shows_no_mark_either(drawn: Draw) -> None:
    page = drawn(geometry(places=((300, 200), (303, 202))), places=[0, 1])
    visible = "all => all.filter(mark => getComputedStyle(mark).visibility === 'visible').length"
    assert page.locator(".mark-place").evaluate_all(visible) == 1
    assert "place 1" not in names(page)


def test_a_line_to_a_place_crosses_no_line_to_a_list(drawn: Draw) -> None:
    """Four places beside two tenants: the first free spot of one of them is across the line to the list."""
    places, sites = ((280, 402), (256, 418), (338, 446), (280, 414)), ((290, 456), (290, 444))
    tenants = [TENANTS[1] | {"place": 4}, TENANTS[2] | {"place": 5}]
    page = drawn(geometry(places=(*places, *sites)), places=[0, 1, 2, 3], tenants=tenants)
    points = "all => all.map(path => path.getAttribute('d').match(/-?[\\d.]+/g).map(Number))"
    lines = [shapely.LineString([line[:2], line[2:]]) for line in page.locator(".leader").evaluate_all(points)]
    assert len(lines) > 1
    assert not any(one.intersects(other) for one, other in itertools.combinations(lines, 2))


def test_two_clicks_on_a_line_do_not_zoom_the_map(drawn: Draw) -> None:
    page = drawn(geometry(places=SPOTS), tenants=TENANTS)
    before = page.evaluate("map.getZoom()")
    page.get_by_role("button", name="b firm").dblclick()
    assert page.evaluate("map.getZoom()") == before
    page.mouse.dblclick(700, 100)
    assert page.evaluate("map.getZoom()") > before, "as anywhere else"


def test_the_keyboard_stays_on_its_line_when_lists_are_made_anew(drawn: Draw) -> None:
    """After a move of the map and after a new style, while nobody looks at another line."""
    page = drawn(geometry(places=SPOTS), tenants=TENANTS)
    page.get_by_role("button", name="b firm").focus()
    page.evaluate("() => { map.panBy([40, 0], { animate: false }) }")
    expect(page.get_by_role("button", name="b firm")).to_be_focused()
    paint(page, tenants=TENANTS, tenant="b")
    expect(page.get_by_role("button", name="b firm")).to_be_focused()
    page.evaluate("() => { document.activeElement.blur() }")
    paint(page, tenants=TENANTS)
    expect(page.get_by_role("button", name="b firm")).not_to_be_focused()
