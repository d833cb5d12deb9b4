"""Connections to SQLite that nobody closed are reported on every Python, as 3.13 reports them by itself."""

import functools
import sqlite3
import sys
import warnings
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import event
from sqlalchemy.pool import Pool

__all__ = ["counted", "report_unclosed"]


class Connection(sqlite3.Connection):
    """A connection that says so when it is collected unclosed."""

    _unclosed = False

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._unclosed = True

    def close(self) -> None:
        """Close it."""
        super().close()
        self._unclosed = False

    def __del__(self) -> None:
        if self._unclosed:
            warnings.warn(f"unclosed database in {self!r}", ResourceWarning, stacklevel=1)


def report_unclosed() -> None:
    """Let connections made from here on report themselves."""
    if sys.version_info < (3, 13):
        for module in (sqlite3, sqlite3.dbapi2):
            module.connect = functools.partial(module.connect, factory=Connection)


@contextmanager
def counted() -> Iterator[Counter[str]]:
    """Count how many connections all engines open and close."""
    counts: Counter[str] = Counter()
    listeners = {"connect": lambda *_: counts.update(["opened"]), "close": lambda *_: counts.update(["closed"])}
    for name, listener in listeners.items():
        event.listen(Pool, name, listener)
    try:
        yield counts
    finally:
        for name, listener in listeners.items():
            event.remove(Pool, name, listener)
