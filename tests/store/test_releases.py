"""Databases that releases wrote: this one opens each, shows its figures, restores it, publishes on top and approves its draft."""

import csv
import io
import json
import shutil
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any, NamedTuple

import psycopg
import pytest

from cli.store import main
from geo.data import loading
from geo.data.checking import stored_metrics
from geo.data.raw import Raw
from geo.fields import COLUMNS, TABLES, Added, Field
from geo.figures import measures
from store import Store, backup
from store.reading import upgrade
from store.reading.loading import parsed, shipped_tables
from store.reading.opening import condition, open_version
from tests.fixtures import DATA
from tests.store.releases import make
from tests.store.releases.make import EXPECTED, POSTGRESQL, RELEASES, SQLITE, release, seen

pytestmark = [pytest.mark.slow, pytest.mark.no_cover]

WRITTEN = sorted(path.parent.name for path in RELEASES.glob(f"*/{EXPECTED}"))
OLDEST = min(WRITTEN, key=lambda name: tuple(map(int, name.split("."))))
TIANHE_2025 = "地区,指标,期间,数值,单位,来源\n天河区,gdp,2025,7100,亿元,zz-bulletin\n".encode("gb18030")


def expected(name: str) -> dict[str, Any]:
    """Return what a release showed of its database."""
    return json.loads((RELEASES / name / EXPECTED).read_text(encoding="utf-8"))


class Written(NamedTuple):
    """A copy of a database, and what the release that wrote it showed."""

    url: str
    expected: dict[str, Any]


@pytest.fixture(params=[(name, kind) for name in WRITTEN for kind in ("sqlite", "postgresql")], ids="-".join)
def written(
    request: pytest.FixtureRequest, tmp_path: Path, new_database: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> Written:
    """A copy of a release's database, which the command line uses too."""
    name, kind = request.param
    if kind == "sqlite":
        url = f"sqlite:///{shutil.copy(RELEASES / name / SQLITE, tmp_path)}"
    else:
        url = new_database(request.getfixturevalue("server"))
        with psycopg.connect(url) as connection:
            connection.execute((RELEASES / name / POSTGRESQL).read_text(encoding="utf-8"))
    monkeypatch.setenv("DASHBOARD_DATABASE_URL", url)
    monkeypatch.setenv("DASHBOARD_DATA_DIR", str(DATA))
    return Written(url, expected(name))


@pytest.fixture(scope="module")
def shipped() -> Raw:
    """The data folder of this release."""
    return loading.checked(DATA)


@pytest.fixture
def store(written: Written) -> Iterator[Store]:
    """The store in it, opened as a server of this release does."""
    opened = Store.open(written.url)
    opened.ensure_shipped(shipped_tables(DATA))
    yield opened
    opened.close()


# ---- every release leaves one behind ----


def test_this_release_has_left_its_database():
    assert release() in WRITTEN, "run python -m tests.store.releases.make, see docs/operations.md"
    assert expected(release())["release"] == release()


def test_the_script_that_writes_it_still_does(tmp_path: Path):
    make.write(f"sqlite:///{tmp_path / SQLITE}")
    with closing(Store.open(f"sqlite:///{tmp_path / SQLITE}")) as store:
        written, before = make.expected(store), expected(release())
    assert (written["events"], written["aliases"], written["current"]) == (
        before["events"],
        before["aliases"],
        before["current"],
    )
    assert {n: (one["kind"], one["state"]) for n, one in written["versions"].items()} == {
        n: (one["kind"], one["state"]) for n, one in before["versions"].items()
    }


def test_the_script_does_not_write_over_a_release(capsys):
    assert make.main() == 1
    assert "already exists" in capsys.readouterr().out


@pytest.mark.parametrize("name", WRITTEN)
def test_they_are_small(name: str):
    assert all((RELEASES / name / file).stat().st_size < 300_000 for file in (SQLITE, POSTGRESQL, EXPECTED))


def test_every_addition_since_the_oldest_release_has_a_stated_default():
    before = expected(OLDEST)["columns"]
    for name, columns in before.items():
        added = set(COLUMNS.get(name, ())) - set(columns)
        said = {column for column in added if TABLES[name][column].added}
        assert added == said, f"{name}: say in data/fields.toml since when, and with which default for older versions"
    tables = set(shipped_tables(DATA)) - set(before)
    assert tables <= set(upgrade.ADDED_TABLES), "say in store/reading/upgrade.py why the shipped table is right"


def test_none_of_the_fast_tests_starts_a_database_server(request: pytest.FixtureRequest):
    served = [
        item
        for item in request.session.items
        if "postgresql]" in item.name or {"server", "mortal"} & {*item.fixturenames}
    ]
    assert [item.nodeid for item in served if not item.get_closest_marker("equipment")] == []


# ---- each is opened ----


def test_every_version_shows_what_it_showed(written: Written, store: Store, shipped: Raw):
    assert store.current() == written.expected["current"]
    assert store.aliases("indicators") == written.expected["aliases"]
    assert [event.action for event in store.events()][-len(written.expected["events"]) :] == written.expected["events"]
    for number, showed in written.expected["versions"].items():
        version = store.version(int(number))
        atlas = open_version(store, shipped, version.id)
        assert {"kind": version.kind, "state": version.state} | seen(atlas) == showed
        assert condition(store, shipped, version.id).left_out == ()


def test_every_stored_figure_is_shown_to_the_last_digit(written: Written, store: Store, shipped: Raw):
    known = stored_metrics(shipped.catalogue)
    for number in map(int, written.expected["versions"]):
        figure_table = measures.figures(open_version(store, shipped, number))
        rows = list(csv.DictReader(io.StringIO(store.tables(number)["indicators.csv"].decode())))
        figures = [(row["adcode"], row["metric"], row["period"], float(row["value"])) for row in rows]
        assert len(figures) > 100
        shown = [(*row[:3], figure_table.column(row[1], row[2])[row[0]].value) for row in figures if row[1] in known]
        assert shown == figures


def test_the_figures_are_those_that_were_published(store: Store, shipped: Raw):
    gdp = {
        number: measures.figures(open_version(store, shipped, number)).column("gdp", "2023") for number in (1, 2, 7, 9)
    }
    assert [gdp[number]["440106"].value for number in (1, 2, 7)] == [6551.26, 7000, 7000]
    assert [gdp[number]["440105"].value for number in (1, 7, 9)] == [2720.16, 3000, 3100]


def test_its_stored_bytes_stay_as_they_were(written: Written, store: Store):
    before = {number: store.tables(int(number)) for number in written.expected["versions"]}
    assert main(["restore", "1", "--note", "back"]) == 0
    assert main(["history"]) == 0
    assert {number: store.tables(int(number)) for number in written.expected["versions"]} == before


def test_every_version_that_was_seen_is_restored(written: Written, store: Store, shipped: Raw):
    for number, showed in written.expected["versions"].items():
        if showed["state"] in ("published", "offered") and int(number) != store.current():
            assert main(["restore", number, "--note", "back"]) == 0
            assert seen(open_version(store, shipped, store.current())).items() <= showed.items()


def publish(tmp_path: Path, content: bytes = TIANHE_2025, *arguments: str) -> int:
    """Publish a file upon what everybody sees, by the command line."""
    (tmp_path / "数据.csv").write_bytes(content)
    return main(["publish", str(tmp_path / "数据.csv"), "--note", "upon it", "--yes", *arguments])


def test_a_file_is_published_upon_it(written: Written, store: Store, shipped: Raw, tmp_path: Path):
    before = seen(open_version(store, shipped, store.current()))
    assert publish(tmp_path) == 0
    atlas = open_version(store, shipped, store.current())
    assert store.current() > max(map(int, written.expected["versions"]))
    assert measures.figures(atlas).column("gdp", "2025")["440106"].value == 7100
    assert seen(atlas) == before, "all else stays"


def test_its_draft_is_approved_and_its_rejected_one_is_not(store: Store, shipped: Raw):
    (draft,) = [version for version in store.versions() if version.state == "waiting"]
    store.approve(draft.id, "Wang", "good", expected=store.current())
    assert store.current() == draft.id
    assert measures.figures(open_version(store, shipped, draft.id)).column("gdp", "2023")["440105"].value == 3100


def test_its_backup_is_restored_over_the_upgraded_database(written: Written, tmp_path: Path):
    old = tmp_path / "old.backup"
    assert backup.save(old, written.url) == written.expected["current"]
    assert publish(tmp_path) == 0
    assert main(["restore-backup", str(old)]) == 0
    with closing(Store.open(written.url)) as store:
        assert store.current() == written.expected["current"]
        assert len(store.versions()) == len(written.expected["versions"])
    assert publish(tmp_path) == 0


# ---- and will be by the next release ----


@pytest.fixture
def next_release(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A release with one more column in clusters and figures, and without the notes of tenants, until the test ends; its data folder."""
    folder = shutil.copytree(DATA, tmp_path / "data")
    texts = {"en": "-", "zh": "-"}
    opened = Field("opened", texts, texts, added=Added("9.0.0", "", "Nobody knew."))
    confidence = Field("confidence", texts, texts, added=Added("9.0.0", "some", "-"))
    for name, field, shipped in (("clusters.csv", opened, "2021"), ("indicators.csv", confidence, "high")):
        tables = parsed({name: (folder / name).read_bytes()})
        tables[name].assign(**{field.name: shipped}).to_csv(folder / name, index=False)
        monkeypatch.setitem(TABLES, name, {**TABLES[name], field.name: field})
        monkeypatch.setitem(COLUMNS, name, (*COLUMNS[name], field.name))
    tenants = {name: field for name, field in TABLES["tenants.csv"].items() if not name.startswith("note_")}
    monkeypatch.setitem(TABLES, "tenants.csv", tenants)
    monkeypatch.setitem(COLUMNS, "tenants.csv", tuple(tenants))
    monkeypatch.setenv("DASHBOARD_DATA_DIR", str(folder))
    return folder


def test_the_next_release_brings_every_version_up(written: Written, next_release: Path, tmp_path: Path, capsys):
    assert main(["history", "--format", "json"]) == 0
    listed = json.loads(capsys.readouterr().out)
    assert {row["id"] for row in listed} == set(map(int, written.expected["versions"]))
    assert all(row["readable"] for row in listed)
    assert {tuple(row["left_out"]) for row in listed if row["id"] > 4} >= {
        ("tenants.csv: note_en", "tenants.csv: note_zh")
    }
    shipped, store = loading.checked(next_release), Store.open(written.url)
    for number, showed in written.expected["versions"].items():
        atlas = open_version(store, shipped, int(number))
        assert seen(atlas).items() <= showed.items()
        assert (set(atlas.indicators["confidence"]), set(atlas.clusters["opened"])) == ({"some"}, {""})
    store.close()


def test_a_version_may_have_tables_of_several_releases(written: Written, next_release: Path, tmp_path: Path):
    header, *rows = (next_release / "clusters.csv").read_bytes().splitlines(keepends=True)
    assert publish(tmp_path, header + rows[0], "--kind", "clusters") == 0
    shipped, store = loading.checked(next_release), Store.open(written.url)
    stored, atlas = store.tables(store.current()), open_version(store, shipped, store.current())
    store.close()
    ends = {name: table.splitlines()[0].split(b",")[-1].decode() for name, table in stored.items()}
    assert ends == {
        "clusters.csv": "opened",
        "tenants.csv": "note_zh",
        "indicators.csv": "note",
        "sources.csv": "address",
        "slides.csv": "notes_zh",
    }
    assert set(atlas.clusters["opened"]) == {""}
    assert set(atlas.indicators["confidence"]) == {"some"}
