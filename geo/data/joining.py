"""Boundaries joined to attributes: by adcode, and by place. What did not match stays as a gap."""

import geopandas as gpd
import pandas as pd

from geo.errors import MissingCRSError
from geo.schema import Atlas

__all__ = ["join_attributes", "locate", "neighbours", "places", "places_in"]


def join_attributes(boundaries: gpd.GeoDataFrame, attributes: pd.DataFrame, *, on: str = "adcode") -> gpd.GeoDataFrame:
    """Return boundaries with the attributes of the same adcode.

    Parameters
    ----------
    boundaries
        One row a district, any CRS, with the column ``on`` as text.
    attributes
        At most one row an adcode, with the column ``on`` as text; other columns must not repeat those of ``boundaries``.

    Returns
    -------
    All boundaries, one row each in the order given, NaN where an attribute is missing.

    Raises
    ------
    ValueError
        If an adcode stands in more than one attribute row.
    """
    doubled = sorted(attributes.loc[attributes[on].duplicated(), on].unique())
    if doubled:
        raise ValueError(f"attributes have more than one row for {on} {', '.join(doubled)}; expected one at most")
    return boundaries.merge(attributes, on=on, how="left", validate="m:1")


def locate(points: gpd.GeoDataFrame, areas: gpd.GeoDataFrame, *, column: str = "adcode") -> pd.Series:
    """Return, for each point, the code of the area it lies in.

    Parameters
    ----------
    points
        Point geometry, any CRS.
    areas
        Polygons with the column ``column``, any CRS; points are brought into it.

    Returns
    -------
    Series indexed like ``points``; missing (NaN) where a point lies in no area. On a common border the first area counts.

    Raises
    ------
    MissingCRSError
        If either frame has no CRS.
    """
    for frame, what in ((points, "the points"), (areas, "the areas")):
        if frame.crs is None:
            raise MissingCRSError(what)
    pairs = areas.sindex.query(points.geometry.to_crs(areas.crs), predicate="intersects", sort=True)
    first = dict(zip(*pairs[:, ::-1], strict=True))  # written last, the first area of a point stays
    codes = areas[column].set_axis(range(len(areas)))
    return codes.reindex([first.get(row, -1) for row in range(len(points))]).set_axis(points.index)


def neighbours(areas: gpd.GeoDataFrame, code: str, *, column: str = "adcode") -> tuple[str, ...]:
    """Return the codes of the areas that share a border, or a point of one, with an area; sorted, empty for an island."""
    home = areas.loc[areas[column] == code].geometry.iloc[0]
    touching = areas.loc[areas.geometry.intersects(home), column]
    return tuple(sorted(set(touching) - {code}))


def places(atlas: Atlas) -> gpd.GeoDataFrame:
    """Return all points that a map may name: the places of the context, then the sites.

    Returns
    -------
    Frame in EPSG:4326, numbered from 0: ``name_en``, ``name_zh``, ``source_id``, ``site_id`` ("" for places of the context).
    """
    own = atlas.context[atlas.context["kind"] == "place"].assign(site_id="")
    columns = ["name_en", "name_zh", "source_id", "site_id", "geometry"]
    return gpd.GeoDataFrame(pd.concat([own[columns], atlas.sites[columns]], ignore_index=True), crs=own.crs)


def places_in(atlas: Atlas, adcode: str) -> tuple[int, ...]:
    """Return which of the :func:`places`, by number, lie in a district."""
    homes = locate(places(atlas), atlas.districts)
    return tuple(int(number) for number in homes.index[homes == adcode])
