"""One figure that fills several cells, as merged ones are read: it is not the figure of each."""

from collections.abc import Sequence

import pandas as pd

from geo.uploads.findings import Notes
from geo.uploads.model import Severity, Span

__all__ = ["without_shared"]


def without_shared(figures: pd.DataFrame, spans: Sequence[Span], notes: Notes) -> pd.DataFrame:
    """Return figures without those that one cell gives to several districts, metrics or periods, each of which is noted.

    Parameters
    ----------
    figures
        Those of a sheet, with ``row`` and ``column`` from 1; of several for the same district, metric and period a cell may well be the figure.
    spans
        Where one text fills several cells of the sheet.
    notes
        Grows by an error for each such cell.
    """
    if not spans:  # nearly always
        return figures
    area_of = {
        (row + 1, column + 1): area
        for area in spans
        for row in range(area[0][0], area[1][0] + 1)
        for column in range(area[0][1], area[1][1] + 1)
    }
    areas = pd.Series(
        [area_of.get(place) for place in zip(figures["row"], figures["column"], strict=True)], dtype=object
    )
    shared = pd.Series(data=False, index=figures.index)
    for _, those in figures.groupby(areas.map(str, na_action="ignore")):
        if len(those.drop_duplicates(["district", "metric", "period"])) > 1:
            shared[those.index] = True
            first = those.iloc[0]
            rows = sorted(set(those["row"].tolist()))
            spot = (int(first["column"]), str(first["heading"]))
            notes.add("figure_shared", Severity.ERROR, rows, spot, str(first["text"]), count=len(those))
    return figures[~shared].reset_index(drop=True)
