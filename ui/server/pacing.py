"""Paces what one websocket may ask, and lets through only what a visitor's browser has reason to send. See docs/decisions/0013."""

import asyncio
import contextlib
import time
from collections.abc import Callable

from google.protobuf.message import DecodeError
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from ui.server.turns import Bucket, Turns

__all__ = ["LARGEST_MESSAGE", "Pacing"]

LARGEST_MESSAGE = (
    256 * 1024
)  # bytes; the largest that our pages were seen to send, an upload at the desk among it, had 0.7 kB
BURST, RATE = 40, 5  # messages, and messages a second: nobody clicks faster for long
ADDRESS_BURST, ADDRESS_RATE = 60, 20  # only decides who goes first where scripts wait for their turn
_STEP = 20  # tokens; addresses that differ by less rank the same, and the socket decides
PATIENCE = 20.0  # seconds for which a socket may ask faster than the rate before it is closed
FIRST_SECONDS = 20.0  # a page asks for its first run as soon as it is connected
_UNREADABLE, _NOT_BINARY, _REFUSED, _TOO_BIG, _TRY_AGAIN = (
    1002,
    1003,
    1008,
    1009,
    1013,
)  # RFC 6455; after each the browser connects anew
_MOST_ADDRESSES = 2000
_SMALL = 1024  # bytes; the message that a run is over is smaller
# What developers' menus send besides: clear everybody's cache, run git, install files, end the server.
_KINDS = frozenset({"rerun_script", "stop_script", "file_urls_request", "app_heartbeat", "backend_operation_request"})
_OPERATIONS = frozenset({"deferred_file", "dataframe_chunk"})


class Pacing:
    """ASGI middleware around Streamlit's websocket. Only used in the server's event loop.

    Parameters
    ----------
    clock : returns seconds.
    turns : in which scripts run.
    """

    def __init__(self, app: ASGIApp, clock: Callable[[], float] = time.monotonic, turns: Turns | None = None) -> None:
        self.app = app
        self._clock, self._turns = clock, turns or Turns()
        self._addresses: dict[str, Bucket] = {}  # the longest unused first

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a connection on, with its messages paced."""
        if scope["type"] != "websocket":
            await self.app(scope, receive, send)
            return
        visitor = _Visitor(receive, send, self._bucket(scope), self._clock, self._turns, _resumes(scope))
        try:
            await self.app(scope, visitor.receive, visitor.send)
        finally:
            self._turns.end(visitor)

    def _bucket(self, scope: Scope) -> Bucket:
        """Return the tokens of the connection's address."""
        address = str((scope.get("client") or ("",))[0])
        bucket = self._addresses.pop(address, None) or Bucket(ADDRESS_BURST, ADDRESS_RATE, self._clock)
        self._addresses[address] = bucket
        while len(self._addresses) > _MOST_ADDRESSES:
            del self._addresses[next(iter(self._addresses))]
        return bucket


class _Visitor:
    """One websocket."""

    def __init__(
        self, receive: Receive, send: Send, address: Bucket, clock: Callable[[], float], turns: Turns, resumes: bool
    ) -> None:
        self._receive, self._send = receive, send
        self._address, self._clock, self._turns = address, clock, turns
        self._bucket = Bucket(BURST, RATE, clock)
        self._hasty_since: float | None = None
        self._silent = not resumes  # a browser that comes back to its session may have nothing to ask

    async def receive(self) -> Message:
        """Return the next message that may pass, when it may."""
        while True:
            message = await self._next()
            if message["type"] != "websocket.receive":
                return message
            data = message.get("bytes")
            if data is None:
                return await self._close(_NOT_BINARY, "Send binary messages.")
            if len(data) > LARGEST_MESSAGE:
                return await self._close(_TOO_BIG, "The message is too large.")
            if not await self._waited():
                return await self._close(_TRY_AGAIN, "Too many messages.")
            try:
                kind = _kind(data)
            except DecodeError:
                return await self._close(_UNREADABLE, "The message cannot be read.")
            if kind == "rerun_script":
                await self._turns.take(self, (-(self._address.left() // _STEP), -self._bucket.left()))
            if kind:
                return message

    async def send(self, message: Message) -> None:
        """Send a message of Streamlit's; the one that a run is over ends the visitor's turn."""
        if _is_end(message.get("bytes") or b""):
            self._turns.end(self)
        # Of a visitor who has left Streamlit learns from what it receives; from a failure to send it makes a page of log for each.
        with contextlib.suppress(OSError):
            await self._send(message)

    async def _next(self) -> Message:
        """Return the next message; end a socket that asks for nothing."""
        if not self._silent:
            return await self._receive()
        try:
            async with asyncio.timeout(FIRST_SECONDS):
                message = await self._receive()
        except TimeoutError:
            return await self._close(_REFUSED, "Nothing was asked.")
        self._silent = message["type"] == "websocket.connect"
        return message

    async def _waited(self) -> bool:
        """Take a token and wait until it is due; return whether the socket may go on."""
        self._address.take()
        seconds = self._bucket.take()
        if not seconds:
            self._hasty_since = None
            return True
        now = self._clock()
        self._hasty_since = now if self._hasty_since is None else self._hasty_since
        await asyncio.sleep(seconds)
        return now - self._hasty_since <= PATIENCE

    async def _close(self, code: int, reason: str) -> Message:
        """Close the socket, and tell Streamlit that it is gone."""
        with contextlib.suppress(OSError):
            await self._send({"type": "websocket.close", "code": code, "reason": reason})
        return {"type": "websocket.disconnect", "code": code, "reason": reason}


def _resumes(scope: Scope) -> bool:
    """Whether a browser comes back to a session it had: it names it in third place, after the protocol and the token."""
    return len(scope.get("subprotocols", ())) >= 3


def _kind(data: bytes) -> str:
    """Return what a message asks for; "" where no visitor's browser asks for it. Raise DecodeError where it is not Streamlit's."""
    message = BackMsg.FromString(data)
    kind = message.WhichOneof("type")
    if kind == "backend_operation_request":
        operation = message.backend_operation_request
        return kind if any(map(operation.HasField, _OPERATIONS)) else ""
    return kind if kind in _KINDS else ""


def _is_end(data: bytes) -> bool:
    """Whether a message of Streamlit's says that a run is over."""
    return 0 < len(data) <= _SMALL and ForwardMsg.FromString(data).WhichOneof("type") == "script_finished"
