"""A file made on a press is there for a minute, whoever's runs end meanwhile; with Streamlit's own manager of files."""

import pytest
from streamlit.runtime import media_file_manager
from streamlit.runtime.media_file_manager import MediaFileManager
from streamlit.runtime.media_file_storage import MediaFileStorageError
from streamlit.runtime.memory_media_file_storage import MemoryMediaFileStorage

from ui.exporting.pressed_files import KEPT_SECONDS, keep


class Files:
    """A manager of files, and a clock that is set by hand."""

    def __init__(self, kept: bool) -> None:
        self.now = 0.0
        self.storage = MemoryMediaFileStorage("/media")
        self.manager = MediaFileManager(self.storage)
        if kept:
            keep(self.manager, lambda: self.now)

    def press(self, content: bytes = b"a,b") -> str:
        """Draw a button and press it; return the name of the file."""
        placeholder = self.manager.add_deferred(lambda: content, "text/csv", "1.0", "a.csv")
        return self.manager.execute_deferred(placeholder).rpartition("/")[2]

    def is_there(self, name: str) -> bool:
        try:
            return self.storage.get_file(name).content == b"a,b"
        except MediaFileStorageError:
            return False

    def end_runs(self, count: int = 3) -> None:
        """As when runs of others end."""
        for _ in range(count):
            self.manager.remove_orphaned_files()


@pytest.fixture(autouse=True)
def session(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(media_file_manager, "_get_session_id", lambda: "one")


def test_streamlit_alone_takes_it_away() -> None:
    """If this fails, ui/exporting/pressed_files.py is not needed any more."""
    files = Files(kept=False)
    name = files.press()
    assert files.is_there(name)
    files.end_runs()
    assert not files.is_there(name)


def test_it_stays_for_a_minute_and_no_longer() -> None:
    files = Files(kept=True)
    name = files.press()
    files.now = KEPT_SECONDS - 1
    files.end_runs()
    assert files.is_there(name)
    files.now = KEPT_SECONDS
    files.end_runs()
    assert not files.is_there(name)


def test_pressed_again_it_stays_for_another_minute() -> None:
    files = Files(kept=True)
    name = files.press()
    files.now = KEPT_SECONDS - 1
    assert files.press() == name
    files.now = 2 * KEPT_SECONDS - 2
    files.end_runs()
    assert files.is_there(name)
