"""Streamlit's own browser files, served from memory, with what the map needs announced ahead.

A first visit asks for some hundred small files, each read through a worker thread, and the map's frame begins to load only when
the last of them has arrived. Both cost more than drawing the map does; see docs/decisions/0004.
"""

import functools
import mimetypes
import re
from pathlib import Path

import streamlit as st
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ui.assets import base_path

__all__ = ["FrontendFiles"]

_STATIC = Path(st.__file__).resolve().parent / "static"
_FIRST_NEEDED = (
    "ComponentInstance",
    "Selectbox",
    "ButtonGroup",
    "Metric",
    "BidiComponent",
    "Html",
)  # lazy parts of the overview, the map's frame first
_IMPORT = re.compile(r"""(?:from|import)\s*["'](\./[\w.-]+\.js)["']""")


class FrontendFiles:
    """ASGI middleware around the whole server."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer for a known static file; add the announcement to pages; pass everything else on."""
        if scope["type"] != "http" or scope["method"] != "GET":
            await self.app(scope, receive, send)
            return
        base = base_path()
        name = scope["path"].removeprefix(base)
        if name in _known():
            await _answer(name, send)
            return

        async def announcing(message: Message) -> None:
            if message["type"] == "http.response.start" and _is_page(message) and not name.startswith("/component/"):
                message["headers"] = [*message["headers"], (b"link", _announcement(base))]
            await send(message)

        await self.app(scope, receive, announcing)


def _is_page(message: Message) -> bool:
    """Whether a response begins a page."""
    return any(name.lower() == b"content-type" and value.startswith(b"text/html") for name, value in message["headers"])


async def _answer(name: str, send: Send) -> None:
    """Send a static file; its name carries its hash, so it may be kept for good."""
    body, kind = _file(name)
    headers = [
        (b"content-type", kind),
        (b"content-length", str(len(body)).encode()),
        (b"cache-control", b"public, immutable, max-age=31536000"),
        (b"x-content-type-options", b"nosniff"),
    ]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": body})


@functools.cache
def _known() -> frozenset[str]:
    """Return the request paths of Streamlit's hashed scripts, styles and fonts."""
    return frozenset(
        "/" + path.relative_to(_STATIC).as_posix() for path in (_STATIC / "static").rglob("*.*") if path.is_file()
    )


@functools.cache
def _file(name: str) -> tuple[bytes, bytes]:
    """Return a file's bytes and content type."""
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    return (_STATIC / name.lstrip("/")).read_bytes(), (
        "text/javascript" if kind.endswith("javascript") else kind
    ).encode()


@functools.cache
def _announcement(base: str) -> bytes:
    """Return the Link header that lets the browser fetch the lazy parts of the overview together with the rest."""
    folder = _STATIC / "static" / "js"
    page = (_STATIC / "index.html").read_text(encoding="utf-8")
    wanted: dict[str, None] = {}
    queue = [path.name for stem in _FIRST_NEEDED for path in sorted(folder.glob(f"{stem}.*.js"))]
    while queue:
        name = queue.pop(0)
        if name not in wanted and name not in page:
            wanted[name] = None
            queue += [found[2:] for found in _IMPORT.findall((folder / name).read_text(encoding="utf-8"))]
    return ", ".join(f"<{base}/static/js/{name}>; rel=modulepreload" for name in wanted).encode()
