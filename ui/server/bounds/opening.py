"""Lets pages open one older version of the data at a time: each takes a second or more of the interpreter that all share."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from ui.server.addresses import owner_of
from ui.server.bounds.sharing import SharedPlaces

__all__ = ["one_at_a_time"]

WAIT_SECONDS = 20.0  # who has waited so long goes on beside the others: an answer that comes late is better than none
_LOOK_SECONDS = 0.1
_places = SharedPlaces(1)


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """Wait until it is the visitor's turn, of those who wait that of the address with the fewest; a run that is to end ends meanwhile."""
    in_a_run = get_script_run_ctx(suppress_warning=True) is not None
    with _places.asked_by(owner_of(st.context.ip_address or "") if in_a_run else "") as place:
        until = time.monotonic() + WAIT_SECONDS
        while not place.came(_LOOK_SECONDS) and time.monotonic() < until:
            if in_a_run:
                _ = "key" in st.session_state  # where Streamlit ends the run of a visitor who has left; no empty key
        yield
