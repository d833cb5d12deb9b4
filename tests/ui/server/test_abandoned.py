"""What a session with a file leaves behind goes soon after it, without another visitor."""

import time
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import httpx
import pytest
from streamlit import runtime

from tests.e2e.conftest import serving
from tests.e2e.test_sign_in import visiting
from ui.server import abandoned

pytestmark = pytest.mark.slow

HOLDING = "tests/e2e/apps/holding.py"
NOTHING = {"files": 0, "objects": 0}


class Session:
    """Stands in for one of Streamlit's."""

    def __init__(self) -> None:
        self.files, self.session_state = ["a.csv"], {"job": "a.csv"}

    def shutdown(self) -> None:
        self.files.clear()

    def holds_anything(self) -> bool:
        return bool(self.files or self.session_state)


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[SimpleNamespace]:
    """A server with two connected sessions that hold files, and a clock the test turns by hand."""
    sessions = {"one": Session(), "other": Session()}
    stand_in = SimpleNamespace(sessions=sessions, active=set(sessions), now=0.0)
    stand_in.is_active_session = stand_in.active.__contains__
    stand_in.get_app_session = lambda name: sessions.get(name) if name in stand_in.active else None
    monkeypatch.setattr(runtime, "exists", lambda: True)
    monkeypatch.setattr(runtime, "get_instance", lambda: stand_in)
    monkeypatch.setattr(abandoned.time, "monotonic", lambda: stand_in.now)
    monkeypatch.setattr(abandoned, "_watched", {})
    for session in (*sessions, "unknown"):
        abandoned.watch(session)
    return stand_in


def sweep_at(server: SimpleNamespace, now: float) -> list[str]:
    """Sweep with a patience of 100 seconds; return the sessions that still hold something."""
    server.now = now
    abandoned.sweep(100)
    return [name for name, session in server.sessions.items() if session.holds_anything()]


def test_a_session_is_emptied_once_it_has_been_gone_for_long(server: SimpleNamespace) -> None:
    assert sweep_at(server, 1000) == ["one", "other"]
    server.active.remove("one")
    assert sweep_at(server, 1010) == ["one", "other"]
    assert sweep_at(server, 1109) == ["one", "other"]
    assert sweep_at(server, 1110) == ["other"]
    assert sweep_at(server, 5000) == ["other"]
    assert set(abandoned._watched) == {"other"}


def test_a_session_that_came_back_in_between_is_as_good_as_new(server: SimpleNamespace) -> None:
    server.active.remove("one")
    sweep_at(server, 0)
    server.active.add("one")
    sweep_at(server, 90)
    server.active.remove("one")
    assert sweep_at(server, 110) == ["one", "other"]
    assert sweep_at(server, 209) == ["one", "other"]
    assert sweep_at(server, 210) == ["other"]


def test_a_session_that_streamlit_has_let_go_is_forgotten(server: SimpleNamespace) -> None:
    server.active.remove("one")
    sweep_at(server, 0)
    del server.sessions["one"]
    assert sweep_at(server, 100) == ["other"]
    assert set(abandoned._watched) == {"other"}


def test_without_another_visitor_file_and_results_are_gone(tmp_path: Path) -> None:
    with serving(tmp_path / "log.txt", HOLDING, STREAMLIT_SERVER_DISCONNECTED_SESSION_TTL="2") as url:
        with visiting(url) as messages:
            assert any(message.delta.new_element.text.body == "done" for message in messages)
            assert httpx.get(f"{url}/held", trust_env=False).json() == {"files": 1, "objects": 1}
        deadline = time.monotonic() + 20
        while (left := httpx.get(f"{url}/held", trust_env=False).json()) != NOTHING and time.monotonic() < deadline:
            continue
        assert left == NOTHING
