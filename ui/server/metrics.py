"""Keeps what Streamlit tells of the server itself (``/_stcore/metrics``: sessions, caches, uploads) from everybody but this machine."""

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from ui.server.addresses import is_local

__all__ = ["LocalMetrics"]


class LocalMetrics:
    """ASGI middleware around the whole server."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or refuse it: one for the metrics that comes from elsewhere, or through a proxy."""
        if scope["type"] != "http" or not _concerns_metrics(scope["path"]) or _comes_from_here(scope):
            await self.app(scope, receive, send)
        else:
            await PlainTextResponse("The metrics are available only on this computer.\n", 403)(scope, receive, send)


def _concerns_metrics(path: str) -> bool:
    """Whether a path, percent-decoded by the server, is the route's or looks like it. Wider than the route, which spells it exactly so."""
    return "_stcore/metrics" in path.lower()


def _comes_from_here(scope: Scope) -> bool:
    """Whether a request comes from a program on this machine, with nothing in between."""
    client = scope.get("client")
    return is_local(client[0] if client else None, Headers(scope=scope).items())
