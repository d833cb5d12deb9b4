"""Changes between two periods: of districts taken together, and of a metric as a table of figures that is drawn as any other.

A pair of periods is written as ISO 8601 writes an interval, ``2020/2023``, and stands where a period stands. Rules:

- all districts of a change are compared over one pair of periods; a district without a figure in both has none, and a reason;
- none across a break of the series, and none of a rate whose two values divide by the same figure;
- relative for counts and computed rates, in percentage points for published rates.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace

from geo import wording
from geo.figures import measures
from geo.figures.table import Figure, FigureTable, Gap
from geo.periods import alike, order
from geo.schema import ADCODES, CITY, LANGUAGES, PAIR, UNDATED, Break, DisplayFormat, Metric
from geo.translation import mark, translate

__all__ = [
    "Change",
    "change",
    "change_metric",
    "changes",
    "city_change",
    "city_codes",
    "comparable",
    "default_start",
    "incomparable_reason",
    "pair",
    "shown_value",
    "starts",
]

_NAMES = {False: mark("{metric}, change"), True: mark("{metric}, nominal change")}  # by whether it is money
_DEFINITIONS = {
    False: mark("Change between two periods, computed from the figures for both."),
    True: mark(
        "Nominal change between two periods, computed at the prices of each period. It is not real growth, which is a separate metric."
    ),
}
_REASONS = {
    "": mark("earlier figure is not above zero"),
    "first period": mark("no earlier period"),
    "same denominator": mark("same residents used for both years"),
    "does not add up": mark("published rates do not add up"),
    "two kinds": mark("published figure in one period, sum of the districts in the other"),
}


@dataclass(frozen=True)
class Change:
    """A change between two periods, or the reason why there is none to show."""

    since: str = ""  # the earlier period, "" where there is none
    old: float | None = None  # catalogue unit, as ``new``; None where there is no change to show
    new: float | None = None
    relative: float | None = None  # 0.1 is a tenth more; None for published rates, and from zero
    reason: str = ""  # "first period", "no figure", "break", "same denominator", "does not add up" or "two kinds"
    missing: tuple[str, ...] = ()  # periods that lack a figure
    broken_by: Break | None = None

    @property
    def absolute(self) -> float | None:
        """The difference in the catalogue unit: percentage points for published rates."""
        return None if self.old is None or self.new is None else self.new - self.old


def pair(since: str, period: str) -> str:
    """Return the code of a pair of periods; the period alone where there is no earlier one."""
    return f"{since}{PAIR}{period}" if since else period


def starts(figure_table: FigureTable, metric_id: str, period: str) -> tuple[str, ...]:
    """Return the periods that a change up to ``period`` may be counted from, oldest first: earlier ones of the same months.

    A half year goes with the same half of another year, May with May, January to May with January to May.
    """
    return tuple(p for p in figure_table.periods(metric_id) if alike(p, period) and order(p) < order(period))


def comparable(figure_table: FigureTable, metric_id: str, since: str, period: str) -> int:
    """Return how many of the eleven districts can be compared over a pair of periods."""
    return changes(figure_table, metric_id).coverage(metric_id, pair(since, period))


def default_start(figure_table: FigureTable, metric_id: str, period: str) -> str:
    """Return the period that a change is counted from where nobody chose one: the same for all districts.

    Returns
    -------
    The earlier period over which most districts can be compared; of several one over which the city can, too, and of those the newest. Where
    nothing can be compared, the one with most figures in both periods, so that the reason can be given; "" without any.
    """

    def worth(since: str) -> tuple[object, ...]:
        """Return what an earlier period is worth as a start, to be compared with that of others."""
        column = changes(figure_table, metric_id).column(metric_id, pair(since, period))
        both = figure_table.column(metric_id, since).keys() & figure_table.column(metric_id, period).keys()
        return comparable(figure_table, metric_id, since, period), CITY in column, len(both), order(since)

    return max(starts(figure_table, metric_id, period), key=worth, default="")


def change(figure_table: FigureTable, metric_id: str, period: str, adcodes: Collection[str], since: str = "") -> Change:
    """Return the change of some districts together, or why there is none.

    Parameters
    ----------
    figure_table, metric_id, period
        All figures; what changed, and until when.
    adcodes
        The districts, or the city's code alone for its published figure. Each must have a figure in both periods.
    since
        From when; the :func:`default_start` where none is given.

    Examples
    --------
    >>> found = change(figure_table, "gdp", "2023", ["440106"], since="2020")
    >>> found.old, found.new, round(found.relative, 3)
    (5312.79, 6551.26, 0.233)
    >>> change(figure_table, "gdp", "2023", ["440106"], since="1999").reason
    'no figure'
    """
    metric, since = figure_table.metrics[metric_id], since or default_start(figure_table, metric_id, period)
    if not since:
        return Change(reason="first period")
    wanted = set(adcodes)
    there = {p: measures.contributing_districts(figure_table, metric, p, wanted) for p in (since, period)}
    missing = tuple(p for p in (since, period) if not wanted <= there[p])
    gaps = _breaks_between(metric, since, period, wanted)
    hiding = [gap for gap in gaps if gap.hides_value]  # these are why a figure is missing
    if not wanted or (missing and not hiding):
        return Change(since, reason="no figure", missing=missing)
    if gaps:
        return Change(since, reason="break", broken_by=(hiding or gaps)[0])
    if metric.kind == "rate" and _same_denominator(figure_table, metric, since, period):
        return Change(since, reason="same denominator")
    old, new = (measures.total(figure_table, metric_id, p, wanted).value for p in (since, period))
    if old is None or new is None:
        return Change(since, reason="does not add up")
    # a share of a value that is zero or negative would say nothing, or the opposite
    return Change(since, old, new, new / old - 1 if metric.kind != "published" and old > 0 else None)


def city_change(figure_table: FigureTable, metric_id: str, period: str, since: str = "") -> Change:
    """Return the change of the city as a whole, see :func:`change`: of its published figures where both ends have one, else of all eleven districts.

    ``missing`` are the periods without a figure of the city, not those in which a district has none.
    """
    since = since or default_start(figure_table, metric_id, period)
    found = change(figure_table, metric_id, period, city_codes(figure_table, metric_id, since, period), since)
    if not found.missing:
        return found
    missing = tuple(end for end in (since, period) if measures.city_total(figure_table, metric_id, end).value is None)
    return replace(found, missing=missing, reason="no figure" if missing else "two kinds")


def city_codes(figure_table: FigureTable, metric_id: str, since: str, period: str) -> tuple[str, ...]:
    """Return whose figures make the change of the city as a whole."""
    published = all(CITY in figure_table.column(metric_id, end) for end in (since, period))
    return (CITY,) if published else ADCODES


def _breaks_between(metric: Metric, since: str, period: str, wanted: set[str]) -> list[Break]:
    """Return the breaks that part two periods for some districts; one of a group does not concern the whole group together."""
    return [
        gap
        for gap in metric.breaks
        if gap.lies_between(since, period) and (not gap.adcodes or (wanted & gap.adcodes and not gap.adcodes <= wanted))
    ]


def _same_denominator(figure_table: FigureTable, metric: Metric, one: str, other: str) -> bool:
    """Whether two periods of a rate divide by the same dated figure, so that its change would be the numerator's alone."""
    used = {measures.denominator_period(figure_table, metric, period) for period in (one, other)}
    return len(used) == 1 and used.isdisjoint({UNDATED, None})


def changes(figure_table: FigureTable, metric_id: str) -> FigureTable:
    """Return the changes of a metric between every two of its periods, computed once for a table of figures.

    Returns
    -------
    A table of the one metric, as :func:`change_metric` describes it, whose periods are pairs such as ``2020/2023``: in per cent, or in percentage points
    for published rates. ``all_values`` is what locked classes are computed over; ``gap`` says why a district has no change.
    """
    return figure_table.once(("changes", metric_id), lambda: _changes(figure_table, figure_table.metrics[metric_id]))


def _changes(figure_table: FigureTable, metric: Metric) -> FigureTable:
    """Return the changes of a metric, see :func:`changes`."""
    columns: dict[tuple[str, str], dict[str, Figure]] = {}
    gaps: dict[tuple[str, str], dict[str, Gap]] = {}
    for period in figure_table.periods(metric.id):
        for since in starts(figure_table, metric.id, period):
            key = metric.id, pair(since, period)
            for code in (*ADCODES, CITY):
                found = change(figure_table, metric.id, period, (code,), since)
                value = shown_value(found, metric)
                if value is None:
                    gaps.setdefault(key, {})[code] = {
                        language: incomparable_reason(found, language) for language in LANGUAGES
                    }
                else:
                    columns.setdefault(key, {})[code] = _figure(figure_table, metric.id, (since, period), code, value)
    return FigureTable({metric.id: change_metric(metric)}, columns, gaps)


def _figure(figure_table: FigureTable, metric_id: str, periods: tuple[str, str], code: str, value: float) -> Figure:
    """Return a change as a figure that rests on the sources of both its ends."""
    ends = [figure_table.column(metric_id, period)[code] for period in periods]
    quality = "secondary" if any(end.quality == "secondary" for end in ends) else "derived"
    sources = tuple(dict.fromkeys(source for end in ends for source in end.source_ids))
    return Figure(value, sources, quality, "; ".join(dict.fromkeys(end.note for end in ends if end.note)))


def shown_value(found: Change, metric: Metric) -> float | None:
    """Return a change in the unit of :func:`change_metric`; None where there is none to show."""
    if metric.kind == "published":
        return found.absolute
    return None if found.relative is None else 100 * found.relative


def change_metric(metric: Metric) -> Metric:
    """Return the description of a metric's changes: named as a change, nominal where it is money, signed, in per cent or percentage points."""
    points = metric.kind == "published" and metric.unit == "%"
    return replace(
        metric,
        kind="change",
        unit=metric.unit if metric.kind == "published" and not points else "百分点" if points else "%",
        name={
            language: translate(language, _NAMES[metric.is_money], metric=metric.name[language])
            for language in LANGUAGES
        },
        definition={language: translate(language, _DEFINITIONS[metric.is_money]) for language in LANGUAGES},
        show={language: _show(metric, language) for language in LANGUAGES},
        breaks=(),
        tolerance=0.0,
    )


def _show(metric: Metric, language: str) -> DisplayFormat:
    """Return how the changes of a metric are shown."""
    if metric.kind != "published":
        return DisplayFormat("%", 1, 1, "{}%", signed=True)
    if metric.unit != "%":
        return replace(metric.show[language], signed=True)
    return DisplayFormat(translate(language, "percentage points"), 1, 1, signed=True)


def incomparable_reason(found: Change, language: str, districts: int = 1) -> str:
    """Return why there is no change to show, as the end of a sentence; of several ``districts`` some may have a figure, all eleven are the city."""
    if found.broken_by:
        return found.broken_by.reason[language]
    if found.missing:
        periods = wording.listing((wording.period(period, language) for period in found.missing), language)
        if districts == len(ADCODES):
            return translate(language, "no city figure for {period}", period=periods)
        if districts > 1:
            return translate(
                language, "{period} data does not cover all {count} districts", count=districts, period=periods
            )
        return translate(language, "no data for {period}", period=periods)
    return translate(language, _REASONS[found.reason])
