"""Lets scripts run in turns: so many at the same time, and of those who wait the one who has asked least goes first."""

import asyncio
import heapq
import itertools
from collections.abc import Callable

__all__ = ["Bucket", "Buckets", "Turns"]

MOST_TURNS = 2  # scripts share one interpreter: more of them at once only make each other, and the event loop, wait
TURN_SECONDS = 0.5
_MOST_ADDRESSES = 2000


class Bucket:
    """Tokens that come back with time: ``burst`` at most, ``rate`` a second.

    Parameters
    ----------
    burst : tokens at the beginning, and at most.
    rate : tokens that come back in a second.
    clock : returns seconds; any clock that only goes forward.
    """

    def __init__(self, burst: float, rate: float, clock: Callable[[], float]) -> None:
        self._burst, self._rate, self._clock = burst, rate, clock
        self._left, self._at = burst, clock()

    def left(self) -> float:
        """Return how many tokens there are now; negative where some were taken in advance."""
        now = self._clock()
        self._left = min(self._burst, self._left + (now - self._at) * self._rate)
        self._at = now
        return self._left

    def due(self) -> float:
        """Return in how many seconds there will be a token; 0 where there is one."""
        return max(0.0, (1 - self.left()) / self._rate)

    def take(self) -> float:
        """Take a token, in advance if need be, and return for how many seconds whoever took it has to wait. What is owed is at most a burst."""
        self._left = max(-self._burst, self.left() - 1)
        return max(0.0, -self._left / self._rate)


class Buckets:
    """A bucket for each address; the longest unused is forgotten where there are too many.

    Parameters
    ----------
    burst, rate, clock : of each :class:`Bucket`.
    """

    def __init__(self, burst: float, rate: float, clock: Callable[[], float]) -> None:
        self._new = burst, rate, clock
        self._buckets: dict[str, Bucket] = {}  # the longest unused first

    def of(self, address: str) -> Bucket:
        """Return the bucket of an address."""
        bucket = self._buckets.pop(address, None) or Bucket(*self._new)
        self._buckets[address] = bucket
        while len(self._buckets) > _MOST_ADDRESSES:
            del self._buckets[next(iter(self._buckets))]
        return bucket


class Turns:
    """Hands out turns. Only used in the server's event loop.

    A turn ends when whoever has it says so, at the latest after ``seconds``: a long run goes on then, but holds up nobody, and who never says
    so does not either.

    Parameters
    ----------
    most : turns at the same time.
    seconds : how long a turn lasts at most.
    """

    def __init__(self, most: int = MOST_TURNS, seconds: float = TURN_SECONDS) -> None:
        self._most, self._seconds = most, seconds
        self._taken: dict[object, asyncio.TimerHandle] = {}
        self._waiting: list[tuple[tuple[float, ...], int, object, asyncio.Future[None]]] = []
        self._count = itertools.count()  # who came first goes first, of two who have asked as much

    async def take(self, who: object, rank: tuple[float, ...]) -> bool:
        """Wait for a turn; return whether it is a new one. Whoever has one already goes on at once: Streamlit joins what is asked during a run.

        Parameters
        ----------
        who : whose turn it will be.
        rank : the lower goes first.
        """
        if who in self._taken:
            return False
        if len(self._taken) < self._most:
            self._begin(who)
            return True
        turn = asyncio.get_running_loop().create_future()
        heapq.heappush(self._waiting, (rank, next(self._count), who, turn))
        try:
            await turn
        except asyncio.CancelledError:
            if turn.done() and not turn.cancelled():
                self.end(who)  # it was handed out in the same moment
            raise
        return True

    def end(self, who: object) -> None:
        """End somebody's turn, if it is theirs, and give it to the next."""
        timer = self._taken.pop(who, None)
        if timer is None:
            return
        timer.cancel()
        while self._waiting and len(self._taken) < self._most:
            *_, following, turn = heapq.heappop(self._waiting)
            if not turn.done():  # done: gave up waiting
                self._begin(following)
                turn.set_result(None)

    def _begin(self, who: object) -> None:
        self._taken[who] = asyncio.get_running_loop().call_later(self._seconds, self.end, who)
