"""Answers for the question mode: what is known, or not known, of every metric in every district and the city, in every period."""

from geo import claims, classification, comparing, measures, picturing, plan, wording
from geo.book import Book
from geo.briefing.model import Answer, Edition
from geo.classification import Classes
from geo.legends import Legend, legend
from geo.mapping import Picture
from geo.schema import ADCODES, CITY, LANGUAGES
from geo.translation import translate

__all__ = ["answer_legends", "answer_pictures", "answers", "shown_names"]


def answers(edition: Edition) -> tuple[Answer, ...]:
    """Return an answer for each metric, place and period that the metric has figures for (one for "" where it has none): "No data" where the place has none.

    Of a metric and place, the answer to a question that names no year comes first: that of the best covered period, or of the place's own newest
    where it has no figure in that one.
    """
    called = {language: shown_names(edition, language) for language in LANGUAGES}
    return tuple(
        Answer(
            code, metric, period,
            {language: (called[language][code], *_words(edition, metric, period, code, language)) for language in LANGUAGES},
            _value(edition, metric, period, code),
        )
        for metric in edition.book.metrics
        for code in (CITY, *ADCODES)
        if code in called["en"]
        for period in _periods(edition, metric, code)
    )  # fmt: skip


def shown_names(edition: Edition, language: str) -> dict[str, str]:
    """Return what the city and the districts are called in an answer: one to a question for a cluster has the figures of its district."""
    return plan.home_names(edition.atlas, language) | {CITY: translate(language, "Guangzhou")}


def _periods(edition: Edition, metric: str, code: str) -> list[str]:
    """Return all periods of a metric: first the one a place is answered for where no year is asked, then the others, newest first."""
    best = edition.book.default_period(metric)
    newest_first = edition.book.periods(metric)[::-1] or ("",)  # a metric without any figure is answered for too
    first = next(
        (period for period in (best, *newest_first) if _value(edition, metric, period, code) is not None), best
    )
    return sorted(newest_first, key=lambda period: period != first)


def _value(edition: Edition, metric: str, period: str, code: str) -> float | None:
    """Return the figure of a district, or of the city where it is published or complete."""
    book = edition.book
    total = measures.city_total(book, metric, period) if code == CITY else measures.total(book, metric, period, (code,))
    return total.value


def _words(edition: Edition, metric_id: str, period: str, code: str, language: str) -> tuple[str, ...]:
    """Return an answer without the place's name: metric and period, value, then rank, change and sources where there are any.

    A rank among districts of which some have no figure says how many it is of.
    """
    book = edition.book
    value = _value(edition, metric_id, period, code)
    head = claims.title(book, metric_id, period, language) if period else book.metrics[metric_id].name[language]
    if value is None:
        why = book.gap(metric_id, period, code).get(language)
        return head, translate(language, "No data"), *filter(None, [why])
    column, ranking = book.column(metric_id, period), claims.ranking(book, metric_id, period)
    lines = [head, claims.amount(book, metric_id, period, value, language)]
    lines += filter(
        None,
        (
            claims.rank_words(ranking, code, language),
            claims.footnote(book, metric_id, period, language),
            book.metrics[metric_id].remark(period, language, code),
        ),
    )
    where = measures.city_codes(book, metric_id, period) if code == CITY else (code,)
    change = (
        comparing.city_change(book, metric_id, period)
        if code == CITY
        else comparing.change(book, metric_id, period, where)
    )
    if change.relative is not None:
        told = wording.signed(wording.percent(abs(change.relative), language), change.relative)
        since = wording.period(change.since, language)
        lines.append(translate(language, "{change} since {period}", change=told, period=since))
    sources = [source for c in where if c in column for source in column[c].source_ids]
    found = wording.source_names(sources, edition.atlas, language)
    if found:
        more = len(found) - 2
        text = translate(language, "; ").join(found[:2])
        text += translate(language, " and {count} more", count=more) if more > 0 else ""
        lines.append(translate(language, "Source: {sources}", sources=text))
    return tuple(lines)


def answer_pictures(edition: Edition, found: tuple[Answer, ...]) -> dict[tuple[str, str], dict[str, Picture]]:
    """Return the choropleth of every metric and period that an answer names, in both languages."""
    book = edition.book
    result = {}
    for metric_id, period in dict.fromkeys((answer.metric, answer.period) for answer in found):
        classes = _classes(book, metric_id)
        result[metric_id, period] = {
            language: picturing.choropleth(book, classes, metric_id, period, ADCODES, language)
            for language in LANGUAGES
        }
    return result


def answer_legends(edition: Edition, found: tuple[Answer, ...]) -> dict[str, dict[str, Legend]]:
    """Return what the colours of :func:`answer_pictures` mean, by metric, in both languages: classes are locked over all its periods."""
    book, result = edition.book, {}
    for metric_id in dict.fromkeys(answer.metric for answer in found):
        classes = _classes(book, metric_id)
        result[metric_id] = {language: legend(book, classes, metric_id, language) for language in LANGUAGES}
    return result


def _classes(book: Book, metric_id: str) -> Classes:
    """Return the classes that the catalogue gives a metric."""
    metric = book.metrics[metric_id]
    return classification.classify(book.all_values(metric_id), metric.scheme, metric.classes, "blues")
