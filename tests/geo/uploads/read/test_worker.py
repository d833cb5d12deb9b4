"""One wall: whatever a parser does with a file costs one process, and the desk says a sentence."""

import functools
import io
import json
import os
import sys
import tracemalloc
import zipfile
from pathlib import Path

import pytest

from geo.uploads.bounds import MAX_CELL, MAX_CELLS, MAX_COLUMNS, MAX_ROWS, RefusedError
from geo.uploads.messages import describe
from geo.uploads.read import reading, worker
from geo.uploads.read.reading import read
from geo.uploads.read.sheets import workbooks
from geo.uploads.read.worker import COMMAND, Limits, read_in_worker

pytestmark = pytest.mark.slow

WORKBOOKS = Path(__file__).parent.parent / "workbooks"
SMALL = (WORKBOOKS / "small.xls").read_bytes()
FORMATS = ["xls", "xlsb", "ods"]
HEAD = '{"encoding": "xls", "delimiter": "", "sheets": ["x"], "tables": [{"name": "x", "findings": [], "spans": []}]}\n'


def program(source):
    """Return what starts another program in place of the worker's."""
    return [sys.executable, "-I", "-c", source]


def inside(source):
    """Return what starts the worker, with something done once it is confined and has its file."""
    begin = (
        f"import os, resource, signal, socket, sys; sys.path.append({COMMAND[-1]!r})\n"
        "from geo.uploads.read import parsing\nfrom geo.uploads.read.packing import Answer, Table\n"
    )
    return program(f"{begin}def hook(*_):\n    {source}\nparsing.read = hook\nparsing.main()")


def answering(text):
    """Return what starts a program that answers so, whatever it is asked."""
    return program(f"import sys; sys.stdin.buffer.read(); sys.stdout.buffer.write({text!r})")


def refusal(command=COMMAND, content=SMALL, limits=worker.LIMITS):
    with pytest.raises(RefusedError) as refused:
        read_in_worker(content, "a.xls", limits=limits, command=command)
    finding = refused.value.finding
    assert all((describe(finding).wrong, describe(finding).remedy))
    return finding.code


def descriptors():
    return sorted(path.name for path in Path("/dev/fd").iterdir())


@pytest.mark.parametrize("suffix", FORMATS)
def test_workbooks_of_other_formats_are_read_to_their_cells(suffix):
    reading = read((WORKBOOKS / f"small.{suffix}").read_bytes(), f"a.{suffix}")
    assert (reading.encoding, reading.name, reading.sheets) == (suffix, "数据", ("封面", "数据", "隐藏"))
    growth = ("4.8%", "4.6%") if suffix == "ods" else ("4.8", "4.6")  # as each of the workbooks shows it
    rows = [reading.sheet.row(number) for number in range(len(reading.sheet))]
    assert rows[1:] == [
        ("区", "地区生产总值（亿元）", "地区生产总值增速（%）", "发布日期"),
        ("荔湾区", "1277.93", growth[0], "2024-01-26"),
        ("越秀区", "3810.24", growth[1], "2024-01-26"),
    ]
    assert [finding.code for finding in reading.findings] == ["sheet_passed_over", "hidden_sheets"]


@pytest.mark.parametrize("suffix", FORMATS)
def test_a_chosen_sheet_is_read_and_an_unknown_one_refused(suffix):
    content = (WORKBOOKS / f"small.{suffix}").read_bytes()
    chosen = read(content, f"a.{suffix}", sheet="隐藏")
    assert (chosen.findings, chosen.sheet.row(1)) == ((), ("荔湾区", "5"))
    (finding,) = read(content, f"a.{suffix}", sheet="x").findings
    assert (finding.code, finding.params["sheets"]) == ("no_such_sheet", "封面, 数据, 隐藏")


@pytest.mark.parametrize("suffix", ["xls", "ods"])
def test_merged_cells_are_filled(suffix):
    assert set(read((WORKBOOKS / f"small.{suffix}").read_bytes(), "a").sheet.row(0)) == {"2023年各区主要指标"}


def test_the_name_of_a_file_decides_nothing():
    assert read(SMALL, "a.csv").encoding == "xls"


@pytest.mark.parametrize(
    "source",
    [
        "os.kill(os.getpid(), 9)",
        "os.abort()",
        "os._exit(0)",
        "raise KeyError(1)",
    ],
)
def test_a_worker_that_ends_costs_a_sentence(source):
    assert refusal(inside(source)) == "reading_ended"


@pytest.mark.parametrize(
    ("source", "refused"),
    [("open('/etc/passwd')", OSError), ("socket.socket()", OSError), ("bytes(1 << 30)", MemoryError)],
)
def test_a_worker_opens_no_file_and_no_connection_and_gets_no_more_memory(source, refused):
    hook = f"try: {source}\n    except {refused.__name__}: return Answer((Table([['refused']]),), '')"
    assert read_in_worker(b"", "a.xls", command=inside(hook)).tables[0].rows == [["refused"]]


@pytest.mark.parametrize("name", ["28_sheet_per_year.xlsx", "02_equals_quote.csv", "14c_div_table.xls"])
def test_a_worker_that_ends_at_a_file_of_any_kind_costs_a_sentence(monkeypatch, name):
    killed = functools.partial(read_in_worker, command=inside("os.kill(os.getpid(), 9)"))
    monkeypatch.setattr(reading, "read_in_worker", killed)
    content = (Path(__file__).parent.parent / "desk_cases" / name).read_bytes()
    assert [finding.code for finding in read(content, name).findings] == ["reading_ended"]


def test_a_worker_has_its_limits_and_nothing_of_the_servers_environment(monkeypatch):
    monkeypatch.setenv("DASHBOARD_DATABASE_URL", "postgresql://secret")
    source = (
        "kinds = [resource.RLIMIT_CPU, resource.RLIMIT_FSIZE, resource.RLIMIT_NOFILE, resource.RLIMIT_CORE]; "
        "return Answer((Table([[str(resource.getrlimit(kind)) for kind in kinds], [*os.environ]]),), '')"
    )
    (table,) = read_in_worker(b"", "a.xls", command=inside(source)).tables
    assert table.rows[0] == ["(20, 21)", "(0, 0)", "(3, 3)", "(0, 0)"]
    assert "DASHBOARD_DATABASE_URL" not in table.rows[1]


@pytest.mark.skipif(sys.platform != "linux", reason="other systems know no bound of address space")
def test_a_starved_worker_costs_a_sentence():
    assert refusal(content=SMALL + bytes(8_000_000), limits=Limits(memory=1_000_000)) == "reading_ended"


def test_a_worker_that_never_ends_is_stopped():
    assert refusal(program("while True: pass"), limits=Limits(wall=0.05)) == "reading_too_long"


def test_a_worker_that_uses_up_its_time_is_stopped():
    command = inside("os.kill(os.getpid(), signal.SIGXCPU)")
    assert refusal(command) == "reading_too_long"


def test_a_worker_that_never_reads_is_stopped():
    command = program("import signal; signal.pause()")
    assert refusal(command, content=bytes(1_000_000), limits=Limits(wall=0.05)) == "reading_too_long"


def test_a_worker_that_says_too_much_is_stopped():
    command = program("import sys\nwhile True: sys.stdout.write('x' * 100_000)")
    assert refusal(command, limits=Limits(answer=1_000_000)) == "too_much_text"


def test_what_a_worker_started_ends_with_it():
    source = "import os, signal\nif os.fork(): os._exit(0)\nsignal.pause()"
    assert refusal(program(source), limits=Limits(wall=0.3)) == "reading_too_long"  # the child holds the pipe open


def head(**changes):
    return json.dumps(json.loads(HEAD) | changes).encode() + b"\n"


def finding(**changes):
    """Return an answer with a finding."""
    found = {
        "code": "hidden_rows",
        "severity": "warning",
        "rows": [1],
        "column": None,
        "value": "",
        "params": {"count": 1},
    }
    return head(tables=[{"name": "x", "findings": [found | changes], "spans": []}]) + b"a"


def spans(areas):
    """Return an answer with areas of several cells."""
    return head(tables=[{"name": "x", "findings": [], "spans": areas}]) + b"a"


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"\xff\xfe",
        b"[" * 100_000,
        b"[" * 100_000 + b"\n",
        b"[]\n",
        b"{}\n",
        b'{"refused": {}}\n',
        b'{"refused": 1}\n',
        HEAD.encode() + b"\xff",
        HEAD.encode() + b"\xed\xa0\x80",
        HEAD.encode() + b"a\x1db",
        HEAD.encode() + b"a\x1bb",
        HEAD.encode() + b"\x1f" * (MAX_CELLS + 1),
        head(tables=[]) + b"a",
        head(sheets=["y"]) + b"a",
        head(sheets=[1]) + b"a",
        head(encoding=1) + b"a",
        head(encoding="\ud800") + b"a",
        head(filler=" " * 16_000_000) + b"a",
        spans([[1]]),
        spans([[[2, 0], [1, 0]]]),
        spans([[[0, -1], [1, 0]]]),
        spans([[[0, 0], [MAX_CELLS, 0]]]),
        finding(code="no_such_code"),
        finding(severity="terrible"),
        finding(rows=[0]),
        finding(rows=[10**15]),
        finding(rows=["x"]),
        finding(column=-1),
        finding(value=1),
        finding(params={}),
        finding(params={"count": []}),
    ],
    ids=range(32),
)  # fmt: skip
def test_an_answer_that_is_none_is_not_believed(text, monkeypatch):
    monkeypatch.setattr(worker, "_exchange", lambda *_: (text, 0))
    assert refusal() == "reading_ended"


def test_an_answer_that_is_cut_off_is_not_believed():
    assert refusal(answering(HEAD.encode()[:-1])) == "reading_ended"


def test_an_answer_is_taken_as_it_is():
    answer = read_in_worker(b"", "a.xls", command=answering(finding()[:-1] + "a\x1f区\x1e1".encode()))
    assert (answer.sheets, answer.tables[0].name, answer.tables[0].rows) == (("x",), "x", [["a", "区"], ["1"]])
    assert answer.tables[0].findings[0].rows == (1,)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (b"\x1e" * MAX_ROWS, "too_many_rows"),
        (b"\x1f" * MAX_COLUMNS, "too_many_columns"),
        (b"\x1f" * (MAX_COLUMNS - 1) + b"\x1e" * (MAX_CELLS // MAX_COLUMNS), "too_many_cells"),
        (b"a" * (MAX_CELL + 1), "cell_too_long"),
    ],
)
def test_a_worker_cannot_answer_with_more_than_a_table_may_have(text, code):
    with pytest.raises(RefusedError, match=code):
        worker._answer(HEAD.encode() + text)


@pytest.mark.parametrize("begin", [b"", b"PK\x03\x04", b"PK\x05\x06", SMALL[:8], SMALL[:3_000], b"<html><td>"])
@pytest.mark.parametrize("rest", [b"\0", b"\0\1\2\3\0\0\0\7", bytes(5_000)])
def test_garbage_is_refused_in_any_format(begin, rest):
    with pytest.raises(RefusedError) as refused:
        read_in_worker(begin + rest, "a.xls")
    assert refused.value.finding.code in {
        "empty_file",
        "broken_archive",
        "web_page",
        "reading_ended",
        "binary",
        "not_xlsx",
    }


def test_the_server_keeps_no_descriptor_and_no_process():
    read(SMALL, "a.xls")
    before = descriptors()
    read(SMALL, "a.xls")
    refusal(program("while True: pass"), limits=Limits(wall=0.01))
    refusal(inside("os.kill(os.getpid(), 9)"))
    assert descriptors() == before
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)


def test_percentages_of_an_old_workbook_are_read_as_such():
    reading = read((WORKBOOKS / "fractions.xls").read_bytes(), "a.xls")
    assert (reading.findings, reading.sheet.rows[1:]) == ((), (("荔湾区", "4.8%"), ("越秀区", "102%")))


def test_numbers_that_may_be_percentages_are_named():
    (table,) = workbooks.read((WORKBOOKS / "fractions.xls").read_bytes(), "xlsb", "", ()).tables
    (finding,) = table.findings
    assert (finding.code, finding.severity, finding.rows, finding.column) == ("maybe_percent", "warning", (2,), 2)
    assert "0.048" in describe(finding).wrong


MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
CELLS = '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1"><v>1</v></c></row>'
SHEET, STYLES, STRINGS = "xl/worksheets/sheet1.xml", "xl/styles.xml", "xl/sharedStrings.xml"
BOMB = 150_000_000  # bytes
REPEATED = (
    '<table:table table:name="a"><table:table-row table:number-rows-repeated="1048576"><table:table-cell'
    ' office:value-type="float" office:value="1" table:number-columns-repeated="16384"/></table:table-row></table:table>'
)


@pytest.mark.parametrize(
    ("part", "before", "filler", "after"),
    [
        (SHEET, f"<worksheet {MAIN}><sheetData>", " ", f"{CELLS}</sheetData></worksheet>"),
        (SHEET, "", " ", ""),
        (STYLES, f"<styleSheet {MAIN}>", " ", "</styleSheet>"),
        (STRINGS, f"<sst {MAIN}><si><t>", "0", "</t></si></sst>"),
        (STRINGS, f'<sst {MAIN} count="18446744073709551615" uniqueCount="18446744073709551615">', "", "<si><t>a</t></si></sst>"),
        (STRINGS, f'<sst {MAIN} count="4294967295" uniqueCount="4294967295">', "", "<si><t>a</t></si></sst>"),
    ],
    ids=["blanks in the sheet", "blanks", "styles", "a text", "a count of 64 bits", "a count of 32 bits"],
)  # fmt: skip
def test_a_bomb_costs_a_sentence_and_the_server_nothing(packed, part, before, filler, after):
    filled = (filler * (BOMB // max(len(filler), 1))).encode()
    content = packed(f"<sheetData>{CELLS}</sheetData>", {part: before.encode() + filled + after.encode()})
    del filled
    tracemalloc.start()
    reading = read(content, "a.xlsx")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 10_000_000
    codes = {finding.code for finding in reading.findings}
    assert codes <= {"reading_ended", "broken_archive", "reading_too_long", "cell_too_long", "empty_file"}
    assert codes or reading.sheet.row(0) == ("a", "1")


def test_an_ods_workbook_that_repeats_a_cell_without_end_costs_a_sentence():
    spaces = "".join(
        f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table")
    )
    inside = f"<office:body><office:spreadsheet>{REPEATED}</office:spreadsheet></office:body>"
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
        archive.writestr("content.xml", f"<office:document-content{spaces}>{inside}</office:document-content>")
    (finding,) = read(out.getvalue(), "a.ods").findings
    assert finding.code in {"reading_ended", "reading_too_long", "too_many_rows", "broken_archive"}


def test_ranges_that_cover_the_sheet_again_and_again_are_refused(packed):
    area = '<mergeCell ref="A1:XFD1048576"/>'
    cells = '<sheetData><row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>2</v></c></row></sheetData>'
    reading = read(packed(cells + f"<mergeCells>{area * 100_000}</mergeCells>"), "a.xlsx")
    assert [finding.code for finding in reading.findings] == ["broken_archive"]
