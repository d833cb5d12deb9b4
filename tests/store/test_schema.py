"""The tables as migrated: those the code expects, from any revision, and nothing in them ever changes."""

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError

from store import Store
from store.database import address, connect
from store.database.migrating import MIGRATIONS
from store.schema import metadata
from tests.store.conftest import SHIPPED, publication

KEPT = {"blob": "size", "version": "note", "version_table": "sha256", "audit": "actor"}


def upgrade(engine: Engine, revision: str) -> None:
    """Migrate up to a revision."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with engine.execution_options(writes=True).begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, revision)


def test_migrations_make_the_tables_the_code_expects(engine):
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []


def test_a_database_of_the_first_revision_is_migrated_with_what_it_holds(empty_url):
    engine = connect(address(empty_url))
    upgrade(engine, "0001")
    with engine.begin() as connection:
        connection.execute(text("INSERT INTO blob (sha256, content, size) VALUES ('a', '', 0)"))
    opened = Store.open(empty_url)
    with engine.connect() as connection:
        assert connection.scalar(text("SELECT sha256 FROM blob")) == "a"
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
    opened.ensure_shipped(SHIPPED)
    opened.remember("indicators", {"产值": "value"}, "Li")
    assert (opened.current(), opened.aliases("indicators")) == (1, {"产值": "value"})
    opened.close()
    engine.dispose()


@pytest.mark.parametrize("table", KEPT)
@pytest.mark.parametrize("statement", ["UPDATE {table} SET {column} = {column}", "DELETE FROM {table}"])
def test_what_is_immutable_can_be_neither_changed_nor_deleted(store, engine, table, statement):
    with pytest.raises(DBAPIError, match=f"{table} is only added to, never changed"), engine.begin() as connection:
        connection.execute(text(statement.format(table=table, column=KEPT[table])))


@pytest.mark.parametrize("table", KEPT)
def test_what_is_immutable_cannot_be_replaced_or_emptied_by_a_short_cut(store, engine, table):
    shortcut = (
        "INSERT OR REPLACE INTO {0} SELECT * FROM {0}" if engine.dialect.name == "sqlite" else "TRUNCATE {0} CASCADE"
    )
    with pytest.raises(DBAPIError, match="is only added to, never changed"), engine.begin() as connection:
        connection.execute(text(shortcut.format(table)))


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO pointer (id) VALUES (2)",
        "UPDATE pointer SET version_id = 99",
        "INSERT INTO version_table VALUES (1, 'a', 'b')",
    ],
)
def test_one_pointer_and_only_to_what_exists(store, engine, statement):
    with pytest.raises(DBAPIError), engine.begin() as connection:
        connection.execute(text(statement))


def test_the_state_of_a_draft_is_not_written_into_its_version(store, engine):
    draft = store.submit(publication(), base=1).id
    with engine.connect() as connection:
        row = text(f"SELECT * FROM version WHERE id = {draft}")
        before = connection.execute(row).one()
        store.approve(draft, "Wang", "checked", expected=1)
        assert connection.execute(row).one() == before
