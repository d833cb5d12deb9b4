"""Two versions of a table to the rows and cells that differ."""

from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

import numpy as np
import pandas as pd

from geo.changes.merge import NUMBERS, row_keys, same
from geo.fields import KEYS

__all__ = ["FOLLOWS", "Changes", "FieldChange", "RowChange", "row_changes"]

FOLLOWS = "follows"  # column of changed slides: the id of the slide before, "" for the first; slides that did not move say what they said


@dataclass(frozen=True)
class FieldChange:
    """One cell, as text, before and after."""

    field: str
    old: str
    new: str


@dataclass(frozen=True)
class RowChange:
    """One row; of one that is added or removed all fields beside the key that are not empty are listed."""

    change: Literal["added", "changed", "removed"]
    key: tuple[str, ...]
    fields: tuple[FieldChange, ...]


@dataclass(frozen=True)
class Changes:
    """What differs between two versions of a table, as tables: an upload may change many thousand rows."""

    kind: str  # "indicators", "clusters", "tenants", "slides" or "sources"
    added: pd.DataFrame  # rows only there after, as text
    removed: pd.DataFrame  # rows only there before, as text
    old: pd.DataFrame  # changed rows as they were
    new: pd.DataFrame  # the same rows, in the same order, as they are after

    def __len__(self) -> int:
        return len(self.added) + len(self.removed) + len(self.new)

    def first(self, most: int) -> tuple[RowChange, ...]:
        """Return the first ``most`` rows that differ: changed ones, then added, then removed, each in the order of their table."""
        changed = [
            self._row("changed", new, old)
            for (_, old), (_, new) in zip(self.old.head(most).iterrows(), self.new.head(most).iterrows(), strict=True)
        ]
        added = [self._row("added", new, None) for _, new in self.added.head(most).iterrows()]
        removed = [self._row("removed", None, old) for _, old in self.removed.head(most).iterrows()]
        return tuple([*changed, *added, *removed][:most])

    def _row(
        self, change: Literal["added", "changed", "removed"], new: pd.Series | None, old: pd.Series | None
    ) -> RowChange:
        """Return one row that differs."""
        row = new if new is not None else old
        assert row is not None  # nosec B101  # for the type checker; a row that differs is in one of the two
        keys = KEYS[f"{self.kind}.csv"]
        before, after = ({} if one is None else dict(one) for one in (old, new))
        fields = tuple(
            FieldChange(str(name), before.get(name, ""), after.get(name, ""))
            for name in row.index
            if name not in keys and not _equal(str(name), before.get(name, ""), after.get(name, ""))
        )
        return RowChange(change, tuple(row[keys]), fields)


def _equal(field: str, one: str, other: str) -> bool:
    """Whether two cells say the same."""
    if one == other or field not in NUMBERS:
        return one == other
    return bool(same(pd.Series([one], name=field), pd.Series([other], name=field))[0])


def row_changes(before: pd.DataFrame, after: pd.DataFrame, kind: str) -> Changes:
    """Return what differs between two versions of a table.

    Parameters
    ----------
    before, after
        Text tables with the columns of the kind's file; their order matters for slides only.
    kind
        ``indicators``, ``clusters``, ``tenants``, ``slides`` or ``sources``: rows are the same where the fields in :data:`geo.fields.KEYS` are.

    Returns
    -------
    Rows added, changed and removed. Values are compared as numbers: 7434.40 and 7434.4 are the same. Slides have a column
    :data:`FOLLOWS` more, so that one that moved has changed.
    """
    keys = KEYS[f"{kind}.csv"]
    before, after = before.drop_duplicates(keys, keep="last"), after.drop_duplicates(keys, keep="last")
    if kind == "slides":
        before, after = _with_order(before, after)
    at = row_keys(before, kind).get_indexer(row_keys(after, kind))
    there = at >= 0
    old, new = before.iloc[at[there]], after[there]
    differs = np.zeros(len(new), bool)
    for name in new.columns:
        differs |= ~same(old[name], new[name])
    removed = np.ones(len(before), bool)
    removed[at[there]] = False
    return Changes(kind, after[~there], before[removed], old[differs], new[differs])


def _with_order(before: pd.DataFrame, after: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return two stories in which each slide says which one it follows; one that stays behind another says the same in both."""
    old, new = list(before["slide_id"]), list(after["slide_id"])
    follows_old, follows_new = (dict(zip(ids, ["", *ids], strict=False)) for ids in (old, new))
    for block in SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks():
        follows_new |= {id_: follows_old[id_] for id_ in old[block.a : block.a + block.size]}
    return (
        before.assign(**{FOLLOWS: [follows_old[id_] if id_ in follows_new else "" for id_ in old]}),
        after.assign(**{FOLLOWS: [follows_new[id_] for id_ in new]}),
    )
