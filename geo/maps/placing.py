"""Where the names of a map go: the rule of pages, walls and files alike (in ui/static/map-names.js for browsers)."""

import functools
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import shapely

from geo.maps.label import Label, Rectangle, apart, around, moved, overlap
from geo.maps.label_spots import RAYS, Line, Spot, cross, inside, off, through
from geo.maps.outlines import MapFrame, Point
from geo.schema import Atlas

__all__ = ["OPTIONAL", "Ground", "Scene", "box_of", "ground", "lies_in", "placed"]

OPTIONAL = ("place", "house")  # kinds that are left out, with their marks, where there is no room

# As in ui/static/map-names.js, there in pixels beside names of 12; here in twelfths of the size of a district's name.
_DIRECTIONS = (
    (0, 1), (0, -1), (1, 0), (-1, 0), (0.4, 1), (-0.4, 1), (0.4, -1), (-0.4, -1), (1, 1), (-1, 1), (1, -1), (-1, -1),
)  # fmt: skip
_DISTANCES = (13, 22, 34)  # between a mark and the middle of its name
_LED = 21  # names further off get a line to their mark
_APART = 3  # between the city's outline and a name beside it
_STEP = 5  # along a ray
_TRIED = 10  # steps of a ray outside the city
# A line into a district without a mark keeps so far off others' marks; so many points it may begin at.
_ROOM, _FEET = 12, 4
_CLEAR = 4  # by so much a district's name is nearer to its own mark than to another, others' by one
_MISREAD = 15  # a name beside the city keeps so far from marks that are not its own
# Middles of 45 equal parts of a box, and what share of them must lie in a name's own district.
_PARTS = np.array([(x / 9, y / 5) for y in range(-2, 3) for x in range(-4, 5)])
_HOME = 0.95
_MARK = 8  # width that a mark keeps free
_WIDTHS = {"headquarters": 14, "second": 14}  # of marks, others 8
_MOST, _BESIDE = 12, 30  # spots of a name inside and beside
_ENOUGH = 5  # spots inside: then none beside are looked for
# A spot costs about as many units as it is off its mark.
_ASTRAY, _INSIDE, _OUTSIDE = 60, 30, 1000
_LEFT_OUT = {"zone": 40_000.0, "district": 20_000.0}


@dataclass(frozen=True, eq=False)
class Ground:
    """The districts of a frame, one by one and together, and all outlines, zones too, prepared for questions."""

    districts: Mapping[str, shapely.Geometry]
    city: shapely.Geometry
    outlines: np.ndarray

    _found: dict[tuple[str, Point], list[Point]] = field(default_factory=dict)

    def spots(self, code: str, anchor: Point) -> list[Point]:
        """Return spots inside a district, those near an anchor first."""
        if (code, anchor) not in self._found:
            self._found[code, anchor] = inside(self.districts[code], anchor)
        return self._found[code, anchor]


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
        self._lines: list[Line] = []

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

    def spots(self, label: Label) -> list[Spot]:
        """Return where the name of a district or zone may stand, the best first; last of all nowhere."""
        within = sorted(self._within(label), key=lambda spot: spot.cost)
        # A district with a zone has two names to go into it.
        beside = len(within) < _ENOUGH or self.home(label) in self._zones.values()
        ways = sorted(self._beside(label), key=lambda spot: spot.cost)[:_BESIDE] if beside else []
        return [*within, *ways, Spot(_LEFT_OUT[label.kind])]

    def put(self, spot: Spot) -> None:
        """Take a spot and its line, which are free no more."""
        if spot.box:
            self._boxes.append(spot.box)
        if spot.line:
            self._lines.append(spot.line)
            self._boxes += _along(spot.line, self._unit)

    def _within(self, label: Label) -> list[Spot]:
        """Return spots in a name's district, near its mark if there are some."""
        home = self._ground.districts[self.home(label)]
        found: list[Spot] = []
        near = [moved(label.anchor, offset) for offset in _candidates(label, self._unit, _DISTANCES)]
        far = self._ground.spots(self.home(label), label.anchor)
        costs = [*range(len(near)), *(_INSIDE + math.dist(at, label.anchor) / self._unit for at in far)]
        for cost, at in zip(costs, [*near, *far], strict=True):
            alike = any(
                abs(at[0] - one.at[0]) < label.width / 4 and abs(at[1] - one.at[1]) < label.height / 3 for one in found
            )
            if alike or not self._free(label, at) or not lies_in(home, label, at):
                continue
            line = (label.anchor, at) if self._is_far(label, at) else None
            astray = not self._clear(label, at)
            if (line is None or self._tidy(label, line)) and not (astray and label.kind == "zone"):
                found.append(Spot(cost + _ASTRAY * astray, at, around(at, label.width, label.height), line))
            if len(found) == _MOST:
                break
        return found

    def _beside(self, label: Label) -> Iterator[Spot]:
        """Yield spots outside all districts, as near as there is room each way, with a line to the mark or into a district without one."""
        for start in self._feet(label):
            for ray in RAYS:
                yield from self._along_ray(label, start, ray)

    def _along_ray(self, label: Label, start: Point, ray: Point) -> Iterator[Spot]:
        """Yield free spots along a ray, the nearest and one a line further, up to where the ray meets a mark or name."""
        steps = np.arange(label.height, sum(self._size), _STEP * self._unit)
        centres = np.array(start) + steps[:, None] * ray
        centres = centres[((centres > 0) & (centres < self._size)).all(axis=1)]
        outside = centres[~shapely.contains_xy(self._ground.city, centres)][:_TRIED].round(2)
        room, found = 2 * _APART * self._unit, None
        for at in map(tuple, outside.tolist()):
            far = math.dist(start, at)
            if (found is not None and far < found + label.height) or not self._free(label, at):
                continue
            if self._ground.city.intersects(shapely.box(*around(at, label.width + room, label.height + room))):
                continue
            if not self._tidy(label, (start, at)):
                return
            if self._own(label, at):
                yield Spot(_OUTSIDE + far / self._unit, at, around(at, label.width, label.height), (start, at))
                if found is not None:
                    return
                found = far

    def _feet(self, label: Label) -> list[Point]:
        """Return where lines to a name may begin: at its mark, or in a district without one clear of others' marks."""
        if label.mark:
            return [label.anchor]
        points = [label.anchor, *self._ground.spots(self.home(label), label.anchor)]
        room = {at: min((math.dist(at, mark.anchor) for mark in self._marks), default=math.inf) for at in points}
        clear = [at for at in points if room[at] > _ROOM * self._unit]
        return clear[:: math.ceil(len(clear) / _FEET)] if clear else [max(points, key=room.__getitem__)]

    def _own(self, label: Label, at: Point) -> bool:
        """Whether a name beside the city is read as its own mark's: near no other, and a zone's not nearer to another zone's."""
        spot = around(at, label.width, label.height)
        own = apart(label.anchor, spot)
        others = [mark for mark in self._marks if mark is not label]
        near = min(own, _MISREAD * self._unit)
        return all(apart(one.anchor, spot) > (own if label.kind == one.kind == "zone" else near) for one in others)

    def near(self, label: Label) -> Spot | None:
        """Return where a name has room right beside its mark, and nearer to it than to any other; None where its mark has no room either.

        It reaches into as few districts and zones that its mark lies outside of as can be.
        """
        mark = self._mark(label)
        if label.mark and any(overlap(mark, other) for other in self._boxes):
            return None
        foreign = self._ground.outlines[~shapely.contains_xy(self._ground.outlines, *label.anchor)]
        found, least = None, math.inf
        for spot in self._right_beside(label):
            strays = shapely.intersects(foreign, box_of(label, spot.at)).sum()
            if strays < least:
                found, least = spot, strays
            if not strays:
                break
        if found and label.mark:
            self._boxes.append(mark)
            self._marks.append(label)
        return found

    def _right_beside(self, label: Label) -> Iterator[Spot]:
        """Yield where a name has room right beside its mark, the best first."""
        for offset in _candidates(label, self._unit, _DISTANCES):
            at = moved(label.anchor, offset)
            line = (label.anchor, at) if self._is_far(label, at) else None
            if self._free(label, at) and self._clear(label, at) and (line is None or self._tidy(label, line)):
                yield Spot(0, at, around(at, label.width, label.height), line)

    def elsewhere(self, label: Label) -> Spot | None:
        """Return the spot of a neighbour's name, where that is free; it has no other."""
        at = label.anchor
        return Spot(0, at, around(at, label.width, label.height)) if self._free(label, at) else None

    def _free(self, label: Label, at: Point) -> bool:
        """Whether nothing else is there, and it is on the page."""
        left, top, right, bottom = spot = around(at, label.width, label.height)
        on_page = left >= 0 and top >= 0 and right <= self._size[0] and bottom <= self._size[1]
        return on_page and not any(overlap(spot, other) for other in self._boxes)

    def _clear(self, label: Label, at: Point) -> bool:
        """Whether a name is nearer to its own mark than to any other."""
        spot = around(at, label.width, label.height)
        own = apart(label.anchor, spot) + (_CLEAR if self.home(label) else 1) * self._unit
        return all(apart(other.anchor, spot) > own for other in self._marks if other is not label)

    def _tidy(self, label: Label, line: Line) -> bool:
        """Whether a line runs through no mark but its own, no name, and crosses no other line."""
        marks = (mark for mark in self._marks if mark is not label and mark.kind != "tenant")
        return not (
            any(cross(line, other) for other in self._lines)
            or any(off(mark.anchor, line) < (_WIDTHS.get(mark.mark, _MARK) / 2 + 1) * self._unit for mark in marks)
            or any(through(line, box) for box in self._boxes if apart(label.anchor, box) > 0)
        )

    def _is_far(self, label: Label, at: Point) -> bool:
        """Whether a name is so far from its mark that a line leads to it."""
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


def placed(label: Label, spot: Spot | None) -> Label:
    """Return a label at its spot, with the line to it."""
    if spot is None or spot.box is None:
        return label
    if spot.line is None:
        return replace(label, at=spot.at)
    start, at = spot.line
    x, y = at[0] - start[0], at[1] - start[1]
    shrink = 1 - min(label.width / 2 / abs(x or 1e-9), label.height / 2 / abs(y or 1e-9), 1)
    return replace(label, at=at, line=(start, moved(start, (x * shrink, y * shrink))))


def _along(line: Line, unit: float) -> list[Rectangle]:
    """Return small boxes along a line, which later names keep off."""
    (x, y), end = line
    count = math.ceil(math.dist(*line) / 4 / unit) + 1
    shares = (step / count for step in range(count))
    return [around((x + (end[0] - x) * t, y + (end[1] - y) * t), 3 * unit, 3 * unit) for t in shares]


@functools.lru_cache(maxsize=96)
def ground(frame: MapFrame) -> Ground:
    """Return the districts of a frame and the ways out of them; both languages and all names ask for the same ones."""
    districts, zones = (
        {key: shapely.MultiPolygon([(rings[0], rings[1:]) for rings in parts]) for key, parts in shapes.items()}
        for shapes in (frame.districts, frame.zones)
    )
    city = shapely.union_all(list(districts.values()))
    outlines = np.array([*districts.values(), *zones.values()])
    shapely.prepare([city, *outlines])
    return Ground(districts, city, outlines)
