"""The worker's own side, here without its limits."""

import io
import json
import zipfile
from pathlib import Path
from types import SimpleNamespace

import pytest

from geo.uploads.bounds import RefusedError
from geo.uploads.read import confining, parsing, worker
from geo.uploads.read.packing import Marks
from geo.uploads.read.sheets import workbooks
from geo.uploads.read.sheets.number_formats import read_format
from geo.uploads.read.sheets.open_documents import scan

WORKBOOKS = Path(__file__).parent.parent / "workbooks"
MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
SPACES = "".join(
    f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
)


def content(suffix):
    return (WORKBOOKS / f"small.{suffix}").read_bytes()


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
def test_the_sheet_with_figures_is_chosen_and_what_is_chosen_is_read(suffix):
    found = workbooks.read(content(suffix), suffix, "", ())
    assert (found.tables[0].name, found.sheets, found.encoding) == ("数据", ("封面", "数据", "隐藏"), suffix)
    (chosen,) = workbooks.read(content(suffix), suffix, "隐藏", ()).tables
    assert (chosen.name, chosen.rows, chosen.findings) == ("隐藏", [["区", "人口"], ["荔湾区", "5"]], ())


def test_a_table_without_a_figure_is_known_by_its_headings(book):
    rows = [["企业名称", "集聚区", "狀態"], ["腾讯", "琶洲", "已入驻"]]
    file = book(封面=[["a", "b"], ["c", "d"]], 企业=rows)
    known = [worker._headings()[1]]
    assert [workbooks.read(file, "xlsx", "", given).tables[0].name for given in ((), known)] == ["封面", "企业"]


def test_a_sheet_that_is_too_large_is_refused_though_another_could_be_read(packed):
    far = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>2</v></c></row>'
    names = '<sheet name="a" sheetId="1" r:id="rId1"/><sheet name="b" sheetId="2" r:id="rId1"/>'
    space = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    parts = {"xl/workbook.xml": f"<workbook {MAIN} {space}><sheets>{names}</sheets></workbook>".encode()}
    with pytest.raises(RefusedError, match="cells_too_far"):
        workbooks.read(packed(f"<sheetData>{far}</sheetData>", parts), "xlsx", "", ())


def test_what_an_ods_workbook_says_of_its_cells_is_known():
    cells = (
        '<table:table-row table:number-rows-repeated="2" table:visibility="collapse"><table:table-cell/>'
        '<table:table-cell office:value-type="percentage" office:value="0.5" table:number-columns-repeated="9"/>'
        '</table:table-row><table:table-row><table:table-cell table:number-rows-spanned="2"/></table:table-row>'
        '<table:table-row table:number-rows-repeated="999999"><table:table-cell/></table:table-row><table:table-row/>'
    )
    assert scan(document(cells), 0, 4, 3) == Marks(
        formats={row: dict.fromkeys((1, 2), read_format("0%")) for row in (0, 1)},
        merged=[((2, 0), (3, 0))],
        hidden_rows=[0, 1],
    )


@pytest.mark.parametrize("broken", [b"", b"PK\x03\x04", document('<table:table-row table:number-rows-repeated="x"/>')])
def test_a_broken_ods_workbook_is_refused(broken):
    with pytest.raises(RefusedError, match="broken_archive"):
        scan(broken, 0, 4, 4)


@pytest.mark.parametrize(
    ("text", "meant", "rows"),
    [
        ("区,a\n荔湾,\x07b", "b", {2: (2,)}),
        ('区,a\n荔湾,"=""2023"""', "2023", {}),
        ('区,a\n荔湾,"=""a"""""', '="a""', {}),
        ("区,a\n荔湾,'=1", "=1", {}),
        ("区,a\n荔湾,'2023", "2023", {}),
        ("区,a\n荔湾,'a", "'a", {}),
    ],
)
def test_texts_are_those_that_were_meant(text, meant, rows):
    (table,) = parsing.read(text.encode(), "a.csv", "", "", ()).tables
    assert table.rows[1][1] == meant
    assert {finding.column: finding.rows for finding in table.findings} == rows


def asked(monkeypatch, file, **changes):
    """Return what the worker writes for a request, confined by nothing."""
    request = {"name": "a", "encoding": "", "sheet": "", "headings": [], "bytes": len(file), "memory": 1, "seconds": 1}
    out = io.BytesIO()
    monkeypatch.setattr(confining, "confine", lambda memory, seconds: None)
    line = json.dumps(request | changes).encode() + b"\n"
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(line + file)))
    monkeypatch.setattr("sys.stdout", SimpleNamespace(buffer=out))
    parsing.main()
    return out.getvalue()


@pytest.mark.parametrize(
    ("file", "name", "rows"),
    [
        (content("xls"), "数据", 4),
        (content("ods"), "数据", 4),
        (b"<table><td>a</table>", "", 1),
        ("a,b\n\n1,'\ud83d".encode("utf-8", "replace"), "", 3),
    ],
)
def test_what_a_worker_writes_is_what_the_server_reads(monkeypatch, file, name, rows):
    (table,) = worker._answer(asked(monkeypatch, file)).tables
    assert (table.name, len(table.rows)) == (name, rows)


def test_a_refusal_is_written_and_read(monkeypatch):
    answer = asked(monkeypatch, content("xls"), sheet="x")
    with pytest.raises(RefusedError) as refused:
        worker._answer(answer)
    assert (refused.value.finding.code, refused.value.finding.value) == ("no_such_sheet", "x")
