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


BESIDE = ("slide", "auto", "screen", "room")


def run(page: str = "", beside: tuple[str, ...] = ()) -> tuple:
    """Do what the shell does in one run."""
    dropped = state.restore(lambda v: None if v else data.figure_table())
    state.enter(page, beside)
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


def test_a_page_keeps_parameters_of_its_own_beside_the_view(query: Query) -> None:
    query.update(lang="en", slide="gdp", auto="20", room="abc", screen="notes")
    run("briefing", BESIDE)
    assert {name: query[name] for name in BESIDE} == {"slide": "gdp", "auto": "20", "room": "abc", "screen": "notes"}
    assert query["metric"] == "gdp"
    writes = query.writes
    run("briefing", BESIDE)
    assert query.writes == writes


def test_a_change_of_the_view_keeps_what_stands_beside_it(query: Query) -> None:
    query.update(slide="gdp")
    run("briefing", BESIDE)
    state.change(lang="zh")
    run("briefing", BESIDE)
    assert (query["slide"], query["lang"]) == ("gdp", "zh")


def test_another_slide_in_the_address_is_no_change_of_the_view(query: Query) -> None:
    query.update(metric="population", period="2010", slide="gdp")
    run("briefing", BESIDE)
    query["slide"] = "trade"  # the player writes it without a run
    state.select("440106")
    run("briefing", BESIDE)
    assert (query["slide"], query["metric"], query["sel"]) == ("trade", "population", "440106")


def test_on_another_page_such_parameters_go_away(query: Query) -> None:
    query.update(lang="en", slide="gdp", auto="20", room="abc", screen="notes")
    run("briefing", BESIDE)
    run("sources")
    assert not set(BESIDE) & set(query)
    assert query["metric"] == "gdp"


@pytest.mark.parametrize("beside", [(), BESIDE])
def test_unknown_parameters_go_away(query: Query, beside: tuple[str, ...]) -> None:
    query.update(utm_source="mail", metric="population", period="2010")
    assert run("briefing", beside) == ()
    assert "utm_source" not in query
    assert query["metric"] == "population"


def test_a_link_with_nothing_but_a_slide_keeps_the_view_of_the_session(query: Query) -> None:
    run()
    state.select("440106")
    run()
    query.clear()
    query["slide"] = "gdp"
    run("briefing", BESIDE)
    assert (query["sel"], query["slide"]) == ("440106", "gdp")


def test_the_page_of_a_run_is_known_and_whether_the_visitor_has_just_come(query: Query) -> None:
    assert state.page() == ""
    run("briefing", BESIDE)
    assert (state.page(), state.arrived()) == ("briefing", True)
    run("briefing", BESIDE)
    assert (state.page(), state.arrived()) == ("briefing", False)
