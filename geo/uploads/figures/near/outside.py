"""Figures that stand in a sheet but in none of its tables: above the heading, or beside a note."""

import re
from collections.abc import Iterator

from geo.uploads.bounds import MAX_NAME
from geo.uploads.figures.tables import Frame
from geo.uploads.findings import Notes
from geo.uploads.model import Severity, Sheet
from geo.uploads.parse.heading_parts import unit_in
from geo.uploads.parse.numbers import is_figure
from geo.uploads.parse.periods import read_period

__all__ = ["note_outside"]

# A day, a page, the number of a table or column; a date without signs; the code of a place.
_COUNTED = re.compile(r"[(（]?[0-9０-９]{1,2}(?:\.0)?[)）]?|(?:19|20)[0-9]{6}|44[0-9]{4}(?:[0-9]{6})?")
_OFFICE = re.compile("电话|传真|邮编|邮政编码|文号|表号|打印|制表|填表|phone|fax|tel\\b|printed", re.IGNORECASE)
_QUOTED = 5


def note_outside(sheet: Sheet, frame: Frame, notes: Notes) -> None:
    """Note the rows with figures that are not read because they belong to no table; years, days and numbers of the office are none."""
    found = dict(_outside(sheet, frame))
    if found:
        some = [figure for figures in found.values() for figure in figures]
        words = ", ".join([*some[:_QUOTED], *(["…"] if len(some) > _QUOTED else [])])
        notes.add("figures_outside", Severity.WARNING, [row + 1 for row in found], words=words)


def _outside(sheet: Sheet, frame: Frame) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows outside the body that hold figures, with these."""
    body, repeated = set(frame.rows), {sheet.row(row) for row in frame.header}
    for row, texts in enumerate(sheet.rows):
        if row in body or texts in repeated or any(map(_OFFICE.search, texts)):
            continue
        if figures := [text.strip() for text in dict.fromkeys(texts) if _is_figure(text)]:
            yield row, figures


def _is_figure(text: str) -> bool:
    """Return whether a text is a figure that may have been meant for the dashboard."""
    return (
        len(text) <= MAX_NAME
        and any(map(str.isdigit, text))
        and is_figure(text)
        and not _COUNTED.fullmatch(text.strip())
        and not read_period(text)[0]
        and not (text.strip()[0] in "(（" and unit_in(text))  # (100 million yuan)
    )
