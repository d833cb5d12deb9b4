"""Versions of the data opened for the briefing, without a server: what the command line shows is what the pages show."""

from geo import loading, measures
from geo.book import Book
from geo.briefing.model import Edition
from geo.errors import DataError
from geo.loading import Raw
from geo.schema import Atlas
from store.errors import CorruptError, UnknownVersionError
from store.loading import load_version
from store.model import Version
from store.versions import Store

__all__ = ["Editions", "edition_of", "is_draft", "is_public"]


def edition_of(version: Version, atlas: Atlas, book: Book) -> Edition:
    """Return a version as an edition; its day is that of the clock here."""
    return Edition(atlas, book, version.id, version.created_at.astimezone().strftime("%Y-%m-%d"), is_draft(version))


def is_draft(version: Version) -> bool:
    """Whether a version is somebody's proposal that was not published."""
    return version.kind == "draft" and version.state != "published"


def is_public(version: Version) -> bool:
    """Whether everybody may see a version: drafts are for those who edit."""
    return version.state in ("published", "offered")


class Editions:
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
        self._opened: dict[int, Edition] = {}

    def __call__(self, number: int | None) -> Edition | None:
        """Return a version, None for the newest; None where it cannot be shown."""
        asked = number or self._store.current()
        try:
            version = self._store.version(asked)
            if not is_public(version):
                return None
            if asked not in self._opened:
                atlas = loading.typed(load_version(self._store, self._raw, asked))
                self._opened[asked] = edition_of(version, atlas, measures.figures(atlas))
        except (UnknownVersionError, CorruptError, DataError):
            return None
        return self._opened[asked]
