"""Parts of a year that a text near a table names, with or without the year: 上半年各区GDP, 数据截至2024年6月."""

import re

from geo.uploads.bounds import MAX_NAME
from geo.uploads.parse.periods import TO
from geo.uploads.parse.words import plain

__all__ = ["parts_in"]

_PART = re.compile(
    r"(?:(?P<year>(?:19|20)[0-9]{2})年?度?)?(?:"
    rf"(?P<part>[上下]半年|前[一二两三四1-4]个?季度|第?[一二三四1-4](?:{TO}第?[一二三四1-4])?季度"
    rf"|(?<![0-9.])[01]?[0-9]月?{TO}[01]?[0-9]月份?|(?<![0-9.])[01]?[0-9]月份?"
    r"|(?<![a-z0-9])(?:q[1-4]|h[12])(?![a-z0-9])|(?:first|second) half)"
    r"|[-/.](?P<month>[01]?[0-9])(?![0-9%]))(?P<day>[0-3]?[0-9]日|[-/.][0-3]?[0-9](?![0-9])|末|底)?"
)
_UNTIL = re.compile(r"截[至止]|as of|until")
_LAST = re.compile(r"0?(?:12)月?份?")


def parts_in(text: str) -> list[tuple[str, str]]:
    """Return the parts of a year that a text names, each with its year, "" where it names none; a day is one only as the end of what is counted.

    Examples
    --------
    >>> parts_in("上半年各区GDP"), parts_in("数据截至2024年6月30日"), parts_in("2024年6月30日")
    ([('', '上半年')], [('2024', '6月')], [])
    """
    if len(text) > MAX_NAME:
        return []
    bare = re.sub(r"\s+(?![a-z])|(?<![a-z])\s+", "", plain(text).casefold())
    until, found = _UNTIL.search(bare) is not None, []
    for match in _PART.finditer(bare):
        part = match["part"] or (f"{match['month']}月" if match["year"] else "")
        is_day = (match["day"] or "") not in ("", "末", "底")
        whole = _LAST.fullmatch(part) and (match["day"] or until)  # 12月31日, 12月末
        if part and not whole and (until or not is_day):
            found.append((match["year"] or "", part))
    return list(dict.fromkeys(found))
