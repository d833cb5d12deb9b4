"""Versions of the data opened for the briefing, without a server: what the command line shows is what the pages show."""

from geo.data.raw import Raw
from geo.figures import measures
from geo.figures.data_version import DataVersion
from geo.figures.table import FigureTable
from geo.schema import Atlas
from store import clock
from store.errors import UnknownVersionError, UnreadableError
from store.model import Version
from store.reading.opening import newest_readable, open_version
from store.versions import Store

__all__ = ["DataVersions", "data_version_of", "is_draft", "is_public"]


def data_version_of(version: Version, atlas: Atlas, figure_table: FigureTable) -> DataVersion:
    """Return a version as an edition; its day is that of the city's clock, when it was published or, where it never was, added."""
    day = clock.day(version.published_at or version.created_at)
    return DataVersion(atlas, figure_table, version.id, day, is_draft(version), version.state == "offered")


def is_draft(version: Version) -> bool:
    """Whether a version is somebody's proposal that was not published."""
    return version.kind == "draft" and version.state != "published"


def is_public(version: Version) -> bool:
    """Whether everybody may see a version: drafts are for those who edit."""
    return version.state in ("published", "offered")


class DataVersions:
    """Opens versions that everybody may see, each once.

    Parameters
    ----------
    store
        With the shipped data in it.
    raw
        The data folder as read; what versions hold replaces some of its tables.
    """

    def __init__(self, store: Store, raw: Raw) -> None:
        self._store, self._raw = store, raw
        self._opened: dict[int, DataVersion] = {}
        self._served: dict[int, int] = {}  # by the number that was published

    def __call__(self, number: int | None) -> DataVersion | None:
        """Return a version, None for the newest that can be read; None where it cannot be shown.

        Raises
        ------
        NothingReadableError
            If the newest is asked for and none can be read.
        """
        asked = number or self._newest(self._store.current())
        try:
            return self._edition(asked) if is_public(self._store.version(asked)) else None
        except (UnknownVersionError, UnreadableError):
            return None

    def _newest(self, published: int) -> int:
        """Return the version to show while one is published."""
        if published not in self._served:
            self._served[published] = newest_readable(self._store, published, self._edition)
        return self._served[published]

    def _edition(self, number: int) -> DataVersion:
        """Return a version, opened once; raises as :func:`store.reading.opening.open_version`."""
        if number not in self._opened:
            atlas = open_version(self._store, self._raw, number)
            self._opened[number] = data_version_of(self._store.version(number), atlas, measures.figures(atlas))
        return self._opened[number]
