"""Every test run has frozen data and a database of its own: none touches the one a dashboard on this machine may use."""

import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.connections import report_unclosed
from tests.fixtures import DATA

report_unclosed()
BROWSER_TESTS = Path(__file__).parent / "e2e"
# Fixtures: a database server, and poppler's tools, which come with the office suite.
WITH_EQUIPMENT = {"server", "mortal", "tool"}
_FOLDER = tempfile.TemporaryDirectory(prefix="dashboard-tests-")
os.environ["DASHBOARD_DATA_DIR"] = str(DATA)  # read when the server's modules are imported, in process or not
os.environ["DASHBOARD_DATABASE_URL"] = f"sqlite:///{Path(_FOLDER.name) / 'dashboard.sqlite3'}"


@pytest.fixture(scope="session", autouse=True)
def _own_database() -> Iterator[None]:
    """Close and remove the database when all tests are done."""
    yield
    if "streamlit" in sys.modules:
        sys.modules["streamlit"].cache_resource.clear()
    _FOLDER.cleanup()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what needs a browser, a proxy, a database server or tools for PDF; what needs an office suite itself is marked where it stands."""
    for item in items:
        values = getattr(getattr(item, "callspec", None), "params", {}).values()
        parameters = [part for value in values for part in (value if isinstance(value, tuple) else (value,))]
        if (
            item.path.is_relative_to(BROWSER_TESTS)
            or "postgresql" in parameters
            or WITH_EQUIPMENT & {*item.fixturenames}
        ):
            item.add_marker(pytest.mark.equipment)
