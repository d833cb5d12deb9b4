"""Sign-ins that somebody has ended: a copy of their cookie opens nothing any more, on any server that shares the database."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import delete, insert, select

from store.database import Database
from store.schema import sign_out

__all__ = ["SignOuts"]

REMEMBERED = timedelta(days=31)  # longer than the cookie of a sign-in lives


class SignOuts:
    """The sign-ins that were ended, each by a digest of 64 characters; safe to share between threads."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def __contains__(self, sign_in: object) -> bool:
        """Whether a sign-in was ended.

        Raises
        ------
        DatabaseError
            If the database cannot say.
        """
        query = select(sign_out.c.sign_in).where(sign_out.c.sign_in == sign_in)
        with self._database.reading() as connection:
            return connection.scalar(query) is not None

    def add(self, sign_in: str) -> None:
        """Note that a sign-in was ended, and forget those whose cookies are long void.

        Raises
        ------
        DatabaseError
            If the database cannot be written.
        """
        now = datetime.now(UTC)
        with self._database.writing() as connection:
            old = (sign_out.c.at < now - REMEMBERED) | (sign_out.c.sign_in == sign_in)
            connection.execute(delete(sign_out).where(old))
            connection.execute(insert(sign_out).values(sign_in=sign_in, at=now))
