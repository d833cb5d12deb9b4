"""The check before the meeting as a page: what the server finds at once, what a browser reports, and nothing a browser makes up."""

from collections.abc import Callable, Iterator
from types import SimpleNamespace

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from geo.briefing.checkup.messages import Result
from geo.briefing.model import Deck, Face, Scene
from geo.figures.data_version import DataVersion
from geo.figures.table import FigureTable
from geo.maps.folium_map import MapStyle
from geo.view import View
from ui.exporting import checkup

FACE = Face("Title", "Text.", "", MapStyle(), None, None, (), "", (), "Data", gaps=("<b>",))
SCENE = Scene("one", View("gdp", "2023", "quantile", 5), (0, 0, 1, 1), {"en": FACE, "zh": FACE}, map_kind="site")
DECK = Deck((SCENE,), DataVersion(SimpleNamespace(sources=pd.DataFrame()), FigureTable({}, {}), 7, "2026-11-01"), {})


def script() -> None:
    from tests.ui.exporting.test_checkup import DECK
    from ui.exporting import checkup

    checkup.draw(DECK, fonts="Noto Sans CJK SC")


@pytest.fixture
def refreshed(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """What asked whether newer data was published since the page was drawn."""
    asked: list[int] = []
    monkeypatch.setattr(checkup.versions, "refresh_fragment", lambda: asked.append(1))
    return asked


@pytest.fixture
def app(speak: Callable[[str], None], refreshed: list[int]) -> Iterator[AppTest]:
    """The check as a page of its own, in English."""
    del refreshed
    speak("en")
    yield AppTest.from_function(script, default_timeout=30).run()


def report(app: AppTest) -> str:
    """Return the report's HTML."""
    return "".join(element.proto.body for element in app.get("html"))


def test_nothing_is_tested_before_the_button_is_pressed(app: AppTest) -> None:
    assert [button.label for button in app.button] == ["Check now"]
    assert report(app) == ""


def test_what_the_server_knows_is_listed_at_once(app: AppTest) -> None:
    app.button(key="checkup_now").click().run()
    assert not app.exception
    html = report(app)
    assert "data-verdict='bad' data-complete='false'" in html
    assert "Not ready: 1 to fix" in html
    assert "version 7, published 2026-11-01" in html
    assert "Found: Noto Sans CJK SC." in html
    assert html.index("data-code='gaps'") < html.index("data-code='notes'") < html.index("data-code='pdf_font'")


def test_what_was_published_meanwhile_is_checked(app: AppTest, refreshed: list[int]) -> None:
    """A fragment runs without the page around it, which would take a new version over."""
    drawn = len(refreshed)
    app.button(key="checkup_now").click().run()
    assert len(refreshed) == drawn + 1


def test_texts_of_the_deck_are_escaped(app: AppTest) -> None:
    app.button(key="checkup_now").click().run()
    assert "{&lt;b&gt;}" in report(app)
    assert "{<b>}" not in report(app)


def test_a_status_is_a_sign_and_a_word() -> None:
    assert len(set(checkup._SIGNS.values())) == len(set(checkup._STATUS.values())) == 4


def test_a_browsers_result_is_taken_as_it_is() -> None:
    entry = {"code": "server", "status": "good", "params": {"milliseconds": 12}}
    assert checkup._checked(entry) == Result("server", "good", {"milliseconds": 12})


@pytest.mark.parametrize(
    "entry",
    [
        None,
        "server",
        {},
        {"code": "made_up", "status": "good", "params": {}},
        {"code": ["server"], "status": "good", "params": {}},
        {"code": "server", "status": "splendid", "params": {}},
        {"code": "server", "status": ["good"], "params": {}},
        {"code": "server", "status": "good", "params": [1]},
        {"code": "server", "status": "good", "params": {}},  # its text needs the milliseconds
        {"code": "server", "status": "good", "params": {"milliseconds": float("nan")}},
        {"code": "server", "status": "good", "params": {"milliseconds": 1e300}},
    ],
)
def test_what_is_no_result_is_left_out(entry: object) -> None:
    assert checkup._checked(entry) is None


def test_long_words_of_a_browser_are_cut() -> None:
    found = checkup._checked({"code": "offline", "status": "bad", "params": {"count": 1, "host": "x" * 500}})
    assert found is not None
    assert len(str(found.params["host"])) == 60


def test_what_a_browser_says_is_escaped(speak: Callable[[str], None]) -> None:
    speak("en")
    row = checkup._row(Result("offline", "bad", {"count": 1, "host": "<img src=x>"}))
    assert "&lt;img" in row
    assert "<img" not in row


def test_slides_are_named_only_where_something_is_to_be_done(speak: Callable[[str], None]) -> None:
    speak("en")
    assert "Slides: 2, 5." in checkup._row(Result("locked", "warning", {"count": 2, "all": 9}, (2, 5)))
    assert "Slides:" not in checkup._row(Result("no_data", "good", {"difference": 15.0}, (2, 5)))
