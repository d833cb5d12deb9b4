"""Sheets made from text that can be read by eye, and the shipped data as the atlas of today."""

import csv
import io
import tracemalloc
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import openpyxl
import pytest

from geo.data.loading import load
from geo.schema import Atlas
from geo.uploads.cleaning import clean
from geo.uploads.model import Choices, Finding, Reading, Sheet, Upload
from geo.uploads.read import parsing, reading, worker
from tests.fixtures import DATA


@pytest.fixture(scope="session")
def sheet() -> Callable[[str], Sheet]:
    """Return a maker of sheets from the text of a CSV file."""
    return lambda text: Sheet.of(list(csv.reader(io.StringIO(text.strip("\n")))))


@pytest.fixture(scope="session")
def rows_sheet() -> Callable[[Sequence[Sequence[str]]], Sheet]:
    """Return a maker of sheets from rows of texts."""
    return Sheet.of


@pytest.fixture(scope="session")
def today() -> Atlas:
    """Return the shipped data."""
    return load(DATA)


@pytest.fixture(scope="session")
def cleaned(sheet: Callable[[str], Sheet], today: Atlas) -> Callable[..., Upload]:
    """Return a cleaner of the text of a CSV file: of indicators, unless it says another kind; choices by name."""

    def make(text: str, kind: Any = "indicators", **choices: Any) -> Upload:
        return clean(Reading(sheet(text)), "file.csv", kind, today, Choices(**choices))

    return make


@pytest.fixture(scope="session")
def figures() -> Callable[[Upload], dict[tuple[str, str, str], float]]:
    """Return what turns an upload into values by adcode, metric and period."""

    def make(upload: Upload) -> dict[tuple[str, str, str], float]:
        table = upload.table
        return dict(
            zip(zip(table["adcode"], table["metric"], table["period"], strict=True), table["value"], strict=True)
        )

    return make


@pytest.fixture(scope="session")
def found() -> Callable[..., list[Finding]]:
    """Return what picks the findings with a code out of an upload."""
    return lambda upload, code: [finding for finding in upload.findings if finding.code == code]


def _book(sheets: Mapping[str, Sequence[Sequence[Any]]]) -> bytes:
    """Return a workbook written by openpyxl; text is text, whatever it begins with."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        page = book.create_sheet(title)
        for row, values in enumerate(rows, 1):
            for column, value in enumerate(values, 1):
                if value not in ("", None):
                    cell = page.cell(row, column, value)
                    cell.data_type = "s" if isinstance(value, str) else cell.data_type
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.fixture(scope="session")
def book() -> Callable[..., bytes]:
    """Return a maker of workbooks from rows of values by name of the sheet."""
    return lambda **sheets: _book(sheets)


@pytest.fixture
def peak() -> Iterator[Callable[[], int]]:
    """Return what tells the most bytes Python held at any moment since the test began."""
    tracemalloc.start()
    yield lambda: tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()


@pytest.fixture(scope="session")
def packed() -> Callable[..., bytes]:
    """Return a maker of workbooks of one sheet whose XML, and other parts by name, are written by hand."""

    def make(sheet_data: str = "", parts: Mapping[str, bytes] | None = None) -> bytes:
        out = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(_book({"Sheet": []}))) as plain:
            members = {name: plain.read(name) for name in plain.namelist()}
        namespace = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
        sheet = f"<worksheet {namespace}>{sheet_data}</worksheet>".encode()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, data in (members | {"xl/worksheets/sheet1.xml": sheet} | dict(parts or {})).items():
                archive.writestr(name, data)
        return out.getvalue()

    return make


@pytest.fixture(scope="session")
def read_here() -> Callable[..., Reading]:
    """Return what reads a file as the desk does, but without a process for each: for tests of many files."""

    def make(content: bytes, name: str, encoding: str = "", sheet: str = "") -> Reading:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(reading, "read_in_worker", lambda *asked: parsing.read(*asked, worker._headings()))
            return reading.read(content, name, encoding=encoding, sheet=sheet)

    return make
