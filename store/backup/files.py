"""Files of a backup: the name it takes, what lies beside that, and what must be on the disk."""

import contextlib
import errno
import os
import shutil
from itertools import count
from pathlib import Path
from uuid import uuid4

from store import clock
from store.database.sqlite import create
from store.errors import BackupError

__all__ = ["BESIDE", "aside_of", "refuse_taken", "remove", "take_name", "write_through"]

BESIDE = ("-wal", "-shm", "-journal")  # what SQLite reads as part of the database of that name


def aside_of(path: Path) -> Path:
    """Return a name that is free, beside a file, with the time by the city's clock in it."""
    name = f"{path.name}.before-restore-{clock.now():%Y%m%dT%H%M%S}"
    tried = (path.with_name(name if number == 1 else f"{name}-{number}") for number in count(1))
    return next(one for one in tried if not one.exists())


def write_through(path: Path) -> None:
    """Make sure that a file, or the names in a folder, are on the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def remove(path: Path) -> None:
    """Remove a file, if it is there, and then what lies beside it, which would say nothing without it."""
    for ending in ("", *BESIDE):
        Path(f"{path}{ending}").unlink(missing_ok=True)


def refuse_taken(path: Path) -> None:
    """Refuse a name under which there is anything, or beside which lies what SQLite would read as part of the file.

    Raises
    ------
    BackupError
        If there is.
    """
    if os.path.lexists(path):
        raise BackupError(f"{path} already exists. Choose another name, or use --force to overwrite it.")
    for one in _beside(path):
        raise BackupError(
            f"{one} already exists, and SQLite would read it as part of {path}. Choose another name, or use --force to remove it."
        )


def take_name(part: Path, to: Path, *, overwrite: bool) -> None:
    """Give a file that is whole its name, in one step, and make sure that nothing of a predecessor is read as part of it.

    Raises
    ------
    BackupError
        If the name is taken and must not be overwritten; of those who take it at the same moment, one has it.
    OSError
        If that is not possible.
    """
    if not overwrite:
        refuse_taken(to)
        _claim(part, to)
    elif to.is_dir() or not _beside(to):
        part.replace(to)  # which says what is wrong with a folder
    else:
        _displace(part, to)
    _settle(to.parent)


def _beside(path: Path) -> list[Path]:
    """Return what SQLite would read as part of a file."""
    return [one for one in (Path(f"{path}{ending}") for ending in BESIDE) if one.exists()]


def _claim(part: Path, to: Path) -> None:
    """Give a file a name that nobody else has taken."""
    try:
        try:
            os.link(part, to)
        except FileExistsError:
            raise
        except OSError:  # a medium without hard links
            os.close(os.open(to, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
            part.replace(to)
    except FileExistsError as error:
        raise BackupError(f"{to} was written by somebody else meanwhile. Choose another name.") from error


def _displace(part: Path, to: Path) -> None:
    """Put a file in the place of a database that is more than one file.

    No two names can be changed in one step. An older file without its -wal file, and a newer one with that of another, would both be
    read as something that never was. So there is a moment in which nothing bears the name: whatever ends the process then, the older
    files are together under a name of their own.
    """
    aside = to.with_name(f"{to.name}.{uuid4().hex}.replaced")
    try:
        for one in _beside(to):
            copied = Path(f"{aside}{one.name.removeprefix(to.name)}")
            create(copied)
            with contextlib.suppress(FileNotFoundError):  # somebody else overwrites the same name
                shutil.copyfile(one, copied)
            write_through(copied)
        _settle(to.parent)
        with contextlib.suppress(FileNotFoundError):
            to.replace(aside)
        _settle(to.parent)
        for ending in BESIDE:
            Path(f"{to}{ending}").unlink(missing_ok=True)
        _settle(to.parent)
        part.replace(to)
    except BaseException:  # also where it is interrupted
        _put_back(aside, to)
        raise
    _settle(to.parent)
    remove(aside)


def _put_back(aside: Path, to: Path) -> None:
    """Give files that were set aside their names again, the database last; where they still have them, remove the copies."""
    if aside.exists() and not to.exists():
        for one in _beside(aside):
            one.replace(f"{to}{one.name.removeprefix(aside.name)}")
        aside.replace(to)
    else:
        remove(aside)


def _settle(folder: Path) -> None:
    """Make sure that the names in a folder are on the disk, where its medium can say so: not every one on a network can."""
    try:
        write_through(folder)
    except OSError as error:
        if error.errno not in {errno.EACCES, errno.EINVAL, errno.ENOTSUP}:
            raise
