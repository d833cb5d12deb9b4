"""What is known of a transaction whose commit failed."""

import sqlite3

import psycopg
import pytest
from sqlalchemy import URL
from sqlalchemy.exc import DBAPIError

from store import DatabaseError, FullError, InDoubtError
from store.database.explaining import explaining, in_doubt


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


@pytest.mark.parametrize("said", [of_sqlite("SQLITE_FULL"), psycopg.errors.DiskFull("no space left")])
def test_a_full_disk_is_called_so_and_logged(caplog: pytest.LogCaptureFixture, said: Exception):
    with pytest.raises(FullError, match=r"The disk of the database .* is full"), explaining(URL.create("sqlite")):
        raise DBAPIError("INSERT", None, said)
    assert "is full" in caplog.text


def test_any_other_error_is_not_called_so(caplog: pytest.LogCaptureFixture):
    with pytest.raises(DatabaseError) as caught, explaining(URL.create("sqlite")):
        raise DBAPIError("INSERT", None, of_sqlite("SQLITE_READONLY"))
    assert not isinstance(caught.value, FullError)
    assert caplog.text == ""
