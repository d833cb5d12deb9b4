"""Shifts between WGS-84, GCJ-02 and BD-09."""

import numpy as np
import pytest

from geo.datum import bd09_to_wgs84, gcj02_to_wgs84, wgs84_to_bd09, wgs84_to_gcj02

# Corners and middle of Guangzhou, degrees.
LON = np.array([112.95, 113.3350, 114.05, 113.55, 112.95])
LAT = np.array([22.55, 23.1032, 23.93, 23.20, 23.93])
METRES_A_DEGREE = 111_000.0


def test_a_known_point_of_a_chinese_map_goes_to_its_place_in_wgs84():
    lon, lat = gcj02_to_wgs84(113.340472, 23.100632)
    assert (float(lon), float(lat)) == pytest.approx((113.3350, 23.1032), abs=1e-4)


def test_gcj02_and_back_is_where_one_started():
    lon, lat = gcj02_to_wgs84(*wgs84_to_gcj02(LON, LAT))
    np.testing.assert_allclose(lon, LON, rtol=0, atol=1e-9)
    np.testing.assert_allclose(lat, LAT, rtol=0, atol=1e-9)


def test_shift_in_guangzhou_is_five_to_seven_hundred_metres_to_the_south_east():
    lon, lat = wgs84_to_gcj02(LON, LAT)
    east, north = (lon - LON) * METRES_A_DEGREE * np.cos(np.radians(LAT)), (lat - LAT) * METRES_A_DEGREE
    assert ((np.hypot(east, north) > 500) & (np.hypot(east, north) < 700)).all()
    assert (east > 0).all()
    assert (north < 0).all()


def test_bd09_and_back_is_within_two_metres():
    lon, lat = bd09_to_wgs84(*wgs84_to_bd09(LON, LAT))
    np.testing.assert_allclose(lon, LON, rtol=0, atol=2e-5)
    np.testing.assert_allclose(lat, LAT, rtol=0, atol=2e-5)


def test_bd09_lies_a_kilometre_from_wgs84_and_further_than_gcj02():
    lon, lat = wgs84_to_bd09(LON, LAT)
    metres = np.hypot((lon - LON) * METRES_A_DEGREE * np.cos(np.radians(LAT)), (lat - LAT) * METRES_A_DEGREE)
    assert ((metres > 900) & (metres < 1500)).all()


@pytest.mark.parametrize("convert", [wgs84_to_gcj02, gcj02_to_wgs84, wgs84_to_bd09, bd09_to_wgs84])
def test_arrays_come_out_in_the_shape_they_went_in_and_inputs_stay(convert):
    lon, lat = LON[:4].reshape(2, 2).copy(), LAT[:4].reshape(2, 2).copy()
    new_lon, new_lat = convert(lon, lat)
    assert new_lon.shape == new_lat.shape == (2, 2)
    np.testing.assert_array_equal(lon, LON[:4].reshape(2, 2))
    np.testing.assert_array_equal(lat, LAT[:4].reshape(2, 2))
    one_lon, one_lat = convert(float(LON[3]), float(LAT[3]))
    assert (new_lon[1, 1], new_lat[1, 1]) == pytest.approx((float(one_lon), float(one_lat)), abs=1e-12)
    assert convert([], [])[0].shape == (0,)
