"""What each row of an indicator file is about: district, metric, period, unit, source, quality, note."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from geo.fields import TABLES
from geo.uploads.fields import by_word
from geo.uploads.findings import MOST, Cells, Notes, Params
from geo.uploads.headings import Heading, Vocabulary
from geo.uploads.layout import Layout
from geo.uploads.model import Severity, Sheet
from geo.uploads.periods import EARLIEST, LATEST, joined_period, read_period
from geo.uploads.places import PLACE_SEVERITIES, PREFIX, Place
from geo.uploads.texts import source_reader, text_findings
from geo.uploads.words import kept, key, plain

__all__ = ["DROPPED", "Facet", "Facets", "Table", "read_facets", "subject"]

DROPPED = None  # an entry whose rows are left out, because they are wrong or no district's
BLANK = "?"  # an entry of rows that name no district
PERIOD_PARAMS: Mapping[str, Params] = {"period_unknown": {"first": EARLIEST, "last": LATEST}}
QUALITY_WORDS = by_word(TABLES["indicators.csv"]["quality"].values)


@dataclass(frozen=True)
class Facet:
    """One thing that is said of every row, by a few distinct entries."""

    entries: tuple[str | None, ...]  # None leaves the row out
    codes: np.ndarray  # which of the entries, one a row


@dataclass(frozen=True)
class Table:
    """The rows of a sheet that hold figures, and what their columns are taken for."""

    sheet: Sheet
    layout: Layout
    rows: np.ndarray  # counted from 0
    words: Vocabulary
    notes: Notes

    def codes(self, column: int) -> np.ndarray:
        """Return which word of a column stands in each row."""
        codes: np.ndarray = self.sheet.columns[column].codes[self.rows]
        return codes

    def facet(self, column: int, read: Callable[[str], str | None]) -> Facet:
        """Return the facet of a column, each distinct text read once."""
        return Facet(tuple(map(read, self.sheet.columns[column].words)), self.codes(column))

    def note(self, code: str, severity: Severity, column: int, params: Mapping[int, Params]) -> None:
        """Note some of the distinct words of a column."""
        self.notes.words(code, severity, self.cells(column), params)

    def cells(self, column: int, lines: np.ndarray | slice = slice(None)) -> Cells:
        """Return the cells of a column in some lines of the table, in all of them if none are named."""
        words = self.sheet.columns[column].words
        return Cells(self.layout.spot(column), words, self.codes(column)[lines], self.rows[lines])


@dataclass(frozen=True)
class Facets:
    """All facets of the rows of a table; None where no column says it."""

    district: Facet | None  # adcode, "" for a total, "adcode name" for a district merged into that one
    metric: Facet | None  # metric id, "" where the cell is blank
    period: Facet | None  # "" where the cell is blank
    unit: Facet | None
    source: Facet | None
    quality: Facet | None
    note: Facet | None
    mark: Facet | None  # how sure the figures of a row are, where the name of the metric says so: 地区生产总值（初步）


def read_facets(table: Table, sources: pd.DataFrame) -> Facets:
    """Return what the columns of a table say of its rows, noting every word that is not understood."""
    described = table.layout.described
    metric, label_period, label_unit, mark = _metrics(table)

    def read(field: str, reader: Callable[[Table, int], Facet]) -> Facet | None:
        """Return what the column of a field says, None where there is none."""
        return reader(table, described[field]) if field in described else None

    return Facets(
        district=_districts(table),
        metric=metric,
        period=read("period", _periods) or label_period,
        unit=read("unit", lambda table, column: table.facet(column, plain)) or label_unit,
        source=read("source", lambda table, column: _sources(table, column, sources)),
        quality=read("quality", _qualities),
        note=read("note", _notes),
        mark=mark,
    )


def _districts(table: Table) -> Facet | None:
    """Return the districts of rows, from a code, a name, or both where they agree."""
    columns = table.layout.districts
    if not columns:
        return None
    found = _places(table, columns[0])
    for column in columns[1:]:
        other = _places(table, column)
        _note_disagreement(table, column, found, other)
        found = _joined(found, other)
    found = _with_totals_beside(table, columns[0], found)
    blank = np.array([entry == BLANK for entry in found.entries])[found.codes]
    if blank.any():
        rows = table.rows[blank] + 1
        table.notes.add("district_blank", Severity.ERROR, rows.tolist(), table.layout.spot(columns[0]))
    return Facet(tuple(DROPPED if entry == BLANK else entry for entry in found.entries), found.codes)


def _with_totals_beside(table: Table, first: int, found: Facet) -> Facet:
    """Return districts where 合计 stands in a column left of a blank name, as in tables that number their rows."""
    blank = np.array([entry == BLANK for entry in found.entries])[found.codes]
    total = np.zeros(len(blank), dtype=bool)
    for column in range(first if blank.any() else 0):
        words = table.sheet.columns[column].words
        sums = [number for number, word in enumerate(words) if table.words.places.place(word).kind == "total"]
        total |= blank & np.isin(table.codes(column), sums)
    return Facet((*found.entries, ""), np.where(total, len(found.entries), found.codes)) if total.any() else found


def _places(table: Table, column: int) -> Facet:
    """Return the districts of one column."""
    words = table.sheet.columns[column].words
    places = [table.words.places.place(word) for word in words]
    noted: dict[str, dict[int, Params]] = {}
    for index, place in enumerate(places):
        if place.code:
            noted.setdefault(place.code, {})[index] = dict(place.params)
    _note_unknown(table, column, "district_unknown", noted.pop("district_unknown", {}), table.words.places.near)
    for code, params in noted.items():
        table.note(code, PLACE_SEVERITIES.get(code, Severity.ERROR), column, params)
    entries = (subject(place, plain(word)) for place, word in zip(places, words, strict=True))
    return Facet(tuple(entries), table.codes(column))


def subject(place: Place, name: str) -> str | None:
    """Return a place as an entry of the facet of districts."""
    if place.kind == "none":
        return BLANK
    if place.kind == "merged":
        return f"{place.adcode} {name}"
    return place.adcode if place.kind in ("district", "city", "total") else DROPPED


def _joined(first: Facet, second: Facet) -> Facet:
    """Return the first facet where it names something, else the second; what either calls a total is one."""
    index = {entry: position for position, entry in enumerate(dict.fromkeys((*first.entries, *second.entries)))}
    one, other = (np.array([index[entry] for entry in f.entries], dtype=np.int32)[f.codes] for f in (first, second))
    second_counts = (one == index.get(BLANK, -1)) | (other == index.get("", -1))
    return Facet(tuple(index), np.where(second_counts, other, one))


def _note_disagreement(table: Table, column: int, first: Facet, second: Facet) -> None:
    """Note rows whose code and name are two districts."""
    firsts, seconds = (np.array([(entry or "")[:6] for entry in f.entries])[f.codes] for f in (first, second))
    differ = (firsts != seconds) & np.char.isdecimal(firsts) & np.char.isdecimal(seconds)
    codes, at = np.unique(table.codes(column)[differ], return_index=True)
    others = table.cells(table.layout.districts[0], differ)
    params = {int(word): {"other": others.words[others.codes[row]]} for word, row in zip(codes, at, strict=True)}
    table.notes.words("district_disagrees", Severity.ERROR, table.cells(column, differ), params)


def _note_unknown(
    table: Table, column: int, code: str, unknown: Mapping[int, Params], near: Callable[[str], str]
) -> None:
    """Note words that are not known, with what may be meant; looked up only for as many as are listed."""
    words = table.sheet.columns[column].words
    likely = {index: near(words[index]) for index in list(unknown)[:MOST]}
    table.note(f"{code}_near", Severity.ERROR, column, {i: {"suggestion": name} for i, name in likely.items() if name})
    table.note(code, Severity.ERROR, column, {index: {} for index in unknown if not likely.get(index)})


def _metrics(table: Table) -> tuple[Facet | None, Facet | None, Facet | None, Facet | None]:
    """Return the metrics of rows, and periods, units and marks that stand in the names of metrics, as in "2023年GDP（初步，万元）"."""
    column = table.layout.described.get("metric")
    if column is None:
        return None, None, None, None
    words, codes = table.sheet.columns[column].words, table.codes(column)
    labels = [table.words.heading([word]) if word.strip() else Heading() for word in words]
    unknown: dict[int, Params] = {
        i: {} for i, (word, label) in enumerate(zip(words, labels, strict=True)) if word.strip() and not label.metric
    }
    parts: dict[int, Params] = {i: {} for i in unknown if PREFIX.match(words[i])}  # 其中：第一产业
    table.note("part_left_out", Severity.WARNING, column, parts)
    others = {i: {"metric": labels[i].likely, "word": labels[i].qualifier} for i in unknown if labels[i].likely}
    table.note("other_figure", Severity.ERROR, column, {i: found for i, found in others.items() if i not in parts})
    rest = {i: found for i, found in unknown.items() if i not in parts and i not in others}
    _note_unknown(table, column, "metric_unknown", rest, table.words.near)
    metric = Facet(tuple(DROPPED if i in unknown else label.metric for i, label in enumerate(labels)), codes)
    periods = Facet(tuple(label.period for label in labels), codes)
    units = Facet(tuple(label.unit for label in labels), codes)
    marks = Facet(tuple(label.mark for label in labels), codes)
    return metric, _unless_empty(periods), _unless_empty(units), _unless_empty(marks)


def _unless_empty(facet: Facet) -> Facet | None:
    """Return a facet, None where it says nothing of any row."""
    return facet if any(facet.entries) else None


def _periods(table: Table, column: int) -> Facet:
    """Return the periods of rows, of a year and its part where two columns say them."""
    if "period_part" in table.layout.described:
        return _joined_periods(table, column, table.layout.described["period_part"])
    words = table.sheet.columns[column].words
    read = [read_period(word) if plain(word) else ("", "") for word in words]
    for code in ("period_unknown", "period_of_months", "period_is_date"):
        params = {i: PERIOD_PARAMS.get(code, {}) for i, (_, wrong) in enumerate(read) if wrong == code}
        table.note(code, Severity.ERROR, column, params)
    return _filled_down(
        table, column, Facet(tuple(DROPPED if wrong else period for period, wrong in read), table.codes(column))
    )


def _filled_down(table: Table, column: int, periods: Facet) -> Facet:
    """Return periods with that of the row above where a cell is blank, as merged cells leave it; that is noted."""
    blank = np.array([entry == "" for entry in periods.entries])[periods.codes]
    last = np.maximum.accumulate(np.where(blank, -1, np.arange(len(blank))))
    taken = blank & (last >= 0)
    if not taken.any():
        return periods
    table.notes.add("period_from_above", Severity.WARNING, (table.rows[taken] + 1).tolist(), table.layout.spot(column))
    return Facet(periods.entries, np.where(taken, periods.codes[np.maximum(last, 0)], periods.codes))


def _joined_periods(table: Table, years: int, parts: int) -> Facet:
    """Return the periods of a column of years and one of parts of the year; a pair that is not one period is noted at the part."""
    columns = table.sheet.columns
    pairs, codes = np.unique(np.stack([table.codes(years), table.codes(parts)]), axis=1, return_inverse=True)
    heading, entries = table.layout.headings[parts].text, []
    for number, (year, part) in enumerate(pairs.T.tolist()):
        texts = columns[years].words[year], columns[parts].words[part]
        period, wrong = joined_period(*texts, heading)
        entries.append(DROPPED if wrong else period)
        if wrong:
            rows = (table.rows[np.flatnonzero(codes.reshape(-1) == number)] + 1).tolist()
            params = {"year": texts[0], **PERIOD_PARAMS.get(wrong, {})}
            table.notes.add(wrong, Severity.ERROR, rows, table.layout.spot(parts), texts[1], **params)
    return Facet(tuple(entries), codes.reshape(-1))


def _sources(table: Table, column: int, sources: pd.DataFrame) -> Facet:
    """Return the source ids of rows; a text that is not a known source stays as it is."""
    text_findings(table.notes, table.cells(column))
    return table.facet(column, source_reader(sources))


def _qualities(table: Table, column: int) -> Facet:
    """Return the qualities of rows, "" where the cell is blank."""
    words = table.sheet.columns[column].words
    wrong: dict[int, Params] = {i: {} for i, word in enumerate(words) if plain(word) and key(word) not in QUALITY_WORDS}
    table.note("quality_unknown", Severity.ERROR, column, wrong)
    return table.facet(column, lambda word: QUALITY_WORDS.get(key(word), ""))


def _notes(table: Table, column: int) -> Facet:
    """Return the notes of rows as they are."""
    text_findings(table.notes, table.cells(column))
    return table.facet(column, kept)
