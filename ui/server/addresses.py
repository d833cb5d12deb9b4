"""Whom a connection is counted to, and whether it comes from this machine."""

import re
from collections import defaultdict
from collections.abc import Iterable
from ipaddress import IPv6Address, ip_address

from starlette.types import Scope

__all__ = ["client_of", "is_local", "owner_of"]

_PREFIX_BITS = 64  # of an IPv6 address: what lies below belongs to one network, which picks its addresses as it likes
_HOST = re.compile(r"(?:([a-z0-9.]+)|\[([0-9a-f:.]+)\])(?::\d{1,5})?")
# Browsers send none of these when they open a websocket: whatever carries one came through something else first.
_FORWARDING = re.compile(r"x-|cf-|cdn-|via$|.*(forward|proxy|client-?ip|real-?ip|remote-?addr)")


def owner_of(address: str) -> str:
    """Return whom an IP address is counted to: itself, or for IPv6 its network; what is no IP address is counted as it is."""
    try:
        ip = ip_address(address)
    except ValueError:
        return address
    if isinstance(ip, IPv6Address) and not ip.ipv4_mapped:
        return str(IPv6Address(int(ip) >> (128 - _PREFIX_BITS) << (128 - _PREFIX_BITS)))
    return str(getattr(ip, "ipv4_mapped", None) or ip)


def client_of(scope: Scope) -> str:
    """Return whom a connection is counted to: behind a proxy on this machine whom ``X-Forwarded-For`` names; "" behind a Unix socket."""
    client = scope.get("client")
    return owner_of(str(client[0])) if client else ""


def is_local(peer: str | None, headers: Iterable[tuple[str, str]]) -> bool:
    """Whether a connection comes from a browser on this machine, with nothing in between.

    The peer alone does not say so: a reverse proxy on this machine is a loopback peer as well, and a server that believes X-Forwarded-For
    replaces the peer by whatever the header says. A foreign page whose name was pointed at 127.0.0.1 shows by its Host; a page of
    another server on this machine by its Origin.
    """
    found = defaultdict(list)
    for name, value in headers:
        found[name.lower()].append(value.lower())
    hosts, origins = found["host"], found["origin"]
    return (
        _is_loopback(peer or "")
        and len(hosts) == 1
        and _is_loopback_host(hosts[0])
        and all(origin in (f"http://{hosts[0]}", f"https://{hosts[0]}") for origin in origins)
        and not any(_FORWARDING.match(name) for name in found)
    )


def _is_loopback(address: str) -> bool:
    """Whether an IP address is one of this machine's own loopback addresses."""
    try:
        ip = ip_address(address)
    except ValueError:
        return False
    mapped = ip.ipv4_mapped if isinstance(ip, IPv6Address) else None
    return (mapped or ip).is_loopback


def _is_loopback_host(host: str) -> bool:
    """Whether a Host header, in lower case, names this machine by loopback."""
    match = _HOST.fullmatch(host)
    return match is not None and (match[1] == "localhost" or _is_loopback(match[1] or match[2]))
