"""Backups of a PostgreSQL database whose text is not in UTF-8, at the server, on the way or in an archive of an earlier release."""

import subprocess
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import psycopg
import pytest

from store import Store, backup
from store.backup.programs import program
from tests.store.conftest import SHIPPED, publication

SAID = ("王", "新数据\\，见\t附件")


@pytest.fixture
def database(server: str) -> Callable[[str], str]:
    """Return a maker of the address of an empty database in an encoding."""

    def make(encoding: str) -> str:
        name = f"in_{encoding.lower()}"
        with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
            connection.execute(f"DROP DATABASE IF EXISTS {name}")
            connection.execute(f"CREATE DATABASE {name} ENCODING '{encoding}' TEMPLATE template0")
        return f"{server}/{name}"

    return make


def said(url: str) -> list[tuple[str, str, str]]:
    """Return what people wrote, newest first; the tables of the version everyone sees are whole."""
    with closing(Store.open(url)) as store:
        assert store.tables(store.current())["indicators.csv"]
        return [(version.author, version.note, version.file_name) for version in store.versions()]


def fill(url: str) -> None:
    """Put the shipped data into a database, and a version with Chinese text."""
    with closing(Store.open(url)) as store:
        store.ensure_shipped(SHIPPED)
        store.publish(publication(author=SAID[0], note=SAID[1]), expected=1)


@pytest.mark.parametrize(
    ("encoding", "query", "shell"),
    [
        ("UTF8", "", "GBK"),
        ("UTF8", "?client_encoding=GBK", ""),
        ("EUC_CN", "", ""),
        ("EUC_CN", "", "GB18030"),
        ("SQL_ASCII", "", "GBK"),
    ],
)
def test_a_backup_is_restored_whatever_encoding_server_address_and_shell_choose(
    encoding: str, query: str, shell: str, database: Callable[[str], str], tmp_path: Path, monkeypatch
):
    if shell:
        monkeypatch.setenv("PGCLIENTENCODING", shell)
    url = database(encoding) + query
    fill(url)
    written = said(url)
    assert written[0] == (SAID[0], SAID[1].replace("\t", " "), "数据.csv")
    backup.save(tmp_path / "a", url)
    backup.restore(tmp_path / "a", url)
    assert said(url) == written
    monkeypatch.delenv("PGCLIENTENCODING", raising=False)
    elsewhere = database("UTF8")  # another one, or an empty one of the same name
    backup.restore(tmp_path / "a", elsewhere)
    assert said(elsewhere) == written


def test_an_archive_that_an_earlier_release_wrote_in_gbk_is_restored(database: Callable[[str], str], tmp_path: Path):
    url, archive = database("UTF8"), tmp_path / "old"
    fill(url)
    written = said(url)
    command = [program("pg_dump"), "-Fc", "--no-owner", "--encoding=GBK", f"--dbname={url}", f"--file={archive}"]
    subprocess.run(command, check=True)
    with closing(Store.open(url)) as store:
        store.publish(publication("later"), expected=2)
    backup.restore(archive, url)
    assert said(url) == written
