"""The gate before Streamlit's upload route: who passes, which paths it stands before, and how much it lets through."""

import asyncio
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Mount, Router
from streamlit import runtime
from streamlit.web.server.starlette.starlette_routes import create_upload_routes

from ui.auth import gate

LIMIT = 3 * 1024 * 1024
PATH = "/_stcore/upload_file/ours/file-1"


@pytest.fixture(autouse=True)
def connected(monkeypatch: pytest.MonkeyPatch) -> Iterator[set[str]]:
    """The sessions that are connected; nobody is admitted, and files of 3 MB may come in."""
    sessions = {"ours", "theirs"}
    monkeypatch.setattr(gate.st, "get_option", {"server.maxUploadSize": 3}.__getitem__)
    monkeypatch.setattr(runtime, "exists", lambda: True)
    monkeypatch.setattr(runtime, "get_instance", lambda: SimpleNamespace(is_active_session=sessions.__contains__))
    monkeypatch.setattr(gate, "_admitted", {})
    return sessions


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    """A clock the test turns by hand."""
    hands = SimpleNamespace(now=0.0)
    monkeypatch.setattr(gate.time, "monotonic", lambda: hands.now)
    return hands


class Body:
    """What a client sends, piece by piece; counts how much of it was asked for."""

    def __init__(self, *pieces: bytes) -> None:
        self._pieces, self.read = list(pieces) or [b""], 0

    async def receive(self) -> dict:
        piece = self._pieces.pop(0)
        self.read += len(piece)
        return {"type": "http.request", "body": piece, "more_body": bool(self._pieces)}


async def inner(scope: dict, receive, send) -> None:
    """Stands in for Streamlit: reads the body and says how long it was."""
    length = sum([len(piece) async for piece in Request(scope, receive).stream()])
    await PlainTextResponse(f"passed {length}")(scope, receive, send)


def ask(path: str = PATH, method: str = "PUT", body: Body | None = None, **headers: str) -> tuple[int, str]:
    """Send a request through the gate and Starlette's handling of errors; return status and text."""
    scope = {
        "type": "http", "method": method, "path": path, "query_string": b"", "root_path": "",
        "headers": [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()],
    }  # fmt: skip
    sent: list[dict] = []

    async def send(message: dict) -> None:
        sent.append(message)

    app = Starlette(routes=[Mount("/", inner)], middleware=[Middleware(gate.UploadGate)])
    with ThreadPoolExecutor(1) as thread:  # a loop of its own: the browser tests leave one running in this thread
        thread.submit(asyncio.run, app(scope, (body or Body()).receive, send)).result()
    return sent[0]["status"], b"".join(message.get("body", b"") for message in sent[1:]).decode()


# ---- who ----


@pytest.mark.parametrize("method", ["PUT", "POST", "DELETE", "PATCH", "put"])
def test_only_an_admitted_session_passes(method: str) -> None:
    assert ask(method=method)[0] == 403
    gate.admit("ours")
    assert ask(method=method) == (200, "passed 0")
    assert ask(PATH.replace("ours", "theirs"), method)[0] == 403


@pytest.mark.parametrize("method", ["OPTIONS", "GET", "HEAD"])
def test_questions_pass(method: str) -> None:
    assert ask(method=method)[0] == 200


def test_other_addresses_pass() -> None:
    assert ask("/_stcore/health", "POST") == (200, "passed 0")
    assert ask("/", "PUT") == (200, "passed 0")


def test_a_refused_body_is_not_read() -> None:
    body = Body(b"x" * 1000)
    status, text = ask(body=body, content_length="1000")
    assert (status, body.read) == (403, 0)
    assert text == "Only editors on the data desk can upload files.\n"


def test_who_is_dismissed_is_refused_again() -> None:
    gate.admit("ours")
    gate.dismiss("ours")
    gate.dismiss("nobody")
    assert ask()[0] == 403


def test_a_sign_in_that_ends_closes_all_its_windows_and_nobody_elses() -> None:
    for session, sign_in in (("ours", "a"), ("theirs", "b"), ("another", "a")):
        gate.admit(session, sign_in)
    gate.dismiss_sign_in("a")
    assert [*gate._admitted] == ["theirs"]
    assert ask()[0] == 403


def test_an_admission_ends_with_the_connection(connected: set[str]) -> None:
    gate.admit("ours")
    gate.admit("theirs")
    connected.remove("theirs")
    assert ask(PATH.replace("ours", "theirs"))[0] == 403
    assert ask()[0] == 200
    connected.add("theirs")  # the same session comes back, and must be admitted anew
    assert ask(PATH.replace("ours", "theirs"))[0] == 403


def test_nobody_is_admitted_where_streamlit_does_not_run(monkeypatch: pytest.MonkeyPatch) -> None:
    gate.admit("ours")
    monkeypatch.setattr(runtime, "exists", lambda: False)
    assert ask()[0] == 403


def test_an_admission_lapses(clock: SimpleNamespace) -> None:
    gate.admit("ours")
    clock.now = gate.ADMITTED_SECONDS
    assert gate.is_admitted("ours")
    gate.admit("ours")
    clock.now *= 2
    assert gate.is_admitted("ours")
    clock.now += 1
    assert not gate.is_admitted("ours")


def test_the_list_is_bounded_and_the_longest_unseen_go_first(connected: set[str]) -> None:
    names = [f"session {number}" for number in range(gate._MOST_SESSIONS)]
    connected.update(names)
    for name in (*names, names[0], "ours"):
        gate.admit(name)
    assert len(gate._admitted) == gate._MOST_SESSIONS
    assert gate.is_admitted("ours")
    assert gate.is_admitted(names[0])
    assert not gate.is_admitted(names[1])


def test_many_threads_may_admit_and_dismiss_at_once() -> None:
    def one(number: int) -> None:
        gate.admit(f"session {number}")
        gate.is_admitted(f"session {number}")
        gate.dismiss(f"session {number}")

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(one, range(4000)))
    assert gate._admitted == {}


def test_each_run_settles_whether_its_session_may_upload(monkeypatch: pytest.MonkeyPatch) -> None:
    watched: list[str] = []
    monkeypatch.setattr(gate.abandoned, "watch", watched.append)
    monkeypatch.setattr(gate, "current_session_id", lambda: "ours")
    gate.settle(may_upload=True)
    assert gate.is_admitted("ours")
    gate.settle(may_upload=False)
    assert not gate.is_admitted("ours")
    assert watched == ["ours"], "what it uploaded is freed after it"


def test_outside_a_run_there_is_no_session_to_admit() -> None:
    assert gate.current_session_id() == ""
    gate.settle(may_upload=True)
    assert gate._admitted == {}


# ---- which paths ----

SPELLINGS = [
    "/_stcore/upload_file/theirs/f",
    "/base/_stcore/upload_file/theirs/f",
    "/a/deep/base/_stcore/upload_file/theirs/f",
    "/_stcore/upload_file/ours/f/",
    "/_stcore/upload_file/theirs/",
    "/_stcore/upload_file/theirs",
    "/_stcore/upload_file/",
    "/_stcore/upload_file",
    "//_stcore/upload_file/ours/f",
    "/_stcore//upload_file/ours/f",
    "/_stcore/upload_file//ours/f",
    "/_stcore/upload_file/ours//f",
    "/_stcore/upload_file//f",
    "/_STCORE/Upload_File/ours/f",
    "/_stcore/./upload_file/ours/f",
    "/x/../_stcore/upload_file/theirs/f",
    "/_stcore/upload_file/ours/../theirs/f",
    "/_stcore/upload_file/theirs/../ours/f/g",
    "/_stcore/upload_file/ours/f/_stcore/upload_file/theirs/f",
    "/_stcore/upload_file/ours/a/b",
    "/_stcore/upload_file/ours/f\n",
    "/_stcore/upload_file/ours\n/f",
    "/_stcore/upload_file/ theirs/f",
    "/_stcore/upload_file/OURS/f",
    "/_stcore\\upload_file/theirs/f",
    "/_stcore/upload_file/theirs\x00/f",
]


@pytest.mark.parametrize("path", SPELLINGS)
def test_no_spelling_gets_past(path: str) -> None:
    gate.admit("ours")
    assert ask(path)[0] == 403


@pytest.mark.parametrize("base", ["", "/base", "/a/deep/base"])
def test_any_base_path_will_do(base: str) -> None:
    gate.admit("ours")
    assert ask(base + PATH) == (200, "passed 0")


def routed_session(path: str, base: str) -> str | None:
    """Return the session that Streamlit's own route takes from a path; None where it does not take the path."""
    for route in Router(create_upload_routes(None, None, base)).routes:  # type: ignore[arg-type]
        match, child = route.matches({"type": "http", "method": "PUT", "path": path, "root_path": ""})
        if match.value == 2:
            return child["path_params"]["session_id"]
    return None


@pytest.mark.parametrize("base", ["", "base", "a/deep/base"])
@pytest.mark.parametrize("path", [PATH, "/base" + PATH, "/a/deep/base" + PATH, *SPELLINGS])
def test_what_streamlit_would_take_the_gate_reads_alike(path: str, base: str) -> None:
    session = routed_session(path, base)
    assert session is None or gate._concerns_uploads(path)
    assert session is None or gate._session(path) in (session, "")


def test_streamlits_route_is_where_the_gate_thinks_it_is() -> None:
    (path,) = {route.path for route in create_upload_routes(None, None, "")}  # type: ignore[attr-defined, arg-type]
    assert re.sub(r"\{\w+\}", "x", path) == "/_stcore/upload_file/x/x"
    assert routed_session(PATH, "") == gate._session(PATH) == "ours"


# ---- how much ----


@pytest.mark.parametrize(
    ("length", "status"),
    [(str(LIMIT), 200), (str(LIMIT + 1), 413), ("9" * 5000, 413), ("-1", 413), ("many", 413), ("٣", 413), ("", 413)],
)
def test_a_stated_length_above_the_limit_is_refused_unread(length: str, status: int) -> None:
    gate.admit("ours")
    body = Body(b"x" * 1000)
    assert ask(body=body, content_length=length)[0] == status
    assert body.read == (1000 if status == 200 else 0)


def test_a_body_of_unknown_length_is_cut_off_at_the_limit() -> None:
    gate.admit("ours")
    piece = b"x" * 1024 * 1024
    assert ask(body=Body(*[piece] * 3)) == (200, f"passed {LIMIT}")
    body = Body(*[piece] * 9)
    assert ask(body=body) == (413, "The file is too large.\n")
    assert body.read == 4 * len(piece)


def test_a_length_that_understates_the_body_does_not_help() -> None:
    gate.admit("ours")
    assert ask(body=Body(b"x" * (LIMIT + 1)), content_length="1")[0] == 413
