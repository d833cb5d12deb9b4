"""PostgreSQL: connections that do not wait without limit, whatever the server or the network does."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any, NamedTuple, TypeVar

import psycopg
from psycopg.abc import PQGen
from sqlalchemy import URL, Connection, Engine, bindparam, create_engine, event, func, select

from store.database.explaining import in_doubt
from store.errors import DatabaseError, ReplacedError
from store.schema import audit

__all__ = ["ENCODING", "Server", "connect", "patience"]

ENCODING = "UTF8"  # of all that is said to a server, and of its archives

READER_SECONDS = 2  # silence after which a statement is given up
WRITER_SECONDS = 20  # longer than one writer waits for another
POOL_SECONDS = 3  # how long a run waits for another's connection
LIMITS = {  # libpq's; the address may set its own
    "connect_timeout": 2,  # seconds; psycopg takes no less
    "keepalives": 1,
    "keepalives_idle": 5,
    "keepalives_interval": 2,
    "keepalives_count": 3,
    "tcp_user_timeout": 5000,  # milliseconds
}
# For transactions that write: the server ends them even where this process, or the way to it, is gone.
WRITER_LIMITS = {
    "lock_timeout": "15s",
    "statement_timeout": "60s",
    "idle_in_transaction_session_timeout": "60s",
    "synchronous_commit": "on",  # whatever the database's own setting: what was answered as stored outlives a crash
}
_MET = "met"  # among what is noted of a connection
_R = TypeVar("_R")


class _Event(NamedTuple):
    """A line of the audit log, which nothing ever changes."""

    id: int
    at: datetime


_earlier = audit.alias()
_KNOWN_AT = select(_earlier.c.at).where(_earlier.c.id == bindparam("known")).scalar_subquery()
# Both in one round trip: it is asked with each read.
_LOOK = select(audit.c.id, audit.c.at, _KNOWN_AT.label("known_at")).order_by(audit.c.id.desc()).limit(1)


class PatientConnection(psycopg.Connection[Any]):
    """A connection that is closed when nothing comes for a while.

    A server that hangs still acknowledges what it is sent, so neither TCP nor its own statement_timeout ends the wait.
    """

    patience: float = READER_SECONDS

    def wait(self, gen: PQGen[_R], *args: Any, **kwargs: Any) -> _R:
        """Wait for an answer of the server."""
        return super().wait(self._limited(gen), *args, **kwargs)

    def _limited(self, steps: PQGen[_R]) -> PQGen[_R]:
        """Pass on the steps of a conversation; end it after too long a silence."""
        try:
            wanted = next(steps)
            heard = time.monotonic()
            while True:
                ready = yield wanted
                if ready:
                    heard = time.monotonic()
                elif time.monotonic() - heard > self.patience:
                    self.close()
                    raise psycopg.OperationalError(f"the server has not answered for {self.patience:g} seconds")
                wanted = steps.send(ready)
        except StopIteration as end:
            answer: _R = end.value
            return answer


def connect(url: URL) -> Engine:
    """Return an engine; nothing is opened yet. A restarted server is met with a new connection."""
    limits = {name: value for name, value in LIMITS.items() if name not in url.query}
    # Whatever the address, the shell (PGCLIENTENCODING) or the database itself would choose.
    asked = limits | {"client_encoding": ENCODING}
    engine = create_engine(url, pool_pre_ping=True, pool_timeout=POOL_SECONDS, connect_args=asked)
    event.listen(engine, "do_connect", _connect)
    return engine


def _connect(_: object, __: object, arguments: tuple[Any, ...], options: dict[str, Any]) -> PatientConnection:
    """Open a connection that gives up; whatever its database would choose, dates come as they are read here, and Chinese is stored as it is.

    Raises
    ------
    DatabaseError
        If the database has no place for Chinese; a backup of it can still be taken.
    """
    connection = PatientConnection.connect(*arguments, autocommit=True, **options)
    try:
        connection.execute("SELECT set_config('DateStyle', 'ISO, YMD', false), %s::text", ["广州"])
        connection.autocommit = False
    except psycopg.errors.UntranslatableCharacter as error:
        connection.close()
        raise DatabaseError(
            "The database cannot store Chinese text: its encoding is not UTF8. Back it up (python -m store backup FILE), make one with "
            "ENCODING 'UTF8' TEMPLATE template0, name that in DASHBOARD_DATABASE_URL, and restore the backup into it."
        ) from error
    except BaseException:
        connection.close()
        raise
    return connection


@contextmanager
def patience(connection: Connection, seconds: float) -> Iterator[None]:
    """Wait for answers longer than readers do."""
    driver = connection.connection.driver_connection
    assert isinstance(driver, PatientConnection)  # nosec B101  # for the type checker
    driver.patience = seconds
    try:
        yield
    finally:
        driver.patience = READER_SECONDS


class Server:
    """What a database in PostgreSQL needs beside its connections: it is watched, so that no number is read that means something else by now.

    A backup can be restored while nobody is connected, after a restart of the server for one. Versions that are in memory here would then
    be others than those in the database, under the same numbers.

    Parameters
    ----------
    place
        What errors call the database.
    """

    def __init__(self, place: str) -> None:
        self._place = place
        self._lock = threading.Lock()
        self._known: _Event | None = None  # the newest event that was read or written

    def check(self) -> None:
        """Do nothing: a connection finds out by itself whether its server is there."""

    def meet(self, connection: Connection) -> None:
        """Look once at what a new connection leads to."""
        if _MET not in connection.info:
            self.look(connection)
            connection.info[_MET] = True

    def look(self, connection: Connection) -> None:
        """Make sure that what was last read or written is still there as it was, and remember what there is by now.

        Raises
        ------
        ReplacedError
            If it is not: another database is there, such as a restored backup.
        """
        self._keep(self._newest(connection))

    @contextmanager
    def transaction(self, connection: Connection) -> Iterator[None]:
        """Begin a writer's transaction, which the server ends rather than let everybody wait for it."""
        limits = [func.set_config(name, value, True) for name, value in WRITER_LIMITS.items()]
        with patience(connection, WRITER_SECONDS), connection.begin() as transaction:
            connection.execute(select(*limits))
            yield
            written = self._newest(connection)
            with in_doubt():
                transaction.commit()
            self._keep(written)

    def close(self, writers: Engine) -> None:
        """Do nothing: nothing is left open but the pool."""

    def _newest(self, connection: Connection) -> _Event | None:
        """Return the newest event, None in a new database; raises as :meth:`look`."""
        known = self._known
        found = connection.execute(_LOOK, {"known": known.id if known else 0}).one_or_none()
        if known and (found is None or found.known_at != known.at):
            raise ReplacedError(self._place)
        return _Event(found.id, found.at) if found else None

    def _keep(self, newest: _Event | None) -> None:
        """Remember an event, unless another thread has met a newer one meanwhile."""
        with self._lock:
            if newest and (self._known is None or newest.id > self._known.id):
                self._known = newest
