"""A stand-in for the session, so that words and numbers can be tested without a page."""

from dataclasses import replace

import pytest

from geo.view import View
from ui import state


@pytest.fixture
def speak(monkeypatch: pytest.MonkeyPatch):
    """Return a function that sets the visitor's language."""
    view = View("gdp", "2023", "quantile", 5)

    def speak_(language: str) -> None:
        monkeypatch.setattr(state, "language", lambda: language)
        monkeypatch.setattr(state, "view", lambda: replace(view, lang=language))

    return speak_
