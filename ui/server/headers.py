"""Response headers that tell browsers what a page may load, who may frame it and what it may use; on every answer of the server."""

import base64
import hashlib
import re
from collections.abc import Iterable

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from geo.schema import LANGUAGES
from ui.asset_routes import base_path
from ui.entrance import page

__all__ = ["SecurityHeaders", "inline_script_hashes", "policy"]

_INLINE_SCRIPT = re.compile(
    r"<script(?![^>]*\s(?:src\s*=|type=\"application/json\"))[^>]*>(.*?)</script>", re.DOTALL | re.IGNORECASE
)
# The show fills the screen and keeps it awake; links are copied. A frame of another site gets none of it.
_FEATURES = {"fullscreen": "(self)", "screen-wake-lock": "(self)", "clipboard-write": "(self)"} | dict.fromkeys(
    (
        "accelerometer",
        "camera",
        "display-capture",
        "geolocation",
        "gyroscope",
        "magnetometer",
        "microphone",
        "midi",
        "payment",
        "publickey-credentials-get",
        "serial",
        "usb",
    ),
    "()",
)


def inline_script_hashes(page: str) -> tuple[str, ...]:
    """Return a CSP source for each script written into a page of HTML, such as ``'sha256-…'``."""
    digests = (hashlib.sha256(script.encode()).digest() for script in _INLINE_SCRIPT.findall(page))
    return tuple(f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests)


def policy(scripts: Iterable[str], ancestors: Iterable[str]) -> str:
    """Return a Content-Security-Policy: everything from this server alone.

    Parameters
    ----------
    scripts : further sources of scripts, as CSP spells them.
    ancestors : further origins that may frame the page.
    """
    directives = {
        "default-src": ["'self'"],  # also connections: 'self' covers the websocket of the same host
        "script-src": ["'self'", "blob:", *scripts],
        "style-src": ["'self'", "'unsafe-inline'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'", "data:"],
        "worker-src": ["'self'", "blob:"],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "form-action": ["'self'"],  # signing in follows links and redirects, which this leaves alone
        "frame-ancestors": ["'self'", *ancestors],
    }
    return "; ".join(f"{name} {' '.join(sources)}" for name, sources in directives.items())


class SecurityHeaders:
    """ASGI middleware around the whole server; the outermost, so that what the others answer carries the headers, too.

    Parameters
    ----------
    ancestors : origins beside the server's own whose pages may frame the dashboard.
    """

    def __init__(self, app: ASGIApp, ancestors: Iterable[str] = ()) -> None:
        self.app = app
        ancestors = tuple(ancestors)
        self._components = f"{base_path()}/component/"
        self._page_policy = policy(("'wasm-unsafe-eval'", *inline_script_hashes(page.page(LANGUAGES[0]))), ancestors)
        # streamlit-folium writes its script into its page and evaluates what it is sent. A hash would switch 'unsafe-inline' off.
        self._component_policy = policy(("'unsafe-inline'", "'unsafe-eval'"), ancestors)
        self._headers = {
            "X-Content-Type-Options": "nosniff",
            "Referrer-Policy": "same-origin",  # addresses name the room of a show
            # A page that opened this one in a window gets no hold of it (with TLS or on this machine: browsers ignore it otherwise).
            "Cross-Origin-Opener-Policy": "same-origin",
            "Permissions-Policy": ", ".join(f"{name}={allowed}" for name, allowed in _FEATURES.items()),
        }
        if not ancestors:  # the older header can name no origin; browsers that know the policy ignore it
            self._headers["X-Frame-Options"] = "SAMEORIGIN"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on and add the headers to what comes back."""
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        began = False

        async def send_with_headers(message: Message) -> None:
            nonlocal began
            for each in _able_to_carry_headers(message, scope, began):
                began = True
                self._add(each, scope)
                await send(each)

        try:
            await self.app(scope, receive, send_with_headers)
        except Exception:  # whatever it is: Starlette answers it outside of all middleware, where nothing adds headers
            if scope["type"] == "http" and not began:
                await PlainTextResponse("Internal Server Error", 500)(scope, receive, send_with_headers)
            raise

    def _add(self, message: Message, scope: Scope) -> None:
        """Add the headers to the head of an answer, and ``Secure`` to its cookies where the browser speaks TLS."""
        if message["type"] not in ("http.response.start", "websocket.accept", "websocket.http.response.start"):
            return
        headers = MutableHeaders(raw=list(message.get("headers", ())))
        is_component = scope["path"].startswith(self._components)
        headers["Content-Security-Policy"] = self._component_policy if is_component else self._page_policy
        headers.update(self._headers)
        message["headers"] = _secured(headers.raw) if _over_tls(scope) else headers.raw


def _able_to_carry_headers(message: Message, scope: Scope, began: bool) -> list[Message]:
    """Return the messages to send for one: a websocket that is refused gets an answer of HTTP, since a bare refusal carries no headers."""
    refused = message["type"] == "websocket.close" and not began
    if not refused or "websocket.http.response" not in scope.get("extensions", {}):
        return [message]
    return [
        {"type": "websocket.http.response.start", "status": 403, "headers": [(b"content-length", b"0")]},
        {"type": "websocket.http.response.body", "body": b""},
    ]


def _over_tls(scope: Scope) -> bool:
    """Whether the browser speaks TLS, with this server or with the proxy before it. Who lies about it makes their own cookies strict, no more."""
    forwarded = Headers(scope=scope).get("x-forwarded-proto", "").partition(",")[0].strip().lower()
    return scope["scheme"] in ("https", "wss") or forwarded in ("https", "wss")


def _secured(headers: Iterable[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
    """Return headers whose cookies travel over TLS only. Streamlit marks some of its cookies so, and never that of a sign-in."""
    return [
        (name, value + b"; Secure" if name.lower() == b"set-cookie" and not _is_secure(value) else value)
        for name, value in headers
    ]


def _is_secure(cookie: bytes) -> bool:
    """Whether a Set-Cookie header has the attribute Secure."""
    return b"secure" in (part.strip().lower() for part in cookie.split(b";"))
