"""Keeps a show and the presenter's notes in step: a room is one running show, its state, and who listens to it. Nothing is stored."""

import asyncio
import contextlib
import re
import secrets
import signal
import threading
import time
from collections.abc import AsyncIterator, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from types import FrameType

from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from store import StoreError
from ui.server.addresses import owner_of
from ui.show.room_list import Listener, Room, RoomList
from ui.show.show_state import ChangeError, Show, changed, read_change

__all__ = ["ROOM_NAME", "Rooms", "end", "ending_with_server", "is_open", "open_room", "refuse_foreign", "routes"]

ROOM_NAME = re.compile(r"[\w-]{16}", re.ASCII)
MOST_LISTENERS = 20
_BODY_BYTES = 2048
# A stream ends after this much, and the browser comes back for a new one. So a phone that sleeps with its connection open never has more
# waiting for it than the system's own buffers take: what waits in uvicorn's would keep the server from stopping.
_STREAM_BYTES = 48 * 1024
_RETRY_MILLISECONDS = 300
# For which a stream waits for the number of the newest version: followers turn the slides without it.
_ASK_SECONDS = 0.2
_HEADERS = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}


class _Newest:
    """The newest data version, asked for once in a while for all listeners together."""

    def __init__(self, ask: Callable[[], int], seconds: float) -> None:
        self._ask, self._seconds = ask, seconds
        self._asked = float("-inf")
        self._number: int | None = None
        # Other threads may be busy with what visitors ask for.
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="newest")
        self._asking: asyncio.Task[None] | None = None

    async def number(self) -> int | None:
        """Return the last number known; None before the first. No stream waits for the database longer than a moment."""
        if time.monotonic() - self._asked >= self._seconds and (self._asking is None or self._asking.done()):
            self._asked = time.monotonic()
            self._asking = asyncio.create_task(self._learn())
        if self._asking is not None:
            await asyncio.wait({self._asking}, timeout=_ASK_SECONDS)
        return self._number

    async def _learn(self) -> None:
        # The last number stands where the database fails: the pages say what is wrong with it.
        with contextlib.suppress(StoreError):
            self._number = await asyncio.get_running_loop().run_in_executor(self._thread, self._ask)


class Rooms:
    """All running shows of a server.

    Rooms are opened in script threads and used in the server's event loop, so every change of the tables below is made under one lock, held for
    a few steps and never across an ``await``. A stream needs no lock to read ``room.show``, which is replaced whole. No news is lost: a writer
    replaces the show and then sets the stream's event; a stream clears its event and then reads. Whichever way the two interleave, the stream
    either reads the new show or finds the event set.

    Parameters
    ----------
    look : seconds after which a stream without news asks for the newest data version.
    heartbeat : seconds of silence after which a stream sends a comment, so that nobody on the way takes it for dead.
    """

    def __init__(self, look: float = 5, heartbeat: float = 15) -> None:
        self._look, self._heartbeat = look, heartbeat
        self._lock = threading.Lock()
        self.room_list = RoomList()
        self._ended = False

    def open_room(self, slide: str = "", lang: str = "en", token: str = "", address: str = "") -> str:  # nosec B107  # empty: a new one
        """Open a room for a show that begins now and return its token, "" where too many are in use. From any thread.

        Parameters
        ----------
        slide : id of the slide on the wall; "" until the show says.
        lang : "en" or "zh".
        token : of a room that was there before, so that those who have its link find it again; "" for a new one.
        address : IP address of whoever opens it, who may have so many at a time.
        """
        token = token or secrets.token_urlsafe(12)
        show = Show(slide, lang, round(time.time(), 3))
        with self._lock:
            return token if self.room_list.open(token, show, owner_of(address)) else ""

    def is_open(self, token: str) -> bool:
        """Whether a room is still there. From any thread."""
        with self._lock:
            return token in self.room_list

    def end(self) -> None:
        """End every stream for good: the server stops."""
        with self._lock:
            self._ended = True
            for room in self.room_list:
                room.close()

    @contextlib.contextmanager
    def ending_with_server(self) -> Iterator[None]:
        """End every stream at SIGTERM or SIGINT, while in the block. For the server's lifespan; must be entered in its loop and in the main thread.

        Uvicorn waits for open responses before it tells the lifespan that the server stops; a stream would keep it waiting for ever. The
        signal is what comes first. Uvicorn's own handler is called as before. Ours only wakes the loop: the thread it interrupts may
        hold the lock.
        """
        loop = asyncio.get_running_loop()
        before = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}

        def stop(number: int, frame: FrameType | None) -> None:
            loop.call_soon_threadsafe(self.end)
            handler = before[signal.Signals(number)]
            if callable(handler):
                handler(number, frame)

        # Without a handler nothing is waited for.
        caught = [number for number, handler in before.items() if callable(handler)]
        for number in caught:
            signal.signal(number, stop)
        try:
            yield
        finally:
            for number in caught:
                signal.signal(number, before[number])

    def routes(self, newest: Callable[[], int]) -> list[Route]:
        """Return the routes to add to the server.

        Parameters
        ----------
        newest : returns the number of the newest data version; called in a thread, and may raise StoreError.
        """
        version = _Newest(newest, self._look)

        async def events(request: Request) -> Response:
            return self._events(request, version)

        return [
            Route("/api/show/{room}/events", events),
            Route("/api/show/{room}", self._change, methods=["POST"]),
        ]

    def _used(self, token: str) -> Room:
        """Return a room and note that it is used; 404 where there is none. Under the lock."""
        room = self.room_list.used(token)
        if room is None:
            raise HTTPException(404, "There is no such presentation.\n")
        return room

    def _events(self, request: Request, version: _Newest) -> Response:
        """Answer with the stream of a room's states."""
        with self._lock:
            room = self._used(request.path_params["room"])
            if request.method == "HEAD":  # Starlette lets it in beside GET: whether the room is still there
                return Response(headers=_HEADERS, media_type="text/event-stream")
            if self._ended:
                raise HTTPException(503, "The server is stopping.\n")
            if len(room.listeners) >= MOST_LISTENERS:
                raise HTTPException(429, "Too many windows are following this presentation.\n")
            listener = Listener(asyncio.get_running_loop())
            room.listeners.add(listener)

        def leave() -> None:
            with self._lock:
                room.listeners.discard(listener)
                room.use()

        return _Stream(self._told(room, listener, version), leave)

    async def _told(self, room: Room, listener: Listener, version: _Newest) -> AsyncIterator[bytes]:
        """Yield the state at once and then each other one, and comments in between."""
        last_sent, spoke, sent = "", time.monotonic(), 0
        message = f"retry: {_RETRY_MILLISECONDS}\n\n"
        while not room.closed and sent < _STREAM_BYTES:
            listener.news.clear()
            state = room.state(await version.number())
            if state != last_sent:
                last_sent = state
                message += f'data: {{"now": {time.time():.3f}, {state[1:]}\n\n'  # the clock here, for phones whose own is wrong
            elif time.monotonic() - spoke >= self._heartbeat:
                message = ": still here\n\n"
            if message:
                yield (encoded := message.encode())
                spoke, sent, message = time.monotonic(), sent + len(encoded), ""
            await listener.wait(self._look)

    async def _change(self, request: Request) -> Response:
        """Take a change of a room's show and answer with the number of the state it led to."""
        refuse_foreign(request)
        try:
            change = read_change(await _body(request))
        except ChangeError as error:
            raise HTTPException(400, f"{error}\n") from None
        token = request.path_params["room"]
        # The room may be forgotten, as after a restart, while the show went on.
        opens = change.pop("open", False) and ROOM_NAME.fullmatch(token)
        if opens and not self.open_room(token=token, address=request.client.host if request.client else ""):
            raise HTTPException(429, "Too many presentations are running.\n")
        with self._lock:
            room = self._used(token)
            after = changed(room.show, change, round(time.time(), 3))
            if after != room.show:
                room.show = replace(after, seq=room.show.seq + 1)
                room.tell()
            return JSONResponse({"seq": room.show.seq}, headers={"Cache-Control": "no-store"})


class _Stream(StreamingResponse):
    """An event stream that says when it is over, however it ends."""

    def __init__(self, messages: AsyncIterator[bytes], leave: Callable[[], None]) -> None:
        super().__init__(messages, headers=_HEADERS, media_type="text/event-stream")
        self._leave = leave

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send until the room is closed or the client has gone."""
        try:
            await super().__call__(scope, receive, send)
        finally:
            self._leave()


def refuse_foreign(request: Request) -> None:
    """Refuse what another site's page sends: a form cannot send JSON, and a script states where it comes from."""
    host = request.headers.get("host", "").lower()
    origin = request.headers.get("origin")  # tools send none
    if origin is not None and origin.lower() not in (f"http://{host}", f"https://{host}"):
        raise HTTPException(403, "Only this server's own pages can control a presentation.\n")
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
        raise HTTPException(415, "Send application/json.\n")


async def _body(request: Request) -> bytes:
    """Return a request's body; 413 as soon as it is too long."""
    body = b""
    try:
        async for piece in request.stream():
            body += piece
            if len(body) > _BODY_BYTES:
                raise HTTPException(413, f"Send at most {_BODY_BYTES} bytes.\n", {"Connection": "close"})
    except ClientDisconnect:
        raise HTTPException(400, "The request was interrupted.\n") from None
    return body


_rooms = Rooms()
open_room = _rooms.open_room
is_open = _rooms.is_open
routes = _rooms.routes
end = _rooms.end
ending_with_server = _rooms.ending_with_server
