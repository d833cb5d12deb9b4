"""Pages run in process, through the shell, as a visitor with a link would open them."""

import functools
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest
import streamlit as st
from streamlit.components.v2 import manifest_scanner
from streamlit.testing.v1 import AppTest

from tests.ready import do_once, put_database
from ui import data
from ui.auth import access
from ui.auth.identity import Person, Reason, Role, Standing

ROOT = Path(__file__).resolve().parents[2]
Opener = Callable[..., AppTest]
Desk = Callable[..., AppTest]
_components = functools.cache(manifest_scanner.scan_component_manifests)  # AppTest looks through all packages each time


@pytest.fixture(autouse=True)
def _fresh_data(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> Iterator[None]:
    """No test sees what another one cached or published, and none leaves its database open."""
    do_once(monkeypatch)
    monkeypatch.setattr(manifest_scanner, "scan_component_manifests", _components)
    put_database(tmp_path / "dashboard.sqlite3", tmp_path_factory.getbasetemp())
    monkeypatch.setenv("DASHBOARD_DATABASE_URL", f"sqlite:///{tmp_path / 'dashboard.sqlite3'}")
    st.cache_data.clear()
    st.cache_resource.clear()
    yield
    st.cache_resource.clear()


@pytest.fixture
def database_away(tmp_path: Path) -> Callable[[], AbstractContextManager[None]]:
    """Return what takes the database away for a while."""

    @contextmanager
    def away() -> Iterator[None]:
        file, keep = tmp_path / "dashboard.sqlite3", tmp_path / "keep.sqlite3"
        file.rename(keep)
        try:
            yield
        finally:
            keep.rename(file)
            deadline = time.monotonic() + 5
            while data.known().away:
                assert time.monotonic() < deadline, "the database is back and nobody notices"
                time.sleep(0.01)

    return away


@pytest.fixture
def open_page() -> Opener:
    """Return a function that opens a page file with query parameters."""

    def open_(page: str = "overview.py", **query: str) -> AppTest:
        app = AppTest.from_file(str(ROOT / "ui" / "shell.py"), default_timeout=60)
        for name, value in query.items():
            app.query_params[name] = value
        app.run()
        if page != "overview.py":
            app.switch_page(str(ROOT / "pages" / page)).run()
        assert not app.exception, [error.value for error in app.exception]
        return app

    return open_


@pytest.fixture
def stand(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Return a function that says who is at the desk."""

    def stand_(name: str = "", role: Role = Role.ADMINISTRATOR, *, local: bool = True) -> None:
        monkeypatch.setattr(access, "standing", lambda: Standing(Person(name, role, local), Reason.OPEN))

    stand_()
    return stand_


@pytest.fixture
def desk(open_page: Opener, stand: Callable[..., None]) -> Desk:
    """Return a function that opens the desk and puts a file on it."""
    del stand

    def open_(content: bytes = b"", name: str = "figures.csv", *, lang: str = "en") -> AppTest:
        app = open_page("data_desk.py", lang=lang)
        if content:
            app.file_uploader[0].upload(name, content).run()
            assert not app.exception, app.exception
        return app

    return open_
