"""Scripts run in turns, and who has asked least goes first."""

import asyncio

import pytest

from ui.server.bounds import turns
from ui.server.bounds.turns import Bucket, Buckets, Turns


def test_a_bucket_lets_a_burst_through_and_then_a_rate() -> None:
    now = [0.0]
    bucket = Bucket(burst=3, rate=2, clock=lambda: now[0])

    assert [bucket.take() for _ in range(3)] == [0, 0, 0]
    assert bucket.take() == 0.5
    now[0] = 0.5
    assert bucket.take() == 0.5
    now[0] = 100
    assert bucket.left() == 3


def test_what_a_bucket_is_owed_is_bounded() -> None:
    now = [0.0]
    bucket = Bucket(burst=3, rate=2, clock=lambda: now[0])
    for _ in range(1000):
        bucket.take()
    now[0] = 3
    assert bucket.left() == 3


def test_those_who_wait_go_by_rank_and_then_in_order() -> None:
    async def run() -> list[str]:
        turns, order = Turns(most=1, seconds=60), []

        async def visit(name: str, rank: float) -> None:
            await turns.take(name, (rank,))
            order.append(name)
            turns.end(name)

        await turns.take("first", (0,))
        waiting = [
            asyncio.create_task(visit(*who)) for who in (("greedy", 0), ("early", -5), ("late", -5), ("calm", -9))
        ]
        await asyncio.sleep(0)
        assert order == []
        turns.end("first")
        await asyncio.gather(*waiting)
        return order

    assert asyncio.run(run()) == ["calm", "early", "late", "greedy"]


def test_whoever_has_a_turn_goes_on_at_once() -> None:
    async def run() -> list[bool]:
        turns = Turns(most=1, seconds=60)
        async with asyncio.timeout(5):
            new = [await turns.take("a", (0,)), await turns.take("a", (0,))]
        turns.end("a")
        return new

    assert asyncio.run(run()) == [True, False]


def test_a_turn_that_nobody_ends_lapses() -> None:
    async def run() -> list[bool]:
        turns = Turns(most=1, seconds=0.01)
        async with asyncio.timeout(5):
            new = [await turns.take("a", (0,)), await turns.take("b", (0,))]
        turns.end("a")  # no longer theirs: nothing happens
        turns.end("b")
        return new

    assert asyncio.run(run()) == [True, True]


def test_who_gives_up_waiting_leaves_the_turn_to_the_next() -> None:
    async def run() -> bool:
        turns = Turns(most=1, seconds=60)
        await turns.take("a", (0,))
        gone = asyncio.create_task(turns.take("gone", (-9,)))
        stays = asyncio.create_task(turns.take("stays", (0,)))
        await asyncio.sleep(0)
        gone.cancel()
        await asyncio.gather(gone, return_exceptions=True)
        turns.end("a")
        async with asyncio.timeout(5):
            new = await stays
        turns.end("stays")
        return new

    assert asyncio.run(run())


def test_a_turn_handed_to_somebody_who_just_gave_up_is_not_lost() -> None:
    async def run() -> bool:
        turns = Turns(most=1, seconds=60)
        await turns.take("a", (0,))
        gone = asyncio.create_task(turns.take("gone", (0,)))
        await asyncio.sleep(0)
        turns.end("a")  # handed over …
        gone.cancel()  # … and given up before it was noticed
        await asyncio.gather(gone, return_exceptions=True)
        async with asyncio.timeout(5):
            new = await turns.take("b", (0,))
        turns.end("b")
        return new

    assert asyncio.run(run())


def test_the_bucket_that_was_not_asked_for_the_longest_is_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turns, "_MOST_ADDRESSES", 2)
    buckets = Buckets(1, 1, lambda: 0.0)
    first, second = buckets.of("a"), buckets.of("b")
    assert buckets.of("a") is first
    buckets.of("c")
    assert buckets.of("a") is first
    assert buckets.of("b") is not second


def test_a_bucket_tells_when_a_token_is_due_and_keeps_it() -> None:
    now = [0.0]
    bucket = Bucket(1, 0.5, lambda: now[0])
    assert bucket.due() == bucket.due() == 0
    bucket.take()
    assert bucket.due() == 2
    now[0] = 1.5
    assert bucket.due() == 0.5
