"""Headings that name a part of a year, such as 1-6月 or 本月止累计, joined with the year or month that the title names."""

import re
from collections.abc import Sequence
from dataclasses import replace

from geo.periods import is_year
from geo.uploads.bounds import MAX_NAME
from geo.uploads.parse.heading import Heading
from geo.uploads.parse.headwords import GROWN
from geo.uploads.parse.periods import THIS_PERIOD, TO, WHOLE_YEAR, YEAR_BEFORE, joined_period, periods_in, up_to
from geo.uploads.parse.words import key, plain

__all__ = ["in_stated_years", "stated_year"]

_TO_DECEMBER = re.compile(rf"{TO}\s*12\s*月")


def in_stated_years(headings: Sequence[Heading], above: Sequence[str]) -> list[Heading]:
    """Return the headings of parts of the year with the year or month of the title; 上年同期 is that of the column beside it, where all are of one period."""
    fields = {one.field for one in headings} & {"period", "period_part"}
    in_rows = fields == {"period"} or stated_year(headings, above)
    found = [one if one.part and in_rows else _of_title_year(one, above) for one in headings]
    kinds = {key(heading.part) for heading in headings} - THIS_PERIOD - YEAR_BEFORE - {""}
    is_one = not kinds and not any(heading.period or heading.field == "period" for heading in headings)
    for column, heading in enumerate(headings):
        if key(heading.part) not in YEAR_BEFORE or heading.how == "chosen":
            continue
        beside = [found[column - 1]] if column else []
        beside += [one for one in found[column + 1 : column + 2] if key(one.part) in THIS_PERIOD]
        of = next((one for one in beside if one.figures and (one.metric or one.part)), Heading())
        fits = of.metric == (heading.metric or of.metric) and not of.metric.endswith(GROWN)
        if is_one and of.figures and found[column].figures and fits:
            found[column] = replace(found[column], metric=of.metric, unit=heading.unit or of.unit)
        else:
            found[column] = replace(heading, metric="", place=None, growth=False, how="")
    return found


def stated_year(headings: Sequence[Heading], above: Sequence[str]) -> str:
    """Return the year that the texts above a table name, of rows that name its months or quarters and headings that name no year; "" otherwise."""
    years = {period[:4] for text in above if len(text) <= MAX_NAME for period in periods_in(text)}
    fields = {heading.field for heading in headings}
    of_rows = "period_part" in fields and "period" not in fields and not any(heading.period for heading in headings)
    return years.pop() if of_rows and len(years) == 1 else ""


def _of_title_year(heading: Heading, above: Sequence[str]) -> Heading:
    """Return the heading of a part of the year, such as 1-6月 or 本月止累计, with the year or month that the texts above the table name, if they name one."""
    if not heading.part or heading.field or heading.period:
        return heading
    said = {_to_its_month(period, text) for text in above if len(text) <= MAX_NAME for period in periods_in(text)}
    ends = {period for one in said if (period := up_to(one, heading.part))}
    years = {period[:4] for period in said}
    period = ends.pop() if len(ends) == 1 else ""
    if not period and len(years) == 1:
        period, _ = joined_period(years.pop(), heading.part, "")
    if period:
        return replace(heading, period=period)
    if heading.metric and key(heading.part) in WHOLE_YEAR:
        return replace(heading, part="")
    return heading if heading.how == "chosen" else replace(heading, metric="", place=None, growth=False, how="")


def _to_its_month(period: str, text: str) -> str:
    """Return a period that a title names, of a year that it calls 1-12月 the last month: 累计 is up to it."""
    return f"{period}M12" if is_year(period) and _TO_DECEMBER.search(plain(text)) else period
