"""Where the names of a map go: the rule of pages, walls and files alike (in ui/static/map-names.js for browsers)."""

import functools
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import shapely

from geo.maps.label import Label, Rectangle, apart, around, moved, overlap
from geo.maps.label_spots import Exit, exits, inside
from geo.maps.outlines import MapFrame, Point
from geo.schema import Atlas

__all__ = ["OPTIONAL", "Ground", "Scene", "box_of", "ground", "lies_in"]

OPTIONAL = ("place", "house")  # kinds that are left out, with their marks, where there is no room

# As in ui/static/map-names.js, there in pixels beside names of 12; here in twelfths of the size of a district's name.
_DIRECTIONS = (
    (0, 1),
    (0, -1),
    (1, 0),
    (-1, 0),
    (0.4, 1),
    (-0.4, 1),
    (0.4, -1),
    (-0.4, -1),
    (1, 1),
    (-1, 1),
    (1, -1),
    (-1, -1),
)
_DISTANCES = (13, 22, 34)  # between a mark and the middle of its name
_LED = 21  # names further off get a line to their mark
_APART = 7  # between the city's outline and a name beside it
_SHIFTS = (0, 1, -1, 2, -2, 3, -3)  # lines: a name beside the city may also stand so many above or below the way out
_CLEAR = 1  # by how much the edge of a name must be nearer to its own mark than to any other
# Middles of 45 equal parts of a box, and what share of them must lie in a name's own district.
_PARTS = np.array([(x / 9, y / 5) for y in range(-2, 3) for x in range(-4, 5)])
_HOME = 0.95
_MARK = 8  # width that a mark keeps free


@dataclass(frozen=True, eq=False)
class Ground:
    """The districts of a frame, one by one and together, prepared for questions."""

    districts: Mapping[str, shapely.Geometry]
    city: shapely.Geometry

    _found: dict[tuple[str, Point], list[Any]] = field(default_factory=dict)

    def spots(self, code: str, anchor: Point) -> list[Point]:
        """Return spots inside a district, those near an anchor first."""
        if (code, anchor) not in self._found:
            self._found[code, anchor] = inside(self.districts[code], anchor)
        return self._found[code, anchor]

    def ways(self, anchor: Point) -> list[Exit]:
        """Return ways out of the city from an anchor, the shortest first."""
        if ("", anchor) not in self._found:
            self._found["", anchor] = exits(self.city, anchor)
        return self._found["", anchor]


class Scene:
    """A page that fills with names."""

    def __init__(
        self, frame: MapFrame, unit: float, labels: Sequence[Label], atlas: Atlas, keep_free: Sequence[Rectangle]
    ) -> None:
        self._size, self._unit = (frame.width, frame.height), unit
        self._ground = ground(frame)
        self._zones = dict(zip(atlas.zones["cluster_id"], atlas.zones["adcode"], strict=True))
        self._marks = [label for label in labels if label.mark and label.kind not in OPTIONAL]
        # What the dots of tenants cover is in keep_free.
        marks = (self._mark(label) for label in self._marks if label.kind != "tenant")
        self._boxes = [*keep_free, *marks]
        self._lines: list[shapely.LineString] = []

    def home(self, label: Label) -> str:
        """Return the adcode of the district that a name belongs into, "" for all others, and where the page shows nothing of it."""
        code = {"district": label.key, "zone": self._zones.get(label.key, "")}.get(label.kind, "")
        return code if code in self._ground.districts else ""

    @property
    def covered(self) -> tuple[Rectangle, ...]:
        """What names, marks and others cover so far."""
        return tuple(self._boxes)

    def cover(self, boxes: Iterable[Rectangle]) -> None:
        """Keep names out of some rectangles."""
        self._boxes.extend(boxes)

    def at_home(self, label: Label) -> Point | None:
        """Return where a name has room in its district, best near its mark."""
        home = self._ground.districts[self.home(label)]
        near = [moved(label.anchor, offset) for offset in _candidates(label, self._unit, _DISTANCES)]
        spots = [
            *filter(lambda at: self._clear(label, at), near),
            *near,
            *self._ground.spots(self.home(label), label.anchor),
        ]
        return self._take(label, (at for at in spots if lies_in(home, label, at)))

    def beside(self, label: Label) -> Point | None:
        """Return where a name has room outside all districts, with a line that crosses no other and no name where there is such a spot."""
        spots = []
        for x, y, east, south in self._ground.ways(label.anchor):
            out = _APART * self._unit
            at = moved((x, y), (east * (label.width / 2 + out), south * (label.height / 2 + out)))
            spots += [moved(at, (0, lines * (label.height + 3 * self._unit))) for lines in _SHIFTS]
        spots.sort(key=lambda at: math.dist(at, label.anchor))
        good = (at for at in spots if self._free(label, at) and not self._ground.city.intersects(box_of(label, at)))
        first = next(good, None)
        best = next((at for at in (first, *good) if at and self._tidy(label, at)), first)
        return self._take(label, [best] if best else [])

    def near(self, label: Label) -> Point | None:
        """Return where a name has room right beside its mark, and nearer to it than to any other; None where its mark has no room either."""
        mark = self._mark(label)
        if label.mark and any(overlap(mark, other) for other in self._boxes):
            return None
        spots = [moved(label.anchor, offset) for offset in _candidates(label, self._unit, _DISTANCES)]
        good = (at for at in spots if self._clear(label, at) and (not self._is_led(label, at) or self._tidy(label, at)))
        at = self._take(label, good)
        if at is not None and label.mark:
            self._boxes.append(mark)
            self._marks.append(label)
        return at

    def elsewhere(self, label: Label) -> Point | None:
        """Return the spot of a neighbour's name, where that is free; it has no other."""
        return self._take(label, [label.anchor])

    def placed(self, label: Label, at: Point | None) -> Label:
        """Return a label at its place, with the end of its line where one is needed."""
        if at is None:
            return label
        return replace(label, at=at, line=_edge(label, at) if self._is_led(label, at) else None)

    def _take(self, label: Label, spots: Iterable[Point]) -> Point | None:
        """Return the first free one of some spots, which is free no more."""
        at = next((at for at in spots if self._free(label, at)), None)
        if at is not None:
            self._boxes.append(around(at, label.width, label.height))
            if self._is_led(label, at):
                self._lines.append(shapely.LineString([label.anchor, at]))
        return at

    def _free(self, label: Label, at: Point) -> bool:
        """Whether nothing else is there, and it is on the page."""
        left, top, right, bottom = spot = around(at, label.width, label.height)
        on_page = left >= 0 and top >= 0 and right <= self._size[0] and bottom <= self._size[1]
        return on_page and not any(overlap(spot, other) for other in self._boxes)

    def _clear(self, label: Label, at: Point) -> bool:
        """Whether a name is nearer to its own mark than to any other."""
        spot = around(at, label.width, label.height)
        own = apart(label.anchor, spot) + _CLEAR * self._unit
        return all(apart(other.anchor, spot) > own for other in self._marks if other is not label)

    def _tidy(self, label: Label, at: Point) -> bool:
        """Whether the line to a name crosses no other line, no name and no other's mark."""
        line = shapely.LineString([label.anchor, at])
        boxes = [shapely.box(*box) for box in self._boxes if overlap(box, line.bounds) and apart(label.anchor, box) > 0]
        return not any(map(line.intersects, [*self._lines, *boxes]))

    def _is_led(self, label: Label, at: Point) -> bool:
        """Whether a line leads to a name: one beside the city, or far from its mark."""
        home = self._ground.districts.get(self.home(label))
        if home is not None and not lies_in(home, label, at):
            return True
        far = math.hypot((at[0] - label.anchor[0]) * 0.6, at[1] - label.anchor[1]) > _LED * self._unit
        return far and bool(label.mark)

    def _mark(self, label: Label) -> Rectangle:
        """Return what the mark of a name keeps free."""
        return around(label.anchor, _MARK * self._unit, _MARK * self._unit)


def _candidates(label: Label, unit: float, distances: Sequence[float]) -> list[Point]:
    """Return the spots round its anchor that a name may take, as offsets, the best first."""
    wide, high = label.width / 2 - 6 * unit, label.height / 2 - 7 * unit
    around = [
        (x * (distance * unit + wide * abs(x)), y * (distance * unit + high * abs(y)))
        for distance in distances
        for x, y in _DIRECTIONS
    ]
    if label.mark:
        return around
    nearby = [(x * unit, y * unit) for y in (0, 8, -8, 15) for x in (0, 14, -14, 26, -26, 38, -38)]
    return sorted(nearby, key=lambda offset: math.hypot(*offset)) + around


def box_of(label: Label, at: Point) -> shapely.Polygon:
    """Return the box of a name."""
    return shapely.box(*around(at, label.width, label.height))


def lies_in(shape: shapely.Geometry, label: Label, at: Point) -> bool:
    """Whether a name lies in a prepared shape, by the middles of equal parts of its box."""
    return bool(shapely.contains_xy(shape, _PARTS * (label.width, label.height) + at).mean() >= _HOME)


def _edge(label: Label, at: Point) -> Point:
    """Return where the line to a name meets its box."""
    x, y = at[0] - label.anchor[0], at[1] - label.anchor[1]
    shrink = 1 - min(label.width / 2 / abs(x or 1e-9), label.height / 2 / abs(y or 1e-9), 1)
    return moved(label.anchor, (x * shrink, y * shrink))


@functools.lru_cache(maxsize=96)
def ground(frame: MapFrame) -> Ground:
    """Return the districts of a frame and the ways out of them; both languages and all names ask for the same ones."""
    shapes = {
        code: shapely.MultiPolygon([(rings[0], rings[1:]) for rings in parts])
        for code, parts in frame.districts.items()
    }
    city = shapely.union_all(list(shapes.values()))
    shapely.prepare([city, *shapes.values()])
    return Ground(shapes, city)
