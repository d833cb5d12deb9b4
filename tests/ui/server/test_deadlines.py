"""What a peer leaves unfinished is ended; tried with real sockets on a server of its own, with short times."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest
import uvicorn

from ui.server import deadlines
from ui.server.deadlines import Deadline, PromptHTTP, PromptWebSocket

UPGRADE = (
    b"GET / HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
    b"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n"
)
WHOLE_FRAME = b"\x82\x82\x00\x00\x00\x00hi"
PIECES, PIECE = 400, b"x" * 65536  # more than the system's buffers take
FIRST_FRAGMENT = b"\x02\x82\x00\x00\x00\x00hi"


@pytest.fixture(autouse=True)
def short(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wait for tenths of seconds instead of ten."""
    monkeypatch.setattr(deadlines, "FIRST_SECONDS", 0.3)
    monkeypatch.setattr(deadlines, "FETCH_SECONDS", 0.3)


async def application(scope: Any, receive: Any, send: Any) -> None:
    """Answer once the body is there; echo what a websocket says; say much at /large."""
    if scope["type"] == "websocket":
        await receive()
        await send({"type": "websocket.accept"})
        while (message := await receive())["type"] == "websocket.receive":
            await send({"type": "websocket.send", "bytes": message["bytes"]})
        return
    while scope["method"] == "POST":
        message = await receive()
        if message["type"] == "http.disconnect":
            return
        if not message["more_body"]:
            break
    await send(
        {
            "type": "http.response.start",
            "status": 200,
            "headers": [(b"content-length", b"2")] if scope["path"] == "/" else [],
        }
    )
    for _ in range(PIECES if scope["path"] == "/large" else 0):
        await send({"type": "http.response.body", "body": PIECE, "more_body": True})
    await send({"type": "http.response.body", "body": b"ok"})


@contextlib.asynccontextmanager
async def listening(most_connections: int = 100) -> AsyncIterator[Callable[[bytes], Any]]:
    """Listen with uvicorn's protocols as the server has them; yield a function that connects and sends bytes."""
    config = uvicorn.Config(
        application, log_level="critical", ws="websockets-sansio", lifespan="off", timeout_keep_alive=30
    )
    config.load()
    config.ws_protocol_class = PromptWebSocket
    bounded = type("Bounded", (PromptHTTP,), {"most_connections": most_connections})
    state = uvicorn.Server(config).server_state
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: bounded(config=config, server_state=state, app_state={}), "127.0.0.1", 0)
    writers = []

    async def connect(data: bytes) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname())
        writers.append(writer)
        writer.write(data)
        return reader, writer

    try:
        async with asyncio.timeout(20):
            yield connect
    finally:
        for writer in writers:
            writer.close()
        server.close()
        for connection in list(state.connections):
            connection.transport.abort()
        while state.connections or state.tasks:
            await asyncio.sleep(0.01)


def ended(first: bytes, drip: bytes = b"", after_head: bytes = b"") -> bytes:
    """Send bytes, then single ones now and again, or some after the answer's head; return what the server had said when it closed."""

    async def run() -> bytes:
        async with listening() as connect:
            reader, writer = await connect(first)

            async def dripping() -> None:
                for byte in drip:
                    await asyncio.sleep(0.05)
                    writer.write(bytes([byte]))

            task = asyncio.create_task(dripping())
            said = b""
            if after_head:
                said = await reader.readuntil(b"\r\n\r\n")
                writer.write(after_head)
            with contextlib.suppress(ConnectionResetError):
                said += await reader.read()
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)
            return said

    return asyncio.run(run())


@pytest.mark.parametrize(
    ("first", "drip"),
    [
        (b"", b""),
        (b"GET / HTTP/1.1\r\nHost: x\r\nX-Slow: ", b""),
        (b"GET / HTTP/1.1\r\nHost: x\r\nX-Slow: ", b"a" * 300),
        (b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\nabc", b""),
        (b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\nabc", b"a" * 300),
        (b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n", b""),
    ],
    ids=["nothing", "head", "dripping head", "body", "dripping body", "chunks"],
)
def test_an_unfinished_request_is_ended_and_told_so(first: bytes, drip: bytes) -> None:
    assert ended(first, drip).startswith(b"HTTP/1.1 408 ")


def test_a_body_that_nobody_reads_is_ended_after_its_answer() -> None:
    said = ended(b"GET / HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n", b"a" * 300)
    assert said.startswith(b"HTTP/1.1 200 ")


@pytest.mark.parametrize(
    "piece",
    [
        b"\x82",
        b"\x82\xfe",
        WHOLE_FRAME[:-1],
        WHOLE_FRAME + WHOLE_FRAME[:3],
        FIRST_FRAGMENT,
    ],
    ids=["one byte", "no length", "half a payload", "after a whole one", "half a message"],
)
def test_an_unfinished_frame_ends_its_websocket(piece: bytes) -> None:
    said = ended(UPGRADE, after_head=piece)
    assert said.startswith(b"HTTP/1.1 101 ")
    assert b"A message was not finished in time." in said


def test_whoever_owes_nothing_may_be_silent() -> None:
    async def run() -> None:
        async with listening() as connect:
            quiet = [
                await connect(UPGRADE),
                await connect(UPGRADE),
                await connect(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n"),
            ]
            for reader, _ in quiet:
                assert (await reader.readuntil(b"\r\n\r\n")).startswith((b"HTTP/1.1 101", b"HTTP/1.1 200"))
            quiet[1][1].write(WHOLE_FRAME)
            await asyncio.sleep(1)  # three times as long as they would have to finish something
            for _, writer in quiet[:2]:
                writer.write(WHOLE_FRAME)
            quiet[2][1].write(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
            assert await quiet[0][0].readexactly(4) == b"\x82\x02hi"
            assert await quiet[1][0].readexactly(8) == b"\x82\x02hi" * 2
            assert b"HTTP/1.1 200" in await quiet[2][0].readuntil(b"\r\n\r\n")

    asyncio.run(run())


def test_a_slow_line_has_the_time_it_needs() -> None:
    async def run() -> bytes:
        async with listening() as connect:
            reader, writer = await connect(b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 20000\r\n\r\n")
            for _ in range(20):  # a second in all, at ten times the slowest rate
                await asyncio.sleep(0.05)
                writer.write(b"a" * 1000)
            return await reader.readuntil(b"\r\n\r\n")

    assert asyncio.run(run()).startswith(b"HTTP/1.1 200 ")


def test_an_answer_that_is_not_fetched_is_cut_off() -> None:
    async def run() -> int:
        async with listening() as connect:
            reader, writer = await connect(b"GET /large HTTP/1.1\r\nHost: x\r\n\r\n")
            writer.transport.pause_reading()
            await asyncio.sleep(1)
            writer.transport.resume_reading()
            fetched = 0
            with contextlib.suppress(ConnectionResetError):
                while data := await reader.read(1 << 20):
                    fetched += len(data)
            return fetched

    assert asyncio.run(run()) < PIECES * len(PIECE)


def test_more_connections_than_the_bound_are_refused_in_words_until_one_is_free() -> None:
    async def run() -> list[bytes]:
        request = b"GET / HTTP/1.1\r\nHost: x\r\n\r\n"
        async with listening(most_connections=2) as connect:
            first, second = await connect(UPGRADE), await connect(UPGRADE)
            for reader, _ in (first, second):
                await reader.readuntil(b"\r\n\r\n")
            refused = await (await connect(request))[0].read()
            first[1].close()
            await first[1].wait_closed()
            await asyncio.sleep(0.05)
            return [refused, await (await connect(request))[0].readuntil(b"\r\n\r\n")]

    refused, served = asyncio.run(run())
    assert refused.startswith(b"HTTP/1.1 503 ")
    assert b"The server is full." in refused
    assert served.startswith(b"HTTP/1.1 200 ")


def test_nobody_is_blamed_while_the_server_itself_does_not_read() -> None:
    async def run() -> list[str]:
        ends, held = [], [True]
        deadline = Deadline(asyncio.get_running_loop(), lambda: True, lambda: held[0], lambda: ends.append("end"))
        deadline.look()
        await asyncio.sleep(1)
        before = list(ends)
        held[0] = False
        await asyncio.sleep(1)
        return [*before, "held until here", *ends]

    assert asyncio.run(run()) == ["held until here", "end"]
