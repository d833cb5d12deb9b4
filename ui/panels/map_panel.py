"""The map and its legend: the only call of st_folium."""

from collections.abc import Collection
from html import escape

import streamlit as st
from streamlit_folium import st_folium

from geo import wording
from geo.escaping import escape_markdown
from geo.figures.classification import Classes
from geo.figures.table import FigureTable
from geo.maps import folium_map, legends
from geo.maps.folium_map import Bounds, MapStyle
from geo.schema import ADCODES
from ui import asset_routes, data, formats, names, state
from ui.i18n import pick, t
from ui.panels import map_style

__all__ = ["legend", "legend_of", "panel", "zone_note"]

HEIGHT = 520


def panel(style: MapStyle, focus: Bounds, key: str, place: str = "") -> None:
    """Draw the map.

    Parameters
    ----------
    style
        What it shows; a new one repaints the map in place.
    focus
        What it opens on, degrees; constant for a page, for the map is rebuilt when this changes.
    key
        Session key of the map, another for each map of each page.
    place
        Which map of the page it is: "" for the first, a word of its own for each other; its legend is given the same.
    """
    with st.container(key=_placed("map", place)):
        st_folium(
            folium_map.base_map(focus, asset_routes.scripts(), asset_routes.styles()),
            key=key,
            height=HEIGHT,
            use_container_width=True,
            render=False,  # it renders the map a second time in any case
            feature_group_to_add=folium_map.paint(style),
            returned_objects=[],  # map.js reports clicks itself, at once
            on_change=lambda: _take_click(key),
        )


def _placed(name: str, place: str) -> str:
    """Return the key of a container, which is also its class for style sheets: ``st-key-map``, ``st-key-map_left``."""
    return f"{name}_{place}" if place else name


def _take_click(key: str) -> None:
    """Carry a click on the map into the view, or to the list of tenants."""
    clicked = st.session_state.get(key) or {}
    if "tenant" in clicked:
        map_style.choose_tenant(str(clicked["tenant"]))
    else:
        state.select(str(clicked.get("selected", "")))


def legend(tier: str = "", place: str = "") -> None:
    """Draw the legend of what the view shows; under one of changes, which districts of the tier (the view's where none is given) cannot be compared."""
    view = state.view()
    legend_of(data.figures(), data.classes(), view.metric, view.column, place=place)
    if view.since:
        _not_compared(data.tier_members(tier or view.tier), place)


def _not_compared(members: Collection[str], place: str) -> None:
    """Name the districts that cannot be compared over the view's pair of periods, by the reason."""
    view, figures = state.view(), data.figures()
    reasons: dict[str, list[str]] = {}
    for code in ADCODES:
        if code in members and code not in figures.column(view.metric, view.column):
            reason = figures.gap(view.metric, view.column, code)[view.lang].rstrip(".。")
            reasons.setdefault(reason, []).append(names.district(code))
    parts = [
        t("{districts} ({reason})", districts=wording.listing(who, view.lang), reason=why)
        for why, who in reasons.items()
    ]
    if parts:
        text = t("Hatched (no comparable figures): {districts}.", districts=t("; ").join(parts))
        st.container(key=_placed("not_compared", place)).caption(escape_markdown(text))


def legend_of(figure_table: FigureTable, classes: Classes, metric_id: str, period: str, place: str = "") -> None:
    """Draw the legend of any metric: classes, no data, and over which periods the limits hold."""
    shown_legend = legends.legend(figure_table, classes, metric_id, state.language(), period)
    swatches = [_swatch(swatch.colour, swatch.label) for swatch in shown_legend.swatches]
    title = f"<strong>{escape(shown_legend.title)}</strong> ({escape(shown_legend.unit)})"
    theme, note = " dark" if map_style.is_dark() else "", escape(shown_legend.note)
    st.container(key=_placed("legend", place)).html(
        f"<div class='legend{theme}'>{title}{''.join(swatches)}</div><small class=legend-note>{note}</small>"
    )


def zone_note(cluster_id: str, place: str = "") -> None:
    """Draw, as the legend of a close-up, what the dashed outline is and how large."""
    zone = next(row for row in data.atlas().zones.itertuples() if row.cluster_id == cluster_id)
    area = t("Measured: {area} km².", area=formats.plain(zone.area_km2, 1))
    st.container(key=_placed("legend", place)).caption(escape_markdown(f"{pick(zone, 'note')} {area}"))


def _swatch(colour: str, label: str) -> str:
    """Return one entry of the legend; hatched without a colour."""
    look = f"style='background:{colour}'" if colour else "class=hatched"
    return f"<span><i {look}></i>{escape(label)}</span>"
