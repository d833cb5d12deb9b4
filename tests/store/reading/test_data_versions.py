"""Versions opened for the briefing: what everybody may see, and nothing else."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest

from geo.briefing.build import build, stamp
from geo.data.raw import Raw
from store import Publication, Store, Version, clock, records
from store.reading.data_versions import DataVersions, data_version_of, is_public
from store.reading.loading import shipped_tables
from tests.fixtures import DATA
from tests.store.conftest import days_ago
from tests.store.test_blobs import damage

pytestmark = pytest.mark.slow

TIANHE_2023, CHANGED = "440106,gdp,2023,6551.26", "440106,gdp,2023,7000"


@pytest.fixture
def store(new_database: Callable[..., str]) -> Iterator[Store]:
    """A store with the shipped data."""
    opened = Store.open(new_database())
    opened.ensure_shipped(shipped_tables(DATA))
    yield opened
    opened.close()


@pytest.fixture
def editions(store: Store) -> DataVersions:
    """What opens its versions."""
    return DataVersions(store, Raw.read(DATA))


def changed(store: Store, old: str = TIANHE_2023, new: str = CHANGED, table: str = "indicators.csv") -> Publication:
    """Return the shipped tables with one text replaced."""
    text = store.tables(1)[table].decode()
    assert old in text
    tables = {table: text.replace(old, new).encode()}
    return Publication(tables, "indicators", "update", "Li", "note", "a.csv", b"a")


def tianhe(editions: DataVersions, number: int | None) -> float:
    """Return Tianhe's GDP of 2023 in a version."""
    return editions(number).figure_table.column("gdp", "2023")["440106"].value


def test_the_newest_version_is_the_one_everybody_sees(store: Store, editions: DataVersions):
    assert (editions(None).number, tianhe(editions, None)) == (1, 6551.26)
    store.publish(changed(store), expected=1)
    assert (editions(None).number, tianhe(editions, None)) == (2, 7000)
    assert (editions(1).number, tianhe(editions, 1)) == (1, 6551.26)


def test_a_version_is_opened_once(store: Store, editions: DataVersions):
    assert editions(None) is editions(1)


def test_an_unknown_version_cannot_be_shown(editions: DataVersions):
    assert [editions(number) for number in (2, 99, 999_999_999)] == [None] * 3


def test_a_draft_is_nobodys_until_it_is_approved(store: Store, editions: DataVersions):
    draft = store.submit(changed(store), base=1)
    assert editions(draft.id) is None
    store.approve(draft.id, "Han", "good", expected=1)
    assert (editions(draft.id).number, editions(None).number) == (draft.id, draft.id)


def test_a_rejected_draft_cannot_be_shown(store: Store, editions: DataVersions):
    draft = store.submit(changed(store), base=1)
    store.reject(draft.id, "Han", "no")
    assert editions(draft.id) is None


def test_shipped_data_that_waits_to_be_taken_may_be_shown(store: Store, editions: DataVersions):
    store.publish(changed(store), expected=1)
    newer = shipped_tables(DATA)
    newer["indicators.csv"] = newer["indicators.csv"].replace(b",6551.26,", b",6552,")
    offered = store.ensure_shipped(newer)
    assert offered.state == "offered"
    assert (tianhe(editions, offered.id), tianhe(editions, None)) == (6552, 7000)


def test_a_version_this_release_cannot_read_gives_way_to_the_newest_it_can(store: Store, editions: DataVersions):
    store.publish(changed(store), expected=1)
    store.publish(changed(store, TIANHE_2023, "440106,gdp,2023,many"), expected=2)
    assert (editions(None).number, editions(3)) == (2, None)
    assert tianhe(editions, None) == 7000
    assert store.current() == 3


def test_a_figure_the_catalogue_no_longer_has_is_left_out(store: Store, editions: DataVersions):
    store.publish(changed(store, TIANHE_2023, "440106,gold,2023,1"), expected=1)
    assert editions(None).number == 2
    assert "440106" not in editions(None).figure_table.column("gdp", "2023")


def test_a_version_with_damaged_bytes_cannot_be_shown(store: Store, editions: DataVersions):
    store.publish(changed(store), expected=1)
    with store._database.engine.connect() as connection:
        stored = records.hashes(connection, 2)["indicators.csv"]
    damage(store._database.engine, stored, b"not compressed")
    assert editions(2) is None
    assert editions(1).number == 1


def test_a_story_of_two_versions_tells_two_numbers_in_the_same_sentence(store: Store, editions: DataVersions):
    store.publish(changed(store), expected=1)
    newest, first = build(editions), build(editions, locked=1)
    told = [next(scene for scene in deck.scenes if scene.id == "gdp").faces["en"] for deck in (newest, first)]
    assert ["Tianhe led with RMB 700.0 bn" in told[0].text, "Tianhe led with RMB 655.1 bn" in told[1].text] == [
        True
    ] * 2
    assert told[0].badge == ""
    assert told[1].badge.startswith("Version 1, published ")
    assert told[1].badge.endswith("; latest: version 2")
    assert [scene.stale for scene in first.scenes] == [True] * len(first.scenes)


def test_a_slide_locked_to_a_draft_shows_no_figures_and_says_so(store: Store, editions: DataVersions):
    draft = store.submit(changed(store), base=1)
    story = changed(store, "metric=gdp&sel=440105,city", f"metric=gdp&sel=440105&v={draft.id},city", "slides.csv")
    store.publish(story, expected=1)
    scene = next(scene for scene in build(editions).scenes if scene.id == "gdp")
    assert scene.faces["en"].text == f"Version {draft.id} of the data cannot be shown, so there are no figures here."
    assert (scene.faces["en"].badge, scene.stale) == (f"Version {draft.id} cannot be shown", True)


@pytest.mark.parametrize(
    ("state", "public"), [("published", True), ("offered", True), ("waiting", False), ("rejected", False)]
)
def test_what_is_public(state: str, public: bool):
    at = datetime(2026, 11, 24, tzinfo=UTC)
    version = Version(7, 1, "draft", "indicators", "update", "Li", "", "", None, None, at, state)
    assert is_public(version) is public


def test_an_edition_has_the_number_and_the_day_of_its_version(editions: DataVersions):
    at = datetime(2026, 11, 24, 12, tzinfo=UTC)
    shown = editions(None)
    version = Version(7, 1, "shipped", "", "", "", "", "", None, None, at, "published")
    made = data_version_of(version, shown.atlas, shown.figure_table)
    assert (made.number, made.day, made.figure_table) == (7, at.astimezone().strftime("%Y-%m-%d"), shown.figure_table)


def test_the_day_of_a_version_is_that_of_its_publication(store: Store, editions: DataVersions):
    with days_ago(30):
        draft = store.submit(changed(store), base=1)
    approved = store.approve(draft.id, "Han", "good", expected=1)
    assert approved.published_at == approved.reviewed_at
    today = clock.day(approved.reviewed_at)
    assert (editions(draft.id).day, clock.day(approved.created_at) < today) == (today, True)
    assert stamp(editions(None), "en").endswith(f"version 2, published {today}")
    restored = store.restore(1, "Han", "back", expected=2)
    assert (editions(3).day, restored.published_at > approved.published_at) == (clock.day(restored.published_at), True)


def test_what_was_only_supplied_is_not_called_published(store: Store, editions: DataVersions):
    store.publish(changed(store), expected=1)
    newer = shipped_tables(DATA)
    newer["indicators.csv"] = newer["indicators.csv"].replace(b",6551.26,", b",6552,")
    offered = store.ensure_shipped(newer)
    day = clock.day(offered.created_at)
    assert offered.published_at is None
    assert stamp(editions(3), "en").endswith(f"version 3, supplied {day}, never published")
    assert stamp(editions(3), "zh").endswith(f"第 3 版（{day} 随程序提供，从未发布）")
    badges = {scene.faces["en"].badge for scene in build(editions, locked=3).scenes}
    assert badges == {"Version 3, never published; latest: version 2"}
