"""Which styles of a workbook show a number as a percentage or as a date."""

import re
from collections.abc import Sequence

from geo.uploads.archives import Archive

__all__ = ["date_styles", "percent_styles"]

_STYLES = "xl/styles.xml"
_LIMIT = 20_000_000  # bytes
# Numbers of built-in formats, ECMA-376 part 1, 18.8.30: 0% and 0.00%; dates and times, those of East Asian languages included.
_PERCENT = ("9", "10")
_DATES = tuple(map(str, (*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59))))
_QUOTED = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\[\]]*\]')  # text in a number format that stands for itself


def percent_styles(archive: Archive) -> frozenset[int]:
    """Return the numbers of the cell styles that show a number as a percentage; none where the workbook has no styles.

    Raises
    ------
    RefusedError
        If the styles are broken or too large.
    """
    return _styles(archive, re.compile("%"), _PERCENT)


def date_styles(archive: Archive) -> frozenset[int]:
    """Return the numbers of the cell styles that show a number as a date or a time; none where the workbook has no styles.

    Raises
    ------
    RefusedError
        If the styles are broken or too large.
    """
    return _styles(archive, re.compile("[ymdhs]", re.IGNORECASE), _DATES)


def _styles(archive: Archive, sign: re.Pattern[str], built_in: Sequence[str]) -> frozenset[int]:
    """Return the numbers of the cell styles whose number format holds a sign outside quoted text, or is one of those built in."""
    if _STYLES not in archive:
        return frozenset()
    styles = archive.tree(_STYLES, _LIMIT)
    formats = {entry.get("numFmtId"): entry.get("formatCode", "") for entry in styles.iterfind("{*}numFmts/{*}numFmt")}
    fitting = {number for number, code in formats.items() if sign.search(_QUOTED.sub("", code))}
    fitting |= set(built_in) - set(formats)
    kinds = [entry.get("numFmtId") for entry in styles.iterfind("{*}cellXfs/{*}xf")]
    return frozenset(number for number, kind in enumerate(kinds) if kind in fitting)
