"""Looking back: versions and the audit log, newest first, in pages."""

from datetime import UTC, timedelta

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
    rest = store.events(limit=3, before=first[-1].id)
    assert [event.action for event in [*first, *rest]] == ["rejected", "drafted", "published", "shipped"]
    assert store.events(limit=3, before=rest[-1].id) == []


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
