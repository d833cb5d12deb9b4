"""Names of districts, metrics, tiers and choices in the visitor's language."""

from collections.abc import Iterable

from geo import fields, wording
from geo.names import TIER_LABELS
from geo.schema import ADCODES, Metric
from ui import data, state
from ui.i18n import mark, pick, t

__all__ = [
    "cluster",
    "district",
    "districts",
    "entry",
    "home",
    "members",
    "metric",
    "palette",
    "quality",
    "scheme",
    "status",
    "tier",
]

_SCHEMES = {
    "quantile": mark("Equal counts (quantiles)"),
    "equal_interval": mark("Equal intervals"),
    "natural_breaks": mark("Natural breaks (Jenks)"),
    "manual": mark("Manual limits"),
}
_PALETTES = {
    "blues": mark("Blues"),
    "teal": mark("Teal"),
    "orange_red": mark("Orange to red"),
    "viridis": "Viridis",
    "cividis": "Cividis",
}


def district(adcode: str) -> str:
    """Return a district's name."""
    return data.district_names(state.language())[adcode]


def districts() -> dict[str, str]:
    """Return the names of all districts by adcode."""
    called = data.district_names(state.language())
    return {code: called[code] for code in ADCODES}


def home(adcode: str) -> str:
    """Return a district's name for where its figure might be taken for a cluster's: "Haizhu (home of Pazhou)"."""
    return data.home_names(state.language())[adcode]


def members(adcodes: Iterable[str]) -> dict[str, str]:
    """Return district names by adcode for a list of the view's tier; its only one is called the home of its cluster."""
    alone = len(data.tier_members(state.view().tier)) == 1
    called = (data.home_names if alone else data.district_names)(state.language())
    return {code: called[code] for code in adcodes}


def cluster(cluster_id: str) -> str:
    """Return a cluster's name."""
    rows = data.atlas().clusters
    return pick(rows[rows["cluster_id"] == cluster_id].iloc[0], "name")


def entry(metric_id: str) -> Metric:
    """Return a metric's entry in the catalogue."""
    return data.figure_table().metrics[metric_id]


def metric(metric_id: str) -> str:
    """Return a metric's name."""
    return entry(metric_id).name[state.language()]


def tier(code: str) -> str:
    """Return a tier's name; "all" is one too."""
    return t(TIER_LABELS[code])


def scheme(code: str) -> str:
    """Return a classification method's name."""
    return t(_SCHEMES[code])


def palette(code: str) -> str:
    """Return a palette's name."""
    return t(_PALETTES[code])


def quality(code: str) -> str:
    """Return how sure a figure is; any other word stays as it is."""
    return wording.quality_name(code, state.language())


def status(code: str) -> str:
    """Return a tenant's status."""
    return fields.word_name("tenants.csv", "status", code, state.language())
