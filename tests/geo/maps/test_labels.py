"""Names on a map: on the three squares, where a kilometre has 100 units, and on the shipped atlas, where room is scarce."""

import itertools
import math
from dataclasses import replace

import geopandas as gpd
import pytest
import shapely

from geo.maps.folium_map import MapStyle, Shape, Tenant
from geo.maps.labels import Label, place
from geo.maps.outlines import frame
from geo.schema import ADCODES, GEOGRAPHIC_CRS, MEASURING_CRS
from tests.geo.conftest import rectangle

pytestmark = [pytest.mark.slow, pytest.mark.no_cover]

LIWAN, YUEXIU, HAIZHU = ADCODES[:3]


@pytest.fixture
def page(atlas):
    return frame(atlas, tuple(map(float, atlas.districts.total_bounds)), 1200, 600)


def by_key(labels) -> dict[str, Label]:
    return {label.key: label for label in labels}


def rectangle_of(label: Label):
    (x, y), width, height = label.at, label.width, label.height
    return shapely.box(x - width / 2, y - height / 2, x + width / 2, y + height / 2)


def test_a_long_name_of_a_tenant_is_cut_and_keeps_its_status(page, atlas):
    style = MapStyle(places=(2,), tenants=(Tenant("c", 2, "moved_in", "W" * 93, "moved in"),))
    (ground, line) = (one for one in place(page, atlas, style, 12) if one.kind == "tenant" and one.mark != "dot")
    assert line.text.startswith("WWW")
    assert line.text.endswith("W…: moved in")
    assert ground.at is not None
    assert ground.width < 300


def test_names_are_in_the_language_of_the_style(page, atlas):
    chinese = by_key(place(page, atlas, MapStyle(language="zh", places=(1,)), 12))
    assert {key: label.text for key, label in chinese.items()} == {
        LIWAN: "荔湾", YUEXIU: "越秀", HAIZHU: "海珠", "pazhou": "琶洲", "place-1": "古塔",
    }  # fmt: skip
    assert by_key(place(page, atlas, MapStyle(), 12))[LIWAN].text == "Liwan"


def test_a_place_is_named_only_where_the_style_shows_it(page, atlas):
    assert "place-1" not in by_key(place(page, atlas, MapStyle(), 12))


def near_by(atlas, east, north, taken=()):
    """Return the name of a place, of which kilometre, on a page where some is taken, and the outlines that its mark lies outside of."""
    site = gpd.GeoSeries([rectangle(east, north, 0, 0).centroid], crs=MEASURING_CRS).to_crs(GEOGRAPHIC_CRS)
    moved = replace(atlas, sites=atlas.sites.assign(geometry=[site[0], atlas.sites.geometry.iloc[1]]))
    page = frame(moved, tuple(map(float, atlas.districts.total_bounds)), 1200, 600)
    label = by_key(place(page, moved, MapStyle(places=(1,)), 12, taken))["place-1"]
    outlines = [one for shapes in (page.districts, page.zones) for one in shapes.values()]
    shapes = [shapely.MultiPolygon([(rings[0], rings[1:]) for rings in one]) for one in outlines]
    return label, [shape for shape in shapes if not shape.contains(shapely.Point(label.anchor))]


@pytest.mark.parametrize(("east", "north"), [(3.9, 0.5), (9.5, 2.15)])
def test_the_name_of_a_place_keeps_out_of_what_its_mark_is_outside_of(atlas, east, north):
    """Ten units beside the next district, and fifteen above a zone."""
    label, foreign = near_by(atlas, east, north)
    assert not any(shape.intersects(rectangle_of(label)) for shape in foreign)
    assert rectangle_of(label).distance(shapely.Point(label.anchor)) < 12


def test_the_name_of_a_place_stands_in_a_zone_it_is_not_in_rather_than_nowhere(atlas):
    taken = [(0, 0, 1200, 280), (0, 280, 925, 500), (975, 280, 1200, 500), (925, 280, 943, 290), (957, 280, 975, 290)]
    label, foreign = near_by(atlas, 9.5, 2.15, taken)
    assert [shape.intersects(rectangle_of(label)) for shape in foreign].count(True) == 1


def test_a_place_beneath_the_mark_of_a_cluster_is_left_out(page, atlas):
    """It stands where the zone's mark is: two marks on one spot could not be told apart."""
    assert "place-0" not in by_key(place(page, atlas, MapStyle(places=(0,)), 12))


def test_marks_are_those_of_the_clusters_tiers(page, atlas):
    labels = by_key(place(page, atlas, MapStyle(places=(1,)), 12))
    marks = {key: label.mark for key, label in labels.items()}
    assert marks == {LIWAN: "", YUEXIU: "district", HAIZHU: "", "pazhou": "headquarters", "place-1": "place"}


def test_a_name_stands_on_its_anchor_and_beneath_a_mark(page, atlas):
    labels = by_key(place(page, atlas, MapStyle(), 12))
    assert labels[LIWAN].at == labels[LIWAN].anchor
    x, y = labels[YUEXIU].anchor
    assert labels[YUEXIU].at == pytest.approx((x, y + 13 + 1.15 * 12 / 2 - 7))
    assert labels[YUEXIU].line is None


def test_everything_grows_with_the_size(page, atlas):
    label = by_key(place(page, atlas, MapStyle(language="zh"), 24))[LIWAN]
    assert (label.size, label.height) == (24, pytest.approx(27.6))
    assert label.width == pytest.approx(2 * 24 * 1.05 + 4)


def test_muted_districts_and_zones_are_told(page, atlas):
    map_style = MapStyle({LIWAN: Shape(muted=True), YUEXIU: Shape("#ffffff")}, muted_zones=("pazhou",))
    labels = by_key(place(page, atlas, map_style, 12))
    assert [labels[key].muted for key in (LIWAN, YUEXIU, HAIZHU, "pazhou")] == [True, False, False, True]


def test_a_name_gives_way_to_what_is_to_be_kept_free(page, atlas):
    x, y = by_key(place(page, atlas, MapStyle(), 12))[YUEXIU].at
    taken = (x - 40, y - 5, x + 40, y + 5)
    moved = by_key(place(page, atlas, MapStyle(), 12, [taken]))[YUEXIU]
    assert moved.at is not None
    assert not rectangle_of(moved).intersects(shapely.box(*taken).buffer(-0.01))


def test_a_name_without_room_is_left_out_but_its_mark_stays(page, atlas):
    label = by_key(place(page, atlas, MapStyle(), 12, [(0, 0, 1200, 600)]))[YUEXIU]
    assert (label.at, label.line, label.mark) == (None, None, "district")


def test_a_neighbours_name_stays_on_its_anchor_or_is_left_out(atlas):
    west, south, east, north = map(float, atlas.districts.total_bounds)
    wide = frame(atlas, (2 * west - east, south, east, north), 2400, 600)
    foshan = by_key(place(wide, atlas, MapStyle(), 12))["440600"]
    assert foshan.at == foshan.anchor
    x, y = foshan.anchor
    assert by_key(place(wide, atlas, MapStyle(), 12, [(x, y, x + 1, y + 1)]))["440600"].at is None


def test_a_sliver_at_the_edge_has_neither_name_nor_mark_unless_the_name_fits(page, atlas):
    # Yuexiu reaches from 400 to 800; its mark is in the middle of what the page shows of it, and its name is 45 wide and 14 high.
    west, south, east, north = map(float, atlas.districts.total_bounds)
    kilometre = (east - west) / 12
    for shown, named in ((0.3, False), (1, True)):
        cut = frame(atlas, (west, south, west + (4 + shown) * kilometre, north), 100 * (4 + shown), 400)
        labels = by_key(place(cut, atlas, MapStyle(), 12))
        assert (YUEXIU in labels) == named
        assert LIWAN in labels
    home = shapely.MultiPolygon([(rings[0], rings[1:]) for rings in cut.districts[YUEXIU]])
    assert home.intersection(rectangle_of(labels[YUEXIU])).area > 0.9 * rectangle_of(labels[YUEXIU]).area


@pytest.mark.parametrize(("width", "height", "language"), [(540, 362, "zh"), (508, 388, "en"), (508, 388, "zh")])
def test_a_name_keeps_further_from_other_marks_than_from_its_own(story, width, height, language):
    atlas, map_style = story.data_version.atlas, story.scenes[0].faces[language].map_style
    for size in (8, 9, 10, 10.5, 12):
        page = frame(atlas, story.scenes[0].camera, width, height)
        labels = [label for label in place(page, atlas, map_style, size) if label.mark]
        spots = {label.key: rectangle_of(label) for label in labels if label.at and not label.line}
        for label, other in itertools.permutations(labels, 2):
            if label.key in spots:
                apart = [spots[label.key].distance(shapely.Point(one.anchor)) for one in (label, other)]
                assert apart[0] < apart[1], (size, label.text, other.text)


@pytest.mark.slow
@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize(("width", "height", "size"), [(540, 362, 9), (832, 600, 13), (1000, 900, 20), (390, 300, 12)])
def test_no_name_covers_another_or_leaves_the_page(story, language, width, height, size):
    atlas = story.data_version.atlas
    for scene in story.scenes:
        page = frame(atlas, scene.camera, width, height)
        labels = [label for label in place(page, atlas, scene.faces[language].map_style, size) if label.at]
        # The ground of a list is what its names stand on.
        listed = [label.kind == "tenant" and not label.text for label in labels]
        pairs = itertools.combinations(zip(labels, listed, strict=True), 2)
        for (one, ground), (other, _) in pairs:
            if ground and other.kind == "tenant":
                continue
            assert rectangle_of(one).intersection(rectangle_of(other)).area < 0.1, (scene.id, one.text, other.text)
        for label in labels:
            assert shapely.box(0, 0, width, height).covers(rectangle_of(label).buffer(-0.01)), (scene.id, label.text)


def test_a_name_that_is_far_from_its_mark_has_a_line_to_it(story):
    atlas = story.data_version.atlas
    page = frame(atlas, story.scenes[0].camera, 390, 300)
    labels = [label for label in place(page, atlas, story.scenes[0].faces["zh"].map_style, 12) if label.at]
    offsets = [(label, label.at[0] - label.anchor[0], label.at[1] - label.anchor[1]) for label in labels]
    assert {bool(label.line) for label in labels} == {True, False}
    assert all(label.line for label, x, y in offsets if label.mark and math.hypot(0.6 * x, y) > 21)


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize(
    ("width", "height", "size"), [(540, 362, 9), (832, 600, 13), (1000, 900, 20), (390, 300, 12), (732, 520, 12), (2000, 900, 12)]
)  # fmt: skip
def test_a_name_lies_in_its_district_or_beside_the_city_with_a_line(story, language, width, height, size):
    atlas = story.data_version.atlas
    page = frame(atlas, story.scenes[0].camera, width, height)
    homes = dict(zip(atlas.zones["cluster_id"], atlas.zones["adcode"], strict=True)) | {code: code for code in ADCODES}
    shapes = {
        code: shapely.MultiPolygon([(rings[0], rings[1:]) for rings in parts]) for code, parts in page.districts.items()
    }
    labels = [
        one
        for one in place(page, atlas, replace(story.scenes[0].faces["en"].map_style, language=language), size)
        if one.key in homes
    ]
    assert len(labels) == 13
    for label in labels:
        assert label.at is not None, label.text
        box = rectangle_of(label)
        at_home = shapes[homes[label.key]].intersection(box).area / box.area
        in_city = sum(shape.intersection(box).area for shape in shapes.values()) / box.area
        assert at_home > 0.9 or (label.line and in_city == 0), (label.text, at_home, in_city)
        assert at_home < 0.9 or label.mark or not label.line, "nothing to lead to"


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_name_of_a_zone_is_nearer_to_its_own_mark_than_to_another_zones(story, language):
    atlas = story.data_version.atlas
    for width, height, size in ((540, 362, 9), (832, 600, 13), (390, 300, 12), (732, 520, 12), (2000, 900, 12)):
        page = frame(atlas, story.scenes[0].camera, width, height)
        zones = [
            one
            for one in place(page, atlas, replace(story.scenes[0].faces["en"].map_style, language=language), size)
            if one.kind == "zone"
        ]
        assert {label.key for label in zones if label.at} == {"pazhou", "baietan"}
        for label, other in itertools.permutations(zones, 2):
            apart = [rectangle_of(label).distance(shapely.Point(one.anchor)) for one in (label, other)]
            assert apart[0] < apart[1], (width, label.text)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_lines_to_names_cross_neither_each_other_nor_names_nor_marks(story, language):
    atlas = story.data_version.atlas
    for width, height, size in ((540, 362, 9), (832, 600, 13), (2000, 900, 12)):
        page = frame(atlas, story.scenes[0].camera, width, height)
        labels = [label for label in place(page, atlas, story.scenes[0].faces[language].map_style, size) if label.at]
        led = [(label, shapely.LineString(label.line)) for label in labels if label.line]
        assert len(led) > 1
        marks = [label for label in labels if label.mark and label.kind in ("zone", "district")]
        for label, line in led:
            for mark in marks:
                near = line.distance(shapely.Point(mark.anchor))
                assert mark is label or near > 4 * size / 12, (label.text, "runs through the mark of", mark.text)
            for other in labels:
                assert other is label or not line.intersects(rectangle_of(other)), (label.text, other.text)
            assert not any(line.intersects(another) for one, another in led if one is not label), label.text
