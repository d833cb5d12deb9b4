"""The running server gets its limits."""

import asyncio
import signal
from collections.abc import Iterator

import pytest
import uvicorn

from ui.server import running
from ui.server.bounds.deadlines import PromptHTTP, PromptWebSocket
from ui.server.bounds.operations import OperationThreads
from ui.server.bounds.pacing import LARGEST_MESSAGE
from ui.server.descriptors import Bounds


@pytest.fixture
def served() -> Iterator[uvicorn.Server]:
    """A server that has taken over the signals, as it does before its lifespan."""
    server = uvicorn.Server(uvicorn.Config(lambda: None))
    before = signal.signal(signal.SIGTERM, server.handle_exit)
    yield server
    signal.signal(signal.SIGTERM, before)


async def limit() -> type:
    """Limit the server as its lifespan does; return of which kind the threads are that its event loop uses from then on."""
    running.limit(Bounds(10, 40))
    await asyncio.to_thread(int)
    return type(asyncio.get_running_loop()._default_executor)  # type: ignore[attr-defined]


def test_the_server_is_found_and_limited(served: uvicorn.Server) -> None:
    assert asyncio.run(limit()) is OperationThreads

    config = served.config
    assert issubclass(config.http_protocol_class, PromptHTTP)
    assert config.http_protocol_class.most_connections == 40
    assert config.ws_protocol_class is PromptWebSocket
    assert config.ws_max_size == LARGEST_MESSAGE
    assert config.timeout_graceful_shutdown == running.STOP_SECONDS
    assert config.backlog == running.ACCEPTED_AT_ONCE


def test_another_server_is_said_to_have_no_limits(caplog: pytest.LogCaptureFixture) -> None:
    assert running.server() is None
    assert asyncio.run(limit()) is OperationThreads
    assert "are not ended" in caplog.text
