"""Numbers as people write them: thousands separators, signs, percent signs, a unit behind the number."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from geo.uploads.model import Words
from geo.uploads.units import read_unit
from geo.uploads.words import MISSING, encodable, plain_all

__all__ = ["Numbers", "is_figure", "read_numbers"]

SIMPLE = r"^-?[0-9]{1,17}(?:\.[0-9]{1,17})?$"
UNIT = r"(?:[^0-9().,'’ ][^0-9()]*?[23]?)?"
GROUPED = r"^-?[0-9]{1,3}(?:,[0-9]{3}){1,5}(?:\.[0-9]{1,17})?$"
NUMBER = re.compile(
    r"(?P<open>\()?\s*(?P<sign>[-+–—])?\s*(?P<money>rmb|cny|¥)?\s*"
    r"(?P<digits>[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|[0-9]{1,3}(?:[ '’][0-9]{3})+(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]*)?|\.[0-9]+)"
    rf"(?P<power>e[-+]?[0-9]{{1,3}})?\s*(?P<inside>{UNIT})\s*(?P<close>\))?\s*(?P<unit>{UNIT})"
)
ABOUT = re.compile(
    r"(?:约|大约|近|超|超过|逾|不足|大于|小于|高于|低于|>|<|≥|≤|~|≈|about|over|nearly|almost|around|approx|some|circa|ca\.).*[0-9].*"
    r"|.*[0-9].*(?:左右|以上|以下|余|多|上下|\+)[^0-9]{0,4}"
)
LONGEST = 60  # characters; no number is longer


@dataclass(frozen=True)
class Numbers:
    """What each distinct text of a column says as a number."""

    values: np.ndarray  # float, NaN where there is none
    missing: np.ndarray  # bool: the text says that there is no figure
    units: Mapping[int, str] = field(default_factory=dict)  # by word: the unit that stands behind the number
    wrong: Mapping[int, str] = field(default_factory=dict)  # by word: code of the finding


def read_numbers(words: Sequence[str]) -> Numbers:
    """Return the numbers in distinct texts.

    Parameters
    ----------
    words
        Texts as the file has them.

    Returns
    -------
    One value a word, in the unit of the word itself where it has one.

    Notes
    -----
    Nearly all words of a large file are plain digits, perhaps in groups: they are read at once, and only the others one by one.
    """
    values = _easy(_as_arrow(words))
    missing = np.zeros(len(words), dtype=bool)
    units: dict[int, str] = {}
    wrong: dict[int, str] = {}
    others = np.flatnonzero(np.isnan(values))
    texts = [text.casefold() for text in plain_all([words[index] for index in others.tolist()])]
    values[others] = _easy(_as_arrow(texts))
    for index, word in zip(others.tolist(), texts, strict=True):
        missing[index] = word in MISSING
        if np.isnan(values[index]) and not missing[index]:
            values[index], units[index], wrong[index] = _read(word)
    return Numbers(
        values, missing, {i: u for i, u in units.items() if u}, {i: code for i, code in wrong.items() if code}
    )


def is_figure(text: str) -> bool:
    """Return whether a text is a number with or without a unit."""
    (word,) = plain_all([text])
    return bool(np.isfinite(_read(word.casefold())[0]))


def _easy(texts: pa.StringArray) -> np.ndarray:
    """Return the values of texts that are plain digits, perhaps in groups of three; NaN for others."""
    values = _some(texts, pc.match_substring_regex(texts, SIMPLE))
    rest = np.flatnonzero(np.isnan(values))
    grouped = texts.take(pa.array(rest))
    values[rest] = _some(pc.replace_substring(grouped, ",", ""), pc.match_substring_regex(grouped, GROUPED))
    return values


def _some(texts: pa.StringArray, good: pa.BooleanArray) -> np.ndarray:
    """Return the values of the good ones among texts, NaN for the others."""
    return np.array(pc.if_else(good, texts, None).cast(pa.float64()), float)


def _as_arrow(words: Sequence[str]) -> pa.StringArray:
    """Return texts as Arrow keeps them."""
    if isinstance(words, Words):
        return words.arrow
    try:
        return pa.array(words, pa.string())
    except UnicodeEncodeError:  # half of a surrogate pair
        return pa.array([encodable(word) for word in words], pa.string())


def _read(word: str) -> tuple[float, str, str]:
    """Return value, unit and code of what is wrong of one plain text in small letters."""
    found = NUMBER.fullmatch(word) if len(word) <= LONGEST else None
    if found is None or bool(found["open"]) != bool(found["close"]) or (found["open"] and found["sign"]):
        return np.nan, "", _why_not(word)
    unit = (found["money"] or "") + found["inside"] + found["unit"]
    if unit and read_unit(unit) is None:
        return np.nan, "", "approximate_number" if ABOUT.fullmatch(word) else "number_with_unknown_unit"
    value = float(re.sub(r"[ ,'’]", "", found["digits"]) + (found["power"] or ""))
    if not np.isfinite(value):
        return np.nan, "", "not_a_number"
    return -value if found["open"] or found["sign"] in ("-", "–", "—") else value, unit, ""


def _why_not(word: str) -> str:
    """Return the code of what keeps a text from being a number."""
    if len(word) <= LONGEST and ABOUT.fullmatch(word):
        return "approximate_number"
    return "odd_thousands" if re.fullmatch(r"[-+]?[0-9]+(?:[,. '’][0-9]+)+", word) else "not_a_number"
