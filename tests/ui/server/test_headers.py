"""The headers on every answer: what they allow, whom they name, and that no kind of answer goes without them."""

import asyncio
import base64
import hashlib
import re
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route, WebSocketRoute
from starlette.websockets import WebSocket

from ui import static_files
from ui.entrance import page as entrance
from ui.server import headers
from ui.server.headers import SecurityHeaders, inline_script_hashes, policy

PORTAL = "https://portal.example.org"
EVERYWHERE = {
    "content-security-policy",
    "x-content-type-options",
    "referrer-policy",
    "permissions-policy",
    "cross-origin-opener-policy",
}


async def answer(request: Request) -> Response:
    """Answer in one of many ways, with two cookies."""
    if request.url.path.endswith("/fails"):
        raise RuntimeError("broken")
    response = PlainTextResponse("ok", headers={"Content-Security-Policy": "default-src *", "X-Own": "1"})
    response.set_cookie("plain", "1")
    response.set_cookie("strict", "1", secure=True)
    return response


async def refusing(websocket: WebSocket) -> None:
    """Refuse a websocket as Streamlit does."""
    await websocket.close(code=1008)


async def accepting(websocket: WebSocket) -> None:
    """Take a websocket and close it in order."""
    await websocket.accept()
    await websocket.close()


ROUTES = [Route("/{path:path}", answer), WebSocketRoute("/refuse", refusing), WebSocketRoute("/accept", accepting)]


def ask(path: str = "/", kind: str = "http", ancestors: tuple[str, ...] = (), **scope: Any) -> list[dict]:
    """Send a request through the headers; return every message of the answer, heads with a dict of their headers."""
    sent: list[dict] = []

    async def receive() -> dict:
        return {"type": "websocket.connect"} if kind == "websocket" else {"type": "http.request"}

    async def send(message: dict) -> None:
        sent.append(message)

    async def run() -> None:
        app = Starlette(routes=ROUTES, middleware=[Middleware(SecurityHeaders, ancestors=ancestors)])
        request = {
            "type": kind, "method": "GET", "path": path, "query_string": b"", "root_path": "", "headers": [],
            "scheme": "http", "extensions": {"websocket.http.response": {}}, "subprotocols": [],
        }  # fmt: skip
        await app(request | scope, receive, send)

    with ThreadPoolExecutor(1) as thread:  # a loop of its own: the browser tests leave one running in this thread
        failure = thread.submit(asyncio.run, run()).exception()
    assert (failure is not None) == path.endswith("/fails")  # an error still reaches the log
    return sent


def head(*arguments: Any, **scope: Any) -> dict[str, str]:
    """Return the headers of an answer."""
    return {name.decode().lower(): value.decode() for name, value in ask(*arguments, **scope)[0]["headers"]}


def cookies(**scope: Any) -> list[str]:
    """Return the cookies of an answer."""
    return [value.decode() for name, value in ask(**scope)[0]["headers"] if name == b"set-cookie"]


# ---- on everything ----


@pytest.mark.parametrize(
    ("path", "kind", "status"),
    [
        ("/", "http", 200),
        ("/component/map/index.html", "http", 200),
        ("/fails", "http", 500),
        ("/accept", "websocket", None),
        ("/refuse", "websocket", 403),
        ("/unknown", "websocket", 403),
    ],
)
def test_every_kind_of_answer_carries_them_once(path: str, kind: str, status: int | None) -> None:
    first = ask(path, kind)[0]
    assert first.get("status") == status
    names = [name.decode().lower() for name, _ in first["headers"]]
    assert {name for name in names if names.count(name) == 1} >= EVERYWHERE | {"x-frame-options"}


def test_a_method_that_is_not_allowed_is_answered_with_them() -> None:
    assert head(method="PATCH").keys() >= EVERYWHERE


def test_what_a_page_says_itself_is_overruled_and_the_rest_stays() -> None:
    found = head()
    assert "default-src *" not in found["content-security-policy"]
    assert found["x-own"] == "1"


def test_a_server_that_cannot_word_a_refusal_refuses_all_the_same() -> None:
    assert [message["type"] for message in ask("/refuse", "websocket", extensions={})] == ["websocket.close"]


def test_a_websocket_that_was_open_is_closed_as_before() -> None:
    assert [message["type"] for message in ask("/accept", "websocket")] == ["websocket.accept", "websocket.close"]


# ---- what they say ----


def directive(name: str, text: str) -> list[str]:
    """Return the sources of a directive of a policy."""
    return next(words[1:] for words in map(str.split, text.split(";")) if words[0] == name)


def test_pages_run_the_servers_scripts_and_two_lines_nothing_else() -> None:
    lines = "window.prerenderReady = false", static_files.source("entrance.js")
    page = entrance.page("en")
    written = [
        line for line in re.findall(r"<script>(.*?)</script>", page, re.DOTALL) if line.strip() in map(str.strip, lines)
    ]
    assert len(written) == page.count("<script>") == 2
    digests = [base64.b64encode(hashlib.sha256(line.encode()).digest()).decode() for line in written]
    allowed = directive("script-src", head()["content-security-policy"])
    assert allowed == ["'self'", "blob:", "'wasm-unsafe-eval'", *(f"'sha256-{digest}'" for digest in digests)]


def test_only_components_may_run_inline_and_evaluate() -> None:
    loose = directive("script-src", head("/component/a.b/index.html")["content-security-policy"])
    # no hash, which would switch 'unsafe-inline' off
    assert set(loose) == {"'self'", "blob:", "'unsafe-inline'", "'unsafe-eval'"}
    for path in ("/components/", "/x/component/", "/api/component/a", "/media/component/", "/Component/"):
        assert "'unsafe-inline'" not in directive("script-src", head(path)["content-security-policy"])


def test_under_a_base_path_components_are_found_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(headers, "base_path", lambda: "/gz")
    assert "'unsafe-eval'" in head("/gz/component/a/index.html")["content-security-policy"]
    assert "'unsafe-eval'" not in head("/component/a/index.html")["content-security-policy"]


@pytest.mark.parametrize(
    ("page", "scripts"),
    [
        ("<script>a = 1</script>", ["a = 1"]),
        ("<script>\n a\n</script><SCRIPT type='module'>b</SCRIPT>", ["\n a\n", "b"]),
        ('<script type="module" crossorigin src="./x.js"></script>', []),
        ('<script data-src="x">c</script>', ["c"]),
        ('<script type="application/json" id="d">{}</script><script>e</script>', ["e"]),
        ("<p>none</p>", []),
    ],
)
def test_a_hash_for_each_inline_script_as_browsers_take_it(page: str, scripts: list[str]) -> None:
    digests = [base64.b64encode(hashlib.sha256(script.encode()).digest()).decode() for script in scripts]
    assert inline_script_hashes(page) == tuple(f"'sha256-{digest}'" for digest in digests)


def test_nothing_comes_from_another_host_and_no_object_at_all() -> None:
    found = policy((), ())
    assert directive("default-src", found) == ["'self'"]
    assert directive("object-src", found) == ["'none'"]
    assert "http" not in found
    assert "*" not in found


def test_who_opened_a_page_in_a_window_has_no_hold_of_it() -> None:
    assert head()["cross-origin-opener-policy"] == "same-origin"


def test_the_show_may_fill_the_screen_and_keep_it_awake_nobody_listens() -> None:
    features = dict(part.split("=") for part in head()["permissions-policy"].split(", "))
    assert {name for name, allowed in features.items() if allowed == "(self)"} == {
        "fullscreen", "screen-wake-lock", "clipboard-write",
    }  # fmt: skip
    assert {features[name] for name in ("camera", "microphone", "geolocation")} == {"()"}


# ---- who may frame ----


def test_by_default_only_our_own_pages_may_frame() -> None:
    found = head()
    assert directive("frame-ancestors", found["content-security-policy"]) == ["'self'"]
    assert found["x-frame-options"] == "SAMEORIGIN"


def test_an_origin_that_is_named_may_frame_pages_and_the_components_in_them() -> None:
    for path in ("/", "/component/a/index.html"):
        found = head(path, ancestors=(PORTAL,))
        assert directive("frame-ancestors", found["content-security-policy"]) == ["'self'", PORTAL]
        assert "x-frame-options" not in found  # it could only forbid what the policy allows


# ---- cookies ----


@pytest.mark.parametrize(
    ("scope", "secure"),
    [
        ({}, False),
        ({"scheme": "https"}, True),
        ({"headers": [(b"x-forwarded-proto", b"HTTPS, http")]}, True),
        ({"headers": [(b"x-forwarded-proto", b"http, https")]}, False),
        ({"headers": [(b"x-forwarded-proto", b"")]}, False),
    ],
)
def test_cookies_are_secure_where_the_browser_speaks_tls(scope: dict, secure: bool) -> None:
    plain, strict = cookies(**scope)
    assert plain.endswith("; Secure") is secure
    assert strict.lower().count("secure") == 1


def test_a_cookie_whose_value_says_secure_is_not_taken_for_one() -> None:
    check = headers._is_secure
    assert not check(b"name=secure; Path=/")
    assert check(b"name=1; Path=/;secure")
