"""Files put before a reviewer: a draft each, nothing published, nothing twice, one that fails stops no other."""

import json
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from cli.store import main
from geo.schema import QUALITIES
from store import DatabaseError, Store
from store.reading.loading import parsed
from tests.fixtures import DATA

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[2]
HEADER = "地区,指标,期间,数值,单位,来源\n"
GOOD = HEADER + "天河区,gdp,2025,7000,亿元,plan-article\n"
OTHER = HEADER + "海珠区,gdp,2025,3000,亿元,plan-article\n"
TENFOLD = HEADER + "天河区,gdp,2023,65512.6,亿元,plan-article\n"
PUBLISHED = HEADER + "天河区,gdp,2023,6551.26,亿元,tianhe-profile-2024\n"
BAD = HEADER + "天河区,gdp,2025,约,亿元,plan-article\n荔湾区,gdp,2025,约,亿元,plan-article\n"
SIGNED = ["--note", "nightly export", "--author", "city feed"]


@pytest.fixture(autouse=True)
def _environment(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The database of the test and the frozen data folder."""
    monkeypatch.setenv("DASHBOARD_DATABASE_URL", url)
    monkeypatch.setenv("DASHBOARD_DATA_DIR", str(DATA))


def propose(*arguments: str) -> int:
    """Propose files as the city's feed does."""
    return main(["propose", *arguments, *SIGNED])


def answers(capsys: pytest.CaptureFixture[str]) -> list[dict]:
    """Return the lines printed for machines."""
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def states(store: Store) -> list[tuple[int, str]]:
    """Return number and state of every version, oldest first."""
    return [(version.id, version.state) for version in reversed(store.versions())]


def tianhe(store: Store, id_: int) -> set[tuple[str, ...]]:
    """Return the GDP of Tianhe in a version as (period, value, quality)."""
    table = parsed(store.tables(id_))["indicators.csv"]
    rows = table[(table["adcode"] == "440106") & (table["metric"] == "gdp")]
    return set(zip(rows["period"], rows["value"], rows["quality"], strict=True))


@pytest.mark.parametrize("review", ["", "required"])
def test_a_good_file_becomes_a_draft_and_nothing_is_published(file, seen, capsys, monkeypatch, review):
    monkeypatch.setenv("DASHBOARD_REVIEW", review)
    assert propose(file(GOOD)) == 0
    assert capsys.readouterr().out.splitlines()[-1] == (
        "数据.csv: errors 0, warnings 0; draft 2 is waiting for approval by another person"
    )
    draft = seen(lambda store: store.version(2))
    assert (draft.kind, draft.state, draft.parent_id) == ("draft", "waiting", 1)
    assert (draft.author, draft.note, draft.upload, draft.mode) == (
        "city feed",
        "nightly export",
        "indicators",
        "update",
    )
    assert seen(lambda store: store.original(2)) == ("数据.csv", GOOD.encode("gb18030"))
    assert seen(Store.current) == 1


def test_another_person_approves_what_was_proposed(file, seen):
    propose(file(GOOD))
    seen(lambda store: store.approve(2, "Wang", "checked", expected=1))
    assert seen(Store.current) == 2
    assert ("2025", "7000", "verified") in seen(lambda store: tianhe(store, 2))


def test_errors_leave_no_draft_and_are_listed_one_a_line(file, seen, capsys):
    assert propose(file(BAD)) == 1
    first, *_, last = capsys.readouterr().out.splitlines()
    assert first.startswith("数据.csv, rows 2, 3, column 4 '数值', found '约': error: ")
    assert last == "数据.csv: errors 1, warnings 0; no draft was stored"
    assert seen(states) == [(1, "published")]


def test_machines_get_the_findings_of_a_refused_file(file, capsys):
    path = file(BAD)
    assert propose(path, "--format", "json") == 1
    (answer,) = answers(capsys)
    assert (answer["file"], answer["path"], answer["outcome"]) == ("数据.csv", path, "refused")
    assert (answer["draft"], answer["error"]) == (None, "")
    finding = next(row for row in answer["findings"] if row["severity"] == "error")
    assert (finding["code"], finding["rows"], finding["column"]) == ("not_a_number", [2, 3], 4)
    assert finding["value"] == "约"
    assert finding["message"].startswith(finding["wrong"])
    assert finding["message"].endswith(finding["remedy"])


def test_warnings_stop_no_draft_and_are_listed(file, seen, capsys):
    assert propose(file(TENFOLD), "--format", "json") == 0
    (answer,) = answers(capsys)
    assert (answer["outcome"], answer["draft"]) == ("drafted", 2)
    assert "warning" in {row["severity"] for row in answer["findings"]}
    assert seen(states) == [(1, "published"), (2, "waiting")]
    listed = [row for row in answer["findings"] if row["severity"] == "warning"]
    message = next(row["message"] for row in listed if row["code"] == "tenfold")
    assert "in RMB 100 million" in message
    assert re.search("[\u4e00-\u9fff]", message) is None, "the command line speaks English"
    kept = seen(lambda store: store.warnings(2))
    assert [(row["code"], row["rows"], row["value"]) for row in kept] == [
        (row["code"], row["rows"], row["value"]) for row in listed
    ]


def test_a_source_not_in_the_list_is_proposed_with_the_figures_and_only_once(file, seen, capsys):
    path = file("地区,指标,期间,数值,单位\n天河区,gdp,2025,7000,亿元\n")
    said = ["--new-source", "天河区统计局", "2025 年统计公报", "--source-date", "2026年3月"]
    assert propose(path, *said) == 0
    assert propose(path, *said, "--format", "json") == 0
    assert json.loads(capsys.readouterr().out.splitlines()[-1])["outcome"] == "waiting"
    tables = seen(lambda store: parsed(store.tables(2)))
    (source,) = tables["sources.csv"].query("publisher_zh == '天河区统计局'").itertuples()
    assert (source.document_zh, source.date) == ("2025 年统计公报", "2026-03")
    assert source.source_id in set(tables["indicators.csv"]["source_id"])
    seen(lambda store: store.approve(2, "Wang", "checked", expected=1))
    assert propose(path, *said) == 0
    assert "nothing would change" in capsys.readouterr().out.splitlines()[-1]


@pytest.mark.parametrize(
    ("said", "problem"),
    [
        (["--new-source", "局", "公报", "--source-date", "soon"], "soon"),
        (["--new-source", "局", " "], "a publisher and a document"),
        (["--source-address", "https://www.gz.gov.cn/"], "use --new-source too"),
        (["--new-source", "局", "公报", "--source", "plan-article"], "not allowed with"),
    ],
)
def test_a_new_source_that_is_not_whole_is_wrong_usage(file, seen, capsys, said, problem):
    with pytest.raises(SystemExit) as ended:
        propose(file(GOOD), *said)
    assert ended.value.code == 2
    assert problem in capsys.readouterr().err
    assert seen(states) == []


def test_what_is_published_already_leaves_no_draft(file, seen, capsys):
    assert propose(file(PUBLISHED)) == 0
    assert capsys.readouterr().out.splitlines()[-1].endswith("; nothing would change, so no draft was stored")
    assert propose(file(PUBLISHED), "--format", "json") == 0
    (answer,) = answers(capsys)
    assert (answer["outcome"], answer["draft"]) == ("unchanged", None)
    assert seen(states) == [(1, "published")]


def test_the_same_file_again_makes_no_second_draft_and_names_the_first(file, seen, capsys):
    path = file(GOOD)
    assert propose(path) == 0
    capsys.readouterr()
    assert propose(path) == 0
    assert "; draft 2 has the same content and is still waiting, so no other" in capsys.readouterr().out
    assert propose(path, "--format", "json") == 0
    (answer,) = answers(capsys)
    assert (answer["outcome"], answer["draft"]) == ("waiting", 2)
    assert seen(states) == [(1, "published"), (2, "waiting")]
    assert len(seen(lambda store: store.events())) == 2


def test_a_file_with_other_figures_is_another_draft(file, seen):
    propose(file(GOOD))
    assert propose(file(GOOD.replace("7000", "7001"))) == 0
    assert seen(states) == [(1, "published"), (2, "waiting"), (3, "waiting")]


def test_a_file_whose_draft_was_overtaken_is_proposed_anew(file, seen):
    path = file(GOOD)
    propose(path)
    assert main(["publish", file(OTHER, name="other.csv"), "--note", "in between"]) == 0
    assert propose(path) == 0
    assert seen(states) == [(1, "published"), (2, "waiting"), (3, "published"), (4, "waiting")]
    assert seen(lambda store: store.version(4).parent_id) == 3


def test_a_file_whose_draft_was_rejected_is_proposed_anew(file, seen):
    path = file(GOOD)
    propose(path)
    seen(lambda store: store.reject(2, "Wang", "too early"))
    assert propose(path) == 0
    assert seen(states) == [(1, "published"), (2, "rejected"), (3, "waiting")]


def test_of_several_files_each_is_a_draft_and_a_wrong_one_stops_no_other(file, seen, capsys):
    paths = [file(GOOD, name="a.csv"), file(BAD, name="b.csv"), file(OTHER, name="c.csv")]
    assert propose(*paths, "--format", "json") == 1
    said = [(answer["file"], answer["outcome"], answer["draft"]) for answer in answers(capsys)]
    assert said == [("a.csv", "drafted", 2), ("b.csv", "refused", None), ("c.csv", "drafted", 3)]
    assert seen(lambda store: [store.version(id_).parent_id for id_ in (2, 3)]) == [1, 1]


def test_a_file_that_cannot_be_read_stops_no_other(file, seen, capsys, monkeypatch):
    gone, there = file(GOOD, name="gone.csv"), file(OTHER, name="there.csv")
    read = Path.open

    def open_(path: Path, *arguments: str) -> object:
        if path.name == "gone.csv":
            raise PermissionError(13, "Permission denied", str(path))
        return read(path, *arguments)

    monkeypatch.setattr(Path, "open", open_)
    assert propose(gone, there, "--format", "json") == 1
    first, second = answers(capsys)
    assert (first["outcome"], first["findings"]) == ("failed", [])
    assert "Permission denied" in first["error"]
    assert (second["outcome"], second["draft"]) == ("drafted", 2)
    assert propose(gone) == 1
    assert "gone.csv: no draft was stored: " in capsys.readouterr().out
    assert seen(states) == [(1, "published"), (2, "waiting")]


def test_a_database_that_is_away_for_one_file_stops_no_other(file, seen, capsys, monkeypatch):
    first, second, read = file(GOOD, name="a.csv"), file(OTHER, name="b.csv"), Store.aliases
    asked: list[str] = []

    def aliases(store: Store, kind: str) -> dict[str, str]:
        asked.append(kind)
        if len(asked) == 1:
            raise DatabaseError("away")
        return read(store, kind)

    monkeypatch.setattr(Store, "aliases", aliases)
    assert propose(first, second, "--format", "json") == 1
    assert [(answer["file"], answer["outcome"]) for answer in answers(capsys)] == [
        ("a.csv", "failed"),
        ("b.csv", "drafted"),
    ]
    assert seen(states) == [(1, "published"), (2, "waiting")]


def test_a_draft_the_store_does_not_take_is_said_for_its_file(file, seen, capsys):
    assert main(["propose", file(GOOD), "--note", " ", "--format", "json"]) == 1
    (answer,) = answers(capsys)
    assert answer["outcome"] == "failed"
    assert answer["error"].startswith("The note is empty")
    assert seen(states) == [(1, "published")]


@pytest.mark.parametrize("quality", QUALITIES)
@pytest.mark.parametrize("command", ["publish", "propose"])
def test_the_quality_of_figures_can_be_said(file, seen, command, quality):
    assert main([command, file(GOOD), *SIGNED, "--quality", quality]) == 0
    assert ("2025", "7000", quality) in seen(lambda store: tianhe(store, 2))


def test_control_characters_of_a_name_do_not_reach_the_terminal(file, capsys):
    propose(file(BAD, name="a\x1b[31m\nb.csv"))
    lines = capsys.readouterr().out.splitlines()
    assert all(line.startswith("a [31m b.csv") for line in lines)


@pytest.mark.parametrize(
    "arguments",
    [
        ["propose"],
        ["propose", __file__],
        ["propose", __file__, "missing.csv", "--note", "n"],
        ["propose", __file__, "--note", "n", "--yes"],
        ["propose", __file__, "--note", "n", "--quality", "good"],
        ["propose", __file__, "--note", "n", "--kind", "tenants", "--mode", "replace_period"],
    ],
)
def test_wrong_usage_exits_with_2_and_stores_nothing(arguments, seen, capsys):
    with pytest.raises(SystemExit) as raised:
        main(arguments)
    assert raised.value.code == 2
    assert "usage: python -m store" in capsys.readouterr().err
    assert seen(lambda store: store.versions()) == []


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    """An empty folder that files are dropped into."""
    folder = tmp_path / "in box"
    folder.mkdir()
    return folder


def run_script(tmp_path: Path, inbox: Path, *options: str) -> int:
    """Run the script of the guide for operators, with this Python and in this folder, and return its exit status."""
    guide = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
    (text,) = re.findall(r"```sh\n(#!/bin/sh\n.*?)```", guide, re.DOTALL)
    here = text.replace("/opt/dashboard", shlex.quote(str(ROOT))).replace(
        ".venv/bin/python", shlex.quote(sys.executable)
    )
    script = tmp_path / "propose-inbox"
    script.write_text(here, encoding="utf-8")
    command = ["sh", str(script), str(inbox), *options]
    return subprocess.run(command, capture_output=True, check=False, timeout=120).returncode


def test_the_script_of_the_guide_moves_each_file_with_its_answer(tmp_path, inbox, seen):
    for name, text in (("a b.csv", GOOD), ("bad.csv", BAD), (".partial.csv", BAD)):
        (inbox / name).write_text(text, encoding="utf-8")
    assert run_script(tmp_path, inbox, *SIGNED) == 1
    outcomes = {}
    for answer in inbox.glob("*/*.json"):
        said = json.loads(answer.read_text(encoding="utf-8"))
        outcomes[answer.parent.name, said["file"]] = said["outcome"]
        assert answer.with_name(answer.name.removesuffix(".json")).read_text(encoding="utf-8") in (GOOD, BAD)
    assert outcomes == {("done", "a b.csv"): "drafted", ("failed", "bad.csv"): "refused"}
    assert [path.name for path in inbox.iterdir() if path.is_file()] == [".partial.csv"]
    assert len(list(inbox.glob("*/*"))) == 4
    assert seen(states) == [(1, "published"), (2, "waiting")]


def test_the_script_of_the_guide_leaves_files_alone_when_used_wrongly(tmp_path, inbox):
    (inbox / "a.csv").write_text(GOOD, encoding="utf-8")
    assert run_script(tmp_path, inbox) == 2
    assert [path.name for path in inbox.rglob("*") if path.is_file()] == ["a.csv"]
