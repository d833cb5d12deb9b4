"""Work that is done again and again, and no longer than the server runs."""

import asyncio

from ui.server.repeating import repeating


def test_work_is_done_while_the_server_runs_and_no_longer() -> None:
    rounds: list[int] = []

    async def run() -> None:
        async with asyncio.timeout(5) as patience:
            async with repeating(lambda: rounds.append(1), seconds=0.001):
                while len(rounds) < 3:
                    await asyncio.sleep(0)
        assert not patience.expired(), "leaving the block waits for nothing"
        done = len(rounds)
        for _ in range(20):
            await asyncio.sleep(0.001)
        assert len(rounds) == done

    asyncio.run(run())
