"""Joins by code and by place; what has no partner is reported."""

from collections.abc import Callable

import geopandas as gpd
import pandas as pd
import pytest
import shapely

from geo.data.joining import join_attributes, locate, neighbours, places_in
from geo.errors import MissingCRSError
from geo.schema import ADCODES, GEOGRAPHIC_CRS

LIWAN, YUEXIU, HAIZHU, TIANHE, BAIYUN = ADCODES[:5]
Points = Callable[..., gpd.GeoDataFrame]


def test_join_keeps_every_boundary_in_order_with_gaps_where_nothing_matches(squares: gpd.GeoDataFrame):
    joined = join_attributes(squares, pd.DataFrame({"adcode": [YUEXIU, LIWAN], "gdp": [20.0, 10.0]}))
    assert list(joined["adcode"]) == [LIWAN, YUEXIU, HAIZHU, TIANHE, BAIYUN]
    assert list(joined["gdp"][:2]) == [10.0, 20.0]
    assert joined["gdp"][2:].isna().all()
    assert joined.crs == squares.crs


def test_join_refuses_a_doubled_key_and_names_it(squares: gpd.GeoDataFrame):
    doubled = pd.DataFrame({"adcode": [LIWAN, YUEXIU, LIWAN], "gdp": [1.0, 2.0, 3.0]})
    with pytest.raises(ValueError, match=f"more than one row for adcode {LIWAN}; expected one"):
        join_attributes(squares, doubled)


def test_join_leaves_its_inputs_as_they_were(squares: gpd.GeoDataFrame):
    before = squares.copy()
    join_attributes(squares, pd.DataFrame({"adcode": [LIWAN], "gdp": [1.0]}))
    pd.testing.assert_frame_equal(pd.DataFrame(squares), pd.DataFrame(before))


def test_locate_names_the_area_of_each_point(squares: gpd.GeoDataFrame, points: Points):
    found = locate(points((0.5, 0.5), (2.5, 0.5), (12.5, 0.5)), squares)
    assert list(found) == [LIWAN, YUEXIU, HAIZHU]


def test_locate_leaves_a_point_outside_every_area_missing(squares: gpd.GeoDataFrame, points: Points):
    found = locate(points((0.5, 0.5), (11.5, 0.5)), squares)
    assert found[0] == LIWAN
    assert pd.isna(found[1])


def test_locate_takes_a_point_on_a_common_border_once(squares: gpd.GeoDataFrame, points: Points):
    on_border = points((1.0, 0.5), (0.5, 0.5))
    assert list(locate(on_border, squares)) == [LIWAN, LIWAN]
    assert list(locate(on_border, squares[::-1].reset_index(drop=True))) == [YUEXIU, LIWAN]


def test_locate_brings_points_of_another_crs_into_that_of_the_areas(squares: gpd.GeoDataFrame, points: Points):
    degrees = points((0.5, 0.5), (2.5, 0.5)).to_crs(GEOGRAPHIC_CRS)
    assert list(locate(degrees, squares)) == [LIWAN, YUEXIU]


def test_locate_keeps_the_index_of_the_points(squares: gpd.GeoDataFrame, points: Points):
    named = points((2.5, 0.5), (0.5, 0.5)).set_index(pd.Index(["second", "first"]))
    assert locate(named, squares).to_dict() == {"second": YUEXIU, "first": LIWAN}


def test_locate_answers_for_every_point_even_when_their_index_repeats(squares: gpd.GeoDataFrame, points: Points):
    repeated = points((0.5, 0.5), (2.5, 0.5)).set_index(pd.Index([7, 7]))
    assert list(locate(repeated, squares)) == [LIWAN, YUEXIU]


def test_locate_refuses_points_or_areas_without_crs(squares: gpd.GeoDataFrame, points: Points):
    with pytest.raises(MissingCRSError, match="the points"):
        locate(points((0.5, 0.5), crs=None), squares)
    with pytest.raises(MissingCRSError, match="the areas"):
        locate(points((0.5, 0.5)), squares.set_crs(None, allow_override=True))


def test_neighbours_share_a_border(squares: gpd.GeoDataFrame):
    assert neighbours(squares, LIWAN) == (YUEXIU,)
    assert neighbours(squares, YUEXIU) == (LIWAN,)


def test_neighbours_of_an_island_are_none(squares: gpd.GeoDataFrame):
    assert neighbours(squares, HAIZHU) == ()


def test_neighbours_may_share_a_single_point(squares: gpd.GeoDataFrame):
    corner = shapely.box(500_000 - 500, 2_550_000 - 500, 500_000, 2_550_000)
    squares.loc[squares["adcode"] == TIANHE, "geometry"] = corner
    assert neighbours(squares, LIWAN) == (YUEXIU, TIANHE)


def test_places_lie_in_their_district(atlas):
    assert [places_in(atlas, code) for code in (HAIZHU, LIWAN)] == [(0, 1, 2), ()]
