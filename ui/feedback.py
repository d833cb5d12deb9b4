"""Notices to the visitor, and the line under every page."""

from collections.abc import Sequence

import streamlit as st

from geo.view import Dropped
from ui import data
from ui.i18n import pick, t

__all__ = ["dropped_parameters", "escape_markdown", "footer", "source_names"]

_SPECIAL = str.maketrans({character: "\\" + character for character in r"\`*_{}[]()<>#+-.!|~$:@^"})


def escape_markdown(text: str) -> str:
    """Return text that Streamlit's Markdown shows as it is: nothing in it formats, links, or becomes HTML, an icon or a formula."""
    return text.replace("\n", " ").translate(_SPECIAL)


def dropped_parameters(dropped: Sequence[Dropped]) -> None:
    """Say which parts of a link were not understood."""
    if dropped:
        parts = ", ".join(f"{d.parameter}={d.value[:40]}" for d in dropped)
        text = t("Part of this link was not understood and was left out: {parts}", parts=escape_markdown(parts))
        st.warning(text, icon=":material/link_off:")


def source_names(source_ids: Sequence[str]) -> str:
    """Return publishers and documents of sources for reading, each once, in order."""
    sources = data.atlas().sources
    rows = [sources.loc[source_id] for source_id in dict.fromkeys(source_ids)]
    return "; ".join(f"{pick(row, 'publisher')}: {pick(row, 'document')}" + (f", {row.date}" if row.date else "") for row in rows)


def footer() -> None:
    """Say what the boundaries are good for, on every page."""
    st.caption(t("Boundaries for presentation only, no legal reference. Cluster areas are schematic. Sources of every figure: see Sources."))
