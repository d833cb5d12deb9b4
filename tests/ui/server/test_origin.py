"""A websocket is opened by this server's own pages, or by a program that states no origin."""

import asyncio

import pytest

from ui.server.origin import OriginGuard, agreed_origin


def headers(origin: str | None, host: str) -> list[tuple[bytes, bytes]]:
    """Return headers as a server hands them over."""
    stated = [] if origin is None else [(b"origin", origin.encode())]
    return [(b"host", host.encode()), (b"user-agent", b"x"), *stated]


@pytest.mark.parametrize(
    ("origin", "host"),
    [
        ("http://127.0.0.1:8501", "127.0.0.1:8501"),
        ("https://dashboard.example.org", "dashboard.example.org"),
        ("https://dashboard.example.org", "Dashboard.Example.org"),
        ("HTTPS://DASHBOARD.EXAMPLE.ORG", "dashboard.example.org"),
        ("https://dashboard.example.org", "dashboard.example.org:443"),
        ("https://dashboard.example.org:443", "dashboard.example.org"),
        ("http://dashboard.example.org:80", "dashboard.example.org"),
        ("http://[::1]:8501", "[::1]:8501"),
        ("http://[::1]", "[::1]:80"),
    ],
)
def test_own_pages_pass_and_streamlit_sees_its_host_letter_for_letter(origin: str, host: str) -> None:
    agreed = agreed_origin(headers(origin, host))

    assert agreed is not None
    assert agreed.decode().partition("://")[2] == host


def test_a_program_without_an_origin_passes() -> None:
    assert agreed_origin(headers(None, "127.0.0.1:8501")) == b""


@pytest.mark.parametrize(
    ("origin", "host"),
    [
        ("https://evil.example", "dashboard.example.org"),
        ("null", "dashboard.example.org"),
        ("", "dashboard.example.org"),
        ("https://", "dashboard.example.org"),
        ("https://dashboard.example.org", ""),
        ("https://dashboard.example.org:8443", "dashboard.example.org"),
        ("http://localhost:3000", "localhost:8501"),  # Streamlit lets every port of localhost in
        ("http://localhost:8501", "127.0.0.1:8501"),
        ("http://dashboard.example.org:443", "dashboard.example.org"),
        ("https://dashboard.example.org@evil.example", "dashboard.example.org"),
        ("https://dashboard.example.org.evil.example", "dashboard.example.org"),
        ("https://evil.example/dashboard.example.org", "dashboard.example.org"),
        ("file://", "dashboard.example.org"),
        ("chrome-extension://dashboard.example.org", "dashboard.example.org"),
        ("http://[::1]:8501", "[::2]:8501"),
    ],
)
def test_foreign_pages_are_refused(origin: str, host: str) -> None:
    assert agreed_origin(headers(origin, host)) is None


def test_what_is_stated_twice_is_refused() -> None:
    twice = [*headers("http://a", "a"), (b"Origin", b"http://b")]
    assert agreed_origin(twice) is None
    assert agreed_origin([*headers("http://a", "a"), (b"host", b"b")]) is None


def handshake(origin: str | None, path: str = "/_stcore/stream") -> tuple[list, list]:
    """Open a websocket through the guard; return the scopes that reached the application, and what was sent."""
    reached, sent = [], []

    async def application(scope, receive, send) -> None:
        reached.append(scope)

    async def send(message) -> None:
        sent.append(message)

    scope = {"type": "websocket", "path": path, "headers": headers(origin, "127.0.0.1:8501")}
    asyncio.run(OriginGuard(application)(scope, None, send))
    return reached, sent


@pytest.mark.parametrize("path", ["/_stcore/stream", "/base/_stcore/stream", "/elsewhere"])
def test_a_refusal_says_why_and_nothing_behind_the_guard_sees_it(path: str) -> None:
    reached, sent = handshake("https://evil.example", path)

    assert reached == []
    assert sent[0]["type"] == "websocket.http.response.start"
    assert sent[0]["status"] == 403
    assert b"Origin and Host differ" in sent[1]["body"]


def test_what_passes_keeps_its_other_headers() -> None:
    reached, sent = handshake("HTTP://127.0.0.1:8501")

    assert sent == []
    assert reached[0]["headers"] == headers("http://127.0.0.1:8501", "127.0.0.1:8501")
