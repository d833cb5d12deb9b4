"""Workbooks to a sheet."""

from collections.abc import Iterator
from typing import Any

from geo.translation import mark
from geo.uploads.archives import Archive, pack
from geo.uploads.bounds import error
from geo.uploads.cells import Cells, has_cells, scan, without_counts
from geo.uploads.model import Progress, Reading
from geo.uploads.sheets import RELATIONS, WORKBOOK, Listed, listed, others, preferred
from geo.uploads.styles import percent_styles
from geo.uploads.unseen import unseen
from geo.uploads.worker import rows_in_worker

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
    packed = pack(_needed(archive, chosen))
    found = rows_in_worker(packed, "xlsx", chosen.name, marks=_marks(cells)).sheet
    tell(0.7, mark("Reading the rows"))
    findings = [*([] if sheet else others(chosen, entries, filled)), *unseen(cells, found)]
    names = tuple(entry.name for entry in entries)
    return Reading(found, "xlsx", name=chosen.name, sheets=names, findings=tuple(findings))


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


def _marks(cells: Cells) -> dict[str, Any]:
    """Return what the worker has to know of the cells: percentages and errors, by row, as the workbook shows them, and merged ranges."""
    percentages: dict[int, list[int]] = {}
    for place, rows in cells.percentages.items():
        for row in rows:
            percentages.setdefault(row, []).append(place)
    errors: dict[int, dict[int, str]] = {}
    for (row, place), word in cells.errors.items():
        errors.setdefault(row, {})[place] = word
    merged = [((top, first), (bottom, last)) for top, first, bottom, last in cells.merged]
    return {"percentages": percentages, "errors": errors, "merged": merged}
