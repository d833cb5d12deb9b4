"""Tenants near each other as one list beside their sites: seven headquarters on half a kilometre have no room for seven names."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace

from geo.maps.label import Label, Rectangle, apart, around, moved, overlap
from geo.maps.label_spots import Line
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
_JOINED = 120  # those without a clear spot join a list no further off than this
_LED = 20  # a list of several, one further off, or not nearer to its dot than to any other gets a line to its sites
_CLEAR = 3
_Group = list[Label]
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
    A list of one without a line is nearer to its dot than to any other; where it has no such spot, the line to it runs through no other dot and no name, or
    it joins the list nearest to it. A list that finds no room on the page is left out, its dots stay. A label without text and mark is the ground of a list.
    The symbol of a tenant stands before its name: that is where its anchor is.
    """
    page, groups = _Page(tenants, frame, taken, unit), _groups(tenants, _TOGETHER * unit)
    boxes, stuck = page.filled(groups)
    while stuck:
        groups = page.joined(groups, stuck)
        boxes, stuck = page.filled(groups)
    labels, covered = [], dots(tenants, unit)
    for group, box in zip(groups, boxes, strict=True):
        labels += [
            replace(label, text="", width=0.0, height=0.0, mark="dot", line=page.line(group, box, label))
            for label in group
        ]
        if box is not None:
            covered += page.cover(group, box)
            ground = replace(group[0], text="", mark="", width=box[2] - box[0], height=box[3] - box[1], at=_centre(box))
            labels += [ground, *_lines(group, box, unit)]
    return labels, covered


class _Page:
    """A page with the dots of tenants, and where lists may stand beside them."""

    def __init__(self, tenants: Sequence[Label], frame: MapFrame, taken: Sequence[Rectangle], unit: float) -> None:
        self._tenants, self._frame, self._unit = tenants, frame, unit
        self._dots = dots(tenants, unit)
        self._names = [box for box in taken if box not in self._dots]

    def filled(self, groups: Sequence[_Group]) -> tuple[list[Rectangle | None], _Group | None]:
        """Return a box for each list, None where it has no room; and the first that has no clear spot and another one to join, if there is one."""
        boxes: list[Rectangle | None] = []
        covered: list[Rectangle] = []
        for group in groups:
            free = self._free(group, covered)
            box = self._clear(group, free)
            if box is None and self._neighbour(groups, group):
                return boxes, group
            boxes.append(box or next(iter(free), None))
            covered += self.cover(group, boxes[-1])
        return boxes, None

    def joined(self, groups: Sequence[_Group], stuck: _Group) -> list[_Group]:
        """Return the groups, one of which has joined the one nearest to it; tenants stay in their order."""
        near = self._neighbour(groups, stuck)
        both = [label for label in self._tenants if label in (*near, *stuck)]
        return [both if group is near else group for group in groups if group is not stuck]

    def cover(self, group: _Group, box: Rectangle | None) -> list[Rectangle]:
        """Return what a list and the line to it keep free."""
        if box is None:
            return []
        way = [] if self._is_beside(group, box) else _steps(*_way(group, box))
        return [box, *(around(step, _WAY * self._unit, _WAY * self._unit) for step in way)]

    def line(self, group: _Group, box: Rectangle | None, label: Label) -> Line | None:
        """Return the line from a dot to its list: only the nearest of a list has one, where one is needed."""
        if box is None or self._is_beside(group, box):
            return None
        way = _way(group, box)
        return way if next(one for one in group if one.anchor == way[0]) is label else None

    def _free(self, group: _Group, covered: Sequence[Rectangle]) -> list[Rectangle]:
        """Return where a list covers nothing, the best first."""
        taken = (*self._names, *self._dots, *covered)
        return [
            box for box in _boxes(group, self._frame, self._unit) if not any(overlap(box, other) for other in taken)
        ]

    def _clear(self, group: _Group, free: Sequence[Rectangle]) -> Rectangle | None:
        """Return the first spot where a list is read as that of its own sites: right beside its dot, or with a line that runs through nothing."""
        beside = (box for box in free if self._is_beside(group, box))
        return next(beside, next((box for box in free if not self._is_crossed(group, box)), None))

    def _is_beside(self, group: _Group, box: Rectangle) -> bool:
        """Whether the name of one tenant stands at its dot, which is nearer than any other."""
        own = apart(group[0].anchor, box)
        others = (apart(label.anchor, box) for label in self._tenants if label is not group[0])
        return (
            len(group) == 1 and own <= _LED * self._unit and all(other > own + _CLEAR * self._unit for other in others)
        )

    def _is_crossed(self, group: _Group, box: Rectangle) -> bool:
        """Whether the line to a list runs through a name, a mark, or the dot of a tenant who is not in it."""
        way = _steps(*_way(group, box))
        others = [label.anchor for label in self._tenants if label not in group]
        return any(
            left < x < right and top < y < bottom for left, top, right, bottom in self._names for x, y in way
        ) or any(math.dist(step, other) < _DOT * self._unit for other in others for step in way)

    def _neighbour(self, groups: Sequence[_Group], group: _Group) -> _Group:
        """Return the group nearest to one; an empty one where none is near enough for one list."""

        def far(other: _Group) -> float:
            """Return how far the nearest of its places is from one of the group's."""
            return min(math.dist(one.anchor, label.anchor) for one in other for label in group)

        near = [other for other in groups if other is not group and far(other) <= _JOINED * self._unit]
        return min(near, key=far, default=[])


def _groups(tenants: Sequence[Label], reach: float) -> list[_Group]:
    """Return tenants in groups: each is within reach of another of its group, and of none of another group."""
    groups: list[_Group] = []
    for label in tenants:
        near = [group for group in groups if any(math.dist(label.anchor, other.anchor) <= reach for other in group)]
        groups = [group for group in groups if group not in near] + [[*(one for group in near for one in group), label]]
    return groups


def _centre(box: Rectangle) -> Point:
    """Return the middle of a rectangle."""
    return round((box[0] + box[2]) / 2, 2), round((box[1] + box[3]) / 2, 2)


def _boxes(group: _Group, frame: MapFrame, unit: float) -> Iterator[Rectangle]:
    """Yield where the list of a group may go on the page, the best first."""
    width, height = _SYMBOL * unit + max(label.width for label in group), _LINE * group[0].height * len(group)
    middle = tuple(sum(label.anchor[axis] for label in group) / len(group) for axis in (0, 1))
    for distance in _DISTANCES[len(group) > 1 :]:
        for x, y in _DIRECTIONS:
            offset = x * (distance * unit + width / 2), y * (distance * unit + height / 2)
            box = around(moved((middle[0], middle[1]), offset), width, height)
            if box[0] >= 0 and box[1] >= 0 and box[2] <= frame.width and box[3] <= frame.height:
                yield box


def _nearest(point: Point, box: Rectangle) -> Point:
    """Return the point of a rectangle that is nearest to a point."""
    return min(max(point[0], box[0]), box[2]), min(max(point[1], box[1]), box[3])


def _way(group: _Group, box: Rectangle) -> Line:
    """Return the way from the nearest site to a list."""
    site = min((label.anchor for label in group), key=lambda anchor: apart(anchor, box))
    return site, _nearest(site, box)


def _steps(start: Point, end: Point) -> list[Point]:
    """Return points along a line."""
    return [(start[0] + (end[0] - start[0]) * t / 20, start[1] + (end[1] - start[1]) * t / 20) for t in range(21)]


def _lines(group: _Group, box: Rectangle, unit: float) -> Iterator[Label]:
    """Yield the lines of a list: symbol, then name."""
    for number, label in enumerate(group):
        middle = round(box[1] + (number + 0.5) * _LINE * label.height, 2)
        start = box[0] + _SYMBOL * unit
        symbol = round(box[0] + _SYMBOL * unit / 2, 2), middle
        yield replace(label, anchor=symbol, at=(round(start + label.width / 2, 2), middle))
