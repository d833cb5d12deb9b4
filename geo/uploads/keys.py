"""One figure a district, metric and period: districts that were merged added up, duplicates found, totals set apart."""

import numpy as np
import pandas as pd

from geo.uploads.figures import Figures, Reader
from geo.uploads.findings import MOST
from geo.uploads.model import Severity
from geo.uploads.units import round_digits

__all__ = ["settle"]


def settle(figures: Figures, reader: Reader) -> tuple[Figures, Figures]:
    """Return figures with one for each key, and the total rows.

    Notes
    -----
    A former district is added to its successor where the metric adds up and the file has the successor's own figure of the same period.
    Everything else about it is an error: a rate cannot be added up, and its figure alone would pass for the whole.
    """
    texts = reader.pool.texts
    is_total = np.array([text == "" for text in texts] + [False])[figures.district]
    is_former = np.array([" " in text and text[:6].isdecimal() for text in texts] + [False])[figures.district]
    today = _unique(figures.only(~is_total & ~is_former), reader)
    former = _unique(figures.only(is_former), reader)
    return _add_former(today, former, reader), figures.only(is_total)


def _unique(figures: Figures, reader: Reader) -> Figures:
    """Return figures without those whose key an earlier one has; the others are noted, with all their rows."""
    keys = _keys(figures, figures.district, len(reader.pool.numbers))
    repeated = pd.Series(keys).duplicated(keep=False).to_numpy()
    if not repeated.any():
        return figures
    again = figures.only(repeated)
    table = pd.DataFrame({"key": keys[repeated], "value": again.value, "row": reader.table.rows[again.line] + 1})
    groups = table.groupby("key", sort=False).agg(
        low=("value", "min"),
        high=("value", "max"),
        rows=("row", lambda rows: tuple(rows.tolist())),
        first=("row", "idxmin"),
    )
    same = groups["low"] == groups["high"]
    for differing, severity, code in (
        (False, Severity.NOTE, "duplicate_same"),
        (True, Severity.ERROR, "duplicate_differs"),
    ):
        _note_duplicates(groups[same != differing], again, reader, severity, code)
    return figures.only(~pd.Series(keys).duplicated().to_numpy())


def _note_duplicates(groups: pd.DataFrame, figures: Figures, reader: Reader, severity: Severity, code: str) -> None:
    """Note keys that stand in several rows; one by one only so many."""
    texts, notes = reader.pool.texts, reader.table.notes
    for group in groups.head(MOST).itertuples():
        at = int(group.first)
        column = int(figures.column[at])
        params = {name: texts[getattr(figures, name)[at]] for name in ("district", "metric", "period")}
        params["other"], params["heading"] = _other(figures, at, reader)
        value = reader.table.sheet.columns[column].words[figures.word[at]]
        notes.add(code, severity, list(dict.fromkeys(group.rows)), reader.table.layout.spot(column), value, **params)
    rest = groups.iloc[MOST:]
    if len(rest):
        rows = sorted({row for rows in rest["rows"] for row in rows})
        notes.add("more_duplicates", severity, rows, count=len(rest))


def _other(figures: Figures, at: int, reader: Reader) -> tuple[str, str]:
    """Return the other value of a repeated key as the file has it, and the heading over it."""
    same = (figures.district == figures.district[at]) & (figures.metric == figures.metric[at])
    others = np.flatnonzero(same & (figures.period == figures.period[at]) & (figures.value != figures.value[at]))
    if not len(others):
        return "", ""
    column = int(figures.column[others[0]])
    value = reader.table.sheet.columns[column].words[figures.word[others[0]]]
    return value, reader.table.layout.headings[column].text


def _add_former(today: Figures, former: Figures, reader: Reader) -> Figures:
    """Return today's figures with those of former districts added to their successors'."""
    texts, pool = reader.pool.texts, reader.pool
    successors = np.array([pool.number(texts[number][:6]) for number in former.district], dtype=np.int32)
    size = len(pool.numbers)
    places = {key: at for at, key in enumerate(_keys(today, today.district, size).tolist())} if len(former.line) else {}
    value = today.value.copy()
    for at, key in enumerate(_keys(former, successors, size).tolist()):
        name, metric = texts[former.district[at]].partition(" ")[2], texts[former.metric[at]]
        code = _refusal(reader.metrics[metric].kind, key in places)
        column = int(former.column[at])
        rows = [int(reader.table.rows[former.line[at]]) + 1]
        if not code:
            value[places[key]] += former.value[at]
            rows.append(int(reader.table.rows[today.line[places[key]]]) + 1)
        params = {
            "former": name,
            "successor": texts[former.district[at]][:6],
            "metric": metric,
            "period": texts[former.period[at]],
        }
        severity = Severity.ERROR if code else Severity.WARNING
        reader.table.notes.add(code or "former_added", severity, rows, reader.table.layout.spot(column), name, **params)
    changed = value != today.value
    value[changed] = round_digits(value[changed])
    return Figures(**{**today.__dict__, "value": value})


def _refusal(kind: str, successor_there: bool) -> str:
    """Return the code that says why a former district's figure is refused, "" where it is added."""
    if kind != "count":
        return "former_rate"
    return "" if successor_there else "former_alone"


def _keys(figures: Figures, district: np.ndarray, size: int) -> np.ndarray:
    """Return one whole number for each combination of district, metric and period, of which there are ``size`` texts."""
    keys: np.ndarray = (district.astype(np.int64) * size + figures.metric) * size + figures.period
    return keys
