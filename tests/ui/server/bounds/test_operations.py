"""What a page asks beside its runs has a turn until its work is over, and none of it goes on for who has left."""

import asyncio
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime.backend_operation_handler import DeferredFileHandler

from ui.server.bounds.operations import OperationThreads
from ui.server.bounds.pacing import Pacing
from ui.server.bounds.turns import Turns

CONNECT, GONE = {"type": "websocket.connect"}, {"type": "websocket.disconnect", "code": 1005}


def asks(number: object, file_id: str = "f") -> dict[str, Any]:
    """Return a request for a file."""
    back = BackMsg()
    back.backend_operation_request.request_id = str(number)
    back.backend_operation_request.deferred_file.file_id = file_id
    return {"type": "websocket.receive", "bytes": back.SerializeToString()}


def asks_addresses() -> dict[str, Any]:
    """Return a request for upload addresses."""
    back = BackMsg()
    back.file_urls_request.request_id = "u"
    return {"type": "websocket.receive", "bytes": back.SerializeToString()}


def reruns(fragment: str = "") -> dict[str, Any]:
    """Return a request for a run."""
    back = BackMsg()
    back.rerun_script.fragment_id = fragment
    back.rerun_script.page_name = "x"
    return {"type": "websocket.receive", "bytes": back.SerializeToString()}


class Files:
    """Stands for Streamlit's manager of files: each takes until it is allowed to be ready."""

    def __init__(self) -> None:
        self.begun: list[str] = []
        self.ready = threading.Event()

    def execute_deferred(self, file_id: str) -> str:
        """Make a file."""
        self.begun.append(file_id)
        assert self.ready.wait(20)
        return f"/media/{file_id}"


class Streamlit:
    """Does with messages what Streamlit's session does, by its own code for files."""

    def __init__(self, files: Files, answers: bool = True) -> None:
        self._handler, self._answers = DeferredFileHandler(lambda: files), answers  # type: ignore[arg-type,return-value]
        self.received: list[BackMsg] = []
        self._tasks: set[asyncio.Task[None]] = set()

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        while (incoming := await receive())["type"] != "websocket.disconnect":
            if incoming["type"] == "websocket.receive":
                self.received.append(back := BackMsg.FromString(incoming["bytes"]))
                if back.WhichOneof("type") == "backend_operation_request":
                    self._tasks.add(asyncio.create_task(self._make(back.backend_operation_request, send)))

    async def _make(self, request: Any, send: Any) -> None:
        outgoing = ForwardMsg()
        outgoing.backend_operation_response.CopyFrom(await self._handler.handle(request, "session"))
        if self._answers:
            await send({"type": "websocket.send", "bytes": outgoing.SerializeToString()})


class Server:
    """Pacing before Streamlit, with as many threads as a small server has."""

    def __init__(self, answers: bool = True, **turns: Any) -> None:
        self.files, self.turns = Files(), Turns(**turns)
        self.streamlit = Streamlit(self.files, answers)
        self._pacing = Pacing(self.streamlit, turns=self.turns)
        self.visits: list[asyncio.Task[None]] = []

    def visit(self, address: str, *messages: dict[str, Any]) -> asyncio.Queue[dict[str, Any]]:
        """Let a browser connect and send messages; return where it may send more."""
        queue: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        for one in (CONNECT, *messages):
            queue.put_nowait(one)

        async def send(outgoing: Any) -> None: ...

        scope = {"type": "websocket", "client": (address, 1), "subprotocols": ["streamlit", "", "session"]}
        self.visits.append(asyncio.create_task(self._pacing(scope, queue.get, send)))
        return queue


@asynccontextmanager
async def serving(**options: Any) -> AsyncIterator[Server]:
    """Run a server, and stop it."""
    asyncio.get_running_loop().set_default_executor(OperationThreads(6))
    server = Server(**options)
    try:
        async with asyncio.timeout(20):
            yield server
    finally:
        server.files.ready.set()
        for visit in server.visits:
            visit.cancel()
        await asyncio.gather(*server.visits, return_exceptions=True)


async def until(condition: Any) -> None:
    """Wait for something."""
    async with asyncio.timeout(10):
        while not condition():
            await asyncio.sleep(0.005)


def test_each_file_waits_for_a_turn_of_its_own_whatever_else_the_socket_has() -> None:
    async def run() -> tuple[int, list[str]]:
        async with serving(seconds=0.05) as server:
            server.visit("10.0.0.1", reruns(), asks_addresses(), *(asks(number) for number in range(37)))
            await until(lambda: server.files.begun)
            await asyncio.sleep(0.5)  # ten turns
            server.visit("10.0.0.2", asks("v", "another"))
            await until(lambda: "another" in server.files.begun)
            return len(server.files.begun), server.files.begun

    begun, _ = asyncio.run(run())
    assert begun <= 4, "two that last beyond their turns, and one of the other address"


def test_a_turn_ends_with_the_answer_that_is_its_own() -> None:
    async def run() -> list[str]:
        async with serving(most=2, seconds=60) as server:
            server.visit("10.0.0.1", asks(1, "one"), asks(2, "two"), asks(3, "three"))
            await until(lambda: len(server.files.begun) == 2)
            assert len(server.streamlit.received) == 2, "the third waits"
            server.files.ready.set()
            await until(lambda: len(server.files.begun) == 3)
            await until(lambda: not server.turns._taken)
            return server.files.begun

    assert asyncio.run(run()) == ["one", "two", "three"]


def test_a_turn_ends_with_the_work_where_the_answer_is_not_seen() -> None:
    async def run() -> None:
        async with serving(answers=False, most=1, seconds=60) as server:
            server.visit("10.0.0.1", asks(1))
            await until(lambda: server.files.begun)
            assert server.turns._taken
            server.files.ready.set()
            await until(lambda: not server.turns._taken)

    asyncio.run(run())


def test_upload_addresses_take_a_turn_only_while_streamlit_makes_them() -> None:
    """Where a run begins at once Streamlit may drop the answer to them."""

    async def run() -> None:
        async with serving(answers=False, most=1, seconds=60) as server:
            server.visit("10.0.0.1", asks_addresses())
            await until(lambda: server.streamlit.received)
            await until(lambda: not server.turns._taken)

    asyncio.run(run())


def test_of_who_has_left_nothing_is_begun_and_what_has_begun_counts_on() -> None:
    async def run() -> None:
        async with serving(most=9, seconds=60) as server:
            queue = server.visit("10.0.0.1", *(asks(number, str(number)) for number in range(20)))
            await until(lambda: len(server.streamlit.received) == 9)
            # There are six threads; three wait for one, the rest for a turn.
            await until(lambda: len(server.files.begun) == 6)
            queue.put_nowait(GONE)
            await asyncio.wait({server.visits[0]})
            await until(lambda: len(server.turns._taken) == 6)
            server.files.ready.set()
            await until(lambda: not server.turns._taken)
            await asyncio.sleep(0.05)
            assert len(server.files.begun) == 6
            assert len(server.streamlit.received) == 9

    asyncio.run(run())


def test_who_leaves_at_the_moment_of_their_turn_holds_none() -> None:
    async def run() -> None:
        async with serving(most=1, seconds=60) as server:
            await server.turns.take("somebody", "10.0.0.9")
            queue = server.visit("10.0.0.1", asks(1))
            await asyncio.sleep(0.01)
            queue.put_nowait(GONE)
            server.turns.end("somebody")
            await asyncio.wait({server.visits[0]})
            assert not server.turns._taken
            assert not server.turns._waiting

    asyncio.run(run())


@pytest.mark.parametrize(("fragment", "lasting"), [("gone", 0), ("", 1)])
def test_a_part_of_a_page_that_is_gone_counts_for_a_second_and_no_longer(
    monkeypatch: pytest.MonkeyPatch, fragment: str, lasting: int
) -> None:
    """Streamlit says nothing of it, so that its turn had no end of its own."""
    monkeypatch.setattr("ui.server.bounds.pacing.LEFT_SECONDS", 0.1)

    async def run() -> int:
        async with serving(seconds=0.02) as server:
            server.visit("10.0.0.1", reruns(fragment))
            await until(lambda: server.turns._lasting)
            await asyncio.sleep(0.2)
            return len(server.turns._lasting)

    assert asyncio.run(run()) == lasting


def test_at_a_stop_what_no_thread_has_begun_is_dropped() -> None:
    async def run() -> list[str]:
        threads, begun, ready = OperationThreads(1), [], threading.Event()

        def work(name: str) -> None:
            begun.append(name)
            assert ready.wait(10)

        asyncio.get_running_loop().set_default_executor(threads)
        waiting = [asyncio.create_task(asyncio.to_thread(work, name)) for name in ("one", "two")]
        await until(lambda: begun)
        threads.shutdown(wait=False)
        ready.set()
        await asyncio.gather(*waiting, return_exceptions=True)
        return begun

    assert asyncio.run(run()) == ["one"]
