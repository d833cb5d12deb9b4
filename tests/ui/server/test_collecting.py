"""Garbage is collected now and then, and not after every run."""

import asyncio
import gc

import pytest
import streamlit as st

from ui.server import collecting


def test_streamlit_does_not_collect_after_every_run() -> None:
    assert st.get_option("runner.postScriptGC") is False


def test_garbage_is_collected_while_the_server_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    collected = asyncio.Event()
    monkeypatch.setattr(gc, "collect", collected.set)

    async def run() -> None:
        async with asyncio.timeout(20), collecting.collecting(seconds=0.001):
            await collected.wait()

    asyncio.run(run())
    assert collected.is_set()
