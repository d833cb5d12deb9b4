"""Texts of a sheet made comparable: half width, simplified characters, no footnote marks, no odd spaces."""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache

import opencc

__all__ = ["MISSING", "bracketed", "encodable", "kept", "key", "plain"]

# Quantifiers that give nothing back (``*+``): a mark that does not close is given up at once, however long it is.
MARKS = re.compile(
    r"[\[［【〔]\s*+(?:注\s*+)?[0-9０-９]{1,2}\s*+[\]］】〕]"  # [3], ［3］, 【注1】
    r"|[(（]\s*+注\s*+[0-9０-９]*+\s*+[)）]"  # (注), （注1）
    r"|注[0-9０-９①-⑳]++\Z|(?<=[0-9])注\Z"
    r"|[①-⑳⑴-⒇❶-❿*＊†‡※]"
    r"|(?<![mM米])[¹²³⁰⁴-⁹]++"  # a raised number, unless it is the square of a metre
)
# 2024年GDP（亿元）1), in a text that closes more brackets than it opens.
UNOPENED = re.compile(r"(?:(?<=[^\W\d_])|(?<=[)）%]))\s?[0-9０-９]{1,2}[)）]")
POWER = re.compile(r"(?<![0-9.,])10([³⁴-⁹])(?=\s*[^\W\d])")  # 10⁴ before a unit, which is no footnote
CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\xad]")
HIDDEN = {ord(sign): None for sign in "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\xad"} | {ord("−"): "-", ord("‐"): "-"}
# Plain texts in small letters that stand for a missing figure, which is not zero.
MISSING = frozenset({
    "", ".", "..", "...", "......", "-", "--", "---", "–", "——", "—", "―", "#", "na", "n/a", "n.a.", "n.a", "nan", "null", "none", "nil",
    "无", "无数据", "暂无", "暂无数据", "缺", "空", "/", "\\", "x", "×", "?",
})  # fmt: skip


@cache
def _simplifier() -> opencc.OpenCC:
    """Return the converter of traditional characters, made when the first is met."""
    return opencc.OpenCC("t2s")


@lru_cache(maxsize=4096)
def plain(text: str) -> str:
    """Return a text in half width and simplified characters, without footnote marks, doubled and outer spaces."""
    bare = MARKS.sub("", POWER.sub(lambda found: "1" + "0" * int(unicodedata.digit(found[1])), text))
    if len(re.findall("[)）]", bare)) > len(re.findall("[(（]", bare)):
        bare = UNOPENED.sub("", bare)
    if not bare.isascii():
        bare = unicodedata.normalize("NFKC", bare.translate(HIDDEN))
        bare = _simplifier().convert(encodable(bare))
    return " ".join(bare.split())


@lru_cache(maxsize=4096)
def key(text: str) -> str:
    """Return what two texts share that mean the same: plain, small letters, no spaces or punctuation.

    Examples
    --------
    >>> key(" 地區生產總值（GDP）")
    '地区生产总值gdp'
    >>> key("")
    ''
    """
    return re.sub(r"[^\w%‰±]|_", "", plain(text).casefold())


def bracketed(text: str, opening: str, closing: str) -> Iterator[str]:
    """Yield the parts of a text in brackets, brackets included: each from one that opens to the next that closes.

    Examples
    --------
    >>> list(bracketed("a (b (c) d) [e", "([", ")]"))
    ['(b (c)']
    """
    begun = -1
    for at, sign in enumerate(text):
        if sign in opening and begun < 0:
            begun = at
        elif sign in closing and begun >= 0:
            yield text[begun : at + 1]
            begun = -1


def kept(text: str) -> str:
    """Return a text to be stored as it is, without control characters, line breaks and outer spaces."""
    return " ".join(CONTROLS.sub("", encodable(text)).split())


def encodable(text: str) -> str:
    """Return a text without halves of surrogate pairs, which no file can hold."""
    return text if text.isascii() else text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
