"""Errors of the domain.

::

    GeoError
    ├── DataError             files that are missing, malformed or inconsistent; lists every problem
    ├── MissingCRSError       a frame without a coordinate reference system where one is needed
    ├── ClassificationError   values that cannot be put into classes as asked
    └── SourceError           a new source that lacks something, or whose date or address is none
"""

from collections.abc import Sequence

from geo.schema import Problem

__all__ = ["ClassificationError", "DataError", "GeoError", "MissingCRSError", "SourceError"]


class GeoError(Exception):
    """Base of all errors of the domain."""


class DataError(GeoError):
    """Data that cannot be used; ``problems`` lists all that is wrong with it, not only the first."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        count = len(self.problems)
        lines = "\n".join(f"  {problem}" for problem in self.problems)
        super().__init__(f"The data cannot be used: {count} problem{'s' if count != 1 else ''}.\n{lines}")


class MissingCRSError(GeoError):
    """A frame has no CRS, so that an area, a distance or a join would be meaningless."""

    def __init__(self, what: str) -> None:
        super().__init__(
            f"{what} has no coordinate reference system; set it (EPSG:4326 for everything inside the dashboard)"
        )


class ClassificationError(GeoError):
    """Values that cannot be put into classes as asked."""


class SourceError(GeoError):
    """A new source that lacks something, or whose date or address is none."""
