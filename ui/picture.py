"""What the map shows for a view, in the visitor's language."""

import streamlit as st

from geo.book import Figure
from geo.mapping import Picture, Shape
from geo.measures import ranks
from geo.schema import ADCODES, Metric
from ui import data, formats, names, state
from ui.i18n import pick, t

__all__ = ["choropleth", "close_up", "figure_lines"]


def choropleth() -> Picture:
    """Return the picture of the view's metric, with what lies outside its tier muted."""
    view, book = state.view(), data.book()
    metric, column = book.metrics[view.metric], book.column(view.metric, view.period)
    classes = data.classes(view.metric, view.scheme, view.k, view.palette, view.breaks)
    members = data.tier_members(view.tier)
    rank = ranks(book, view.metric, view.period, members)
    shapes = {}
    for code in ADCODES:
        figure = column.get(code)
        inside = code in members
        shapes[code] = Shape(
            name=names.district(code),
            fill=classes.colours[classes.index(figure.value)] if figure and inside else "",
            muted=not inside,
            lines=figure_lines(metric, view.period, figure, rank.get(code), len(rank)),
            mark="district" if code in data.tier_members("district") else "",
        )
    return _framed(shapes, view.tier)


def close_up(adcode: str, fill: str) -> Picture:
    """Return the picture of one cluster's district at street scale: the district tinted, all others muted."""
    shapes = {code: Shape(name=names.district(code), fill=fill if code == adcode else "", muted=code != adcode) for code in ADCODES}
    return _framed(shapes, "all", places=True)


def figure_lines(metric: Metric, period: str, figure: Figure | None, rank: int | None, of: int) -> tuple[str, ...]:
    """Return the lines that say a figure: value and period, rank, and what a reader must know of it."""
    head = f"{metric.name[state.language()]}, {formats.period_name(period)}: {formats.amount(figure.value if figure else None, metric)}"
    lines = [head]
    if rank:
        lines.append(t("Rank {rank} of {of}", rank=rank, of=of))
    if figure and figure.quality == "secondary":
        lines.append(t("Second-choice source"))
    return tuple(lines)


def _framed(shapes: dict[str, Shape], tier: str, places: bool = False) -> Picture:
    """Return a picture with the zones, the neighbours' names and the words of the map's controls around the districts."""
    atlas = data.atlas()
    tiers = dict(zip(atlas.clusters["cluster_id"], atlas.clusters["tier"], strict=True))
    zones = {
        zone.cluster_id: Shape(
            name=pick(zone, "name"),
            muted=tier not in ("all", tiers[zone.cluster_id]),
            lines=(names.cluster(zone.cluster_id), t("Schematic outline, no planning boundary")),
            mark=tiers[zone.cluster_id],
        )
        for zone in atlas.zones.itertuples()
    }
    context = atlas.context
    return Picture(
        shapes=shapes,
        zones=zones,
        cities={row.adcode: pick(row, "name") for row in context[context["kind"] == "city"].itertuples() if row.adcode != "440100"},
        places=[pick(row, "name") for row in context[context["kind"] == "place"].itertuples()] if places else [],
        words={"map": t("Map of Guangzhou's districts"), "zoomIn": t("Zoom in"), "zoomOut": t("Zoom out")},
        selected=state.view().sel,
        dark=st.context.theme.type == "dark",
    )
