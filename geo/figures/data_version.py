"""One version of the data, opened."""

from dataclasses import dataclass

from geo.figures.table import FigureTable
from geo.schema import Atlas
from geo.translation import mark, translate

__all__ = ["DataVersion"]

_DRAFT, _PUBLISHED = mark("version {number}, draft of {day}"), mark("version {number}, published {day}")
_OFFERED = mark("version {number}, supplied {day}, never published")


@dataclass(frozen=True, eq=False)
class DataVersion:
    """One version of the data with its figures."""

    atlas: Atlas
    figure_table: FigureTable
    number: int | None = None  # None: a data folder that is in no database
    day: str = ""  # YYYY-MM-DD, when it was published; a draft's, when it was handed in
    draft: bool = False  # not published: whoever sees it must be told
    offered: bool = False  # came with a release and was never published; its day is that of the release's first start

    def words(self, language: str) -> str:
        """Return which version this is and of which day: "version 3, published 2026-11-24"."""
        if self.number is None:
            return translate(language, "supplied with this release")
        text = _DRAFT if self.draft else _OFFERED if self.offered else _PUBLISHED
        return translate(language, text, number=self.number, day=self.day)
