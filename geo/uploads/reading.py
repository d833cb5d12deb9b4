"""Uploaded bytes to a sheet of texts, whatever the bytes are."""

import re
from dataclasses import replace

from geo.escaping import unguard_cell
from geo.translation import mark
from geo.uploads import decoding, delimited, foreign, spreadsheet
from geo.uploads.archives import Archive
from geo.uploads.bounds import MAX_BYTES, RefusedError, check_cells, error
from geo.uploads.garbled import check_garbled
from geo.uploads.kinds import of_archive, of_content
from geo.uploads.model import Finding, Progress, Reading, Severity, Sheet

__all__ = ["read"]

_ARCHIVE = (b"PK\x03\x04", b"PK\x05\x06")
_BLANK = b" \t\r\n\0\xef\xbb\xbf\xff\xfe"
_SEPARATOR_LINE = re.compile(rb"sep=([,;|\t])\r?\n", re.IGNORECASE)
_TEXT_FORMULA = re.compile(r'="((?:[^"]|"")*+)"')
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")


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
        One of :data:`geo.uploads.decoding.ENCODINGS` where the person knows better; "" detects it.
    sheet
        Name of a sheet of a workbook; "" takes the first visible one with a table, and names others that have one.
    progress
        Told the share done now and then.

    Returns
    -------
    The sheet, empty if the file cannot be read; one with formulas that have no result is read all the same, so that everything else can
    be checked. Control characters are left out of the texts, and the apostrophes that our own files have before what would be a formula;
    ="2023" in a text file is 2023, as Excel shows it.
    """
    tell = progress or _silent
    tell(0.0, mark("Reading the file"))
    try:
        found = _read(content, file_name, encoding if encoding in decoding.ENCODINGS else "", sheet, tell)
        check_cells(found.sheet)
        check_garbled(found.sheet)
    except RefusedError as refusal:
        return Reading(findings=(refusal.finding,))
    tell(1.0, mark("Reading the file"))
    return _without_guards(_without_controls(found))


def _silent(share: float, text: str) -> None:
    """Take a report of progress nobody asked for."""


def _read(content: bytes, file_name: str, encoding: str, sheet: str, tell: Progress) -> Reading:
    """Return the sheet of a file that is neither too large, empty, nor of a kind that holds no table we read."""
    if len(content) > MAX_BYTES:
        raise error("file_too_large", limit=MAX_BYTES // 1_000_000)
    if not content[:1000].strip(_BLANK) and not content.strip(_BLANK):
        raise error("empty_file")
    kind = of_content(content, file_name)
    if content.startswith(_ARCHIVE):
        kind = of_archive(Archive(content))
    if kind == "xlsx":
        return spreadsheet.read(content, sheet, tell)
    if kind == "html":
        name, data = decoding.decode(content, encoding)
        return foreign.page(data, name, tell)
    if kind:
        return foreign.workbook(content, kind, sheet, tell)
    return _read_text(content, file_name, encoding, tell)


def _read_text(content: bytes, file_name: str, encoding: str, tell: Progress) -> Reading:
    """Return the sheet of a text file."""
    name, data = decoding.decode(content, encoding)
    declared = _SEPARATOR_LINE.match(data)  # Excel takes the line as a setting, not as a row
    if declared:
        delimiter, data = declared[1].decode(), data[declared.end() :]
    else:
        delimiter = delimited.sniff(data, "\t" if file_name.lower().endswith((".tsv", ".tab")) else ",")
    tell(0.2, mark("Reading the rows"))
    sheet = delimited.parse(data, delimiter, lambda share: tell(0.2 + 0.7 * share, mark("Reading the rows")))
    if not any(text.strip() for row in sheet.rows for text in row):
        raise error("empty_file")
    return Reading(sheet, name, delimiter)


def _without_controls(reading: Reading) -> Reading:
    """Return a reading whose texts hold no control characters, with a warning for each column that did."""
    # Many times faster than the search, and nearly always so.
    if all("".join(row).isprintable() for row in reading.sheet.rows):
        return reading
    findings = list(reading.findings)
    for number in range(reading.sheet.width):
        rows = tuple(row for row, text in enumerate(reading.sheet.column(number), 1) if _CONTROLS.search(text))
        if rows:
            params = {"count": len(rows)}
            findings.append(Finding("control_characters", Severity.WARNING, rows, number + 1, params=params))
    sheet = Sheet(tuple(tuple(_CONTROLS.sub("", text) for text in row) for row in reading.sheet.rows))
    return replace(reading, sheet=sheet, findings=tuple(findings))


def _without_guards(reading: Reading) -> Reading:
    """Return a reading with the texts that were meant: Excel, and the templates, write some so that they are not taken for others.

    A cell of a template may have come back with an apostrophe in front; ="2023" is how a text file tells Excel that 2023 is a text.
    """
    starts, change = (("'",), unguard_cell) if reading.sheets else (("'", '="'), _meant)
    rows = (tuple(change(text) if text.startswith(starts) else text for text in row) for row in reading.sheet.rows)
    return replace(reading, sheet=Sheet(tuple(rows)))


def _meant(text: str) -> str:
    """Return the text that a cell of a text file stands for."""
    found = _TEXT_FORMULA.fullmatch(text)
    return found[1].replace('""', '"') if found else unguard_cell(text)
