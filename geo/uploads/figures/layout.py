"""What the columns of an indicator file are taken for, by heading and, where that says nothing, by content."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from geo.uploads.bounds import MAX_NAME
from geo.uploads.figures.tables import Frame
from geo.uploads.findings import MILDER, Notes, Spot
from geo.uploads.model import IGNORED, ColumnUse, Severity, Sheet
from geo.uploads.parse.headings import Heading, Vocabulary
from geo.uploads.parse.periods import joined_period, periods_in, read_period
from geo.uploads.parse.words import plain
from geo.uploads.parse.years import year_meant

__all__ = ["Layout", "arrange"]

# Distinct texts, of so many rows, that decide what a column without a known heading holds.
LOOKED_AT, LOOKED_THROUGH = 200, 1000
MOSTLY = 0.6
_DAYS = re.compile("(?:数据|统计|截至|截止|期末)?日期|date|asof(?:date)?")  # of the figures, not of the paper
DESCRIBING = ("metric", "period", "period_part", "unit", "source", "quality", "note")


@dataclass(frozen=True)
class Layout:
    """Columns by role, counted from 0."""

    headings: tuple[Heading, ...]
    districts: tuple[int, ...]  # code, name or both
    described: Mapping[str, int]  # one of DESCRIBING → column
    figures: tuple[int, ...]
    uses: tuple[ColumnUse, ...]
    header: int  # the lowest row of the header, counted from 1

    def spot(self, column: int) -> Spot:
        """Return a column, counted from 1, and its heading: where a finding is."""
        return column + 1, self.headings[column].text


def arrange(sheet: Sheet, frame: Frame, words: Vocabulary, notes: Notes, *, of_one_district: bool = False) -> Layout:
    """Return what each column is taken for; what is unknown, missing or there twice is noted."""
    headings = [words.heading(parts) for parts in frame.headings]
    headings = [
        h if h.key else words.chosen(replace(h, key=f"column {column}")) for column, h in enumerate(headings, 1)
    ]
    headings = list(_beside([_of_title_year(heading, frame.above) for heading in headings], words))
    headings = _by_content(sheet, frame, headings, words)
    if any(heading.field == "district" for heading in headings):
        headings = [_unplaced(heading) for heading in headings]
    header = frame.header[-1] + 1
    described = _described(headings, header, notes)
    districts = tuple(column for column, heading in enumerate(headings) if heading.field == "district")
    figures = tuple(column for column, heading in enumerate(headings) if heading.figures)
    _unknown(sheet, frame, headings, notes)
    _wrong_headings(headings, header, notes)
    placed = districts or of_one_district or any(h.place for h in headings)
    for field, there in (("district", placed), ("value", figures)):
        if not there:
            notes.add("missing_column", Severity.ERROR, (header,), field=field)
    uses = tuple(heading.use(column) for column, heading in enumerate(headings, 1) if heading.text or heading.known)
    return Layout(tuple(headings), districts, described, figures, uses, header)


def _of_title_year(heading: Heading, above: Sequence[str]) -> Heading:
    """Return the heading of a part of the year, such as 1-6月, with the year that the texts above the table name, if they name one."""
    if not heading.part or heading.known:
        return heading
    years = {period[:4] for text in above if len(text) <= MAX_NAME for period in periods_in(text)}
    if len(years) != 1:
        return heading
    period, wrong = joined_period(years.pop(), heading.part, "")
    return replace(heading, period=period, wrong=wrong, how="pattern")


def _beside(headings: Iterable[Heading], words: Vocabulary) -> Iterable[Heading]:
    """Yield headings, a growth without a name or period being that of the metric on its left."""
    left = Heading()
    for heading in headings:
        growth = words.growth_of(left.metric)
        here = heading
        if here.growth and growth and not here.field:
            here = replace(here, metric=growth, unit=here.unit or "%", how="pattern")
        if here.metric and here.metric == growth and not here.period and not here.wrong:
            here = replace(here, period=left.period)  # 2023年 | 同比增长
        yield here
        left = here


def _unplaced(heading: Heading) -> Heading:
    """Return a heading that names no place: the rows do already."""
    known = heading.metric or heading.period or not heading.place
    return replace(heading, place=None) if known else replace(heading, place=None, how="")


def _by_content(sheet: Sheet, frame: Frame, headings: Sequence[Heading], words: Vocabulary) -> list[Heading]:
    """Return headings, with those unknown taken for what their column holds if nothing else says that."""
    looked_for: dict[str, tuple[bool, Callable[[str], bool]]] = {
        "district": (any(h.place for h in headings), lambda text: words.places.place(text).is_known),
        "metric": (any(h.metric for h in headings), lambda text: bool(words.heading([text]).metric)),
        "period": (any(h.period for h in headings), lambda text: bool(read_period(text)[0])),
    }
    found = list(headings)
    for field, (said, fits) in looked_for.items():
        if said or any(heading.field == field for heading in found):
            continue
        for column, heading in enumerate(found):
            open_to_doubt = field == "district" and heading.field in ("metric", "period") and heading.how != "chosen"
            unknown = not heading.known and not heading.growth
            meant = _means_period if field == "period" and _DAYS.fullmatch(heading.key) else fits
            if (unknown or open_to_doubt) and _mostly(_texts(sheet, column, frame.rows), meant):
                found[column] = replace(heading, field=field, how="content")
                break
    return found


def _means_period(text: str) -> bool:
    """Return whether a text in a column of days names a period or stands for one."""
    return bool(read_period(text)[0] or year_meant(text))


def _mostly(texts: Iterable[str], fits: Callable[[str], bool]) -> bool:
    """Return whether most of some distinct texts fit."""
    looked_at = [text for text in texts if plain(text)][:LOOKED_AT]
    return bool(looked_at) and sum(map(fits, looked_at)) >= MOSTLY * len(looked_at)


def _texts(sheet: Sheet, column: int, rows: Sequence[int]) -> dict[str, None]:
    """Return the distinct texts of the first rows of a column."""
    return dict.fromkeys(sheet.row(row)[column] for row in rows[:LOOKED_THROUGH])


def _described(headings: list[Heading], header: int, notes: Notes) -> dict[str, int]:
    """Return the column of each describing field; a second one for the same field is noted and taken for nothing."""
    described: dict[str, int] = {}
    for column, heading in enumerate(headings):
        if heading.field not in DESCRIBING:
            continue
        if heading.field in described:
            first = headings[described[heading.field]].text
            notes.add("column_twice", Severity.ERROR, (header,), (column + 1, heading.text), heading.text, first=first)
            headings[column] = replace(heading, field=IGNORED)
        else:
            described[heading.field] = column
    if "period" not in described and "period_part" in described:  # 季度 alone: 2023年第1季度
        described["period"] = described.pop("period_part")
    return described


def _unknown(sheet: Sheet, frame: Frame, headings: Sequence[Heading], notes: Notes) -> None:
    """Note each column with content that is not known."""
    header = frame.header[-1] + 1
    for column, heading in enumerate(headings):
        if heading.known or not any(text.strip() for text in _texts(sheet, column, frame.rows)):
            continue
        spot = (column + 1, heading.text)
        if heading.likely:
            params = {"metric": heading.likely, "word": heading.qualifier}
            notes.add("other_figure", Severity.WARNING, (header,), spot, heading.text, **params)
        else:
            notes.add("unknown_column", Severity.WARNING, (header,), spot, heading.text)


def _wrong_headings(headings: Sequence[Heading], header: int, notes: Notes) -> None:
    """Note headings that name a period the catalogue lacks, or a place that is not a district of today."""
    for column, heading in enumerate(headings, 1):
        spot = (column, heading.text)
        if heading.figures and heading.wrong:
            notes.add(heading.wrong, Severity.ERROR, (header,), spot, heading.text)
        if heading.place and heading.place.code:
            severity = MILDER.get(heading.place.code, Severity.ERROR)
            notes.add(heading.place.code, severity, (header,), spot, heading.text, **dict(heading.place.params))
