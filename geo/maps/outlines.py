"""The atlas to polygons on a page: what files draw their maps from."""

import functools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import geopandas as gpd
import numpy as np
import shapely
from pyproj import Transformer

from geo.data.joining import places
from geo.data.story import Box
from geo.schema import CITY, GEOGRAPHIC_CRS, MEASURING_CRS, Atlas

__all__ = ["MapFrame", "Point", "Polygons", "Ring", "Traced", "frame", "place_key"]

Point = tuple[float, float]  # x, y in page units, y down
Ring = tuple[Point, ...]  # closed: the first point is not repeated
Polygons = tuple[tuple[Ring, ...], ...]  # of each polygon its outer ring, then its holes
_Shapes = dict[str, shapely.Geometry]


@dataclass(frozen=True)
class Traced:
    """What of a feature of the office's layers lies on a page."""

    number: int  # of the feature, from 0
    parts: Polygons  # open lines, a point as a ring of one, or polygons
    at: Point  # where its name goes


@dataclass(frozen=True, eq=False)
class MapFrame:
    """All of a map that lies on a page, in page units from its upper left corner, y down, to hundredths."""

    width: float
    height: float
    scale: float  # page units per metre on the ground
    districts: Mapping[str, Polygons]  # by adcode; touching districts share their points
    zones: Mapping[str, Polygons]  # by cluster_id
    cities: Mapping[str, Polygons]  # by adcode: the neighbours, and the city itself as the ground beneath its districts
    rivers: Mapping[str, Polygons]  # by the adcodes of its banks
    anchors: Mapping[str, Point]  # well inside the visible part of each district, zone and neighbour; places themselves
    house: Mapping[str, tuple[Traced, ...]] = field(default_factory=dict)  # by layer, those that may be in files


@dataclass(frozen=True)
class _Layers:
    """The atlas in EPSG:4547."""

    districts: _Shapes
    zones: _Shapes
    cities: _Shapes
    rivers: _Shapes
    places: _Shapes
    house: Mapping[str, np.ndarray]  # shapes by layer


def place_key(number: int) -> str:
    """Return the key of a place, by its number in :func:`geo.data.joining.places`."""
    return f"place-{number}"


def frame(atlas: Atlas, box: Box, width: float, height: float, detail: float = 0.6, *, bleed: float = 0.0) -> MapFrame:
    """Return what a page shows of the atlas.

    Parameters
    ----------
    atlas
        Layers in EPSG:4326; they are drawn in EPSG:4547, where a metre is as long everywhere and in every direction.
    box
        West, south, east, north in degrees: what the page shows at least, centred.
    width, height
        Of the page, in any unit.
    detail
        Page units: smaller wiggles and polygons are left out.
    bleed
        Page units: how far shapes reach beyond the edge, for drawings that are cut there, so that no outline runs along it.

    Returns
    -------
    Polygons cut at the edge of the page or its bleed, from a cache: not to be changed.
    """
    return _frame(atlas, box, float(width), float(height), float(detail), float(bleed))


@functools.lru_cache(maxsize=96)
def _frame(atlas: Atlas, box: Box, width: float, height: float, detail: float, bleed: float) -> MapFrame:
    """Return a frame; both languages and all files of a deck ask for the same ones."""
    west, south, east, north = _transformer().transform_bounds(*box)
    scale = min(width / (east - west), height / (north - south))
    left, top = (west + east) / 2 - width / 2 / scale, (south + north) / 2 + height / 2 / scale
    layers, page = _layers(atlas), shapely.box(0, 0, width, height)
    sheet = shapely.box(-bleed, -bleed, width + bleed, height + bleed)

    def on_page(shapes: _Shapes, coverage: bool = True) -> _Shapes:
        """Return what of some shapes in metres can be seen, in page units."""
        moved = {key: shapely.transform(shape, to_page) for key, shape in shapes.items()}
        return _visible(moved, sheet, detail, coverage)

    def to_page(metres: np.ndarray) -> np.ndarray:
        """Return points in page units."""
        return np.column_stack(((metres[:, 0] - left) * scale, (top - metres[:, 1]) * scale))

    districts, cities = on_page(layers.districts), on_page(layers.cities)
    zones, rivers = on_page(layers.zones, coverage=False), on_page(layers.rivers, coverage=False)
    points = {key: shapely.transform(point, to_page) for key, point in layers.places.items()}
    anchors = {key: _point(point) for key, point in points.items() if page.intersects(point)}
    for shapes in (cities, districts, zones):
        anchors |= dict(_anchors(shapes, page))
    house = {
        id_: tuple(_traced(shapely.transform(shapes, to_page), sheet, detail)) for id_, shapes in layers.house.items()
    }
    return MapFrame(
        width,
        height,
        scale,
        _polygons(districts),
        _polygons(zones),
        _polygons(cities),
        _polygons(rivers),
        anchors,
        house,
    )


@functools.cache
def _transformer() -> Transformer:
    """Return the transformer from degrees to metres."""
    return Transformer.from_crs(GEOGRAPHIC_CRS, MEASURING_CRS, always_xy=True)


@functools.lru_cache(maxsize=8)
def _layers(atlas: Atlas) -> _Layers:
    """Return the layers of an atlas in EPSG:4547."""
    kind = atlas.context["kind"]
    named = places(atlas)
    return _Layers(
        _projected(atlas.districts, list(atlas.districts["adcode"])),
        _projected(atlas.zones, list(atlas.zones["cluster_id"])),
        _projected(atlas.context[kind == "city"], list(atlas.context.loc[kind == "city", "adcode"])),
        _projected(atlas.context[kind == "river"], list(atlas.context.loc[kind == "river", "adcode"])),
        _projected(named, [place_key(number) for number in named.index]),
        {layer.id: layer.features.geometry.to_crs(MEASURING_CRS).to_numpy() for layer in atlas.house if layer.files},
    )


def _traced(shapes: np.ndarray, sheet: shapely.Polygon, detail: float) -> Iterator[Traced]:
    """Yield what of the features of a layer, in page units, lies on a sheet."""
    seen = shapely.intersection(shapely.simplify(shapes, detail / 2), sheet)
    for number, shape in enumerate(seen):
        parts = [part for part in shapely.get_parts(shape) if not part.is_empty]
        if not parts:
            continue
        largest = max(parts, key=lambda part: (part.area, part.length))
        line = largest.geom_type == "LineString"
        at = largest.interpolate(0.5, normalized=True) if line else largest.representative_point()
        yield Traced(number, tuple(_rings(part) for part in parts), _point(at))


def _rings(part: shapely.Geometry) -> tuple[Ring, ...]:
    """Return the lines of a part to hundredths; of a polygon its outer ring, then its holes, each without its last point."""
    if part.geom_type == "Polygon":
        return tuple(
            _ring(shapely.transform(ring, lambda at: at.round(2))) for ring in (part.exterior, *part.interiors)
        )
    return (tuple((round(x, 2), round(y, 2)) for x, y in shapely.get_coordinates(part).tolist()),)


def _projected(layer: gpd.GeoDataFrame, keys: list[str]) -> _Shapes:
    """Return the shapes of a layer in EPSG:4547 by key, without those that are missing or empty."""
    shapes = layer.geometry.to_crs(MEASURING_CRS)
    return {key: shape for key, shape in zip(keys, shapes, strict=True) if shape is not None and not shape.is_empty}


def _visible(shapes: _Shapes, sheet: shapely.Polygon, detail: float, coverage: bool) -> _Shapes:
    """Return the simplified parts of shapes that lie on a sheet, without those too small to be seen."""
    near = {key: shape for key, shape in shapes.items() if sheet.intersects(shape)}
    geometries = np.array(list(near.values()), dtype=object)
    simple = shapely.coverage_simplify(geometries, detail) if coverage else shapely.simplify(geometries, detail / 2)
    cut = {key: _large_parts(part, detail) for key, part in zip(near, shapely.intersection(simple, sheet), strict=True)}
    return {key: shape for key, shape in cut.items() if not shape.is_empty}


def _large_parts(shape: shapely.Geometry, detail: float) -> shapely.MultiPolygon:
    """Return the polygons of a shape that are large enough to be seen, to hundredths of the page unit."""
    least = (2 * detail) ** 2
    parts = [part for part in shapely.get_parts(shape) if part.geom_type == "Polygon" and part.area >= least]
    filled = [
        shapely.Polygon(part.exterior, [hole for hole in part.interiors if shapely.Polygon(hole).area >= least])
        for part in parts
    ]
    return shapely.transform(shapely.MultiPolygon(filled), lambda points: points.round(2))


def _polygons(shapes: _Shapes) -> dict[str, Polygons]:
    """Return shapes as plain numbers."""
    return {
        key: tuple(tuple(map(_ring, (part.exterior, *part.interiors))) for part in shape.geoms)
        for key, shape in shapes.items()
    }


def _ring(line: shapely.LinearRing) -> Ring:
    """Return the points of a ring."""
    return tuple((x, y) for x, y in shapely.get_coordinates(line)[:-1].tolist())


def _anchors(shapes: _Shapes, page: shapely.Polygon) -> Iterator[tuple[str, Point]]:
    """Yield the centre of the largest circle inside each shape on the page; a small piece at the edge is not worth a name."""
    least = min(page.bounds[2:]) / 36
    for key, shape in shapes.items():
        seen = _large_parts(shapely.intersection(shape, page), 0)  # what only touches the page is a line
        if key == CITY or seen.is_empty:
            continue
        circle = shapely.maximum_inscribed_circle(seen, tolerance=1)
        if circle.length >= least or not page.exterior.intersects(shape):
            yield key, _point(shapely.get_point(circle, 0))


def _point(point: shapely.Point) -> Point:
    """Return a point as plain numbers."""
    return round(point.x, 2), round(point.y, 2)
