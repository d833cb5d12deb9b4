"""Backups of a PostgreSQL database whose tables are in a schema of their own: restored into that schema, and into no other."""

from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import psycopg
import pytest

from cli.store import main
from store import Store, backup
from store.errors import BackupError
from tests.store.backup.test_backup import authors
from tests.store.conftest import SHIPPED, publication

IN_DASH = "?options=-csearch_path%3Ddash"
MAKE = "CREATE SCHEMA IF NOT EXISTS dash"


def execute(url: str, *statements: str) -> None:
    """Run statements past the store."""
    with psycopg.connect(url, autocommit=True) as connection:
        for statement in statements:
            connection.execute(statement)


def fill(url: str, *names: str) -> None:
    """Put the shipped data into a database, and versions of these authors."""
    with closing(Store.open(url)) as store:
        store.ensure_shipped(SHIPPED)
        for expected, name in enumerate(names, 1):
            store.publish(publication(name, author=name), expected=expected)


@pytest.fixture
def new(server: str, new_database: Callable[..., str]) -> Callable[[str], str]:
    """Return a maker of the address of a database without tables that has a schema of our own; the ending chooses the schema."""

    def make(ending: str) -> str:
        base = new_database(server)
        execute(base, MAKE)
        return base + ending

    return make


@pytest.mark.parametrize(
    ("there", "here", "schemas"), [(IN_DASH, "", ("dash", "public")), ("", IN_DASH, ("public", "dash"))]
)
def test_a_backup_of_another_schema_is_refused_and_changes_nothing(
    new, tmp_path: Path, monkeypatch, capsys, there: str, here: str, schemas: tuple[str, str]
):
    source, target, file = new(there), new(here), tmp_path / "other.backup"
    fill(source, "Li")
    backup.save(file, source)
    fill(target, "Wu", "Bo")
    monkeypatch.setenv("DASHBOARD_DATABASE_URL", target)
    assert main(["restore-backup", str(file)]) == 1
    said = "".join(capsys.readouterr())
    assert f"has its tables in the schema {schemas[0]}, but the database is used in the schema {schemas[1]}" in said
    assert "Nothing was changed" in said
    assert f"search_path%3D{schemas[0]}" in said
    assert "ensure_shipped" not in said
    assert authors(target) == ["Bo", "Wu", "system"]
    (aside,) = tmp_path.glob("*before-restore*")
    assert str(aside) in said, "what a refused restore leaves is named"


def test_a_schema_that_is_not_there_yet_is_made(new, new_database, server, tmp_path: Path):
    source, target, file = new(IN_DASH), new_database(server) + IN_DASH, tmp_path / "new.backup"
    fill(source, "Li")
    backup.save(file, source)
    assert backup.restore(file, target) is None
    assert authors(target) == ["Li", "system"]


@pytest.mark.parametrize(
    ("role", "right"),
    [
        ("owner_of_dash", "ALTER SCHEMA dash OWNER TO owner_of_dash"),
        ("guest_in_dash", "GRANT USAGE, CREATE ON SCHEMA dash TO guest_in_dash"),
    ],
)
def test_a_role_that_may_only_use_its_schema_restores_its_backup(new, tmp_path: Path, role: str, right: str):
    base, file = new(""), tmp_path / "own.backup"
    execute(base, f"CREATE ROLE {role} LOGIN", right, "COMMENT ON SCHEMA dash IS 'of the\ndashboard'")
    url = base.replace("postgres@", f"{role}@") + IN_DASH
    fill(url, "Li")
    backup.save(file, url)
    with closing(Store.open(url)) as store:
        store.publish(publication("later", author="Wu"), expected=2)
    aside = backup.restore(file, url)
    assert authors(url) == ["Li", "system"]
    assert aside is not None
    backup.restore(aside, url)
    assert authors(url) == ["Wu", "Li", "system"]


def test_a_schema_with_something_of_somebody_else_keeps_it(new, tmp_path: Path):
    url, file = new(IN_DASH), tmp_path / "own.backup"
    fill(url, "Li")
    backup.save(file, url)
    execute(url, "CREATE TABLE mine (id INTEGER)")
    backup.restore(file, url)
    execute(url, "SELECT id FROM dash.mine")
    assert authors(url) == ["Li", "system"]


def test_tables_behind_an_empty_schema_of_the_role_are_found(new, tmp_path: Path):
    url, file = new(""), tmp_path / "own.backup"
    fill(url, "Li")
    backup.save(file, url)
    execute(url, "CREATE SCHEMA postgres")  # comes first in the usual path
    backup.restore(file, url)
    assert authors(url) == ["Li", "system"]


def test_an_archive_that_could_not_be_set_aside_is_not_left(new, tmp_path: Path, monkeypatch):
    url, file = new(""), tmp_path / "own.backup"
    fill(url, "Li")
    backup.save(file, url)

    def fail(*_: object) -> None:
        raise BackupError("pg_dump failed")

    monkeypatch.setattr("store.backup.postgresql.copy", fail)
    with pytest.raises(BackupError, match="pg_dump failed"):
        backup.restore(file, url)
    assert not list(tmp_path.glob("*before-restore*"))
    assert authors(url) == ["Li", "system"]
