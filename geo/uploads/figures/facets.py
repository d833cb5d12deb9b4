"""What each row of an indicator file is about: district, metric, period, unit, source, quality, note."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import count

import pandas as pd

from geo.fields import TABLES
from geo.schema import CITY
from geo.uploads.figures.layout import Layout
from geo.uploads.figures.near.cumulated import call_rows, says_which, word_for
from geo.uploads.findings import MOST, Notes, Params, Read, Reader
from geo.uploads.model import Severity, Sheet
from geo.uploads.parse.fields import by_word
from geo.uploads.parse.heading import Heading
from geo.uploads.parse.headings import Vocabulary
from geo.uploads.parse.periods import EARLIEST, LATEST, joined_period, period_of_cell, read_period
from geo.uploads.parse.places import PREFIX, Place
from geo.uploads.parse.texts import source_reader, text_findings
from geo.uploads.parse.words import MISSING, kept, key, plain
from geo.uploads.parse.years import year_meant
from geo.uploads.records.values import BAD, one_of

__all__ = ["TOTAL", "Table", "read_facets", "subject", "together"]

TOTAL = "total"  # stands for the district of a total row
_BLANK, _PART = "?", "part"  # of a row that names no district, and of 其中 below one
_WHOLE_CITY = re.compile("全市|wholecity|citytotal")  # alone, without a district to add up to it
_PERIOD_PARAMS: Mapping[str, Params] = {"period_unknown": {"first": EARLIEST, "last": LATEST}}
_QUALITIES = by_word(TABLES["indicators.csv"]["quality"].values)
_SUMMED = one_of(TABLES["indicators.csv"]["is_cumulated"].values, "word_unknown")


@dataclass(frozen=True)
class Table:
    """The rows of a sheet that hold figures, and what their columns are taken for."""

    sheet: Sheet
    layout: Layout
    rows: Sequence[int]  # counted from 0
    words: Vocabulary
    notes: Notes

    @property
    def numbers(self) -> list[int]:
        """The rows, counted from 1."""
        return [row + 1 for row in self.rows]

    def texts(self, column: int) -> list[str]:
        """Return the text of a column in each row."""
        return [self.sheet.row(row)[column] for row in self.rows]

    def read(self, column: int, reader: Reader) -> list[str]:
        """Return what a column says of each row, noting what is wrong."""
        return self.notes.read(self.layout.spot(column), self.numbers, self.texts(column), reader)

    def read_free(self, column: int, reader: Callable[[str], str]) -> list[str]:
        """Return what a column says in which people write what they like."""
        text_findings(self.notes, self.layout.spot(column), self.numbers, self.texts(column))
        return self.read(column, lambda text: (reader(text), "", {}))


def read_facets(table: Table, sources: pd.DataFrame) -> pd.DataFrame:
    """Return what the columns of a table say of its rows, noting every text that is not understood.

    Returns
    -------
    A row for each of the table's, with its number from 0 as index. Of the columns ``district``, ``metric``, ``period``, ``part`` (of the year
    that headings name), ``unit``, ``source``, ``quality``, ``note``, ``mark`` (how sure a figure is) and ``cumulated`` (from January, or a text
    that says so) those that anything says: "" where a cell is blank, ``BAD`` where it is wrong. A district is an adcode,
    :data:`TOTAL`, or adcode and name for one that was merged into another.
    """
    described, places = table.layout.described, table.words.places
    said = _metrics(table) if "metric" in described else {}
    if table.layout.districts:
        said["district"] = _districts(table)
        mark_of = cache(lambda text: places.place(text).mark)
        marks = [map(mark_of, table.texts(column)) for column in table.layout.districts]
        said["mark"] = [*map(together, zip(*marks, *([said["mark"]] if "mark" in said else []), strict=True))]
    if "period" in described:
        said["period"] = _periods(table)
    elif "period_part" in described:  # of the years that the headings name
        said["part"] = table.texts(described["period_part"])
    if "unit" in described:
        said["unit"] = table.read(described["unit"], lambda text: (plain(text), "", {}))
    if "source" in described:
        said["source"] = table.read_free(described["source"], source_reader(sources))
    if "quality" in described:
        said["quality"] = table.read(described["quality"], _quality)
    if "is_cumulated" in described:
        said["cumulated"] = table.read(described["is_cumulated"], _summed)
    elif any(called := _called(table)):
        said["cumulated"] = [one or other for one, other in zip(called, said.get("cumulated", called), strict=True)]
    if "note" in described:
        said["note"] = table.read_free(described["note"], kept)
    return pd.DataFrame(said, index=list(table.rows), dtype=object)


def subject(place: Place, name: str) -> str:
    """Return a place as the district of a row."""
    if place.kind == "none":
        return _BLANK
    if place.kind == "merged":
        return f"{place.adcode} {name}"
    return {"district": place.adcode, "city": place.adcode, "total": TOTAL}.get(place.kind, BAD)


def together(marks: Iterable[str]) -> str:
    """Return marks of how sure a figure is as one."""
    return ", ".join(dict.fromkeys(filter(None, marks)))


def _few(near: Callable[[str], str]) -> Callable[[str], str | None]:
    """Return what finds what may be meant by a text, only for as many as are listed, None for others: it takes long."""
    looked_up = count()
    return lambda text: near(text) if next(looked_up) < MOST else None


def _unknown(text: str, near: Callable[[str], str | None], code: str, other: str = "") -> Read:
    """Return that a text is not known, and what may be meant; another code where nothing is like it, if there is one."""
    suggestion = near(text)
    if suggestion:
        return BAD, f"{code}_near", {"suggestion": suggestion}
    return BAD, code if suggestion is None else other or code, {}


def _districts(table: Table) -> list[str]:
    """Return the districts of rows, from a code, a name, or both where they agree."""
    first, *others = table.layout.districts
    found = _places(table, first)
    for column in others:
        other = _places(table, column)
        table.notes.gather(table.layout.spot(column), _disagreements(table, column, found, other))
        found = [two if one == _BLANK or two in (TOTAL, _PART) else one for one, two in zip(found, other, strict=True)]
    if _BLANK in found:
        found = [
            TOTAL if one == _BLANK and _is_total(table, row, first) else one
            for row, one in zip(table.rows, found, strict=True)
        ]
    texts = {key(text) for text, one in zip(table.texts(first), found, strict=True) if one == TOTAL}
    if set(found) == {TOTAL} and all(map(_WHOLE_CITY.match, texts)):
        return [CITY for _ in found]
    blank = [row for row, one in zip(table.numbers, found, strict=True) if one == _BLANK]
    if blank:
        table.notes.add("district_blank", Severity.ERROR, blank, table.layout.spot(first))
    return [BAD if one in (_BLANK, _PART) else one for one in found]


def _places(table: Table, column: int) -> list[str]:
    """Return the districts that a column names."""
    places, near = table.words.places, _few(table.words.places.near)

    @cache
    def read(text: str, above: str) -> Read:
        """Return the district that a text names, given the text above where it begins with 其中."""
        place, whole = places.place(text), places.place(above)
        if plain(text).casefold() in MISSING:
            return _BLANK, "", {}
        if above and whole.kind not in ("total", "city", "elsewhere", "part"):
            another = place.kind == whole.kind == "district" and place.adcode != whole.adcode
            return (place.adcode, "part_taken", {"above": above}) if another else (_PART, "part_left_out", {})
        if place.code == "district_unknown":
            return _unknown(text, near, place.code)
        return subject(place, plain(text)), place.code, dict(place.params)

    texts = table.texts(column)
    reads = [read(text, above) for text, above in zip(texts, _above(table, column), strict=True)]
    cells = ((row, text, *one[1:]) for row, text, one in zip(table.numbers, texts, reads, strict=True))
    table.notes.gather(table.layout.spot(column), cells)
    return [one[0] for one in reads]


def _above(table: Table, column: int) -> list[str]:
    """Return of what each row is a part that begins with 其中: the last text above that does not; "" of other rows."""
    last, found = "", {}
    for row, text in enumerate(table.sheet.column(column)):
        if PREFIX.match(text):
            found[row] = last or _BLANK
        last = text if text.strip() and row not in found else last
    return [found.get(row, "") for row in table.rows]


def _disagreements(
    table: Table, column: int, first: Sequence[str], second: Sequence[str]
) -> Iterator[tuple[int, str, str, Params]]:
    """Yield the cells of a column that name another district than the first column does."""
    texts = zip(table.texts(column), table.texts(table.layout.districts[0]), strict=True)
    for row, one, two, (text, other) in zip(table.numbers, first, second, texts, strict=True):
        if one[:6] != two[:6] and one[:6].isdecimal() and two[:6].isdecimal():
            yield row, text, "district_disagrees", {"other": other}


def _is_total(table: Table, row: int, before: int) -> bool:
    """Whether 合计 stands in a column left of a blank name, as in tables that number their rows."""
    return any(table.words.places.place(text).kind == "total" for text in table.sheet.row(row)[:before])


def _metrics(table: Table) -> dict[str, list[str]]:
    """Return the metrics of rows, and periods, units and marks where the names of metrics hold any, as in "2023年GDP（初步，万元）"."""
    column = table.layout.described["metric"]
    texts = table.texts(column)
    labels = {text: table.words.heading([text]) if text.strip() else Heading() for text in dict.fromkeys(texts)}
    near = _few(table.words.near)

    def read(text: str) -> Read:
        """Return the metric that a text names."""
        label = labels[text]
        if label.metric and label.place:  # 广州市GDP in a file about a district
            return BAD, "other_metric", {"metric": label.metric, "word": label.place.adcode}
        if (label.metric and not label.part) or not text.strip():  # 11月社零 is of a month that the row need not be of
            return label.metric, "", {}
        if PREFIX.match(text):  # 其中：第一产业
            return BAD, "part_left_out", {}
        if label.growth:  # of the row above
            return BAD, "metric_left_out", {}
        if label.likely:
            return BAD, "other_metric", {"metric": label.likely, "word": label.qualifier}
        is_error = text.lstrip().startswith("#")  # of the spreadsheet: it may have been any metric
        return _unknown(text, near, "metric_unknown", "" if is_error else "metric_left_out")

    said = {"metric": table.read(column, read)}
    for name in ("period", "unit", "mark"):
        beside = [getattr(labels[text], name) for text in texts]
        if any(beside):
            said[name] = beside
    says = {text: says_which(text) for text in labels}  # 社零累计值
    said["cumulated"] = [says[text] for text in texts]
    return said


def _periods(table: Table) -> list[str]:
    """Return the periods of rows, of a year and its part where two columns say them; a blank cell has that of the row above, which is noted."""
    described, layout = table.layout.described, table.layout
    if "period_part" in described:
        return _joined_periods(table, described["period"], described["period_part"])
    found, last, taken = [], "", []
    heading = layout.headings[described["period"]].text

    def read(text: str) -> Read:
        """Return the period that a text names, in the year of the title where it names none."""
        joined = joined_period(layout.year, text, heading)[0] if layout.year and not read_period(text)[0] else ""
        return (joined, "", {}) if joined and plain(text) else _period(text)

    if layout.year:
        table.notes.add("period_from_title", Severity.WARNING, period=layout.year)
    for row, period in zip(table.numbers, table.read(described["period"], read), strict=True):
        if last and not period:
            taken.append(row)
        last = period or last
        found.append(last)
    if taken:
        table.notes.add("period_from_above", Severity.WARNING, taken, layout.spot(described["period"]))
    return found


def _period(text: str) -> Read:
    """Return the period that a text names; the last day of a year or 23年 stands for the year, which is noted."""
    period, wrong = period_of_cell(text) if plain(text) else ("", "")
    if wrong and (year := year_meant(text)):
        return year, "period_meant", {"year": year}
    return (BAD, wrong, _PERIOD_PARAMS.get(wrong, {})) if wrong else (period, "", {})


def _joined_periods(table: Table, years: int, parts: int) -> list[str]:
    """Return the periods of a column of years and one of parts of the year; a pair that is not one period is noted at the part."""
    pairs = list(zip(table.texts(years), table.texts(parts), strict=True))
    spot = table.layout.spot(parts)
    known = {pair: joined_period(*pair, spot[1]) for pair in dict.fromkeys(pairs)}
    cells = (
        (row, pair[1], known[pair][1], {"year": pair[0], **_PERIOD_PARAMS.get(known[pair][1], {})})
        for row, pair in zip(table.numbers, pairs, strict=True)
    )
    table.notes.gather(spot, cells)
    return [BAD if known[pair][1] else known[pair][0] for pair in pairs]


def _summed(text: str) -> Read:
    """Return whether a word says that figures are cumulated; 月度 beside 月度累计 says neither."""
    word = word_for(text)
    return (word, "", {}) if word or call_rows((text, "累计")) else _SUMMED(text)


def _called(table: Table) -> list[str]:
    """Return ``cumulated`` or ``single`` for rows of which a note, or a column of no known field, says that beside other words; "" of others."""
    call = cache(word_for)
    described = table.layout.described
    columns = [*table.layout.unknown, *([described["note"]] if "note" in described else [])]
    return [next(filter(None, map(call, row)), "") for row in zip(*map(table.texts, columns), strict=True)]


def _quality(text: str) -> Read:
    """Return the quality that a word stands for."""
    quality = _QUALITIES.get(key(text), "")
    return quality, "quality_unknown" if plain(text) and not quality else "", {}
