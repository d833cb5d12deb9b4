"""The worker's own side: a stranger's file from its standard input, parsed within limits of the system, columns to its standard output.

It runs in a process of its own (see :mod:`geo.uploads.worker`) and imports nothing heavy: what it may use is small, and it starts in a
tenth of a second.
"""

import codecs
import json
import resource
import sys
from typing import Any

from geo.uploads import web_tables, workbooks
from geo.uploads.packing import Packed, UnreadableError

__all__ = ["confine", "main"]

_DESCRIPTORS = 3  # standard input, output and error, which are open: no further file or connection can be


def main() -> None:
    """Answer one request: a line of JSON, then the file; see :func:`geo.uploads.worker.rows_in_worker`."""
    request = json.loads(sys.stdin.buffer.readline())
    confine(request["memory"], request["seconds"])
    content = sys.stdin.buffer.read(request["bytes"])
    try:
        found = _read(content, request)
    except UnreadableError as problem:
        _say({"unreadable": problem.code, "size": problem.size})
        return
    if isinstance(found, Packed):
        _say(found.about)
        for codes, words in found.columns:
            _say(list(words))
            sys.stdout.buffer.write(codes)
    else:
        _say(found)
    sys.stdout.buffer.flush()


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
    codecs.lookup("cp437")  # of names in archives; what was not imported by now cannot be
    for kind, bound in bounds.items():
        resource.setrlimit(kind, bound)


def _read(content: bytes, request: dict[str, Any]) -> Packed | dict[str, Any]:
    """Return the columns of a sheet, or a first look at all sheets where one has to be chosen."""
    size = tuple(request["size"])
    if request["kind"] == "html":
        return web_tables.read(content, size)
    return workbooks.read(content, request["kind"], request["at"], size, request["marks"])


def _say(value: Any) -> None:
    """Write a line."""
    sys.stdout.buffer.write(json.dumps(value, ensure_ascii=False).encode() + b"\n")
