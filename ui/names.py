"""Names of districts, metrics, tiers and choices in the visitor's language."""

from ui import data, state
from ui.i18n import pick, t

__all__ = ["cluster", "district", "metric", "palette", "scheme", "status", "tier"]


def district(adcode: str) -> str:
    """Return a district's name."""
    districts = data.district_names()
    return districts[adcode][state.language()]


def cluster(cluster_id: str) -> str:
    """Return a cluster's name."""
    rows = data.atlas().clusters
    return pick(rows[rows["cluster_id"] == cluster_id].iloc[0], "name")


def metric(metric_id: str) -> str:
    """Return a metric's name."""
    return data.book().metrics[metric_id].name[state.language()]


def tier(code: str) -> str:
    """Return a tier's name; "all" is one too."""
    return {
        "all": t("All 1+1+9"),
        "headquarters": t("1 Pazhou"),
        "second": t("1 Baietan"),
        "district": t("9 districts"),
    }[code]


def scheme(code: str) -> str:
    """Return a classification method's name."""
    return {
        "quantile": t("Equal counts (quantiles)"),
        "equal_interval": t("Equal intervals"),
        "natural_breaks": t("Natural breaks (Jenks)"),
        "manual": t("Manual limits"),
    }[code]


def palette(code: str) -> str:
    """Return a palette's name."""
    return {
        "blues": t("Blues"),
        "teal": t("Teal"),
        "orange_red": t("Orange to red"),
        "viridis": "Viridis",
        "cividis": "Cividis",
    }[code]


def status(code: str) -> str:
    """Return a tenant's status."""
    return {
        "considering": t("said to be considering"),
        "expected": t("expected"),
        "land_bought": t("land bought"),
        "under_construction": t("under construction"),
        "topped_out": t("topped out"),
        "completed": t("completed"),
        "moved_in": t("moved in"),
        "moved_out": t("moved out"),
    }[code]
