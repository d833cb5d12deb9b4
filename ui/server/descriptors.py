"""How many connections the server takes, reckoned from how many files its process may have open."""

import contextlib
from dataclasses import dataclass

try:
    import resource
except ImportError:  # Windows has no such limit
    resource = None  # type: ignore[assignment]

__all__ = ["Bounds", "bounds", "claim", "raise_limit"]

# A visitor holds four descriptors: the websocket, and three of the event loop that Streamlit makes for each session. Streamlit keeps 128
# sessions for a while after their visitors have left; the rest is for the database, libraries and files.
_PER_SESSION = 3
_OWN = 128 + 128 * _PER_SESSION
_MOST_VISITORS = 1000
_FEWEST_VISITORS = 20
_WITHOUT_LIMIT = 16_384  # reckoned with where the system states none
_MOST_CONNECTIONS = 16_384  # each takes memory, however many descriptors there are


@dataclass(frozen=True)
class Bounds:
    """How much at the same time.

    Attributes
    ----------
    visitors : websockets, one for each open page.
    connections : all connections, websockets among them.
    """

    visitors: int
    connections: int


def claim() -> Bounds:
    """Raise the limit and return the bounds that follow from it."""
    return bounds(raise_limit())


def raise_limit() -> int:
    """Raise the number of files this process may have open to the most it may ask for, and return the limit that holds from now on."""
    if resource is None:
        return _WITHOUT_LIMIT
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if hard == resource.RLIM_INFINITY:
        hard = max(soft, _WITHOUT_LIMIT)
    with contextlib.suppress(ValueError, OSError):  # macOS has a lower limit of its own: what there is must do
        resource.setrlimit(resource.RLIMIT_NOFILE, (hard, resource.getrlimit(resource.RLIMIT_NOFILE)[1]))
    soft = resource.getrlimit(resource.RLIMIT_NOFILE)[0]
    return _WITHOUT_LIMIT if soft == resource.RLIM_INFINITY else soft


def bounds(descriptors: int) -> Bounds:
    """Return the bounds for a process that may have so many descriptors open: a sixth of what is free are visitors, so that each may also fetch files."""
    free = max(0, descriptors - _OWN)
    visitors = max(_FEWEST_VISITORS, min(_MOST_VISITORS, free // 6))
    return Bounds(visitors, min(_MOST_CONNECTIONS, max(3 * visitors, free - _PER_SESSION * visitors)))
