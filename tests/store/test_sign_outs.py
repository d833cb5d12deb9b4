"""Sign-ins that were ended: known to every server of the database, and forgotten when their cookies are long void."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import insert, select

from store import DatabaseError, Store
from store.schema import sign_out
from store.sign_outs import REMEMBERED

ONE, OTHER = "1" * 64, "2" * 64


def test_what_was_ended_is_known_and_nothing_else(store):
    store.sign_outs.add(ONE)
    store.sign_outs.add(ONE)  # twice, as from two windows
    assert ONE in store.sign_outs
    assert OTHER not in store.sign_outs
    assert "" not in store.sign_outs


def test_another_server_of_the_database_and_one_started_later_know_it(url):
    first, second = Store.open(url), Store.open(url)
    first.sign_outs.add(ONE)
    assert ONE in second.sign_outs
    for opened in (first, second):
        opened.close()
    later = Store.open(url)
    assert ONE in later.sign_outs
    later.close()


def test_what_is_long_void_is_forgotten(store, engine):
    now = datetime.now(UTC)
    for sign_in, age in ((ONE, REMEMBERED + timedelta(hours=1)), (OTHER, REMEMBERED - timedelta(hours=1))):
        with engine.begin() as connection:
            connection.execute(insert(sign_out).values(sign_in=sign_in, at=now - age))
    store.sign_outs.add("3" * 64)
    with engine.connect() as connection:
        assert set(connection.scalars(select(sign_out.c.sign_in))) == {OTHER, "3" * 64}


def test_a_database_that_cannot_say_does_not_say_no(store, engine):
    with engine.begin() as connection:
        connection.exec_driver_sql("DROP TABLE sign_out")
    with pytest.raises(DatabaseError):
        _ = ONE in store.sign_outs
