"""Where names may stand: on squares, in planar units."""

import math

import pytest
import shapely

from geo.maps.label_spots import inside

SQUARE = shapely.box(0, 0, 8, 8)


def test_spots_lie_inside_and_those_near_the_anchor_come_first():
    spots = inside(SQUARE, (1, 1))
    assert all(SQUARE.contains(shapely.Point(spot)) for spot in spots)
    lengths = [math.dist(spot, (1, 1)) for spot in spots]
    assert lengths == sorted(lengths)
    assert lengths[0] < 1


def test_a_hole_has_no_spots():
    ring = SQUARE.difference(shapely.box(2, 2, 6, 6))
    assert all(ring.contains(shapely.Point(spot)) for spot in inside(ring, (1, 1)))


@pytest.mark.parametrize("size", [1, 1000])
def test_about_as_many_spots_whatever_the_size(size):
    assert 130 <= len(inside(shapely.box(0, 0, size, 2 * size), (0, 0))) <= 270
