"""The log is spared one remark of Streamlit's, and floods of one kind of line; nothing else."""

import asyncio
import logging
import subprocess
import sys
from pathlib import Path

import pytest
from streamlit.runtime.scriptrunner_utils import script_run_context

from ui.server import logs
from ui.server.logs import _FewOfAKind, _NoRunIsExpected

ROOT = Path(__file__).resolve().parents[3]


class Clock:
    """A clock that is set by hand."""

    now = 0.0

    def __call__(self) -> float:
        """Return the time in seconds."""
        return self.now


def line(text: str = "x", number: int = 1, error: BaseException | None = None) -> logging.LogRecord:
    """Return a line logged at a line of the code."""
    info = (type(error), error, error.__traceback__) if error else None
    return logging.LogRecord("a", logging.ERROR, "code.py", number, text, (), info)


def raised(kind: type[Exception]) -> Exception:
    """Return an exception with its trace."""
    try:
        raise kind("x")
    except Exception as error:
        return error


def test_only_the_remark_on_threads_without_a_run_is_left_out() -> None:
    logger = logging.getLogger(script_run_context.__name__)  # fails where Streamlit moves the module
    no_run = logger.makeRecord(
        logger.name, logging.WARNING, "", 0, "Thread '%s': missing ScriptRunContext! …", ("x",), None
    )
    other = logger.makeRecord(logger.name, logging.WARNING, "", 0, "Something else.", (), None)
    assert [_NoRunIsExpected().filter(record) for record in (no_run, other)] == [False, True]


def test_of_one_kind_so_many_lines_a_minute_pass_whatever_they_say() -> None:
    few = _FewOfAKind(Clock())
    assert sum(few.filter(line(f"text {number}")) for number in range(1000)) == logs._MOST
    assert few.filter(line(number=2)), "another place of the code"
    assert few.filter(line(error=raised(ValueError))), "and an error raised there"
    assert few.filter(line(error=raised(TypeError)))


def test_after_a_minute_the_next_line_says_how_many_were_left_out() -> None:
    clock = Clock()
    few = _FewOfAKind(clock)
    for _ in range(logs._MOST + 5):
        few.filter(line())
    clock.now = 60.0
    later = line("again %s")
    later.args = ("and again",)
    assert few.filter(later)
    assert later.getMessage() == "again and again (and 5 more before)"
    assert few.filter(quiet := line("next"))
    assert quiet.getMessage() == "next"


def test_a_rare_line_passes_as_it_is_for_ever() -> None:
    clock = Clock()
    few = _FewOfAKind(clock)
    for minute in range(100):
        clock.now = 60.0 * minute
        assert few.filter(record := line())
        assert record.getMessage() == "x"


def test_what_is_remembered_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(logs, "_KINDS", 10)
    few = _FewOfAKind(Clock())
    assert all(few.filter(line(number=number)) for number in range(100))
    assert len(few._seen) <= 10


def test_every_logger_says_few_lines_of_a_kind_whatever_its_handlers() -> None:
    """Those with a handler, those without one (asyncio, uvicorn's for errors, which also does not ask others), and those that are made later."""
    script = """if True:
        import logging.config
        from uvicorn.config import LOGGING_CONFIG
        logging.config.dictConfig(LOGGING_CONFIG)
        logging.getLogger("uvicorn.error").propagate = False
        from ui.server import logs
        logs.bound_repeats()
        logs.bound_repeats()
        later = logging.getLogger("made.later")
        later.addHandler(logging.StreamHandler())
        for number in range(500):
            for name in ("asyncio", "uvicorn.error", "ui.server.x", "made.later", "made.without"):
                logging.getLogger(name).error("%s says %s", name, number)
        for name in ("asyncio", "made.later"):
            logging.getLogger(name).error("another line of %s", name)
    """
    said = subprocess.run(
        [sys.executable, "-c", script], check=True, capture_output=True, text=True, cwd=ROOT, timeout=60
    )
    lines = (said.stdout + said.stderr).splitlines()
    for name in ("asyncio", "uvicorn.error", "ui.server.x", "made.later", "made.without"):
        assert sum(f"{name} says" in line for line in lines) == logs._MOST, (name, lines[:5])
    assert sum("another line of" in line for line in lines) == 2, "another kind"


def test_what_a_stranger_sent_is_cut_in_the_line_and_in_its_exception() -> None:
    long = "x" * 30_000
    try:
        raise KeyError(long)
    except KeyError as error:
        record = line(f"it failed: {long}", error=error)
    assert _FewOfAKind(Clock()).filter(record)
    text = logging.Formatter().format(record)
    assert len(text) < 4 * logs._LONGEST
    assert text.startswith("it failed: xxx")
    assert "in test_what_a_stranger_sent" in text, "where it was raised is still said"


def test_a_short_line_stays_as_it_is() -> None:
    record = line("it failed", error=raised(ValueError))
    before = logging.Formatter().format(line("it failed", error=record.exc_info[1]))
    assert _FewOfAKind(Clock()).filter(record)
    assert logging.Formatter().format(record) == before


EVIL = "x\n2026-11-27 01:00:00.000 Version 99 was published by admin\r\n\x1b[2J\x1b[31m\x9b1mALL LOST\u2028\u202e\u200b\x85%s"


def logged(record: logging.LogRecord) -> str:
    """Return what is written of a line."""
    assert _FewOfAKind(Clock()).filter(record)
    return logging.Formatter("%(asctime)s %(message)s").format(record)


def test_a_stranger_writes_no_lines_and_no_commands_of_a_terminal() -> None:
    record = line("no file for %s")
    record.args = (EVIL,)
    text = logged(record)
    assert len(text.splitlines()) == 1
    assert all(sign.isprintable() for sign in text)
    assert (
        r"for x\n2026-11-27 01:00:00.000 Version 99 was published by admin\r\n\x1b[2J\x1b[31m\x9b1mALL LOST\u2028\u202e\u200b\x85%s"
        in text
    )


def test_nor_in_what_an_exception_says_or_in_those_before_it() -> None:
    try:
        try:
            raise ValueError(EVIL)
        except ValueError as cause:
            raise RuntimeError(f"twice: {EVIL}") from cause
    except RuntimeError as error:
        lines = logged(line("it failed", error=error)).splitlines()
    assert sum("Version 99" in each for each in lines) == 2
    assert not any(each.lstrip().startswith(("2026-11-27 01:00", "ALL")) for each in lines)
    assert all(each.isprintable() for each in lines)
    assert [each for each in lines if each.startswith("Traceback")] == ["Traceback (most recent call last):"] * 2
    assert any(each.startswith('  File "') and "test_nor_in_what" in each for each in lines), (
        "our own trace can be read"
    )
    assert "    raise ValueError(EVIL)" in lines
    assert "The above exception was the direct cause of the following exception:" in lines


def test_the_trace_of_several_exceptions_together_can_be_read() -> None:
    try:
        raise ExceptionGroup("several", [raised(ValueError), ValueError(EVIL)])
    except ExceptionGroup as error:
        lines = logged(line("it failed", error=error)).splitlines()
    assert any(each.strip(" |").startswith('File "') for each in lines)
    assert all(each.isprintable() for each in lines)
    assert not any(each.strip(" |").startswith("2026-11-27 01:00") for each in lines)


@pytest.mark.parametrize("text", ["版本 1 已发布，　共 3 行", "100 %", "a\tb", "back\\slash \U0001f600"])
def test_ordinary_text_stays_as_it_is(text: str) -> None:
    assert logged(line(text)).endswith(text)


def test_what_is_cut_off_by_a_stop_is_no_failure() -> None:
    async def cut() -> BaseException:
        waiting = asyncio.ensure_future(asyncio.sleep(10))
        await asyncio.sleep(0)
        waiting.cancel()
        try:
            await waiting
        except asyncio.CancelledError as error:
            return error
        raise AssertionError

    assert not _FewOfAKind(Clock()).filter(line("Exception in ASGI application\n", error=asyncio.run(cut())))


def test_a_line_that_does_not_fit_what_it_is_given_harms_nobody():
    record = logging.LogRecord("x", logging.WARNING, "f.py", 1, "%d", ("x",), None)
    assert logs._FewOfAKind().filter(record)
