"""Rooms over a real server: who hears of a change, what is refused, what is bounded, and that nothing keeps the server from stopping."""

import asyncio
import itertools
import json
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from pathlib import Path
from types import SimpleNamespace

import httpx
import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from streamlit.web.server.starlette.starlette_gzip_middleware import SelectiveGZipMiddleware

from store import StoreError
from ui.show import room_list, rooms
from ui.show.room_list import MOST_OF_ONE_OWNER

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[3]


class Stream:
    """A window that follows a show."""

    def __init__(self, response: httpx.Response) -> None:
        self.response, self._lines = response, response.iter_lines()

    def line(self) -> str:
        """Return the next line that is not empty."""
        return next(filter(None, self._lines))

    def state(self) -> dict:
        """Return the next state, past comments."""
        return json.loads(next(line for line in self._lines if line.startswith("data: "))[6:])

    def is_over(self) -> bool:
        """Whether the end comes, and no state before it."""
        lines = list(itertools.islice(filter(None, self._lines), 30))
        return len(lines) < 30 and not any(line.startswith("data: ") for line in lines)


class Visitor:
    """Talks to the server as browsers do."""

    def __init__(self, client: httpx.Client, shows: rooms.Rooms, version: SimpleNamespace) -> None:
        self.client, self.rooms, self.version = client, shows, version

    def busy(self, free: threading.Event) -> None:
        """Keep all threads of the server's event loop busy until they are freed."""
        self.version.busy = free
        assert self.client.get("/busy").status_code == 200

    @contextmanager
    def follow(self, room: str) -> Iterator[Stream]:
        with self.client.stream("GET", f"/api/show/{room}/events") as response:
            assert response.status_code == 200, response.read()
            yield Stream(response)

    def post(self, room: str, content: str | bytes | None = None, headers: dict | None = None, **change: object):
        content = json.dumps(change) if content is None else content
        headers = {"Content-Type": "application/json"} | (headers or {})
        return self.client.post(f"/api/show/{room}", content=content, headers=headers)


@contextmanager
def serving(look: float = 0.02, heartbeat: float = 0.1) -> Iterator[Visitor]:
    """Run a server as Streamlit sets one up, compression included."""
    shows = rooms.Rooms(look, heartbeat)
    version = SimpleNamespace(number=3, asked=0, fails=False, hangs=None)

    def newest() -> int:
        version.asked += 1
        if version.hangs:
            assert version.hangs.wait(20)
        if version.fails:
            raise StoreError("no database")
        return version.number

    async def busy(request: Request) -> Response:
        for _ in range(40):  # a thread for each processor, 32 at most, and four more
            asyncio.get_running_loop().run_in_executor(None, version.busy.wait, 20)
        return Response()

    middleware = [Middleware(SelectiveGZipMiddleware, minimum_size=1)]
    app = Starlette(routes=[*shows.routes(newest), Route("/busy", busy)], middleware=middleware)
    server = uvicorn.Server(uvicorn.Config(app, log_level="warning", lifespan="off", ws="none"))
    with socket.create_server(("127.0.0.1", 0)) as listening:
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        address = f"http://127.0.0.1:{listening.getsockname()[1]}"
        try:
            with httpx.Client(base_url=address, timeout=10, trust_env=False) as client:
                yield Visitor(client, shows, version)
        finally:
            shows.end()
            server.should_exit = True
            thread.join(10)
            assert not thread.is_alive(), "an open stream keeps the server from stopping"


@pytest.fixture
def visitor() -> Iterator[Visitor]:
    """A visitor of a server whose rooms are impatient."""
    with serving() as visitor:
        yield visitor


# ---- who hears what ----


def test_followers_turn_slides_while_the_database_hangs_and_threads_are_busy(
    visitor: Visitor,
) -> None:
    room, free = visitor.rooms.open_room("plan"), threading.Event()
    visitor.version.hangs = free
    visitor.busy(free)
    try:
        with visitor.follow(room) as window:
            assert window.state()["version"] is None
            start = time.monotonic()
            visitor.post(room, slide="gdp")
            assert window.state()["slide"] == "gdp"
            assert time.monotonic() - start < 2
            free.set()
            assert window.state()["version"] == 3
    finally:
        free.set()


def test_a_window_gets_the_state_at_once_and_then_each_change(visitor: Visitor) -> None:
    room = visitor.rooms.open_room("plan", "zh")
    with visitor.follow(room) as wall, visitor.follow(room) as notes:
        first = notes.state()
        assert {key: first[key] for key in first.keys() - {"started", "now"}} == {
            "slide": "plan", "lang": "zh", "black": False, "playing": False, "seq": 0, "questions": [], "version": 3,
        }  # fmt: skip
        assert 0 <= first["now"] - first["started"] < 10
        assert wall.state()["seq"] == 0
        assert visitor.post(room, slide="gdp").json() == {"seq": 1}
        assert visitor.post(room, black=True, question="<b>why</b>").json() == {"seq": 2}
        for window in (wall, notes):
            while (state := window.state())["seq"] < 2:
                assert (state["slide"], state["black"]) == ("gdp", False)
            assert (state["slide"], state["black"], state["questions"]) == ("gdp", True, ["<b>why</b>"])


def test_what_changes_nothing_is_no_change(visitor: Visitor) -> None:
    room = visitor.rooms.open_room("plan")
    with visitor.follow(room) as window:
        window.state()
        assert visitor.post(room, slide="plan", black=False).json() == {"seq": 0}
        assert visitor.post(room, slide="gdp").json() == {"seq": 1}
        assert window.state()["seq"] == 1


def test_where_changes_come_too_fast_only_the_newest_counts(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    encoded = []

    def dumps(show: dict, **options: bool) -> str:
        encoded.append(show["seq"])
        return json.dumps(show, **options)

    monkeypatch.setattr(room_list, "json", SimpleNamespace(dumps=dumps))
    monkeypatch.setattr(room_list, "TOLD", 5)
    monkeypatch.setattr(room_list, "TOLD_RATE", 2)
    with serving(look=1000) as visitor:
        room = visitor.rooms.open_room("plan")
        with visitor.follow(room) as wall, visitor.follow(room) as notes:
            for number in range(1, 101):
                assert visitor.post(room, slide=f"s{number}").json() == {"seq": number}
            for window in (wall, notes):
                seen = [window.state()["seq"]]
                while seen[-1] < 100:
                    seen.append(window.state()["seq"])
                assert seen == sorted(set(seen))
                assert len(seen) < 30, "a hundred were sent to each"
    assert len(encoded) == len(set(encoded)) < 30


def test_a_question_takes_the_bytes_that_it_has(visitor: Visitor) -> None:
    room = visitor.rooms.open_room("plan")
    visitor.post(room, question="广州" * 60)
    with visitor.follow(room) as window:
        assert "广州" in next(line for line in window._lines if line.startswith("data: "))


def test_rooms_are_strangers_to_each_other(visitor: Visitor) -> None:
    one, other = visitor.rooms.open_room("plan"), visitor.rooms.open_room("plan")
    with visitor.follow(other) as window:
        window.state()
        visitor.post(one, slide="gdp")
        visitor.post(other, slide="map")
        assert window.state()["slide"] == "map"


def test_a_restart_sets_the_clock(visitor: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rooms.time, "time", lambda: 1000.0)
    room = visitor.rooms.open_room()
    monkeypatch.setattr(rooms.time, "time", lambda: 1600.0)
    with visitor.follow(room) as window:
        assert (state := window.state())["started"] == 1000.0
        assert state["now"] == 1600.0
        visitor.post(room, restart=True)
        assert window.state()["started"] == 1600.0


def test_silence_is_broken_by_comments(visitor: Visitor) -> None:
    with visitor.follow(visitor.rooms.open_room()) as window:
        assert window.line() == "retry: 300"
        assert window.line().startswith("data: ")
        assert [window.line() for _ in range(2)] == [": still here"] * 2


def test_newer_data_is_told_and_a_failing_database_is_not(visitor: Visitor) -> None:
    with visitor.follow(visitor.rooms.open_room()) as window:
        assert window.state()["version"] == 3
        visitor.version.fails, asked = True, visitor.version.asked
        assert window.line() == ": still here"
        assert window.line() == ": still here"
        assert visitor.version.asked > asked
        visitor.version.number, visitor.version.fails = 4, False
        assert window.state()["version"] == 4


def test_the_version_is_asked_for_once_for_all_windows() -> None:
    with serving(look=1000) as visitor:
        room = visitor.rooms.open_room()
        with visitor.follow(room) as one, visitor.follow(room) as other:
            assert (one.state()["version"], other.state()["version"]) == (3, 3)
            visitor.post(room, slide="gdp")
            assert (one.state()["seq"], other.state()["seq"]) == (1, 1)
        assert visitor.version.asked == 1


def test_events_reach_a_browser_unbuffered(visitor: Visitor) -> None:
    with visitor.follow(visitor.rooms.open_room()) as window:
        assert window.state()["seq"] == 0
        headers = window.response.headers
    assert headers["content-type"].startswith("text/event-stream")
    assert headers["cache-control"] == "no-store"
    assert headers["x-accel-buffering"] == "no"
    assert "content-encoding" not in headers


def test_whether_a_room_is_there_can_be_asked_without_following_it(visitor: Visitor) -> None:
    room = visitor.rooms.open_room()
    assert visitor.client.head(f"/api/show/{room}/events").status_code == 200
    assert visitor.client.head("/api/show/other/events").status_code == 404
    assert next(iter(visitor.rooms.room_list)).listeners == set()
    assert visitor.rooms.is_open(room)
    assert not visitor.rooms.is_open("other")


# ---- what is refused ----


def test_an_unknown_room_is_not_found(visitor: Visitor) -> None:
    for answer in (visitor.client.get("/api/show/nothing/events"), visitor.post("nothing", slide="gdp")):
        assert (answer.status_code, answer.text) == (404, "There is no such presentation.\n")


def test_the_wall_opens_a_room_that_the_server_forgot(visitor: Visitor) -> None:
    assert visitor.post("B" * 16, slide="gdp", open=True).status_code == 200
    with visitor.follow("B" * 16) as window:
        assert window.state()["slide"] == "gdp"
    assert visitor.post("B" * 16, open=True).status_code == 200  # it is there already
    assert visitor.post("B" * 17, open=True).status_code == 404
    assert visitor.post("C" * 16, slide="gdp").status_code == 404


def test_only_json_from_our_own_pages_is_taken(visitor: Visitor) -> None:
    room = visitor.rooms.open_room()
    ours = str(visitor.client.base_url).rstrip("/")
    answers = {
        ours: 200,
        ours.replace("http", "https"): 200,  # a proxy that speaks TLS to the browser
        "http://evil.example": 403,
        ours + ".evil.example": 403,
        "null": 403,
        "": 403,
    }
    assert {origin: visitor.post(room, black=True, headers={"Origin": origin}).status_code for origin in answers} == (
        answers
    )
    for kind in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", ""):
        assert visitor.post(room, black=False, headers={"Content-Type": kind}).status_code == 415
    with_charset = {"Content-Type": "Application/JSON; charset=utf-8"}
    assert visitor.post(room, black=False, headers=with_charset).json() == {"seq": 2}


def test_a_wrong_change_is_refused_in_plain_words(visitor: Visitor) -> None:
    room = visitor.rooms.open_room()
    answer = visitor.post(room, content='{"slide": "<b>"}')
    assert (answer.status_code, answer.text) == (400, "slide must be the id of a slide.\n")
    assert answer.headers["content-type"].startswith("text/plain")


def test_a_long_body_is_cut_off(visitor: Visitor) -> None:
    room = visitor.rooms.open_room()
    padded = '{"black": true' + " " * 2033
    assert visitor.post(room, content=padded + "}").status_code == 200
    assert visitor.post(room, content=padded + " }").status_code == 413
    pieces = (b" " * 1024 for _ in range(100))
    assert visitor.client.post(
        f"/api/show/{room}", content=pieces, headers={"Content-Type": "application/json"}
    ).status_code == (413)


# ---- what is bounded ----


def test_a_room_takes_twenty_windows_and_one_more_when_one_has_gone(visitor: Visitor) -> None:
    room = visitor.rooms.open_room()
    with ExitStack() as windows:
        others = [windows.enter_context(visitor.follow(room)) for _ in range(rooms.MOST_LISTENERS - 1)]
        assert [window.state()["seq"] for window in others] == [0] * len(others)
        with visitor.follow(room) as last:
            last.state()
            with visitor.client.stream("GET", f"/api/show/{room}/events") as refused:
                assert refused.status_code == 429
        for _ in range(2000):  # questions that give the server time to notice
            if len(next(iter(visitor.rooms.room_list)).listeners) == rooms.MOST_LISTENERS:
                visitor.client.head(f"/api/show/{room}/events")
        with visitor.follow(room) as next_one:
            assert next_one.state()["seq"] == 0


def test_strangers_who_open_rooms_push_out_no_room_in_use(visitor: Visitor) -> None:
    followed, led = visitor.rooms.open_room(), visitor.rooms.open_room()
    with visitor.follow(followed) as window:
        window.state()
        visitor.post(led, slide="gdp")
        answers = {visitor.post(f"{number:016d}", open=True).status_code for number in range(2 * MOST_OF_ONE_OWNER)}
        assert answers == {200, 429}
        assert visitor.post(followed, slide="gdp").json() == {"seq": 1}
        assert window.state()["seq"] == 1
    assert (visitor.rooms.is_open(followed), visitor.rooms.is_open(led)) == (True, True)
    assert len(visitor.rooms.room_list) == MOST_OF_ONE_OWNER + 2  # the two were opened by nobody in particular
    assert visitor.rooms.open_room(address="192.0.2.1")  # others are not kept out
    assert visitor.rooms.open_room(address="127.0.0.1") == ""


def test_a_room_is_in_use_for_a_while_after_its_last_window_has_gone(visitor: Visitor) -> None:
    room = visitor.rooms.open_room()
    found = next(iter(visitor.rooms.room_list))
    with visitor.follow(room) as window:
        window.state()
        found.used_at = None  # as if the window had come long ago
    for _ in range(2000):  # questions that give the server time to notice
        if not found.listeners:
            break
        visitor.client.head("/api/show/other/events")
    assert not found.is_spare()


def test_a_long_stream_ends_so_that_the_browser_asks_for_a_new_one(
    visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rooms, "_STREAM_BYTES", 100)
    with visitor.follow(visitor.rooms.open_room()) as window:
        window.state()
        assert window.is_over()


def test_many_threads_may_open_rooms_at_once(visitor: Visitor) -> None:
    with ThreadPoolExecutor(8) as pool:
        tokens = set(pool.map(lambda _: visitor.rooms.open_room(), range(1000)))
    assert len(tokens) == 1000
    assert min(map(len, tokens)) == 16
    assert len(visitor.rooms.room_list) == MOST_OF_ONE_OWNER


# ---- the end ----


def test_at_the_end_streams_end_and_no_new_one_begins(visitor: Visitor) -> None:
    room = visitor.rooms.open_room()
    with visitor.follow(room) as window:
        window.state()
        visitor.rooms.end()
        assert window.is_over()
    assert visitor.client.get(f"/api/show/{room}/events").status_code == 503


SERVER = """
import contextlib, uvicorn
from starlette.applications import Starlette
from ui.show import rooms

@contextlib.asynccontextmanager
async def lifespan(app):
    with rooms.ending_with_server():
        print(rooms.open_room(), flush=True)
        yield
    print("ended", flush=True)

uvicorn.run(Starlette(routes=rooms.routes(lambda: 1), lifespan=lifespan), fd=0, log_level="error", ws="none")
"""


def test_an_open_stream_does_not_keep_a_server_from_stopping() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        address = f"http://127.0.0.1:{listening.getsockname()[1]}"
        command = [sys.executable, "-c", SERVER]
        with subprocess.Popen(command, cwd=ROOT, stdin=listening, stdout=subprocess.PIPE, text=True) as process:
            try:
                assert process.stdout is not None
                room = process.stdout.readline().strip()
                with httpx.stream("GET", f"{address}/api/show/{room}/events", timeout=10, trust_env=False) as response:
                    window = Stream(response)
                    window.state()
                    process.terminate()
                    assert window.is_over()
                assert process.wait(10) is not None
                assert process.stdout.read() == "ended\n"  # the rest of the server ended in order, too
            finally:
                process.kill()
