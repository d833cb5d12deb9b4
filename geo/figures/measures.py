"""Figures derived from figures: areas, densities, totals, shares, ranks."""

from collections.abc import Collection
from dataclasses import dataclass, replace

import geopandas as gpd
import pandas as pd

from geo.errors import MissingCRSError
from geo.figures.table import Figure, FigureTable, Gap
from geo.schema import ADCODES, BOUNDARY_SOURCE, CITY, COUNT_SOURCE, MEASURING_CRS, UNDATED, Atlas, Metric

__all__ = [
    "Total",
    "area_km2",
    "city_codes",
    "city_total",
    "contributing_districts",
    "current_tenants",
    "denominator_period",
    "figures",
    "known_tenants",
    "latest_statuses",
    "ranks",
    "share",
    "total",
]

NOT_YET_TENANTS = ("considering", "expected", "moved_out")


@dataclass(frozen=True)
class Total:
    """A total over several districts, and how many of them it could be computed from."""

    value: float | None
    found: int
    wanted: int

    @property
    def complete(self) -> bool:
        """Whether every district had a figure."""
        return self.found == self.wanted


def area_km2(districts: gpd.GeoDataFrame) -> pd.Series:
    """Return areas in km², measured in EPSG:4547.

    Parameters
    ----------
    districts
        Polygons in or near Guangzhou, any CRS.

    Returns
    -------
    Series in km², indexed like ``districts``; 0 for an empty polygon, NaN for a missing one.

    Raises
    ------
    MissingCRSError
        If ``districts`` has no CRS.

    Notes
    -----
    EPSG:4547 is conformal; within the city (1.1 degrees around 114° E) its error of area stays below 0.04 %.
    """
    if districts.crs is None:
        raise MissingCRSError("the districts")
    return districts.to_crs(MEASURING_CRS).area / 1e6


def latest_statuses(tenants: pd.DataFrame) -> pd.DataFrame:
    """Return the newest entry of each company in each cluster; an undated entry counts as the oldest."""
    return (
        tenants.sort_values("date", kind="stable")
        .groupby(["cluster_id", "company_id"], as_index=False, sort=False)
        .last()
    )


def current_tenants(tenants: pd.DataFrame, cluster_id: str) -> pd.DataFrame:
    """Return the newest entry of each company in one cluster, at the site that the newest of its entries with one names."""
    own = tenants[tenants["cluster_id"] == cluster_id]
    # An empty cell is passed over when the last one is taken.
    return latest_statuses(own.assign(site_id=own["site_id"].replace("", None))).fillna({"site_id": ""})


def known_tenants(tenants: pd.DataFrame, clusters: pd.DataFrame) -> pd.Series:
    """Return the number of known tenants by adcode, for the districts whose cluster has any entry.

    Parameters
    ----------
    tenants
        ``company_id, cluster_id, status, date``, one row an event.
    clusters
        ``cluster_id, adcode``.

    Returns
    -------
    Counts by adcode. A company counts when its newest entry in the cluster is neither a mere expectation nor a departure.
    """
    latest = latest_statuses(tenants)
    counted = (~latest["status"].isin(NOT_YET_TENANTS)).groupby(latest["cluster_id"]).sum()
    return (
        clusters.set_index("cluster_id")["adcode"]
        .to_frame()
        .join(counted.rename("count"), how="inner")
        .groupby("adcode")["count"]
        .sum()
    )


def figures(atlas: Atlas) -> FigureTable:
    """Return all figures of checked data: indicators as they are, measured areas, tenant counts, and rates computed from their parts.

    Examples
    --------
    >>> found = figures(atlas).column("gdp", "2023")["440106"]
    >>> found.value, found.quality
    (6551.26, 'verified')
    """
    columns: dict[tuple[str, str], dict[str, Figure]] = {}
    for row in atlas.indicators.itertuples(index=False):
        columns.setdefault((row.metric, row.period), {})[row.adcode] = Figure(
            float(row.value), (row.source_id,), row.quality, row.note
        )
    measured = area_km2(atlas.districts).set_axis(atlas.districts["adcode"])
    columns["area_measured", UNDATED] = {
        code: Figure(float(area), (BOUNDARY_SOURCE,), "derived") for code, area in measured.items()
    }
    counts = known_tenants(atlas.tenants, atlas.clusters)
    newest = atlas.tenants["date"].str[:4].max() if len(atlas.tenants) else ""
    if newest:
        columns["known_tenants", newest] = {
            code: Figure(float(count), (COUNT_SOURCE,), "derived") for code, count in counts.items()
        }
    parts = FigureTable(atlas.metrics, columns)
    gaps: dict[tuple[str, str], dict[str, Gap]] = {}
    for metric in atlas.metrics.values():
        if metric.kind == "rate":
            found = _rate_columns(parts, metric)
            columns |= found
            gaps |= {key: _reasons(metric, key[1]) for key in found}
    return FigureTable(atlas.metrics, columns, gaps)


def _rate_columns(figure_table: FigureTable, metric: Metric) -> dict[tuple[str, str], dict[str, Figure]]:
    """Return the columns of a rate, one for each period its numerator has and a denominator can be found for."""
    columns = {}
    for period in figure_table.periods(metric.numerator):
        other = denominator_period(figure_table, metric, period)
        if other is None:
            continue
        above, below = figure_table.column(metric.numerator, period), figure_table.column(metric.denominator, other)
        hidden = _hidden(metric, period)
        columns[metric.id, period] = {
            code: Figure(
                metric.factor * above[code].value / below[code].value,
                above[code].source_ids + below[code].source_ids,
                "secondary" if "secondary" in (above[code].quality, below[code].quality) else "derived",
                "" if other in (period, UNDATED) else other,
            )
            for code in above
            if code in below and below[code].value and code not in hidden
        }
    return columns


def _reasons(metric: Metric, period: str) -> dict[str, Gap]:
    """Return why districts have no value of a rate in a period though both its parts are known."""
    hiding = [gap for gap in metric.breaks if gap.hides_value and gap.is_behind(period)]
    return {code: gap.reason for gap in hiding for code in gap.adcodes}


def denominator_period(figure_table: FigureTable, metric: Metric, period: str) -> str | None:
    """Return the period whose denominator serves a rate: the same, an undated one, or the nearest allowed; None without any."""
    periods = figure_table.periods(metric.denominator)
    if period in periods or UNDATED in periods:
        return period if period in periods else UNDATED
    if not period.isdecimal():
        return None
    near = sorted((abs(int(other) - int(period)), other) for other in periods if other.isdecimal())
    return near[0][1] if near and near[0][0] <= metric.denominator_within else None


def _hidden(metric: Metric, period: str, together: Collection[str] = ()) -> frozenset[str]:
    """Return the districts whose own value in a period is meaningless, unless all of their group are taken ``together``."""
    groups = [b.adcodes for b in metric.breaks if b.hides_value and b.is_behind(period)]
    return frozenset().union(*(group for group in groups if not group <= set(together)))


def total(figure_table: FigureTable, metric_id: str, period: str, adcodes: Collection[str]) -> Total:
    """Return the total of a metric over districts.

    Parameters
    ----------
    figure_table
        All figures.
    metric_id, period
        What to add up.
    adcodes
        Districts, each counted once.

    Returns
    -------
    The sum for counts. For rates the sum of the numerators over the sum of the denominators, of the districts that have both:
    never an average of rates. None for published rates of more than one district, whose parts are not known, and where nothing was found.

    Examples
    --------
    >>> total(figure_table, "gdp", "2023", ["440106", "440105"])
    Total(value=9271.42, found=2, wanted=2)
    """
    metric, wanted = figure_table.metrics[metric_id], sorted(set(adcodes))
    column = figure_table.column(metric_id, period)
    if metric.kind == "rate" and len(wanted) > 1:
        return _rate_total(figure_table, metric, period, wanted)
    found = [column[code].value for code in wanted if code in column]
    adds_up = metric.kind == "count" or len(wanted) == 1
    return Total(sum(found) if found and adds_up else None, len(found), len(wanted))


def contributing_districts(figure_table: FigureTable, metric: Metric, period: str, wanted: Collection[str]) -> set[str]:
    """Return the districts that contribute to a total: for rates those with both parts, unless their own value is hidden."""
    if metric.kind != "rate":
        return set(wanted) & figure_table.column(metric.id, period).keys()
    other = denominator_period(figure_table, metric, period)
    above, below = figure_table.column(metric.numerator, period), figure_table.column(metric.denominator, other or "")
    return (set(wanted) & above.keys() & below.keys()) - _hidden(metric, period, wanted)


def _rate_total(figure_table: FigureTable, metric: Metric, period: str, wanted: list[str]) -> Total:
    """Return the quotient of the summed parts of a rate."""
    other = denominator_period(figure_table, metric, period)
    above, below = figure_table.column(metric.numerator, period), figure_table.column(metric.denominator, other or "")
    codes = contributing_districts(figure_table, metric, period, wanted)
    people = sum(below[code].value for code in codes)
    return Total(
        metric.factor * sum(above[code].value for code in codes) / people if people else None, len(codes), len(wanted)
    )


def city_codes(figure_table: FigureTable, metric_id: str, period: str) -> tuple[str, ...]:
    """Return whose figures make the city's: its own where one is published, else those of the eleven districts."""
    return (CITY,) if CITY in figure_table.column(metric_id, period) else ADCODES


def city_total(figure_table: FigureTable, metric_id: str, period: str) -> Total:
    """Return the city's figure: the published one, else all eleven districts together; without a value where one of them is missing.

    A sum over gaps is not the city's: :func:`total` gives it.
    """
    published = figure_table.column(metric_id, period).get(CITY)
    if published:
        return Total(published.value, len(ADCODES), len(ADCODES))
    found = total(figure_table, metric_id, period, ADCODES)
    return found if found.complete else replace(found, value=None)


def share(figure_table: FigureTable, metric_id: str, period: str, adcodes: Collection[str]) -> float | None:
    """Return the share of districts in the city, 1 being all of it.

    None unless the metric adds up, every district asked for has a figure, and the city's is published or complete.
    """
    if figure_table.metrics[metric_id].kind != "count":
        return None
    part, whole = total(figure_table, metric_id, period, adcodes), city_total(figure_table, metric_id, period)
    if part.value is None or not part.complete or not whole.value:
        return None
    return part.value / whole.value


def ranks(figure_table: FigureTable, metric_id: str, period: str) -> dict[str, int]:
    """Return the ranks of the districts with a figure, 1 for the largest value; equal values share a rank and the next is left out (1, 2, 2, 4).

    Districts that the catalogue leaves out of ranks have none.
    """
    ranked = set(ADCODES) - figure_table.metrics[metric_id].unranked(period)
    values = {code: figure.value for code, figure in figure_table.column(metric_id, period).items() if code in ranked}
    return {code: 1 + sum(other > value for other in values.values()) for code, value in values.items()}
