"""The map before and after: the same frame, repainted in place."""

import streamlit as st

from geo.changes.effects import changed_periods
from geo.figures import measures
from geo.figures.classification import Classes, classify
from geo.maps import folium_map
from geo.schema import Atlas
from ui import formats, names, state
from ui.i18n import t
from ui.panels import map_panel, map_style

__all__ = ["draw"]


def draw(before: Atlas, after: Atlas) -> None:
    """Draw one of the figures that change, as it is now and as it would be; colours as the catalogue classes them."""
    books = {"before": measures.figures(before), "after": measures.figures(after)}
    changed = {
        (metric, period): f"{names.metric(metric)} · {formats.period_name(period)}"
        for metric in after.metrics
        for period in changed_periods(books["before"], books["after"], metric)
    }
    if not changed:
        st.caption(t("No figures on the map change."))
        return
    with st.container(horizontal=True, vertical_alignment="bottom"):
        metric, period = st.selectbox(t("Metric"), list(changed), format_func=changed.__getitem__, key="effect_figure")
        when = {"before": t("Before"), "after": t("After")}
        chosen = st.segmented_control(
            t("Map"), list(when), format_func=when.__getitem__, default="after", required=True, key="effect_when"
        )
    figure_table = books[chosen]
    entry = figure_table.metrics[metric]
    classes: Classes = classify(
        figure_table.all_values(metric, period), entry.scheme, entry.classes, state.view().palette
    )
    map_panel.panel(
        map_style.figures(figure_table, classes, metric, period),
        folium_map.bounds(after.districts.geometry),
        key="effect_map",
    )
    map_panel.legend_of(figure_table, classes, metric, period)
