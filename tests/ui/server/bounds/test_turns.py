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


def test_those_behind_one_address_go_in_order_and_who_asks_much_later() -> None:
    async def run() -> list[str]:
        turns, order = Turns(most=1, seconds=60), []

        async def visit(name: str, later: float) -> None:
            await turns.take(name, "10.0.0.1", later)
            order.append(name)
            turns.end(name)

        await turns.take("first", "10.0.0.1")
        waiting = [
            asyncio.create_task(visit(*who)) for who in (("greedy", 60), ("early", 0), ("late", 0.001), ("hasty", 30))
        ]
        await asyncio.sleep(0)
        assert order == []
        turns.end("first")
        await asyncio.gather(*waiting)
        return order

    assert asyncio.run(run()) == ["early", "late", "hasty", "greedy"]


def test_whoever_has_a_turn_goes_on_at_once() -> None:
    async def run() -> list[bool]:
        turns = Turns(most=1, seconds=60)
        async with asyncio.timeout(5):
            new = [await turns.take("a", "10.0.0.1"), await turns.take("a", "10.0.0.1")]
        turns.end("a")
        return new

    assert asyncio.run(run()) == [True, False]


def test_a_turn_that_nobody_ends_lapses() -> None:
    async def run() -> list[bool]:
        turns = Turns(most=1, seconds=0.01)
        async with asyncio.timeout(5):
            new = [await turns.take("a", "10.0.0.1"), await turns.take("b", "10.0.0.1")]
        turns.end("a")  # no longer theirs: nothing happens
        turns.end("b")
        return new

    assert asyncio.run(run()) == [True, True]


def test_who_gives_up_waiting_leaves_the_turn_to_the_next() -> None:
    async def run() -> bool:
        turns = Turns(most=1, seconds=60)
        await turns.take("a", "10.0.0.1")
        gone = asyncio.create_task(turns.take("gone", "10.0.0.1"))
        stays = asyncio.create_task(turns.take("stays", "10.0.0.1"))
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
        await turns.take("a", "10.0.0.1")
        gone = asyncio.create_task(turns.take("gone", "10.0.0.1"))
        await asyncio.sleep(0)
        turns.end("a")  # handed over …
        gone.cancel()  # … and given up before it was noticed
        await asyncio.gather(gone, return_exceptions=True)
        async with asyncio.timeout(5):
            new = await turns.take("b", "10.0.0.1")
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


def served(waiting: list[tuple[str, str]], most: int = 1, spent: float = 0.0) -> list[str]:
    """Return in which order turns come to those who ask while ``most`` turns of 10.0.0.1 last, each for ``spent`` seconds."""
    now, order = [0.0], []

    async def run() -> None:
        turns = Turns(most, seconds=60, clock=lambda: now[0])

        async def visit(name: str, address: str) -> None:
            await turns.take(name, address, later=0.0 if name.startswith("flood") else 2.0)
            order.append(name)
            turns.end(name)

        for number in range(most):
            await turns.take(number, "10.0.0.1")
        visits = [asyncio.create_task(visit(*who)) for who in waiting]
        await asyncio.sleep(0)
        now[0] += spent
        for number in range(most):
            turns.end(number)
        async with asyncio.timeout(5):
            await asyncio.gather(*visits)

    asyncio.run(run())
    return order


def test_another_address_goes_before_all_who_wait_behind_one() -> None:
    flood = [(f"flood {number}", "10.0.0.1") for number in range(60)]
    assert served([*flood, ("visitor", "10.0.0.2")], spent=0.5)[0] == "visitor"


def test_an_address_that_has_a_turn_lets_others_go_first() -> None:
    async def run() -> str:
        turns, order = Turns(most=2, seconds=60, clock=lambda: 0.0), []

        async def visit(name: str, address: str) -> None:
            await turns.take(name, address)
            order.append(name)

        for number in range(2):
            await turns.take(number, "10.0.0.1")
        visits = [asyncio.create_task(visit(*who)) for who in (("flood", "10.0.0.1"), ("visitor", "10.0.0.2"))]
        await asyncio.sleep(0)
        for number in range(2):
            turns.end(number)
        async with asyncio.timeout(5):
            await asyncio.gather(*visits)
        for name in order:
            turns.end(name)
        return order[0]

    assert asyncio.run(run()) == "visitor"


def test_a_bucket_tells_when_it_is_full_again() -> None:
    bucket = Bucket(burst=3, rate=2, clock=lambda: 0.0)
    assert bucket.refilled() == 0
    bucket.take(2.5)
    assert (bucket.left(), bucket.refilled()) == (0.5, 1.25)


def test_an_address_whose_runs_go_on_begins_none_until_one_ends() -> None:
    async def run() -> tuple[int, int, bool]:
        order, turns = Order(), Turns(most=2, seconds=0)
        async with asyncio.timeout(10):
            flood = order.ask(turns, [(f"flood {number}", "10.0.0.1") for number in range(60)])
            await lapsed(turns)
            before = len(order)
            visitor = order.ask(turns, [("visitor", "10.0.0.2")])
            await asyncio.gather(*visitor)
            for name in order[:before]:
                turns.end(name)
            await lapsed(turns)
            after = len([name for name in order if name != "visitor"])
        for task in flood:
            task.cancel()
        await asyncio.gather(*flood, return_exceptions=True)
        return before, after, "visitor" in order

    before, after, served_ = asyncio.run(run())
    assert before <= turns.MOST_LASTING + 1, "one more may have begun at the same time as the last"
    assert before < after <= 2 * before, "others begin when those have ended"
    assert served_


def test_who_waits_to_join_their_own_run_is_not_held_up_by_it() -> None:
    async def run() -> bool:
        turns = Turns(most=1, seconds=0, lasting=1)
        async with asyncio.timeout(10):
            await turns.take("a", "10.0.0.1")
            await lapsed(turns)
            return await turns.take("a", "10.0.0.1")

    assert asyncio.run(run())


@pytest.mark.parametrize("lapses", [False, True])
def test_a_run_that_was_left_counts_until_it_has_had_time_to_end(monkeypatch: pytest.MonkeyPatch, lapses: bool) -> None:
    async def run(left: float) -> bool:
        monkeypatch.setattr(turns, "LEFT_SECONDS", left)
        bounded = Turns(most=1, seconds=0 if lapses else 60, lasting=1)
        async with asyncio.timeout(10):
            await bounded.take("gone", "10.0.0.1")
            if lapses:
                await lapsed(bounded)
            bounded.leave("gone")
            following = asyncio.create_task(bounded.take("b", "10.0.0.1"))
            await asyncio.sleep(0)
            if left:
                waits = not following.done()
                following.cancel()
                await asyncio.gather(following, return_exceptions=True)
                return waits
            return await following

    assert asyncio.run(run(left=60.0))
    assert asyncio.run(run(left=0.0))


class Order(list[str]):
    """Who began, in this order."""

    def ask(self, turns: Turns, asked: list[tuple[str, str]]) -> list[asyncio.Task[None]]:
        """Ask for turns whose runs do not end."""

        async def visit(name: str, address: str) -> None:
            await turns.take(name, address)
            self.append(name)

        return [asyncio.create_task(visit(*who)) for who in asked]


async def lapsed(turns: Turns) -> None:
    """Wait until nobody has a turn."""
    await asyncio.sleep(0)
    while turns._taken:
        await asyncio.sleep(0)
