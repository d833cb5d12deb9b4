"""PostgreSQL that is stopped, killed or frozen: nobody waits for long, nothing is stored by halves, and it is used again once it is back."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, closing, contextmanager

import pytest
from sqlalchemy import event

from store import DatabaseError, InDoubtError, Store
from store.database.outage import Outage
from tests.store import postgresql
from tests.store.conftest import SHIPPED, publication

FIRST_SECONDS = 8  # the first who asks a frozen server waits for 2 s of silence, and 2 s for a new connection
AT_ONCE_SECONDS = 0.5
BACK_SECONDS = 5  # measured: well under one, see docs/operations.md


@pytest.fixture(scope="module")
def mortal() -> Iterator[postgresql.Server]:
    """A server of this file's own."""
    with postgresql.serving() as served:
        yield served


@contextmanager
def stopped(server: postgresql.Server) -> Iterator[None]:
    server.stop()
    try:
        yield
    finally:
        server.start()


@contextmanager
def killed(server: postgresql.Server) -> Iterator[None]:
    server.kill()
    try:
        yield
    finally:
        server.start()


def refused(call: Callable[[], object]) -> float:
    """Return how many seconds it takes until a call is refused."""
    begun = time.monotonic()
    with pytest.raises(DatabaseError):
        call()
    return time.monotonic() - begun


@pytest.mark.parametrize("away", [stopped, killed, postgresql.Server.frozen])
def test_nobody_waits_long_and_nothing_is_half_stored(
    mortal: postgresql.Server, away: Callable[[postgresql.Server], AbstractContextManager[None]]
):
    with closing(Store.open(f"{mortal.address}/postgres")) as store:
        before = store.ensure_shipped(SHIPPED).id if not store.versions() else store.current()
        listed = store.versions()
        with away(mortal):
            assert refused(store.current) < FIRST_SECONDS
            assert store.away
            assert refused(store.current) < AT_ONCE_SECONDS
            assert refused(lambda: store.publish(publication(str(away)), expected=before)) < AT_ONCE_SECONDS
        begun = time.monotonic()
        while store.away and time.monotonic() - begun < BACK_SECONDS:
            time.sleep(0.01)
        assert store.current() == before
        assert store.versions() == listed
        assert store.publish(publication(str(away)), expected=before).id == before + 1


def test_a_server_that_freezes_at_the_commit_is_not_said_to_have_stored_nothing(
    mortal: postgresql.Server, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("store.database.postgresql.WRITER_SECONDS", 1)
    with closing(Store.open(f"{mortal.address}/postgres")) as store, ExitStack() as ice:
        store.ensure_shipped(SHIPPED)
        before = store.current()
        event.listen(store._database._writers, "commit", lambda _: ice.enter_context(mortal.frozen()), once=True)
        with pytest.raises(InDoubtError, match=r"not answered for 1 seconds\. The data may or may not have been saved"):
            store.publish(publication("at the commit"), expected=before)
        ice.close()
        deadline = time.monotonic() + BACK_SECONDS
        while store.away or store.current() == before:
            assert time.monotonic() < deadline, "the server went on, and had been sent the commit"
            time.sleep(0.01)


def test_a_server_that_freezes_during_a_publication_is_not_waited_for_for_ever(mortal, monkeypatch):
    monkeypatch.setattr("store.database.postgresql.WRITER_SECONDS", 1)
    with closing(Store.open(f"{mortal.address}/postgres")) as store:
        before = store.current() if store.versions() else store.ensure_shipped(SHIPPED).id
        with (
            pytest.raises(DatabaseError, match="has not answered for 1 seconds"),
            store._database.writing() as connection,
            mortal.frozen(),
        ):
            connection.exec_driver_sql("UPDATE pointer SET version_id = NULL")
        while store.away:
            time.sleep(0.01)
        assert store.current() == before


def test_a_writer_that_has_gone_does_not_block_the_others(mortal):
    with closing(Store.open(f"{mortal.address}/postgres")) as store, store._database.writing() as connection:
        limits = {name: connection.exec_driver_sql(f"SHOW {name}").scalar() for name in (
            "lock_timeout", "statement_timeout", "idle_in_transaction_session_timeout"
        )}  # fmt: skip
    assert limits == {
        "lock_timeout": "15s",
        "statement_timeout": "1min",
        "idle_in_transaction_session_timeout": "1min",
    }


def test_what_was_stored_outlives_a_crash_whatever_the_databases_setting(mortal):
    with closing(Store.open(f"{mortal.address}/postgres")) as store, store._database.writing() as connection:
        connection.exec_driver_sql("ALTER DATABASE postgres SET synchronous_commit = off")
    with closing(Store.open(f"{mortal.address}/postgres")) as store, store._database.writing() as connection:
        assert connection.exec_driver_sql("SHOW synchronous_commit").scalar() == "on"


def test_who_comes_during_an_outage_is_refused_without_asking():
    asked, answers = threading.Event(), threading.Event()

    def ask() -> None:
        asked.set()
        if not answers.is_set():
            raise DatabaseError("still away")

    outage = Outage(ask)
    outage.refuse()
    outage.begin(DatabaseError("away"))
    assert outage.lasts
    assert asked.wait(5), "it is asked again by itself"
    with pytest.raises(DatabaseError, match="away"):
        outage.refuse()
    answers.set()
    while outage.lasts:
        time.sleep(0.01)
    outage.refuse()
    outage.close()


def test_a_closed_store_asks_no_more():
    asked: list[float] = []

    def ask() -> None:
        asked.append(time.monotonic())
        raise DatabaseError("away")

    outage = Outage(ask)
    outage.begin(DatabaseError("away"))
    outage.close()
    count = len(asked)
    assert not any(thread.name == "database outage" and thread.is_alive() for thread in threading.enumerate())
    outage.begin(DatabaseError("away"))
    assert len(asked) == count
