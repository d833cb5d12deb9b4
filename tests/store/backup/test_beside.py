"""What lies beside a backup of an SQLite file: SQLite reads any -wal file of that name as part of the database."""

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from cli.store import main
from store import Store, backup
from store.errors import BackupError, DatabaseError
from tests.store.backup.test_backup import authors
from tests.store.conftest import SHIPPED, publication

pytestmark = pytest.mark.slow

# Ends itself right before its nth change of the folder, as a kill does: nothing is cleaned up.
KILLED = """
import os, shutil, sys
from pathlib import Path
from store.backup.files import take_name

CHANGES = {"os.rename", "os.remove", "os.link", "open", "shutil.copyfile"}
model, folder = Path(sys.argv[1]), Path(sys.argv[2])
for number in range(100):
    place = shutil.copytree(model, folder / str(number))
    if (child := os.fork()) == 0:
        left = number
        def count(event, arguments):
            global left
            if event in CHANGES and str(place) in str(arguments[0]):
                left -= 1
                if left < 0:
                    os._exit(9)
        sys.addaudithook(count)
        take_name(place / "new.part", place / "bk", overwrite=True)
        os._exit(0)
    if os.waitpid(child, 0)[1] == 0:
        break
"""


@pytest.fixture
def url(new_database: Callable[..., str], monkeypatch: pytest.MonkeyPatch) -> str:
    """The address of an SQLite database with the shipped data, which the command line finds too."""
    made = new_database()
    with closing(Store.open(made)) as store:
        store.ensure_shipped(SHIPPED)
    monkeypatch.setenv("DASHBOARD_DATABASE_URL", made)
    return made


@pytest.fixture
def pair(url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A plain copy of a database and its -wal file, in which alone is what Li published."""
    # Who folds the -wal file does not wait for the reader.
    monkeypatch.setattr("store.database.sqlite.READER_SECONDS", 0)
    file, copy = Path(url.removeprefix("sqlite:///")), tmp_path / "bk"
    with closing(Store.open(url)) as store, closing(sqlite3.connect(file, isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM version").fetchone()  # so that nothing is folded
        store.publish(publication(author="Li"), expected=1)
        for ending in ("", "-wal"):
            shutil.copyfile(f"{file}{ending}", f"{copy}{ending}")
    return copy


def publish_more(url: str) -> None:
    with closing(Store.open(url)) as store:
        store.publish(publication("later", author="Wu"), expected=store.current())


def kept(file: Path) -> list[str]:
    """Return who made the versions that an SQLite file and its -wal file hold, the newest first."""
    with closing(sqlite3.connect(file)) as connection:
        return [author for (author,) in connection.execute("SELECT author FROM version ORDER BY id DESC")]


def test_a_plain_copy_is_restored_with_its_wal_file(pair, new_database):
    elsewhere = new_database()
    backup.restore(pair, elsewhere)
    assert authors(elsewhere) == ["Li", "system"]
    assert Path(f"{pair}-wal").stat().st_size, "the backup is left as it was"


def test_a_backup_over_a_plain_copy_leaves_nothing_of_it(pair, url, tmp_path, capsys):
    Path(f"{pair}-shm").touch()
    Path(f"{pair}-journal").touch()
    publish_more(url)
    assert main(["backup", str(pair), "--force"]) == 0
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith("bk")] == ["bk"]
    assert main(["restore-backup", str(pair)]) == 0
    assert "version 3 is the one shown" in capsys.readouterr().out
    assert authors(url) == ["Wu", "Li", "system"]


def test_a_wal_file_that_an_earlier_release_left_is_not_restored(pair, url, caplog):
    stale = Path(f"{pair}-wal").read_bytes()
    publish_more(url)
    backup.save(pair, url, overwrite=True)
    Path(f"{pair}-wal").write_bytes(stale)
    backup.restore(pair, url)
    assert authors(url) == ["Wu", "Li", "system"]
    assert f"{pair}-wal was left out" in caplog.text
    assert Path(f"{pair}-wal").read_bytes() == stale


def test_a_wal_file_of_an_older_copy_is_refused_beside_a_newer_plain_copy(pair, url):
    publish_more(url)
    shutil.copyfile(url.removeprefix("sqlite:///"), pair)
    with pytest.raises(
        BackupError, match=rf"{pair}-wal does not belong to {pair}, .* shows version 3; .*Move"
    ) as caught:
        backup.restore(pair, url)
    assert ".restoring" not in str(caught.value)
    assert authors(url) == ["Wu", "Li", "system"]
    Path(f"{pair}-wal").rename(f"{pair}.old")
    backup.restore(pair, url)
    assert authors(url) == ["Wu", "Li", "system"]


def test_whenever_a_backup_is_killed_its_name_leads_to_the_old_or_the_new(pair, url, tmp_path):
    model, tried = tmp_path / "model", tmp_path / "tried"
    old, new = ["Li", "system"], ["Wu", "Li", "system"]
    model.mkdir()
    publish_more(url)
    backup.save(model / "new.part", url)
    for ending in ("", "-wal"):
        shutil.move(f"{pair}{ending}", model)
    subprocess.run([sys.executable, "-c", KILLED, str(model), str(tried)], check=True)
    places = sorted(tried.iterdir(), key=lambda place: int(place.name))
    found = [kept(place / "bk") if (place / "bk").exists() else [] for place in places]
    assert [one for number, one in enumerate(found) if one not in found[:number]] == [old, [], new]
    for place in (place for place, one in zip(places, found, strict=True) if not one):
        assert [kept(path) for path in place.glob("*.replaced")] == [old]
        assert kept(place / "new.part") == new
    assert [path.name for path in places[-1].iterdir()] == ["bk"]


@pytest.mark.parametrize("nth", [1, 2])
def test_a_backup_that_is_interrupted_gives_back_what_it_set_aside(pair, url, monkeypatch, nth: int):
    calls, replace = [], Path.replace

    def interrupted(self: Path, target: Path) -> Path:
        calls.append(target)
        if len(calls) == nth:
            raise KeyboardInterrupt
        return replace(self, target)

    before = {path.name: path.read_bytes() for path in pair.parent.glob("bk*")}
    monkeypatch.setattr(Path, "replace", interrupted)
    with pytest.raises(KeyboardInterrupt):
        backup.save(pair, url, overwrite=True)
    assert {path.name: path.read_bytes() for path in pair.parent.glob("bk*")} == before


@pytest.mark.parametrize("ending", ["-wal", "-journal"])
def test_a_new_backup_is_not_put_beside_what_would_be_read_as_part_of_it(url, tmp_path, ending: str):
    to, beside = tmp_path / "new", tmp_path / f"new{ending}"
    beside.write_bytes(b"of another")
    with pytest.raises(BackupError, match=f"{beside} already exists, .*--force"):
        backup.save(to, url)
    assert not to.exists()
    assert beside.read_bytes() == b"of another"
    backup.save(to, url, overwrite=True)
    assert [path.name for path in tmp_path.glob("new*")] == ["new"]


def test_a_database_is_not_removed_from_beside_a_backup(new_database, tmp_path):
    url = f"sqlite:///{tmp_path / 'bk-wal'}"
    with closing(Store.open(url)) as store:
        store.ensure_shipped(SHIPPED)
    with pytest.raises(BackupError, match="bk-wal belongs to the database"):
        backup.save(tmp_path / "bk", url, overwrite=True)
    assert authors(url) == ["system"]


@pytest.mark.parametrize("links", [True, False])
def test_of_first_backups_to_one_name_at_once_one_is_taken(url, tmp_path, together, monkeypatch, links: bool):
    def refuse(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    if not links:  # as on some media
        monkeypatch.setattr(os, "link", refuse)
    monkeypatch.setattr("store.backup.files.refuse_taken", lambda _: None)  # as if all had looked before any was there

    def take() -> str:
        try:
            return str(backup.save(tmp_path / "first", url))
        except BackupError as error:
            return str(error)

    said = together([take] * 4)
    assert said.count("1") == 1
    assert all(f"{tmp_path / 'first'} " in str(one) and "Choose another name" in str(one) for one in said if one != "1")
    assert [path.name for path in tmp_path.glob("first*")] == ["first"]
    assert kept(tmp_path / "first") == ["system"]


def test_what_a_killed_restore_left_is_not_read_by_the_next(pair, url, tmp_path, new_database):
    file = Path(new_database().removeprefix("sqlite:///"))
    for ending in ("", "-wal"):
        shutil.copyfile(f"{pair}{ending}", f"{file}.restoring{ending}")
    publish_more(url)
    shutil.copyfile(url.removeprefix("sqlite:///"), tmp_path / "plain")
    backup.restore(tmp_path / "plain", f"sqlite:///{file}")
    assert authors(f"sqlite:///{file}") == ["Wu", "Li", "system"]
    assert not list(tmp_path.glob("*.restoring*"))


def test_a_backup_that_has_the_name_of_a_restore_in_the_making_is_not_destroyed(url):
    source = Path(f"{url.removeprefix('sqlite:///')}.restoring")
    backup.save(source, url)
    before = source.read_bytes()
    with pytest.raises(BackupError, match=r"\.restoring has the name .* Rename it"):
        backup.restore(source, url)
    assert source.read_bytes() == before


def test_a_journal_of_a_database_that_is_gone_is_not_read(url, tmp_path):
    backup.save(tmp_path / "good", url)
    file = Path(url.removeprefix("sqlite:///"))
    file.unlink()
    journal = Path(f"{file}-journal")
    journal.write_bytes(b"of the lost one")
    backup.restore(tmp_path / "good", url)
    assert not journal.exists()
    assert authors(url) == ["system"]


def test_a_restore_into_what_is_not_a_folder_is_refused_in_words(url, tmp_path):
    backup.save(tmp_path / "good", url)
    with pytest.raises(DatabaseError, match=r"The folder .*good of the database cannot be created"):
        backup.restore(tmp_path / "good", f"sqlite:///{tmp_path / 'good' / 'dashboard.sqlite3'}")
