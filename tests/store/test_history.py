"""Looking back: versions and the audit log, newest first, in pages."""

from datetime import UTC, timedelta

import pytest
from sqlalchemy import event

from store import records
from tests.store.conftest import publication


def test_versions_are_listed_newest_first_up_to_a_limit(store):
    for expected in (1, 2, 3):
        store.publish(publication(f"text {expected}"), expected=expected)
    assert [version.id for version in store.versions()] == [4, 3, 2, 1]
    assert [version.id for version in store.versions(limit=2)] == [4, 3]
    assert store.versions(limit=1)[0] == store.version(4)


def test_events_come_in_pages_newest_first_without_gaps_or_repeats(store):
    store.publish(publication("a"), expected=1)
    store.submit(publication("b"), base=2)
    store.reject(3, "Wang", "no")
    first = store.events(limit=3)
    rest = store.events(limit=3, skip=3)
    assert [event.action for event in [*first, *rest]] == ["rejected", "drafted", "published", "shipped"]
    assert store.events(limit=3, skip=4) == []


def test_events_say_who_did_what_when_and_why(store):
    version = store.publish(publication(note="first quarter"), expected=1)
    event = store.events(1)[0]
    assert (event.actor, event.action, event.version_id, event.detail) == (
        "Li",
        "published",
        2,
        {"note": "first quarter"},
    )
    assert event.at.tzinfo is UTC
    assert timedelta(0) <= event.at - version.created_at < timedelta(minutes=1)


def test_what_is_shown_is_asked_with_one_statement(store):
    seen = []
    store.current()  # the first time looks closer at what is there
    event.listen(store._database.engine, "before_cursor_execute", lambda *given: seen.append(given[2]))
    store.current()
    assert seen == ["SELECT pointer.version_id \nFROM pointer"]


def test_tables_are_returned_as_stored_without_those_unknown_today(store):
    store.publish(publication("x"), expected=1)
    with store._database.writing() as connection:
        tables = records.hashes(connection, 2)
        tables["gone.csv"] = tables.pop("slides.csv")
        records.add_version(connection, 2, tables, kind="published", author="Li", note="old")
        records.record(connection, "Li", "published", 3)
    assert set(store.tables(3)) == {"clusters.csv", "tenants.csv", "indicators.csv", "sources.csv"}
    assert store.tables(3)["indicators.csv"] == b"id\nx\n"


@pytest.mark.slow
def test_every_version_is_listed_and_every_draft_that_waits_however_many(store):
    store.publish(publication("a"), expected=1)
    drafts = [store.submit(publication(f"draft {number}"), base=2).id for number in range(210)]
    store.reject(drafts[3], "Wang", "no")
    store.approve(drafts[5], "Wang", "yes", expected=2)
    assert [version.id for version in store.versions()] == list(range(212, 0, -1))
    waiting = store.waiting()
    assert [version.id for version in waiting] == [id_ for id_ in reversed(drafts) if id_ not in (drafts[3], drafts[5])]
    assert {version.state for version in waiting} == {"waiting"}
    assert waiting[-1] == store.version(drafts[0])


def test_the_audit_log_says_how_long_it_is(store):
    store.publish(publication("a"), expected=1)
    assert (store.event_count(), len(store.events())) == (2, 2)
