"""Which database: the address, and how it is shown to people."""

import os
from pathlib import Path

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

import settings
from store.errors import DatabaseError

__all__ = ["address", "file_of", "real_file_of", "shown"]

DEFAULT_FILE = Path(__file__).resolve().parents[2] / "var" / "dashboard.sqlite3"
POSTGRESQL = ("postgres", "postgresql", "postgresql+psycopg")


def address(url: str = "") -> URL:
    """Return the address of a database; ``""`` is what DASHBOARD_DATABASE_URL says, or ``var/dashboard.sqlite3`` of the project.

    Raises
    ------
    DatabaseError
        If it names neither a PostgreSQL database nor an SQLite file, or part of a password would be taken for the host and shown.
    """
    url = url or settings.database_url()
    if not url:
        return URL.create("sqlite", database=str(DEFAULT_FILE))
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError):
        parsed = None
    if parsed is not None and parsed.drivername in POSTGRESQL:
        if "@" in f"{parsed.host}{parsed.database}{url.partition('?')[2]}":
            raise DatabaseError(
                "The address given, or DASHBOARD_DATABASE_URL, has more than one @: write those of a user or a password as %40"
            )
        return parsed.set(drivername="postgresql+psycopg")
    if parsed is not None and parsed.drivername == "sqlite" and _is_file(parsed):
        return parsed.set(query={})  # SQLite's own options are the dashboard's to choose
    # The address itself is not repeated: it may hold a password.
    raise DatabaseError(
        "The address given, or DASHBOARD_DATABASE_URL, does not contain a database name; expected postgresql://user:password@host/name or sqlite:///path"
    )


def _is_file(url: URL) -> bool:
    """Whether an SQLite address names a file by its plain path."""
    return url.database not in (None, "", ":memory:") and not str(url.database).startswith("file:")


def file_of(url: URL) -> Path:
    """Return the file of an SQLite address, absolute; its name may be a symbolic link."""
    return Path(str(url.database)).absolute()


def real_file_of(url: URL) -> Path:
    """Return the file that an SQLite address leads to, by its own name: SQLite puts what belongs to it beside that, not beside a link."""
    return Path(os.path.realpath(file_of(url)))


def shown(url: URL) -> str:
    """Return an address for people and logs: without the password, and without the query, which may hold one too."""
    return url.set(query={}).render_as_string(hide_password=True)
