"""One wall: whatever a parser does with a file costs one process, and the desk says a sentence."""

import functools
import json
import os
import sys
from pathlib import Path

import pytest

from geo.uploads import spreadsheet, worker
from geo.uploads.bounds import MAX_CELLS, RefusedError
from geo.uploads.messages import describe
from geo.uploads.reading import read
from geo.uploads.worker import COMMAND, Limits, rows_in_worker

pytestmark = pytest.mark.slow

WORKBOOKS = Path(__file__).parent / "workbooks"
SMALL = (WORKBOOKS / "small.xls").read_bytes()
FORMATS = ["xls", "xlsb", "ods"]
HEAD = '{"rows": 1, "columns": 1, "sheets": [["x", true]], "at": 0}\n'


def program(source):
    """Return what starts another program in place of the worker's."""
    return [sys.executable, "-I", "-c", source]


def inside(source):
    """Return what starts the worker, with something done once it is confined and has its file."""
    begin = f"import os, signal, socket, sys; sys.path.append({COMMAND[-1]!r}); from geo.uploads import parsing\n"
    return program(f"{begin}def hook(content, request):\n    {source}\nparsing._read = hook\nparsing.main()")


def answering(text):
    """Return what starts a program that answers so, whatever it is asked."""
    return program(f"import sys; sys.stdin.buffer.read(); sys.stdout.buffer.write({text!r})")


def refusal(command=COMMAND, content=SMALL, limits=worker.LIMITS):
    with pytest.raises(RefusedError) as refused:
        rows_in_worker(content, "xls", 0, limits=limits, command=command)
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
    hook = f"try: {source}\n    except {refused.__name__}: return {{'sheets': [['refused', True]], 'looks': []}}"
    assert rows_in_worker(b"", "xls", command=inside(hook)).sheets == (("refused", True),)


def test_a_worker_that_ends_at_an_xlsx_workbook_costs_a_sentence(monkeypatch):
    killed = functools.partial(rows_in_worker, command=inside("os.kill(os.getpid(), 9)"))
    monkeypatch.setattr(spreadsheet, "rows_in_worker", killed)
    content = (Path(__file__).parent / "desk_cases" / "28_sheet_per_year.xlsx").read_bytes()
    assert [finding.code for finding in read(content, "a.xlsx").findings] == ["reading_ended"]


def test_a_worker_has_its_limits_and_nothing_of_the_servers_environment(monkeypatch):
    monkeypatch.setenv("DASHBOARD_DATABASE_URL", "postgresql://secret")
    source = (
        "r = parsing.resource; kinds = [r.RLIMIT_CPU, r.RLIMIT_FSIZE, r.RLIMIT_NOFILE, r.RLIMIT_CORE]; "
        "return {'sheets': [[str(r.getrlimit(kind)), True] for kind in kinds], 'looks': [[dict(os.environ)]]}"
    )
    answer = rows_in_worker(b"", "xls", command=inside(source))
    assert [name for name, _ in answer.sheets] == ["(20, 21)", "(0, 0)", "(3, 3)", "(0, 0)"]
    assert "DASHBOARD_DATABASE_URL" not in answer.looks[0][0]


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


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"\xff\xfe",
        b"[" * 100_000,
        b"[]\n",
        b"{}\n",
        b'{"unreadable": "no_such_code", "size": []}\n',
        b'{"unreadable": 1, "size": 2}\n',
        b'{"sheets": [["x", true]], "looks": [[{"0": 1}]]}\n',
        b'{"sheets": [["\\ud800", true]], "looks": []}\n',
        b'{"rows": -1, "columns": 1}\n["a"]\n',
        HEAD.encode() + b'["a"]\n\0\0',
        HEAD.encode() + b'["a"]\n\1\0\0\0',
        HEAD.encode() + b'["a"]\n\xff\xff\xff\xff',
        HEAD.encode() + b'["a", "a"]\n\0\0\0\0',
        HEAD.encode() + b'["\\ud800"]\n\0\0\0\0',
        HEAD.encode() + b'[1]\n\0\0\0\0',
        HEAD.replace('"at": 0', '"at": 1').encode() + b'["a"]\n\0\0\0\0',
        HEAD.replace('"at": 0', '"at": null').encode() + b'["a"]\n\0\0\0\0',
    ],
)  # fmt: skip
def test_an_answer_that_is_none_is_not_believed(text):
    assert refusal(answering(text)) == "reading_ended"


def test_an_answer_is_taken_as_it_is():
    answer = rows_in_worker(b"", "xls", command=answering(HEAD.encode() + b'["a"]\n\0\0\0\0'))
    assert (answer.sheets, answer.at, answer.sheet.rows) == ((("x", True),), 0, (("a",),))


def test_a_worker_cannot_answer_with_more_cells_than_a_table_may_have():
    head = json.dumps({"rows": MAX_CELLS, "columns": 2, "sheets": []})
    assert refusal(answering(head.encode() + b"\n")) == "too_many_rows"


@pytest.mark.parametrize("kind", [*FORMATS, "html"])
@pytest.mark.parametrize("content", [b"", b"garbage", bytes(5_000), SMALL[:3_000]])
def test_garbage_is_refused_in_any_format(kind, content):
    with pytest.raises(RefusedError) as refused:
        rows_in_worker(content, kind)
    assert refused.value.finding.code in {"broken_archive", "web_page", "reading_ended"}


def test_the_server_keeps_no_descriptor_and_no_process():
    read(SMALL, "a.xls")
    before = descriptors()
    read(SMALL, "a.xls")
    refusal(program("while True: pass"), limits=Limits(wall=0.01))
    refusal(inside("os.kill(os.getpid(), 9)"))
    assert descriptors() == before
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)


def test_numbers_that_may_be_percentages_are_named():
    reading = read((WORKBOOKS / "fractions.xls").read_bytes(), "a.xls")
    (finding,) = reading.findings
    assert (finding.code, finding.severity, finding.rows, finding.column) == ("maybe_percent", "warning", (2,), 2)
    assert "0.048" in describe(finding).wrong
