"""Answers for the question mode: what is known, or not known, of every metric in every district and the city, in every period."""

from collections.abc import Iterator, Sequence

from geo import names, wording
from geo.briefing.model import Answer
from geo.figures import claims, classification, comparison, measures
from geo.figures.classification import Classes
from geo.figures.data_version import DataVersion
from geo.figures.table import Figure, FigureTable
from geo.maps import map_styles
from geo.maps.folium_map import MapStyle
from geo.maps.legends import Legend, legend
from geo.schema import ADCODES, CITY, LANGUAGES
from geo.translation import mark, translate

__all__ = ["answer_legends", "answer_styles", "answers", "shown_names"]

# By whether it is of money.
_CHANGES = {False: mark("{change} since {period}"), True: mark("{change} since {period} (nominal)")}


def answers(data_version: DataVersion) -> tuple[Answer, ...]:
    """Return an answer for each metric, place and period that the metric has figures for (one for "" where it has none): "No data" where the place has none.

    Of a metric and place, the answer to a question that names no year comes first: that of the best covered period, or of the place's own newest
    where it has no figure in that one.
    """
    called = {language: shown_names(data_version, language) for language in LANGUAGES}
    return tuple(
        Answer(
            code, metric, period,
            {language: (called[language][code], *_words(data_version, metric, period, code, language)) for language in LANGUAGES},
            _value(data_version, metric, period, code),
        )
        for metric in data_version.figure_table.metrics
        for code in (CITY, *ADCODES)
        if code in called["en"]
        for period in _periods(data_version, metric, code)
    )  # fmt: skip


def shown_names(data_version: DataVersion, language: str) -> dict[str, str]:
    """Return what the city and the districts are called in an answer: one to a question for a cluster has the figures of its district."""
    return names.home_names(data_version.atlas, language) | {CITY: translate(language, "Guangzhou")}


def _periods(data_version: DataVersion, metric: str, code: str) -> list[str]:
    """Return all periods of a metric: first the one a place is answered for where no year is asked, then the others, newest first."""
    best = data_version.figure_table.default_period(metric)
    # A metric without any figure is answered for too.
    newest_first = data_version.figure_table.periods(metric)[::-1] or ("",)
    first = next(
        (period for period in (best, *newest_first) if _value(data_version, metric, period, code) is not None), best
    )
    return sorted(newest_first, key=lambda period: period != first)


def _value(data_version: DataVersion, metric: str, period: str, code: str) -> float | None:
    """Return the figure of a district, or of the city where it is published or complete."""
    figure_table = data_version.figure_table
    total = (
        measures.city_total(figure_table, metric, period)
        if code == CITY
        else measures.total(figure_table, metric, period, (code,))
    )
    return total.value


def _words(data_version: DataVersion, metric_id: str, period: str, code: str, language: str) -> tuple[str, ...]:
    """Return an answer without the place's name: metric and period, value, then rank, change and sources where there are any.

    A rank among districts of which some have no figure says how many it is of.
    """
    figures = data_version.figure_table
    asked, metric = (figures, metric_id, period), figures.metrics[metric_id]
    value = _value(data_version, metric_id, period, code)
    head = claims.title(*asked, language) if period else metric.name[language]
    if value is None:
        why = figures.gap(metric_id, period, code).get(language)
        return head, translate(language, "No data"), *filter(None, [why])
    where = measures.city_codes(*asked) if code == CITY else (code,)
    amount = claims.amount(*asked, value, language) + claims.secondary_mark(*asked, where)
    notes = (
        claims.rank_words(claims.ranking(*asked), code, language),
        claims.secondary_mark_note(amount, language),
        claims.footnote(*asked, language),
        metric.remark_on(period, language, code),
    )
    lines = [head, amount, *filter(None, notes)]
    change = comparison.city_change(*asked) if code == CITY else comparison.change(*asked, where)
    if change.relative is not None:
        change_text = wording.signed(wording.percent(abs(change.relative), language), change.relative)
        since = wording.period(change.since, language)
        lines.append(translate(language, _CHANGES[metric.is_money], change=change_text, period=since))
    return *lines, *_sources(data_version, [figures.column(metric_id, period).get(one) for one in where], language)


def _sources(data_version: DataVersion, rests_on: Sequence[Figure | None], language: str) -> Iterator[str]:
    """Yield the line that names the sources of figures, at most two of them; nothing where they have none."""
    ids = [source for figure in rests_on if figure for source in figure.source_ids]
    found = wording.source_names(ids, data_version.atlas, language)
    if found:
        more = len(found) - 2
        text = translate(language, "; ").join(found[:2])
        text += translate(language, " and {count} more", count=more) if more > 0 else ""
        yield translate(language, "Source: {sources}", sources=text)


def answer_styles(data_version: DataVersion, found: tuple[Answer, ...]) -> dict[tuple[str, str], dict[str, MapStyle]]:
    """Return the choropleth of every metric and period that an answer names, in both languages."""
    figure_table = data_version.figure_table
    result = {}
    for metric_id, period in dict.fromkeys((answer.metric, answer.period) for answer in found):
        classes = _classes(figure_table, metric_id, period)
        result[metric_id, period] = {
            language: map_styles.choropleth(figure_table, classes, metric_id, period, ADCODES, language)
            for language in LANGUAGES
        }
    return result


def answer_legends(data_version: DataVersion, found: tuple[Answer, ...]) -> dict[tuple[str, str], dict[str, Legend]]:
    """Return what the maps of :func:`answer_styles` show and their colours mean, by metric and period, in both languages."""
    figure_table, result = data_version.figure_table, {}
    for metric_id, period in dict.fromkeys((answer.metric, answer.period) for answer in found):
        classes = _classes(figure_table, metric_id, period)
        result[metric_id, period] = {
            language: legend(figure_table, classes, metric_id, language, period) for language in LANGUAGES
        }
    return result


def _classes(figure_table: FigureTable, metric_id: str, period: str) -> Classes:
    """Return the classes that the catalogue gives a metric, for a period."""
    metric = figure_table.metrics[metric_id]
    return classification.classify(figure_table.all_values(metric_id, period), metric.scheme, metric.classes, "blues")
