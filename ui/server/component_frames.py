"""Lets the frames of components obey the page around them and nobody else.

streamlit-folium runs the scripts it is sent and looks neither at who sent them nor from where, so any page that holds a reference to the frame (it opened
the dashboard in a window, or may frame it) would run its own in our origin. See docs/decisions/0014.
"""

import posixpath
import re
from collections.abc import Callable, Mapping

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ui.asset_routes import base_path

__all__ = ["GUARD", "ComponentFrames"]

# The first listener of the window: what it stops, the component's own never hears. A page opened by its address alone has itself as parent.
GUARD = (
    '<script>addEventListener("message", (event) => {'
    " if (parent === window || event.source !== parent || event.origin !== location.origin) event.stopImmediatePropagation();"
    " }, true)</script>"
)
_HEAD = re.compile(rb"<head[^>]*>", re.IGNORECASE)
# Types that a browser runs scripts of; of the last two a frame is made neither by Streamlit nor by us.
_PAGES = ("text/html", "application/xhtml+xml", "image/svg+xml")


class ComponentFrames:
    """ASGI middleware around Streamlit's own: writes the guard into each page below ``/component/``, before any script of its own.

    Nothing there is compressed (:mod:`ui.server.uncompressed`): what is cannot be written into.

    Parameters
    ----------
    links : by the name of a component, what gives further markup for the head of its page.
    """

    def __init__(self, app: ASGIApp, links: Mapping[str, Callable[[], str]] | None = None) -> None:
        self.app = app
        self._components = f"{base_path()}/component/"
        self._links = links or {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and guard the page that comes back, by whatever spelling of its address."""
        path = scope["path"] if scope["type"] == "http" else ""
        if not path.startswith(self._components):
            await self.app(scope, receive, send)
        elif path != posixpath.normpath(path):  # Streamlit takes index.html/ and index.html/. for index.html
            await PlainTextResponse("Not found.\n", 404)(scope, receive, send)
        else:
            links = self._links.get(path.removeprefix(self._components).partition("/")[0], str)
            await self.app(scope, receive, _guarding(send, links))


def _guarding(send: Send, links: Callable[[], str]) -> Send:
    """Return a ``send`` that keeps a page back until it is whole, and passes it on with the guard and further markup behind it."""
    head: Message = {}
    parts: list[bytes] = []

    async def guard(message: Message) -> None:
        if message["type"] == "http.response.start" and _is_page(message):
            head.update(message)
        elif not head or message["type"] != "http.response.body":
            await send(message)
        else:
            parts.append(message.get("body", b""))
            if not message.get("more_body", False):
                body = _written_into(b"".join(parts), GUARD + links())
                headers = MutableHeaders(raw=list(head["headers"]))
                headers["content-length"] = str(len(body))
                await send({**head, "headers": headers.raw})
                await send({"type": "http.response.body", "body": body})

    return guard


def _is_page(message: Message) -> bool:
    """Whether what begins is a page that can run scripts."""
    return Headers(raw=message.get("headers", [])).get("content-type", "").lower().startswith(_PAGES)


def _written_into(page: bytes, markup: str) -> bytes:
    """Return a page with markup at the beginning of its head, or of all where it has none."""
    head = _HEAD.search(page)
    at = head.end() if head else 0
    return page[:at] + markup.encode() + page[at:]
