"""Every test run has a database of its own: none touches the one a dashboard on this machine may use."""

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

_FOLDER = tempfile.TemporaryDirectory(prefix="dashboard-tests-")
os.environ["DASHBOARD_DATABASE_URL"] = f"sqlite:///{Path(_FOLDER.name) / 'dashboard.sqlite3'}"


@pytest.fixture(scope="session", autouse=True)
def _own_database() -> Iterator[None]:
    """Remove the database when all tests are done."""
    yield
    _FOLDER.cleanup()
