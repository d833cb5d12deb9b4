"""What a map shows, as a :class:`geo.maps.folium_map.MapStyle` in a language that is given."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from geo.data import joining
from geo.fields import word_name
from geo.figures import claims
from geo.figures.classification import Classes
from geo.figures.measures import current_tenants
from geo.figures.table import FigureTable
from geo.maps.folium_map import MapStyle, Shape, Tenant
from geo.maps.themes import THEMES
from geo.names import district_names, tier_members
from geo.schema import ADCODES, LANGUAGES, TIERS, Atlas
from geo.translation import mark, translate

__all__ = [
    "HOME",
    "PLAN_COLOURS",
    "choropleth",
    "map_words",
    "muted_zones",
    "plan",
    "plan_names",
    "site",
    "with_places",
]

HOME = {name: theme.home for name, theme in THEMES.items()}  # tint of the district whose cluster is shown, by theme
# Of the plan's tiers; told apart in greyscale and by colour-blind eyes, since their lightness differs.
PLAN_COLOURS: Mapping[str, str] = {"headquarters": "#7d2616", "second": "#c8702a", "district": "#e3b566"}
_HOMES = {  # what a filled district is called: it is much larger than the cluster in it
    "headquarters": mark("location of the headquarters cluster"),
    "second": mark("location of the second cluster"),
    "district": mark("each has a district cluster"),
}
_WORDS = {
    "map": mark("Map of Guangzhou's districts"),
    "zoomIn": mark("Zoom in"),
    "zoomOut": mark("Zoom out"),
    "skip": mark("Skip the map"),
    "schematic": mark("Schematic outline, not a planning boundary"),
}


def choropleth(
    figure_table: FigureTable, classes: Classes, metric_id: str, period: str, members: Collection[str], language: str
) -> MapStyle:
    """Return the map style of a metric; districts that are no ``members`` are muted, those without a figure hatched."""
    column = figure_table.column(metric_id, period)
    shapes = {}
    for code in ADCODES:
        figure, inside = column.get(code), code in members
        shapes[code] = Shape(
            fill=classes.colours[classes.index(figure.value)] if figure and inside else "",
            muted=not inside,
            lines=_lines(figure_table, metric_id, period, code, language),
        )
    head = claims.title(figure_table, metric_id, period, language)
    return MapStyle(shapes, head=head, language=language)


def _lines(figure_table: FigureTable, metric_id: str, period: str, code: str, language: str) -> tuple[str, ...]:
    """Return the lines that say a district's figure: value, rank, and what a reader must know of it; or why there is none, where that is known."""
    figure = figure_table.column(metric_id, period).get(code)
    if figure is None:
        return (
            claims.without_figure(figure_table, metric_id, language),
            *filter(None, [figure_table.gap(metric_id, period, code).get(language)]),
        )
    lines = (
        claims.amount(figure_table, metric_id, period, figure.value, language),
        claims.rank_words(claims.ranking(figure_table, metric_id, period), code, language),
        translate(language, "Secondary source") if figure.quality == "secondary" else "",
        claims.footnote(figure_table, metric_id, period, language),
        figure_table.metrics[metric_id].remark(period, language, code),
    )
    return tuple(filter(None, lines))


def plan(atlas: Atlas, members: Collection[str], language: str) -> MapStyle:
    """Return the map style of the plan: each district in the colour of its cluster's tier, called the cluster's home; those that are no ``members`` muted."""
    shapes = {
        row.adcode: Shape(
            fill=PLAN_COLOURS[row.tier] if row.adcode in members else "",
            muted=row.adcode not in members,
            lines=(
                translate(language, "Cluster in this district: {cluster}", cluster=getattr(row, f"name_{language}")),
            ),
        )
        for row in atlas.clusters.itertuples()
    }
    return MapStyle(shapes, language=language)


def plan_names(atlas: Atlas, language: str) -> dict[str, str]:
    """Return what the colours of :func:`plan` mean, by tier: "Haizhu (home of the headquarters cluster)"."""
    called = district_names(atlas, language)
    found: dict[str, str] = {}
    for tier in TIERS:
        members, home = tier_members(atlas, tier), translate(language, _HOMES[tier])
        who = called[members[0]] if len(members) == 1 else translate(language, "{count} districts", count=len(members))
        found[tier] = translate(language, "{name} ({detail})", name=who, detail=home)
    return found


def site(atlas: Atlas, adcode: str, places: Sequence[int], language: str, *, dark: bool = False) -> MapStyle:
    """Return the map style of one district at street scale: it tinted, all others muted, with its cluster's tenants and some of the ``places``."""
    fill = HOME["dark" if dark else "light"]
    shapes = {code: Shape(fill=fill if code == adcode else "", muted=code != adcode) for code in ADCODES}
    there = _placed(atlas, adcode, language)
    style = with_places(MapStyle(shapes, language=language), atlas, (*places, *(tenant.place for tenant in there)))
    named = set(places) - {tenant.place for tenant in there}
    return replace(style, places=tuple(sorted(named)), tenants=there)


def _placed(atlas: Atlas, adcode: str, language: str) -> tuple[Tenant, ...]:
    """Return the companies of a district's cluster whose site is known, in the order of their list."""
    numbers = {site: number for number, site in joining.places(atlas)["site_id"].items() if site}
    clusters = atlas.clusters.loc[atlas.clusters["adcode"] == adcode, "cluster_id"]
    return tuple(
        Tenant(
            row.company_id,
            numbers[row.site_id],
            row.status,
            getattr(row, f"company_{language}"),
            _detail(row, language),
        )
        for cluster in clusters
        for row in current_tenants(atlas.tenants, cluster).itertuples()
        if row.site_id in numbers
    )


def _detail(row: object, language: str) -> str:
    """Return a status with its date: it may be years old."""
    status = word_name("tenants.csv", "status", row.status, language)  # type: ignore[attr-defined]
    return translate(language, "{name} ({detail})", name=status, detail=row.date) if row.date else status  # type: ignore[attr-defined]


def with_places(style: MapStyle, atlas: Atlas, places: Sequence[int]) -> MapStyle:
    """Return a map style that names some places too, and whose they are."""
    shown = joining.places(atlas).loc[list(places), "site_id"]
    credit = translate(style.language, "© OpenStreetMap contributors") if (shown != "").any() else ""
    return replace(style, places=tuple(places), credit=credit)


def muted_zones(atlas: Atlas, tier: str) -> list[str]:
    """Return the clusters with a zone that lie outside a tier."""
    if tier == "all":
        return []
    clusters = atlas.clusters
    return list(clusters.loc[(clusters["tier"] != tier) & (clusters["tier"] != "district"), "cluster_id"])


def map_words() -> dict[str, dict[str, str]]:
    """Return the words of the map's own controls in both languages."""
    return {language: {key: translate(language, text) for key, text in _WORDS.items()} for language in LANGUAGES}
