"""The worker's own side, here without its limits."""

import io
import json
import zipfile
from pathlib import Path
from types import SimpleNamespace

import pytest

from geo.uploads import parsing, workbooks, worker
from geo.uploads.open_documents import scan
from geo.uploads.packing import Marks, UnreadableError, check, pack

WORKBOOKS = Path(__file__).parent / "workbooks"
MOST = (100, 20, 1_000)
SPACES = "".join(
    f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
)


def content(suffix):
    return (WORKBOOKS / f"small.{suffix}").read_bytes()


def rows(packed):
    texts = [[list(words)[code] for code in codes] for codes, words in packed.columns]
    return [list(row) for row in zip(*texts, strict=True)]


def document(cells):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
        inside = (
            f"<office:body><office:spreadsheet><table:table>{cells}</table:table></office:spreadsheet></office:body>"
        )
        archive.writestr("content.xml", f"<office:document-content{SPACES}>{inside}</office:document-content>")
    return out.getvalue()


@pytest.mark.parametrize("suffix", ["xls", "xlsb", "ods"])
def test_a_sheet_has_to_be_chosen_where_there_are_several(suffix):
    found = workbooks.read(content(suffix), suffix, None, MOST)
    assert found["sheets"] == [("封面", True), ("数据", True), ("隐藏", False)]
    assert found["looks"][1][-1]["3"] == "-"  # a date is no figure
    assert rows(workbooks.read(content(suffix), suffix, 2, MOST)) == [["区", "人口"], ["荔湾区", "5"]]
    assert "looks" in workbooks.read(content(suffix), suffix, "no such sheet", MOST)


def test_a_sheet_beyond_the_bounds_is_refused_before_it_is_expanded():
    with pytest.raises(UnreadableError) as refused:
        workbooks.read(content("xls"), "xls", 1, (100, 3, 1_000))
    assert refused.value.size == (4, 4)


def test_what_the_server_knows_of_the_cells_is_shown():
    known = {"percentages": {"2": [1, 9]}, "errors": {"3": {"1": "#REF!", "9": "x"}}, "merged": []}
    found = rows(workbooks.read(content("xls"), "xls", 1, MOST, known))
    assert (found[2][1], found[3][1]) == ("127793%", "#REF!")


def test_what_an_ods_workbook_says_of_its_cells_is_known():
    cells = (
        '<table:table-row table:number-rows-repeated="2" table:visibility="collapse"><table:table-cell/>'
        '<table:table-cell office:value-type="percentage" office:value="0.5" table:number-columns-repeated="9"/>'
        '</table:table-row><table:table-row><table:table-cell table:number-rows-spanned="2"/></table:table-row>'
        '<table:table-row table:number-rows-repeated="999999"><table:table-cell/></table:table-row><table:table-row/>'
    )
    assert scan(document(cells), 0, 4, 3) == Marks({0: [1, 2], 1: [1, 2]}, {}, [((2, 0), (3, 0))], [0, 1])


@pytest.mark.parametrize("broken", [b"", b"PK\x03\x04", document('<table:table-row table:number-rows-repeated="x"/>')])
def test_a_broken_ods_workbook_is_refused(broken):
    with pytest.raises(UnreadableError, match="broken_archive"):
        scan(broken, 0, 4, 4)


def test_ranges_that_cover_more_than_the_sheet_are_refused():
    assert rows(pack([["a", "b"], ["c", "d"]], 2, [((0, 0), (9, 0)), ((7, 0), (9, 1))])) == [["a", "b"], ["a", "d"]]
    with pytest.raises(UnreadableError, match="broken_archive"):
        pack([["a"]], 1, [((0, 0), (0, 0))] * 2)


def test_a_table_of_the_largest_size_is_taken():
    assert check(100, 10, MOST) is None  # no refusal


@pytest.mark.parametrize(
    ("kind", "at", "file", "columns"),
    [("xls", 1, content("xls"), 4), ("xls", None, content("xls"), 0), ("html", None, b"<table><td>a</table>", 1)],
)
def test_what_a_worker_writes_is_what_the_server_reads(monkeypatch, kind, at, file, columns):
    asked = {"kind": kind, "at": at, "marks": None, "bytes": len(file), "size": MOST, "memory": 1, "seconds": 1}
    out = io.BytesIO()
    monkeypatch.setattr(parsing, "confine", lambda memory, seconds: None)
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(json.dumps(asked).encode() + b"\n" + file)))
    monkeypatch.setattr("sys.stdout", SimpleNamespace(buffer=out))
    parsing.main()
    assert worker._answer(io.BytesIO(out.getvalue())).sheet.width == columns


def test_a_refusal_is_written(monkeypatch):
    asked = {"kind": "xls", "at": 0, "marks": None, "bytes": 3, "size": MOST, "memory": 1, "seconds": 1}
    out = io.BytesIO()
    monkeypatch.setattr(parsing, "confine", lambda memory, seconds: None)
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(json.dumps(asked).encode() + b"\nabc")))
    monkeypatch.setattr("sys.stdout", SimpleNamespace(buffer=out))
    parsing.main()
    assert json.loads(out.getvalue()) == {"unreadable": "broken_archive", "size": []}
