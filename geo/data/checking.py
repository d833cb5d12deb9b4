"""All problems of a data folder at once."""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import numpy as np
import pandas as pd

from geo.data.checking_catalogue import catalogue_problems
from geo.data.checking_layers import layer_problems
from geo.data.checking_sites import site_problems
from geo.data.raw import Raw
from geo.data.story import slide_problems
from geo.escaping import web_address
from geo.fields import COLUMNS, KEYS, TABLES, Field, Holds
from geo.schema import ADCODES, CITY, NEEDED_SOURCES, PERIOD, TIERS, UNDATED, Problem, choice_problem

__all__ = ["find_problems", "stored_metrics"]

DATE = r"(?:\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?)?"
COMPUTED = ("area_measured", "known_tenants")  # by geo.figures.measures, from the layers and the tenants
WIDER_SUBJECTS = ("plan", "guangdong", "guangzhou")
Tables = Mapping[str, pd.DataFrame]


def find_problems(raw: Raw) -> list[Problem]:
    """Return every problem of a data folder, file by file; an empty list means it can be used.

    Parameters
    ----------
    raw
        The folder as :meth:`geo.data.raw.Raw.read` returns it.

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
    problems += site_problems(tables, layers)
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
            yield Problem(name, row + 2, "+".join(KEYS[name]), taken, "a unique key; this row is a duplicate")


def _words(tables: Tables) -> Iterator[Problem]:
    """Yield values outside a fixed list."""
    for name, fields in TABLES.items():
        for field in fields.values():
            if field.values and field.stored:
                yield from _choices(tables, name, field.name, tuple(field.values))
    for name, adcodes in (("clusters.csv", ADCODES), ("indicators.csv", (CITY, *ADCODES))):
        yield from _choices(tables, name, "adcode", adcodes)


def _references(tables: Tables, catalogue: Mapping[str, Any]) -> Iterator[Problem]:
    """Yield values that name a cluster, source or metric that is not there; an optional source may be empty, a computed metric is none."""
    metrics = stored_metrics(catalogue)
    clusters = _listed(tables, "clusters.csv", "cluster_id")
    known: dict[Holds, tuple[str, ...] | None] = {
        "cluster": clusters,
        "source": _listed(tables, "sources.csv", "source_id"),
    }
    for holds, ids in known.items():
        for name, field in _holding(holds):
            if ids is not None:
                optional = () if field.required or field.key else ("",)
                yield from _choices(tables, name, field.name, (*optional, *ids))
    if clusters is not None:
        yield from _choices(tables, "statements.csv", "subject", (*clusters, *WIDER_SUBJECTS))
    if metrics:
        yield from _choices(tables, "indicators.csv", "metric", metrics)


def _holding(holds: Holds) -> Iterator[tuple[str, Field]]:
    """Yield the columns that hold one kind of thing, each with its table."""
    for name, fields in TABLES.items():
        yield from ((name, field) for field in fields.values() if field.stored and field.holds == holds)


def stored_metrics(catalogue: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the metrics of a catalogue whose figures are stored, not computed from others."""
    return tuple(
        id_
        for id_, entry in catalogue.items()
        if id_ not in COMPUTED and (not isinstance(entry, dict) or entry.get("kind") != "rate")
    )


def _choices(tables: Tables, name: str, field: str, allowed: tuple[str, ...]) -> Iterator[Problem]:
    """Yield the cells of a column that hold none of the allowed words."""
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
    """Yield values that are not numbers, and periods and dates that are malformed; in statements both may be empty."""
    for name, empty in (("indicators.csv", False), ("statements.csv", True)):
        if name not in tables:
            continue
        for place in np.flatnonzero(~np.isfinite(_values(tables, name))):
            row, value = int(tables[name].index[place]) + 2, tables[name]["value"].iloc[place]
            if not (empty and not value):
                yield Problem(name, row, "value", value, "a finite number without unit or thousands separator")
        none = r"|" if empty else ""
        for row, period in _unlike(tables, name, "period", PERIOD.pattern + none):
            yield Problem(
                name,
                row,
                "period",
                period,
                f"a period such as 2023, 2023H1, 2024Q1-Q3, 2024M05, 2024M01-M05 or {UNDATED}",
            )
    for name, field in _holding("date"):
        for row, date in _unlike(tables, name, field.name, DATE):
            yield Problem(name, row, field.name, date, "a date such as 2020, 2020-07 or 2020-07-06, or nothing")
    for name, field in _holding("address"):
        for row, text in _bad_cells(tables, name, field.name, lambda text: bool(text) and not web_address(text)):
            expected = "a plain web address (http or https, without blanks, quotation marks or square brackets), or an empty cell"
            yield Problem(name, row, field.name, text, expected)


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
        expected = (
            "a number above 0, because other metrics are divided by it"
            if divides.iloc[place]
            else "a number not below 0"
        )
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
                "each district once, because every district has one cluster",
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
                    yield Problem("zones.geojson", None, "cluster_id", "", f"a zone for the cluster {cluster}")
    for source in NEEDED_SOURCES if "sources.csv" in tables else ():
        if source not in set(tables["sources.csv"]["source_id"]):
            yield Problem("sources.csv", None, "source_id", "", f"a row for {source}, to which derived figures refer")
