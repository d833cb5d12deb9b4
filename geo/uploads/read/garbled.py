"""Texts that were spoilt before they came here: decoded as what they were not, and stored so. Runs in the worker."""

import re
from collections.abc import Iterator, Sequence

from geo.uploads.bounds import MAX_NAME, error
from geo.uploads.read.decoding import plausibility

__all__ = ["check_garbled"]

_ROWS, _COLUMNS = 60, 200  # looked at
_LATIN = re.compile("[\x80-ÿŒœŠšŸŽžƒˆ˜–—‘’‚“”„†‡•…‰‹›€™]{3,}")
_BEYOND = re.compile("[^\x00-\x7f]{3,}")
_HAN = re.compile("[\u4e00-\u9fff]")
_MARKED = re.compile("锟斤拷|\ufffd\ufffd")  # what is left of a character that was lost, and the same decoded once more
_LOST = re.compile(r"\?{2,}")
_LIKELY = 1.5  # plausibility of ordinary Chinese; a run of one sign, such as ××××, has less
_MOSTLY = 0.6


def check_garbled(rows: Sequence[Sequence[str]]) -> None:
    """Refuse a table whose Chinese is spoilt: no choice made here would bring it back for certain.

    Raises
    ------
    RefusedError
        With a finding that names the first such row and text.
    """
    table = [[text[:MAX_NAME] for text in row[:_COLUMNS]] for row in rows[:_ROWS]]
    for number, cells in enumerate(table, 1):
        for text in cells:
            if not text.isascii() and _is_garbled(text):
                raise error("garbled", row=number, value="".join(filter(str.isprintable, text)))
    for number, text in _lost(table):
        raise error("garbled", row=number, value=text)


def _is_garbled(text: str) -> bool:
    """Return whether a text makes sense only when it is decoded in another way."""
    if _MARKED.search(text):
        return True
    return any(_latin(run) for run in _LATIN.findall(text)) or any(_twice(run) for run in _BEYOND.findall(text))


def _latin(run: str) -> bool:
    """Return whether letters of Western Europe are the bytes of Chinese characters."""
    data = b"".join(char.encode("latin-1" if char <= "ÿ" else "cp1252", "ignore") for char in run)
    if _HAN.search(data.decode("utf-8", "ignore")):
        return True
    chinese = data.decode("gb18030", "ignore")
    return len(set(run)) > 3 and len(_HAN.findall(chinese)) * 2 >= len(run) - 1 and plausibility(chinese) >= _LIKELY


def _twice(run: str) -> bool:
    """Return whether rare Chinese characters are the bytes of other ones in UTF-8."""
    data = run.encode("gb18030", "ignore")
    chinese = data.decode("utf-8", "ignore")
    found = len(_HAN.findall(chinese))
    return found >= 2 and 3 * found >= _MOSTLY * len(data) and plausibility(chinese) > plausibility(run)


def _lost(table: list[list[str]]) -> Iterator[tuple[int, str]]:
    """Yield row and text where question marks stand for all that was not ASCII, headings included."""
    filled = [(number, cells) for number, cells in enumerate(table, 1) if any(text.strip() for text in cells)]
    hits = [(number, text) for number, cells in filled for text in cells if _LOST.search(text)]
    if len(hits) > 1 and hits[0][0] == filled[0][0] and all(text.isascii() for _, cells in filled for text in cells):
        yield from hits
