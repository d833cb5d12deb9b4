"""What pages read: districts joined to clusters, places by district."""

import contextlib
import threading
from collections.abc import Iterator
from types import SimpleNamespace

import pytest
import streamlit as st

import store
from geo.data import joining
from tests.connections import counted
from ui import data


@pytest.fixture
def own_database(tmp_path, monkeypatch: pytest.MonkeyPatch):
    """Set a database of the test's own."""
    monkeypatch.setenv("DASHBOARD_DATABASE_URL", f"sqlite:///{tmp_path / 'dashboard.sqlite3'}")
    st.cache_resource.clear()
    yield
    st.cache_resource.clear()


def test_each_district_is_joined_to_its_cluster() -> None:
    rows = data.joined().set_index("adcode")
    assert len(rows) == 11
    assert rows.loc["440105", ["cluster_id", "tier"]].tolist() == ["pazhou", "headquarters"]
    assert rows.loc["440103", ["cluster_id", "tier"]].tolist() == ["baietan", "second"]
    assert rows["cluster_id"].notna().all()
    assert rows.geometry.is_valid.all()


def test_tiers_count_one_one_nine() -> None:
    assert [len(data.tier_members(tier)) for tier in ("headquarters", "second", "district", "all")] == [1, 1, 9, 11]


def test_places_belong_to_the_district_they_lie_in() -> None:
    sites = joining.places(data.atlas())["site_id"]
    haizhu, liwan = data.places_in("440105"), data.places_in("440103")
    assert (haizhu[0], liwan[0]) == (0, 1), "the places of the context come first"
    assert "tencent-pazhou" in set(sites[list(haizhu)])
    assert "shamian" in set(sites[list(liwan)])
    assert not {*haizhu} & {*liwan}
    assert data.places_in("440117") == ()


@pytest.mark.usefixtures("own_database")
def test_the_store_is_closed_when_the_cache_lets_go_of_it() -> None:
    with counted() as connections:
        data.versions().current()
        assert connections["opened"] > connections["closed"]
        st.cache_resource.clear()
    assert connections["opened"] == connections["closed"] > 0


@pytest.mark.usefixtures("own_database")
def test_a_store_that_cannot_be_filled_is_closed(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise store.DatabaseError("no room")

    monkeypatch.setattr(store.Store, "ensure_shipped", fail)
    with counted() as connections, pytest.raises(store.DatabaseError, match="no room"):
        data.versions()
    assert connections["opened"] == connections["closed"] > 0


@pytest.mark.usefixtures("own_database")
def test_connections_do_not_grow_with_visitors() -> None:
    data.versions()
    with counted() as connections:
        for _ in range(4):
            threads = [threading.Thread(target=lambda: data.versions().current()) for _ in range(20)]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
        left = connections["opened"] - connections["closed"]
        st.cache_resource.clear()
    assert left <= 5, "more than an engine keeps for the next visitor"
    assert connections["closed"] > connections["opened"], "and the one it had before"


@pytest.mark.usefixtures("own_database")
def test_the_published_version_waits_for_no_other_to_be_opened(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    waited = []
    monkeypatch.setattr(data, "one_at_a_time", lambda: waited.append(1) or contextlib.nullcontext())
    number = data.current()
    assert data.of_version(number) is not None
    assert waited == [], "the published version"
    data._loaded.clear()
    data.known()._pinned = None
    assert data.of_version(number) is not None
    assert waited == [1], "any other"


@pytest.mark.usefixtures("own_database")
def test_nor_for_a_stranger_who_waits_to_open_that_one(monkeypatch: pytest.MonkeyPatch) -> None:
    number = data.current()
    data._loaded.clear()
    waiting, turn = threading.Event(), threading.Event()

    @contextlib.contextmanager
    def wait() -> Iterator[None]:
        waiting.set()
        assert turn.wait(20)
        yield

    monkeypatch.setattr(data, "one_at_a_time", wait)
    stranger = threading.Thread(target=lambda: data._loaded(number, waits=True))
    stranger.start()
    assert waiting.wait(20)
    opened = threading.Thread(target=lambda: data._loaded(number, waits=False))
    opened.start()
    opened.join(20)
    assert not opened.is_alive(), "it waits behind the stranger"
    turn.set()
    stranger.join(20)


@pytest.mark.usefixtures("own_database")
def test_the_story_everybody_sees_is_not_pushed_out_by_those_of_older_versions(monkeypatch: pytest.MonkeyPatch) -> None:
    built: list[int | None] = []
    monkeypatch.setattr(data, "build", lambda _, locked=None: built.append(locked))
    monkeypatch.setattr(data, "addressed", lambda deck, address, approval: deck)
    for locked in (None, *range(1, 3 * data._VERSIONS_KEPT), None):
        monkeypatch.setattr(data.state, "view", lambda locked=locked: SimpleNamespace(v=locked))
        data.deck("", "")
    assert built == [None, *range(1, 3 * data._VERSIONS_KEPT)]
