"""What the server's log is spared: a remark of Streamlit's, and what strangers could write there.

The same line again and again, which would fill the disk; lines of their own, and commands to the terminal that shows it.
"""

import asyncio
import functools
import logging
import re
import threading
import time
import traceback
import unicodedata
from collections.abc import Callable

__all__ = ["bound_repeats", "expect_caches_outside_of_runs"]

_MOST, _WINDOW = 20, 60.0  # lines of one kind in so many seconds
_LONGEST, _LINES = 1000, 100  # characters of a line, and lines of an exception
_KINDS = 10_000  # far more than there are places that log
_FRAME = re.compile('[ |]*File "')  # with which a place in the code begins, also in a group of exceptions
# Controls, signs that steer the direction of writing or are not seen, ends of lines and paragraphs, halves of characters.
_UNSEEN = frozenset({"Cc", "Cf", "Zl", "Zp", "Cs"})


class _NoRunIsExpected(logging.Filter):
    """Let pass all but what Streamlit says of a thread without a script run."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether a line is logged."""
        return "missing ScriptRunContext" not in str(record.msg)


class _FewOfAKind(logging.Filter):
    """Let pass the first lines of a kind in each minute; the next one then says how many were left out.

    Lines are of a kind that come from one place of the code, for an exception also from one place where it was raised: what strangers send changes
    neither.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self._clock = clock
        self._seen: dict[tuple[object, ...], list[float]] = {}  # kind → since when, how many
        self._lock = threading.Lock()

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether a line is logged."""
        if record.exc_info and isinstance(record.exc_info[1], asyncio.CancelledError):
            return False  # the server stops: uvicorn says how many it cuts off, and then of each that it failed
        now = self._clock()
        with self._lock:
            if len(self._seen) >= _KINDS:
                self._seen.clear()
            since, count = self._seen.get(kind := _kind(record), (now, 0))
            over = now - since >= _WINDOW
            self._seen[kind] = [now, 1] if over else [since, count + 1]
        is_logged = over or count < _MOST
        if over and count > _MOST:
            record.msg, record.args = f"{record.getMessage()} (and {count - _MOST:.0f} more before)", ()
        if is_logged:
            _tidy(record)
        return is_logged


def _tidy(record: logging.LogRecord) -> None:
    """Escape and cut what a line says, and the exception with it: they may quote what a stranger sent."""
    try:
        said = record.getMessage()
    except (TypeError, ValueError):  # a line that does not fit what it is given: the handler says so
        return
    if said != (tidy := _cut(_escaped(said.rstrip("\n")))):
        record.msg, record.args = tidy, ()
    if record.exc_info and record.exc_info[0]:
        parts = traceback.format_exception(*record.exc_info)
        lines = "".join(part if _FRAME.match(part) else _on_one_line(part) for part in parts).split("\n")
        record.exc_text = "\n".join(map(_cut, lines[-_LINES - 1 :])).rstrip("\n")


def _escaped(text: str) -> str:
    """Return a text on one line, in which what is not seen, or ends a line, is spelled as in Python."""
    if text.isprintable():
        return text
    return "".join(
        sign.encode("unicode_escape").decode("ascii")
        if unicodedata.category(sign) in _UNSEEN and sign != "\t"
        else sign
        for sign in text
    )


def _on_one_line(part: str) -> str:
    """Return a part of a trace that is not of our code, such as what an exception says, with only the ends of lines around it."""
    said = part.strip("\n")
    return part.replace(said, _escaped(said)) if said else part


def _cut(line: str) -> str:
    """Return a line at its longest."""
    return line if len(line) <= _LONGEST else f"{line[:_LONGEST]} …"


def _kind(record: logging.LogRecord) -> tuple[object, ...]:
    """Return where a line comes from."""
    error, at = record.exc_info[1] if record.exc_info else None, None
    trace = error.__traceback__ if error else None
    while trace:
        at, trace = (trace.tb_frame.f_code.co_filename, trace.tb_lineno), trace.tb_next
    return record.name, record.pathname, record.lineno, type(error), at


def expect_caches_outside_of_runs() -> None:
    """Keep Streamlit's remark on threads without a script run out of the log.

    The start and the routes of the show read the data through the caches that pages use; each reading outside of a run is a line in the log,
    of which Streamlit says itself that it can be ignored.
    """
    logging.getLogger("streamlit.runtime.scriptrunner_utils.script_run_context").addFilter(_NoRunIsExpected())


@functools.cache
def bound_repeats() -> None:
    """Keep strangers from filling the log: of each kind of line so many a minute, whichever logger says it.

    Streamlit's loggers and uvicorn's for access have handlers of their own. What has none (asyncio, uvicorn's for errors, ours) goes to the handler
    of last resort; loggers that are made later are of a class that looks by itself, whatever handlers they are given.
    """
    few = _FewOfAKind()
    handlers = [handler for logger in _loggers() for handler in logger.handlers]
    for handler in filter(None, dict.fromkeys([*handlers, logging.lastResort])):
        handler.addFilter(few)
    logging.setLoggerClass(_bounded(logging.getLoggerClass()))


def _loggers() -> list[logging.Logger]:
    """Return the loggers there are."""
    found = (logging.getLogger(name) for name in list(logging.root.manager.loggerDict))
    return [logging.getLogger(), *found]


def _bounded(base: type[logging.Logger]) -> type[logging.Logger]:
    """Return a class of loggers that lets few lines of a kind pass."""
    few = _FewOfAKind()

    class Bounded(base):  # type: ignore[misc, valid-type]
        """A logger that says few lines of a kind."""

        def handle(self, record: logging.LogRecord) -> None:
            """Log a line, unless there were too many of its kind."""
            if few.filter(record):
                super().handle(record)

    return Bounded
