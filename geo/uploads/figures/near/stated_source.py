"""What a file says around its table of where the figures come from: 资料来源：广州市统计局, 制表日期：2024年3月15日, the title."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from geo.uploads.bounds import MAX_NAME
from geo.uploads.model import Sheet
from geo.uploads.parse.fields import read_date
from geo.uploads.parse.words import kept, plain

__all__ = ["StatedSource", "stated_source"]

_LINES = 12  # rows at either end of a sheet that are looked at
_PUBLISHER = "资料来源|数据来源|来源|发布单位|发布机构|制表单位|填报单位|编制单位|sources?|published by|publisher|prepared by|issued by"
_DATE = "发布日期|发布时间|印发日期|制表日期|制表时间|填报日期|填报时间|日期|published on|date of publication|release date|date"
# A label, what it says, and where the next label of the same line begins.
_SAID = re.compile(
    rf"(?<![\w])(?:(?P<publisher>{_PUBLISHER})|(?P<date>{_DATE})|单位|制表人|填表人|审核人?|联系人|unit)\s*:\s*",
    re.IGNORECASE,
)
_DOCUMENT = re.compile("《([^《》]+)》")
# The number of an annex names nothing; a note and the time of an export name no document.
_ANNEX = re.compile("附[件表]?[0-9一二三四五六七八九十]*[:：]?")
_REMARK = re.compile("(?:[(（]?注|备注|说明|导出|打印|note|export|printed)", re.IGNORECASE)


@dataclass(frozen=True)
class StatedSource:
    """What a file says of its source; "" where it says nothing."""

    publisher: str = ""
    document: str = ""
    date: str = ""  # as 2024, 2024-03 or 2024-03-15


def stated_source(sheet: Sheet) -> StatedSource:
    """Return the source that the lines around a table name: to be offered to a person, never taken unseen.

    Examples
    --------
    >>> rows = [["2023年各区生产总值", ""], ["区", "亿元"], ["天河", "6551"], ["资料来源：广州市统计局  发布日期：2024年5月1日", ""]]
    >>> stated_source(Sheet.of(rows))
    StatedSource(publisher='广州市统计局', document='2023年各区生产总值', date='2024-05-01')
    """
    said: dict[str, str] = {}
    for line in _lines(sheet):
        for name, text in _statements(line):
            said.setdefault(name, text)
    named = _DOCUMENT.search(said.get("publisher", ""))
    publisher = said.get("publisher", "")[: named.start() if named else None].strip(" ,，、;；。")
    document = named[1] if named else _title(sheet)
    return StatedSource(publisher, document, read_date(said.get("date", "")) or "")


def _lines(sheet: Sheet) -> Iterator[str]:
    """Yield the texts of the first rows and the last ones, each once a row and none that is too long to be looked at."""
    numbers = dict.fromkeys((*range(min(_LINES, len(sheet))), *range(max(len(sheet) - _LINES, 0), len(sheet))))
    for number in numbers:
        for text in dict.fromkeys(sheet.row(number)):
            if text.strip() and len(text) <= MAX_NAME:
                yield kept(text)


def _statements(line: str) -> Iterator[tuple[str, str]]:
    """Yield what a line says of publisher and date."""
    line = line.replace("：", ":")
    found = list(_SAID.finditer(line))
    ends = [*(match.start() for match in found[1:]), len(line)]
    for match, end in zip(found, ends, strict=False):
        text = line[match.end() : end].strip(" ,，;；。)）")
        if match.lastgroup and text:
            yield match.lastgroup.lower(), text


def _title(sheet: Sheet) -> str:
    """Return the first line, where it stands alone in its row and says nothing else of the file."""
    for number in range(min(_LINES, len(sheet))):
        texts = {text for text in map(kept, sheet.row(number)) if text}
        if not texts or (len(texts) == 1 and all(map(_ANNEX.fullmatch, texts))):
            continue
        title = texts.pop()
        alone = not texts and 3 < len(title) <= MAX_NAME and number + 2 < len(sheet)
        return title if alone and not (_SAID.search(plain(title)) or _REMARK.match(title)) else ""
    return ""
