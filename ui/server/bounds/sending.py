"""Sends large answers in pieces, each when the one before was fetched: what waits for a peer that does not fetch is a piece, not the file.

Streamlit, and Starlette where a file is in memory, hand a body over as a whole, and the server would keep it in its buffer for each who asks.
"""

import asyncio
from collections import Counter

from starlette.types import ASGIApp, Message, Receive, Scope, Send

__all__ = ["PIECE", "PiecewiseAnswers"]

PIECE = 64 * 1024  # bytes; as much as the server's buffer takes before it has to be fetched


class PiecewiseAnswers:
    """ASGI middleware around all that makes answers. Only used in the server's event loop.

    A body that comes as a whole is sent when whoever made it has returned and holds it no more, and bodies that are alike are kept once, however many fetch
    them: for each request for a component's file Streamlit reads it anew. Parts of files that pages made are not served: each would be a copy of its
    own. Whoever asks for one gets the whole, as HTTP allows, and no page asks.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self._bodies: dict[bytes, bytes] = {}  # that are being sent
        self._senders: Counter[bytes] = Counter()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and its answer in pieces."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        large: list[bytes] = []

        async def send_or_keep(message: Message) -> None:
            body = message.get("body", b"")
            if len(body) <= PIECE:
                await send(message)
            elif message.get("more_body", False):
                await _send_pieces(body, send, more=True)
            else:
                large.append(self._bodies.setdefault(body, body))
                self._senders[large[0]] += 1

        try:
            await self.app(_without_range(scope), receive, send_or_keep)
            if large:
                await _send_pieces(large[0], send, more=False)
        finally:
            if large:
                self._let_go(large[0])

    def _let_go(self, body: bytes) -> None:
        """Forget a body that nobody is sent any more."""
        self._senders[body] -= 1
        if not self._senders[body]:
            del self._senders[body], self._bodies[body]


async def _send_pieces(body: bytes, send: Send, more: bool) -> None:
    """Send a body in pieces; the server waits with each until there is room in its buffer."""
    for start in range(0, len(body), PIECE):
        await asyncio.sleep(0)  # in which the server learns that a peer has left
        is_last = start + PIECE >= len(body)
        piece = body[start : start + PIECE]
        await send({"type": "http.response.body", "body": piece, "more_body": more or not is_last})


def _without_range(scope: Scope) -> Scope:
    """Return a request for a file that a page made without ``Range``; any other as it is."""
    if "media" not in scope["path"].split("/"):
        return scope
    return {**scope, "headers": [(name, value) for name, value in scope["headers"] if name.lower() != b"range"]}
