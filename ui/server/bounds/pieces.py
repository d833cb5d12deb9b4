"""Bounds in how many small pieces a peer may send: each costs far more to read than to send, and no middleware sees them."""

import asyncio
from typing import Any

import h11

from ui.server.bounds.turns import Bucket

__all__ = ["Pieces", "pieces_bucket"]

# Small pieces of a body, or frames that end no message, at once and a second.
PIECES, PIECES_RATE = (200, 20)
SMALL = 512  # bytes; a chunk of a body that is smaller costs more to read than to send


def pieces_bucket(loop: asyncio.AbstractEventLoop) -> Bucket:
    """Return the tokens that a new connection has for its pieces."""
    return Bucket(PIECES, PIECES_RATE, loop.time)


class Pieces(h11.Connection):
    """Stops to read a body that comes in too many small pieces."""

    hasty = False

    def __init__(self, bucket: Bucket, most_bytes: int) -> None:
        super().__init__(h11.SERVER, most_bytes)
        self._bucket = bucket

    def next_event(self) -> Any:
        """Return what comes next; nothing any more once there were too many pieces."""
        if self.hasty:
            return h11.NEED_DATA
        event = super().next_event()
        if isinstance(event, h11.Data) and len(event.data) < SMALL:
            self.hasty = self._bucket.take() > 0
        return event
