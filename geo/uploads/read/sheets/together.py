"""Sheets of a workbook read together: each is understood by itself, with its own title, headings and units, then all are one upload.

Until the end rows are counted through all sheets; :func:`apart` gives each finding the rows of its own sheet.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import accumulate

import pandas as pd

from geo.uploads.figures.blocks import without_repeated
from geo.uploads.finding import CellNote, Finding
from geo.uploads.findings import Notes
from geo.uploads.model import Reading, Upload
from geo.uploads.records.listings import once

__all__ = ["apart", "joined", "through"]


def joined(reading: Reading, uploads: Sequence[Upload]) -> Upload:
    """Return what several sheets hold as one; what two sheets say differently is an error at both."""
    above = _above(reading)
    notes = Notes([_moved(one, rows) for upload, rows in zip(uploads, above, strict=True) for one in upload.findings])
    table, totals = (
        pd.concat(
            [part.assign(row=part["row"] + rows) for part, rows in zip(tables, above, strict=True)], ignore_index=True
        )
        for tables in ([upload.table for upload in uploads], [upload.totals for upload in uploads])
    )
    kind = uploads[0].kind
    table = without_repeated(table, notes) if kind == "indicators" else once(table, notes, kind)
    uses = {(use.key, use.target): use for upload in reversed(uploads) for use in reversed(upload.columns)}
    return replace(
        uploads[0],
        sheet=", ".join(part.name for part in reading.parts),
        columns=tuple(reversed(uses.values())),
        table=table,
        totals=totals,
        findings=tuple(notes.found),
    )


def apart(finding: Finding, reading: Reading) -> Iterator[Finding]:
    """Yield a finding for each sheet that it has rows on, counted on that sheet; a reading of one sheet leaves it as it is."""
    if not reading.parts or not finding.rows:
        yield finding
        return
    params = dict(finding.params)
    if "row" in params:
        part, row = _place(int(params["row"]), reading)
        params["row"] = f"{part.name}!{row}"
    by_sheet: dict[str, list[int]] = {}
    for number in finding.rows:
        part, row = _place(number, reading)
        by_sheet.setdefault(part.name, []).append(row)
    for name, rows in by_sheet.items():
        yield replace(finding, rows=tuple(rows), params=params, sheet=name)


def through(notes: Sequence[CellNote], reading: Reading) -> list[CellNote]:
    """Return notes on cells with their rows counted through all sheets."""
    above = {part.name: rows for part, rows in zip(reading.parts, _above(reading), strict=True)}
    return [replace(note, row=note.row + above.get(note.sheet, 0) if note.row else 0, sheet="") for note in notes]


def _above(reading: Reading) -> list[int]:
    """Return how many rows the sheets before each have."""
    return [0, *accumulate(len(part.sheet) for part in reading.parts[:-1])] if reading.parts else []


def _moved(finding: Finding, rows: int) -> Finding:
    """Return a finding with its rows counted through all sheets."""
    params = dict(finding.params)
    if "row" in params:
        params["row"] = str(int(params["row"]) + rows)
    return replace(finding, rows=tuple(row + rows for row in finding.rows), params=params)


def _place(row: int, reading: Reading) -> tuple[Reading, int]:
    """Return the sheet on which a row stands that is counted through all, and its number there."""
    above = _above(reading)
    at = max(number for number, rows in enumerate(above) if rows < row)
    return reading.parts[at], row - above[at]
