"""Files of strangers, parsed in a process of its own with limits of memory and time: the server only ever sees rows.

What the worker answers is not trusted either: it may have been taken over by the file it read.
"""

import json
import os
import re
import selectors
import signal
import subprocess  # nosec B404  # starts this Python, no other program and no shell
import sys
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import opencc

from geo.uploads.bounds import MAX_BYTES, MAX_CELLS, MAX_ROWS, RefusedError, check_cells, check_size, error
from geo.uploads.finding import CellNote, Finding, Severity
from geo.uploads.messages import describe
from geo.uploads.model import IGNORED
from geo.uploads.parse.fields import by_heading
from geo.uploads.read.packing import BETWEEN_CELLS, BETWEEN_ROWS, BETWEEN_TABLES, Answer, Area, Rows, Table

__all__ = ["COMMAND", "LIMITS", "MARKING", "Limits", "mark_in_worker", "read_in_worker"]

_ROOT = Path(__file__).resolve().parents[3]
_START = "import sys; sys.path.append(sys.argv[1]); from geo.uploads.read.parsing import main; main()"
# openpyxl would import numpy, for arrays in cells.
_START_MARKING = "import sys; sys.path.append(sys.argv[1]); sys.modules['numpy'] = None; from geo.uploads.workbooks.copies import main; main()"
COMMAND, MARKING = ((sys.executable, "-I", "-B", "-c", start, str(_ROOT)) for start in (_START, _START_MARKING))
_AT_ONCE = threading.BoundedSemaphore(2)  # workers, so that many files at the same time cost time rather than memory
# What no worker leaves in a text, nor parts texts with.
_FOREIGN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1c\x7f-\x9f\ufffe\uffff]")
_LONGEST_HEAD = 16_000_000  # bytes of what an answer says beside the texts


@dataclass(frozen=True)
class Limits:
    """What one worker may cost."""

    memory: int = 536_870_912  # bytes of address space
    processor: int = 20  # seconds
    wall: float = 30.0  # seconds
    answer: int = 100_000_000  # bytes


LIMITS = Limits()
MARKING_LIMITS = Limits(wall=60.0)  # openpyxl takes 7 s of the processor for 20,000 rows


def read_in_worker(
    content: bytes,
    name: str,
    encoding: str = "",
    sheet: str = "",
    *,
    limits: Limits = LIMITS,
    command: Sequence[str] = COMMAND,
) -> Answer:
    """Return what a worker reads in a file; the parameters are those of :func:`geo.uploads.read.reading.read`.

    Parameters
    ----------
    command
        What starts a worker.

    Raises
    ------
    RefusedError
        If the worker refuses the file, ends, uses up what it may, or answers anything else.
    """
    asked = {"name": name, "encoding": encoding, "sheet": sheet, "headings": _headings()}
    answer = _asked(asked, content, limits, command)
    try:
        return _answer(answer)
    except (ValueError, TypeError, LookupError, AttributeError, RecursionError):
        raise error("reading_ended", limit=limits.memory // 1_000_000) from None


def mark_in_worker(
    content: bytes,
    sheet: str,
    notes: Sequence[CellNote],
    *,
    limits: Limits = MARKING_LIMITS,
    command: Sequence[str] = MARKING,
) -> bytes:
    """Return an XLSX with notes marked on one of its sheets, as :func:`geo.uploads.workbooks.copies.in_own` does.

    Raises
    ------
    RefusedError
        If the worker ends, uses up what it may, or answers anything else.
    """
    marks = [(note.row, note.column, note.severity, note.text, note.sheet) for note in notes]
    answer = _asked({"sheet": sheet, "notes": marks}, content, limits, command)
    if not answer.startswith(b"PK"):
        raise error("reading_ended", limit=limits.memory // 1_000_000)
    return answer


def _asked(asked: Mapping[str, Any], content: bytes, limits: Limits, command: Sequence[str]) -> bytes:
    """Return what a new worker answers.

    Raises
    ------
    RefusedError
        If it takes too long or says too much.
    """
    whole = {**asked, "bytes": len(content), "memory": limits.memory, "seconds": limits.processor}
    with _AT_ONCE:
        answer, status = _exchange(command, json.dumps(whole).encode() + b"\n" + content, limits)
    if status == -signal.SIGXCPU:
        raise error("reading_too_long", limit=limits.processor)
    return answer


@cache
def _headings() -> list[list[str]]:
    """Return the headings of clusters, tenants and slides, tables without a figure: the worker simplifies no characters."""
    traditional = opencc.OpenCC("s2t").convert
    kinds = (by_heading(kind) for kind in ("clusters", "tenants", "slides"))
    words = ([word for word, field in names.items() if field != IGNORED] for names in kinds)
    return [[*known, *map(traditional, known)] for known in words]


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


def _answer(said: bytes) -> Answer:
    """Return an answer whose every part was looked at.

    Raises
    ------
    RefusedError
        If it is a refusal, or there is more than a table may have.
    ValueError
        If it is cut off or not what a worker answers, among others (TypeError, LookupError, AttributeError).
    """
    head, end, body = said.partition(b"\n")
    if not end or len(head) > _LONGEST_HEAD:
        raise ValueError("no answer")
    about = json.loads(head)
    if "refused" in about:
        raise RefusedError(_finding(about["refused"]))
    text = body.decode()
    if _FOREIGN.search(text):
        raise ValueError("a text that no table has")
    parts = text.split(BETWEEN_TABLES)
    tables = tuple(
        Table(
            _rows(part), _sound(table["name"]), tuple(map(_finding, table["findings"])), tuple(_spans(table["spans"]))
        )
        for part, table in zip(parts, about["tables"], strict=True)
    )
    sheets = tuple(map(_sound, about["sheets"]))
    if sheets and not all(table.name in sheets for table in tables):
        raise ValueError("no such sheet")
    return Answer(tables, _sound(about["encoding"]), _sound(about["delimiter"]), sheets)


def _rows(text: str) -> Rows:
    """Return the rows of a table, having counted them."""
    if text.count(BETWEEN_CELLS) > MAX_CELLS or text.count(BETWEEN_ROWS) > MAX_ROWS:
        check_size(text.count(BETWEEN_ROWS) + 1, 1)
        raise ValueError("too many cells")
    rows = [row.split(BETWEEN_CELLS) for row in text.split(BETWEEN_ROWS)]
    check_size(len(rows), max(map(len, rows)))
    check_cells(rows)
    return rows


def _spans(said: Sequence[Sequence[Sequence[int]]]) -> Iterator[Area]:
    """Yield areas, having looked at how much they cover."""
    left = MAX_CELLS
    for (top, first), (bottom, last) in said:
        area = (int(top), int(first)), (int(bottom), int(last))
        left -= (area[1][0] - area[0][0] + 1) * (area[1][1] - area[0][1] + 1)
        if not (0 <= area[0][0] <= area[1][0] and 0 <= area[0][1] <= area[1][1]) or left < 0:
            raise ValueError("no such area")
        yield area


def _finding(said: Mapping[str, Any]) -> Finding:
    """Return a finding that can be shown and marked in a copy of the file."""
    column = None if said["column"] is None else int(said["column"])
    rows = tuple(map(int, said["rows"]))
    if not all(0 < place <= MAX_BYTES for place in (*rows, column or 1)):
        raise ValueError("no such place")
    params = {name: value if isinstance(value, int) else _sound(value) for name, value in said["params"].items()}
    found = Finding(said["code"], Severity(said["severity"]), rows, column, value=_sound(said["value"]), params=params)
    describe(found)  # fails where there is no such message, or it asks for something else
    return found


def _sound(words: Any) -> str:
    """Return a text that is one, and can be written as UTF-8."""
    if not isinstance(words, str):
        raise TypeError("not a text")
    words.encode()
    return words
