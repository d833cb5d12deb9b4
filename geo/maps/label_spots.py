"""Where the name of a district may stand: anywhere inside it, or beside the city with a line to its mark. The rule of pages, walls and files alike."""

import numpy as np
import shapely

__all__ = ["DIRECTIONS", "Exit", "exits", "inside"]

Point = tuple[float, float]
Exit = tuple[float, float, float, float]  # a point on the city's outline, and the direction of length 1 that led there
_ANGLES = np.arange(24) * np.pi / 12
DIRECTIONS = tuple(zip(np.cos(_ANGLES).round(4).tolist(), np.sin(_ANGLES).round(4).tolist(), strict=True))
_WAYS = 12  # the shortest ways out of the city
_SPOTS = 60  # about as many as a district gets


def inside(shape: shapely.Geometry, anchor: Point) -> list[Point]:
    """Return points of a regular grid inside a shape, those near its anchor first.

    Parameters
    ----------
    shape
        In planar units, as the anchor.

    Examples
    --------
    >>> len(inside(shapely.box(0, 0, 8, 8), (4, 4)))
    64
    """
    step = (shape.area / _SPOTS) ** 0.5
    west, south, east, north = shape.bounds
    across, up = (np.arange(low + step / 2, high, step) for low, high in ((west, east), (south, north)))
    grid = np.array(np.meshgrid(across, up)).reshape(2, -1).T
    points = grid[shapely.contains_xy(shape, grid)]
    order = np.argsort(np.hypot(*(points - anchor).T), kind="stable")
    return [(x, y) for x, y in points[order].tolist()]


def exits(city: shapely.Geometry, anchor: Point) -> list[Exit]:
    """Return where straight lines from an anchor leave a city for good, the shortest first.

    Parameters
    ----------
    city
        All districts together, in planar units, as the anchor.

    Examples
    --------
    >>> exits(shapely.box(0, 0, 8, 8), (1, 4))[0]
    (0.0, 4.0, -1.0, 0.0)
    """
    west, south, east, north = city.bounds
    far = (east - west) + (north - south)
    rays = shapely.linestrings([[anchor, (anchor[0] + far * x, anchor[1] + far * y)] for x, y in DIRECTIONS])
    found = []
    for crossing, (x, y) in zip(shapely.intersection(rays, shapely.boundary(city)), DIRECTIONS, strict=True):
        ends = shapely.get_coordinates(crossing)
        lengths = np.hypot(*(ends - anchor).T)
        if len(ends):
            last = int(lengths.argmax())
            found.append((float(lengths[last]), (float(ends[last][0]), float(ends[last][1]), x, y)))
    return [out for _, out in sorted(found)][:_WAYS]
