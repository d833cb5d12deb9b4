"""Keeps Streamlit from compressing files anew for each answer, which it does as a whole in the event loop. See docs/decisions/0022."""

from starlette.types import ASGIApp, Receive, Scope, Send

__all__ = ["Uncompressed"]

_FILES = frozenset({"media", "component"})  # parts of paths


class Uncompressed:
    """ASGI middleware: files that pages made, and those of components, are asked for as they are."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, one for a file without ``Accept-Encoding``."""
        if scope["type"] == "http" and not _FILES.isdisjoint(scope["path"].split("/")):
            kept = [(name, value) for name, value in scope["headers"] if name.lower() != b"accept-encoding"]
            scope = {**scope, "headers": kept}
        await self.app(scope, receive, send)
