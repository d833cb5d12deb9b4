"""Whether guests can open an address."""

import ipaddress
from urllib.parse import urlsplit

__all__ = ["reaches_guests"]


def reaches_guests(address: str) -> bool:
    """Whether an address is of the web and of another machine than the one it is opened on."""
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
    except ValueError:
        return False
    if parts.scheme not in ("http", "https") or not host or host == "localhost" or host.endswith(".localhost"):
        return False
    try:
        number = ipaddress.ip_address(host)
    except ValueError:
        return True  # a name
    return not (number.is_loopback or number.is_unspecified)
