"""A PostgreSQL database that is put in the place of the one a store knows: noticed at the next read or write, however long nobody asked."""

import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import event, text

from store import DatabaseError, ReplacedError, Store, backup
from tests.store.conftest import SHIPPED, publication

pytestmark = pytest.mark.slow

SOON_SECONDS = 5


@pytest.fixture
def url(server: str, new_database: Callable[..., str]) -> str:
    """The address of a migrated database in PostgreSQL."""
    return new_database(server, "template")


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    """A store in it whose only version is the shipped data."""
    with closing(Store.open(url)) as one:
        one.ensure_shipped(SHIPPED)
        yield one


@pytest.fixture
def older(store: Store, url: str, tmp_path: Path) -> Path:
    """A backup of it with the shipped data only."""
    file = tmp_path / "older.backup"
    backup.save(file, url)
    return file


def publish(url: str, content: str, expected: int) -> None:
    """Publish as another process does."""
    with closing(Store.open(url)) as other:
        other.publish(publication(content, author="Li"), expected=expected)


def put_back(file: Path, url: str, store: Store) -> None:
    """Restore a backup while a store is open and idle, with no connection left."""
    store._database.engine.dispose()  # as a restart of the server does
    backup.restore(file, url)


@pytest.mark.parametrize("again", [True, False])
@pytest.mark.parametrize("known_by", ["own publication", "reading"])
def test_a_number_that_means_something_else_by_now_is_not_read(
    store: Store, url: str, older: Path, known_by: str, again: bool
):
    if known_by == "reading":
        publish(url, "first", 1)
    else:
        store.publish(publication("first"), expected=1)
    assert store.current() == 2
    put_back(older, url, store)
    if again:
        publish(url, "second", 1)
    with pytest.raises(ReplacedError, match=r"^The database postgresql.* is not the one the dashboard opened.*Restart"):
        store.current()
    time.sleep(1)  # asked again five times meanwhile
    assert store.away
    with pytest.raises(ReplacedError):
        store.versions()
    with closing(Store.open(url)) as fresh:
        assert fresh.current() == 1 + again


def test_nothing_is_published_on_top_of_what_is_no_longer_there(store: Store, url: str, older: Path):
    store.publish(publication("first"), expected=1)
    put_back(older, url, store)
    publish(url, "second", 1)
    with pytest.raises(ReplacedError, match="nothing was saved"):
        store.publish(publication("third"), expected=2)
    assert store.away
    with closing(Store.open(url)) as fresh:
        assert [version.author for version in fresh.versions()] == ["Li", "system"]


def test_what_is_put_there_between_two_reads_of_one_connection_is_noticed(store: Store, url: str):
    publish(url, "first", 1)
    assert store.current() == 2
    change = "UPDATE audit SET at = at + interval '1 second'"
    with store._database.engine.begin() as connection:
        connection.execute(text(f"ALTER TABLE audit DISABLE TRIGGER USER; {change}"))
    with pytest.raises(ReplacedError):
        store.versions()


def test_what_others_publish_restore_and_back_up_is_no_replacement(store: Store, url: str, older: Path):
    publish(url, "first", 1)
    assert store.current() == 2
    publish(url, "second", 2)
    store.publish(publication("third"), expected=3)
    store._database.engine.dispose()
    publish(url, "fourth", 4)
    assert store.current() == 5
    assert not store.away


def test_the_very_same_database_put_back_is_used_again(store: Store, url: str, tmp_path: Path):
    store.publish(publication("first"), expected=1)
    backup.save(tmp_path / "same.backup", url)
    put_back(tmp_path / "same.backup", url, store)
    assert store.current() == 2
    assert store.publish(publication("second"), expected=2).id == 3


def test_a_publication_that_fails_is_not_looked_for_later(store: Store):
    def fail(_: object) -> None:
        raise DatabaseError("the commit was not sent")

    event.listen(store._database._writers, "commit", fail, once=True)
    with pytest.raises(DatabaseError):
        store.publish(publication("lost"), expected=1)
    assert store.current() == 1
    assert store.publish(publication("kept"), expected=1).id == 2
