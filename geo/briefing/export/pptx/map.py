"""The map of a slide and its legend: a freeform for each district, river and zone, which can be selected, recoloured and moved."""

import math

from geo.briefing.export.pptx.shapes import (
    INK,
    LINE_HEIGHT,
    NO_FILL,
    Area,
    Pen,
    hatched,
    height_of,
    line,
    shortened,
    solid,
)
from geo.briefing.model import Deck, Face, Legend, Scene, Swatch
from geo.briefing.small_print import with_unit
from geo.data.story import Box
from geo.maps import house
from geo.maps.drawing import slice_of
from geo.maps.folium_map import SHARES, MapStyle, Shape
from geo.maps.labels import Label, place
from geo.maps.outlines import MapFrame, Polygons, Ring, frame
from geo.maps.svg import credit_area
from geo.maps.text_metrics import text_width
from geo.maps.themes import THEMES
from geo.names import district_names, names_by, zone_names
from geo.schema import HouseLayer
from geo.translation import translate

__all__ = ["MAP", "draw_legend", "draw_map", "legend_area"]

MAP = Area(36, 92, 508, 388)
_COLOURS = THEMES["light"]
_NAME = 10.0  # points, of a district's name
_LEAST, _MOST = 120.0, 170.0  # points, of the legend's words
_LINES = 4  # of the legend's title at most, a third of those of its note
_PADDING, _ROW, _INDENT, _WORDS, _SMALL = 8.0, 17.0, 27.0, 10.0, 8.0
_CREDIT, _SYMBOL = 7.0, 3.7  # points: size of the line that says whose material is shown; radius of a tenant's symbol
_MARGIN = 0.03  # around what the camera looks at
_MARKS = {  # shape, size in points, fill, line
    "headquarters": ("ellipse", 11.0, _COLOURS.accent, _COLOURS.edge),
    "second": ("diamond", 12.0, _COLOURS.accent, _COLOURS.edge),
    "district": ("ellipse", 6.0, _COLOURS.edge, INK),
    "place": ("ellipse", 5.0, _COLOURS.edge, INK),
    "dot": ("ellipse", 4.0, INK, _COLOURS.edge),
}


def draw_map(pen: Pen, deck: Deck, scene: Scene, face: Face) -> None:
    """Draw the map of a slide as one group, what its camera looks at beside the legend."""
    atlas, map_style = deck.data_version.atlas, face.map_style
    covered = legend_area(face.legend, map_style.language) if face.legend else None
    box = _beside(scene.camera, MAP, covered.width if covered else 0.0)
    page = frame(atlas, box, MAP.width, MAP.height)
    names = _Names(deck, map_style.language)
    group = pen.group("Map", _summary(map_style), MAP)
    group.preset("Water", "rect", MAP, solid(_COLOURS.water))
    for code, parts in page.cities.items():
        group.freeform(names.of("city", code), "", _rings(parts), solid(_COLOURS.land), line(_COLOURS.land_line, 0.75))
    for code, parts in page.districts.items():
        shape = map_style.shapes.get(code, Shape())
        alt = _alt(names.district(code), map_style, shape)
        group.freeform(f"{code} {names.district(code)}", alt, _rings(parts), _fill(shape), line(_COLOURS.edge, 1))
    for code, parts in page.rivers.items():
        group.freeform(names.of("river", code), "", _rings(parts), solid(_COLOURS.river), line(_COLOURS.river, 0.75))
    for layer in house.in_file(atlas, page, _NAME / 12):
        _draw_layer(group, layer, page)
    for code, parts in page.zones.items():
        opacity = 0.35 if code in map_style.muted_zones else 1.0
        alt = translate(map_style.language, "Schematic outline, not a planning boundary")
        outline = line(_COLOURS.accent, 1.5, dashed=True, opacity=opacity)
        group.freeform(
            f"{code} {names.zone(code)}", alt, _rings(parts), solid(_COLOURS.accent, 0.16 * opacity), outline
        )
    if map_style.selected in page.districts:
        for name, outline in (("Selection rim", line(_COLOURS.shade, 4)), ("Selection", line(_COLOURS.select, 3))):
            group.freeform(name, "", _rings(page.districts[map_style.selected]), NO_FILL, outline)
    said = house.credit(map_style.credit, house.in_file(atlas, page, _NAME / 12), map_style.language)
    credit = credit_area(said, (MAP.width, MAP.height), _CREDIT)
    legend = (0.0, covered.y - MAP.y, covered.width, MAP.height) if covered else None
    found = place(page, atlas, map_style, _NAME, [area for area in (legend, credit) if area])
    labels = [label for label in found if not (covered and _hidden(label, covered))]
    _draw_labels(group, labels)
    if credit:
        area = Area(MAP.x + credit[0], MAP.y + credit[1], credit[2] - credit[0], credit[3] - credit[1])
        plate = solid(_COLOURS.panel, 0.85)
        group.words("Credit", said, area, _CREDIT, fill=plate, align="ctr", anchor="ctr", wrap=False)


def _draw_layer(pen: Pen, layer: HouseLayer, page: MapFrame) -> None:
    """Draw a layer of the office: lines as one shape, areas and points as one each."""
    ink, width = house.colour(layer, _COLOURS), layer.width * _NAME / 12
    shapes = [_rings(shape.parts) for shape in page.house[layer.id]]
    if layer.draw == "line":
        pen.strokes(f"Layer {layer.id}", [ring for rings in shapes for ring in rings], line(ink, width))
    for rings in shapes if layer.draw == "fill" else ():
        pen.freeform(f"Layer {layer.id}", "", rings, solid(ink, house.OPACITY))
    for rings in shapes if layer.draw == "point" else ():
        for x, y in rings[0]:
            pen.preset(f"Layer {layer.id}", "ellipse", Area(x - width / 2, y - width / 2, width, width), solid(ink))


class _Names:
    """What shapes of the map are called in a language."""

    def __init__(self, deck: Deck, language: str) -> None:
        atlas = deck.data_version.atlas
        self._districts, self._zones = district_names(atlas, language), zone_names(atlas, language)
        self._context = {
            kind: names_by(rows, "adcode", language) for kind, rows in atlas.context.groupby("kind", sort=False)
        }

    def district(self, code: str) -> str:
        """Return the name of a district, the Chinese one without 区."""
        return self._districts[code]

    def zone(self, code: str) -> str:
        """Return the name of a zone."""
        return self._zones[code]

    def of(self, kind: str, code: str) -> str:
        """Return code and name of a neighbour or river."""
        return f"{code} {self._context[kind][code]}"


def _summary(map_style: MapStyle) -> str:
    """Return what the whole map shows."""
    words = translate(map_style.language, "Map of Guangzhou's districts")
    return f"{words} · {map_style.head}" if map_style.head else words


def _alt(name: str, map_style: MapStyle, shape: Shape) -> str:
    """Return what a screen reader says of a district."""
    return translate(map_style.language, ", ").join(filter(None, [name, map_style.head, *shape.lines]))


def _fill(shape: Shape) -> str:
    """Return the fill of a district."""
    if shape.muted:
        return solid(_COLOURS.muted)
    return solid(shape.fill) if shape.fill else hatched(_COLOURS.hatch, _COLOURS.land)


def _rings(polygons: Polygons) -> list[list[tuple[float, float]]]:
    """Return all rings of a shape where the map lies on the slide; holes are told by being inside."""
    return [_on_slide(ring) for rings in polygons for ring in rings]


def _on_slide(ring: Ring) -> list[tuple[float, float]]:
    """Return points of the map where it lies on the slide."""
    return [(MAP.x + x, MAP.y + y) for x, y in ring]


def _beside(camera: Box, area: Area, covered: float) -> Box:
    """Return a box that an area shows with the camera's in the part right of ``covered``: wider to the west."""
    west, south, east, north = camera
    degree = math.cos(math.radians((south + north) / 2))  # of longitude, in degrees of latitude
    free, grown = area.width - covered, 1 + 2 * _MARGIN
    high = (north - south) * grown
    wide = max((east - west) * grown, high * free / area.height / degree)  # what the free part shows, degrees
    middle, down = (west + east) / 2, (high - (north - south)) / 2
    return middle - wide * (0.5 + covered / free), south - down, middle + wide / 2, north + down


def _hidden(label: Label, covered: Area) -> bool:
    """Whether a name lies beneath the legend."""
    at = label.anchor if label.mark == "dot" else label.at
    if at is None:
        return True
    x, y = MAP.x + at[0], MAP.y + at[1]
    return x - label.width / 2 < covered.x + covered.width and y + label.height / 2 > covered.y


def _draw_labels(pen: Pen, labels: list[Label]) -> None:
    """Draw the lines from names that are far off, the marks, and the names."""
    for label in labels:
        if label.line:
            pen.stroke(f"Line {label.key}", _on_slide(label.line), line(INK, 0.75, opacity=0.7))
    for label in labels:
        ((x, y),) = _on_slide((label.anchor,))
        if label.kind == "tenant" and not label.mark and label.at:
            ((x, y),) = _on_slide((label.at,))
            area = Area(x - label.width / 2, y - label.height / 2, label.width, label.height)
            pen.preset("Tenants", "rect", area, solid(_COLOURS.panel, 0.92))
        elif label.kind == "tenant" and label.mark != "dot":
            _draw_symbol(pen, label, x, y)
        elif label.mark and label.kind != "house":
            kind, size, fill, outline = _MARKS[label.mark]
            area = Area(x - size / 2, y - size / 2, size, size)
            pen.preset(f"Mark {label.key}", kind, area, solid(fill), line(outline, 1.25))
    for label in labels:
        if label.at and label.text:
            _draw_name(pen, label, label.at)


def _draw_symbol(pen: Pen, label: Label, x: float, y: float) -> None:
    """Draw the symbol of a tenant."""
    pen.preset(
        f"Symbol {label.key}",
        "ellipse",
        Area(x - _SYMBOL, y - _SYMBOL, 2 * _SYMBOL, 2 * _SYMBOL),
        solid(_COLOURS.panel),
        line(INK, 1),
    )
    fill = solid(_COLOURS.accent if label.mark == "moved_in" else INK)
    pen.freeform(f"Share {label.key}", "", [slice_of(x, y, _SYMBOL, SHARES.get(label.mark, 0.0))], fill)
    if label.mark == "moved_out":
        pen.stroke(f"Stroke {label.key}", ((x - _SYMBOL, y + _SYMBOL), (x + _SYMBOL, y - _SYMBOL)), line(INK, 1))


def _draw_name(pen: Pen, label: Label, at: tuple[float, float]) -> None:
    """Draw a name in the middle of its spot, on a plate that lets the map through: not every viewer draws halos around letters."""
    colour = _COLOURS.faint if label.muted or label.kind == "city" else _COLOURS.accent if label.kind == "zone" else INK
    listed = label.kind == "tenant"
    plate = NO_FILL if listed or label.kind == "city" else solid(_COLOURS.panel, 0.7)
    ((x, y),) = _on_slide((at,))
    width, height = label.width + 4, label.size * LINE_HEIGHT
    area = Area(x - width / 2, y - height / 2, width, height)
    align = "l" if listed else "ctr"
    pen.words(
        f"Name {label.key}", label.text, area, label.size,
        colour=colour, fill=plate, bold=label.bold, align=align, anchor="ctr", wrap=False,
    )  # fmt: skip


def legend_area(legend: Legend, language: str) -> Area:
    """Return where the legend lies: in the lower left corner of the map, as high as it needs to be."""
    head, note = _legend_words(legend, language)
    widest = max((text_width(swatch.label, _WORDS) + _INDENT for swatch in legend.swatches), default=0.0)
    inner = min(max(_LEAST, 1.2 * max(widest, text_width(head, _WORDS, bold=True))), _MOST)
    height = 2 * _PADDING + sum(_row_height(_label(swatch, inner), inner) for swatch in legend.swatches)
    height += height_of(head, _WORDS, inner) + 4 if head else 0
    height += height_of(note, _SMALL, inner) + 6 if note else 0
    return Area(MAP.x, MAP.y + MAP.height - height, inner + 2 * _PADDING, height)


def _legend_words(legend: Legend, language: str) -> tuple[str, str]:
    """Return title and note of a legend, no longer than it has room for at its widest."""
    head = with_unit(legend.title, legend.unit, language)
    return (
        shortened(head, _WORDS, _LEAST, _LINES * _WORDS * LINE_HEIGHT),
        shortened(legend.note, _SMALL, _LEAST, 3 * _LINES * _SMALL * LINE_HEIGHT),
    )


def draw_legend(pen: Pen, legend: Legend, language: str) -> None:
    """Draw the legend as one group: title, swatches with their labels, note."""
    area, (head, note) = legend_area(legend, language), _legend_words(legend, language)
    group = pen.group("Legend", head, area)
    group.preset("Legend ground", "rect", area, solid(_COLOURS.panel, 0.9))
    x, y, inner = area.x + _PADDING, area.y + _PADDING, area.width - 2 * _PADDING
    if head:
        height = height_of(head, _WORDS, inner)
        group.words("Legend title", head, Area(x, y, inner, height), _WORDS, bold=True)
        y += height + 4
    for number, swatch in enumerate(legend.swatches):
        label = _label(swatch, inner)
        row = _row_height(label, inner)
        _draw_swatch(group, number, swatch, label, Area(x, y, inner, row))
        y += row
    if note:
        height = area.y + area.height - _PADDING - (y + 6)
        group.words("Legend note", note, Area(x, y + 6, inner, height), _SMALL, colour=_COLOURS.faint)


def _label(swatch: Swatch, width: float) -> str:
    """Return what a swatch of the legend means, in as many lines as the title may have."""
    return shortened(swatch.label, _WORDS, width - _INDENT, _LINES * _WORDS * LINE_HEIGHT)


def _row_height(label: str, width: float) -> float:
    """Return how high an entry of the legend is."""
    return _ROW - _WORDS * LINE_HEIGHT + height_of(label, _WORDS, width - _INDENT)


def _draw_swatch(pen: Pen, number: int, swatch: Swatch, label: str, area: Area) -> None:
    """Draw one entry of the legend."""
    fill = solid(swatch.colour) if swatch.colour else hatched(_COLOURS.hatch, _COLOURS.land)
    box = Area(area.x, area.y + (area.height - _ROW) / 2 + 2.5, 20, _ROW - 5)
    pen.preset(f"Swatch {number + 1}", "rect", box, fill, line(_COLOURS.faint, 0.5))
    words = Area(area.x + _INDENT, area.y, area.width - _INDENT, area.height)
    pen.words(f"Swatch {number + 1} label", label, words, _WORDS, anchor="ctr")
