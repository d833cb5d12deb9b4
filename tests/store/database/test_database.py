"""Which database is opened, how durable it is, and that servers which start at once do not collide."""

import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import text

from store import DatabaseError, Store, StoreError
from store.database import address, migrate
from tests.store.conftest import SHIPPED, publication

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[3]


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("postgres://u:p@h/d", "postgresql+psycopg://u:p@h/d"),
        ("postgresql://u:p@h:5433/d", "postgresql+psycopg://u:p@h:5433/d"),
        ("postgresql+psycopg://h/d", "postgresql+psycopg://h/d"),
        ("sqlite:////tmp/a.sqlite3", "sqlite:////tmp/a.sqlite3"),
        ("", f"sqlite:///{ROOT}/var/dashboard.sqlite3"),
    ],
)
def test_addresses_are_those_of_postgresql_and_of_sqlite_files(url, expected, monkeypatch):
    monkeypatch.delenv("DASHBOARD_DATABASE_URL", raising=False)
    assert address(url).render_as_string(hide_password=False) == expected


@pytest.mark.parametrize(
    "url",
    [
        "mysql://u:secret@h/d",
        "sqlite://",
        "sqlite:///:memory:",
        "u:secret@h",
        "postgresql://h:x/d",
        "sqlite:///file:a.sqlite3",
    ],
)
def test_any_other_address_is_refused_without_repeating_a_password(url):
    with pytest.raises(
        DatabaseError, match="expected postgresql://user:password@host/name or sqlite:///path"
    ) as raised:
        address(url)
    assert "secret" not in str(raised.value)


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://user:ge@heim@host/x",
        "postgresql://user:ge@hei/m@host/x",
        "postgresql://user:ge@h?eim@host/x",
        "postgresql+psycopg://user:ge@heim@host:5432/x",
    ],
)
def test_a_password_with_an_at_sign_is_refused_without_repeating_any_of_it(url):
    with pytest.raises(DatabaseError, match="more than one @: write those of a user or a password as %40") as raised:
        address(url)
    assert "ge" not in str(raised.value).split()
    assert not any(part in str(raised.value) for part in ("user:ge", "hei", "eim", "@host"))


def test_an_escaped_at_sign_is_part_of_a_password_or_of_a_user():
    assert address("postgresql://user:ge%40heim@host/x").password == "ge@heim"
    assert address("postgresql://user@server:secret@host/x").username == "user@server"


def test_the_environment_names_the_database_where_nobody_else_does(monkeypatch):
    monkeypatch.setenv("DASHBOARD_DATABASE_URL", "postgres://h/d")
    assert address().host == "h"
    assert address("sqlite:///a.sqlite3").database == "a.sqlite3"


def test_the_folder_of_the_default_file_is_made(tmp_path, monkeypatch):
    monkeypatch.delenv("DASHBOARD_DATABASE_URL", raising=False)
    monkeypatch.setattr("store.database.addresses.DEFAULT_FILE", tmp_path / "var" / "deep" / "a.sqlite3")
    Store.open().close()
    assert (tmp_path / "var" / "deep" / "a.sqlite3").is_file()


def test_a_folder_that_cannot_be_made_is_named(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(DatabaseError, match=r"The folder .*file/deep of the database cannot be created"):
        Store.open(f"sqlite:///{tmp_path}/file/deep/a.sqlite3")


def test_a_file_that_is_no_database_is_named(tmp_path):
    (tmp_path / "a.sqlite3").write_bytes(b"<html>" * 1000)
    with pytest.raises(
        DatabaseError, match=r"a\.sqlite3 cannot be used: file is not a database. Restore it from a backup"
    ):
        Store.open(f"sqlite:///{tmp_path}/a.sqlite3")


def test_a_server_that_is_not_there_is_named_without_its_password():
    with pytest.raises(DatabaseError, match=r"u:\*\*\*@127\.0\.0\.1:1/d cannot be used") as raised:
        Store.open("postgresql://u:secret@127.0.0.1:1/d")
    assert "secret" not in str(raised.value)


def test_neither_password_nor_query_of_an_address_is_shown():
    with pytest.raises(DatabaseError, match=r"u:\*\*\*@127\.0\.0\.1:1/d cannot be used") as raised:
        Store.open("postgresql://u:secret@127.0.0.1:1/d?sslpassword=hidden&application_name=hidden")
    assert "secret" not in str(raised.value)
    assert "hidden" not in str(raised.value)


@pytest.mark.parametrize(("pragma", "expected"), [("journal_mode", "wal"), ("synchronous", 2), ("foreign_keys", 1)])
def test_sqlite_is_durable_and_strict(tmp_path, pragma, expected):
    with closing(Store.open(f"sqlite:///{tmp_path}/a.sqlite3")) as opened:
        opened.ensure_shipped(SHIPPED)
        with opened._database.reading() as connection:
            assert connection.scalar(text(f"PRAGMA {pragma}")) == expected
            assert connection.scalar(text("PRAGMA busy_timeout")) == 2_000
        with opened._database.writing() as connection:
            assert connection.scalar(text(f"PRAGMA {pragma}")) == expected
            assert connection.scalar(text("PRAGMA busy_timeout")) == 15_000


def test_reading_waits_for_no_writer(store):
    with store._database.writing():
        assert store.current() == 1
        assert store.tables(1) == SHIPPED


def test_a_failure_inside_a_transaction_leaves_nothing(store):
    class StopError(Exception):
        pass

    with pytest.raises(StopError), store._database.writing() as connection:
        connection.execute(text("UPDATE pointer SET version_id = NULL"))
        raise StopError
    assert store.current() == 1


def test_a_database_without_versions_says_so(url):
    opened = Store.open(url)
    with pytest.raises(StoreError, match=r"contains no version yet.* Start the dashboard.* restore-backup FILE"):
        opened.current()
    opened.close()


def test_servers_that_start_at_once_on_an_empty_database_all_open_it(empty_url, together):
    stores = together([lambda: Store.open(empty_url) for _ in range(6)])
    assert {store.ensure_shipped(SHIPPED).id for store in stores} == {1}
    for store in stores:
        store.close()


def test_processes_that_start_at_once_on_an_empty_database_all_open_it(empty_url):
    code = "import sys; from store import Store; print('ready', flush=True); input(); Store.open(sys.argv[1]).close()"
    command = [sys.executable, "-c", code, empty_url]
    streams = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    started = [subprocess.Popen(command, cwd=ROOT, text=True, **streams) for _ in range(4)]
    assert [process.stdout.readline() for process in started] == ["ready\n"] * 4
    for process in started:
        process.stdin.write("go\n")
        process.stdin.flush()
    said = [line for process in started for line in process.communicate(timeout=30)[1].splitlines()]
    # One of them made it.
    assert ["a new one is created" in line for line in said] == [True] * empty_url.startswith("sqlite")
    assert [process.returncode for process in started] == [0] * 4


def test_opening_again_changes_nothing(store, url):
    store.publish(publication(), expected=1)
    again = Store.open(url)
    assert (again.current(), again.versions()) == (2, store.versions())
    again.close()


def test_a_database_of_a_newer_dashboard_is_refused(url, engine):
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(DatabaseError, match=r"does not fit this dashboard .*9999.* Install the newer release"):
        migrate(engine)


def test_a_store_does_not_cost_the_import_of_pandas():
    code = "import sys, store; sys.exit('pandas' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0
