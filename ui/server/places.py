"""Bounds how much is open at the same time, in all and for one address; who finds no place is refused in words."""

from collections import Counter

from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from ui.server.descriptors import Bounds

__all__ = ["Places"]

_FULL = "The server is full. Try again in a minute. 服务器已满，请稍后再试。\n"
_SHARE = (
    2  # one address may take half of the places, so that others find one; an office behind one address is still served
)


class Places:
    """ASGI middleware: counts what is open. Only used in the server's event loop.

    Parameters
    ----------
    bounds : how many visitors and connections.
    """

    def __init__(self, app: ASGIApp, bounds: Bounds) -> None:
        self.app = app
        # What is not a visitor's websocket is a request, and an event stream is one that lasts.
        self._most = {"websocket": bounds.visitors, "http": bounds.connections - bounds.visitors}
        self._open: Counter[tuple[str, str]] = Counter()  # by kind and address
        self._total: Counter[str] = Counter()  # by kind

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on what finds a place; answer anything else with 503."""
        kind = scope["type"]
        most = self._most.get(kind)
        if most is None:
            await self.app(scope, receive, send)
            return
        place = kind, _address(scope)
        if self._total[kind] >= most or self._open[place] >= most // _SHARE:
            refusal = PlainTextResponse(_FULL, 503, {"Retry-After": "60", "Connection": "close"})
            await refusal(scope, receive, send)
            return
        self._total[kind] += 1
        self._open[place] += 1
        try:
            await self.app(scope, receive, send)
        finally:
            self._total[kind] -= 1
            self._open[place] -= 1
            if not self._open[place]:
                del self._open[place]


def _address(scope: Scope) -> str:
    """Return who is at the other end: behind a proxy on this machine whom ``X-Forwarded-For`` names; "" behind a Unix socket."""
    client = scope.get("client")
    return str(client[0]) if client else ""
