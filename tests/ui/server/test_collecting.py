"""Garbage is collected now and then, and not after every run."""

import asyncio
import gc

import pytest
import streamlit as st

from ui.server import collecting


def test_streamlit_does_not_collect_after_every_run() -> None:
    assert st.get_option("runner.postScriptGC") is False


def test_it_is_collected_while_the_server_runs_and_no_longer(monkeypatch: pytest.MonkeyPatch) -> None:
    rounds: list[int] = []
    monkeypatch.setattr(gc, "collect", lambda *_: rounds.append(1))

    async def run() -> None:
        async with asyncio.timeout(20):
            async with collecting.collecting(seconds=0.001):
                while len(rounds) < 3:
                    await asyncio.sleep(0)
        done = len(rounds)
        for _ in range(20):
            await asyncio.sleep(0.001)
        assert len(rounds) == done

    asyncio.run(run())
