"""Files to hand over: each button makes its file, and only the file of what is shown is offered."""

from contextlib import AbstractContextManager, ExitStack, nullcontext

import pytest
import streamlit as st
from streamlit.delta_generator import DeltaGenerator
from streamlit.testing.v1 import AppTest

from geo.briefing.export.formats import FORMATS
from store import Publication
from ui import data
from ui.exporting import exports

pytestmark = pytest.mark.slow


def page() -> None:
    """Draw the files of a deck whose version, slot and sentence stand in the session."""
    from dataclasses import replace

    import streamlit as st

    from ui import data, state
    from ui.exporting import exports

    st.session_state.setdefault("seen", state.restore(lambda v: data.of_version(v or data.current())[1]))
    state.enter("prepare")
    deck = data.deck("", "")
    shown = replace(deck, scenes=deck.scenes[: st.session_state.get("slides", 2)])
    exports.files(shown, ("html", "geojson", "svg"), slot=st.session_state.get("slot", "a"))


def run(script=page, **query: str) -> AppTest:
    """Open that page in English."""
    app = AppTest.from_function(script, default_timeout=60)
    for name, text in {"lang": "en", **query}.items():
        app.query_params[name] = text
    app.run()
    assert not app.exception, [error.value for error in app.exception]
    return app


def offered(app: AppTest) -> list[str]:
    """Return the labels of the downloads offered."""
    assert not app.exception, [error.value for error in app.exception]
    return [button.proto.label for button in app.get("download_button")]


def test_every_kind_of_file_has_a_label_and_an_icon() -> None:
    assert set(exports._LABELS) == set(exports._ICONS) == set(FORMATS)
    assert set(exports._OF_VIEW) | set(exports._OF_SITE) <= set(FORMATS)


def test_nothing_is_made_before_somebody_asks() -> None:
    app = run()
    assert [button.key for button in app.button] == ["make-html", "make-geojson", "make-svg"]
    assert offered(app) == []
    assert "handed_over" not in app.session_state


def test_a_button_makes_its_file_and_it_stays_on_offer() -> None:
    app = run()
    app.button(key="make-geojson").click().run()
    (label,) = offered(app)
    content = app.session_state["handed_over"][3]
    assert content.startswith(b'{"type": "FeatureCollection"')
    assert label == f"Download: Figures on the map (GeoJSON) ({len(content) / 1000:,.0f} kB)"
    assert offered(app.run()) == [label]
    app.button(key="make-svg").click().run()
    assert ["Map as vector drawing (SVG)" in made for made in offered(app)] == [True], "one file is kept"


def test_a_file_of_another_deck_is_not_offered() -> None:
    app = run()
    app.button(key="make-geojson").click().run()
    app.session_state["slot"] = "b"
    assert offered(app.run()) == []
    app.session_state["slot"] = "a"
    assert len(offered(app.run())) == 1


def test_a_file_speaks_the_language_chosen_for_it_and_is_offered_in_no_other() -> None:
    app = run()
    switch = app.get("button_group")[0]
    switch.set_value("zh").run()
    app.button(key="make-svg").click().run()
    assert app.session_state["handed_over"][2] == "zh"
    assert "虚线" in app.session_state["handed_over"][3].decode("utf-8")
    assert len(offered(app)) == 1
    app.get("button_group")[0].set_value("en").run()
    assert offered(app) == []


def said(app: AppTest) -> list[str]:
    """Return the texts of all progress bars and warnings that are left."""
    return [each.proto.text for each in app.get("progress")] + [each.value for each in app.warning]


def test_two_files_are_made_at_once_and_who_waits_too_long_is_told_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exports, "WAIT_SECONDS", 0.2)
    monkeypatch.setattr(exports, "_LOOK_SECONDS", 0.05)
    app = run()
    with exports._places.asked_by("10.0.0.1"), exports._places.asked_by("10.0.0.2"):
        app.button(key="make-geojson").click().run()
        assert offered(app) == []
        assert said(app) == ["Many files are being created right now. Try again in a minute."]
    app.button(key="make-geojson").click().run()
    assert len(offered(app)) == 1
    assert said(app) == []


def test_who_waits_reads_so_and_gets_the_file_when_there_is_a_place(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[str] = []
    progress = DeltaGenerator.progress
    others = ExitStack()

    def noted(self: DeltaGenerator, share: float, text: str = "") -> DeltaGenerator:
        told.append(text)
        if "wait" in text and told.count(text) == 2:
            others.close()
        return progress(self, share, text)

    monkeypatch.setattr(exports, "_LOOK_SECONDS", 0.05)
    monkeypatch.setattr(DeltaGenerator, "progress", noted)
    app = run()
    with others:
        for _ in range(2):
            others.enter_context(exports._places.asked_by("10.0.0.1"))
        app.button(key="make-geojson").click().run()
    assert len(offered(app)) == 1
    assert told == ["Other files are being created first. Please wait."] * 2


def test_a_file_that_fails_leaves_its_place(monkeypatch: pytest.MonkeyPatch) -> None:
    app = run()

    def failing(*_: object) -> bytes:
        raise OSError("no room")

    with monkeypatch.context() as patch:
        patch.setattr(exports.formats, "make", failing)
        for _ in range(3):
            app.button(key="make-geojson").click().run()
    app.button(key="make-geojson").click().run()
    assert len(offered(app)) == 1


# ---- of a view


def view_page() -> None:
    """Draw what hands over the view of a page."""
    import streamlit as st

    from ui import data, state
    from ui.exporting import exports

    state.follow(data.current(), lambda v: data.of_version(v or data.current())[1])
    state.restore(lambda v: data.of_version(v or data.current())[1])
    state.enter(st.session_state.get("page", ""))
    exports.of_view(tier=st.session_state.get("tier", ""), site=st.session_state.get("site", ""))


class Box(nullcontext):
    """Stands in for the popover: one that a test run can open."""

    open = True


@pytest.fixture
def box(monkeypatch: pytest.MonkeyPatch, tmp_path) -> type[AbstractContextManager]:
    """An open popover, and a database of its own."""
    monkeypatch.setenv("DASHBOARD_DATABASE_URL", f"sqlite:///{tmp_path / 'dashboard.sqlite3'}")
    monkeypatch.setenv("DASHBOARD_ADDRESS", "http://10.0.0.5:8501")
    monkeypatch.setattr(Box, "open", True)
    monkeypatch.setattr(st, "popover", lambda *_, **__: Box())
    st.cache_data.clear()
    st.cache_resource.clear()
    yield Box
    st.cache_data.clear()
    st.cache_resource.clear()


def held(app: AppTest) -> str:
    """Return the text of the file made."""
    assert not app.exception, [error.value for error in app.exception]
    return app.session_state["handed_over"][3].decode("utf-8")


def test_a_closed_box_computes_nothing(box) -> None:
    box.open = False
    app = run(view_page)
    assert not app.button


def test_the_file_shows_the_view_and_leads_back_to_its_page(box) -> None:
    app = run(view_page, metric="population", period="2010", sel="440106")
    assert [button.key for button in app.button] == [
        "make-handout-pdf", "make-png", "make-svg", "make-pptx", "make-html", "make-geojson", "make-csv",
    ]  # fmt: skip
    app.session_state["page"] = "districts"
    app.button(key="make-html").click().run()
    assert '"title":"Residents · 2010"' in held(app)
    assert r'"address":"http://10.0.0.5:8501/districts?lang=en\u0026metric=population' in held(app)


def test_a_page_may_fix_the_tier(box) -> None:
    app = run(view_page, metric="gdp", period="2023")
    app.session_state["tier"] = "district"
    app.button(key="make-svg").click().run()
    assert "RMB" in held(app)
    assert "tier='district'" in app.session_state["handed_over"][0]


def test_a_close_up_is_handed_over_without_tables(box) -> None:
    app = run(view_page)
    app.session_state["site"] = "pazhou"
    app.run()
    assert [button.key for button in app.button] == ["make-png", "make-svg", "make-pptx", "make-html"]
    app.button(key="make-html").click().run()
    assert '"slides":[{"id":"pazhou",' in held(app)


def test_a_file_made_before_newer_data_was_published_is_no_longer_offered(box) -> None:
    app = run(view_page, metric="gdp", period="2023")
    app.button(key="make-csv").click().run()
    assert len(offered(app)) == 1
    text = data.versions().tables(1)["indicators.csv"].replace(b"440106,gdp,2023,6551.26", b"440106,gdp,2023,7000")
    newer = Publication({"indicators.csv": text}, "indicators", "update", "Li", "note", "a.csv", b"a")
    data.versions().publish(newer, expected=1)
    assert offered(app.run()) == [], "its name would say version 2"
    app.button(key="make-csv").click().run()
    assert ",2023,7000," in held(app)
