"""The view of a session: restored from the URL, changed by controls, published back to the URL."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import replace
from typing import Any

import streamlit as st

from geo.figures.table import FigureTable
from geo.view import PARAMETERS, Asked, Dropped, View, asked_of, parse, to_query, version_asked

__all__ = [
    "OpenFigureTable",
    "arrived",
    "asked",
    "change",
    "change_metric",
    "change_periods",
    "dropped",
    "enter",
    "follow",
    "language",
    "page",
    "preferred_language",
    "publish",
    "restore",
    "seen_version",
    "select",
    "shown_version",
    "speaking",
    "view",
]

_VIEW, _ASKED, _PUBLISHED, _CURRENT = "view", "asked_periods", "published", "current_version"
_spoken: ContextVar[str] = ContextVar("spoken", default="")
_PAGE, _ARRIVED, _BESIDE, _DROPPED = "page", "arrived", "beside", "dropped"
# Figures of a version, None for the newest; None where it cannot be shown.
OpenFigureTable = Callable[[int | None], FigureTable | None]


def view() -> View:
    """Return what this session has on screen."""
    found: View = st.session_state[_VIEW]
    return found


def asked() -> Asked:
    """Return the periods this session asked for, which its metric may lack; they stay asked for until others are."""
    found: Asked = st.session_state[_ASKED]
    return found


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Have a language in the block whatever the session: files that are made on a press are made outside of any."""
    token = _spoken.set(language)
    try:
        yield
    finally:
        _spoken.reset(token)


def language() -> str:
    """Return this session's language; English before anything is restored."""
    if spoken := _spoken.get():
        return spoken
    found: View | None = st.session_state.get(_VIEW)
    return found.lang if found else "en"


def preferred_language() -> str:
    """Return the language the browser asks for: Chinese or, for all others, English."""
    return "zh" if (st.context.locale or "").lower().startswith("zh") else "en"


def seen_version() -> int | None:
    """Return the newest version of the data this session knows of."""
    found: int | None = st.session_state.get(_CURRENT)
    return found


def shown_version() -> int | None:
    """Return the data version this session shows: the one its view names, else the newest it has seen; None before anything is seen."""
    found: View | None = st.session_state.get(_VIEW)
    return (found.v if found else None) or seen_version()


def follow(current: int, open_figure_table: OpenFigureTable) -> tuple[bool, tuple[Dropped, ...]]:
    """Take over a newer version of the data, where one was published since this session's last run.

    Returns
    -------
    Whether there was one, and what of the view it no longer has.
    """
    before = st.session_state.get(_CURRENT)
    st.session_state[_CURRENT] = current
    if before in (None, current) or _VIEW not in st.session_state:
        return False, ()
    return True, _take(to_query(view()), open_figure_table, language(), asked())


def restore(open_figure_table: OpenFigureTable) -> tuple[Dropped, ...]:
    """Take the view from the URL on a first visit, after Back or Forward, or when somebody edited the address.

    A URL without a query keeps the session's view: that is how the menu's own links arrive.
    """
    query = _own(st.query_params.to_dict())
    if _VIEW in st.session_state and (not query or query == st.session_state.get(_PUBLISHED)):
        return ()
    return _take(query, open_figure_table, language() if _VIEW in st.session_state else preferred_language())


def _take(
    query: Mapping[str, str], open_figure_table: OpenFigureTable, lang: str, still_asked: Asked | None = None
) -> tuple[Dropped, ...]:
    """Make the view what a query asks for, in the version it names where that one can be shown; in periods ``still_asked`` for where it has them.

    Periods in a link that only other metrics have are understood, and not among what is returned as left out; what newer data no longer has is.
    """
    version = version_asked(query)
    figure_table = open_figure_table(version) if version else None
    opened = version if figure_table else None
    newest = figure_table or open_figure_table(None)
    if newest is None:
        raise RuntimeError("the newest version of the data cannot be shown, though the server started with it")
    taken, dropped = parse(query, newest, lang, opened)
    st.session_state[_VIEW] = taken.with_periods(still_asked, newest) if still_asked else taken
    st.session_state[_ASKED] = still_asked or asked_of(query, taken, newest)
    return dropped if still_asked else tuple(drop for drop in dropped if not drop.understood)


def _own(query: Mapping[str, str]) -> dict[str, str]:
    """Return the parameters of the view; others may stand beside them."""
    return {name: text for name, text in query.items() if name in PARAMETERS}


def enter(page: str, beside: tuple[str, ...] = (), dropped: tuple[Dropped, ...] = ()) -> None:
    """Note which page this run draws and whether the visitor has just come to it.

    Parameters
    ----------
    page
        Its address.
    beside
        Parameters of its own that stand beside the view's.
    dropped
        What of the address this run was asked for is left out.
    """
    st.session_state[_ARRIVED] = st.session_state.get(_PAGE) != page
    st.session_state[_PAGE] = page
    st.session_state[_BESIDE] = beside
    st.session_state[_DROPPED] = dropped


def page() -> str:
    """Return the address of the page this run draws, "" for the start page."""
    return str(st.session_state.get(_PAGE, ""))


def dropped() -> tuple[Dropped, ...]:
    """Return what of the address this run was asked for is left out."""
    found: tuple[Dropped, ...] = st.session_state.get(_DROPPED, ())
    return found


def arrived() -> bool:
    """Whether the visitor has just come to the page this run draws."""
    return bool(st.session_state.get(_ARRIVED))


def publish() -> None:
    """Write the view into the URL, if it is not there already.

    Writing adds an entry to the browser's history, and the menu's links arrive without a query. Coming back to such an entry must not
    write again, or Back would lead to the same place for ever.
    """
    query, address = to_query(view()), st.query_params.to_dict()
    beside = {name: text for name, text in address.items() if name in st.session_state.get(_BESIDE, ())}
    came_back = not address and not arrived() and query == st.session_state.get(_PUBLISHED)
    if address != query | beside and not came_back:
        st.query_params.from_dict(query | beside)
    st.session_state[_PUBLISHED] = query


def change(**fields: Any) -> None:
    """Replace fields of the view."""
    st.session_state[_VIEW] = replace(view(), **fields)


def change_metric(metric: str, figure_table: FigureTable) -> None:
    """Show another metric, in the periods asked for where it has them."""
    st.session_state[_VIEW] = view().with_metric(metric, figure_table, asked())


def change_periods(figure_table: FigureTable, **fields: str) -> None:
    """Ask for another period, or another start of a change."""
    st.session_state[_ASKED] = replace(asked(), **fields)
    st.session_state[_VIEW] = view().with_periods(asked(), figure_table)


def select(adcode: str) -> None:
    """Select a district everywhere; "" selects none."""
    change(sel=adcode)
