"""Sentences of the briefing, every number in them computed from the data by its name. The head of ``slides.toml`` explains the names."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from geo import wording
from geo.figures import claims, comparison, measures
from geo.figures.records import RECORDS, sources_of_record
from geo.figures.table import Figure, FigureTable
from geo.names import full_district_names
from geo.schema import ADCODES, CITY, Atlas, Metric
from geo.translation import translate

__all__ = ["PLACEHOLDER", "Rendered", "cited", "render"]

PLACEHOLDER = re.compile(r"\{([^{}]*)\}")


@dataclass(frozen=True)
class Rendered:
    """A sentence in words, and the placeholders that could not be computed, for which it shows a gap."""

    text: str
    gaps: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Asked:
    """What a placeholder asks of a metric."""

    atlas: Atlas
    figure_table: FigureTable
    metric: Metric
    period: str
    language: str
    place: str = ""  # an adcode, "city", or "" where none is named

    @property
    def adcodes(self) -> tuple[str, ...]:
        """The districts the place consists of."""
        return ADCODES if self.place == "city" else (self.place,)


def render(text: str, atlas: Atlas, figure_table: FigureTable, language: str) -> Rendered:
    """Return a text with its placeholders filled.

    Parameters
    ----------
    text
        With placeholders such as ``{gdp.city.2023}``.
    atlas, figure_table
        The data, and all figures of them.
    language
        ``en`` or ``zh``: units, scale and decimals are those the catalogue shows in it.

    Returns
    -------
    The text; "[no data]" stands for each placeholder that cannot be computed.
    """
    gaps = []

    def fill(found: re.Match[str]) -> str:
        """Return what a placeholder stands for, and remember it where nothing does."""
        words = _words(found[1], atlas, figure_table, language)
        if words is None:
            gaps.append(found[1])
        return translate(language, "[no data]") if words is None else words

    return Rendered(PLACEHOLDER.sub(fill, text), tuple(dict.fromkeys(gaps)))


def cited(text: str, atlas: Atlas, figure_table: FigureTable) -> tuple[str, ...]:
    """Return the ids of the sources that the figures in a text rest on, each once, in the order of the text; a gap rests on none."""
    names = (name for name in PLACEHOLDER.findall(text) if _words(name, atlas, figure_table, "en") is not None)
    found = (source for name in names for source in _sources_of(name, atlas, figure_table))
    return tuple(dict.fromkeys(source for source in found if source))


def _sources_of(name: str, atlas: Atlas, figure_table: FigureTable) -> list[str]:
    """Return the sources behind a placeholder that can be computed."""
    kind, *rest = name.split(".")
    if kind in RECORDS:
        return sources_of_record(atlas, kind, rest)
    *words, when = rest
    what, place = words[:-1], words[-1]
    period = _code(figure_table, kind, when)
    column = figure_table.column(kind, period)
    city = (CITY,) if CITY in column else ADCODES
    if what in (["change"], ["since"]):
        since = comparison.default_start(figure_table, kind, period)
        codes = comparison.city_codes(figure_table, kind, since, period) if place == "city" else (place,)
        before = figure_table.column(kind, since)
        return [source for one in (column, before) for source in _behind(one, codes)]
    if place not in ADCODES:
        return _behind(column, city if place == "city" else ADCODES)
    beside = {"share": city, "rank": ADCODES}  # what the figure of a district is compared with
    return _behind(column, (place, *(beside[what[0]] if what else ())))


def _behind(column: Mapping[str, Figure], codes: Sequence[str]) -> list[str]:
    """Return the sources of the figures of some places."""
    return [source for code in codes if code in column for source in column[code].source_ids]


def _words(name: str, atlas: Atlas, figure_table: FigureTable, language: str) -> str | None:
    """Return what a placeholder stands for, None where it cannot be computed."""
    kind, *rest = name.split(".")
    if kind in RECORDS:
        return RECORDS[kind](atlas, rest, language)
    if kind not in figure_table.metrics or not rest:
        return None
    *asked, when = rest
    return _figure(
        _Asked(atlas, figure_table, figure_table.metrics[kind], _code(figure_table, kind, when), language), asked
    )


def _code(figure_table: FigureTable, metric: str, period: str) -> str:
    """Return the code of a period that may be given by one of two words."""
    if period == "default":
        return figure_table.default_period(metric)
    return next(reversed(figure_table.periods(metric)), "") if period == "latest" else period


def _figure(asked: _Asked, words: list[str]) -> str | None:
    """Return what is asked of a metric: a value, or something that is said of all districts or of one place."""
    *what, place = words or [""]
    if len(what) == 0 and place in OF_ALL:
        return OF_ALL[place](asked)
    if len(what) > 1 or place not in ("city", *ADCODES):
        return None
    of_place = OF_PLACE.get(what[0]) if what else _value
    return of_place(replace(asked, place=place)) if of_place else None


def _value(asked: _Asked) -> str | None:
    """Return the value of the city or a district; None unless all of the city is known."""
    found = (
        measures.city_total(asked.figure_table, asked.metric.id, asked.period)
        if asked.place == "city"
        else measures.total(asked.figure_table, asked.metric.id, asked.period, asked.adcodes)
    )
    shown = asked.figure_table, asked.metric.id, asked.period
    codes = measures.city_codes(*shown) if asked.place == "city" else asked.adcodes
    return None if found.value is None else _amount(asked, found.value, codes)


def _amount(asked: _Asked, value: float, codes: Sequence[str]) -> str:
    """Return a value that rests on the figures of some places: with a dagger, and followed by the figures of another year that it divides by, where it does."""
    text = wording.amount(value, asked.metric, asked.language)
    text += claims.secondary_mark(asked.figure_table, asked.metric.id, asked.period, codes)
    other = claims.other_year(asked.figure_table, asked.metric.id, asked.period)
    if not other:
        return text
    of = asked.figure_table.metrics[asked.metric.denominator].name[asked.language]
    year = wording.period(other, asked.language)
    return text + translate(
        asked.language, " (divided by {figures} for {year})", figures=of[:1].lower() + of[1:], year=year
    )


def _share(asked: _Asked) -> str | None:
    """Return the share of a district in the city."""
    share = measures.share(asked.figure_table, asked.metric.id, asked.period, asked.adcodes)
    return None if share is None else wording.percent(share, asked.language)


def _rank(asked: _Asked) -> str | None:
    """Return the rank of a district, 1 being the largest."""
    ranking = claims.ranking(asked.figure_table, asked.metric.id, asked.period)
    return str(ranking.ranks[asked.place]) if ranking.complete and asked.place in ranking.ranks else None


def _changed(asked: _Asked) -> comparison.Change:
    """Return the change of the city or a district since the period before."""
    if asked.place == "city":
        return comparison.city_change(asked.figure_table, asked.metric.id, asked.period)
    return comparison.change(asked.figure_table, asked.metric.id, asked.period, asked.adcodes)


def _change(asked: _Asked) -> str | None:
    """Return the relative change since the usual earlier period, with its sign."""
    change = _changed(asked).relative
    return None if change is None else wording.signed(wording.percent(abs(change), asked.language), change)


def _since(asked: _Asked) -> str | None:
    """Return the period a change is counted from."""
    change = _changed(asked)
    return None if change.relative is None else wording.period(change.since, asked.language)


def _top(asked: _Asked) -> tuple[str, ...]:
    """Return the districts with the largest value."""
    ranking = claims.ranking(asked.figure_table, asked.metric.id, asked.period)
    return ranking.leaders() if ranking.complete else ()


def _top_name(asked: _Asked) -> str | None:
    """Return the name of the district with the largest value, or the names where several have it."""
    names = full_district_names(asked.atlas, asked.language)
    return wording.together((names[code] for code in _top(asked)), asked.language) or None


def _top_value(asked: _Asked) -> str | None:
    """Return the largest value of a district."""
    column = asked.figure_table.column(asked.metric.id, asked.period)
    first = next(iter(_top(asked)), None)
    return first and _amount(asked, column[first].value, (first,))


def _coverage(asked: _Asked) -> str | None:
    """Return how many districts have a figure; None for a period that has none at all."""
    known = asked.period in asked.figure_table.periods(asked.metric.id)
    return str(asked.figure_table.coverage(asked.metric.id, asked.period)) if known else None


def _found(asked: _Asked) -> str | None:
    """Return in how many districts a figure is known, as the end of a sentence."""
    count = _coverage(asked)
    if count is None or count == "0":
        return count and translate(asked.language, "in no district")
    one = translate(asked.language, "in 1 district")
    return one if count == "1" else translate(asked.language, "in {count} districts", count=count)


def _period(asked: _Asked) -> str | None:
    """Return the period in words."""
    known = asked.period in asked.figure_table.periods(asked.metric.id)
    return wording.period(asked.period, asked.language) if known else None


OF_ALL: Mapping[str, Callable[[_Asked], str | None]] = {
    "top": _top_name,
    "top_value": _top_value,
    "coverage": _coverage,
    "found": _found,
    "period": _period,
}
OF_PLACE: Mapping[str, Callable[[_Asked], str | None]] = {
    "share": _share,
    "rank": _rank,
    "change": _change,
    "since": _since,
}
