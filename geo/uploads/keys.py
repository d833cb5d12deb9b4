"""One figure a district, metric and period: districts that were merged added up, duplicates found, totals set apart."""

from collections.abc import Mapping

import pandas as pd

from geo.schema import Metric
from geo.uploads.facets import TOTAL, Table
from geo.uploads.findings import MOST
from geo.uploads.model import Severity
from geo.uploads.units import round_digits

__all__ = ["settle"]

_KEY = ["district", "metric", "period"]


def settle(figures: pd.DataFrame, table: Table, metrics: Mapping[str, Metric]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return figures with one for each key, and the total rows.

    Notes
    -----
    A former district is added to its successor where the metric adds up and the file has the successor's own figure of the same period.
    Everything else about it is an error: a rate cannot be added up, and its figure alone would pass for the whole.
    """
    is_total = figures["district"] == TOTAL
    is_former = figures["district"].str.contains(" ", regex=False).astype(bool)
    today = _unique(figures[~is_total & ~is_former], table)
    former = _unique(figures[is_former], table)
    return _with_former(today, former, table, metrics), figures[is_total]


def _unique(figures: pd.DataFrame, table: Table) -> pd.DataFrame:
    """Return figures without those whose key an earlier one has; the others are noted, with all their rows."""
    repeated = figures[figures.duplicated(_KEY, keep=False)]
    differ = repeated.groupby(_KEY)["value"].transform("nunique") > 1
    for code, severity, those in (
        ("duplicate_same", Severity.NOTE, repeated[~differ]),
        ("duplicate_differs", Severity.ERROR, repeated[differ]),
    ):
        number = those.groupby(_KEY, sort=False).ngroup()
        for _, group in those[number < MOST].groupby(number):
            _note_repeated(group, table, code, severity)
        if len(rest := those[number >= MOST]):
            rows = sorted(set((rest["row"] + 1).tolist()))
            table.notes.add("more_duplicates", severity, rows, count=int(number.max()) + 1 - MOST)
    return figures[~figures.duplicated(_KEY)]


def _note_repeated(group: pd.DataFrame, table: Table, code: str, severity: Severity) -> None:
    """Note the figures of one key: the first, and the first that says something else."""
    first = group.iloc[0]
    others = group[group["value"] != first["value"]]
    params = {name: first[name] for name in _KEY} | {"other": "", "heading": ""}
    if len(others):
        other = others.iloc[0]
        params |= {"other": other["text"], "heading": table.layout.headings[int(other["column"])].text}
    rows = list(dict.fromkeys((group["row"] + 1).tolist()))
    table.notes.add(code, severity, rows, table.layout.spot(int(first["column"])), first["text"], **params)


def _with_former(
    today: pd.DataFrame, former: pd.DataFrame, table: Table, metrics: Mapping[str, Metric]
) -> pd.DataFrame:
    """Return today's figures with those of former districts added to their successors'."""
    value, changed = today["value"].copy(), set()
    places = {tuple(key): at for at, *key in today[_KEY].itertuples()} if len(former) else {}
    for one in former.itertuples():
        successor, _, name = one.district.partition(" ")
        at = places.get((successor, one.metric, one.period))
        code = "former_rate" if metrics[one.metric].kind != "count" else "former_alone" if at is None else ""
        rows = [one.row + 1]
        if not code:
            value[at] += one.value
            changed.add(at)
            rows.append(int(today.loc[at, "row"]) + 1)
        params = {"former": name, "successor": successor, "metric": one.metric, "period": one.period}
        severity = Severity.ERROR if code else Severity.WARNING
        table.notes.add(code or "former_added", severity, rows, table.layout.spot(one.column), name, **params)
    return today.assign(value=value.mask(value.index.isin(changed), round_digits(value.to_numpy())))
