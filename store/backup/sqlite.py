"""Backups of an SQLite file: a copy by SQLite's own backup, which may be taken while somebody publishes."""

import logging
import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy import URL

from store.backup.contents import NEEDED, Contents
from store.backup.files import BESIDE, aside_of, remove, write_through
from store.blobs import unpack
from store.database.addresses import real_file_of
from store.database.sqlite import create, only_starter, opened, run
from store.errors import BackupError

__all__ = ["copy", "put_back", "read"]

_log = logging.getLogger(__name__)

_MODES = slice(18, 20)  # of a file's header: who may write and who may read it
_ONE_FILE = b"\1\1"  # not in WAL mode; SQLite leaves that mode only once the -wal file is folded in and gone
_HELD = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)  # by somebody else
_LOOK_SECONDS = 1  # how long a lock of somebody who serves is waited for


def copy(url: URL, to: Path) -> None:
    """Write all of a database into a new file.

    Raises
    ------
    BackupError
        If the database is not there or cannot be read.
    """
    path = real_file_of(url)
    if not path.is_file():
        raise BackupError(f"There is no database file {path} to back up.")
    create(to)
    try:
        with closing(opened(path)) as source, closing(opened(to)) as target:
            source.backup(target)
            run(target, "PRAGMA journal_mode = DELETE")  # one file, also for those who only read it
    except sqlite3.DatabaseError as error:
        if isinstance(error, sqlite3.OperationalError) and error.sqlite_errorcode & 0xFF not in _HELD:
            _copy_unopened(path, to)
            return
        raise BackupError(f"The database file {path} cannot be copied to {to}: {error}.") from error


def _copy_unopened(path: Path, to: Path) -> None:
    """Copy a database that SQLite cannot open where it is, such as on a full disk or in a folder that is read only, where its -shm file has no place.

    Raises
    ------
    BackupError
        If somebody writes to it meanwhile.
    """
    parts = [ending for ending in ("", "-wal", "-journal") if Path(f"{path}{ending}").is_file()]
    before = _stamps(path)
    try:
        for ending in parts:
            _duplicate(Path(f"{path}{ending}"), Path(f"{to}{ending}"))
        if _stamps(path) != before:
            raise BackupError(f"The database file {path} was written to while it was copied. Try again.")
        _fold(to)
    finally:
        for ending in BESIDE:
            Path(f"{to}{ending}").unlink(missing_ok=True)


def _stamps(path: Path) -> list[tuple[int, int] | None]:
    """Return size and time of a database and of what lies beside it, None of what is not there."""
    files = [Path(f"{path}{ending}") for ending in ("", "-wal", "-journal")]
    return [(one.stat().st_size, one.stat().st_mtime_ns) if one.is_file() else None for one in files]


def read(path: Path) -> Contents:
    """Return what a file holds, all its pages and bytes looked at.

    Raises
    ------
    BackupError
        If it is not a database of this dashboard, or is damaged.
    """
    try:
        with closing(opened(path.absolute())) as connection:
            there = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
            if not there.issuperset(NEEDED):
                raise BackupError(f"{path} is not a backup of this dashboard: it has other tables.")
            found = [text for (text,) in connection.execute("PRAGMA integrity_check(3)")]
            if found != ["ok"]:
                raise BackupError(f"{path} is damaged: {'; '.join(found)}. Use another backup.")
            return _contents(connection, path)
    except sqlite3.DatabaseError as error:
        raise BackupError(f"{path} is not a backup of this dashboard, or damaged: {error}.") from error


def _contents(connection: sqlite3.Connection, path: Path) -> Contents:
    """Return the contents of a database of this dashboard."""
    contents = Contents(path)
    contents.revisions = [text for (text,) in connection.execute("SELECT version_num FROM alembic_version")]
    (contents.current,) = connection.execute("SELECT version_id FROM pointer").fetchone()
    for version, name, sha256 in connection.execute("SELECT version_id, name, sha256 FROM version_table"):
        contents.tables.setdefault(version, {})[name] = sha256
    for sha256, content in connection.execute("SELECT sha256, content FROM blob"):
        if unpack(content, sha256) is not None:
            contents.whole.add(sha256)
    return contents


def put_back(url: URL, source: Path) -> Path | None:
    """Put a backup in the place of a database.

    Returns
    -------
    Where the database is that was there before; None where there was none.

    Raises
    ------
    BackupError
        If the backup is not one, or a dashboard has the database open.
    """
    path = real_file_of(url)
    ready = path.with_name(f"{path.name}.restoring")
    if ready.exists() and source.exists() and ready.samefile(source):
        raise BackupError(f"{source} has the name under which a backup is made ready. Rename it, then try again.")
    create(ready)  # or say why it cannot be
    try:
        remove(ready)  # of a restore that was killed
        _make_ready(source, ready)
        with only_starter(url):
            aside = _set_aside(path)
            ready.replace(path)
            write_through(path.parent)
        return aside
    except BackupError as error:
        raise BackupError(str(error).replace(str(ready), str(source))) from error
    except OSError as error:
        raise BackupError(f"{source} cannot be restored as {path}: {error.strerror}.") from error
    finally:
        remove(ready)


def _make_ready(source: Path, ready: Path) -> None:
    """Make a copy of a backup that is one file, and look at all of that: what is checked is what is restored."""
    _duplicate(source, ready)
    if not _has_wal(source):
        _fold(ready)
        read(ready).check()
    else:
        alone = _state(ready)
        _duplicate(Path(f"{source}-wal"), Path(f"{ready}-wal"))
        try:
            _fold(ready)
            together = _state(ready)
            read(ready).check()
        except BackupError as error:
            if alone is None:
                raise
            raise _misfit(source, alone[0], str(error)) from error
        if alone and together and not alone[1] <= together[1]:
            raise _misfit(source, alone[0], f"it would show version {together[0]} and lack what was done since")
    write_through(ready)


def _fold(path: Path) -> None:
    """Make one file of a database and its -wal file."""
    try:
        with closing(opened(path.absolute())) as connection:
            run(connection, "PRAGMA journal_mode = DELETE")
    except sqlite3.DatabaseError as error:
        raise BackupError(f"{path} is not a backup of this dashboard, or damaged: {error}.") from error


def _state(path: Path) -> tuple[int, set[tuple[int, str]]] | None:
    """Return the version everyone sees, and the lines of the audit log, which are never taken away; None where a file is not whole."""
    try:
        current = read(path).check()
        with closing(opened(path.absolute())) as connection:
            return current, set(connection.execute("SELECT id, at FROM audit"))
    except (BackupError, sqlite3.DatabaseError):
        return None


def _misfit(source: Path, current: int, said: str) -> BackupError:
    """Return the refusal of a -wal file that would take away from what a file holds by itself."""
    return BackupError(
        f"{source}-wal does not belong to {source}, which is whole by itself and shows version {current}; with it: {said}. "
        f"Move {source}-wal away, then try again."
    )


def _duplicate(source: Path, to: Path) -> None:
    """Copy a file; a backup itself is left untouched, and may be on a medium that is read only."""
    create(to)
    shutil.copyfile(source, to)


def _has_wal(source: Path) -> bool:
    """Return whether the -wal file beside a file, if there is one, is part of it: somebody may have kept the two.

    SQLite would read any that lies there, also one that a predecessor of the same name has left.
    """
    wal = Path(f"{source}-wal")
    if not wal.is_file():
        return False
    with source.open("rb") as file:
        alone = file.read(_MODES.stop)[_MODES] == _ONE_FILE
    if alone:
        _log.warning(
            "%s was left out: %s is one file by itself, so that it belongs to another. It may be deleted.", wal, source
        )
    return not alone


def _set_aside(path: Path) -> Path | None:
    """Give the database, whatever its state, a second name, and return that; None where there is none.

    It keeps its own name until the backup takes it in one step: whatever ends the process in between, there is a database.
    """
    if path.is_file():
        _refuse_open(path)
    aside = aside_of(path)
    there = [ending for ending in ("", *BESIDE) if Path(f"{path}{ending}").exists()]
    for ending in there:
        os.link(f"{path}{ending}", f"{aside}{ending}")
    for ending in set(there) - {""}:  # a -wal or -journal file of another database must not lie beside the new one
        Path(f"{path}{ending}").unlink()
    return aside if "" in there else None


def _refuse_open(path: Path) -> None:
    """Refuse where anybody has the database open, and fold it into one file where nobody has."""
    try:
        with closing(opened(path, _LOOK_SECONDS)) as connection:
            run(connection, "PRAGMA journal_mode = DELETE")
    except sqlite3.OperationalError as error:
        if "locked" in str(error):
            raise BackupError(
                f"The database file {path} is in use. Stop the dashboard, restore, then start it again. Nothing was changed."
            ) from error
    except sqlite3.DatabaseError:
        return  # damaged, which is why it is being replaced; it is kept as it is
