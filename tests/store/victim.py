"""A process that publishes when told to, made to be killed: ``python -m tests.store.victim URL``.

Imports are done once; each publication runs in a fork. Lines in, lines out::

    in    <expected version> <text>     fork, open the store
    out   ready <process id>
    in    go
    out   published | conflict          unless it was killed
    out   ended
"""

import os
import sys

from store import ConflictError, Publication
from store.database import Database, address, connect
from store.versions import Store

FILLER = os.urandom(200_000).hex()  # does not compress away: storing it takes a while


def say(line: str) -> None:
    """Write a line at once, past Python's buffers."""
    os.write(1, f"{line}\n".encode())


def hear() -> str | None:
    """Read a line, one byte at a time: what follows may be for the other process; None at the end."""
    line = b""
    while not line.endswith(b"\n"):
        byte = os.read(0, 1)
        if not byte:
            return None
        line += byte
    return line.decode().rstrip("\n")


def publish(url: str, expected: int, text: str) -> None:
    """Publish one version that changes every table but one."""
    store = Store(Database(connect(address(url))))
    store.current()  # connects
    say(f"ready {os.getpid()}")
    hear()
    content = f"id\n{text}\n{FILLER}\n".encode()
    tables = dict.fromkeys(("clusters.csv", "tenants.csv", "indicators.csv"), content)
    try:
        store.publish(Publication(tables, "indicators", "update", text, "note", "a.csv", content), expected=expected)
        say("published")
    except ConflictError:
        say("conflict")


def main(url: str) -> None:
    """Serve until the input ends."""
    while (line := hear()) is not None:
        if " " not in line:  # what a child left of its "go" that was killed before it had read it
            continue
        expected, text = line.split(maxsplit=1)
        child = os.fork()
        if child == 0:
            try:
                publish(url, int(expected), text)
            finally:
                os._exit(0)
        os.waitpid(child, 0)
        say("ended")


if __name__ == "__main__":
    main(sys.argv[1])
