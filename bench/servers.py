"""The apps that are compared, each served by Streamlit on a port of its own."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

__all__ = ["APPS", "App", "Server", "serving"]

ROOT = Path(__file__).resolve().parent.parent
START_SECONDS = 120
STOP_SECONDS = 20


@dataclass(frozen=True)
class App:
    """One of the apps."""

    name: str
    server: str  # what ``streamlit run`` is given, relative to the repository's root
    painted: str  # selector, in the map's frame, of what is there once the map has been painted
    script: str = ""  # for bench/apps/hosted.py
    has_districts: bool = True  # whether there is anything to recolour and to click


APPS = (
    App("ours", "app.py", "body[data-painted] path.district"),
    App("tutorial", "bench/apps/hosted.py", "path.leaflet-interactive", "bench/apps/tutorial.py"),
    App("floor", "bench/apps/hosted.py", ".leaflet-container", "bench/apps/floor.py", has_districts=False),
)


@dataclass(frozen=True)
class Server:
    """An app being served."""

    app: App
    url: str
    runs_file: Path  # where bench.timed_server writes

    def runs(self) -> list[float]:
        """Return the milliseconds of every script run so far."""
        return (
            [float(line) for line in self.runs_file.read_text(encoding="ascii").split()]
            if self.runs_file.exists()
            else []
        )


@contextmanager
def serving(app: App, folder: Path) -> Iterator[Server]:
    """Serve an app with the repository's settings until the context ends.

    Parameters
    ----------
    app
        What to serve.
    folder
        Where its output and its times go.
    """
    port, log = _free_port(), folder / f"{app.name}.log"
    server = Server(app, f"http://127.0.0.1:{port}", folder / f"{app.name}.runs")
    command = [sys.executable, "-m", "bench.timed_server", app.server, "--server.port", str(port)]
    environment = os.environ | {
        "BENCH_RUNS": str(server.runs_file),
        "BENCH_SCRIPT": str(ROOT / app.script),
        "DASHBOARD_DATABASE_URL": f"sqlite:///{folder / f'{app.name}.sqlite3'}",
    }
    with log.open("w", encoding="utf-8") as output:
        process = subprocess.Popen(  # noqa: S603 - our own interpreter and script
            command, cwd=ROOT, env=environment, stdout=output, stderr=subprocess.STDOUT
        )
        try:
            _wait_until_healthy(process, server.url, log)
            yield server
        finally:
            process.terminate()
            process.wait(timeout=STOP_SECONDS)


def _free_port() -> int:
    """Return a loopback port nobody listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def _wait_until_healthy(process: subprocess.Popen[bytes], url: str, log: Path) -> None:
    """Return when the server answers; raise with its output when it ends or stays silent."""
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urllib.request.urlopen(f"{url}/_stcore/health", timeout=1):  # noqa: S310 - http on loopback
                return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.1)  # between two looks; the processor belongs to the server
    raise RuntimeError(f"the server did not become healthy:\n{log.read_text(encoding='utf-8')}")
