"""Bounds follow from how many files the process may have open."""

import subprocess
import sys

import pytest

from ui.server.descriptors import bounds

# What a visitor holds: the websocket, and the event loop of Streamlit's session.
PER_VISITOR = 4


@pytest.mark.parametrize("descriptors", [1024, 4096, 20_000, 1_048_576])
def test_all_places_taken_leave_descriptors_for_files_and_the_database(descriptors: int) -> None:
    limits = bounds(descriptors)

    others = limits.connections - limits.visitors
    assert limits.visitors * PER_VISITOR + others + 500 <= descriptors
    assert others >= 2 * limits.visitors


def test_visitors_are_bounded_where_descriptors_are_not() -> None:
    assert bounds(1024).visitors == 85
    assert bounds(20_000).visitors == 1000
    assert bounds(1_048_576).visitors == 1000
    assert bounds(1_048_576).connections == 16_384


def test_a_very_low_limit_still_lets_somebody_in() -> None:
    assert bounds(256).visitors == 20


def test_the_limit_is_raised_as_far_as_the_process_may() -> None:
    # In a process of its own: a limit lowered here could not be raised again.
    script = (
        "import resource; from ui.server import descriptors;"
        "resource.setrlimit(resource.RLIMIT_NOFILE, (256, 900));"
        "print(descriptors.raise_limit(), resource.getrlimit(resource.RLIMIT_NOFILE), descriptors.claim().visitors)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.split("\n")[0] == "900 (900, 900) 64"
