"""Versions this release cannot read: said on the desk, and refused where somebody would restore, approve or publish upon one."""

import streamlit as st

from geo.escaping import escape_markdown
from store.reading import opening
from store.reading.opening import Condition
from ui import data
from ui.i18n import t

__all__ = ["notice", "refuse", "remarks"]


def notice() -> bool:
    """Say that the published version cannot be read and which is shown in its place; whether that is so."""
    published, shown = data.published(), data.current()
    if published == shown:
        return False
    text = t(
        "Version {published} is published, but this release of the dashboard cannot read it, so version "
        "{shown} is shown to everyone instead. Before publishing a file, restore a readable version under "
        "Version history.",
        published=published,
        shown=shown,
    )
    with st.container(key="desk_unreadable"):
        st.error(escape_markdown(text), icon=":material/error:")
        with st.expander(t("Why version {number} cannot be read", number=published)):
            st.code(data.condition(published).reason, language=None, wrap_lines=True)
    return True


def refuse(number: int) -> None:
    """Raise what keeps a version from being read, before it is published again.

    Raises
    ------
    UnreadableError
        If this release cannot read it.
    """
    opening.open_version(data.versions(), data.folder(), number)


def remarks(how: Condition) -> None:
    """Say of a version why it cannot be read, or what this release leaves out of it."""
    if not how.readable:
        st.error(
            t("This release of the dashboard cannot read this version, so it cannot be opened, restored or approved.")
        )
        st.code(how.reason, language=None, wrap_lines=True)
    elif how.left_out:
        text = t("Not shown because this release no longer supports it: {what}", what="; ".join(how.left_out))
        st.warning(escape_markdown(text), icon=":material/content_cut:")
