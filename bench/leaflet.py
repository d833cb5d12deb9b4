"""Leaflet from this server for the two apps compared with, as a CDN would hand it out but without leaving the machine."""

from importlib.resources import files
from pathlib import Path

import folium
import streamlit.components.v1 as components

__all__ = ["without_cdn"]

# Streamlit serves a component's folder; the address is relative to streamlit-folium's frame at /component/…/index.html.
_LEAFLET = components.declare_component("leaflet_assets", path=Path(str(files("xstatic.pkg.leaflet"))) / "data")
_ADDRESS = f"../{_LEAFLET.name}"


def without_cdn(map_: folium.Map) -> folium.Map:
    """Make a map load Leaflet from this server, and nothing else.

    folium asks CDNs for Leaflet, jQuery, Bootstrap and icons, which a machine without internet cannot do. Leaving all but Leaflet out
    makes the app faster than a tutorial's, not slower.
    """
    map_.default_js = [("leaflet", f"{_ADDRESS}/leaflet.js")]
    map_.default_css = [("leaflet_css", f"{_ADDRESS}/leaflet.css")]
    return map_
