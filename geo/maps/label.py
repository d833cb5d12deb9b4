"""A name on a map, and the mark it belongs to."""

from dataclasses import dataclass
from typing import Literal

from geo.maps.outlines import Point

__all__ = ["Kind", "Label", "Mark", "Rectangle", "is_bold"]

Kind = Literal["zone", "district", "place", "city"]
Mark = Literal["", "headquarters", "second", "district", "place"]
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
    line: Point | None = None  # end of the line from the anchor to a name that is far off; None where none is needed

    @property
    def bold(self) -> bool:
        """Whether the name is set in bold type."""
        return is_bold(self.kind)


def is_bold(kind: Kind) -> bool:
    """Whether names of a kind are set in bold type."""
    return kind in _BOLD
