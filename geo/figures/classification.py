"""Values to classes: breaks, indices, colours. Drawing them is left to the map and the legend."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import jenkspy
import numpy as np

from geo.errors import ClassificationError
from geo.schema import MAX_CLASSES, MIN_CLASSES, SCHEMES

__all__ = ["NO_DATA", "PALETTES", "Classes", "classify", "classify_changes", "ramp"]

NO_DATA = -1
MOST_FOR_JENKS = 2000

# Sequential ramps from light to dark whose lightness falls steadily, so that order survives every kind of colour blindness and greyscale.
# "blues", "orange_red" and "teal" are our own; viridis and cividis are sampled from matplotlib (CC0; cividis:
# Nuñez et al. 2018, doi:10.1371/journal.pone.0199239).
PALETTES: dict[str, tuple[str, ...]] = {
    "blues": ("#e3eef9", "#b5d2ec", "#7eb2dc", "#4388c4", "#1c60a2", "#0b3a70"),
    "teal": ("#e2f3ec", "#b0dccf", "#75c0b1", "#3b9c93", "#177473", "#074a4f"),
    "orange_red": ("#fdeedc", "#fbcf9f", "#f5a264", "#e0703c", "#b44420", "#7a260f"),
    "viridis": ("#fde725", "#90d743", "#35b779", "#21918c", "#31688e", "#443983"),
    "cividis": ("#fee838", "#cbba69", "#a29d75", "#7b7b78", "#575c6d", "#173e6e"),
}

# What falls has another hue than what rises, one that colour-blind eyes tell from it. The two sampled ramps keep their one order through zero: it
# survives greyscale.
FALLING = {"blues": "orange_red", "teal": "orange_red", "orange_red": "blues"}
UNCHANGED = "#d9d9d9"
_BELOW_ZERO = float(np.nextafter(0, -1))


@dataclass(frozen=True)
class Classes:
    """Classes of a metric. Class ``i`` holds values above ``edges[i]`` up to and including ``edges[i + 1]``; the first also its lower edge."""

    scheme: str
    edges: tuple[float, ...]  # one more than there are classes; empty without any value
    colours: tuple[str, ...]  # one a class, #rrggbb

    def __len__(self) -> int:
        return len(self.colours)

    def index(self, value: float | None) -> int:
        """Return the class of a value, ``NO_DATA`` for None or NaN; a value outside the edges belongs to the nearest class."""
        if value is None or np.isnan(value) or not self.colours:
            return NO_DATA
        return min(int(np.searchsorted(self.edges[1:-1], value, side="left")), len(self) - 1)


def classify(values: Sequence[float], scheme: str, k: int, palette: str, *, breaks: Sequence[float] = ()) -> Classes:
    """Return the classes of values.

    Parameters
    ----------
    values
        All values the classes are to be locked over (every period and district of a metric), any unit; NaN is left out.
    scheme
        One of :data:`geo.schema.SCHEMES`.
    k
        Number of classes; fewer come out where there are fewer distinct values. Ignored by ``manual``.
    palette
        A key of :data:`PALETTES`.
    breaks
        The inner limits of ``manual``, in the unit of the values, in any order.

    Returns
    -------
    Classes, empty without any value.

    Raises
    ------
    ClassificationError
        If the scheme or palette is unknown, ``k`` is out of range, or ``manual`` has no finite break.

    Examples
    --------
    >>> classify([1.0, 2.0, 3.0, 10.0], "equal_interval", 3, "blues").edges
    (1.0, 4.0, 7.0, 10.0)
    """
    _refuse_unknown(scheme, k, palette)
    data = np.asarray(values, float)
    data = data[np.isfinite(data)]
    if not data.size:
        return Classes(scheme, (), ())
    edges = _manual(data, breaks) if scheme == "manual" else _edges(data, scheme, k)
    return Classes(scheme, edges, ramp(palette, len(edges) - 1))


def _refuse_unknown(scheme: str, k: int, palette: str) -> None:
    """Raise ClassificationError on a scheme, a number of classes or a palette that there is not."""
    if scheme not in SCHEMES or palette not in PALETTES:
        raise ClassificationError(
            f"unknown scheme or palette: {scheme!r}, {palette!r}; expected one of {SCHEMES} and {tuple(PALETTES)}"
        )
    if not MIN_CLASSES <= k <= MAX_CLASSES:
        raise ClassificationError(f"{k} classes asked for; expected {MIN_CLASSES} to {MAX_CLASSES}")


def classify_changes(
    values: Sequence[float], scheme: str, k: int, palette: str, *, breaks: Sequence[float] = ()
) -> Classes:
    """Return the classes of changes: as :func:`classify`, but no class holds both falls and rises.

    Falls and rises are classed apart, each with its part of the ``k`` classes and at least one; what is exactly unchanged has a class of its own, in
    addition to ``k``. Falls have colours of another hue, the darker the further from zero; "viridis" and "cividis" run through zero in one order.

    Parameters
    ----------
    values, scheme, k, palette, breaks
        As :func:`classify` takes them; zero is added to the ``breaks`` of ``manual`` where values lie on both sides of it.

    Raises
    ------
    ClassificationError
        As :func:`classify`.
    """
    plain = classify(values, scheme, k, palette, breaks=breaks)
    data = np.asarray(values, float)
    data = data[np.isfinite(data)]
    given = scheme == "manual" or not data.size
    edges = _parted_at_zero(plain.edges, bool((data == 0).any())) if given else _edges_of_changes(data, scheme, k)
    return Classes(scheme, edges, _colours_of_changes(edges, palette))


def _edges_of_changes(data: np.ndarray, scheme: str, k: int) -> tuple[float, ...]:
    """Return rising limits of changes: falls and rises classed apart, and exactly zero by itself."""
    falls, rises = data[data < 0], data[data > 0]
    zero = falls.size + rises.size < data.size
    below = min(max(round(k * falls.size / data.size), 1), k - 1) if rises.size else k
    low = _edges(falls, scheme, below) if falls.size else ()
    high = _edges(rises, scheme, k - below if falls.size else k) if rises.size else ()
    if not zero and not (low and high):
        return low or high
    middle = (_BELOW_ZERO if low else 0.0, 0.0) if zero else (0.0,)
    return (*low[:-1], *middle, *high[1:])


def _parted_at_zero(edges: tuple[float, ...], zero: bool) -> tuple[float, ...]:
    """Return limits with one at zero where they lie on both sides of it, and exactly zero by itself where there is any."""
    if not edges or not edges[0] < 0 < edges[-1]:
        return edges
    return tuple(sorted({*edges, 0.0, _BELOW_ZERO if zero else 0.0}))


def _colours_of_changes(edges: tuple[float, ...], palette: str) -> tuple[str, ...]:
    """Return a colour for each class of changes, by the side of zero that it lies on."""
    limits = list(pairwise(edges))
    if palette not in FALLING:
        return ramp(palette, len(limits))
    falls = sum(low < _BELOW_ZERO and high <= 0 for low, high in limits)
    zeros = sum(low >= _BELOW_ZERO and high == 0 for low, high in limits)
    rises = len(limits) - falls - zeros
    spare = 1 if falls and rises else 0  # the lightest of both hues is hardly told apart
    steps = max(falls, rises) + spare
    down, up = (ramp(name, steps)[spare:] if steps else () for name in (FALLING[palette], palette))
    return (*down[:falls][::-1], *[UNCHANGED] * zeros, *up[:rises])


def _edges(data: np.ndarray, scheme: str, k: int) -> tuple[float, ...]:
    """Return rising class limits, the outer two being the extremes; a single distinct value makes one class.

    Notes
    -----
    Source: natural breaks by jenkspy (Fisher-Jenks), whose work grows with the square of the values: beyond :data:`MOST_FOR_JENKS` of them it
    is given as many evenly spaced quantiles instead. Quantiles by ``numpy.quantile`` with linear interpolation.
    """
    distinct = np.unique(data)
    if distinct.size == 1:
        return (float(distinct[0]), float(distinct[0]))
    k = min(k, int(distinct.size))
    if scheme == "natural_breaks":
        inner = distinct[:-1] if k == distinct.size else jenkspy.jenks_breaks(_thinned(data), n_classes=k)[1:-1]
    elif scheme == "quantile":
        inner = np.quantile(data, np.linspace(0, 1, k + 1))[1:-1]
    else:
        inner = np.linspace(distinct[0], distinct[-1], k + 1)[1:-1]
    return (float(distinct[0]), *(float(e) for e in np.unique(inner) if e < distinct[-1]), float(distinct[-1]))


def _thinned(data: np.ndarray) -> np.ndarray:
    """Return values as they are, or as many of their quantiles as natural breaks can be found for at once."""
    return data if data.size <= MOST_FOR_JENKS else np.quantile(data, np.linspace(0, 1, MOST_FOR_JENKS))


def _manual(data: np.ndarray, breaks: Sequence[float]) -> tuple[float, ...]:
    """Return class limits from given inner ones; the outer two reach beyond them where the data does not."""
    inner = sorted({float(b) for b in breaks if np.isfinite(b)})[: MAX_CLASSES - 1]
    if not inner:
        raise ClassificationError("manual classes need at least one limit")
    return (min(float(data.min()), inner[0]), *inner, max(float(data.max()), inner[-1]))


def ramp(palette: str, k: int) -> tuple[str, ...]:
    """Return ``k`` colours of a palette as #rrggbb, spread evenly from light to dark; the middle one for ``k`` = 1."""
    anchors = np.array([[int(c[i : i + 2], 16) for i in (1, 3, 5)] for c in PALETTES[palette]], float)
    at = np.linspace(0, len(anchors) - 1, k) if k > 1 else np.array([(len(anchors) - 1) / 2])
    channels = [np.interp(at, np.arange(len(anchors)), anchors[:, c]) for c in range(3)]
    return tuple("#" + "".join(f"{round(v):02x}" for v in rgb) for rgb in zip(*channels, strict=True))
