"""An uploaded table and the current one to the table that would be stored."""

from collections.abc import Collection
from dataclasses import astuple, dataclass

import numpy as np
import pandas as pd

from geo import wording
from geo.fields import COLUMNS, KEYS
from geo.schema import number_text
from geo.uploads.model import Kind, Mode

__all__ = ["NUMBERS", "NewSource", "add_source", "as_stored", "merge", "row_keys", "same"]

INDICATOR_ORDER = ["metric", "period", "adcode"]
NUMBERS = ("value",)  # columns compared as numbers
WITH_THE_VALUE = ("source_id", "quality", "note")  # what is said of a value, and of no other


@dataclass(frozen=True)
class NewSource:
    """A source that is to be added together with the figures that refer to it; fields as in ``sources.csv``."""

    source_id: str
    publisher_en: str
    publisher_zh: str
    document_en: str
    document_zh: str
    date: str
    host: str
    address: str


def as_stored(table: pd.DataFrame, kind: Kind) -> pd.DataFrame:
    """Return an uploaded table as text, in the columns of its file, with the index it came with."""
    stored = table[list(COLUMNS[f"{kind}.csv"])].copy()
    if kind == "indicators":
        stored["value"] = pd.Series([number_text(value) for value in table["value"]], index=table.index, dtype=str)
    return stored.astype(str)


def row_keys(table: pd.DataFrame, kind: str) -> pd.MultiIndex:
    """Return the keys of the rows of a table."""
    return pd.MultiIndex.from_frame(table[KEYS[f"{kind}.csv"]])


def same(one: pd.Series, other: pd.Series) -> np.ndarray:
    """Return where the texts of two columns of equal length and name say the same; values are compared as numbers."""
    equal: np.ndarray = one.to_numpy(object) == other.to_numpy(object)
    if one.name in NUMBERS:
        equal |= _numbers(one) == _numbers(other)
    return equal


def _numbers(column: pd.Series) -> np.ndarray:
    """Return texts as numbers, NaN for what is none."""
    numbers: np.ndarray = pd.to_numeric(column.astype(object), errors="coerce").to_numpy(float)
    return numbers


def merge(
    current: pd.DataFrame, new: pd.DataFrame, kind: Kind, mode: Mode, silent: Collection[str] = ()
) -> pd.DataFrame:
    """Return the table that would be stored.

    Parameters
    ----------
    current, new
        The table now, as text, and the rows of a file as :func:`as_stored` returns them.
    kind
        Which table; rows are the same where the fields named in :data:`geo.fields.KEYS` are.
    mode
        ``update`` replaces rows of the same key and adds the others; ``replace_period`` first removes all figures of the metrics and
        periods that occur in the file; ``replace_all`` keeps nothing but the file.
    silent
        Columns the file does not have.

    Returns
    -------
    Text, rows numbered from 0: figures by metric, period and adcode; slides in the order of a file that has them all, else where they
    were, new ones behind the slide they follow in the file; other rows where they were, new ones behind those of the same cluster or
    company. Where a row was there before,

    - a value that is the same number keeps its text;
    - a silent column keeps what it said, but what is said of a figure (source, quality, note) only while the value is the same;
    - an empty note or source keeps the old one while the value is the same, and so does a note that is the half of it in one language.

    Raises
    ------
    ValueError
        If ``replace_period`` is asked of a table without periods.
    """
    if mode == "replace_period" and kind != "indicators":
        raise ValueError(f"{kind} have no periods to replace")
    current = current[list(new.columns)]  # a table may have columns of its own, which no file fills
    new = _kept(current, new, kind, silent)
    left = current.iloc[:0] if mode == "replace_all" else current[~_replaced(current, new, kind, mode)]
    if kind == "indicators":
        return pd.concat([left, new]).sort_values(INDICATOR_ORDER, kind="stable", ignore_index=True)
    return _told_in_order(current, left, new) if kind == "slides" else _in_place(current, left, new, kind)


def _replaced(current: pd.DataFrame, new: pd.DataFrame, kind: Kind, mode: Mode) -> np.ndarray:
    """Return which rows now there give way to the file."""
    fields = ["metric", "period"] if mode == "replace_period" else KEYS[f"{kind}.csv"]
    replaced: np.ndarray = pd.MultiIndex.from_frame(current[fields]).isin(pd.MultiIndex.from_frame(new[fields]))
    return replaced


def _kept(current: pd.DataFrame, new: pd.DataFrame, kind: Kind, silent: Collection[str]) -> pd.DataFrame:
    """Return the file's rows with what they keep of the rows they replace."""
    old_rows = current.drop_duplicates(KEYS[f"{kind}.csv"], keep="last")
    at = row_keys(old_rows, kind).get_indexer(row_keys(new, kind))
    there = at >= 0
    if not there.any():
        return new
    old = old_rows.iloc[at]  # -1 takes the last row, which `there` leaves out
    unchanged = there & same(old["value"], new["value"]) if kind == "indicators" else there
    result = {}
    for name in new.columns:
        keep = np.zeros(len(new), bool)
        if name in NUMBERS:
            keep = unchanged
        elif name in silent:
            keep = unchanged if name in WITH_THE_VALUE else there
        elif kind == "indicators" and name in ("note", "source_id"):
            keep = unchanged & ((new[name] == "").to_numpy() | _is_half(old[name], new[name]))
        result[name] = np.where(keep, old[name].to_numpy(object), new[name].to_numpy(object))
    return pd.DataFrame(result, index=new.index, columns=new.columns, dtype=str)


def _is_half(old: pd.Series, new: pd.Series) -> np.ndarray:
    """Return where a note is one language of what the old one says in both, as our downloads have it."""
    found: np.ndarray = np.array(
        [bool(n) and n in wording.halves(o).values() for o, n in zip(old, new, strict=True)], bool
    )
    return found


def _in_place(current: pd.DataFrame, left: pd.DataFrame, new: pd.DataFrame, kind: Kind) -> pd.DataFrame:
    """Return rows in the order of the current table, new ones behind those that share the first field of their key."""
    group = KEYS[f"{kind}.csv"][0]
    rows = pd.concat([left, new])
    known = current.drop_duplicates(KEYS[f"{kind}.csv"])
    groups = pd.Index(pd.concat([current[group], new[group]]).unique()).get_indexer(rows[group])
    place = row_keys(known, kind).get_indexer(row_keys(rows, kind))
    order = np.lexsort((np.where(place < 0, len(known), place), groups))  # stable
    return rows.iloc[order].reset_index(drop=True)


def _told_in_order(current: pd.DataFrame, left: pd.DataFrame, new: pd.DataFrame) -> pd.DataFrame:
    """Return slides in the order in which they are told: a file that has them all says it, one that has some adds to it."""
    key = "slide_id"
    order_in_file = list(new[key])
    order = list(current[key]) if len(left) else order_in_file
    for place, id_ in enumerate(order_in_file):
        if id_ not in order:
            before = next((other for other in order_in_file[place + 1 :] if other in order), None)
            at = order.index(order_in_file[place - 1]) + 1 if place else order.index(before) if before else len(order)
            order.insert(at, id_)
    return pd.concat([left, new]).set_index(key, drop=False).loc[order].reset_index(drop=True)


def add_source(sources: pd.DataFrame, source: NewSource) -> pd.DataFrame:
    """Return the table of sources with one more, in the order of their ids, or as it is where it has that source.

    An id that another source has is left for the check to find.
    """
    row = pd.DataFrame([astuple(source)], columns=list(COLUMNS["sources.csv"]), dtype=str)
    known = sources[list(row.columns)]
    if astuple(source) in known.itertuples(index=False, name=None):
        return known
    return pd.concat([known, row]).sort_values("source_id", kind="stable", ignore_index=True)
