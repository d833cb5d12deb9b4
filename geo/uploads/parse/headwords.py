"""The words that head the columns of an indicator file, in both languages, as :func:`geo.uploads.parse.words.key` writes them."""

from collections.abc import Mapping, Sequence

from geo import fields
from geo.fields import IGNORED_HEADINGS, TABLES
from geo.uploads.model import IGNORED
from geo.uploads.parse.heading_parts import split_names
from geo.uploads.parse.words import key, plain

__all__ = ["DIMENSION_KEYS", "HARMLESS", "MARKS", "NAMES", "in_two_languages", "mark_of"]

_TABLE = "indicators.csv"
HARMLESS = frozenset(map(key, fields.HARMLESS_WORDS))  # beside a metric's name: they leave it what it is
MARKS: Mapping[str, str] = {key(word): word for word in fields.MARKS}  # how sure a figure is
DIMENSION_KEYS = frozenset(map(key, fields.DIMENSIONS))  # headings of columns that say of each row what figure it is
# What the column is taken for, by heading.
NAMES: Mapping[str, str] = {
    **{key(word): field.target for field in TABLES[_TABLE].values() for word in (field.target, *field.headings)},
    **dict.fromkeys(map(key, IGNORED_HEADINGS[_TABLE]), IGNORED),
}


def in_two_languages(text: str) -> str:
    """Return the field that a text such as "地区 District" names in both languages, "" if none."""
    names = split_names(plain(text))
    fields = {NAMES.get(key(name), "") for name in names}
    return fields.pop() if len(names) > 1 and len(fields) == 1 else ""


def mark_of(words: Sequence[str]) -> str:
    """Return what words say of how sure a figure is, in a few words for its note."""
    return ", ".join(word for word in words if key(word) in MARKS)
