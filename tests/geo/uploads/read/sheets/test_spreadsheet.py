"""Workbooks as read: the sheet, its values as texts, merged ranges; and workbooks out to do harm."""

import datetime
import io
import zipfile

import openpyxl
import pytest
from openpyxl.comments import Comment

from geo.uploads.bounds import RefusedError
from geo.uploads.finding import Severity
from geo.uploads.read.sheets import workbooks
from geo.uploads.workbooks.shown import text

TABLE = [["区", "值"], ["荔湾", 1]]


def workbook(content, sheet=""):
    return workbooks.read(content, "xlsx", sheet, ())


def rows(content, sheet=""):
    (table,) = workbook(content, sheet).tables
    return table.rows


def refusal(content, sheet=""):
    with pytest.raises(RefusedError) as refused:
        workbook(content, sheet)
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
    ("value", "right"), [(0.051, "5.1"), (1.0, "100"), (0.07, "7"), (-0.003, "-0.3"), ("x", "x"), (True, "TRUE")]
)
def test_the_point_of_a_number_moves_without_a_trace_of_floats(value, right):
    assert text(value, shift=-2) == right


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


NAMESPACE = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def shown(packed, formats, kinds):
    """Return how 0.5 is shown in cells of each style of a workbook."""
    xml = (
        f"<styleSheet {NAMESPACE}><numFmts>"
        + "".join(f'<numFmt numFmtId="{number}" formatCode="{code}"/>' for number, code in formats.items())
        + '</numFmts><cellStyleXfs><xf numFmtId="9"/></cellStyleXfs><cellXfs>'
        + "".join(f'<xf numFmtId="{kind}"/>' for kind in kinds)
        + "</cellXfs></styleSheet>"
    )
    cells = "".join(f'<c s="{style}"><v>0.5</v></c>' for style in range(len(kinds)))
    return rows(packed(f"<sheetData><row>{cells}</row></sheetData>", {"xl/styles.xml": xml.encode()}))[0]


def test_built_in_percentages_are_known(packed):
    assert shown(packed, {}, (0, 9, 10, 2, 9)) == ["0.5", "50%", "50%", "0.5", "50%"]


@pytest.mark.parametrize(
    ("code", "right"),
    [
        ("0.0%", "50%"),
        ("[Red]0.00%;-0%", "50%"),
        ("0&quot;%&quot;", "0.5%"),
        (r"0\%", "0.5%"),
        ("0.0", "0.5"),
        ("_%0", "0.5"),
    ],
)
def test_formats_of_the_workbook_are_read(packed, code, right):
    assert shown(packed, {164: code}, (0, 164)) == ["0.5", right]


def test_a_built_in_number_may_be_given_another_format(packed):
    assert shown(packed, {9: "0.0"}, (9, 10)) == ["0.5", "50%"]


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
    found = workbook(out.getvalue())
    assert (found.tables[0].name, found.encoding, found.sheets) == ("数据", "xlsx", ("说明", "隐藏", "数据", "空"))
    assert workbook(out.getvalue(), "隐藏").tables[0].name == "隐藏"
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


def test_a_merged_range_over_the_whole_sheet_fills_only_what_is_there(packed):
    cells = '<row r="1"><c r="A1"><v>1</v></c></row><row r="2"><c r="B2"><v>2</v></c></row>'
    area = '<mergeCell ref="A1:XFD1048576"/>'
    assert rows(packed(f"<sheetData>{cells}</sheetData><mergeCells>{area}</mergeCells>")) == [["1", "1"], ["1", "1"]]
    assert (
        refusal(packed(f"<sheetData>{cells}</sheetData><mergeCells>{area * 2}</mergeCells>")).code == "broken_archive"
    )


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
        ({"xl/_rels/workbook.xml.rels": b"<Relationships/>"}, "broken_archive"),
        ({"xl/styles.xml": b"<styleSheet"}, "broken_archive"),
    ],
)
def test_a_workbook_with_broken_parts_is_refused(packed, parts, code):
    assert refusal(packed(parts=parts)).code == code


@pytest.mark.parametrize("area", ["A8:B9", "B2:A1", "A0:B1", "AAAA1:AAAB9"])
def test_ranges_that_run_backwards_or_lie_outside_change_nothing_or_are_refused(packed, area):
    cells = '<sheetData><row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>2</v></c></row></sheetData>'
    content = packed(f'{cells}<mergeCells><mergeCell ref="{area}"/></mergeCells>')
    try:
        assert rows(content) == [["1", "2"]]
    except RefusedError as refused:
        assert refused.finding.code == "broken_archive"


def test_comments_are_repeated_but_for_our_own():
    book, out = openpyxl.Workbook(), io.BytesIO()
    for row in TABLE:
        book.active.append(row)
    for place, words, author in (("B1", "单位：\n万元", "a"), ("B2", "预测", "b"), ("A1", "help", "Guangzhou 1+1+9")):
        book.active[place].comment = Comment(words, author)
    book.save(out)
    (table,) = workbook(out.getvalue()).tables
    assert [(one.code, one.severity, one.rows, one.column, one.params) for one in table.findings] == [
        ("comment", Severity.NOTE, (1,), 2, {"words": "单位： 万元"}),
        ("comment", Severity.NOTE, (2,), 2, {"words": "预测"}),
    ]


def test_comments_that_are_broken_cost_no_table(packed):
    link = (
        b'<Relationships xmlns="x"><Relationship Id="a" Type="y/comments" Target="/xl/comments1.xml"/></Relationships>'
    )
    parts = {"xl/worksheets/_rels/sheet1.xml.rels": link, "xl/comments1.xml": b"<comments><"}
    content = packed('<sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData>', parts)
    (table,) = workbook(content).tables
    assert (table.rows, table.findings) == ([["1"]], ())
