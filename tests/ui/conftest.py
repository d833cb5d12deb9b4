"""A stand-in for the session, so that words and numbers can be tested without a page."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
import streamlit as st

from geo.view import View
from ui import state


@pytest.fixture(scope="session", autouse=True)
def _closed_at_the_end() -> Iterator[None]:
    """Close the database that tests share; each of those with one of its own closes that itself."""
    yield
    st.cache_resource.clear()


@pytest.fixture
def speak(monkeypatch: pytest.MonkeyPatch):
    """Return a function that sets the visitor's language."""
    view = View("gdp", "2023", "quantile", 5)

    def speak_(language: str) -> None:
        monkeypatch.setattr(state, "language", lambda: language)
        monkeypatch.setattr(state, "view", lambda: replace(view, lang=language))

    return speak_
