"""Units of measurement: from the word to the power of ten, and values from one unit to another without float noise."""

import re
from dataclasses import dataclass
from functools import lru_cache

from geo.uploads.bounds import MAX_NAME
from geo.uploads.parse.words import plain

__all__ = ["CURRENCIES", "FRACTIONS", "Unit", "compatible", "convert", "read_unit", "without_noise"]


@dataclass(frozen=True)
class Unit:
    """A unit as so many base units of its dimension: yuan, persons, per cent, percentage points, square metres, things."""

    dimension: str  # "" for a bare multiplier such as 万, which takes the dimension of the metric
    power: int = 0  # of ten
    factor: float = 1.0  # what no power of ten says, as in 亩


FRACTIONS = {"小数": Unit("share", 2), "fraction": Unit("share", 2)}  # only where somebody chose it: 0.5 may be 0.5 %
BASES = {
    "money": (0, "元 元人民币 人民币元 人民币 rmb cny yuan yuanrmb"),
    "foreign money": (0, "美元 美金 usd us$ $ 港元 港币 hkd 欧元 eur 日元"),
    "people": (0, "人 人次 名 persons person people inhabitants residents capita"),
    "share": (0, "% 百分比 百分数 百分点 percent percentage pct"),
    "points": (0, "个百分点 pp ppt ppts percentagepoint percentagepoints"),  # by which a share or growth changed
    "count": (0, "家 户 个 间 件 项 宗 处 所 companies company firms enterprises units households items"),
    "area": (0, "m2 平方米 sqm squaremetres squaremeters"),
}
SIZED = {
    "‰": Unit("share", -1), "千分比": Unit("share", -1), "permille": Unit("share", -1),
    "公顷": Unit("area", 4), "ha": Unit("area", 4), "hectares": Unit("area", 4),
    "平方公里": Unit("area", 6), "平方千米": Unit("area", 6), "km2": Unit("area", 6), "sqkm": Unit("area", 6),
    "squarekilometres": Unit("area", 6), "squarekilometers": Unit("area", 6), "km^2": Unit("area", 6),
    "亩": Unit("area", 4, 1 / 15), "mu": Unit("area", 4, 1 / 15),
}  # fmt: skip
WORDS = SIZED | {word: Unit(dimension, power) for dimension, (power, words) in BASES.items() for word in words.split()}
POWERS = {
    "十": 1, "百": 2, "千": 3, "万": 4, "十万": 5, "百万": 6, "千万": 7, "亿": 8, "十亿": 9, "百亿": 10, "千亿": 11, "万亿": 12,
    "thousand": 3, "thousands": 3, "k": 3, "tenthousand": 4, "million": 6, "millions": 6, "mn": 6, "mio": 6, "hundredmillion": 8,
    "billion": 9, "billions": 9, "bn": 9, "trillion": 12, "tn": 12,
}  # fmt: skip
CURRENCIES = frozenset(("¥", "rmb", "cny", "人民币"))  # before or behind a number they say money, not of which size
CURRENCY = r"(?:rmb|cny|人民币|¥)"
LONGEST_FIRST = sorted(POWERS, key=len, reverse=True)
PATTERN = re.compile(
    rf"(?P<before>{CURRENCY})?(?P<ten>10{{1,15}})?(?P<power>{'|'.join(LONGEST_FIRST)})?(?P<base>.*?)(?P<after>{CURRENCY})?"
)


@lru_cache(maxsize=4096)
def read_unit(text: str) -> Unit | None:
    """Return the unit a text names in Chinese or English, None where it is none that is known.

    Examples
    --------
    >>> read_unit("万元"), read_unit("RMB bn")
    (Unit(dimension='money', power=4, factor=1.0), Unit(dimension='money', power=9, factor=1.0))
    >>> read_unit("") is None
    True
    """
    if len(text) > MAX_NAME:
        return None
    word = re.sub(r"[\s,.·:()]", "", plain(text).casefold())
    if word in WORDS:
        return WORDS[word]
    found = PATTERN.fullmatch(word)
    if not found or not word:
        return None
    power = (len(found["ten"]) - 1 if found["ten"] else 0) + (POWERS[found["power"]] if found["power"] else 0)
    money = bool(found["before"] or found["after"])
    base = found["base"] or ("元" if money else "")
    if not base:
        return Unit("", power)
    unit = WORDS.get(base)
    if unit is None or (money and unit.dimension != "money"):
        return None
    return Unit(unit.dimension, unit.power + power, unit.factor)


def compatible(unit: Unit, target: Unit) -> bool:
    """Return whether values of one unit can be turned into another."""
    return unit.dimension in ("", target.dimension)


def convert(value: float, unit: Unit, target: Unit) -> float:
    """Return a value in another unit, exactly as its decimal digits say.

    Parameters
    ----------
    value
        A number in ``unit``.
    unit, target
        Two compatible units; a bare multiplier counts in base units of the target.

    Examples
    --------
    >>> convert(12779300.0, read_unit("万元"), read_unit("亿元"))
    1277.93
    """
    shift, factor = unit.power - target.power, unit.factor / target.factor
    if shift == 0 and factor == 1:
        return value
    return without_noise(value * factor * 10.0**shift if shift >= 0 else value * factor / 10.0**-shift)


def without_noise(value: float) -> float:
    """Return the float nearest to a value's first 15 digits: what was computed has no more.

    Examples
    --------
    >>> without_noise(0.1 + 0.2)
    0.3
    """
    return float(f"{value:.15g}")
