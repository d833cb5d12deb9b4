"""Workbooks to columns. Runs in the worker, so nothing heavy is imported here."""

import datetime
import io
from collections.abc import Iterator, Mapping
from typing import Any

import python_calamine as calamine

from geo.uploads.open_documents import scan
from geo.uploads.packing import Marks, Packed, Size, UnreadableError, check, pack
from geo.uploads.shown import Value, text

__all__ = ["read"]

# A look that is enough to see whether a sheet is filled.
_ROWS, _COLUMNS, _SHEETS = 60, 60, 100


def read(
    content: bytes, kind: str, at: int | str | None, most: Size, known: Mapping[str, Any] | None = None
) -> Packed | dict[str, Any]:
    """Return a sheet of a workbook in any format that calamine reads.

    Parameters
    ----------
    kind
        "ods", of which more is known, or another.
    at
        Its name, or its number from 0; None takes the only one.
    known
        What the server knows of the cells of an XLSX sheet.

    Returns
    -------
    Its columns, or ``{"looks": …}`` with the first rows of all sheets where one has to be chosen.

    Raises
    ------
    UnreadableError
        If there is no workbook, or the sheet is too large.
    """
    try:
        with calamine.load_workbook(io.BytesIO(content)) as workbook:
            sheets = _listed(workbook)
            number = _number(sheets, at)
            if number is None:
                return {"sheets": sheets, "looks": [_look(workbook, name) for name, _ in sheets[:_SHEETS]]}
            sheet = workbook.get_sheet_by_name(sheets[number][0])
            height, width = _size(sheet, most)
            marks = Marks.told(known) if known else Marks(merged=sheet.merged_cell_ranges or [])
            if kind == "ods":
                marks = scan(content, number, height, width)
            packed = pack(_rows(sheet, marks), width, marks.merged)
    except calamine.PasswordError:
        raise UnreadableError("password") from None
    except calamine.CalamineError:
        raise UnreadableError("broken_archive") from None
    except BaseException as problem:  # a panic inside the library is no Exception; it has no public name either
        if type(problem).__name__ != "PanicException":
            raise
        raise UnreadableError("broken_archive") from None
    packed.about |= {"sheets": sheets, "at": number, "hidden": marks.hidden}
    return packed


def _listed(workbook: calamine.CalamineWorkbook) -> list[tuple[str, bool]]:
    """Return the names of the sheets that hold cells, each with whether it is visible."""
    return [
        (entry.name, entry.visible == calamine.SheetVisibleEnum.Visible)
        for entry in workbook.sheets_metadata
        if entry.typ == calamine.SheetTypeEnum.WorkSheet
    ]


def _number(sheets: list[tuple[str, bool]], at: int | str | None) -> int | None:
    """Return which sheet is meant, None where that is open or there is none such."""
    if isinstance(at, str):
        return next((number for number, (name, _) in enumerate(sheets) if name == at), None)
    return 0 if at is None and len(sheets) == 1 and sheets[0][1] else at


def _look(workbook: calamine.CalamineWorkbook, name: str) -> list[dict[str, str]]:
    """Return the first rows of a sheet that hold anything, texts by column; none of a sheet that is broken."""
    try:
        rows = workbook.get_sheet_by_name(name).to_python(nrows=_ROWS)
    except calamine.CalamineError:
        return []
    looks = (
        {str(number): _glance(value) for number, value in enumerate(row[:_COLUMNS]) if value != ""} for row in rows
    )
    return [look for look in looks if look]


def _glance(value: Value) -> str:
    """Return the text of a cell, "-" for a date, which is no figure."""
    return "-" if isinstance(value, datetime.date | datetime.time | datetime.timedelta) else text(value).strip()


def _size(sheet: calamine.CalamineSheet, most: Size) -> tuple[int, int]:
    """Return how many rows and columns a sheet has from its first cell on, blank ones included."""
    if sheet.end is None:
        raise UnreadableError("empty_file")
    height, width = sheet.end[0] + 1, sheet.end[1] + 1
    check(height, width, most)
    return height, width


def _rows(sheet: calamine.CalamineSheet, marks: Marks) -> Iterator[list[str]]:
    """Yield the rows of a sheet as texts: the library gives blank rows above, but not the blank columns before."""
    before = sheet.start[1] if sheet.start else 0
    blank = [""] * before
    for number, row in enumerate(sheet.iter_rows()):
        texts = blank + [text(value) for value in row]
        for place in marks.percentages.get(number, ()):
            if before <= place < len(texts):
                texts[place] = text(row[place - before], percent=True)
        for place, word in marks.errors.get(number, {}).items():
            if place < len(texts):
                texts[place] = word
        yield texts
