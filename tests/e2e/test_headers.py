"""What browsers are made to refuse: foreign scripts, frames of foreign pages, and commands of a page around the dashboard."""

import http.client
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import Visits, serving
from ui.server.component_frames import GUARD

UPGRADE = {
    "Connection": "Upgrade",
    "Upgrade": "websocket",
    "Sec-WebSocket-Version": "13",
    "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
}
ROWS = "区,指标,年份,数值\n天河区,地区生产总值,2024,6800\n".encode()


class Parent(BaseHTTPRequestHandler):
    """A page of another server with the address it was asked for in a frame; notes everything else it is asked."""

    asked: list[str]

    def do_GET(self) -> None:
        """Answer with the page."""
        target = self.path.partition("?")[2]
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(f'<iframe name="framed" src="{target}" width="1200" height="900"></iframe>'.encode())

    def do_PUT(self) -> None:
        """Take note of an upload that went astray."""
        self.asked.append(self.path)
        self.send_error(404)

    do_OPTIONS = do_POST = do_PUT  # noqa: N815 (http.server's names)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def framing() -> Iterator[tuple[str, list[str]]]:
    """Run the other server; yield its address and the list of what it is asked beside its page."""
    asked: list[str] = []
    handler = type("Handler", (Parent,), {"asked": asked})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}", asked
        finally:
            server.shutdown()
            thread.join()


# ---- frames ----


def test_a_foreign_page_cannot_frame_the_desk(visits: Visits, server: str) -> None:
    visits.providers = (server,)  # the frame may try
    with framing() as (parent, _):
        window = visits.open(f"/?{server}/data-desk?lang=en", url=parent).page
        expect(window.frame_locator("iframe").locator("body")).not_to_contain_text("Data desk")
        frame = window.frame(name="framed")
        assert frame is not None
        assert frame.url.startswith("chrome-error:")
        assert [line for line in visits.violations if "frame-ancestors 'self'" in line]
        visits.violations.clear()


def test_a_page_named_in_the_settings_may_frame_the_desk_and_command_nothing(visits: Visits, tmp_path: Path) -> None:
    with framing() as (parent, asked), serving(tmp_path / "log.txt", DASHBOARD_FRAME_ANCESTORS=parent) as url:
        visits.providers = (url,)
        window = visits.open(f"/?{url}/data-desk?lang=en", url=parent).page
        desk = window.frame_locator("iframe")
        expect(desk.locator(".st-key-upload")).to_be_visible()
        window.evaluate(
            """parent => {
                const send = (message) => frames[0].postMessage({ stCommVersion: 1, ...message }, "*");
                send({ type: "SET_FILE_UPLOAD_CLIENT_CONFIG", prefix: parent, headers: {} });
                send({ type: "SET_INPUTS_DISABLED", disabled: true });
                send({ type: "REQUEST_PAGE_CHANGE", pageScriptHash: "" });
            }""",
            parent + "/",
        )
        file = {"name": "gdp.csv", "mimeType": "text/csv", "buffer": ROWS}
        desk.locator(".st-key-upload input[type=file]").set_input_files(file)
        expect(desk.locator(".st-key-desk_reading")).to_contain_text("gdp.csv")
        expect(desk.get_by_role("button", name="Download template as CSV")).to_be_enabled()
        assert asked == []
        assert visits.foreign == []


# What streamlit-folium runs when it is sent it, by whomever.
COMMAND = """{
    type: "streamlit:render", dfs: [], disabled: false, theme: null,
    args: {
        script: "window.ran = 'script';", feature_group: "window.ran = 'feature group';", html: "", header: "", layer_control: "",
        height: 100, width: 100, js_links: [], css_links: [], returned_objects: [], default: {}, pixelated: false, id: "x", _key: "x",
    },
}"""


def test_a_page_that_may_frame_the_map_runs_nothing_in_it(visits: Visits, tmp_path: Path) -> None:
    with framing() as (parent, _), serving(tmp_path / "log.txt", DASHBOARD_FRAME_ANCESTORS=parent) as url:
        visits.providers = (url,)
        window = visits.open(f"/?{url}/?lang=en", url=parent).page
        page = window.frame_locator("iframe")
        shapes = page.frame_locator(".st-key-map iframe")
        expect(shapes.locator(".district-440106")).to_be_visible()
        sent = window.evaluate(
            f"() => {{ for (let i = 0; i < frames[0].length; i++) frames[0][i].postMessage({COMMAND}, '*'); return frames[0].length; }}"
        )
        assert sent >= 1
        shapes.locator(".district-440106").click()  # what the page itself sends is obeyed
        expect(page.locator(".st-key-kpi")).to_contain_text("Tianhe")
        assert [frame.evaluate("() => window.ran") for frame in window.frames] == [None] * len(window.frames)


@pytest.mark.parametrize("spelling", ["%2F", "/", "/.", "%2F."])
def test_the_frame_has_no_second_address_without_its_guard(visits: Visits, server: str, spelling: str) -> None:
    screen = visits.open("/?lang=en")
    screen.wait_for_map()  # the component is there from the first map on
    page = f"{server}/component/streamlit_folium.st_folium/index.html"
    assert GUARD in screen.page.request.get(page).text()
    other = screen.page.request.get(page + spelling)
    assert GUARD in other.text() or "<html" not in other.text()


def test_a_page_that_opens_the_dashboard_in_a_window_runs_nothing(visits: Visits, server: str) -> None:
    visits.providers = (server,)
    with framing() as (parent, _):
        window = visits.open("/?about:blank", url=parent.replace("127.0.0.1", "localhost")).page
        with window.context.expect_page() as opening:
            window.evaluate("url => { window.opened = open(url) }", f"{server}/?lang=en")
        opened = opening.value
        expect(opened.frame_locator(".st-key-map iframe").locator(".district-440106")).to_be_visible()
        assert window.evaluate("() => [opened.closed, opened.length]") == [True, 0], "it cannot reach a frame in there"
        assert opened.evaluate("() => opener") is None


# ---- scripts ----


def test_a_script_that_got_into_a_page_does_not_run(visits: Visits) -> None:
    screen = visits.open("/?lang=en")
    screen.wait_for_map()
    screen.page.evaluate(
        """() => {
            const add = (tag, fields) => document.body.append(Object.assign(document.createElement(tag), fields));
            add("script", { textContent: "window.ran = 'inline'" });
            add("script", { src: "http://192.0.2.1/x.js" });
            add("img", { src: "http://192.0.2.1/x.png" });
            add("a", { id: "bait" });
            const bait = document.querySelector("#bait");
            bait.setAttribute("onclick", "window.ran = 'handler'");
            bait.click();
        }"""
    )
    assert screen.page.evaluate("() => window.ran") is None
    assert len(visits.violations) >= 4  # and so every journey fails in which a page does any of this
    visits.violations.clear()
    assert visits.foreign == []


# ---- every answer ----


@pytest.mark.parametrize(
    ("method", "path", "headers", "status"),
    [
        ("GET", "/", {}, 200),
        ("GET", "/no-such-page", {}, 200),
        ("GET", "/_stcore/health", {}, 200),
        ("GET", "/_stcore/metrics", {}, 200),
        ("GET", "/_stcore/metrics", {"X-Forwarded-For": "192.0.2.7"}, 403),
        ("GET", "/api/assets/map.js", {}, 200),
        ("GET", "/api/assets/nothing", {}, 404),
        ("POST", "/api/show/nothing", {}, 415),
        ("PUT", "/_stcore/upload_file/nobody/a", {}, 403),
        ("GET", "/component/nothing/index.html", {}, 404),
        ("DELETE", "/", {}, 405),
        ("GET", "//etc/passwd", {}, 400),
        ("GET", "/_stcore/stream", UPGRADE, 101),
        ("GET", "/elsewhere", UPGRADE, 403),
    ],
)
def test_no_answer_goes_without_the_headers(
    server: str, method: str, path: str, headers: dict[str, str], status: int
) -> None:
    connection = http.client.HTTPConnection(urlsplit(server).netloc, timeout=10)
    connection.request(method, path, headers=headers)
    answer = connection.getresponse()
    found = {name.lower(): value for name, value in answer.getheaders()}
    connection.close()
    assert answer.status == status
    policy = found["content-security-policy"]
    assert "default-src 'self'; script-src 'self' blob:" in policy
    assert policy.endswith("frame-ancestors 'self'")
    assert ("'unsafe-eval'" in policy) == path.startswith("/component/")
    assert found["x-frame-options"] == "SAMEORIGIN"
    assert found["x-content-type-options"] == "nosniff"
    assert found["referrer-policy"] == "same-origin"
    assert "screen-wake-lock=(self)" in found["permissions-policy"]


def test_behind_a_proxy_that_speaks_tls_every_cookie_is_secure(server: str) -> None:
    for protocol, secure in (("https", True), ("http", False)):
        connection = http.client.HTTPConnection(urlsplit(server).netloc, timeout=10)
        connection.request("GET", "/_stcore/health", headers={"X-Forwarded-Proto": protocol})
        cookie = connection.getresponse().getheader("Set-Cookie", "")
        connection.close()
        assert cookie.startswith("_streamlit_xsrf=")
        assert cookie.endswith("; Secure") is secure


def test_no_page_around_the_dashboard_is_listened_to(server: str) -> None:
    connection = http.client.HTTPConnection(urlsplit(server).netloc, timeout=10)
    connection.request("GET", "/_stcore/host-config")
    text = connection.getresponse().read().decode()
    connection.close()
    assert '"allowedOrigins":[]' in text
    assert '"useExternalAuthToken":false' in text


def test_the_journeys_own_guard_refuses_and_notes_another_host(visits: Visits) -> None:
    """Without it no journey would fail where a page asks a host that this machine can reach."""
    page = visits.open("/api/assets/nothing").page
    page.goto("about:blank")
    asked = ["http://example.com/", "http://203.0.113.5/"]
    come = "async (asked) => (await Promise.allSettled(asked.map((each) => fetch(each, { mode: 'no-cors' })))).map((each) => each.status)"
    assert page.evaluate(come, asked) == ["rejected", "rejected"]
    assert sorted(visits.foreign) == sorted(asked)
    visits.foreign.clear()
