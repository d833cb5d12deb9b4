"""Names and marks of a map on a page, placed so that no name covers another."""

import math
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import replace

import numpy as np
import shapely

from geo.data.joining import places
from geo.maps import house
from geo.maps.folium_map import MapStyle
from geo.maps.label_boxes import BOLD, Kind, Label, Rectangle, apart, around, moved, overlap
from geo.maps.outlines import MapFrame, Point, Polygons, place_key
from geo.maps.stacks import stacked
from geo.maps.text_metrics import text_width
from geo.names import district_names, names_by, zone_names
from geo.schema import CITY, Atlas

__all__ = ["Label", "Rectangle", "place"]

# Of the names, in sizes of a district's.
_SIZES = {"zone": 13 / 12, "district": 1.0, "tenant": 11 / 12, "place": 11 / 12, "house": 10 / 12, "city": 1.0}
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
_NEAR = 34  # a place whose name is not as near as this is left out
_ORDER = ("zone", "district", "tenant", "place", "house", "city")
_OPTIONAL = ("place", "house")  # left out where there is no room
_TENANTS = _ORDER.index("tenant")


def place(
    frame: MapFrame, atlas: Atlas, map_style: MapStyle, size: float, keep_free: Sequence[Rectangle] = ()
) -> tuple[Label, ...]:
    """Return the names of all that is visible, in the language of the map style.

    Each name in turn (districts without a mark, zones, other districts, tenants, places, neighbours) takes the first spot round its anchor that
    is free of other names and marks, preferably in its own district and nearer to its own mark than to any other. A district that the edge
    of the page leaves so little of that its name would stand in another has neither name nor mark, nor has a place without a spot of its own.
    Tenants near each other are listed together, see :mod:`geo.maps.stacks`.

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
    marks = [label for label in labels if label.mark and label.kind not in _OPTIONAL]
    taken = [*keep_free, *(_mark(label, unit) for label in marks if label.kind != "tenant")]

    def settled(turns: Collection[int]) -> Iterator[Label]:
        """Yield the names whose turn it is where they go, and note what they cover."""
        for label in labels:
            if _turn(label) in turns:
                others = [other.anchor for other in marks if other is not label]
                offset = _offset(label, spots[label], frame, taken, others, home, unit)
                found = _at(label, offset, unit) if offset else label
                taken.extend([around(found.at, label.width, label.height)] if found.at else [])
                if label.kind not in _OPTIONAL:
                    yield found
                elif found.at:
                    marks.extend([label] if label.mark else [])
                    taken.extend([_mark(label, unit)] if label.mark else [])
                    yield found

    own = [*settled(range(-1, _TENANTS))]
    listed, covered = stacked([label for label in labels if label.kind == "tenant"], frame, taken, unit)
    taken.extend(covered)
    return (*own, *listed, *settled(range(_TENANTS + 1, len(_ORDER))))


def _mark(label: Label, unit: float) -> Rectangle:
    """Return what the mark of a name keeps free."""
    return around(label.anchor, _MARK * unit, _MARK * unit)


def _at(label: Label, offset: Point, unit: float) -> Label:
    """Return a name with its spot, and the line to its mark where that is far off."""
    led = math.hypot(offset[0] * 0.6, offset[1]) > _LED * unit
    line = moved(label.anchor, (offset[0] * 0.7, offset[1] * 0.7)) if led else None
    return replace(label, at=moved(label.anchor, offset), line=line)


def _turn(label: Label) -> int:
    """Return which names choose before a name: a district whose cluster has a zone would otherwise find its inside taken by the zone's name."""
    return _ORDER.index(label.kind) if label.mark or label.kind != "district" else -1


def _labels(frame: MapFrame, atlas: Atlas, map_style: MapStyle, size: float) -> Iterator[Label]:
    """Yield what is to be named."""
    clusters, context, column = atlas.clusters, atlas.context, f"name_{map_style.language}"
    marks = dict(zip(clusters["cluster_id"], clusters["tier"], strict=True))
    marks |= {row.adcode: row.tier for row in clusters.itertuples() if row.tier == "district"}
    marks |= {place_key(number): "place" for number in map_style.places}
    cities = context[(context["kind"] == "city") & (context["adcode"] != CITY)]
    spots = places(atlas)[column]
    muted = {code for code, shape in map_style.shapes.items() if shape.muted} | set(map_style.muted_zones)
    names: tuple[tuple[Kind, dict[str, str]], ...] = (
        ("zone", zone_names(atlas, map_style.language)),
        ("district", district_names(atlas, map_style.language)),
        ("place", {place_key(number): spots[number] for number in map_style.places}),
        ("city", names_by(cities, "adcode", map_style.language)),
    )
    for kind, table in names:
        for key, text in table.items():
            if key in frame.anchors:
                own = _SIZES[kind] * size
                width = text_width(text, own, bold=BOLD[kind]) + size / 6
                anchor, mark = frame.anchors[key], marks.get(key, "")
                yield Label(kind, key, text, own, width, 1.15 * own, anchor, mark, key in muted)
    yield from _tenants(frame, map_style, size)
    yield from _house(frame, atlas, map_style.language, size)


def _house(frame: MapFrame, atlas: Atlas, language: str, size: float) -> Iterator[Label]:
    """Yield the names in layers of the office."""
    own = _SIZES["house"] * size
    for layer in house.in_file(atlas, frame, size / 12):
        words, mark = house.names(layer, language), "house" if layer.draw == "point" else ""
        for shape in frame.house[layer.id]:
            if text := words[shape.number]:
                width = text_width(text, own) + size / 6
                yield Label(
                    "house", f"{layer.id}-{shape.number}", text, own, width, 1.15 * own, shape.at, mark, muted=False
                )


def _tenants(frame: MapFrame, map_style: MapStyle, size: float) -> Iterator[Label]:
    """Yield the tenants that are on the page."""
    own = _SIZES["tenant"] * size
    for tenant in map_style.tenants:
        key, text = place_key(tenant.place), tenant.line(map_style.language)
        if key in frame.anchors:
            width = text_width(text, own) + size / 6
            yield Label("tenant", key, text, own, width, 1.15 * own, frame.anchors[key], tenant.status, muted=False)


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
        west, north, east, south = spot = around(moved(label.anchor, offset), label.width, label.height)
        inside = west >= 0 and north >= 0 and east <= frame.width and south <= frame.height
        return inside and not any(overlap(spot, other) for other in taken)

    def is_clear(offset: Point) -> bool:
        """Whether the name is nearer to its own mark than to any other."""
        spot = around(moved(label.anchor, offset), label.width, label.height)
        own = apart(label.anchor, spot) + _CLEAR * unit
        return all(apart(other, spot) > own for other in others)

    def is_home(offset: Point) -> bool:
        """Whether the name is within reach of its mark, and in its own district."""
        near = math.hypot(*offset) < _REACH * unit
        return near and (label.kind != "district" or home(label.key, moved(label.anchor, offset)))

    free = [offset for offset in spots if is_free(offset)]
    if label.kind in _OPTIONAL:
        if label.mark and any(overlap(_mark(label, unit), other) for other in taken):
            return None
        near = (_NEAR * unit + label.width / 2, _NEAR * unit)
        return next((o for o in free if is_clear(o) and abs(o[0]) < near[0] and abs(o[1]) < near[1]), None)
    best: tuple[Callable[[Point], bool], ...] = (lambda o: is_clear(o) and is_home(o), is_home, is_clear)
    return next((offset for wish in best for offset in free if wish(offset)), next(iter(free), None))


def _candidates(label: Label, unit: float) -> list[Point]:
    """Return the spots a name may take, from its anchor, the best first."""
    if label.kind == "city":
        return [(0.0, 0.0)]
    wide, high = label.width / 2 - 6 * unit, label.height / 2 - 7 * unit
    circle = [
        (x * (distance * unit + wide * abs(x)), y * (distance * unit + high * abs(y)))
        for distance in _DISTANCES
        for x, y in _DIRECTIONS
    ]
    if label.mark:
        return circle
    nearby = [(x * unit, y * unit) for y in (0, 8, -8, 15) for x in (0, 14, -14, 26, -26, 38, -38)]
    return sorted(nearby, key=lambda offset: math.hypot(*offset)) + circle


def _spots(label: Label, frame: MapFrame, unit: float) -> list[Point]:
    """Return the spots a name may take, from its anchor, the best first; of a district that the edge of the page cuts only those inside it."""
    offsets, page = _candidates(label, unit), shapely.box(0, 0, frame.width, frame.height)
    shape = _shape(frame.districts[label.key]) if label.kind == "district" else None
    if shape is None or page.contains_properly(shape):
        return offsets
    seen, least = shapely.intersection(shape, page), _OWN * label.width * label.height
    boxes = [shapely.box(*around(moved(label.anchor, offset), label.width, label.height)) for offset in offsets]
    return [
        offset
        for offset, box in zip(offsets, boxes, strict=True)
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
