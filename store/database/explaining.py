"""What a database says, as one error that names it."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import URL
from sqlalchemy.exc import SQLAlchemyError

from store.database.addresses import shown
from store.errors import DatabaseError

__all__ = ["explaining"]


@contextmanager
def explaining(url: URL) -> Iterator[None]:
    """Turn what the database says into one error that names it, without its password.

    Raises
    ------
    DatabaseError
        In place of whatever SQLAlchemy raises.
    """
    try:
        yield
    except SQLAlchemyError as error:
        reason = str(getattr(error, "orig", None) or error).strip().splitlines()[0]
        raise DatabaseError(
            f"The database {shown(url)} cannot be used: {reason}. Check that it runs and may be written."
        ) from error
