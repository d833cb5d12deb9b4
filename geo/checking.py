"""All problems of a data folder at once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

import pandas as pd
import shapely

from geo.schema import ADCODES, CITY, COLUMNS, MEASURING_CRS, TIERS, UNDATED, Problem

if TYPE_CHECKING:
    from geo.loading import Raw

__all__ = ["PERIOD", "STATUSES", "find_problems"]

PERIOD = re.compile(rf"(?:\d{{4}}(?:H[12]|Q[1-4](?:-Q[1-4])?)?|{UNDATED})")
DATE = re.compile(r"(?:\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?)?")
STATUSES = (
    "considering",
    "expected",
    "land_bought",
    "under_construction",
    "topped_out",
    "completed",
    "moved_in",
    "moved_out",
)
QUALITIES = ("verified", "secondary", "derived")
HOSTS = ("official", "publisher", "copy")
STATEMENT_KINDS = ("plan", "target", "reported", "fact")
SCHEMES = ("quantile", "equal_interval", "natural_breaks", "manual")
CLASSES = tuple(range(2, 8))
WIDER_SUBJECTS = ("plan", "guangdong", "guangzhou")
KEYS = {
    "clusters.csv": ["cluster_id"],
    "tenants.csv": ["company_id", "cluster_id", "status"],
    "indicators.csv": ["adcode", "metric", "period"],
    "statements.csv": ["statement_id"],
    "sources.csv": ["source_id"],
}
METRIC_FIELDS = (
    "name_en",
    "name_zh",
    "definition_en",
    "definition_zh",
    "unit",
    "kind",
    "direction",
    "scheme",
    "classes",
    "show",
)


def find_problems(raw: Raw) -> list[Problem]:
    """Return every problem of a data folder, file by file; an empty list means it can be used.

    Parameters
    ----------
    raw
        The folder as :func:`geo.loading.read` returns it.

    Notes
    -----
    Checks that need a file or column which is itself missing are left out: the missing thing is the problem to mend first.
    """
    problems = [*raw.problems, *_columns(raw), *_catalogue(raw)]
    missing_columns = any(problem.row == 1 for problem in problems)
    if missing_columns or not raw.catalogue or len(raw.tables) + len(raw.layers) < len(COLUMNS):
        return problems
    return [*problems, *_keys(raw), *_codes(raw), *_numbers(raw), *_layers(raw)]


def _columns(raw: Raw) -> Iterator[Problem]:
    """Yield columns that are missing."""
    for name, frame in [*raw.tables.items(), *raw.layers.items()]:
        for column in COLUMNS[name]:
            if column not in frame.columns:
                yield Problem(name, 1, column, "", "this column in the header")


def _keys(raw: Raw) -> Iterator[Problem]:
    """Yield rows whose key is already taken by an earlier row."""
    for name, key in KEYS.items():
        table = raw.tables[name]
        for row in table.index[table.duplicated(key)]:
            yield Problem(
                name, row + 2, "+".join(key), " ".join(table.loc[row, key]), "a key used once; this is a duplicate row"
            )


def _catalogue(raw: Raw) -> Iterator[Problem]:
    """Yield what is missing or unknown in the metrics catalogue."""
    if not raw.catalogue and not any(problem.file == "metrics.toml" for problem in raw.problems):
        yield Problem("metrics.toml", None, "", "", "at least one metric")
    for id_, entry in raw.catalogue.items():
        if not isinstance(entry, dict):
            yield Problem("metrics.toml", None, id_, str(entry), "a table, one for each metric")
            continue
        for field in METRIC_FIELDS:
            if field not in entry:
                yield Problem("metrics.toml", None, f"{id_}.{field}", "", "this field")
        yield from _choice(
            "metrics.toml", None, f"{id_}.kind", entry.get("kind", "count"), ("count", "rate", "published")
        )
        yield from _choice("metrics.toml", None, f"{id_}.scheme", entry.get("scheme", SCHEMES[0]), SCHEMES)
        yield from _choice(
            "metrics.toml", None, f"{id_}.direction", entry.get("direction", "more"), ("more", "neutral")
        )
        for part in ("numerator", "denominator") if entry.get("kind") == "rate" else ():
            yield from _choice("metrics.toml", None, f"{id_}.{part}", entry.get(part, ""), tuple(raw.catalogue))
        for language in ("en", "zh"):
            if set(entry.get("show", {}).get(language, {})) - {"pattern"} != {"unit", "scale", "decimals"}:
                yield Problem("metrics.toml", None, f"{id_}.show.{language}", "", "unit, scale and decimals")
        yield from _choice("metrics.toml", None, f"{id_}.classes", entry.get("classes", 5), CLASSES)
        for gap in entry.get("breaks", ()):
            if not isinstance(gap.get("after"), str) or not PERIOD.fullmatch(gap["after"]):
                yield Problem("metrics.toml", None, f"{id_}.breaks.after", str(gap.get("after", "")), "a period such as 2023")
            for adcode in gap.get("adcodes", ()):
                yield from _choice("metrics.toml", None, f"{id_}.breaks.adcodes", adcode, ADCODES)


def _codes(raw: Raw) -> Iterator[Problem]:
    """Yield values that name nothing: districts, clusters, metrics, sources, words of a fixed list."""
    tables = raw.tables
    clusters = tuple(tables["clusters.csv"]["cluster_id"])
    sources = tuple(tables["sources.csv"]["source_id"])
    subjects = (*clusters, *WIDER_SUBJECTS)
    rules: list[tuple[str, str, Iterable[str], bool]] = [
        ("clusters.csv", "adcode", ADCODES, False),
        ("clusters.csv", "tier", TIERS, False),
        ("clusters.csv", "assumption", ("yes", "no"), False),
        ("clusters.csv", "source_id", sources, False),
        ("clusters.csv", "park_source_id", sources, True),
        ("clusters.csv", "strength_source_id", sources, True),
        ("tenants.csv", "cluster_id", clusters, False),
        ("tenants.csv", "status", STATUSES, False),
        ("tenants.csv", "source_id", sources, False),
        ("indicators.csv", "adcode", (CITY, *ADCODES), False),
        ("indicators.csv", "metric", tuple(raw.catalogue), False),
        ("indicators.csv", "source_id", sources, False),
        ("indicators.csv", "quality", QUALITIES, False),
        ("statements.csv", "subject", subjects, False),
        ("statements.csv", "kind", STATEMENT_KINDS, False),
        ("statements.csv", "qualifier", (">", "≥", "≈"), True),
        ("statements.csv", "source_id", sources, False),
        ("statements.csv", "quality", QUALITIES, False),
        ("sources.csv", "host", HOSTS, False),
    ]
    for name, field, allowed, may_be_empty in rules:
        for row, value in tables[name][field].items():
            if value or not may_be_empty:
                yield from _choice(name, int(str(row)) + 2, field, value, tuple(allowed))


def _numbers(raw: Raw) -> Iterator[Problem]:
    """Yield values that are no number, periods and dates that are none."""
    for name, may_be_empty in (("indicators.csv", False), ("statements.csv", True)):
        table = raw.tables[name]
        number = pd.to_numeric(table["value"], errors="coerce")
        bad = number.isna() | number.isin([float("inf"), float("-inf")])
        for row in table.index[bad & ~((table["value"] == "") & may_be_empty)]:
            yield Problem(
                name, row + 2, "value", table["value"][row], "a finite number without unit or thousands separator"
            )
        for row, period in table["period"].items():
            if not PERIOD.fullmatch(period) and not (may_be_empty and period == ""):
                yield Problem(
                    name, int(str(row)) + 2, "period", period, f"a period such as 2023, 2023H1, 2024Q1-Q3 or {UNDATED}"
                )
    for row, date in raw.tables["tenants.csv"]["date"].items():
        if not DATE.fullmatch(date):
            yield Problem(
                "tenants.csv", int(str(row)) + 2, "date", date, "a date such as 2020, 2020-07 or 2020-07-06, or nothing"
            )


def _layers(raw: Raw) -> Iterator[Problem]:
    """Yield geometry that is missing, invalid, overlapping or outside its district."""
    for name, layer in raw.layers.items():
        for row in layer.index[shapely.is_missing(layer.geometry.values) | layer.geometry.is_empty | ~layer.geometry.is_valid]:
            yield Problem(
                name,
                row + 1,
                "geometry",
                str(layer.get("adcode", layer.index)[row]),
                "a valid, non-empty geometry (feature number given)",
            )
    districts = raw.layers["districts.geojson"]
    codes = list(districts["adcode"])
    for adcode in sorted(set(ADCODES) - set(codes)):
        yield Problem("districts.geojson", None, "adcode", "", f"a feature for district {adcode}")
    for row, adcode in enumerate(codes):
        if adcode not in ADCODES or adcode in codes[:row]:
            yield Problem(
                "districts.geojson",
                row + 1,
                "adcode",
                str(adcode),
                "each of the eleven district codes once (feature number given)",
            )
    if districts.geometry.is_valid.all() and not shapely.coverage_is_valid(
        districts.to_crs(MEASURING_CRS).geometry.values
    ):
        yield Problem(
            "districts.geojson", None, "geometry", "overlap or gap", "districts that share their borders exactly"
        )
    shapes = dict(zip(codes, districts.geometry, strict=True))
    clusters = tuple(raw.tables["clusters.csv"]["cluster_id"])
    for row, zone in raw.layers["zones.geojson"].iterrows():
        yield from _choice("zones.geojson", int(str(row)) + 1, "cluster_id", zone["cluster_id"], clusters)
        home = shapes.get(zone["adcode"])
        if home is None or not home.buffer(1e-5).contains(zone.geometry):
            yield Problem(
                "zones.geojson",
                int(str(row)) + 1,
                "geometry",
                zone["cluster_id"],
                f"a zone inside its district {zone['adcode']}",
            )


def _choice(file: str, row: int | None, field: str, value: object, allowed: tuple[object, ...]) -> Iterator[Problem]:
    """Yield a problem unless a value is one of those allowed."""
    if value not in allowed:
        shown = ", ".join(map(str, allowed[:12])) + (", …" if len(allowed) > 12 else "")
        yield Problem(file, row, field, str(value), f"one of {shown}")
