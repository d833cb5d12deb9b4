"""Connections for reading and transactions for writing."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import URL, Connection, Engine, event, select

from store.database import postgresql, sqlite
from store.database.addresses import file_of, shown
from store.database.explaining import explaining
from store.database.outage import Outage
from store.errors import DatabaseError, FileChangedError, ReplacedError
from store.schema import pointer

__all__ = ["Database", "connect"]


def connect(url: URL) -> Engine:
    """Return an engine for an address from :func:`store.database.addresses`; nothing is opened yet. An SQLite file must be there."""
    return sqlite.connect(url) if url.drivername == "sqlite" else postgresql.connect(url)


class Database:
    """A migrated database, watched: while it is away whoever asks is refused at once.

    Raises
    ------
    DatabaseError
        If an SQLite file is not there or not whole.
    """

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.outage = Outage(self._ask)
        self._guard: sqlite.WatchedFile | postgresql.Server
        if engine.dialect.name == "sqlite":
            self._guard = file = sqlite.WatchedFile(file_of(engine.url))
            event.listen(engine, "engine_disposed", lambda _: file.forget())
            # A writer opens the file anew: what the path leads to now is what it writes to.
            self._readers, writers = engine, sqlite.connect(engine.url, pooled=False)
        else:
            self._guard = postgresql.Server(shown(engine.url))
            self._readers, writers = engine.execution_options(isolation_level="AUTOCOMMIT"), engine
        self._writers = writers.execution_options(writes=True)

    @contextmanager
    def reading(self, *, watched: bool = True) -> Iterator[Connection]:
        """Connect for single reads: what is read never changes, the pointer apart.

        Parameters
        ----------
        watched
            Whether to :meth:`watch` afterwards; who asks all the time may do so only where the answer is another one.

        Raises
        ------
        DatabaseError
            If the database is away.
        """
        self.outage.refuse()
        try:
            with self._connected() as connection:
                yield connection
                if watched:
                    self.watch(connection)
        except DatabaseError as error:
            self.outage.begin(error)
            raise

    def watch(self, connection: Connection) -> None:
        """Make sure, after a read, that the database is the one that was opened, and know of all that was read when this is asked again."""
        self._guard.look(connection)

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Begin a transaction that is alone in writing, so that ids have no gaps and events are in order.

        Raises
        ------
        DatabaseError
            If the database is away or does not take it; nothing is stored.
        InDoubtError
            If it fails at the commit or after it; it may be stored.
        """
        self.outage.refuse()
        try:
            with explaining(self.engine.url):
                self._guard.check()
                with self._writers.connect() as connection, self._guard.transaction(connection):
                    connection.execute(select(pointer.c.id).with_for_update())
                    self._guard.look(connection)
                    yield connection
        except DatabaseError as error:
            self._look(error)
            raise

    def close(self) -> None:
        """Close all connections; an SQLite database is one file afterwards, unless another process still reads it."""
        self.outage.close()
        if not self.outage.lasts:
            with explaining(self.engine.url):
                self._guard.close(self._writers)
        self.engine.dispose()

    @contextmanager
    def _connected(self) -> Iterator[Connection]:
        """Connect for reading."""
        with explaining(self.engine.url):
            self._guard.check()
            with self._readers.connect() as connection:
                self._guard.meet(connection)
                yield connection

    def _ask(self) -> None:
        """Find out whether the database answers, over a new connection: those from before may be broken, or know pages of another file."""
        self.engine.dispose()
        with self._connected() as connection:
            connection.execute(select(pointer.c.id))

    def _look(self, said: DatabaseError) -> None:
        """Find out whether a write failed because the database is away."""
        # Those who read meanwhile would keep open what has to be closed.
        if isinstance(said, FileChangedError | ReplacedError):
            self.outage.begin(said)
            return
        try:
            self._ask()
        except DatabaseError as error:
            self.outage.begin(error)
