"""``python -m bench.flood``: how long a visitor waits while others flood the server with messages. Prints a table; never run as a test."""

import argparse
import asyncio
import contextlib
import statistics
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path

import httpx
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from bench.servers import APPS, serving

MESSAGES = 1000
SECONDS = 10


def rerun() -> bytes:
    """Return the message that asks for a run of the start page."""
    message = BackMsg()
    message.rerun_script.query_string = ""
    return message.SerializeToString()


def joined(url: str) -> connect:
    """Return a websocket to enter, opened as a browser opens it."""
    return connect(
        f"{url.replace('http', 'ws', 1)}/_stcore/stream",
        subprotocols=["streamlit"],
        origin=url,
        max_size=None,
        close_timeout=0.1,
        ping_interval=None,
    )  # type: ignore[list-item, arg-type]


async def run(socket: ClientConnection) -> None:
    """Ask for a run and return when it is over."""
    await socket.send(rerun())
    async for data in socket:
        if isinstance(data, bytes) and ForwardMsg.FromString(data).WhichOneof("type") == "script_finished":
            return


async def flooding(url: str) -> None:
    """Send messages as fast as they are taken, and connect anew whenever the server closes."""
    while True:
        with contextlib.suppress(ConnectionClosed, OSError, TimeoutError):
            async with joined(url) as socket:
                reading = asyncio.create_task(_drained(socket))
                for _ in range(MESSAGES):
                    await socket.send(rerun())
                await reading
        await asyncio.sleep(0.1)


async def _drained(socket: ClientConnection) -> None:
    with contextlib.suppress(ConnectionClosed):
        async for _ in socket:
            pass


async def timed(step: Callable[[], Awaitable[object]], until: float) -> list[float]:
    """Repeat a step until a time; return how many seconds each took. One that is under way then is waited for."""
    taken = []
    while time.monotonic() < until:
        start = time.monotonic()
        await step()
        taken.append(time.monotonic() - start)
        await asyncio.sleep(0.2)
    return taken


async def measure(url: str, floods: int) -> tuple[list[float], list[float]]:
    """Return the seconds that runs and that a small file took while others flooded."""
    async with joined(url) as socket, httpx.AsyncClient(base_url=url, timeout=120, trust_env=False) as client:
        await run(socket)
        others = [asyncio.create_task(flooding(url)) for _ in range(floods)]
        await asyncio.sleep(0.3 if floods else 0)
        until = time.monotonic() + SECONDS
        waits = await asyncio.gather(
            timed(lambda: run(socket), until), timed(lambda: client.get("/_stcore/health"), until)
        )
        for other in others:
            other.cancel()
        await asyncio.gather(*others, return_exceptions=True)
    return waits[0], waits[1]


def main(arguments: Sequence[str]) -> None:
    """Measure with each number of floods and print a row for each."""
    parser = argparse.ArgumentParser(prog="python -m bench.flood", description=__doc__)
    parser.add_argument(
        "--floods", type=int, nargs="*", default=[0, 1, 20], help="how many websockets flood (default: 0 1 20)"
    )
    parser.add_argument("--url", help="of a server that runs already; without, one is started here")
    options = parser.parse_args(arguments)
    with contextlib.ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        url = options.url or stack.enter_context(serving(APPS[0], folder)).url
        print(f"{'floods':>6}  {'run, median':>11}  {'run, longest':>12}  {'file, longest':>13}   (ms)")
        for floods in options.floods:
            runs, files = asyncio.run(measure(url, floods))
            print(
                f"{floods:6}  {statistics.median(runs) * 1000:11.0f}  {max(runs) * 1000:12.0f}  {max(files) * 1000:13.0f}"
            )


if __name__ == "__main__":
    main(sys.argv[1:])
