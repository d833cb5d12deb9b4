"""Workbooks to a sheet."""

import io
from collections.abc import Iterable, Iterator, Mapping

import numpy as np
import python_calamine as calamine

from geo.translation import mark
from geo.uploads.archives import Archive, pack
from geo.uploads.bounds import error
from geo.uploads.cells import Cells, Range, has_cells, scan, without_counts
from geo.uploads.model import Progress, Reading, Sheet, SheetColumn
from geo.uploads.sheets import RELATIONS, WORKBOOK, Listed, listed, others, preferred
from geo.uploads.shown import Value, text
from geo.uploads.styles import percent_styles
from geo.uploads.unseen import unseen

__all__ = ["read"]

_NEEDED = {"[content_types].xml", "_rels/.rels", WORKBOOK, RELATIONS, "xl/sharedstrings.xml", "xl/styles.xml"}


def read(content: bytes, sheet: str, tell: Progress) -> Reading:
    """Return a sheet of an XLSX or XLSM workbook.

    Parameters
    ----------
    sheet
        Its name; "" takes the first visible one with figures, or with at least two rows and two columns where none has, and says what
        the others hold.
    tell
        Told the share done.

    Raises
    ------
    RefusedError
        If there is no workbook, no such sheet, or it is too large.
    """
    archive = Archive(content)
    if WORKBOOK not in archive:
        raise error("broken_archive")
    entries = listed(archive)
    wanted, filled = preferred(archive, entries, sheet)
    chosen, cells = _chosen(archive, wanted, percent_styles(archive))
    tell(0.4, mark("Reading the rows"))
    grid = _grid(archive, chosen)
    tell(0.7, mark("Reading the rows"))
    columns = tuple(_columns(grid, cells))
    findings = [*([] if sheet else others(chosen, entries, filled)), *unseen(cells, columns)]
    names = tuple(entry.name for entry in entries)
    return Reading(Sheet(columns), "xlsx", name=chosen.name, sheets=names, findings=tuple(findings))


def _chosen(archive: Archive, wanted: list[Listed], percent: frozenset[int]) -> tuple[Listed, Cells]:
    """Return the first sheet with a table, or the first with anything, and what its cells are."""
    filled = None
    for entry in wanted:
        cells = scan(archive.part(entry.part), percent)
        if cells.rows >= 2 and cells.columns >= 2:
            return entry, cells
        if cells.count and not filled:
            filled = entry, cells
    if filled:
        return filled
    raise error("empty_file")


def _grid(archive: Archive, sheet: Listed) -> list[list[Value]]:
    """Return the values of a sheet from its first cell on, empty ones as "".

    Raises
    ------
    RefusedError
        If the sheet's XML is broken.
    """
    packed = pack(_needed(archive, sheet))
    try:
        with calamine.load_workbook(io.BytesIO(packed)) as workbook:
            return workbook.get_sheet_by_name(sheet.name).to_python(skip_empty_area=False)
    except calamine.CalamineError:
        raise error("broken_archive") from None
    except BaseException as problem:  # a panic inside the library is no Exception; it has no public name either
        if type(problem).__name__ != "PanicException":
            raise
        raise error("broken_archive") from None


def _needed(archive: Archive, sheet: Listed) -> Iterator[tuple[str, bytes]]:
    """Yield the parts that calamine needs: it would end the process on counts and places that were not looked through here.

    Raises
    ------
    RefusedError
        If cells stand in another part than the sheet's.
    """
    for name in archive.names:
        if name == sheet.part:
            yield name, without_counts(archive.part(name))
        elif name.lower() in _NEEDED:
            part = archive.part(name)
            if has_cells(part):
                raise error("broken_archive")
            yield name, without_counts(part)


def _columns(grid: list[list[Value]], cells: Cells) -> Iterator[SheetColumn]:
    """Yield the columns as texts, merged ranges filled with the text of their first cell."""
    errors: dict[int, dict[int, str]] = {}
    for (row, place), word in cells.errors.items():
        errors.setdefault(place, {})[row] = word
    columns = [
        _texts(column, cells.percentages.get(number, set()), errors.get(number, {}))
        for number, column in enumerate(zip(*grid, strict=True))
    ]
    _fill(columns, cells.merged)
    for texts in columns:
        known: dict[str, int] = {}
        codes = [known.setdefault(word, len(known)) for word in texts]
        yield SheetColumn(np.array(codes, dtype=np.int32), tuple(known))


def _texts(column: Iterable[Value], percentages: set[int], errors: Mapping[int, str]) -> list[str]:
    """Return the texts of a column, percentages and errors, by row, as the workbook shows them."""
    texts = [text(value, percent=row in percentages) for row, value in enumerate(column)]
    for row, word in errors.items():
        if row < len(texts):
            texts[row] = word
    return texts


def _fill(columns: list[list[str]], merged: list[Range]) -> None:
    """Write the text of each merged range's first cell into all of its cells.

    Raises
    ------
    RefusedError
        If ranges overlap so often that they cover more than the sheet.
    """
    height, width = len(columns[0]) if columns else 0, len(columns)
    left = height * width
    for top, first, bottom, last in merged:
        rows, places = range(top, min(bottom + 1, height)), range(first, min(last + 1, width))
        left -= len(rows) * len(places)
        if left < 0:
            raise error("broken_archive")
        for place in places if rows else ():
            columns[place][rows.start : rows.stop] = [columns[first][top]] * len(rows)
