"""The atlas on a page, by hand: the three squares of 4 km are 12 km wide, so on a page of 1200 × 600 a kilometre has 100 units.

The squares stand 100 units from the top; their corners are off by up to half a unit, since meridians are not quite parallel.
"""

import itertools
from dataclasses import replace

import geopandas as gpd
import pytest
import shapely

from geo.maps.outlines import MapFrame, frame, place_key
from geo.schema import ADCODES, CITY, GEOGRAPHIC_CRS, MEASURING_CRS

LIWAN, YUEXIU, HAIZHU, TIANHE, BAIYUN = ADCODES[:5]
FOSHAN = "440600"


@pytest.fixture
def box(atlas):
    return tuple(map(float, atlas.districts.total_bounds))


@pytest.fixture
def page(atlas, box) -> MapFrame:
    return frame(atlas, box, 1200, 600)


def extent(polygons) -> list[float]:
    points = [point for rings in polygons for point in rings[0]]
    xs, ys = zip(*points, strict=True)
    return [min(xs), min(ys), max(xs), max(ys)]


def near(*numbers: float):
    return pytest.approx(numbers, abs=1)


def test_shapes_stand_where_they_should_with_north_up(page):
    assert page.scale == pytest.approx(0.1, rel=0.001)
    assert extent(page.districts[LIWAN]) == near(0, 100, 400, 500)
    assert extent(page.districts[HAIZHU]) == near(800, 100, 1200, 500)
    # The square from 1 to 2 km north of the southern edge.
    assert extent(page.zones["pazhou"]) == near(900, 300, 1000, 400)


def test_anchors_are_inside_what_they_name(page):
    assert page.anchors[LIWAN] == near(200, 300)
    assert page.anchors["pazhou"] == near(950, 350)
    assert page.anchors[place_key(0)] == near(950, 350)
    assert CITY not in page.anchors
    assert CITY in page.cities


def test_a_box_that_is_too_high_is_centred_across(atlas, box):
    narrow = frame(atlas, box, 1200, 200)
    assert narrow.scale == pytest.approx(0.05, rel=0.003)
    assert extent(narrow.districts[LIWAN]) == near(300, 0, 500, 200)
    assert extent(narrow.cities[FOSHAN]) == near(0, 0, 300, 200)
    x, y = narrow.anchors[FOSHAN]  # the largest circle in 300 × 200 may lie anywhere along its middle line
    assert 98 <= x <= 202
    assert 98 <= y <= 102


def test_what_is_off_the_page_is_left_out(page):
    assert FOSHAN not in page.cities
    assert FOSHAN not in page.anchors


def test_what_only_touches_the_page_has_no_anchor(atlas):
    page = frame(atlas, (114.0, 23.0475, 114.117, 23.0845), 600, 400, bleed=6)  # Foshan ends where the page begins
    assert FOSHAN in page.cities
    assert FOSHAN not in page.anchors


def test_shapes_are_cut_at_the_edge_or_at_the_bleed(atlas, box):
    west, south, east, north = box
    half = (west, south, (west + east) / 2, north)
    cut, bled = frame(atlas, half, 600, 400), frame(atlas, half, 600, 400, bleed=20)
    assert extent(cut.districts[YUEXIU]) == near(400, 0, 600, 400)
    assert extent(bled.districts[YUEXIU])[2] == pytest.approx(620, abs=0.01)
    assert bled.anchors[YUEXIU] == cut.anchors[YUEXIU]


def test_a_small_piece_at_the_edge_has_no_anchor(atlas, box):
    west, south, east, north = box
    most = (west, south, west + (east - west) * 8.1 / 12, north)  # 0.1 of 4 km of Haizhu
    page = frame(atlas, most, 810, 400)
    assert HAIZHU in page.districts
    assert HAIZHU not in page.anchors


def test_touching_districts_share_the_points_of_their_border(page):
    border = {point for point in page.districts[LIWAN][0][0] if point[0] > 200}
    assert len(border) == 2
    assert border < set(page.districts[YUEXIU][0][0])


def test_touching_districts_still_touch_once_they_are_simplified(story):
    city = frame(story.data_version.atlas, story.scenes[0].camera, 500, 500, detail=3)
    shapes = [
        shapely.MultiPolygon([(rings[0], rings[1:]) for rings in parts]).buffer(0) for parts in city.districts.values()
    ]
    assert sum(len(rings[0]) for parts in city.districts.values() for rings in parts) < 600
    for one, other in itertools.combinations(shapes, 2):
        assert one.intersection(other).area < 0.5  # rounding to hundredths alone


def test_what_is_too_small_to_be_seen_is_left_out(atlas, box):
    tiny = frame(atlas, box, 12, 4)  # a kilometre has one unit, so the zone is a single one large
    assert "pazhou" not in tiny.zones
    assert len(tiny.districts) == 3


def test_missing_and_empty_shapes_are_left_out(atlas, box):
    names = {"adcode": [TIANHE, BAIYUN], "name_zh": ["天河区", "白云区"], "name_en": ["Tianhe", "Baiyun"]}
    more = gpd.GeoDataFrame(names, geometry=[shapely.Polygon(), None], crs=MEASURING_CRS).to_crs(GEOGRAPHIC_CRS)
    rows = atlas.districts[["adcode", "name_zh", "name_en", "geometry"]]
    joined = gpd.GeoDataFrame(
        {name: [*rows[name], *more[name]] for name in rows.columns}, geometry="geometry", crs=GEOGRAPHIC_CRS
    )
    assert list(frame(replace(atlas, districts=joined), box, 1200, 600).districts) == [LIWAN, YUEXIU, HAIZHU]


def test_holes_stay_holes(atlas, box):
    hole = atlas.zones.geometry.iloc[0]
    holed = atlas.districts.geometry.difference(hole)
    page = frame(replace(atlas, districts=atlas.districts.set_geometry(holed)), box, 1200, 600)
    assert [len(rings) for rings in page.districts[HAIZHU]] == [2]
    assert [len(rings) for rings in page.districts[LIWAN]] == [1]


def test_holes_too_small_to_be_seen_are_filled(atlas, box):
    holed = atlas.districts.geometry.difference(atlas.zones.geometry.iloc[0])
    page = frame(replace(atlas, districts=atlas.districts.set_geometry(holed)), box, 12, 4)
    assert [len(rings) for rings in page.districts[HAIZHU]] == [1]


def test_the_same_question_is_answered_once(atlas, box):
    assert frame(atlas, box, 1200, 600) is frame(atlas, box, 1200, 600)
    assert frame(atlas, box, 1200, 601) is not frame(atlas, box, 1200, 600)
