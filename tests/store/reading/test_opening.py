"""Which versions this release can read, and which it shows where it cannot read the published one."""

import logging
from collections.abc import Callable, Iterator

import pytest

from geo.data import loading
from geo.data.raw import Raw
from store import CorruptError, IncompatibleError, NothingReadableError, Store, UnknownVersionError, records
from store.reading.loading import shipped_tables
from store.reading.opening import condition, newest_readable, open_version
from tests.fixtures import DATA
from tests.store.conftest import publication
from tests.store.reading.test_data_versions import CHANGED, TIANHE_2023, changed
from tests.store.test_blobs import damage

MANY = "440106,gdp,2023,many"


@pytest.fixture(scope="module")
def shipped() -> Raw:
    """The data folder."""
    return loading.checked(DATA)


@pytest.fixture
def store(new_database: Callable[..., str]) -> Iterator[Store]:
    """A store with the shipped data, and with a figure changed as version 2."""
    opened = Store.open(new_database())
    opened.ensure_shipped(shipped_tables(DATA))
    opened.publish(changed(opened), expected=1)
    yield opened
    opened.close()


@pytest.fixture
def shown(store: Store, shipped: Raw) -> Callable[[], int]:
    """Return what is shown now."""
    return lambda: newest_readable(store, store.current(), lambda number: open_version(store, shipped, number))


def test_a_version_is_opened(store: Store, shipped: Raw):
    figures = open_version(store, shipped, 2).indicators.set_index(["adcode", "metric", "period"])["value"]
    assert figures["440106", "gdp", "2023"] == 7000


def test_a_version_that_does_not_fit_names_itself_every_problem_and_what_to_do(store: Store, shipped: Raw):
    text = store.tables(1)["indicators.csv"].decode().replace(TIANHE_2023, MANY).replace(",gdp,2022,", ",gdp,22,", 1)
    store.publish(changed(store, store.tables(1)["indicators.csv"].decode(), text), expected=2)
    with pytest.raises(IncompatibleError) as raised:
        open_version(store, shipped, 3)
    assert {(problem.file, problem.field, problem.value) for problem in raised.value.problems} == {
        ("indicators.csv", "value", "many"),
        ("indicators.csv", "period", "22"),
    }
    head, first, second, end = str(raised.value).splitlines()
    assert head.startswith("Version 3 in the database cannot be read by this release")
    assert "indicators.csv, row " in first
    assert "field 'period': found '22'" in first + second
    assert end.startswith("The files in the data folder are not the cause. Restore another version")


def test_a_message_names_the_first_problems_and_how_many_there_are(store: Store, shipped: Raw):
    store.publish(changed(store, ",gdp,", ",gdp,22"), expected=2)
    with pytest.raises(IncompatibleError) as raised:
        open_version(store, shipped, 3)
    lines = str(raised.value).splitlines()
    assert len(lines) == 20 + 3
    assert len(raised.value.problems) > 20
    assert lines[-2] == f"  and {len(raised.value.problems) - 20} more"


def test_a_story_that_does_not_fit_is_the_versions_not_the_folders(store: Store, shipped: Raw):
    store.publish(changed(store, ",none,", ",pie,", "slides.csv"), expected=2)
    with pytest.raises(IncompatibleError, match=r"slides\.csv, field '.*\.chart': found 'pie'") as raised:
        open_version(store, shipped, 3)
    assert "slides.toml" not in str(raised.value)


def test_a_version_that_does_not_exist_is_not_opened(store: Store, shipped: Raw):
    with pytest.raises(UnknownVersionError):
        open_version(store, shipped, 9)


def test_the_condition_says_why_a_version_cannot_be_read_and_what_is_left_out(store: Store, shipped: Raw):
    store.publish(changed(store, TIANHE_2023, "440106,gold,2023,1"), expected=2)
    store.publish(changed(store, TIANHE_2023, MANY), expected=3)
    good, left, bad = (condition(store, shipped, number) for number in (2, 3, 4))
    assert (good.readable, good.reason, good.left_out) == (True, "", ())
    assert (left.readable, left.left_out) == (True, ("indicators.csv: metric gold (1)",))
    assert (bad.readable, bad.left_out) == (False, ())
    assert "found 'many'" in bad.reason


def test_what_can_be_read_is_shown_without_a_word(shown: Callable[[], int], caplog: pytest.LogCaptureFixture):
    assert shown() == 2
    assert not caplog.records


def test_the_newest_readable_is_shown_the_pointer_stays_and_the_log_says_so(
    store: Store, shown: Callable[[], int], caplog: pytest.LogCaptureFixture
):
    store.publish(changed(store, TIANHE_2023, MANY), expected=2)
    store.publish(changed(store, TIANHE_2023, "440106,gdp,2023,\x1bfew"), expected=3)
    assert (shown(), store.current()) == (2, 4)
    lines = [record.getMessage() for record in caplog.records]
    assert [line[:9] for line in lines] == ["Version 4", "Version 3", "Version 2"]
    assert {record.levelno for record in caplog.records} == {logging.WARNING}
    assert lines[-1] == "Version 2 is shown in place of version 4, which stays the published one."
    assert "".join(lines).isprintable()


def test_drafts_and_offered_versions_never_precede_the_published_one(store: Store, shown: Callable[[], int]):
    store.submit(changed(store, TIANHE_2023, CHANGED.replace("7000", "8000")), base=2)
    newer = shipped_tables(DATA)
    newer["indicators.csv"] = newer["indicators.csv"].replace(b",6551.26,", b",6552,")
    assert store.ensure_shipped(newer).state == "offered"
    store.publish(changed(store, TIANHE_2023, MANY), expected=2)
    assert shown() == 2


def test_damaged_bytes_give_way_to_an_older_version(store: Store, shown: Callable[[], int], shipped: Raw):
    with store._database.engine.connect() as connection:
        stored = records.hashes(connection, 2)["indicators.csv"]
    damage(store._database.engine, stored, b"cut off")
    assert shown() == 1
    with pytest.raises(CorruptError):
        open_version(store, shipped, 2)
    assert "damaged in the database" in condition(store, shipped, 2).reason


def test_what_came_with_a_release_is_the_last_resort(new_database: Callable[..., str], shipped: Raw):
    store = Store.open(new_database())
    store.ensure_shipped(dict.fromkeys(shipped_tables(DATA), b"id\nfrom a release nobody knows\n"))
    store.publish(publication(), expected=1)
    offered = store.ensure_shipped(shipped_tables(DATA))
    assert (offered.id, offered.state) == (3, "offered")
    assert newest_readable(store, 2, lambda number: open_version(store, shipped, number)) == 3
    store.close()


def test_where_nothing_can_be_read_the_database_is_named_not_the_data(store: Store, shipped: Raw):
    with store._database.engine.connect() as connection:
        damage(store._database.engine, records.hashes(connection, 1)["clusters.csv"], b"")
    with pytest.raises(NothingReadableError, match=r"published version 2 nor any other.*not the cause"):
        newest_readable(store, 2, lambda number: open_version(store, shipped, number))
