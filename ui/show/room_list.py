"""The rooms there are, and which one has to go when there are too many: never one that somebody follows or has just used."""

import asyncio
import contextlib
import json
import time
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field

from ui.server.bounds.turns import Bucket
from ui.show.show_state import Show

__all__ = ["Listener", "Room", "RoomList"]

MOST_ROOMS = 1000
MOST_OF_ONE_OWNER = 50
# Changes that followers are told of one by one, at once and a second: nobody leads faster for long, and each is sent to all who follow.
TOLD, TOLD_RATE = 20, 1
IN_USE_SECONDS = 3600.0  # how long a room that nobody follows any more is spared: a wall may be switched off over lunch


@dataclass(eq=False)
class Listener:
    """One open stream: an event of the loop that answers it."""

    loop: asyncio.AbstractEventLoop
    news: asyncio.Event = field(default_factory=asyncio.Event)

    def wake(self) -> None:
        """Let the stream look again. From any thread: an asyncio event may only be touched in its own loop."""
        self.loop.call_soon_threadsafe(self.news.set)

    async def wait(self, seconds: float) -> None:
        """Return at the next news, at the latest after some seconds."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self.news.wait()


@dataclass(eq=False)
class Room:
    """One running show; ``used_at`` is when it was last followed or led, by the monotonic clock, None before the first time."""

    show: Show
    owner: str
    used_at: float | None = None
    listeners: set[Listener] = field(default_factory=set)
    closed: bool = False
    _pace: Bucket = field(default_factory=lambda: Bucket(TOLD, TOLD_RATE, time.monotonic))
    _telling: asyncio.TimerHandle | None = None
    _encoded: tuple[Show, int | None, str] | None = None

    def state(self, version: int | None) -> str:
        """Return the show and the number of the newest version as JSON, encoded once for all who follow."""
        show = self.show
        if self._encoded is None or self._encoded[0] is not show or self._encoded[1] != version:
            text = json.dumps(asdict(show) | {"version": version}, ensure_ascii=False)
            self._encoded = show, version, text
        return self._encoded[2]

    def tell(self) -> None:
        """Let every stream look again; when its time comes, where changes come too fast: then only the newest counts. In the server's loop."""
        if self._telling is None:
            seconds = self._pace.take()
            if seconds:
                self._telling = asyncio.get_running_loop().call_later(seconds, self._tell_late)
            else:
                self.wake()

    def _tell_late(self) -> None:
        self._telling = None
        self.wake()

    def use(self) -> None:
        """Note that somebody follows or leads it."""
        self.used_at = time.monotonic()

    def is_spare(self) -> bool:
        """Whether nobody would miss it."""
        return not self.listeners and (self.used_at is None or time.monotonic() - self.used_at > IN_USE_SECONDS)

    def close(self) -> None:
        """End every stream."""
        self.closed = True
        self.wake()

    def wake(self) -> None:
        """Let every stream look again."""
        for listener in self.listeners:
            listener.wake()


class RoomList:
    """Rooms by token. Whoever uses it holds a lock."""

    def __init__(self) -> None:
        self._rooms: dict[str, Room] = {}  # the longest unused first

    def __contains__(self, token: object) -> bool:
        return token in self._rooms

    def __iter__(self) -> Iterator[Room]:
        return iter(self._rooms.values())

    def __len__(self) -> int:
        return len(self._rooms)

    def open(self, token: str, show: Show, owner: str) -> bool:
        """Open a room, and say whether there was space for it; one that is there already stays as it is.

        Where its owner has too many, one of theirs has to go, where there are too many in all, one of anybody's: one that was never used,
        or else the longest unused. What is in use stays: then no other is opened.
        """
        if token in self._rooms:
            return True
        theirs = [name for name, room in self._rooms.items() if room.owner == owner]
        if len(theirs) >= MOST_OF_ONE_OWNER and not self._drop_spare(theirs):
            return False
        if len(self._rooms) >= MOST_ROOMS and not self._drop_spare(self._rooms):
            return False
        self._rooms[token] = Room(show, owner)
        return True

    def used(self, token: str) -> Room | None:
        """Return a room and note that it is used; None where there is none."""
        room = self._rooms.pop(token, None)
        if room is not None:
            self._rooms[token] = room
            room.use()
        return room

    def _drop_spare(self, tokens: Iterable[str]) -> bool:
        """Drop one of these rooms that nobody would miss; say whether there was one."""
        spare = [token for token in tokens if self._rooms[token].is_spare()]
        if not spare:
            return False
        self._rooms.pop(min(spare, key=lambda token: self._rooms[token].used_at is not None)).close()
        return True
