"""The Pazhou and Baietan cluster areas as ``data/zones.geojson``: drawn by hand, cut to their district, schematic."""

import tomllib
from pathlib import Path

import geopandas as gpd
import pandas as pd
import shapely

from rebuild.boundaries import MEASURING_CRS


def build(drawn: Path, districts: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return the zones cut to their districts.

    Parameters
    ----------
    drawn
        TOML file with one table a zone: ``adcode``, names, ``note``, ``ring`` as a list of ``[lon, lat]``, EPSG:4326.
    districts
        The districts, EPSG:4326, with ``adcode``.

    Returns
    -------
    Frame, EPSG:4326: ``cluster_id``, ``adcode``, names, ``status`` (always ``schematic``), ``area_km2`` (EPSG:4547), notes.
    """
    tables = tomllib.loads(drawn.read_text(encoding="utf-8"))
    shapes = districts.set_index("adcode").geometry
    rows = []
    for cluster_id, zone in tables.items():
        cut = shapely.intersection(shapely.Polygon(zone["ring"]), shapes[zone["adcode"]])
        rows.append(
            {"cluster_id": cluster_id, "geometry": _largest(cut)} | {k: v for k, v in zone.items() if k != "ring"}
        )
    frame = gpd.GeoDataFrame(pd.DataFrame(rows), geometry="geometry", crs=4326)
    frame["status"] = "schematic"
    frame["area_km2"] = (frame.to_crs(MEASURING_CRS).area / 1e6).round(2)
    return frame[["cluster_id", "adcode", "name_zh", "name_en", "status", "area_km2", "note_zh", "note_en", "geometry"]]


def _largest(shape: shapely.Geometry) -> shapely.Polygon:
    """Return the largest polygon of a cut: slivers across the river are not meant."""
    return max(shapely.get_parts(shape), key=lambda part: part.area)
