"""Shapes and words of a slide, written as DrawingML.

python-pptx's own freeform builder goes through all corners again for each corner, and looks through all ids of a slide for each shape; a map
has thousands of the one and dozens of the other. All lengths here are points, 1/72 inch, from the slide's top left corner.
"""

import bisect
import itertools
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls
from pptx.util import Emu, Pt

from geo.maps.text_metrics import wrapped, xml_text
from geo.maps.themes import THEMES

__all__ = [
    "FREE",
    "INK",
    "LANGS",
    "LINE_HEIGHT",
    "NO_FILL",
    "Area",
    "Pen",
    "fitting",
    "hatched",
    "height_of",
    "line",
    "shortened",
    "solid",
]

INK = THEMES["light"].ink
LANGS = {"en": "en-US", "zh": "zh-CN"}
NO_FILL = "<a:noFill/>"
NO_LINE = "<a:ln><a:noFill/></a:ln>"
FIRST_ID = 1000  # python-pptx counts its own from 2
LINE_HEIGHT = 1.3  # of the size of a text; Microsoft YaHei has about this
FREE = 0.9  # of a column's width that is counted on: fonts may be wider than the estimate
_XML = nsdecls("p", "a", "r")
Ring = Sequence[tuple[float, float]]


class Area(NamedTuple):
    """A rectangle on a slide."""

    x: float
    y: float
    width: float
    height: float

    def emu(self) -> tuple[Emu, Emu, Emu, Emu]:
        """Return left, top, width and height as python-pptx takes them."""
        left, top, width, height = (Emu(_emu(number)) for number in self)
        return left, top, width, height


def _emu(points: float) -> int:
    """Return a length in English metric units, 12,700 to the point."""
    return round(points * Pt(1))


def height_of(text: str, size: float, width: float) -> float:
    """Return about how high a text is in a column; a part of the width is kept free for fonts wider than the estimate."""
    return size * LINE_HEIGHT * sum(len(wrapped(line, size, width * FREE)) for line in text.split("\n"))


def fitting(text: str, width: float, height: float, sizes: Sequence[float]) -> float:
    """Return the first of some sizes, largest first, at which a text fits; the last where none does."""
    found = (size for size in sizes if height_of(text, size, width) <= height)
    return next(found, sizes[-1])


def shortened(text: str, size: float, width: float, height: float) -> str:
    """Return a text, or as much of it as a column of some height has room for, and "…"."""
    if height_of(text, size, width) <= height:
        return text
    ends = range(1, len(text))
    first = bisect.bisect(ends, height, key=lambda end: height_of(text[:end] + "…", size, width))
    return text[:first].rstrip() + "…"


def solid(colour: str, opacity: float = 1.0) -> str:
    """Return a fill of ``#rrggbb``."""
    alpha = f'<a:alpha val="{round(opacity * 100_000)}"/>' if opacity < 1 else ""
    return f'<a:solidFill><a:srgbClr val="{colour[1:].upper()}">{alpha}</a:srgbClr></a:solidFill>'


def hatched(stripe: str, ground: str) -> str:
    """Return a fill of slanting stripes, for no data."""
    front, back = (f'<a:srgbClr val="{colour[1:].upper()}"/>' for colour in (stripe, ground))
    return f'<a:pattFill prst="wdUpDiag"><a:fgClr>{front}</a:fgClr><a:bgClr>{back}</a:bgClr></a:pattFill>'


def line(colour: str, width: float, *, dashed: bool = False, opacity: float = 1.0) -> str:
    """Return an outline."""
    dash = '<a:prstDash val="sysDash"/>' if dashed else ""
    return f'<a:ln w="{_emu(width)}">{solid(colour, opacity)}{dash}<a:round/></a:ln>'


class Pen:
    """Draws on a slide or in one of its groups. What is drawn later lies above."""

    def __init__(self, tree: Any, language: str, ids: Iterator[int] | None = None) -> None:
        self._tree = tree
        self._lang = LANGS[language]
        self._language = language
        self._ids = ids or itertools.count(FIRST_ID)

    def group(self, name: str, alt: str, area: Area) -> "Pen":
        """Return a pen that draws in a new group, which fills an area."""
        x, y, width, height = (_emu(number) for number in area)
        size = (
            f'<a:off x="{x}" y="{y}"/><a:ext cx="{width}" cy="{height}"/>'
            f'<a:chOff x="{x}" y="{y}"/><a:chExt cx="{width}" cy="{height}"/>'
        )
        head = f"<p:nvGrpSpPr>{self._named(name, alt)}<p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr>"
        element = parse_xml(f"<p:grpSp {_XML}>{head}<p:grpSpPr><a:xfrm>{size}</a:xfrm></p:grpSpPr></p:grpSp>")
        self._tree.append(element)
        return Pen(element, self._language, self._ids)

    def freeform(self, name: str, alt: str, rings: Iterable[Ring], fill: str, outline: str = NO_LINE) -> None:
        """Draw closed rings as one shape, filled where an odd number of them lie around: a ring inside another is a hole.

        Nothing is drawn without rings.
        """
        corners = [[(_emu(x), _emu(y)) for x, y in ring] for ring in rings]
        points = [point for ring in corners for point in ring]
        if not points:
            return
        self._custom(name, alt, corners, fill, outline, closed=True)

    def stroke(self, name: str, points: Ring, outline: str) -> None:
        """Draw an open line."""
        self.strokes(name, [points], outline)

    def strokes(self, name: str, lines: Iterable[Ring], outline: str) -> None:
        """Draw open lines as one shape; nothing without lines."""
        corners = [[(_emu(x), _emu(y)) for x, y in points] for points in lines]
        if corners:
            self._custom(name, "", corners, NO_FILL, outline, closed=False)

    def _custom(
        self,
        name: str,
        alt: str,
        corners: Sequence[Sequence[tuple[int, int]]],
        fill: str,
        outline: str,
        *,
        closed: bool,
    ) -> None:
        """Draw a shape of lines, corners in English metric units."""
        xs, ys = ([point[axis] for ring in corners for point in ring] for axis in (0, 1))
        left, top, width, height = min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys)
        close = "<a:close/>" if closed else ""
        path = "".join(_path([(x - left, y - top) for x, y in ring]) + close for ring in corners)
        geometry = (
            '<a:custGeom><a:avLst/><a:gdLst/><a:ahLst/><a:cxnLst/><a:rect l="0" t="0" r="r" b="b"/>'
            f'<a:pathLst><a:path w="{width}" h="{height}">{path}</a:path></a:pathLst></a:custGeom>'
        )
        self._shape(name, alt, _placed(left, top, width, height) + geometry + fill + outline)

    def preset(self, name: str, kind: str, area: Area, fill: str, outline: str = NO_LINE) -> None:
        """Draw a preset shape such as ``rect``, ``ellipse``, ``diamond``."""
        geometry = f'<a:prstGeom prst="{kind}"><a:avLst/></a:prstGeom>'
        self._shape(name, "", _placed(*map(_emu, area)) + geometry + fill + outline)

    def words(
        self,
        name: str,
        text: str,
        area: Area,
        size: float,
        *,
        colour: str = INK,
        bold: bool = False,
        align: str = "l",
        anchor: str = "t",
        fill: str = NO_FILL,
        wrap: bool = True,
    ) -> None:
        """Draw a text box, a paragraph a line of the text; ``align`` is l, ctr or r, ``anchor`` t, ctr or b."""
        style = f'<a:rPr lang="{self._lang}" sz="{round(size * 100)}" b="{int(bold)}" dirty="0">{solid(colour)}</a:rPr>'
        paragraphs = "".join(
            f'<a:p><a:pPr algn="{align}"/><a:r>{style}<a:t>{xml_text(part)}</a:t></a:r></a:p>'
            for part in text.split("\n")
        )
        frame = f'wrap="{"square" if wrap else "none"}" lIns="0" tIns="0" rIns="0" bIns="0" anchor="{anchor}"'
        body = f"<p:txBody><a:bodyPr {frame}><a:noAutofit/></a:bodyPr><a:lstStyle/>{paragraphs}</p:txBody>"
        geometry = '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
        self._shape(name, "", _placed(*map(_emu, area)) + geometry + fill + NO_LINE, body, ' txBox="1"')

    def _named(self, name: str, alt: str) -> str:
        """Return the element that holds id, name and alternative text of a shape."""
        description = f' descr="{xml_text(alt)}"' if alt else ""
        return f'<p:cNvPr id="{next(self._ids)}" name="{xml_text(name)}"{description}/>'

    def _shape(self, name: str, alt: str, properties: str, body: str = "", kind: str = "") -> None:
        """Append a shape."""
        head = f"<p:nvSpPr>{self._named(name, alt)}<p:cNvSpPr{kind}/><p:nvPr/></p:nvSpPr>"
        self._tree.append(parse_xml(f"<p:sp {_XML}>{head}<p:spPr>{properties}</p:spPr>{body}</p:sp>"))


def _placed(x: int, y: int, width: int, height: int) -> str:
    """Return where a shape lies, in English metric units."""
    return f'<a:xfrm><a:off x="{x}" y="{y}"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>'


def _path(points: Sequence[tuple[int, int]]) -> str:
    """Return the strokes through some corners."""
    (x, y), *rest = points
    strokes = "".join(f'<a:lnTo><a:pt x="{x}" y="{y}"/></a:lnTo>' for x, y in rest)
    return f'<a:moveTo><a:pt x="{x}" y="{y}"/></a:moveTo>{strokes}'
