"""Numbers that may be others: those of their column are written in another way."""

import pandas as pd

from geo.uploads.figures.layout import Layout
from geo.uploads.findings import Notes
from geo.uploads.model import Severity

__all__ = ["note_doubtful"]

_THOUSANDTH = 10.0**-3
_PERCENT = ("%", "％")


def note_doubtful(cells: pd.DataFrame, layout: Layout, notes: Notes) -> None:
    """Note columns in which a point may separate thousands, or shares without a per cent sign stand beside some with one.

    Parameters
    ----------
    cells
        As of :func:`geo.uploads.figures.figures.figure_cells`.
    """
    for column, those in cells[cells["wrong"] == ""].groupby("column"):
        spot = layout.spot(int(str(column)))
        sizes, bare = those["value"].abs(), those["unit"] == ""
        pointed = bare & (those["step"] == _THOUSANDTH) & sizes.between(1, 1000)  # 1.262 may be 1,262
        others = sizes[~pointed]
        if pointed.any() and len(others) and (others % 1 == 0).all() and others.max() >= 1000:
            _note("maybe_thousands", those[pointed], spot, notes)
        signed = those["unit"].isin(_PERCENT)
        shares = those[bare & (sizes != 0)]
        if signed.any() and len(shares) and (sizes[shares.index] < 1).all():
            _note("maybe_fraction", shares, spot, notes)


def _note(code: str, those: pd.DataFrame, spot: tuple[int | None, str], notes: Notes) -> None:
    """Note cells of a column, with the first as an example."""
    notes.add(code, Severity.WARNING, (those["row"] + 1).tolist(), spot, those["text"].iloc[0])
