"""Lets scripts run in turns: so many at the same time, and of the addresses that wait the one that has used least goes first."""

import asyncio
import heapq
import itertools
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

__all__ = ["Bucket", "Buckets", "Turns"]

MOST_TURNS = 2  # scripts share one interpreter: more of them at once only make each other, and the event loop, wait
TURN_SECONDS = 0.5
# Runs of one address that may go on when their turn is over: each is a thread, and while one loads an older version it takes seconds.
MOST_LASTING, LASTING_SECONDS = 2, 30.0
LEFT_SECONDS = 1.0  # in which a run whose visitor has left comes to the place where Streamlit ends it
# Seconds of turns that an address has to its account at once, and that come back in a second: less than a flood can use.
ADDRESS_BURST, ADDRESS_RATE = 10.0, 0.2
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

    def refilled(self) -> float:
        """Return in how many seconds it will be full again; 0 where it is."""
        return (self._burst - self.left()) / self._rate

    def take(self, tokens: float = 1) -> float:
        """Take tokens, in advance if need be, and return for how many seconds whoever took them has to wait. What is owed is at most a burst."""
        self._left = max(-self._burst, self.left() - tokens)
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


@dataclass(order=True)
class _Asked:
    """A turn that somebody has or waits for; sorted by when it is due."""

    due: float
    number: int  # who came first goes first, of two whose turns are due at once
    who: object = field(compare=False)
    address: str = field(compare=False)
    handed_out: asyncio.Future[None] = field(compare=False)
    begun: float = field(default=0.0, compare=False)
    lapse: asyncio.TimerHandle | None = field(default=None, compare=False)


class Turns:
    """Hands out turns. Only used in the server's event loop.

    A turn ends when whoever has it says so, at the latest after ``seconds``: a long run goes on then, but holds up no other address, and who never
    says so does not either. An address of which so many runs go on begins none until one of them ends, or has lasted for half a minute: each would
    be one more thread beside everybody's. Whose turn is next is decided when one becomes free: of the addresses that wait, the one that has the fewest
    turns now, then the one that had least time of late; of those behind one address, whoever's is due first.

    Parameters
    ----------
    most : turns at the same time.
    seconds : how long a turn lasts at most.
    lasting : runs of one address that may go on after their turns before it has to wait.
    clock : returns seconds.
    """

    def __init__(
        self,
        most: int = MOST_TURNS,
        seconds: float = TURN_SECONDS,
        clock: Callable[[], float] = time.monotonic,
        lasting: float = MOST_LASTING,
    ) -> None:
        self._most, self._seconds, self._clock, self._most_lasting = most, seconds, clock, lasting
        self._taken: dict[object, _Asked] = {}
        self._held: Counter[str] = Counter()  # turns that are taken, by address
        self._lasting: dict[object, _Asked] = {}  # whose runs go on when their turn is over
        self._waiting: dict[str, list[_Asked]] = {}  # by address, each a heap
        self._used = Buckets(ADDRESS_BURST, ADDRESS_RATE, clock)
        self._count = itertools.count()

    async def take(self, who: object, address: str, later: float = 0.0) -> bool:
        """Wait for a turn; return whether it is a new one. Whoever has one already goes on at once: Streamlit joins what is asked during a run.

        Parameters
        ----------
        who : whose turn it will be.
        address : whom it is counted to.
        later : seconds that others behind the same address, who come after it, may go before it.
        """
        if who in self._taken:
            return False
        handed_out = asyncio.get_running_loop().create_future()
        asked = _Asked(self._clock() + later, next(self._count), who, address, handed_out)
        heapq.heappush(self._waiting.setdefault(address, []), asked)
        self._hand_out()
        try:
            await asked.handed_out
        except asyncio.CancelledError:
            if asked.handed_out.done() and not asked.handed_out.cancelled():
                self.end(who)  # it was handed out in the same moment
            raise
        return True

    def end(self, who: object) -> None:
        """End somebody's turn and their run, if they have any, and give the turn to the next."""
        self._give_back(who)
        self._hand_out()

    def leave(self, who: object) -> None:
        """End the turn of somebody whose run nobody waits for any more: it goes on until Streamlit comes to end it."""
        if who in self._taken or who in self._lasting:
            self._lapse(who, LEFT_SECONDS)

    def _lapse(self, who: object, seconds: float) -> None:
        """End the turn of somebody whose run goes on, for so many seconds at most."""
        asked = self._give_back(who)
        if asked is None:
            return
        asked.lapse = asyncio.get_running_loop().call_later(seconds, self.end, who)
        self._lasting[who] = asked
        self._hand_out()

    def _give_back(self, who: object) -> _Asked | None:
        """Take away what somebody has, a turn or a run that goes on or both, and return the turn."""
        for ended in filter(None, (taken := self._taken.pop(who, None), lasting := self._lasting.pop(who, None))):
            if ended.lapse is not None:
                ended.lapse.cancel()
        if taken is not None:
            self._held[taken.address] -= 1
            if not self._held[taken.address]:
                del self._held[taken.address]
            self._used.of(taken.address).take(self._clock() - taken.begun)
        return taken or lasting

    def _hand_out(self) -> None:
        """Begin the turns of the next while there are some."""
        while len(self._taken) < self._most and (able := self._able()):
            address = min(able, key=self._order)
            following = heapq.heappop(self._waiting[address])
            if not self._waiting[address]:
                del self._waiting[address]
            if not following.handed_out.done():  # done: gave up waiting
                self._begin(following)

    def _able(self) -> list[str]:
        """Return the addresses that wait and may begin one more run; whoever is next may be in a run that goes on, and joins it."""
        lasting = Counter(asked.address for asked in self._lasting.values())
        return [
            address
            for address, waiting in self._waiting.items()
            if lasting[address] < self._most_lasting or waiting[0].who in self._lasting
        ]

    def _order(self, address: str) -> tuple[int, float, _Asked]:
        """Return by what an address that waits is compared with others: the lower goes first."""
        return self._held[address], -self._used.of(address).left(), self._waiting[address][0]

    def _begin(self, asked: _Asked) -> None:
        self._taken[asked.who] = asked
        self._held[asked.address] += 1
        asked.begun = self._clock()
        asked.lapse = asyncio.get_running_loop().call_later(self._seconds, self._lapse, asked.who, LASTING_SECONDS)
        asked.handed_out.set_result(None)
