"""What is known of a transaction whose commit failed."""

import sqlite3

import psycopg
import pytest
from sqlalchemy.exc import DBAPIError

from store import DatabaseError, InDoubtError
from store.database.explaining import in_doubt


def of_sqlite(name: str) -> sqlite3.OperationalError:
    """Return an error as SQLite's driver raises it."""
    error = sqlite3.OperationalError(name)
    error.sqlite_errorname = name
    return error


@pytest.mark.parametrize("said", [of_sqlite("SQLITE_FULL"), of_sqlite("SQLITE_BUSY"), psycopg.errors.CheckViolation()])
def test_what_the_database_refuses_is_not_in_doubt(said: Exception):
    with pytest.raises(DBAPIError), in_doubt():
        raise DBAPIError("COMMIT", None, said)


@pytest.mark.parametrize(
    "said", [of_sqlite("SQLITE_IOERR_FSYNC"), psycopg.OperationalError("silence"), psycopg.errors.AdminShutdown("end")]
)
def test_a_database_that_goes_away_at_the_commit_leaves_it_in_doubt(said: Exception):
    with pytest.raises(InDoubtError, match=f"{said}. The data may or may not have been saved"), in_doubt():
        raise DBAPIError("COMMIT", None, said)


@pytest.mark.parametrize("error", [DatabaseError("It cannot be read."), sqlite3.DatabaseError("It is malformed")])
def test_what_fails_after_the_commit_leaves_it_in_doubt(error: Exception):
    with pytest.raises(InDoubtError, match=r"(read|malformed)\. The data may or may not have been saved"), in_doubt():
        raise error
