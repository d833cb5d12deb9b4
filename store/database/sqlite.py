"""An SQLite file: made for its owner only, opened durably, folded into one file after each write, and watched while it is open.

A path can lead to another file than the one that was opened: replaced or deleted, while SQLite goes on writing into the old one, which
nobody finds again. The file itself must never be opened here: closing it would drop all of SQLite's locks on it, as POSIX has it.
"""

import contextlib
import logging
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sqlalchemy import URL, Connection, Engine, Pool, create_engine, event
from sqlalchemy.pool import NullPool, QueuePool

import settings
from store.database import addresses
from store.database.addresses import file_of, real_file_of
from store.database.explaining import in_doubt
from store.errors import DatabaseError, FileChangedError

__all__ = ["WatchedFile", "connect", "create", "fold", "only_starter", "opened", "prepare", "run"]

_log = logging.getLogger(__name__)

WRITER_SECONDS = 15  # how long one writer waits for another
READER_SECONDS = 2  # readers wait for nobody, unless somebody else has locked the whole file
POOL_SECONDS = 3  # how long a run waits for another's connection
PRAGMAS = ("synchronous = FULL", "foreign_keys = ON")
_LAST_EVENT = "SELECT id, at FROM audit ORDER BY id DESC LIMIT 1"


def create(path: Path) -> None:
    """Make the file where there is none, and its folder, readable by their owner only; SQLite gives what it puts beside it the same rights.

    Raises
    ------
    DatabaseError
        If that is not possible.
    """
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise DatabaseError(f"The folder {path.parent} of the database cannot be created: {error.strerror}.") from error
    try:
        with contextlib.suppress(FileExistsError):
            os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    except OSError as error:
        raise DatabaseError(f"The database file {path} cannot be created: {error.strerror}.") from error


def opened(path: Path, seconds: float = READER_SECONDS) -> sqlite3.Connection:
    """Open a file that must be there: SQLite would put an empty one in the place of one that is gone.

    Parameters
    ----------
    path
        Of the file, absolute.
    seconds
        How long locks of others are waited for.
    """
    # isolation_level None: the driver begins no transaction by itself; readers need none, writers begin at once.
    return sqlite3.connect(
        f"file:{quote(str(path))}?mode=rw", uri=True, timeout=seconds, isolation_level=None, check_same_thread=False
    )


def connect(url: URL, *, pooled: bool = True) -> Engine:
    """Return an engine for a file that is there; nothing is opened yet.

    Parameters
    ----------
    url
        Its address.
    pooled
        Whether connections are kept for the next who asks.
    """
    path = file_of(url)
    pool: type[Pool] = QueuePool if pooled else NullPool
    engine = create_engine(
        url, creator=lambda: opened(path), poolclass=pool, **({"pool_timeout": POOL_SECONDS} if pooled else {})
    )
    event.listen(engine, "connect", _set_pragmas)
    event.listen(engine, "begin", _begin)
    return engine


def _set_pragmas(connection: Any, _: object) -> None:
    """Make a new connection durable and strict."""
    for pragma in PRAGMAS:
        run(connection, f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    """Begin a writer's transaction with the lock: two that both read first could not both write."""
    if connection.get_execution_options().get("writes"):
        connection.exec_driver_sql(f"PRAGMA busy_timeout = {WRITER_SECONDS * 1000}").close()
        connection.exec_driver_sql("BEGIN IMMEDIATE")


@contextmanager
def only_starter(url: URL) -> Iterator[Connection]:
    """Be the only one that opens a file, or puts another in its place.

    The gate is a transaction in a database without tables beside it: released even if this process is killed.
    """
    path = real_file_of(url)
    gate = path.with_name(f"{path.name}.lock")
    create(gate)
    engine = connect(url.set(database=str(gate)), pooled=False)
    with engine.execution_options(writes=True).begin() as connection:
        yield connection


def prepare(path: Path, gate: Connection) -> None:
    """Make the file where there is none, and remember in the gate that there is one; refuse one that has been emptied since.

    Raises
    ------
    DatabaseError
        If it was a database once and is empty now.
    """
    known = bool(gate.exec_driver_sql("PRAGMA user_version").scalar())
    there = path.exists()
    empty = not there or path.stat().st_size == 0
    if there and empty and known:
        raise DatabaseError(
            f"The database file {path} is empty, although it has been used as a database. Restore it from a backup: python -m store "
            f"restore-backup FILE. To start without the published data, delete {path} and start again."
        )
    if empty:
        create(path)
        newcomer = not known and not settings.database_url() and path == addresses.DEFAULT_FILE
        say = _log.info if newcomer else _log.warning  # nothing was lost where nobody named a database
        say("No database was found at %s, so a new one is created. If there should be one, restore a backup.", path)
    if not known:
        gate.exec_driver_sql("PRAGMA user_version = 1").close()


def fold(connection: Connection) -> None:
    """Fold the -wal file into the database, so that one file holds everything; left to the next time where somebody still reads."""
    # SQLAlchemy would begin a transaction, in which nothing can be folded.
    driver = connection.connection.driver_connection
    assert isinstance(driver, sqlite3.Connection)  # nosec B101  # for the type checker
    try:
        run(driver, f"PRAGMA busy_timeout = {READER_SECONDS * 1000}")
        run(driver, "PRAGMA wal_checkpoint(TRUNCATE)")
    except sqlite3.OperationalError as error:  # such as a full disk; what was committed is safe in the -wal file
        _log.warning("%s-wal could not be merged into the database: %s.", connection.engine.url.database, error)


def run(driver: sqlite3.Connection, statement: str) -> None:
    """Run a statement to its end; what it answers is not needed, but an open cursor would hold a lock."""
    with closing(driver.execute(statement)) as cursor:
        cursor.fetchall()


class WatchedFile:
    """A file that is open: whether its path still leads to it, and whether anybody but SQLite has changed it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        found = self._stat()
        self._identity = (found.st_dev, found.st_ino)
        self._state = (found.st_size, found.st_mtime_ns)
        self._beside: tuple[os.stat_result, ...] | None = None
        self._last_event = self._examine()

    def check(self) -> None:
        """Make sure that what is read and written is what others find under the path.

        Raises
        ------
        FileChangedError
            If the file is gone, is another one, was cut off or written over, or has lost what SQLite put beside it.
        """
        found = self._stat()
        if (found.st_dev, found.st_ino) != self._identity:
            raise FileChangedError(self.path, "replaced")
        state = (found.st_size, found.st_mtime_ns)
        if state != self._state:
            self._last_event = self._examine()
            self._state = state
        self._check_beside()

    def meet(self, connection: Connection) -> None:
        """Do nothing: :meth:`check` has looked at the file."""

    def look(self, connection: Connection) -> None:
        """Do nothing: :meth:`check` looks at the file whenever it has changed."""

    def forget(self) -> None:
        """Be ready for others of the files that SQLite puts beside the database: all connections were closed."""
        self._beside = None

    def _check_beside(self) -> None:
        """Make sure that this process and others meet in the same -wal and -shm file; SQLite keeps both while anybody has the database open.

        Where they were deleted the open connections go on in files that nobody else finds, and see nothing of what others publish.
        """
        try:
            # Beside the file itself, where the path is a link: to the one that was opened, as check() has seen.
            real = os.path.realpath(self.path)
            found = tuple(Path(f"{real}{ending}").stat() for ending in ("-wal", "-shm"))
        except FileNotFoundError:
            found = None
        if self._beside is None:
            self._beside = found
        elif found is None or not all(map(os.path.samestat, found, self._beside)):
            raise FileChangedError(self.path, "bared")

    @contextmanager
    def transaction(self, connection: Connection) -> Iterator[None]:
        """Begin a writer's transaction; what it commits is in the one file that others find.

        Raises
        ------
        FileChangedError
            As :meth:`check`, before the commit: nothing is stored.
        InDoubtError
            If anything fails at the commit or after it; the file may have been taken away in that very moment.
        """
        with connection.begin() as transaction:
            yield
            self.check()
            with in_doubt():
                transaction.commit()
        with in_doubt():
            fold(connection)
            self.check()

    def close(self, writers: Engine) -> None:
        """Leave one file behind, unless another process still reads it."""
        with writers.connect() as connection:
            fold(connection)

    def _stat(self) -> os.stat_result:
        """Return what the file system says of the path."""
        try:
            return self.path.stat()
        except OSError as error:
            raise FileChangedError(self.path, "missing") from error

    def _examine(self) -> tuple[int, str] | None:
        """Return the last event in the file, None in a new one, after a look at all its pages.

        Its size and time change whenever somebody publishes. A copy put over it changes them too, and may be cut off, or lack what was
        published since; versions that are in memory here would then be others than those in the file.
        """
        known: tuple[int, str] | None = getattr(self, "_last_event", None)
        try:
            with closing(opened(self.path)) as connection:
                sound = connection.execute("PRAGMA quick_check(1)").fetchone() == ("ok",)
                same = (
                    known is None or connection.execute("SELECT 1 FROM audit WHERE id = ? AND at = ?", known).fetchone()
                )
                last: tuple[int, str] | None = connection.execute(_LAST_EVENT).fetchone()
        except sqlite3.DatabaseError as error:
            if isinstance(error, sqlite3.OperationalError) and "no such table" not in str(error):
                raise DatabaseError(f"The database {self.path} cannot be read: {error}.") from error
            raise FileChangedError(self.path, "damaged") from error
        if not sound:
            raise FileChangedError(self.path, "damaged")
        if not same:
            raise FileChangedError(self.path, "replaced")
        return last
