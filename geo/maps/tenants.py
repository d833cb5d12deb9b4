"""Tenants where they are: who stands at which site, with what symbol; on pages, walls and in files alike."""

import math

import pandas as pd

from geo.data import joining
from geo.fields import word_name
from geo.figures.measures import latest_statuses
from geo.maps.folium_map import Tenant
from geo.maps.outlines import Ring
from geo.schema import Atlas
from geo.translation import translate

__all__ = ["current", "placed", "slice_of"]

_STEPS = 24  # corners of a full circle


def current(atlas: Atlas, cluster_id: str) -> pd.DataFrame:
    """Return the newest entry of each company in a cluster, at the site that the newest of its entries with one names."""
    own = atlas.tenants[atlas.tenants["cluster_id"] == cluster_id]
    # An empty cell is passed over when the last one is taken.
    return latest_statuses(own.assign(site_id=own["site_id"].replace("", None))).fillna({"site_id": ""})


def placed(atlas: Atlas, adcode: str, language: str) -> tuple[Tenant, ...]:
    """Return the companies of a district's cluster whose site is known, in the order of their list."""
    numbers = {site: number for number, site in joining.places(atlas)["site_id"].items() if site}
    clusters = atlas.clusters.loc[atlas.clusters["adcode"] == adcode, "cluster_id"]
    return tuple(
        Tenant(
            row.company_id,
            numbers[row.site_id],
            row.status,
            getattr(row, f"company_{language}"),
            _detail(row, language),
        )
        for cluster in clusters
        for row in current(atlas, cluster).itertuples()
        if row.site_id in numbers
    )


def _detail(row: object, language: str) -> str:
    """Return a status with its date: it may be years old."""
    status = word_name("tenants.csv", "status", row.status, language)  # type: ignore[attr-defined]
    return translate(language, "{name} ({detail})", name=status, detail=row.date) if row.date else status  # type: ignore[attr-defined]


def slice_of(x: float, y: float, radius: float, share: float) -> Ring:
    """Return the part of a circle that a share fills, clockwise from the top; () for none of it."""
    count = round(_STEPS * share)
    turns = [2 * math.pi * step / _STEPS for step in range(count + (share < 1))]
    rim = [(round(x + radius * math.sin(turn), 2), round(y - radius * math.cos(turn), 2)) for turn in turns]
    return tuple(rim if share == 1 else [(x, y), *rim]) if count else ()
