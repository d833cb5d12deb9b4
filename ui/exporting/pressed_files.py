"""Keeps the files that are made when a button is pressed until the browser has fetched them.

Streamlit makes such a file for no session in particular, and takes it away as soon as two runs have ended, whoever's: among ten visitors a browser a
third of a second away found nothing in two of five times. See docs/decisions/0040.
"""

import time
from collections.abc import Callable
from pathlib import PurePosixPath

from streamlit.runtime.media_file_manager import MediaFileManager

__all__ = ["KEPT_SECONDS", "keep"]

KEPT_SECONDS = 60.0


def keep(files: MediaFileManager, clock: Callable[[], float] = time.monotonic) -> None:
    """Have a manager of files keep each that was made on a press for a minute, and for as long as Streamlit would.

    Parameters
    ----------
    files : of the server; from here on it behaves so.
    clock : returns seconds.
    """
    made: dict[str, float] = {}  # until when, by id
    make, unused = files.execute_deferred, files._get_inactive_file_ids

    def make_and_keep(file_id: str) -> str:
        address = make(file_id)
        with files._lock:
            made[PurePosixPath(address).stem] = clock() + KEPT_SECONDS
        return address

    def unused_and_old() -> set[str]:  # with the lock held
        now = clock()
        for each in [each for each, until in made.items() if until <= now]:
            del made[each]
        return unused() - made.keys()

    files.execute_deferred = make_and_keep  # type: ignore[method-assign]
    files._get_inactive_file_ids = unused_and_old  # type: ignore[method-assign]
