"""Where camera.js flies: a box and 24 pixels around it, on a path with a clock of its own; what interrupts a flight, and what it leaves behind."""

import json
from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.e2e.js.conftest import Box, corners, names

Draw = Callable[..., Page]
WHOLE: Box = (24, 24, 776, 576)  # fills the map and the 24 pixels around it at zoom 8
QUARTER: Box = (306, 231, 494, 369)  # the same middle, a quarter as wide: zoom 10
START, LENGTH = 1000, 1000  # milliseconds
CLOCK = """() => {
    window.waiting = [];
    window.ended = {};
    window.requestAnimationFrame = (frame) => waiting.push(frame);
    window.tick = (time) => waiting.splice(0).forEach((frame) => frame(time));
    window.fly = (name, box, milliseconds) => { clusterCamera.fly(map, box, milliseconds).then((arrived) => { ended[name] = arrived; }); };
}"""


@pytest.fixture
def camera(drawn: Draw) -> Page:
    """Return a map whose time stands still; it shows WHOLE."""
    page = drawn(led=True)
    page.evaluate(CLOCK)
    return page


def fly(page: Page, name: str, box: Box, milliseconds: int = LENGTH) -> None:
    """Begin a flight, and draw its first frame."""
    page.evaluate(f"() => {{ fly({json.dumps(name)}, {corners(box)}, {milliseconds}) }}")
    tick(page, 0)


def tick(page: Page, share: float) -> None:
    """Draw the frame at a share of a flight's time."""
    page.evaluate(f"() => {{ tick({START + share * LENGTH}) }}")


def view(page: Page) -> tuple[float, float, float]:
    """Return the zoom, and the pixel of :data:`WHOLE` in the middle of the map."""
    zoom, lat, lng = page.evaluate("() => [map.getZoom(), map.getCenter().lat, map.getCenter().lng]")
    return round(zoom, 6), round(lng * 256, 3), round(600 - lat * 256, 3)


def ended(page: Page) -> dict[str, bool]:
    """Return the flights that ended, and whether they arrived."""
    return dict(page.evaluate("() => new Promise((done) => setTimeout(() => done(window.ended)))"))


def flying(page: Page) -> bool:
    """Return whether the map hides its names because the camera moves."""
    return "flying" in str(page.locator("#map_div").get_attribute("class")).split()


@pytest.mark.parametrize(
    ("box", "expected"),
    [
        (WHOLE, (8, 400, 300)),
        (QUARTER, (10, 400, 300)),
        ((0, 0, 376, 10), (9, 188, 5)),  # as wide as the map at zoom 9
        ((0, 0, 10, 276), (9, 5, 138)),  # as high as it
    ],
)
def test_a_box_fills_the_map_as_far_as_it_fits(camera: Page, box: Box, expected: tuple[float, float, float]) -> None:
    fly(camera, "one", box, 0)
    assert view(camera) == expected
    assert ended(camera) == {"one": True}
    assert not flying(camera)


def test_a_flight_into_its_own_middle_zooms_evenly_and_stays_there(camera: Page) -> None:
    fly(camera, "in", QUARTER)
    seen = []
    for share in (0, 0.5, 0.75, 1):
        tick(camera, share)
        seen.append(view(camera))
    # The flight slows down: 7/8 of the way at 3/4 of the time.
    assert seen == [(8, 400, 300), (9, 400, 300), (9.75, 400, 300), (10, 400, 300)]
    assert ended(camera) == {"in": True}
    assert camera.evaluate("() => waiting.length") == 0


def test_a_far_flight_goes_out_and_comes_down_where_it_was_asked_to(camera: Page) -> None:
    far: Box = (8024, 24, 8776, 576)
    fly(camera, "far", far)
    tick(camera, 0.5)
    zoom, x, y = view(camera)
    assert (x, y) == (4400, 300)  # as far from either end
    assert zoom < 5.5  # ten times as wide at least, to see both
    assert ended(camera) == {}
    tick(camera, 1)
    assert view(camera) == (8, 8400, 300)


def test_a_short_flight_does_not_go_out(camera: Page) -> None:
    fly(camera, "near", (104, 24, 856, 576))
    tick(camera, 0.5)
    zoom, x, _ = view(camera)
    assert x == 440
    assert 7.95 < zoom <= 8


def test_names_are_hidden_from_the_first_frame_to_the_last(camera: Page) -> None:
    assert len(names(camera)) == 2
    fly(camera, "in", QUARTER)
    assert (flying(camera), names(camera)) == (True, {})
    tick(camera, 0.99)
    assert flying(camera)
    tick(camera, 1)
    assert not flying(camera)


def test_a_flight_that_another_interrupts_never_arrives(camera: Page) -> None:
    fly(camera, "first", QUARTER)
    tick(camera, 0.5)
    half = view(camera)
    fly(camera, "second", (0, 0, 376, 276))  # from where the first one is
    assert view(camera) == half
    assert ended(camera) == {"first": False}
    assert flying(camera)
    tick(camera, 1)
    assert view(camera) == (9, 188, 138)
    assert ended(camera) == {"first": False, "second": True}
    assert not flying(camera)


def test_a_jump_ends_a_flight_for_good(camera: Page) -> None:
    fly(camera, "first", QUARTER)
    camera.evaluate(f"() => {{ fly('jump', {corners((0, 0, 376, 276))}, 0) }}")
    tick(camera, 0.5)
    tick(camera, 1)
    assert view(camera) == (9, 188, 138)
    assert ended(camera) == {"first": False, "jump": True}
    assert not flying(camera)


def test_a_flight_to_where_the_camera_is_arrives_at_once(camera: Page) -> None:
    fly(camera, "none", WHOLE)
    assert ended(camera) == {"none": True}
    assert camera.evaluate("() => waiting.length") == 0


def test_who_wants_less_motion_gets_none(camera: Page) -> None:
    camera.emulate_media(reduced_motion="reduce")
    fly(camera, "in", QUARTER)
    assert view(camera) == (10, 400, 300)
    assert ended(camera) == {"in": True}
    assert not flying(camera)
    camera.emulate_media(reduced_motion="no-preference")
