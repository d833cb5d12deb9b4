"""The server's metrics are for this machine only, however their address is spelt."""

import asyncio
from concurrent.futures import ThreadPoolExecutor

import pytest
from starlette.responses import PlainTextResponse

from ui.server.metrics import LocalMetrics

PATH = "/_stcore/metrics"
HERE = {"host": "127.0.0.1:8501"}


def ask(path: str = PATH, client: tuple[str, int] | None = ("127.0.0.1", 5), kind: str = "http", **headers: str) -> int:
    """Send a request through the gate; return its status, 200 where it passes."""
    sent: list[dict] = []

    async def send(message: dict) -> None:
        sent.append(message)

    scope = {
        "type": kind, "method": "GET", "path": path, "client": client,
        "headers": [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()],
    }  # fmt: skip
    with ThreadPoolExecutor(1) as thread:  # a loop of its own: the browser tests leave one running in this thread
        thread.submit(asyncio.run, LocalMetrics(PlainTextResponse("passed"))(scope, None, send)).result()  # type: ignore[arg-type]
    return int(sent[0]["status"])


def test_a_program_on_this_machine_reads_them() -> None:
    assert ask(**HERE) == 200
    assert ask(client=("::1", 5), host="localhost:8501") == 200


@pytest.mark.parametrize(
    ("client", "headers"),
    [
        (("192.0.2.7", 5), HERE),
        (None, HERE),
        (("127.0.0.1", 5), {"host": "dashboard.example.org"}),
        (("127.0.0.1", 5), HERE | {"x_forwarded_for": "127.0.0.1"}),
        (("127.0.0.1", 5), HERE | {"via": "1.1 proxy"}),
        (("127.0.0.1", 5), HERE | {"origin": "http://evil.example"}),
        (("127.0.0.1", 5), {}),
    ],
)
def test_who_comes_from_elsewhere_is_refused(client: tuple[str, int] | None, headers: dict[str, str]) -> None:
    assert ask(client=client, **headers) == 403


@pytest.mark.parametrize("path", [PATH, PATH + "/", "/base" + PATH, "/_STCORE/Metrics", "/_stcore/metrics?x"])
def test_every_spelling_is_closed(path: str) -> None:
    assert ask(path, client=("192.0.2.7", 5)) == 403


@pytest.mark.parametrize("path", ["/", "/_stcore/health", "/metrics"])
def test_all_else_is_open(path: str) -> None:
    assert ask(path, client=("192.0.2.7", 5)) == 200
