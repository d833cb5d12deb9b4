"""Rows that a column beside the figures calls others: 口径 = 限额以上, 数据类型 = 预测, 备注 = 户籍口径."""

import re
from functools import cache, reduce

import pandas as pd

from geo.uploads.figures.facets import Table
from geo.uploads.figures.near.cumulated import word_for
from geo.uploads.parse.headings import LONGEST_QUALIFIER
from geo.uploads.parse.headwords import DIMENSION_KEYS
from geo.uploads.parse.numbers import is_figure
from geo.uploads.parse.periods import is_part_of_year, joined_period
from geo.uploads.parse.words import key, plain

__all__ = ["without_other_rows"]

_BESIDE = re.compile(r"(?:口径|数据|单位|部分|指标|[值数额])*")  # says nothing beside such a word: 目标值, 户籍口径


def _is_word(text: str) -> bool:
    """Return whether a text has letters and is more than a number with its unit."""
    return any(map(str.isalpha, text)) and not is_figure(text)


def without_other_rows(figures: pd.DataFrame, table: Table) -> pd.DataFrame:
    """Return figures without those of rows that a column of no known field, or a note, calls others, as 口径 = 限额以上 does; each such cell is noted."""
    words, layout, left_out = table.words, table.layout, _noted(figures, table)

    @cache
    def is_other(text: str, metric: str, *, says_what: bool) -> bool:
        """Whether a cell makes the figures of its row others, in a column whose heading says that its cells do, or in any."""
        if word_for(text) or words.leaves(metric, text) or words.places.place(text).kind in ("total", "city"):
            return False
        part = is_part_of_year(text) and joined_period("2000", text, "")[0] != "2000"
        short = len(plain(text)) <= LONGEST_QUALIFIER
        return says_what or part or (short and bool(words.others.within(text, metric)))

    for column in layout.unknown:
        says_what = key(layout.headings[column].text) in DIMENSION_KEYS
        texts = ((row, table.sheet.row(row)[column]) for row in table.rows)
        # No number is a word, and most of these columns are of other indicators.
        said = {row: text for row, text in texts if text and (says_what or _is_word(text))}
        others = [
            (row, said[row], metric)
            for row, metric in (zip(figures["row"], figures["metric"], strict=True) if said else ())
            if row in said and is_other(said[row], metric, says_what=says_what)
        ]
        noted = dict.fromkeys((row + 1, text, metric) for row, text, metric in others)
        table.notes.gather(
            layout.spot(column), ((row, text, "other_row", {"metric": metric}) for row, text, metric in noted)
        )
        left_out |= {(row, metric) for row, _, metric in others}
    good = [pair not in left_out for pair in zip(figures["row"], figures["metric"], strict=True)]
    return figures[pd.Series(good, index=figures.index, dtype=bool)]


def _noted(figures: pd.DataFrame, table: Table) -> set[tuple[int, str]]:
    """Return the row and metric of figures that a note calls others and no more, as 限额以上 or 目标值 does; a word in a longer note is a question."""
    column, found, asked = table.layout.described.get("note"), dict[tuple[int, str], str](), {}
    if column is None:
        return set()
    headings = plain(" ".join(heading.text for heading in table.layout.headings)).casefold()
    words_of = cache(table.words.others.within)
    for row, metric in zip(figures["row"], figures["metric"], strict=True):
        text = table.sheet.row(row)[column]
        named = words_of(text, metric) if text and not table.words.leaves(metric, text) else ()
        if named and _BESIDE.fullmatch(reduce(lambda rest, word: rest.replace(key(word), ""), named, key(text))):
            found[row, metric] = text
        elif named := words_of(text, metric, headings, is_share=False) if named else ():
            asked[row, text] = ", ".join(named)
    spot, notes = table.layout.spot(column), table.notes
    notes.gather(spot, ((row + 1, text, "other_row", {"metric": metric}) for (row, metric), text in found.items()))
    notes.gather(spot, ((row + 1, text, "remark_says_other", {"word": word}) for (row, text), word in asked.items()))
    return set(found)
