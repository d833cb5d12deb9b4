"""What came of the last thing somebody stored at the desk, noted before Streamlit is called again: a second press ends the run of the first at such a call.

Without it a publication that succeeded would be shown as what its own repetition met: a refusal.
"""

from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st

import store
from geo.escaping import escape_markdown
from store import Version
from ui.desk.store_errors import error_text

__all__ = ["clear", "error", "make", "show", "stored"]

_NOTED = "desk_attempt"


@dataclass
class _Attempt:
    """Something that was tried; neither version nor error where nothing was."""

    version: Version | None = None
    error: store.StoreError | None = None


def make(act: Callable[[], Version]) -> None:
    """Store something, unless what came of the last attempt has not been shown yet: then the same button was pressed twice."""
    noted: _Attempt = st.session_state.setdefault(_NOTED, _Attempt())
    if noted.version or noted.error:
        return
    try:
        noted.version = act()
    except store.StoreError as error:
        noted.error = error


def stored() -> Version | None:
    """Return the version that the last attempt stored, until it is cleared."""
    return _noted().version


def error() -> store.StoreError | None:
    """Return what the last attempt met, until it is cleared."""
    return _noted().error


def show() -> None:
    """Say what the last attempt met."""
    met = error()
    if met:
        st.error(escape_markdown(error_text(met)))


def clear() -> None:
    """Forget the last attempt, once what came of it has been shown."""
    st.session_state.pop(_NOTED, None)


def _noted() -> _Attempt:
    """Return the last attempt."""
    found: _Attempt = st.session_state.get(_NOTED) or _Attempt()
    return found
