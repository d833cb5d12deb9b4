"""Text whose parts look different: raised digits are footnote marks, what is struck through is not said. Runs in the worker."""

import re
from collections.abc import Iterator
from itertools import groupby
from typing import IO, NamedTuple
from xml.parsers import expat

from geo.uploads.bounds import error

__all__ = ["Part", "Runs", "Seen", "refuse", "seen", "unusual_strings"]

_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_BETWEEN = re.compile(r"[\s,，、]")  # marks that stand together
_MARKED = re.compile(r"[0-9０-９%％)）]\s*\Z")  # behind these nothing raised belongs to the text
_FORMATS = (b"vertAlign", b"strike")
_CHUNK = 1_048_576  # bytes


class Part(NamedTuple):
    """A part of a text and how it looks."""

    words: str
    raised: bool = False
    struck: bool = False


class Seen(NamedTuple):
    """What a text says, and the words in it that are struck through."""

    text: str
    struck: str = ""


def seen(parts: list[Part]) -> Seen:
    """Return what parts say together: raised digits as such (km², GDP¹), other marks behind a number and what is struck left out.

    Examples
    --------
    >>> seen([Part("1262.81"), Part("1", raised=True)]).text, seen([Part("3600", struck=True), Part("3634.4")])
    ('1262.81¹', Seen(text='3634.4', struck='3600'))
    """
    if all(part.raised or not part.words.strip() for part in parts):  # all of a cell in small print is no mark
        parts = [Part(part.words, struck=part.struck) for part in parts]
    text, struck = "", []
    for (raised, is_struck), group in groupby(parts, lambda part: part[1:]):
        words = "".join(part.words for part in group)
        if is_struck:
            struck.append(words.strip())
        else:
            text += _raised(words, text) if raised else words
    return Seen(text, ", ".join(filter(None, struck)))


def _raised(words: str, before: str) -> str:
    """Return what raised words add to the text before them."""
    bare = _BETWEEN.sub("", words)
    if bare.isascii() and bare.isdecimal():
        return bare.translate(_RAISED)
    return "" if _MARKED.search(before) else words


class Runs:
    """Follows the elements of one text of a workbook that may have runs of their own look."""

    def __init__(self) -> None:
        self.parts: list[Part] = []
        self._raised = self._struck = self._is_text = self._is_reading_aid = False

    @property
    def unusual(self) -> bool:
        """Whether any part is raised or struck through."""
        return any(part.raised or part.struck for part in self.parts)

    def start(self, kind: str, said: dict[str, str]) -> None:
        """Take note of an element."""
        if kind == "r":
            self._raised = self._struck = False
        elif kind == "vertAlign":
            self._raised = said.get("val") == "superscript"
        elif kind == "strike":
            self._struck = said.get("val", "1") not in ("0", "false")
        elif kind == "rPh":
            self._is_reading_aid = True
        elif kind == "t":
            self._is_text = not self._is_reading_aid

    def text(self, words: str) -> None:
        """Take note of a text."""
        if self._is_text:
            self.parts.append(Part(words, self._raised, self._struck))

    def end(self, kind: str) -> None:
        """Take note of where an element ends."""
        if kind == "t":
            self._is_text = False
        elif kind == "rPh":
            self._is_reading_aid = False


def unusual_strings(part: IO[bytes]) -> dict[str, Seen]:
    """Return the strings that cells share and that have raised or struck parts, by the number by which cells name them.

    Raises
    ------
    RefusedError
        If they are not XML.
    """
    if not any(any(word in chunk for word in _FORMATS) for chunk in _chunks(part)):  # nearly always, and much faster
        return {}
    part.seek(0)
    strings = _Strings()
    try:
        strings.parser.ParseFile(part)
    except expat.ExpatError:
        raise error("broken_archive") from None
    return strings.found


def _chunks(part: IO[bytes]) -> Iterator[bytes]:
    """Yield the bytes of a file such that each of our words stands whole in one of the pieces."""
    end = b""
    while chunk := part.read(_CHUNK):
        yield end + chunk
        end = chunk[-max(map(len, _FORMATS)) :]


class _Strings:
    """Goes through the strings of a workbook once."""

    def __init__(self) -> None:
        self.found: dict[str, Seen] = {}
        self.number, self.runs = -1, Runs()
        self.parser = expat.ParserCreate()
        self.parser.buffer_text = True
        self.parser.StartElementHandler, self.parser.EndElementHandler = self.start, self.end
        self.parser.CharacterDataHandler = self.text
        self.parser.StartDoctypeDeclHandler = refuse

    def start(self, name: str, said: dict[str, str]) -> None:
        """Take note of an element."""
        kind = name.rpartition(":")[2]
        if kind == "si":
            self.number, self.runs = self.number + 1, Runs()
        self.runs.start(kind, said)

    def text(self, words: str) -> None:
        """Take note of a text."""
        self.runs.text(words)

    def end(self, name: str) -> None:
        """Judge a string where it ends."""
        kind = name.rpartition(":")[2]
        self.runs.end(kind)
        if kind == "si" and self.runs.unusual:
            self.found[str(self.number)] = seen(self.runs.parts)


def refuse(*_: object) -> None:
    """Refuse XML with a document type: no workbook has one, and entities could grow without bound."""
    raise error("broken_archive")
