"""What a change of the data does to what people see: ranks, colours, key figures, coverage, sentences."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from geo.figures import claims, measures, sentences
from geo.figures.claims import Ranking
from geo.figures.classification import PALETTES, Classes, classify
from geo.figures.measures import Total
from geo.figures.table import FigureTable
from geo.periods import order
from geo.schema import ADCODES, LANGUAGES, Atlas

__all__ = [
    "ClassChange",
    "CoverageChange",
    "Effects",
    "KpiChange",
    "RankChange",
    "SentenceChange",
    "changed_periods",
    "effects",
]

ANY_PALETTE = next(iter(PALETTES))  # classes are compared by number


@dataclass(frozen=True)
class RankChange:
    """A district's rank before and after, and what each is of."""

    metric: str
    period: str
    adcode: str
    old: Ranking
    new: Ranking


@dataclass(frozen=True)
class ClassChange:
    """A district's class in the catalogue's own classification, from 0, the lowest; ``NO_DATA`` where it has no figure."""

    metric: str
    period: str
    adcode: str
    old: int
    new: int
    same_value: bool  # only the limits of the classes moved


@dataclass(frozen=True)
class KpiChange:
    """A metric's figure for the city in the period the dashboard opens with; None where the period has none."""

    metric: str
    old_period: str
    new_period: str
    old: Total
    new: Total


@dataclass(frozen=True)
class CoverageChange:
    """How many of the eleven districts have a figure."""

    metric: str
    period: str
    old: int
    new: int


@dataclass(frozen=True)
class SentenceChange:
    """A sentence of the briefing before and after, "" where the story did or does not have it."""

    slide: str
    language: str
    old: str
    new: str
    lost: tuple[str, ...]  # placeholders of the same sentence that could be computed before


@dataclass(frozen=True)
class Effects:
    """Everything that looks different after a change, and all figures before and after, by which to say what a figure divides by."""

    old: FigureTable
    new: FigureTable
    ranks: tuple[RankChange, ...] = ()
    classes: tuple[ClassChange, ...] = ()
    kpis: tuple[KpiChange, ...] = ()
    coverage: tuple[CoverageChange, ...] = ()
    sentences: tuple[SentenceChange, ...] = ()


def effects(before: Atlas, after: Atlas, tell: Callable[[float], None] | None = None) -> Effects:
    """Return what looks different between two versions of the data.

    Parameters
    ----------
    before, after
        The two versions; metrics are those of ``after``.
    tell
        Told the share that is done.

    Returns
    -------
    Ranks and coverage of the periods whose figures differ, classes of all periods of a metric with any such period (because its breaks
    are locked over all as long), key figures of all metrics, and sentences.
    """
    report = tell or (lambda _share: None)
    old = measures.figures(before)
    report(0.1)
    new = measures.figures(after)
    periods = {metric: changed_periods(old, new, metric) for metric in after.metrics if metric in before.metrics}
    touched = [metric for metric, changed in periods.items() if changed]
    ranks: list[RankChange] = []
    classes: list[ClassChange] = []
    coverage: list[CoverageChange] = []
    for number, metric in enumerate(touched):
        report(0.2 + 0.7 * number / len(touched))
        ranks += _ranks(old, new, metric, periods[metric])
        classes += _classes(old, new, metric)
        coverage += _coverage(old, new, metric, periods[metric])
    report(0.9)
    kpis, told_of = tuple(_kpis(old, new)), tuple(_sentences(before, after, old, new))
    return Effects(old, new, tuple(ranks), tuple(classes), kpis, tuple(coverage), told_of)


def changed_periods(old: FigureTable, new: FigureTable, metric: str) -> tuple[str, ...]:
    """Return the periods in which any value of a metric differs, oldest first."""
    return tuple(
        period for period in _periods(old, new, metric) if _values(old, metric, period) != _values(new, metric, period)
    )


def _periods(old: FigureTable, new: FigureTable, metric: str) -> list[str]:
    """Return the periods a metric has before or after, oldest first."""
    return sorted({*old.periods(metric), *new.periods(metric)}, key=order)


def _values(figure_table: FigureTable, metric: str, period: str) -> dict[str, float]:
    """Return the values of a period by adcode."""
    return {code: figure.value for code, figure in figure_table.column(metric, period).items()}


def _ranks(old: FigureTable, new: FigureTable, metric: str, periods: tuple[str, ...]) -> Iterator[RankChange]:
    """Yield the ranks that change."""
    for period in periods:
        before, after = claims.ranking(old, metric, period), claims.ranking(new, metric, period)
        for code in ADCODES:
            if before.ranks.get(code) != after.ranks.get(code):
                yield RankChange(metric, period, code, before, after)


def _classes(old: FigureTable, new: FigureTable, metric: str) -> Iterator[ClassChange]:
    """Yield the classes that change."""
    for period in _periods(old, new, metric):
        one, other = _classified(old, metric, period), _classified(new, metric, period)
        before, after = _values(old, metric, period), _values(new, metric, period)
        if one.edges == other.edges and before == after:
            continue
        for code in ADCODES:
            classes = one.index(before.get(code)), other.index(after.get(code))
            if classes[0] != classes[1]:
                yield ClassChange(metric, period, code, *classes, same_value=before.get(code) == after.get(code))


def _classified(figure_table: FigureTable, metric: str, period: str) -> Classes:
    """Return the classes of a metric in a period as the catalogue has them."""
    entry, values = figure_table.metrics[metric], figure_table.all_values(metric, period)
    key = "classes", metric, figure_table.as_long(metric, period)
    return figure_table.once(key, lambda: classify(values, entry.scheme, entry.classes, ANY_PALETTE))


def _kpis(old: FigureTable, new: FigureTable) -> Iterator[KpiChange]:
    """Yield the key figures that change; those of a rate may although no district's does, so all are looked at."""
    for metric in new.metrics:
        if metric not in old.metrics:
            continue
        periods = old.default_period(metric), new.default_period(metric)
        totals = tuple(
            measures.city_total(figure_table, metric, at) for figure_table, at in zip((old, new), periods, strict=True)
        )
        if periods[0] != periods[1] or totals[0] != totals[1]:
            yield KpiChange(metric, *periods, *totals)


def _coverage(old: FigureTable, new: FigureTable, metric: str, periods: tuple[str, ...]) -> Iterator[CoverageChange]:
    """Yield the periods that have figures of more or fewer districts."""
    for period in periods:
        before, after = old.coverage(metric, period), new.coverage(metric, period)
        if before != after:
            yield CoverageChange(metric, period, before, after)


def _sentences(before: Atlas, after: Atlas, old: FigureTable, new: FigureTable) -> Iterator[SentenceChange]:
    """Yield the sentences that change, with the story or with its figures."""
    texts = [{slide.id: slide.text for slide in atlas.slides} for atlas in (before, after)]
    for slide in dict.fromkeys((*texts[1], *texts[0])):
        for language in LANGUAGES:
            one, other = (report[slide][language] if slide in report else "" for report in texts)
            was = sentences.render(one, before, old, language)
            is_ = sentences.render(other, after, new, language)
            if was.text != is_.text:
                lost = tuple(gap for gap in is_.gaps if gap not in was.gaps) if one == other else ()
                yield SentenceChange(slide, language, was.text, is_.text, lost)
