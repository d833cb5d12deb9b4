"""Figures of a file that are the current ones rounded: 124.2 万人 over a census count of 1,242,345."""

from collections.abc import Iterator

import pandas as pd

from geo.changes.comparing import heading
from geo.schema import Atlas, number_text
from geo.uploads.model import Finding, Mode, Severity, Upload

__all__ = ["find_rounded", "rounded"]

_KEY = ["adcode", "metric", "period"]
_HALF = 0.5 * (1 + 1e-9)  # of the last digit a file writes; a float may lie a little beside it


def rounded(upload: Upload, before: Atlas) -> pd.Series:
    """Return the current figure of each row of a file that has it rounded, NaN for all other rows."""
    table = upload.table
    if upload.kind != "indicators" or "step" not in table:
        return pd.Series(float("nan"), index=table.index)
    stored = before.indicators.drop_duplicates(_KEY, keep="last")[[*_KEY, "value"]].astype(dict.fromkeys(_KEY, str))
    now = table[_KEY].merge(stored, on=_KEY, how="left")["value"].set_axis(table.index)
    off = (now - table["value"]).abs()
    return now.where((off > 0) & (off <= _HALF * table["step"]))


def find_rounded(upload: Upload, before: Atlas, mode: Mode) -> Iterator[Finding]:
    """Yield a note for each metric that a file has rounded: an update keeps the more exact figures, replacing them is asked about."""
    now = rounded(upload, before).dropna()
    if now.empty:
        return
    code, severity = ("rounded_kept", Severity.NOTE) if mode == "update" else ("rounded_replaces", Severity.WARNING)
    for metric, rows in upload.table.loc[now.index].groupby("metric", sort=False):
        first = rows.iloc[0]
        columns = set(rows["column"])
        column = int(first["column"]) if len(columns) == 1 else None
        texts = {"example": number_text(first["value"]), "reference": number_text(float(now.loc[rows.index[0]]))}
        unit = before.metrics[str(metric)].unit
        params: dict[str, str | int] = {"metric": str(metric), "count": len(rows), "unit": unit, **texts}
        places = tuple(dict.fromkeys(rows["row"].tolist()))
        yield Finding(code, severity, places, column, heading(upload, column), params=params)
