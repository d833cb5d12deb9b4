"""Says at the start where the dashboard is. Streamlit's own words ask a service on the internet for this machine's address where all are served."""

import sys

import streamlit as st
from streamlit.web.server.server_util import get_url

__all__ = ["announce", "announcement"]

_ALL = (None, "", "0.0.0.0", "::")  # noqa: S104  # nosec B104  # compared with, never bound to


def announcement(address: str | None) -> str:
    """Return the line that says where the dashboard is, for an address that the server listens on."""
    if address in _ALL:
        return f"The dashboard is at {get_url('localhost')}, and at every address of this computer."
    return f"The dashboard is at {get_url(str(address))}"


def announce() -> None:
    """Write it to the terminal."""
    sys.stdout.write(f"{announcement(st.get_option('server.address'))}\n")
    sys.stdout.flush()
