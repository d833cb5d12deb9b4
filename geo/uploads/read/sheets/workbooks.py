"""Workbooks to rows, in whatever format. Runs in the worker, so nothing heavy is imported here."""

import datetime
import io
import re
from collections.abc import Iterator, Sequence

import python_calamine as calamine

from geo.uploads.bounds import RefusedError, check_size, error
from geo.uploads.finding import Finding, Severity
from geo.uploads.read.packing import Answer, Marks, Rows, Table
from geo.uploads.read.sheets import old_workbooks, open_documents
from geo.uploads.read.sheets.choice import ALL_SHEETS, COLUMNS, ROWS, Headings, Listed, best, named, others
from geo.uploads.read.sheets.number_formats import is_divided, is_number, shown
from geo.uploads.read.sheets.spreadsheet import Package
from geo.uploads.read.sheets.unseen import spanned, unseen
from geo.uploads.workbooks.shown import Value, text

__all__ = ["read"]

_MOST_SHEETS = 100  # looked at
_TOO_LARGE = [["-", "-"], ["1", "1"]]  # stands for a table that is refused with its reason when it is chosen
_FRACTION = re.compile(r"-?0\.[0-9]*[1-9][0-9]*")
_SHARE = re.compile(
    r"[%％‰]|百分|增长|增速|增幅|同比|环比|比上年|比重|占比|比例|份额|率|growth|change|share|rate|ratio|yoy",
    re.IGNORECASE,
)


def read(content: bytes, kind: str, sheet: str, headings: Headings) -> Answer:
    """Return a sheet of a workbook.

    Parameters
    ----------
    kind
        "xlsx", "xls", "xlsb" or "ods".
    sheet
        Its name; "" takes one as :func:`geo.uploads.read.sheets.choice.best` does, and says what the others hold;
        :data:`geo.uploads.read.sheets.choice.ALL_SHEETS` takes all visible ones with a table.
    headings
        Of tables without figures.

    Raises
    ------
    RefusedError
        If there is no workbook, no such sheet, or it is too large.
    """
    try:
        with calamine.load_workbook(io.BytesIO(content)) as workbook:
            return _Workbook(content, kind, workbook).read(sheet, headings)
    except calamine.PasswordError:
        raise error("password") from None
    except calamine.CalamineError:
        raise error("broken_archive") from None
    except BaseException as problem:  # a panic inside the library is no Exception; it has no public name either
        if type(problem).__name__ != "PanicException":
            raise
        raise error("broken_archive") from None


class _Workbook:
    """A workbook that is open."""

    def __init__(self, content: bytes, kind: str, values: calamine.CalamineWorkbook) -> None:
        self.content, self.kind, self.values = content, kind, values
        self.package = Package(content) if kind == "xlsx" else None
        self.entries = [
            Listed(entry.name, entry.visible == calamine.SheetVisibleEnum.Visible)
            for entry in values.sheets_metadata
            if entry.typ == calamine.SheetTypeEnum.WorkSheet
        ]

    def read(self, name: str, headings: Headings) -> Answer:
        """Return a sheet, or all with a table."""
        said: list[Finding] = []
        if name and name != ALL_SHEETS:
            chosen = [named(self.entries, name)]
        elif len(self.entries) == 1 and self.entries[0].visible:
            chosen = [*self.entries]
        else:
            looks = [(entry, self.look(entry)) for entry in self.entries[:_MOST_SHEETS]]
            first, filled = best(looks, headings)
            together = [entry for entry in filled if entry.visible] if name else []
            chosen = together or [first]
            said = [*others(chosen, [entry for entry, rows in looks if rows], filled, all_wanted=bool(name))]
        tables = tuple(self.table(entry, said if entry is chosen[0] else ()) for entry in chosen)
        return Answer(tables, self.kind, sheets=tuple(entry.name for entry in self.entries))

    def look(self, entry: Listed) -> Rows:
        """Return the first rows of a sheet that hold anything; none of a sheet that is broken."""
        try:
            if self.package:
                self.package.marks(entry.name)  # before the library lays the cells out
            rows = self.values.get_sheet_by_name(entry.name).to_python(nrows=ROWS)
        except RefusedError as refusal:
            return [] if refusal.finding.code == "broken_archive" else _TOO_LARGE
        except calamine.CalamineError:
            return []
        return [glance for row in rows if any(glance := [_glance(value) for value in row[:COLUMNS]])]

    def table(self, entry: Listed, said: Sequence[Finding]) -> Table:
        """Return a sheet with everything there is to say of it."""
        marks = self.package.marks(entry.name) if self.package else Marks()
        is_known = self.kind != "xlsb"
        sheet = self.values.get_sheet_by_name(entry.name)
        if sheet.end is None:
            raise error("empty_file")
        height, width = sheet.end[0] + 1, sheet.end[1] + 1
        check_size(height, width)
        if self.kind == "ods":
            marks = open_documents.scan(self.content, self.entries.index(entry), height, width)
        else:
            if self.kind == "xls":
                found = old_workbooks.scan(self.content, self.entries.index(entry))
                marks, is_known = found or marks, found is not None
            marks.merged = sheet.merged_cell_ranges or ()
        rows = _filled([*_rows(sheet, marks)], width, marks)
        shares = () if is_known else _fractions(rows)
        comments = self.package.comments(entry.name) if self.package else ()
        return Table(
            rows, entry.name, (*said, *unseen(marks, rows), *shares, *comments), tuple(spanned(marks.merged, rows))
        )


def _glance(value: Value) -> str:
    """Return the text of a cell, "-" for a date, which is no figure."""
    return "-" if isinstance(value, datetime.date | datetime.time | datetime.timedelta) else text(value).strip()


def _rows(sheet: calamine.CalamineSheet, marks: Marks) -> Iterator[list[str]]:
    """Yield the rows of a sheet as texts: the library gives blank rows above, but not the blank columns before."""
    before = sheet.start[1] if sheet.start else 0
    blank = [""] * before
    for number, row in enumerate(sheet.iter_rows()):
        texts = blank + [value if type(value) is str else text(value) for value in row]
        for place, sections in marks.formats.get(number, {}).items():
            if before <= place < len(texts):
                value = row[place - before]
                texts[place] = shown(value, sections)
                if is_number(value) and is_divided(value, sections):
                    marks.divided.setdefault(place, {})[number] = f"{text(value)} → {texts[place]}"
        for place, word in (marks.errors.get(number, {}) | marks.texts.get(number, {})).items():
            if place < len(texts):
                texts[place] = word
        for place in marks.struck_cells.get(number, ()):
            if place < len(texts) and texts[place].strip():
                marks.struck.setdefault(place, {})[number], texts[place] = texts[place], ""
        yield texts


def _filled(rows: Rows, width: int, marks: Marks) -> Rows:
    """Return rows with each merged range filled with the text of its first cell.

    Raises
    ------
    RefusedError
        If ranges overlap so often that they cover more than the sheet.
    """
    left = len(rows) * width
    for (top, first), (bottom, last) in marks.merged:
        down, wide = rows[top : bottom + 1], min(last + 1, width) - first
        left -= len(down) * max(wide, 0)
        if left < 0:
            raise error("broken_archive")
        for row in down if wide > 0 else ():
            row[first : first + wide] = [down[0][first]] * wide
    return rows


def _fractions(rows: Rows) -> Iterator[Finding]:
    """Yield a warning for each column of shares or growth with numbers below one: the workbook may show them as percentages.

    Elsewhere, as in prices and ratios, such numbers are what they say.
    """
    for column in range(max(map(len, rows), default=0)):
        texts = [row[column] if column < len(row) else "" for row in rows]
        at = [number for number, word in enumerate(texts, 1) if _FRACTION.fullmatch(word)]
        if at and any(_SHARE.search(word) for word in texts[: at[0]]):
            params = {"example": texts[at[0] - 1]}
            yield Finding("maybe_percent", Severity.WARNING, tuple(at), column + 1, params=params)
