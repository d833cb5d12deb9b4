"""What is on screen, as one value: the URL, the slide, the export request and the cache key."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from geo.figures import classification, comparison
from geo.figures.classification import PALETTES, Classes
from geo.figures.table import FigureTable
from geo.periods import order
from geo.schema import ADCODES, LANGUAGES, MAX_CLASSES, MIN_CLASSES, SCHEMES, TIERS

__all__ = ["PARAMETERS", "Asked", "Dropped", "View", "asked_of", "parse", "to_query", "version_asked"]

TIER_CHOICES = ("all", *TIERS)
LARGEST_BREAK = 1e15  # beyond it numbers lose their last digits, and no figure is that large
PARAMETERS = ("metric", "period", "since", "tier", "scheme", "k", "breaks", "palette", "sel", "v", "lang")


@dataclass(frozen=True)
class Asked:
    """The periods that somebody asked for, "" where nobody did; a view shows others where its metric lacks them."""

    period: str = ""
    since: str = ""


@dataclass(frozen=True)
class View:
    """One state of the dashboard.

    With ``since`` it shows the change from that period to ``period`` instead of the figures of ``period``. ``breaks`` are the inner limits of the
    scheme ``manual``, in the unit of what is shown: the metric's catalogue unit, or that of its changes; ``sel`` is the selected adcode or "";
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
    since: str = ""

    @classmethod
    def default(cls, figure_table: FigureTable, lang: str = "en") -> "View":
        """Return the view a first visit opens with: the catalogue's first metric in its best covered period."""
        metric = next(iter(figure_table.metrics.values()))
        return cls(metric.id, figure_table.default_period(metric.id), metric.scheme, metric.classes, lang=lang)

    @property
    def column(self) -> str:
        """Under which period :meth:`figures` has what this view shows: the period, or the pair of a change."""
        return comparison.pair(self.since, self.period)

    def figures(self, figure_table: FigureTable) -> FigureTable:
        """Return the figures this view shows, of its metric and by :attr:`column`: those of ``figure_table``, or their changes."""
        return comparison.changes(figure_table, self.metric) if self.since else figure_table

    def classes(self, figure_table: FigureTable) -> Classes:
        """Return the classes of what this view shows, locked over all periods as long as its own, of changes over all pairs of periods."""
        classify = classification.classify_changes if self.since else classification.classify
        values = self.figures(figure_table).all_values(self.metric, self.column)
        return classify(values, self.scheme, self.k, self.palette, breaks=self.breaks)

    def with_metric(self, metric: str, figure_table: FigureTable, asked: Asked | None = None) -> "View":
        """Return the view with another metric, its default classes, and the periods asked for (the view's own by default) where it has them."""
        entry = figure_table.metrics[metric]
        moved = replace(self, metric=metric, scheme=entry.scheme, k=entry.classes, breaks=())
        return moved.with_periods(asked or Asked(self.period, self.since), figure_table)

    def with_periods(self, asked: Asked, figure_table: FigureTable) -> "View":
        """Return the view in the periods asked for.

        Where the metric lacks the period, or nobody asked for one, in the one that covers most districts; where a change cannot begin where it was
        asked to, it begins where most districts can be compared, and where none can, the figures themselves are shown. Limits set by hand go with
        the unit they were set in.
        """
        period = (
            asked.period
            if asked.period in figure_table.periods(self.metric)
            else figure_table.default_period(self.metric)
        )
        since = asked.since
        if since and since not in comparison.starts(figure_table, self.metric, period):
            since = comparison.default_start(figure_table, self.metric, period)
            since = since if since and comparison.comparable(figure_table, self.metric, since, period) else ""
        moved = replace(self, period=period, since=since)
        if self.scheme == "manual" and bool(since) != bool(self.since):
            return replace(moved, scheme=figure_table.metrics[self.metric].scheme, breaks=())
        return moved


@dataclass(frozen=True)
class Dropped:
    """A query parameter that is left out."""

    parameter: str
    value: str
    expected: str
    # Whether it is a period that only other metrics have: others are shown instead, and the filters say which.
    understood: bool = False


def version_asked(query: Mapping[str, str]) -> int | None:
    """Return the data version a query string names, None for the newest or where it names no number that a version can have."""
    text = query.get("v", "")
    return int(text) or None if text.isascii() and text.isdecimal() and len(text) < 10 else None


def parse(
    query: Mapping[str, str], figure_table: FigureTable, lang: str = "en", v: int | None = None
) -> tuple[View, tuple[Dropped, ...]]:
    """Return the view a query string asks for.

    Parameters
    ----------
    query
        Query parameters; unknown names are ignored, for they may belong to somebody else.
    figure_table
        The figures that metrics and periods are looked up in.
    lang
        Language where the query names none.
    v
        The data version ``figure_table`` is of, None for the newest; a query that names another one has asked for what cannot be shown.

    Returns
    -------
    The view, and the parameters whose value was not one of those allowed: each falls back to its default. Never raises.

    Examples
    --------
    >>> view, dropped = parse({"metric": "gdp", "period": "2023", "k": "99"}, figure_table)
    >>> view.metric, view.period, view.k, [one.parameter for one in dropped]
    ('gdp', '2023', 5, ['k'])
    """
    ask = _Query(query)
    view = View.default(figure_table, lang)
    view = view.with_metric(ask.for_one_of("metric", figure_table.metrics, view.metric), figure_table, Asked())
    asked = asked_of(query, view, figure_table)
    scheme, breaks = ask.for_classing(view.scheme)
    ask.for_periods(asked, view, figure_table)
    view = replace(view, since=asked.since, scheme=scheme, breaks=breaks)
    return ask.for_choices(view, v).with_periods(asked, figure_table), tuple(ask.dropped)


def asked_of(query: Mapping[str, str], view: View, figure_table: FigureTable) -> Asked:
    """Return the periods a query asks for, those that only other metrics have included; no start of a change that lies after its end."""
    known = {period for metric in figure_table.metrics for period in figure_table.periods(metric)}
    named = (query.get("period", ""), query.get("since", ""))
    period, since = (name if name in known else "" for name in named)
    return Asked(period, since if order(since) < order(period or view.period) else "")


class _Query:
    """Query parameters, and which of them were not understood."""

    def __init__(self, query: Mapping[str, str]) -> None:
        self._query = query
        self.dropped: list[Dropped] = []

    def drop(self, name: str, expected: str, *, understood: bool = False) -> None:
        """Note a parameter that is left out."""
        self.dropped.append(Dropped(name, self._query[name], expected, understood))

    def for_one_of(self, name: str, allowed: Iterable[str], otherwise: str, *, understood: bool = False) -> str:
        """Return a parameter's value if it is one of those allowed."""
        choices = tuple(allowed)
        if name not in self._query or self._query[name] in choices:
            return self._query.get(name, otherwise)
        self.drop(name, ", ".join(choices) or f"no {name} here", understood=understood)
        return otherwise

    def for_classing(self, otherwise: str) -> tuple[str, tuple[float, ...]]:
        """Return the scheme, and the limits where they are set by hand; without limits there is nothing to set by hand."""
        scheme = self.for_one_of("scheme", SCHEMES, otherwise)
        breaks = self.for_breaks() if scheme == "manual" else ()
        if scheme == "manual" and not breaks:
            self.drop("scheme", "manual together with breaks=…")
            scheme = otherwise
        return scheme, breaks

    def for_periods(self, asked: Asked, view: View, figure_table: FigureTable) -> None:
        """Note the periods that the view's metric does not have."""
        period = self.for_one_of(
            "period", figure_table.periods(view.metric), view.period, understood=bool(asked.period)
        )
        starts = comparison.starts(figure_table, view.metric, period)
        self.for_one_of("since", starts, "", understood=bool(asked.since))

    def for_choices(self, view: View, opened: int | None) -> View:
        """Return a view with what is chosen independently of its figure; ``opened`` is the version that it shows."""
        classes = [str(k) for k in range(MIN_CLASSES, MAX_CLASSES + 1)]
        return replace(
            view,
            tier=self.for_one_of("tier", TIER_CHOICES, view.tier),
            k=int(self.for_one_of("k", classes, str(view.k))),
            palette=self.for_one_of("palette", PALETTES, view.palette),
            sel=self.for_one_of("sel", ADCODES, ""),
            v=self.for_version(opened),
            lang=self.for_one_of("lang", LANGUAGES, view.lang),
        )

    def for_version(self, opened: int | None) -> int | None:
        """Return the version that was opened; note where the query asked for another."""
        if "v" in self._query and (opened is None or self._query["v"] != str(opened)):
            self.drop("v", "the number of a readable version")
        return opened

    def for_breaks(self) -> tuple[float, ...]:
        """Return manual limits from "100,200.5"; anything but finite numbers is dropped as a whole."""
        text = self._query.get("breaks", "")
        try:
            numbers = sorted({float(part) for part in text.split(",")}) if text else []
        except ValueError:
            numbers = [math.inf]
        if len(numbers) < MAX_CLASSES and all(abs(number) < LARGEST_BREAK for number in numbers):
            return tuple(numbers)
        self.drop("breaks", f"at most {MAX_CLASSES - 1} numbers separated by commas")
        return ()


def to_query(view: View) -> dict[str, str]:
    """Return the query parameters of a view, in a fixed order, what is empty left out; :func:`parse` reads them back.

    Examples
    --------
    >>> view, _ = parse({"metric": "gdp", "period": "2023", "sel": "440105"}, figure_table)
    >>> {name: to_query(view)[name] for name in ("metric", "period", "sel")}
    {'metric': 'gdp', 'period': '2023', 'sel': '440105'}
    """
    query = {name: getattr(view, name) for name in PARAMETERS}
    query["breaks"] = ",".join(f"{b:.12g}" for b in view.breaks) if view.scheme == "manual" else ""
    return {name: str(value) for name, value in query.items() if value not in ("", None)}
