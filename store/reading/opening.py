"""Versions opened for reading: which of them this release can read, and which is shown where it cannot read the published one."""

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from geo.data import loading
from geo.data.raw import Raw
from geo.data.story import SLIDE_FILE, SLIDE_TABLE
from geo.errors import DataError
from geo.schema import Atlas, Problem
from store.errors import IncompatibleError, NothingReadableError, UnreadableError
from store.inputs import plain
from store.reading.loading import upgraded, with_version
from store.versions import Store

__all__ = ["Condition", "condition", "newest_readable", "open_version"]

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Condition:
    """How a stored version fares in this release."""

    reason: str = ""  # why it cannot be read, "" where it can
    left_out: tuple[str, ...] = ()  # what of it this release has no place for, as store.reading.upgrade names it

    @property
    def readable(self) -> bool:
        """Whether it can be shown, restored and published upon."""
        return not self.reason


def open_version(store: Store, raw_shipped: Raw, id_: int) -> Atlas:
    """Return the checked data of a version, brought up to this release.

    Parameters
    ----------
    store
        Holds the version.
    raw_shipped
        The data folder, in which nothing is wrong: what keeps the version from being read is in the version.
    id_
        Its number.

    Raises
    ------
    UnknownVersionError
        If there is none of this number.
    UnreadableError
        If this release cannot read it; says why.
    """
    return _opened(store, raw_shipped, id_)[0]


def condition(store: Store, raw_shipped: Raw, id_: int) -> Condition:
    """Return whether this release can read a version, and what it leaves out; raises only what the database does."""
    try:
        return Condition(left_out=_opened(store, raw_shipped, id_)[1])
    except UnreadableError as error:
        return Condition(reason=str(error))


def _opened(store: Store, raw_shipped: Raw, id_: int) -> tuple[Atlas, tuple[str, ...]]:
    """Return the checked data of a version and what is left out of it; raises as :func:`open_version`."""
    version = upgraded(store, raw_shipped, id_)
    try:
        return loading.typed(with_version(raw_shipped, version)), version.left_out
    except DataError as error:
        raise IncompatibleError(id_, [_in_version(problem) for problem in error.problems]) from error


def _in_version(problem: Problem) -> Problem:
    """Return a problem of the story as one of the version's table, not of the file that a release ships it in."""
    return replace(problem, file=SLIDE_TABLE) if problem.file == SLIDE_FILE else problem


def newest_readable(store: Store, current: int, open_: Callable[[int], object]) -> int:
    """Return the version to show: the current one, or where it cannot be read the newest before it that can; the log says which and why.

    Parameters
    ----------
    store
        Holds the versions; its pointer is not moved.
    current
        The number it points to.
    open_
        Opens a version, or raises as :func:`open_version`.

    Raises
    ------
    NothingReadableError
        If this release can read none of them.
    """
    for number in _candidates(store, current):
        try:
            open_(number)
        except UnreadableError as error:
            log.warning("%s", plain(str(error)))
            continue
        if number != current:
            log.warning("Version %d is shown in place of version %d, which stays the published one.", number, current)
        return number
    raise NothingReadableError(current)


def _candidates(store: Store, current: int) -> Iterator[int]:
    """Yield the current version, those that everyone saw before it, newest first, and then those that came with releases."""
    yield current
    others = [version for version in store.versions() if version.id != current]
    for state in ("published", "offered"):
        yield from (version.id for version in others if version.state == state)
