"""Bounds what one peer may make the parsers read: small pieces of a body, heads of very many parts, and what follows a body.

Each costs far more to read than to send, and no middleware sees it before it was read.
"""

import asyncio
import re
from typing import Any

import h11
from h11._readers import ChunkedReader

from ui.server import answers
from ui.server.bounds.turns import Bucket

__all__ = ["LONGEST_LINE", "MOST_HEADERS", "MOST_ITEMS", "MOST_PARAMETERS", "Pieces", "is_excessive", "pieces_bucket"]

# Small pieces of a body, or frames that end no message, at once and a second.
PIECES, PIECES_RATE = (200, 20)
SMALL = 512  # bytes; a chunk of a body that is smaller costs more to read than to send
# The parser of websockets takes as many, and lines as long; a browser behind a proxy sends some 40.
MOST_HEADERS, LONGEST_LINE = 128, 8190
MOST_PARAMETERS = 100  # of an address; our longest have some 30
MOST_ITEMS = 500  # of the lists in all headers together, cookies among them, of which browsers keep some 180
_BLANK_LINE = re.compile(rb"\n\r?\n")


def pieces_bucket(loop: asyncio.AbstractEventLoop) -> Bucket:
    """Return the tokens that a new connection has for its pieces."""
    return Bucket(PIECES, PIECES_RATE, loop.time)


class Pieces(h11.Connection):
    """Reads neither a head of too many parts nor a body that comes in too many small pieces; ``refusal`` then says why, in a whole answer."""

    refusal = b""

    def __init__(self, bucket: Bucket, most_bytes: int) -> None:
        super().__init__(h11.SERVER, most_bytes)
        self._bucket = bucket

    def next_event(self) -> Any:
        """Return what comes next; nothing any more once something was refused."""
        if not self.refusal and self.their_state is h11.IDLE and is_excessive(self.trailing_data[0]):
            self.refusal = answers.TOO_LONG
        if self.refusal:
            return h11.NEED_DATA
        event = super().next_event()
        if isinstance(event, h11.Data) and len(event.data) < SMALL and self._bucket.take() > 0:
            self.refusal = answers.HASTY
        return event

    def _get_io_object(self, *args: Any) -> Any:
        """Return what reads what comes next; h11 asks for it where a state begins."""
        found = super()._get_io_object(*args)
        return _Chunks() if isinstance(found, ChunkedReader) else found


class _Chunks(ChunkedReader):
    """Reads a body in chunks, and no headers behind it, which h11 would take by the thousand: nobody here asks for any."""

    def __call__(self, buffer: Any) -> Any:
        if self._reading_trailer and not b"\r\n".startswith(bytes(buffer)[:2]) and not bytes(buffer).startswith(b"\n"):
            raise h11.RemoteProtocolError("no headers are read behind a body")
        return super().__call__(buffer)


def is_excessive(received: bytes) -> bool:
    """Whether the head with which bytes begin, whole or not, has more parts than any browser sends."""
    line = received.partition(b"\n")[0].removesuffix(b"\r")
    if len(line) > LONGEST_LINE or line.count(b"&") >= MOST_PARAMETERS:
        return True
    blank = _BLANK_LINE.search(received)
    end = blank.start() if blank else len(received)
    items = received.count(b",", 0, end) + received.count(b";", 0, end)
    return received.count(b"\n", 0, end) > MOST_HEADERS + (blank is None) or items > MOST_ITEMS
