"""The guard in the pages of components: where it is written, and that the page stays as it was otherwise."""

import asyncio
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor

import pytest
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response, StreamingResponse

from ui.server import component_frames
from ui.server.component_frames import GUARD, ComponentFrames

PATH = "/component/map.map/index.html"
PAGE = '<!doctype html><html><HEAD lang="en"><script src="main.js"></script></HEAD><body>琶洲</body></html>'


def ask(
    response: Response, path: str = PATH, kind: str = "http", links: Mapping[str, Callable[[], str]] | None = None
) -> tuple[dict[str, str], str, dict[str, str]]:
    """Send a request through the guard; return the answer's headers and body, and the headers that reached the component."""
    seen: dict[str, str] = {}
    sent: list[dict] = []

    async def component(scope: dict, receive: object, send: object) -> None:
        seen.update(Request({**scope, "type": "http"}).headers)
        await response(scope, receive, send)  # type: ignore[arg-type]

    async def receive() -> dict:
        return await asyncio.Event().wait() or {}  # nobody disconnects

    async def send(message: dict) -> None:
        sent.append(message)

    scope = {"type": kind, "method": "GET", "path": path, "headers": [(b"accept-encoding", b"gzip"), (b"x-own", b"1")]}
    with ThreadPoolExecutor(1) as thread:  # a loop of its own: the browser tests leave one running in this thread
        thread.submit(asyncio.run, ComponentFrames(component, links)(scope, receive, send)).result()  # type: ignore[arg-type]
    headers = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
    return headers, b"".join(message.get("body", b"") for message in sent[1:]).decode(), seen


def test_the_guard_is_the_first_script_of_a_components_page() -> None:
    headers, body, seen = ask(HTMLResponse(PAGE, headers={"Cache-Control": "no-cache"}))
    assert body == PAGE.replace('<HEAD lang="en">', f'<HEAD lang="en">{GUARD}')
    assert (headers["content-length"], headers["cache-control"]) == (str(len(body.encode())), "no-cache")
    assert "x-own" in seen


def test_a_page_in_several_pieces_or_without_a_head_is_guarded_too() -> None:
    async def pieces() -> object:
        for start in range(0, len(PAGE), 7):
            yield PAGE[start : start + 7]

    assert ask(StreamingResponse(pieces(), media_type="text/html"))[1].count(GUARD) == 1  # type: ignore[arg-type]
    assert ask(HTMLResponse("<p>no head</p>"))[1] == f"{GUARD}<p>no head</p>"


def test_links_follow_the_guard_in_the_pages_of_their_component_alone() -> None:
    links = '<link rel="preload" as="script" href="../../a.js">'
    assert f"{GUARD}{links}<script" in ask(HTMLResponse(PAGE), links={"map.map": lambda: links})[1]
    assert links not in ask(HTMLResponse(PAGE), links={"map": lambda: links, "other.map": lambda: links})[1]


@pytest.mark.parametrize("path", ["/component/map.map/INDEX.HTML", "/component/map.map/deep/other", PATH + "%2F"])
@pytest.mark.parametrize("kind", ["text/html; charset=utf-8", "Application/XHTML+xml", "image/svg+xml"])
def test_every_page_of_a_component_is_guarded(path: str, kind: str) -> None:
    assert GUARD in ask(PlainTextResponse(PAGE, media_type=kind), path)[1]


@pytest.mark.parametrize("tail", ["/", "//", "/.", "/../index.html", "/./"])
def test_an_address_that_is_spelt_otherwise_is_not_found(tail: str) -> None:
    _, body, seen = ask(HTMLResponse(PAGE), PATH + tail)
    assert (body, seen) == ("Not found.\n", {})


def test_under_a_base_path_components_are_found_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(component_frames, "base_path", lambda: "/base")
    assert GUARD in ask(HTMLResponse(PAGE), f"/base{PATH}")[1]
    assert GUARD not in ask(HTMLResponse(PAGE))[1]


@pytest.mark.parametrize(
    ("path", "response"),
    [
        ("/", HTMLResponse(PAGE)),
        ("/component/map.map/main.js", PlainTextResponse("<head>", media_type="text/javascript")),
        (PATH, PlainTextResponse("<head>", status_code=404)),
    ],
)
def test_all_else_passes_as_it_is(path: str, response: Response) -> None:
    assert ask(response, path)[1] == bytes(response.body).decode()
