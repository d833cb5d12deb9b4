"""A closed connection whose peer fetches nothing comes to an end."""

import asyncio

import pytest

from ui.server.bounds import leaving
from ui.server.bounds.leaving import Fetching, LeavingTransport

pytestmark = pytest.mark.slow


class Waiting(asyncio.Transport):
    """A transport with bytes that its peer fetches when the test says so."""

    def __init__(self, left: int) -> None:
        super().__init__()
        self.left, self.aborted, self.closed = left, False, False

    def is_closing(self) -> bool:
        return self.closed

    def close(self) -> None:
        self.closed = True

    def abort(self) -> None:
        self.aborted = True
        self.left = 0

    def get_write_buffer_size(self) -> int:
        return self.left


@pytest.mark.parametrize(("fetched", "cut"), [(0, True), (5, True), (400, False)])
def test_a_full_buffer_is_cut_off_only_where_next_to_nothing_is_fetched(
    monkeypatch: pytest.MonkeyPatch, fetched: int, cut: bool
) -> None:
    monkeypatch.setattr(leaving, "FETCH_SECONDS", 0.1)
    monkeypatch.setattr(leaving, "SLOWEST", 5000)  # 500 bytes each time

    async def run() -> bool:
        transport = Waiting(100_000)
        fetching = Fetching(asyncio.get_running_loop())
        fetching.waits(transport)
        for _ in range(20):
            await asyncio.sleep(0.02)
            transport.left = max(0, transport.left - fetched)
        fetching.goes_on()
        return transport.aborted

    assert asyncio.run(run()) is cut


@pytest.mark.parametrize(
    ("left", "fetched", "cut"), [(1000, 0, True), (9000, 5, True), (9000, 400, False), (0, 0, False)]
)
def test_only_who_does_not_fetch_is_cut_off(
    monkeypatch: pytest.MonkeyPatch, left: int, fetched: int, cut: bool
) -> None:
    monkeypatch.setattr(leaving, "LEAVE_SECONDS", 0.1)
    monkeypatch.setattr(leaving, "SLOWEST", 5000)  # 500 bytes each time

    async def run() -> bool:
        transport = Waiting(left)
        LeavingTransport(transport, asyncio.get_running_loop()).close()
        for _ in range(50):
            await asyncio.sleep(0.02)
            transport.left = max(0, transport.left - fetched)
        assert transport.closed
        return transport.aborted

    assert asyncio.run(run()) is cut
