"""Whatever the bytes, a reading; and every table comes back as it was written."""

import csv
import io

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.uploads.bounds import MAX_BYTES
from geo.uploads.messages import MESSAGES, describe
from geo.uploads.model import Reading, Severity
from geo.uploads.read.decoding import ENCODINGS
from geo.uploads.read.reading import read

pytestmark = pytest.mark.slow

QUIET = settings(derandomize=True, deadline=None, max_examples=80)
TEXT = st.text(st.sampled_from('ab1 ,"\n\r\n.-=+@％区廣萬亿州荔湾'), max_size=6)
TABLES = st.integers(2, 5).flatmap(
    lambda width: st.lists(st.lists(TEXT, min_size=width, max_size=width), min_size=2, max_size=6)
)
TRADITIONAL = str.maketrans("区亿湾", "區億灣")
HEAD = ["区", "指标", "时期", "数值"]


def rows(reading: Reading) -> list[list[str]]:
    return [list(reading.sheet.row(number)) for number in range(len(reading.sheet))]


def written(table, delimiter=","):
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter).writerows(table)
    return out.getvalue()


def unified(text):
    """Return a text with the line ends that XML has."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def only(reading):
    (finding,) = reading.findings
    assert describe(finding).wrong
    return finding


@QUIET
@given(
    st.one_of(
        st.binary(max_size=200),
        st.sampled_from([b"PK\x03\x04", b"\xff\xfe", b"\xef\xbb\xbf", b"sep=;\n", b'"']).flatmap(
            lambda head: st.binary(max_size=100).map(lambda tail: head + tail)
        ),
    ),
    st.text(max_size=10),
    st.one_of(st.sampled_from(["", *ENCODINGS]), st.text(max_size=5)),
)
def test_any_bytes_give_a_reading(read_here, content, name, encoding):
    reading = read_here(content, name, encoding, name)
    failed = any(finding.severity is Severity.ERROR for finding in reading.findings)
    assert failed == (len(reading.sheet) == 0)
    assert {finding.code for finding in reading.findings} <= set(MESSAGES)


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "gb18030", "big5"])
@QUIET
@given(TABLES)
def test_a_table_written_in_any_encoding_comes_back(read_here, codec, table):
    head = ["區", "指標", "時期", "合計"] if codec == "big5" else HEAD
    table = [head[:2] + [""] * (len(table[0]) - 2), *table]
    table = [[cell if codec != "big5" else cell.translate(TRADITIONAL) for cell in row] for row in table]
    reading = read_here(written(table).encode(codec), "a.csv")
    assert (reading.encoding, reading.findings) == (codec, ())
    assert rows(reading) == table


@QUIET
@given(TABLES)
def test_a_table_written_by_openpyxl_comes_back(read_here, table):
    table = [[cell if cell.strip() else "" for cell in row] for row in table]
    table = [HEAD[: len(table[0])] + ["x"] * (len(table[0]) - 4), *table, ["end"] * len(table[0])]
    book = openpyxl.Workbook()
    for number, row in enumerate(table, 1):
        for column, text in enumerate(row, 1):
            if text:
                book.active.cell(number, column, text).data_type = "s"
    out = io.BytesIO()
    book.save(out)
    found = rows(read_here(out.getvalue(), "a.xlsx"))
    assert [list(map(unified, row)) for row in found] == [list(map(unified, row)) for row in table]


@pytest.mark.parametrize("delimiter", [",", "\t", ";", "|"])
def test_a_delimiter_is_found_and_said(delimiter):
    reading = read(written([HEAD, ["荔湾区", "GDP", "2023", "1,5"]], delimiter).encode(), "a.csv")
    assert (rows(reading)[1], reading.delimiter) == (["荔湾区", "GDP", "2023", "1,5"], delimiter)


def test_the_name_decides_where_the_content_does_not():
    assert read(b"1,2\t3\n4,5\t6", "a.TSV").delimiter == "\t"


def test_the_separator_that_excel_is_told_is_no_row():
    reading = read(b"\xef\xbb\xbfsep=;\r\na,b;c\r\n1,2;3\r\n", "a.csv")
    assert (rows(reading), reading.delimiter) == ([["a,b", "c"], ["1,2", "3"]], ";")


def test_control_characters_are_left_out_and_named():
    reading = read(b"a,b\nx\x07y,1\nxy,2\n\x1b,3", "a.csv")
    finding = only(reading)
    assert rows(reading) == [["a", "b"], ["xy", "1"], ["xy", "2"], ["", "3"]]
    assert (finding.code, finding.severity, finding.rows, finding.column) == (
        "control_characters", Severity.WARNING, (2, 4), 1,
    )  # fmt: skip


@pytest.mark.parametrize("char", ["\x07", "\x1f", "\x7f", "\x85", "\uffff"])
@pytest.mark.parametrize("letter", ["x", "区"])
def test_control_characters_are_found_among_many_distinct_texts(char, letter):
    table = [[f"{letter}{number}", "1"] for number in range(2_000)]
    dirty = [[f"{letter}{char}7", cell] if number == 7 else [text, cell] for number, (text, cell) in enumerate(table)]
    reading = read(written(dirty).encode(), "a.csv")
    assert (only(reading).code, only(reading).rows, rows(reading)) == ("control_characters", (8,), table)


@pytest.mark.parametrize("letter", ["x", "区", "~ "])
def test_many_distinct_texts_without_control_characters_stay_as_they_are(letter):
    table = [[f"{letter}{number}", "1"] for number in range(2_000)]
    reading = read(written(table).encode(), "a.csv")
    assert (reading.findings, rows(reading)) == ((), table)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty_file"),
        (b"\xef\xbb\xbf \r\n\t", "empty_file"),
        (b",,\n,,\n", "empty_file"),
        (b"sep=;\n", "empty_file"),
        (b"%PDF-1.7\n", "is_pdf"),
        (b"\x89PNG\r\n\x1a\n", "is_picture"),
        (b"<html><table><tr><td> </td></tr></table></html>", "empty_file"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 99, "broken_archive"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "password"),
        (b"PK\x03\x04", "broken_archive"),
        (b"a,b\n1,\0\n", "binary"),
        (b"x" * (MAX_BYTES + 1), "file_too_large"),
        (b"," * 1_000_000, "too_many_columns"),
        ('区,值\n"荔湾,1\n'.encode(), "cut_off"),
        ("区,值\n荔湾".encode()[:-1], "cut_off"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_no_table_is_refused_with_a_message(content, code):
    reading = read(content, "a.csv")
    finding = only(reading)
    assert (finding.code, finding.severity, len(reading.sheet)) == (code, Severity.ERROR, 0)


def test_progress_goes_from_nothing_to_all():
    told = []
    read(b"a,b\n1,2\n3\n", "a.csv", progress=lambda share, text: told.append((share, text)))
    assert told[0] == (0.0, "Reading the file")
    assert told[-1][0] == 1.0
    assert [share for share, _ in told] == sorted(share for share, _ in told)
