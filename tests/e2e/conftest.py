"""A server and a browser for the journeys. Every request to another host is refused, and fails the test."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, Request, sync_playwright

from tests.e2e.screen import Screen

ROOT = Path(__file__).resolve().parents[2]
RESULTS = ROOT / "test-results"
# All but this machine lies behind a proxy that is not there. Playwright's routes would refuse it too, and make each visit a third slower.
CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--proxy-server=http://127.0.0.1:9",
    "--proxy-bypass-list=127.0.0.1;localhost",
]
START_SECONDS = 60
WINDOW = {"viewport": {"width": 1366, "height": 768}, "locale": "en-GB"}


def free_port() -> int:
    """Return a loopback port nobody listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def wait_until_healthy(process: subprocess.Popen[str], address: str, log: Path) -> None:
    """Return when the server answers; fail with its output when it ends or stays silent."""
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=1):
                return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            continue
    pytest.fail(f"the server did not become healthy:\n{log.read_text(encoding='utf-8')}")


@contextmanager
def running(command: list[str], address: str, log: Path, **environment: str) -> Iterator[None]:
    """Run a Python program that serves, from when its address answers until the block ends."""
    with log.open("w", encoding="utf-8") as output:
        process = subprocess.Popen(
            [sys.executable, *command],
            cwd=ROOT,
            env=os.environ | environment,
            stdout=output,
            stderr=subprocess.STDOUT,
            text=True,
        )
        try:
            wait_until_healthy(process, address, log)
            yield
        finally:
            process.terminate()
            process.wait(timeout=20)


@contextmanager
def serving(log: Path, script: str = "app.py", base: str = "", **environment: str) -> Iterator[str]:
    """Serve the dashboard as ``make run`` does, on a free port, below a base path, and with a database of its own beside the log."""
    port = free_port()
    database = {"DASHBOARD_DATABASE_URL": f"sqlite:///{log.parent / 'dashboard.sqlite3'}"}
    command = ["-m", "streamlit", "run", script, "--server.port", str(port)]
    environment |= {"STREAMLIT_SERVER_BASE_URL_PATH": base}
    url = f"http://127.0.0.1:{port}{base}"
    with running(command, f"{url}/_stcore/health", log, **database | environment):
        yield url


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server all journeys share."""
    with serving(tmp_path_factory.mktemp("server") / "log.txt") as url:
        yield url


def chromium() -> str:
    """Return the path of the distribution's Chromium."""
    found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    return found or pytest.fail("browser tests need Chromium; see the message of tests/e2e/install_chromium.sh")


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """Playwright's driver."""
    with sync_playwright() as driver:
        yield driver


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """A browser that knows nothing: each window is of a visitor who was never here."""
    with closing(playwright.chromium.launch(executable_path=chromium(), args=CHROMIUM_FLAGS)) as launched:
        yield launched


@pytest.fixture(scope="session")
def returning(playwright: Playwright, tmp_path_factory: pytest.TempPathFactory) -> Iterator[BrowserContext]:
    """A browser that was here before: it has our files compiled, which takes two fifths of what a visit costs, and nothing else."""
    profile = tmp_path_factory.mktemp("profile")
    launched = playwright.chromium.launch_persistent_context(
        profile, executable_path=chromium(), args=CHROMIUM_FLAGS, **WINDOW
    )
    with closing(launched):
        yield launched


def forget(visitor: BrowserContext) -> None:
    """Close the windows of a browser, and make it forget all but the files it has."""
    first, *others = visitor.pages  # without any the browser would end
    origins = {f"{parts.scheme}://{parts.netloc}" for parts in (urlsplit(page.url) for page in others)}
    for page in others:
        page.close()
    visitor.clear_cookies()
    visitor.clear_permissions()
    visitor.set_offline(False)
    session = visitor.new_cdp_session(first)
    for origin in origins:
        session.send("Storage.clearDataForOrigin", {"origin": origin, "storageTypes": "local_storage,indexeddb"})
    session.detach()


class Visits:
    """Opens browser windows that reach no host but the server: the first one in a browser that was here before, where there is one."""

    def __init__(self, browser: Browser, url: str, returning: BrowserContext | None = None) -> None:
        self._browser, self._url, self._returning = browser, url, returning
        # Sign-in pages this visitor may be sent to; what those ask of other hosts is refused, but not ours to answer for.
        self.providers: tuple[str, ...] = ()
        self.foreign: list[str] = []
        self.errors: list[str] = []
        self.violations: list[str] = []  # of the Content-Security-Policy, as the browser words them
        self.pages: list[Page] = []
        self._stops: list[Callable[[], None]] = []

    def open(self, path: str = "/", *, url: str = "", **context: object) -> Screen:
        """Open an address in a window of a visitor of its own; ``context`` as Playwright's ``new_context`` takes it."""
        base = url or self._url
        page = self._window(**context).new_page()
        if "viewport" in context:
            page.set_viewport_size(context["viewport"])
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("dialog", lambda dialog: (self.errors.append(f"dialog: {dialog.message}"), dialog.dismiss()))
        # The browser's, for every frame and for windows opened from it.
        self._listen(page.context, "console", lambda message: self._note(message.text))
        self._listen(page.context, "request", lambda request: self._watch(request, base))
        self._listen(page.context, "requestfailed", self._unwatch)
        self.pages.append(page)
        page.goto(base + path)
        return Screen(page)

    def close(self) -> None:
        """Close all windows."""
        for stop in self._stops:
            stop()
        for window in {page.context for page in self.pages}:
            if window is self._returning:
                forget(window)
            else:
                window.close()

    def _window(self, **context: object) -> BrowserContext:
        """Return a browser's context for one visitor: that of the one who was here before for the first that asks for nothing special."""
        if self._returning and not self.pages and context.keys() <= {"viewport"}:
            return self._returning
        return self._browser.new_context(**WINDOW | context)

    def _listen(self, window: BrowserContext, event: str, handle: Callable[[Any], None]) -> None:
        """Listen to what a browser says, until its windows are closed."""
        window.on(event, handle)
        self._stops.append(lambda: window.remove_listener(event, handle))

    def _watch(self, request: Request, base: str) -> None:
        """Take a request for another host, unless a sign-in page makes it; it fails for want of a way there."""
        if request.url.startswith((base, *self.providers, "data:", "blob:")):
            return
        if request.is_navigation_request() or not request.frame.url.startswith(self.providers):
            self.foreign.append(request.url)

    def _unwatch(self, request: Request) -> None:
        """Leave out a request that the browser never sent, for the page's policy forbids it."""
        if request.failure == "csp" and request.url in self.foreign:
            self.foreign.remove(request.url)

    def _note(self, line: str) -> None:
        """Take a line of the console that tells of a violation."""
        if "Content Security Policy" in line:
            self.violations.append(line)


@pytest.fixture
def visits(
    browser: Browser, returning: BrowserContext, server: str, request: pytest.FixtureRequest
) -> Iterator[Visits]:
    """A visitor; afterwards no other host may have been asked, no script failed, and no Content-Security-Policy been violated."""
    visitor = Visits(browser, server, returning)
    failures = request.session.testsfailed
    yield visitor
    if request.session.testsfailed > failures:
        RESULTS.mkdir(exist_ok=True)
        for number, page in enumerate(visitor.pages):
            page.screenshot(path=RESULTS / f"{request.node.name}-{number}.png")
    visitor.close()
    assert visitor.foreign == [], "the page asked another host"
    assert visitor.errors == [], "a script failed in the page"
    assert visitor.violations == [], "the page did what its Content-Security-Policy forbids"
