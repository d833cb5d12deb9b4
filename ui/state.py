"""The view of a session: restored from the URL, changed by controls, published back to the URL."""

from dataclasses import replace
from typing import Any

import streamlit as st

from geo.book import Book
from geo.view import Dropped, View, parse, to_query

__all__ = ["change", "change_metric", "enter", "language", "preferred_language", "publish", "restore", "select", "view"]

_VIEW, _PUBLISHED, _PAGE, _ARRIVED = "view", "published", "page", "arrived"


def view() -> View:
    """Return what this session has on screen."""
    found: View = st.session_state[_VIEW]
    return found


def language() -> str:
    """Return this session's language; English before anything is restored."""
    found: View | None = st.session_state.get(_VIEW)
    return found.lang if found else "en"


def preferred_language() -> str:
    """Return the language the browser asks for: Chinese or, for all others, English."""
    return "zh" if (st.context.locale or "").lower().startswith("zh") else "en"


def restore(book: Book) -> tuple[Dropped, ...]:
    """Take the view from the URL on a first visit, after Back or Forward, or when somebody edited the address.

    A URL without a query keeps the session's view: that is how the menu's own links arrive.
    """
    query = st.query_params.to_dict()
    if _VIEW in st.session_state and (not query or query == st.session_state.get(_PUBLISHED)):
        return ()
    st.session_state[_VIEW], dropped = parse(
        query, book, language() if _VIEW in st.session_state else preferred_language()
    )
    return dropped


def enter(page: str) -> None:
    """Note which page this run draws, and whether the visitor has just come to it."""
    st.session_state[_ARRIVED] = st.session_state.get(_PAGE) != page
    st.session_state[_PAGE] = page


def publish() -> None:
    """Write the view into the URL, if it is not there already.

    Writing adds an entry to the browser's history, and the menu's links arrive without a query. Coming back to such an entry must not
    write again, or Back would lead to the same place for ever.
    """
    query, shown = to_query(view()), st.query_params.to_dict()
    came_back = not shown and not st.session_state.get(_ARRIVED) and query == st.session_state.get(_PUBLISHED)
    if shown != query and not came_back:
        st.query_params.from_dict(query)
    st.session_state[_PUBLISHED] = query


def change(**fields: Any) -> None:
    """Replace fields of the view."""
    st.session_state[_VIEW] = replace(view(), **fields)


def change_metric(metric: str, book: Book) -> None:
    """Show another metric, in a period it has."""
    st.session_state[_VIEW] = view().with_metric(metric, book)


def select(adcode: str) -> None:
    """Select a district everywhere; "" selects none."""
    change(sel=adcode)
