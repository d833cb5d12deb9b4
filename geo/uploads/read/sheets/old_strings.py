"""Texts that cells of an XLS share, of which parts are raised or struck through. Runs in the worker."""

import struct
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from geo.uploads.read.sheets.runs import Part, Seen, seen

__all__ = ["unusual_strings"]

_WIDE, _HAS_MORE, _HAS_RUNS = 1, 4, 8


def unusual_strings(records: Sequence[bytes], font: Callable[[int], tuple[bool, bool]]) -> Iterator[tuple[int, Seen]]:
    """Yield the texts with raised or struck parts, each with the number by which cells name it.

    Parameters
    ----------
    records
        The table of texts ([MS-XLS] 2.4.265) and those that continue it.
    font
        Returns whether a font, by its number, raises and strikes through.

    Raises
    ------
    LookupError, ValueError, struct.error
        If the table is cut off or out of order.
    """
    if not records:
        return
    reader = _Reader(records)
    _, count = struct.unpack("<II", reader.take(8))
    for number in range(count):
        length, flags = struct.unpack("<HB", reader.take(3))
        runs = struct.unpack("<H", reader.take(2))[0] if flags & _HAS_RUNS else 0
        more = struct.unpack("<I", reader.take(4))[0] if flags & _HAS_MORE else 0
        words = reader.words(length, flags & _WIDE)
        starts = [*struct.iter_unpack("<HH", reader.take(4 * runs))]
        reader.take(more)
        looks = [(0, (False, False)), *((at, font(one)) for at, one in starts), (len(words), (False, False))]
        parts = [Part(words[at:end], *look) for (at, look), (end, _) in pairwise(looks)]
        if any((part.raised or part.struck) and part.words for part in parts):
            yield number, seen(parts)


class _Reader:
    """Reads on where a record ends."""

    def __init__(self, records: Sequence[bytes]) -> None:
        self.records, self.number, self.at = records, 0, 0

    def turn(self) -> bool:
        """Go on to the next record where this one is at its end; whether it was."""
        if self.at < len(self.records[self.number]):
            return False
        self.number, self.at = self.number + 1, 0
        return True

    def take(self, count: int) -> bytes:
        """Return the next bytes."""
        found = b""
        while len(found) < count:
            self.turn()
            part = self.records[self.number][self.at : self.at + count - len(found)]
            self.at += len(part)
            found += part
        return found

    def words(self, count: int, wide: int) -> str:
        """Return the next characters; a record that goes on with them says anew how wide they are."""
        found = ""
        while count:
            if self.turn():
                wide = self.take(1)[0] & _WIDE
            part = self.records[self.number][self.at : self.at + (count << wide)]
            part = part[: len(part) >> wide << wide]
            if not part:
                raise ValueError("half a character")
            self.at += len(part)
            count -= len(part) >> wide
            found += part.decode("utf-16-le" if wide else "latin-1", "replace")
        return found
