"""What the map shows for a view, in the visitor's language and theme."""

from dataclasses import replace

import streamlit as st

from geo.figures.classification import Classes
from geo.figures.table import FigureTable
from geo.maps import house, map_styles
from geo.maps.folium_map import MapStyle
from ui import data, state

__all__ = ["choose_tenant", "choropleth", "close_up", "figures", "is_dark", "tenant", "with_sites"]

_TENANT = "tenant"


def choropleth(tier: str = "") -> MapStyle:
    """Return the map style of the view's metric, with what lies outside the tier (the view's where none is given) muted."""
    view = state.view()
    return figures(data.figures(), data.classes(), view.metric, view.column, tier or view.tier)


def figures(figure_table: FigureTable, classes: Classes, metric_id: str, period: str, tier: str = "all") -> MapStyle:
    """Return the map style of any metric of any figures, with what lies outside the tier muted."""
    members = data.tier_members(tier)
    return _framed(map_styles.choropleth(figure_table, classes, metric_id, period, members, state.language()), tier)


def close_up(adcode: str) -> MapStyle:
    """Return the map style of one cluster's district at street scale: the district tinted, all others muted."""
    found = map_styles.site(data.atlas(), adcode, data.places_in(adcode), state.language(), dark=is_dark())
    return _framed(replace(found, tenant=tenant()), "all")


def with_sites(map_style: MapStyle) -> MapStyle:
    """Return a map style that also names the sites in the selected district."""
    selected = state.view().sel
    return map_styles.with_places(map_style, data.atlas(), data.places_in(selected)) if selected else map_style


def tenant() -> str:
    """Return the company that was chosen on the map or in the list, "" for none."""
    return str(st.session_state.get(_TENANT, ""))


def choose_tenant(company: str) -> None:
    """Choose a company on the map and in the list; "" chooses none."""
    st.session_state[_TENANT] = company


def is_dark() -> bool:
    """Whether this visitor's theme is dark."""
    return bool(st.context.theme.type == "dark")


def _framed(map_style: MapStyle, tier: str) -> MapStyle:
    """Return a map style with what belongs to the session: zones of the tier, selection, theme."""
    muted = map_styles.muted_zones(data.atlas(), tier)
    layers = house.on_page(data.atlas(), state.page() or "overview")
    return replace(map_style, muted_zones=muted, selected=state.view().sel, dark=is_dark(), layers=layers)
