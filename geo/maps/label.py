"""A name on a map, the mark it belongs to, and the rectangles that both cover."""

import math
from dataclasses import dataclass
from typing import Literal

from geo.maps.outlines import Point

__all__ = ["Kind", "Label", "Mark", "Rectangle", "apart", "around", "is_bold", "moved", "overlap"]

Kind = Literal["zone", "district", "tenant", "place", "house", "city"]
Mark = str  # a tier, "place", "dot" where a tenant is, a tenant's status, or "house" for a point that is drawn already; "" for none
Rectangle = tuple[float, float, float, float]  # left, top, right, bottom
_BOLD = frozenset(("zone", "district"))


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
    line: tuple[Point, Point] | None = None  # from the mark to a name that is far off; None where none is needed

    @property
    def bold(self) -> bool:
        """Whether the name is set in bold type."""
        return is_bold(self.kind)


def is_bold(kind: Kind) -> bool:
    """Whether names of a kind are set in bold type."""
    return kind in _BOLD


def moved(point: Point, offset: Point) -> Point:
    """Return a point moved."""
    return round(point[0] + offset[0], 2), round(point[1] + offset[1], 2)


def around(point: Point, width: float, height: float) -> Rectangle:
    """Return the rectangle round a point: left, top, right, bottom."""
    return point[0] - width / 2, point[1] - height / 2, point[0] + width / 2, point[1] + height / 2


def apart(point: Point, rectangle: Rectangle) -> float:
    """Return how far a point is from a rectangle, 0 inside."""
    west, north, east, south = rectangle
    return math.hypot(max(west - point[0], 0, point[0] - east), max(north - point[1], 0, point[1] - south))


def overlap(one: Rectangle, other: Rectangle) -> bool:
    """Return whether two rectangles overlap."""
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
