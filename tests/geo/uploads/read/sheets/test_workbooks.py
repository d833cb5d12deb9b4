"""Workbooks there and back: what is handed out is read again as what it was made from."""

import io
import zipfile
from collections.abc import Callable

import openpyxl
import pytest

from geo.changes.merge import as_stored
from geo.data.story import frame_of
from geo.fields import COLUMNS
from geo.schema import Atlas
from geo.uploads.cleaning import clean
from geo.uploads.model import KINDS, Choices, Kind, Reading, Severity, Upload
from geo.uploads.read.reading import read
from geo.uploads.workbooks.marking import CellNote, marked_copy
from geo.uploads.workbooks.templates import template, template_csv

pytestmark = pytest.mark.slow

MACROS = "xl/vbaProject.bin"
NOTES = [CellNote(0, None, Severity.NOTE, "whole file"), CellNote(2, 2, Severity.ERROR, "bad")]


def understood(content: bytes, kind: Kind, today: Atlas, name: str = "template.xlsx") -> Upload:
    return clean(read(content, name), name, kind, today, Choices())


def texts(reading: Reading) -> list[tuple[str, ...]]:
    return [reading.sheet.row(number) for number in range(len(reading.sheet))]


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(("make", "name"), [(template, "template.xlsx"), (template_csv, "template.csv")])
def test_a_template_is_understood_as_exactly_todays_table(today: Atlas, kind: Kind, language: str, make, name: str):
    upload = understood(make(kind, today, language), kind, today, name)
    table = frame_of(today.slides) if kind == "slides" else getattr(today, kind)
    if kind == "clusters":
        table = table.assign(assumption=table["assumption"].map({True: "yes", False: "no"}))
    names = list(COLUMNS[f"{kind}.csv"])
    assert upload.table[names].to_numpy().tolist() == table[names].to_numpy().tolist()
    assert upload.findings == ()
    assert {use.how for use in upload.columns} <= {"name", "alias"}


@pytest.mark.parametrize(("language", "metric"), [("zh", "地区生产总值"), ("en", "GDP")])
def test_a_row_filled_in_below_is_understood_though_codes_became_numbers(today: Atlas, language, metric):
    book = openpyxl.load_workbook(io.BytesIO(template("indicators", today, language)))
    book["indicators"].append([440103, None, metric, 2030, 12.5, "万元", "ranking-2023", "verified", "new"])
    out = io.BytesIO()
    book.save(out)
    last = as_stored(understood(out.getvalue(), "indicators", today).table, "indicators").iloc[-1]
    assert last.tolist() == ["440103", "gdp", "2030", "0.00125", "ranking-2023", "verified", "new"]


@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
def test_a_marked_copy_is_read_as_the_file_it_was_made_from(book: Callable[..., bytes], suffix: str):
    rows = [["区", "值"], ["荔湾区", "=1+1"], ["", ""], ["越秀区", "007"]]
    content = book(数据=rows) if suffix == "xlsx" else "\n".join(map(",".join, rows)).encode()
    first = read(content, f"f.{suffix}")
    again = read(marked_copy(content, f"f.{suffix}", first, NOTES), "f-checked.xlsx")
    assert texts(again) == texts(first) == [tuple(row) for row in rows]
    assert again.findings == ()


def test_a_marked_copy_keeps_no_macros(book: Callable[..., bytes]):
    out = io.BytesIO(book(数据=[["区", "值"], ["荔湾区", "1"]], 其他=[["x"]]))
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr(MACROS, b"Sub Auto_Open()")
    content = out.getvalue()
    copy = marked_copy(content, "f.xlsm", read(content, "f.xlsm"), NOTES)
    assert MACROS not in zipfile.ZipFile(io.BytesIO(copy)).namelist()
    assert openpyxl.load_workbook(io.BytesIO(copy)).sheetnames[:2] == ["数据", "其他"]
