"""Rows of texts to columns with each distinct text once, as the worker hands them over. Read by the worker, so nothing heavy is imported here."""

from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

__all__ = ["Area", "Marks", "Packed", "Size", "UnreadableError", "check", "pack"]

Size = tuple[int, int, int]  # rows, columns and cells that a table may have
Column = tuple["array[int]", dict[str, int]]  # which word stands in each row (int32), and the words
Area = tuple[tuple[int, int], tuple[int, int]]  # first row and column, last row and column, from 0


class UnreadableError(Exception):
    """A file that is not read: a code of :data:`geo.uploads.messages.MESSAGES`, or a size beyond the bounds."""

    def __init__(self, code: str = "", size: Sequence[int] = ()) -> None:
        self.code, self.size = code, size
        super().__init__(code)


@dataclass
class Packed:
    """Columns, and what there is to say about them."""

    columns: list[Column]
    about: dict[str, Any] = field(default_factory=dict)


@dataclass
class Marks:
    """What a file says of its cells beside their values; rows and columns from 0."""

    percentages: dict[int, list[int]] = field(default_factory=dict)  # columns by row
    errors: dict[int, dict[int, str]] = field(default_factory=dict)  # such as #N/A, by row and column
    merged: list[Area] = field(default_factory=list)
    hidden: list[int] = field(default_factory=list)  # rows

    @classmethod
    def told(cls, marks: Mapping[str, Any]) -> "Marks":
        """Return marks that came as JSON, which knows only texts as keys."""
        errors = {
            int(row): {int(place): word for place, word in words.items()} for row, words in marks["errors"].items()
        }
        percentages = {int(row): places for row, places in marks["percentages"].items()}
        return cls(percentages, errors, marks["merged"])


def check(rows: int, columns: int, most: Size) -> None:
    """Refuse a table beyond the bounds.

    Raises
    ------
    UnreadableError
        With its size.
    """
    if rows > most[0] or columns > most[1] or rows * columns > most[2]:
        raise UnreadableError(size=(rows, columns))


def pack(rows: Iterable[Sequence[str]], width: int, merged: Sequence[Area] = ()) -> Packed:
    """Return the columns of rows, shorter ones filled up, and each merged range filled with the text of its first cell.

    Raises
    ------
    UnreadableError
        If ranges overlap so often that they cover more than the sheet.

    Examples
    --------
    >>> [(list(codes), list(words)) for codes, words in pack([["a", "b"], ["a"]], 2).columns]
    [([0, 0], ['a']), ([0, 1], ['b', ''])]
    """
    columns: list[Column] = [(array("i"), {}) for _ in range(width)]
    height = 0
    for height, row in enumerate(rows, 1):  # noqa: B007  # its last value is the height
        filled = row if len(row) == width else [*row, *[""] * (width - len(row))]
        for (codes, words), word in zip(columns, filled, strict=True):
            codes.append(words.setdefault(word, len(words)))
    left = height * width
    for (top, first), (bottom, last) in merged:
        down, across = range(top, min(bottom + 1, height)), range(first, min(last + 1, width))
        left -= len(down) * len(across)
        if left < 0:
            raise UnreadableError("broken_archive")
        for place in across if down else ():
            _cover(columns, (top, first), place, len(down))
    return Packed(columns, {"rows": height, "columns": width})


def _cover(columns: Sequence[Column], origin: tuple[int, int], place: int, count: int) -> None:
    """Write the text of a cell into a column, from its row on."""
    top, first = origin
    codes, words = columns[first]
    word = list(words)[codes[top]]
    codes, words = columns[place]
    codes[top : top + count] = array("i", [words.setdefault(word, len(words))]) * count
