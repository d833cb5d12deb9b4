"""A connection that is left open fails the test that leaves it, on every Python."""

import gc
import sqlite3
import sys

import pytest


def collected(connection: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """Return what is reported when a connection is collected that nothing else holds."""
    reported: list[object] = []
    monkeypatch.setattr(sys, "unraisablehook", lambda unraisable: reported.append(unraisable.exc_value))
    del connection
    gc.collect()
    return reported


def test_an_open_connection_is_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    (reported,) = collected(sqlite3.connect(":memory:"), monkeypatch)
    assert isinstance(reported, ResourceWarning)
    assert "unclosed database" in str(reported)


def test_a_closed_connection_is_not(monkeypatch: pytest.MonkeyPatch) -> None:
    connection = sqlite3.connect(":memory:")
    connection.close()
    assert collected(connection, monkeypatch) == []
