"""Workbooks that are no XLSX, and web pages with tables, to a sheet. Only the worker opens them."""

import re
from collections.abc import Iterator, Sequence

from geo.translation import mark
from geo.uploads.bounds import error
from geo.uploads.model import Finding, Progress, Reading, Severity, Sheet
from geo.uploads.sheets import Listed, best, named, others
from geo.uploads.worker import Answer, rows_in_worker

__all__ = ["page", "workbook"]

_FRACTION = re.compile(r"-?0\.[0-9]*[1-9][0-9]*")


def workbook(content: bytes, kind: str, sheet: str, tell: Progress) -> Reading:
    """Return a sheet of a workbook, with a warning for numbers that one in XLS or XLSB may show as percentages: it is not known.

    Parameters
    ----------
    kind
        "xls", "xlsb" or "ods".
    sheet
        Its name; "" takes one as :func:`geo.uploads.spreadsheet.read` does.

    Raises
    ------
    RefusedError
        As :func:`geo.uploads.worker.rows_in_worker`, and if there is no such sheet.
    """
    answer = rows_in_worker(content, kind, sheet or None)
    tell(0.5, mark("Reading the rows"))
    entries = [Listed(name, "", visible) for name, visible in answer.sheets]
    if answer.at is None and sheet:
        named(entries, sheet)  # refuses: the worker has not found it
    filled: list[Listed] = []
    if answer.at is None:
        looks = list(zip(entries, answer.looks, strict=False))
        wanted, filled = best(entries, looks)
        answer = rows_in_worker(content, kind, _number(wanted, looks))
    if answer.at is None:
        raise error("broken_archive")
    chosen = entries[answer.at]
    findings = [
        *([] if sheet else others(chosen, entries, filled)),
        *_hidden(answer),
        *([] if kind == "ods" else _fractions(answer.sheet)),
    ]
    names = tuple(entry.name for entry in entries)
    return Reading(answer.sheet, kind, name=chosen.name, sheets=names, findings=tuple(findings))


def page(content: bytes, encoding: str, tell: Progress) -> Reading:
    """Return the tables of a web page, one below the other, and the lines around them; rows that it hides are named in a warning.

    Parameters
    ----------
    content
        In UTF-8.
    encoding
        In which it came.

    Raises
    ------
    RefusedError
        As :func:`geo.uploads.worker.rows_in_worker`.
    """
    answer = rows_in_worker(content, "html")
    tell(0.7, mark("Reading the rows"))
    if not any(text.strip() for row in answer.sheet.rows for text in row):
        raise error("empty_file")
    return Reading(answer.sheet, encoding, findings=tuple(_hidden(answer)))


def _hidden(answer: Answer) -> Iterator[Finding]:
    """Yield a warning for rows with text that the file does not show."""
    rows = tuple(row + 1 for row in answer.hidden if any(map(str.strip, answer.sheet.row(row))))
    if rows:
        yield Finding("hidden_rows", Severity.WARNING, rows, params={"count": len(rows)})


def _number(wanted: Sequence[Listed], looks: Sequence[tuple[Listed, Sequence[dict[str, str]]]]) -> int:
    """Return the first wanted sheet that holds a table by its first rows, or the first that holds anything."""
    some = [
        (number, rows) for number, (entry, rows) in enumerate(looks) if rows and any(entry is one for one in wanted)
    ]
    for number, rows in some:
        if len(rows) > 1 and len({place for row in rows for place in row}) > 1:
            return number
    if not some:
        raise error("empty_file")
    return some[0][0]


def _fractions(sheet: Sheet) -> Iterator[Finding]:
    """Yield a warning for each column with numbers below one that the workbook may show as percentages."""
    for column in range(sheet.width):
        found = {row: text for row, text in enumerate(sheet.column(column), 1) if _FRACTION.fullmatch(text)}
        if found:
            params = {"example": next(iter(found.values()))}
            yield Finding("maybe_percent", Severity.WARNING, tuple(found), column + 1, params=params)
