"""Connections are counted by the socket's other end."""

import asyncio
from typing import Any

import pytest

from ui.server.bounds import peers
from ui.server.bounds.peers import Peers


class From(asyncio.BaseTransport):
    """A transport that only knows its peer."""

    def __init__(self, name: Any) -> None:
        super().__init__({"peername": name})


def entered(*names: Any) -> Peers:
    """Return the count of these connections."""
    found = Peers()
    for name in names:
        found.enter(From(name))
    return found


@pytest.mark.parametrize(
    ("names", "trusted", "too_many"),
    [
        ([("192.0.2.1", 1), ("192.0.2.1", 2)], "127.0.0.1", True),
        ([("192.0.2.1", 1), ("192.0.2.2", 1)], "127.0.0.1", False),
        ([("2001:db8::1", 1, 0, 0), ("2001:db8::2", 1, 0, 0)], "127.0.0.1", True),
        ([("2001:db8::1", 1, 0, 0), ("2001:db8:0:1::1", 1, 0, 0)], "127.0.0.1", False),
        ([("127.0.0.1", 1), ("127.0.0.1", 2)], "127.0.0.1", False),
        ([("192.0.2.1", 1), ("192.0.2.1", 2)], ["192.0.2.0/24"], False),
        ([("2001:db8::1", 1, 0, 0), ("2001:db8::1", 2, 0, 0)], "2001:db8::1", False),
        (["", ""], "127.0.0.1", False),
    ],
    ids=["one", "two", "one network", "two networks", "proxy", "proxies", "IPv6 proxy", "Unix socket"],
)
def test_one_connection_for_each_peer(names: list[Any], trusted: str | list[str], too_many: bool) -> None:
    assert entered(*names).too_many(From(names[-1]), 1, trusted) is too_many


def test_who_has_left_counts_no_more() -> None:
    found = entered(("192.0.2.1", 1), ("192.0.2.1", 2))
    found.leave("192.0.2.1")
    assert not found.too_many(From(("192.0.2.1", 1)), 1, "127.0.0.1")


@pytest.mark.parametrize(
    ("name", "hasty"),
    [(("192.0.2.1", 1), True), (("2001:db8::1", 1, 0, 0), True), (("127.0.0.1", 1), False), ("", False)],
    ids=["one", "one network", "proxy", "Unix socket"],
)
def test_one_peer_makes_connections_only_so_fast(name: Any, hasty: bool) -> None:
    """One for each of the tokens it has; another peer is not hasty, and nor is it after a while."""
    now = 0.0
    found = Peers(lambda: now)
    assert not any(found.hasty(From(name), "127.0.0.1") for _ in range(peers.NEW))
    assert found.hasty(From(name), "127.0.0.1") is hasty
    assert not found.hasty(From(("192.0.2.9", 1)), "127.0.0.1")
    now += 2 / peers.NEW_RATE
    assert not found.hasty(From(name), "127.0.0.1")
