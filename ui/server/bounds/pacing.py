"""Paces what one websocket may ask, and lets through only what a visitor's browser has reason to send. See docs/decisions/0013."""

import asyncio
import contextlib
import time
from collections import deque
from collections.abc import Callable
from typing import Any

from google.protobuf.message import DecodeError
from google.protobuf.message import Message as Protobuf
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.frames import CloseCode

from ui.server.addresses import client_of
from ui.server.bounds.operations import Operation
from ui.server.bounds.turns import LEFT_SECONDS, Bucket, Turns

__all__ = ["LARGEST_MESSAGE", "Pacing"]

LARGEST_MESSAGE = 32 * 1024  # bytes; our pages were seen to send 12 kB at most
# Streamlit works through each of these in the event loop or in a script: a small message may hold very many of them. By the field's name.
MOST_ENTRIES = {"file_names": 20, "widgets": 500, "cached_message_hashes": 500}
LONGEST_TEXTS = {"query_string": 4096, "url": 8192}  # characters; the address of a page holds its query
LONGEST_TEXT = 1024  # characters, of any other text outside the widgets' states
BURST, RATE = 40, 5  # messages, and messages a second: nobody clicks faster for long
# Bytes of messages, and of what holds each, that are read while a visitor waits for a turn: only who reads on learns whether they have left.
_MOST_EARLY, _HOLDER = 64 * 1024, 512
PATIENCE = 20.0  # seconds for which a socket may ask faster than the rate before it is closed
FIRST_SECONDS = 20.0  # a page asks for its first run as soon as it is connected
_NOT_BINARY = CloseCode.UNSUPPORTED_DATA, "Send binary messages."
_TOO_BIG = CloseCode.MESSAGE_TOO_BIG, "The message is too large."
# Bytes; what ends a turn is smaller, but for a piece of a large table, whose turn ends with the work of its thread.
_SMALL = 16 * 1024
# What shows a bar or a spinner takes longer, or waits for others: it needs no turn for that.
_ENDS_OF_RUN = frozenset({"script_finished", "progress"})
# What else makes the server work, by kind; the message that answers it.
_ANSWERS = {"file_urls_request": "file_urls_response", "backend_operation_request": "backend_operation_response"}
# What developers' menus send besides: clear everybody's cache, run git, install files, end the server.
_KINDS = frozenset({"rerun_script", "stop_script", "file_urls_request", "app_heartbeat", "backend_operation_request"})
_OPERATIONS = frozenset({"deferred_file", "dataframe_chunk"})
# Kinds of a widget's state that no page of ours sends. Streamlit takes any kind for any widget, and opens tables of Arrow's in this process without
# looking at them: 1 kB with an offset out of bounds ended the server, and 7 kB of compressed zeros held it for 7 s.
_FOREIGN_STATES = frozenset({"arrow_value", "bytes_value", "chat_input_value"})


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

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a connection on, with its messages paced."""
        if scope["type"] != "websocket":
            await self.app(scope, receive, send)
            return
        visitor = _Visitor(receive, send, client_of(scope), self._clock, self._turns, _resumes(scope))
        try:
            await self.app(scope, visitor.receive, visitor.send)
        finally:
            visitor.leave()


class _Visitor:
    """One websocket."""

    def __init__(
        self, receive: Receive, send: Send, address: str, clock: Callable[[], float], turns: Turns, resumes: bool
    ) -> None:
        self._receive, self._send = receive, send
        self._address, self._clock, self._turns = address, clock, turns
        self._bucket = Bucket(BURST, RATE, clock)
        self._hasty_since: float | None = None
        self._silent = not resumes  # a browser that comes back to its session may have nothing to ask
        self._silent_until = 0.0  # by the loop's clock
        self._runs = False  # whether its turn is for a run that has not ended
        self._unheard: asyncio.TimerHandle | None = None  # until Streamlit says that a part of a page runs
        self._operations: list[Operation] = []  # that were not answered yet
        self._early: deque[Message] = deque()  # came while it waited for its turn
        self._listening: asyncio.Future[Message] | None = None  # the next message, on its way

    async def receive(self) -> Message:
        """Return the next message that may pass, when it may."""
        # Upload addresses are made before Streamlit listens again, and a run that begins may drop the answer.
        for operation in self._operations:
            if operation.answer[0] == "file_urls_response":
                operation.end()
        while True:
            message = await self._next()
            if message["type"] != "websocket.receive":
                return message
            data = message.get("bytes")
            if data is None or len(data) > LARGEST_MESSAGE:
                return await self._close(*(_NOT_BINARY if data is None else _TOO_BIG))
            if not await self._waited():
                return await self._close(CloseCode.TRY_AGAIN_LATER, "Too many messages.")
            try:
                back = BackMsg.FromString(data)
            except DecodeError:
                return await self._close(CloseCode.PROTOCOL_ERROR, "The message cannot be read.")
            if _is_excessive(back):
                return await self._close(CloseCode.POLICY_VIOLATION, "The message asks for too much.")
            if kind := _kind(back):
                gone = await self._take_turn(kind, back)
                return gone or message

    async def send(self, message: Message) -> None:
        """Send a message of Streamlit's; the one that answers what a turn is for ends it."""
        self._hear()
        if self._runs or self._operations:
            self._end_turn(*_answer(message.get("bytes") or b""))
        # Of a visitor who has left Streamlit learns from what it receives; from a failure to send it makes a page of log for each.
        with contextlib.suppress(OSError):
            await self._send(message)

    def _end_turn(self, answer: str, number: str) -> None:
        """End the turn of what is answered, if anything is."""
        if answer in _ENDS_OF_RUN and self._runs:
            self._runs = False
            self._turns.end(self)
        for operation in self._operations:
            if operation.answer == (answer, number):
                operation.end()
                break
        self._operations = [operation for operation in self._operations if not operation.is_over]

    async def _next(self) -> Message:
        """Return the next message; end a socket that does not ask for a run, whatever else it sends."""
        if not self._silent:
            return await self._following()
        self._silent_until = self._silent_until or asyncio.get_running_loop().time() + FIRST_SECONDS
        try:
            async with asyncio.timeout_at(self._silent_until):
                return await self._following()
        except TimeoutError:
            return await self._close(CloseCode.POLICY_VIOLATION, "Nothing was asked.")

    async def _take_turn(self, kind: str, message: BackMsg) -> Message | None:
        """Wait for a turn where a message makes the server work; return the disconnect of a visitor who leaves before it comes.

        What is asked during a run, and is a run, joins it. Anything else has a turn of its own, whatever else goes on.
        """
        Operation.pass_on(None)
        if kind == "rerun_script":
            self._silent = False
            if gone := await self._waited_for(self):
                return gone
            if message.rerun_script.fragment_id and not self._runs:
                self._hear()
                self._unheard = asyncio.get_running_loop().call_later(LEFT_SECONDS, self._pass_over)
            self._runs = True
        elif kind in _ANSWERS:
            operation = Operation(self._turns, (_ANSWERS[kind], getattr(message, kind).request_id))
            self._operations = [each for each in self._operations if not each.is_over] + [operation]
            if gone := await self._waited_for(operation):
                return gone
            Operation.pass_on(operation)
        return None

    def _hear(self) -> None:
        """Note that Streamlit says something: the part of the page is there."""
        if self._unheard is not None:
            self._unheard.cancel()
            self._unheard = None

    def _pass_over(self) -> None:
        """End the turn of a part of a page that is gone: Streamlit says nothing then, while any run says at once that it begins."""
        self._runs = False
        self._turns.end(self)

    async def _waited_for(self, who: object) -> Message | None:
        """Wait for a turn; return the disconnect of a visitor who leaves before it comes."""
        turn = asyncio.ensure_future(self._turns.take(who, self._address, self._bucket.refilled()))
        await asyncio.wait({turn}, timeout=0)  # most have it at once
        try:
            while not turn.done() and self._early_bytes() < _MOST_EARLY:
                listening = self._listen()
                both: set[asyncio.Future[Any]] = {turn, listening}
                await asyncio.wait(both, return_when=asyncio.FIRST_COMPLETED)
                if not listening.done():
                    continue
                self._listening = None
                early = listening.result()
                if early["type"] == "websocket.disconnect":
                    return early  # nobody waits for the answer any more
                self._early.append(early)
            await turn
        finally:
            turn.cancel()
        return None

    def _early_bytes(self) -> int:
        """Return what the messages take that wait with the visitor."""
        return sum(len(early.get("bytes") or early.get("text") or b"") + _HOLDER for early in self._early)

    def _listen(self) -> asyncio.Future[Message]:
        """Return the next message as it will come: it is asked for once, however often somebody waits for it."""
        if self._listening is None:
            self._listening = asyncio.ensure_future(self._receive())
        return self._listening

    async def _following(self) -> Message:
        """Return the next message that has not been passed on."""
        if self._early:
            return self._early.popleft()
        message = await asyncio.shield(self._listen())
        self._listening = None
        return message

    def leave(self) -> None:
        """Listen no longer, and drop what was asked and nobody waits for any more."""
        if self._listening is not None:
            self._listening.cancel()
        self._hear()
        for operation in self._operations:
            operation.leave()
        self._turns.leave(self)

    async def _waited(self) -> bool:
        """Take a token and wait until it is due; return whether the socket may go on."""
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
    """Whether a browser comes back to a session: it names it in third place, after the protocol and the token.

    It is believed: after a restart of the server a wall that shows a page, and asks for nothing, would otherwise be closed again and again.
    Nothing is lost by it, for whoever wants to be silent may also ask once before.
    """
    return len(scope.get("subprotocols", ())) >= 3


def _kind(message: BackMsg) -> str:
    """Return what a message asks for; "" where no visitor's browser asks for it."""
    kind = message.WhichOneof("type")
    if kind == "backend_operation_request":
        operation = message.backend_operation_request
        return kind if operation.WhichOneof("payload") in _OPERATIONS else ""
    return kind if kind in _KINDS else ""


def _is_excessive(message: Protobuf) -> bool:
    """Whether a message has more entries, longer texts, or other kinds of state than pages send."""
    for field, value in message.ListFields():
        if field.name in MOST_ENTRIES:
            if len(value) > MOST_ENTRIES[field.name]:
                return True
            if field.name == "widgets" and any(state.WhichOneof("value") in _FOREIGN_STATES for state in value):
                return True
        elif isinstance(value, str):
            if len(value) > LONGEST_TEXTS.get(field.name, LONGEST_TEXT):
                return True
        elif isinstance(value, Protobuf) and _is_excessive(value):
            return True
    return False


def _answer(data: bytes) -> tuple[str, str]:
    """Return of which kind a message of Streamlit's is, "progress" for a bar or a spinner, and the number of what it answers; "" where it has none.

    Both are "" where it is too large to end a turn.
    """
    if not 0 < len(data) <= _SMALL:
        return "", ""
    message = ForwardMsg.FromString(data)
    if message.delta.new_element.WhichOneof("type") in ("progress", "spinner"):
        return "progress", ""
    kind = message.WhichOneof("type") or ""
    if kind == "file_urls_response":
        return kind, message.file_urls_response.response_id
    return kind, message.backend_operation_response.request_id
