"""Commands run against both databases, as the store's tests do."""

import pytest

from tests.ready import do_once
from tests.store.conftest import new_database, server, url  # noqa: F401 (fixtures)


@pytest.fixture(autouse=True)
def _done_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The frozen folder is checked, and its figures computed, once for all commands."""
    do_once(monkeypatch)
