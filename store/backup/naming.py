"""Where a database is kept that makes room for a backup."""

from datetime import datetime
from itertools import count
from pathlib import Path

__all__ = ["aside_of"]


def aside_of(path: Path) -> Path:
    """Return a name that is free, beside a file, with the time in it."""
    name = f"{path.name}.before-restore-{datetime.now().astimezone():%Y%m%dT%H%M%S}"
    tried = (path.with_name(name if number == 1 else f"{name}-{number}") for number in count(1))
    return next(one for one in tried if not one.exists())
