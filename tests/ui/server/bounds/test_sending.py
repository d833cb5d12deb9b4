"""Large answers are sent in pieces, so that what nobody fetches is not kept once for each who asked."""

import asyncio
import contextlib
import weakref
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route
from streamlit.runtime.media_file_storage import MediaFileKind
from streamlit.runtime.memory_media_file_storage import MemoryMediaFileStorage
from streamlit.web.server.starlette.starlette_routes import create_media_routes

import app
from ui.server.bounds.sending import PIECE, PiecewiseAnswers

SIZE = 10 * PIECE + 7
FILE = bytes(range(256)) * (SIZE // 256) + bytes(SIZE % 256)


class Peer:
    """Stands where uvicorn's connection does: takes so many pieces before it has to wait."""

    def __init__(self, takes: float = float("inf")) -> None:
        self.takes, self.messages = takes, []

    async def send(self, message: dict[str, Any]) -> None:
        if len(self.messages) > self.takes:
            await asyncio.Event().wait()
        self.messages.append(message)

    @property
    def body(self) -> bytes:
        """What has been sent."""
        return b"".join(message.get("body", b"") for message in self.messages)


async def made_anew(request: Any) -> Response:
    """Answer with a copy for each, as Streamlit reads a component's file."""
    return Response(bytes(bytearray(FILE)))


async def streamed(request: Any) -> StreamingResponse:
    """Answer with a large part and a small one."""

    async def parts() -> Any:
        yield FILE
        yield b"end"

    return StreamingResponse(parts())


def scope(path: str, **headers: str) -> dict[str, Any]:
    """Return a request."""
    pairs = [(name.encode(), value.encode()) for name, value in headers.items()]
    return {"type": "http", "method": "GET", "path": path, "headers": pairs, "query_string": b"", "root_path": ""}


def site() -> PiecewiseAnswers:
    """Return a server with an answer that is made anew, one that is streamed, and Streamlit's own of a file that a page made."""
    files = MemoryMediaFileStorage("/media")
    name = files.get_url(files.load_and_get_id(FILE, "text/html", MediaFileKind.DOWNLOADABLE, "a.html")).rsplit("/")[-1]
    assert name
    routes = [
        Route("/small", lambda request: Response(b"small")),
        Route("/anew", made_anew),
        Route("/streamed", streamed),
    ]
    made = PiecewiseAnswers(Starlette(routes=[*routes, *create_media_routes(files, "")]))
    made.media = f"/media/{name}"  # type: ignore[attr-defined]
    return made


async def ask(server: PiecewiseAnswers, path: str, peer: Peer, **headers: str) -> None:
    """Ask for something, and let the peer take what it takes."""

    async def receive() -> dict[str, Any]:
        await asyncio.Event().wait()
        raise AssertionError

    await server(scope(path, **headers), receive, peer.send)


@pytest.mark.parametrize(("path", "body"), [("/small", b"small"), ("/anew", FILE), ("/streamed", FILE + b"end")])
def test_what_arrives_is_what_was_sent(path: str, body: bytes) -> None:
    server, peer = site(), Peer()
    asyncio.run(ask(server, path, peer))
    assert peer.body == body
    assert max(len(message.get("body", b"")) for message in peer.messages) <= PIECE
    more = [message["more_body"] for message in peer.messages[1:] if "more_body" in message]
    assert not any(more[-1:])
    assert all(more[:-1]), "only the last says that it is"
    assert not server._bodies, "nothing is kept"


def test_an_answer_to_a_real_client_is_whole() -> None:
    async def run() -> httpx.Response:
        server = site()
        async with httpx.AsyncClient(transport=httpx.ASGITransport(server), base_url="http://x") as client:
            return await client.get(server.media, headers={"Range": "bytes=1-"})  # type: ignore[attr-defined]

    answer = asyncio.run(run())
    assert (answer.status_code, answer.content) == (200, FILE), "a part of it would be a copy for each who asks"


@pytest.mark.parametrize("path", ["/anew", "media"])
def test_who_does_not_fetch_keeps_a_piece_and_all_together_one_copy(path: str) -> None:
    async def run() -> None:
        server = site()
        peers = [Peer(takes=1) for _ in range(20)]
        address = server.media if path == "media" else path  # type: ignore[attr-defined]
        asks = [
            asyncio.create_task(ask(server, address, peer, range=f"bytes={number}-"))
            for number, peer in enumerate(peers)
        ]
        for _ in range(100):
            await asyncio.sleep(0)
        assert [len(peer.body) for peer in peers] == [PIECE] * 20
        assert sum(map(len, server._bodies.values())) == SIZE
        for each in asks:
            each.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await each
        assert not server._bodies

    asyncio.run(run())


def test_who_made_an_answer_holds_it_no_more_while_it_is_sent() -> None:
    held: list[weakref.ref[Response]] = []

    class Seen(Response):
        """An answer that can be looked for."""

    async def endpoint(request: Any) -> Response:
        answer = Seen(bytes(bytearray(FILE)))
        held.append(weakref.ref(answer))
        return answer

    async def run() -> None:
        server = PiecewiseAnswers(Starlette(routes=[Route("/", endpoint)]))
        waiting = asyncio.create_task(ask(server, "/", Peer(takes=1)))
        for _ in range(100):
            await asyncio.sleep(0)
        assert not waiting.done()
        assert held[0]() is None
        waiting.cancel()

    asyncio.run(run())


def test_the_server_sends_so_and_counts_who_is_being_sent_something() -> None:
    names = [each.cls.__name__ for each in app.app._user_middleware]
    assert names.index("Places") < names.index("PiecewiseAnswers")
    assert names.index("PiecewiseAnswers") < names.index("ComponentFrames")
