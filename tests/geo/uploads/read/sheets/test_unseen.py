"""What a sheet holds without showing it: hidden rows and columns, formulas without a result."""

import io

import openpyxl
import pytest

from geo.uploads.model import Severity
from geo.uploads.read.reading import read
from geo.uploads.read.sheets.unseen import letter

TABLE = [["区", "年份", "值"], ["荔湾", 2023, 1], ["越秀", 2023, 2], ["海珠", 2023, 3]]


def changed(content, change):
    made = openpyxl.load_workbook(io.BytesIO(content))
    change(made.active)
    out = io.BytesIO()
    made.save(out)
    return read(out.getvalue(), "a.xlsx")


def says(reading):
    return [(finding.code, finding.rows, finding.column, dict(finding.params)) for finding in reading.findings]


def test_formulas_of_one_column_are_one_error(book):
    def change(sheet):
        for row in range(2, 5):
            sheet.cell(row, 3).value = f"=B{row}*2"
        sheet["B4"].value = "=B3"

    reading = changed(book(a=TABLE), change)
    assert says(reading) == [
        ("formula_no_value", (4,), 2, {"count": 1}),
        ("formula_no_value", (2, 3, 4), 3, {"count": 3}),
    ]
    assert {finding.severity for finding in reading.findings} == {Severity.ERROR}
    assert len(reading.sheet) == 4  # everything else is checked all the same


def test_hidden_and_grouped_rows_with_content_are_named(book):
    def change(sheet):
        sheet.row_dimensions[2].hidden = True
        sheet.row_dimensions.group(4, 4, hidden=True)
        sheet.row_dimensions[9].hidden = True

    assert says(changed(book(a=TABLE), change)) == [("hidden_rows", (2, 4), None, {"count": 2})]


@pytest.mark.parametrize("attribute", ['ht="0" customHeight="1"', "ht = '0.0'", 'hidden="true"'])
def test_rows_are_hidden_in_more_than_one_way(packed, attribute):
    cells = f'<row r="1" ht="15"><c r="A1"><v>1</v></c><c r="B1"><v>2</v></c></row><row r="2" {attribute}><c r="A2"><v>1</v></c></row>'
    reading = read(packed(f"<sheetData>{cells}</sheetData>"), "a.xlsx")
    assert says(reading) == [("hidden_rows", (2,), None, {"count": 1})]


def test_hidden_and_grouped_columns_with_content_are_named(book):
    def change(sheet):
        sheet.column_dimensions["B"].hidden = True
        sheet.column_dimensions["D"].hidden = True

    assert says(changed(book(a=TABLE), change)) == [("hidden_columns", (), 2, {"count": 1, "columns": "B"})]
    wide = [row + row for row in TABLE]
    reading = changed(book(a=wide), lambda sheet: sheet.column_dimensions.group("B", "D", hidden=True))
    assert says(reading) == [("hidden_columns", (), None, {"count": 3, "columns": "B, C, D"})]


@pytest.mark.parametrize("attribute", ['width="0" customWidth="1"', "hidden = 'true'"])
def test_columns_are_hidden_in_more_than_one_way(packed, attribute):
    cells = '<row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>2</v></c></row><row r="2"><c r="A2"><v>1</v></c></row>'
    reading = read(
        packed(f'<cols><col min="2" max="16384" {attribute}/></cols><sheetData>{cells}</sheetData>'), "a.xlsx"
    )
    assert says(reading) == [("hidden_columns", (), 2, {"count": 1, "columns": "B"})]


@pytest.mark.parametrize(("column", "letters"), [(1, "A"), (26, "Z"), (27, "AA"), (702, "ZZ"), (703, "AAA")])
def test_a_column_is_named_as_a_spreadsheet_names_it(column, letters):
    assert letter(column) == letters
