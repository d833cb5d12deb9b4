"""How the cells of a workbook show their numbers: divided, as percentages, with a unit, a date as its month. Runs in the worker."""

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TypeGuard

from geo.uploads.workbooks.shown import Value, text

__all__ = ["BUILT_IN", "Section", "Sections", "is_divided", "is_number", "read_format", "seen_in", "shown"]

BUILT_IN = {  # by number: ECMA-376 part 1, 18.8.30; those of dates as a Chinese Excel has them
    "9": "0%", "10": "0.00%", "17": "mmm-yy", "27": 'yyyy"年"m"月"', "36": 'yyyy"年"m"月"', "50": 'yyyy"年"m"月"',
    "52": 'yyyy"年"m"月"', "54": 'yyyy"年"m"月"', "57": 'yyyy"年"m"月"',
}  # fmt: skip
_LONGEST = 255  # characters of a format in Excel; a longer one is a stranger's, and takes long to read
# Possessive: a section that could be read in two ways would take twice as long for each bracket.
_SECTIONS = re.compile(r'((?:"[^"]*"|[\\!].|\[[^\]]*\]|[^;"])*+)(?:;|\Z)', re.DOTALL)
# Words, a sign taken as it is, room left blank or filled, a remark in brackets, anything else.
_TOKEN = re.compile(
    r'"([^"]*)"|[\\!](.)|[_*].|\[([^\]]*)\]|e[+-][0#?]+|(general|g/通用格式)|(.)', re.DOTALL | re.IGNORECASE
)
_CONDITION = re.compile(r"([<>=]+)(-?[0-9.]+(?:e[+-]?[0-9]+)?)", re.IGNORECASE)
_DIGITS, _DATE, _SIGNS = "0#?", re.compile("[ymdhse]"), "+-() \xa0"
_SEEN = re.compile(r"(?P<before>[^0-9]*?)(?P<number>[0-9][0-9,]*(?:\.[0-9]+)?)(?P<after>[^0-9]*)")
_SEEN_DATES = {
    "ym": re.compile(r"[0-9]{4}[年./-]\s*[0-9]{1,2}月?|[A-Za-z]{3,9}[-\s][0-9]{2,4}"),
    "y": re.compile("[0-9]{4}年?"),
    "m": re.compile("[0-9]{1,2}月"),
}
_HOLDS = {
    "<": float.__lt__, "<=": float.__le__, ">": float.__gt__, ">=": float.__ge__, "=": float.__eq__, "<>": float.__ne__
}  # fmt: skip


@dataclass(frozen=True)
class Section:
    """One of the ways in which a format shows values."""

    shift: int = 0  # places by which the point moves to the left: 4 shows tens of thousands, -2 per cent
    before: str = ""
    after: str = ""  # a unit, a per cent sign
    date: str = ""  # letters of what it shows of a date
    condition: tuple[str, float] | None = None

    def holds(self, value: float) -> bool:
        """Whether it is for a number."""
        return self.condition is None or _HOLDS[self.condition[0]](float(value), self.condition[1])

    @property
    def is_plain(self) -> bool:
        """Whether numbers are shown as they are, and dates whole."""
        return not (self.shift or self.before or self.after or self.date)


Sections = tuple[Section, ...]


@cache
def read_format(code: str) -> Sections:
    """Return the sections of a number format that tell values apart; none where it shows them all as they are.

    Examples
    --------
    >>> read_format('0"."0,"万元";;')
    (Section(shift=4, before='', after='万元', date='', condition=None),)
    >>> read_format("0.0%")[0].shift, read_format('yyyy"年"m"月"')[0].date, read_format("#,##0.00_);(#,##0.00)")
    (-2, 'ym', ())
    """
    if len(code) > _LONGEST:
        return ()
    sections = [_section(match[1]) for match in _SECTIONS.finditer(code) if match[1]]
    conditional = any(section.condition for section in sections)
    kept = tuple(sections if conditional else sections[:1])  # others are for negative numbers, zero and text
    return () if all(section.is_plain for section in kept) else kept


def _section(code: str) -> Section:
    """Return what one section of a format says."""
    tokens = [*_TOKEN.finditer(code)]
    said = next((found for token in tokens if (found := _CONDITION.fullmatch(token[3] or ""))), None)
    condition = (said[1], float(said[2])) if said and said[1] in _HOLDS else None
    codes = "".join((token[5] or "").lower() for token in tokens)
    if _DATE.search(codes):
        whole = "d" in codes or "h" in codes or "s" in codes
        return Section(date="" if whole else "".join(sorted(set(codes.replace("e", "y")) & set("ym"), reverse=True)))
    return _number_section([*_parts(tokens)], condition)


def _parts(tokens: list[re.Match[str]]) -> Iterator[tuple[str, str]]:
    """Yield the parts of a section for numbers: words as such ("w"), digits ("0") and what acts on them (".", ",", "%")."""
    for token in tokens:
        if token[1] or token[2]:
            yield "w", token[1] or token[2]
        elif token[3]:
            yield "w", token[3].partition("-")[0].removeprefix("$") if token[3].startswith("$") else ""
        elif token[4]:
            yield "0", ""
        elif sign := token[5]:
            kind = "0" if sign in _DIGITS else sign if sign in ".,%" else "w"
            yield kind, sign


def _number_section(parts: list[tuple[str, str]], condition: tuple[str, float] | None) -> Section:
    """Return what a section says of numbers."""
    kinds = [kind for kind, _ in parts]
    if "0" not in kinds:
        return Section(condition=condition)
    first, last = kinds.index("0"), len(kinds) - 1 - kinds[::-1].index("0")
    inner = parts[first : last + 1]
    point = next((at for at, part in enumerate(inner) if part == ("w", ".")), None)
    places = 0 if point is None or ("." in kinds[first:last]) else sum(kind == "0" for kind, _ in inner[point:])
    # Commas behind the last digit of the number, or of its whole part, divide by a thousand each.
    commas = re.findall("0(,+)(?![0,])", "".join(kind for kind in kinds if kind != "w"))
    percent = kinds.count("%")
    before, after = (
        "".join(words for kind, words in some if kind in "w%").split("\n")[0].strip(_SIGNS)
        for some in (parts[:first], parts[last + 1 :])
    )
    return Section(places + 3 * sum(map(len, commas)) - 2 * percent, before, after, "", condition)


@lru_cache(maxsize=4096)
def seen_in(words: str, value: float | None) -> Sections | None:
    """Return the sections of a format by what it shows of a number, or of a date; None where that is not understood.

    Examples
    --------
    >>> seen_in("12,779,300.0万元", 127793000000.0)[0].shift, seen_in("2024年11月", None)[0].date, seen_in("2024-11-01", None)
    (4, 'ym', ())
    """
    if value is None:
        date = next((letters for letters, form in _SEEN_DATES.items() if form.fullmatch(words)), "")
        return (Section(date=date),) if date else ()
    found = _SEEN.fullmatch(words)
    if not found:
        return None
    number, places = float(found["number"].replace(",", "")), len(found["number"].partition(".")[2])
    shifts = (-2, 0) if "%" in found["after"] else range(13)
    shift = next((shift for shift in shifts if round(abs(value) * 10.0**-shift, places) == number), None)
    if shift is None:
        return None
    section = Section(shift, found["before"].strip(_SIGNS), found["after"].strip(_SIGNS))
    return () if section.is_plain else (section,)


def shown(value: Value, sections: Sections) -> str:
    """Return a value as its cell shows it, with all its digits.

    Examples
    --------
    >>> shown(127793000000, read_format('0!.0,"万元"')), shown(0.051, read_format("0%"))
    ('12779300万元', '5.1%')
    """
    if isinstance(value, datetime.date):
        return _date(value, sections[0].date if sections else "")
    if not is_number(value):
        return text(value)
    fitting = next((section for section in sections if section.holds(value)), Section())
    return fitting.before + text(value, shift=fitting.shift) + fitting.after


def is_divided(value: float, sections: Sections) -> bool:
    """Return whether a number other than 0 is shown as another, and not as a percentage."""
    return value != 0 and next((section.shift > 0 for section in sections if section.holds(value)), False)


def is_number(value: Value) -> TypeGuard[float]:
    """Return whether a value is a number."""
    return isinstance(value, int | float) and not isinstance(value, bool)


def _date(value: datetime.date, letters: str) -> str:
    """Return what is shown of a date: all of it, or no more than its year, its month, or both."""
    named = {"y": f"{value.year}年", "m": f"{value.month}月"}
    return "".join(named[letter] for letter in letters) or text(value)
