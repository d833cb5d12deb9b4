"""``python -m bench.sign_ins``: how long a visitor waits for a page while others begin sign-ins. Prints a table; never run as a test."""

import argparse
import asyncio
import contextlib
import json
import multiprocessing
import os
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

from streamlit import config
from streamlit.auth_util import encode_provider_token

from bench.flood import joined, run, timed
from bench.servers import APPS, App, serving

SECONDS = 10
FLOODER = "127.0.0.2"  # counted apart from the visitor
SERVERS = {"unbounded": App("unbounded", "bench/apps/unguarded.py", ""), "bounded": APPS[0]}


class Provider(BaseHTTPRequestHandler):
    """What a provider of sign-ins says of itself."""

    server: ThreadingHTTPServer

    def do_GET(self) -> None:
        """Answer."""
        host = f"http://127.0.0.1:{self.server.server_port}"
        names = ("authorization_endpoint", "token_endpoint", "jwks_uri")
        body = json.dumps({"issuer": host} | {name: f"{host}/{name}" for name in names}).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextlib.contextmanager
def providing(folder: Path) -> Iterator[None]:
    """Run a provider, and name it in the secrets of this process and of those it starts."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Provider)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    settings = {
        "redirect_uri": "http://127.0.0.1/oauth2callback",
        "cookie_secret": "only for measuring, but long enough to count",
        "client_id": "dashboard",
        "client_secret": "dashboard",
        "server_metadata_url": f"http://127.0.0.1:{server.server_address[1]}/",
    }
    secrets = folder / "secrets.toml"
    secrets.write_text("\n".join(["[auth]", *(f"{key} = {json.dumps(value)}" for key, value in settings.items())]))
    os.environ["STREAMLIT_SECRETS_FILES"] = str(secrets)
    config.set_option("secrets.files", [str(secrets)])
    try:
        yield
    finally:
        server.shutdown()


def flood(url: str, path: str, connections: int) -> None:
    """Ask for a path again and again; the process is ended from outside."""
    place = urlsplit(url)
    request = f"GET {path} HTTP/1.1\r\nHost: {place.netloc}\r\nConnection: close\r\n\r\n".encode()

    async def asking() -> None:
        while True:
            with contextlib.suppress(OSError):
                reader, writer = await asyncio.open_connection(place.hostname, place.port, local_addr=(FLOODER, 0))
                writer.write(request)
                await reader.read()
                writer.close()

    async def all_of_them() -> None:
        await asyncio.gather(*(asking() for _ in range(connections)))

    asyncio.run(all_of_them())


async def pages(url: str) -> list[float]:
    """Return the seconds that opening a page took, again and again."""

    async def page() -> None:
        async with joined(url) as socket:
            await run(socket)

    return await timed(page, time.monotonic() + SECONDS)


def measure(url: str, connections: int) -> list[float]:
    """Return the seconds that a visitor's pages took while so many connections began sign-ins."""
    path = f"/auth/login?provider={encode_provider_token('default')}"
    flooder = multiprocessing.Process(target=flood, args=(url, path, connections))
    flooder.start()
    try:
        time.sleep(2)
        return asyncio.run(pages(url))
    finally:
        flooder.terminate()
        flooder.join()


def main(arguments: Sequence[str]) -> None:
    """Measure each server with each number of connections and print a row for each."""
    parser = argparse.ArgumentParser(prog="python -m bench.sign_ins", description=__doc__)
    parser.add_argument("--connections", type=int, nargs="*", default=[0, 40, 100], help="default: 0 40 100")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as name, providing(Path(name)):
        print(f"{'connections':>11}  {'sign-ins':>9}  {'page, median':>12}  {'page, longest':>13}   (ms)")
        for kind, app in SERVERS.items():
            with serving(app, Path(name)) as server:
                for connections in options.connections:
                    taken = [1000 * seconds for seconds in measure(server.url, connections)]
                    print(
                        f"{connections:11}  {kind:>9}  {statistics.median(taken):12.0f}  {max(taken):13.0f}", flush=True
                    )


if __name__ == "__main__":
    main(sys.argv[1:])
