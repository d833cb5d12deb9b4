"""Commands run against both databases, as the store's tests do."""

from collections.abc import Callable
from pathlib import Path

import pytest

from store import Store
from tests.ready import do_once
from tests.store.conftest import new_database, server, url  # noqa: F401 (fixtures)


@pytest.fixture(autouse=True)
def _done_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The frozen folder is checked, and its figures computed, once for all commands."""
    do_once(monkeypatch)


@pytest.fixture
def file(tmp_path: Path) -> Callable[..., str]:
    """A maker of files to upload."""

    def make(text: str, name: str = "数据.csv", encoding: str = "gb18030") -> str:
        (tmp_path / name).write_bytes(text.encode(encoding))
        return str(tmp_path / name)

    return make


@pytest.fixture
def seen(url: str) -> Callable[[Callable[[Store], object]], object]:  # noqa: F811 (the fixture above)
    """Ask the store what a command left behind."""

    def ask(question: Callable[[Store], object]) -> object:
        store = Store.open(url)
        try:
            return question(store)
        finally:
            store.close()

    return ask
