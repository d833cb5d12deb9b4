"""What is drawn for paper only: a table on screen is a canvas, of which paper would get the part that happens to be in view."""

from html import escape
from numbers import Real

import pandas as pd
import streamlit as st

__all__ = ["table"]

_SHORT = 12  # characters that are not broken into lines: dates, periods, names


def table(frame: pd.DataFrame) -> None:
    """Draw a table whole, for paper only; ``ui/static/print.css`` hides it on screen, and on paper the canvas before it."""
    head = "".join(f"<th scope=col>{escape(str(name))}</th>" for name in frame.columns)
    rows = "".join(
        f"<tr>{''.join(_cell(value) for value in row)}</tr>" for row in frame.itertuples(index=False, name=None)
    )
    st.html(f"<table class=paper-only hidden><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>")


def _cell(value: object) -> str:
    """Return one cell; nothing for what is missing."""
    if pd.isna(value):
        return "<td></td>"
    if isinstance(value, Real):
        return f"<td class=number>{value:,}</td>"
    short = " class=short" if len(str(value)) <= _SHORT else ""
    return f"<td{short}>{escape(str(value))}</td>"
