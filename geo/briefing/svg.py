"""Maps as SVG files: alone, and as a sheet for print."""

import math
from collections.abc import Iterator
from dataclasses import replace

from geo.briefing.drawing import FONTS, THEMES, drawing, hatching, mark
from geo.briefing.imprint import notice, sources_line, with_unit
from geo.briefing.labels import place
from geo.briefing.lettering import text_width, wrapped, xml_text
from geo.briefing.model import Deck, Face, Legend, Scene, Swatch
from geo.briefing.outlines import frame
from geo.licences import BOUNDARIES
from geo.mapping import Picture
from geo.picturing import MARK_NAMES
from geo.schema import Atlas
from geo.story import Box
from geo.translation import translate

__all__ = ["PAPERS", "map_svg", "scale_bar", "sheet_svg"]

PAPERS = {"A4": (297, 210), "A3": (420, 297)}  # width and height in mm, landscape
WIDTH, HEIGHT = 1188.0, 840.0  # of a sheet in its own units: quarters of a millimetre on A4
_MARGIN, _SIDE, _GAP = 40.0, 276.0, 24.0  # of the sheet; width of the column beside the map, and what is between them
_LEAST = 15.0  # of the size of a title
_INK, _FAINT = THEMES["light"].ink, "#5d6670"  # the map's own grey is too faint for small print


def map_svg(
    atlas: Atlas,
    scene: Scene,
    language: str,
    width: float,
    height: float,
    *,
    dark: bool = False,
    size: float | None = None,
    beneath: bool = True,
    scaled: bool = False,
) -> str:
    """Return the map of a slide alone.

    Parameters
    ----------
    width, height
        Of the picture in pixels.
    size
        Of a district's name in pixels; lines and marks keep their proportion to it.
    beneath
        Whether halos are texts of their own beneath the names, which every program shows right; else each name is one text and relies on
        ``paint-order``.
    scaled
        Whether a scale bar and an arrow to the north stand in the lower left corner.
    """
    own = size or max(12.0, min(width, height) / 45)
    picture = replace(scene.faces[language].picture, dark=dark)
    inside = _map(atlas, scene.camera, picture, (width, height), own, beneath=beneath, scaled=scaled)
    title = translate(language, "Map of Guangzhou's districts")
    return _document((f"{width:g}", f"{height:g}"), (width, height), title, language, inside)


def _map(
    atlas: Atlas, camera: Box, picture: Picture, page: tuple[float, float], size: float, *, beneath: bool, scaled: bool
) -> Iterator[str]:
    """Yield the parts of a map that fills a page."""
    width, height = page
    shown = frame(atlas, camera, width, height, bleed=size / 2)
    unit = size / 13
    corner = (0.0, height - 60 * unit, 250.0 * unit, height)
    names = place(shown, atlas, picture, size, [corner] if scaled else [])
    yield from drawing(shown, atlas, names, picture, size, beneath=beneath)
    if scaled:
        yield f'<g transform="translate(0 {height:g}) scale({unit:.4g})">'
        yield from _scale(shown.scale / unit, picture.language)
        yield "</g>"


def _document(
    size: tuple[str, str], view: tuple[float, float], title: str, language: str, inside: Iterator[str]
) -> str:
    """Return an SVG file."""
    head = (
        f'xmlns="http://www.w3.org/2000/svg" width="{size[0]}" height="{size[1]}" viewBox="0 0 {view[0]:g} {view[1]:g}"'
    )
    lang = {"zh": "zh-CN"}.get(language, language)
    return (
        f'<svg {head} xml:lang="{lang}" font-family="{FONTS}"><title>{xml_text(title)}</title>'
        f"<metadata>{xml_text(BOUNDARIES)}</metadata>{''.join(inside)}</svg>\n"
    )


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
    return _document(size, (WIDTH, HEIGHT), face.title, language, _sheet(deck, scene, face, language))


def _sheet(deck: Deck, scene: Scene, face: Face, language: str) -> Iterator[str]:
    """Yield the parts of a sheet from top to bottom."""
    inner = WIDTH - 2 * _MARGIN
    yield f'<rect width="{WIDTH:g}" height="{HEIGHT:g}" fill="#ffffff"/>'
    yield _heading(face.title, inner - (text_width(face.badge, 14, bold=True) + 24 if face.badge else 0))
    if face.badge:
        yield _text(WIDTH - _MARGIN, 64, face.badge, 13, colour=THEMES["light"].accent, end=True)
    head = [face.picture.head] if face.picture.head not in {"", face.title} else []
    lines = head + wrapped(face.text, 15, inner) if face.text else head
    yield from (_text(_MARGIN, 94 + 21 * row, line, 15) for row, line in enumerate(lines))
    top = 84 + 21 * len(lines) + 10
    sources = sources_line(face.sources, language, 11.5, inner, 3)
    printed = wrapped(sources, 11.5, inner) if sources else []
    bottom = HEIGHT - _MARGIN - 18 - 16 * len(printed)
    yield from (_text(_MARGIN, bottom + 20 + 16 * row, line, 11.5, colour=_FAINT) for row, line in enumerate(printed))
    base = HEIGHT - _MARGIN + 2
    yield _text(_MARGIN, base, notice(deck, language), 11.5, colour=_FAINT)
    yield _text(WIDTH - _MARGIN, base, face.stamp, 11.5, colour=_FAINT, end=True)
    yield from _sheet_map(deck, scene, language, top, bottom - top)
    yield from _key(face.legend, language, WIDTH - _MARGIN - _SIDE, top)


def _heading(title: str, room: float) -> str:
    """Return the title of a sheet in one line, smaller where it is long, and cut where it is longer still."""
    size = max(_LEAST, min(30.0, 30 * room / max(1.0, text_width(title, 30, bold=True))))
    first, *more = wrapped(title, size * 1.05, room - 2 * size)  # bold letters are wider
    return _text(_MARGIN, 66, f"{first}…" if more and size == _LEAST else title, size, bold=True)


def _sheet_map(deck: Deck, scene: Scene, language: str, top: float, height: float) -> Iterator[str]:
    """Yield the map of a sheet with its scale and north."""
    width = WIDTH - 2 * _MARGIN - _SIDE - _GAP
    picture = replace(scene.faces[language].picture, dark=False)
    place_of = f'x="{_MARGIN:g}" y="{top:g}" width="{width:g}" height="{height:g}"'
    yield f'<svg class="map" {place_of} viewBox="0 0 {width:g} {height:g}" overflow="hidden">'
    yield from _map(deck.edition.atlas, scene.camera, picture, (width, height), 13.0, beneath=True, scaled=True)
    yield f'</svg><rect {place_of} fill="none" stroke="{THEMES["light"].land_line}"/>'


def scale_bar(scale: float, most: float) -> tuple[float, float]:
    """Return metres on the ground (1, 2 or 5 times a power of ten) and page units of the longest scale bar of at most ``most`` page units."""
    power = 10 ** math.floor(math.log10(most / scale))
    metres = max(step * power for step in (1, 2, 5) if step * power * scale <= most)
    return float(metres), metres * scale


def _scale(scale: float, language: str) -> Iterator[str]:
    """Yield a scale bar and an arrow to the north, above and to the right of the origin."""
    metres, length = scale_bar(scale, 160)
    far = metres >= 1000
    number = f"{metres / 1000 if far else metres:g}"
    words = (
        translate(language, "{number} km", number=number) if far else translate(language, "{number} m", number=number)
    )
    wide = 60 + max(length, text_width(words, 13)) + 16
    yield f'<rect x="8" y="-56" width="{wide:g}" height="48" rx="4" fill="#ffffff" fill-opacity="0.85"/>'
    yield f'<path class="north" d="M28 -44l7 24l-7 -5l-7 5z" fill="{_INK}"/>{_text(39, -28, "N", 13, bold=True)}'
    bar = f'd="M64 -26v6h{length:.5g}v-6" fill="none" stroke="{_INK}" stroke-width="1.6"'
    yield f'<path class="scale" {bar}/>{_text(64, -32, words, 13)}'


def _key(legend: Legend | None, language: str, x: float, top: float) -> Iterator[str]:
    """Yield what the colours, marks and lines of the map mean."""
    y, theme = top + 16, THEMES["light"]
    if legend and legend.title:
        for line in wrapped(with_unit(legend.title, legend.unit, language), 17, _SIDE):
            yield _text(x, y, line, 17, bold=True)
            y += 24
    for swatch in legend.swatches if legend else ():
        yield _swatch(swatch, x, y - 14)
        yield _text(x + 40, y, swatch.label, 15)
        y += 26
    y += 12
    for tier, name in MARK_NAMES.items():
        yield mark(tier, x + 15, y - 5, theme, 1.25) + _text(x + 40, y, translate(language, name), 15)
        y += 26
    dashed = (
        f'fill="{theme.accent}" fill-opacity="0.16" stroke="{theme.accent}" stroke-width="1.8" stroke-dasharray="5 3"'
    )
    yield f'<rect x="{x + 1:g}" y="{y - 14:g}" width="28" height="18" {dashed}/>'
    for line in wrapped(translate(language, "Schematic outline, no planning boundary"), 15, _SIDE - 40):
        yield _text(x + 40, y, line, 15)
        y += 22
    y += 10
    for line in wrapped(legend.note, 12, _SIDE) if legend and legend.note else ():
        yield _text(x, y, line, 12, colour=_FAINT)
        y += 17


def _swatch(swatch: Swatch, x: float, y: float) -> str:
    """Return a sample of a colour, or of the hatching for no data."""
    theme = THEMES["light"]
    corners = ((x, y), (x + 30, y), (x + 30, y + 19), (x, y + 19))
    fill = xml_text(swatch.colour) or theme.land
    sample = f'<rect x="{x:g}" y="{y:g}" width="30" height="19" fill="{fill}" stroke="{theme.land_line}"/>'
    return sample if swatch.colour else sample + hatching(((corners,),), theme, 1.0)


def _text(
    x: float, y: float, words: str, size: float, *, bold: bool = False, colour: str = _INK, end: bool = False
) -> str:
    """Return a line of text."""
    look = f'font-size="{size:g}" fill="{colour}" font-weight="{700 if bold else 400}"'
    anchor = "end" if end else "start"
    return f'<text x="{x:g}" y="{y:g}" {look} text-anchor="{anchor}">{xml_text(words)}</text>'
