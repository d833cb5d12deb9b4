"""Who finds no place is refused in words, and finds one as soon as somebody leaves."""

import asyncio
from typing import Any

import pytest

from ui.server.bounds import places
from ui.server.bounds.places import Places
from ui.server.descriptors import Bounds


class Server:
    """The middleware around an application whose visitors stay until they are let go."""

    def __init__(self, visitors: int, connections: int) -> None:
        self.places = Places(self._stay, Bounds(visitors, connections))
        self.leave: list[asyncio.Event] = []

    async def _stay(self, scope: Any, receive: Any, send: Any) -> None:
        event = asyncio.Event()
        self.leave.append(event)
        await event.wait()

    async def enter(
        self, address: str, kind: str = "websocket", **request: Any
    ) -> tuple[asyncio.Task[None], list[Any]]:
        """Let somebody come; return their visit and what they were sent."""
        sent: list[Any] = []

        async def send(message: Any) -> None:
            sent.append(message)

        scope = {"type": kind, "client": (address, 1), "headers": [], "method": "GET", "path": "/"} | request
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


PAGE = {"path": "/briefing", "headers": [(b"accept", b"text/html,application/xhtml+xml,*/*;q=0.8")]}


async def asked_while_full(**request: Any) -> list[Any]:
    """Return what a browser is sent that asks for something while all visitors' places are taken."""
    server = Server(2, 100)
    visits = [await server.enter("10.0.0.1"), await server.enter("10.0.0.2")]
    visits.append(await server.enter("10.0.0.3", "http", **PAGE | request))
    for event in server.leave:
        event.set()
    await asyncio.gather(*(task for task, _ in visits))
    return visits[-1][1]


def test_a_browser_at_a_full_server_is_answered_and_comes_back() -> None:
    start, body = asyncio.run(asked_while_full())
    headers = dict(start["headers"])
    assert (start["status"], headers[b"refresh"], headers[b"retry-after"]) == (503, b"10", b"10")
    assert "服务器已满" in body["body"].decode()


@pytest.mark.parametrize(
    "request_",
    [
        {"path": "/static/js/index.js"},
        {"path": "/_stcore/health"},
        {"path": "/component/map/index.html"},
        {"path": "/below/_stcore/host-config"},
        {"path": "/media/file"},
        {"method": "POST"},
        {"headers": [(b"accept", b"*/*")]},
        {"headers": [*PAGE["headers"], (b"sec-fetch-dest", b"iframe")]},
    ],
)
def test_what_the_pages_of_visitors_ask_for_passes_while_the_server_is_full(request_: dict[str, Any]) -> None:
    assert asyncio.run(asked_while_full(**request_)) == []


def test_an_address_with_its_share_is_answered_in_words_and_others_get_the_page() -> None:
    async def run() -> list[int]:
        server = Server(4, 100)
        visits = [await server.enter("10.0.0.1"), await server.enter("10.0.0.1")]
        visits += [await server.enter(address, "http", **PAGE) for address in ("10.0.0.1", "10.0.0.2")]
        for event in server.leave:
            event.set()
        await asyncio.gather(*(task for task, _ in visits))
        return [refusal(sent) for _, sent in visits]

    assert asyncio.run(run()) == [0, 0, 503, 0]


def test_addresses_of_one_network_share_their_places() -> None:
    async def run() -> list[int]:
        server = Server(4, 100)
        visits = [await server.enter(f"2001:db8:1:{last}") for last in ("2::1", "2::2", "2::3", "3::1")]
        for event in server.leave:
            event.set()
        await asyncio.gather(*(task for task, _ in visits))
        return [refusal(sent) for _, sent in visits]

    assert asyncio.run(run()) == [0, 0, 503, 0]


def test_one_address_takes_no_more_than_an_office_needs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(places, "MOST_OF_ONE_ADDRESS", 2)

    async def run() -> list[int]:
        server = Server(40, 100)
        visits = [await server.enter(address) for address in ("10.0.0.1", "10.0.0.1", "10.0.0.1", "10.0.0.2")]
        for event in server.leave:
            event.set()
        await asyncio.gather(*(task for task, _ in visits))
        return [refusal(sent) for _, sent in visits]

    assert asyncio.run(run()) == [0, 0, 503, 0]
