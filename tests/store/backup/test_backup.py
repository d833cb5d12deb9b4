"""Backups of both databases, tried by restoring them."""

import os
import sqlite3
import stat
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import text

from cli.store import main
from store import Store, backup
from store.backup.files import aside_of
from store.backup.programs import program
from store.errors import BackupError
from tests.store.conftest import SHIPPED, publication
from tests.store.test_blobs import damage

pytestmark = pytest.mark.slow


@pytest.fixture
def kept(url: str, tmp_path: Path) -> Path:
    """A backup of a database with two versions."""
    with closing(Store.open(url)) as store:
        store.ensure_shipped(SHIPPED)
        store.publish(publication(author="Li"), expected=1)
        file = tmp_path / "kept.backup"
        assert backup.save(file, url) == 2
    return file


@pytest.fixture
def elsewhere(url: str, new_database: Callable[..., str], request: pytest.FixtureRequest) -> str:
    """The address of an empty database of the same kind."""
    return new_database("" if url.startswith("sqlite") else request.getfixturevalue("server"))


@pytest.fixture(autouse=True)
def _environment(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The command line finds the database of the test."""
    monkeypatch.setenv("DASHBOARD_DATABASE_URL", url)


def authors(url: str) -> list[str]:
    """Return who made the versions of a database, the newest first."""
    with closing(Store.open(url)) as store:
        assert set(store.tables(store.current())) == set(SHIPPED)
        return [version.author for version in store.versions()]


def test_a_backup_holds_every_version_and_the_log_and_can_be_published_on(kept, elsewhere, url):
    backup.restore(kept, elsewhere)
    with closing(Store.open(elsewhere)) as store, closing(Store.open(url)) as original:
        assert store.versions() == original.versions()
        assert store.events() == original.events()
        assert [store.tables(number) for number in (1, 2)] == [original.tables(number) for number in (1, 2)]
        assert store.publish(publication("more"), expected=2).id == 3


def test_what_was_there_is_kept_aside_and_can_be_brought_back(kept, url):
    with closing(Store.open(url)) as store:
        store.publish(publication("later", author="Wu"), expected=2)
    aside = backup.restore(kept, url)
    assert authors(url) == ["Li", "system"]
    assert stat.S_IMODE(aside.stat().st_mode) == 0o600
    backup.restore(aside, url)
    assert authors(url) == ["Wu", "Li", "system"]


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_a_restore_that_is_ended_before_its_last_step_leaves_the_database(kept, url, monkeypatch):
    with closing(Store.open(url)) as store:
        store.publish(publication("later", author="Wu"), expected=2)

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(Path, "replace", killed)
        backup.restore(kept, url)
    assert authors(url) == ["Wu", "Li", "system"]


def test_a_backup_is_taken_while_somebody_publishes_and_read_by_its_owner_only(kept, url, tmp_path):
    before = os.umask(0o000)
    try:
        with closing(Store.open(url)) as store, store._database.writing():
            assert backup.save(tmp_path / "second.backup", url) == 2
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "second.backup").stat().st_mode) == 0o600
    assert not list(tmp_path.glob("*.part*"))


def test_a_database_in_use_is_not_replaced(kept, url):
    with closing(Store.open(url)) as store:
        store.publish(publication("later", author="Wu"), expected=2)
        with pytest.raises(BackupError, match=r"in use.* Stop the dashboard"):
            backup.restore(kept, url)
        assert store.current() == 3
        store.publish(publication("latest", author="He"), expected=3)
    assert authors(url) == ["He", "Wu", "Li", "system"]


def test_the_command_line_takes_a_backup_and_puts_it_back(kept, url, tmp_path, capsys):
    to = str(tmp_path / "again.backup")
    assert main(["backup", to]) == 0
    assert "version 2 is the one shown to everyone" in capsys.readouterr().out
    with closing(Store.open(url)) as store:
        store.publish(publication("later", author="Wu"), expected=2)
    assert main(["restore-backup", to]) == 0
    said = capsys.readouterr().out
    assert "what was there before" in said
    assert Path(said.partition(": what was there before")[0]).is_file()
    assert authors(url) == ["Li", "system"]


def test_a_file_is_not_overwritten_unless_asked(kept, url):
    before = kept.read_bytes()
    with pytest.raises(SystemExit, match="2"):
        main(["backup", str(kept)])
    with pytest.raises(BackupError, match="already exists"):
        backup.save(kept, url)
    assert kept.read_bytes() == before
    with closing(Store.open(url)) as store:
        store.publish(publication("later", author="Wu"), expected=2)
    assert main(["backup", "--force", str(kept)]) == 0
    backup.restore(kept, url)
    assert authors(url) == ["Wu", "Li", "system"]


@pytest.mark.parametrize("ending", ["", "-wal", "-shm", ".lock"])
@pytest.mark.parametrize("disguise", ["none", "symbolic link", "hard link"])
def test_a_backup_is_not_written_over_the_database_itself(new_database, tmp_path, ending: str, disguise: str):
    url = new_database()
    file = Path(f"{url.removeprefix('sqlite:///')}{ending}")
    with closing(Store.open(url)) as store:
        store.ensure_shipped(SHIPPED)
        to = file if disguise == "none" else tmp_path / "alias"
        if disguise == "symbolic link":
            to.symlink_to(file)
        elif disguise == "hard link":
            to.hardlink_to(file)
        before = file.stat().st_ino
        with pytest.raises(BackupError, match="belongs to the database"):
            backup.save(to, url, overwrite=True)
        assert file.stat().st_ino == before
        assert store.publish(publication(), expected=1).id == 2


def test_who_restores_reads_what_cannot_be_seen(capsys):
    with pytest.raises(SystemExit, match="0"):
        main(["restore-backup", "--help"])
    assert "not where the SQLite file is gone or damaged" in " ".join(capsys.readouterr().out.split())


def test_rows_of_an_archive_that_lack_a_field_are_said_in_words(monkeypatch, tmp_path):
    spy = tmp_path / "pg_restore"
    spy.write_text("#!/bin/sh\nprintf 'COPY public.pointer (id, version_id) FROM stdin;\\n1\\n\\\\.\\n'\n")
    spy.chmod(0o700)
    monkeypatch.setattr("store.backup.postgresql.program", lambda name: str(spy))
    with pytest.raises(BackupError, match="damaged: its rows do not fit its columns"):
        backup.restore(tmp_path / "a.backup", "postgresql://h/d")


def test_a_file_that_is_not_there_is_wrong_usage(tmp_path):
    with pytest.raises(SystemExit, match="2"):
        main(["restore-backup", str(tmp_path / "none")])


def foreign_database(file: Path) -> None:
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("CREATE TABLE other (id INTEGER)").close()


def foreign_text(file: Path) -> None:
    file.write_text("id,name\n1,a\n", encoding="utf-8")


def half(file: Path) -> None:
    os.truncate(file, file.stat().st_size // 2)


@pytest.mark.parametrize("spoil", [foreign_text, foreign_database, half])
def test_what_is_not_a_backup_of_this_dashboard_is_refused(kept, url, spoil: Callable[[Path], None], capsys):
    if spoil is not half:
        kept.unlink()
    spoil(kept)
    assert main(["restore-backup", str(kept)]) == 1
    assert str(kept) in capsys.readouterr().err
    assert authors(url) == ["Li", "system"]
    assert not list(kept.parent.glob("*before-restore*"))


def test_a_copy_without_the_newest_version_is_not_called_a_backup(kept, url, engine, tmp_path, capsys):
    with engine.connect() as connection:
        newest = text("SELECT sha256 FROM version_table WHERE version_id = 2 AND name = 'indicators.csv'")
        sha256 = connection.scalar(newest)
    damage(engine, sha256, b"not compressed")
    kept_before = kept.read_bytes()
    assert main(["backup", "--force", str(kept)]) == 1
    said = capsys.readouterr().err
    assert "version 2 of the database lacks indicators.csv" in said
    assert "python -m store restore N --note" in said
    assert ".part" not in said
    assert kept.read_bytes() == kept_before, "a good backup is not lost to a bad one"
    with closing(Store.open(url)) as store:
        store.restore(1, "Wang", "readable", expected=2)
    assert main(["backup", "--force", str(kept)]) == 0
    assert sorted(path.name for path in tmp_path.glob("*.part")) == []


@pytest.mark.usefixtures("kept")
def test_what_else_is_wrong_with_a_copy_is_not_said_of_a_file_that_is_gone(url, tmp_path, monkeypatch, capsys):
    monkeypatch.setattr("store.backup.contents.is_known", lambda _: False)
    assert main(["backup", str(tmp_path / "b")]) == 1
    said = capsys.readouterr().err
    assert said.startswith(f"The copy for {tmp_path / 'b'} comes from a newer release")
    assert ".part" not in said


def test_backups_that_are_taken_to_one_name_at_once_do_not_disturb_each_other(kept, url, tmp_path, together):
    def take() -> int:
        return backup.save(kept, url, overwrite=True)

    assert together([take] * 4) == [2] * 4
    backup.restore(kept, url)
    assert authors(url) == ["Li", "system"]
    assert not list(tmp_path.glob("*.part"))


def test_what_is_set_aside_is_named_by_the_clock_of_the_city(tmp_path, monkeypatch):
    at = datetime(2026, 2, 28, 23, 30, 5, tzinfo=UTC)
    monkeypatch.setattr("store.clock.now", lambda: at.astimezone(ZoneInfo("Asia/Shanghai")))
    assert aside_of(tmp_path / "a").name == "a.before-restore-20260301T073005"


def test_a_backup_of_a_newer_release_is_refused(kept, url, engine, tmp_path):
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(BackupError, match="newer release"):
        backup.save(tmp_path / "newer.backup", url)


def test_no_password_is_on_a_command_line(tmp_path, monkeypatch):
    spy = tmp_path / "pg_dump"
    spy.write_text(f'#!/bin/sh\necho "$*" > {tmp_path}/arguments\necho "$PGPASSWORD" > {tmp_path}/password\nexit 1\n')
    spy.chmod(0o700)
    monkeypatch.setattr("store.backup.postgresql.program", lambda name: str(spy))
    for address in (
        "postgresql://u:secret@h:5433/d?sslmode=require",
        "postgresql://u@h:5433/d?sslmode=require&password=secret",
    ):
        with pytest.raises(BackupError, match="pg_dump failed"):
            backup.save(tmp_path / "a.backup", address)
        said = (tmp_path / "arguments").read_text()
        assert "secret" not in said
        assert all(word in said for word in ("host=h", "port=5433", "user=u", "dbname=d", "sslmode=require"))
        assert (tmp_path / "password").read_text() == "secret\n"


def test_a_program_that_is_missing_is_named(monkeypatch):
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr("store.backup.programs._PACKAGES", Path("/nowhere"))
    with pytest.raises(BackupError, match=r"pg_dump was not found; expected it in PATH or /nowhere"):
        program("pg_dump")
