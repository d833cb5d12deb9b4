"""Delimiters among notes, and rows kept as they are."""

import pytest

from geo.uploads.bounds import MAX_CELLS, MAX_COLUMNS, MAX_ROWS, RefusedError
from geo.uploads.cleaning import clean
from geo.uploads.model import Choices, Severity
from geo.uploads.read.delimited import parse, sniff, too_long


def rows(text, delimiter=","):
    return parse(text, delimiter)


@pytest.mark.parametrize(
    ("text", "delimiter"),
    [
        ("a,b\n1,2", ","),
        ("a\tb\n1\t2", "\t"),
        ("a;b;c\n1,5;2,5;3,5\n1,5;2,5;3,5", ";"),
        ("a|b\n1|2", "|"),
        ("区，值\n荔湾，1\n越秀，2", "，"),
        ("单位，亿元，2023\n注，初步\n区,值\n荔湾,1\n越秀,2\n海珠,3", ","),
        ("说明：a;b;c;d\n区\t值\n荔湾\t1\n越秀\t2", "\t"),
        ('a,b\n"1;2;3",4\n"1;2;3",4\n"1;2;3",4', ","),
        ("one\ntwo", ","),
        ("注，一\n注，二\n注，三\n区,值\n荔湾,1", ","),
        ("1,2,3,4\na,b;c\nd,e;f", ","),
    ],
)
def test_the_delimiter_of_the_table_is_found_among_notes(text, delimiter):
    assert sniff(text) == (delimiter, text)


def test_the_first_choice_wins_where_two_fit_equally_well():
    assert sniff("1,2\t3\n4,5\t6", "\t")[0] == "\t"


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_rows_keep_their_place_whatever_is_in_them(newline):
    text = newline.join(['a,"b"', "", '"1\n2","say ""x"""', "3,4", "note"]) + newline
    assert rows(text) == [["a", "b"], [], ["1\n2", 'say "x"'], ["3", "4"], ["note"]]


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("inside", ["\n", "\r\n", "\r"])
def test_a_quoted_line_end_is_kept(newline, inside):
    assert rows(f'a{newline}"l{inside}m"{newline}b{newline}') == [["a"], [f"l{inside}m"], ["b"]]


@pytest.mark.parametrize(
    ("text", "table"),
    [
        ('1,24" x\n2,3\n', [["1", '24" x'], ["2", "3"]]),
        ('1,2" x 4"\n2,"3\n4"\n', [["1", '2" x 4"'], ["2", "3\n4"]]),
        ('1,2"\n3,4"\n', [["1", '2"'], ["3", '4"']]),
        ('"a\n\nb",1\n\n', [["a\n\nb", "1"]]),
    ],
)
def test_quotation_marks_that_quote_nothing_do_not_move_rows(text, table):
    assert rows(text) == table


def test_a_blank_row_of_a_single_column_is_kept():
    assert rows("a\n\nb") == [["a"], [], ["b"]]


def test_rows_may_be_of_different_length():
    assert rows("a\nb,c,d\ne") == [["a"], ["b", "c", "d"], ["e"]]


@pytest.mark.parametrize(
    ("text", "row"), [('a,b\n1,2\n3,"open\n4,5\n', 3), ('a,b\n"1', 2), ('"', 1), ('1,24" x\n2,"open\n3,4\n5,6\n', 2)]
)
def test_a_quotation_mark_that_never_closes_is_a_file_cut_off(text, row):
    with pytest.raises(RefusedError) as refused:
        rows(text)
    assert (refused.value.finding.code, refused.value.finding.rows) == ("cut_off", (row,))


def test_a_field_longer_than_any_cell_is_refused_with_its_row():
    with pytest.raises(RefusedError) as refused:
        rows("a\nb,c\n" + "x" * 200_000 + ",1,2")
    assert (refused.value.finding.code, refused.value.finding.rows) == ("field_too_long", (3,))


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("," * 1_000_000, "too_many_columns"),
        ("a,b\n" + "," * 1_000_000, "too_many_columns"),
        ("a,b\n" * (MAX_ROWS + 1), "too_many_rows"),
        ("a,b\nc\n" + "a,b\n" * MAX_ROWS, "too_many_rows"),
        ("," * (MAX_COLUMNS - 1) + "\n" + "a\n" * (MAX_CELLS // MAX_COLUMNS), "too_many_cells"),
        (("," * (MAX_COLUMNS - 1) + "\n") * (MAX_CELLS // MAX_COLUMNS + 1), "too_many_cells"),
    ],
    ids=["wide", "wide below", "long", "long and uneven", "large", "large and even"],
)
def test_a_table_too_large_is_refused(text, code):
    with pytest.raises(RefusedError, match=code):
        rows(text)


def test_a_row_too_wide_is_refused_before_it_is_split(peak):
    with pytest.raises(RefusedError, match="too_many_columns"):
        rows("a,b\nc\n" + "," * 1_000_000)
    assert peak() < 12_000_000  # the text in its forms takes nine, a million fields would take eight more


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("区,2023年,2022年\n荔湾区,1,262.81,1,211.5\n越秀区,3634.4,3620.1", [((2,), 3)]),
        ("标题\n区,2023年\n荔湾区,1,262.81\n越秀区,3,634.4,", [((3, 4), 2)]),
        ("区,2023年\n荔湾区,1262.81,\n越秀区,3634.4,,", []),
        ("区,2023年,,\n荔湾区,1262.81,,9.9", []),
        ("1,2,3\n1,2,3,4", []),
        ("区,2023年\n荔湾区,1262.81\n区,2022年,2021年\n荔湾区,1262.81,1", []),
        ("区,2023年\n荔湾区,1262.81\n注：见表1,表2,3", []),
    ],
)
def test_a_row_of_figures_longer_than_the_heading_is_named(text, at):
    found = list(too_long(parse(text, ",")))
    assert [(one.code, one.rows, one.params["limit"]) for one in found] == [("row_too_long", *one) for one in at]


def test_thousands_without_quotation_marks_are_an_error_of_the_file(read_here, today):
    content = "区,2023年GDP（亿元）\n荔湾区,1,262.81\n越秀区,634.4".encode()
    upload = clean(read_here(content, "a.csv"), "a.csv", "indicators", today, Choices())
    assert ("row_too_long", Severity.ERROR, (2,)) in [(one.code, one.severity, one.rows) for one in upload.findings]
