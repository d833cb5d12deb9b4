"""``python -m bench.recovery``: how long anybody waits for a database that is away, and how soon it is used again. Prints a table for docs/operations.md.

Needs PostgreSQL's server programs, as the tests do.
"""

import random
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from pathlib import Path

import settings
from store import DatabaseError, Store
from store.reading.loading import shipped_tables
from tests.store import postgresql

RUNS = 5
AWAY_SECONDS = (2.0, 2.5)  # at random, so that it ends at any moment between two questions
Away = Callable[[], AbstractContextManager[None]]


def main() -> None:
    """Measure and print."""
    print("| Database | What happens to it | First to ask waits, s | All others wait, s | Used again after, s |")
    print("|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "a.sqlite3"
        with closing(_opened(f"sqlite:///{file}")) as store:
            _report("SQLite", "file moved away and back", store, lambda: _moved(file))
            _report("SQLite", "file locked by another program", store, lambda: _locked(store, file))
    with postgresql.serving() as server, closing(_opened(f"{server.address}/postgres")) as store:
        _report("PostgreSQL", "stopped and started", store, lambda: _restarted(server, server.stop))
        _report("PostgreSQL", "frozen (SIGSTOP) and continued", store, server.frozen)
        _report("PostgreSQL", "killed (SIGKILL) and started", store, lambda: _restarted(server, server.kill))


def _opened(url: str) -> Store:
    """Return a store with the shipped data."""
    store = Store.open(url)
    store.ensure_shipped(shipped_tables(settings.data_folder()))
    return store


@contextmanager
def _moved(file: Path) -> Iterator[None]:
    """Move a file away."""
    keep = file.with_name("keep")
    file.rename(keep)
    yield
    keep.rename(file)


@contextmanager
def _locked(store: Store, file: Path) -> Iterator[None]:
    """Lock a file for nobody else to read."""
    store._database.engine.dispose()  # whoever has it open cannot be locked out
    with closing(sqlite3.connect(file, isolation_level=None)) as holder:
        holder.execute("PRAGMA locking_mode = EXCLUSIVE").close()
        holder.execute("BEGIN EXCLUSIVE").close()
        yield
        holder.execute("ROLLBACK").close()


@contextmanager
def _restarted(server: postgresql.Server, end: Callable[[], None]) -> Iterator[None]:
    """End a server and start it again; the clock runs from the moment it takes connections."""
    end()
    yield
    server.start()


def _report(database: str, what: str, store: Store, away: Away) -> None:
    """Print a line: the slowest of some runs."""
    measured = [_measure(store, away) for _ in range(RUNS)]
    first, others, back = (max(column) for column in zip(*measured, strict=True))
    middle = statistics.median(row[2] for row in measured)
    print(f"| {database} | {what} | {first:.2f} | {others:.4f} | {back:.2f} (median {middle:.2f}) |", flush=True)


def _measure(store: Store, away: Away) -> tuple[float, float, float]:
    """Return the seconds of the first wait, of the longest after it, and until the database is used again."""
    with away():
        waits = [_wait(store)]
        end = time.monotonic() + random.uniform(*AWAY_SECONDS)  # noqa: S311 (no secret)
        while time.monotonic() < end:
            waits.append(_wait(store))
            time.sleep(0.01)
    begun = time.monotonic()
    while True:
        try:
            store.current()
        except DatabaseError:
            time.sleep(0.005)
        else:
            return waits[0], max(waits[1:]), time.monotonic() - begun


def _wait(store: Store) -> float:
    """Return how long somebody waits who is refused."""
    begun = time.monotonic()
    try:
        store.current()
    except DatabaseError:
        return time.monotonic() - begun
    raise AssertionError("the database answers though it is away")


if __name__ == "__main__":
    main()
