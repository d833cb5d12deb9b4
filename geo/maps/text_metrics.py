"""Letters: which fonts this computer has, how wide texts are and where they break."""

import bisect
import functools
import itertools
import re
import unicodedata
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape  # nosec B406  # escapes, parses nothing

if TYPE_CHECKING:
    import typst

__all__ = ["cjk_font", "families", "fonts", "printable", "shortened", "text_width", "wrapped", "xml_text"]

# Families that draw both Chinese and Latin letters, the best first, then those that draw only Latin ones.
_CJK = (
    "Noto Sans CJK SC", "Source Han Sans SC", "Noto Sans SC", "PingFang SC", "Microsoft YaHei", "HarmonyOS Sans SC", "Hiragino Sans GB",
    "WenQuanYi Micro Hei", "WenQuanYi Zen Hei", "SimHei", "Noto Serif CJK SC", "Source Han Serif SC", "SimSun",
)  # fmt: skip
_LATIN = ("Noto Sans", "Liberation Sans", "Arial", "DejaVu Sans")

_FORBIDDEN = re.compile(r"[^\t\n\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # what XML 1.0 cannot hold
# A run of letters with what must not stand at the beginning of a line after it, or one East Asian character with the same.
_PIECE = re.compile(
    r"\s+|(?:[（“《「]*)(?:[\u2e80-\u9fff\uac00-\ud7a3\uf900-\ufaff]|[^\s\u2e80-\u9fff\uac00-\ud7a3\uf900-\ufaff\uff00-\uffef]+)[，。；：、！？）”》」％]*|\S"
)


@functools.cache
def fonts() -> "typst.Fonts":
    """Return the fonts of this computer, found once."""
    import typst  # noqa: PLC0415 - a typesetting program; who only measures texts does not need it

    return typst.Fonts()


def families() -> list[str]:
    """Return the families of this computer that texts are set in, the best first."""
    found = set(fonts().families())
    return [family for family in (*_CJK, *_LATIN) if family in found]


def cjk_font() -> str | None:
    """Return the family that Chinese is set in on paper, None where this computer has none."""
    return next((family for family in families() if family in _CJK), None)


def printable(text: str) -> str:
    """Return a text without control characters and halves of characters, which no file format for print can hold."""
    return _FORBIDDEN.sub("", text)


def xml_text(text: str) -> str:
    """Return a text as it may stand in XML, between tags and in attributes."""
    return escape(printable(text), {'"': "&quot;"})


def text_width(text: str, size: float, *, bold: bool = False) -> float:
    """Return about how wide a text is in a sans-serif type, in the unit of its size: no font is read for it."""
    return sum(map(_em, text)) * size * (1.05 if bold else 1)


def shortened(text: str, size: float, width: float) -> str:
    """Return a text that is no wider than a width; of a longer one the beginning, with an ellipsis.

    Examples
    --------
    >>> shortened("Canton Tower", 10, 40)
    'Canton…'
    """
    if text_width(text, size) <= width:
        return text
    widths = list(itertools.accumulate(map(_em, text), initial=_em("…")))
    return text[: bisect.bisect_right(widths, width / size) - 1].rstrip() + "…"


@functools.cache
def _em(character: str) -> float:
    """Return the width of a character in sizes of its font."""
    if unicodedata.east_asian_width(character) in "WF":
        return 1.0
    if unicodedata.combining(character):
        return 0.0
    if character in " .,:;'|!ijlItf()":
        return 0.31
    if character in "mwMW@%":
        return 0.88
    return 0.68 if character.isupper() else 0.56


def wrapped(text: str, size: float, width: float) -> list[str]:
    """Return the lines of a text that is set in a column; a piece wider than the column begins a line and is broken anywhere."""
    lines = [""]
    for piece in _PIECE.findall(text):
        if lines[-1].strip() and text_width((lines[-1] + piece).rstrip(), size) > width:
            lines.append("")
        if piece.strip() and text_width(piece, size) > width:
            first, *more = _broken(piece, size, width)
            lines[-1:] = [lines[-1] + first, *more]
        else:
            lines[-1] += piece if lines[-1] or piece.strip() else ""
    return [line.rstrip() for line in lines]


def _broken(piece: str, size: float, width: float) -> list[str]:
    """Return a piece in parts that are no wider than a column, or a single character."""
    parts = [piece[0]]
    for character in piece[1:]:
        if text_width(parts[-1] + character, size) > width:
            parts.append("")
        parts[-1] += character
    return parts
