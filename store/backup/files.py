"""Files of a backup: a name for the database that makes room for one, and what must be on the disk."""

import os
from itertools import count
from pathlib import Path

from store import clock

__all__ = ["aside_of", "write_through"]


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
