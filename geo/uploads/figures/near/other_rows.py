"""Rows that a column beside the figures calls others: 口径 = 限额以上, 数据类型 = 预测."""

from functools import cache

import pandas as pd

from geo.uploads.figures.facets import Table
from geo.uploads.parse.headings import LONGEST_QUALIFIER
from geo.uploads.parse.headwords import DIMENSION_KEYS
from geo.uploads.parse.numbers import is_figure
from geo.uploads.parse.periods import is_part_of_year, joined_period
from geo.uploads.parse.words import key, plain

__all__ = ["without_other_rows"]


def _is_word(text: str) -> bool:
    """Return whether a text has letters and is more than a number with its unit."""
    return any(map(str.isalpha, text)) and not is_figure(text)


def without_other_rows(figures: pd.DataFrame, table: Table) -> pd.DataFrame:
    """Return figures without those of rows that a column of no known field calls others, as 口径 = 限额以上 does; each such cell is noted."""
    words, layout, left_out = table.words, table.layout, set()

    @cache
    def is_other(text: str, metric: str, *, says_what: bool) -> bool:
        """Whether a cell makes the figures of its row others, in a column whose heading says that its cells do, or in any."""
        if not plain(text) or words.leaves(metric, text) or words.places.place(text).kind in ("total", "city"):
            return False
        part = is_part_of_year(text) and joined_period("2000", text, "")[0] != "2000"
        short = len(plain(text)) <= LONGEST_QUALIFIER
        return says_what or part or (short and bool(words.others.within(text, metric)))

    for column, heading in enumerate(layout.headings):
        if heading.known or heading.likely or heading.growth:
            continue
        says_what = key(heading.text) in DIMENSION_KEYS
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
