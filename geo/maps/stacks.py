"""Tenants near each other as one list beside their sites: seven headquarters on half a kilometre have no room for seven names."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace

from geo.maps.label import Label, Rectangle, around, moved, overlap
from geo.maps.outlines import MapFrame, Point

__all__ = ["dots", "stacked"]

# As in ui/static/tenants.js, there in pixels beside names of 12; here in twelfths of the size of a district's name.
_TOGETHER = 40  # tenants no further apart than this are listed together
# Between the middle of the sites and the edge of their list; the first for one tenant only.
_DISTANCES = (14, 44, 30, 64, 96, 136)
_DIRECTIONS = (
    (0, -1), (0.3, -1), (-0.3, -1), (0, 1), (0.3, 1), (-0.3, 1), (1, 0), (-1, 0),
    (0.6, -1), (-0.6, -1), (0.6, 1), (-0.6, 1), (1, -1), (-1, -1), (1, 1), (-1, 1),
)  # fmt: skip
_SYMBOL = 15  # width of a line that its symbol takes
_LINE = 1.3  # height of a line, in heights of a name
_LED = 20  # a list of several, or further off, gets a line to its sites
_DOT, _WAY = 5, 3  # what a dot and a line keep free


def dots(tenants: Sequence[Label], unit: float) -> list[Rectangle]:
    """Return what the dots of tenants cover; ``unit`` is a twelfth of the size of a district's name."""
    return [around(label.anchor, _DOT * unit, _DOT * unit) for label in tenants]


def stacked(
    tenants: Sequence[Label], frame: MapFrame, taken: Sequence[Rectangle], unit: float
) -> tuple[list[Label], list[Rectangle]]:
    """Return dots where tenants are, their names and symbols in lists beside them, and what the lists cover.

    Parameters
    ----------
    tenants
        Names and symbols, not placed yet.
    taken
        What other names and marks cover, and the dots of the tenants.
    unit
        A twelfth of the size of a district's name.

    Returns
    -------
    A label without text and mark is the ground of a list. A list that finds no room on the page is left out, its dots stay. The symbol of a tenant stands
    before its name: that is where its anchor is.
    """
    labels: list[Label] = []
    covered = dots(tenants, unit)
    names = [box for box in taken if box not in covered]
    for group in _groups(tenants, _TOGETHER * unit):
        width = _SYMBOL * unit + max(label.width for label in group)
        line = _LINE * group[0].height
        found = _boxes(group, width, line * len(group), frame, unit)
        free = [box for box in found if not any(overlap(box, other) for other in (*taken, *covered))]
        box = next((box for box in free if not _crossed(_middle(group), box, names)), next(iter(free), None))
        marks = [replace(label, text="", width=0.0, height=0.0, mark="dot") for label in group]
        labels += marks if box is None else _led(marks, box, unit)
        if box is not None:
            way = _steps(_middle(group), _nearest(_middle(group), box))
            covered += [box, *(around(step, _WAY * unit, _WAY * unit) for step in way)]
            ground = replace(group[0], text="", mark="", width=width, height=box[3] - box[1], at=_centre(box))
            labels += [ground, *_lines(group, box, line, unit)]
    return labels, covered


def _groups(tenants: Sequence[Label], reach: float) -> list[list[Label]]:
    """Return tenants in groups: each is within reach of another of its group, and of none of another group."""
    groups: list[list[Label]] = []
    for label in tenants:
        near = [group for group in groups if any(math.dist(label.anchor, other.anchor) <= reach for other in group)]
        groups = [group for group in groups if group not in near] + [[*(one for group in near for one in group), label]]
    return groups


def _centre(box: Rectangle) -> Point:
    """Return the middle of a rectangle."""
    return round((box[0] + box[2]) / 2, 2), round((box[1] + box[3]) / 2, 2)


def _middle(group: Sequence[Label]) -> Point:
    """Return the middle of some sites."""
    return sum(label.anchor[0] for label in group) / len(group), sum(label.anchor[1] for label in group) / len(group)


def _boxes(group: Sequence[Label], width: float, height: float, frame: MapFrame, unit: float) -> Iterator[Rectangle]:
    """Yield where the list of a group may go on the page, the best first."""
    for distance in _DISTANCES[len(group) > 1 :]:
        for x, y in _DIRECTIONS:
            offset = x * (distance * unit + width / 2), y * (distance * unit + height / 2)
            box = around(moved(_middle(group), offset), width, height)
            if box[0] >= 0 and box[1] >= 0 and box[2] <= frame.width and box[3] <= frame.height:
                yield box


def _nearest(point: Point, box: Rectangle) -> Point:
    """Return the point of a rectangle that is nearest to a point."""
    return min(max(point[0], box[0]), box[2]), min(max(point[1], box[1]), box[3])


def _crossed(start: Point, box: Rectangle, taken: Sequence[Rectangle]) -> bool:
    """Whether the line to a list runs through a name or mark."""
    way = _steps(start, _nearest(start, box))
    return any(left < x < right and top < y < bottom for left, top, right, bottom in taken for x, y in way)


def _steps(start: Point, end: Point) -> list[Point]:
    """Return points along a line."""
    return [(start[0] + (end[0] - start[0]) * t / 20, start[1] + (end[1] - start[1]) * t / 20) for t in range(21)]


def _led(dots: Sequence[Label], box: Rectangle, unit: float) -> list[Label]:
    """Return the dots, the nearest with a line to a list that is of several or far off."""
    ends = [_nearest(dot.anchor, box) for dot in dots]
    far = [math.dist(dot.anchor, end) for dot, end in zip(dots, ends, strict=True)]
    nearest = far.index(min(far))
    if len(dots) == 1 and far[nearest] <= _LED * unit:
        return list(dots)
    return [
        replace(dot, line=(dot.anchor, ends[number])) if number == nearest else dot for number, dot in enumerate(dots)
    ]


def _lines(group: Sequence[Label], box: Rectangle, line: float, unit: float) -> Iterator[Label]:
    """Yield the lines of a list: symbol, then name."""
    for number, label in enumerate(group):
        middle = box[1] + (number + 0.5) * line
        start = box[0] + _SYMBOL * unit
        symbol = round(box[0] + _SYMBOL * unit / 2, 2), round(middle, 2)
        yield replace(label, anchor=symbol, at=(round(start + label.width / 2, 2), round(middle, 2)))
