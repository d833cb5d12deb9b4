"""The worker's own side: a request from its standard input, and limits of the system around what it does with the file.

It runs in a process of its own; see :mod:`geo.uploads.read.worker`.
"""

import codecs
import json
import resource
import sys
from typing import Any

from geo.uploads.read.decoding import CODECS

__all__ = ["confine", "take"]

_DESCRIPTORS = 3  # standard input, output and error, which are open: no further file or connection can be


def take() -> tuple[dict[str, Any], bytes]:
    """Return a request and the file that comes with it; this process is confined before it reads a byte of the file."""
    request = json.loads(sys.stdin.buffer.readline())
    confine(request["memory"], request["seconds"])
    return request, sys.stdin.buffer.read(request["bytes"])


def confine(memory: int, seconds: int) -> None:
    """Bound what this process may use from now on, such that it cannot take it back.

    Parameters
    ----------
    memory
        Bytes of address space.
    seconds
        Of the processor.
    """
    bounds = {
        resource.RLIMIT_CPU: (seconds, seconds + 1),  # a signal, then the end
        resource.RLIMIT_CORE: (0, 0),
        resource.RLIMIT_FSIZE: (0, 0),
        resource.RLIMIT_NOFILE: (_DESCRIPTORS, _DESCRIPTORS),
        resource.RLIMIT_NPROC: (0, 0),
    }
    if sys.platform == "linux":  # macOS knows no bound of address space
        bounds[resource.RLIMIT_AS] = (memory, memory)
    # What was not imported by now cannot be; cp437 is of names in archives.
    for codec in ("cp437", *CODECS):
        codecs.lookup(codec)
    for kind, bound in bounds.items():
        resource.setrlimit(kind, bound)
