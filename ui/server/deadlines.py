"""Ends what a peer leaves unfinished: a request's head or body, a websocket's frame or message, an answer that is not fetched.

No middleware sees these, so uvicorn's two protocols are derived from here. What of uvicorn, h11 and websockets is relied on is in docs/decisions/0013.
"""

import asyncio
from collections.abc import Callable
from types import GeneratorType
from typing import Any

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol

__all__ = ["Deadline", "PromptHTTP", "PromptWebSocket"]

FIRST_SECONDS = 10.0  # for what is short
SLOWEST = 2048  # bytes a second that prolong it: slower than any line on which the dashboard can be used
FETCH_SECONDS = 60.0  # in which a peer must have fetched what waits for it in uvicorn's buffer, 64 kB
_LATE = b"HTTP/1.1 408 Request Timeout\r\nContent-Type: text/plain\r\nConnection: close\r\n\r\nThe request was not finished in time.\n"
_FULL = (
    b"HTTP/1.1 503 Service Unavailable\r\nContent-Type: text/plain\r\nRetry-After: 60\r\nConnection: close\r\n\r\n"
    b"The server is full. Try again in a minute.\n"
)


class Deadline:
    """Watches what a peer owes: ten seconds, and more only as far as bytes come.

    Parameters
    ----------
    loop : its timers and its clock are used.
    owes : whether the peer has begun something that it has not finished.
    held : whether it is the server that does not read at the moment.
    end : called when the peer is late.
    """

    def __init__(
        self,
        loop: asyncio.AbstractEventLoop,
        owes: Callable[[], bool],
        held: Callable[[], bool],
        end: Callable[[], None],
    ) -> None:
        self._loop, self._owes, self._held, self._end = loop, owes, held, end
        self._timer: asyncio.TimerHandle | None = None
        self._since = 0.0
        self._received = 0

    def look(self, received: int = 0) -> None:
        """Begin to watch, or stop watching, as the peer owes something or not; called whenever bytes have come."""
        if not self._owes():
            self.cancel()
            return
        self._received += received
        if self._timer is None:
            self._since, self._received = self._loop.time(), 0
            self._timer = self._loop.call_later(FIRST_SECONDS, self._check)

    def cancel(self) -> None:
        """Watch no more."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _check(self) -> None:
        self._timer = None
        if not self._owes():
            return
        if self._held():
            self.look()  # from now on anew
            return
        left = self._since + FIRST_SECONDS + self._received / SLOWEST - self._loop.time()
        if left > 0:
            self._timer = self._loop.call_later(left, self._check)
        else:
            self._end()


class _Fetching:
    """Cuts a connection whose peer does not fetch what it is sent: closing it in order would wait for the peer as well."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self._timer: asyncio.TimerHandle | None = None

    def waits(self, transport: asyncio.Transport) -> None:
        """Give the peer some time: the buffer is full."""
        self.goes_on()
        self._timer = self._loop.call_later(FETCH_SECONDS, transport.abort)

    def goes_on(self) -> None:
        """Stop the clock: the buffer was fetched, or the connection is over."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None


class PromptHTTP(H11Protocol):
    """Uvicorn's HTTP/1.1, with deadlines and a bound on all connections."""

    most_connections = 16_384  # set when the server starts

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._deadline = Deadline(self.loop, self._owes, self._held, self._end)
        self._fetching = _Fetching(self.loop)
        self._handed_over = False

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Take a connection, or refuse it in words where there are too many."""
        super().connection_made(transport)
        if len(self.connections) > self.most_connections:
            transport.write(_FULL)
            transport.close()
            return
        self._deadline.look()

    def data_received(self, data: bytes) -> None:
        """Take bytes, and note whether the peer owes more."""
        super().data_received(data)
        self._deadline.look(len(data))

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget the connection."""
        self._forget()
        super().connection_lost(exc)

    def handle_websocket_upgrade(self, event: h11.Request) -> None:
        """Hand the connection over to the websocket's protocol."""
        self._forget()
        self._handed_over = True
        super().handle_websocket_upgrade(event)

    def pause_writing(self) -> None:
        """Note that the peer has much to fetch."""
        super().pause_writing()
        self._fetching.waits(self.transport)

    def resume_writing(self) -> None:
        """Note that it was fetched."""
        self._fetching.goes_on()
        super().resume_writing()

    def _forget(self) -> None:
        self._deadline.cancel()
        self._fetching.goes_on()

    def _owes(self) -> bool:
        """Whether a head or a body is due; a connection that has just been made owes a head."""
        over = self._handed_over or self.transport.is_closing()
        return not over and self.conn.their_state in (h11.IDLE, h11.SEND_BODY)

    def _held(self) -> bool:
        return self.flow.read_paused

    def _end(self) -> None:
        """Say why, unless an answer has begun already, and close."""
        if self.cycle is None or self.cycle.response_complete or not self.cycle.response_started:
            self.transport.write(_LATE)
        self.transport.close()


class PromptWebSocket(WebSocketsSansIOProtocol):
    """Uvicorn's websocket, with deadlines."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._deadline = Deadline(self.loop, self._owes, self._held, self._end)
        self._fetching = _Fetching(self.loop)

    def data_received(self, data: bytes) -> None:
        """Take bytes, and note whether the peer owes more."""
        super().data_received(data)
        self._deadline.look(len(data))

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget the connection."""
        self._deadline.cancel()
        self._fetching.goes_on()
        super().connection_lost(exc)

    def pause_writing(self) -> None:
        """Note that the peer has much to fetch."""
        super().pause_writing()
        self._fetching.waits(self.transport)

    def resume_writing(self) -> None:
        """Note that it was fetched."""
        self._fetching.goes_on()
        super().resume_writing()

    def _owes(self) -> bool:
        """Whether a frame or a message has begun."""
        if self.close_sent or self.transport.is_closing() or not self.handshake_complete:
            return False
        return bool(self.frames) or _waits_in(self.conn.parser) != "at_eof"

    def _held(self) -> bool:
        return self.read_paused

    def _end(self) -> None:
        """Close the connection: between the pieces of a frame nothing can be said."""
        self.conn.fail(1008, "A message was not finished in time.")
        self.transport.write(b"".join(self.conn.data_to_send()))
        self.close_sent = True
        self.transport.close()


def _waits_in(parser: Any) -> str:
    """Return the name of the innermost generator in which a parser waits for bytes; with websockets' "at_eof" between two frames."""
    while isinstance(parser.gi_yieldfrom, GeneratorType):
        parser = parser.gi_yieldfrom
    return str(parser.__name__)
