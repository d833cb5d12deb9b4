"""Counts the connections of each peer, so that one address cannot take all of them with sockets that ask for nothing."""

import asyncio
from collections import Counter

from uvicorn.middleware.proxy_headers import _TrustedHosts

from ui.server.addresses import owner_of

__all__ = ["Peers"]


class Peers:
    """The open connections, counted by who is at the other end of the socket. Only used in the server's event loop."""

    def __init__(self) -> None:
        self._open: Counter[str] = Counter()

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
        if not address or self._open[owner_of(address)] <= most:
            return False
        hosts = _TrustedHosts(trusted)
        return not (address in hosts or owner_of(address) in hosts)

    @staticmethod
    def of(transport: asyncio.BaseTransport) -> str:
        """Return a connection's peer: its address, for IPv6 its network, "" where it has none."""
        return owner_of(_address(transport))


def _address(transport: asyncio.BaseTransport) -> str:
    name = transport.get_extra_info("peername")
    return str(name[0]) if isinstance(name, tuple) and name else ""
