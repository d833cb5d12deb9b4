"""The keyboard on a page's map: arrows lead to the neighbour in their direction."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.js.conftest import EAST, WEST, geometry

Draw = Callable[..., Page]
NORTH, FAR = "440105", "440106"
# North lies on both; beyond a gap in the east is another that touches none.
BOXES = {WEST: (100, 300, 300, 500), EAST: (300, 300, 500, 500), NORTH: (100, 100, 500, 300), FAR: (600, 320, 700, 420)}
MARKS = {WEST: (200, 400), EAST: (400, 400), NORTH: (300, 200), FAR: (650, 370)}


@pytest.fixture
def keys(drawn: Draw) -> Page:
    """The map of four districts; those side by side share their corners, as the shipped boundaries do."""
    data = geometry(BOXES, MARKS)
    # North's lower edge has the corner where west and east meet.
    ring = data["districts"]["features"][2]["geometry"]["coordinates"][0]
    corner = data["districts"]["features"][1]["geometry"]["coordinates"][0]
    ring.append(
        next(point for point in corner if point in data["districts"]["features"][0]["geometry"]["coordinates"][0])
    )
    return drawn(data)


@pytest.mark.parametrize(
    ("start", "arrows", "end"),
    [
        (WEST, ["ArrowRight"], EAST),
        (EAST, ["ArrowLeft"], WEST),
        (NORTH, ["ArrowLeft"], NORTH),  # nothing lies there
        (WEST, ["ArrowDown"], WEST),
        (EAST, ["ArrowRight"], FAR),  # touches nothing, and still is reached
        (FAR, ["ArrowLeft"], EAST),
        (WEST, ["ArrowUp"], NORTH),
        (WEST, ["ArrowRight", "ArrowUp"], NORTH),
    ],
)
def test_an_arrow_leads_to_the_neighbour_in_its_direction(keys: Page, start: str, arrows: list[str], end: str) -> None:
    centre = keys.evaluate("() => [map.getCenter().lat, map.getCenter().lng]")
    keys.locator(f".district-{start}").focus()
    for arrow in arrows:
        keys.keyboard.press(arrow)
    expect(keys.locator(f".district-{end}")).to_be_focused()
    assert keys.evaluate("() => window.reported") == [], "to look is not to select"
    assert keys.evaluate("() => [map.getCenter().lat, map.getCenter().lng]") == centre, "the map does not move"


def test_a_district_out_of_sight_is_brought_into_it(keys: Page) -> None:
    keys.evaluate("() => map.setView(clusterMapData.districtAnchors['440103'], 10, { animate: false })")
    in_sight = "() => map.getBounds().contains(clusterMapData.districtAnchors['440104'])"
    assert not keys.evaluate(in_sight)
    keys.locator(f".district-{WEST}").focus()
    keys.keyboard.press("ArrowRight")
    keys.wait_for_function(in_sight)
    expect(keys.locator(f".district-{EAST}")).to_be_focused()
    assert keys.evaluate("() => window.reported") == [], "to look is not to select"


def test_with_control_an_arrow_is_the_browsers(keys: Page) -> None:
    keys.locator(f".district-{WEST}").focus()
    keys.keyboard.press("Control+ArrowRight")
    expect(keys.locator(f".district-{WEST}")).to_be_focused()


def test_the_show_has_no_link_past_its_map(drawn: Draw) -> None:
    assert drawn(led=True).locator(".skip").count() == 0
    page = drawn()
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    expect(page.locator(".skip")).to_have_text("Skip")
