"""Counts the connections of each peer, so that one address cannot take all of them, nor keep the server busy with making them."""

import asyncio
import time
from collections import Counter
from collections.abc import Callable

from uvicorn.middleware.proxy_headers import _TrustedHosts

from ui.server.addresses import owner_of
from ui.server.bounds.turns import Buckets

__all__ = ["Peers"]

# A browser makes six connections for a first visit and keeps them: an office of a hundred behind one address opens its pages at once.
NEW, NEW_RATE = 1000, 100


class Peers:
    """The open connections, counted by who is at the other end of the socket. Only used in the server's event loop."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._open: Counter[str] = Counter()
        self._made = Buckets(NEW, NEW_RATE, clock)

    def enter(self, transport: asyncio.BaseTransport) -> str:
        """Count a connection; return its peer."""
        peer = self.of(transport)
        self._open[peer] += 1
        return peer

    def leave(self, peer: str) -> None:
        """Forget a connection that was counted."""
        self._open[peer] -= 1
        if not self._open[peer]:
            del self._open[peer]

    def too_many(self, transport: asyncio.BaseTransport, most: int, trusted: list[str] | str) -> bool:
        """Whether a peer has more than so many connections.

        Never so for a proxy whose ``X-Forwarded-For`` is believed, since all visitors come through it, nor for a Unix socket.
        """
        address = _address(transport)
        return bool(address) and self._open[owner_of(address)] > most and not _is_proxy(address, trusted)

    def hasty(self, transport: asyncio.BaseTransport, trusted: list[str] | str) -> bool:
        """Whether a peer makes connections faster than any browser; exceptions as for :meth:`too_many`. Counts the one that it has just made."""
        address = _address(transport)
        return bool(address) and self._made.of(owner_of(address)).take() > 0 and not _is_proxy(address, trusted)

    @staticmethod
    def of(transport: asyncio.BaseTransport) -> str:
        """Return a connection's peer: its address, for IPv6 its network, "" where it has none."""
        return owner_of(_address(transport))


def _is_proxy(address: str, trusted: list[str] | str) -> bool:
    """Whether the ``X-Forwarded-For`` of a peer is believed."""
    hosts = _TrustedHosts(trusted)
    return address in hosts or owner_of(address) in hosts


def _address(transport: asyncio.BaseTransport) -> str:
    name = transport.get_extra_info("peername")
    return str(name[0]) if isinstance(name, tuple) and name else ""
