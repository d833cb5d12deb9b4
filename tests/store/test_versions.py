"""Publishing, drafts and restoring: what everyone sees, what is kept, who is refused."""

import pytest

from store import (
    TABLES,
    ConflictError,
    DraftExistsError,
    InputError,
    NothingToPublishError,
    Publication,
    ReviewError,
    SamePersonError,
    Store,
    UnknownVersionError,
)
from tests.store.conftest import SHIPPED, publication

NEWER = SHIPPED | {"tenants.csv": b"id\nnewer\n"}


def actions(store: Store) -> list[tuple[str, str, int | None]]:
    """Return the audit log, oldest first, as (actor, action, version)."""
    return [(event.actor, event.action, event.version_id) for event in reversed(store.events())]


# ---- shipped data ----


def test_the_shipped_data_is_version_1(store):
    version = store.version(1)
    assert store.current() == 1
    assert (version.kind, version.parent_id, version.state, version.file_sha256) == ("shipped", None, "published", None)
    assert store.tables(1) == SHIPPED


def test_the_same_shipped_data_adds_nothing(store):
    assert store.ensure_shipped(dict(reversed(SHIPPED.items()))).id == 1
    assert len(store.versions()) == 1


def test_newer_shipped_data_is_shown_while_nobody_has_published(store):
    version = store.ensure_shipped(NEWER)
    assert (version.id, version.parent_id, version.state, store.current()) == (2, 1, "published", 2)


def test_newer_shipped_data_waits_where_somebody_has_published(store):
    store.publish(publication(), expected=1)
    version = store.ensure_shipped(NEWER)
    assert (version.id, version.state, store.current()) == (3, "offered", 2)
    assert store.ensure_shipped(NEWER).id == 3
    taken = store.restore(3, "Li", "take it", expected=2)
    assert store.tables(taken.id) == NEWER
    assert actions(store)[-2:] == [("system", "offered", 3), ("Li", "restored", 4)]


def test_incomplete_shipped_data_is_refused(store):
    with pytest.raises(InputError, match=r"expected clusters\.csv, tenants.csv"):
        store.ensure_shipped({"clusters.csv": b""})


def test_many_servers_add_the_shipped_data_once(url, together):
    stores = [Store.open(url) for _ in range(4)]
    found = together([lambda store=store: store.ensure_shipped(SHIPPED).id for store in stores])
    assert found == [1, 1, 1, 1]
    assert actions(stores[0]) == [("system", "shipped", 1)]
    for store in stores:
        store.close()


# ---- publishing ----


def test_a_publication_is_what_everyone_sees_and_keeps_the_other_tables(store):
    version = store.publish(publication("new"), expected=1)
    assert store.current() == version.id == 2
    assert store.tables(2) == SHIPPED | {"indicators.csv": b"id\nnew\n"}
    assert (version.parent_id, version.kind, version.upload, version.mode) == (1, "published", "indicators", "update")
    assert (version.author, version.note, version.file_name, version.state) == ("Li", "note", "数据.csv", "published")
    assert store.original(2) == ("数据.csv", b"new")
    assert store.tables(1) == SHIPPED


def test_publishing_on_an_old_version_is_refused_and_says_who_was_first(store):
    first = store.publish(publication("first", author="Wang"), expected=1)
    with pytest.raises(ConflictError, match="Wang published version 2") as raised:
        store.publish(publication("second"), expected=1)
    error = raised.value
    assert (error.expected, error.current, error.who) == (1, 2, "Wang")
    assert error.when >= first.created_at
    assert [version.id for version in store.versions()] == [2, 1]
    assert actions(store)[-1] == ("Li", "refused", None)
    assert store.events(1)[0].detail == {"attempt": "publish", "expected": 1, "current": 2}


def test_a_refused_publication_leaves_no_gap_in_the_numbers(store):
    with pytest.raises(ConflictError):
        store.publish(publication("late"), expected=store.submit(publication("draft"), base=1).id)
    assert store.publish(publication("in time"), expected=1).id == 3


@pytest.mark.parametrize("people", [2, 6])
def test_of_people_who_publish_at_once_exactly_one_wins(store, together, people):
    def attempt(number: int) -> str:
        try:
            return f"won {store.publish(publication(f'by {number}'), expected=1).id}"
        except ConflictError as error:
            return f"lost to {error.current}"

    outcomes = together([lambda number=number: attempt(number) for number in range(people)])
    assert sorted(outcomes) == ["lost to 2"] * (people - 1) + ["won 2"]
    assert [action for _, action, _ in actions(store)] == ["shipped", "published"] + ["refused"] * (people - 1)


def test_tables_that_change_nothing_are_not_published(store):
    same = Publication(
        {"indicators.csv": SHIPPED["indicators.csv"]}, "indicators", "update", "Li", "note", "a.csv", b"a"
    )
    with pytest.raises(NothingToPublishError, match="Nothing differs from version 1"):
        store.publish(same, expected=1)
    assert (store.current(), len(store.versions())) == (1, 1)


@pytest.mark.parametrize(
    ("author", "note", "what"), [(" ", "note", "author"), ("Li", "\t\n", "note"), ("Li", "x" * 2001, "note")]
)
def test_a_publication_needs_an_author_and_a_note_of_bearable_length(store, author, note, what):
    with pytest.raises(InputError, match=f"The {what} "):
        store.publish(publication(author=author, note=note), expected=1)


def test_a_table_that_is_not_versioned_is_refused(store):
    with pytest.raises(InputError, match=r"districts\.geojson cannot be published; expected some of clusters\.csv"):
        store.publish(publication(table="districts.geojson"), expected=1)


def test_text_that_no_database_takes_is_stored_as_spaces(store):
    version = store.publish(publication(author="Li\x00", note="a\ud800b\x1b[0m\r\nc　中"), expected=1)
    assert (version.author, version.note) == ("Li", "a b [0m  c　中")


# ---- drafts ----


def test_nobody_sees_a_draft_until_another_person_approves_it(store):
    draft = store.submit(publication("draft"), base=1)
    assert (draft.kind, draft.state, store.current()) == ("draft", "waiting", 1)
    assert store.tables(draft.id)["indicators.csv"] == b"id\ndraft\n"
    approved = store.approve(draft.id, "Wang", "checked", expected=1)
    assert (store.current(), approved.id, approved.state) == (draft.id, draft.id, "published")
    assert (approved.reviewer, approved.review_note) == ("Wang", "checked")
    assert approved.reviewed_at >= approved.created_at
    assert actions(store)[1:] == [("Li", "drafted", 2), ("Wang", "approved", 2)]


@pytest.mark.parametrize("reviewer", ["Li", " LI ", "lI"])
def test_nobody_approves_their_own_draft(store, reviewer):
    draft = store.submit(publication(), base=1)
    with pytest.raises(SamePersonError, match="expected review by another person"):
        store.approve(draft.id, reviewer, "fine", expected=1)
    assert store.version(draft.id).state == "waiting"
    assert store.current() == 1


def test_a_draft_made_from_an_older_version_is_not_approved(store):
    draft = store.submit(publication("draft"), base=1)
    store.publish(publication("other", author="Zhao"), expected=1)
    with pytest.raises(ConflictError, match=r"version 1 was expected.*Zhao published version 3"):
        store.approve(draft.id, "Wang", "checked", expected=1)
    with pytest.raises(ConflictError, match=r"version 1 was expected.*Zhao published version 3"):
        store.approve(draft.id, "Wang", "checked", expected=3)
    assert store.current() == 3
    assert store.version(draft.id).state == "waiting"
    assert actions(store)[-1] == ("Wang", "refused", draft.id)


def test_what_a_waiting_draft_proposes_is_not_drafted_once_more(store):
    draft = store.submit(publication("draft"), base=1)
    with pytest.raises(DraftExistsError, match="Draft 2 proposes the same") as raised:
        store.submit(publication("draft", author="feed"), base=1, once=True)
    assert raised.value.draft_id == draft.id
    assert store.submit(publication("other"), base=1, once=True).id == 3
    store.reject(draft.id, "Wang", "wrong year")
    assert store.submit(publication("draft"), base=1, once=True).id == 4
    store.publish(publication("newer"), expected=1)
    assert store.submit(publication("draft"), base=5, once=True).id == 6


def test_of_the_same_drafts_at_the_same_time_one_is_stored(store, together):
    def draft() -> int:
        try:
            return store.submit(publication("draft"), base=1, once=True).id
        except DraftExistsError as error:
            return -error.draft_id

    assert sorted(together([draft] * 4)) == [-2, -2, -2, 2]
    assert len(store.versions()) == 2


def test_a_rejected_draft_is_closed(store):
    draft = store.submit(publication(), base=1)
    rejected = store.reject(draft.id, "Wang", "wrong year")
    assert (rejected.state, rejected.reviewer, rejected.review_note) == ("rejected", "Wang", "wrong year")
    with pytest.raises(ReviewError, match="Version 2 is rejected; expected a draft waiting"):
        store.approve(draft.id, "Wang", "checked", expected=1)
    with pytest.raises(ReviewError, match="Version 2 is rejected"):
        store.reject(draft.id, "Wang", "again")


def test_only_drafts_are_reviewed(store):
    store.publish(publication(), expected=1)
    with pytest.raises(ReviewError, match="Version 2 is published"):
        store.approve(2, "Wang", "checked", expected=2)


@pytest.mark.parametrize(("name", "note"), [("", "note"), ("Wang", " ")])
def test_a_review_needs_a_name_and_a_note(store, name, note):
    draft = store.submit(publication(), base=1)
    for review in (lambda: store.approve(draft.id, name, note, expected=1), lambda: store.reject(draft.id, name, note)):
        with pytest.raises(InputError, match="is empty"):
            review()


# ---- restoring ----


def test_restoring_adds_a_version_with_the_old_tables(store):
    store.publish(publication(), expected=1)
    restored = store.restore(1, "Wang", "back", expected=2)
    assert (restored.id, restored.kind, restored.parent_id, restored.restored_from) == (3, "restored", 2, 1)
    assert (store.current(), store.tables(3), store.original(3)) == (3, SHIPPED, None)
    assert store.events(1)[0].detail == {"restored_from": 1, "note": "back"}


def test_an_approved_draft_can_be_restored_a_waiting_or_rejected_one_not(store):
    waiting = store.submit(publication("waiting"), base=1).id
    rejected = store.submit(publication("rejected"), base=1).id
    store.reject(rejected, "Wang", "no")
    for draft in (waiting, rejected):
        with pytest.raises(ReviewError, match="expected a published version"):
            store.restore(draft, "Li", "take it", expected=1)
    store.approve(waiting, "Wang", "yes", expected=1)
    store.restore(1, "Li", "back", expected=waiting)
    assert store.restore(waiting, "Li", "forth", expected=4).id == 5


def test_restoring_is_refused_where_somebody_published_in_between(store):
    store.publish(publication(), expected=1)
    store.publish(publication("more"), expected=2)
    with pytest.raises(ConflictError):
        store.restore(1, "Li", "back", expected=2)
    assert actions(store)[-1] == ("Li", "refused", 1)


def test_restoring_what_everyone_sees_is_refused(store):
    with pytest.raises(NothingToPublishError):
        store.restore(1, "Li", "back", expected=1)


@pytest.mark.parametrize(("author", "note"), [("", "note"), ("Li", "")])
def test_restoring_needs_an_author_and_a_note(store, author, note):
    store.publish(publication(), expected=1)
    with pytest.raises(InputError, match="is empty"):
        store.restore(1, author, note, expected=2)


@pytest.mark.parametrize(
    "use",
    [
        lambda store: store.publish(publication(), expected=9),
        lambda store: store.submit(publication(), base=9),
        lambda store: store.approve(9, "Wang", "note", expected=1),
        lambda store: store.restore(9, "Li", "note", expected=1),
        lambda store: store.version(9),
        lambda store: store.tables(9),
        lambda store: store.original(9),
    ],
)
def test_a_version_that_does_not_exist_is_named(store, use):
    with pytest.raises(UnknownVersionError, match="There is no version 9"):
        use(store)


def test_every_version_holds_every_table(store):
    store.publish(publication(), expected=1)
    assert [set(store.tables(id_)) for id_ in (1, 2)] == [set(TABLES)] * 2


# ---- remembered headings ----


def test_headings_are_remembered_changed_and_forgotten_with_a_trace(store):
    store.remember("indicators", {"产值": "metric:gdp", "区划": "district"}, "Li")
    store.remember("tenants", {"产值": "ignore"}, "Li")
    store.remember("indicators", {"产值": "value", "区划": "district"}, "Wang")
    assert store.aliases("indicators") == {"产值": "value", "区划": "district"}
    store.forget("indicators", "产值", "Zhao")
    store.forget("indicators", "产值", "Zhao")
    assert store.aliases("indicators") == {"区划": "district"}
    assert store.aliases("tenants") == {"产值": "ignore"}
    log = [(event.actor, event.action, event.detail["heading"]) for event in reversed(store.events(4))]
    assert log == [
        ("Li", "remembered", "区划"),
        ("Li", "remembered", "产值"),
        ("Wang", "remembered", "产值"),
        ("Zhao", "forgotten", "产值"),
    ]
    assert store.events(2)[1].detail == {
        "kind": "indicators",
        "heading": "产值",
        "before": "metric:gdp",
        "target": "value",
    }


@pytest.mark.parametrize(
    ("mapping", "author", "what"), [({"a": "value"}, "", "author"), ({" ": "value"}, "Li", "heading")]
)
def test_remembering_needs_an_author_and_a_heading(store, mapping, author, what):
    with pytest.raises(InputError, match=f"The {what} is empty"):
        store.remember("indicators", mapping, author)
    with pytest.raises(InputError, match="The author is empty"):
        store.forget("indicators", "a", "")
