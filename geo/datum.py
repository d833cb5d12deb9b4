"""Conversions between WGS-84 and the shifted Chinese datums GCJ-02 and BD-09: arrays in, arrays out.

Chinese map services (Amap, Tencent) publish coordinates in GCJ-02, Baidu in BD-09. In Guangzhou GCJ-02 lies about 600 m from WGS-84, BD-09 some 1,200 m.
"""

import numpy as np
from numpy.typing import ArrayLike, NDArray

__all__ = ["bd09_to_wgs84", "gcj02_to_wgs84", "wgs84_to_bd09", "wgs84_to_gcj02"]

Degrees = NDArray[np.float64]

_AXIS = 6378245.0  # Krasovsky 1940 semi-major axis in metres, the ellipsoid of the GCJ-02 shift
_BAIDU = np.pi * 3000.0 / 180.0
_ECCENTRICITY2 = 0.00669342162296594323


def wgs84_to_gcj02(lon: ArrayLike, lat: ArrayLike) -> tuple[Degrees, Degrees]:
    """Return GCJ-02 coordinates of WGS-84 ones.

    Parameters
    ----------
    lon, lat
        Degrees, EPSG:4326, of equal shape. Only meaningful inside mainland China.

    Returns
    -------
    Longitude and latitude in degrees, GCJ-02.

    Notes
    -----
    Source: the widely published reconstruction of the shift (the "eviltransform" formulas); no official definition is public.
    """
    x, y = np.asarray(lon, float), np.asarray(lat, float)
    dlon, dlat = _shift(x, y)
    return x + dlon, y + dlat


def gcj02_to_wgs84(lon: ArrayLike, lat: ArrayLike) -> tuple[Degrees, Degrees]:
    """Return WGS-84 coordinates of GCJ-02 ones, by fixed-point iteration to below 1e-9 degrees.

    Parameters
    ----------
    lon, lat
        Degrees, GCJ-02, of equal shape.

    Returns
    -------
    Longitude and latitude in degrees, EPSG:4326.
    """
    x, y = np.asarray(lon, float), np.asarray(lat, float)
    wx, wy = x.copy(), y.copy()
    for _ in range(8):
        gx, gy = wgs84_to_gcj02(wx, wy)
        wx, wy = wx + (x - gx), wy + (y - gy)
    return wx, wy


def wgs84_to_bd09(lon: ArrayLike, lat: ArrayLike) -> tuple[Degrees, Degrees]:
    """Return BD-09 coordinates of WGS-84 ones; arguments as in :func:`wgs84_to_gcj02`."""
    x, y = wgs84_to_gcj02(lon, lat)
    far = np.hypot(x, y) + 0.00002 * np.sin(y * _BAIDU)
    angle = np.arctan2(y, x) + 0.000003 * np.cos(x * _BAIDU)
    return far * np.cos(angle) + 0.0065, far * np.sin(angle) + 0.006


def bd09_to_wgs84(lon: ArrayLike, lat: ArrayLike) -> tuple[Degrees, Degrees]:
    """Return WGS-84 coordinates of BD-09 ones, to about a metre; arguments as in :func:`gcj02_to_wgs84`.

    Notes
    -----
    Source: the widely published reconstruction of Baidu's shift on top of GCJ-02; no official definition is public.
    """
    x, y = np.asarray(lon, float) - 0.0065, np.asarray(lat, float) - 0.006
    far = np.hypot(x, y) - 0.00002 * np.sin(y * _BAIDU)
    angle = np.arctan2(y, x) - 0.000003 * np.cos(x * _BAIDU)
    return gcj02_to_wgs84(far * np.cos(angle), far * np.sin(angle))


def _shift(lon: Degrees, lat: Degrees) -> tuple[Degrees, Degrees]:
    """Return the GCJ-02 shift at WGS-84 coordinates, in degrees."""
    x, y = lon - 105.0, lat - 35.0
    waves = (20.0 * np.sin(6.0 * x * np.pi) + 20.0 * np.sin(2.0 * x * np.pi)) * 2.0 / 3.0
    north = -100.0 + 2.0 * x + 3.0 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * np.sqrt(np.abs(x)) + waves
    north = north + (20.0 * np.sin(y * np.pi) + 40.0 * np.sin(y / 3.0 * np.pi)) * 2.0 / 3.0
    north = north + (160.0 * np.sin(y / 12.0 * np.pi) + 320 * np.sin(y * np.pi / 30.0)) * 2.0 / 3.0
    east = 300.0 + x + 2.0 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * np.sqrt(np.abs(x)) + waves
    east = east + (20.0 * np.sin(x * np.pi) + 40.0 * np.sin(x / 3.0 * np.pi)) * 2.0 / 3.0
    east = east + (150.0 * np.sin(x / 12.0 * np.pi) + 300.0 * np.sin(x / 30.0 * np.pi)) * 2.0 / 3.0
    phi = np.radians(lat)
    magic = 1 - _ECCENTRICITY2 * np.sin(phi) ** 2
    metres_per_degree_north = np.pi / 180.0 * _AXIS * (1 - _ECCENTRICITY2) / (magic * np.sqrt(magic))
    metres_per_degree_east = np.pi / 180.0 * _AXIS / np.sqrt(magic) * np.cos(phi)
    return east / metres_per_degree_east, north / metres_per_degree_north
