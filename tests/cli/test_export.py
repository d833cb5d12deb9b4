"""``python -m geo export``: exit status 0 good, 1 problems found, 2 wrong usage; what is written is what was asked for."""

import csv
import io
import json
import shutil
import subprocess
import sys
import zipfile
from contextlib import suppress
from pathlib import Path

import pytest

from cli.geo import main
from geo.briefing.export.formats import FORMATS
from store import Publication, Store, clock, records
from store.reading.loading import shipped_tables
from tests.connections import counted
from tests.fixtures import DATA
from tests.geo.conftest import DataFolder
from tests.store.test_blobs import damage

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[2]
BEGINNINGS = {
    "pptx": b"PK\x03\x04", "pdf": b"%PDF-", "html": b"<!DOCTYPE html>", "handout.pdf": b"%PDF-", "png": b"\x89PNG\r\n", "svg": b"<",
    "csv": b"\xef\xbb\xbf", "geojson": b'{"type": "FeatureCollection"',
}  # fmt: skip
TIANHE_2023, CHANGED = b"440106,gdp,2023,6551.26", b"440106,gdp,2023,7000"
NEWEST = "Latest figures: 2024 (some 2025)"
IDS = "plan, pazhou, tenants, baietan, nine, gdp, residents, retail, belt-road, trade, unknown"


@pytest.fixture(autouse=True)
def _settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A database of its own, and nothing else set."""
    monkeypatch.setenv("DASHBOARD_DATABASE_URL", f"sqlite:///{tmp_path / 'dashboard.sqlite3'}")
    monkeypatch.setenv("DASHBOARD_DATA_DIR", str(DATA))
    for name in ("DASHBOARD_ADDRESS", "DASHBOARD_MAP_APPROVAL"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def folder(tmp_path: Path) -> DataFolder:
    """Return a copy of the frozen data folder that may be changed."""
    return DataFolder(shutil.copytree(DATA, tmp_path / "data"))


def refused(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> str:
    """Return what is said of wrong usage."""
    with pytest.raises(SystemExit) as raised:
        main(["export", *arguments])
    assert raised.value.code == 2
    return capsys.readouterr().err


def publish_changed() -> int:
    """Publish the shipped figures with Tianhe's GDP of 2023 at 7,000, as version 2."""
    store = Store.open()
    store.ensure_shipped(shipped_tables(DATA))
    table = store.tables(1)["indicators.csv"]
    assert TIANHE_2023 in table
    tables = {"indicators.csv": table.replace(TIANHE_2023, CHANGED)}
    number = store.publish(Publication(tables, "indicators", "update", "Li", "note", "a.csv", b"a"), expected=1).id
    store.close()
    return number


# ---- what is written


@pytest.mark.parametrize("kind", FORMATS)
def test_every_ending_makes_a_file_of_its_kind(kind: str, tmp_path: Path, capsys):
    out = tmp_path / f"OUT.{kind.upper()}"
    assert main(["export", str(out), "--slide", "gdp"]) == 0
    assert out.read_bytes().startswith(BEGINNINGS[kind])
    assert capsys.readouterr().out == f"{out}: gdp; {stamp()}\n"


def stamp(figures: str = "GDP: figures up to 2024 (some 2025)") -> str:
    """Return what says which data a file shows: up to when its figures go, version 1 of today."""
    store = Store.open()
    day = clock.day(store.version(1).created_at)
    store.close()
    return f"{figures} · version 1, published {day}"


def test_a_handout_is_no_pdf_of_the_slides(tmp_path: Path):
    for kind in ("pdf", "handout.pdf"):
        assert main(["export", str(tmp_path / f"a.{kind}"), "--slide", "gdp"]) == 0
    assert (tmp_path / "a.pdf").read_bytes() != (tmp_path / "a.handout.pdf").read_bytes()


def test_the_whole_story_is_told_to_be_in_the_file_only_where_it_is(tmp_path: Path, capsys):
    assert main(["export", str(tmp_path / "a.html")]) == 0
    assert main(["export", str(tmp_path / "a.csv")]) == 0
    html, table = capsys.readouterr().out.splitlines()
    assert html == f"{tmp_path / 'a.html'}: {IDS}; {stamp(NEWEST)}"
    assert table == f"{tmp_path / 'a.csv'}: plan; {stamp(NEWEST)}"


def figures(path: Path, period: str) -> dict[str, str]:
    """Return the values of a period in a CSV file of either language by adcode."""
    head, *rows = csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig")))
    adcode, when, value = (
        head.index(name)
        for name in (("adcode", "period", "value") if "adcode" in head else ("行政区划代码", "时期", "数值"))
    )
    return {row[adcode]: row[value] for row in rows if row[when] == period}


def test_a_view_is_that_of_the_pages_address(tmp_path: Path, capsys):
    out = tmp_path / "a.csv"
    assert main(["export", str(out), "--view", "?metric=population&period=2010&sel=440106&lang=en"]) == 0
    assert ": view; " in capsys.readouterr().out
    assert figures(out, "2010")["440106"].isdecimal()
    assert main(["export", str(tmp_path / "a.geojson"), "--view", "metric=population&period=2010&lang=en"]) == 0
    features = json.loads((tmp_path / "a.geojson").read_bytes())["features"]
    assert {feature["properties"]["metric"] for feature in features} == {"Residents"}
    assert {feature["properties"]["period"] for feature in features} == {"2010"}


def test_a_view_of_changes_is_in_every_kind_of_file(tmp_path: Path, capsys):
    view = "metric=gdp&period=2023&since=2020&lang=en"
    for kind in FORMATS:
        out = tmp_path / f"a.{kind}"
        assert main(["export", str(out), "--view", view]) == 0
        assert out.read_bytes().startswith(BEGINNINGS[kind])
    assert float(figures(tmp_path / "a.csv", "2020 → 2023")["440105"]) == pytest.approx(30.3427, abs=1e-3)
    assert figures(tmp_path / "a.csv", "2020 → 2023")["440111"] == "", "Baiyun has no data for 2020"
    features = json.loads((tmp_path / "a.geojson").read_bytes())["features"]
    assert {feature["properties"]["metric"] for feature in features} == {"GDP, nominal change"}
    drawn = (tmp_path / "a.svg").read_text(encoding="utf-8")
    page = (tmp_path / "a.html").read_text(encoding="utf-8")
    for text in ("GDP, nominal change", "2020 → 2023", "+30.3", "No comparable figures in both years"):
        assert text in drawn, text
        assert text in page, text
    with zipfile.ZipFile(tmp_path / "a.pptx") as parts:
        slide = parts.read("ppt/slides/slide1.xml").decode()
    assert "GDP, nominal change · 2020 → 2023" in slide


def test_a_start_that_is_no_earlier_period_is_wrong_usage(tmp_path: Path, capsys):
    said = refused([str(tmp_path / "a.csv"), "--view", "metric=gdp&period=2023&since=2024"], capsys)
    assert "--view since=2024: expected 2018, 2019, 2020, 2021, 2022" in said


def test_a_metric_without_a_period_is_shown_in_its_best_covered_one(tmp_path: Path, capsys):
    for name, view in {"own": "metric=retail_sales", "asked": "metric=retail_sales&period=2023"}.items():
        assert main(["export", str(tmp_path / f"{name}.geojson"), "--view", view]) == 0
    periods = [
        {
            feature["properties"]["period"]
            for feature in json.loads((tmp_path / f"{name}.geojson").read_bytes())["features"]
        }
        for name in ("own", "asked")
    ]
    assert periods == [{"2022"}, {"2023"}], "not that of GDP, of which fewer districts are known"


def test_the_newest_version_is_exported_unless_the_view_names_another(tmp_path: Path, capsys):
    assert publish_changed() == 2
    for name, arguments in {"new": [], "old": ["--view", "v=1"], "view": ["--view", "metric=gdp&v=1"]}.items():
        assert main(["export", str(tmp_path / f"{name}.csv"), *arguments]) == 0
    values = [figures(tmp_path / f"{name}.csv", "2023")["440106"] for name in ("new", "old", "view")]
    assert values == ["7000", "6551.26", "6551.26"]
    message = capsys.readouterr().out.splitlines()
    assert ["version 2" in message[0], "version 1" in message[1], "version 1" in message[2]] == [True] * 3


def html_of(tmp_path: Path, *arguments: str) -> str:
    """Return the page that a command makes."""
    assert main(["export", str(tmp_path / "a.html"), *arguments]) == 0
    return (tmp_path / "a.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("arguments", "language"),
    [
        ([], "zh-CN"),
        (["--lang", "en"], "en"),
        (["--view", "lang=en"], "en"),
        (["--view", "metric=gdp&lang=en", "--lang", "zh"], "zh-CN"),
    ],
)
def test_the_language_is_the_one_asked_for_else_that_of_the_view_else_chinese(arguments, language, tmp_path: Path):
    assert f'<html lang="{language}">' in html_of(tmp_path, *arguments)


def test_a_qr_code_leads_where_guests_reach_the_dashboard(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    assert '"address":"","qr":null' in html_of(tmp_path)
    monkeypatch.setenv("DASHBOARD_ADDRESS", "http://10.0.0.5:8501/")
    monkeypatch.setenv("DASHBOARD_MAP_APPROVAL", "GS(2026)1")
    page = html_of(tmp_path)
    assert '"address":"http://10.0.0.5:8501/briefing","qr":{' in page
    assert '"approval":"GS(2026)1"' in page
    assert '"address":"https://other.example/briefing?v=1",' in html_of(
        tmp_path, "--address", "https://other.example/", "--view", "v=1"
    )
    assert '"caption":"https://other.example/briefing?v=1"' in html_of(
        tmp_path, "--address", "https://other.example/", "--view", "v=1"
    )
    assert '"address":"","qr":null' in html_of(tmp_path, "--address", "http://localhost:8501"), "guests cannot open it"
    single = html_of(tmp_path, "--view", "metric=population&period=2010&lang=en")
    assert r'"address":"http://10.0.0.5:8501/?metric=population\u0026period=2010\u0026' in single


# ---- a data folder


def test_a_data_folder_is_read_as_it_is(folder: DataFolder, tmp_path: Path, capsys):
    folder.replace("indicators.csv", TIANHE_2023.decode(), CHANGED.decode())
    out = tmp_path / "a.csv"
    assert main(["export", str(out), "--data", str(folder.path)]) == 0
    assert figures(out, "2023")["440106"] == "7000"
    assert capsys.readouterr().out == f"{out}: plan; Latest figures: 2024 (some 2025) · supplied with this release\n"
    assert not (tmp_path / "dashboard.sqlite3").exists(), "no database is needed"


def test_a_data_folder_with_problems_lists_them_and_exits_with_1(folder: DataFolder, tmp_path: Path, capsys):
    row = folder.replace("indicators.csv", "440106,gdp,2023,6551.26", "440106,gdp,2023,many")
    (folder.path / "zones.geojson").unlink()
    out = tmp_path / "a.csv"
    assert main(["export", str(out), "--data", str(folder.path)]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert any(line.startswith(f"indicators.csv, row {row}, field 'value': found 'many'") for line in lines)
    assert any(line.startswith("zones.geojson: found 'no such file'") for line in lines)
    assert not out.exists()
    assert main(["export", str(out), "--data", str(folder.path), "--format", "json"]) == 1
    assert [entry["problem"] for entry in json.loads(capsys.readouterr().out)] == lines


def test_problems_of_the_configured_folder_are_listed_too(folder: DataFolder, tmp_path: Path, monkeypatch, capsys):
    (folder.path / "zones.geojson").unlink()
    monkeypatch.setenv("DASHBOARD_DATA_DIR", str(folder.path))
    assert main(["export", str(tmp_path / "a.csv")]) == 1
    assert capsys.readouterr().out.startswith("zones.geojson: found 'no such file'")


def test_for_machines_a_good_export_is_an_empty_list(tmp_path: Path, capsys):
    assert main(["export", str(tmp_path / "a.csv"), "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out) == []


def test_a_file_that_cannot_be_written_is_a_problem(tmp_path: Path, capsys):
    out = tmp_path / "no" / "a.csv"
    assert main(["export", str(out)]) == 1
    assert str(out) in capsys.readouterr().out


def test_a_database_that_cannot_be_opened_is_a_problem(tmp_path: Path, monkeypatch, capsys):
    monkeypatch.setenv("DASHBOARD_DATABASE_URL", "nonsense")
    assert main(["export", str(tmp_path / "a.csv")]) == 1
    assert "does not contain a database name" in capsys.readouterr().out


def test_the_version_before_an_unreadable_one_is_written_and_the_log_says_why(
    tmp_path: Path, monkeypatch, capsys, caplog
):
    monkeypatch.setattr(sys.modules[__name__], "CHANGED", b"440106,gdp,2023,many")
    publish_changed()
    caplog.clear()  # of the new database
    assert main(["export", str(tmp_path / "a.csv")]) == 0
    assert stamp(NEWEST) in capsys.readouterr().out
    assert [record.getMessage()[:50] for record in caplog.records] == [
        "Version 2 in the database cannot be read by this r",
        "Version 1 is shown in place of version 2, which st",
    ]


def test_a_database_of_which_no_version_can_be_read_is_a_problem(tmp_path: Path, monkeypatch, capsys):
    store = Store.open()
    store.ensure_shipped(shipped_tables(DATA))
    with store._database.engine.connect() as connection:
        damage(store._database.engine, records.hashes(connection, 1)["clusters.csv"], b"")
    store.close()
    assert main(["export", str(tmp_path / "a.csv")]) == 1
    assert capsys.readouterr().out.startswith("This release cannot read any version in the database")


def test_a_version_asked_for_that_cannot_be_read_is_refused(tmp_path: Path, monkeypatch, capsys):
    monkeypatch.setattr(sys.modules[__name__], "CHANGED", b"440106,gdp,2023,many")
    publish_changed()
    said = refused([str(tmp_path / "a.csv"), "--view", "metric=gdp&v=2"], capsys)
    assert "v=2: expected the number of a readable version; see python -m store history" in said


# ---- wrong usage


@pytest.mark.parametrize("name", ["a.docx", "a", "pptx", "a.handout", "a.pdf.txt"])
def test_an_unknown_ending_is_refused_with_those_there_are(name: str, tmp_path: Path, capsys):
    message = refused([str(tmp_path / name)], capsys)
    assert f"{name}: expected one of the extensions pptx, pdf, html, handout.pdf, png, svg, csv, geojson" in message


@pytest.mark.parametrize(
    ("view", "message"),
    [
        ("metric=gold", "--view metric=gold: expected gdp, "),
        ("metric=gdp&period=1999", "--view period=1999: expected "),
        ("metric=gdp&tier=third", "--view tier=third: expected all, headquarters, second, district"),
        ("metric=gdp&sel=1", "--view sel=1: expected 440103, "),
        ("metric=gdp&v=99", "--view v=99: expected the number of a readable version"),
        ("v=two", "--view v=two: expected the number of a readable version"),
        ("v=0", "--view v=0: expected the number of a readable version"),
        ("meric=gdp", "--view meric=gdp: expected only the names metric, period, "),
        ("gdp", "--view gdp=: expected only the names metric, period, "),
        ("metric=gdp&breaks=100,200", "--view breaks=100,200: expected scheme=manual as well"),
        ("metric=gdp&scheme=quantile&breaks=1", "--view breaks=1: expected scheme=manual as well"),
        ("meric=gdp&tier=third", "; --view tier=third: expected all"),
    ],
)
def test_a_view_that_is_not_understood_is_refused(view: str, message: str, tmp_path: Path, capsys):
    out = tmp_path / "a.csv"
    assert message in refused([str(out), "--view", view], capsys)
    assert not out.exists()


def test_a_folder_has_no_versions(tmp_path: Path, capsys):
    message = refused([str(tmp_path / "a.csv"), "--data", str(DATA), "--view", "v=1"], capsys)
    assert "--view v=1: expected the number of a readable version" in message


def test_a_folder_that_is_not_there_is_named(tmp_path: Path, capsys):
    folder = tmp_path / "nowhere"
    message = refused([str(tmp_path / "a.csv"), "--data", str(folder)], capsys)
    assert f"--data {folder}: expected a folder with data files" in message


def test_limits_by_hand_are_understood_with_their_scheme(tmp_path: Path):
    page = html_of(tmp_path, "--view", "metric=gdp&scheme=manual&breaks=1000,3000&lang=en")
    assert "Class limits set by hand." in page


def test_an_unknown_slide_is_refused_with_those_there_are(tmp_path: Path, capsys):
    message = refused([str(tmp_path / "a.svg"), "--slide", "gpd"], capsys)
    assert f"--slide gpd: expected one of {IDS}" in message


def test_view_and_slide_are_refused_together(tmp_path: Path, capsys):
    assert "--view and --slide: expected one of them" in refused(
        [str(tmp_path / "a.svg"), "--slide", "gdp", "--view", "metric=gdp"], capsys
    )


@pytest.mark.parametrize("arguments", [[], ["a.svg", "--lang", "fr"], ["a.svg", "--format", "xml"], ["a.svg", "b.svg"]])
def test_what_argparse_refuses(arguments: list[str], capsys):
    assert "usage: python -m geo" in refused(arguments, capsys)


def test_the_command_runs_from_a_shell_and_writes_nothing_but_its_answer(tmp_path: Path):
    out = tmp_path / "a.pdf"  # one of those that tell how far they are, where somebody looks
    command = [sys.executable, "-m", "geo", "export", str(out), "--data", str(DATA), "--slide", "gdp"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=120)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == f"{out}: gdp; GDP: figures up to 2024 (some 2025) · supplied with this release\n"


@pytest.mark.parametrize("view", ["metric=gdp&period=2023", "metric=gold", "v=99"])
def test_the_database_is_closed_whatever_comes_of_it(
    view: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with counted() as connections, suppress(SystemExit):
        main(["export", "--view", view, str(tmp_path / "a.csv")])
    assert connections["opened"] == connections["closed"] > 0
