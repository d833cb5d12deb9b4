"""Problems of the layers: geometry that is missing, invalid, overlapping, outside its district, or left in GCJ-02."""

from collections.abc import Collection, Iterator, Mapping

import geopandas as gpd
import pandas as pd
import shapely

from geo.data.landmarks import SHIFT_TOLERANCE_M, shifted_points
from geo.schema import ADCODES, MEASURING_CRS, Problem, choice_problem

__all__ = ["layer_problems"]

GAP_WIDTH_M = 50  # narrower openings between districts count as gaps; the city has no wider hole either
_SHAPES: Mapping[str, tuple[str, ...]] = {"context.geojson": (), "sites.geojson": ("Point",)}  # others are areas
TOLERANCE_DEG = 1e-5  # about 1 m: a zone cut to its district shares its border


def layer_problems(layers: Mapping[str, gpd.GeoDataFrame], clusters: Collection[str] | None) -> Iterator[Problem]:
    """Yield the problems of the layers that are there.

    Parameters
    ----------
    layers
        By file name, EPSG:4326; features are numbered from 1 in problems.
    clusters
        Known cluster ids, None where they are not known.
    """
    for name, layer in layers.items():
        yield from _geometry(name, layer)
        yield from _attributes(name, layer)
        yield from _datum(name, layer)
    districts, zones = layers.get("districts.geojson"), layers.get("zones.geojson")
    if districts is not None:
        yield from _districts(districts)
    if districts is not None and zones is not None:
        yield from _zones(zones, districts, clusters)


def _geometry(name: str, layer: gpd.GeoDataFrame) -> Iterator[Problem]:
    """Yield features without a usable geometry, and districts or zones that are not areas."""
    shapes = layer.geometry
    unusable = shapely.is_missing(shapes.values) | shapes.is_empty | ~shapes.is_valid
    wanted = _SHAPES.get(name, ("Polygon", "MultiPolygon"))
    fitting = shapes.geom_type.isin(wanted) | (not wanted)
    for row in layer.index[unusable | ~fitting]:
        expected = f"a valid, non-empty {'point' if 'Point' in wanted else 'polygon'} (feature number given)"
        called = layer["site_id" if name == "sites.geojson" else "adcode"][row]
        yield Problem(name, row + 1, "geometry", str(called), expected)


def _attributes(name: str, layer: gpd.GeoDataFrame) -> Iterator[Problem]:
    """Yield features without a name in either language, and areas that are not numbers above 0."""
    for column in ("name_en", "name_zh"):
        for row in layer.index[
            ~layer[column].map(lambda text: isinstance(text, str) and bool(text.strip())).astype(bool)
        ]:
            yield Problem(name, row + 1, column, str(layer[column][row]), "a name (feature number given)")
    for column in [column for column in layer.columns if column.endswith("_km2")]:
        numbers = pd.to_numeric(layer[column], errors="coerce")
        for row in layer.index[~(numbers > 0)]:
            yield Problem(
                name, row + 1, column, str(layer[column][row]), "an area in km² above 0 (feature number given)"
            )


def _datum(name: str, layer: gpd.GeoDataFrame) -> Iterator[Problem]:
    """Yield points named after a landmark that lie where the shifted datum of Chinese map services puts it."""
    for row, mark in shifted_points(layer):
        point = layer.geometry[row]
        found = f"{layer['name_zh'][row]}: {point.x:.4f}, {point.y:.4f}"
        expected = (
            f"a WGS-84 position, here near {mark.lon:.4f}, {mark.lat:.4f} (feature number given); this one is within "
            f"{SHIFT_TOLERANCE_M} m of where GCJ-02 puts {mark.name_zh} ({mark.name_en}): convert it with geo.datum.gcj02_to_wgs84"
        )
        yield Problem(name, row + 1, "geometry", found, expected)


def _districts(districts: gpd.GeoDataFrame) -> Iterator[Problem]:
    """Yield districts that are missing, unknown or there twice, and borders that do not meet."""
    codes = list(districts["adcode"])
    for adcode in sorted(set(ADCODES) - set(codes)):
        yield Problem("districts.geojson", None, "adcode", "", f"a feature for district {adcode}")
    for row, adcode in enumerate(codes):
        if adcode not in ADCODES or adcode in codes[:row]:
            expected = "each of the eleven district codes once (feature number given)"
            yield Problem("districts.geojson", row + 1, "adcode", str(adcode), expected)
    metric = districts.to_crs(MEASURING_CRS).geometry
    if metric.is_valid.all() and not shapely.coverage_is_valid(metric.values, gap_width=GAP_WIDTH_M):
        yield Problem(
            "districts.geojson", None, "geometry", "overlap or gap", "districts that share their borders exactly"
        )


def _zones(zones: gpd.GeoDataFrame, districts: gpd.GeoDataFrame, clusters: Collection[str] | None) -> Iterator[Problem]:
    """Yield zones of no known cluster, and zones that reach out of their district."""
    homes = dict(zip(districts["adcode"], districts.geometry, strict=True))
    for row, zone in enumerate(zones.itertuples(), start=1):
        if clusters is not None:
            yield from choice_problem("zones.geojson", row, "cluster_id", zone.cluster_id, tuple(clusters))
        home = homes.get(zone.adcode)
        if home is None or not home.buffer(TOLERANCE_DEG).contains(zone.geometry):
            expected = f"a zone inside its district {zone.adcode}"
            yield Problem("zones.geojson", row, "geometry", str(zone.cluster_id), expected)
