"""Commands where the system knows less than usual: no name for whoever runs them, an output that cannot show every character."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from cli.store import main
from store import Store
from tests.fixtures import DATA

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[2]
HEADER = "地区,指标,期间,数值,单位,来源\n"
GOOD = HEADER + "天河区,gdp,2025,7000,亿元,plan-article\n"
BAD = HEADER + "天河区,gdp,2025,约𠀀,亿元,plan-article\n"
SIGNED = ["--note", "每晚", "--author", "城市 é"]


@pytest.fixture(autouse=True)
def _environment(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The database of the test and the frozen data folder."""
    monkeypatch.setenv("DASHBOARD_DATABASE_URL", url)
    monkeypatch.setenv("DASHBOARD_DATA_DIR", str(DATA))


def test_a_user_without_a_name_is_known_by_number(file, seen, monkeypatch: pytest.MonkeyPatch):
    for name in ("LOGNAME", "USER", "LNAME", "USERNAME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(os, "getuid", lambda: 4_000_000_000)
    assert main(["history"]) == 0
    assert main(["publish", file(GOOD), "--note", "n"]) == 0
    assert seen(lambda store: store.version(2).author) == "uid 4000000000"


@pytest.fixture
def run() -> Callable[..., str]:
    """Return what runs a command whose output takes one encoding only, and gives what it printed."""

    def command(encoding: str, *arguments: str, status: int = 0) -> str:
        done = subprocess.run(
            [sys.executable, "-m", "store", *arguments],
            cwd=ROOT,
            env=os.environ | {"PYTHONIOENCODING": encoding},
            capture_output=True,
            check=False,
        )
        assert (done.returncode, done.stderr) == (status, b"")
        return done.stdout.decode(encoding)

    return command


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("encoding", ["ascii", "latin-1"])
def test_what_an_output_cannot_show_is_escaped_and_the_command_goes_on(encoding: str, file, seen, run):
    (row,) = map(json.loads, run(encoding, "propose", file(GOOD), *SIGNED, "--format", "json").splitlines())
    assert (row["file"], row["outcome"], row["draft"]) == ("数据.csv", "drafted", 2)
    found = json.loads(run(encoding, "check", file(BAD, encoding="utf-8"), "--format", "json", status=1))["findings"]
    assert "约𠀀" in [finding["value"] for finding in found]
    run(encoding, "publish", file(GOOD), *SIGNED)
    assert seen(Store.current) == 3
    newest = run(encoding, "history").splitlines()[0]
    assert newest.endswith(
        r"\u57ce\u5e02 " + ("é" if encoding == "latin-1" else r"\u00e9") + r", \u6bcf\u665a, \u6570\u636e.csv"
    )


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_who_reads_the_output_may_leave_early(url: str):
    command = subprocess.Popen(
        [sys.executable, "-m", "store", "history"], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert command.stdout and command.stderr
    command.stdout.close()
    with command.stderr:
        assert command.stderr.read() == b""
    assert command.wait() == 1


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("arguments", [["restore", "9" * 20, "--note", "x"], ["history", "--limit", "9" * 20]])
def test_a_number_that_no_database_holds_is_wrong_usage(arguments: list[str], url: str, capsys):
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == 2
    assert "there is nothing of number 9999" in capsys.readouterr().err


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_a_file_that_cannot_be_read_is_named(url: str, capsys):
    assert main(["check", "/proc/self/mem"]) == 1
    assert "Input/output error" in capsys.readouterr().err
