"""Refuses websockets that another site's page opens, before Streamlit sees them.

Streamlit refuses most of them too, but first asks a service on the internet for this machine's address, in the event loop: see docs/decisions/0013.
"""

from collections.abc import Iterable

from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

__all__ = ["OriginGuard", "agreed_origin"]

_DEFAULT_PORTS = {"http": ":80", "https": ":443"}


class OriginGuard:
    """ASGI middleware: a websocket passes with no ``Origin``, as programs send none, or with one that names the server it reached."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a connection on, or refuse it with 403."""
        if scope["type"] != "websocket":
            await self.app(scope, receive, send)
            return
        origin = agreed_origin(scope["headers"])
        if origin is None:
            refusal = PlainTextResponse("Only this server's own pages can connect: Origin and Host differ.\n", 403)
            await refusal(scope, receive, send)
            return
        await self.app({**scope, "headers": _with_origin(scope["headers"], origin)}, receive, send)


def agreed_origin(headers: Iterable[tuple[bytes, bytes]]) -> bytes | None:
    """Return the origin to pass on: spelled with the very ``Host`` of the request, so that Streamlit, which compares letters, sees them agree.

    Returns
    -------
    The origin; b"" where the request states none; None where it must be refused. Case and a port that is the scheme's own make no difference.
    """
    pairs = list(headers)
    origins = [value for name, value in pairs if name.lower() == b"origin"]
    hosts = [value for name, value in pairs if name.lower() == b"host"]
    if not origins:
        return b""
    if len(origins) > 1 or len(hosts) != 1:
        return None
    scheme, separator, place = origins[0].decode("latin-1").partition("://")
    host = hosts[0].decode("latin-1")
    port = _DEFAULT_PORTS.get(scheme.lower())
    if not separator or port is None or not host:
        return None
    if place.lower().removesuffix(port) != host.lower().removesuffix(port):
        return None
    return f"{scheme.lower()}://{host}".encode("latin-1")


def _with_origin(headers: Iterable[tuple[bytes, bytes]], origin: bytes) -> list[tuple[bytes, bytes]]:
    """Return headers with another value of ``Origin`` where they have one."""
    return [(name, origin if name.lower() == b"origin" else value) for name, value in headers]
