"""Bytes are stored once and come back as they were, or not at all."""

import zlib

import pytest
from sqlalchemy import LargeBinary, bindparam, func, select, text

from store import TABLES, CorruptError
from store.schema import blob
from tests.store.conftest import publication


def damage(engine, sha256: str, content: bytes) -> None:
    """Put other bytes in the place of stored ones, past the triggers."""
    sqlite = engine.dialect.name == "sqlite"
    with engine.begin() as connection:
        connection.execute(text("DROP TRIGGER blob_keeps_update" if sqlite else "DROP TRIGGER blob_keeps ON blob"))
        update = text("UPDATE blob SET content = :content WHERE sha256 = :sha256")
        update = update.bindparams(bindparam("content", type_=LargeBinary))
        connection.execute(update, {"content": content, "sha256": sha256})


@pytest.mark.parametrize("content", [b"", b"not compressed", zlib.compress(b"other"), zlib.compress(b"new")[:-3]])
def test_damaged_bytes_are_never_handed_out(store, engine, content):
    version = store.publish(publication("new"), expected=1)
    damage(engine, version.file_sha256, content)
    with pytest.raises(CorruptError, match=r"数据\.csv of version 2 is damaged") as raised:
        store.original(2)
    assert (raised.value.version_id, raised.value.name) == (2, "数据.csv")
    assert set(store.tables(2)) == set(store.tables(1))


def test_a_damaged_table_names_its_version_and_file(store, engine):
    with engine.connect() as connection:
        query = text("SELECT sha256 FROM version_table WHERE name = 'tenants.csv'")
        sha256 = connection.scalar(query)
    damage(engine, sha256, zlib.compress(b"other"))
    with pytest.raises(CorruptError, match=r"tenants\.csv of version 1 is damaged"):
        store.tables(1)


def test_equal_bytes_are_stored_once(store, engine):
    store.publish(publication("new"), expected=1)  # a table and the original
    store.restore(1, "Li", "back", expected=2)
    store.publish(publication("new"), expected=3)
    with engine.connect() as connection:
        assert connection.scalar(select(func.count()).select_from(blob)) == len(TABLES) + 2


def test_large_bytes_are_stored_compressed_with_their_size(store, engine):
    big = "中文,1\n" * 100_000
    version = store.publish(publication(big), expected=1)
    assert store.original(2)[1] == big.encode()
    with engine.connect() as connection:
        row = connection.execute(select(blob).where(blob.c.sha256 == version.file_sha256)).one()
    assert row.size == 900_000
    assert len(row.content) < 9_000
