"""Landmarks whose WGS-84 position is known, to find points of a layer that were left in GCJ-02.

The table is the program's and not the data folder's: it has to hold for whatever folder is read, and must not change with what it checks.
Three were compared with a metro map of another origin in BD-09: converted, its stations lie 56 to 185 m from these, and 600 m and more from the shifted ones.
"""

import functools
from collections.abc import Iterator
from typing import NamedTuple

import geopandas as gpd

from geo.datum import wgs84_to_gcj02
from geo.schema import GEOGRAPHIC_CRS, MEASURING_CRS

__all__ = ["LANDMARKS", "SHIFT_TOLERANCE_M", "Landmark", "shifted_points"]

SHIFT_TOLERANCE_M = 100  # the shift is about 600 m here: nothing is near both positions of a landmark


class Landmark(NamedTuple):
    """A place by the words that name it in both languages, and its position in degrees, EPSG:4326."""

    name_zh: str
    name_en: str
    lon: float
    lat: float


LANDMARKS = (
    Landmark("芳村", "Fangcun", 113.2307, 23.1009),  # metro station
    Landmark("磨碟沙", "Modiesha", 113.3373, 23.1024),  # metro station
    # 68 Pazhou Avenue, published in GCJ-02 as 113.3405, 23.1006.
    Landmark("琶洲西区", "West Pazhou", 113.3350, 23.1032),
    Landmark("广州塔", "Canton Tower", 113.3192, 23.1090),
)


def shifted_points(layer: gpd.GeoDataFrame) -> Iterator[tuple[int, Landmark]]:
    """Yield the points that lie where GCJ-02 puts the landmark they are named after, as row of the layer and landmark.

    Parameters
    ----------
    layer
        Points among other shapes, EPSG:4326, with ``name_zh`` and ``name_en``; a point is a landmark's if one of its names contains
        that of the landmark.

    Examples
    --------
    ``[row for row, _ in shifted_points(context)]`` is ``[]`` for a layer that is in WGS-84 throughout.
    """
    points = layer[layer.geom_type == "Point"]
    if points.empty:
        return
    for row, place in points.to_crs(MEASURING_CRS).iterrows():
        near = _shifted_landmarks().distance(place.geometry) <= SHIFT_TOLERANCE_M
        for mark in (mark for mark, close in zip(LANDMARKS, near, strict=True) if close):
            if mark.name_zh in str(place["name_zh"]) or mark.name_en.lower() in str(place["name_en"]).lower():
                yield row, mark
                break  # one report a point: a place may be named after two


@functools.cache
def _shifted_landmarks() -> gpd.GeoSeries:
    """Return where GCJ-02 puts the landmarks, in EPSG:4547 and their order."""
    lon, lat = wgs84_to_gcj02([mark.lon for mark in LANDMARKS], [mark.lat for mark in LANDMARKS])
    return gpd.GeoSeries(gpd.points_from_xy(lon, lat), crs=GEOGRAPHIC_CRS).to_crs(MEASURING_CRS)
