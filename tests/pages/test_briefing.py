"""The show in process: which figures it is given, and what of its address stays."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from store import Publication
from tests.pages.conftest import ROOT, Opener
from ui import data
from ui.auth import access
from ui.auth.identity import Person, Role

pytestmark = pytest.mark.slow

TIANHE_2023, CHANGED = "440106,gdp,2023,6551.26", "440106,gdp,2023,7000"
GDP_SLIDE = "metric=gdp&sel=440105,city"
OLD, NEW = "Tianhe led with RMB 655.1 bn", "Tianhe led with RMB 700.0 bn"


def publication(*changes: tuple[str, str, str]) -> Publication:
    """Return shipped tables with texts replaced, as somebody would publish them."""
    tables: dict[str, bytes] = {}
    for name, old, new in changes:
        text = data.versions().tables(data.current())[name].decode()
        assert text.count(old) == 1
        tables[name] = text.replace(old, new).encode()
    return Publication(tables, "indicators", "update", "Li Lei", "note", "a.csv", b"a")


def publish(*changes: tuple[str, str, str]) -> int:
    """Publish such tables."""
    return data.versions().publish(publication(*changes), expected=data.current()).id


FIGURES = ("indicators.csv", TIANHE_2023, CHANGED)


@pytest.fixture
def become(monkeypatch: pytest.MonkeyPatch) -> Callable[[Role], None]:
    """Return a function that gives this visitor a role."""
    return lambda role: monkeypatch.setattr(access, "person", lambda: Person("li@example.org", role, local=False))


def played(app: AppTest) -> dict[str, Any]:
    """Return what the player is given."""
    (component,) = app.get("bidi_component")
    return json.loads(component.proto.json)


def slide(app: AppTest, id_: str = "gdp") -> dict[str, Any]:
    """Return one slide."""
    return next(slide for slide in played(app)["deck"]["slides"] if slide["id"] == id_)


def told(app: AppTest, id_: str = "gdp") -> tuple[str, str, bool]:
    """Return an English sentence, its badge, and whether it is stale."""
    found = slide(app, id_)
    face = found["faces"]["en"]
    return face["text"], face["badge"], found["stale"]


# ---- which figures


def test_the_show_follows_what_is_published(open_page: Opener) -> None:
    app = open_page("briefing.py", lang="en")
    assert OLD in told(app)[0]
    publish(FIGURES)
    app.run()
    assert NEW in told(app)[0]
    assert told(app)[1:] == ("", False)
    assert played(app)["deck"]["version"] == 2


def test_a_link_to_a_version_shows_its_figures_and_says_that_newer_ones_exist(open_page: Opener) -> None:
    open_page("briefing.py", lang="en")
    publish(FIGURES)
    app = open_page("briefing.py", lang="en", v="1")
    text, badge, stale = told(app)
    assert OLD in text
    assert badge.startswith("Version 1, published ")
    assert badge.endswith("latest: version 2")
    assert stale
    assert app.query_params["v"] == "1"


def test_a_link_locked_to_the_newest_version_goes_stale_with_the_next(open_page: Opener) -> None:
    app = open_page("briefing.py", lang="en", v="1")
    assert told(app)[1:] == ("Locked to version 1", False)
    publish(FIGURES)
    app.run()
    assert OLD in told(app)[0]
    assert told(app)[1].endswith("latest: version 2")
    assert told(app)[2]


def test_one_slide_may_be_locked_while_the_others_follow(open_page: Opener) -> None:
    open_page("briefing.py", lang="en")
    publish(FIGURES, ("slides.csv", GDP_SLIDE, "metric=gdp&sel=440105&v=1,city"))
    app = open_page("briefing.py", lang="en")
    assert OLD in told(app)[0]
    assert (told(app)[1].endswith("latest: version 2"), told(app)[2]) == (True, True)
    assert told(app, "residents")[1:] == ("", False)
    bars = {bar[4]: bar[2] for bar in slide(app)["faces"]["zh"]["chart"]["bars"]}
    assert bars["440106"] == "6,551.3"


@pytest.mark.parametrize("role", [Role.VIEWER, Role.ADMINISTRATOR])
def test_a_slide_locked_to_a_draft_shows_it_to_nobody(open_page: Opener, become, role: Role) -> None:
    become(role)
    open_page("briefing.py", lang="en")
    draft = data.versions().submit(publication(FIGURES), base=data.current())
    publish(("slides.csv", GDP_SLIDE, f"metric=gdp&sel=440105&v={draft.id},city"))
    app = open_page("briefing.py", lang="en")
    assert told(app)[0] == f"Version {draft.id} of the data cannot be shown, so there are no figures here."
    assert told(app)[1:] == (f"Version {draft.id} cannot be shown", True)


@pytest.mark.parametrize(("role", "seen"), [(Role.VIEWER, OLD), (Role.EDITOR, NEW)])
def test_a_draft_opens_by_link_for_those_who_edit_and_never_leaks_to_others(
    open_page: Opener, become, role: Role, seen: str
) -> None:
    become(Role.EDITOR)
    open_page("briefing.py", lang="en")
    draft = data.versions().submit(publication(FIGURES), base=data.current())
    assert NEW in told(open_page("briefing.py", lang="en", v=str(draft.id)))[0]
    become(role)
    assert seen in told(open_page("briefing.py", lang="en", v=str(draft.id)))[0]
    assert OLD in told(open_page("briefing.py", lang="en"))[0]


def test_two_drafts_of_a_story_do_not_show_each_other(open_page: Opener, become) -> None:
    become(Role.EDITOR)
    open_page("briefing.py", lang="en")
    base = data.current()
    figures = data.versions().submit(publication(FIGURES), base=base)
    locked = ("slides.csv", GDP_SLIDE, f"metric=gdp&sel=440105&v={figures.id},city")
    story = data.versions().submit(publication(locked), base=base)
    app = open_page("briefing.py", lang="en", v=str(story.id))
    assert played(app)["deck"]["version"] == story.id
    assert told(app)[0] == f"Version {figures.id} of the data cannot be shown, so there are no figures here."
    assert told(app)[1] == f"Version {figures.id} cannot be shown"


# ---- its address


def test_the_parameters_of_the_show_stay_in_its_address_and_reach_the_player(open_page: Opener) -> None:
    app = open_page("briefing.py", lang="en")
    for name, text in {"slide": "trade", "auto": "20", "utm_source": "mail"}.items():
        app.query_params[name] = text
    app.run()
    assert (app.query_params["slide"], app.query_params["auto"]) == ("trade", "20")
    assert "utm_source" not in app.query_params
    assert (played(app)["slide"], played(app)["auto"], played(app)["screen"]) == ("trade", 20, "wall")
    app.switch_page(str(ROOT / "pages" / "sources.py")).run()
    assert not {"slide", "auto"} & set(app.query_params)


def test_the_presenter_view_keeps_its_room(open_page: Opener) -> None:
    app = open_page("briefing.py", lang="zh")
    room = played(app)["room"]
    app.query_params["screen"], app.query_params["room"] = "notes", room
    app.run()
    assert (app.query_params["screen"], app.query_params["room"]) == ("notes", room)
    assert (played(app)["screen"], played(app)["room"], played(app)["lang"]) == ("notes", room, "zh")


@pytest.mark.parametrize("hostile", ["<script>alert(1)</script>", "x" * 5000, "../..", "\u202e"])
def test_whatever_stands_in_the_address_the_show_opens(open_page: Opener, hostile: str) -> None:
    app = open_page("briefing.py", lang="en")
    for name in ("slide", "auto", "room", "screen"):
        app.query_params[name] = hostile
    app.run()
    assert not app.exception
    assert (played(app)["auto"], played(app)["screen"]) == (0, "wall")
    assert played(app)["room"] != hostile
