"""The map and its legend: the only call of st_folium."""

from collections.abc import Sequence
from html import escape

import streamlit as st
from streamlit_folium import st_folium

from geo import mapping
from geo.mapping import Bounds, Picture
from geo.schema import UNDATED
from ui import assets, data, formats, names, state
from ui.i18n import t

__all__ = ["legend", "panel"]

HEIGHT = 520
_HATCH = "repeating-linear-gradient(45deg,#aab1b8 0 2px,#f1f0ec 2px 5px)"


def panel(picture: Picture, focus: Bounds, key: str) -> None:
    """Draw the map.

    Parameters
    ----------
    picture
        What it shows; a new one repaints the map in place.
    focus
        What it opens on, degrees; constant for a page, for the map is rebuilt when this changes.
    key
        Session key of the map, one for each page.
    """
    with st.container(key="map"):
        st_folium(
            mapping.base_map(focus, assets.scripts(), assets.styles()),
            key=key,
            height=HEIGHT,
            use_container_width=True,
            feature_group_to_add=mapping.paint(picture),
            returned_objects=[],  # map.js reports clicks itself, at once
            on_change=lambda: _take_click(key),
        )


def _take_click(key: str) -> None:
    """Carry a click on the map into the view."""
    state.select(str((st.session_state.get(key) or {}).get("selected", "")))


def legend() -> None:
    """Draw the legend of the view's metric: classes, no data, and over which periods the limits hold."""
    view = state.view()
    metric = data.book().metrics[view.metric]
    shown = data.classes(view.metric, view.scheme, view.k, view.palette, view.breaks)
    labels = [formats.range_text(low, high, metric) for low, high in zip(shown.edges, shown.edges[1:], strict=False)]
    swatches = [_swatch(colour, label) for colour, label in zip(shown.colours, labels, strict=True)]
    swatches.append(_swatch(_HATCH, t("No data")))
    title = f"<strong>{escape(names.metric(view.metric))}</strong> ({escape(formats.unit(metric))})"
    st.container(key="legend").html(
        f"<div style='display:flex;flex-wrap:wrap;gap:.25rem .9rem;align-items:center;font-size:.86rem'>{title}{''.join(swatches)}</div>"
        f"<div style='font-size:.8rem;opacity:.75;margin-top:.15rem'>{escape(_locked_note(view.metric))}</div>"
    )


def _swatch(background: str, label: str) -> str:
    """Return one entry of the legend."""
    box = f"display:inline-block;width:1.35em;height:.95em;border:1px solid rgba(128,128,128,.55);border-radius:3px;background:{background}"
    return f"<span style='display:inline-flex;align-items:center;gap:.35em;white-space:nowrap'><i style='{box}'></i>{escape(label)}</span>"


def _locked_note(metric_id: str) -> str:
    """Return the sentence that says over which periods the limits are computed."""
    periods: Sequence[str] = data.book().periods(metric_id)
    if len(periods) < 2 or UNDATED in periods:
        return t("Dashed: schematic cluster areas. Blue bands: river, schematic width.")
    return t(
        "Limits computed once over all periods ({first} to {last}): a colour means the same value in each. Dashed: schematic cluster areas.",
        first=formats.period_name(periods[0]), last=formats.period_name(periods[-1]),
    )  # fmt: skip
