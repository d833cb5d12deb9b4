"""What a database says, as one error that names it."""

import logging
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import URL
from sqlalchemy.exc import SQLAlchemyError

from store.database.addresses import shown
from store.errors import DatabaseError, FileChangedError, FullError, InDoubtError

__all__ = ["explaining", "in_doubt"]

_REFUSED = {"SQLITE_FULL", "SQLITE_BUSY"}  # at a commit: SQLite has rolled it back
_DISK_FULL = "53100"  # SQLSTATE
_SERVER_GONE = ("08", "57")  # classes of SQLSTATE: connection exceptions, operator intervention


_log = logging.getLogger(__name__)


@contextmanager
def explaining(url: URL) -> Iterator[None]:
    """Turn what the database says into one error that names it, without its password.

    Raises
    ------
    DatabaseError
        In place of whatever SQLAlchemy raises; a FullError where there is no room.
    """
    try:
        yield
    except SQLAlchemyError as error:
        if _is_full(getattr(error, "orig", None)):
            full = FullError(f"The disk of the database {shown(url)} is full: {_reason(error)}. Free some space there.")
            _log.error("%s", full)  # whoever runs the service is not the one who publishes
            raise full from error
        # Its subclasses are about locks, rights, rows.
        damaged = type(getattr(error, "orig", None)) is sqlite3.DatabaseError
        remedy = (
            "Restore it from a backup: python -m store restore-backup FILE; the damaged file is kept."
            if damaged
            else "Check that it is running and writable."
        )
        raise DatabaseError(f"The database {shown(url)} cannot be used: {_reason(error)}. {remedy}") from error


@contextmanager
def in_doubt() -> Iterator[None]:
    """Commit, or look after what was committed: whoever gets an error here must not be told that nothing was stored.

    Raises
    ------
    InDoubtError
        In place of whatever leaves it open; what the database itself refused stays as it is.
    """
    try:
        yield
    except FileChangedError as error:
        raise InDoubtError(error.found) from error
    except (DatabaseError, SQLAlchemyError, sqlite3.DatabaseError) as error:
        if _is_refusal(getattr(error, "orig", None)):
            raise
        raise InDoubtError(f"The database failed while saving: {_reason(error).rstrip('.')}") from error


def _is_full(said: object) -> bool:
    """Whether a database says that it has no room."""
    return getattr(said, "sqlite_errorname", None) == "SQLITE_FULL" or getattr(said, "sqlstate", None) == _DISK_FULL


def _is_refusal(said: object) -> bool:
    """Whether a database itself answered that it does not commit."""
    state: str | None = getattr(said, "sqlstate", None)
    return getattr(said, "sqlite_errorname", None) in _REFUSED or (
        state is not None and not state.startswith(_SERVER_GONE)
    )


def _reason(error: Exception) -> str:
    """Return the first line of what the driver said."""
    return str(getattr(error, "orig", None) or error).strip().splitlines()[0]
