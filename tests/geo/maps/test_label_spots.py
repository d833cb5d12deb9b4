"""Where names may stand: on squares, in planar units."""

import math

import pytest
import shapely

from geo.maps.label_spots import DIRECTIONS, exits, inside

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
    assert 40 <= len(inside(shapely.box(0, 0, size, 2 * size), (0, 0))) <= 80


def test_the_shortest_ways_out_come_first_and_end_on_the_outline():
    ways = exits(SQUARE, (1, 4))
    assert ways[0] == (0, 4, -1, 0)
    lengths = [math.dist((x, y), (1, 4)) for x, y, _, _ in ways]
    assert lengths == sorted(lengths)
    assert all(SQUARE.exterior.distance(shapely.Point(x, y)) < 1e-9 for x, y, _, _ in ways)
    assert len(ways) == 12 < len(DIRECTIONS)


def test_a_way_leaves_for_good_across_a_bay():
    bay = shapely.union_all([SQUARE, shapely.box(-1, 0, -0.5, 8)])
    assert (-1, 4, -1, 0) in exits(bay, (1, 4))
    assert (0, 4, -1, 0) not in exits(bay, (1, 4))
