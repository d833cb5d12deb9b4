"""What pages read, cached: the only place with ``st.cache_…``. Everything returned is shared by all visitors and must not be changed."""

import os
from pathlib import Path
from typing import Any

import geopandas as gpd
import streamlit as st

from geo import classification, joining, loading, mapping, measures
from geo.book import Book
from geo.classification import Classes
from geo.schema import Atlas

__all__ = [
    "DATA_DIR",
    "atlas",
    "book",
    "classes",
    "cluster_home",
    "district_names",
    "joined",
    "neighbours",
    "places_in",
    "sources",
    "tier_members",
    "zone_bounds",
]

DATA_DIR = Path(os.environ.get("DASHBOARD_DATA_DIR") or Path(__file__).resolve().parent.parent / "data")


@st.cache_resource(max_entries=1, show_spinner=False)
def atlas() -> Atlas:
    """Return the checked data."""
    return loading.load(DATA_DIR)


@st.cache_resource(max_entries=1, show_spinner=False)
def book() -> Book:
    """Return every figure."""
    return measures.figures(atlas())


@st.cache_resource(max_entries=256, show_spinner=False)
def classes(metric: str, scheme: str, k: int, palette: str, breaks: tuple[float, ...]) -> Classes:
    """Return the classes of a metric, locked over all its periods and districts."""
    return classification.classify(book().all_values(metric), scheme, k, palette, breaks=breaks)


@st.cache_resource(max_entries=16, show_spinner=False)
def neighbours(adcode: str) -> tuple[str, ...]:
    """Return the districts around a district."""
    return joining.neighbours(atlas().districts, adcode)


@st.cache_resource(max_entries=1, show_spinner=False)
def sources() -> dict[str, Any]:
    """Return sources by id, as plain rows: every figure shown asks for some."""
    return {row.Index: row for row in atlas().sources.itertuples(name="Source")}


@st.cache_resource(max_entries=1, show_spinner=False)
def district_names() -> dict[str, dict[str, str]]:
    """Return district names by adcode, then language; the short Chinese form without 区."""
    rows = atlas().districts
    return {row.adcode: {"en": row.name_en, "zh": row.name_zh.removesuffix("区")} for row in rows.itertuples()}


@st.cache_resource(max_entries=1, show_spinner=False)
def joined() -> gpd.GeoDataFrame:
    """Return the districts joined to their clusters: boundary, ``name_*``, ``cluster_id``, ``tier``; in the order of the plan."""
    order = atlas().clusters[["cluster_id", "adcode", "tier"]]
    frame = joining.join_attributes(atlas().districts, order).frame
    return frame.set_index("adcode").loc[order["adcode"]].reset_index()


@st.cache_resource(max_entries=4, show_spinner=False)
def tier_members(tier: str) -> tuple[str, ...]:
    """Return the districts of a tier's clusters, or all eleven for "all"."""
    rows = joined()
    return tuple(rows["adcode"] if tier == "all" else rows.loc[rows["tier"] == tier, "adcode"])


def cluster_home(cluster_id: str) -> str:
    """Return the adcode of a cluster's district."""
    rows = joined()
    return str(rows.loc[rows["cluster_id"] == cluster_id, "adcode"].iloc[0])


@st.cache_resource(max_entries=16, show_spinner=False)
def places_in(adcode: str) -> tuple[int, ...]:
    """Return which of the context's places, counted from 0 in its order, lie in a district."""
    places = atlas().context.query("kind == 'place'").reset_index(drop=True)
    homes = joining.locate(places, atlas().districts)
    return tuple(int(number) for number in homes.index[homes == adcode])


def zone_bounds(cluster_id: str) -> mapping.Bounds:
    """Return the box around a cluster's zone with room for its surroundings, degrees."""
    zones = atlas().zones
    return mapping.bounds(zones.loc[zones["cluster_id"] == cluster_id, "geometry"], margin=0.25)
