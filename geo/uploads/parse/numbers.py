"""Numbers as people write them: thousands separators, signs, percent signs, a unit behind the number."""

import math
import re
from typing import NamedTuple

from geo.uploads.parse.headwords import MARKS
from geo.uploads.parse.units import read_unit
from geo.uploads.parse.words import MISSING, plain

__all__ = ["Number", "is_figure", "read_number"]

SIMPLE = re.compile(r"-?[0-9]{1,17}(?:\.[0-9]{1,17})?")
UNIT = r"(?:[^0-9().,'’ ][^0-9()]*?[23]?)?"
NUMBER = re.compile(
    r"(?P<open>\()?\s*(?P<sign>[-+–—])?\s*(?P<money>rmb|cny|¥)?\s*"
    r"(?P<digits>[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|[0-9]{1,3}(?:[ '’][0-9]{3})+(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]*)?|\.[0-9]+)"
    rf"(?P<power>e[-+]?[0-9]{{1,3}})?\s*(?P<inside>{UNIT})\s*(?P<close>\))?\s*(?P<unit>{UNIT})"
)
ABOUT = re.compile(
    r"(?:约|大约|近|超|超过|逾|不足|大于|小于|高于|低于|>|<|≥|≤|~|≈|about|over|nearly|almost|around|approx|some|circa|ca\.).*[0-9].*"
    r"|.*[0-9].*(?:左右|以上|以下|余|多|上下|\+)[^0-9]{0,4}"
)
# What a spreadsheet shows where a formula has no result.
ERROR = re.compile(
    r"#(?:ref!|div/0!|value!|name\?|num!|null!|spill!|calc!|field!|connect!|blocked!|unknown!)|err:[0-9]{3}"
)
WORDS = "|".join(sorted(map(re.escape, MARKS), key=len, reverse=True))
# 1262.81(快报), 2528.3p
MARKED = re.compile(rf"(?P<bare>.*?)\s*(?:\((?P<inside>{WORDS})\)|(?<=[0-9])\s*(?P<behind>{WORDS}))")
# A fall in some papers, a rise or no more than a mark in others.
ARROW = re.compile(r"[▲△▼▽↑↓]|(?<=[0-9])\s*[-–—]\Z")
LONGEST, LARGEST = 60, 1e30  # no number has more characters or is larger


class Number(NamedTuple):
    """What a text says as a number."""

    value: float = math.nan  # in the unit of the text itself where it has one
    unit: str = ""  # that stands behind the number
    step: float = math.nan  # what one more in its last digit would add: 0.1 of 124.2
    wrong: str = ""  # code of what keeps it from being a number; "" too where it says that there is no figure
    mark: str = ""  # how sure the figure is, as the text says it: 快报, p


def read_number(text: str) -> Number:
    """Return the number that a text of a file says.

    Examples
    --------
    >>> read_number("1,277.93亿元")
    Number(value=1277.93, unit='亿元', step=0.01, wrong='', mark='')
    >>> read_number("约5").wrong, read_number("—").wrong, read_number("1262.81（快报）").mark
    ('approximate_number', '', '快报')
    """
    if SIMPLE.fullmatch(text):  # nearly all are
        return Number(float(text), "", 10.0 ** -len(text.partition(".")[2]))
    word = plain(text).casefold()
    if word in MISSING:
        return Number()
    number = _number(word)
    if number.wrong and len(word) <= LONGEST and (marked := MARKED.fullmatch(word)):
        return _number(marked["bare"])._replace(mark=MARKS[marked["inside"] or marked["behind"]])
    return number


def _number(word: str) -> Number:
    """Return the number that a plain text says in small letters."""
    found = NUMBER.fullmatch(word) if len(word) <= LONGEST else None
    if found is None or bool(found["open"]) != bool(found["close"]) or (found["open"] and found["sign"]):
        return Number(wrong=_why_not(word))
    unit = (found["money"] or "") + found["inside"] + found["unit"]
    if unit and read_unit(unit) is None:
        return Number(
            wrong=_why_not(word) if ABOUT.fullmatch(word) or ARROW.search(word) else "number_with_unknown_unit"
        )
    value = float(re.sub(r"[ ,'’]", "", found["digits"]) + (found["power"] or ""))
    if value > LARGEST:
        return Number(wrong="not_a_number")
    step = 10.0 ** (int((found["power"] or "e0")[1:]) - len(found["digits"].partition(".")[2]))
    return Number(-value if found["open"] or found["sign"] in ("-", "–", "—") else value, unit, step)


def is_figure(text: str) -> bool:
    """Return whether a text is a number with or without a unit."""
    return math.isfinite(read_number(text).value)


def _why_not(word: str) -> str:
    """Return the code of what keeps a text from being a number."""
    if word == "#n/a" or ERROR.fullmatch(word):
        return "not_available" if word == "#n/a" else "formula_error"
    if ARROW.search(word) and re.search("[0-9]", word):
        return "sign_unclear"
    if len(word) <= LONGEST and ABOUT.fullmatch(word):
        return "approximate_number"
    return "odd_thousands" if re.fullmatch(r"[-+]?[0-9]+(?:[,. '’][0-9]+)+", word) else "not_a_number"
