"""Files of strangers, parsed in a process of its own with limits of memory and time: the server only ever sees rows.

What the worker answers is not trusted either: it may have been taken over by the file it read.
"""

import io
import json
import os
import selectors
import signal
import subprocess  # nosec B404  # starts this Python, no other program and no shell
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from geo.uploads.bounds import MAX_CELLS, MAX_COLUMNS, MAX_INFLATED, MAX_ROWS, check_size, error
from geo.uploads.model import Sheet

__all__ = ["COMMAND", "LIMITS", "Answer", "Limits", "rows_in_worker"]

_ROOT = Path(__file__).resolve().parents[2]
_START = "import sys; sys.path.append(sys.argv[1]); from geo.uploads.parsing import main; main()"
COMMAND = (sys.executable, "-I", "-B", "-c", _START, str(_ROOT))
_CODES = frozenset(("broken_archive", "empty_file", "password", "web_page"))  # that a worker may refuse a file with
_AT_ONCE = threading.BoundedSemaphore(2)  # workers, so that many files at the same time cost time rather than memory


@dataclass(frozen=True)
class Limits:
    """What one worker may cost."""

    memory: int = 1_073_741_824  # bytes of address space
    processor: int = 20  # seconds
    wall: float = 30.0  # seconds
    answer: int = MAX_INFLATED  # bytes


LIMITS = Limits()


@dataclass(frozen=True)
class Answer:
    """What a worker found: a sheet, or first looks at all sheets where one has to be chosen."""

    sheets: tuple[tuple[str, bool], ...] = ()  # names, each with whether it is visible
    looks: tuple[tuple[dict[str, str], ...], ...] = ()  # of each sheet, its first rows that hold anything, by column
    at: int | None = None  # which sheet was read; None where there are none, or looks
    sheet: Sheet = field(default_factory=Sheet)
    hidden: tuple[int, ...] = ()  # rows, from 0, that the file does not show


def rows_in_worker(
    content: bytes,
    kind: str,
    sheet: int | str | None = None,
    *,
    marks: Mapping[str, Any] | None = None,
    limits: Limits = LIMITS,
    command: Sequence[str] = COMMAND,
) -> Answer:
    """Return what a worker reads in a file.

    Parameters
    ----------
    content
        The file; a web page in UTF-8.
    kind
        "xlsx", "xls", "xlsb", "ods" or "html".
    sheet
        Its name or number from 0; None where nobody chose one.
    marks
        What the server knows of the cells of an XLSX sheet, as :class:`geo.uploads.packing.Marks` has it; the rest it does not need.
    command
        What starts a worker.

    Raises
    ------
    RefusedError
        If the worker refuses the file, ends, uses up what it may, or answers anything else.
    """
    size = (MAX_ROWS, MAX_COLUMNS, MAX_CELLS)
    asked = {"kind": kind, "at": sheet, "marks": marks, "bytes": len(content), "size": size}
    asked |= {"memory": limits.memory, "seconds": limits.processor}
    head = json.dumps(asked).encode() + b"\n"
    with _AT_ONCE:
        answer, status = _exchange(command, head + content, limits)
    if status == -signal.SIGXCPU:
        raise error("reading_too_long", limit=limits.processor)
    try:
        return _answer(io.BytesIO(answer))
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        raise error("reading_ended", limit=limits.memory // 1_000_000) from None


def _exchange(command: Sequence[str], request: bytes, limits: Limits) -> tuple[bytes, int]:
    """Return what a new process answers and how it ended; it and whatever it started are gone afterwards."""
    process = subprocess.Popen(  # noqa: S603  # nosec B603  # no part of the command comes from a file
        command,
        bufsize=0,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={},  # the server's holds the password of the database
        cwd="/",
        start_new_session=True,
    )
    with process:
        try:
            answer = _talk(process, memoryview(request), limits)
        finally:
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(process.pid, signal.SIGKILL)
    return answer, process.returncode


def _talk(process: "subprocess.Popen[bytes]", left: memoryview, limits: Limits) -> bytes:
    """Return all that a process says, having told it the request.

    Raises
    ------
    RefusedError
        If it takes too long or says too much.
    """
    answer, deadline = bytearray(), time.monotonic() + limits.wall
    if process.stdin is None or process.stdout is None:
        raise ValueError("the process has no pipes")
    os.set_blocking(process.stdin.fileno(), False)
    with selectors.DefaultSelector() as pipes:
        pipes.register(process.stdin, selectors.EVENT_WRITE)
        pipes.register(process.stdout, selectors.EVENT_READ)
        while (remaining := deadline - time.monotonic()) > 0:
            for key, _ in pipes.select(remaining):
                if key.fileobj is process.stdin:
                    left = _told(key.fd, left)
                    if not left:
                        pipes.unregister(process.stdin)
                        process.stdin.close()
                elif not (said := os.read(key.fd, 1_048_576)):
                    return bytes(answer)
                else:
                    answer += said
                    if len(answer) > limits.answer:
                        raise error("too_much_text", limit=limits.answer // 1_000_000)
    raise error("reading_too_long", limit=int(limits.wall))


def _told(pipe: int, left: memoryview) -> memoryview:
    """Write as much as a pipe takes and return the rest; nothing is left for one that nobody reads any more."""
    try:
        return left[os.write(pipe, left[:1_048_576]) :]
    except BrokenPipeError:
        return left[:0]


def _answer(lines: io.BytesIO) -> Answer:
    """Return an answer whose every part was looked at.

    Raises
    ------
    RefusedError
        If it is a refusal.
    ValueError
        If it is cut off or not what a worker answers, among others (TypeError, KeyError, AttributeError).
    """
    about = json.loads(lines.readline())
    if "unreadable" in about:
        check_size(*map(int, about["size"] or (0, 0)))
        if about["unreadable"] in _CODES:
            raise error(about["unreadable"])
        raise ValueError("not a refusal of ours")
    sheets = tuple((_sound(name), bool(visible)) for name, visible in about.get("sheets", ()))
    if "looks" in about:
        looks = tuple(tuple(map(_look, rows)) for rows in about["looks"])
        return Answer(sheets, looks[: len(sheets)])
    rows, columns, at = int(about["rows"]), int(about["columns"]), about.get("at")
    check_size(rows, columns)
    if rows < 0 or (sheets and not 0 <= at < len(sheets)):
        raise ValueError("no such sheet")
    hidden = tuple(row for row in map(int, about.get("hidden", ())) if 0 <= row < rows)
    texts = [_column(lines, rows) for _ in range(columns)]
    return Answer(sheets, at=at, sheet=Sheet.of(list(zip(*texts, strict=True))), hidden=hidden)


def _look(row: Mapping[str, Any]) -> dict[str, str]:
    """Return a row of a first look."""
    return {_sound(column): _sound(words) for column, words in row.items()}


def _column(lines: io.BytesIO, rows: int) -> list[str]:
    """Return the texts of a column; its codes are those of its words, and no two words are the same."""
    words = tuple(map(_sound, json.loads(lines.readline())))
    codes = memoryview(lines.read(4 * rows)).cast("i")
    if len(codes) != rows or len(set(words)) != len(words):
        raise ValueError("a column is cut off")
    if rows and not 0 <= min(codes) <= max(codes) < len(words):
        raise ValueError("a code without a word")
    return [words[code] for code in codes]


def _sound(words: Any) -> str:
    """Return a text that is one, and can be written as UTF-8."""
    if not isinstance(words, str):
        raise TypeError("not a text")
    if not words.isascii():
        words.encode()
    return words
