"""The file on the desk: worked out once, and with a progress bar only where somebody would wait."""

import pytest
import streamlit as st

from ui.desk import job


class Clock:
    """A clock that moves when told."""

    now = 0.0

    def monotonic(self) -> float:
        return self.now


@pytest.fixture
def bars(monkeypatch: pytest.MonkeyPatch) -> list[tuple[float, str]]:
    """What progress bars showed; their clock is ``job.time``."""
    shown: list[tuple[float, str]] = []

    class Bar:
        def progress(self, share: float, text: str) -> None:
            shown.append((share, text))

        def empty(self) -> None:
            shown.append((-1, "gone"))

    monkeypatch.setattr(st, "session_state", {})
    monkeypatch.setattr(st, "progress", lambda share: Bar())
    monkeypatch.setattr(job, "time", Clock())
    return shown


def work(clock_at: list[float]):
    """Return work that reports at certain moments."""

    def run(progress) -> str:
        for number, moment in enumerate(clock_at):
            job.time.now = moment
            progress(number / 10, "Reading the file")
        return "done"

    return run


def test_quick_work_shows_no_bar(bars) -> None:
    assert job.once("stage", "key", work([0.1, 0.4])) == "done"
    assert bars == []


def test_slow_work_shows_how_far_it_is_and_clears_the_bar(bars) -> None:
    assert job.once("stage", "key", work([0.1, 0.8, 2.0])) == "done"
    assert bars == [(0.1, "Reading the file"), (0.2, "Reading the file"), (-1, "gone")]


def test_a_result_is_kept_until_what_it_depends_on_changes(bars) -> None:
    calls = []
    for key in ("a", "a", "b"):
        job.once("stage", key, lambda progress: calls.append(1))
    assert len(calls) == 2
