"""Bringing the tables of a database up to date."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection, Engine, func, inspect, select

from store.database import postgresql, sqlite
from store.database.addresses import real_file_of
from store.database.explaining import explaining
from store.errors import DatabaseError

__all__ = ["is_known", "migrate"]

MIGRATIONS = Path(__file__).resolve().parents[1] / "migrations"
MIGRATION_LOCK = 119_440_100  # any number: the key all servers of this dashboard lock in PostgreSQL while they migrate
MIGRATION_SECONDS = 120  # how long a server waits for another that migrates


def migrate(engine: Engine) -> None:
    """Bring the tables up to date; servers that start at once wait for each other.

    Raises
    ------
    DatabaseError
        If the database cannot be opened, or a newer dashboard has migrated it further.
    """
    config = _config()
    with explaining(engine.url), _alone(engine) as connection:
        config.attributes["connection"] = connection
        try:
            command.upgrade(config, "head")
        except CommandError as error:
            raise DatabaseError(
                f"The database does not fit this dashboard ({error}): expected one that this release or an earlier one "
                "has made. Install the newer release again, or put the database back from a backup."
            ) from error


def is_known(revision: str) -> bool:
    """Whether this release, or an earlier one, brings a database to a revision."""
    return revision in {script.revision for script in ScriptDirectory.from_config(_config()).walk_revisions()}


def _config() -> Config:
    """Return where the migrations are."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    return config


def _refuse_foreign(connection: Connection) -> None:
    """Refuse an SQLite file in which there are tables, but none of ours."""
    tables = inspect(connection).get_table_names()
    if tables and "alembic_version" not in tables:
        raise DatabaseError(
            f"The database file {connection.engine.url.database} is of another program (tables: {', '.join(sorted(tables)[:3])}), so nothing "
            "was changed. Name another file in DASHBOARD_DATABASE_URL."
        )


@contextmanager
def _alone(engine: Engine) -> Iterator[Connection]:
    """Begin a transaction while nobody else migrates, an SQLite file in write-ahead logging: switching to it waits for no lock but fails."""
    writers = engine.execution_options(writes=True)
    if engine.dialect.name == "sqlite":
        with sqlite.only_starter(engine.url) as gate:
            sqlite.prepare(real_file_of(engine.url), gate)
            with engine.connect() as connection:
                _refuse_foreign(connection)
                connection.exec_driver_sql("PRAGMA journal_mode = WAL").close()
            with writers.begin() as connection:
                yield connection
            with engine.connect() as connection:
                sqlite.fold(connection)
        return
    with writers.begin() as connection, postgresql.patience(connection, MIGRATION_SECONDS):
        connection.execute(select(func.pg_advisory_xact_lock(MIGRATION_LOCK)))
        yield connection
