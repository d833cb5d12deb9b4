"""What stands beside the map of a slide, in a language: chart, table, and the sources of both."""

from collections.abc import Collection, Sequence

from geo import claims, measures, plan, wording
from geo.book import Book, Figure
from geo.briefing.model import Bar, Chart, Edition, Fact
from geo.classification import Classes
from geo.schema import ADCODES, CITY, Metric
from geo.translation import translate
from geo.view import View

__all__ = ["chart", "chart_sources", "facts", "facts_title", "map_sources", "member_names", "names"]


def names(edition: Edition, language: str) -> dict[str, str]:
    """Return the names of the districts by adcode, the Chinese ones without 区, and of the city."""
    return plan.district_names(edition.atlas, language) | {CITY: translate(language, "Guangzhou")}


def member_names(edition: Edition, members: Collection[str], language: str) -> dict[str, str]:
    """Return the names of the districts of a tier; its only one is called the home of its cluster, for its figures are not the cluster's."""
    return (
        plan.home_names(edition.atlas, language) if len(members) == 1 else plan.district_names(edition.atlas, language)
    )


def chart(
    kind: str, edition: Edition, view: View, classes: Classes, members: Collection[str], language: str
) -> Chart | None:
    """Return the chart of a view; None for the kind "none", and where there is no figure to draw."""
    metric = edition.book.metrics[view.metric]
    if kind == "ranking":
        metric = view.figures(edition.book).metrics[view.metric]
        bars = _ranking(edition, view, classes, members, language)
        head = _covered(
            claims.title(view.figures(edition.book), view.metric, view.column, language),
            edition,
            view,
            members,
            language,
        )
    elif kind == "trend":
        bars = _trend(edition.book, view, language)
        head = _trend_title(edition, view, language)
    else:
        return None
    if all(bar.value is None for bar in bars):
        return None
    return Chart("ranking" if kind == "ranking" else "trend", head, metric.show[language].unit, tuple(bars))


def _ranking(edition: Edition, view: View, classes: Classes, members: Collection[str], language: str) -> list[Bar]:
    """Return a bar a district, largest first, those without a figure last."""
    book = view.figures(edition.book)
    metric, column = book.metrics[view.metric], book.column(view.metric, view.column)
    called = member_names(edition, members, language)
    bars = []
    for code in _in_order(book, view, members):
        figure = column.get(code)
        colour = classes.colours[classes.index(figure.value)] if figure else ""
        text = _text(figure, book, view.metric, view.column, language)
        bars.append(Bar(called[code], _scaled(figure, metric, language), text, colour, code))
    return bars


def _trend(book: Book, view: View, language: str) -> list[Bar]:
    """Return a point a period of the selected district, or of the city as published."""
    metric = book.metrics[view.metric]
    bars = []
    for period, figure in _series(book, view):
        label = wording.period_label(period, language)
        bars.append(Bar(label, _scaled(figure, metric, language), _text(figure, book, view.metric, period, language)))
    return bars


def _trend_title(edition: Edition, view: View, language: str) -> str:
    """Return whose figures a trend shows, and what an asterisk at any of them means."""
    place = plan.home_names(edition.atlas, language)[view.sel] if view.sel else translate(language, "Guangzhou")
    shown = [period for period, figure in _series(edition.book, view) if figure]
    notes = (claims.footnote(edition.book, view.metric, period, language) for period in shown)
    return " · ".join((place, edition.book.metrics[view.metric].name[language], *dict.fromkeys(filter(None, notes))))


def _series(book: Book, view: View) -> list[tuple[str, Figure | None]]:
    """Return the figures of a trend, oldest first: of the periods of the same length that no break parts from the view's."""
    metric, code = book.metrics[view.metric], view.sel or CITY
    return [
        (period, book.column(view.metric, period).get(code))
        for period in book.periods(view.metric)
        if period[4:] == view.period[4:] and not _parted(metric, code, period, view.period)
    ]


def _parted(metric: Metric, code: str, one: str, other: str) -> bool:
    """Whether a break of the series lies between two periods of a place; one of some districts does not concern the city as a whole."""
    first, last = sorted((one, other))
    return any(gap.lies_between(first, last) for gap in metric.breaks if not gap.adcodes or code in gap.adcodes)


def _in_order(book: Book, view: View, members: Collection[str]) -> list[str]:
    """Return districts by rank, those without a figure last."""
    rank = measures.ranks(book, view.metric, view.column)
    return sorted(members, key=lambda code: (rank.get(code, len(ADCODES) + 1), code))


def _scaled(figure: Figure | None, metric: Metric, language: str) -> float | None:
    """Return a figure in the unit shown."""
    return figure.value * metric.show[language].scale if figure else None


def _text(figure: Figure | None, book: Book, metric_id: str, period: str, language: str) -> str:
    """Return a figure for reading, without its unit."""
    if figure is None:
        return claims.without_figure(book, metric_id, language)
    return claims.shown(book, metric_id, period, figure.value, language)


def facts(edition: Edition, view: View, members: Collection[str], language: str) -> tuple[Fact, ...]:
    """Return the table behind a map: every district of the tier by rank among all eleven, those without a figure last."""
    book = view.figures(edition.book)
    metric, column = book.metrics[view.metric], book.column(view.metric, view.column)
    ranking = claims.ranking(book, view.metric, view.column)
    called = member_names(edition, members, language)
    rows = []
    for code in _in_order(book, view, members):
        figure = column.get(code)
        text = (
            claims.amount(book, view.metric, view.column, figure.value, language)
            if figure
            else claims.without_figure(book, view.metric, language)
        )
        note = translate(language, "Second-choice source") if figure and figure.quality == "secondary" else ""
        note = note or book.gap(view.metric, view.column, code).get(language, "")
        rows.append(Fact(code, called[code], _scaled(figure, metric, language), text, ranking.place(code), note))
    return tuple(rows)


def facts_title(edition: Edition, view: View, members: Collection[str], language: str) -> str:
    """Return what the table shows: metric, unit, period, how many districts have a figure where not all have, what ranks are of, and an asterisk's meaning."""
    book = view.figures(edition.book)
    title = translate(
        language,
        "{metric} ({unit}), {period}",
        metric=claims.metric_name(book, view.metric, view.column, language),
        unit=book.metrics[view.metric].show[language].unit,
        period=wording.period_label(view.column, language),
    )
    ranking = claims.ranking(book, view.metric, view.column)
    base = claims.rank_base(ranking, language)
    parts = (
        _covered(title, edition, view, members, language),
        translate(language, "ranks {base}", base=base) if ranking.known > 1 else base,
        claims.footnote(book, view.metric, view.column, language),
    )
    return " · ".join(filter(None, parts))


def _covered(title: str, edition: Edition, view: View, members: Collection[str], language: str) -> str:
    """Return a title with how many districts have a figure, where not all have; of a single one its row says that."""
    column = view.figures(edition.book).column(view.metric, view.column)
    known = sum(code in column for code in members)
    return (
        title
        if known == len(members) or len(members) == 1
        else f"{title} · {claims.districts(known, len(members), language)}"
    )


def chart_sources(kind: str, book: Book, view: View, members: Collection[str]) -> Sequence[str]:
    """Return the ids of the sources of every figure in a chart, each once; of none for the kind "none"."""
    if kind == "ranking":
        return map_sources(book, view, members)
    drawn = _series(book, view) if kind == "trend" else []
    return tuple(dict.fromkeys(source for _, figure in drawn if figure for source in figure.source_ids))


def map_sources(book: Book, view: View, members: Collection[str]) -> Sequence[str]:
    """Return the ids of the sources of every figure on a map, each once."""
    column = view.figures(book).column(view.metric, view.column)
    found = [source for code in ADCODES if code in members and code in column for source in column[code].source_ids]
    return tuple(dict.fromkeys(found))
