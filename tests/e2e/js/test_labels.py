"""Where map.js puts names: under their marks where there is room, else around them, and never over another name or mark."""

import itertools
from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.e2e.js.conftest import EAST, NAME, WEST, at, geometry, names, paint

Draw = Callable[..., Page]
STEP = 13  # pixels between a mark and the middle of a name above or below it


def overlap(one: tuple[float, float], other: tuple[float, float], width: float, height: float) -> bool:
    """Return whether two boxes of one size lie over each other, given their middles."""
    return abs(one[0] - other[0]) < width and abs(one[1] - other[1]) < height


def test_a_name_with_room_is_below_its_mark_and_has_no_line(drawn: Draw) -> None:
    page = drawn()
    assert names(page) == {WEST: (250, 300 + STEP), EAST: (550, 300 + STEP)}
    assert page.locator(".mark-district").count() == 2
    assert page.locator(".leader").count() == 0


def test_the_second_of_two_near_names_goes_above_its_mark(drawn: Draw) -> None:
    """50 pixels apart, names of 60 would lie over each other side by side."""
    zone = {"pazhou": (WEST, (290, 290, 310, 310))}
    assert names(drawn(geometry(zones=zone)))[WEST] == (250, 300 - STEP)
    assert names(drawn(geometry(zones=zone)))["pazhou"] == (300, 300 + STEP)
    assert names(drawn(geometry(marks={WEST: (235, 300), EAST: (550, 300)}, zones=zone)))[WEST] == (235, 300 + STEP)


def test_a_name_keeps_out_of_its_neighbour(drawn: Draw) -> None:
    """Twelve pixels below the mark the next district begins: a name there would be read as that one's."""
    stacked = {WEST: (100, 200, 700, 312), EAST: (100, 312, 700, 500)}
    spots = {WEST: (400, 300), EAST: (400, 450)}
    assert names(drawn(geometry(stacked, spots))) == {WEST: (400, 300 - STEP), EAST: (400, 450 + STEP)}
    roomy = {WEST: (100, 200, 700, 320), EAST: (100, 320, 700, 500)}
    assert names(drawn(geometry(roomy, spots)))[WEST] == (400, 300 + STEP)


@pytest.mark.parametrize(("distance", "step"), [(30, -STEP), (35, STEP)])
def test_a_name_nearer_to_another_mark_goes_elsewhere(drawn: Draw, distance: int, step: int) -> None:
    """13 pixels below its own mark and 17 above another one it could be either's."""
    spots = {WEST: (250, 200 + distance), EAST: (550, 300)}
    shown = names(drawn(geometry(marks=spots, zones={"pazhou": (WEST, (240, 190, 260, 210))})))
    assert shown["pazhou"] == (250, 200 + step)
    assert shown[WEST] == (250, 200 + distance + STEP)


def test_a_name_without_room_in_its_district_stands_beside_the_city_with_a_line(drawn: Draw) -> None:
    """40 pixels wide at the western edge, a name of 60 has no room inside, and none in the other district."""
    narrow = {WEST: (100, 100, 140, 500), EAST: (140, 100, 700, 500)}
    page = drawn(geometry(narrow, {WEST: (120, 300), EAST: (550, 300)}))
    x, y = names(page)[WEST]
    assert x + NAME[0] / 2 < 100
    assert abs(y - 300) < 60
    assert page.locator(".leader").count() == 1


def test_a_name_is_left_out_rather_than_put_into_another_district(drawn: Draw) -> None:
    """The small one is surrounded, and so far inside that no way out of the city is seen."""
    inner = {EAST: (-300, -300, 1100, 900), WEST: (390, 290, 410, 310)}
    shown = names(drawn(geometry(inner, {WEST: (400, 300), EAST: (600, 200)})))
    assert set(shown) == {EAST}


def test_the_name_of_a_place_keeps_to_the_outlines_its_mark_is_in(drawn: Draw) -> None:
    """Out of the next district, and of a zone it is not in; where there is no other spot it stands in one, rather than in two."""
    inside, border, above = (250, 400), (380, 400), (550, 180)
    zone = {"pazhou": (EAST, (500, 195, 600, 240))}
    shown = names(drawn(geometry(zones=zone, places=(inside, border, above)), places=[0, 1, 2]))
    assert shown["place 0"] == (250, 400 + STEP)
    assert shown["place 1"] == (380 - 38, 400)
    assert shown["place 2"] == (550, 180 - STEP)
    three = {WEST: (100, 100, 140, 500), EAST: (140, 100, 700, 500), "440105": (0, 100, 100, 500)}
    spots = {WEST: (120, 200), EAST: (550, 300), "440105": (50, 300)}
    assert names(drawn(geometry(three, spots, places=((120, 400),)), places=[0]))["place 0"] == (120 + 38, 400)


def test_a_name_without_a_mark_lies_on_its_place(drawn: Draw) -> None:
    page = drawn(geometry(unmarked=(WEST,)))
    assert names(page)[WEST] == (250, 300)
    assert page.locator(".mark-district").count() == 1


def test_a_city_gives_way_to_a_district(drawn: Draw) -> None:
    """A city's name has one spot only: it is left out where that is taken, and shown where it is free."""
    shown = names(drawn(geometry(cities={"Foshan": (250, 300 + STEP), "Dongguan": (90, 60)})))
    assert shown == {WEST: (250, 300 + STEP), EAST: (550, 300 + STEP), "Dongguan": (90, 60)}


def test_no_name_lies_beneath_the_buttons(drawn: Draw) -> None:
    """They are 34 pixels wide, 10 from the edge."""
    assert set(names(drawn(geometry(cities={"Foshan": (60, 60)})))) == {WEST, EAST}


def test_in_a_crowd_no_name_lies_over_another_or_over_a_mark(drawn: Draw) -> None:
    """49 marks, 20 pixels apart: some names find room beside the city, with a line, and the others are left out."""
    spots = {f"{i}": (340.0 + 20 * (i % 7), 240.0 + 20 * (i // 7)) for i in range(49)}
    districts = {id_: (x - 10, y - 10, x + 10, y + 10) for id_, (x, y) in spots.items()}
    page = drawn(geometry(districts, spots), shapes={})
    shown = names(page)
    assert 8 <= len(shown) < 49
    for one, other in itertools.combinations(shown.values(), 2):
        assert not overlap(one, other, *NAME)
    for middle, spot in itertools.product(shown.values(), spots.values()):
        assert not overlap(middle, spot, NAME[0] / 2 + 4, NAME[1] / 2 + 4)
    assert page.locator(".leader").count() == len(shown)  # none has room in its district


def test_names_follow_the_language(drawn: Draw) -> None:
    page = drawn(geometry(zones={"pazhou": (WEST, (200, 400, 240, 440))}))
    assert set(names(page)) == {WEST, EAST, "pazhou"}
    paint(page, language="zh")
    assert set(names(page)) == {f"{WEST}区", f"{EAST}区", "pazhou区"}
    assert page.locator("#map_div").get_attribute("aria-label") == "Map区"


def test_places_are_named_where_the_style_asks_for_them(drawn: Draw) -> None:
    page = drawn(geometry(places=((200, 200), (600, 200))))
    assert set(names(page)) == {WEST, EAST}
    assert page.locator(".mark-place").count() == 0
    paint(page, places=[1])
    assert names(page)["place 1"] == (600, 200 + STEP)
    assert page.locator(".mark-place").count() == 1
    paint(page)
    assert set(names(page)) == {WEST, EAST}


def test_a_place_not_shown_takes_no_room(drawn: Draw) -> None:
    assert names(drawn(geometry(places=((250, 300 + STEP),)))) == {WEST: (250, 300 + STEP), EAST: (550, 300 + STEP)}


@pytest.mark.parametrize(
    ("changes", "muted"),
    [({"shapes": {WEST: {"muted": True}, EAST: {}}}, [WEST]), ({"muted_zones": ["pazhou"]}, ["pazhou"]), ({}, [])],
)
def test_only_what_is_muted_has_a_muted_name(drawn: Draw, changes: dict[str, object], muted: list[str]) -> None:
    page = drawn(geometry(zones={"pazhou": (WEST, (200, 400, 240, 440))}), **changes)
    assert page.locator(".name.muted").all_text_contents() == muted


def test_names_stay_and_hide_while_the_camera_moves(drawn: Draw) -> None:
    page = drawn(led=True)
    moves = "e => e.style.transform"
    before = page.locator(".name").evaluate_all(f"all => all.map({moves})")
    page.evaluate("([centre]) => { clusterMap.hold(true); map.setView(centre, 5, { animate: false }) }", [at(400, 300)])
    assert names(page) == {}
    assert page.locator(".name").evaluate_all(f"all => all.map({moves})") == before
    page.evaluate("() => clusterMap.hold(false)")
    assert names(page)  # an eighth as large: the marks are 37.5 pixels apart now
    assert page.locator(".name").evaluate_all(f"all => all.map({moves})") != before
