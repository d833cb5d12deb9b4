"""Places for work that only so many may do at the same time, shared out by address. For the threads in which scripts run."""

import itertools
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

__all__ = ["Place", "SharedPlaces"]


@dataclass(eq=False)
class Place:
    """A place that somebody has or waits for."""

    owner: str
    given: threading.Event

    def came(self, seconds: float = 0.0) -> bool:
        """Wait for the place for so many seconds; return whether it is there."""
        return self.given.wait(seconds)


class SharedPlaces:
    """Hands out places: of those who wait the owner goes first who has the fewest, then the one who got none for the longest time, then who came first.

    Parameters
    ----------
    most : places at the same time.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._lock = threading.Lock()
        self._taken: list[Place] = []
        self._waiting: list[Place] = []  # in the order in which they came
        self._last: dict[str, int] = {}  # when an owner who has a place or waits got the last one, in numbers
        self._count = itertools.count(1)

    @contextmanager
    def asked_by(self, owner: str) -> Iterator[Place]:
        """Ask for a place while in the block, which may wait for it; it is given back, or no longer asked for, at the end."""
        place = Place(owner, threading.Event())
        with self._lock:
            self._waiting.append(place)
            self._hand_out()
        try:
            yield place
        finally:
            with self._lock:
                (self._taken if place.given.is_set() else self._waiting).remove(place)
                self._hand_out()

    def _hand_out(self) -> None:
        """Give places to the next while there are some. With the lock held."""
        held = Counter(place.owner for place in self._taken)
        while self._waiting and len(self._taken) < self._most:
            following = min(self._waiting, key=lambda place: (held[place.owner], self._last.get(place.owner, 0)))
            self._waiting.remove(following)
            self._taken.append(following)
            held[following.owner] += 1
            self._last[following.owner] = next(self._count)
            following.given.set()
        present = {place.owner for place in (*self._taken, *self._waiting)}
        self._last = {owner: number for owner, number in self._last.items() if owner in present}
