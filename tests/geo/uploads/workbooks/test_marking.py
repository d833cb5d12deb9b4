"""The file of staff as it comes back: coloured, commented, listed, and nothing in it a formula."""

import functools
import io
import sys

import openpyxl
import PIL.Image
import pytest
from openpyxl.comments import Comment
from openpyxl.drawing.image import Image
from openpyxl.styles import Font

from geo.uploads.model import Severity
from geo.uploads.read.reading import read
from geo.uploads.read.worker import LIMITS, Limits, mark_in_worker
from geo.uploads.workbooks import marking
from geo.uploads.workbooks.marking import PROBLEMS, CellNote, marked_copy
from geo.uploads.workbooks.templates import template

pytestmark = pytest.mark.slow

CSV = "区,值\n荔湾,1\n=cmd(),#N/A\n".encode()
RED, AMBER, BLUE = "00FFC7CE", "00FFEB9C", "00DDEBF7"
NOTES = [
    CellNote(2, 2, Severity.WARNING, "ten times"),
    CellNote(2, 2, Severity.ERROR, "=no number"),
    CellNote(3, None, Severity.NOTE, "look"),
    CellNote(0, None, Severity.WARNING, "whole file"),
]


def marked(content, notes, name="a.csv"):
    return openpyxl.load_workbook(io.BytesIO(marked_copy(content, name, read(content, name), notes)))


def colour(cell):
    return cell.fill.start_color.rgb


def saved(book):
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_cells_are_coloured_by_the_worst_note_and_commented_with_all():
    sheet = marked(CSV, NOTES)["a"]
    assert (colour(sheet["B2"]), sheet["B2"].comment.text) == (RED, "ten times\n=no number")
    assert (colour(sheet["A3"]), sheet["A3"].comment.text) == (BLUE, "look")
    assert (colour(sheet["A2"]), sheet["A2"].comment) == ("00000000", None)
    assert colour(marked(CSV, NOTES[:1])["a"]["B2"]) == AMBER


def test_all_notes_are_listed_with_a_link():
    sheet = marked(CSV, NOTES)[PROBLEMS]
    assert [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)] == [
        [2, "B", "警告 Warning", "ten times", "B2"],
        [2, "B", "错误 Error", "=no number", "B2"],
        [3, None, "提示 Note", "look", "A3"],
        [None, None, "警告 Warning", "whole file", None],
    ]
    assert sheet["E2"].hyperlink.location == "'a'!B2"
    assert sheet["D3"].data_type == "s"


def test_text_of_the_file_is_never_a_formula():
    content = b"a,b\n=cmd(),+1\n-1,@x\n#DIV/0!,\x01=1\n"
    cells = [cell for row in marked(content, NOTES)["a"].iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} == {"s"}
    assert [cell.value for cell in cells[2:]] == ["=cmd()", "+1", "-1", "@x", "#DIV/0!", "=1"]


def test_a_note_beyond_the_table_is_marked_too():
    sheet = marked(CSV, [CellNote(5, 4, Severity.ERROR, "missing")])["a"]
    assert (colour(sheet["D5"]), sheet["D5"].comment.text) == (RED, "missing")


@pytest.mark.parametrize(
    ("name", "title"), [("2023年[值]:x.csv", "2023年 值  x"), ("'.csv", "Sheet"), ("x" * 99 + ".csv", "x" * 31)]
)
def test_the_sheet_is_called_like_the_file(name, title):
    assert marked(CSV, NOTES, name).sheetnames == [title, PROBLEMS]


def test_comments_and_list_are_bounded(monkeypatch):
    monkeypatch.setattr("geo.uploads.workbooks.marking.MAX_COMMENTS", 1)
    monkeypatch.setattr("geo.uploads.workbooks.copies.MAX_LISTED", 2)
    book = marked(CSV, NOTES)
    assert (colour(book["a"]["A3"]), book["a"]["A3"].comment, book["a"]["B2"].comment is None) == (BLUE, None, False)
    assert [cell.value for cell in book[PROBLEMS]["D"]][1:] == ["ten times", "=no number", "… 4"]


def test_the_own_workbook_keeps_its_looks_and_other_sheets(book):
    own = openpyxl.load_workbook(io.BytesIO(book(数据=[["区", "值"], ["荔湾", "=cmd()"], ["越秀", 2]], 其他=[["x"]])))
    own["数据"]["A1"].font = Font(bold=True)
    own["数据"]["B3"].comment = Comment("my own", "me")
    own["数据"].merge_cells("A2:A3")
    found = marked(
        saved(own), [CellNote(3, 1, Severity.ERROR, "bad"), CellNote(3, 2, Severity.ERROR, "worse")], "a.xlsx"
    )
    sheet = found["数据"]
    assert found.sheetnames == ["数据", "其他", PROBLEMS]
    assert (sheet["A1"].font.bold, sheet["B2"].value, sheet["B2"].data_type) == (True, "=cmd()", "s")
    assert (colour(sheet["A2"]), sheet["A2"].comment.text) == (RED, "bad")
    assert sheet["B3"].comment.text == "my own\nworse"


def test_notes_on_cells_of_a_merged_range_are_one_mark_coloured_by_the_worst(book):
    own = openpyxl.load_workbook(io.BytesIO(book(数据=[["区", "值"], ["荔湾", 1], ["", 2]])))
    own["数据"].merge_cells("A2:A3")
    notes = [CellNote(2, 1, Severity.ERROR, "bad"), CellNote(3, 1, Severity.NOTE, "look")]
    cell = marked(saved(own), notes, "a.xlsx")["数据"]["A2"]
    assert (colour(cell), cell.comment.text) == (RED, "bad\nlook")


def test_a_template_that_was_filled_in_keeps_its_explanations(today):
    sheet = marked(template("tenants", today, "en"), [CellNote(2, 1, Severity.ERROR, "bad")], "t.xlsx")["tenants"]
    assert (sheet["A1"].comment.text, colour(sheet["A1"])) == ("ID of the company, in lower-case letters.", "00DCE6F1")


def test_a_marked_copy_that_was_mended_carries_no_old_marks(book):
    content = book(数据=[["区", "值"], ["荔湾", 1]])
    first = marked_copy(content, "a.xlsx", read(content, "a.xlsx"), [CellNote(2, 2, Severity.ERROR, "bad")])
    second = marked(first, [CellNote(2, 1, Severity.WARNING, "new")], "a.xlsx")
    assert second.sheetnames == ["数据", PROBLEMS]
    assert (second["数据"]["B2"].comment, colour(second["数据"]["B2"])) == (None, "00000000")
    assert (second["数据"]["A2"].comment.text, second[PROBLEMS].max_row) == ("new", 2)


@pytest.mark.parametrize(
    "rest",
    [
        '<hyperlinks><hyperlink ref="A1:XFD1048576" location="A1"/></hyperlinks>',
        '<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>',
        '<dataValidations count="1"><dataValidation sqref="nonsense"/></dataValidations>',
    ],
)
def test_a_workbook_that_cannot_be_opened_safely_comes_back_as_rows(packed, monkeypatch, rest):
    cells = '<row r="1"><c r="A1"><v>1</v></c></row><row r="2"><c r="A2"><v>2</v></c><c r="B2"><v>3</v></c></row>'
    limited = functools.partial(mark_in_worker, limits=Limits(processor=2))
    monkeypatch.setattr(marking, "mark_in_worker", limited)
    found = marked(packed(f"<sheetData>{cells}</sheetData>{rest}"), [CellNote(2, 2, Severity.ERROR, "bad")], "a.xlsx")
    assert (found["Sheet"]["A2"].value, found["Sheet"]["B2"].comment.text) in {("2", "bad"), ("1", "bad")}


@pytest.mark.parametrize(("memory", "kept"), [(20_000_000, False), (LIMITS.memory, True)])
def test_a_workbook_too_large_to_keep_comes_back_as_rows(book, monkeypatch, memory, kept):
    monkeypatch.setattr(marking, "mark_in_worker", functools.partial(mark_in_worker, limits=Limits(memory=memory)))
    content = book(数据=[["区", "值"], ["荔湾", 1]], 其他=[["x"]])
    assert marked(content, NOTES, "a.xlsx").sheetnames == ["数据", *["其他"][:kept], PROBLEMS]


@pytest.mark.parametrize("answer", [b"", b"Sub Auto_Open()"])
def test_an_answer_that_is_no_workbook_is_not_handed_on(book, monkeypatch, answer):
    program = [sys.executable, "-I", "-c", f"import sys; sys.stdin.buffer.read(); sys.stdout.buffer.write({answer!r})"]
    monkeypatch.setattr(marking, "mark_in_worker", functools.partial(mark_in_worker, command=program))
    assert marked(book(数据=[["区", "值"], ["荔湾", 1]], 其他=[]), NOTES, "a.xlsx").sheetnames == ["数据", PROBLEMS]


def test_pictures_stay(book):
    own = openpyxl.load_workbook(io.BytesIO(book(数据=[["区", "值"], ["荔湾", 1]])))
    picture = io.BytesIO()
    PIL.Image.new("RGB", (2, 2)).save(picture, "PNG")
    own["数据"].add_image(Image(picture), "D1")
    assert len(marked(saved(own), NOTES, "a.xlsx")["数据"]._images) == 1


def test_an_unreadable_file_comes_back_as_a_list():
    assert marked(b"", [CellNote(0, None, Severity.ERROR, "empty")])[PROBLEMS]["D2"].value == "empty"
