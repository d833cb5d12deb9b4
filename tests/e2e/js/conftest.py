"""Our scripts in a blank document, without a server: hand-made data, whose answers can be computed by eye.

The map of these tests is flat and 800 × 600 pixels, and a place is written as the pixel it is drawn at: two districts side by side, WEST from x = 100
to 400 and EAST from 400 to 700, both from y = 100 to 500, in a city that reaches 400 pixels further each way. Every name is 60 × 14 pixels.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import pytest
from playwright.sync_api import Browser, Error, Page, Request

from ui import static_files

WEST, EAST = "440103", "440104"
WIDTH, HEIGHT = 800, 600
UNIT = 256  # pixels a unit of the map at its smallest zoom, 8
NAME = (60, 14)
Box = tuple[float, float, float, float]  # left, top, right, bottom in pixels


def at(x: float, y: float) -> list[float]:
    """Return a pixel as Leaflet's latitude and longitude."""
    return [(HEIGHT - y) / UNIT, x / UNIT]


def corners(box: Box) -> list[list[float]]:
    """Return a box as Leaflet wants it: south west, north east."""
    left, top, right, bottom = box
    return [at(left, bottom), at(right, top)]


def feature(box: Box, **properties: object) -> dict[str, Any]:
    """Return a rectangle as GeoJSON."""
    left, top, right, bottom = box
    ring = [at(x, y)[::-1] for x, y in ((left, top), (right, top), (right, bottom), (left, bottom), (left, top))]
    return {"type": "Feature", "properties": properties, "geometry": {"type": "Polygon", "coordinates": [ring]}}


def geometry(
    districts: Mapping[str, Box] | None = None,
    marks: Mapping[str, tuple[float, float]] | None = None,
    zones: Mapping[str, tuple[str, Box]] | None = None,
    cities: Mapping[str, tuple[float, float]] | None = None,
    places: tuple[tuple[float, float], ...] = (),
    unmarked: tuple[str, ...] = (),
) -> dict[str, Any]:
    """Return what map.js draws: districts with their boxes and marks, zones with district and box, names of cities, places.

    A thing is called by its id, in Chinese by its id and 区; districts in ``unmarked`` have a name without a mark.
    """
    boxes = districts or {WEST: (100, 100, 400, 500), EAST: (400, 100, 700, 500)}
    spots = marks or {WEST: (250, 300), EAST: (550, 300)}
    zones, cities = zones or {}, cities or {}

    def named(suffix: str) -> dict[str, dict[str, str]]:
        ids = {"districts": [*boxes, *spots], "zones": zones, "clusters": zones, "cities": cities}
        tables = {table: {id_: id_ + suffix for id_ in keys} for table, keys in ids.items()}
        return tables | {"places": {str(number): f"place {number}{suffix}" for number in range(len(places))}}

    words = {"map": "Map", "zoomIn": "In", "zoomOut": "Out", "skip": "Skip", "schematic": "Schematic"}
    collection = {"type": "FeatureCollection"}
    return {
        "districts": collection | {"features": [feature(box, adcode=code) for code, box in boxes.items()]},
        "zones": collection
        | {"features": [feature(box, cluster_id=id_, adcode=code) for id_, (code, box) in zones.items()]},
        "context": collection | {"features": [feature((-400, -400, 1200, 1000), kind="city", adcode="440600")]},
        "districtAnchors": {code: at(*spot) for code, spot in spots.items()},
        "zoneAnchors": {id_: at((box[0] + box[2]) / 2, (box[1] + box[3]) / 2) for id_, (_, box) in zones.items()},
        "cityAnchors": {id_: at(*spot) for id_, spot in cities.items()},
        "places": [at(*spot) for spot in places],
        "shares": {"topped_out": 0.75, "moved_in": 1},
        "marks": {code: "district" for code in spots if code not in unmarked} | dict.fromkeys(zones, "headquarters"),
        "words": {"en": words, "zh": {key: word + "区" for key, word in words.items()}},
        "names": {"en": named(""), "zh": named("区")},
    }


def style(**changes: object) -> dict[str, object]:
    """Return a map style in English, both districts filled."""
    shapes = {WEST: {"fill": "#0b3a70", "lines": ["9 u"]}, EAST: {"fill": "#e3eef9", "lines": ["1 u"]}}
    return {"language": "en", "head": "People", "selected": "", "shapes": shapes} | changes


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    """One window for all tests of a module: a new one takes longer than most tests."""
    context = browser.new_context(viewport={"width": WIDTH, "height": HEIGHT}, has_touch=True)
    yield context.new_page()
    context.close()


@pytest.fixture
def blank(page: Page) -> Iterator[Callable[..., Page]]:
    """Return an opener of an empty document with some of our scripts; afterwards none may have failed or asked for anything."""
    faults: list[str] = []

    def failed(error: Error) -> None:
        faults.append(str(error))

    def asked(request: Request) -> None:
        faults.append(request.url)

    def open_(*scripts: str, styles: tuple[str, ...] = (), html: str = "") -> Page:
        page.goto("about:blank")  # a window without anything of the test before
        page.set_content(f"<!doctype html><body>{html}</body>")
        for name in styles:
            page.add_style_tag(content=static_files.source(name))
        for name in scripts:
            page.add_script_tag(content=static_files.source(name))
        page.on("pageerror", failed)
        page.on("request", asked)
        return page

    yield open_
    page.remove_listener("pageerror", failed)
    page.remove_listener("request", asked)
    page.mouse.move(0, 0)
    assert faults == []


@pytest.fixture
def drawn(blank: Callable[..., Page]) -> Callable[..., Page]:
    """Return a drawer of the map of some geometry; ``led`` as in the show, where nothing is selected by hand."""

    def draw(data: Mapping[str, Any] | None = None, *, led: bool = False, **changes: object) -> Page:
        page = blank(
            "leaflet.js",
            *static_files.BUNDLES["map-page.js"],
            "camera.js",
            styles=("leaflet.css", "map.css"),
            html='<div id="map_div"></div>',
        )
        page.add_style_tag(
            content=f".name {{ font: 10px/{NAME[1]}px monospace !important; width: {NAME[0]}px; height: {NAME[1]}px; overflow: hidden }}"
        )
        script = f"""
        window.clusterMapData = {json.dumps(data or geometry())};
        window.reported = [];
        window.Streamlit = {{ setComponentValue: (value) => window.reported.push(value.selected) }};
        window.map = L.map("map_div", {{ crs: L.CRS.Simple, zoomSnap: 0, zoomAnimation: false, fadeAnimation: false, attributionControl: false }});
        map.setView({at(WIDTH / 2, HEIGHT / 2)}, 8);
        clusterMap.mount(map, {{ focus: {corners((12, 12, WIDTH - 12, HEIGHT - 12))}, led: {json.dumps(led)} }});
        """
        page.evaluate(f"() => {{ {script} }}")
        paint(page, **changes)
        return page

    return draw


def paint(page: Page, **changes: object) -> None:
    """Paint a style, see :func:`style`, and let what waits for its turn have it."""
    page.evaluate(
        "(map_style) => { clusterMap.paint(map, map_style); return new Promise(setTimeout) }", style(**changes)
    )


def names(page: Page) -> dict[str, tuple[float, float]]:
    """Return the middle of each name on the map that can be seen, by its text, in pixels."""
    script = """all => all.filter(e => getComputedStyle(e).visibility === "visible").map(e => {
        const box = e.getBoundingClientRect();
        return [e.textContent, [box.x + box.width / 2, box.y + box.height / 2]];
    })"""
    return {text: (round(x, 1), round(y, 1)) for text, (x, y) in page.locator(".name").evaluate_all(script)}
