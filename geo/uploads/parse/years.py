"""Years as a column of periods may hold them beside their usual forms: by their last day, as Excel counts days, in two digits."""

import datetime
import re

from geo.uploads.bounds import MAX_NAME
from geo.uploads.parse.words import plain

__all__ = ["year_meant"]

_LAST_DAY = re.compile(r"([12][0-9]{3})(?:年|-|/|\.)12(?:月|-|/|\.)31日?(?:t00:00(?::00)?)?")
_DAYS = re.compile(r"[3-7][0-9]{4}(?:\.0)?")  # from 1982 to 2119
_TWO_DIGITS = re.compile("['’]?([0-9]{2})年度?")
_DAY_ZERO = datetime.date(1899, 12, 30)  # of Excel
_CENTURY = 60  # a year of two digits from here on is one of the 1900s


def year_meant(text: str) -> str:
    """Return the year that a text in a column of periods stands for though it does not name it, "" if none.

    Examples
    --------
    >>> [year_meant(text) for text in ("2023-12-31", "45291", "23年", "2023-06-30", "45290", "23")]
    ['2023', '2023', '2023', '', '', '']
    """
    word = re.sub(r"\s", "", plain(text).casefold()) if len(text) <= MAX_NAME else ""
    if found := _LAST_DAY.fullmatch(word):
        return found[1]
    if found := _TWO_DIGITS.fullmatch(word):
        return f"{20 if int(found[1]) < _CENTURY else 19}{found[1]}"
    if _DAYS.fullmatch(word):
        day = _DAY_ZERO + datetime.timedelta(int(word.removesuffix(".0")))
        return str(day.year) if (day.month, day.day) == (12, 31) else ""
    return ""
