"""Backups of a whole database, all versions and the audit log: taken while it is served, put back while it is not."""

from itertools import product
from pathlib import Path
from types import ModuleType
from uuid import uuid4

from sqlalchemy import URL

from store.backup import postgresql, sqlite
from store.backup.contents import Contents
from store.backup.files import BESIDE, refuse_taken, take_name, write_through
from store.database import address
from store.database.addresses import real_file_of
from store.database.sqlite import create
from store.errors import BackupError

__all__ = ["restore", "save"]


def save(to: Path, url: str = "", *, overwrite: bool = False) -> int:
    """Take a backup of a database, at any time: an SQLite database, or an archive of ``pg_dump``.

    Parameters
    ----------
    to, overwrite
        The file to write, readable by its owner only; and whether one of that name, with its -wal file, may be replaced by a whole one.
    url
        As :meth:`store.Store.open` takes it.

    Returns
    -------
    The version that everyone sees, as read from the backup.

    Raises
    ------
    BackupError
        If the backup cannot be made, is not whole, or would be written over the database itself.
    DatabaseError
        If the address names no database.
    """
    place = address(url)
    if not overwrite:
        refuse_taken(to)
    part = to.with_name(f"{to.name}.{uuid4().hex}.part")  # its own: others may take a backup to the same name
    _refuse_itself(place, to)
    try:
        create(part)
        kind = _kind(place)
        kind.copy(place, part)
        current = _checked(kind.read(part))
        write_through(part)  # before it takes its name
        take_name(part, to, overwrite=overwrite)
        return current
    except BackupError as error:
        raise BackupError(str(error).replace(str(part), f"The copy for {to}")) from error
    except OSError as error:
        raise BackupError(f"{to} cannot be written: {error.strerror}.") from error
    finally:
        part.unlink(missing_ok=True)


def restore(source: Path, url: str = "") -> Path | None:
    """Put a backup in the place of a database that nobody has open.

    Returns
    -------
    Where that is kept which was there before; None where there was nothing.

    Raises
    ------
    BackupError
        If the file is not a backup of this dashboard, or the database is in use.
    DatabaseError
        If the address names no database, or it does not answer.
    """
    place = address(url)
    set_aside: Path | None = _kind(place).put_back(place, source)
    return set_aside


def _checked(contents: Contents) -> int:
    """Return the version everyone sees; where it is damaged say how to go on, since another backup would lack the same."""
    if contents.lost:
        raise BackupError(
            f"No backup was made: version {contents.current} of the database lacks {', '.join(contents.lost)}; the stored bytes are "
            "damaged. Let everyone see a version that can be read, and back up again: python -m store restore N --note …, where N is "
            "the one that python -m store history marks with >. The damaged version stays in the history."
        )
    return contents.check()


def _kind(url: URL) -> ModuleType:
    """Return how backups of a database are made."""
    return sqlite if url.drivername == "sqlite" else postgresql


def _refuse_itself(place: URL, path: Path) -> None:
    """Refuse a name under which, or beside which, lies the database or what SQLite and the dashboard put beside that, whatever it is called."""
    if place.drivername != "sqlite":
        return
    own = [Path(f"{real_file_of(place)}{ending}") for ending in ("", *BESIDE, ".lock")]
    for touched, one in product((Path(f"{path}{ending}") for ending in ("", *BESIDE)), own):
        if touched.resolve() == one.resolve() or (touched.exists() and one.exists() and touched.samefile(one)):
            raise BackupError(f"{touched} belongs to the database {own[0]} itself; choose another name for the backup.")
