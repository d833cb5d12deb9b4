"""An SQLite file whose name is a symbolic link: what belongs to it lies beside the file itself, and a restore leaves the link a link."""

import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from store import DatabaseError, FileChangedError, Store, backup
from store.errors import BackupError
from tests.store.conftest import SHIPPED, publication
from tests.store.database.test_sqlite import answers_again

pytestmark = pytest.mark.slow

PUBLISH = (
    "import sys; from store import Store; from tests.store.conftest import publication; "
    "one = Store.open(sys.argv[1]); one.publish(publication(author='Wu'), expected=1); one.close()"
)


@pytest.fixture
def link(tmp_path: Path) -> Path:
    """The name of a database, a link to another disk on which there is none yet."""
    for folder in ("disk", "var"):
        (tmp_path / folder).mkdir()
    (tmp_path / "var" / "a.sqlite3").symlink_to(tmp_path / "disk" / "data.sqlite3")
    return tmp_path / "var" / "a.sqlite3"


@pytest.fixture
def url(link: Path) -> str:
    """Its address; the only version is the shipped data."""
    with closing(Store.open(f"sqlite:///{link}")) as store:
        store.ensure_shipped(SHIPPED)
    return f"sqlite:///{link}"


def authors(url: str) -> list[str]:
    """Return the authors of all versions, newest first."""
    with closing(Store.open(url)) as store:
        return [version.author for version in store.versions()]


def test_a_database_is_made_where_the_link_leads(url: str, link: Path):
    assert link.is_symlink()
    assert authors(f"sqlite:///{link.resolve()}") == ["system"]
    assert [path.name for path in link.parent.iterdir()] == [link.name]


def test_lost_wal_and_shm_files_are_noticed_as_under_the_real_name(url: str, link: Path):
    with closing(Store.open(url)) as store:
        assert store.current() == 1
        for ending in ("-wal", "-shm"):
            Path(f"{link.resolve()}{ending}").unlink()
        subprocess.run([sys.executable, "-c", PUBLISH, url], check=True)
        with pytest.raises(FileChangedError, match="has lost its -wal or -shm file"):
            store.current()
        assert answers_again(store)
        assert store.current() == 2


def test_a_link_that_leads_elsewhere_is_noticed_before_anything_is_written(url: str, link: Path, tmp_path: Path):
    with closing(Store.open(f"sqlite:///{tmp_path / 'other.sqlite3'}")) as other:
        other.ensure_shipped(SHIPPED)
    with closing(Store.open(url)) as store:
        assert store.current() == 1
        link.unlink()
        link.symlink_to(tmp_path / "other.sqlite3")
        with pytest.raises(DatabaseError, match="is not the one the dashboard opened"):
            store.publish(publication(author="Wu"), expected=1)
    assert authors(f"sqlite:///{tmp_path / 'other.sqlite3'}") == ["system"]


def test_a_restore_leaves_the_database_on_its_disk(url: str, link: Path, tmp_path: Path):
    backup.save(tmp_path / "one", url)
    with closing(Store.open(url)) as store:
        store.publish(publication(author="Li"), expected=1)
    aside = backup.restore(tmp_path / "one", url)
    assert link.is_symlink()
    assert authors(f"sqlite:///{link.resolve()}") == authors(url) == ["system"]
    assert aside is not None
    assert aside.parent == link.resolve().parent
    assert authors(f"sqlite:///{aside}") == ["Li", "system"]
    assert [path.name for path in link.parent.iterdir()] == [link.name]


@pytest.mark.parametrize("ending", ["", "-wal", ".lock"])
def test_no_backup_is_written_over_what_belongs_to_the_file_itself(url: str, link: Path, ending: str):
    with pytest.raises(BackupError, match="belongs to the database"):
        backup.save(Path(f"{link.resolve()}{ending}"), url, overwrite=True)
