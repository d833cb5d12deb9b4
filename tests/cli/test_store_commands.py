"""The command line: exit status 0 good, 1 problems found, 2 wrong usage; a finding a line or JSON."""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest

from cli import uploads
from cli.store import main
from geo.uploads.bounds import MAX_BYTES
from geo.uploads.messages import MESSAGES
from store import Publication, Store, clock
from store.reading.loading import parsed, shipped_tables
from tests.fixtures import DATA
from tests.store.conftest import days_ago, publication

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[2]
HEADER = "地区,指标,期间,数值,单位,来源\n"
GOOD = HEADER + "天河区,gdp,2025,7000,亿元,plan-article\n"
TENFOLD = HEADER + "天河区,gdp,2023,65512.6,亿元,plan-article\n"
BAD = HEADER + "天河区,gdp,2025,约,亿元,plan-article\n荔湾区,gdp,2025,约,亿元,plan-article\n"


@pytest.fixture(autouse=True)
def _environment(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The database of the test and the frozen data folder."""
    monkeypatch.setenv("DASHBOARD_DATABASE_URL", url)
    monkeypatch.setenv("DASHBOARD_DATA_DIR", str(DATA))


def figures(store: Store, id_: int) -> set[tuple[str, ...]]:
    """Return the figures of Tianhe in a version as (metric, period, value)."""
    table = parsed(store.tables(id_))["indicators.csv"]
    rows = table[table["adcode"] == "440106"]
    return set(zip(rows["metric"], rows["period"], rows["value"], strict=True))


def test_a_good_file_is_checked_and_nothing_is_published(file, seen, capsys):
    assert main(["check", file(GOOD)]) == 0
    assert capsys.readouterr().out.splitlines()[-1] == "数据.csv: errors 0, warnings 0"
    assert seen(Store.current) == 1


def test_problems_are_listed_with_place_value_expectation_and_remedy(file, capsys):
    assert main(["check", file(BAD)]) == 1
    first, *_, last = capsys.readouterr().out.splitlines()
    assert first.startswith("数据.csv, rows 2, 3, column 4 '数值', found '约': error: ")
    assert " Expected: " in first
    assert last == "数据.csv: errors 1, warnings 0"


def test_twenty_of_one_cause_are_one_line_and_each_by_itself_as_json(file, capsys):
    many = file(
        BAD.splitlines()[0]
        + "\n"
        + "".join(f"天河区,gdp,{year},甲{year},亿元,plan-article\n" for year in range(1990, 2010))
    )
    assert main(["check", many]) == 1
    first, *_, last = capsys.readouterr().out.splitlines()
    rows = "rows 2, 3, 4, 5, 6, 7, 8, 9, 10, 11 and 10 more"
    assert first.startswith(f"数据.csv, {rows}, column 4 '数值', found 20 in all: 甲1990; 甲1991; ")
    assert last.startswith("数据.csv: errors 20, ")
    main(["check", many, "--format", "json"])
    listed = json.loads(capsys.readouterr().out)["findings"]
    assert [row["rows"] for row in listed if row["code"] == "not_a_number"] == [[row] for row in range(2, 22)]


def test_a_remedy_names_options_and_only_those_there_are(file, capsys):
    assert main(["check", file("区,数值\n天河区,1\n")]) == 1
    assert "Use --metric, " in capsys.readouterr().out
    with pytest.raises(SystemExit):
        main(["publish", "--help"])
    options = set(re.findall(r"--[a-z-]+", capsys.readouterr().out))
    named = {option for entry in MESSAGES.values() for option in re.findall(r"--[a-z-]+", entry.command)}
    assert named <= options


def test_machines_get_every_finding_as_json(file, capsys):
    assert main(["check", file(BAD), "--format", "json"]) == 1
    answer = json.loads(capsys.readouterr().out)
    finding = next(row for row in answer["findings"] if row["severity"] == "error")
    assert (finding["file"], finding["rows"], finding["column"], finding["value"]) == ("数据.csv", [2, 3], 4, "约")
    assert finding["wrong"]
    assert answer["version"] is None


def test_sheets_are_read_together_and_findings_name_theirs(tmp_path, capsys):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for year, value in (("2024年", 7000), ("2025年", "约")):
        sheet = book.create_sheet(year)
        for row in (
            ["地区", "地区生产总值（亿元）", "来源"],
            ["天河区", value, "plan-article"],
            ["越秀区", 4000, "plan-article"],
        ):
            sheet.append(row)
    path = tmp_path / "years.xlsx"
    book.save(path)
    assert main(["check", str(path), "--sheet", "*"]) == 1
    lines = capsys.readouterr().out.splitlines()
    place = "years.xlsx, sheet '2025年', row 2, column 2 '地区生产总值（亿元）', found '约': error: "
    assert [line.startswith(place) for line in lines if ": error: " in line] == [True]
    assert main(["check", str(path), "--sheet", "*", "--format", "json"]) == 1
    found = json.loads(capsys.readouterr().out)["findings"]
    assert [(row["sheet"], row["rows"]) for row in found if row["severity"] == "error"] == [("2025年", [2])]


def test_a_good_file_is_published_with_who_and_why_and_its_bytes(file, seen, capsys):
    assert main(["publish", file(GOOD), "--note", "2025 年", "--author", "Li"]) == 0
    assert capsys.readouterr().out.splitlines()[-1] == "Version 2 is published."
    version = seen(lambda store: store.version(2))
    assert (version.author, version.note, version.upload, version.mode) == ("Li", "2025 年", "indicators", "update")
    assert seen(lambda store: store.original(2)) == ("数据.csv", GOOD.encode("gb18030"))
    assert seen(lambda store: figures(store, 2) - figures(store, 1)) == {("gdp", "2025", "7000")}


def test_where_two_must_agree_a_file_becomes_a_draft(file, seen, capsys, monkeypatch):
    monkeypatch.setenv("DASHBOARD_REVIEW", "required")
    assert main(["publish", file(GOOD), "--note", "2025"]) == 0
    assert "Version 2 is waiting for approval by another person." in capsys.readouterr().out
    assert seen(lambda store: (store.current(), store.version(2).state)) == (1, "waiting")


def test_where_two_must_agree_the_command_line_restores_nothing(file, seen, capsys, monkeypatch):
    assert main(["publish", file(GOOD), "--note", "2025"]) == 0
    monkeypatch.setenv("DASHBOARD_REVIEW", "required")
    assert main(["restore", "1", "--note", "back"]) == 1
    assert "reviewer" in capsys.readouterr().err
    assert seen(lambda store: store.current()) == 2


def test_publishing_the_same_again_is_all_well_and_adds_nothing(file, seen):
    path = file(GOOD)
    assert main(["publish", path, "--note", "first"]) == 0
    assert main(["publish", path, "--note", "again"]) == 0
    assert seen(lambda store: [version.note for version in store.versions()]) == ["first", ""]


def test_a_wrong_file_is_not_published(file, seen, capsys):
    assert main(["publish", file(BAD), "--note", "try", "--yes"]) == 1
    assert "error: " in capsys.readouterr().out
    assert seen(Store.current) == 1


def test_warnings_have_to_be_acknowledged(file, seen, capsys):
    path = file(TENFOLD)
    assert main(["publish", path, "--note", "try"]) == 1
    out = capsys.readouterr().out
    assert "warning: " in out
    assert out.splitlines()[-1].endswith("; --yes acknowledges the warnings")
    assert seen(Store.current) == 1
    assert main(["check", path]) == 1
    assert main(["check", path, "--yes"]) == 0
    assert main(["publish", path, "--note", "meant so", "--yes", "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out.splitlines()[-1])["version"] == 2


def test_what_the_file_does_not_say_can_be_said(file, seen):
    told = [
        "--metric",
        "gdp",
        "--period",
        "2025",
        "--unit",
        "亿元",
        "--source",
        "plan-article",
        "--encoding",
        "gb18030",
    ]
    assert main(["publish", file("地区,数值\n天河区,7000\n"), "--note", "told", *told]) == 0
    assert ("gdp", "2025", "7000") in seen(lambda store: figures(store, 2))


def test_an_encoding_that_is_said_is_taken_for_true(file, capsys):
    assert main(["check", file(GOOD), "--encoding", "gb18030"]) == 0
    assert main(["check", file(GOOD), "--encoding", "utf-8"]) == 1


def test_headings_remembered_at_the_desk_are_understood(file, seen):
    path = file(GOOD.replace("数值", "神秘列"))
    assert main(["check", path]) == 1
    seen(lambda store: store.remember("indicators", {"神秘列": "value"}, "Li"))
    assert main(["check", path]) == 0


@pytest.mark.parametrize(
    ("mode", "kept"),
    [
        ("update", {("440106", "2021"), ("440103", "2023")}),
        ("replace_period", {("440106", "2021")}),
        ("replace_all", set()),
    ],
)
def test_the_mode_says_what_becomes_of_the_rows_that_are_not_in_the_file(file, seen, mode, kept):
    path = file(HEADER + "天河区,gdp,2023,6600,亿元,plan-article\n")
    assert main(["publish", path, "--note", "n", "--yes", "--mode", mode]) == 0
    table = parsed(seen(lambda store: store.tables(2)))["indicators.csv"]
    gdp = table[table["metric"] == "gdp"]
    there = set(zip(gdp["adcode"], gdp["period"], strict=True))
    assert there & {("440106", "2021"), ("440103", "2023")} == kept
    assert "6600" in set(gdp["value"])


def test_other_kinds_of_file_are_published(file, seen):
    rows = (DATA / "tenants.csv").read_text(encoding="utf-8").splitlines()
    path = file("\n".join([rows[0], "newco,New,新公司,pazhou,considering,,plan-article,,"]), encoding="utf-8")
    assert main(["publish", path, "--kind", "tenants", "--note", "one more", "--yes"]) == 0
    assert b"newco,New," in seen(lambda store: store.tables(2)["tenants.csv"])


@pytest.mark.parametrize(
    "content", [b"", b"\x00\xff" * 500, b"PK\x03\x04 cut off", "=cmd()\n<script>\n".encode("utf-16")]
)
def test_whatever_the_bytes_the_answer_is_a_line_and_nothing_is_stored(tmp_path, seen, capsys, content):
    (tmp_path / "a.xlsx").write_bytes(content)
    assert main(["publish", str(tmp_path / "a.xlsx"), "--note", "try", "--yes"]) == 1
    captured = capsys.readouterr()
    assert "a.xlsx" in captured.out
    assert captured.err == ""
    assert seen(lambda store: len(store.versions())) == 1


def test_a_file_above_the_limit_is_refused_and_not_read_to_its_end(tmp_path, capsys):
    with (tmp_path / "a.csv").open("wb") as huge:
        huge.truncate(40 * MAX_BYTES)  # a hole: takes no room
    assert len(uploads.content_of(tmp_path / "a.csv")) == MAX_BYTES + 1
    assert main(["check", str(tmp_path / "a.csv"), "--format", "json"]) == 1
    assert "file_too_large" in {row["code"] for row in json.loads(capsys.readouterr().out)["findings"]}


def test_control_characters_of_a_file_and_of_its_name_do_not_reach_the_terminal(file, capsys):
    text = HEADER + '天河区,gdp,2025,"1\x1b[31m\n2",亿元,plan-article\n'
    main(["check", file(text, name="a\x1b[31m\nb.csv")])
    out = capsys.readouterr().out
    assert "\x1b" not in out
    assert all(line.startswith("a [31m b.csv") for line in out.splitlines())


def test_a_conflict_leaves_the_old_state_and_says_who_was_first(file, seen, capsys, monkeypatch):
    ask = Store.current

    def outrun(store: Store) -> int:
        expected = ask(store)
        if expected == 1:
            store.publish(publication(author="Wang"), expected=1)
        return expected

    monkeypatch.setattr(Store, "current", outrun)
    assert main(["publish", file(GOOD), "--note", "late"]) == 1
    assert "Wang published version 2" in capsys.readouterr().err
    assert seen(lambda store: [version.author for version in store.versions()]) == ["Wang", "system"]


def test_an_older_version_is_restored(file, seen, capsys):
    main(["publish", file(GOOD), "--note", "wrong"])
    capsys.readouterr()
    assert main(["restore", "1", "--note", "back", "--author", "Wang"]) == 0
    assert capsys.readouterr().out == "Version 3 is published: it restores version 1.\n"
    assert seen(lambda store: store.tables(3) == store.tables(1))


@pytest.mark.parametrize(
    ("version", "message"), [("9", "There is no version 9"), ("1", "Nothing differs from version 1")]
)
def test_what_cannot_be_restored_is_said_in_a_line(capsys, version, message):
    assert main(["restore", version, "--note", "back"]) == 1
    assert message in capsys.readouterr().err


def test_the_history_is_listed_newest_first_with_the_current_version_marked(file, capsys):
    main(["publish", file(GOOD), "--note", "2025 年", "--author", "Li"])
    main(["restore", "1", "--note", "back", "--author", "Wang"])
    capsys.readouterr()
    assert main(["history"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line[:3] for line in lines] == ["* 3", "  2", "  1"]
    assert lines[0].endswith(" Asia/Shanghai  restored of version 1  Wang, back")
    assert lines[1].endswith(" Asia/Shanghai  published  Li, 2025 年, 数据.csv")
    assert main(["history", "--limit", "1", "--format", "json"]) == 0
    (row,) = json.loads(capsys.readouterr().out)
    assert (row["id"], row["kind"], row["restored_from"], row["current"]) == (3, "restored", 1, True)


@pytest.fixture
def unreadable(seen) -> int:
    """The number of a published version this release cannot read, the third; what the second says it can."""

    def publish(store: Store) -> int:
        store.ensure_shipped(shipped_tables(DATA))
        text = store.tables(1)["indicators.csv"].decode()
        store.publish(publication_of(text.replace("440106,gdp,2023,6551.26", "440106,gold,2023,1")), expected=1)
        return store.publish(publication_of(text.replace(",6551.26,", ",many,")), expected=2).id

    return seen(publish)


def publication_of(figures: str) -> Publication:
    """Return figures as somebody published them."""
    return Publication({"indicators.csv": figures.encode()}, "indicators", "update", "Li", "n", "", b"")


def test_the_history_says_which_version_cannot_be_read_why_and_which_is_shown(unreadable, capsys):
    assert main(["history"]) == 0
    newest, second, first = capsys.readouterr().out.splitlines()
    assert newest.startswith("* 3 ")
    assert "[unreadable: Version 3 in the database cannot be read by this release" in newest
    assert "indicators.csv, row 40, field 'value': found 'many', expected a finite number" in newest
    assert second.startswith("> 2 ")
    assert second.endswith("[not supported by this release, so not shown: indicators.csv: metric gold (1)]")
    assert first.startswith("  1 ")
    assert "[" not in first


def test_machines_are_answered_the_same(unreadable, capsys):
    assert main(["history", "--format", "json"]) == 0
    rows = {row["id"]: row for row in json.loads(capsys.readouterr().out)}
    assert [(id_, row["readable"], row["current"], row["shown"]) for id_, row in rows.items()] == [
        (3, False, True, False),
        (2, True, False, True),
        (1, True, False, False),
    ]
    assert "found 'many'" in rows[3]["reason"]
    assert (rows[2]["reason"], rows[2]["left_out"]) == ("", ["indicators.csv: metric gold (1)"])


def test_nothing_is_published_upon_an_unreadable_version_until_one_is_restored(unreadable, file, seen, capsys):
    assert main(["publish", file(GOOD), "--note", "2025"]) == 1
    error = capsys.readouterr().err
    assert error.startswith("Version 3 in the database cannot be read by this release")
    assert "Restore another version" in error
    assert (seen(Store.current), seen(lambda store: len(store.versions()))) == (3, 3)
    assert main(["restore", "1", "--note", "back"]) == 0
    assert main(["publish", file(GOOD), "--note", "2025"]) == 0
    assert ("gdp", "2025", "7000") in seen(lambda store: figures(store, 5))


def test_a_version_that_cannot_be_read_is_not_restored(unreadable, seen, capsys):
    assert main(["restore", "1", "--note", "back"]) == 0
    assert main(["restore", "3", "--note", "again"]) == 1
    assert "Version 3 in the database cannot be read" in capsys.readouterr().err
    assert seen(Store.current) == 4


def test_bad_data_in_the_folder_is_not_blamed_on_a_version(unreadable, tmp_path, monkeypatch, capsys):
    folder = shutil.copytree(DATA, tmp_path / "data")
    (folder / "context.geojson").unlink()
    monkeypatch.setenv("DASHBOARD_DATA_DIR", str(folder))
    assert main(["history"]) == 1
    error = capsys.readouterr().err
    assert "context.geojson: found 'no such file'" in error
    assert "Version" not in error


def test_bad_shipped_data_is_named(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("DASHBOARD_DATA_DIR", str(tmp_path))
    assert main(["history"]) == 1
    assert f"clusters.csv: found 'no such file', expected the file in {tmp_path}" in capsys.readouterr().err


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["chekc"],
        ["check"],
        ["check", "missing.csv"],
        ["check", __file__, "--kind", "districts"],
        ["check", __file__, "--kind", "tenants", "--mode", "replace_period"],
        ["publish", __file__],
        ["restore", "one", "--note", "n"],
        ["restore", "1"],
        ["history", "--format", "xml"],
    ],
)
def test_wrong_usage_exits_with_2_and_says_how_it_is_used(arguments, capsys):
    with pytest.raises(SystemExit) as raised:
        main(arguments)
    assert raised.value.code == 2
    assert "usage: python -m store" in capsys.readouterr().err


def test_the_exit_status_reaches_the_shell(file):
    command = [sys.executable, "-m", "store", "restore", "9", "--note", "n"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=60)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "There is no version 9; choose one from the history.\n"


STORY = "编号,标题（中文）,标题（英文）,正文（中文）,正文（英文）,镜头\n"


def test_a_story_is_checked_and_published(file, seen, capsys):
    path = file(STORY + "extra,题,T,全市 {gdp.city.2023},City {gdp.city.2023},琶洲\n")
    assert main(["check", path, "--kind", "slides"]) == 0
    assert main(["publish", path, "--kind", "slides", "--note", "one more"]) == 0
    assert "Version 2 is published." in capsys.readouterr().out
    last = parsed(seen(lambda store: store.tables(2)))["slides.csv"].iloc[-1]
    assert last[["slide_id", "text_zh", "camera", "map_kind"]].tolist() == [
        "extra",
        "全市 {gdp.city.2023}",
        "pazhou",
        "figures",
    ]
    assert seen(lambda store: store.version(2)).upload == "slides"


def test_a_figure_a_story_asks_for_in_vain_is_named_with_row_column_and_remedy(file, capsys):
    assert main(["check", file(STORY + "extra,题,T,文,City {gpd.city.2023},\n"), "--kind", "slides"]) == 1
    (line,) = [line for line in capsys.readouterr().out.splitlines() if "error" in line and "gpd" in line]
    assert line.startswith("数据.csv, row 2, column 5 '正文（英文）', found '{gpd.city.2023}': error: ")
    assert line.endswith("If you mean {gdp.city.2023}, write it this way.")


def test_a_story_has_no_periods_to_replace(file, capsys):
    with pytest.raises(SystemExit) as raised:
        main(["check", file(STORY), "--kind", "slides", "--mode", "replace_period"])
    assert raised.value.code == 2
    assert "slides have no periods" in capsys.readouterr().err


def test_an_approved_draft_is_listed_as_published_at_its_approval(seen, capsys):
    def approve(store: Store) -> tuple[str, str]:
        store.ensure_shipped(shipped_tables(DATA))
        text = store.tables(1)["indicators.csv"].decode()
        with days_ago(30):
            draft = store.submit(
                publication_of(text.replace("440106,gdp,2023,6551.26", "440106,gdp,2023,7000")), base=1
            )
        approved = store.approve(draft.id, "Wang", "fine", expected=1)
        return clock.moment(approved.published_at), clock.moment(approved.created_at)

    published, handed_in = seen(approve)
    assert main(["history"]) == 0
    newest = capsys.readouterr().out.splitlines()[0]
    assert newest == f"* 2  {published} Asia/Shanghai  published (draft of {handed_in}, approved by Wang)  Li, n"
    assert main(["history", "--format", "json"]) == 0
    row = json.loads(capsys.readouterr().out)[0]
    assert (row["published_at"], row["created_at"] < row["published_at"]) == (row["reviewed_at"], True)
