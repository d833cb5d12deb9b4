"""The map of a slide as a sheet for print, in SVG."""

from collections.abc import Iterator
from dataclasses import replace

from geo.briefing.model import Deck, Face, Legend, Scene, Swatch
from geo.briefing.small_print import notice, sources_line, stamp_line, with_unit
from geo.maps.drawing import hatching, mark
from geo.maps.svg import document, map_parts, text_line
from geo.maps.text_metrics import text_width, wrapped, xml_text
from geo.maps.themes import THEMES
from geo.names import TIER_NAMES
from geo.translation import translate

__all__ = ["PAPERS", "sheet_svg"]

PAPERS = {"A4": (297, 210), "A3": (420, 297)}  # width and height in mm, landscape
WIDTH, HEIGHT = 1188.0, 840.0  # of a sheet in its own units: quarters of a millimetre on A4
_MARGIN, _SIDE, _GAP = 40.0, 276.0, 24.0  # of the sheet; width of the column beside the map, and what is between them
_LEAST = 15.0  # of the size of a title
_FAINT = THEMES["light"].small


def sheet_svg(deck: Deck, scene: Scene, language: str, *, paper: str = "A4") -> str:
    """Return the map of a slide as a sheet for print, with all that a reader needs to understand it.

    Parameters
    ----------
    paper
        ``"A4"`` or ``"A3"``, landscape: the same sheet, larger.
    """
    width, height = PAPERS[paper]
    face = scene.faces[language]
    size = (f"{width}mm", f"{height}mm")
    return document(size, (WIDTH, HEIGHT), face.title, language, _sheet(deck, scene, face, language))


def _sheet(deck: Deck, scene: Scene, face: Face, language: str) -> Iterator[str]:
    """Yield the parts of a sheet from top to bottom."""
    inner = WIDTH - 2 * _MARGIN
    yield f'<rect width="{WIDTH:g}" height="{HEIGHT:g}" fill="{THEMES["light"].ground}"/>'
    yield _heading(face.title, inner - (text_width(face.badge, 14, bold=True) + 24 if face.badge else 0))
    if face.badge:
        yield text_line(WIDTH - _MARGIN, 64, face.badge, 13, colour=THEMES["light"].accent, end=True)
    head = [face.map_style.head] if face.map_style.head not in {"", face.title} else []
    lines = head + wrapped(face.text, 15, inner) if face.text else head
    yield from (text_line(_MARGIN, 94 + 21 * row, line, 15) for row, line in enumerate(lines))
    top = 84 + 21 * len(lines) + 10
    sources = sources_line(face.sources, language, 11.5, inner, 3)
    printed = wrapped(sources, 11.5, inner) if sources else []
    bottom = HEIGHT - _MARGIN - 18 - 16 * len(printed)
    yield from (
        text_line(_MARGIN, bottom + 20 + 16 * row, line, 11.5, colour=_FAINT) for row, line in enumerate(printed)
    )
    base = HEIGHT - _MARGIN + 2
    yield text_line(_MARGIN, base, notice(deck, language), 11.5, colour=_FAINT)
    yield text_line(
        WIDTH - _MARGIN, base, stamp_line(face, language, [face.title, *lines]), 11.5, colour=_FAINT, end=True
    )
    yield from _sheet_map(deck, scene, language, top, bottom - top)
    yield from _key(face.legend, language, WIDTH - _MARGIN - _SIDE, top)


def _heading(title: str, room: float) -> str:
    """Return the title of a sheet in one line, smaller where it is long, and cut where it is longer still."""
    size = max(_LEAST, min(30.0, 30 * room / max(1.0, text_width(title, 30, bold=True))))
    first, *more = wrapped(title, size * 1.05, room - 2 * size)  # bold letters are wider
    return text_line(_MARGIN, 66, f"{first}…" if more and size == _LEAST else title, size, bold=True)


def _sheet_map(deck: Deck, scene: Scene, language: str, top: float, height: float) -> Iterator[str]:
    """Yield the map of a sheet with its scale and north."""
    width = WIDTH - 2 * _MARGIN - _SIDE - _GAP
    map_style = replace(scene.faces[language].map_style, dark=False)
    place_of = f'x="{_MARGIN:g}" y="{top:g}" width="{width:g}" height="{height:g}"'
    yield f'<svg class="map" {place_of} viewBox="0 0 {width:g} {height:g}" overflow="hidden">'
    yield from map_parts(
        deck.data_version.atlas, scene.camera, map_style, (width, height), 13.0, beneath=True, scaled=True
    )
    yield f'</svg><rect {place_of} fill="none" stroke="{THEMES["light"].land_line}"/>'


def _key(legend: Legend | None, language: str, x: float, top: float) -> Iterator[str]:
    """Yield what the colours, marks and lines of the map mean."""
    y, theme = top + 16, THEMES["light"]
    if legend and legend.title:
        for line in wrapped(with_unit(legend.title, legend.unit, language), 17, _SIDE):
            yield text_line(x, y, line, 17, bold=True)
            y += 24
    for swatch in legend.swatches if legend else ():
        yield _swatch(swatch, x, y - 14)
        yield text_line(x + 40, y, swatch.label, 15)
        y += 26
    y += 12
    for tier, name in TIER_NAMES.items():
        yield mark(tier, x + 15, y - 5, theme, 1.25) + text_line(x + 40, y, translate(language, name), 15)
        y += 26
    dashed = (
        f'fill="{theme.accent}" fill-opacity="0.16" stroke="{theme.accent}" stroke-width="1.8" stroke-dasharray="5 3"'
    )
    yield f'<rect x="{x + 1:g}" y="{y - 14:g}" width="28" height="18" {dashed}/>'
    for line in wrapped(translate(language, "Schematic outline, not a planning boundary"), 15, _SIDE - 40):
        yield text_line(x + 40, y, line, 15)
        y += 22
    y += 10
    for line in wrapped(legend.note, 12, _SIDE) if legend and legend.note else ():
        yield text_line(x, y, line, 12, colour=_FAINT)
        y += 17


def _swatch(swatch: Swatch, x: float, y: float) -> str:
    """Return a sample of a colour, or of the hatching for no data."""
    theme = THEMES["light"]
    corners = ((x, y), (x + 30, y), (x + 30, y + 19), (x, y + 19))
    fill = xml_text(swatch.colour) or theme.land
    sample = f'<rect x="{x:g}" y="{y:g}" width="30" height="19" fill="{fill}" stroke="{theme.land_line}"/>'
    return sample if swatch.colour else sample + hatching(((corners,),), theme, 1.0)
