"""Sentences of the briefing, every number in them computed from the data by its name. The head of ``slides.toml`` explains the names."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from geo import measures, wording
from geo.book import Book
from geo.schema import ADCODES, LANGUAGES, TIERS, Atlas, Metric, Problem, Slide

__all__ = ["Rendered", "parse_slides", "render", "sentence_problems", "slide_problems"]

FILE = "slides.toml"
FIELDS = ("title_en", "title_zh", "text_en", "text_zh")
LATER = ("view", "camera", "notes_en", "notes_zh")  # kept as they are
PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
GAP = {"en": "[no data]", "zh": "[无数据]"}
AND = {"en": " and ", "zh": "、"}


@dataclass(frozen=True)
class Rendered:
    """A sentence in words, and the placeholders that could not be computed, for which it shows a gap."""

    text: str
    gaps: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Asked:
    """What a placeholder asks of a metric."""

    atlas: Atlas
    book: Book
    metric: Metric
    period: str
    language: str
    place: str = ""  # an adcode, "city", or "" where none is named

    @property
    def adcodes(self) -> tuple[str, ...]:
        """The districts the place consists of."""
        return ADCODES if self.place == "city" else (self.place,)

    @property
    def complete(self) -> bool:
        """Whether all eleven districts have a figure: only then is a largest or a rank known."""
        return self.book.coverage(self.metric.id, self.period) == len(ADCODES)


def parse_slides(table: Mapping[str, Mapping[str, Any]]) -> tuple[Slide, ...]:
    """Return the slides of a checked ``slides.toml``, in its order."""
    return tuple(
        Slide(
            id_,
            title={language: entry[f"title_{language}"] for language in LANGUAGES},
            text={language: entry[f"text_{language}"] for language in LANGUAGES},
            more={key: entry[key] for key in LATER if key in entry},
        )
        for id_, entry in table.items()
    )


def slide_problems(table: Mapping[str, Any]) -> Iterator[Problem]:
    """Yield what is missing, unknown or not written as it should be in a parsed ``slides.toml``."""
    for id_, entry in table.items():
        if not isinstance(entry, dict):
            yield Problem(FILE, None, id_, str(entry), "a table, one for each slide")
            continue
        for key in entry:
            if key not in (*FIELDS, *LATER):
                yield Problem(FILE, None, f"{id_}.{key}", "", f"no field but {', '.join((*FIELDS, *LATER))}")
        for key in FIELDS:
            text = entry.get(key)
            if not isinstance(text, str) or not text.strip():
                yield Problem(FILE, None, f"{id_}.{key}", "", "a text")
            elif re.search(r"[{}]", PLACEHOLDER.sub("", text)):
                yield Problem(FILE, None, f"{id_}.{key}", text, "braces only in pairs, around the name of a figure")


def sentence_problems(atlas: Atlas, book: Book) -> Iterator[Problem]:
    """Yield the placeholders of an atlas' slides that cannot be computed from its data."""
    for slide in atlas.slides:
        for language in LANGUAGES:
            for gap in render(slide.text[language], atlas, book, language).gaps:
                expected = "a figure that the data have (the names are explained at the head of the file)"
                yield Problem(FILE, None, f"{slide.id}.text_{language}", "{" + gap + "}", expected)


def render(text: str, atlas: Atlas, book: Book, language: str) -> Rendered:
    """Return a text with its placeholders filled.

    Parameters
    ----------
    text
        With placeholders such as ``{gdp.city.2023}``.
    atlas, book
        The data, and all figures of them.
    language
        ``en`` or ``zh``: units, scale and decimals are those the catalogue shows in it.

    Returns
    -------
    The text; "[no data]" stands for each placeholder that cannot be computed.
    """
    gaps = []

    def fill(found: re.Match[str]) -> str:
        words = _words(found[1], atlas, book, language)
        if words is None:
            gaps.append(found[1])
        return GAP[language] if words is None else words

    return Rendered(PLACEHOLDER.sub(fill, text), tuple(dict.fromkeys(gaps)))


def _words(name: str, atlas: Atlas, book: Book, language: str) -> str | None:
    """Return what a placeholder stands for, None where it cannot be computed."""
    kind, *rest = name.split(".")
    if kind in RECORDS:
        return RECORDS[kind](atlas, rest, language)
    if kind not in book.metrics or not rest:
        return None
    *asked, when = rest
    return _figure(_Asked(atlas, book, book.metrics[kind], _code(book, kind, when), language), asked)


def _code(book: Book, metric: str, period: str) -> str:
    """Return the code of a period that may be given by one of two words."""
    if period == "default":
        return book.default_period(metric)
    return max(book.periods(metric), default="") if period == "latest" else period


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
        measures.city_total(asked.book, asked.metric.id, asked.period)
        if asked.place == "city"
        else measures.total(asked.book, asked.metric.id, asked.period, asked.adcodes)
    )
    if found.value is None or not found.complete:
        return None
    return wording.amount(found.value, asked.metric, asked.language)


def _share(asked: _Asked) -> str | None:
    """Return the share of a district in the city."""
    share = measures.share(asked.book, asked.metric.id, asked.period, asked.adcodes)
    return None if share is None else wording.percent(share, asked.language)


def _rank(asked: _Asked) -> str | None:
    """Return the rank of a district, 1 being the largest."""
    rank = measures.ranks(asked.book, asked.metric.id, asked.period).get(asked.place)
    return str(rank) if rank and asked.complete else None


def _change(asked: _Asked) -> str | None:
    """Return the relative change since the period before, with its sign."""
    change = measures.change(asked.book, asked.metric.id, asked.period, asked.adcodes).relative
    return None if change is None else wording.signed(wording.percent(abs(change), asked.language), change)


def _since(asked: _Asked) -> str | None:
    """Return the period a change is counted from."""
    change = measures.change(asked.book, asked.metric.id, asked.period, asked.adcodes)
    return None if change.relative is None else wording.period(change.since, asked.language)


def _top(asked: _Asked) -> list[str]:
    """Return the districts with the largest value."""
    ranks = measures.ranks(asked.book, asked.metric.id, asked.period)
    return [code for code in ADCODES if ranks.get(code) == 1] if asked.complete else []


def _top_name(asked: _Asked) -> str | None:
    """Return the name of the district with the largest value, or the names where several have it."""
    names = asked.atlas.districts.set_index("adcode")[f"name_{asked.language}"]
    return AND[asked.language].join(names[code] for code in _top(asked)) or None


def _top_value(asked: _Asked) -> str | None:
    """Return the largest value of a district."""
    column = asked.book.column(asked.metric.id, asked.period)
    return next((wording.amount(column[c].value, asked.metric, asked.language) for c in _top(asked)), None)


def _coverage(asked: _Asked) -> str | None:
    """Return how many districts have a figure; None for a period that has none at all."""
    known = asked.period in asked.book.periods(asked.metric.id)
    return str(asked.book.coverage(asked.metric.id, asked.period)) if known else None


def _period(asked: _Asked) -> str | None:
    """Return the period in words."""
    known = asked.period in asked.book.periods(asked.metric.id)
    return wording.period(asked.period, asked.language) if known else None


def _statement(atlas: Atlas, rest: list[str], language: str) -> str | None:
    """Return a figure as a source states it, or the period it is stated for."""
    rows = _rows(atlas.statements, statement_id=rest[0] if rest else "")
    if rows.empty or rest[1:] not in ([], ["period"]):
        return None
    row = rows.iloc[0]
    if rest[1:]:
        return wording.period(row["period"], language) if row["period"] else None
    return wording.stated(row["value"], row["unit"], language, wording.QUALIFIERS[language][row["qualifier"]]) or None


def _tenant(atlas: Atlas, rest: list[str], language: str) -> str | None:
    """Return the date of an event: company, cluster and status."""
    if len(rest) != 3:
        return None
    rows = _rows(atlas.tenants, company_id=rest[0], cluster_id=rest[1], status=rest[2])
    return None if rows.empty or not rows.iloc[0]["date"] else wording.date(rows.iloc[0]["date"], language)


def _source(atlas: Atlas, rest: list[str], language: str) -> str | None:
    """Return the date of a source."""
    if len(rest) != 1 or rest[0] not in atlas.sources.index or not atlas.sources.loc[rest[0], "date"]:
        return None
    return wording.date(str(atlas.sources.loc[rest[0], "date"]), language)


def _clusters(atlas: Atlas, rest: list[str], _language: str) -> str | None:
    """Return the number of clusters of a tier, or of all."""
    if rest == ["all"]:
        return str(len(atlas.clusters))
    return str(int((atlas.clusters["tier"] == rest[0]).sum())) if len(rest) == 1 and rest[0] in TIERS else None


def _rows(table: pd.DataFrame, **fields: str) -> pd.DataFrame:
    """Return the rows of a table with the given texts."""
    for name, text in fields.items():
        table = table[table[name] == text]
    return table


RECORDS: Mapping[str, Callable[[Atlas, list[str], str], str | None]] = {
    "statement": _statement,
    "tenant": _tenant,
    "source": _source,
    "clusters": _clusters,
}
OF_ALL: Mapping[str, Callable[[_Asked], str | None]] = {
    "top": _top_name,
    "top_value": _top_value,
    "coverage": _coverage,
    "period": _period,
}
OF_PLACE: Mapping[str, Callable[[_Asked], str | None]] = {
    "share": _share,
    "rank": _rank,
    "change": _change,
    "since": _since,
}
