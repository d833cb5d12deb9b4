"""Marks in a workbook. A stranger's own is opened by the worker only, so nothing heavy is imported here."""

import io
import re
import sys
import zipfile
from collections.abc import Mapping, Sequence
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.comments import Comment
from openpyxl.drawing.spreadsheet_drawing import SpreadsheetDrawing
from openpyxl.styles import Font, PatternFill
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.worksheet._writer import WorksheetWriter
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.writer.excel import ExcelWriter
from PIL import Image

from geo.uploads.finding import CellNote, Severity
from geo.uploads.read.confining import take
from geo.uploads.read.sheets.choice import PROBLEMS

__all__ = ["MAX_COMMENTS", "MAX_LISTED", "Marks", "add_list", "by_cell", "in_own", "main", "mark_cell", "set_text"]

MAX_COMMENTS, MAX_LISTED = 2_000, 20_000

_FILLS = {
    severity: PatternFill("solid", start_color=colour)
    for severity, colour in ((Severity.ERROR, "FFC7CE"), (Severity.WARNING, "FFEB9C"), (Severity.NOTE, "DDEBF7"))
}
_WORDS = {Severity.ERROR: "错误 Error", Severity.WARNING: "警告 Warning", Severity.NOTE: "提示 Note"}
_HEADINGS = ("行 Row", "列 Column", "程度 Severity", "问题 Problem", "单元格 Cell")
_WIDTHS = (10, 12, 16, 100, 16)
_AUTHOR = "Guangzhou 1+1+9 check"  # not that of the explanations in templates, which stay
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_LONGEST_COMMENT = 2_000  # characters


_Place = tuple[int, int]
Marks = Mapping[_Place, Sequence[CellNote]]


def set_text(cell: Any, text: str) -> Any:
    """Write a text into a cell such that it is never a formula, and return the cell."""
    cell.value = _ILLEGAL.sub("", text)
    cell.data_type = "s"
    return cell


def by_cell(notes: Sequence[CellNote]) -> Marks:
    """Return the notes by the cell they are written on; those on a whole row go to its first cell."""
    marks: dict[_Place, list[CellNote]] = {}
    for note in notes:
        if note.row > 0:
            marks.setdefault((note.row, note.column or 1), []).append(note)
    return marks


def main() -> None:
    """Answer a request with what :func:`geo.uploads.read.worker.mark_in_worker` expects."""
    Image.preinit()
    in_own(_saved(Workbook()), "Sheet", ())  # imports what openpyxl and it import when they first need it
    request, content = take()
    notes = [CellNote(row, column, Severity(word), *rest) for row, column, word, *rest in request["notes"]]
    sys.stdout.buffer.write(in_own(content, request["sheet"], notes))
    sys.stdout.buffer.flush()


def in_own(content: bytes, name: str, notes: Sequence[CellNote]) -> bytes:
    """Return the user's own workbook with marks on the sheet that was read, or on that of each note, without macros and links to other workbooks.

    It fails on odd workbooks in any way.
    """
    book = load_workbook(io.BytesIO(content), keep_links=False)
    by_sheet: dict[str, list[CellNote]] = {name: []}
    for note in notes:
        by_sheet.setdefault(note.sheet or name, []).append(note)
    left = MAX_COMMENTS
    for title, own in by_sheet.items():
        sheet = book[title]
        _clear(book, sheet)
        for number, (place, found) in enumerate(_shown(sheet, by_cell(own)).items()):
            mark_cell(sheet.cell(*place), found, commented=number < left)
        left -= len(own)
    add_list(book, name, notes)
    return _saved(book)


def _clear(book: Workbook, sheet: Worksheet) -> None:
    """Take away what an earlier marking left: staff mend the marked copy and upload it again."""
    if PROBLEMS in book.sheetnames and sheet.title != PROBLEMS:
        del book[PROBLEMS]
    for cell in sheet._cells.values():  # the public ways make a cell at every place up to the last one
        if cell.comment and cell.comment.author == _AUTHOR:
            cell.comment, cell.fill = None, PatternFill()


def _shown(sheet: Worksheet, marks: Marks) -> Marks:
    """Return the marks, those on cells that a merged range hides put on its first cell."""
    first = {
        place: (area.min_row, area.min_col) for area in sheet.merged_cells.ranges for row in area.rows for place in row
    }
    shown: dict[_Place, list[CellNote]] = {}
    for place, found in marks.items():
        shown.setdefault(first.get(place, place), []).extend(found)
    return shown


def _saved(book: Workbook) -> bytes:
    """Return a workbook as a file."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        _InMemory(book, archive).write_data()
    return out.getvalue()


class _InMemory(ExcelWriter):  # type: ignore[misc]  # openpyxl has no types
    """Writes a workbook without the files that openpyxl makes on its way: the worker can open none."""

    def write_worksheet(self, ws: Worksheet) -> None:
        """Write a sheet."""
        ws._drawing = SpreadsheetDrawing()
        ws._drawing.charts, ws._drawing.images = ws._charts, ws._images
        out = io.BytesIO()
        writer = WorksheetWriter(ws, out)
        writer.write()
        ws._rels = writer._rels
        self._archive.writestr(ws.path[1:], out.getvalue())
        self.manifest.append(ws)


def mark_cell(cell: Any, notes: Sequence[CellNote], *, commented: bool) -> None:
    """Colour a cell by the worst of its notes and write them all into its comment, below what stands there already."""
    cell.fill = next(fill for severity, fill in _FILLS.items() if any(note.severity is severity for note in notes))
    if commented:
        earlier = [cell.comment.text] if cell.comment else []
        text = "\n".join(dict.fromkeys([*earlier, *(note.text for note in notes)]))
        cell.comment = Comment(_ILLEGAL.sub("", text)[:_LONGEST_COMMENT], _AUTHOR, height=140, width=320)


def add_list(book: Workbook, title: str, notes: Sequence[CellNote]) -> None:
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
    place = f"{letter or 'A'}{note.row}"
    link = set_text(WriteOnlyCell(sheet), f"{note.sheet}!{place}" if note.sheet else place)
    link._hyperlink = Hyperlink(f"E{number}", location=f"{quote_sheetname(note.sheet or title)}!{place}")
    link.style = "Hyperlink"
    return [note.row, *words, link]
