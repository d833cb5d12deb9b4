"""One visit to an app in Chromium: open it, change the filter, click a district."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, WebSocket, sync_playwright
from playwright.sync_api import TimeoutError as PlaywrightTimeoutError

from bench.servers import Server

__all__ = ["QUIET", "Reading", "chromium", "visit"]

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"]
PROBE = (Path(__file__).resolve().parent / "probe.js").read_text(encoding="utf-8")
WINDOW: ViewportSize = {"width": 1366, "height": 900}
TIMEOUT = 60_000  # ms
QUIET = 600  # ms without a message from the server: longer than streamlit-folium waits before it reports (250)
OPTION = "Residents"  # chosen in the list with the key "metric", which opens on GDP
FIRST_OPTION = "GDP"
DISTRICT, DISTRICT_NAME = "440113", "Panyu"  # first in neither figure, so that no panel names it before it is clicked


@dataclass
class Reading:
    """What one visit measured; ``None`` where the app has nothing of the kind."""

    first_map: float  # ms from the start of the navigation
    filter_changed: float | None = None  # ms from the click on the option to the first frame with other fills
    filter_rested: float | None = None  # … and to the end of any transition of colours
    filter_bytes: int | None = None  # over the websocket, from the server, until it is quiet again
    click: float | None = None  # ms from the click on the shape to the name among the figures
    reruns: list[float] = field(default_factory=list)  # ms of Python of each script run the filter and the click caused


@contextmanager
def chromium() -> Iterator[Browser]:
    """Run the distribution's Chromium until the context ends."""
    found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if found is None:
        raise SystemExit("The benchmark needs Chromium; tests/e2e/install_chromium.sh installs it.")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=FLAGS)
        try:
            yield browser
        finally:
            browser.close()


def visit(browser: Browser, server: Server) -> Reading:
    """Measure one visit with an empty cache.

    Parameters
    ----------
    browser
        The visit gets a context of its own in it.
    server
        What to visit.
    """
    context = browser.new_context(viewport=WINDOW, locale="en-GB")
    context.set_default_timeout(TIMEOUT)
    try:
        return _Visit(context, server).measure()
    finally:
        context.close()


class _Visit:
    """A window of the browser, and what came over its websocket."""

    def __init__(self, context: BrowserContext, server: Server) -> None:
        self._server = server
        self._socket: WebSocket | None = None
        self._received = 0
        self._errors: list[str] = []
        self._page: Page = context.new_page()
        self._page.add_init_script(f"({PROBE.strip()})({server.app.painted!r});")
        self._page.on("websocket", self._listen)
        self._page.on("pageerror", lambda error: self._errors.append(str(error)))

    def _listen(self, socket: WebSocket) -> None:
        """Count what comes over a websocket."""
        self._socket = socket
        socket.on("framereceived", self._count)

    def _count(self, payload: bytes | str) -> None:
        """Add the bytes of one message."""
        self._received += len(payload.encode() if isinstance(payload, str) else payload)

    def measure(self) -> Reading:
        """Go through the visit."""
        self._page.goto(self._server.url)
        reading = Reading(first_map=self._page.evaluate("() => window.bench.firstMap"))
        self._settle()
        if self._server.app.has_districts:
            for option in (OPTION, FIRST_OPTION):  # not counted: browser and server compile what they run
                self._change_filter(Reading(first_map=0), option)
            runs = len(self._server.runs())
            self._change_filter(reading, OPTION)
            self._click_shape(reading)
            reading.reruns = self._server.runs()[runs:]
        self._expect_no_trouble()
        return reading

    def _expect_no_trouble(self) -> None:
        """Raise if the app failed, for its times would mean nothing."""
        if self._errors:
            raise RuntimeError(f"{self._server.app.name}: a script failed in the page: {self._errors}")
        if self._page.locator("[data-testid=stException]").count():
            raise RuntimeError(f"{self._server.app.name}: the app shows an exception")

    def _change_filter(self, reading: Reading, name: str) -> None:
        """Choose another figure and note times and bytes."""
        self._page.locator(".st-key-metric input").click()
        option = self._page.get_by_role("option", name=name, exact=True)
        option.wait_for()
        self._page.evaluate("() => window.bench.armFilter()")
        before = self._received
        option.click()
        times = self._page.evaluate("() => window.bench.result()")
        self._settle()
        reading.filter_changed, reading.filter_rested = times["changed"], times["rested"]
        reading.filter_bytes = self._received - before

    def _click_shape(self, reading: Reading) -> None:
        """Click a district and note the time."""
        selector = f".district-{DISTRICT}"
        self._page.evaluate("([selector, name]) => window.bench.armClick(selector, name)", [selector, DISTRICT_NAME])
        self._page.frame_locator("[data-testid='stCustomComponentV1']").locator(selector).click()
        reading.click = self._page.evaluate("() => window.bench.result()")
        self._settle()

    def _settle(self) -> None:
        """Return when the script rests and the server has been silent for a while, so that no late rerun reaches into what follows."""
        self._page.locator(".stApp[data-test-script-state='notRunning']").wait_for()
        while self._socket is not None:
            try:
                self._socket.wait_for_event("framereceived", timeout=QUIET)
            except PlaywrightTimeoutError:
                break
        self._page.locator(".stApp[data-test-script-state='notRunning']").wait_for()
