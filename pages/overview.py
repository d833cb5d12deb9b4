"""Overview: the choropleth of all eleven districts beside figures, ranking and table."""

import streamlit as st

from geo.maps import folium_map
from ui import controls, data, state, versions
from ui.panels import charts, kpi, map_panel, map_style


@st.fragment
def overview() -> None:
    """Draw everything that follows the filters, apart from the shell: a filter or a click reruns only this."""
    versions.refresh_fragment()
    controls.filters()
    figures = kpi.row()
    left, right = st.columns([0.62, 0.38], gap="medium")
    with left:
        map_panel.panel(map_style.choropleth(), folium_map.bounds(data.atlas().districts.geometry), key="overview_map")
        map_panel.legend()
    with right:
        charts.ranking(figures)
    charts.table()
    state.publish()


overview()
