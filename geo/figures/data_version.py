"""One version of the data, opened."""

from dataclasses import dataclass

from geo.figures.table import FigureTable
from geo.schema import Atlas

__all__ = ["DataVersion"]


@dataclass(frozen=True, eq=False)
class DataVersion:
    """One version of the data with its figures."""

    atlas: Atlas
    figure_table: FigureTable
    number: int | None = None  # None: a data folder that is in no database
    day: str = ""  # YYYY-MM-DD, when it was published; a draft's, when it was handed in
    draft: bool = False  # not published: whoever sees it must be told
    offered: bool = False  # came with a release and was never published; its day is that of the release's first start
