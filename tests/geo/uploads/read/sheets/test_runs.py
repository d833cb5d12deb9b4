"""Raised, struck and hidden parts of a text: none of their digits run into a figure, in workbooks and on pages."""

import io

import openpyxl
import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font

from geo.uploads.bounds import RefusedError
from geo.uploads.cleaning import clean
from geo.uploads.messages import describe
from geo.uploads.model import Choices, Severity
from geo.uploads.read.sheets.runs import Part, Seen, seen, unusual_strings

HEADINGS = ["地区", "2023年GDP（亿元）"]
RAISED, STRUCK = InlineFont(vertAlign="superscript"), InlineFont(strike=True)
SHARED = b"""<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>plain</t></si>
<si><r><t>1262.81</t></r><r><rPr><vertAlign val="superscript"/></rPr><t>1</t></r></si>
<si><r><rPr><strike/></rPr><t>3600</t></r><r><rPr><strike val="0"/></rPr><t>3634.4</t></r><rPh><t>x</t></rPh></si></sst>"""


@pytest.fixture
def understood(read_here, today):
    """Return what understands a workbook that is filled by a function, or a page."""

    def make(content, name="a.xlsx"):
        if callable(content):
            book, out = openpyxl.Workbook(), io.BytesIO()
            content(book.active)
            book.save(out)
            content = out.getvalue()
        return clean(read_here(content, name), name, "indicators", today, Choices())

    return make


@pytest.mark.parametrize(
    ("parts", "text", "struck"),
    [
        ([("km", False), ("2", True)], "km²", ""),
        ([("1262.81", False), ("1", True), (", 2", True)], "1262.81¹²", ""),
        ([("1262.81", False), ("a)", True)], "1262.81", ""),
        ([("荔湾区", False), ("[1]", True)], "荔湾区[1]", ""),
        ([("12", True)], "12", ""),
    ],
)
def test_raised_digits_stay_raised_and_other_marks_behind_a_number_are_left_out(parts, text, struck):
    assert seen([Part(words, raised) for words, raised in parts]) == Seen(text, struck)


def test_strings_that_cells_share_are_known_by_their_number():
    assert unusual_strings(io.BytesIO(SHARED)) == {"1": Seen("1262.81¹"), "2": Seen("3634.4", "3600")}
    assert unusual_strings(io.BytesIO(b"<sst><si><t>a</t></si></sst>")) == {}
    for broken in (b"<sst><strike>", b'<!DOCTYPE a [<!ENTITY b "b">]><sst><strike/></sst>'):
        with pytest.raises(RefusedError, match="broken_archive"):
            unusual_strings(io.BytesIO(broken))


def test_a_shared_string_is_read_as_it_looks(packed, read_here):
    cells = '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" t="s"><v>2</v></c></row>'
    content = packed(f"<sheetData>{cells}</sheetData>", {"xl/sharedStrings.xml": SHARED})
    reading = read_here(content, "a.xlsx")
    assert reading.sheet.rows == (("plain", "1262.81¹", "3634.4"),)
    assert [(one.code, one.rows, one.column) for one in reading.findings] == [("struck_through", (1,), 3)]


def test_raised_and_struck_digits_of_a_workbook_run_into_no_figure(understood):
    def fill(sheet):
        for row in (HEADINGS, ["荔湾区"], ["越秀区"], ["海珠区", 2528.3], ["天河区", 6551.2]):
            sheet.append(row)
        sheet["B2"].value = CellRichText("1262.81", TextBlock(RAISED, "1"))
        sheet["B3"].value = CellRichText(TextBlock(STRUCK, "3600"), "3634.4")
        sheet["B4"].font = Font(strike=True)

    upload = understood(fill)
    assert list(upload.table["value"]) == [1262.81, 3634.4, 6551.2]
    (finding,) = upload.findings
    assert (finding.code, finding.severity, finding.rows, finding.column, finding.heading) == (
        "struck_through", Severity.WARNING, (3, 4), 2, HEADINGS[1],
    )  # fmt: skip
    assert "3600, 2528.3" in describe(finding).wrong


def test_the_square_of_a_kilometre_stays_a_unit(understood):
    def fill(sheet):
        sheet.append(["地区", "", "时期"])
        sheet.append(["荔湾区", 59.1, "undated"])
        sheet["B1"].value = CellRichText("面积（km", TextBlock(RAISED, "2"), "）")

    upload = understood(fill)
    assert (list(upload.table["value"]), upload.findings) == ([59.1], ())


@pytest.mark.parametrize(
    ("cell", "values", "code"),
    [
        ("1262.81<sup>1</sup>", [1262.81], None),
        ("1262.81<span style='vertical-align: super'>[2]</span>", [1262.81], None),
        ("<del>1200</del>1262.81", [1262.81], "struck_through"),
        ("<span style='text-decoration: line-through'>1200</span> 1262.81", [1262.81], "struck_through"),
        ("<s>1262.81</s>", [], "struck_through"),
        ("<span style='display:none'>0000</span>1262.81", [1262.81], "hidden_words"),
        ("<i style='visibility: hidden'>9</i>1262.81<b hidden>9</b>", [1262.81], "hidden_words"),
    ],
)
def test_raised_struck_and_hidden_digits_of_a_page_run_into_no_figure(understood, cell, values, code):
    row = f"<tr><td>荔湾区<td>{cell}</tr><tr><td>越秀区<td>3634.4</tr>"
    upload = understood(f"<table><tr><td>{'<td>'.join(HEADINGS)}</tr>{row}</table>".encode(), "a.html")
    assert list(upload.table["value"]) == [*values, 3634.4]
    assert [(one.code, one.rows, one.column) for one in upload.findings] == ([(code, (2,), 2)] if code else [])


def test_a_hidden_cell_takes_no_place_and_a_row_struck_through_is_not_read(understood):
    page = (
        "<p hidden>2022年</p><table><tr><td>地区<td style='display:none'>编码<td>2023年GDP（亿元）</tr>"
        "<tr><td>荔湾区<td style='display:none'>7<td>1262.81</tr><tr style='text-decoration:line-through'><td>越秀区<td hidden>8<td>9</tr></table>"
        "<div style='display:none'><table><tr><td>地区<td>2023年GDP（亿元）</tr><tr><td>海珠区<td>2528.3</tr></table></div>"
    )
    upload = understood(page.encode(), "a.html")
    assert list(upload.table["value"]) == [1262.81, 2528.3]
    assert {(one.code, one.rows) for one in upload.findings} == {
        ("struck_through", (3,)), ("hidden_words", (1, 2, 3)), ("hidden_rows", (5, 6)),
    }  # fmt: skip
