"""What the map shows for a view, in the visitor's language."""

from dataclasses import replace

import streamlit as st

from geo.book import Book, Figure
from geo.classification import Classes
from geo.mapping import Picture, Shape
from geo.measures import ranks
from geo.schema import ADCODES, Metric
from geo.view import LANGUAGES
from ui import data, formats, state
from ui.i18n import mark, t, translate

__all__ = ["choropleth", "close_up", "figures", "map_words"]

_HOME = {"light": "#b5d2ec", "dark": "#274a6b"}  # tint of the district whose cluster is shown, by theme


def choropleth(tier: str = "") -> Picture:
    """Return the picture of the view's metric, with what lies outside the tier (the view's where none is given) muted."""
    view = state.view()
    classes = data.classes(view.metric, view.scheme, view.k, view.palette, view.breaks)
    return figures(data.book(), classes, view.metric, view.period, tier or view.tier)


def figures(book: Book, classes: Classes, metric_id: str, period: str, tier: str = "all") -> Picture:
    """Return the picture of any metric of any figures, with what lies outside the tier muted."""
    metric, column = book.metrics[metric_id], book.column(metric_id, period)
    members = data.tier_members(tier)
    rank = ranks(book, metric_id, period, members)
    shapes = {}
    for code in ADCODES:
        figure = column.get(code)
        inside = code in members
        shapes[code] = Shape(
            fill=classes.colours[classes.index(figure.value)] if figure and inside else "",
            muted=not inside,
            lines=_lines(metric, figure, rank.get(code), len(rank)),
        )
    head = f"{metric.name[state.language()]} · {formats.period_name(period)}"
    return _framed(Picture(shapes, head=head), tier)


def close_up(adcode: str) -> Picture:
    """Return the picture of one cluster's district at street scale: the district tinted, all others muted."""
    fill = _HOME["dark" if st.context.theme.type == "dark" else "light"]
    shapes = {code: Shape(fill=fill if code == adcode else "", muted=code != adcode) for code in ADCODES}
    return _framed(Picture(shapes, places=data.places_in(adcode)), "all")


def _lines(metric: Metric, figure: Figure | None, rank: int | None, of: int) -> tuple[str, ...]:
    """Return the lines that say a figure: value, rank, and what a reader must know of it."""
    lines = [formats.amount(figure.value if figure else None, metric)]
    if rank:
        lines.append(t("Rank {rank} of {of}", rank=rank, of=of))
    if figure and figure.quality == "secondary":
        lines.append(t("Second-choice source"))
    return tuple(lines)


def _framed(picture: Picture, tier: str) -> Picture:
    """Return a picture with what belongs to the session: zones of the tier, selection, language, theme."""
    clusters = data.atlas().clusters
    muted = (
        clusters.loc[(clusters["tier"] != tier) & (clusters["tier"] != "district"), "cluster_id"]
        if tier != "all"
        else ()
    )
    view = state.view()
    return replace(
        picture, muted_zones=list(muted), selected=view.sel, language=view.lang, dark=st.context.theme.type == "dark"
    )


def map_words() -> dict[str, dict[str, str]]:
    """Return the words of the map's own controls in both languages."""
    words = {
        "map": mark("Map of Guangzhou's districts"),
        "zoomIn": mark("Zoom in"),
        "zoomOut": mark("Zoom out"),
        "schematic": mark("Schematic outline, no planning boundary"),
    }
    return {language: {key: translate(language, text) for key, text in words.items()} for language in LANGUAGES}
