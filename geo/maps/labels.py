"""Names and marks of a map on a page, placed so that no name covers another."""

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
import shapely

from geo.maps.folium_map import MapStyle
from geo.maps.outlines import MapFrame, Point, Polygons, place_key
from geo.maps.text_metrics import text_width
from geo.names import district_names, names_by, zone_names
from geo.schema import CITY, Atlas

__all__ = ["Kind", "Label", "Mark", "Rectangle", "place"]

Kind = Literal["zone", "district", "place", "city"]
Mark = Literal["", "headquarters", "second", "district", "place"]
Rectangle = tuple[float, float, float, float]  # left, top, right, bottom

BOLD = {"zone": True, "district": True, "place": False, "city": False}
_SIZES = {"zone": 13 / 12, "district": 1.0, "place": 1.0, "city": 1.0}  # of the names, in sizes of a district's
# As in ui/static/map.js, there in pixels beside names of 12; here in twelfths of the size of a district's name.
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
_DISTANCES = (13, 22, 34, 46, 60)  # between a mark and the middle of its name
_LED = 21  # names further off get a line to their mark
_REACH = 50  # a name further from its mark is no longer taken for its own, at home or not
_CLEAR = 1  # by how much the edge of a name must be nearer to its own mark than to any other
_OWN = 0.9  # share of a name that must lie in its district, where the edge of the page cuts that
_MARK = 8  # width that a mark keeps free


@dataclass(frozen=True)
class Label:
    """A name and its mark. Sizes and places in page units, y down."""

    kind: Kind
    key: str  # of MapFrame.anchors
    text: str
    size: float  # of the font
    width: float  # of the text, estimated
    height: float
    anchor: Point  # where the mark goes, and what the name is about
    mark: Mark
    muted: bool
    at: Point | None = None  # centre of the name; None where there is no room for it
    line: Point | None = None  # end of the line from the anchor to a name that is far off; None where none is needed

    @property
    def bold(self) -> bool:
        """Whether the name is set in bold type."""
        return BOLD[self.kind]


def place(
    frame: MapFrame, atlas: Atlas, map_style: MapStyle, size: float, keep_free: Sequence[Rectangle] = ()
) -> tuple[Label, ...]:
    """Return the names of all that is visible, in the language of the map style.

    Each name in turn (districts without a mark, zones, other districts, places, neighbours) takes the first spot round its anchor that
    is free of other names and marks, preferably in its own district and nearer to its own mark than to any other. A district that the edge
    of the page leaves so little of that its name would stand in another has neither name nor mark.

    Parameters
    ----------
    frame
        Of the atlas.
    map_style
        Says the language, what is muted and which places are shown.
    size
        Of a district's name in page units.
    keep_free
        Rectangles (left, top, right, bottom) that something else covers.
    """
    unit, home = size / 12, _home(frame)
    spots = {label: _spots(label, frame, unit) for label in _labels(frame, atlas, map_style, size)}
    labels = sorted((label for label in spots if spots[label]), key=_turn)
    taken = [*keep_free, *(_around(label.anchor, _MARK * unit, _MARK * unit) for label in labels if label.mark)]
    result = []
    for label in labels:
        others = [other.anchor for other in labels if other.mark and other is not label]
        offset = _offset(label, spots[label], frame, taken, others, home, unit)
        if offset is None:
            result.append(label)
            continue
        at = _moved(label.anchor, offset)
        taken.append(_around(at, label.width, label.height))
        led = math.hypot(offset[0] * 0.6, offset[1]) > _LED * unit
        line = _moved(label.anchor, (offset[0] * 0.7, offset[1] * 0.7)) if led else None
        result.append(replace(label, at=at, line=line))
    return tuple(result)


def _turn(label: Label) -> int:
    """Return which names choose before a name: a district whose cluster has a zone would otherwise find its inside taken by the zone's name."""
    return ("zone", "district", "place", "city").index(label.kind) if label.mark or label.kind != "district" else -1


def _labels(frame: MapFrame, atlas: Atlas, map_style: MapStyle, size: float) -> Iterator[Label]:
    """Yield what is to be named."""
    clusters, context, column = atlas.clusters, atlas.context, f"name_{map_style.language}"
    marks = dict(zip(clusters["cluster_id"], clusters["tier"], strict=True))
    marks |= {row.adcode: row.tier for row in clusters.itertuples() if row.tier == "district"}
    marks |= {place_key(number): "place" for number in map_style.places}
    cities = context[(context["kind"] == "city") & (context["adcode"] != CITY)]
    spots = context[context["kind"] == "place"]
    muted = {code for code, shape in map_style.shapes.items() if shape.muted} | set(map_style.muted_zones)
    names: tuple[tuple[Kind, dict[str, str]], ...] = (
        ("zone", zone_names(atlas, map_style.language)),
        ("district", district_names(atlas, map_style.language)),
        ("place", {place_key(number): spots[column].iloc[number] for number in map_style.places}),
        ("city", names_by(cities, "adcode", map_style.language)),
    )
    for kind, table in names:
        for key, text in table.items():
            if key in frame.anchors:
                own = _SIZES[kind] * size
                width = text_width(text, own, bold=BOLD[kind]) + size / 6
                anchor, mark = frame.anchors[key], marks.get(key, "")
                yield Label(kind, key, text, own, width, 1.15 * own, anchor, mark, key in muted)


def _offset(
    label: Label,
    spots: Sequence[Point],
    frame: MapFrame,
    taken: Sequence[Rectangle],
    others: Sequence[Point],
    home: Callable[[str, Point], bool],
    unit: float,
) -> Point | None:
    """Return where a name goes, from its anchor; None where every spot is taken."""

    def is_free(offset: Point) -> bool:
        """Whether nothing else is there, and it is on the page."""
        west, north, east, south = spot = _around(_moved(label.anchor, offset), label.width, label.height)
        inside = west >= 0 and north >= 0 and east <= frame.width and south <= frame.height
        return inside and not any(_overlap(spot, other) for other in taken)

    def is_clear(offset: Point) -> bool:
        """Whether the name is nearer to its own mark than to any other."""
        spot = _around(_moved(label.anchor, offset), label.width, label.height)
        own = _apart(label.anchor, spot) + _CLEAR * unit
        return all(_apart(other, spot) > own for other in others)

    def is_home(offset: Point) -> bool:
        """Whether the name is within reach of its mark, and in its own district."""
        near = math.hypot(*offset) < _REACH * unit
        return near and (label.kind != "district" or home(label.key, _moved(label.anchor, offset)))

    free = [offset for offset in spots if is_free(offset)]
    best: tuple[Callable[[Point], bool], ...] = (lambda o: is_clear(o) and is_home(o), is_home, is_clear)
    return next((offset for wish in best for offset in free if wish(offset)), next(iter(free), None))


def _candidates(label: Label, unit: float) -> list[Point]:
    """Return the spots a name may take, from its anchor, the best first."""
    if label.kind == "city":
        return [(0.0, 0.0)]
    wide, high = label.width / 2 - 6 * unit, label.height / 2 - 7 * unit
    around = [
        (x * (distance * unit + wide * abs(x)), y * (distance * unit + high * abs(y)))
        for distance in _DISTANCES
        for x, y in _DIRECTIONS
    ]
    if label.mark:
        return around
    nearby = [(x * unit, y * unit) for y in (0, 8, -8, 15) for x in (0, 14, -14, 26, -26, 38, -38)]
    return sorted(nearby, key=lambda offset: math.hypot(*offset)) + around


def _spots(label: Label, frame: MapFrame, unit: float) -> list[Point]:
    """Return the spots a name may take, from its anchor, the best first; of a district that the edge of the page cuts only those inside it."""
    around, page = _candidates(label, unit), shapely.box(0, 0, frame.width, frame.height)
    shape = _shape(frame.districts[label.key]) if label.kind == "district" else None
    if shape is None or page.contains_properly(shape):
        return around
    seen, least = shapely.intersection(shape, page), _OWN * label.width * label.height
    boxes = [shapely.box(*_around(_moved(label.anchor, offset), label.width, label.height)) for offset in around]
    return [
        offset
        for offset, box in zip(around, boxes, strict=True)
        if page.covers(box) and seen.intersection(box).area >= least
    ]


def _shape(parts: Polygons) -> shapely.MultiPolygon:
    """Return a shape of a frame."""
    return shapely.MultiPolygon([(rings[0], rings[1:]) for rings in parts])


def _home(frame: MapFrame) -> Callable[[str, Point], bool]:
    """Return a function that says whether a point lies in a district, or in none."""
    shapes = np.array([_shape(parts) for parts in frame.districts.values()])
    shapely.prepare(shapes)
    keys = list(frame.districts)

    def home(key: str, at: Point) -> bool:
        """Whether a point lies in a district, or in none."""
        inside = [keys[number] for number in np.flatnonzero(shapely.contains_xy(shapes, *at))]
        return not inside or key in inside

    return home


def _moved(point: Point, offset: Point) -> Point:
    """Return a point moved."""
    return round(point[0] + offset[0], 2), round(point[1] + offset[1], 2)


def _around(point: Point, width: float, height: float) -> Rectangle:
    """Return the rectangle round a point: left, top, right, bottom."""
    return point[0] - width / 2, point[1] - height / 2, point[0] + width / 2, point[1] + height / 2


def _apart(point: Point, rectangle: Rectangle) -> float:
    """Return how far a point is from a rectangle, 0 inside."""
    west, north, east, south = rectangle
    return math.hypot(max(west - point[0], 0, point[0] - east), max(north - point[1], 0, point[1] - south))


def _overlap(one: Rectangle, other: Rectangle) -> bool:
    """Return whether two rectangles overlap."""
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
