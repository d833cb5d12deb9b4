"""What a page asks of the server beside its runs (upload addresses, files, pieces of tables): each has a turn of its own until its work is over.

Streamlit hands such work to the threads of the event loop, which are few and whose queue has no end, and goes on with it when the visitor has left.
So the answer alone does not say what is still to be done: the threads say it.
"""

import asyncio
import contextlib
from concurrent.futures import Future, ThreadPoolExecutor
from contextvars import ContextVar
from typing import Any

from ui.server.bounds.turns import Turns

__all__ = ["Operation", "OperationThreads"]

# For which operation Streamlit works: tasks that it makes while it takes the message, and what these have done in threads, inherit it.
_present: ContextVar["Operation | None"] = ContextVar("operation", default=None)


class Operation:
    """Something that a page asked for; whoever holds its turn. Only used in the server's event loop.

    Parameters
    ----------
    turns : of which it has one.
    answer : the kind of message that answers it, and the number that the page gave it.
    """

    def __init__(self, turns: Turns, answer: tuple[str, str]) -> None:
        self._turns = turns
        self.answer = answer
        self.is_over = False
        self._left = False
        self._work: Future[Any] | None = None

    @staticmethod
    def pass_on(operation: "Operation | None") -> None:
        """Note for what the message is that Streamlit takes next; in the task that hands it over."""
        _present.set(operation)

    def end(self) -> None:
        """Give the turn back."""
        self.is_over = True
        self._turns.end(self)

    def leave(self) -> None:
        """Drop what nobody waits for any more. What a thread has begun counts until it is done: nothing can end it."""
        self._left = True
        if self._work is None:
            self.end()
        else:
            self._work.cancel()

    def works(self, future: Future[Any]) -> None:
        """Note what a thread will do for it."""
        loop = asyncio.get_running_loop()

        def done(_: Future[Any]) -> None:
            with contextlib.suppress(RuntimeError):  # the server has stopped meanwhile
                loop.call_soon_threadsafe(self.end)

        self._work = future
        future.add_done_callback(done)
        if self._left:
            future.cancel()


class OperationThreads(ThreadPoolExecutor):
    """The threads of the server's event loop, which tell operations when their work is over; at a stop what has not begun is dropped."""

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Have a function called in a thread."""
        future = super().submit(fn, *args, **kwargs)
        if (operation := _present.get()) is not None:
            operation.works(future)
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = True) -> None:
        """Stop when what has begun is done."""
        super().shutdown(wait, cancel_futures=cancel_futures)
