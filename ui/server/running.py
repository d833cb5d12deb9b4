"""Gives the running uvicorn server what it can only be given here: ``streamlit run`` makes it, and has no options for these."""

import asyncio
import logging
import signal

import uvicorn

from ui.server.bounds.deadlines import PromptHTTP, PromptWebSocket
from ui.server.bounds.operations import OperationThreads
from ui.server.bounds.pacing import LARGEST_MESSAGE
from ui.server.descriptors import Bounds

__all__ = ["STOP_SECONDS", "limit", "server"]

STOP_SECONDS = 3  # for what is open when the server is to stop; the rest is cut off
ACCEPTED_AT_ONCE = 128  # of uvicorn's 2,048: asyncio accepts as many before anybody else has a turn
_log = logging.getLogger(__name__)


def server() -> uvicorn.Server | None:
    """Return the uvicorn server of this process, found by its signal handler, which is its own method; None under another server."""
    owner = getattr(signal.getsignal(signal.SIGTERM), "__self__", None)
    return owner if isinstance(owner, uvicorn.Server) else None


def limit(bounds: Bounds) -> None:
    """Set deadlines, the number of connections, the size of messages and the time to stop.

    For the server's lifespan, in its event loop: uvicorn starts it before it listens, and before anybody else takes over its signals.
    """
    asyncio.get_running_loop().set_default_executor(OperationThreads(thread_name_prefix="operation"))
    running = server()
    if running is None:
        _log.warning(
            "Not served by uvicorn as `streamlit run` starts it: unfinished requests and messages are not ended."
        )
        return
    config = running.config
    config.http_protocol_class = type("BoundedHTTP", (PromptHTTP,), {"most_connections": bounds.connections})
    config.ws_protocol_class = PromptWebSocket
    config.ws_max_size = LARGEST_MESSAGE
    config.timeout_graceful_shutdown = STOP_SECONDS
    config.backlog = ACCEPTED_AT_ONCE
