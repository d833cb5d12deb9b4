"""What is on screen, as one value: the URL, the slide, the export request and the cache key."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from geo.book import Book
from geo.classification import MAX_CLASSES, MIN_CLASSES, PALETTES, SCHEMES
from geo.schema import ADCODES, TIERS

__all__ = ["LANGUAGES", "PARAMETERS", "SHIPPED_VERSION", "Dropped", "View", "parse", "to_query"]

LANGUAGES = ("en", "zh")
TIER_CHOICES = ("all", *TIERS)
SHIPPED_VERSION = 1
PARAMETERS = ("metric", "period", "tier", "scheme", "k", "breaks", "palette", "sel", "v", "lang")


@dataclass(frozen=True)
class View:
    """One state of the dashboard.

    ``breaks`` are the inner limits of the scheme ``manual``, in the metric's catalogue unit; ``sel`` is the selected adcode or "";
    ``v`` the data version, None for the newest.
    """

    metric: str
    period: str
    scheme: str
    k: int
    tier: str = "all"
    breaks: tuple[float, ...] = ()
    palette: str = "blues"
    sel: str = ""
    v: int | None = None
    lang: str = "en"

    @classmethod
    def default(cls, book: Book, lang: str = "en") -> "View":
        """Return the view a first visit opens with: the catalogue's first metric in its best covered period."""
        metric = next(iter(book.metrics.values()))
        return cls(metric.id, book.default_period(metric.id), metric.scheme, metric.classes, lang=lang)

    def with_metric(self, metric: str, book: Book) -> "View":
        """Return the view with another metric, its default classes, and the same period where it has one."""
        entry = book.metrics[metric]
        period = self.period if book.coverage(metric, self.period) else book.default_period(metric)
        return replace(self, metric=metric, period=period, scheme=entry.scheme, k=entry.classes, breaks=())


@dataclass(frozen=True)
class Dropped:
    """A query parameter that was not understood and is left out."""

    parameter: str
    value: str
    expected: str


def parse(query: Mapping[str, str], book: Book, lang: str = "en") -> tuple[View, tuple[Dropped, ...]]:
    """Return the view a query string asks for.

    Parameters
    ----------
    query
        Query parameters; unknown names are ignored, for they may belong to somebody else.
    book
        The figures that metrics and periods are looked up in.
    lang
        Language where the query names none.

    Returns
    -------
    The view, and the parameters whose value was not one of those allowed: each falls back to its default. Never raises.
    """
    dropped: list[Dropped] = []

    def chosen(name: str, allowed: tuple[str, ...], otherwise: str) -> str:
        value = query.get(name, otherwise)
        if value in allowed or name not in query:
            return value
        dropped.append(Dropped(name, value, ", ".join(allowed)))
        return otherwise

    view = View.default(book, lang)
    view = view.with_metric(chosen("metric", tuple(book.metrics), view.metric), book)
    fields: dict[str, Any] = {
        "period": chosen("period", book.periods(view.metric), view.period),
        "tier": chosen("tier", TIER_CHOICES, view.tier),
        "scheme": chosen("scheme", SCHEMES, view.scheme),
        "k": int(chosen("k", tuple(str(k) for k in range(MIN_CLASSES, MAX_CLASSES + 1)), str(view.k))),
        "palette": chosen("palette", tuple(PALETTES), view.palette),
        "sel": chosen("sel", ADCODES, ""),
        "v": int(chosen("v", (str(SHIPPED_VERSION),), "0")) or None,
        "lang": chosen("lang", LANGUAGES, view.lang),
        "breaks": _breaks(query.get("breaks", ""), dropped),
    }
    if fields["scheme"] == "manual" and not fields["breaks"]:
        dropped.append(Dropped("scheme", "manual", "manual together with breaks=…"))
        fields["scheme"] = view.scheme
    return replace(view, **fields), tuple(dropped)


def _breaks(text: str, dropped: list[Dropped]) -> tuple[float, ...]:
    """Return manual limits from "100,200.5"; anything but finite numbers is dropped as a whole."""
    if not text:
        return ()
    try:
        numbers = sorted({float(part) for part in text.split(",")})
    except ValueError:
        numbers = [float("inf")]
    if len(numbers) >= MAX_CLASSES or not all(abs(number) < 1e15 for number in numbers):
        dropped.append(Dropped("breaks", text, f"at most {MAX_CLASSES - 1} numbers separated by commas"))
        return ()
    return tuple(numbers)


def to_query(view: View) -> dict[str, str]:
    """Return the query parameters of a view, in a fixed order, what is empty left out; :func:`parse` reads them back."""
    query = {name: getattr(view, name) for name in PARAMETERS}
    query["breaks"] = ",".join(f"{b:.12g}" for b in view.breaks) if view.scheme == "manual" else ""
    return {name: str(value) for name, value in query.items() if value not in ("", None)}
