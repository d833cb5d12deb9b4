"""Nine districts: map and cards of the nine, and the profile of the selected one."""

import streamlit as st

from geo import mapping
from ui import controls, data, map_panel, picture, profile

controls.filters(tiers=False)
left, right = st.columns([0.58, 0.42], gap="medium")
with left:
    map_panel.panel(
        picture.choropleth("district"), mapping.bounds(data.atlas().districts.geometry), key="districts_map"
    )
    map_panel.legend("district")
with right:
    profile.profile()
profile.cards()
