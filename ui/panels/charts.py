"""Ranking bars and the table, both of which select."""

import pandas as pd
import streamlit as st

from geo.escaping import escape_markdown
from geo.figures import claims, export
from geo.figures.bars import bar_spans
from geo.schema import PAIR
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


def ranking(above: str = "") -> None:
    """Draw the districts of the tier as bars, largest first, those without a figure last; signs in the figures ``above`` are explained as well."""
    view = state.view()
    metric = data.figures().metrics[view.metric]
    name = claims.metric_name(data.figures(), view.metric, view.column, view.lang)
    title = t("Ranking: {metric}, {period}", metric=name, period=formats.period_name(view.column))
    with st.container(key="ranking", gap="small"):
        shown_in = formats.unit(metric)
        st.markdown(t("{name} ({detail})", name=f"**{escape_markdown(title)}**", detail=escape_markdown(shown_in)))
        rows = _rows()
        _RANKING(
            key="ranking_bars",
            data={"title": title, "selected": view.sel, "rows": rows, "second": names.quality("secondary")},
            on_selected_change=_take_selection,
        )
        st.caption(escape_markdown(_base(above + "".join(row[3] for row in rows))))


def _base(text: str) -> str:
    """Return what the ranks are of, and what an asterisk, and a dagger in a text, mean."""
    view, figure_table = state.view(), data.figures()
    shown = figure_table, view.metric, view.column
    ends = view.column.split(PAIR) if not view.since or "*" in text else ()
    starred = (claims.footnote(data.figure_table(), view.metric, end, view.lang) for end in ends)
    notes = (
        claims.rank_note(claims.ranking(*shown), view.lang),
        *dict.fromkeys(starred),
        claims.secondary_mark_note(text, view.lang),
    )
    return " ".join(filter(None, notes))


def _take_selection() -> None:
    """Carry a click on a bar into the view."""
    state.select(str(st.session_state["ranking_bars"].selected or ""))


def _rows() -> list[tuple[str, str, str, str, float, float, str]]:
    """Return each bar as adcode, name, rank, value, where it begins and how wide it is in per cent, colour.

    The colour is empty without a figure, the rank also where there is one only and where a figure is not ranked.
    """
    view, figure_table = state.view(), data.figures()
    column = figure_table.column(view.metric, view.column)
    ranking, called = (
        claims.ranking(figure_table, view.metric, view.column),
        names.members(data.tier_members(view.tier)),
    )
    known = [code for code in sorted(called, key=ranking.order) if code in column]
    rows = []
    for code, (start, end) in zip(known, bar_spans([column[code].value for code in known]), strict=True):
        value = column[code].value
        text = claims.format_value(figure_table, view.metric, view.column, value, view.lang)
        text += claims.secondary_mark(figure_table, view.metric, view.column, (code,))
        bar = round(100 * start, 1), round(100 * (end - start), 1), data.classes().colours[data.classes().index(value)]
        rows.append((code, called[code], str(ranking.place(code) or ""), text, *bar))
    without = claims.without_figure(figure_table, view.metric, view.lang)
    return rows + [(code, called[code], "", without, 0.0, 0.0, "") for code in sorted(called) if code not in column]


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
            on_select=lambda: _take_row(codes),
            selection_mode="single-row",
            selection_default={"selection": {"rows": selected}},
            height=_ROW_HEIGHT * (len(codes) + 1) + 3,
            row_height=_ROW_HEIGHT,
            placeholder="—",
            alt=t("Figures by district"),
        )
        printing.table(frame)
        st.caption(escape_markdown(_base("".join(frame.iloc[:, -1]))))
        shown = data.data_version(state.shown_version())
        version, number = (shown.words(view.lang), f"-v{shown.number}") if shown else ("", "")
        figures, atlas = data.figures(), data.atlas()  # of this run: on the press there is no session to ask
        st.download_button(
            t("Download CSV"),
            data=lambda: export.figures_csv(figures, atlas, view.metric, view.lang, version),
            file_name=f"guangzhou-1-1-9-{view.metric}{'-change' if view.since else ''}{number}-{view.lang}.csv",
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
