"""A real server on loopback: nobody freezes it, it asks nobody on the internet, and it stops when it is to."""

import contextlib
import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import ClientConnection, connect

from tests.e2e.conftest import ROOT, free_port, serving, wait_until_healthy

pytestmark = [pytest.mark.slow, pytest.mark.no_cover]

WATCHED = Path(__file__).parent / "watched"
ROUTES = [
    "/",
    "/data-desk",
    "/favicon.ico",
    "/_stcore/health",
    "/_stcore/host-config",
    "/_stcore/metrics",
    "/_stcore/script-health-check",
    "/_stcore/agent/openapi.json",
    "/_stcore/agent/interact",
    "/_stcore/agent/mcp",
    "/_stcore/upload_file/a/b",
    "/auth/login",
    "/oauth2callback",
    "/media/x",
    "/component/x/y",
    "/api/show/aaaaaaaaaaaaaaaa",
    "/api/show/aaaaaaaaaaaaaaaa/events",
    "/nothing",
]


@pytest.fixture(scope="module")
def outbound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the server's process writes whom it tried to reach beyond this machine."""
    log = tmp_path_factory.mktemp("outbound") / "log.txt"
    script = "import socket; socket.socket(socket.AF_INET, socket.SOCK_DGRAM).connect(('192.0.2.1', 9))"
    environment = os.environ | {"PYTHONPATH": str(WATCHED), "WATCHED_LOG": str(log)}
    subprocess.run([sys.executable, "-c", script], env=environment, check=False, capture_output=True)
    assert "192.0.2.1" in log.read_text(encoding="utf-8")  # it does write
    log.write_text("", encoding="utf-8")
    return log


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory, outbound: Path) -> Iterator[str]:
    """A server that is watched."""
    log = tmp_path_factory.mktemp("server") / "log.txt"
    with serving(log, PYTHONPATH=str(WATCHED), WATCHED_LOG=str(outbound)) as address:
        yield address


def joined(url: str, origin: str | None = None, address: str = "127.0.0.1") -> ClientConnection:
    """Open a websocket as a browser does, from an address of this machine."""
    server = f"{url.replace('http', 'ws', 1)}/_stcore/stream"
    return connect(
        server, subprotocols=["streamlit"], origin=origin or url, max_size=None, legacy=True, close_timeout=0.2,
        source_address=(address, 0),
    )  # fmt: skip


def rerun() -> bytes:
    """Return the message that asks for a run."""
    message = BackMsg()
    message.rerun_script.query_string = ""
    return message.SerializeToString()


def run(visitor: ClientConnection) -> float:
    """Ask for a run; return how many seconds passed until it was over."""
    start = time.monotonic()
    visitor.send(rerun())
    while ForwardMsg.FromString(visitor.recv(timeout=60)).WhichOneof("type") != "script_finished":
        pass
    return time.monotonic() - start


def raw(url: str, data: bytes) -> socket.socket:
    """Connect and send bytes."""
    peer = socket.create_connection((urlsplit(url).hostname, urlsplit(url).port), timeout=30)
    peer.sendall(data)
    return peer


def rest(peer: socket.socket) -> bytes:
    """Return all that a peer says until it closes."""
    said = b""
    with contextlib.suppress(ConnectionResetError):
        while data := peer.recv(65536):
            said += data
    peer.close()
    return said


def test_a_thousand_messages_of_one_visitor_hold_nobody_up(url: str) -> None:
    with joined(url) as visitor, joined(url) as flood:
        run(visitor)
        for _ in range(1000):  # unread answers pile up at the flooder, not at the server
            with contextlib.suppress(ConnectionClosed):
                flood.send(rerun())
        waits = [run(visitor) for _ in range(5)]
        assert max(waits) < 4  # before: 10 to 20 s
        start = time.monotonic()
        request(url, "GET", "/_stcore/health")
        assert time.monotonic() - start < 4


def opened(visitor: ClientConnection) -> tuple[str, str]:
    """Open the table of the first page, below which is a file that is made on a press; return the session's number, and that of the file."""
    session = box = file = ""
    for is_open in (False, True):
        message = BackMsg()
        message.rerun_script.query_string = "metric=gdp"
        if is_open:
            message.rerun_script.widget_states.widgets.add(id=box, bool_value=True)
        visitor.send(message.SerializeToString())
        while (said := ForwardMsg.FromString(visitor.recv(timeout=60))).WhichOneof("type") != "script_finished":
            session = said.new_session.initialize.session_id or session
            box = said.delta.add_block.id if "table_box" in said.delta.add_block.id else box
            file = said.delta.new_element.download_button.deferred_file_id or file
    return session, file


def pressed(session: str, file: str) -> bytes:
    """Return the message that asks for a file."""
    message = BackMsg()
    asked = message.backend_operation_request
    asked.request_id, asked.session_id, asked.deferred_file.file_id = "1", session, file
    return message.SerializeToString()


def seconds_until_made(visitor: ClientConnection, session: str, file: str) -> float:
    """Press; return how many seconds passed until the file was there."""
    start = time.monotonic()
    visitor.send(pressed(session, file))
    while (said := ForwardMsg.FromString(visitor.recv(timeout=60))).WhichOneof("type") != "backend_operation_response":
        pass
    assert said.backend_operation_response.deferred_file.url.startswith("/media/")
    return time.monotonic() - start


def test_files_asked_for_by_the_thousand_hold_up_no_other_address_and_go(url: str) -> None:
    addresses = BackMsg()
    addresses.file_urls_request.request_id = "a"
    with joined(url) as visitor:
        session, file = opened(visitor)
        with contextlib.ExitStack() as flood:
            sockets = [flood.enter_context(joined(url, address="127.0.0.2")) for _ in range(40)]
            theirs = [opened(each) for each in sockets]
            for each, (its_session, its_file) in zip(sockets, theirs, strict=True):
                each.send(addresses.SerializeToString())  # its answer ended the turn of all that came behind it
                for _ in range(37):
                    each.send(pressed(its_session, its_file))
            assert seconds_until_made(visitor, session, file) < 3
        assert seconds_until_made(visitor, session, file) < 3  # and nothing of it goes on


def test_what_is_left_unfinished_is_ended(url: str) -> None:
    start = time.monotonic()
    head = raw(url, b"GET / HTTP/1.1\r\nHost: x\r\nX-Slow: ")
    body = raw(
        url,
        b"POST /api/show/aaaaaaaaaaaaaaaa HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 900\r\n\r\n{",
    )
    with joined(url) as whole, joined(url) as half:
        run(whole)
        run(half)
        half.socket.sendall(b"\x82\xfe\x01")
        assert rest(head).startswith(b"HTTP/1.1 408 ")
        assert rest(body).startswith(b"HTTP/1.1 408 ")
        with pytest.raises(ConnectionClosed):
            while True:
                half.recv(timeout=30)
        assert time.monotonic() - start < 25
        assert run(whole) < 10  # whoever owes nothing stays


def request(url: str, method: str, path: str, **headers: str) -> int:
    """Ask for something; return the status."""
    connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=20)
    try:
        connection.request(method, path, headers=headers)
        return connection.getresponse().status
    finally:
        connection.close()


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://localhost:1", "http://192.0.2.1"])
def test_a_foreign_origin_is_refused_at_once(url: str, outbound: Path, origin: str) -> None:
    start = time.monotonic()
    for _ in range(5):
        with pytest.raises(InvalidStatus) as refused:
            joined(url, origin)
        assert refused.value.response.status_code == 403
    assert time.monotonic() - start < 5
    assert outbound.read_text(encoding="utf-8") == ""


def test_no_request_makes_the_server_ask_another_host(url: str, outbound: Path) -> None:
    foreign: list[dict[str, str]] = [
        {},
        {"Origin": "https://evil.example"},
        {"Host": "evil.example", "X-Forwarded-For": "192.0.2.1"},
    ]
    for path in ROUTES:
        for method in ("GET", "HEAD", "OPTIONS", "POST", "PUT"):
            for headers in foreign:
                request(url, method, path, **headers)
    with joined(url) as visitor:
        run(visitor)
    assert outbound.read_text(encoding="utf-8") == ""


def test_a_start_on_all_addresses_asks_no_other_host(tmp_path: Path, outbound: Path) -> None:
    before = outbound.read_text(encoding="utf-8")
    watched = {"PYTHONPATH": str(WATCHED), "WATCHED_LOG": str(outbound)}
    with serving(tmp_path / "log.txt", **watched, STREAMLIT_SERVER_ADDRESS="0.0.0.0"):
        pass
    assert outbound.read_text(encoding="utf-8") == before


@pytest.mark.parametrize("path", ["/_stcore/agent/interact", "/_stcore/agent/mcp"])
def test_programs_cannot_drive_pages(url: str, path: str) -> None:
    assert request(url, "POST", path, **{"Content-Type": "application/json"}) in (400, 403)
    assert request(url, "GET", path) == 405


def test_who_begins_sign_ins_again_and_again_is_told_to_wait(url: str) -> None:
    assert [request(url, "GET", "/auth/login") for _ in range(8)][-1] == 429


def test_it_stops_in_time_whatever_is_open(tmp_path: Path) -> None:
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    log = tmp_path / "log.txt"
    environment = os.environ | {"DASHBOARD_DATABASE_URL": f"sqlite:///{tmp_path / 'dashboard.sqlite3'}"}
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port)]
    with contextlib.ExitStack() as stack, log.open("w", encoding="utf-8") as output:
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=output, stderr=output, text=True)
        stack.callback(process.wait)
        stack.callback(process.kill)
        wait_until_healthy(process, f"{url}/_stcore/health", log)
        visitor, sleeping = stack.enter_context(joined(url)), stack.enter_context(joined(url))
        run(visitor)
        sleeping.send(rerun())  # and never reads on
        for unfinished in (
            b"GET / HTTP/1.1\r\nHost: x\r\n",
            b"POST /api/show/aaaaaaaaaaaaaaaa HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{",
        ):
            stack.callback(raw(url, unfinished).close)
        time.sleep(0.2)  # until they have arrived
        start = time.monotonic()
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=20)
        assert time.monotonic() - start < 6
