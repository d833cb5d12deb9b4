"""Landmarks and sites of firms as ``data/sites.geojson``: OpenStreetMap points from geopi, those that ``data/source/sites.toml`` lists."""

import tomllib
from importlib.resources import files
from pathlib import Path

import geopandas as gpd
import shapely

from geo.fields import codes
from geo.schema import GEOGRAPHIC_CRS, MEASURING_CRS

KINDS = codes("sites.geojson", "kind")
CITY = (112.9, 22.5, 114.1, 24.0)  # degrees: of the file's 676,000 points only these are read
SOURCE = "openstreetmap-2024"
LICENCE = "© OpenStreetMap contributors, ODbL 1.0: https://opendatacommons.org/licenses/odbl/1-0/"  # of the layer too
# Where Canton Tower stands in WGS-84. The package says its points were shifted to GCJ-02, about 600 m away: they were not.
TOWER, TOWER_STANDS, TOLERANCE_M = "584204634", (113.3192, 23.1090), 100


def points() -> gpd.GeoDataFrame:
    """Return the points of geopi in and around the city, EPSG:4326: ``osm_id``, ``name``."""
    return gpd.read_file(str(files("geopi") / "data/city_shp/china_poi.shp"), bbox=CITY)


def build(listed: Path, everything: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return the listed sites.

    Parameters
    ----------
    listed
        TOML: a table a site, with ``osm`` and ``called`` as in ``everything``, ``kind``, ``name_zh``, ``name_en``.
    everything
        OpenStreetMap points, EPSG:4326: ``osm_id``, ``name``; an object that is of two classes stands there twice.

    Returns
    -------
    Frame in EPSG:4326, in the order of the list: ``site_id``, ``kind``, ``name_zh``, ``name_en``, ``osm_id``, ``source_id``, a point to six decimals.

    Raises
    ------
    ValueError
        If a site is not in the points or goes by another name there, a kind is unknown, or the points are not in WGS-84.
    """
    known = everything.drop_duplicates("osm_id").set_index("osm_id")
    _check_datum(known)
    sites = tomllib.loads(listed.read_text(encoding="utf-8"))
    for id_, site in sites.items():
        found = known["name"].get(site["osm"])
        if found != site["called"]:
            raise ValueError(
                f"{listed.name}, {id_}: {site['osm']} is called {found!r} in the points, not {site['called']!r}"
            )
        if site["kind"] not in KINDS:
            raise ValueError(f"{listed.name}, {id_}: kind {site['kind']!r}; expected one of {', '.join(KINDS)}")
    columns = {name: [site[name] for site in sites.values()] for name in ("kind", "name_zh", "name_en")}
    osm = [site["osm"] for site in sites.values()]
    rows = {"site_id": list(sites), **columns, "osm_id": osm, "source_id": SOURCE}
    return gpd.GeoDataFrame(rows, geometry=known.geometry.loc[osm].to_numpy(), crs=everything.crs)


def _check_datum(known: gpd.GeoDataFrame) -> None:
    """Raise ``ValueError`` unless Canton Tower is where it stands."""
    where = gpd.GeoSeries([shapely.Point(TOWER_STANDS)], crs=GEOGRAPHIC_CRS).to_crs(MEASURING_CRS).iloc[0]
    distance = known.loc[[TOWER]].to_crs(MEASURING_CRS).geometry.iloc[0].distance(where)
    if distance > TOLERANCE_M:
        raise ValueError(
            f"the points of geopi are not in WGS-84: Canton Tower is {distance:.0f} m from where it stands"
        )
