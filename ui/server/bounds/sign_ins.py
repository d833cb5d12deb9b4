"""Bounds how often sign-ins are begun, ended and come back: for each Streamlit makes a client of the provider in the event loop, which takes a while."""

import math
import time
from collections.abc import Callable

from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from ui.server.addresses import client_of
from ui.server.bounds.turns import Bucket, Buckets, Turns

__all__ = ["SignIns"]

BURST, RATE = 5, 0.5  # requests of one address at once, and a second; a sign-in takes two
SERVER_BURST, SERVER_RATE = 20, 4  # of all: some 70 ms each, so that others keep three quarters of the loop
TURN_SECONDS = 0.5  # after which the next begins, should the provider take its time
_TOO_MANY = "Too many sign-ins at once. Try again in a moment. 登录请求过多，请稍后再试。\n"


class SignIns:
    """ASGI middleware: one at a time, and no more than their buckets hold. Only used in the server's event loop.

    Parameters
    ----------
    clock : returns seconds.
    """

    def __init__(self, app: ASGIApp, clock: Callable[[], float] = time.monotonic) -> None:
        self.app = app
        self._server = Bucket(SERVER_BURST, SERVER_RATE, clock)
        self._addresses = Buckets(BURST, RATE, clock)
        self._turns = Turns(1, TURN_SECONDS, lasting=math.inf)  # the buckets bound them

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or answer it with 429; a browser then asks again by itself."""
        if scope["type"] != "http" or not _concerns_sign_in(scope["path"]):
            await self.app(scope, receive, send)
            return
        buckets = self._addresses.of(client_of(scope)), self._server
        if seconds := math.ceil(max(bucket.due() for bucket in buckets)):
            headers = {"Retry-After": str(seconds), "Refresh": str(seconds)}
            await PlainTextResponse(_TOO_MANY, 429, headers)(scope, receive, send)
            return
        for bucket in buckets:
            bucket.take()
        turn = object()
        await self._turns.take(turn, client_of(scope))
        try:
            await self.app(scope, receive, send)
        finally:
            self._turns.end(turn)


def _concerns_sign_in(path: str) -> bool:
    """Whether a path, percent-decoded by the server, is that of a route or looks like it, whatever the base path. Wider than the routes."""
    return "/auth/" in path or path.endswith("/oauth2callback")
