"""Problems of the sites, and of tenants that stand at one outside the area of their cluster."""

from collections.abc import Iterator, Mapping

import geopandas as gpd
import pandas as pd

from geo.data.joining import locate
from geo.fields import codes
from geo.schema import Problem, choice_problem

__all__ = ["site_problems"]


def site_problems(tables: Mapping[str, pd.DataFrame], layers: Mapping[str, gpd.GeoDataFrame]) -> Iterator[Problem]:
    """Yield sites whose id is taken or whose kind is unknown, and tenants at no known site or at one outside their cluster.

    Parameters
    ----------
    tables, layers
        By file name, those that are there, with all their columns; layers in EPSG:4326.
    """
    sites = layers.get("sites.geojson")
    if sites is None:
        return
    for row, site in enumerate(sites.itertuples(), start=1):
        yield from choice_problem("sites.geojson", row, "kind", site.kind, codes("sites.geojson", "kind"))
        if site.site_id in set(sites["site_id"].iloc[: row - 1]):
            yield Problem("sites.geojson", row, "site_id", str(site.site_id), "a unique id (feature number given)")
    if {"tenants.csv", "clusters.csv"} <= tables.keys() and {"districts.geojson", "zones.geojson"} <= layers.keys():
        yield from _tenants(tables["tenants.csv"], tables["clusters.csv"], sites, layers)


def _tenants(
    tenants: pd.DataFrame, clusters: pd.DataFrame, sites: gpd.GeoDataFrame, layers: Mapping[str, gpd.GeoDataFrame]
) -> Iterator[Problem]:
    """Yield the tenants at no known site, outside the zone of their cluster, or outside its district where it has no zone."""
    ids, zones = tuple(sites["site_id"]), layers["zones.geojson"]
    districts = layers["districts.geojson"]
    called = {row.adcode: f"{row.name_en} ({row.adcode})" for row in districts.itertuples()}
    district = dict(zip(ids, locate(sites, districts), strict=True))
    zone = {
        cluster: dict(zip(ids, locate(sites, zones[zones["cluster_id"] == cluster], column="cluster_id"), strict=True))
        for cluster in zones["cluster_id"]
    }
    homes = dict(zip(clusters["cluster_id"], clusters["adcode"], strict=True))
    placed = tenants[(tenants["site_id"] != "") & tenants["cluster_id"].isin(homes)]
    for row, cluster, site in zip(placed.index + 2, placed["cluster_id"], placed["site_id"], strict=True):
        if site not in district:
            yield from choice_problem("tenants.csv", row, "site_id", site, ("", *ids))
            continue
        where = (
            f"; this one lies in {called[district[site]]}"
            if isinstance(district[site], str)
            else "; this one lies in no district"
        )
        if district[site] != homes[cluster]:
            home = called.get(homes[cluster], homes[cluster])
            yield Problem("tenants.csv", row, "site_id", site, f"a site in {home}, the district of {cluster}{where}")
        elif cluster in zone and zone[cluster][site] != cluster:
            yield Problem(
                "tenants.csv", row, "site_id", site, f"a site inside the outline of {cluster} in zones.geojson{where}"
            )
