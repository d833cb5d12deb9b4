"""What a difference between two states of the data means: a table for each kind of effect."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from geo.changes import effects
from geo.changes.effects import ClassChange, CoverageChange, Effects, KpiChange, RankChange, SentenceChange
from geo.escaping import escape_markdown
from geo.figures import claims
from geo.figures.measures import Total
from geo.schema import Atlas
from ui import data, formats, names, state
from ui.i18n import t

__all__ = ["between", "tables"]

_SHOWN = 300  # lines of a table; the titles say how many there are


def between(before: Atlas, after: Atlas, key: str) -> None:
    """Draw what the difference of two states of the data means, folded: it takes a moment to compute."""
    box = st.expander(t("Ranks, colours, figures, text"), key=key, on_change="rerun")
    if box.open:
        with box:
            tables(effects.effects(before, after), key=key)


def tables(found: Effects, key: str) -> None:
    """Draw a table for each kind of effect that there is; of many lines the first few hundred."""
    sentences = [one for one in found.sentences if one.language == state.language()]
    parts: list[tuple[str, Sequence[object], pd.DataFrame]] = [
        (t("City figures"), found.kpis, _kpis(found.kpis)),
        (t("Ranks"), found.ranks, _ranks(found.ranks[:_SHOWN])),
        (t("Colour classes"), found.classes, _classes(found.classes[:_SHOWN])),
        (t("Districts with data"), found.coverage, _coverage(found.coverage[:_SHOWN])),
        (t("Briefing text"), sentences, _sentences(sentences)),
    ]
    for title, all_, table in parts:
        if not all_:
            continue
        st.markdown(f"**{title}** ({formats.plain(len(all_), 0)})")
        if all_ is sentences:
            st.table(table, hide_index=True, border="horizontal", alt=title)  # whole sentences wrap
        else:
            st.dataframe(table, hide_index=True, placeholder="", alt=title, key=f"{key} {title}")
        if len(all_) > len(table):
            st.caption(t("First of {count} rows only.", count=formats.plain(len(all_), 0)))
    if not any(all_ for _, all_, _ in parts):
        st.caption(t("No other changes: ranks, colours, key figures and text stay the same."))


def _frame(lines: Sequence[tuple[str, ...]], *head: str) -> pd.DataFrame:
    """Return lines as a table."""
    return pd.DataFrame(lines, columns=list(head))


def _about(metric: str, period: str) -> str:
    """Return a metric and a period for reading."""
    return f"{names.metric(metric)} · {formats.period_name(period)}"


def _kpis(found: Sequence[KpiChange]) -> pd.DataFrame:
    """Return the key figures that change."""
    lines = []
    for one in found:
        metric = names.entry(one.metric)
        old, new = (
            f"{formats.amount(total.value, metric)} · {formats.period_name(period)} ({_covered(total)})"
            for total, period in ((one.old, one.old_period), (one.new, one.new_period))
        )
        lines.append((names.metric(one.metric), old, new))
    return _frame(lines, t("Metric"), t("Before"), t("After"))


def _covered(total: Total) -> str:
    """Return how many districts have a figure: without all of them a city has none, unless one is published."""
    return claims.districts(total.found, total.wanted, state.language())


def _ranks(found: Sequence[RankChange]) -> pd.DataFrame:
    """Return the ranks that change."""
    lines = [
        (_about(one.metric, one.period), names.district(one.adcode), str(one.old or "—"), str(one.new or "—"))
        for one in found
    ]
    return _frame(lines, t("Metric"), t("District"), t("Before"), t("After"))


def _classes(found: Sequence[ClassChange]) -> pd.DataFrame:
    """Return the classes that change, and whether only their limits moved."""
    lines = [
        (
            _about(one.metric, one.period),
            names.district(one.adcode),
            _class(one.old),
            _class(one.new),
            t("only class limits changed") if one.same_value else t("value changed"),
        )
        for one in found
    ]
    return _frame(lines, t("Metric"), t("District"), t("Before"), t("After"), t("Reason"))


def _class(index: int) -> str:
    """Return a class for reading, counted from 1."""
    return str(index + 1) if index >= 0 else t("No data")


def _coverage(found: Sequence[CoverageChange]) -> pd.DataFrame:
    """Return the periods with more or fewer districts."""
    lines = [(_about(one.metric, one.period), str(one.old), str(one.new)) for one in found]
    return _frame(lines, t("Metric"), t("Before"), t("After"))


def _sentences(found: Sequence[SentenceChange]) -> pd.DataFrame:
    """Return the sentences that change, by the title of their slide."""
    titles = {slide.id: slide.title[state.language()] for slide in data.atlas().slides}  # a new slide goes by its id
    lines = [
        [escape_markdown(text) for text in (titles.get(one.slide, one.slide), one.old, _now(one))] for one in found
    ]
    return _frame([tuple(line) for line in lines], t("Slide"), t("Before"), t("After"))


def _now(one: SentenceChange) -> str:
    """Return a sentence as it would be, with a remark where a number in it can no longer be computed."""
    return one.new + (" " + t("(can no longer be computed)") if one.lost else "")
