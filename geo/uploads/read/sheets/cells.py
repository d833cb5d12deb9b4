"""What the XML of a sheet of an XLSX says of its cells beside their values. Runs in the worker."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import IO
from xml.parsers import expat

from geo.uploads.bounds import MAX_CELLS, MAX_COLUMNS, MAX_ROWS, error
from geo.uploads.read.packing import Marks
from geo.uploads.read.sheets.number_formats import Sections
from geo.uploads.read.sheets.runs import Runs, Seen, refuse, seen
from geo.uploads.read.sheets.unseen import letter

__all__ = ["Looks", "place", "scan"]

_DIGITS = "0123456789"
_TRUE = ("1", "true")
_NOTHING = ("0", "0.0")  # a width or a height


@dataclass(frozen=True)
class Looks:
    """What the other parts of a workbook say of how its cells look."""

    # Of cell styles that show numbers or dates in a way of their own.
    formats: Mapping[str, Sections] = field(default_factory=dict)
    struck: Collection[str] = ()  # cell styles that strike the text through
    strings: Mapping[str, Seen] = field(default_factory=dict)  # shared strings with raised or struck parts, by number


def scan(part: IO[bytes], looks: Looks) -> Marks:
    """Return what a sheet's XML says of its cells, merged ranges apart.

    Raises
    ------
    RefusedError
        If it is not the XML of a sheet, or cells reach so far that laying them out would take more memory than there is.
    """
    cells = _Cells(looks)
    try:
        cells.parser.ParseFile(part)
        cells.end_row()
    except (expat.ExpatError, ValueError):
        raise error("broken_archive") from None
    hidden = {column for first, last in cells.hidden for column in range(first, min(last, cells.width))}
    cells.marks.hidden_columns = sorted(hidden)
    return cells.marks


class _Cells:
    """Goes through the elements of a sheet once; only cells with an error, a formula or a text of several looks are looked into."""

    def __init__(self, looks: Looks) -> None:
        self.marks, self.looks = Marks(), looks
        self.hidden: list[tuple[int, int]] = []  # columns
        self.row, self.width, self.filled_rows = -1, 0, 0
        self.cell: dict[str, str] = {}  # what the last cell of the row says of itself
        self.filled: dict[str, str] = {}  # what the last cell says that holds anything
        self.is_hidden = False
        self.parser = expat.ParserCreate()
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self.start
        self.parser.StartDoctypeDeclHandler = refuse

    def start(self, name: str, said: dict[str, str]) -> None:
        """Take note of an element; most are values and cells."""
        if name in ("v", "is"):
            self.filled = self.cell
        elif name == "c":
            if "r" not in said:
                row, column = place(self.cell["r"]) if self.cell else (self.row, -1)
                said["r"] = f"{letter(column + 2)}{row + 1}"
            self.cell = said
            style = said.get("s", "")
            if style in self.looks.formats:
                row, column = place(said["r"])
                self.marks.formats.setdefault(row, {})[column] = self.looks.formats[style]
            if style in self.looks.struck:
                row, column = place(said["r"])
                self.marks.struck_cells.setdefault(row, []).append(column)
            if said.get("t") == "e" or (self.looks.strings and said.get("t") == "s"):
                self.look()
        elif name in ("f", "r"):  # a formula, or a part of a text
            self.look()
            self.start_inside(name, said)
        elif name == "row":
            self.end_row()
            self.row = int(said["r"]) - 1 if said.get("r", "").isdecimal() else self.row + 1
            self.cell, self.filled, self.is_hidden = {}, {}, _is_hidden(said, "ht")
        elif name == "col" and _is_hidden(said, "width"):
            self.hidden.append((int(said.get("min", 1)) - 1, int(said.get("max", 0))))
        elif ":" in name:
            self.start(_local(name), said)

    def look(self) -> None:
        """Look into the cell, to its end."""
        self.inside, self.result, self.formula, self.has_result, self.runs = "", "", False, False, Runs()
        self.parser.StartElementHandler = self.start_inside
        self.parser.CharacterDataHandler, self.parser.EndElementHandler = self.text, self.end

    def start_inside(self, name: str, said: dict[str, str]) -> None:
        """Take note of an element in the cell that is looked into."""
        kind = _local(name)
        if kind == "f":
            self.inside, self.formula = kind, bool(said)
        elif kind in {"v", "is"}:
            self.inside, self.has_result, self.filled = kind, True, self.cell
        self.runs.start(kind, said)

    def text(self, words: str) -> None:
        """Take note of a text in the cell that is looked into."""
        if self.inside == "f":
            self.formula = True
        elif self.inside:
            self.result += words
        self.runs.text(words)

    def end(self, name: str) -> None:
        """Judge the cell that was looked into where it ends."""
        ended = _local(name)
        self.runs.end(ended)
        if ended == self.inside:
            self.inside = ""
        if ended != "c":
            return
        self.parser.StartElementHandler = self.start
        self.parser.CharacterDataHandler = self.parser.EndElementHandler = None
        kind, result, (row, column) = self.cell.get("t"), self.result.strip(), place(self.cell["r"])
        said = seen(self.runs.parts) if self.runs.unusual else self.looks.strings.get(result) if kind == "s" else None
        if said:
            self.marks.texts.setdefault(row, {})[column] = said.text
            if said.struck:
                self.marks.struck.setdefault(column, {})[row] = said.struck
        if kind == "e" and self.has_result:
            self.marks.errors.setdefault(row, {})[column] = result if result.startswith("#") else "#N/A"
        elif self.formula and not result and not (kind == "str" and self.has_result):
            self.marks.formulas.setdefault(column, []).append(row)
            self.filled = self.cell

    def end_row(self) -> None:
        """Take note of how far a row with anything in it reaches."""
        if not self.filled:
            return
        row, column = place(self.filled["r"])
        self.filled_rows += 1
        self.width = max(self.width, column + 1)
        if self.is_hidden:
            self.marks.hidden_rows.append(row)
        if self.filled_rows > MAX_ROWS:
            raise error("too_many_rows", limit=MAX_ROWS)
        height = row + 1
        if height > max(MAX_ROWS, 2 * self.filled_rows) or self.width > MAX_COLUMNS or height * self.width > MAX_CELLS:
            raise error("cells_too_far", row=height, rows=height, columns=self.width)


def _local(name: str) -> str:
    """Return the name of an element without its prefix."""
    return name[name.rfind(":") + 1 :]


def place(words: str) -> tuple[int, int]:
    """Return row and column, from 0, of a place such as C2."""
    letters = words.rstrip(_DIGITS)
    return int(words[len(letters) :]) - 1, _number(letters)


@cache
def _number(letters: str) -> int:
    """Return the number of a column from 0, given as letters; -1 without any."""
    number = 0
    for one in letters:
        number = 26 * number + ord(one) - 64
    return number - 1


def _is_hidden(said: dict[str, str], size: str) -> bool:
    """Return whether a row or column is hidden, by its word or because it has no size."""
    return said.get("hidden") in _TRUE or said.get(size) in _NOTHING
