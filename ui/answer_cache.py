"""What was last known of the database: pages go on with it while the database is away."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any, NamedTuple, TypeVar

from geo.figures.table import FigureTable
from geo.schema import Atlas
from store import DatabaseError, Event, Store, Version

__all__ = ["AnswerCache", "Pinned"]

_R = TypeVar("_R")
_MOST = 1000  # answers; each is a few lines


class Pinned(NamedTuple):
    """A version with all that pages show of it."""

    version: Version
    data: tuple[Atlas, FigureTable]


class AnswerCache:
    """The last answer to each question put to the database; shared by all visitors.

    Parameters
    ----------
    store
        What is asked.

    Raises
    ------
    DatabaseError
        By all but :meth:`last`: if the database is away and was never asked this.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._lock = threading.Lock()
        self._answers: OrderedDict[Hashable, Any] = OrderedDict()
        self._pinned: Pinned | None = None

    @property
    def away(self) -> bool:
        """Whether the database was away when it was last asked: what is shown is what was read before."""
        return self._store.away

    def last(self, question: Hashable) -> Any:
        """Return the last answer, None where there was none."""
        with self._lock:
            return self._answers.get(question)

    def keep(self, one: Pinned) -> None:
        """Keep the version everybody sees, in the place of the one before, whatever else is asked for."""
        self._pinned = one

    def pinned(self, number: int) -> Pinned | None:
        """Return a version, if it is the one that is kept."""
        one = self._pinned
        return one if one and one.version.id == number else None

    def ask(self, question: Hashable, answer: Callable[[], _R]) -> _R:
        """Return the database's answer; while it is away the last one there was."""
        try:
            found = answer()
        except DatabaseError:
            with self._lock:
                if question not in self._answers:
                    raise
                last: _R = self._answers[question]
            return last
        with self._lock:
            self._answers[question] = found
            self._answers.move_to_end(question)
            while len(self._answers) > _MOST:
                self._answers.popitem(last=False)
        return found

    def version(self, number: int) -> Version:
        """Return a version; raises UnknownVersionError where there is none of this number."""
        one = self.pinned(number)
        return one.version if one else self.ask(("version", number), lambda: self._store.version(number))

    def history(self) -> list[Version]:
        """Return all versions, newest first."""
        return self.ask("history", self._store.versions)

    def waiting(self) -> list[Version]:
        """Return the drafts nobody has reviewed yet, newest first."""
        return self.ask("waiting", self._store.waiting)

    def warnings(self, draft_id: int) -> list[dict[str, Any]]:
        """Return the warnings that were handed over with a draft."""
        return self.ask(("warnings", draft_id), lambda: self._store.warnings(draft_id))

    def event_count(self) -> int:
        """Return how many lines the audit log has."""
        return self.ask("event count", self._store.event_count)

    def events(self, limit: int, skip: int) -> list[Event]:
        """Return lines of the audit log, newest first, leaving out as many of the newest."""
        return self.ask(("events", limit, skip), lambda: self._store.events(limit, skip))

    def aliases(self, kind: str) -> dict[str, str]:
        """Return what headings of a kind of file mean, as people said."""
        return self.ask(("aliases", kind), lambda: self._store.aliases(kind))
