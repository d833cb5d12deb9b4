"""The floor: what Streamlit and streamlit-folium cost with nothing on the map."""

import folium
import streamlit as st
from streamlit_folium import st_folium

from bench.apps.leaflet import without_cdn

st.set_page_config(page_title="Floor", layout="wide")
st_folium(
    without_cdn(folium.Map(location=[23.2, 113.5], zoom_start=9, tiles=None)), height=520, use_container_width=True
)
