"""Collects garbage now and then, in place of Streamlit's full collection after every script run.

That one holds the interpreter for as long as there are sessions to look through: with some hundred of them each run made everybody wait
(``runner.postScriptGC`` is off). Python's own collector goes on as ever; this bounds how long what it has not reached may stay.
"""

import asyncio
import contextlib
import gc
from collections.abc import AsyncIterator

__all__ = ["collecting"]

SECONDS = 60.0


@contextlib.asynccontextmanager
async def collecting(seconds: float = SECONDS) -> AsyncIterator[None]:
    """Collect every so many seconds while in the block. For the server's lifespan."""

    async def collect() -> None:
        while True:
            await asyncio.sleep(seconds)
            gc.collect()

    task = asyncio.create_task(collect())
    try:
        yield
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task
