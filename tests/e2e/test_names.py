"""Where names stand on a map, measured in a real browser: each in its own district, or beside the city with a line to its mark."""

from typing import Any

import pytest
from playwright.sync_api import Locator, expect

from geo.data.loading import load
from geo.names import district_names, zone_names
from tests.e2e.conftest import Visits
from tests.e2e.wall import Wall
from tests.fixtures import DATA

ATLAS = load(DATA)
SIZES = {
    "laptop": (1366, 768),
    "scaled": (1280, 590),
    "desktop": (1920, 1080),
    "wide": (3440, 1440),
    "phone": (390, 844),
    "tablet": (768, 1024),
}
# Of each name of a district or zone that is shown: its text, and of 45 points of its box how many lie in which district, by adcode.
MEASURE = """map => {
  const paths = [...map.querySelectorAll("path.district")].map((path) =>
    [path.getAttribute("class").match(/district-(\\d+)/)[1], path, path.getScreenCTM().inverse()]);
  const names = [...map.querySelectorAll(".name-district, .name-zone")].filter((name) => getComputedStyle(name).visibility === "visible");
  return names.map((name) => {
    const box = name.getBoundingClientRect(), inside = {};
    for (let column = 0; column < 9; column++) for (let row = 0; row < 5; row++) {
      const at = new DOMPoint(box.left + (column + 0.5) / 9 * box.width, box.top + (row + 0.5) / 5 * box.height);
      for (const [code, path, toPath] of paths) if (path.isPointInFill(at.matrixTransform(toPath))) inside[code] = (inside[code] || 0) + 1;
    }
    return [name.textContent, inside];
  });
}"""

# How many points districts are asked about while the names of a map are placed once.
ASKED = """() => {
  const ask = SVGGeometryElement.prototype.isPointInFill;
  let asked = 0;
  SVGGeometryElement.prototype.isPointInFill = function (point) { asked += 1; return ask.call(this, point); };
  window.clusterMap.hold(false);
  SVGGeometryElement.prototype.isPointInFill = ask;
  return asked;
}"""


def homes(language: str) -> dict[str, str]:
    """Return in which district each name belongs."""
    zones = dict(zip(ATLAS.zones["cluster_id"], ATLAS.zones["adcode"], strict=True))
    named = {name: code for code, name in district_names(ATLAS, language).items()}
    return named | {name: zones[id_] for id_, name in zone_names(ATLAS, language).items()}


def measured(map_: Locator, language: str, least: int) -> None:
    """Hold the names of a map against the districts: at least so many are shown, and none lies in another district."""
    found: list[list[Any]] = map_.evaluate(MEASURE)
    belongs, beside = homes(language), 0
    assert len(found) >= least, f"only {[text for text, _ in found]}"
    for text, inside in found:
        elsewhere = sum(count for code, count in inside.items() if code != belongs[text])
        assert elsewhere <= 4, f"{text} lies in {inside}"  # a tenth of 45
        beside += not inside
        assert not inside or inside.get(belongs[text], 0) > 40, f"{text} lies in {inside}"
    assert map_.locator(".leader").count() >= beside


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("size", SIZES)
def test_a_name_on_a_page_is_read_as_its_own_districts(visits: Visits, size: str, language: str) -> None:
    """In the opening view all eleven districts and both zones are named, and none where another would be meant; zoomed in neither."""
    width, height = SIZES[size]
    screen = visits.open(f"/?lang={language}", viewport={"width": width, "height": height})
    screen.wait_for_map()
    map_ = screen.map.locator("#map_div")
    measured(map_, language, 13 if size != "phone" else 11)
    before = screen.camera()
    screen.zoom_in()
    assert screen.camera() != before
    measured(map_, language, 6)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_name_on_the_wall_is_read_as_its_own_districts(visits: Visits, language: str) -> None:
    """The slide of the plan shows the whole city."""
    wall = Wall(visits.open(f"/briefing?lang={language}", viewport={"width": 1920, "height": 1080}).page)
    expect(wall.root).to_have_attribute("data-camera", "still")
    measured(wall.root.locator(".leaflet-container"), language, 13)


def test_placing_names_asks_districts_about_few_points(visits: Visits) -> None:
    """Each time a map is painted its names are placed: asked about every point of every box, districts would keep the colours waiting."""
    screen = visits.open("/", viewport={"width": 1366, "height": 768})
    screen.wait_for_map()
    asked = screen.map.locator("#map_div").evaluate(ASKED)
    assert 100 < asked < 10_000
