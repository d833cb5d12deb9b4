"""The data folder as read, every table as text, before it is checked: its only reader."""

import csv
import io
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Self

import geopandas as gpd
import pandas as pd

from geo.data import story
from geo.fields import COLUMNS
from geo.schema import GEOGRAPHIC_CRS, HouseLayer, Problem

__all__ = ["Raw", "parse_table", "read_toml"]


@dataclass
class Raw:
    """The data folder as read, every table as text, before it is checked."""

    tables: dict[str, pd.DataFrame] = field(default_factory=dict)
    layers: dict[str, gpd.GeoDataFrame] = field(default_factory=dict)
    catalogue: dict[str, Any] = field(default_factory=dict)
    slides: dict[str, Any] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    house: tuple[HouseLayer, ...] = ()  # of the office, beside the folder: read by geo.data.house_layers

    @classmethod
    def read(cls, folder: Path) -> Self:
        """Return the files of a data folder as text tables and layers; what cannot be read becomes a problem, not an exception."""
        raw = cls()
        for name in (name for name in COLUMNS if name != story.SLIDE_TABLE):
            try:
                if name.endswith(".csv"):
                    raw.tables[name] = parse_table(name, (folder / name).read_bytes(), raw.problems)
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

    def table(self, name: str) -> pd.DataFrame:
        """Return a table as text, by file name; the story is one too."""
        return story.to_frame(self.slides) if name == story.SLIDE_TABLE else self.tables[name]

    def with_tables(self, tables: Mapping[str, pd.DataFrame]) -> Self:
        """Return this folder with some of its tables, by file name, replaced by others; the story may be one of them."""
        others = {name: frame for name, frame in tables.items() if name != story.SLIDE_TABLE}
        slides = story.from_frame(tables[story.SLIDE_TABLE]) if story.SLIDE_TABLE in tables else self.slides
        return replace(self, tables=self.tables | others, slides=slides)


def read_toml(path: Path, problems: list[Problem]) -> dict[str, Any]:
    """Return a TOML file of the folder; one that cannot be read is noted and empty."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        problems.append(Problem(path.name, None, "", "no such file", f"the file in {path.parent}"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        problems.append(Problem(path.name, None, "", str(error), "a TOML file in UTF-8"))
    return {}


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
    if layer.empty:  # without a feature there is no column either
        names = COLUMNS[path.name]
        layer = gpd.GeoDataFrame({name: pd.Series(dtype=str) for name in names}, geometry=[], crs=GEOGRAPHIC_CRS)
    if layer.crs is None:
        layer = layer.set_crs(GEOGRAPHIC_CRS)
    return layer.to_crs(GEOGRAPHIC_CRS)
