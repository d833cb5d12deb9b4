"""What a peer leaves unfinished is ended; tried with real sockets on a server of its own, with short times."""

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Callable
from typing import Any

import h11
import pytest
import uvicorn
from starlette.responses import PlainTextResponse

from ui.server.bounds import deadlines, leaving
from ui.server.bounds.deadlines import Deadline, PromptHTTP, PromptWebSocket
from ui.server.bounds.pieces import LONGEST_LINE, MOST_HEADERS, MOST_ITEMS, MOST_PARAMETERS

pytestmark = pytest.mark.slow

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
    monkeypatch.setattr(leaving, "FETCH_SECONDS", 0.3)
    monkeypatch.setattr(leaving, "LEAVE_SECONDS", 0.3)


async def application(scope: Any, receive: Any, send: Any) -> None:
    """Answer once the body is there; echo what a websocket says, or refuse it at /no, late at /slow; say much at /large, and at once at /whole."""
    if scope["type"] == "websocket":
        await receive()
        await asyncio.sleep(1 if scope["path"] == "/slow" else 0)
        if scope["path"] == "/no":
            await PlainTextResponse("No.\n", 403)(scope, receive, send)
            return
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
    await send({"type": "http.response.body", "body": PIECE * PIECES if scope["path"] == "/whole" else b"ok"})


@contextlib.asynccontextmanager
async def listening(most_connections: int = 100, keep_alive: float = 30) -> AsyncIterator[Callable[..., Any]]:
    """Listen with uvicorn's protocols as the server has them; yield a function that connects and sends bytes."""
    config = uvicorn.Config(
        application, log_level="critical", ws="websockets-sansio", lifespan="off", timeout_keep_alive=keep_alive
    )
    config.load()
    config.ws_protocol_class = PromptWebSocket
    bounded = type("Bounded", (PromptHTTP,), {"most_connections": most_connections})
    state = uvicorn.Server(config).server_state
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: bounded(config=config, server_state=state, app_state={}), "127.0.0.1", 0)
    writers = []

    async def connect(data: bytes, source: str = "127.0.0.1") -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname(), local_addr=(source, 0))
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
                while piece := await reader.read(1024):  # what came before a reset was said
                    said += piece
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
    said = ended(first, drip)
    # What was said last may never reach a peer that still sends: TCP resets the connection.
    lost = bool(drip) and not said
    assert lost or said.startswith(b"HTTP/1.1 408 ")


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


@pytest.mark.parametrize("path", ["/large", "/whole"])
def test_an_answer_that_is_fetched_steadily_is_sent_to_its_end(monkeypatch: pytest.MonkeyPatch, path: str) -> None:
    """However the application hands it over: what waited was counted as one from the moment when it was too much."""
    monkeypatch.setattr(leaving, "SLOWEST", 1_000_000)  # 300 kB in each time; the system's buffers take some MB at once

    async def run() -> int:
        async with listening() as connect:
            reader, _ = await connect(f"GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".encode())
            fetched = 0
            while data := await reader.read(200_000):
                fetched += len(data)
                await asyncio.sleep(0.01)
            return fetched

    assert asyncio.run(run()) >= PIECES * len(PIECE)


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


PING, PONG, EMPTY_FRAGMENT = b"\x89\x80\x00\x00\x00\x00", b"\x8a\x80\x00\x00\x00\x00", b"\x00\x80\x00\x00\x00\x00"
CHUNKED = b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"


@pytest.mark.parametrize("frames", [PING, PONG, EMPTY_FRAGMENT], ids=["ping", "pong", "fragment"])
def test_frames_that_bring_no_message_are_bounded(monkeypatch: pytest.MonkeyPatch, frames: bytes) -> None:
    parsed = [0]
    whole = PromptWebSocket.data_received

    def counted(self: PromptWebSocket, data: bytes) -> None:
        parsed[0] += len(data)
        whole(self, data)

    monkeypatch.setattr(PromptWebSocket, "data_received", counted)
    ended(UPGRADE, after_head=FIRST_FRAGMENT + frames * 20_000)
    assert parsed[0] < 2 * leaving.READ_SIZE  # one read, and the handshake: no more was looked at
    assert b"Too many frames." in ended(UPGRADE, after_head=FIRST_FRAGMENT + frames * 300)


def test_a_message_in_as_many_pieces_as_a_proxy_makes_is_taken() -> None:
    async def run() -> bytes:
        async with listening() as connect:
            reader, writer = await connect(UPGRADE)
            await reader.readuntil(b"\r\n\r\n")
            writer.write(PING * 10 + FIRST_FRAGMENT + b"\x00" + FIRST_FRAGMENT[1:] + b"\x80" + FIRST_FRAGMENT[1:])
            return await reader.readexactly(10 * 2 + 8)

    assert asyncio.run(run()).endswith(b"\x82\x06hihihi")


def test_a_body_in_too_many_small_pieces_is_refused() -> None:
    assert ended(CHUNKED + b"1\r\na\r\n" * 300).startswith(b"HTTP/1.1 429 ")
    closing = CHUNKED.replace(b"Host: x", b"Host: x\r\nConnection: close")
    assert ended(closing + b"258\r\n" + b"a" * 600 + b"\r\n0\r\n\r\n").startswith(b"HTTP/1.1 200 ")


@pytest.mark.parametrize("split", [b"", b"5\r\nabcde\r\n"], ids=["alone", "behind a chunk"])
@pytest.mark.parametrize("piece", [b"a: b\r\n\r\n", b"a:\n" * 5300, b"a"], ids=["one", "thousands", "unfinished"])
def test_headers_behind_a_body_are_refused_before_they_are_read(
    monkeypatch: pytest.MonkeyPatch, split: bytes, piece: bytes
) -> None:
    read = []
    lines = h11._receivebuffer.ReceiveBuffer.maybe_extract_lines
    monkeypatch.setattr(
        h11._receivebuffer.ReceiveBuffer,
        "maybe_extract_lines",
        lambda self: ((found := lines(self)) and read.append(found)) or found,
    )
    assert ended(CHUNKED + split + b"0\r\n" + piece).startswith(b"HTTP/1.1 400 ")
    assert len(read) == 1, "the head alone"
    closing = CHUNKED.replace(b"Host: x", b"Host: x\r\nConnection: close")
    assert ended(closing + split + b"0\r\n", drip=b"\r\n").startswith(b"HTTP/1.1 200 ")


def test_one_peer_takes_half_of_the_connections_and_no_more() -> None:
    async def run() -> list[bytes]:
        async with listening(most_connections=6) as connect:
            silent = [await connect(b"", "127.0.0.2") for _ in range(3)]
            await asyncio.sleep(0.1)
            refused = await (await connect(b"", "127.0.0.2"))[0].read()
            proxy = [await connect(UPGRADE) for _ in range(2)]  # 127.0.0.1 is trusted
            said = [await reader.readuntil(b"\r\n\r\n") for reader, _ in proxy]
            for _, writer in silent:
                writer.close()
            await asyncio.sleep(0.1)
            again = await (await connect(UPGRADE, "127.0.0.2"))[0].readuntil(b"\r\n\r\n")
            return [refused, *said, again]

    refused, *served = asyncio.run(run())
    assert b"The server is full." in refused
    assert all(said.startswith(b"HTTP/1.1 101 ") for said in served)


def test_a_websocket_still_counts_for_its_peer_and_not_after_it_has_left() -> None:
    async def run() -> list[bytes]:
        async with listening(most_connections=4) as connect:
            pages = [await connect(UPGRADE, "127.0.0.2") for _ in range(2)]
            for reader, _ in pages:
                await reader.readuntil(b"\r\n\r\n")
            refused = await (await connect(b"", "127.0.0.2"))[0].read()
            pages[0][1].close()
            await asyncio.sleep(0.1)
            return [refused, await (await connect(UPGRADE, "127.0.0.2"))[0].readuntil(b"\r\n\r\n")]

    refused, served = asyncio.run(run())
    assert b"The server is full." in refused
    assert served.startswith(b"HTTP/1.1 101 ")


def test_what_came_behind_a_whole_request_must_be_finished_too() -> None:
    whole = b"GET / HTTP/1.1\r\nHost: x\r\n\r\n"
    for unfinished in (b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\na", b"GET / HTTP/1.1\r\nX-Slow: "):
        said = ended(whole + unfinished)
        assert said.startswith(b"HTTP/1.1 200 ")
        assert b"HTTP/1.1 408 " in said


def test_a_refused_websocket_leaves_no_error_in_the_log(monkeypatch: pytest.MonkeyPatch) -> None:
    errors: list[Any] = []
    monkeypatch.setattr(logging.getLogger("uvicorn.error"), "error", lambda *said: errors.append(said))
    said = ended(UPGRADE.replace(b"/ ", b"/no ", 1))
    assert said.startswith(b"HTTP/1.1 403 ")
    assert said.endswith(b"No.\n")
    assert not errors


@pytest.mark.parametrize(
    ("status", "header"),
    [
        (b"400", b"Content-Length: 10"),
        (b"400", b"Transfer-Encoding: chunked"),
        (b"400", b"X: a\x01b"),
        (b"431", b"X: " + b"a" * 9000),
        (b"431", b"\r\n".join([b"X: a"] * 130)),
    ],
    ids=["body", "chunks", "control character", "long line", "many headers"],
)
def test_an_upgrade_that_only_one_of_the_parsers_takes_is_refused_in_words(status: bytes, header: bytes) -> None:
    said = ended(UPGRADE.replace(b"Host: x", b"Host: x\r\n" + header))
    assert said.startswith(b"HTTP/1.1 " + status)
    assert b"\r\nX-Content-Type-Options: nosniff\r\nContent-Security-Policy: default-src 'none'\r\n" in said
    assert b"\r\n\r\nA " in said


def test_an_upgrade_with_a_long_path_is_refused_and_one_that_just_fits_is_not() -> None:
    assert ended(UPGRADE.replace(b"/ ", b"/" + b"a" * 8200 + b" ", 1)).startswith(b"HTTP/1.1 431 ")
    fits = UPGRADE.replace(b"/ ", b"/" + b"a" * (8190 - len("GET / HTTP/1.1")) + b" ", 1)
    assert ended(fits, after_head=b"\x82").startswith(b"HTTP/1.1 101 ")


@pytest.mark.parametrize(
    ("early", "status"),
    [(b"", b"408"), (WHOLE_FRAME, b"400"), (b"\x88\x80\x00\x00\x00\x00", b"400")],
    ids=["silence", "frame", "close"],
)
def test_an_unanswered_handshake_ends_and_nothing_is_taken_before(
    monkeypatch: pytest.MonkeyPatch, early: bytes, status: bytes
) -> None:
    errors: list[Any] = []
    for level in ("error", "exception"):
        monkeypatch.setattr(logging.getLogger("uvicorn.error"), level, lambda *said: errors.append(said))

    async def run() -> bytes:
        async with listening() as connect:
            reader, writer = await connect(UPGRADE.replace(b"/ ", b"/slow ", 1))
            await asyncio.sleep(0.1)
            writer.write(early)
            said = await reader.read()
            await asyncio.sleep(1)  # until the application answers, to nobody
            return said

    assert asyncio.run(run()).startswith(b"HTTP/1.1 " + status)
    assert not errors


def test_a_frame_has_its_own_time_however_long_the_handshake_took() -> None:
    async def run() -> bytes:
        async with listening() as connect:
            reader, writer = await connect(UPGRADE)
            await reader.readuntil(b"\r\n\r\n")
            await asyncio.sleep(0.2)
            writer.write(WHOLE_FRAME[:3])
            await asyncio.sleep(0.2)  # by now the time for the handshake is over
            writer.write(WHOLE_FRAME[3:])
            return await reader.readexactly(4)

    assert asyncio.run(run()) == b"\x82\x02hi"


def test_a_stop_is_not_disturbed_by_an_upgrade_that_was_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(leaving, "LEAVE_SECONDS", 1000)
    shut: list[PromptWebSocket] = []
    refuse = PromptWebSocket._refuse

    def refuse_and_stop(self: PromptWebSocket, answer: bytes) -> None:
        refuse(self, answer)
        self.shutdown()  # as the server does with each connection; an error here would leave the others open
        shut.append(self)

    monkeypatch.setattr(PromptWebSocket, "_refuse", refuse_and_stop)
    assert ended(UPGRADE.replace(b"Host: x", b"Host: x\r\nContent-Length: 10")).count(b"HTTP/1.1 ") == 1
    assert len(shut) == 1


@pytest.mark.parametrize("how", ["kept alive", "answer ends it", "peer ends it"])
def test_what_is_left_when_a_connection_closes_must_be_fetched_too(monkeypatch: pytest.MonkeyPatch, how: str) -> None:
    monkeypatch.setattr(leaving, "FETCH_SECONDS", 1000)

    async def run() -> int:
        header = b"Connection: close\r\n" if how == "answer ends it" else b""
        async with listening(keep_alive=0.2 if how == "kept alive" else 30) as connect:
            reader, writer = await connect(b"GET /whole HTTP/1.1\r\nHost: x\r\n" + header + b"\r\n")
            writer.transport.pause_reading()
            if how == "peer ends it":
                await asyncio.sleep(0.1)
                writer.write_eof()
            await asyncio.sleep(1.5)
            writer.transport.resume_reading()
            fetched = 0
            with contextlib.suppress(ConnectionResetError):
                while data := await reader.read(1 << 20):
                    fetched += len(data)
            return fetched

    assert asyncio.run(run()) < PIECES * len(PIECE)


@pytest.mark.parametrize("kind", ["websocket.send", "websocket.close"])
def test_what_is_said_to_a_socket_closed_from_here_is_dropped(kind: str) -> None:
    async def run() -> None:
        cut = PromptWebSocket.__new__(PromptWebSocket)
        cut.writable = asyncio.Event()
        cut.close_sent = False
        cut.handshake_complete, cut.disconnected, cut.initial_response = True, False, None
        said = asyncio.create_task(cut.send({"type": kind, "bytes": b"x"}))
        await asyncio.sleep(0)
        cut.close_sent = True  # while it waited for the peer to fetch what was there
        cut.writable.set()
        async with asyncio.timeout(20):
            await said

    asyncio.run(run())


def head(headers: int = 1, entries: int = 0, parameters: int = 1, address: int = 0) -> bytes:
    """Return a request with so many headers, entries in one of them and parameters, and so many bytes of address; from two headers on the last one."""
    target = "/" + "a" * (address - 1) if address else "/?" + "&".join(["a"] * parameters)
    lines = ["Host: x", "Connection: close", "X: " + "a," * entries, *["a:"] * headers][:headers]
    return "\r\n".join([f"GET {target} HTTP/1.1", *lines, "", ""]).encode()


@pytest.mark.parametrize(
    ("within", "beyond"),
    [
        (head(headers=MOST_HEADERS), head(headers=MOST_HEADERS + 1)),
        (head(2, parameters=MOST_PARAMETERS), head(2, parameters=MOST_PARAMETERS + 1)),
        (head(3, entries=MOST_ITEMS), head(3, entries=MOST_ITEMS + 1)),
        (
            head(2, address=LONGEST_LINE - len("GET  HTTP/1.1")),
            head(2, address=LONGEST_LINE - len("GET  HTTP/1.1") + 1),
        ),
    ],
    ids=["headers", "parameters", "entries", "address"],
)
@pytest.mark.parametrize("followed", [b"", b"GET / HTTP/1.1\r\n" + b"a:\r\n" * 120], ids=["alone", "pipelined"])
def test_a_head_of_too_many_parts_is_refused_before_it_is_read(
    monkeypatch: pytest.MonkeyPatch, within: bytes, beyond: bytes, followed: bytes
) -> None:
    read = []
    monkeypatch.setattr(
        h11.Connection, "next_event", lambda self, inner=h11.Connection.next_event: read.append(1) or inner(self)
    )
    said = ended(beyond)
    assert said.startswith(b"HTTP/1.1 431 ")
    assert b"\r\n\r\nA request has at most" in said
    assert read == []
    assert ended(within + followed).startswith(b"HTTP/1.1 200 "), "what follows is another request"


def test_a_second_request_of_too_many_parts_is_refused_too() -> None:
    said = ended(head() + head(headers=MOST_HEADERS + 1))
    assert said.startswith(b"HTTP/1.1 200 ")
    assert b"HTTP/1.1 431 " in said


def test_a_head_that_is_not_whole_yet_is_refused_once_it_has_too_many_parts() -> None:
    assert ended(head(headers=MOST_HEADERS + 2)[:-2]).startswith(b"HTTP/1.1 431 ")
    assert ended(head(headers=MOST_HEADERS)[:-2]).startswith(b"HTTP/1.1 408 "), "the blank line is still to come"
