"""Layers of the office on the map of a page: from their smallest zoom on, where the style names them."""

from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, expect

from tests.e2e.js.conftest import at, geometry, names, paint

Draw = Callable[..., Page]
EVIL = "<img src=x onerror=alert(1)>"


def layer(id_: str, draw: str, shape: dict[str, Any], **changes: Any) -> dict[str, Any]:
    """Return a layer as the geometry script has it."""
    plain = {"width": 3, "zoom": 0, "attribution": {"en": f"{id_} office", "zh": f"{id_}局"}, "labels": []}
    colour = {"light": "#112233", "dark": "#ddeeff"}
    return {"id": id_, "draw": draw, "colour": colour, "shapes": shape} | plain | changes


def data(**changes: Any) -> dict[str, Any]:
    """Return two districts and a line, with a name, and a point."""
    spots = [at(120, 450), at(380, 450)]
    line = {"type": "LineString", "coordinates": [[lon, lat] for lat, lon in spots]}
    lat, lon = at(550, 400)
    point = {"type": "Point", "coordinates": [lon, lat]}
    lines = layer("roads", "line", line, labels=[[*at(250, 450), EVIL, "路"]], **changes)
    return geometry() | {"house": [lines, layer("stations", "point", point)]}


def test_a_style_that_names_no_layer_shows_none(drawn: Draw) -> None:
    page = drawn(data())
    expect(page.locator(".leaflet-house-pane path")).to_have_count(0)
    expect(page.locator(".credit")).to_be_hidden()


def test_a_layer_is_drawn_in_its_colour_with_its_name_as_text_and_whose_it_is(drawn: Draw) -> None:
    page = drawn(data(), layers=["roads"])
    expect(page.locator(".leaflet-house-pane path")).to_have_attribute("stroke", "#112233")
    expect(page.locator(".leaflet-house-pane path")).to_have_count(1)
    assert EVIL in names(page)
    expect(page.locator("img")).to_have_count(0)
    expect(page.locator(".credit")).to_have_text("roads office")
    paint(page, layers=["roads", "stations"], language="zh", dark=True)
    expect(page.locator(".leaflet-house-pane path").first).to_have_attribute("stroke", "#ddeeff")
    expect(page.locator(".credit")).to_have_text("roads局 · stations局")
    paint(page)
    expect(page.locator(".leaflet-house-pane path")).to_have_count(0)
    assert EVIL not in names(page)


def test_a_layer_comes_and_goes_at_its_smallest_zoom(drawn: Draw) -> None:
    page = drawn(data(zoom=9), layers=["roads"])
    expect(page.locator(".leaflet-house-pane path")).to_have_count(0)
    expect(page.locator(".credit")).to_be_hidden()
    page.evaluate("() => { map.setZoom(9.5) }")
    expect(page.locator(".leaflet-house-pane path")).to_have_count(1)
    page.evaluate("() => { map.setZoom(8) }")
    expect(page.locator(".leaflet-house-pane path")).to_have_count(0)


def test_a_layer_lies_beneath_names_and_catches_no_click(drawn: Draw) -> None:
    page = drawn(data(), layers=["roads", "stations"])
    page.mouse.click(250, 449)
    assert page.evaluate("window.reported") == ["440103"], "the district beneath is selected"
    order = "() => Number(getComputedStyle(map.getPane('house')).zIndex) < Number(getComputedStyle(map.getPane('markerPane')).zIndex)"
    assert page.evaluate(order)
