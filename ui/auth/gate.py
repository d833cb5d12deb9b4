"""Lets a file in only for sessions that the data desk has admitted; everybody else's is refused before it is read.

Streamlit takes ``PUT /_stcore/upload_file/<session>/<file>`` for any connected session. What the gate relies on is in docs/decisions/0006.
"""

import re
import threading
import time
from collections.abc import Iterable

import streamlit as st
from starlette.exceptions import HTTPException
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit import runtime
from streamlit.runtime.scriptrunner import get_script_run_ctx

from ui.server import abandoned

__all__ = [
    "ADMITTED_SECONDS",
    "UploadGate",
    "admit",
    "current_session_id",
    "dismiss",
    "dismiss_sign_in",
    "is_admitted",
    "settle",
]

ADMITTED_SECONDS = 12 * 3600
_MOST_SESSIONS = 1000  # as many people do not edit at once; the oldest go first
_ROUTE = re.compile(r"(?:/[^/]+)*/_stcore/upload_file/([^/\s]+)/[^/\s]+")  # below any base path
_HARMLESS = frozenset({"GET", "HEAD", "OPTIONS"})  # Streamlit changes nothing on these
_CLOSE = {"Connection": "close"}  # nothing more is read from this client

# Session id → when last admitted (monotonic clock), by which sign-in; oldest first.
_admitted: dict[str, tuple[float, str]] = {}
_lock = threading.Lock()  # scripts run in threads, requests are answered in the server's


def admit(session_id: str, sign_in: str = "") -> None:
    """Let a session upload from now on, because of a sign-in (its digest; "" where nobody signs in)."""
    with _lock:
        _admitted.pop(session_id, None)
        _admitted[session_id] = (time.monotonic(), sign_in)
        while len(_admitted) > _MOST_SESSIONS:
            del _admitted[next(iter(_admitted))]


def dismiss(session_id: str) -> None:
    """Let a session upload no more."""
    with _lock:
        _admitted.pop(session_id, None)


def dismiss_sign_in(sign_in: str) -> None:
    """Let no session of a sign-in upload any more, in whatever window it is open."""
    with _lock:
        for session_id in [session for session, (_, admitted_by) in _admitted.items() if admitted_by == sign_in]:
            del _admitted[session_id]


def settle(may_upload: bool, sign_in: str = "") -> None:
    """Admit or dismiss the session of this run. Called once in every run, so that a role taken away closes the gate again."""
    session_id = current_session_id()
    if may_upload and session_id:
        admit(session_id, sign_in)
        abandoned.watch(session_id)
    else:
        dismiss(session_id)


def is_admitted(session_id: str) -> bool:
    """Whether a session may upload: admitted not too long ago, and still connected."""
    with _lock:
        admission = _admitted.get(session_id)
    if admission is None:
        return False
    if (
        time.monotonic() - admission[0] <= ADMITTED_SECONDS
        and runtime.exists()
        and runtime.get_instance().is_active_session(session_id)
    ):
        return True
    dismiss(session_id)
    return False


def current_session_id() -> str:
    """Return the id of the session this run belongs to; "" outside a run."""
    context = get_script_run_ctx(suppress_warning=True)
    return context.session_id if context else ""


class UploadGate:
    """ASGI middleware around the whole server."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or answer it here."""
        if scope["type"] != "http" or scope["method"] in _HARMLESS or not _concerns_uploads(scope["path"]):
            await self.app(scope, receive, send)
            return
        limit = int(st.get_option("server.maxUploadSize")) * 1024 * 1024
        if not is_admitted(_session(scope["path"])):
            refusal = PlainTextResponse("Only editors on the data desk can upload files.\n", 403, _CLOSE)
            await refusal(scope, receive, send)
        elif _declared(scope["headers"]) > limit:
            await PlainTextResponse("The file is too large.\n", 413, _CLOSE)(scope, receive, send)
        else:
            await self.app(scope, _counted(receive, limit), send)


def _concerns_uploads(path: str) -> bool:
    """Whether a path, percent-decoded by the server, is the upload route's or looks like it. Wider than the route, which spells it exactly so."""
    return "upload_file" in path.lower()


def _session(path: str) -> str:
    """Return the session an upload is for: the last segment but one, as on Streamlit's route; "" where the path has not its form."""
    match = _ROUTE.fullmatch(path)
    return match[1] if match else ""


def _declared(headers: Iterable[tuple[bytes, bytes]]) -> float:
    """Return the length that a request states, bytes; 0 where it states none, infinity where it is no number."""
    lengths = [value for name, value in headers if name.lower() == b"content-length"]
    return max((int(value) if value.isdigit() and len(value) < 20 else float("inf") for value in lengths), default=0)


def _counted(receive: Receive, limit: int) -> Receive:
    """Return a ``receive`` that stops with status 413 once more than ``limit`` bytes of body have come; nothing is kept."""
    received = 0

    async def count() -> Message:
        nonlocal received
        message = await receive()
        received += len(message.get("body", b""))
        if received > limit:
            raise HTTPException(413, "The file is too large.\n", _CLOSE)
        return message

    return count
