"""The server refuses to start on bad data, with one message that lists everything; a version it cannot read does not stop it."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import httpx
import pytest

from store import Publication, Store, records
from store.reading.loading import shipped_tables
from tests.e2e.conftest import ROOT, free_port, serving
from tests.fixtures import DATA, house
from tests.store.test_blobs import damage

pytestmark = [pytest.mark.slow, pytest.mark.no_cover]


def start(**variables: str) -> subprocess.CompletedProcess[str]:
    """Start the server with environment variables and wait until it has given up."""
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(free_port())]
    environment = os.environ | variables
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60, check=False)


def test_bad_data_stops_the_start_with_every_problem_and_no_traceback(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    shutil.copytree(DATA, folder)
    (folder / "context.geojson").unlink()
    indicators = folder / "indicators.csv"
    lines = indicators.read_text(encoding="utf-8").splitlines()
    lines[1] = lines[1] + ",one,field,too,many"
    indicators.write_text("\n".join(lines), encoding="utf-8")

    ended = start(DASHBOARD_DATA_DIR=str(folder))

    assert ended.returncode == 1
    assert "2 problems" in ended.stderr
    assert "context.geojson: found 'no such file'" in ended.stderr
    assert "indicators.csv, row 2" in ended.stderr
    assert "expected 7 fields, as in the header" in ended.stderr
    assert "Traceback" not in ended.stderr + ended.stdout


def test_bad_layers_of_the_office_stop_the_start_with_every_problem(tmp_path: Path) -> None:
    folder = house.write(tmp_path / "layers", house.CATALOGUE.replace("width = 2", "width = 99"), parks=[house.LINE])

    ended = start(DASHBOARD_LAYERS_DIR=str(folder))

    assert ended.returncode == 1
    assert "2 problems" in ended.stderr
    assert "layers.toml, field 'roads.width': found '99', expected a number from 0.2 to 20" in ended.stderr
    assert (
        "parks.geojson, row 1, field 'geometry': found 'LineString', expected Polygon or MultiPolygon" in ended.stderr
    )
    assert f"and {folder} and start again" in ended.stderr
    assert "Traceback" not in ended.stderr + ended.stdout


def test_a_clean_start_prints_the_address_and_nothing_else(tmp_path: Path) -> None:
    log = tmp_path / "log.txt"
    with closing(Store.open(f"sqlite:///{tmp_path / 'dashboard.sqlite3'}")):
        pass  # without it the start says that it makes a database
    with serving(log) as url:
        lines = log.read_text(encoding="utf-8").split("\n")
        # This reads the data outside of a run.
        assert httpx.get(f"{url}/api/show/none/events", trust_env=False).status_code == 404
    assert [line.strip() for line in lines if line.strip()] == [f"The dashboard is at {url}"]
    assert "ScriptRunContext" not in log.read_text(encoding="utf-8")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """A database whose published version, the second, no release can read."""
    opened = Store.open(f"sqlite:///{tmp_path / 'dashboard.sqlite3'}")
    shipped = shipped_tables(DATA)
    opened.ensure_shipped(shipped)
    wrong = {"indicators.csv": shipped["indicators.csv"].replace(b",6551.26,", b",many,")}
    opened.publish(Publication(wrong, "indicators", "update", "Li", "n", "", b""), expected=1)
    yield opened
    opened.close()


def test_a_version_that_cannot_be_read_does_not_stop_the_start(store: Store, tmp_path: Path) -> None:
    log = tmp_path / "log.txt"
    with serving(log):  # fails unless the server becomes healthy
        said = log.read_text(encoding="utf-8")
    assert "Version 2 in the database cannot be read by this release" in said
    assert "indicators.csv, row 40, field 'value': found 'many'" in said
    assert "Version 1 is shown in place of version 2" in said
    assert f"Fix the files in {DATA}" not in said
    assert store.current() == 2


def test_a_database_without_a_readable_version_stops_it_and_is_named(store: Store, tmp_path: Path) -> None:
    with store._database.engine.connect() as connection:
        damage(store._database.engine, records.hashes(connection, 1)["clusters.csv"], b"")
    ended = start(DASHBOARD_DATABASE_URL=f"sqlite:///{tmp_path / 'dashboard.sqlite3'}")
    assert ended.returncode == 1
    assert "This release cannot read any version in the database" in ended.stderr
    assert "Restore the database from a backup" in ended.stderr
    assert "Fix the files" not in ended.stderr
    assert "Traceback" not in ended.stderr + ended.stdout


def test_a_time_zone_that_is_none_stops_the_start_and_is_named(tmp_path: Path) -> None:
    database = f"sqlite:///{tmp_path / 'dashboard.sqlite3'}"
    ended = start(DASHBOARD_TIME_ZONE="Asia/Canton City", DASHBOARD_DATABASE_URL=database)
    assert ended.returncode == 1
    assert 'DASHBOARD_TIME_ZONE is "Asia/Canton City"' in ended.stderr
    assert "Traceback" not in ended.stderr + ended.stdout
    assert not (tmp_path / "dashboard.sqlite3").exists(), "nothing was opened"


def test_a_data_folder_that_is_a_file_stops_the_start_in_words(tmp_path: Path) -> None:
    ended = start(DASHBOARD_DATA_DIR=__file__, DASHBOARD_DATABASE_URL=f"sqlite:///{tmp_path / 'dashboard.sqlite3'}")
    assert ended.returncode == 1
    assert f'DASHBOARD_DATA_DIR is "{__file__}", which is not a folder' in ended.stderr
    assert "Traceback" not in ended.stderr + ended.stdout
