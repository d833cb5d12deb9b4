"""A file of staff as a workbook with what is wrong marked in it."""

import io
import re
from collections.abc import Sequence
from contextlib import suppress
from pathlib import PurePath
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell

from geo.uploads.bounds import RefusedError
from geo.uploads.finding import CellNote
from geo.uploads.model import Reading
from geo.uploads.read.sheets.choice import PROBLEMS
from geo.uploads.read.sheets.together import through
from geo.uploads.read.worker import mark_in_worker
from geo.uploads.workbooks.copies import MAX_COMMENTS, MAX_LISTED, Marks, add_list, by_cell, mark_cell, set_text

__all__ = ["MAX_COMMENTS", "MAX_LISTED", "PROBLEMS", "CellNote", "marked_copy", "set_text"]

_NO_TITLE = re.compile(r"[\[\]:*?/\\'\x00-\x1f]")
_LONGEST_TITLE = 31  # characters; Excel takes no longer one


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
    if reading.encoding == "xlsx":
        with suppress(RefusedError):  # of an odd workbook; the rows as read serve as well
            return mark_in_worker(content, (reading.parts or (reading,))[0].name, notes)
    notes = through(notes, reading) if reading.parts else notes
    return _written(file_name, reading, by_cell(notes), notes)


def _written(file_name: str, reading: Reading, marks: Marks, notes: Sequence[CellNote]) -> bytes:
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
            mark_cell(cells[column - 1], marks[number, column], commented=(number, column) in commented)
        sheet.append(cells)
    add_list(book, sheet.title, notes)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _title(text: str) -> str:
    """Return a text as Excel allows it for the name of a sheet."""
    return _NO_TITLE.sub(" ", text).strip()[:_LONGEST_TITLE] or "Sheet"
