"""A map as a piece of SVG: shapes, names and marks."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace
from urllib.parse import quote

import numpy as np
import shapely

from geo.maps import house
from geo.maps.folium_map import SHARES, MapStyle, Shape
from geo.maps.labels import Label
from geo.maps.outlines import MapFrame, Polygons, Ring
from geo.maps.text_metrics import xml_text
from geo.maps.themes import HALO_OPACITY, THEMES, Theme
from geo.names import full_district_names, zone_names
from geo.schema import Atlas
from geo.translation import translate

__all__ = ["FONTS", "drawing", "hatching", "mark", "path", "picture", "slice_of", "symbol"]

FONTS = "'Noto Sans CJK SC','Source Han Sans SC','PingFang SC','Microsoft YaHei',sans-serif"
_CORNERS = 24  # of a full circle
_STEP = 6  # twelfths of a name's size: distance of the lines of a hatching


def drawing(
    frame: MapFrame, atlas: Atlas, labels: Sequence[Label], map_style: MapStyle, size: float, *, beneath: bool
) -> Iterator[str]:
    """Yield the elements of a map, those at the bottom first.

    Parameters
    ----------
    labels
        As :func:`geo.maps.labels.place` returns them for the frame and the style.
    size
        Of a district's name; lines and marks keep their proportion to it.
    beneath
        Whether the halo of a name is a text of its own beneath it, for programs that paint a text's outline over its inside.
    """
    theme, unit = THEMES["dark" if map_style.dark else "light"], size / 12
    yield f'<rect width="{frame.width:g}" height="{frame.height:g}" fill="{theme.water}"/>'
    land = f'fill="{theme.land}" stroke="{theme.land_line}" stroke-width="{unit:g}" stroke-linejoin="round"'
    yield f'<g class="cities" {land}>{"".join(path(shape) for shape in frame.cities.values())}</g>'
    yield from _districts(frame, atlas, map_style, theme, unit)
    river = f'fill="{theme.river}" stroke="{theme.river}" stroke-width="{1.5 * unit:g}" stroke-linejoin="round"'
    yield f'<g class="rivers" {river}>{"".join(path(shape) for shape in frame.rivers.values())}</g>'
    yield from house.drawing(atlas, frame, theme, unit)
    yield from _zones(frame, atlas, map_style, theme, unit)
    if map_style.selected in frame.districts:
        yield from _selection(frame.districts[map_style.selected], theme, unit)
    yield from _leaders(labels, theme, unit)
    for label in labels:
        if label.kind == "tenant" and not label.mark:
            yield _ground(label, theme, unit)
        if label.mark and label.kind != "house":
            drawn = symbol if label.kind == "tenant" and label.mark != "dot" else mark
            yield drawn(label.mark, *label.anchor, theme, unit)
    yield from _names(labels, theme, unit, beneath)


def path(shape: Polygons, extra: str = "", title: str = "") -> str:
    """Return a shape as a path element with further attributes and a title."""
    rings = "".join("M" + "L".join(f"{x:g} {y:g}" for x, y in ring) + "Z" for polygon in shape for ring in polygon)
    inside = f"<title>{xml_text(title)}</title>" if title else ""
    return f'<path {extra} fill-rule="evenodd" d="{rings}">{inside}</path>'


def _districts(frame: MapFrame, atlas: Atlas, map_style: MapStyle, theme: Theme, unit: float) -> Iterator[str]:
    """Yield the districts in the colours of the style."""
    names = full_district_names(atlas, map_style.language)
    line = f'stroke="{theme.edge}" stroke-width="{1.2 * unit:g}" stroke-linejoin="round"'
    yield f'<g class="districts" {line}>'
    for code, polygons in frame.districts.items():
        shape = _themed(map_style.shapes.get(code, Shape()), map_style.dark)
        fill = theme.muted if shape.muted else shape.fill or theme.land
        title = "\n".join(filter(None, (names[code], map_style.head, *shape.lines)))
        yield path(polygons, f'class="district district-{xml_text(code)}" fill="{xml_text(fill)}"', title)
        if not shape.fill and not shape.muted:
            yield hatching(polygons, theme, unit)
    yield "</g>"


def _themed(shape: Shape, dark: bool) -> Shape:
    """Return a shape whose tint suits the theme: that of the district of a close-up is another on a dark map."""
    return replace(shape, fill=THEMES["dark"].home) if dark and shape.fill == THEMES["light"].home else shape


def hatching(shape: Polygons, theme: Theme, unit: float) -> str:
    """Return slanting lines across a shape: real lines, since viewers of PDF show seams between the tiles of a pattern."""
    # The lines stay clear of the outline.
    area = shapely.union_all([shapely.Polygon(rings[0], rings[1:]) for rings in shape]).buffer(-0.6 * unit)
    if area.is_empty:
        return ""
    left, top, right, bottom = area.bounds
    step, height = _STEP * unit * np.sqrt(2), bottom - top
    feet = np.arange(np.floor((left - height) / step) * step, right, step) - top % step
    ends = np.stack(
        [
            np.column_stack((feet, np.full(len(feet), bottom))),
            np.column_stack((feet + height, np.full(len(feet), top))),
        ],
        axis=1,
    )
    pieces = shapely.get_parts(shapely.intersection(shapely.multilinestrings(list(shapely.linestrings(ends))), area))
    lines = [shapely.get_coordinates(piece).tolist() for piece in pieces if piece.geom_type == "LineString"]
    drawn = "".join(f"M{a[0]:.5g} {a[1]:.5g}L{b[0]:.5g} {b[1]:.5g}" for a, b in filter(None, lines))
    return f'<path class="no-data" fill="none" stroke="{theme.hatch}" stroke-width="{2.2 * unit:g}" d="{drawn}"/>'


def _zones(frame: MapFrame, atlas: Atlas, map_style: MapStyle, theme: Theme, unit: float) -> Iterator[str]:
    """Yield the schematic outlines of the clusters."""
    names = zone_names(atlas, map_style.language)
    schematic = translate(map_style.language, "Schematic outline, not a planning boundary")
    line = f'stroke="{theme.accent}" stroke-width="{1.8 * unit:g}" stroke-dasharray="{5 * unit:g} {3 * unit:g}"'
    yield f'<g class="zones" fill="{theme.accent}" fill-opacity="0.16" {line}>'
    for key, polygons in frame.zones.items():
        faint = ' opacity="0.35"' if key in map_style.muted_zones else ""
        casing = f'stroke="{theme.halo}" stroke-width="{3.4 * unit:g}" stroke-dasharray="none" stroke-opacity="0.7"'
        yield path(polygons, f'class="casing" fill="none" {casing}{faint}')  # so that it shows on any colour
        yield path(polygons, f'class="zone zone-{xml_text(key)}"{faint}', f"{names[key]}\n{schematic}")
    yield "</g>"


def _selection(shape: Polygons, theme: Theme, unit: float) -> Iterator[str]:
    """Yield the outline of the selected district, with a dark rim that sets it off against light ground."""
    for colour, width in ((theme.shade, 5), (theme.select, 3.5)):
        line = f'stroke="{colour}" stroke-width="{width * unit:g}" stroke-linejoin="round"'
        yield path(shape, f'class="selection" fill="none" {line}')


def _leaders(labels: Sequence[Label], theme: Theme, unit: float) -> Iterator[str]:
    """Yield the lines to names that are far off."""
    yield f'<g class="leaders" stroke="{theme.ink}" stroke-opacity="0.7" stroke-width="{unit:g}">'
    for label in labels:
        if label.line:
            (x1, y1), (x2, y2) = label.line
            yield f'<line x1="{x1:g}" y1="{y1:g}" x2="{x2:g}" y2="{y2:g}"/>'
    yield "</g>"


def _ground(label: Label, theme: Theme, unit: float) -> str:
    """Return what a list of tenants stands on."""
    left, top = (
        middle - size / 2 for middle, size in zip(label.at or label.anchor, (label.width, label.height), strict=True)
    )
    corner = f'x="{left:g}" y="{top:g}" width="{label.width:g}" height="{label.height:g}" rx="{3 * unit:g}"'
    return f'<rect class="tenants" {corner} fill="{theme.panel}" fill-opacity="0.92"/>'


def symbol(status: str, x: float, y: float, theme: Theme, unit: float) -> str:
    """Return the symbol of a tenant: a circle that is filled as far as its building has come, struck out where it has left."""
    ring = f'stroke="{theme.ink}" stroke-width="{1.2 * unit:g}"'
    drawn = f'<circle cx="{x:g}" cy="{y:g}" r="{4.5 * unit:g}" fill="{theme.panel}" {ring}/>'
    if inside := slice_of(x, y, 4.5 * unit, SHARES.get(status, 0.0)):
        drawn += path(((inside,),), f'fill="{theme.accent if status == "moved_in" else theme.ink}"')
    if status == "moved_out":
        far = 4.5 * unit
        drawn += f'<path d="M{x - far:g} {y + far:g}L{x + far:g} {y - far:g}" {ring}/>'
    return f'<g class="mark mark-tenant mark-{xml_text(status)}">{drawn}</g>'


def slice_of(x: float, y: float, radius: float, share: float) -> Ring:
    """Return the part of a circle that a share fills, clockwise from the top; () for none of it."""
    count = round(_CORNERS * share)
    turns = [2 * math.pi * step / _CORNERS for step in range(count + (share < 1))]
    rim = [(round(x + radius * math.sin(turn), 2), round(y - radius * math.cos(turn), 2)) for turn in turns]
    return tuple(rim if share == 1 else [(x, y), *rim]) if count else ()


def picture(status: str, theme: str) -> str:
    """Return the symbol of a status as an address that holds the picture, for lists on pages."""
    head = '<svg xmlns="http://www.w3.org/2000/svg" width="24" height="24" viewBox="0 0 24 24">'
    return "data:image/svg+xml," + quote(f"{head}{symbol(status, 12, 12, THEMES[theme], 1.4)}</svg>")


def mark(kind: str, x: float, y: float, theme: Theme, unit: float) -> str:
    """Return the mark of a cluster's tier, of a place, or of where a tenant is."""
    place = f'class="mark mark-{kind}"'
    if kind == "headquarters":
        return f'<circle {place} cx="{x:g}" cy="{y:g}" r="{6 * unit:g}" fill="{theme.accent}" stroke="{theme.panel}" stroke-width="{2 * unit:g}"/>'
    if kind == "second":
        side = 10 * unit
        turned = f'transform="rotate(45 {x:g} {y:g})" fill="{theme.accent}" stroke="{theme.panel}" stroke-width="{2 * unit:g}"'
        corner = f'x="{x - side / 2:g}" y="{y - side / 2:g}" width="{side:g}" height="{side:g}" rx="{unit:g}"'
        return f"<rect {place} {corner} {turned}/>"
    if kind == "dot":
        return f'<circle {place} cx="{x:g}" cy="{y:g}" r="{2.2 * unit:g}" fill="{theme.ink}" stroke="{theme.panel}" stroke-width="{unit:g}"/>'
    radius, width = (2.25, 1.5) if kind == "place" else (3, 2)
    line = f'stroke="{theme.ink}" stroke-width="{width * unit:g}"'
    return f'<circle {place} cx="{x:g}" cy="{y:g}" r="{radius * unit:g}" fill="{theme.panel}" {line}/>'


def _names(labels: Sequence[Label], theme: Theme, unit: float, beneath: bool) -> Iterator[str]:
    """Yield the names, each with a halo that keeps it legible on any colour."""
    halo = (
        f'stroke="{theme.halo}" stroke-opacity="{HALO_OPACITY:g}" stroke-width="{3 * unit:g}" stroke-linejoin="round"'
    )
    shown = [label for label in labels if label.at and label.text]
    if beneath:
        yield f'<g class="halos" aria-hidden="true" text-anchor="middle" fill="none" {halo}>'
        yield from (_name(label, "") for label in shown)
        yield "</g>"
    own = "" if beneath else f' paint-order="stroke" {halo}'
    yield f'<g class="names" text-anchor="middle"{own}>'
    inks = {"zone": theme.accent, "city": theme.faint}
    yield from (_name(label, f' fill="{inks.get(label.kind, theme.ink)}"') for label in shown)
    yield "</g>"


def _name(label: Label, ink: str) -> str:
    """Return one name."""
    x, y = label.at or label.anchor
    weight = {"zone": 700, "district": 600}.get(label.kind, 400)
    look = f'font-size="{label.size:g}" font-weight="{weight}" opacity="{0.8 if label.muted else 1}"'
    base = y + 0.35 * label.size  # from the middle of a line to its base line
    if label.kind == "tenant":  # one below the other
        x, look = x - label.width / 2, f'{look} text-anchor="start"'
    return f'<text class="name name-{label.kind}" x="{x:g}" y="{base:.6g}" {look}{ink}>{xml_text(label.text)}</text>'
