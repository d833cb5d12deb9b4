"""The view between session and address."""

import pytest
import streamlit as st

from ui import data, state


class Query(dict):
    """Stands in for st.query_params."""

    writes = 0

    def to_dict(self) -> dict[str, str]:
        return dict(self)

    def from_dict(self, query: dict[str, str]) -> None:
        self.clear()
        self.update(query)
        self.writes += 1


@pytest.fixture
def query(monkeypatch: pytest.MonkeyPatch) -> Query:
    """An address bar and an empty session."""
    bar = Query()
    monkeypatch.setattr(st, "query_params", bar)
    monkeypatch.setattr(st, "session_state", {})
    monkeypatch.setattr(state, "preferred_language", lambda: "en")
    return bar


def run(page: str = "") -> tuple:
    """Do what the shell does in one run."""
    dropped = state.restore(lambda v: None if v else data.book())
    state.enter(page)
    state.publish()
    return dropped


def test_first_visit_publishes_the_whole_view(query: Query) -> None:
    assert run() == ()
    assert query["metric"] == "gdp"
    assert query["period"] == "2023"
    assert query["lang"] == "en"


def test_a_run_that_changes_nothing_writes_nothing(query: Query) -> None:
    run()
    run()
    assert query.writes == 1


def test_an_edited_address_is_taken_over(query: Query) -> None:
    run()
    query.from_dict(query.to_dict() | {"sel": "440106", "metric": "population", "period": "2010"})
    run()
    assert (state.view().sel, state.view().metric, state.view().period) == ("440106", "population", "2010")


def test_the_menu_keeps_the_view(query: Query) -> None:
    run()
    state.select("440106")
    run()
    query.clear()
    run("pazhou")
    assert query["sel"] == "440106"


def test_back_to_an_address_without_a_query_does_not_write_again(query: Query) -> None:
    run()
    query.clear()
    run("sources")
    writes = query.writes
    query.clear()  # the visitor goes back to the entry the menu made
    run("sources")
    assert query.writes == writes
    state.select("440111")  # a change is published again
    state.publish()
    assert query["sel"] == "440111"


def test_language_in_the_link_beats_the_browser(query: Query) -> None:
    query.update(lang="zh")
    run()
    assert state.language() == "zh"


def test_broken_values_are_reported_once(query: Query) -> None:
    query.update(metric="gold")
    assert [d.parameter for d in run()] == ["metric"]
    assert run() == ()
