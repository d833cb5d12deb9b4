"""The programs that come with PostgreSQL."""

import os
import shutil
from pathlib import Path

from store.errors import BackupError

__all__ = ["program"]

_PACKAGES = Path("/usr/lib/postgresql")  # where Debian puts each release


def program(name: str) -> str:
    """Return the path of a program of PostgreSQL, the newest: it understands older servers, an older one no newer server.

    Raises
    ------
    BackupError
        If there is none.
    """
    places = [*map(str, _PACKAGES.glob("*/bin"))]
    newest = sorted(places, key=lambda place: int(Path(place).parent.name), reverse=True)
    found = shutil.which(name, path=os.pathsep.join(newest)) or shutil.which(name)
    if found is None:
        raise BackupError(
            f"{name} was not found; expected it in PATH or {_PACKAGES}/*/bin. Install PostgreSQL's client programs."
        )
    return found
