"""Ends what a peer leaves unfinished: a request's head or body, a websocket's frame or message, an answer that is not fetched.

No middleware sees these, so uvicorn's two protocols are derived from here. What of uvicorn, h11 and websockets is relied on is in docs/decisions/0013.
"""

import asyncio
from collections.abc import Callable
from types import GeneratorType
from typing import Any, cast

import h11
from h11._connection import DEFAULT_MAX_INCOMPLETE_EVENT_SIZE
from uvicorn.protocols.http.h11_impl import H11Protocol
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.exceptions import HeaderLineTooLong, RequestLineTooLong, TooManyHeaders
from websockets.frames import CloseCode, Frame

from ui.server import answers
from ui.server.bounds.leaving import SLOWEST, FetchedProtocol, LeavingTransport
from ui.server.bounds.lingering import Lingering
from ui.server.bounds.peers import Peers
from ui.server.bounds.pieces import Pieces, pieces_bucket
from ui.server.bounds.places import MOST_OF_ONE_ADDRESS

__all__ = ["Deadline", "PromptHTTP", "PromptWebSocket"]

FIRST_SECONDS = 10.0  # for what is short
# What HTTP's parser takes, but not that of websockets.
_TOO_LONG = (HeaderLineTooLong, RequestLineTooLong, TooManyHeaders)


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


class PromptHTTP(FetchedProtocol, H11Protocol):
    """Uvicorn's HTTP/1.1, with deadlines and bounds on all connections and on those of one peer."""

    most_connections = 16_384  # set when the server starts
    peers = Peers()  # of all connections, what has become a websocket among them

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        most_bytes = self.config.h11_max_incomplete_event_size or DEFAULT_MAX_INCOMPLETE_EVENT_SIZE
        self.conn: Pieces = Pieces(pieces_bucket(self.loop), most_bytes)
        self._deadline = Deadline(self.loop, self._owes, self._held, self._end)
        self._lingering = Lingering(self.loop, self._pause, self._resume, self._close)
        self._handed_over = False

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Take a connection, or refuse it in words where there are too many."""
        super().connection_made(cast(asyncio.Transport, LeavingTransport(transport, self.loop)))
        self._peer = self.peers.enter(transport)
        if self.peers.hasty(transport, self.config.forwarded_allow_ips):
            self.transport.abort()  # even a refusal in words would cost more than the connection cost the peer
            return
        share = min(self.most_connections // 2, MOST_OF_ONE_ADDRESS)
        full = len(self.connections) > self.most_connections
        if full or self.peers.too_many(transport, share, self.config.forwarded_allow_ips):
            self.transport.write(answers.FULL)
            self.transport.close()
            return
        self._deadline.look()

    def data_received(self, data: bytes) -> None:
        """Take bytes, and note whether the peer owes more."""
        super().data_received(data)
        if self.conn.refusal:
            self._end(self.conn.refusal)
        if self.cycle is not None and self.cycle.response_complete:
            self._lingering.look(owes=self.conn.their_state is h11.SEND_BODY)
        self._deadline.look(len(data))

    def send_400_response(self, msg: str) -> None:
        """Refuse what is no HTTP, but close where an answer is out already: uvicorn would fail, and asyncio log a traceback."""
        if self.conn.our_state in (h11.IDLE, h11.SEND_RESPONSE):
            super().send_400_response(msg)
        else:
            self.transport.close()

    def on_response_complete(self) -> None:
        """Go on to what the peer sent meanwhile, and note whether it owes the rest of that."""
        super().on_response_complete()
        if self.conn.refusal:
            self._end(self.conn.refusal)
        self._lingering.look(owes=self.conn.their_state is h11.SEND_BODY)
        if self.conn.their_state is h11.SEND_BODY or self.conn.trailing_data[0]:
            self._deadline.look()

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget the connection."""
        self._forget()
        self.peers.leave(self._peer)
        super().connection_lost(exc)

    def handle_websocket_upgrade(self, event: h11.Request) -> None:
        """Hand the connection over to the websocket's protocol."""
        self._forget()
        self._handed_over = True
        super().handle_websocket_upgrade(event)

    def _forget(self) -> None:
        self._lingering.stop()
        self._deadline.cancel()
        self._fetching.goes_on()

    def _owes(self) -> bool:
        """Whether a head or a body is due; a connection that has just been made owes a head."""
        over = self._handed_over or self.transport.is_closing()
        return not over and self.conn.their_state in (h11.IDLE, h11.SEND_BODY)

    def _held(self) -> bool:
        return self.flow.read_paused

    def _pause(self) -> None:
        self.flow.pause_reading()

    def _resume(self) -> None:
        if not self.transport.is_closing():
            self.flow.resume_reading()

    def _close(self) -> None:
        self.transport.close()

    def _end(self, why: bytes = answers.LATE) -> None:
        """Say why, unless an answer has begun already, and close."""
        if self.transport.is_closing():
            return
        if self.cycle is None or self.cycle.response_complete or not self.cycle.response_started:
            self.transport.write(why)
        self.transport.close()


class PromptWebSocket(FetchedProtocol, WebSocketsSansIOProtocol):
    """Uvicorn's websocket, with deadlines and a bound on frames that bring no whole message."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._deadline = Deadline(self.loop, self._owes, self._held, self._end)
        self._bucket = pieces_bucket(self.loop)

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Take a connection over from HTTP, where it was counted."""
        super().connection_made(transport)
        self._peer = PromptHTTP.peers.of(transport)
        self._deadline.look()

    def data_received(self, data: bytes) -> None:
        """Take bytes, and note whether the peer owes more; refuse a request that the parser has not taken, and frames before its answer."""
        if self.handshake_initiated and not self.handshake_complete:
            self._refuse(answers.EARLY)
            return
        super().data_received(data)
        if not self.handshake_initiated:
            self._refuse(answers.TOO_LONG if isinstance(self.conn.handshake_exc, _TOO_LONG) else answers.UNFIT)
        self._deadline.look(len(data))

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget the connection."""
        self._deadline.cancel()
        self._fetching.goes_on()
        PromptHTTP.peers.leave(self._peer)
        super().connection_lost(exc)

    def handle_ping(self) -> None:
        """Answer, unless there are too many."""
        if self._may_go_on():
            super().handle_ping()

    def handle_pong(self, event: Frame) -> None:
        """Note it, unless there are too many."""
        if self._may_go_on():
            super().handle_pong(event)

    def handle_text(self, event: Frame) -> None:
        """Take a message, or begin one; once the socket was closed nothing else bounds them."""
        if (event.fin and not self.close_sent) or self._may_go_on():
            super().handle_text(event)

    def handle_bytes(self, event: Frame) -> None:
        """Do the same with bytes."""
        if (event.fin and not self.close_sent) or self._may_go_on():
            super().handle_bytes(event)

    def handle_cont(self, event: Frame) -> None:
        """Add to a message, unless it has too many fragments."""
        if self._may_go_on():
            super().handle_cont(event)

    async def send(self, message: Any) -> None:
        """Send what the application says; an answer that refuses the handshake completes it, or uvicorn would log an error for each."""
        shaking_hands = not self.handshake_complete
        await self.writable.wait()
        if self.close_sent and not self.disconnected and self.initial_response is None:
            return  # it was closed from here, and the application does not know yet: uvicorn would log a traceback
        await super().send(message)
        if message["type"] == "websocket.http.response.body" and not message.get("more_body", False):
            self.handshake_complete = True
        if shaking_hands and self.handshake_complete:
            self._deadline.cancel()  # what the peer owes from here on has its own time

    def _owes(self) -> bool:
        """Whether the handshake is not done, or a frame or a message has begun."""
        if self.close_sent or self.transport.is_closing():
            return False
        return not self.handshake_complete or bool(self.frames) or _waits_in(self.conn.parser) != "at_eof"

    def _held(self) -> bool:
        return self.read_paused

    def _may_go_on(self) -> bool:
        """Take a frame into account that is not a whole message; close the connection if there are too many."""
        if self.transport.is_closing():
            return False
        if not self._bucket.take():
            return True
        if self.close_sent:
            self.transport.close()
        else:
            self._end("Too many frames.")
        return False

    def _refuse(self, answer: bytes) -> None:
        """Answer instead of shaking hands, and close; nothing more is said then, whether by uvicorn, when it stops, or by the application."""
        self.handshake_complete = self.close_sent = self.disconnected = True
        self.transport.write(answer)
        self.transport.close()

    def _end(self, why: str = "A message was not finished in time.") -> None:
        """Close the connection: between the pieces of a frame nothing can be said."""
        if not self.handshake_complete:
            self._refuse(answers.LATE)
            return
        self.conn.fail(CloseCode.POLICY_VIOLATION, why)
        self.transport.write(b"".join(self.conn.data_to_send()))
        self.close_sent = True
        self.transport.close()


def _waits_in(parser: Any) -> str:
    """Return the name of the innermost generator in which a parser waits for bytes; with websockets' "at_eof" between two frames."""
    while isinstance(parser.gi_yieldfrom, GeneratorType):
        parser = parser.gi_yieldfrom
    return str(parser.__name__)
