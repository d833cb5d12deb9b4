"""How fast one address may ask."""

import asyncio
from typing import Any

import pytest

from ui.server.bounds import requests
from ui.server.bounds.places import MOST_OF_ONE_ADDRESS
from ui.server.bounds.requests import BURST, RATE, Requests


@pytest.fixture
def waited(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The seconds that requests were made to wait, in their order."""
    found: list[float] = []

    async def sleep(seconds: float) -> None:
        found.append(seconds)

    monkeypatch.setattr(requests.asyncio, "sleep", sleep)
    return found


def ask(bounded: Requests, count: int, address: str = "10.0.0.1", kind: str = "http") -> None:
    """Send so many requests of an address."""

    async def run() -> None:
        for _ in range(count):
            await bounded({"type": kind, "client": (address, 1)}, None, None)  # type: ignore[arg-type]

    asyncio.run(run())


@pytest.fixture
def served() -> list[str]:
    """The addresses whose requests were passed on."""
    return []


@pytest.fixture
def bounded(served: list[str]) -> Requests:
    """The middleware before an application, at a clock that stands still."""

    async def application(scope: Any, receive: Any, send: Any) -> None:
        served.append(scope["client"][0] if "client" in scope else scope["type"])

    return Requests(application, lambda: 0.0)


@pytest.mark.parametrize("kind", ["http", "websocket"])
def test_what_comes_after_the_burst_waits_for_its_time(
    bounded: Requests, waited: list[float], served: list[str], kind: str
):
    ask(bounded, BURST, kind=kind)
    assert waited == []
    ask(bounded, 2, kind=kind)
    assert waited == [pytest.approx(1 / RATE), pytest.approx(2 / RATE)]
    assert len(served) == BURST + 2, "nothing is refused"


def test_another_address_does_not_wait(bounded: Requests, waited: list[float], served: list[str]) -> None:
    ask(bounded, BURST + 50)
    waited.clear()
    ask(bounded, 1, "10.0.0.2")
    assert (waited, served[-1]) == ([], "10.0.0.2")


def test_all_connections_an_address_may_have_wait_no_longer_than_a_few_seconds() -> None:
    assert MOST_OF_ONE_ADDRESS <= BURST, "a bucket owes at most a burst; more would not be made to wait"
    assert MOST_OF_ONE_ADDRESS / RATE <= 5


def test_the_servers_own_start_passes_at_once(bounded: Requests, waited: list[float], served: list[str]) -> None:
    asyncio.run(bounded({"type": "lifespan"}, None, None))  # type: ignore[arg-type]
    assert (waited, served) == ([], ["lifespan"])


@pytest.mark.parametrize(
    ("headers", "query", "counts"),
    [
        ([(b"accept", b"a,b;q=1")] * 40, b"k=1&" * 30, 1),  # 40 headers, 80 more entries, 30 parameters
        ([(b"a", b"")] * 128, b"a&" * 99, 4.85),
        ([(b"cookie", b"a=b;" * 490)], b"", 18.05),
        ([(b"connection", b"a," * 490)], b"", 18.05),
        ([(b"cookie", b"x" * 8000)], b"", 1),
    ],
    ids=["honest", "headers and parameters", "cookies", "a list", "a long cookie"],
)
def test_a_request_of_very_many_parts_counts_for_several(
    bounded: Requests, waited: list[float], headers: list[tuple[bytes, bytes]], query: bytes, counts: float
) -> None:
    scope = {"type": "http", "client": ("10.0.0.1", 1), "headers": headers, "query_string": query}
    for _ in range(2):
        ask(bounded, BURST // 2)
        asyncio.run(bounded(scope, None, None))  # type: ignore[arg-type]
    assert waited[-1] == pytest.approx(2 * counts / RATE)
