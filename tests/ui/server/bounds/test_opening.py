"""Older versions are opened one at a time, by threads as scripts run in them."""

import contextlib
import threading

import pytest
from streamlit.testing.v1 import AppTest

from ui.server.bounds import opening
from ui.server.bounds.opening import one_at_a_time
from ui.server.bounds.sharing import Place, SharedPlaces


@pytest.fixture(autouse=True)
def alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have places that no other test holds, and look whether one has come again and again."""
    monkeypatch.setattr(opening, "_places", SharedPlaces(opening._places._most))
    monkeypatch.setattr(opening, "_LOOK_SECONDS", 0.001)


def test_one_is_opened_at_a_time() -> None:
    opened, places = [], opening._places

    def open_one() -> None:
        with one_at_a_time():
            opened.append(len(places._taken))

    threads = [threading.Thread(target=open_one) for _ in range(4)]
    with one_at_a_time():
        for thread in threads:
            thread.start()
        while len(places._taken) + len(places._waiting) + len(opened) < 5:
            threading.Event().wait(0.001)
        assert (len(places._waiting), opened) == (4, [])
    for thread in threads:
        thread.join(10)
    assert opened == [1] * 4


def test_who_has_waited_too_long_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "WAIT_SECONDS", 0.0)
    with one_at_a_time(), one_at_a_time():
        pass  # the second waits for the first, which cannot end before it


def _script() -> None:
    """Open a version in a run of Streamlit's."""
    import streamlit as st

    from ui.server.bounds.opening import one_at_a_time

    with one_at_a_time():
        st.text("opened")


def test_a_run_that_had_to_wait_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    """With the session state that Streamlit gives it, which refuses some keys."""
    looked, came = threading.Semaphore(0), Place.came
    monkeypatch.setattr(Place, "came", lambda self, seconds: (looked.release(), came(self, seconds))[1])
    held = contextlib.ExitStack()
    held.enter_context(one_at_a_time())
    while looked.acquire(blocking=False):
        pass  # those of the one who holds the place

    def end_when_it_has_waited() -> None:
        if all(looked.acquire(timeout=20) for _ in range(3)):
            held.close()

    holder = threading.Thread(target=end_when_it_has_waited)
    holder.start()
    page = AppTest.from_function(_script).run(timeout=30)
    holder.join(30)
    assert not page.exception
    assert [text.value for text in page.text] == ["opened"]


class Left(BaseException):
    """Stands where Streamlit ends a run."""


class Ended:
    """The state of a session whose visitor has left."""

    def __contains__(self, key: str) -> bool:
        raise Left


def test_who_has_left_does_not_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    with one_at_a_time():
        monkeypatch.setattr(opening, "get_script_run_ctx", lambda **_: object())
        monkeypatch.setattr(opening.st, "session_state", Ended())
        with pytest.raises(Left), one_at_a_time():
            pytest.fail("it was opened for nobody")
    monkeypatch.undo()
    with one_at_a_time():
        pass
