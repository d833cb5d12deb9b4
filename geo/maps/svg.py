"""Maps as SVG files."""

import math
from collections.abc import Iterator
from dataclasses import replace

from geo.data.story import Box
from geo.licences import BOUNDARIES
from geo.maps import house
from geo.maps.drawing import FONTS, drawing
from geo.maps.folium_map import MapStyle
from geo.maps.labels import Rectangle, place
from geo.maps.outlines import frame
from geo.maps.text_metrics import text_width, xml_text
from geo.maps.themes import THEMES
from geo.schema import Atlas
from geo.translation import tag, translate

__all__ = ["INK", "credit_area", "document", "map_parts", "map_svg", "scale_bar", "text_line"]

INK = THEMES["light"].ink


def map_svg(
    atlas: Atlas,
    camera: Box,
    style: MapStyle,
    width: float,
    height: float,
    *,
    dark: bool = False,
    size: float | None = None,
    beneath: bool = True,
    scaled: bool = False,
) -> str:
    """Return a map as an SVG document.

    Parameters
    ----------
    atlas
        Names and geometry, in EPSG:4326.
    camera
        What is to be seen: west, south, east, north in degrees.
    style
        What the map shows, and in which language.
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
    inside = map_parts(atlas, camera, replace(style, dark=dark), (width, height), own, beneath=beneath, scaled=scaled)
    title = translate(style.language, "Map of Guangzhou's districts")
    return document((f"{width:g}", f"{height:g}"), (width, height), title, style.language, inside)


def map_parts(
    atlas: Atlas, camera: Box, style: MapStyle, page: tuple[float, float], size: float, *, beneath: bool, scaled: bool
) -> Iterator[str]:
    """Yield the parts of a map that fills a page."""
    width, height = page
    shown = frame(atlas, camera, width, height, bleed=size / 2)
    unit = size / 13
    corner = (0.0, height - 60 * unit, 250.0 * unit, height)
    said = house.credit(style.credit, house.in_file(atlas, shown, size / 12), style.language)
    credit = credit_area(said, page, 9 * unit)
    names = place(shown, atlas, style, size, [*([corner] if scaled else []), *([credit] if credit else [])])
    yield from drawing(shown, atlas, names, style, size, beneath=beneath)
    if credit:
        left, top, right, bottom = credit
        plate = f'width="{right - left:g}" height="{bottom - top:g}" fill="{THEMES["light"].panel}" fill-opacity="0.85"'
        yield f'<rect x="{left:g}" y="{top:g}" {plate}/>'
        yield text_line(right - 4 * unit, bottom - 4 * unit, said, 9 * unit, end=True)
    if scaled:
        yield f'<g transform="translate(0 {height:g}) scale({unit:.4g})">'
        yield from _scale(shown.scale / unit, style.language)
        yield "</g>"


def credit_area(credit: str, page: tuple[float, float], size: float) -> Rectangle | None:
    """Return what a line that says whose material a map shows covers in its lower right corner; None where there is nothing to say."""
    width, height = page
    return (width - text_width(credit, size) - size, height - 1.6 * size, width, height) if credit else None


def document(size: tuple[str, str], view: tuple[float, float], title: str, language: str, inside: Iterator[str]) -> str:
    """Return an SVG file."""
    head = (
        f'xmlns="http://www.w3.org/2000/svg" width="{size[0]}" height="{size[1]}" viewBox="0 0 {view[0]:g} {view[1]:g}"'
    )
    return (
        f'<svg {head} xml:lang="{tag(language)}" font-family="{FONTS}"><title>{xml_text(title)}</title>'
        f"<metadata>{xml_text(BOUNDARIES)}</metadata>{''.join(inside)}</svg>\n"
    )


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
    yield f'<rect x="8" y="-56" width="{wide:g}" height="48" rx="4" fill="{THEMES["light"].panel}" fill-opacity="0.85"/>'
    yield f'<path class="north" d="M28 -44l7 24l-7 -5l-7 5z" fill="{INK}"/>{text_line(39, -28, "N", 13, bold=True)}'
    bar = f'd="M64 -26v6h{length:.5g}v-6" fill="none" stroke="{INK}" stroke-width="1.6"'
    yield f'<path class="scale" {bar}/>{text_line(64, -32, words, 13)}'


def text_line(
    x: float, y: float, words: str, size: float, *, bold: bool = False, colour: str = INK, end: bool = False
) -> str:
    """Return a line of text."""
    look = f'font-size="{size:g}" fill="{colour}" font-weight="{700 if bold else 400}"'
    anchor = "end" if end else "start"
    return f'<text x="{x:g}" y="{y:g}" {look} text-anchor="{anchor}">{xml_text(words)}</text>'
