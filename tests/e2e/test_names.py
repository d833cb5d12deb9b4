"""Where names stand on a map, measured in a real browser: each in its own district, or beside the city with a line to its mark."""

from pathlib import Path

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
WALLS = {
    "laptop": (1366, 768),
    "desktop": (1920, 1080),
    "phone": (390, 844),
    "4:3": (1024, 768),
    "21:9": (2560, 1080),
    "32:9": (3840, 1080),
}
MISLEADS = (Path(__file__).parent / "names.js").read_text(encoding="utf-8")
HIDDEN = """map => [...map.querySelectorAll(".name-district, .name-zone")]
  .filter((name) => getComputedStyle(name).visibility !== "visible").map((name) => name.textContent)"""
# Names measured by the style sheet have been placed.
SETTLED = "() => document.fonts.ready.then(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))))"
QUESTIONS = {"en": "Haizhu gdp per head 2024", "zh": "海珠 人均地区生产总值 2024"}

# How many points the browser's shapes are asked about while the names of a map are placed once, and milliseconds of the fastest of twenty times.
# How often the browser's shapes are asked about points while names are placed.
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


def expect_nothing_misleads(map_: Locator, language: str, *, whole: bool = True) -> None:
    """Hold names, marks and lines against each other; where the ``whole`` city is shown, all eleven districts and both zones are named."""
    expect(map_.locator(".name-district").first).to_have_css("font-weight", "600")  # the style sheet has come
    map_.evaluate(SETTLED)
    found = map_.evaluate(f"(map, homes) => ({MISLEADS})(map, homes)", homes(language))
    assert found == []
    assert not whole or map_.evaluate(HIDDEN) == []


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("size", SIZES)
def test_a_name_on_a_page_is_read_as_its_own_marks(visits: Visits, size: str, language: str) -> None:
    """In the opening view and zoomed in."""
    width, height = SIZES[size]
    screen = visits.open(f"/?lang={language}", viewport={"width": width, "height": height})
    screen.wait_for_map()
    map_ = screen.map.locator("#map_div")
    expect_nothing_misleads(map_, language)
    before = screen.camera()
    screen.zoom_in()
    assert screen.camera() != before
    expect_nothing_misleads(map_, language, whole=False)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_name_beside_any_district_in_profile_is_read_as_its_own_marks(visits: Visits, language: str) -> None:
    """The map of a profile is another one for each district."""
    screen = visits.open(f"/districts?lang={language}")
    screen.wait_for_map()
    for code, name in district_names(ATLAS, language).items():
        screen.choose("district", name)
        expect(screen.map.locator(f".district-{code}.selected")).to_have_count(1)
        expect_nothing_misleads(screen.map.locator("#map_div"), language)
        assert name in screen.map.locator(".name").all_text_contents()


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("size", WALLS)
def test_a_name_on_the_wall_is_read_as_its_own_marks(visits: Visits, size: str, language: str) -> None:
    """On a slide of the whole city and while a question is answered; the answer's title stays on one line, clear of the box it is asked in."""
    width, height = WALLS[size]
    wall = Wall(visits.open(f"/briefing?lang={language}&slide=gdp", viewport={"width": width, "height": height}).page)
    wall.expect_slide("gdp")
    map_ = wall.root.locator(".leaflet-container")
    expect_nothing_misleads(map_, language)
    wall.ask(QUESTIONS[language])
    wall.expect_slide("gdp")
    expect(wall.root.locator("h1")).to_contain_text("2024")
    expect_nothing_misleads(map_, language)
    title, box = (wall.root.locator(name).bounding_box() for name in ("h1", ".ask"))
    assert title and box and title["y"] + title["height"] < box["y"] + 1
    lines = "h1 => h1.clientHeight / parseFloat(getComputedStyle(h1).lineHeight)"
    assert wall.root.locator("h1").evaluate(lines) < 1.5


def test_placing_names_keeps_no_colour_waiting(visits: Visits) -> None:
    """Each time a map is painted its names are placed; the browser's shapes, asked about points, took 0.2 s."""
    screen = visits.open("/", viewport={"width": 1366, "height": 768})
    screen.wait_for_map()
    assert screen.map.locator("#map_div").evaluate(ASKED) == 0


# Notes each time that names are placed whether the frame had its height and colours were there.
PLACINGS = """(() => {
    if (window.top === window) return;
    let made;
    window.placings = [];
    Object.defineProperty(window, "clusterNames", { get: () => made, set(make) {
        made = (...given) => {
            const names = make(...given), place = names.place;
            names.place = () => { window.placings.push(Boolean(window.innerHeight && document.body.dataset.painted)); place(); };
            return names;
        };
    } });
})()"""


def test_names_wait_for_colours_and_are_placed_once_for_all_who_ask(visits: Visits) -> None:
    """A frame opens without height, and gets it, its width and its style sheets one after the other."""
    screen = visits.open("/api/assets/nothing")
    screen.page.add_init_script(PLACINGS)
    screen.page.goto(screen.page.url.partition("/api/")[0] + "/?lang=en")
    screen.wait_for_map()
    placings = screen.map.locator("body").evaluate("() => window.placings")
    assert placings and all(placings), "never before the colours, nor in a frame without height"
    settled = screen.map.locator("#map_div").evaluate(
        """async (map) => {
            const before = window.placings.length;
            for (let i = 0; i < 3; i += 1) window.dispatchEvent(new Event("resize"));
            const asked = window.placings.length - before;
            await new Promise((done) => requestAnimationFrame(() => setTimeout(() => setTimeout(done))));
            return [asked, window.placings.length - before, document.body.dataset.named];
        }"""
    )
    assert settled == [0, 1, "true"]
