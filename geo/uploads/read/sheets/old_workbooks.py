"""What the records of an XLS say of its cells beside their values: formats, errors, what is raised, struck through or hidden. Runs in the worker.

The records are those of [MS-XLS], in the file system of [MS-CFB].
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from geo.uploads.read.packing import Marks
from geo.uploads.read.sheets.number_formats import BUILT_IN, Sections, read_format
from geo.uploads.read.sheets.old_strings import unusual_strings

__all__ = ["scan"]

_END, _FONT, _HIDDEN_COLUMNS, _BOUND_SHEET, _MANY, _STYLE, _ROW, _FORMAT, _BEGIN = (
    0x0A, 0x31, 0x7D, 0x85, 0xBD, 0xE0, 0x208, 0x41E, 0x809,
)  # fmt: skip
_FORMULA, _TEXT, _NUMBER, _ERROR, _SHORT = 0x06, 0xFD, 0x203, 0x205, 0x27E
_STRINGS, _MORE = 0xFC, 0x3C
_CELLS = frozenset((_FORMULA, _TEXT, _NUMBER, _ERROR, _SHORT))
_ERRORS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}
_NO_SECTOR = 0xFFFFFFFA  # this number and those above stand for none
_STRUCK, _RAISED, _HIDDEN_ROW, _MOST_COLUMNS = 0x08, 1, 0x20, 256
_Record = tuple[int, bytes]


def scan(content: bytes, number: int) -> Marks | None:
    """Return what is said of the cells of a sheet, None of a workbook that is older than 1997 or out of order.

    Parameters
    ----------
    number
        Of the sheet among those with cells, from 0.
    """
    try:
        book = _stream(content)
        styles = _Styles()
        for record in _records(book, 0):
            styles.take(*record)
        cells = _Cells(styles)
        for record in _records(book, styles.sheets[number]):
            cells.take(*record)
    except (struct.error, LookupError, ValueError, StopIteration):
        return None
    return cells.marks


def _stream(content: bytes) -> bytes:
    """Return the stream of a workbook in a compound file; small ones lie in the stream of its first entry.

    Raises
    ------
    StopIteration
        If there is none.
    """
    sizes = struct.unpack_from("<HH", content, 30)
    directory, least, small, _, following, count = struct.unpack_from("<I4xIIIII", content, 48)
    sectors = content[1 << sizes[0] :]
    lists = [*struct.unpack_from("<109I", content, 76)]
    for _ in range(min(count, len(content) >> sizes[0])):
        *more, following = _numbers(_sector(sectors, following, sizes[0]))
        lists += more
    table = [at for one in lists if one < _NO_SECTOR for at in _numbers(_sector(sectors, one, sizes[0]))]
    entries = _chained(sectors, directory, table, sizes[0])
    name = "Workbook".encode("utf-16-le") + b"\0\0"
    entry = next(entries[at : at + 128] for at in range(0, len(entries), 128) if entries[at:].startswith(name))
    start, length = struct.unpack_from("<II", entry, 116)
    if length < least:
        sectors = _chained(sectors, struct.unpack_from("<I", entries, 116)[0], table, sizes[0])
        table, sizes = [*_numbers(_chained(content[1 << sizes[0] :], small, table, sizes[0]))], sizes[::-1]
    return _chained(sectors, start, table, sizes[0])[:length]


def _sector(sectors: bytes, at: int, size: int) -> bytes:
    """Return a sector of so many bytes, as a power of two."""
    return sectors[at << size : (at + 1) << size]


def _numbers(words: bytes) -> tuple[int, ...]:
    """Return the numbers in sectors."""
    return struct.unpack(f"<{len(words) // 4}I", words[: len(words) // 4 * 4])


def _chained(sectors: bytes, at: int, table: list[int], size: int) -> bytes:
    """Return the sectors that follow one another by a table."""
    found: list[bytes] = []
    while at < len(table) and len(found) < len(table):  # a chain may bite its own tail
        found.append(_sector(sectors, at, size))
        at = table[at]
    return b"".join(found)


def _records(book: bytes, at: int) -> Iterator[_Record]:
    """Yield the records of a part of a workbook, to its end; those of charts in it are left out."""
    depth = 0
    while at + 4 <= len(book):
        kind, length = struct.unpack_from("<HH", book, at)
        depth += (kind == _BEGIN) - (kind == _END)
        if depth == 0:
            return
        if depth == 1:
            yield kind, book[at + 4 : at + 4 + length]
        at += 4 + length


@dataclass
class _Styles:
    """What the first part of a workbook says: where its sheets are, and what its cell styles look like."""

    sheets: list[int] = field(default_factory=list)
    fonts: list[tuple[bool, bool]] = field(default_factory=list)  # whether they raise and strike through
    strings: list[bytes] = field(default_factory=list)  # the records of texts that cells share
    formats: dict[str, str] = field(default_factory=lambda: dict(BUILT_IN))
    styles: list[tuple[int, str]] = field(default_factory=list)  # font and number format
    before = 0  # kind of the last record

    def take(self, kind: int, data: bytes) -> None:
        """Take note of a record."""
        if kind == _BEGIN and data[:2] != b"\x00\x06":
            raise ValueError("older than 1997")
        if kind == _BOUND_SHEET and data[5] == 0:  # with cells
            self.sheets.append(struct.unpack_from("<I", data)[0])
        elif kind == _FONT:
            self.fonts.append((data[8] == _RAISED, bool(data[2] & _STRUCK)))
        elif kind == _STYLE:
            font, format_ = struct.unpack_from("<HH", data)
            self.styles.append((font, str(format_)))
        elif kind == _STRINGS or (kind == _MORE and self.strings and self.before in (_STRINGS, _MORE)):
            self.strings.append(data)
        elif kind == _FORMAT:
            number, length, wide = struct.unpack_from("<HHB", data)
            words = data[5 : 5 + length * (1 + (wide & 1))]
            self.formats[str(number)] = words.decode("utf-16-le" if wide & 1 else "latin-1")
        self.before = kind

    def font(self, number: int) -> tuple[bool, bool]:
        """Return whether a font raises and strikes through; none has number 4."""
        return self.fonts[number - (number > 4)]


class _Cells:
    """Goes through the records of a sheet once."""

    def __init__(self, styles: _Styles) -> None:
        self.marks = Marks()
        sections = [read_format(styles.formats.get(number, "")) for _, number in styles.styles]
        self.formats: dict[int, Sections] = {at: found for at, found in enumerate(sections) if found}
        self.struck = {at for at, (font, _) in enumerate(styles.styles) if styles.font(font)[1]}
        self.strings = dict(unusual_strings(styles.strings, styles.font))

    def take(self, kind: int, data: bytes) -> None:
        """Take note of a record; most are cells."""
        if kind in _CELLS:
            row, column, style = struct.unpack_from("<HHH", data)
            said = self.strings.get(struct.unpack_from("<I", data, 6)[0]) if kind == _TEXT else None
            self.look(row, column, style, in_parts=said is not None)
            if error := _error(kind, data):
                self.marks.errors.setdefault(row, {})[column] = error
            if said:
                self.marks.texts.setdefault(row, {})[column] = said.text
            if said and said.struck:
                self.marks.struck.setdefault(column, {})[row] = said.struck
        elif kind == _MANY:
            row, first = struct.unpack_from("<HH", data)
            for at in range(4, len(data) - 5, 6):
                self.look(row, first + (at - 4) // 6, struct.unpack_from("<H", data, at)[0])
        elif kind == _ROW and data[12] & _HIDDEN_ROW:
            self.marks.hidden_rows.append(struct.unpack_from("<H", data)[0])
        elif kind == _HIDDEN_COLUMNS and data[8] & 1:
            first, last = struct.unpack_from("<HH", data)
            self.marks.hidden_columns += range(first, min(last + 1, _MOST_COLUMNS))

    def look(self, row: int, column: int, style: int, *, in_parts: bool = False) -> None:
        """Take note of a cell's style, which a text of several looks does not follow."""
        if style in self.formats:
            self.marks.formats.setdefault(row, {})[column] = self.formats[style]
        if style in self.struck and not in_parts:
            self.marks.struck_cells.setdefault(row, []).append(column)


def _error(kind: int, data: bytes) -> str:
    """Return the error that a cell shows, "" where it shows none."""
    if kind == _ERROR and data[7]:
        return _ERRORS.get(data[6], "#N/A")
    if kind == _FORMULA and data[6] == 2 and data[12:14] == b"\xff\xff":
        return _ERRORS.get(data[8], "#N/A")
    return ""
