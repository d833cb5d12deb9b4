"""Ends connections whose peer does not fetch what is to be sent: asyncio alone would wait for it for ever, closed or not."""

import asyncio
from typing import Any

__all__ = ["SLOWEST", "FetchedProtocol", "LeavingTransport"]

FETCH_SECONDS = (
    60.0  # in which a peer must have fetched something of what waits for it, as long as that is more than a buffer
)
LEAVE_SECONDS = 20.0  # in which it must have fetched something of what is left when the connection was closed
SLOWEST = 2048  # bytes a second: slower than any line on which the dashboard can be used
# asyncio's 256 kB may hold 40,000 frames or chunks, whose reading holds everybody up for a second.
READ_SIZE = 8192  # bytes


class LeavingTransport:
    """A transport whose close() has an end, whoever calls it, and that reads in small pieces; in all else the one it is made from."""

    def __init__(self, transport: asyncio.Transport, loop: asyncio.AbstractEventLoop) -> None:
        self._transport, self._loop = transport, loop
        transport.max_size = READ_SIZE  # type: ignore[attr-defined]  # of asyncio's selector transport

    def __getattr__(self, name: str) -> Any:
        return getattr(self._transport, name)

    def close(self) -> None:
        """Close in order, but give the peer only as long as it fetches."""
        if not self._transport.is_closing():
            self._transport.close()
            self._look_later(self._transport.get_write_buffer_size())

    def _look_later(self, left: int) -> None:
        if left:
            self._loop.call_later(LEAVE_SECONDS, self._look, left)

    def _look(self, before: int) -> None:
        left = self._transport.get_write_buffer_size()
        if left and before - left < SLOWEST * LEAVE_SECONDS:
            self._transport.abort()
        else:
            self._look_later(left)


class Fetching:
    """Cuts a connection whose peer does not fetch what it is sent: closing it in order would wait for the peer as well."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self._timer: asyncio.TimerHandle | None = None

    def waits(self, transport: asyncio.Transport) -> None:
        """Give the peer some time: the buffer is full. As long again as it fetches: a websocket's message may be larger than what is fetched in that time."""
        self.goes_on()
        self._look_later(transport)

    def _look_later(self, transport: asyncio.Transport) -> None:
        left = transport.get_write_buffer_size()
        self._timer = self._loop.call_later(FETCH_SECONDS, self._look, transport, left)

    def _look(self, transport: asyncio.Transport, before: int) -> None:
        if before - transport.get_write_buffer_size() < SLOWEST * FETCH_SECONDS:
            transport.abort()
        else:
            self._look_later(transport)

    def goes_on(self) -> None:
        """Stop the clock: most of the buffer was fetched, or the connection is over."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None


class FetchedProtocol(asyncio.Protocol):
    """What uvicorn's protocols have in common here: their peers must fetch what they are sent. To be put before one of them."""

    loop: asyncio.AbstractEventLoop
    transport: asyncio.Transport

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._fetching = Fetching(self.loop)

    def eof_received(self) -> None:
        """Close at once: asyncio would, but not through the transport whose closing has an end."""
        self.transport.close()

    def pause_writing(self) -> None:
        """Note that the peer has much to fetch."""
        super().pause_writing()
        self._fetching.waits(self.transport)

    def resume_writing(self) -> None:
        """Note that it was fetched."""
        self._fetching.goes_on()
        super().resume_writing()
