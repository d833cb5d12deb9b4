"""Addresses of one network are counted together; what comes from this machine is told from what a proxy passes on."""

import pytest

from ui.server.addresses import client_of, is_local, owner_of


@pytest.mark.parametrize(
    ("address", "owner"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
        ("2001:db8:1:2::9", "2001:db8:1:2::"),
        ("2001:db8:1:3::9", "2001:db8:1:3::"),
        ("", ""),
        ("testclient", "testclient"),
    ],
)
def test_addresses_of_one_network_count_together(address: str, owner: str) -> None:
    assert owner_of(address) == owner


def test_the_client_of_a_connection_is_its_network() -> None:
    assert client_of({"type": "http", "client": ("2001:db8:1:2:3:4:5:6", 1)}) == "2001:db8:1:2::"


def test_who_comes_through_a_unix_socket_has_no_address() -> None:
    assert client_of({"type": "http", "client": None}) == ""


# ---- this machine ----

BROWSER = {
    "Host": "127.0.0.1:8501",
    "Origin": "http://127.0.0.1:8501",
    "Upgrade": "websocket",
    "User-Agent": "Mozilla/5.0",
}


@pytest.mark.parametrize(
    ("peer", "local"),
    [
        ("127.0.0.1", True),
        ("127.8.9.1", True),
        ("::1", True),
        ("::ffff:127.0.0.1", True),
        ("10.0.0.7", False),
        ("172.17.0.1", False),  # a container's host
        ("::ffff:10.0.0.7", False),
        ("fe80::1", False),
        ("0.0.0.0", False),
        ("localhost", False),
        ("", False),
        (None, False),  # a Unix socket: somebody else's server is on its other end
    ],
)
def test_the_peer_must_be_a_loopback_address(peer: str | None, local: bool) -> None:
    assert is_local(peer, BROWSER.items()) is local


@pytest.mark.parametrize(
    ("host", "local"),
    [
        ("localhost", True),
        ("LocalHost:8501", True),
        ("127.0.0.1", True),
        ("127.1.2.3:80", True),
        ("[::1]", True),
        ("[::1]:8501", True),
        ("[::ffff:7f00:1]:8501", True),
        ("dashboard.example.org", False),  # a name pointed at 127.0.0.1 (DNS rebinding)
        ("localhost.example.org", False),
        ("127.0.0.1.example.org:8501", False),
        ("example.org#127.0.0.1", False),
        ("user@127.0.0.1:8501", False),
        ("127.0.0.1:8501, example.org", False),
        ("0.0.0.0:8501", False),
        ("10.0.0.7:8501", False),
        ("[fe80::1]", False),
        ("::1", False),
        ("", False),
    ],
)
def test_the_host_must_be_a_loopback_name(host: str, local: bool) -> None:
    headers = BROWSER | {"Host": host, "Origin": f"http://{host}"}
    assert is_local("127.0.0.1", headers.items()) is local


def test_a_connection_without_a_host_or_with_two_is_not_local() -> None:
    assert not is_local("127.0.0.1", [])
    assert not is_local("127.0.0.1", [("Origin", "http://127.0.0.1:8501")])
    assert not is_local("127.0.0.1", [("Host", "127.0.0.1"), ("host", "example.org")])


@pytest.mark.parametrize(
    ("origin", "local"),
    [
        ("http://127.0.0.1:8501", True),
        ("https://127.0.0.1:8501", True),
        ("HTTP://127.0.0.1:8501", True),
        ("http://127.0.0.1:3000", False),  # another server on this machine
        ("http://localhost:8501", False),
        ("https://dashboard.example.org", False),  # a proxy that rewrites Host
        ("http://127.0.0.1:8501.example.org", False),
        ("null", False),
        ("", False),
    ],
)
def test_the_origin_must_be_the_page_itself(origin: str, local: bool) -> None:
    assert is_local("127.0.0.1", (BROWSER | {"Origin": origin}).items()) is local


def test_a_program_on_this_machine_needs_no_origin() -> None:
    assert is_local("127.0.0.1", [("Host", "localhost:8501")])
    assert not is_local("127.0.0.1", [*BROWSER.items(), ("Origin", "https://dashboard.example.org")])


@pytest.mark.parametrize(
    "header",
    [
        "Forwarded", "X-Forwarded-For", "x-forwarded-proto", "X-Forwarded-Host", "X-Real-IP", "Via", "CF-Connecting-IP", "CF-Ray",
        "True-Client-IP", "Fastly-Client-IP", "X-Client-IP", "X-Envoy-External-Address", "X-Original-Host", "WL-Proxy-Client-IP",
        "CDN-Loop", "X-Request-Id", "Remote-Addr",
    ],
)  # fmt: skip
@pytest.mark.parametrize("value", ["127.0.0.1", ""])
def test_whatever_a_proxy_adds_closes_the_desk(header: str, value: str) -> None:
    assert not is_local("127.0.0.1", (BROWSER | {header: value}).items())


def test_what_browsers_send_does_not() -> None:
    names = (
        "Accept-Language",
        "Cookie",
        "Cache-Control",
        "Pragma",
        "Sec-WebSocket-Key",
        "Sec-Fetch-Site",
        "DNT",
        "Priority",
    )
    assert is_local("127.0.0.1", (BROWSER | dict.fromkeys(names, "x")).items())
