"""Where the table stands in a sheet: titles and notes above, a header over one to three rows, the body, notes below."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import cache

from geo.uploads.bounds import MAX_NAME
from geo.uploads.findings import Notes
from geo.uploads.model import Severity, Sheet
from geo.uploads.parse.headwords import NAMES
from geo.uploads.parse.numbers import is_figure
from geo.uploads.parse.periods import read_period
from geo.uploads.parse.words import MISSING, key

__all__ = ["SEARCHED_ROWS", "Frame", "Meaning", "has_long_headings", "is_note", "locate"]

SEARCHED_ROWS, SEARCHED_COLUMNS = 60, 200  # a header further down or to the right is none
HEADER_ROWS = 3
NOTE = re.compile(
    r"(?:注|备注|附注|说明|数据来源|资料来源|来源|单位|计量单位|制表|填表|审核|数据截至|表\s*+[0-9一二三四五六七八九十]++|note|notes|source|sources|units?"
    r"|prepared by|table\s*+[0-9]++)(?:\s*+[0-9]++)?+(?:\s*+[:：.．、)）]|(?<=[0-9一二三四五六七八九十])\s).*",
    re.IGNORECASE | re.DOTALL,
)
# Of a row in several cells that is about the paper: 填表人：张三 | 审核人：李四, 打印日期 | 2025-03-01, 共1页 | 第1页.
_SIGN_OFF = re.compile(
    r"(?:(?:填表|制表|填报|审核|复核|打印|导出)(?:人|员|单位|日期|时间)?|(?:单位|统计)?负责人|联系人|(?:联系)?电话)\s*+(?:[:：].*)?"
    r"|(?:[第共]\s*[0-9]++\s*页[\s,，/]*+)++",
    re.DOTALL,
)

_STEMS = frozenset("甲乙丙丁戊己庚辛壬癸")


class Meaning(IntEnum):
    """What a text means in a header."""

    FIGURE = -1  # a number, which no header has
    UNKNOWN = 0  # nothing that is known
    NAMED = 1  # a period, district or unit
    FIELD = 2  # a field or metric


Weigh = Callable[[str], Meaning]


@dataclass(frozen=True)
class Frame:
    """A table within a sheet; rows and columns counted from 0."""

    header: tuple[int, ...]  # rows, from top to bottom
    headings: tuple[tuple[str, ...], ...]  # by column: its parts from top to bottom
    above: tuple[str, ...]  # texts over the header: title, unit, notes
    rows: tuple[int, ...]  # of the body, without notes and repeated headers
    labels: tuple[str, ...] = ()  # inside the table, that all of these rows stand below
    near: tuple[str, ...] = ()  # labels, texts above it alone, and the name of the sheet: what the table is about


def locate(sheet: Sheet, weigh: Weigh) -> Frame | None:
    """Return the table in a sheet, None where no row looks like a header.

    Parameters
    ----------
    sheet
        The texts as read.
    weigh
        Says what a text means in a header.

    Notes
    -----
    The header is the first row that says at least half as much as the row that says most: a title above says less, a second header row hardly more.
    """
    texts = sheet.rows[:SEARCHED_ROWS]
    known = _weigher(weigh)
    scores = [_score(row[:SEARCHED_COLUMNS], known) for row in texts]
    best = max(scores, default=0)
    if best > 0:
        first = last = next(row for row, score in enumerate(scores) if score * 2 >= best)
    else:
        found = _unknown_header(texts, known)
        if found is None:
            return None
        first = last = found
    while first > 0 and (
        (scores[first - 1] > 0 and Meaning.UNKNOWN not in {known(text) for text in texts[first - 1] if text.strip()})
        or _is_parent(texts[first - 1], texts[first], known)
    ):
        first -= 1
    while last + 1 < min(len(texts), first + HEADER_ROWS) and (
        _continues(texts[first], texts[last + 1], known) or _qualifies(texts[first], texts[last + 1 :], known)
    ):
        last += 1
    header = tuple(range(first, last + 1))
    above = dict.fromkeys(text.strip() for row in texts[:first] for text in row[:SEARCHED_COLUMNS] if text.strip())
    return Frame(header, _headings([sheet.row(row) for row in header]), tuple(above), _body(sheet, header))


def has_long_headings(frame: Frame, notes: Notes) -> bool:
    """Note headings that are too long to be looked at; whether there are any."""
    found = False
    for column, parts in enumerate(frame.headings, 1):
        for row, part in zip(frame.header, parts, strict=True):
            if len(part) > MAX_NAME:
                params = {"length": len(part), "limit": MAX_NAME}
                notes.add("heading_too_long", Severity.ERROR, (row + 1,), (column, ""), part[:MAX_NAME], **params)
                found = True
    return found


def is_note(text: str) -> bool:
    """Return whether a text is a note beside the table, such as "单位：万元" or "注：…"."""
    return NOTE.fullmatch(text.strip()) is not None


def _weigher(weigh: Weigh) -> Weigh:
    """Return a weigher that knows numbers and notes and looks at each text once."""

    @cache
    def known(text: str) -> Meaning:
        """Return what a text means, notes and numbers included."""
        if not text.strip() or is_note(text):
            return Meaning.UNKNOWN
        if len(text) > MAX_NAME:
            return Meaning.UNKNOWN
        if read_period(text)[0]:
            return Meaning.NAMED
        return Meaning.FIGURE if is_figure(text) and weigh(text) == Meaning.UNKNOWN else weigh(text)

    return known


def _score(row: Sequence[str], known: Weigh) -> int:
    """Return how many texts of a row a header would have; 0 for a row that is none."""
    texts = dict.fromkeys(text for text in row if text.strip())
    kinds = [known(text) for text in texts]
    if Meaning.FIGURE in kinds or len(texts) < min(2, len(row)):
        return 0
    if Meaning.FIELD not in kinds and kinds.count(Meaning.NAMED) < 2:
        return 0
    return len(kinds) - kinds.count(Meaning.UNKNOWN)


def _is_parent(row: Sequence[str], header: Sequence[str], known: Weigh) -> bool:
    """Whether a row groups the headings below it, whatever it says: it repeats or names what stands in front, or is blank there and has two texts."""
    at = next((at for at, text in enumerate(header) if text.strip()), 0)
    front, others = row[at].strip(), {text.strip() for text in row[at + 1 :] if text.strip()} - {row[at].strip()}
    if any(map(is_note, (front, *others))) or Meaning.FIGURE in map(known, others):
        return False
    if not front:
        return len(others) > 1
    return bool(others) and (front == header[at].strip() or known(front) == Meaning.FIELD)


def _continues(header: Sequence[str], row: Sequence[str], known: Weigh) -> bool:
    """Return whether a row says more about the headings above it: nothing new in front, but for 区 under 指标, and no figures."""
    above, front = next(
        (pair for pair in zip(header, row, strict=True) if any(text.strip() for text in pair)), ("", "")
    )
    named = known(front) == Meaning.FIELD and (not above.strip() or NAMES.get(key(front)) == "district")
    front_is_free = front.strip() in ("", above.strip()) or named
    pairs = [(over, text) for over, text in zip(header, row[:SEARCHED_COLUMNS], strict=False) if text.strip()]
    kinds = [known(text) for _, text in pairs]
    # Of Chinese headings with English ones below them each is a translation, known or not.
    news = [text for over, text in pairs if known(text) == Meaning.UNKNOWN and (over.isascii() or not text.isascii())]
    return bool(kinds) and front_is_free and Meaning.FIGURE not in kinds and len(news) * 2 < len(kinds)


def _qualifies(header: Sequence[str], below: Sequence[Sequence[str]], known: Weigh) -> bool:
    """Whether a row over figures divides the headings above it, whatever it says: blank in front and under 区, it has two texts or more, all words."""
    row = below[0][:SEARCHED_COLUMNS]
    is_named = any(
        text.strip() not in ("", above.strip()) and (at == 0 or NAMES.get(key(above)) == "district")
        for at, (above, text) in enumerate(zip(header, row, strict=False))
    )
    texts = {text for text in row[1:] if text.strip()}
    if is_named or len(texts) < min(2, len(row) - 1):
        return False
    words = all(known(text) != Meaning.FIGURE and key(text) not in MISSING and not is_note(text) for text in texts)
    return words and any(known(text) == Meaning.FIGURE for cells in below[1:HEADER_ROWS] for text in cells)


def _is_numbering(row: Sequence[str]) -> bool:
    """Whether a row below the headings numbers the columns, as statutory forms do: 甲 | 乙 | 1 | 2, and nothing else."""
    texts = [text.strip(" ()（）") for text in row if text.strip()]
    letters = [text for text in texts if text in _STEMS or text in ("栏次", "栏号")]
    numbers = [str(number) for number in range(1, len(texts) - len(letters) + 1)]
    return bool(letters) and bool(numbers) and texts == [*letters, *numbers]


def _unknown_header(texts: Sequence[Sequence[str]], known: Weigh) -> int | None:
    """Return the row that may be a header though it says too little: two texts or more, or one that is known, over a row with a number."""
    for row, cells in enumerate(texts[:-1]):
        words = {text for text in cells if text.strip() and not is_note(text)}
        enough = len(words) >= min(2, len(cells)) or any(known(text) == Meaning.FIELD for text in words)
        if words and enough and all(known(text) != Meaning.FIGURE for text in words):
            return row if any(known(text) == Meaning.FIGURE for below in texts[row + 1 :] for text in below) else None
    return None


def _headings(rows: Sequence[Sequence[str]]) -> tuple[tuple[str, ...], ...]:
    """Return the heading of each column; in upper rows a blank belongs to the text on its left, as merged cells come out of Excel."""
    filled = [list(row) for row in rows]
    for level, row in enumerate(filled[:-1]):
        for column in range(1, len(row)):
            # Merged with the text below it, not with what is beside.
            alone = row[column - 1] == rows[level + 1][column - 1]
            if not row[column].strip() and not alone and any(below[column].strip() for below in rows[level + 1 :]):
                row[column] = row[column - 1]
    return tuple(zip(*filled, strict=True))


def _body(sheet: Sheet, header: Sequence[int]) -> tuple[int, ...]:
    """Return the rows under a header that are neither notes nor the header once more."""
    again = [*(sheet.row(row) for row in header), *filter(_is_numbering, sheet.rows[header[-1] + 1 : header[-1] + 2])]
    is_known_note = cache(lambda text: is_note(text) or _SIGN_OFF.fullmatch(text.strip()) is not None)
    return tuple(
        number
        for number, row in enumerate(sheet.rows[header[-1] + 1 :], header[-1] + 1)
        if row not in again and not any(text and not text.isdecimal() and is_known_note(text) for text in row[:2])
    )
