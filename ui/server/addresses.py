"""Whom a connection is counted to."""

from ipaddress import IPv6Address, ip_address

from starlette.types import Scope

__all__ = ["client_of", "owner_of"]

_PREFIX_BITS = 64  # of an IPv6 address: what lies below belongs to one network, which picks its addresses as it likes


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
