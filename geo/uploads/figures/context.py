"""What stands near a table, and beside its figures, that makes them others than their headings say: titles, the name of the sheet, 口径."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

import pandas as pd

from geo.fields import DIMENSIONS
from geo.uploads.bounds import MAX_NAME
from geo.uploads.figures.tables import Frame
from geo.uploads.model import Sheet
from geo.uploads.parse.heading_parts import units_said
from geo.uploads.parse.headings import GROWN, LONGEST_QUALIFIER, Heading, Vocabulary
from geo.uploads.parse.periods import is_part_of_year, joined_period
from geo.uploads.parse.units import read_unit
from geo.uploads.parse.words import key, plain

__all__ = ["in_context", "is_explanation", "is_origin", "statements", "without_other_rows"]
if TYPE_CHECKING:
    from geo.uploads.figures.facets import Table

# What explains, or says where a table comes from, is no title of it.
_EXPLAINS = re.compile(r"[(（]?(?:注|备注|附注|说明|notes?)\b|[(（]?(?:注|备注|附注|说明)", re.IGNORECASE)
_ORIGIN = re.compile(
    r"(?:资料|数据)?来源|制表|填表|填报|审核|发布|印发|导出|打印|source|prepared|published|printed", re.IGNORECASE
)
_DIMENSIONS = frozenset(map(key, DIMENSIONS))
_LOOKED_THROUGH = 1000  # rows of a column of metrics


def statements(texts: Iterable[str]) -> Iterator[str]:
    """Yield those of some texts that say what a table is about: neither explanations, nor where it comes from, nor very long ones."""
    for text in texts:
        if len(text) <= MAX_NAME and not is_explanation(text) and not is_origin(text):
            yield text


def is_explanation(text: str) -> bool:
    """Whether a text is a note that explains something."""
    return _EXPLAINS.match(text.strip()) is not None


def is_origin(text: str) -> bool:
    """Whether a text says where a table comes from, or when and by whom it was made."""
    return _ORIGIN.match(text.strip()) is not None


def in_context(
    headings: Sequence[Heading], sheet: Sheet, frame: Frame, words: Vocabulary, metric: str
) -> list[Heading]:
    """Return headings, those of figures that a text near the table makes others as such; one that was chosen with that word stays.

    Parameters
    ----------
    metric
        That the title names, for columns that name none.
    """
    near = [text for text in statements(frame.near) if text]
    cells = _metric_cells(headings, sheet, frame)
    in_title = units_said(frame.above) if near else []
    said = cache(lambda id_: plain(" ".join((*_of_metric(headings, id_), *cells))).casefold())
    found = list(headings)
    for column, heading in enumerate(headings):
        if not heading.figures:
            continue
        metrics = {heading.metric} if heading.metric else {words.heading([text]).metric for text in cells} or {metric}
        is_share = _may_be_share([heading.unit] if heading.unit else in_title)
        for text in near:
            named = [
                word for id_ in metrics - {""} for word in words.others.within(text, id_, said(id_), is_share=is_share)
            ]
            if named:
                found[column] = _other(heading, min(metrics - {""}), named, text, words)
                break
    return found


def without_other_rows(figures: pd.DataFrame, table: "Table") -> pd.DataFrame:
    """Return figures without those of rows that a column of no known field calls others, as 口径 = 限额以上 does; each such cell is noted."""
    words, layout, left_out = table.words, table.layout, set()

    @cache
    def is_other(text: str, metric: str, *, says_what: bool) -> bool:
        """Whether a cell makes the figures of its row others, in a column whose heading says that its cells do, or in any."""
        if not plain(text) or words.leaves(metric, text) or words.places.place(text).kind in ("total", "city"):
            return False
        part = is_part_of_year(text) and joined_period("2000", text, "")[0] != "2000"
        short = len(plain(text)) <= LONGEST_QUALIFIER
        return says_what or part or (short and bool(words.others.within(text, metric)))

    for column, heading in enumerate(layout.headings):
        if heading.known or heading.likely or heading.growth:
            continue
        says_what = key(heading.text) in _DIMENSIONS
        cells = [
            (row, metric, table.sheet.row(row)[column])
            for row, metric in zip(figures["row"], figures["metric"], strict=True)
        ]
        others = [(row, text, metric) for row, metric, text in cells if is_other(text, metric, says_what=says_what)]
        noted = dict.fromkeys((row + 1, text, metric) for row, text, metric in others)
        table.notes.gather(
            layout.spot(column), ((row, text, "other_row", {"metric": metric}) for row, text, metric in noted)
        )
        left_out |= {(row, metric) for row, _, metric in others}
    good = [pair not in left_out for pair in zip(figures["row"], figures["metric"], strict=True)]
    return figures[pd.Series(good, index=figures.index, dtype=bool)]


def _of_metric(headings: Sequence[Heading], metric: str) -> list[str]:
    """Return the texts of headings that do not name another metric: such a one may say of itself what is true of no other."""
    named = [(heading.text, heading.metric or heading.likely) for heading in headings]
    return [text for text, id_ in named if id_ in ("", metric) or id_.endswith(GROWN)]


def _metric_cells(headings: Sequence[Heading], sheet: Sheet, frame: Frame) -> list[str]:
    """Return the distinct texts of the column of metrics, none where there is no such column."""
    column = next((at for at, heading in enumerate(headings) if heading.field == "metric"), None)
    if column is None:
        return []
    return list(dict.fromkeys(sheet.row(row)[column] for row in frame.rows[:_LOOKED_THROUGH]))


def _may_be_share(units: Sequence[str]) -> bool:
    """Whether figures may be shares, given the units that are said of them; in 亿元 they are none."""
    known = [unit for unit in map(read_unit, units) if unit is not None]
    return not known or any(unit.dimension in ("", "share") for unit in known)


def _other(heading: Heading, metric: str, named: Sequence[str], text: str, words: Vocabulary) -> Heading:
    """Return a heading of another figure, or as somebody chose to take it with the words that make it so."""
    named = list(dict.fromkeys(named))
    here = replace(heading, key=heading.key + "".join(map(key, named)))
    other = replace(here, metric="", field="", place=None, how="", likely=metric, qualifier=", ".join(named), near=text)
    return words.chosen(here) or other
