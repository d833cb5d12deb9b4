"""XLSX and CSV files for staff: their own file with what is wrong marked in it, and templates to fill in.

openpyxl is imported where it is needed: it takes a tenth of a second, and most visitors never ask for a workbook.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from geo.schema import Atlas
from geo.uploads.model import Kind, Reading, Severity

__all__ = ["MAX_COMMENTS", "MAX_LISTED", "PROBLEMS", "CellNote", "marked_copy", "template", "template_csv"]

PROBLEMS = "问题 Problems"  # name of the sheet that lists all notes
MAX_COMMENTS, MAX_LISTED = 2_000, 20_000


@dataclass(frozen=True)
class CellNote:
    """What is to be said about a cell of the file."""

    row: int  # from 1; 0 for the whole file
    column: int | None  # from 1; None for a whole row
    severity: Severity
    text: str


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
    from geo.uploads import marking  # noqa: PLC0415

    return marking.marked_copy(content, file_name, reading, notes)


def template(kind: Kind, atlas: Atlas, language: str) -> bytes:
    """Return a workbook to fill in, with the current data in it.

    Parameters
    ----------
    kind
        Which table.
    atlas
        The current data.
    language
        "zh" or "en": of the headings of figures and slides, and of the explanations on headings.

    Returns
    -------
    XLSX with one row a figure, cluster, tenant or slide, explanations on the headings, and drop-downs where only some words are allowed;
    for slides with a second sheet that explains the names of figures, views and cameras.
    """
    from geo.uploads import templates  # noqa: PLC0415

    return templates.template(kind, atlas, language)


def template_csv(kind: Kind, atlas: Atlas, language: str) -> bytes:
    """Return a CSV file to fill in, with the same table as :func:`template`: UTF-8 with a byte order mark, so that Excel reads Chinese."""
    from geo.uploads import templates  # noqa: PLC0415

    return templates.template_csv(kind, atlas, language)
