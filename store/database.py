"""The connection: which database, how it is read and written, and its migrations."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.util import CommandError
from sqlalchemy import URL, Connection, Engine, create_engine, event, func, make_url, select
from sqlalchemy.exc import ArgumentError, SQLAlchemyError

from store import settings
from store.errors import DatabaseError
from store.schema import pointer

__all__ = ["Database", "address", "connect", "migrate"]

DEFAULT_FILE = Path(__file__).resolve().parent.parent / "var" / "dashboard.sqlite3"
MIGRATIONS = Path(__file__).resolve().parent / "migrations"
POSTGRESQL = ("postgres", "postgresql", "postgresql+psycopg")
BUSY_SECONDS = 15  # how long one writer waits for another
MIGRATION_LOCK = 119_440_100  # any number: the key all servers of this dashboard lock in PostgreSQL while they migrate
PRAGMAS = ("synchronous = FULL", "foreign_keys = ON")


def address(url: str = "") -> URL:
    """Return the address of a database; ``""`` is what DASHBOARD_DATABASE_URL says, or ``var/dashboard.sqlite3`` of the project.

    Raises
    ------
    DatabaseError
        If it names neither a PostgreSQL database nor an SQLite file.
    """
    url = url or settings.database_url()
    if not url:
        return URL.create("sqlite", database=str(DEFAULT_FILE))
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError):
        parsed = None
    if parsed is not None and parsed.drivername in POSTGRESQL:
        return parsed.set(drivername="postgresql+psycopg")
    if parsed is not None and parsed.drivername == "sqlite" and parsed.database not in (None, "", ":memory:"):
        return parsed
    # The address itself is not repeated: it may hold a password.
    raise DatabaseError(
        "The address given, or DASHBOARD_DATABASE_URL, names no database: expected postgresql://user:password@host/name or sqlite:///path"
    )


def connect(url: URL) -> Engine:
    """Return an engine for an address from :func:`address`; nothing is opened yet."""
    if url.drivername != "sqlite":
        return create_engine(url, pool_pre_ping=True)  # a restarted PostgreSQL is met with a new connection
    # isolation_level None: the driver begins no transaction by itself; readers need none, writers begin at once.
    engine = create_engine(url, connect_args={"isolation_level": None, "timeout": BUSY_SECONDS})
    event.listen(engine, "connect", _set_pragmas)
    event.listen(engine, "begin", _begin)
    return engine


def _set_pragmas(connection: Any, _: object) -> None:
    """Make a new SQLite connection durable and strict."""
    for pragma in PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    """Begin a writer's transaction with the lock: two that both read first could not both write."""
    if connection.get_execution_options().get("writes"):
        connection.exec_driver_sql("BEGIN IMMEDIATE")


def migrate(engine: Engine) -> None:
    """Bring the tables up to date; servers that start at once wait for each other.

    Raises
    ------
    DatabaseError
        If the database cannot be opened, or a newer dashboard has migrated it further.
    """
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    with _explaining(engine), _alone(engine), engine.execution_options(writes=True).begin() as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(select(func.pg_advisory_xact_lock(MIGRATION_LOCK)))
        config.attributes["connection"] = connection
        try:
            command.upgrade(config, "head")
        except CommandError as error:
            raise DatabaseError(
                f"The database does not fit this dashboard ({error}): expected one that this release or an earlier one "
                "has made. Install the newer release again, or put the database back from a backup."
            ) from error


@contextmanager
def _alone(engine: Engine) -> Iterator[None]:
    """Be the only one that opens an SQLite file, and switch it to write-ahead logging, which waits for no lock but fails.

    The gate is a transaction in an empty database beside it: released even if this process is killed.
    """
    if engine.dialect.name != "sqlite":
        yield
        return
    gate = connect(engine.url.set(database=f"{engine.url.database}.lock"))
    try:
        with gate.execution_options(writes=True).begin():
            with engine.connect() as connection:
                connection.exec_driver_sql("PRAGMA journal_mode = WAL")
            yield
    finally:
        gate.dispose()


@contextmanager
def _explaining(engine: Engine) -> Iterator[None]:
    """Turn what the database says into one error that names it, without its password."""
    try:
        yield
    except SQLAlchemyError as error:
        reason = str(getattr(error, "orig", None) or error).strip().splitlines()[0]
        where = engine.url.render_as_string(hide_password=True)
        raise DatabaseError(
            f"The database {where} cannot be used: {reason}. Check that it runs and may be written."
        ) from error


class Database:
    """Connections for reading and transactions for writing."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        alone = {"isolation_level": "AUTOCOMMIT"} if engine.dialect.name == "postgresql" else {}
        self._readers = engine.execution_options(**alone)
        self._writers = engine.execution_options(writes=True)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Connect for single reads: what is read never changes, the pointer apart."""
        with _explaining(self.engine), self._readers.connect() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Begin a transaction that is alone in writing, so that ids have no gaps and events are in order."""
        with _explaining(self.engine), self._writers.begin() as connection:
            connection.execute(select(pointer.c.id).with_for_update())
            yield connection
