"""A publisher killed at any moment leaves the old version or the new one, never neither; of two processes one wins."""

import os
import random
import select
import signal
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from sqlalchemy import Connection, func, text
from sqlalchemy import select as query

from store import Store
from store.database import Database, address, connect
from store.schema import pointer, version, version_table
from tests.store.conftest import SHIPPED

pytestmark = [pytest.mark.slow, pytest.mark.no_cover]

ROOT = Path(__file__).resolve().parents[2]
# Each looks through all that those before it stored: twice as many take four times as long.
KILLS = {"sqlite": 80, "postgresql": 40}


class Victim:
    """The other end of ``tests.store.victim``."""

    def __init__(self, url: str) -> None:
        command = [sys.executable, "-m", "tests.store.victim", url]
        self._process = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.child = 0

    def __enter__(self) -> "Victim":
        return self

    def __exit__(self, *_: object) -> None:
        self._process.communicate(timeout=20)
        assert self._process.returncode == 0

    def _say(self, line: str) -> None:
        self._process.stdin.write(f"{line}\n".encode())
        self._process.stdin.flush()

    def hear(self) -> str:
        """Return the next line it says."""
        return self._process.stdout.readline().decode().strip()

    def prepare(self, expected: int, word: str) -> None:
        """Return when it is about to publish."""
        self._say(f"{expected} {word}")
        ready, process = self.hear().split()
        assert ready == "ready"
        self.child = int(process)

    def publish(self) -> None:
        """Let it publish."""
        self._say("go")

    def kill_after(self, seconds: float) -> None:
        """Kill it after a while, or leave it alone if it has published by then; return when it is gone."""
        said, _, _ = select.select([self._process.stdout], [], [], seconds)
        if not said:
            os.kill(self.child, signal.SIGKILL)
        while self.hear() != "ended":
            pass


@pytest.fixture
def victims(url: str) -> Iterator[Callable[[], Victim]]:
    """A maker of processes that publish."""
    with ExitStack() as stack:
        yield lambda: stack.enter_context(Victim(url))


def duration(victim: Victim, store: Store) -> float:
    """Return how many seconds an undisturbed publication takes."""
    taken = []
    for number in range(5):
        victim.prepare(store.current(), f"undisturbed {number}")
        begun = time.perf_counter()
        victim.publish()
        assert victim.hear() == "published"
        taken.append(time.perf_counter() - begun)
        assert victim.hear() == "ended"
    return statistics.median(taken)


def check(connection: Connection) -> int:
    """Check that what is stored is whole, and return the current version."""
    # A dead client's transaction may still be about to end in the server: its lock is waited for.
    current = connection.scalar(query(pointer.c.version_id).with_for_update())
    if connection.dialect.name == "sqlite":
        assert connection.scalars(text("PRAGMA integrity_check")).all() == ["ok"]
        assert connection.execute(text("PRAGMA foreign_key_check")).all() == []
    assert connection.scalar(query(func.max(version.c.id))) == current
    counted = query(func.count()).select_from(version_table).group_by(version_table.c.version_id)
    assert set(connection.scalars(counted)) == {len(SHIPPED)}
    return current


def test_a_publisher_killed_at_any_moment_leaves_the_old_version_or_the_new_one(url, store, victims):
    kind = "sqlite" if url.startswith("sqlite") else "postgresql"
    chance = random.Random(119)
    victim = victims()
    longest = 1.3 * duration(victim, store)
    outcomes = {"old": 0, "new": 0}
    for number in range(KILLS[kind]):
        before = store.current()
        victim.prepare(before, f"attempt {number}")
        victim.publish()
        victim.kill_after(chance.uniform(0, longest))
        fresh = connect(address(url))
        with fresh.begin() as connection:
            after = check(connection)
        assert after in (before, before + 1)
        seen = Store(Database(fresh))
        assert (seen.version(after).author == f"attempt {number}") is (after != before)
        assert set(seen.tables(after)) == set(SHIPPED)
        outcomes["old" if after == before else "new"] += 1
        fresh.dispose()
    assert min(outcomes.values()) > 0, outcomes


def test_of_processes_that_publish_at_once_exactly_one_wins(store, victims):
    crowd = [victims() for _ in range(3)]
    for round_ in range(5):
        expected = store.current()
        for number, victim in enumerate(crowd):
            victim.prepare(expected, f"{round_} by {number}")
        for victim in crowd:
            victim.publish()
        assert sorted(victim.hear() for victim in crowd) == ["conflict", "conflict", "published"]
        assert [victim.hear() for victim in crowd] == ["ended"] * 3
        assert store.current() == expected + 1
