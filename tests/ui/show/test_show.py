"""The show's own addresses, and what the player is told beside the deck."""

from types import SimpleNamespace

import pytest
import streamlit as st

from geo.view import View
from ui import asset_routes, data, state
from ui.show import rooms, show


@pytest.fixture
def visit(monkeypatch: pytest.MonkeyPatch):
    """Return a function that says what this visitor has opened and what is set."""
    monkeypatch.delenv("DASHBOARD_ADDRESS", raising=False)
    monkeypatch.setattr(st, "session_state", {})
    monkeypatch.setattr(state, "view", lambda: View("gdp", "2023", "quantile", 5, sel="440106", lang="zh"))
    monkeypatch.setattr(state, "language", lambda: "zh")

    def visit_(
        url: str | None = "http://10.0.0.5:8501/briefing", *, theme: str = "light", base: str = "", **query: str
    ) -> None:
        monkeypatch.setattr(st, "context", SimpleNamespace(url=url, theme=SimpleNamespace(type=theme)))
        monkeypatch.setattr(st, "query_params", query)
        monkeypatch.setattr(asset_routes, "base_path", lambda: base)

    visit_()
    return visit_


# ---- addresses


def test_an_address_is_the_visitors_own_with_language_and_what_is_asked_for(visit) -> None:
    assert show.address("briefing", slide="gdp") == "http://10.0.0.5:8501/briefing?lang=zh&slide=gdp"
    visit("http://10.0.0.5:8501/")
    assert show.address("prepare") == "http://10.0.0.5:8501/prepare?lang=zh"


def test_an_address_keeps_the_version_the_view_is_locked_to(visit, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(state, "view", lambda: View("gdp", "2023", "quantile", 5, v=3, lang="en"))
    assert show.address("briefing") == "http://10.0.0.5:8501/briefing?v=3&lang=en"


def test_an_address_knows_where_the_dashboard_is_mounted(visit) -> None:
    visit("https://city.example/maps/briefing?lang=zh", base="/maps")
    assert show.address("briefing") == "https://city.example/maps/briefing?lang=zh"


@pytest.mark.parametrize("opened", ["", "/", "/briefing", "/prepare"])
def test_an_address_keeps_the_path_that_a_proxy_takes_off(visit, opened: str) -> None:
    visit(f"https://city.example/a/gz{opened}")
    assert show.address("briefing") == "https://city.example/a/gz/briefing?lang=zh"


def test_the_configured_address_comes_before_the_visitors_own(visit, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DASHBOARD_ADDRESS", "https://wall.example/base/")
    assert show.address("briefing") == "https://wall.example/base/briefing?lang=zh"


def test_a_host_longer_than_any_gives_no_address_and_no_code(visit) -> None:
    """What a visitor says of its own address goes into a QR code, which takes the longer to make the longer it is."""
    visit(f"http://{'a' * 110}.example/briefing")
    assert show.address("briefing").startswith("http://aaa")
    visit(f"http://{'a' * 2000}.example/briefing")
    assert show.address("briefing") == ""


def test_a_presenters_room_that_is_not_one_is_not_taken(visit) -> None:
    visit(screen="notes", room="x" * 2000)
    assert (show.options()["room"], show.options()["presenter"]) == ("", None)
    visit(screen="notes", room="abcdefghijklmnop")
    assert show.options()["room"] == "abcdefghijklmnop"
    assert "abcdefghijklmnop" in show.options()["presenter"]["address"]


@pytest.mark.parametrize("url", [None, "", "briefing"])
def test_before_the_browser_has_told_its_own_there_is_no_address(visit, url: str | None) -> None:
    visit(url)
    assert show.address("briefing", slide="gdp") == ""


def test_what_stands_in_an_address_is_quoted(visit) -> None:
    assert show.address("briefing", room="a&b=c 广").endswith("?lang=zh&room=a%26b%3Dc+%E5%B9%BF")


# ---- what the player is told


def test_the_player_is_told_where_it_is_and_how_to_leave(visit) -> None:
    visit(theme="dark", slide="gdp", auto="20", base="/maps")
    told = show.options()
    assert (told["slide"], told["auto"], told["dark"], told["lang"], told["screen"]) == ("gdp", 20, True, "zh", "wall")
    assert told["leave"].startswith("prepare?metric=gdp&period=2023&")
    assert [name.split("?")[0].rsplit("/", 1)[1] for name in told["files"]["scripts"]][:8] == [
        "leaflet.js",
        "geometry.js",
        "map-shapes.js",
        "map-choice.js",
        "map-names.js",
        "tenants.js",
        "house.js",
        "map.js",
    ]


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("20", 20), ("3", 3), ("600", 600), ("2", 0), ("601", 0), ("0", 0), ("-5", 0), ("1e2", 0), ("", 0), ("２０", 0), ("9" * 50, 0),
    ],
)  # fmt: skip
def test_a_pace_is_a_whole_number_of_seconds_within_reason(visit, text: str, seconds: int) -> None:
    visit(auto=text)
    assert show.options()["auto"] == seconds


def test_the_wall_opens_a_room_and_keeps_it(visit) -> None:
    room = show.options()["room"]
    assert rooms.is_open(room)
    assert show.options()["room"] == room


def test_a_room_that_the_server_forgot_is_opened_again_under_its_name(visit, monkeypatch: pytest.MonkeyPatch) -> None:
    room = show.options()["room"]
    monkeypatch.setattr(rooms, "is_open", lambda asked: asked != room)
    assert show.options()["room"] == room
    monkeypatch.undo()
    assert rooms.is_open(room)


def test_where_too_many_rooms_are_in_use_the_show_goes_on_alone(visit, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as full:
        full.setattr(rooms, "open_room", lambda **_: "")
        told = show.options()
    assert (told["room"], told["presenter"], told["screen"]) == ("", None, "wall")
    assert rooms.is_open(show.options()["room"]), "the next run tries again"


@pytest.mark.parametrize(
    ("kept", "taken"), [("A" * 16, True), ("A" * 15, False), ("<script>12345678", False), (7, False)]
)
def test_the_room_a_tab_had_before_is_taken_again(visit, kept: object, taken: bool) -> None:
    st.session_state["briefing"] = SimpleNamespace(room=kept)
    assert (show.options()["room"] == kept) is taken


def test_the_address_of_a_wall_opens_no_other_room_than_its_own(visit) -> None:
    visit(room="somebody-elses")
    assert show.options()["room"] != "somebody-elses"


def test_the_presenters_address_names_the_room_and_its_code_is_for_phones(visit) -> None:
    told = show.options()
    assert told["presenter"]["address"] == f"http://10.0.0.5:8501/briefing?lang=zh&screen=notes&room={told['room']}"
    assert told["presenter"]["qr"]["path"]
    visit("http://localhost:8501/briefing")
    assert show.options()["presenter"]["qr"] is None, "a phone cannot open this machine's own address"
    visit(None)
    assert show.options()["presenter"] == {"address": "", "qr": None}


def test_the_presenter_listens_to_the_room_of_the_address_and_opens_none(
    visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    visit(screen="notes", room="abcdefghijklmnop")
    monkeypatch.setattr(rooms, "open_room", lambda **_: pytest.fail("a room was opened"))
    told = show.options()
    assert (told["screen"], told["room"]) == ("notes", "abcdefghijklmnop")


@pytest.mark.parametrize("screen", ["", "NOTES", "wall", "<script>"])
def test_any_other_screen_is_the_wall(visit, screen: str) -> None:
    visit(screen=screen)
    assert show.options()["screen"] == "wall"


# ---- what is drawn


@pytest.fixture
def drawn(visit, monkeypatch: pytest.MonkeyPatch):
    """Return a function that draws the show and returns what the player is given."""
    given: list[dict] = []
    monkeypatch.setattr(show, "_PLAYER", lambda *, key, data, on_room_change: given.append(data))
    monkeypatch.setattr(data, "_shown", data.current)

    def draw(**query: str) -> dict:
        visit(**query)
        show.draw()
        return given[-1]

    return draw


def test_the_wall_has_the_shows_words_and_the_presenter_those_of_the_notes(drawn) -> None:
    wall, notes = drawn()["deck"], drawn(screen="notes")["deck"]
    assert "slideOf" in wall["words"]["zh"]
    assert wall["slides"] == notes["slides"]
    assert notes["words"]["en"]["next_slide"] == "Next:"
    assert notes["words"]["zh"]["next_slide"] not in ("Next:", "")
    assert "slideOf" in drawn()["deck"]["words"]["zh"], "the presenter's words are not left in the deck of the wall"


def test_the_code_of_the_deck_leads_to_the_show(drawn, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DASHBOARD_MAP_APPROVAL", "GS(2026)1")
    deck = drawn()["deck"]
    assert (deck["address"], deck["approval"]) == ("http://10.0.0.5:8501/briefing?lang=zh", "GS(2026)1")
    assert deck["qr"]["path"]
