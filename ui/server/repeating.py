"""Work that is done again and again while the server runs."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable

__all__ = ["repeating"]


@contextlib.asynccontextmanager
async def repeating(work: Callable[[], object], seconds: float) -> AsyncIterator[None]:
    """Do some work every so many seconds while in the block, in the event loop. For the server's lifespan."""

    async def repeat() -> None:
        while True:
            await asyncio.sleep(seconds)
            work()

    task = asyncio.create_task(repeat())
    try:
        yield
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task
