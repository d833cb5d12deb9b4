"""Nine districts: map and cards of the nine, and the profile of the selected one."""

import streamlit as st

from geo.maps import folium_map
from ui import controls, data
from ui.panels import map_panel, map_style, profile

controls.filters(tiers=False)
left, right = st.columns([0.58, 0.42], gap="medium")
with left:
    map_panel.panel(
        map_style.with_sites(map_style.choropleth("district")),
        folium_map.bounds(data.atlas().districts.geometry),
        key="districts_map",
    )
    map_panel.legend("district")
with right:
    profile.profile()
profile.cards()
