"""What the columns of an indicator file are taken for, by heading and, where that says nothing, by content."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from geo.periods import is_year
from geo.uploads.figures.near.context import in_context, statements
from geo.uploads.figures.near.cumulated import call_rows
from geo.uploads.figures.near.labels import labelled
from geo.uploads.figures.near.stated_year import in_stated_years, stated_year
from geo.uploads.figures.tables import Frame
from geo.uploads.findings import MILDER, Notes, Spot
from geo.uploads.model import IGNORED, ColumnUse, Severity, Sheet
from geo.uploads.parse.heading import Heading
from geo.uploads.parse.headings import LONGEST_QUALIFIER, Vocabulary
from geo.uploads.parse.headwords import DIMENSION_KEYS, HARMLESS
from geo.uploads.parse.numbers import is_figure
from geo.uploads.parse.periods import (
    read_period,
)
from geo.uploads.parse.words import key, plain
from geo.uploads.parse.years import year_meant

__all__ = ["Layout", "arrange"]

# Distinct texts, of so many rows, that decide what a column without a known heading holds.
LOOKED_AT, LOOKED_THROUGH = 200, 1000
MOSTLY = 0.6
QUOTED = 3  # words of a column
# Of columns that say who filled the row in, and when.
_OFFICE = re.compile("(?:人|人员|部门|科室|单位|状态|日期|时间|contact|department|status|date)$", re.IGNORECASE)
_DAYS = re.compile("(?:数据|统计|截至|截止|期末)?日期|date|asof(?:date)?")  # of the figures, not of the paper
_CODE = re.compile("(?:代码|编码|编号|id|code)$")  # of the catalogue of the office
DESCRIBING = ("metric", "period", "period_part", "unit", "source", "quality", "note", "is_cumulated")


@dataclass(frozen=True)
class Layout:
    """Columns by role, counted from 0."""

    headings: tuple[Heading, ...]
    districts: tuple[int, ...]  # code, name or both
    described: Mapping[str, int]  # one of DESCRIBING → column
    figures: tuple[int, ...]
    uses: tuple[ColumnUse, ...]
    header: int  # the lowest row of the header, counted from 1
    year: str = ""  # that the title names, of rows that name its months or quarters only

    @property
    def unknown(self) -> list[int]:
        """The columns of which nothing is known."""
        return [at for at, one in enumerate(self.headings) if not (one.known or one.likely or one.growth)]

    def spot(self, column: int) -> Spot:
        """Return a column, counted from 1, and its heading: where a finding is."""
        return column + 1, self.headings[column].text


def arrange(sheet: Sheet, frame: Frame, words: Vocabulary, notes: Notes, *, of_one_district: bool = False) -> Layout:
    """Return what each column is taken for; what is unknown, missing or there twice is noted."""
    headings = [words.heading(parts) for parts in frame.headings]
    headings = labelled(headings, frame, words) if frame.labels else headings
    headings = [
        h if h.key else words.chosen(here := replace(h, key=f"column {column}")) or here
        for column, h in enumerate(headings, 1)
    ]

    def is_share(column: int) -> bool:
        """Whether a cell of a column, or a text above the table, has a per cent sign."""
        return any("%" in plain(text) for text in (*frame.above, *_texts(sheet, column, frame.rows)))

    headings = in_stated_years(headings, frame.above)
    titled = set(map(words.metric_in, statements(frame.near))) - {""}
    of_title = titled.pop() if len(titled) == 1 else ""
    headings = list(_beside(headings, words, is_share, of_title))
    headings = _by_content(sheet, frame, headings, words)
    if any(heading.field == "district" for heading in headings):
        headings = [_unplaced(heading) for heading in headings]
    headings = in_context(headings, sheet, frame, words, of_title)
    header = frame.header[-1] + 1
    described = _described(headings, header, notes)
    districts = tuple(column for column, heading in enumerate(headings) if heading.field == "district")
    figures = tuple(column for column, heading in enumerate(headings) if heading.figures)
    _unknown(sheet, frame, headings, notes)
    _wrong_headings(headings, header, notes)
    placed = districts or of_one_district or any(h.place for h in headings)
    # Below a label it is said of the column already, and other rows may have figures.
    for field, there in (("district", placed or (frame.labels and not figures)), ("value", figures or frame.labels)):
        if not there:
            notes.add("missing_column", Severity.ERROR, (header,), field=field)
    uses = tuple(heading.use(column) for column, heading in enumerate(headings, 1) if heading.text or heading.known)
    year = stated_year(headings, frame.above)
    return Layout(tuple(headings), districts, described, figures, uses, header, year)


def _beside(
    headings: Iterable[Heading], words: Vocabulary, is_share: Callable[[int], bool], titled: str
) -> Iterable[Heading]:
    """Yield headings, a growth without a name or period being that of the metric on its left, or of the title.

    Parameters
    ----------
    is_share
        Whether something says that a column, counted from 0, is in per cent.
    titled
        The metric that the title names, of columns that name none.
    """
    run: list[Heading] = []  # columns of one metric, side by side
    for column, heading in enumerate(headings):
        left = run[-1] if run else Heading()
        growth = words.growth_of(left.metric or (titled if left.figures else ""))
        if titled in words.others.growths and (left.field or not run):
            growth = titled  # 增速 alone under 各区GDP增速
        here = heading
        if here.growth and growth and not here.field:
            if here.qualifier or (here.change and not is_share(column)):
                here = replace(here, likely=growth, qualifier=here.qualifier or here.text)
            else:
                here = replace(here, metric=growth, unit=here.unit or "%", how="pattern")
        if here.metric and here.metric == growth and not here.period and not here.wrong:
            here = replace(here, period=_grown(run))  # 2023年 | 同比增长
        yield here
        run = [*run, here] if run and here.metric == run[-1].metric else [here]


def _grown(run: Sequence[Heading]) -> str:
    """Return the period of a growth on the right of a run of columns: the latest, of 2023年 | 2022年 | 增速 the first; "" where they are of several kinds."""
    periods = [heading.period for heading in run]
    return max(periods) if len({period[4:] for period in periods}) == 1 else ""


def _unplaced(heading: Heading) -> Heading:
    """Return a heading that names no place: the rows do already. A metric of one place, as 广州市GDP, is none of theirs."""
    if heading.place and heading.metric and heading.how != "chosen":
        qualifier = heading.place.adcode
        return replace(heading, metric="", place=None, how="", likely=heading.metric, qualifier=qualifier)
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
    for column, heading in enumerate(found):
        texts = _texts(sheet, column, frame.rows) if _is_corner(heading, found) else {}
        if any(map(looked_for["metric"][1], texts)) and not any(map(looked_for["district"][1], texts)):
            found[column] = replace(heading, field="metric", how="content")
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
    for column, heading in enumerate(found):
        unknown = not (heading.known or heading.growth or any(h.field == "is_cumulated" for h in found))
        if unknown and call_rows(_texts(sheet, column, frame.rows)):
            found[column] = replace(heading, field="is_cumulated", how="content")
    return found


def _is_corner(heading: Heading, headings: Sequence[Heading]) -> bool:
    """Whether a heading of districts may stand over metrics: the districts are across."""
    across = sum(other.place is not None for other in headings)
    return heading.field == "district" and heading.how != "chosen" and across > 1


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
        if (
            heading.field == "metric"
            and "metric" in described
            and (code := _coded(headings, described["metric"], column)) >= 0
        ):
            headings[code] = replace(headings[code], field=IGNORED)  # 指标代码 | 指标名称
            described["metric"] = described["metric"] if code == column else column
        elif heading.field in described:
            first = headings[described[heading.field]].text
            notes.add("column_twice", Severity.ERROR, (header,), (column + 1, heading.text), heading.text, first=first)
            headings[column] = replace(heading, field=IGNORED)
        else:
            described[heading.field] = column
    is_across = any(heading.figures and is_year(heading.period) for heading in headings)  # 月份 | 2023年 | 2024年
    if "period" not in described and "period_part" in described and not is_across:  # 季度 alone: 2023年第1季度
        described["period"] = described.pop("period_part")
    return described


def _coded(headings: Sequence[Heading], *columns: int) -> int:
    """Return the one of two columns that is headed as codes, -1 where both or neither is."""
    coded = [column for column in columns if _CODE.search(headings[column].key)]
    return coded[0] if len(coded) == 1 else -1


def _unknown(sheet: Sheet, frame: Frame, headings: Sequence[Heading], notes: Notes) -> None:
    """Note each column with content that is not known."""
    rows = [row + 1 for row in frame.rows] if frame.labels else [frame.header[-1] + 1]
    is_placed = any(heading.field == "district" for heading in headings)
    for column, heading in enumerate(headings):
        texts = {text for text in _texts(sheet, column, frame.rows) if text.strip()}
        divides = is_placed and key(heading.text) in DIMENSION_KEYS and not all(key(text) in HARMLESS for text in texts)
        if heading.known or not texts or divides:  # what divides the rows is said of the rows
            continue
        spot = (column + 1, heading.text)
        if heading.likely:
            params = {"metric": heading.likely, "word": heading.qualifier}
            params |= {"text": heading.near} if heading.near else {}
            code = "other_figure_near" if heading.near else "other_figure"
            notes.add(code, Severity.WARNING, rows, spot, heading.text, **params)
        elif words := _dividing(heading, [sheet.row(row)[column] for row in frame.rows[:LOOKED_THROUGH]]):
            notes.add("column_may_divide", Severity.WARNING, rows, spot, heading.text, words=", ".join(words[:QUOTED]))
        else:
            notes.add("unknown_column", Severity.WARNING, rows, spot, heading.text)


def _dividing(heading: Heading, texts: Sequence[str]) -> list[str]:
    """Return the words of a column that seem to say of which part of a district a row is: short, in more than one row, or in the only one."""
    said = [text.strip() for text in texts if plain(text)]
    words = list(dict.fromkeys(said))
    is_shared = len(words) < len(said) or len(said) == 1
    if not is_shared or heading.growth or key(heading.text) in DIMENSION_KEYS or _OFFICE.search(plain(heading.text)):
        return []
    of_kinds = all(len(text) <= LONGEST_QUALIFIER and not is_figure(text) for text in words)
    return words if of_kinds and not all(key(text) in HARMLESS for text in words) else []


def _wrong_headings(headings: Sequence[Heading], header: int, notes: Notes) -> None:
    """Note headings that name a period the catalogue lacks, or a place that is not a district of today."""
    for column, heading in enumerate(headings, 1):
        spot = (column, heading.text)
        if heading.figures and heading.wrong:
            notes.add(heading.wrong, Severity.ERROR, (header,), spot, heading.text)
        if heading.place and heading.place.code:
            severity = MILDER.get(heading.place.code, Severity.ERROR)
            notes.add(heading.place.code, severity, (header,), spot, heading.text, **dict(heading.place.params))
