"""Layers of the office on maps: which, in which colour, whose they are; on pages and walls as GeoJSON, in files as SVG."""

import json
import math
from collections.abc import Iterable, Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any

import shapely

from geo.data import house_layers
from geo.errors import DataError
from geo.maps.outlines import MapFrame, Polygons
from geo.maps.themes import THEMES, Theme
from geo.schema import LANGUAGES, Atlas, HouseLayer

__all__ = [
    "OPACITY",
    "ROLES",
    "colour",
    "credit",
    "drawing",
    "in_file",
    "names",
    "on_page",
    "open_folder",
    "script_data",
]

ROLES = tuple(role.name for role in fields(Theme))
OPACITY = 0.6  # of filled layers: what a district's colour says stays to be seen
_EQUATOR_PX = 40_075_016.7 / 256  # metres a pixel of Leaflet's zoom 0
_LATITUDE = math.cos(math.radians(23.1))  # of the city


def open_folder(folder: Path | None) -> tuple[HouseLayer, ...]:
    """Return the layers of a folder, none without one.

    Raises
    ------
    DataError
        If any of them has a problem; lists every problem of every file.
    """
    if folder is None:
        return ()
    layers, problems = house_layers.read(folder, ROLES)
    if problems:
        raise DataError(problems)
    return layers


def colour(layer: HouseLayer, theme: Theme) -> str:
    """Return the colour of a layer in a theme."""
    return layer.colour if layer.colour.startswith("#") else str(getattr(theme, layer.colour))


def on_page(atlas: Atlas, page: str) -> tuple[str, ...]:
    """Return the layers that a page shows, the lowest first."""
    return tuple(layer.id for layer in atlas.house if page in layer.pages)


def in_file(atlas: Atlas, frame: MapFrame, unit: float) -> list[HouseLayer]:
    """Return the layers that a map in a file shows at its scale, the lowest first; ``unit`` is a twelfth of the size of a district's name."""
    zoom = math.log2(frame.scale / unit * _EQUATOR_PX * _LATITUDE)
    return [layer for layer in atlas.house if layer.files and zoom >= layer.zoom]


def credit(own: str, layers: Iterable[HouseLayer], language: str) -> str:
    """Return whose material a map shows, each once."""
    return " · ".join(dict.fromkeys(filter(None, (own, *(layer.attribution[language] for layer in layers)))))


def script_data(atlas: Atlas, *, files: bool = False) -> list[dict[str, Any]]:
    """Return the layers as JSON values for ``ui/static/house.js``; for a file only those that may be in one."""
    return [_script_layer(layer) for layer in atlas.house if layer.files or not files]


def _script_layer(layer: HouseLayer) -> dict[str, Any]:
    """Return one layer as JSON values: shapes of five decimals (1 m), and where each name goes as (lat, lon)."""
    shapes = shapely.transform(layer.features.geometry.to_numpy(), lambda degrees: degrees.round(5))
    labels = [
        [round(at.y, 5), round(at.x, 5), row.label_en or row.label_zh, row.label_zh or row.label_en]
        for row, at in zip(layer.features.itertuples(), map(_inside, shapes), strict=True)
        if row.label_en or row.label_zh
    ]
    return {
        "id": layer.id,
        "draw": layer.draw,
        "width": layer.width,
        "zoom": layer.zoom,
        "attribution": layer.attribution,
        "colour": {name: colour(layer, theme) for name, theme in THEMES.items()},
        "shapes": json.loads(shapely.to_geojson(shapely.GeometryCollection(list(shapes)))),
        "labels": labels,
    }


def _inside(shape: shapely.Geometry) -> shapely.Point:
    """Return a point of a shape: the middle of a line, well inside an area."""
    longest = max(shapely.get_parts(shape), key=lambda part: (part.area, part.length))
    return (
        longest.interpolate(0.5, normalized=True)
        if longest.geom_type == "LineString"
        else longest.representative_point()
    )


def drawing(atlas: Atlas, frame: MapFrame, theme: Theme, unit: float) -> Iterator[str]:
    """Yield the elements of the layers, those at the bottom first; no text of theirs is in them."""
    for layer in in_file(atlas, frame, unit):
        ink, width = colour(layer, theme), layer.width * unit
        line = f'stroke="{ink}" stroke-width="{width:g}" stroke-linejoin="round" stroke-linecap="round"'
        parts = [shape.parts for shape in frame.house.get(layer.id, ())]
        if layer.draw == "point":
            spots = [spot for shape in parts for rings in shape for ring in rings for spot in ring]
            dots = (f'<circle cx="{x:g}" cy="{y:g}" r="{width / 2:g}"/>' for x, y in spots)
            yield f'<g class="house" fill="{ink}">{"".join(dots)}</g>'
        elif layer.draw == "line":
            yield f'<path class="house" fill="none" {line} d="{"".join(_trace(shape, "") for shape in parts)}"/>'
        else:
            yield f'<path class="house" fill="{ink}" fill-opacity="{OPACITY}" fill-rule="evenodd" d="{"".join(_trace(shape, "Z") for shape in parts)}"/>'


def _trace(shape: Polygons, end: str) -> str:
    """Return the strokes of a shape."""
    return "".join("M" + "L".join(f"{x:g} {y:g}" for x, y in ring) + end for rings in shape for ring in rings)


def names(layer: HouseLayer, language: str) -> list[str]:
    """Return the names of the features of a layer, in the other language where there is none in this one."""
    other = next(code for code in LANGUAGES if code != language)
    own, others = layer.features[f"label_{language}"], layer.features[f"label_{other}"]
    return list(own.where(own != "", others))
