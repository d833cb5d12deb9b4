"""What stands near a table that makes its figures others than their headings say: titles, the name of the sheet."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache

from geo.uploads.bounds import MAX_NAME
from geo.uploads.figures.tables import Frame
from geo.uploads.model import Sheet
from geo.uploads.parse.heading import Heading
from geo.uploads.parse.heading_parts import units_said
from geo.uploads.parse.headings import Vocabulary
from geo.uploads.parse.headwords import GROWN
from geo.uploads.parse.units import read_unit
from geo.uploads.parse.words import key, plain

__all__ = ["about_another", "in_context", "is_explanation", "is_origin", "statements"]

# What explains, or says where a table comes from, is not a title of it.
_EXPLAINS = re.compile(r"[(（]?(?:注|备注|附注|说明|notes?)\b|[(（]?(?:注|备注|附注|说明)", re.IGNORECASE)
_ORIGIN = re.compile(
    r"(?:资料|数据)?来源|制表|填表|填报|审核|发布|印发|导出|打印|source|prepared|published|printed", re.IGNORECASE
)
_HOUSEHOLDS = re.compile(r"(?<!家庭)(?<!每)户数|number of households|^households", re.IGNORECASE)
_RESIDENT = re.compile("常住|resident|permanent", re.IGNORECASE)
_LOOKED_THROUGH = 1000  # rows of a column of metrics


def statements(texts: Iterable[str]) -> Iterator[str]:
    """Yield those of some texts that say what a table is about: neither explanations, nor where it comes from, nor very long ones."""
    for text in texts:
        if len(text) <= MAX_NAME and not is_explanation(text) and not is_origin(text):
            yield text


def about_another(frame: Frame, metric: str, said: str, words: Vocabulary) -> str:
    """Return the first text near a table that is about other figures than a metric that somebody chose for it, "" if none is.

    Parameters
    ----------
    said
        What the headings say, in small letters.
    """
    is_share = _may_be_share(units_said(frame.above))
    for text in filter(None, statements(frame.near)):
        if not words.others.is_about(text, metric) or words.others.within(text, metric, said, is_share=is_share):
            return text
    return ""


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
    return _of_households(_with_their_neighbours(found, in_title, words), words)


def _of_households(headings: Sequence[Heading], words: Vocabulary) -> list[Heading]:
    """Return headings, 人口 beside a column 户数 as that of those registered; 常住人口 says what it is."""
    beside = next((heading.text for heading in headings if _HOUSEHOLDS.search(plain(heading.text))), "")
    return [
        _other(heading, heading.metric, [beside], "", words)
        if beside and heading.figures and heading.metric == "population" and not _RESIDENT.search(plain(heading.text))
        else heading
        for heading in headings
    ]


def _with_their_neighbours(headings: Sequence[Heading], in_title: Sequence[str], words: Vocabulary) -> list[Heading]:
    """Return headings, those that may be shares as others where a text makes those beside them shares and does not name their metric: 社零 under GDP增速."""
    found = list(headings)
    others = [heading for heading in headings if heading.near]
    for column, heading in enumerate(headings):
        if heading.figures and heading.metric and _may_be_share([heading.unit] if heading.unit else in_title):
            for other in others:
                shares = words.others.shares_of(other.qualifier.split(", "), heading.metric)
                if shares and not words.others.is_about(other.near, heading.metric):
                    found[column] = _other(heading, heading.metric, shares, other.near, words)
    return found


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
