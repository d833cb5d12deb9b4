"""A short memory that the database is away, so that not everybody waits to find out; it is asked again until it answers."""

import logging
import threading
import time
from collections.abc import Callable

from store.errors import DatabaseError

__all__ = ["Outage"]

AGAIN_SECONDS = 0.2
_log = logging.getLogger(__name__)


class Outage:
    """Whether the database is away.

    Parameters
    ----------
    ask
        Asks the database anything; raises DatabaseError where it does not answer.
    """

    def __init__(self, ask: Callable[[], None]) -> None:
        self._ask = ask
        self._lock = threading.Lock()
        self._closed = threading.Event()
        self._error: DatabaseError | None = None
        self._thread: threading.Thread | None = None

    @property
    def lasts(self) -> bool:
        """Whether the database was away when it was last asked."""
        return self._error is not None

    def refuse(self) -> None:
        """Fail at once while the database is away.

        Raises
        ------
        DatabaseError
            As the database was last seen to fail.
        """
        error = self._error
        if error is not None:
            raise error.with_traceback(None)

    def begin(self, error: DatabaseError) -> None:
        """Remember that the database is away until it answers again."""
        with self._lock:
            if self._error is not None or self._closed.is_set():
                return
            self._error = error
            _log.warning("%s Pages show the data as last read; retrying every %s s.", error, AGAIN_SECONDS)
            self._thread = threading.Thread(target=self._until_it_answers, name="database outage", daemon=True)
            self._thread.start()

    def _until_it_answers(self) -> None:
        """Ask again and again."""
        begun = time.monotonic()
        while not self._closed.wait(AGAIN_SECONDS):
            try:
                self._ask()
            except DatabaseError as error:
                self._error = error
            else:
                self._error = None
                _log.warning("The database responds again after %.1f s.", time.monotonic() - begun)
                return

    def close(self) -> None:
        """Ask no more."""
        self._closed.set()
        with self._lock:
            thread = self._thread
        if thread is not None:
            thread.join()
