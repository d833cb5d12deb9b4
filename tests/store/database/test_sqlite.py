"""The SQLite file: for its owner only, whole without its -wal file, and never written to where others do not find it."""

import os
import shutil
import sqlite3
import stat
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import text

from store import DatabaseError, FileChangedError, InDoubtError, Store
from store.database import sqlite
from store.database.sqlite import opened
from tests.store.conftest import SHIPPED, publication

pytestmark = pytest.mark.slow

SOON_SECONDS = 5


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """The path of a database."""
    return tmp_path / "var" / "a.sqlite3"


@pytest.fixture
def store(file: Path) -> Iterator[Store]:
    """A store in it whose only version is the shipped data."""
    with closing(Store.open(f"sqlite:///{file}")) as one:
        one.ensure_shipped(SHIPPED)
        yield one


def versions_in(file: Path, to: Path) -> list[str]:
    """Copy a file alone, as somebody would who knows nothing of SQLite, and return the authors of the versions in the copy."""
    shutil.copyfile(file, to)
    with closing(Store.open(f"sqlite:///{to}")) as one:
        return [version.author for version in one.versions()]


def answers_again(store: Store) -> bool:
    """Wait until the database is asked again and answers."""
    deadline = time.monotonic() + SOON_SECONDS
    while store.away and time.monotonic() < deadline:
        time.sleep(0.01)
    return not store.away


def test_the_file_alone_holds_every_version_right_after_a_publication(store, file, tmp_path):
    store.publish(publication(author="Li"), expected=1)
    assert versions_in(file, tmp_path / "copy.sqlite3") == ["Li", "system"]


def test_a_reader_stops_no_publication_and_the_file_is_whole_at_the_end(store, file, tmp_path):
    with closing(sqlite3.connect(file, isolation_level=None)) as reader:
        reader.execute("BEGIN").close()
        reader.execute("SELECT * FROM pointer").fetchall()
        assert store.publish(publication(author="Li"), expected=1).id == 2
        assert versions_in(file, tmp_path / "early.sqlite3") == ["system"], "the reader was not in the way"
        reader.execute("COMMIT").close()
        store.close()
        assert Path(f"{file}-wal").stat().st_size == 0
    assert versions_in(file, tmp_path / "late.sqlite3") == ["Li", "system"]


def test_nobody_but_the_owner_may_read_what_is_made(file, tmp_path):
    before = os.umask(0o000)
    try:
        with closing(Store.open(f"sqlite:///{file}")) as one:
            one.ensure_shipped(SHIPPED)
            one.publish(publication(), expected=1)
            made = {path.name: stat.S_IMODE(path.stat().st_mode) for path in file.parent.iterdir()}
    finally:
        os.umask(before)
    assert made == dict.fromkeys(("a.sqlite3", "a.sqlite3-wal", "a.sqlite3-shm", "a.sqlite3.lock"), 0o600)
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700


def move_away(file: Path, keep: Path) -> None:
    file.rename(keep)


def put_another(file: Path, keep: Path) -> None:
    other = file.with_name("other.sqlite3")
    with closing(Store.open(f"sqlite:///{other}")) as one:
        one.ensure_shipped(SHIPPED)
    file.rename(keep)
    other.rename(file)


def put_a_twin(file: Path, keep: Path) -> None:
    shutil.copy2(file, file.with_name("twin.sqlite3"))
    file.rename(keep)
    file.with_name("twin.sqlite3").rename(file)


def bring_back(file: Path, keep: Path) -> None:
    keep.replace(file)


def cut(file: Path, keep: Path) -> None:
    shutil.copyfile(file, keep)
    os.truncate(file, file.stat().st_size // 8192 * 4096)


def empty(file: Path, keep: Path) -> None:
    shutil.copyfile(file, keep)
    os.truncate(file, 0)


def write_older_over_it(file: Path, keep: Path) -> None:
    shutil.copyfile(file, keep)
    shutil.copyfile(file.with_name("older.sqlite3"), file)


def write_back(file: Path, keep: Path) -> None:
    shutil.copyfile(keep, file)


@pytest.mark.parametrize(
    ("harm", "mend", "words"),
    [
        (move_away, bring_back, "is gone, so nothing was saved. Put it back"),
        (put_another, bring_back, "is not the one the dashboard opened.* Put the original file back, or restart"),
        (put_a_twin, bring_back, "is not the one the dashboard opened.* Put the original file back, or restart"),
        (
            write_older_over_it,
            write_back,
            "is not the one the dashboard opened.* Put the original file back, or restart",
        ),
        (cut, write_back, "is truncated or damaged.* restore a backup"),
        (empty, write_back, "is truncated or damaged.* restore a backup"),
    ],
)
def test_nothing_is_stored_where_nobody_would_find_it(
    store, file, tmp_path, harm: Callable[[Path, Path], None], mend: Callable[[Path, Path], None], words: str
):
    shutil.copyfile(file, file.with_name("older.sqlite3"))
    store.publish(publication(author="Li"), expected=1)
    keep = tmp_path / "keep.sqlite3"
    harm(file, keep)
    with pytest.raises(FileChangedError, match=f"The database file {file} {words}"):
        store.publish(publication("lost", author="Wu"), expected=2)
    assert versions_in(keep, tmp_path / "copy.sqlite3") == ["Li", "system"]
    with pytest.raises(FileChangedError, match=words):
        store.current()
    mend(file, keep)
    assert answers_again(store)
    assert store.publish(publication("found", author="Wu"), expected=2).id == 3
    assert versions_in(file, tmp_path / "again.sqlite3") == ["Wu", "Li", "system"]


def test_a_file_that_is_taken_away_during_a_publication_takes_nothing(store, file, tmp_path):
    keep = tmp_path / "keep.sqlite3"
    with pytest.raises(FileChangedError), store._database.writing() as connection:
        connection.execute(text("UPDATE pointer SET version_id = NULL"))
        file.rename(keep)
    keep.rename(file)
    assert answers_again(store)
    assert store.current() == 1


def test_a_file_that_is_taken_away_after_the_commit_is_not_said_to_hold_nothing(store, file, tmp_path, monkeypatch):
    keep = tmp_path / "keep.sqlite3"
    monkeypatch.setattr(sqlite, "fold", lambda _: file.rename(keep))
    with pytest.raises(InDoubtError, match=r"is gone\. The data may or may not have been saved") as raised:
        store.publish(publication(author="Li"), expected=1)
    assert "nothing was saved" not in str(raised.value)
    monkeypatch.undo()
    keep.rename(file)
    assert answers_again(store)
    assert store.current() == 2


def test_a_database_that_was_emptied_is_not_begun_anew(store, file):
    store.close()
    os.truncate(file, 0)
    for _ in range(2):
        with pytest.raises(
            DatabaseError, match=f"{file} is empty, although it has been used as a database.*restore-backup"
        ):
            Store.open(f"sqlite:///{file}")
    assert file.stat().st_size == 0
    file.unlink()
    Store.open(f"sqlite:///{file}").close()


def test_a_new_database_where_a_setting_names_one_is_warned_of(file, caplog):
    Store.open(f"sqlite:///{file}").close()
    assert [record.levelname for record in caplog.records] == ["WARNING"]
    assert f"No database was found at {file}, so a new one is created. If there should be one" in caplog.text
    caplog.clear()
    Store.open(f"sqlite:///{file}").close()
    assert not caplog.records


def test_a_newcomer_is_not_warned_of_a_new_database_but_whoever_lost_one_is(file, caplog, monkeypatch):
    monkeypatch.delenv("DASHBOARD_DATABASE_URL", raising=False)
    monkeypatch.setattr("store.database.addresses.DEFAULT_FILE", file)
    caplog.set_level("INFO", logger="store")
    Store.open().close()
    assert [record.levelname for record in caplog.records] == ["INFO"]
    assert f"No database was found at {file}, so a new one is created." in caplog.text
    caplog.clear()
    file.unlink()
    Store.open().close()
    assert [record.levelname for record in caplog.records] == ["WARNING"]
    caplog.clear()
    for path in file.parent.iterdir():
        path.unlink()
    monkeypatch.setenv("DASHBOARD_DATABASE_URL", f"sqlite:///{file}")
    Store.open().close()
    assert [record.levelname for record in caplog.records] == ["WARNING"]


def test_no_empty_file_is_put_in_the_place_of_one_that_is_gone(store, file, tmp_path):
    file.rename(tmp_path / "keep.sqlite3")
    with pytest.raises(DatabaseError):
        store.current()
    with pytest.raises(DatabaseError):
        store.publish(publication(), expected=1)
    with pytest.raises(sqlite3.OperationalError, match="unable to open"):
        opened(file)
    assert not file.exists()


def test_what_another_process_publishes_is_no_damage(store, file):
    with closing(Store.open(f"sqlite:///{file}")) as other:
        other.publish(publication(author="Li"), expected=1)
        assert store.current() == 2
        store.publish(publication("more"), expected=2)
        assert other.current() == 3
    assert not store.away


PUBLISH = (
    "import sys; from store import Store; from tests.store.conftest import publication; "
    "one = Store.open(sys.argv[1]); one.publish(publication(author='Li'), expected=1); one.close()"
)


@pytest.mark.parametrize("endings", [("-wal", "-shm"), ("-wal",), ("-shm",)])
def test_what_is_published_past_files_deleted_beside_it_is_noticed_and_shown(store, file, endings: tuple[str, ...]):
    assert store.current() == 1
    for ending in endings:
        Path(f"{file}{ending}").unlink()
    command = [sys.executable, "-c", PUBLISH, f"sqlite:///{file}"]
    subprocess.run(command, cwd=Path(__file__).parents[3], check=True)
    with pytest.raises(FileChangedError, match=r"lost its -wal or -shm file.* reopened automatically"):
        store.current()
    assert answers_again(store)
    assert store.current() == 2
    assert store.publish(publication("more", author="Wu"), expected=2).id == 3


def test_a_publication_during_their_deletion_is_refused_and_taken_right_after(store, file, tmp_path):
    Path(f"{file}-shm").unlink()
    with pytest.raises(FileChangedError, match="nothing was saved"):
        store.publish(publication(author="Li"), expected=1)
    assert store.away, "who reads at this moment is not let near what has no place any more"
    assert answers_again(store)
    assert store.publish(publication(author="Li"), expected=1).id == 2
    assert versions_in(file, tmp_path / "copy.sqlite3") == ["Li", "system"]


def test_a_file_that_somebody_has_locked_is_waited_for_briefly_and_only_once(store, file):
    store._database.engine.dispose()  # so that the whole file can be locked
    with closing(sqlite3.connect(file, isolation_level=None)) as holder:
        holder.execute("PRAGMA locking_mode = EXCLUSIVE").fetchall()
        holder.execute("BEGIN EXCLUSIVE").close()
        holder.execute("UPDATE pointer SET version_id = version_id").close()
        with pytest.raises(DatabaseError, match="locked"):
            store.current()
        asked = time.monotonic()
        with pytest.raises(DatabaseError, match="locked"):
            store.publish(publication(), expected=1)
        assert time.monotonic() - asked < 1, "whoever asks next does not wait again"
        holder.execute("ROLLBACK").close()
    assert answers_again(store)
    assert store.publish(publication(), expected=1).id == 2
