"""The data folder as read, to a checked atlas."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from geo.data import checking, story
from geo.data.raw import Raw
from geo.errors import DataError
from geo.figures import measures
from geo.schema import LANGUAGES, Atlas, Break, DisplayFormat, Metric, Problem, Remark

__all__ = ["check", "checked", "load", "parse_metrics", "typed"]


def load(folder: Path) -> Atlas:
    """Return the atlas in a data folder.

    Parameters
    ----------
    folder
        Folder with the files named in :data:`geo.fields.COLUMNS`, ``metrics.toml`` and ``slides.toml``.

    Returns
    -------
    Checked and typed data; all layers in EPSG:4326.

    Raises
    ------
    DataError
        If any file is missing, malformed or inconsistent with another, or a sentence of the briefing cannot be computed; lists every
        problem of every file.

    Examples
    --------
    >>> atlas = load(folder)
    >>> len(atlas.districts), atlas.districts.crs.to_string(), atlas.metrics["gdp"].unit
    (11, 'EPSG:4326', '亿元')
    """
    return _atlas(checked(folder))


def checked(folder: Path) -> Raw:
    """Return a data folder as read, in which nothing is wrong.

    Raises
    ------
    DataError
        As :func:`load`.
    """
    raw = Raw.read(folder)
    problems = check(raw)
    if problems:
        raise DataError(problems)
    return raw


def check(raw: Raw) -> list[Problem]:
    """Return every problem of a folder that was read; the sentences are computed where nothing else is wrong."""
    problems = checking.find_problems(raw)
    if problems:
        return problems
    atlas = _atlas(raw)
    return list(story.story_problems(atlas, measures.figures(atlas)))


def typed(raw: Raw) -> Atlas:
    """Return the atlas of a folder that was read, perhaps with some of its tables replaced.

    A sentence that cannot be computed is not one of its problems: staff may have published figures without it, and the slide shows a gap.

    Raises
    ------
    DataError
        If any file is missing, malformed or inconsistent with another; lists every problem of every file.
    """
    problems = checking.find_problems(raw)
    if problems:
        raise DataError(problems)
    return _atlas(raw)


def _atlas(raw: Raw) -> Atlas:
    """Return the atlas of a folder without problems."""
    indicators = raw.tables["indicators.csv"].assign(value=lambda table: pd.to_numeric(table["value"]))
    statements = raw.tables["statements.csv"].assign(value=lambda table: pd.to_numeric(table["value"]))
    clusters = raw.tables["clusters.csv"].assign(assumption=lambda table: table["assumption"] == "yes")
    return Atlas(
        districts=raw.layers["districts.geojson"],
        zones=raw.layers["zones.geojson"],
        context=raw.layers["context.geojson"],
        sites=raw.layers["sites.geojson"],
        clusters=clusters,
        tenants=raw.tables["tenants.csv"],
        indicators=indicators,
        statements=statements,
        sources=raw.tables["sources.csv"].set_index("source_id"),
        metrics=parse_metrics(raw.catalogue),
        slides=story.parse_slides(raw.slides),
        house=raw.house,
    )


def parse_metrics(catalogue: Mapping[str, Mapping[str, Any]]) -> dict[str, Metric]:
    """Return the metrics of a checked ``metrics.toml``, in its order."""
    return {id_: _metric(id_, entry) for id_, entry in catalogue.items()}


def _metric(id_: str, entry: Mapping[str, Any]) -> Metric:
    """Return one metric of one catalogue table."""
    plain = {key: entry[key] for key in ("numerator", "denominator", "denominator_within", "tolerance") if key in entry}
    return Metric(
        id=id_,
        name=_both(entry, "name"),
        definition=_both(entry, "definition"),
        note=_both(entry, "note"),
        unit=entry["unit"],
        kind=entry["kind"],
        scheme=entry["scheme"],
        classes=entry["classes"],
        show={language: DisplayFormat(**entry["show"][language]) for language in LANGUAGES},
        breaks=tuple(
            Break(b["after"], _both(b, "reason"), frozenset(b.get("adcodes", ())), b.get("hides_value", False))
            for b in entry.get("breaks", ())
        ),
        remarks=tuple(
            Remark(r["period"], _both(r, "text"), frozenset(r.get("adcodes", ())), bool(r.get("unranked")))
            for r in entry.get("remarks", ())
        ),
        factor=float(entry.get("factor", 1)),
        aliases=tuple(entry.get("aliases", ())),
        qualifiers=tuple(entry.get("qualifiers", ())),
        **plain,
    )


def _both(entry: Mapping[str, Any], name: str) -> dict[str, str]:
    """Return the text of a field in both languages, empty where there is none."""
    return {language: entry.get(f"{name}_{language}", "") for language in LANGUAGES}
