"""Workbooks as read: the sheet, its values as texts, merged ranges; and workbooks out to do harm."""

import datetime
import io
import zipfile

import openpyxl
import pytest

from geo.uploads import spreadsheet
from geo.uploads.bounds import RefusedError
from geo.uploads.shown import text

TABLE = [["区", "值"], ["荔湾", 1]]


def quiet(share, text):
    pass


def rows(content, sheet=""):
    found = spreadsheet.read(content, sheet, quiet).sheet
    return [list(found.row(number)) for number in range(len(found))]


def refusal(content, sheet=""):
    with pytest.raises(RefusedError) as refused:
        spreadsheet.read(content, sheet, quiet)
    return refused.value.finding


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("  a ", "  a "),
        (2023.0, "2023"),
        (2023, "2023"),
        (0.3, "0.3"),
        (1.25e-7, "0.000000125"),
        (1e20, "100000000000000000000"),
        (-7434.40, "-7434.4"),
        (True, "TRUE"),
        (False, "FALSE"),
        (datetime.date(2024, 1, 2), "2024-01-02"),
        (datetime.datetime(2024, 1, 2, 3, 4), "2024-01-02T03:04:00"),
        (datetime.time(3, 4), "03:04:00"),
        (datetime.timedelta(hours=30), "1 day, 6:00:00"),
    ],
)
def test_a_value_is_written_as_short_as_it_is_exact(value, shown):
    assert text(value) == shown


@pytest.mark.parametrize(
    ("value", "shown"), [(0.051, "5.1%"), (1.0, "100%"), (0.07, "7%"), (-0.003, "-0.3%"), ("x", "x")]
)
def test_a_percentage_is_written_as_the_workbook_shows_it(value, shown):
    assert text(value, percent=True) == shown


def test_cells_come_out_as_the_workbook_shows_them(book):
    made = openpyxl.load_workbook(
        io.BytesIO(book(a=[["区", "增速"], ["荔湾", 0.051], ["越秀", "#N/A"], ["海珠", "x"]]))
    )
    made["a"]["B2"].number_format = "0.0%"
    made["a"]["B3"].data_type = made["a"]["B4"].data_type = "e"
    made["a"]["B4"].value = "#DIV/0!"
    out = io.BytesIO()
    made.save(out)
    assert rows(out.getvalue()) == [["区", "增速"], ["荔湾", "5.1%"], ["越秀", "#N/A"], ["海珠", "#DIV/0!"]]


def test_errors_stand_in_their_own_row_and_column(packed):
    cells = (
        '<row r="1"><c r="A1" t="e"><v>#REF!</v></c><c r="B1" t="e"><v>#N/A</v></c></row>'
        '<row r="2"><c r="A2"><v>1</v></c><c r="B2" t="e"><v>#NUM!</v></c></row>'
    )
    assert rows(packed(f"<sheetData>{cells}</sheetData>")) == [["#REF!", "#N/A"], ["1", "#NUM!"]]


def test_a_sheet_full_of_errors_is_looked_through_once(monkeypatch, packed):
    class Counted(dict):
        visits = 0

        def items(self):
            Counted.visits += len(self)
            return super().items()

    whole = spreadsheet.scan

    def counting(xml, styles):
        cells = whole(xml, styles)
        cells.errors = Counted(cells.errors)
        return cells

    monkeypatch.setattr(spreadsheet, "scan", counting)
    cells = '<c t="e"><v>#N/A</v></c>' * 50
    row = f"<row>{cells}</row>"
    assert rows(packed(f"<sheetData>{row * 2}</sheetData>")) == [["#N/A"] * 50] * 2
    assert Counted.visits == 100


def test_rows_and_columns_keep_their_place_below_and_beside_empty_ones(book):
    assert rows(book(a=[[], ["", "b"], [], ["", "", 2]])) == [["", "", ""], ["", "b", ""], ["", "", ""], ["", "", "2"]]


def test_merged_ranges_hold_their_text_everywhere(book):
    made = openpyxl.load_workbook(
        io.BytesIO(book(a=[["区", "2023", ""], ["", "值", "位"], ["荔湾", 1, 2], ["", 3, 4]]))
    )
    for area in ("A1:A2", "B1:C1", "A3:A9"):
        made["a"].merge_cells(area)
    out = io.BytesIO()
    made.save(out)
    assert rows(out.getvalue()) == [["区", "2023", "2023"], ["区", "值", "位"], ["荔湾", "1", "2"], ["荔湾", "3", "4"]]


def test_the_first_visible_sheet_with_a_table_is_taken_and_all_are_listed(book):
    made = openpyxl.load_workbook(io.BytesIO(book(说明=[["only a title"]], 隐藏=TABLE, 数据=TABLE, 空=[])))
    made["隐藏"].sheet_state = "hidden"
    made.create_chartsheet("图", 0)
    out = io.BytesIO()
    made.save(out)
    found = spreadsheet.read(out.getvalue(), "", quiet)
    assert (found.name, found.encoding, found.sheets) == ("数据", "xlsx", ("说明", "隐藏", "数据", "空"))
    assert spreadsheet.read(out.getvalue(), "隐藏", quiet).name == "隐藏"
    assert refusal(out.getvalue(), "空").code == "empty_file"
    missing = refusal(out.getvalue(), "图")
    assert (missing.code, missing.value, missing.params) == ("no_such_sheet", "图", {"sheets": "说明, 隐藏, 数据, 空"})


def test_a_sheet_that_is_no_table_is_taken_where_none_is(book):
    assert rows(book(空=[], a=[["title"]])) == [["title"]]


def test_a_dimension_that_lies_makes_no_cell(packed):
    cells = '<row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>2</v></c></row><row r="2"><c r="B2"><v>3</v></c></row>'
    assert rows(packed(f'<dimension ref="A1:XFD1048576"/><sheetData>{cells}</sheetData>')) == [["1", "2"], ["", "3"]]


def test_two_cells_in_opposite_corners_are_refused_before_they_are_laid_out(packed):
    cells = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>2</v></c></row>'
    assert refusal(packed(f"<sheetData>{cells}</sheetData>")).code == "cells_too_far"


@pytest.mark.parametrize("count", ["1", "4294967295", "+4294967295", "18446744073709551615"])
def test_counts_that_lie_reserve_nothing(packed, count):
    cells = '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>0</v></c></row><row r="2"><c r="A2"><v>1</v></c></row>'
    strings = f'<sst count="{count}" uniqueCount="{count}"><si><t>one</t></si></sst>'
    parts = {"xl/sharedStrings.xml": strings.encode()}
    merged = f'<mergeCells count="{count}"><mergeCell ref="A1:B1"/></mergeCells>'
    assert rows(packed(f"<sheetData>{cells}</sheetData>{merged}", parts)) == [["one", "one"], ["1", ""]]


def test_a_merged_range_over_the_whole_sheet_fills_only_what_is_there(packed):
    cells = '<row r="1"><c r="A1"><v>1</v></c></row><row r="2"><c r="B2"><v>2</v></c></row>'
    area = '<mergeCell ref="A1:XFD1048576"/>'
    assert rows(packed(f"<sheetData>{cells}</sheetData><mergeCells>{area}</mergeCells>")) == [["1", "1"], ["1", "1"]]
    assert (
        refusal(packed(f"<sheetData>{cells}</sheetData><mergeCells>{area * 2}</mergeCells>")).code == "broken_archive"
    )


def test_entities_in_the_strings_are_refused(packed):
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10 if n else "ha"}">' for n in range(10))
    strings = f"<!DOCTYPE sst [{entities}]><sst><si><t>&e9;</t></si></sst>"
    cells = '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B2"><v>1</v></c></row>'
    bomb = packed(f"<sheetData>{cells}</sheetData>", {"xl/sharedStrings.xml": strings.encode()})
    assert refusal(bomb).code == "broken_archive"


def test_a_bomb_in_a_nested_archive_is_never_opened(book):
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("zeros", b"\0" * 20_000_000)
    out = io.BytesIO(book(a=TABLE))
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("xl/embeddings/inner.zip", inner.getvalue())
    assert rows(out.getvalue()) == [["区", "值"], ["荔湾", "1"]]


@pytest.mark.parametrize(
    ("parts", "code"),
    [
        ({"xl/worksheets/sheet1.xml": b"<worksheet><sheetData><row><c><v>1</v></c>"}, "broken_archive"),
        ({"xl/workbook.xml": b"<workbook>"}, "broken_archive"),
        ({"xl/workbook.xml": b"<workbook/>"}, "empty_file"),
        ({"xl/_rels/workbook.xml.rels": b"<Relationships/>"}, "empty_file"),
    ],
)
def test_a_workbook_with_broken_parts_is_refused(packed, parts, code):
    assert refusal(packed(parts=parts)).code == code


def test_an_archive_that_is_no_workbook_is_refused():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
    assert refusal(out.getvalue()).code == "broken_archive"


def test_cells_in_another_part_than_the_sheet_are_refused(packed):
    sheet = b"<sst><si><t>a</t></si></sst><c r='A1'><v>1</v></c>"
    cells = '<row r="1"><c r="A1" t="s"><v>0</v></c></row>'
    assert refusal(packed(f"<sheetData>{cells}</sheetData>", {"xl/sharedStrings.xml": sheet})).code == "broken_archive"


def test_ranges_that_run_backwards_or_lie_outside_change_nothing_or_are_refused(packed):
    cells = '<sheetData><row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>2</v></c></row></sheetData>'
    assert rows(packed(f'{cells}<mergeCells><mergeCell ref="A8:B9"/></mergeCells>')) == [["1", "2"]]
    assert refusal(packed(f'{cells}<mergeCells><mergeCell ref="B2:A1"/></mergeCells>')).code == "broken_archive"
    assert refusal(packed(f'{cells}<mergeCells><mergeCell ref="A0:B1"/></mergeCells>')).code == "broken_archive"
