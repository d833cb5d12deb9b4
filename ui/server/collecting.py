"""Collects garbage now and then, in place of Streamlit's full collection after every script run.

That one holds the interpreter for as long as there are sessions to look through: with some hundred of them each run made everybody wait
(``runner.postScriptGC`` is off). Python's own collector goes on as ever; this bounds how long what it has not reached may stay.
"""

import gc
from contextlib import AbstractAsyncContextManager

from ui.server.repeating import repeating

__all__ = ["collecting"]

SECONDS = 60.0


def collecting(seconds: float = SECONDS) -> AbstractAsyncContextManager[None]:
    """Collect every so many seconds while in the block. For the server's lifespan."""
    return repeating(gc.collect, seconds)
