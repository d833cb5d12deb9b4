"""Uploaded bytes to a sheet of texts, whatever the bytes are."""

from geo.translation import mark
from geo.uploads.bounds import MAX_BYTES, RefusedError, error
from geo.uploads.model import Progress, Reading, Sheet, silent
from geo.uploads.read.packing import Answer
from geo.uploads.read.worker import read_in_worker

__all__ = ["read"]


def read(
    content: bytes, file_name: str, *, encoding: str = "", sheet: str = "", progress: Progress | None = None
) -> Reading:
    """Return the sheet in an uploaded file; what is wrong with the file is a finding, never an exception.

    Parameters
    ----------
    content
        The file: CSV and the like or a web page with tables, in any usual encoding; XLSX, XLS, XLSB or ODS.
    file_name
        Its name; only what the content leaves open is taken from it.
    encoding
        One of :data:`geo.uploads.read.decoding.ENCODINGS` where the person knows better; "" detects it.
    sheet
        Name of a sheet of a workbook; "" takes the first visible one with a table, and names others that have one;
        :data:`geo.uploads.read.sheets.choice.ALL_SHEETS` takes all visible ones with a table.
    progress
        Told the share done now and then.

    Returns
    -------
    The sheet, empty if the file cannot be read; one with formulas that have no result is read all the same, so that everything else can
    be checked. Control characters are left out of the texts, and the apostrophes that our own files have before what would be a formula;
    ="2023" in a text file is 2023, as Excel shows it.

    Notes
    -----
    The server opens nothing: a worker does, and its rows are what comes here.
    """
    tell = progress or silent
    tell(0.0, mark("Reading the file"))
    try:
        if len(content) > MAX_BYTES:
            raise error("file_too_large", limit=MAX_BYTES // 1_000_000)
        answer = read_in_worker(content, file_name, encoding, sheet)
        tell(0.8, mark("Reading the rows"))
    except RefusedError as refusal:
        return Reading(findings=(refusal.finding,))
    tell(1.0, mark("Reading the file"))
    return _reading(answer)


def _reading(answer: Answer) -> Reading:
    """Return what a worker answered: the sheet, or several with all their rows below one another."""
    parts = tuple(
        Reading(
            Sheet.of(table.rows),
            answer.encoding,
            answer.delimiter,
            table.name,
            answer.sheets,
            table.findings,
            table.spans,
        )
        for table in answer.tables
    )
    if len(parts) == 1:
        return parts[0]
    rows = [row for table in answer.tables for row in table.rows]
    return Reading(Sheet.of(rows), answer.encoding, sheets=answer.sheets, parts=parts)
