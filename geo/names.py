"""What districts, clusters, zones and tiers are called, in a language, and who belongs to a tier."""

import pandas as pd

from geo.schema import CITY, Atlas
from geo.translation import mark, translate

__all__ = [
    "TIER_LABELS",
    "TIER_NAMES",
    "cluster_names",
    "district_names",
    "full_district_names",
    "home_names",
    "names_by",
    "place_names",
    "short",
    "tier_members",
    "zone_names",
]

TIER_NAMES = {
    "headquarters": mark("Headquarters cluster"),
    "second": mark("Second cluster"),
    "district": mark("District cluster"),
}
TIER_LABELS = {  # as a choice of what is shown
    "all": mark("All 1+1+9"),
    "headquarters": mark("1 Pazhou"),
    "second": mark("1 Baietan"),
    "district": mark("9 districts"),
}


def tier_members(atlas: Atlas, tier: str) -> tuple[str, ...]:
    """Return the districts of a tier's clusters in the order of the plan, or of all clusters for "all"."""
    rows = atlas.clusters
    return tuple(rows["adcode"] if tier == "all" else rows.loc[rows["tier"] == tier, "adcode"])


def names_by(rows: pd.DataFrame, key: str, language: str) -> dict[str, str]:
    """Return the names in a layer or table as they are written there, by the values of a column."""
    return dict(zip(rows[key], rows[f"name_{language}"], strict=True))


def short(district: str) -> str:
    """Return a district's name without 区, as a map says it; English names stay as they are."""
    return district.removesuffix("区")


def district_names(atlas: Atlas, language: str) -> dict[str, str]:
    """Return the short names of the districts by adcode.

    Examples
    --------
    >>> district_names(atlas, "zh")["440106"], district_names(atlas, "en")["440106"]
    ('天河', 'Tianhe')
    """
    return {code: short(name) for code, name in full_district_names(atlas, language).items()}


def full_district_names(atlas: Atlas, language: str) -> dict[str, str]:
    """Return the full names of the districts by adcode: 天河区, Tianhe."""
    return names_by(atlas.districts, "adcode", language)


def cluster_names(atlas: Atlas, language: str) -> dict[str, str]:
    """Return the names of the clusters by ``cluster_id``."""
    return names_by(atlas.clusters, "cluster_id", language)


def zone_names(atlas: Atlas, language: str) -> dict[str, str]:
    """Return the names of the schematic outlines by ``cluster_id``."""
    return names_by(atlas.zones, "cluster_id", language)


def home_names(atlas: Atlas, language: str) -> dict[str, str]:
    """Return the full names of the districts by adcode for where a figure might be taken for a cluster's: "Haizhu (home of Pazhou)"."""
    whole, zones = full_district_names(atlas, language), zone_names(atlas, language)
    homes = dict(zip(atlas.zones["adcode"], atlas.zones["cluster_id"], strict=True))
    return whole | {
        code: translate(language, "{district} (home of {cluster})", district=whole[code], cluster=zones[cluster])
        for code, cluster in homes.items()
    }


def place_names(atlas: Atlas, language: str) -> dict[str, str]:
    """Return the short names of the districts by adcode, and that of the city."""
    return district_names(atlas, language) | {CITY: translate(language, "Guangzhou")}
