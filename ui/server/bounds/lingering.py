"""What happens with a body that is still coming when its answer is out: it is read in steps and not for long, since nobody wants it."""

import asyncio
from collections.abc import Callable

__all__ = ["Lingering"]

LINGER_SECONDS = 5.0  # in which a browser sends what it has begun, so that it sees the answer and no broken connection
STEP_SECONDS = 0.25  # between two looks: each costs as much as a request, however little has come


class Lingering:
    """Reads the rest of a request that was answered.

    Parameters
    ----------
    loop : its timers and its clock are used.
    pause, resume : stop and go on reading.
    end : called when the time is over.
    """

    def __init__(
        self,
        loop: asyncio.AbstractEventLoop,
        pause: Callable[[], None],
        resume: Callable[[], None],
        end: Callable[[], None],
    ) -> None:
        self._loop, self._pause, self._resume, self._end = loop, pause, resume, end
        self._until: float | None = None
        self._timer: asyncio.TimerHandle | None = None

    def look(self, *, owes: bool) -> None:
        """Begin, go on or stop, as the peer owes the rest of a body or not; called when the answer is out and whenever bytes have come since."""
        if not owes:
            self.stop()
            return
        now = self._loop.time()
        self._until = self._until or now + LINGER_SECONDS
        if now >= self._until:
            self._end()
        elif self._timer is None:
            self._pause()
            self._timer = self._loop.call_later(STEP_SECONDS, self._go_on)

    def stop(self) -> None:
        """Read on as usual."""
        self._until = None
        if self._timer is not None:
            self._timer.cancel()
            self._go_on()

    def _go_on(self) -> None:
        self._timer = None
        self._resume()
