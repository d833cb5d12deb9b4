"""Who finds no place is refused in words, and finds one as soon as somebody leaves."""

import asyncio
from typing import Any

from ui.server.descriptors import Bounds
from ui.server.places import Places


class Server:
    """The middleware around an application whose visitors stay until they are let go."""

    def __init__(self, visitors: int, connections: int) -> None:
        self.places = Places(self._stay, Bounds(visitors, connections))
        self.leave: list[asyncio.Event] = []

    async def _stay(self, scope: Any, receive: Any, send: Any) -> None:
        event = asyncio.Event()
        self.leave.append(event)
        await event.wait()

    async def enter(self, address: str, kind: str = "websocket") -> tuple[asyncio.Task[None], list[Any]]:
        """Let somebody come; return their visit and what they were sent."""
        sent: list[Any] = []

        async def send(message: Any) -> None:
            sent.append(message)

        scope = {"type": kind, "client": (address, 1), "headers": []}
        task = asyncio.create_task(self.places(scope, None, send))
        await asyncio.sleep(0)
        return task, sent


def refusal(sent: list[Any]) -> int:
    """Return the status somebody was refused with; 0 where they were not."""
    return sent[0]["status"] if sent else 0


def test_one_address_takes_at_most_half_of_the_places() -> None:
    async def run() -> list[int]:
        server = Server(4, 12)
        visits = [await server.enter(address) for address in ("10.0.0.1", "10.0.0.1", "10.0.0.1", "10.0.0.2")]
        outcome = [refusal(sent) for _, sent in visits]
        assert "服务器已满" in visits[2][1][1]["body"].decode()
        for event in server.leave:
            event.set()
        await asyncio.gather(*(task for task, _ in visits))
        return outcome

    assert asyncio.run(run()) == [0, 0, 503, 0]


def test_a_place_is_free_again_however_its_visitor_left() -> None:
    async def run() -> list[int]:
        server = Server(2, 6)
        first, _ = await server.enter("10.0.0.1")
        second, _ = await server.enter("10.0.0.2")
        _, full = await server.enter("10.0.0.3")
        first.cancel()
        await asyncio.gather(first, return_exceptions=True)
        third, entered = await server.enter("10.0.0.3")
        for event in server.leave:
            event.set()
        await asyncio.gather(second, third)
        return [refusal(full), refusal(entered)]

    assert asyncio.run(run()) == [503, 0]


def test_requests_have_places_of_their_own() -> None:
    async def run() -> list[int]:
        server = Server(2, 6)
        visits = [await server.enter(f"10.0.0.{number}") for number in range(3)]
        visits += [await server.enter("10.0.0.9", "http") for _ in range(3)]
        outcome = [refusal(sent) for _, sent in visits]
        for event in server.leave:
            event.set()
        await asyncio.gather(*(task for task, _ in visits))
        return outcome

    assert asyncio.run(run()) == [0, 0, 503, 0, 0, 503]
