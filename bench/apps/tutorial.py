"""The usual tutorial app on our data: reads, joins and rebuilds the whole folium map in each run through st_folium.

Written the way introductions to streamlit-folium are, one script from top to bottom. Four things differ from what they would write:

- No tiles, and Leaflet from this server (:mod:`bench.apps.leaflet`): measured on machines without internet. Both spare the app work.
- Each shape has the class ``district-<adcode>``, so that the same click can be made in both apps.
- Colours come from a few lines here rather than ``branca.colormap``, whose legend would load d3 from a CDN.
- The chosen district is shown in a container with a key, so that the same text can be waited for in both apps.
"""

from pathlib import Path
from typing import Any

import folium
import geopandas as gpd
import pandas as pd
import streamlit as st
from streamlit_folium import st_folium

from bench.apps.leaflet import without_cdn

DATA = Path(__file__).resolve().parents[2] / "data"
LABELS = {"gdp": "GDP", "population": "Residents", "area_official": "Area"}
PERIODS = {"gdp": "2023", "population": "2023", "area_official": "undated"}  # the latest that cover every district
COLOURS = ["#eff3ff", "#bdd7e7", "#6baed6", "#3182bd", "#08519c"]

st.set_page_config(page_title="Guangzhou districts", layout="wide")
st.title("Guangzhou districts")

metric = st.selectbox("Figure", list(LABELS), format_func=LABELS.__getitem__, key="metric")

districts = gpd.read_file(DATA / "districts.geojson")
indicators = pd.read_csv(DATA / "indicators.csv", dtype={"adcode": str})
chosen = indicators[(indicators["metric"] == metric) & (indicators["period"] == PERIODS[metric])]
joined = districts.merge(chosen[["adcode", "value"]], on="adcode", how="left")
low, high = joined["value"].min(), joined["value"].max()


def style(feature: dict[str, Any]) -> dict[str, Any]:
    """Return how a district looks."""
    share = (feature["properties"]["value"] - low) / (high - low)
    return {
        "className": f"district-{feature['properties']['adcode']}",
        "fillColor": COLOURS[min(int(share * len(COLOURS)), len(COLOURS) - 1)],
        "color": "black",
        "weight": 1,
        "fillOpacity": 0.7,
    }


m = without_cdn(folium.Map(location=[23.25, 113.5], zoom_start=9, tiles=None))
folium.GeoJson(
    joined,
    style_function=style,
    tooltip=folium.GeoJsonTooltip(fields=["name_en", "value"], aliases=["District", LABELS[metric]]),
).add_to(m)

left, right = st.columns([2, 1])
with left:
    output = st_folium(m, height=520, use_container_width=True)
with right, st.container(key="kpi"):
    if output["last_active_drawing"]:
        properties = output["last_active_drawing"]["properties"]
        value = joined.loc[joined["adcode"] == properties["adcode"], "value"].iloc[0]
        st.metric(properties["name_en"], f"{value:,.0f}")
    else:
        st.write("Click a district")
