"""Databases that were not made for the dashboard: refused in words where they do not fit, used as they are where only their settings differ."""

import sqlite3
import subprocess
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import psycopg
import pytest

from store import DatabaseError, Store, backup
from store.backup.programs import program
from tests.store.conftest import SHIPPED, publication


def test_an_sqlite_file_of_another_program_is_left_as_it_is(tmp_path: Path):
    file = tmp_path / "other.sqlite3"
    with closing(sqlite3.connect(file)) as other:
        other.execute("CREATE TABLE accounts (a)")
        other.commit()
    before = file.read_bytes()
    with pytest.raises(
        DatabaseError, match=r"other\.sqlite3 is of another program \(tables: accounts\), so nothing was changed"
    ):
        Store.open(f"sqlite:///{file}")
    assert file.read_bytes() == before


@pytest.mark.parametrize("setting", ["bytea_output = escape", "datestyle = 'SQL, DMY'", "datestyle = German"])
def test_settings_of_a_postgresql_database_change_nothing(
    setting: str, server: str, new_database: Callable[..., str], tmp_path: Path
):
    url = new_database(server)
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f"ALTER DATABASE {url.rpartition('/')[2]} SET {setting}")
    with closing(Store.open(url)) as store:
        store.ensure_shipped(SHIPPED)
        written = store.publish(publication(author="Li"), expected=1)
    assert backup.save(tmp_path / "a", url) == 2
    backup.restore(tmp_path / "a", url)
    with closing(Store.open(url)) as store:
        assert store.version(2) == written
        assert store.tables(2)["indicators.csv"] == b"id\nnew\n"


def test_a_postgresql_database_without_room_for_chinese_is_refused_in_words(
    server: str, new_database: Callable[..., str], tmp_path: Path
):
    with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
        connection.execute("CREATE DATABASE narrow ENCODING 'LATIN1' TEMPLATE template0")
    url = new_database(server)
    with closing(Store.open(url)) as store:  # what an earlier release kept there
        store.ensure_shipped(SHIPPED)
    backup.save(tmp_path / "a", url)
    subprocess.run([program("pg_restore"), "--no-owner", f"--dbname={server}/narrow", str(tmp_path / "a")], check=True)
    with pytest.raises(DatabaseError, match="cannot store Chinese text: its encoding is not UTF8"):
        Store.open(f"{server}/narrow")
    assert backup.save(tmp_path / "b", f"{server}/narrow") == 1
    with pytest.raises(DatabaseError, match="cannot store Chinese text"):
        backup.restore(tmp_path / "b", f"{server}/narrow")
    wide = new_database(server)
    backup.restore(tmp_path / "b", wide)
    with closing(Store.open(wide)) as store:
        assert store.current() == 1
