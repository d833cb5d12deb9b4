"""Bounds how fast one address may ask for pages, files and websockets: what comes faster waits for its time, so that others are served first."""

import asyncio
import time
from collections.abc import Callable

from starlette.types import ASGIApp, Receive, Scope, Send

from ui.server.addresses import client_of
from ui.server.bounds.turns import Buckets

__all__ = ["Requests", "cost"]

# A first visit takes some 80 requests, later ones a dozen: an office of ten behind one address opens its pages without waiting.
BURST, RATE = 1000, 200
# Headers, entries in them and parameters that are included in a request (browsers behind a proxy send some 100); so many more count as another one.
FREE_PARTS, PARTS = 150, 20


class Requests:
    """ASGI middleware: each address has a bucket. Only used in the server's event loop.

    A connection reads no further request while one waits, and one address has at most so many connections
    (:data:`ui.server.bounds.places.MOST_OF_ONE_ADDRESS`), so that a bucket's debt, and with it the longest wait, stays within some five seconds.

    Parameters
    ----------
    clock : returns seconds.
    """

    def __init__(self, app: ASGIApp, clock: Callable[[], float] = time.monotonic) -> None:
        self.app = app
        self._addresses = Buckets(BURST, RATE, clock)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request or a handshake on when it is due."""
        if scope["type"] in ("http", "websocket"):
            seconds = self._addresses.of(client_of(scope)).take(cost(scope))
            if seconds:
                await asyncio.sleep(seconds)
        await self.app(scope, receive, send)


def cost(scope: Scope) -> float:
    """Return for how many requests one counts: each of its parts is read by several middlewares."""
    headers = scope.get("headers", ())
    entries = sum(value.count(b",") + value.count(b";") for _, value in headers)
    parts: int = len(headers) + entries + scope.get("query_string", b"").count(b"&")
    return 1 + max(0, parts - FREE_PARTS) / PARTS
