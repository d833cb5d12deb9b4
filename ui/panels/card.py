"""One figure of a panel."""

import streamlit as st

from geo.escaping import escape_markdown

__all__ = ["card"]


def card(label: str, value: str, below: str, help_: str) -> str:
    """Draw one figure with a line under it, there even when empty, so that the cards align; return both, for whoever explains their signs."""
    st.metric(
        escape_markdown(label), escape_markdown(value), None, help=escape_markdown(help_), border=True, height="stretch",
        delta_description=escape_markdown(below) if below else "\u00a0",
    )  # fmt: skip
    return value + below
