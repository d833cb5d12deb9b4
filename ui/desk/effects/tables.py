"""What a difference between two states of the data means: a table for each kind of effect."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from geo.changes import effects
from geo.changes.effects import ClassChange, CoverageChange, Effects, RankChange, SentenceChange
from geo.escaping import escape_markdown
from geo.figures import claims, measures
from geo.figures.measures import Total
from geo.figures.table import FigureTable
from geo.schema import ADCODES, Atlas
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
    """Draw a table for each kind of effect that there is, of many lines the first few hundred, and what the signs in them mean."""
    sentences = [one for one in found.sentences if one.language == state.language()]
    parts: list[tuple[str, Sequence[object], pd.DataFrame]] = [
        (t("City figures"), found.kpis, _kpis(found)),
        (t("Ranks"), found.ranks, _ranks(found)),
        (t("Colour classes"), found.classes, _classes(found)),
        (t("Districts with data"), found.coverage, _coverage(found)),
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
    if notes := _notes(found):
        st.caption(escape_markdown(notes))


def _notes(found: Effects) -> str:
    """Return what the asterisks in the tables mean, by metric and period, and what a dagger in the city's figures does."""
    kpis = [(one.metric, period) for one in found.kpis for period in (one.old_period, one.new_period)]
    rows: Sequence[RankChange | ClassChange | CoverageChange] = (
        *found.ranks[:_SHOWN],
        *found.classes[:_SHOWN],
        *found.coverage[:_SHOWN],
    )
    shown = dict.fromkeys((*kpis, *((one.metric, one.period) for one in rows)))
    notes = {
        t("{name}: {detail}", name=_about(found, metric, period), detail=note)
        for metric, period in shown
        for table in (found.old, found.new)
        if (note := claims.footnote(table, metric, period, state.language()))
    }
    dagger = claims.secondary_mark_note("".join(_kpis(found).to_numpy(str).ravel()), state.language())
    return " ".join(filter(None, (*sorted(notes), dagger)))


def _frame(lines: Sequence[tuple[str, ...]], *head: str) -> pd.DataFrame:
    """Return lines as a table."""
    return pd.DataFrame(lines, columns=list(head))


def _about(found: Effects, metric: str, period: str) -> str:
    """Return a metric and a period for reading, as they are after the change where there are figures then."""
    table = found.new if period in found.new.periods(metric) else found.old
    return claims.title(table, metric, period, state.language())


def _kpis(found: Effects) -> pd.DataFrame:
    """Return the key figures that change."""
    lines = [
        (
            names.metric(one.metric),
            _kpi(found.old, one.metric, one.old_period, one.old),
            _kpi(found.new, one.metric, one.new_period, one.new),
        )
        for one in found.kpis
    ]
    return _frame(lines, t("Metric"), t("Before"), t("After"))


def _kpi(figure_table: FigureTable, metric: str, period: str, total: Total) -> str:
    """Return a figure of the city with its signs and period, and how many districts have one."""
    shown, text = (figure_table, metric, period), t("No data")
    if total.value is not None:
        text = claims.amount(*shown, total.value, state.language())
        text += claims.secondary_mark(*shown, measures.city_codes(*shown))
    return f"{text} · {formats.period_name(period)} ({_covered(total)})"


def _covered(total: Total) -> str:
    """Return how many districts have a figure: without all of them a city has none, unless one is published."""
    return claims.districts(total.found, total.wanted, state.language())


def _ranks(found: Effects) -> pd.DataFrame:
    """Return the ranks that change, each with what it is of: 7 of 8 and 9 of 10 are both the last but one."""
    lines = [
        (
            _about(found, one.metric, one.period),
            names.district(one.adcode),
            *(claims.rank_words(ranking, one.adcode, state.language()) or "—" for ranking in (one.old, one.new)),
        )
        for one in found.ranks[:_SHOWN]
    ]
    return _frame(lines, t("Metric"), t("District"), t("Before"), t("After"))


def _classes(found: Effects) -> pd.DataFrame:
    """Return the classes that change, and whether only their limits moved."""
    lines = [
        (
            _about(found, one.metric, one.period),
            names.district(one.adcode),
            _class(one.old),
            _class(one.new),
            t("only class limits changed") if one.same_value else t("value changed"),
        )
        for one in found.classes[:_SHOWN]
    ]
    return _frame(lines, t("Metric"), t("District"), t("Before"), t("After"), t("Reason"))


def _class(index: int) -> str:
    """Return a class for reading, counted from 1."""
    return str(index + 1) if index >= 0 else t("No data")


def _coverage(found: Effects) -> pd.DataFrame:
    """Return the periods with more or fewer districts."""
    lines = [
        (
            _about(found, one.metric, one.period),
            *(_covered(Total(None, known, len(ADCODES))) for known in (one.old, one.new)),
        )
        for one in found.coverage[:_SHOWN]
    ]
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
