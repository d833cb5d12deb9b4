"""What the server does once at its start."""

import asyncio
import gc
import shutil
import socket
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
import streamlit as st

from store import Store
from ui import data, warming

pytestmark = pytest.mark.slow


def test_listening_sockets_send_at_once_and_others_are_left_alone() -> None:
    with socket.socket() as listening, socket.socket() as idle:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        assert not listening.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
        warming.send_at_once()
        assert listening.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
        assert not idle.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)


def test_a_connection_inherits_it() -> None:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        warming.send_at_once()
        with socket.create_connection(listening.getsockname()), listening.accept()[0] as accepted:
            assert accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)


def test_the_database_is_one_file_when_the_server_has_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "a.sqlite3"
    monkeypatch.setenv("DASHBOARD_DATABASE_URL", f"sqlite:///{file}")
    st.cache_resource.clear()
    assert data.current() == 1  # as app.py asks, before it serves

    async def serve() -> None:
        async with warming.lifespan(None):
            with closing(sqlite3.connect(file, isolation_level=None)) as reader:
                reader.execute("BEGIN").close()
                reader.execute("SELECT * FROM pointer").fetchall()
                data.versions().remember("indicators", {"heading": "value"}, "Li")
            assert Path(f"{file}-wal").stat().st_size > 0, "the reader was in the way"

    asyncio.run(serve())
    gc.unfreeze()
    st.cache_resource.clear()
    assert not Path(f"{file}-wal").exists()
    copy = Path(shutil.copyfile(file, tmp_path / "copy.sqlite3"))
    with closing(Store.open(f"sqlite:///{copy}")) as store:
        assert store.aliases("indicators") == {"heading": "value"}
