"""A stranger's file to rows, whatever it is. Runs in the worker, which starts in a tenth of a second: nothing heavy is imported here."""

import json
import re
import sys
from collections.abc import Iterator
from dataclasses import asdict, replace
from typing import Any

from geo.escaping import unguard_cell
from geo.uploads.bounds import RefusedError, check_cells, error
from geo.uploads.finding import Finding, Severity
from geo.uploads.read import delimited
from geo.uploads.read.confining import take
from geo.uploads.read.decoding import decode
from geo.uploads.read.garbled import check_garbled
from geo.uploads.read.kinds import of_archive, of_content
from geo.uploads.read.packing import BETWEEN_CELLS, BETWEEN_ROWS, BETWEEN_TABLES, CONTROLS, Answer, Rows, Table
from geo.uploads.read.sheets import web_tables, workbooks
from geo.uploads.read.sheets.choice import Headings
from geo.uploads.read.sheets.unseen import spanned, unseen

__all__ = ["main", "read"]

_ARCHIVE = (b"PK\x03\x04", b"PK\x05\x06")
_BLANK = b" \t\r\n\0\xef\xbb\xbf\xff\xfe"
_TABS = (".tsv", ".tab")
_TEXT_FORMULA = re.compile(r'="((?:[^"]|"")*+)"')
_TEXT_NUMBER = re.compile("'[0-9]")


def main() -> None:
    """Answer a request with what :func:`geo.uploads.read.worker.read_in_worker` expects."""
    request, content = take()
    for part in _answer(content, request):
        sys.stdout.buffer.write(part)
    sys.stdout.buffer.flush()


def read(content: bytes, name: str, encoding: str, sheet: str, headings: Headings) -> Answer:
    """Return what there is in a file, whatever its bytes are.

    Parameters
    ----------
    name
        Of the file; only what the content leaves open is taken from it.
    encoding
        One of :data:`geo.uploads.read.decoding.ENCODINGS`; "" detects it.
    sheet
        Of a workbook; "" takes the first with a table.
    headings
        Of tables without figures.

    Raises
    ------
    RefusedError
        If there is no table, or it is too large.
    """
    if not content[:1000].strip(_BLANK) and not content.strip(_BLANK):
        raise error("empty_file")
    kind = of_archive(content) if content.startswith(_ARCHIVE) else of_content(content, name)
    if kind == "html":
        encoding, text = decode(content, encoding)
        rows, marks = web_tables.read(text)
        table = Table(rows, findings=tuple(unseen(marks, rows)), spans=tuple(spanned(marks.merged, rows)))
        answer = Answer((table,), encoding)
    elif kind:
        answer = workbooks.read(content, kind, sheet, headings)
    else:
        encoding, text = decode(content, encoding)
        delimiter, text = delimited.sniff(text, "\t" if name.lower().endswith(_TABS) else ",")
        rows = delimited.parse(text, delimiter)
        answer = Answer((Table(rows, findings=tuple(delimited.too_long(rows))),), encoding, delimiter)
    tables = tuple(_as_meant(table, is_text=not answer.sheets) for table in answer.tables)
    if not any(cell.strip() for table in tables for row in table.rows for cell in row):
        raise error("empty_file")
    return replace(answer, tables=tables)


def _as_meant(table: Table, *, is_text: bool) -> Table:
    """Return a table without control characters, with a warning for each column that had any, and with the texts that were meant.

    A cell of a template may have come back with an apostrophe in front; ="2023" and '2023 are how a text file tells Excel that 2023 is a text.
    """
    check_cells(table.rows)
    check_garbled(table.rows)  # control characters are a sign of it
    dirty: dict[int, list[int]] = {}
    for number, row in enumerate(table.rows, 1):
        whole = "".join(row)
        if not whole.isprintable() and CONTROLS.search(whole):
            for column, cell in enumerate(row):
                if CONTROLS.search(cell):
                    dirty.setdefault(column + 1, []).append(number)
                    row[column] = CONTROLS.sub("", cell)
        if "'" in whole or '="' in whole:
            row[:] = [_unguarded(cell, is_text=is_text) for cell in row]
    found = (
        Finding("control_characters", Severity.WARNING, tuple(at), column, params={"count": len(at)})
        for column, at in sorted(dirty.items())
    )
    return replace(table, findings=(*table.findings, *found))


def _unguarded(cell: str, *, is_text: bool) -> str:
    """Return the text that a cell stands for."""
    if is_text and (found := _TEXT_FORMULA.fullmatch(cell)):
        return found[1].replace('""', '"')
    return cell[1:] if is_text and _TEXT_NUMBER.match(cell) else unguard_cell(cell)


def _answer(content: bytes, request: dict[str, Any]) -> Iterator[bytes]:
    """Yield what is written to the server: a line of JSON, then the texts."""
    try:
        found = read(content, request["name"], request["encoding"], request["sheet"], request["headings"])
    except RefusedError as refusal:
        yield _line({"refused": asdict(refusal.finding)})
        return
    about = {"encoding": found.encoding, "delimiter": found.delimiter, "sheets": found.sheets}
    tables = [
        {"name": table.name, "findings": [asdict(one) for one in table.findings], "spans": table.spans}
        for table in found.tables
    ]
    yield _line(about | {"tables": tables})
    yield BETWEEN_TABLES.join(_joined(table.rows) for table in found.tables).encode("utf-8", "replace")


def _line(about: dict[str, Any]) -> bytes:
    """Return a line of JSON."""
    return json.dumps(about).encode() + b"\n"


def _joined(rows: Rows) -> str:
    """Return the texts of a table as one."""
    return BETWEEN_ROWS.join(map(BETWEEN_CELLS.join, rows))
