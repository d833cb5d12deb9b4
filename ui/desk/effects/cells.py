"""What differs between two states of the tables: counts, and cell by cell old and new."""

from collections.abc import Callable, Iterable, Sequence

import pandas as pd
import streamlit as st

from geo import wording
from geo.changes.diff import FOLLOWS, Changes, RowChange, row_changes
from geo.escaping import escape_markdown
from geo.fields import TABLES
from geo.schema import CITY
from ui import data, formats, names, state
from ui.desk.effects import tables
from ui.exporting import downloads
from ui.feedback import source_names
from ui.i18n import mark, t

__all__ = ["between", "cells", "counts", "field_name"]

_SHOWN = 300  # rows; the counts say how many there are
_WORDS = {"added": mark("new"), "changed": mark("changed"), "removed": mark("removed")}
_KINDS = ("indicators", "clusters", "tenants", "slides", "sources")
_LABELS = {  # by column, and by what a column of figures is taken for: one name has one meaning in these tables
    field.target: field.label for field in TABLES["indicators.csv"].values()
} | {field.name: field.label for kind in _KINDS for field in TABLES[f"{kind}.csv"].values()}


def between(old: int, new: int) -> None:
    """Draw the difference of two versions: counts, cells, and what it means on the map."""
    if not (data.condition(old).readable and data.condition(new).readable):
        st.caption(
            t("Versions {old} and {new} cannot be compared: at least one of them is unreadable.", old=old, new=new)
        )
        return
    before, after = (data.raw(number) for number in (old, new))
    found = [row_changes(before.table(f"{kind}.csv"), after.table(f"{kind}.csv"), kind) for kind in _KINDS]
    st.markdown(f"**{t('From version {old} to version {new}', old=old, new=new)}**")
    counts(found)
    cells(found, key=f"between {old} {new}")
    atlases = [data.of_version(number) for number in (old, new)]
    if atlases[0] and atlases[1]:
        tables.between(atlases[0][0], atlases[1][0], key=f"meaning {old} {new}")


def counts(found: Iterable[Changes]) -> None:
    """Draw how many rows are new, changed and removed."""
    listed = list(found)
    numbers = {
        t("New rows"): sum(len(one.added) for one in listed),
        t("Changed rows"): sum(len(one.new) for one in listed),
        t("Removed rows"): sum(len(one.removed) for one in listed),
    }
    with st.grid(3, min_column_width=140, gap="small"):
        for label, number in numbers.items():
            st.metric(label, formats.plain(number, 0), border=True)


def cells(found: Sequence[Changes], key: str) -> None:
    """Draw the cells that differ, the first few hundred of them; the file has them all."""
    language, total = state.language(), sum(map(len, found))
    frame = _frame(found, _SHOWN, language)
    if frame.empty:
        st.caption(t("No cells changed."))
        return
    is_cut = total > _SHOWN or len(frame) > _SHOWN
    frame = frame[:_SHOWN]
    if all(one.kind == "slides" for one in found if len(one)):  # whole sentences wrap
        texts = frame.map(escape_markdown)
        st.table(texts, hide_index=True, border="horizontal", alt=t("Changed cells"))
    else:
        st.dataframe(frame, hide_index=True, placeholder="", alt=t("Changed cells"), key=key)
        downloads.table_csv(lambda: _frame(found, total, language), f"changes-{key.replace(' ', '-')}")
    if is_cut:
        cells_shown, rows = formats.plain(len(frame), 0), formats.plain(total, 0)
        st.caption(t("First {shown} changed cells only, of {count} rows.", shown=cells_shown, count=rows))


def _frame(found: Sequence[Changes], rows: int, language: str) -> pd.DataFrame:
    """Return the cells that differ in the first rows of each kind, in a language: also for a file, which is made outside of any session."""
    with state.speaking(language):
        head = [t("Change"), t("Row"), t("Field"), t("Before"), t("After")]
        return pd.DataFrame(
            [line for one in found for row in one.first(rows) for line in _lines(one.kind, row)], columns=head
        )


def field_name(field: str) -> str:
    """Return what a column is called; anything else stays as it is."""
    if field == FOLLOWS:
        return t("Previous slide")
    return _LABELS[field][state.language()] if field in _LABELS else field


def _lines(kind: str, row: RowChange) -> list[tuple[str, ...]]:
    """Return a changed row for reading, a line a field."""
    where = _where(kind, row.key)
    shown_as = _SHOWN_AS.get(kind, {})
    return [
        (
            t(_WORDS[row.change]),
            where,
            field_name(field.field),
            field.old if row.change == "added" else shown_as.get(field.field, str)(field.old),
            field.new if row.change == "removed" else shown_as.get(field.field, str)(field.new),
        )
        for field in row.fields
    ]


def _source(id_: str) -> str:
    """Return a source for reading; one that is not in the data shown stays as it is."""
    return source_names([id_]) if id_ in data.sources() else id_


_SHOWN_AS: dict[str, dict[str, Callable[[str], str]]] = {
    "indicators": {"source_id": _source, "quality": names.quality},
    "slides": {FOLLOWS: lambda id_: id_ or t("none (first slide)")},
}


def _where(kind: str, key: tuple[str, ...]) -> str:
    """Return the key of a row for reading."""
    if kind != "indicators":
        return " · ".join(key)
    adcode, metric, period = key
    district = t("Guangzhou") if adcode == CITY else names.district(adcode)
    unit = wording.unit_name(names.entry(metric).unit, state.language())
    return f"{district} · {names.metric(metric)} ({unit}) · {formats.period_name(period)}"
