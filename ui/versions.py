"""Which version of the data is on screen: following what is published, opening another by link, and saying which it is."""

from urllib.parse import urlencode

import streamlit as st

from geo.briefing.build import stamp
from geo.escaping import escape_markdown
from geo.figures.table import FigureTable
from geo.view import Dropped
from store import DatabaseError, Version, clock
from store.reading.data_versions import is_draft, is_public
from ui import data, state
from ui.auth import access
from ui.i18n import t

__all__ = ["away_notice", "banner", "follow", "label", "link", "open_figure_table", "refresh_fragment", "shown_stamp"]

_WATERMARK = (
    "<style>.watermark{{position:fixed;inset:0;z-index:999;pointer-events:none;display:flex;align-items:center;"
    "justify-content:center;font-size:14vw;font-weight:700;opacity:.09;transform:rotate(-24deg);white-space:nowrap}}"
    "</style><div class=watermark aria-hidden=true>{text}</div>"
)


def open_figure_table(version: int | None) -> FigureTable | None:
    """Return the figures of a version; None where it cannot be shown, or not to this visitor: drafts are for those who edit."""
    try:
        number = version or data.current()
        if version and not _may_see(version):
            return None
        found = data.of_version(number)
    except DatabaseError:  # away, and this one is not in memory
        return None
    return found[1] if found else None


def _may_see(version: int) -> bool:
    """Whether this visitor may see a version; unknown numbers may not be seen either."""
    known = data.find_version(version)
    return known is not None and (is_public(known) or access.may(access.Role.EDITOR))


def _is_lost(version: int) -> bool:
    """Whether a draft is on screen whose visitor may not see drafts any more: they have signed out, here or elsewhere, or lost the role."""
    try:
        known = data.find_version(version)
    except DatabaseError:  # away, and never asked for it
        return False
    return known is not None and not is_public(known) and not access.may(access.Role.EDITOR)


def follow() -> tuple[Dropped, ...]:
    """Take over what was published since this session's last run, and say so quietly; leave a draft that the visitor may not see any more.

    Returns
    -------
    What of the session's view the new version no longer has.
    """
    newer, dropped = state.follow(data.current(), open_figure_table)
    version = data.find_version(data.current()) if newer and not state.view().v else None
    if version:
        st.toast(
            escape_markdown(t("New data: {version}. {note}", version=label(version), note=version.note)),
            icon=":material/update:",
        )
    shown = state.shown_version()
    if data.known().away and shown and shown != data.current() and open_figure_table(shown) is None:
        state.change(v=None)  # its data is not in memory any more
        dropped += (Dropped("v", str(shown), "a version in memory while the database is away"),)
    elif shown and _is_lost(shown):
        state.change(v=None)
        dropped += (Dropped("v", str(shown), "a version that this visitor may see"),)
    return dropped


def refresh_fragment() -> None:
    """Draw the whole page again, not only a fragment of it, where newer data was published since the page was drawn, or its draft may not be seen any more."""
    shown = state.shown_version()
    if state.seen_version() != data.current() or (shown and _is_lost(shown)):
        st.rerun()


def shown_stamp() -> str:
    """Return which data is on screen: up to which year its figures go, version, and when that was published."""
    data_version = data.data_version(state.shown_version())
    return stamp(data_version, state.language()) if data_version else ""


def away_notice() -> None:
    """Say that the database is away, and what that means for whoever looks."""
    if data.known().away:
        text = t(
            "The database is temporarily unreachable. Pages show the data as last read; publishing is unavailable until it is back."
        )
        st.container(key="away").warning(text, icon=":material/cloud_off:")


def banner() -> None:
    """Say on every page that another version than the newest is on screen, and mark drafts."""
    shown = state.view().v
    version = data.find_version(shown) if shown else None
    if version is None:
        return
    draft = is_draft(version)
    with st.container(key="version"):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(":material/history: " + escape_markdown(_told(version)))
            st.button(t("Show latest data"), key="show_newest", on_click=lambda: state.change(v=None), type="tertiary")
        if draft:
            st.html(_WATERMARK.format(text=t("DRAFT")))


def _told(version: Version) -> str:
    """Return what is said of a version that was asked for by its number."""
    if is_draft(version):
        return t("Draft, not published: {version}. {note}", version=label(version), note=version.note)
    if version.published_at is None:
        return t(
            "You are viewing data supplied with a release that nobody has adopted: {version}.", version=label(version)
        )
    if version.id == data.current():
        return t("This link is locked to {version}.", version=label(version))
    return t("You are viewing an earlier version of the data: {version}.", version=label(version))


def link(version: Version) -> str:
    """Return the address of the map in a version and the language on screen, from its question mark on."""
    return f"?{urlencode({'v': version.id, 'lang': state.language()})}"


def label(version: Version) -> str:
    """Return a version for reading: its number, and the day it was published, or handed in or supplied where it never was."""
    if version.published_at:
        return t("version {number}, published {day}", number=version.id, day=clock.day(version.published_at))
    day = clock.day(version.created_at)
    if is_draft(version):
        return t("version {number}, draft of {day}", number=version.id, day=day)
    return t("version {number}, supplied {day}, never published", number=version.id, day=day)
