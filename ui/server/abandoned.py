"""Frees what sessions with an uploaded file leave behind: by itself Streamlit does so only once the next visitor has come and gone.

A session that lost its connection may come back for ``server.disconnectedSessionTTL`` seconds, its file still on the desk. After that
Streamlit no longer hands the session out, but keeps it, and with it file and results, until it stores another one.
"""

import time
import weakref
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass

import streamlit as st
from streamlit import runtime
from streamlit.runtime.app_session import AppSession

from ui.server.repeating import repeating

__all__ = ["freeing", "sweep", "watch"]

_MOST_SECONDS = 5.0  # between two looks


@dataclass
class _Watched:
    """A session that may hold a file; ``gone_since`` is when its connection was first missed, None while it is there."""

    session: weakref.ref[AppSession]
    gone_since: float | None = None


_watched: dict[str, _Watched] = {}  # by session id


def watch(session_id: str) -> None:
    """Free what a connected session holds once it is over. From any thread."""
    session = runtime.get_instance().get_app_session(session_id) if runtime.exists() else None  # tests run without
    if session is not None:
        _watched[session_id] = _Watched(weakref.ref(session))


def freeing() -> AbstractAsyncContextManager[None]:
    """Look after abandoned sessions while in the block. For the server's lifespan."""
    patience = float(st.get_option("server.disconnectedSessionTTL"))
    return repeating(lambda: sweep(patience), min(_MOST_SECONDS, patience))


def sweep(patience: float) -> None:
    """Empty the sessions whose connection has been missed for so many seconds; they can no longer come back. In the server's loop."""
    server, now = runtime.get_instance(), time.monotonic()
    for session_id, watched in list(_watched.items()):
        if server.is_active_session(session_id):
            watched.gone_since = None
        elif watched.gone_since is None:
            watched.gone_since = now
        elif now - watched.gone_since >= patience:
            del _watched[session_id]
            session = watched.session()
            if session is not None:
                session.shutdown()  # takes its files away; does nothing the second time
                session.session_state.clear()  # Streamlit's main loop keeps a hold on the session that was there last
