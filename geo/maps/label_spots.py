"""Where the names of a map may stand, and which of its spots each takes, for all names at once (in ui/static/map-choice.js for browsers)."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely

from geo.maps.label import Rectangle, overlap
from geo.maps.outlines import Point

__all__ = ["RAYS", "Line", "Spot", "choose", "cross", "inside", "off", "through"]

Line = tuple[Point, Point]
_ANGLES = np.arange(48) * np.pi / 24
RAYS: tuple[Point, ...] = tuple(zip(np.cos(_ANGLES).tolist(), np.sin(_ANGLES).tolist(), strict=True))
_SPOTS = 200  # about as many as a district gets
_ROUNDS = 4
_GAP = 2  # between a line and a name it passes


@dataclass(frozen=True)
class Spot:
    """Where a name may stand: its middle and box, the line that leads there, and how good that is. Without box, the name is left out."""

    cost: float
    at: Point = (0.0, 0.0)
    box: Rectangle | None = None
    line: Line | None = None


def inside(shape: shapely.Geometry, anchor: Point) -> list[Point]:
    """Return points of a regular grid inside a shape, those near its anchor first.

    Parameters
    ----------
    shape
        In planar units, as the anchor.

    Examples
    --------
    >>> len(inside(shapely.box(0, 0, 8, 8), (4, 4)))
    196
    """
    step = (shape.area / _SPOTS) ** 0.5
    west, south, east, north = shape.bounds
    across, up = (np.arange(low + step / 2, high, step) for low, high in ((west, east), (south, north)))
    grid = np.array(np.meshgrid(across, up)).reshape(2, -1).T
    points = grid[shapely.contains_xy(shape, grid)]
    order = np.argsort(np.hypot(*(points - anchor).T), kind="stable")
    return [(x, y) for x, y in points[order].tolist()]


def choose(lists: Sequence[Sequence[Spot]]) -> list[Spot]:
    """Return one of each of some lists of spots, so that those taken go together and cost little.

    Two names that cover each other, whose lines cross, or one of which lies on the other's line, do not go together. Those with few spots choose first;
    then, in a bounded number of rounds, a name takes a better spot, and who loses theirs another, where that is better altogether.

    Parameters
    ----------
    lists
        Each from the best spot to the last, which has no box and goes with all.
    """
    taken = [spots[-1] for spots in lists]
    order = sorted(range(len(lists)), key=lambda i: len(lists[i]))
    for i in order:
        taken[i] = _best(lists[i], taken)
    for _ in range(_ROUNDS):
        if sum(_improve(lists, taken, i) for i in order) == 0:
            break
    return taken


def _best(spots: Sequence[Spot], beside: Sequence[Spot]) -> Spot:
    """Return the best spot that goes with all of some others."""
    return next(spot for spot in spots if not any(_clash(spot, other) for other in beside))


def _improve(lists: Sequence[Sequence[Spot]], taken: list[Spot], i: int) -> bool:
    """Give one name a better spot where that is better altogether; return whether it is."""
    for spot in lists[i]:
        if spot.cost >= taken[i].cost:
            return False
        rivals = [j for j, other in enumerate(taken) if j != i and _clash(spot, other)]
        changed = [lists[j][-1] if j in rivals else other for j, other in enumerate(taken)]
        changed[i] = spot
        for j in rivals:
            changed[j] = _best(lists[j], [other for k, other in enumerate(changed) if k != j])
        if sum(one.cost for one in changed) < sum(one.cost for one in taken):
            taken[:] = changed
            return True
    return False


def _clash(one: Spot, other: Spot) -> bool:
    """Whether two spots do not go together."""
    if one.box is None or other.box is None:
        return False
    if overlap(one.box, other.box):
        return True
    if one.line and (through(one.line, other.box, _GAP) or (other.line and cross(one.line, other.line))):
        return True
    return bool(other.line and through(other.line, one.box, _GAP))


def cross(one: Line, other: Line) -> bool:
    """Return whether two lines cross."""
    (a, b), (c, d) = one, other
    return _left(a, b, c) != _left(a, b, d) and _left(c, d, a) != _left(c, d, b)


def _left(start: Point, end: Point, point: Point) -> bool:
    """Whether a point lies on one side of a line."""
    return (end[0] - start[0]) * (point[1] - start[1]) - (end[1] - start[1]) * (point[0] - start[0]) > 0


def through(line: Line, box: Rectangle, gap: float = 0) -> bool:
    """Return whether a line goes through a box, or nearer to it than a gap."""
    first, last = 0.0, 1.0
    for axis in (0, 1):
        start, way = line[0][axis], line[1][axis] - line[0][axis]
        low, high = box[axis] - gap, box[axis + 2] + gap
        if way:
            enters, leaves = sorted(((low - start) / way, (high - start) / way))
            first, last = max(first, enters), min(last, leaves)
        elif not low <= start <= high:
            return False
    return first < last


def off(point: Point, line: Line) -> float:
    """Return how far a point is from a line."""
    (x, y), (east, south) = line
    wide, high = east - x, south - y
    along = ((point[0] - x) * wide + (point[1] - y) * high) / (wide**2 + high**2 or 1)
    along = min(max(along, 0), 1)
    return math.dist(point, (x + along * wide, y + along * high))
