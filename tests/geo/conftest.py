"""Hand-made data whose answers can be computed by eye, and a data folder that may be broken.

Squares are laid out in EPSG:4547 in whole kilometres from (500000, 2550000), on its central meridian in Guangzhou::

    LIWAN 1 km²  |  YUEXIU 2 km²  |  HAIZHU two squares of 1 km², 10 km to the east  |  TIANHE empty  |  BAIYUN missing
"""

import json
import shutil
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd
import pytest
import shapely

from geo.fields import COLUMNS
from geo.figures.table import Figure, FigureTable
from geo.schema import ADCODES, GEOGRAPHIC_CRS, MEASURING_CRS, Atlas, DisplayFormat, Metric
from geo.uploads.model import Upload
from tests.fixtures import DATA

LIWAN, YUEXIU, HAIZHU, TIANHE, BAIYUN = ADCODES[:5]


def rectangle(east: float, north: float, width: float = 1, height: float = 1) -> shapely.Polygon:
    """Return a rectangle in EPSG:4547, corner and size in km."""
    x, y = 500_000 + 1000 * east, 2_550_000 + 1000 * north
    return shapely.box(x, y, x + 1000 * width, y + 1000 * height)


@pytest.fixture
def squares() -> gpd.GeoDataFrame:
    """Return five districts in EPSG:4547: a square, a neighbour, a multipart, an empty and a missing one."""
    shapes = [
        rectangle(0, 0),
        rectangle(1, 0, width=2),
        shapely.MultiPolygon([rectangle(10, 0), rectangle(12, 0)]),
        shapely.Polygon(),
        None,
    ]
    codes = [LIWAN, YUEXIU, HAIZHU, TIANHE, BAIYUN]
    return gpd.GeoDataFrame({"adcode": codes, "geometry": shapes}, crs=MEASURING_CRS)


@pytest.fixture
def points() -> Callable[..., gpd.GeoDataFrame]:
    """Return a maker of points in EPSG:4547 from (east, north) in km."""

    def make(*places: tuple[float, float], crs: str | None = MEASURING_CRS) -> gpd.GeoDataFrame:
        shapes = [shapely.Point(500_000 + 1000 * east, 2_550_000 + 1000 * north) for east, north in places]
        return gpd.GeoDataFrame(geometry=shapes, crs=crs)

    return make


def _metric(id_: str, kind: str = "count", **fields: Any) -> Metric:
    """Return a metric of which only what matters is said."""
    words = {language: f"{id_} in {language}" for language in ("en", "zh")}
    show = dict.fromkeys(("en", "zh"), DisplayFormat("u", 1, 0))
    plain: dict[str, Any] = {"unit": "u", "scheme": "quantile", "classes": 5, "show": show}
    return Metric(id=id_, name=words, definition=words, note=words, kind=kind, **(plain | fields))


@pytest.fixture
def metric() -> Callable[..., Metric]:
    """Return a maker of metrics."""
    return _metric


@pytest.fixture
def figure_table() -> Callable[..., FigureTable]:
    """Return a maker of books from metrics and plain numbers by (metric, period), then adcode."""

    def make(*metrics: Metric, **columns: Mapping[str, Mapping[str, float]]) -> FigureTable:
        figures = {
            (id_, period): {code: Figure(value, ("s",), "verified") for code, value in column.items()}
            for id_, periods in columns.items()
            for period, column in periods.items()
        }
        return FigureTable({m.id: m for m in metrics} or {id_: _metric(id_) for id_ in columns}, figures)

    return make


def _districts() -> gpd.GeoDataFrame:
    """Return three districts, the last with a name that is out to do harm."""
    shapes = [rectangle(0, 0, 4, 4), rectangle(4, 0, 4, 4), rectangle(8, 0, 4, 4)]
    codes = [LIWAN, YUEXIU, HAIZHU]
    return gpd.GeoDataFrame(
        {
            "adcode": codes,
            "name_zh": ["荔湾区", "越秀区", "海珠区"],
            "name_en": ["Liwan", "Yuexiu", "</script><script>alert(1)//"],
            "area_official_km2": [16.0, 16.0, 16.0],
            "geometry": shapes,
        },
        crs=MEASURING_CRS,
    ).to_crs(GEOGRAPHIC_CRS)


def _zones() -> gpd.GeoDataFrame:
    """Return the outline of one zone."""
    return gpd.GeoDataFrame(
        {
            "cluster_id": ["pazhou"],
            "adcode": [HAIZHU],
            "name_zh": ["琶洲"],
            "name_en": ["Pazhou"],
            "area_km2": [1.04],
            "note_zh": ["示意。"],
            "note_en": ["long text the map does not need"],
            "geometry": [rectangle(9, 1)],
        },
        crs=MEASURING_CRS,
    ).to_crs(GEOGRAPHIC_CRS)


def _context() -> gpd.GeoDataFrame:
    """Return a neighbouring city, the city itself and one place."""
    return gpd.GeoDataFrame(
        {
            "kind": ["city", "city", "place"],
            "adcode": ["440600", "440100", None],
            "name_zh": ["佛山", "广州", "塔"],
            "name_en": ["Foshan", "Guangzhou", "Tower"],
            "source_id": ["s", "s", "s"],
            "geometry": [rectangle(-20, 0, 20, 20), rectangle(0, 0, 12, 4), rectangle(9, 1).centroid],
        },
        crs=MEASURING_CRS,
    ).to_crs(GEOGRAPHIC_CRS)


def _sites() -> gpd.GeoDataFrame:
    """Return a landmark, and the site of a firm 100 m beside it."""
    return gpd.GeoDataFrame(
        {
            "site_id": ["pagoda", "a-site"],
            "kind": ["landmark", "office"],
            "name_zh": ["古塔", "a大厦"],
            "name_en": ["Pagoda", "a Tower"],
            "source_id": ["s", "s"],
            "geometry": [rectangle(9.2, 1.2).centroid, rectangle(9.3, 1.2).centroid],
        },
        crs=MEASURING_CRS,
    ).to_crs(GEOGRAPHIC_CRS)


def _clusters() -> pd.DataFrame:
    """Return a cluster of each tier."""
    return pd.DataFrame(
        [
            ("pazhou", HAIZHU, "headquarters", "Pazhou", "琶洲", "s"),
            ("baietan", LIWAN, "second", "Baietan", "白鹅潭", "s"),
            ("yuexiu", YUEXIU, "district", "Yuexiu", "越秀", "s"),
        ],
        columns=["cluster_id", "adcode", "tier", "name_en", "name_zh", "source_id"],
    )


def _tenants() -> pd.DataFrame:
    """Return events of three companies."""
    tenants = pd.DataFrame(
        [
            ("a", "pazhou", "considering", ""),
            ("a", "pazhou", "moved_in", "2021-04"),
            ("b", "pazhou", "moved_in", "2019"),
            ("b", "pazhou", "moved_out", "2020-07-06"),
            ("c", "pazhou", "land_bought", "2015"),
            ("b", "baietan", "expected", ""),
        ],
        columns=["company_id", "cluster_id", "status", "date"],
    )
    tenants["site_id"] = ["", "", "", "", "a-site", ""]
    tenants["company_en"] = tenants["company_id"] + "-firm (" + tenants["company_id"] + "-app)"
    tenants["company_zh"] = tenants["company_id"] + "公司（" + tenants["company_id"] + "应用）"
    return tenants


def _sources() -> pd.DataFrame:
    """Return a source, and one whose texts are out to do harm."""
    return pd.DataFrame(
        [
            ("s", "Bureau", "局", "Yearbook", "年鉴", "2021-04-14", "publisher", "https://example.org/s"),
            ("evil", "=cmd|' /C calc'!A0", "+1", "Report", "报告", "", "copy", "@SUM(1)"),
        ],
        columns=["source_id", "publisher_en", "publisher_zh", "document_en", "document_zh", "date", "host", "address"],
    ).set_index("source_id")


def _indicators() -> pd.DataFrame:
    """Return residents of two districts."""
    return pd.DataFrame(
        [
            (LIWAN, "people", "2020", 160.0, "s", "verified", ""),
            (YUEXIU, "people", "2020", 320.0, "s", "secondary", ""),
        ],
        columns=["adcode", "metric", "period", "value", "source_id", "quality", "note"],
    )


@pytest.fixture
def atlas() -> Atlas:
    """Return three districts with one zone, one neighbouring city, one place, two sites, and text that is out to do harm."""
    per_km2 = {"kind": "rate", "numerator": "people", "denominator": "area_measured"}
    metrics = [_metric("people"), _metric("area_measured"), _metric("known_tenants"), _metric("density", **per_km2)]
    return Atlas(
        _districts(), _zones(), _context(), _sites(), _clusters(), _tenants(), _indicators(), pd.DataFrame(), _sources(),
        {m.id: m for m in metrics},
    )  # fmt: skip


class DataFolder:
    """A copy of the frozen data folder that can be broken in one place at a time."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def replace(self, name: str, old: str, new: str) -> int:
        """Replace the first occurrence of a text and return its row as an editor counts."""
        text = (self.path / name).read_text(encoding="utf-8")
        assert old in text, f"{name} no longer holds {old!r}"
        (self.path / name).write_text(text.replace(old, new, 1), encoding="utf-8", newline="")
        return text[: text.index(old)].count("\n") + 1

    def append(self, name: str, line: str) -> int:
        """Append a row and return its number as an editor counts."""
        rows = (self.path / name).read_text(encoding="utf-8").splitlines()
        (self.path / name).write_text("\n".join([*rows, line]) + "\n", encoding="utf-8", newline="")
        return len(rows) + 1

    def change_features(self, name: str, change: Callable[[list[dict[str, Any]]], None]) -> None:
        """Change the list of features of a layer in place."""
        layer = json.loads((self.path / name).read_text(encoding="utf-8"))
        change(layer["features"])
        (self.path / name).write_text(json.dumps(layer, ensure_ascii=False), encoding="utf-8")


@pytest.fixture
def shipped() -> Path:
    """Return the frozen data folder, to be read only."""
    return DATA


@pytest.fixture
def folder(tmp_path: Path) -> DataFolder:
    """Return a copy of the frozen data folder that may be broken."""
    return DataFolder(shutil.copytree(DATA, tmp_path / "data"))


def _figures(rows: Iterable[tuple[Any, ...]], first: int) -> pd.DataFrame:
    """Return figures as an upload holds them, from rows of adcode, metric, period, value, source, quality, note; the last three may lack."""
    named = [dict(zip(COLUMNS["indicators.csv"], row, strict=False)) for row in rows]
    plain = {"source_id": "s", "quality": "verified", "note": ""}
    table = pd.DataFrame([plain | row for row in named], columns=list(COLUMNS["indicators.csv"]))
    return table.astype({"value": float}).assign(row=range(first, first + len(table)), column=4)


@pytest.fixture
def uploaded() -> Callable[..., Upload]:
    """Return a maker of uploads of figures from tuples; they stand in rows 2, 3, … and column 4 of the file, totals below them."""

    def make(*rows: tuple[Any, ...], totals: Iterable[tuple[Any, ...]] = (), **fields: Any) -> Upload:
        table = _figures(rows, 2)
        return Upload("indicators", "f.csv", table=table, totals=_figures(totals, 2 + len(table)), **fields)

    return make
