"""Backups put back into PostgreSQL: over a database of another release, and all or nothing."""

from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import psycopg
import pytest

from store import Store, backup
from store.backup import postgresql
from store.backup.programs import program
from store.errors import BackupError
from tests.store.backup.test_backup import authors
from tests.store.conftest import SHIPPED, publication


@pytest.fixture
def archived(server: str, new_database: Callable[..., str], tmp_path: Path) -> tuple[str, Path]:
    """The address of a database in PostgreSQL with three versions, and a backup of its first two."""
    url, file = new_database(server, "template"), tmp_path / "two.backup"
    with closing(Store.open(url)) as store:
        store.ensure_shipped(SHIPPED)
        store.publish(publication(author="Li"), expected=1)
        backup.save(file, url)
        store.publish(publication("later", author="Wu"), expected=2)
    return url, file


@pytest.fixture
def pg_restore(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Return what puts a script in the place of pg_restore where that makes a whole archive into text; $REAL is the real one."""

    def put(script: str) -> None:
        spy, real = tmp_path / "pg_restore", program("pg_restore")
        spy.write_text(f'#!/bin/sh\nREAL={real}\ncase "$*" in *--clean*) ;; *) exec $REAL "$@";; esac\n{script}\n')
        spy.chmod(0o700)
        monkeypatch.setattr(
            "store.backup.postgresql.program", lambda name: str(spy) if name == spy.name else program(name)
        )

    return put


@pytest.mark.parametrize(
    ("script", "said"),
    [
        ('$REAL "$@" | head -c 20000; echo "it broke off" >&2; exit 1', "it broke off"),
        (
            '$REAL "$@" | sed "s/^COPY public.version_table/COPY public.nothing/"',
            'relation "public.nothing" does not exist',
        ),
    ],
)
def test_a_restore_that_fails_leaves_the_database_as_it_was(archived, pg_restore, script: str, said: str):
    url, file = archived
    pg_restore(script)
    with pytest.raises(BackupError, match=f"cannot be restored: {said}"):
        backup.restore(file, url)
    assert authors(url) == ["Wu", "Li", "system"]


def test_whoever_connects_while_the_archive_is_made_stops_the_restore(archived, monkeypatch):
    (url, file), real = archived, postgresql.copy
    with closing(Store.open(url)) as store:
        store._database.engine.dispose()

        def publish_meanwhile(*given) -> None:
            real(*given)
            store.publish(publication("meanwhile", author="Bo"), expected=3)

        monkeypatch.setattr("store.backup.postgresql.copy", publish_meanwhile)
        with pytest.raises(BackupError, match=r"in use \(other connections: 1\).* Nothing was changed"):
            backup.restore(file, url)
        assert [version.author for version in store.versions()] == ["Bo", "Wu", "Li", "system"]


def test_what_only_psql_or_a_newer_server_knows_is_left_out_of_an_archive(archived, pg_restore, tmp_path):
    url, file = archived
    pg_restore("printf '%s\\n' '\\restrict abc' 'SET transaction_timeout = 0;'; $REAL \"$@\"; echo '\\unrestrict abc'")
    backup.restore(file, url)
    assert authors(url) == ["Li", "system"]
    pg_restore(f"echo '\\! touch {tmp_path}/smuggled'; $REAL \"$@\"")
    with pytest.raises(BackupError, match="syntax error"):
        backup.restore(file, url)
    assert not (tmp_path / "smuggled").exists()


def test_all_that_migrations_make_is_removed_before_a_restore(server, new_database):
    with psycopg.connect(new_database(server, "template")) as connection:
        connection.execute(postgresql._REMOVE)
        ours = "relnamespace = 'public'::regnamespace"
        assert connection.execute(f"SELECT relname FROM pg_class WHERE {ours}").fetchall() == []
        assert (
            connection.execute("SELECT proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace").fetchall()
            == []
        )


def test_a_database_that_a_newer_release_has_upgraded_is_left_alone(archived, tmp_path):
    url, file = archived
    with psycopg.connect(url) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
        connection.execute("CREATE TABLE of_tomorrow (id INTEGER)")
    with pytest.raises(BackupError, match=r"newer release .*9999.* Make an empty database and restore into that one"):
        backup.restore(file, url)
    assert list(tmp_path.glob("*before-restore*")) == []
    with psycopg.connect(url) as connection:
        assert connection.execute("SELECT version_id FROM pointer").fetchall() == [(3,)]
