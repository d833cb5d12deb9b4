"""Figures of whole years near a text that names a part of the year: 上半年各区GDP over a column 2023年."""

from collections.abc import Iterable

import pandas as pd

from geo.uploads.figures.near.remarks import QUOTED
from geo.uploads.findings import Notes
from geo.uploads.model import Severity
from geo.uploads.parse.parts import parts_in
from geo.uploads.parse.periods import joined_period, read_period
from geo.uploads.parse.words import plain

__all__ = ["in_stated_part"]


def in_stated_part(figures: pd.DataFrame, texts: Iterable[str], chosen: str, notes: Notes) -> pd.DataFrame:
    """Return figures of whole years in the part of the year that a text names, where somebody chose it; as they are, with a warning, otherwise.

    Parameters
    ----------
    figures
        With ``period`` and ``row``, counted from 0.
    texts
        That stand near them.
    chosen
        Period that somebody chose: of one year, but what part of it the figures are of holds for all years.
    """
    choice, _ = read_period(chosen) if chosen else ("", "")
    periods = set(figures["period"])
    years = sorted(period for period in periods if len(period) == 4 and period.isdecimal())
    to, said = {}, set()
    for text in dict.fromkeys(texts):
        parts = parts_in(text) if years else []
        for year, part in [(year, part) for stated, part in parts if not stated or stated in years for year in years]:
            period, _ = joined_period(year, part, "")
            # The table has figures of that part beside those of the year, or the part is the whole year.
            if period in periods or choice == year or (year, part) in said:
                continue
            said.add((year, part))
            if period and choice[4:] == period[4:]:
                to[year] = period
            else:
                _note(figures, year, period, text, notes)
    return figures.assign(period=figures["period"].replace(to))


def _note(figures: pd.DataFrame, year: str, period: str, text: str, notes: Notes) -> None:
    """Note that figures of a year may be of a part of it; "" for one that the catalogue has not."""
    rows = sorted(set((figures.loc[figures["period"] == year, "row"] + 1).tolist()))
    quoted = plain(text)[:QUOTED]
    if period:
        notes.add("title_says_part", Severity.WARNING, rows, (None, ""), quoted, period=period, year=year)
    else:
        notes.add("text_says_months", Severity.WARNING, rows, (None, ""), quoted, year=year)
