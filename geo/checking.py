"""All problems of a data folder at once."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from geo.checking_catalogue import catalogue_problems
from geo.checking_layers import layer_problems
from geo.escaping import web_address
from geo.schema import (
    ADCODES,
    CITY,
    COLUMNS,
    NEEDED_SOURCES,
    PERIOD,
    QUALITIES,
    TIERS,
    UNDATED,
    Problem,
    choice_problem,
)
from geo.story import SLIDE_TABLE, slide_problems

if TYPE_CHECKING:
    from geo.loading import Raw

__all__ = ["KEYS", "STATUSES", "find_problems", "stored_metrics"]

DATE = r"(?:\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?)?"
STATUSES = (
    "considering", "expected", "land_bought", "under_construction", "topped_out", "completed", "moved_in", "moved_out",
)  # fmt: skip
WORDS: Mapping[tuple[str, str], tuple[str, ...]] = {
    ("clusters.csv", "adcode"): ADCODES,
    ("clusters.csv", "tier"): TIERS,
    ("clusters.csv", "assumption"): ("yes", "no"),
    ("tenants.csv", "status"): STATUSES,
    ("indicators.csv", "adcode"): (CITY, *ADCODES),
    ("indicators.csv", "quality"): QUALITIES,
    ("statements.csv", "kind"): ("plan", "target", "expected", "reported", "fact"),
    ("statements.csv", "qualifier"): ("", ">", "≥", "≈"),
    ("statements.csv", "quality"): QUALITIES,
    ("sources.csv", "host"): ("official", "publisher", "copy"),
}
COMPUTED = ("area_measured", "known_tenants")  # by geo.measures, from the layers and the tenants
WIDER_SUBJECTS = ("plan", "guangdong", "guangzhou")
KEYS = {
    "clusters.csv": ["cluster_id"],
    "tenants.csv": ["company_id", "cluster_id", "status"],
    "indicators.csv": ["adcode", "metric", "period"],
    "statements.csv": ["statement_id"],
    "sources.csv": ["source_id"],
    SLIDE_TABLE: ["slide_id"],  # of versions; in the folder the story is a file of its own
}
Tables = Mapping[str, pd.DataFrame]


def find_problems(raw: Raw) -> list[Problem]:
    """Return every problem of a data folder, file by file; an empty list means it can be used.

    Parameters
    ----------
    raw
        The folder as :func:`geo.loading.read` returns it.

    Notes
    -----
    A missing file or column is a problem of its own; whatever can be checked without it is checked all the same.
    """
    problems = [*raw.problems, *_columns(raw)]
    tables = {name: table for name, table in raw.tables.items() if set(COLUMNS[name]) <= set(table.columns)}
    layers = {name: layer for name, layer in raw.layers.items() if set(COLUMNS[name]) <= set(layer.columns)}
    if not any(problem.file == "metrics.toml" for problem in raw.problems):
        problems += catalogue_problems(raw.catalogue)
    problems += slide_problems(raw.slides)
    problems += [*_keys(tables), *_words(tables), *_references(tables, raw.catalogue), *_numbers(tables)]
    problems += _counts(tables, raw.catalogue)
    problems += [*_plan(tables, layers), *layer_problems(layers, _listed(tables, "clusters.csv", "cluster_id"))]
    return problems


def _columns(raw: Raw) -> Iterator[Problem]:
    """Yield columns that are missing."""
    for name, frame in [*raw.tables.items(), *raw.layers.items()]:
        for column in COLUMNS[name]:
            if column not in frame.columns:
                yield Problem(name, 1, column, "", "this column in the header")


def _listed(tables: Tables, name: str, column: str) -> tuple[str, ...] | None:
    """Return the values of a column, None where the table is not there."""
    return tuple(tables[name][column]) if name in tables else None


def _keys(tables: Tables) -> Iterator[Problem]:
    """Yield rows whose key is already taken by an earlier row."""
    for name, table in tables.items():
        for row in table.index[table.duplicated(KEYS[name])]:
            taken = " ".join(table.loc[row, KEYS[name]])
            yield Problem(name, row + 2, "+".join(KEYS[name]), taken, "a key used once; this is a duplicate row")


def _words(tables: Tables) -> Iterator[Problem]:
    """Yield values that are none of a fixed list."""
    for (name, field), allowed in WORDS.items():
        yield from _choices(tables, name, field, allowed)


def _references(tables: Tables, catalogue: Mapping[str, Any]) -> Iterator[Problem]:
    """Yield values that name a cluster, source or metric that is not there; an optional source may be empty, a computed metric is none."""
    metrics = stored_metrics(catalogue)
    clusters = _listed(tables, "clusters.csv", "cluster_id")
    sources = _listed(tables, "sources.csv", "source_id")
    rules: list[tuple[str, str, tuple[str, ...] | None]] = [
        ("tenants.csv", "cluster_id", clusters),
        ("statements.csv", "subject", (*clusters, *WIDER_SUBJECTS) if clusters is not None else None),
        ("indicators.csv", "metric", metrics or None),
        ("clusters.csv", "park_source_id", ("", *sources) if sources is not None else None),
        ("clusters.csv", "strength_source_id", ("", *sources) if sources is not None else None),
        *((name, "source_id", sources) for name in ("clusters.csv", "tenants.csv", "indicators.csv", "statements.csv")),
    ]
    for name, field, allowed in rules:
        if allowed is not None:
            yield from _choices(tables, name, field, allowed)


def stored_metrics(catalogue: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the metrics of a catalogue whose figures are stored, not computed from others."""
    return tuple(
        id_
        for id_, entry in catalogue.items()
        if id_ not in COMPUTED and (not isinstance(entry, dict) or entry.get("kind") != "rate")
    )


def _choices(tables: Tables, name: str, field: str, allowed: tuple[str, ...]) -> Iterator[Problem]:
    """Yield the cells of a column that are none of the allowed words."""
    known = set(allowed)
    for row, value in _bad_cells(tables, name, field, lambda word: word not in known):
        yield from choice_problem(name, row, field, value, allowed)


def _bad_cells(tables: Tables, name: str, field: str, bad: Callable[[str], bool]) -> Iterator[tuple[int, str]]:
    """Yield the bad cells of a column with their row as an editor counts; each distinct text is judged once."""
    if name not in tables:
        return
    column = tables[name][field]
    codes, words = pd.factorize(column.to_numpy(object), use_na_sentinel=False)
    judged = np.array([bad(word) for word in words], bool)
    for place in np.flatnonzero(judged[codes]) if len(words) else ():
        yield int(column.index[place]) + 2, words[codes[place]]


def _values(tables: Tables, name: str) -> np.ndarray:
    """Return the values of a table as numbers, NaN for what is none."""
    numbers: np.ndarray = pd.to_numeric(tables[name]["value"].astype(object), errors="coerce").to_numpy(float)
    return numbers


def _numbers(tables: Tables) -> Iterator[Problem]:
    """Yield values that are no number, periods and dates that are none; in statements both may be empty."""
    for name, empty in (("indicators.csv", False), ("statements.csv", True)):
        if name not in tables:
            continue
        for place in np.flatnonzero(~np.isfinite(_values(tables, name))):
            row, value = int(tables[name].index[place]) + 2, tables[name]["value"].iloc[place]
            if not (empty and not value):
                yield Problem(name, row, "value", value, "a finite number without unit or thousands separator")
        none = r"|" if empty else ""
        for row, period in _unlike(tables, name, "period", PERIOD.pattern + none):
            yield Problem(name, row, "period", period, f"a period such as 2023, 2023H1, 2024Q1-Q3 or {UNDATED}")
    for row, date in _unlike(tables, "tenants.csv", "date", DATE):
        yield Problem("tenants.csv", row, "date", date, "a date such as 2020, 2020-07 or 2020-07-06, or nothing")
    for row, address in _bad_cells(tables, "sources.csv", "address", lambda text: bool(text) and not web_address(text)):
        expected = "a plain web address (http or https, without blanks, quotation marks or square brackets), or nothing"
        yield Problem("sources.csv", row, "address", address, expected)


def _unlike(tables: Tables, name: str, field: str, pattern: str) -> Iterator[tuple[int, str]]:
    """Yield the cells of a column that are not written like a pattern, as a whole."""
    fits = re.compile(pattern).fullmatch
    return _bad_cells(tables, name, field, lambda word: not fits(word))


def _counts(tables: Tables, catalogue: Mapping[str, Any]) -> Iterator[Problem]:
    """Yield counts below 0, and denominators of rates that are not above it."""
    if "indicators.csv" not in tables:
        return
    entries = [entry for entry in catalogue.values() if isinstance(entry, dict)]
    below = {entry.get("denominator") for entry in entries if entry.get("kind") == "rate"}
    counts = [id_ for id_, entry in catalogue.items() if isinstance(entry, dict) and entry.get("kind") == "count"]
    table, numbers = tables["indicators.csv"], _values(tables, "indicators.csv")
    divides = table["metric"].isin([id_ for id_ in counts if id_ in below])
    for place in np.flatnonzero(table["metric"].isin(counts) & ((numbers < 0) | (divides & (numbers == 0)))):
        expected = "a number above 0, for others are divided by it" if divides.iloc[place] else "a number from 0"
        yield Problem("indicators.csv", int(table.index[place]) + 2, "value", table["value"].iloc[place], expected)


def _plan(tables: Tables, layers: Tables) -> Iterator[Problem]:
    """Yield what the plan 1+1+9 lacks: one cluster of each of the first two tiers, with its zone, nine of the third; sources."""
    if "clusters.csv" in tables:
        clusters = tables["clusters.csv"]
        for row in clusters.index[clusters["adcode"].duplicated()]:
            yield Problem(
                "clusters.csv",
                row + 2,
                "adcode",
                clusters["adcode"][row],
                "each district once: every district has one cluster",
            )
        known = clusters["tier"].isin(TIERS).all()  # an unknown tier is reported already
        for tier, wanted in zip(TIERS, (1, 1, 9), strict=True) if known else ():
            found = int((clusters["tier"] == tier).sum())
            if found != wanted:
                yield Problem("clusters.csv", None, "tier", f"{found} clusters of tier {tier}", str(wanted))
        if "zones.geojson" in layers:
            drawn = set(layers["zones.geojson"]["cluster_id"])
            for cluster in clusters.loc[clusters["tier"].isin(TIERS[:2]), "cluster_id"]:
                if cluster not in drawn:
                    yield Problem("zones.geojson", None, "cluster_id", "", f"a zone of the cluster {cluster}")
    for source in NEEDED_SOURCES if "sources.csv" in tables else ():
        if source not in set(tables["sources.csv"]["source_id"]):
            yield Problem("sources.csv", None, "source_id", "", f"a row for {source}, which derived figures refer to")
