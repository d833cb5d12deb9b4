"""Every test of the store runs against both databases, each with an empty one of its own."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta, tzinfo
from itertools import count
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import Engine

from store import TABLES, Publication, Store
from store.database import address, connect, sqlite
from tests.store import postgresql

SHIPPED = {name: f"id\nshipped {name}\n".encode() for name in TABLES}
NUMBERS = count(1)
TOGETHER_SECONDS = 30


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """The address of a PostgreSQL server with a migrated database named "template"."""
    with postgresql.serving() as served:
        base = served.address
        _execute(base, "CREATE DATABASE template")
        Store.open(f"{base}/template").close()
        yield base


def _execute(base: str, statement: str) -> None:
    """Run one statement of a server."""
    with psycopg.connect(f"{base}/postgres", autocommit=True) as connection:
        connection.execute(statement)


@pytest.fixture
def new_database(tmp_path: Path) -> Callable[..., str]:
    """Return a maker of the address of a new database; on a server as a copy of another, empty by default."""

    def make(base: str = "", template: str = "template0") -> str:
        if not base:
            file = tmp_path / f"store-{next(NUMBERS)}.sqlite3"
            sqlite.create(file)
            return f"sqlite:///{file}"
        name = f"test_{next(NUMBERS)}"
        _execute(base, f"CREATE DATABASE {name} TEMPLATE {template}")
        return f"{base}/{name}"

    return make


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_url(request: pytest.FixtureRequest, new_database: Callable[..., str]) -> str:
    """The address of a database without any table."""
    return new_database(request.getfixturevalue("server") if request.param == "postgresql" else "")


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, new_database: Callable[..., str]) -> str:
    """The address of a migrated database without any version."""
    if request.param == "sqlite":
        made = new_database()
        Store.open(made).close()
        return made
    return new_database(request.getfixturevalue("server"), "template")


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    """A store whose only version is the shipped data."""
    opened = Store.open(url)
    opened.ensure_shipped(SHIPPED)
    yield opened
    opened.close()


@pytest.fixture
def engine(url: str) -> Iterator[Engine]:
    """Connections past the store, to look at and to damage what it keeps."""
    made = connect(address(url))
    yield made
    made.dispose()


@pytest.fixture
def together() -> Callable[[list[Callable[[], object]]], list[object]]:
    """Return a runner of functions in threads that set off at the same moment."""

    def run(functions: list[Callable[[], object]]) -> list[object]:
        results: list[object] = [None] * len(functions)
        barrier = threading.Barrier(len(functions))

        def go(number: int) -> None:
            barrier.wait()
            results[number] = functions[number]()

        threads = [threading.Thread(target=go, args=(number,), daemon=True) for number in range(len(functions))]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(TOGETHER_SECONDS)
        assert not any(thread.is_alive() for thread in threads), "they wait for each other"
        return results

    return run


def publication(
    text: str = "new", *, author: str = "Li", note: str = "note", table: str = "indicators.csv"
) -> Publication:
    """Return a publication that changes one table."""
    return Publication(
        {table: f"id\n{text}\n".encode()}, "indicators", "update", author, note, "数据.csv", text.encode()
    )


@contextmanager
def days_ago(days: int) -> Iterator[None]:
    """Let the store write what it does in the block as if it were some days ago."""

    class Past(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> datetime:
            return datetime.now(tz) - timedelta(days=days)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("store.records.datetime", Past)
        yield
