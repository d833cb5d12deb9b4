"""A file of staff as a workbook with what is wrong marked in it."""

import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from geo.uploads.archives import Archive, pack
from geo.uploads.bounds import error
from geo.uploads.cells import scan
from geo.uploads.model import Reading, Severity
from geo.uploads.sheets import PROBLEMS

__all__ = ["MAX_COMMENTS", "MAX_LISTED", "PROBLEMS", "CellNote", "marked_copy", "set_text"]

MAX_COMMENTS, MAX_LISTED = 2_000, 20_000

_MAX_XML = 20_000_000  # bytes of a workbook that is opened with its formatting: openpyxl takes some fifty times as much
_MAX_SPREAD = 300_000  # cells in its merged and linked ranges, each of which openpyxl makes
_FILLS = {
    severity: PatternFill("solid", start_color=colour)
    for severity, colour in ((Severity.ERROR, "FFC7CE"), (Severity.WARNING, "FFEB9C"), (Severity.NOTE, "DDEBF7"))
}
_WORDS = {Severity.ERROR: "错误 Error", Severity.WARNING: "警告 Warning", Severity.NOTE: "提示 Note"}
_HEADINGS = ("行 Row", "列 Column", "程度 Severity", "问题 Problem", "单元格 Cell")
_WIDTHS = (10, 12, 16, 100, 16)
_XML = (".xml", ".rels", ".vml")
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8")
_AUTHOR = "Guangzhou 1+1+9 check"  # not that of the explanations in templates, which stay
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_NO_TITLE = re.compile(r"[\[\]:*?/\\'\x00-\x1f]")
_LONGEST_TITLE, _LONGEST_COMMENT = 31, 2_000  # characters; Excel takes no longer title


@dataclass(frozen=True)
class CellNote:
    """What is to be said about a cell of the file."""

    row: int  # from 1; 0 for the whole file
    column: int | None  # from 1; None for a whole row
    severity: Severity
    text: str


_Place = tuple[int, int]
_Marks = Mapping[_Place, Sequence[CellNote]]


def marked_copy(content: bytes, file_name: str, reading: Reading, notes: Sequence[CellNote]) -> bytes:
    """Return a file of staff as XLSX, the cells that notes are about coloured and commented, with a sheet that lists all notes.

    Parameters
    ----------
    content, file_name
        The file as uploaded.
    reading
        What it was read as.
    notes
        At most :data:`MAX_COMMENTS` cells get comments, the others only a colour; at most :data:`MAX_LISTED` notes are listed.

    Returns
    -------
    The user's own workbook where it is one that can be opened safely, with its formatting and other sheets; otherwise a new one with the
    rows as read. No text of the file becomes a formula.
    """
    marks = _marks(notes)
    if reading.encoding == "xlsx":
        try:
            return _kept(_openable(content), reading.name, marks, notes)
        except Exception:  # openpyxl fails on odd workbooks in any way; the rows as read serve as well
            return _written(file_name, reading, marks, notes)
    return _written(file_name, reading, marks, notes)


def set_text(cell: Any, text: str) -> Any:
    """Write a text into a cell such that it is never a formula, and return the cell."""
    cell.value = _ILLEGAL.sub("", text)
    cell.data_type = "s"
    return cell


def _marks(notes: Sequence[CellNote]) -> _Marks:
    """Return the notes by the cell they are written on; those on a whole row go to its first cell."""
    marks: dict[_Place, list[CellNote]] = {}
    for note in notes:
        if note.row > 0:
            marks.setdefault((note.row, note.column or 1), []).append(note)
    return marks


def _openable(content: bytes) -> bytes:
    """Return a workbook with nothing in it but XML that was looked through and pictures.

    Raises
    ------
    RefusedError
        If it is not a sound archive, or openpyxl would make too many cells of it.
    """
    archive = Archive(content)
    xml = [name for name in archive.names if name.endswith(_XML)]
    if sum(len(archive.part(name)) for name in xml) > _MAX_XML:
        raise error("archive_bomb")
    if sum(scan(archive.part(name), frozenset()).spread for name in xml) > _MAX_SPREAD:
        raise error("archive_bomb")
    pictures = [name for name in archive.names if name not in xml and archive.member(name).startswith(_PICTURES)]
    return pack((name, archive.member(name)) for name in [*xml, *pictures])


def _kept(content: bytes, name: str, marks: _Marks, notes: Sequence[CellNote]) -> bytes:
    """Return the user's own workbook with marks on the sheet that was read."""
    book = load_workbook(io.BytesIO(content), keep_links=False)
    sheet = book[name]
    _clear(book, sheet)
    for number, (place, found) in enumerate(_shown(sheet, marks).items()):
        _mark(sheet.cell(*place), found, commented=number < MAX_COMMENTS)
    _list(book, name, notes)
    return _saved(book)


def _clear(book: Workbook, sheet: Worksheet) -> None:
    """Take away what an earlier marking left: staff mend the marked copy and upload it again."""
    if PROBLEMS in book.sheetnames and sheet.title != PROBLEMS:
        del book[PROBLEMS]
    for cell in sheet._cells.values():  # the public ways make a cell at every place up to the last one
        if cell.comment and cell.comment.author == _AUTHOR:
            cell.comment, cell.fill = None, PatternFill()


def _shown(sheet: Worksheet, marks: _Marks) -> _Marks:
    """Return the marks, those on cells that a merged range hides put on its first cell."""
    first = {
        place: (area.min_row, area.min_col) for area in sheet.merged_cells.ranges for row in area.rows for place in row
    }
    shown: dict[_Place, list[CellNote]] = {}
    for place, found in marks.items():
        shown.setdefault(first.get(place, place), []).extend(found)
    return shown


def _written(file_name: str, reading: Reading, marks: _Marks, notes: Sequence[CellNote]) -> bytes:
    """Return a new workbook with the rows as read, all as texts, and marks on them."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(_title(reading.name or PurePath(file_name).stem))
    commented = set(list(marks)[:MAX_COMMENTS])
    marked: dict[int, list[int]] = {}
    for row, column in marks:
        marked.setdefault(row, []).append(column)
    for number in range(1, max(len(reading.sheet), *marked, 0) + 1):
        words = list(reading.sheet.row(number - 1)) if number <= len(reading.sheet) else []
        words += [""] * (max(marked.get(number, [0])) - len(words))
        cells: list[Any] = [set_text(WriteOnlyCell(sheet), word) if word else None for word in words]
        for column in marked.get(number, ()):
            cells[column - 1] = cells[column - 1] or WriteOnlyCell(sheet)
            _mark(cells[column - 1], marks[number, column], commented=(number, column) in commented)
        sheet.append(cells)
    _list(book, sheet.title, notes)
    return _saved(book)


def _title(text: str) -> str:
    """Return a text as Excel allows it for the name of a sheet."""
    return _NO_TITLE.sub(" ", text).strip()[:_LONGEST_TITLE] or "Sheet"


def _mark(cell: Any, notes: Sequence[CellNote], *, commented: bool) -> None:
    """Colour a cell by the worst of its notes and write them all into its comment, below what stands there already."""
    cell.fill = next(fill for severity, fill in _FILLS.items() if any(note.severity is severity for note in notes))
    if commented:
        earlier = [cell.comment.text] if cell.comment else []
        text = "\n".join(dict.fromkeys([*earlier, *(note.text for note in notes)]))
        cell.comment = Comment(_ILLEGAL.sub("", text)[:_LONGEST_COMMENT], _AUTHOR, height=140, width=320)


def _list(book: Workbook, title: str, notes: Sequence[CellNote]) -> None:
    """Add the sheet that lists all notes, each with a link to its cell."""
    sheet = book.create_sheet(PROBLEMS)
    for number, width in enumerate(_WIDTHS, 1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    sheet.freeze_panes = "A2"
    heads = [set_text(WriteOnlyCell(sheet), heading) for heading in _HEADINGS]
    for head in heads:
        head.font = Font(bold=True)
    sheet.append(heads)
    for number, note in enumerate(notes[:MAX_LISTED], 2):
        sheet.append(_listed(sheet, number, note, title))
    if len(notes) > MAX_LISTED:
        sheet.append([None, None, None, f"… {len(notes):,}"])


def _listed(sheet: Worksheet, number: int, note: CellNote, title: str) -> list[Any]:
    """Return the row of the list for one note."""
    letter = get_column_letter(note.column) if note.column else ""
    words = [set_text(WriteOnlyCell(sheet), word) for word in (letter, _WORDS[note.severity], note.text)]
    if note.row < 1:
        return [None, *words]
    link = WriteOnlyCell(sheet, f"{letter or 'A'}{note.row}")
    sheet._hyperlinks.append(Hyperlink(f"E{number}", location=f"{quote_sheetname(title)}!{link.value}"))
    link.style = "Hyperlink"
    return [note.row, *words, link]


def _saved(book: Workbook) -> bytes:
    """Return a workbook as a file."""
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
