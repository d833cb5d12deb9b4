"""Ranking bars and the table, both of which select."""

import pandas as pd
import streamlit as st

from geo.escaping import escape_markdown
from geo.figures import claims, export
from geo.schema import ADCODES, CITY
from ui import asset_routes, data, formats, names, state
from ui.exporting import printing
from ui.feedback import source_names
from ui.i18n import t

__all__ = ["ranking", "table"]

_ROW_HEIGHT = 35  # pixels; the table shows all its rows without scrolling

# Streamlit sends a component's source at every rerun: here it is two addresses, and the browser keeps what they lead to.
_RANKING = st.components.v2.component(
    "cluster_ranking",
    html=f"<link rel='stylesheet' href='{asset_routes.address('ranking.css')}'><div class='ranking' role='group'></div>",
    js=f"""
    const script = {asset_routes.resolved("ranking.js")};
    export default (component) => {{ import(script).then((ranking) => ranking.default(component)); }};
    """,
)


def ranking() -> None:
    """Draw the districts of the tier as bars, largest first, those without a figure last."""
    view = state.view()
    metric = data.figures().metrics[view.metric]
    name = claims.metric_name(data.figures(), view.metric, view.column, view.lang)
    title = t("Ranking: {metric}, {period}", metric=name, period=formats.period_name(view.column))
    with st.container(key="ranking", gap="small"):
        shown_in = formats.unit(metric)
        st.markdown(t("{name} ({detail})", name=f"**{escape_markdown(title)}**", detail=escape_markdown(shown_in)))
        _RANKING(
            key="ranking_bars",
            data={"title": title, "selected": view.sel, "rows": _rows(), "second": names.quality("secondary")},
            on_selected_change=_take_selection,
        )
        st.caption(escape_markdown(_base()))


def _base() -> str:
    """Return what the ranks are of, and what an asterisk and a dagger mean, on the cards above as well."""
    view, figure_table = state.view(), data.figures()
    shown = figure_table, view.metric, view.column
    notes = (
        claims.rank_note(claims.ranking(*shown), view.lang),
        claims.footnote(*shown, view.lang),
        claims.secondary_mark_note(*shown, {*data.tier_members(view.tier), view.sel, CITY}, view.lang),
    )
    return " ".join(filter(None, notes))


def _take_selection() -> None:
    """Carry a click on a bar into the view."""
    state.select(str(st.session_state["ranking_bars"].selected or ""))


def _rows() -> list[tuple[str, str, str, str, float, str]]:
    """Return each bar as adcode, name, rank, value, width in per cent, colour; colour empty without a figure, rank also where there is one only."""
    view, figure_table = state.view(), data.figures()
    column = figure_table.column(view.metric, view.column)
    classes = data.classes()
    ranking, called = (
        claims.ranking(figure_table, view.metric, view.column),
        names.members(data.tier_members(view.tier)),
    )
    rank = ranking.ranks
    longest = max((abs(column[code].value) for code in called if code in rank), default=0) or 1
    rows = []
    for code, name in sorted(called.items(), key=lambda item: (rank.get(item[0], len(ADCODES) + 1), item[0])):
        if code not in rank:
            rows.append((code, name, "", claims.without_figure(figure_table, view.metric, view.lang), 0.0, ""))
            continue
        value = column[code].value
        bar = round(100 * abs(value) / longest, 1), classes.colours[classes.index(value)]
        text = claims.format_value(figure_table, view.metric, view.column, value, view.lang)
        text += claims.secondary_mark(figure_table, view.metric, view.column, (code,))
        rows.append((code, name, str(ranking.place(code) or ""), text, *bar))
    return rows


def table() -> None:
    """Draw the table of the tier, folded until somebody wants it: rows select, and the figures can be downloaded."""
    view = state.view()
    box = st.expander(t("Table and download"), icon=":material/table:", on_change="rerun", key="table_box")
    if not box.open:
        return
    codes = list(data.tier_members(view.tier))
    with box, st.container(key="table"):
        selected = [codes.index(view.sel)] if view.sel in codes else []
        frame = _frame(codes)
        st.dataframe(
            frame,
            key=_table_key(),
            hide_index=True,
            placeholder="",
            on_select=lambda: _take_row(codes),
            selection_mode="single-row",
            selection_default={"selection": {"rows": selected}},
            height=_ROW_HEIGHT * (len(codes) + 1) + 3,
            row_height=_ROW_HEIGHT,
            alt=t("Figures by district"),
        )
        printing.table(frame)
        st.caption(escape_markdown(_base()))
        st.download_button(
            t("Download CSV"),
            data=lambda: export.figures_csv(data.figures(), data.atlas(), view.metric, view.lang),
            file_name=f"guangzhou-1-1-9-{view.metric}{'-change' if view.since else ''}-{view.lang}.csv",
            mime="text/csv",
            on_click="ignore",
            icon=":material/download:",
            help=t("All districts and periods for the current selection, with sources; opens in Excel."),
        )


def _table_key() -> str:
    """Return a key that changes with the view, so that the table opens with the selection made elsewhere."""
    view = state.view()
    return f"table_rows {view.metric} {view.column} {view.tier} {view.sel} {view.lang}"


def _take_row(codes: list[str]) -> None:
    """Carry a selected row into the view."""
    rows = st.session_state[_table_key()]["selection"]["rows"]
    state.select(codes[rows[0]] if rows else "")


def _frame(codes: list[str]) -> pd.DataFrame:
    """Return the table as shown: numbers as numbers, in the shown unit, with rank and source."""
    view, figure_table = state.view(), data.figures()
    metric, column = figure_table.metrics[view.metric], figure_table.column(view.metric, view.column)
    show = metric.show[view.lang]
    ranking = claims.ranking(figure_table, view.metric, view.column)
    name = claims.metric_name(figure_table, view.metric, view.column, view.lang)
    found = [column.get(code) for code in codes]
    return pd.DataFrame(
        {
            t("District"): list(names.members(codes).values()),
            t("{name} ({detail})", name=name, detail=show.unit): [
                round(f.value * show.scale, max(show.decimals, 2)) if f else None for f in found
            ],
            t("Rank"): pd.array([ranking.place(code) for code in codes], dtype="Int64"),
            t("Period"): formats.period_name(view.column),
            t("Source"): [
                f"{claims.secondary_mark(figure_table, view.metric, view.column, (code,))} {source_names(figure.source_ids)}".lstrip()
                if figure
                else figure_table.gap(view.metric, view.column, code).get(view.lang, t("No data"))
                for code, figure in zip(codes, found, strict=True)
            ],
        }
    )
