"""The features of a GeoJSON file of the office, checked one by one and brought into WGS-84."""

import json
import math
from collections.abc import Callable, Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import shapely
import shapely.geometry

from geo.data.landmarks import LANDMARKS
from geo.schema import GEOGRAPHIC_CRS, LANGUAGES, MEASURING_CRS, Draw, Problem

__all__ = ["BOX", "read"]

BOX = shapely.box(110, 20, 117, 27)  # degrees: what lies outside is not about this city, or has latitude first
_SHAPES: Mapping[str, tuple[str, ...]] = {
    "line": ("LineString", "MultiLineString"),
    "fill": ("Polygon", "MultiPolygon"),
    "point": ("Point", "MultiPoint"),
}
_MOST_BYTES, _MOST_FEATURES, _LONGEST = 5_000_000, 5_000, 60  # characters of a label
_LISTED = 20  # problems of one file
_NEAR_M = 200  # how far a named place may be from where it is known to stand; the datums are 600 m apart
Convert = Callable[[Any, Any], tuple[Any, Any]] | None


def read(
    path: Path, draw: Draw, label: Mapping[str, str], datums: Mapping[str, Convert], datum: str
) -> tuple[gpd.GeoDataFrame, list[Problem]]:
    """Return the features of a file in WGS-84, and what is wrong with it.

    Parameters
    ----------
    draw
        Which says what shapes they must be.
    label
        The property that names a feature, by language; empty where none does.
    datums, datum
        What converts each datum to WGS-84, and the one that the file is said to be in.

    Returns
    -------
    ``label_en``, ``label_zh`` (one line, "" without a name), geometry in EPSG:4326; features are numbered from 1 in problems. At most 20 problems are listed.
    """
    rows: list[dict[str, Any]] = []
    problems = list(islice(_found(path, draw, label, rows), _LISTED))
    columns = {f"label_{language}": [row[language] for row in rows] for language in LANGUAGES}
    raw = gpd.GeoDataFrame(columns, geometry=[row["shape"] for row in rows], crs=GEOGRAPHIC_CRS)
    if not problems:
        problems = list(islice(_misplaced(path.name, raw, datums, datum), _LISTED))
    return _converted(raw, datums[datum]), problems


def _converted(layer: gpd.GeoDataFrame, convert: Convert) -> gpd.GeoDataFrame:
    """Return a layer in WGS-84."""
    if convert is None:
        return layer
    moved = shapely.transform(layer.geometry.to_numpy(), lambda at: np.column_stack(convert(at[:, 0], at[:, 1])))
    return layer.set_geometry(gpd.GeoSeries(moved, index=layer.index, crs=GEOGRAPHIC_CRS))


def _found(path: Path, draw: Draw, label: Mapping[str, str], rows: list[dict[str, Any]]) -> Iterator[Problem]:
    """Yield what is wrong with a file, and append its good features to ``rows``."""
    features = _features(path)
    if isinstance(features, Problem):
        yield features
        return
    for number, feature in enumerate(features, start=1):
        wrong = list(_feature(path.name, number, feature, draw, label, rows))
        yield from wrong
    if label and rows and not any(row[language] for row in rows for language in label):
        named = ", ".join(sorted(set(label.values())))
        yield Problem(
            path.name, None, named, "", "this property with a name in some of the features, or no label in layers.toml"
        )


def _features(path: Path) -> list[Any] | Problem:
    """Return the features of a GeoJSON file in degrees, not looked at yet, or why there are none."""

    def wrong(field: str, found: str, expected: str) -> Problem:
        """Return a problem of the whole file."""
        return Problem(path.name, None, field, found, expected)

    if not path.is_file():
        return wrong("", "no such file", f"the file in {path.parent}")
    if (size := path.stat().st_size) > _MOST_BYTES:
        return wrong("", f"{size:,} bytes", f"at most {_MOST_BYTES:,}; simplify it, or cut it to the city")
    try:
        content = json.loads(path.read_text(encoding="utf-8-sig"))
    except (ValueError, RecursionError) as error:
        return wrong("", str(error)[:80], "a GeoJSON file in UTF-8")
    features = content.get("features") if isinstance(content, dict) else None
    kind = content.get("type") if isinstance(content, dict) else None
    if not isinstance(features, list) or kind != "FeatureCollection" or not 0 < len(features) <= _MOST_FEATURES:
        return wrong("features", "", f"a FeatureCollection of 1 to {_MOST_FEATURES:,} features")
    crs = json.dumps(content.get("crs", "CRS84"))
    if not any(code in crs for code in ("CRS84", "4326", "4490")):
        convert = "convert the file, for example with ogr2ogr -t_srs EPSG:4326"
        return wrong("crs", crs[:80], f"coordinates in degrees (no other crs); {convert}")
    return features


def _feature(
    file: str, number: int, feature: Any, draw: Draw, label: Mapping[str, str], rows: list[dict[str, Any]]
) -> Iterator[Problem]:
    """Yield what is wrong with a feature, or append it to ``rows``."""
    try:
        shape = shapely.geometry.shape(feature["geometry"])
        properties = feature.get("properties") or {}
    except (KeyError, TypeError, ValueError, AttributeError, IndexError, shapely.errors.ShapelyError):
        yield Problem(file, number, "geometry", "", "a feature with a geometry (feature number given)")
        return
    if shape.geom_type not in _SHAPES[draw]:
        yield Problem(
            file,
            number,
            "geometry",
            shape.geom_type,
            f'{" or ".join(_SHAPES[draw])}, as draw = "{draw}" in layers.toml needs it',
        )
    elif shape.is_empty or not all(map(math.isfinite, shape.bounds)) or not shapely.covers(BOX, shape.envelope):
        west, south = shape.bounds[:2] if shape.bounds else (math.nan, math.nan)
        expected = "longitude, then latitude in degrees, within {:g} to {:g} and {:g} to {:g}".format(
            *(BOX.bounds[side] for side in (0, 2, 1, 3))
        )
        yield Problem(file, number, "geometry", f"{west:g}, {south:g}", expected)
    elif draw == "fill" and not shape.is_valid:
        yield Problem(
            file,
            number,
            "geometry",
            shapely.is_valid_reason(shape)[:80],
            "a valid polygon; mend it, for example with Fix geometries in QGIS",
        )
    else:
        row = {language: _text(properties.get(label.get(language, ""))) for language in LANGUAGES}
        long = next((language for language in LANGUAGES if len(row[language]) > _LONGEST), None)
        if long:
            yield Problem(file, number, label[long], row[long][:80], f"a name of at most {_LONGEST} characters")
        rows.append(row | {"shape": shapely.force_2d(shape)})


def _text(value: object) -> str:
    """Return a property as one line that can be shown; "" for what is neither text nor number."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in str(value)).split())


def _misplaced(file: str, layer: gpd.GeoDataFrame, datums: Mapping[str, Convert], datum: str) -> Iterator[Problem]:
    """Yield points named after a landmark that would stand in its place in another datum than the one that is said."""
    for number, row in enumerate(layer.itertuples(), start=1):
        marks = [
            mark for mark in LANDMARKS if mark.name_zh in row.label_zh or mark.name_en.lower() in row.label_en.lower()
        ]
        if row.geometry.geom_type != "Point" or not marks:
            continue
        known = gpd.GeoSeries(
            gpd.points_from_xy([m.lon for m in marks], [m.lat for m in marks]), crs=GEOGRAPHIC_CRS
        ).to_crs(MEASURING_CRS)
        here = layer.iloc[[number - 1]]
        fits = [
            name
            for name, convert in datums.items()
            if known.distance(_converted(here, convert).geometry.to_crs(MEASURING_CRS).iloc[0]).min() <= _NEAR_M
        ]
        if fits and datum not in fits:
            found = f"{row.label_zh or row.label_en}: {row.geometry.x:.4f}, {row.geometry.y:.4f}"
            yield Problem(
                file,
                number,
                "geometry",
                found,
                f'datum = "{fits[0]}" in layers.toml, where this would be {marks[0].name_zh} ({marks[0].name_en}); it says "{datum}"',
            )
