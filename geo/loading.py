"""Files to a checked atlas: the only reader of the data folder."""

import csv
import io
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd

from geo import checking, measures, story
from geo.errors import DataError
from geo.schema import COLUMNS, GEOGRAPHIC_CRS, LANGUAGES, Atlas, Break, Metric, Problem, Remark, Show

__all__ = [
    "Raw",
    "check",
    "checked",
    "load",
    "parse_metrics",
    "parse_table",
    "read",
    "read_toml",
    "table",
    "typed",
    "with_tables",
]


@dataclass
class Raw:
    """The data folder as read, every table as text, before it is checked."""

    tables: dict[str, pd.DataFrame] = field(default_factory=dict)
    layers: dict[str, gpd.GeoDataFrame] = field(default_factory=dict)
    catalogue: dict[str, Any] = field(default_factory=dict)
    slides: dict[str, Any] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def load(folder: Path) -> Atlas:
    """Return the atlas in a data folder.

    Parameters
    ----------
    folder
        Folder with the files named in :data:`geo.schema.COLUMNS`, ``metrics.toml`` and ``slides.toml``.

    Returns
    -------
    Checked and typed data; all layers in EPSG:4326.

    Raises
    ------
    DataError
        If any file is missing, malformed or inconsistent with another, or a sentence of the briefing cannot be computed; lists every
        problem of every file.
    """
    return _atlas(checked(folder))


def checked(folder: Path) -> Raw:
    """Return a data folder as read, in which nothing is wrong.

    Raises
    ------
    DataError
        As :func:`load`.
    """
    raw = read(folder)
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

    A sentence that cannot be computed is none of its problems: staff may have published figures without it, and the slide shows a gap.

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
        clusters=clusters,
        tenants=raw.tables["tenants.csv"],
        indicators=indicators,
        statements=statements,
        sources=raw.tables["sources.csv"].set_index("source_id"),
        metrics=parse_metrics(raw.catalogue),
        slides=story.parse_slides(raw.slides),
    )


def read(folder: Path) -> Raw:
    """Return the files of a data folder as text tables and layers; what cannot be read becomes a problem, not an exception."""
    raw = Raw()
    for name in COLUMNS:
        try:
            if name.endswith(".csv"):
                raw.tables[name] = _read_table(folder / name, raw.problems)
            else:
                raw.layers[name] = _read_layer(folder / name)
        except FileNotFoundError:
            raw.problems.append(Problem(name, None, "", "no such file", f"the file in {folder}"))
        except (ValueError, KeyError, RuntimeError, OSError, csv.Error) as error:
            kind = "a UTF-8 CSV file" if name.endswith(".csv") else "a GeoJSON feature collection in WGS-84"
            raw.problems.append(Problem(name, None, "", str(error).splitlines()[0], kind))
    raw.catalogue = read_toml(folder / "metrics.toml", raw.problems)
    raw.slides = read_toml(folder / story.SLIDE_FILE, raw.problems)
    return raw


def read_toml(path: Path, problems: list[Problem]) -> dict[str, Any]:
    """Return a TOML file of the folder; one that cannot be read is noted and empty."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        problems.append(Problem(path.name, None, "", "no such file", f"the file in {path.parent}"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        problems.append(Problem(path.name, None, "", str(error), "a TOML file in UTF-8"))
    return {}


def with_tables(raw: Raw, tables: Mapping[str, pd.DataFrame]) -> Raw:
    """Return a folder as read with some of its tables, by file name, replaced by others; the story may be one of them."""
    others = {name: frame for name, frame in tables.items() if name != story.SLIDE_TABLE}
    slides = story.from_frame(tables[story.SLIDE_TABLE]) if story.SLIDE_TABLE in tables else raw.slides
    return replace(raw, tables=raw.tables | others, slides=slides)


def table(raw: Raw, name: str) -> pd.DataFrame:
    """Return a table of a folder as text, by file name; the story is one too."""
    return story.to_frame(raw.slides) if name == story.SLIDE_TABLE else raw.tables[name]


def _read_table(path: Path, problems: list[Problem]) -> pd.DataFrame:
    """Return a CSV file of the folder as text."""
    return parse_table(path.name, path.read_bytes(), problems)


def parse_table(name: str, content: bytes, problems: list[Problem]) -> pd.DataFrame:
    """Return a UTF-8 CSV file as text, indexed by row from 0; a row with too many or too few fields is left out and noted.

    Raises
    ------
    UnicodeDecodeError, csv.Error
        If the bytes are no UTF-8 or no CSV.
    """
    text = io.StringIO(content.decode("utf-8-sig"), newline="")
    header, *rows = list(csv.reader(text, strict=True)) or [[]]
    ragged = {number for number, row in enumerate(rows) if len(row) != len(header)}
    for number in sorted(ragged):
        found = f"{len(rows[number])} fields: {','.join(rows[number])[:80]}"
        problems.append(Problem(name, number + 2, "", found, f"{len(header)} fields, as in the header"))
    good = [number for number in range(len(rows)) if number not in ragged]
    return pd.DataFrame([rows[number] for number in good], columns=header, index=good, dtype=str)


def _read_layer(path: Path) -> gpd.GeoDataFrame:
    """Return a GeoJSON layer in EPSG:4326, text columns as text."""
    if not path.exists():
        raise FileNotFoundError(path)
    layer = gpd.read_file(path)
    if layer.crs is None:
        layer = layer.set_crs(GEOGRAPHIC_CRS)
    return layer.to_crs(GEOGRAPHIC_CRS)


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
        direction=entry["direction"],
        scheme=entry["scheme"],
        classes=entry["classes"],
        show={language: Show(**entry["show"][language]) for language in LANGUAGES},
        breaks=tuple(
            Break(b["after"], _both(b, "reason"), frozenset(b.get("adcodes", ())), b.get("hides_value", False))
            for b in entry.get("breaks", ())
        ),
        remarks=tuple(
            Remark(r["period"], _both(r, "text"), frozenset(r.get("adcodes", ()))) for r in entry.get("remarks", ())
        ),
        factor=float(entry.get("factor", 1)),
        aliases=tuple(entry.get("aliases", ())),
        **plain,
    )


def _both(entry: Mapping[str, Any], name: str) -> dict[str, str]:
    """Return the text of a field in both languages, empty where there is none."""
    return {language: entry.get(f"{name}_{language}", "") for language in LANGUAGES}
