"""Which styles of a workbook show a number as a percentage."""

import re

from geo.uploads.archives import Archive

__all__ = ["percent_styles"]

_STYLES = "xl/styles.xml"
_LIMIT = 20_000_000  # bytes
_BUILT_IN = ("9", "10")  # 0% and 0.00%, ECMA-376 part 1, 18.8.30
_QUOTED = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\[\]]*\]')  # text in a number format that stands for itself


def percent_styles(archive: Archive) -> frozenset[int]:
    """Return the numbers of the cell styles that show a number as a percentage; none where the workbook has no styles.

    Raises
    ------
    RefusedError
        If the styles are broken or too large.
    """
    if _STYLES not in archive:
        return frozenset()
    styles = archive.tree(_STYLES, _LIMIT)
    formats = {entry.get("numFmtId"): entry.get("formatCode", "") for entry in styles.iterfind("{*}numFmts/{*}numFmt")}
    percent = {number for number, code in formats.items() if "%" in _QUOTED.sub("", code)} | set(_BUILT_IN) - set(
        formats
    )
    kinds = [entry.get("numFmtId") for entry in styles.iterfind("{*}cellXfs/{*}xf")]
    return frozenset(number for number, kind in enumerate(kinds) if kind in percent)
