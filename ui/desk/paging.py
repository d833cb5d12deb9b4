"""Long lists in pages, with how many there are in all."""

import streamlit as st

from ui.i18n import t

__all__ = ["shown"]


def shown(count: int, size: int, key: str) -> slice:
    """Return which part of a list is shown; where it has more than one page, draw the choice of it.

    Parameters
    ----------
    count
        How many there are in all.
    size
        How many a page has.
    key
        Of the widget.
    """
    if count <= size:
        return slice(0, size)
    first = st.selectbox(
        t("Page"),
        range(0, count, size),
        width=320,
        format_func=lambda start: t(
            "{first} to {last} of {count}", first=start + 1, last=min(start + size, count), count=count
        ),
        key=key,
    )
    return slice(first, first + size)
