"""What an XLS says of its cells beside their values; and records that are out of order."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.uploads.read.sheets.number_formats import shown
from geo.uploads.read.sheets.old_workbooks import scan
from geo.uploads.read.sheets.workbooks import read

FOLDER = Path(__file__).parents[2]
LOOKS = (FOLDER / "workbooks" / "looks.xls").read_bytes()  # saved by LibreOffice Calc
UNITS = (FOLDER / "corpus" / "workbooks" / "units_in_number_formats.xls").read_bytes()


def test_hidden_struck_raised_and_wrong_cells_are_known():
    marks = scan(LOOKS, 1)
    assert (marks.hidden_rows, marks.hidden_columns, marks.struck_cells) == ([2], [3], {3: [1]})
    assert marks.errors == {1: {2: "#DIV/0!"}, 4: {2: "#N/A"}}
    assert (marks.texts, marks.struck) == ({2: {1: "3895.26"}, 3: {2: "181.9¹"}}, {1: {2: "3800"}})
    assert scan(LOOKS, 0).hidden_rows == []


def test_what_an_old_workbook_does_not_mean_is_named():
    (table,) = read(LOOKS, "xls", "数据", ()).tables
    assert [found.code for found in table.findings] == ["hidden_rows", "hidden_columns", "struck_through"]
    assert [row[1:3] for row in table.rows[1:]] == [
        ["1295.65", "#DIV/0!"],
        ["3895.26", "103.86"],
        ["", "181.9¹"],
        ["6500.1", "#N/A"],
    ]


def test_number_formats_are_those_of_the_cells():
    formats = scan(UNITS, 0).formats[1]
    assert [shown(0.5, formats[column]) for column in sorted(formats)] == [
        "0.5万元",
        "0.0005",
        "0.00005",
        "50%",
        "0.5平方公里",
    ]


@pytest.mark.parametrize("content", [b"", LOOKS[:512], LOOKS[:2000], LOOKS.replace(b"W\0o\0r\0k\0", b"B\0o\0r\0k\0")])
def test_a_workbook_that_cannot_be_understood_says_nothing(content):
    assert scan(content, 0) is None


@pytest.mark.slow
@settings(derandomize=True, deadline=None, max_examples=300)
@given(st.lists(st.tuples(st.integers(0, len(LOOKS) - 1), st.binary(min_size=1, max_size=4)), max_size=6))
def test_a_damaged_workbook_ends_no_reader(patches):
    content = bytearray(LOOKS)
    for at, data in patches:
        content[at : at + len(data)] = data
    scan(bytes(content), 1)
