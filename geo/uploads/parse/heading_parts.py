"""The parts of one heading: a name, its unit and period, and the words beside them."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from geo.uploads.parse.parts import parts_in
from geo.uploads.parse.periods import THIS_PERIOD, WHOLE_YEAR, YEAR_BEFORE, is_part_of_year, joined_period, split_period
from geo.uploads.parse.units import read_unit
from geo.uploads.parse.words import bracketed, key, plain
from geo.uploads.parse.years import year_meant

__all__ = [
    "CALLED",
    "OPENING_CLOSING",
    "HeadingParts",
    "one_below_the_other",
    "part_and_rest",
    "part_beside",
    "split_heading",
    "split_names",
    "unit_in",
    "units_said",
]

OPENING_CLOSING = ("([【<〔「", ")]】>〕」")
_UNIT_LABEL = re.compile(r"^(?:计量)?单位\s*[:：]\s*|^units?\s*:\s*(?:in )?|^in (?=\S)", re.IGNORECASE)
# A number before a name, and what a pivot table puts there.
_ENUMERATOR = re.compile(
    r"^(?:[一二三四五六七八九十]{1,3}[、.]|[0-9]{1,2}[、)]|\([一二三四五六七八九十0-9]{1,3}\)|求和项\s*:|sum of\b)\s*",
    re.IGNORECASE,
)
_TWO_LANGUAGES = re.compile(r"(?P<chinese>.*[\u4e00-\u9fff])\s+(?P<english>[0-9A-Za-z][\x20-\x7e]*)")
_SEPARATORS = re.compile(r"[_\-–—,;:/|·\s]+")
# Beside the name of a metric: whether its figures are cumulated, which :mod:`geo.uploads.figures.near.cumulated` looks for in the whole heading.
CALLED = re.compile(r"(?:自?年初|本年|[当本]月)?[止末]?累计(?:完成|实现)?[值数额]?|cumulative|\bytd\b", re.IGNORECASE)
_PART = re.compile(r"^全年|^[当本]月[值数]?|[当本]月[值数]?$")
_LAST_WORDS = 6  # of a heading, that may be its unit: "100 million yuan at current prices"


@dataclass(frozen=True)
class HeadingParts:
    """What stands in one cell of a header."""

    name: str = ""  # what is left
    words: tuple[str, ...] = ()  # in brackets, neither unit nor period
    period: str = ""
    unit: str = ""  # as the heading has it
    wrong: str = ""  # code of what is wrong with the period or the unit
    levels: tuple[str, ...] = ()  # of a heading over rows: the names, from top to bottom
    part: str = ""  # of a year that no row of it names: 本月止累计


def split_heading(text: str) -> HeadingParts:
    """Return the parts of a heading. No word is lost: what is not understood stands in the name or among the words.

    Examples
    --------
    >>> split_heading("地区生产总值（可比价，亿元）")
    HeadingParts(name='地区生产总值', words=('可比价',), period='', unit='亿元', wrong='', levels=(), part='')
    """
    rest = plain(text)
    if found := unit_in(rest):
        return HeadingParts(unit=found)
    if year := year_meant(rest) if re.search("[年/-]", rest) else "":
        return HeadingParts(period=year)  # 2023-12-31; 45291 may be a figure
    rest = _ENUMERATOR.sub("", rest)
    words: list[str] = []
    unit = inner_period = inner_wrong = ""
    for group in bracketed(rest, *OPENING_CLOSING):
        rest = rest.replace(group, " ")
        for part in [group[1:-1]] if unit_in(group[1:-1]) else re.split("[,;、]", group[1:-1]):
            if found := unit_in(part):
                unit = unit or found
                continue
            word, period, wrong = split_period(part.strip())
            inner_period, inner_wrong = inner_period or period, inner_wrong or wrong
            words += [word] if word else []
    rest, period, wrong = split_period(rest.strip())
    rest, unit = _without_last_unit(rest, unit)
    return HeadingParts(rest.strip(), tuple(words), period or inner_period, unit, wrong or inner_wrong)


def one_below_the_other(texts: Sequence[str], says_nothing: Callable[[str], bool]) -> HeadingParts:
    """Return what the rows of a heading say together, the lower one more closely: 2023年 over 上半年 is one period.

    Parameters
    ----------
    says_nothing
        Whether a name of a row is left out of what several say.

    Examples
    --------
    >>> one_below_the_other(["2023年", "GDP（亿元）"], str.isspace)
    HeadingParts(name='GDP', words=(), period='2023', unit='亿元', wrong='', levels=('GDP',), part='')
    >>> one_below_the_other(["2023年", "2022年GDP"], str.isspace).wrong
    'heading_periods_differ'
    """
    parts = _in_one_period([split_heading(text) for text in texts])
    part = part_beside(parts)
    said = [one.name for one in parts if one.name and one.name != part]
    names = tuple(name for name in said if len(parts) == 1 or not says_nothing(name))
    wrong = next((one.wrong for one in reversed(parts) if one.wrong), "")
    period, differ = _closest_period([one.period for one in parts if one.period])
    unit, mixed = _lowest_unit([one.unit for one in parts if one.unit])
    words = tuple(word for one in parts for word in one.words)
    period = "" if differ or mixed else period  # nothing is stored of what contradicts itself
    return HeadingParts("".join(names), words, period, unit, wrong or differ or mixed, names, part)


def split_names(text: str) -> Sequence[str]:
    """Return the words of a name that stand apart: between dashes, underlines and spaces, or in two languages.

    Examples
    --------
    >>> split_names("地区生产总值_当年价格_全市")
    ['地区生产总值', '当年价格', '全市']
    >>> split_names("常住人口 Resident Population")
    ['常住人口', 'Resident Population']
    """
    both = _TWO_LANGUAGES.fullmatch(text)
    if both:
        return [*_SEPARATORS.split(both["chinese"]), both["english"]]
    return [word for word in _SEPARATORS.split(text) if word]


def unit_in(text: str) -> str:
    """Return the unit a text consists of, perhaps after the word for unit or in two languages, "" if it is not one."""
    bare = _UNIT_LABEL.sub("", plain(text)).strip(" ()[]:,.;")
    if not bare or bare.isdecimal():
        return ""
    if read_unit(bare):
        return bare
    both = _TWO_LANGUAGES.fullmatch(bare)
    if both and read_unit(both["chinese"]) is not None and read_unit(both["chinese"]) == read_unit(both["english"]):
        return both["chinese"]
    return ""


def units_said(texts: Iterable[str]) -> list[str]:
    """Return the units that texts above a table, or in its corner, name, as in "单位：万元、万人"."""
    found: list[str] = []
    for text in texts:
        _, *after = plain(text).replace("单位", "unit:").casefold().split("unit")
        lists = (said.lstrip("s: 为是").replace("、", ",").replace(";", ",").rstrip("([)] 。.") for said in after)
        parts = [part for said in lists for part in said.split(",")] if after else [text]
        found += [unit for unit in map(unit_in, parts) if unit]
        inside = (group[1:-1] for group in bracketed(plain(text), *OPENING_CLOSING))  # 指标：地区生产总值(万元)
        found += [unit for unit in map(unit_in, inside) if unit]
    return found


def _without_last_unit(rest: str, unit: str) -> tuple[str, str]:
    """Return a heading without the unit at its end, and the unit; as it is where one was found before."""
    for gap in list(re.finditer(r"[,;:/_\- ]++", rest))[-_LAST_WORDS:]:
        if not unit and (found := unit_in(rest[gap.end() :])):
            return rest[: gap.start()], found
    return rest, unit


def _in_one_period(parts: Sequence[HeadingParts]) -> Sequence[HeadingParts]:
    """Return the parts of a heading over rows, a year in one and a part of it in another joined to one period: 2023年 over 上半年."""
    year = next((one.period for one in parts if len(one.period) == 4), "")
    at = next(
        (at for at, one in enumerate(parts) if is_part_of_year(one.name) and key(one.name) not in YEAR_BEFORE), -1
    )
    if not year or at < 0:
        return parts
    period, wrong = joined_period(year, parts[at].name, "")
    joined = [replace(one, period="" if one.period == year else one.period) for one in parts]
    joined[at] = replace(parts[at], name="", period=period, wrong=wrong)
    return joined


def part_beside(parts: Sequence[HeadingParts]) -> str:
    """Return the part of a year without the year that one of several rows of a heading is: 本月止累计 under a metric; "" where there is none."""
    found = [
        one.name
        for one in parts
        if is_part_of_year(one.name) and key(one.name) not in WHOLE_YEAR - {"全年"} | THIS_PERIOD
    ]
    return found[0] if len(parts) > 1 and len(found) == 1 and not any(one.period or one.wrong for one in parts) else ""


def part_and_rest(name: str) -> tuple[str, str]:
    """Return the part of a year that begins or ends a name, and the rest of it; "" and the name where none does.

    Examples
    --------
    >>> part_and_rest("11月社零"), part_and_rest("社零当月值"), part_and_rest("社零")
    (('11月', '社零'), ('当月值', '社零'), ('', '社零'))
    """
    said = [part for year, part in parts_in(name) if not year]
    said += [found[0] for found in _PART.finditer(name)]
    part = said[0] if len(said) == 1 else ""
    if part and name.startswith(part):
        return part, name.removeprefix(part)
    return (part, name.removesuffix(part)) if part and name.endswith(part) else ("", name)


def _closest_period(periods: Sequence[str]) -> tuple[str, str]:
    """Return the period that names the smallest part of the year, and the code of what is wrong where not all can be meant."""
    closest = max(reversed(periods), key=len, default="")
    if all(period == closest or (len(period) == 4 and closest.startswith(period)) for period in periods):
        return closest, ""
    return "", "heading_periods_differ"


def _lowest_unit(units: Sequence[str]) -> tuple[str, str]:
    """Return the unit of the lowest row, and the code of what is wrong where a row above has another of its kind."""
    known = [unit for unit in map(read_unit, units) if unit is not None]
    of_a_kind = {unit for unit in known if unit.dimension == known[-1].dimension}
    return (units[-1] if units else ""), "heading_units_differ" if len(of_a_kind) > 1 else ""
