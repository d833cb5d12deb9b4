"""One figure a district, metric and period: districts that were merged added up, duplicates found, totals set apart."""

from collections.abc import Mapping

import pandas as pd

from geo.schema import Metric
from geo.uploads.figures.facets import TOTAL
from geo.uploads.findings import MOST, Notes
from geo.uploads.model import Severity
from geo.uploads.parse.units import without_noise

__all__ = ["settle"]

_KEY = ["district", "metric", "period"]


def settle(figures: pd.DataFrame, metrics: Mapping[str, Metric], notes: Notes) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return figures with one for each key, and the total rows.

    Notes
    -----
    A former district is added to its successor where the metric adds up and the file has the successor's own figure of the same period.
    Everything else about it is an error: a rate cannot be added up, and its figure alone would pass for the whole.
    """
    is_total = figures["district"] == TOTAL
    is_former = figures["district"].str.contains(" ", regex=False).astype(bool)
    today = _unique(figures[~is_total & ~is_former], notes)
    return _with_former(today, _unique(figures[is_former], notes), metrics, notes), figures[is_total]


def _unique(figures: pd.DataFrame, notes: Notes) -> pd.DataFrame:
    """Return figures without those whose key an earlier one has; the others are noted, with all their rows."""
    repeated = figures[figures.duplicated(_KEY, keep=False)]
    differ = repeated.groupby(_KEY)["value"].transform("nunique") > 1
    for code, severity, those in (
        ("duplicate_same", Severity.NOTE, repeated[~differ]),
        ("duplicate_differs", Severity.ERROR, repeated[differ]),
    ):
        number = those.groupby(_KEY, sort=False).ngroup()
        for _, group in those[number < MOST].groupby(number):
            first, others = group.iloc[0], group[group["value"] != group["value"].iloc[0]]
            params = {name: first[name] for name in _KEY} | {"other": "", "heading": ""}
            if len(others):
                params |= {"other": others.iloc[0]["text"], "heading": others.iloc[0]["heading"]}
            rows, spot = list(dict.fromkeys(group["row"].tolist())), (int(first["column"]), first["heading"])
            notes.add(code, severity, rows, spot, first["text"], **params)
        if len(rest := those[number >= MOST]):
            notes.add(
                "more_duplicates", severity, sorted(set(rest["row"].tolist())), count=int(number.max()) + 1 - MOST
            )
    return figures[~figures.duplicated(_KEY)]


def _with_former(
    today: pd.DataFrame, former: pd.DataFrame, metrics: Mapping[str, Metric], notes: Notes
) -> pd.DataFrame:
    """Return today's figures with those of former districts added to their successors'."""
    value = today["value"].copy()
    places = {tuple(key): at for at, *key in today[_KEY].itertuples()} if len(former) else {}
    for one in former.itertuples():
        successor, _, name = one.district.partition(" ")
        at = places.get((successor, one.metric, one.period))
        code = "former_rate" if metrics[one.metric].kind != "count" else "former_alone" if at is None else ""
        rows = [one.row]
        if not code:
            value[at] = without_noise(value[at] + one.value)
            rows.append(int(today.loc[at, "row"]))
        params = {"former": name, "successor": successor, "metric": one.metric, "period": one.period}
        severity = Severity.ERROR if code else Severity.WARNING
        notes.add(code or "former_added", severity, rows, (one.column, one.heading), name, **params)
    return today.assign(value=value)
