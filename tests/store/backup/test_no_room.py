"""A backup of an SQLite file that cannot be opened where it is: on a full disk, or in a folder that is read only, its -shm file has no place."""

import shutil
from contextlib import closing
from pathlib import Path

import pytest

from store import Store, backup
from store.backup import sqlite
from store.errors import BackupError
from tests.store.conftest import SHIPPED, publication

pytestmark = pytest.mark.slow


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A database with two versions that nobody serves; no -shm file can be made beside it."""
    path = tmp_path / "full" / "a.sqlite3"
    with closing(Store.open(f"sqlite:///{path}")) as store:
        store.ensure_shipped(SHIPPED)
        store.publish(publication(author="Li"), expected=1)
    Path(f"{path}-shm").symlink_to(path.parent / "nowhere" / "shm")
    return path


def authors(path: Path) -> list[str]:
    """Return the authors of the versions in a file."""
    with closing(Store.open(f"sqlite:///{path}")) as store:
        return [version.author for version in store.versions()]


def test_a_stopped_database_is_backed_up_elsewhere(file: Path, tmp_path: Path):
    assert backup.save(tmp_path / "b", f"sqlite:///{file}") == 2
    assert sorted(path.name for path in tmp_path.iterdir()) == ["b", "full"]
    assert authors(tmp_path / "b") == ["Li", "system"]


def test_what_a_killed_dashboard_left_in_the_wal_file_is_in_the_backup(file: Path, tmp_path: Path):
    whole = tmp_path / "whole.sqlite3"
    shutil.copyfile(file, whole)
    with closing(Store.open(f"sqlite:///{whole}")) as store, store._database.engine.connect() as reader:
        reader.exec_driver_sql("BEGIN").close()
        reader.exec_driver_sql("SELECT * FROM pointer").close()  # who reads keeps the -wal file from being folded in
        store.publish(publication("later", author="Wu"), expected=2)
        for ending in ("", "-wal"):
            shutil.copyfile(f"{whole}{ending}", f"{file}{ending}")
    assert backup.save(tmp_path / "b", f"sqlite:///{file}") == 3
    assert authors(tmp_path / "b") == ["Wu", "Li", "system"]


def test_a_file_that_is_written_to_meanwhile_is_not_taken_for_whole(file: Path, tmp_path: Path, monkeypatch):
    real = sqlite._duplicate

    def slow(source: Path, to: Path) -> None:
        real(source, to)
        with source.open("ab") as written:
            written.write(b"more")

    monkeypatch.setattr(sqlite, "_duplicate", slow)
    with pytest.raises(BackupError, match=r"was written to while it was copied\. Try again"):
        backup.save(tmp_path / "b", f"sqlite:///{file}")
    assert [path.name for path in tmp_path.iterdir()] == ["full"]
