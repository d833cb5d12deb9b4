"""The words that head the columns of an indicator file, in both languages, as :func:`geo.uploads.parse.words.key` writes them, and those of growth."""

import re
from collections.abc import Mapping, Sequence

from geo import fields
from geo.fields import IGNORED_HEADINGS, TABLES
from geo.uploads.model import IGNORED
from geo.uploads.parse.heading_parts import split_names
from geo.uploads.parse.units import read_unit
from geo.uploads.parse.words import key, plain

__all__ = [
    "DIMENSION_KEYS",
    "GROWN",
    "GROWTH",
    "HARMLESS",
    "MARKS",
    "NAMES",
    "in_two_languages",
    "is_change",
    "mark_of",
    "share_unit",
]

_TABLE = "indicators.csv"
HARMLESS = frozenset(map(key, fields.HARMLESS_WORDS))  # beside a metric's name: they leave it what it is
MARKS: Mapping[str, str] = {key(word): word for word in fields.MARKS}  # how sure a figure is
DIMENSION_KEYS = frozenset(map(key, fields.DIMENSIONS))  # headings of columns that say of each row what figure it is
# What the column is taken for, by heading.
NAMES: Mapping[str, str] = {
    **{key(word): field.target for field in TABLES[_TABLE].values() for word in (field.target, *field.headings)},
    **dict.fromkeys(map(key, IGNORED_HEADINGS[_TABLE]), IGNORED),
}
GROWTH = re.compile(
    r"(?:[比较]上年(?:同期)?|同比|实际|±%|yoy)?(?:增长率?|增速|增减|增幅|±%|growth(?:rate)?)(?:yoy|%|率)*|同比|±%|yoy"
)
GROWN = "_growth"  # behind the id of a metric: that of its published growth
_SHARES = ("%", "‰", "百分点", "个百分点")
# Growth that may be in the unit of the metric where no per cent says otherwise.
_CHANGE = re.compile(r"(?:比?上年(?:同期)?|较上年|同比)?增减|增长")


def in_two_languages(text: str) -> str:
    """Return the field that a text such as "地区 District" names in both languages, "" if none."""
    names = split_names(plain(text))
    fields = {NAMES.get(key(name), "") for name in names}
    return fields.pop() if len(names) > 1 and len(fields) == 1 else ""


def mark_of(words: Sequence[str]) -> str:
    """Return what words say of how sure a figure is, in a few words for its note."""
    return ", ".join(word for word in words if key(word) in MARKS)


def is_change(word: str, unit: str) -> bool:
    """Return whether a word for growth may mean a change in the unit of the metric, given the unit of its heading.

    Examples
    --------
    >>> is_change("增减", "亿元"), is_change("增减", "%"), is_change("增速", "亿元")
    (True, False, False)
    """
    return _CHANGE.fullmatch(key(word)) is not None and unit not in _SHARES


def share_unit(unit: str) -> str:
    """Return the unit of a growth: that of its heading where it is one of shares or their changes, not that of the metric above it.

    Examples
    --------
    >>> share_unit("‰"), share_unit("亿元"), share_unit("")
    ('‰', '%', '%')
    """
    known = read_unit(unit)
    return unit if known and known.dimension in ("share", "points") else "%"
