"""Notes beside and below a table, and the name of its file: what they say of the figures is quoted in a warning, and the figures stay as they are."""

import re
from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import PurePath

import pandas as pd

from geo.uploads.figures.blocks import is_district
from geo.uploads.figures.near.context import is_explanation, is_origin
from geo.uploads.figures.tables import Frame, is_note
from geo.uploads.findings import Notes
from geo.uploads.model import Severity, Sheet
from geo.uploads.parse.headings import Vocabulary
from geo.uploads.parse.numbers import is_figure
from geo.uploads.parse.words import plain

__all__ = ["QUOTED", "Remark", "file_remark", "note_remarks", "remarks"]

QUOTED = 80  # characters of a text
_SENTENCES = re.compile(r"[。；;\n①-⑳]")
_YEAR = re.compile(r"((?:19|20)[0-9]{2})年?(?:末|底|度|初)?(?:的)?(?:数|人口|统计)")
_OF_FIGURES = re.compile("口径|数据|本表|表中|仅|只")
_EXPORTED = re.compile(r"(?<![a-z])export(?:ed)?(?![a-z])", re.IGNORECASE)  # by a program: gdp_export.csv
_FURTHEST = 60  # rows below the last figure

Remark = tuple[int, str]  # the row it stands in, counted from 1, 0 for the whole file, and what it says


def remarks(sheet: Sheet, frame: Frame) -> list[Remark]:
    """Return the notes above, between and below the rows of a table, without those on where it comes from."""
    above = [(row, text) for row in range(frame.header[0]) for text in sheet.row(row) if is_explanation(text)]
    of_table = reversed(range(frame.header[-1] + 1, len(sheet)))
    last = next((row for row in of_table if any(map(is_figure, sheet.row(row)))), frame.header[-1])
    between = [(row, text) for row in range(frame.header[-1] + 1, last) for text in sheet.row(row)[:2] if is_note(text)]
    # Above one row only it may be the name of a district without figures.
    below = (1, 2) if any(map(is_district, chain(*frame.headings))) else (1,)
    alone = ((row, text) for row in range(frame.header[-1] + 1, last + 1 - len(below)) for text in _alone(sheet, row))
    between += [one for one in alone if all(any(map(is_figure, sheet.row(one[0] + more))) for more in below)]
    end = min(len(sheet), last + 1 + _FURTHEST)
    under = [(row, text) for row in range(last + 1, end) for text in _alone(sheet, row)]
    found = dict.fromkeys((row + 1, text) for row, text in (*above, *between, *under))
    return [(row, text) for row, text in found if text.strip() and not is_origin(text)]


def _alone(sheet: Sheet, row: int) -> set[str]:
    """Return the text that stands alone in a row; a row of several is one of a table."""
    texts = {text for text in sheet.row(row) if text.strip()}
    return texts if len(texts) == 1 and not any(map(is_figure, texts)) else set()


def file_remark(name: str) -> list[Remark]:
    """Return what the name of a file says."""
    stem = _EXPORTED.sub("", PurePath(name).stem)
    return [(0, stem)] if stem else []


def note_remarks(
    figures: pd.DataFrame,
    found: Sequence[Remark],
    of_file: Sequence[Remark],
    said: str,
    words: Vocabulary,
    notes: Notes,
) -> None:
    """Note each text with a word, or a year, that may make figures others than they were taken for; one that nothing here knows may do so, too.

    Parameters
    ----------
    figures
        With ``metric`` and ``period``.
    found, of_file
        Texts, and what the name of the file says: files are called anything, so a word there that is not known says nothing.
    said
        What the table itself says, in small letters.
    """
    metrics = sorted(set(figures["metric"]) & set(words.metrics.values()))
    years = {period[:4] for period in figures["period"]}
    for row, text in (*found, *of_file):
        unknown = _unknown(text, said, words) if (row, text) not in of_file else ()
        named = dict.fromkeys((*_doubtful(text, metrics, years, said, words), *unknown))
        if named and metrics:
            rows = [row] if row else []
            notes.add(
                "remark_says_other", Severity.WARNING, rows, (None, ""), plain(text)[:QUOTED], word=", ".join(named)
            )


def _unknown(text: str, said: str, words: Vocabulary) -> Iterator[str]:
    """Yield the words of a text that nothing here knows, of an explanation where it says what figures are; what a heading says, too, is none."""
    for sentence in _SENTENCES.split(text):
        if words.places.place(sentence).kind != "unknown":
            continue
        if not is_explanation(text) or words.heading([sentence]).metric or _OF_FIGURES.search(sentence):
            yield from (word for word in words.unfamiliar.within(sentence) if word not in said)


def _doubtful(text: str, metrics: Sequence[str], years: set[str], said: str, words: Vocabulary) -> Iterator[str]:
    """Yield the words of a text that may make figures others; what it says of a growth or a share is about none of them."""
    for sentence in _SENTENCES.split(text):
        for metric in metrics:
            yield from words.others.within(sentence, metric, said, is_share=False)
        yield from (match[0] for match in _YEAR.finditer(plain(sentence)) if match[1] not in years)
