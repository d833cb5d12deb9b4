"""Bounds how much is open at the same time, in all and for one address; who finds no place is refused in words."""

from collections import Counter

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from ui.server.addresses import client_of
from ui.server.descriptors import Bounds

__all__ = ["MOST_OF_ONE_ADDRESS", "NOT_PAGES", "Places"]

_FULL = "The server is full. Try again in a minute. 服务器已满，请稍后再试。\n"
_RETRY_SECONDS = 10  # after which a browser asks again for a page that found no place
NOT_PAGES = frozenset({"_stcore", "api", "auth", "component", "media", "oauth2callback", "static"})  # parts of paths
# One address may take half of the places, so that others find one, and never more than these; an office behind one address is still served.
_SHARE = 2
MOST_OF_ONE_ADDRESS = 1000


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
        if kind not in self._most:
            await self.app(scope, receive, send)
            return
        address = client_of(scope)
        if _is_page(scope) and not self._has_room("websocket", address):
            # The page itself would come, and stay empty: only its websocket, of which nobody sees anything, would be refused.
            await _refuse(scope, receive, send, {"Retry-After": str(_RETRY_SECONDS), "Refresh": str(_RETRY_SECONDS)})
            return
        if not self._has_room(kind, address):
            await _refuse(scope, receive, send, {"Retry-After": "60"})
            return
        place = kind, address
        self._total[kind] += 1
        self._open[place] += 1
        try:
            await self.app(scope, receive, send)
        finally:
            self._total[kind] -= 1
            self._open[place] -= 1
            if not self._open[place]:
                del self._open[place]

    def _has_room(self, kind: str, address: str) -> bool:
        """Whether there is a place for one more of an address."""
        share = min(self._most[kind] // _SHARE, MOST_OF_ONE_ADDRESS)
        return self._total[kind] < self._most[kind] and self._open[kind, address] < share


def _is_page(scope: Scope) -> bool:
    """Whether a browser asks for a page to show in a tab: not a file, nor what stands inside a page."""
    if scope["type"] != "http" or scope["method"] != "GET":
        return False
    headers = Headers(scope=scope)
    *folders, name = scope["path"].split("/")
    return (
        "text/html" in headers.get("accept", "")
        and headers.get("sec-fetch-dest", "document") == "document"
        and "." not in name
        and NOT_PAGES.isdisjoint([*folders, name])
    )


async def _refuse(scope: Scope, receive: Receive, send: Send, headers: dict[str, str]) -> None:
    """Answer with 503, in words."""
    await PlainTextResponse(_FULL, 503, {"Connection": "close"} | headers)(scope, receive, send)
