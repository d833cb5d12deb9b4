"""Periods in the form of the catalogue: 2023, 2023H1, 2024Q3, 2024Q1-Q3, 2024M05, 2024M01-M05; their order, and which of them are alike.

A run of months has one name. Quarters, halves and years keep theirs; other months are one alone, or cumulated from January: no office publishes others.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

__all__ = ["PAIR", "PERIOD", "UNDATED", "Months", "alike", "is_monthly", "is_year", "months", "name_of", "order"]

PAIR = "/"  # between the two periods of a change: 2020/2023, an interval as ISO 8601 writes it
UNDATED = "undated"  # period of a figure whose source names none
_MONTHS = r"M(?:0[1-9]|1[0-2])|M01-M(?:0[24578]|1[01])"
PERIOD = re.compile(rf"(?:\d{{4}}(?:H[12]|Q[1-4](?:-Q[1-4])?|{_MONTHS})?|{UNDATED})")
_PARTS = re.compile(r"(?P<year>\d{4})(?:(?P<unit>[HQM])(?P<first>\d+)(?:-[QM](?P<last>\d+))?)?")
_LENGTHS = {"H": 6, "Q": 3, "M": 1}
_ORDER = tuple[tuple[int, int, int, str], ...]


@dataclass(frozen=True)
class Months:
    """The months of a year that a period covers, both ends included."""

    year: int
    first: int
    last: int

    @property
    def length(self) -> int:
        """How many they are."""
        return self.last - self.first + 1


@lru_cache(maxsize=4096)
def months(period: str) -> Months | None:
    """Return the months a period covers; None for one without a date.

    Examples
    --------
    >>> months("2024Q1-Q3"), months("2024M05"), months("undated")
    (Months(year=2024, first=1, last=9), Months(year=2024, first=5, last=5), None)
    """
    if not (found := _PARTS.fullmatch(period)):
        return None
    unit, first, last = found["unit"], int(found["first"] or 1), int(found["last"] or found["first"] or 1)
    length = _LENGTHS[unit] if unit else 12
    return Months(int(found["year"]), (first - 1) * length + 1, last * length)


def name_of(year: str, first: int, last: int) -> str:
    """Return the period of a run of months, "" where the catalogue has no name for it.

    Examples
    --------
    >>> name_of("2024", 1, 6), name_of("2024", 1, 5), name_of("2024", 5, 5), name_of("2024", 3, 5)
    ('2024H1', '2024M01-M05', '2024M05', '')
    """
    if not 1 <= first <= last <= 12:
        return ""
    if first % 3 == 1 and last % 3 == 0:
        return year + _quarters(first // 3 + 1, last // 3)
    if first == last:
        return f"{year}M{first:02}"
    return f"{year}M01-M{last:02}" if first == 1 else ""


def _quarters(first: int, last: int) -> str:
    """Return the shortest name of a run of quarters."""
    names = {(1, 4): "", (1, 2): "H1", (3, 4): "H2"}
    return names.get((first, last), f"Q{first}" + (f"-Q{last}" if last > first else ""))


def order(period: str) -> _ORDER:
    """Return what sorts periods by their end and then by length, so that a year follows its parts; undated ones come last, pairs go by their start."""
    return tuple(_place(part) for part in period.split(PAIR))


def _place(period: str) -> tuple[int, int, int, str]:
    """Return the place of one period among others."""
    found = months(period)
    if found is None:
        return (10_000 if period else 0), 0, 0, period
    return found.year, found.last, found.length, period


def alike(one: str, other: str) -> bool:
    """Whether two periods cover the same months of their years, so that their figures compare: never a month and a year, nor January to May and May."""
    first, second = months(one), months(other)
    return first is not None and second is not None and (first.first, first.last) == (second.first, second.last)


def is_year(period: str) -> bool:
    """Whether a period is a whole year."""
    found = months(period)
    return found is not None and found.length == 12


def is_monthly(period: str) -> bool:
    """Whether a period is a month, or months cumulated from January."""
    return "M" in period
