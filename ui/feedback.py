"""Notices to the visitor, sources in words, and the line under every page."""

from collections.abc import Sequence

import streamlit as st

import settings
from geo import wording
from geo.escaping import escape_markdown, markdown_link
from geo.view import Dropped
from ui import data, state
from ui.i18n import t

__all__ = ["dropped_parameters", "dropped_text", "footer", "source_line", "source_markdown", "source_names"]


def dropped_text(dropped: Sequence[Dropped]) -> str:
    """Return what is said of the parts of a link that were not understood, "" where all were."""
    if not dropped:
        return ""
    parts = ", ".join(f"{d.parameter}={d.value[:40]}" for d in dropped)
    return t("Part of this link was not recognised and was ignored: {parts}", parts=parts)


def dropped_parameters() -> None:
    """Say which parts of the link of this run were not understood."""
    text = dropped_text(state.dropped())
    if text:
        st.container(key="notice").warning(escape_markdown(text), icon=":material/link_off:")


def _source_name(source_id: str) -> str:
    """Return publisher, document and date of a source."""
    return wording.source_name(data.sources()[source_id], state.language())


def source_names(source_ids: Sequence[str]) -> str:
    """Return sources for reading, each once, in order; plain text."""
    return t("; ").join(_source_name(source_id) for source_id in dict.fromkeys(source_ids))


def source_line(source_ids: Sequence[str], most: int = 4) -> str:
    """Return the first sources of a figure in a sentence, and how many more there are; "" without any."""
    ids = tuple(dict.fromkeys(source_ids))
    more = t(" and {count} more", count=len(ids) - most) if len(ids) > most else ""
    return t("Source: {sources}", sources=source_names(ids[:most]) + more) if ids else ""


def source_markdown(source_id: str) -> str:
    """Return a source as Markdown; only an official host becomes a link."""
    row = data.sources()[source_id]
    name = _source_name(source_id)
    return markdown_link(name, row.address) if row.host == "official" else escape_markdown(name)


def footer(stamp: str) -> None:
    """Say which data is shown and what the boundaries are good for, on every page, with the map approval number where one is configured."""
    number = settings.map_approval()
    approval = " " + t("Map approval number: {number}.", number=number) if number else ""
    text = t(
        "Boundaries are for presentation only and are not a legal reference. Cluster areas are schematic. See Sources for the origin of each figure."
    )
    st.caption(escape_markdown(f"{stamp} · {text}{approval}"))
