"""Tables to files. A grid's own download and copy are switched off in ``.streamlit/config.toml``: they would leave formulas as they are."""

from collections.abc import Callable

import pandas as pd
import streamlit as st

from geo.figures.export import csv_bytes
from ui import state
from ui.i18n import t

__all__ = ["table_csv"]


def table_csv(table: pd.DataFrame | Callable[[], pd.DataFrame], name: str, version: int | None = None) -> None:
    """Draw the button that saves a table as CSV, with nothing in it that a spreadsheet would run.

    Parameters
    ----------
    table
        A table that is longer than what is shown may be made on the press, outside of any session.
    name, version
        What the file's name says besides the language: what the table holds, and of which version of the data.
    """
    number = f"-v{version}" if version else ""
    st.download_button(
        t("Download CSV"),
        data=lambda: _content(table() if callable(table) else table),
        file_name=f"guangzhou-1-1-9-{name}{number}-{state.language()}.csv",
        mime="text/csv",
        on_click="ignore",
        icon=":material/download:",
        type="tertiary",
        key=f"csv-{name}",
    )


def _content(frame: pd.DataFrame) -> bytes:
    """Return a table as a CSV file, what is missing as an empty cell."""
    filled = frame.astype(object).where(frame.notna(), "")
    return csv_bytes([map(str, frame.columns), *filled.itertuples(index=False, name=None)])
