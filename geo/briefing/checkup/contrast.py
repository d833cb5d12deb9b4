"""How far colours are apart: for everybody, in greyscale and for the colour-blind, and whether text can be read on its ground.

Colours are sRGB as ``#rrggbb``. Differences are CIEDE2000 rather than the plain distance in CIELAB (CIE76): CIE76 makes steps between saturated
blues look twice as large as the eye finds them, and our usual ramp is blue.
"""

import itertools
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

__all__ = [
    "SEEINGS",
    "Seeing",
    "Step",
    "apart",
    "contrast_ratio",
    "difference",
    "lab",
    "legible",
    "luminance",
]

Seeing = Literal["normal", "greyscale", "protanopia", "deuteranopia", "tritanopia"]
SEEINGS: tuple[Seeing, ...] = ("normal", "greyscale", "protanopia", "deuteranopia", "tritanopia")
Triple = tuple[float, float, float]

_LUMINANCE: Triple = (0.2126, 0.7152, 0.0722)  # of the primaries of sRGB: IEC 61966-2-1, also WCAG 2
_TO_XYZ: tuple[Triple, ...] = ((0.4124, 0.3576, 0.1805), _LUMINANCE, (0.0193, 0.1192, 0.9505))  # IEC 61966-2-1
_WHITE: Triple = (0.9505, 1.0, 1.0890)  # D65, what the matrix makes of white
# Linear RGB to linear RGB. Greyscale keeps the luminance. The others: Machado, Oliveira and Fernandes 2009, "A physiologically-based model for
# simulation of color vision deficiency", doi:10.1109/TVCG.2009.113, severity 1.0.
_SEEN: Mapping[Seeing, tuple[Triple, ...]] = {
    "normal": ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0)),
    "greyscale": (_LUMINANCE, _LUMINANCE, _LUMINANCE),
    "protanopia": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deuteranopia": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "tritanopia": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
}


@dataclass(frozen=True)
class Step:
    """The smallest difference found, and between which two colours."""

    difference: float  # CIEDE2000; 1 is about what the eye notices side by side
    first: int  # positions in the colours given
    second: int


def _linear(colour: str) -> Triple:
    """Return a colour's linear RGB, each from 0 to 1 (IEC 61966-2-1).

    Raises
    ------
    ValueError
        If it is not ``#rrggbb``.
    """
    if not re.fullmatch("#[0-9a-fA-F]{6}", colour):
        raise ValueError(f"{colour!r} is not a colour such as #336699")
    red, green, blue = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    return _decoded(red), _decoded(green), _decoded(blue)


def _decoded(channel: float) -> float:
    """Return the linear value of an sRGB channel."""
    return float(channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4)


def _times(matrix: Sequence[Triple], triple: Triple) -> Triple:
    """Return a matrix times a column."""
    first, second, third = (sum(a * b for a, b in zip(row, triple, strict=True)) for row in matrix)
    return first, second, third


def _seen(colour: str, seeing: Seeing) -> Triple:
    """Return the linear RGB a colour looks like, inside what a screen can show."""
    red, green, blue = (min(max(channel, 0.0), 1.0) for channel in _times(_SEEN[seeing], _linear(colour)))
    return red, green, blue


def luminance(colour: str) -> float:
    """Return the relative luminance, 0 black to 1 white (WCAG 2.2)."""
    return sum(a * b for a, b in zip(_LUMINANCE, _linear(colour), strict=True))


def contrast_ratio(text: str, ground: str) -> float:
    """Return the contrast of text on its ground, 1 to 21 (WCAG 2.2, success criterion 1.4.3: 4.5 for text, 3 for large text)."""
    dark, light = sorted((luminance(text), luminance(ground)))
    return (light + 0.05) / (dark + 0.05)


def lab(colour: str, seeing: Seeing = "normal") -> Triple:
    """Return a colour as somebody sees it in CIELAB, D65: lightness 0 to 100, red-green, yellow-blue (CIE 15)."""
    x, y, z = (
        value ** (1 / 3) if value > (6 / 29) ** 3 else value / (3 * (6 / 29) ** 2) + 4 / 29
        for value in (v / w for v, w in zip(_times(_TO_XYZ, _seen(colour, seeing)), _WHITE, strict=True))
    )
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def difference(first: Triple, second: Triple) -> float:
    """Return the difference of two CIELAB colours by CIEDE2000.

    After Sharma, Wu and Dalal 2005, "The CIEDE2000 color-difference formula: implementation notes, supplementary test data, and mathematical
    observations", doi:10.1002/col.20070, whose names are used here; all weights are 1.
    """
    (l1, a1, b1), (l2, a2, b2) = first, second
    stretch = 1 + 0.5 * (1 - _saturation((math.hypot(a1, b1) + math.hypot(a2, b2)) / 2))
    c1, c2 = math.hypot(a1 * stretch, b1), math.hypot(a2 * stretch, b2)
    h1, h2 = _hue(a1 * stretch, b1), _hue(a2 * stretch, b2)
    turn = 0.0 if c1 * c2 == 0 else h2 - h1
    turn += 360 if turn < -180 else -360 if turn > 180 else 0  # the shorter way round
    mean_h = h1 + h2 if c1 * c2 == 0 else (h1 + turn / 2) % 360
    mean_l, mean_c = (l1 + l2) / 2, (c1 + c2) / 2
    t = (
        1 - 0.17 * _cos(mean_h - 30) + 0.24 * _cos(2 * mean_h) + 0.32 * _cos(3 * mean_h + 6) - 0.20 * _cos(4 * mean_h - 63)
    )  # fmt: skip
    s_l = 1 + 0.015 * (mean_l - 50) ** 2 / math.sqrt(20 + (mean_l - 50) ** 2)
    d_l, d_c = (l2 - l1) / s_l, (c2 - c1) / (1 + 0.045 * mean_c)
    d_h = 2 * math.sqrt(c1 * c2) * math.sin(math.radians(turn / 2)) / (1 + 0.015 * mean_c * t)
    bend = 2 * 30 * math.exp(-(((mean_h - 275) / 25) ** 2))
    r_t = -math.sin(math.radians(bend)) * 2 * _saturation(mean_c)
    return math.sqrt(max(d_l**2 + d_c**2 + d_h**2 + r_t * d_c * d_h, 0.0))


def _saturation(chroma: float) -> float:
    """Return the factor by which CIEDE2000 tells greyish from vivid colours, 0 to 1."""
    return math.sqrt(chroma**7 / (chroma**7 + 25.0**7))


def _hue(a: float, b: float) -> float:
    """Return a hue in degrees, 0 to 360; 0 for grey."""
    return math.degrees(math.atan2(b, a)) % 360 if a or b else 0.0


def _cos(degrees: float) -> float:
    """Return a cosine."""
    return math.cos(math.radians(degrees))


def apart(first: str, second: str, seeing: Seeing = "normal") -> float:
    """Return how far two colours are apart for somebody, CIEDE2000."""
    return difference(lab(first, seeing), lab(second, seeing))


def legible(colours: Sequence[str]) -> Mapping[Seeing, Step]:
    """Return the smallest difference between neighbours of a ramp, by kind of seeing; empty for fewer than two colours."""
    pairs = list(itertools.pairwise(colours))
    return {
        seeing: min(
            (Step(apart(*pair, seeing), i, i + 1) for i, pair in enumerate(pairs)), key=lambda step: step.difference
        )
        for seeing in SEEINGS
        if pairs
    }
