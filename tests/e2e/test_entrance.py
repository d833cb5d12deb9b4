"""A browser that is too old, and a network that lets no websocket through, read why nothing is shown, in both languages."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.conftest import Visits
from tests.e2e.test_briefing import IDS, single_file
from tests.e2e.wall import Wall
from ui.entrance import later_parts

OLD = {"en": "This browser is too old", "zh": "此浏览器版本过旧"}
NO_SOCKET = {"en": "live connection (WebSocket) has not been established", "zh": "实时连接（WebSocket）尚未建立"}
NO_FILE = {"en": "A file of the page could not be loaded", "zh": "页面的一个文件未能加载"}
HELP = "HTML"
# What a browser lacks: each is taken away by itself. The flag is that of a regular expression, the newest thing Streamlit's scripts are written with.
FEATURES = {
    "WebSocket": "delete window.WebSocket",
    "fetch": "delete window.fetch",
    "structuredClone": "delete window.structuredClone",
    "ResizeObserver": "delete window.ResizeObserver",
    "Array.prototype.at": "delete Array.prototype.at",
    "Array.prototype.toSorted": "delete Array.prototype.toSorted",
    "String.prototype.replaceAll": "delete String.prototype.replaceAll",
    "Object.hasOwn": "delete Object.hasOwn",
    "Promise.allSettled": "delete Promise.allSettled",
    ":has()": "{ const ask = CSS.supports; CSS.supports = (...of) => !String(of).includes(':has(') && ask.apply(CSS, of); }",
    "regular expressions with v": """{
        const Known = RegExp;
        window.RegExp = function (source, flags) { if (String(flags).includes("v")) throw new SyntaxError("flags"); return new Known(source, flags); };
        window.RegExp.prototype = Known.prototype;
    }""",
}


def open_without(visits: Visits, script: str, path: str = "/?lang=en") -> Page:
    """Open a page in a browser that a script has taken something from before any other ran."""
    page = visits.open("/api/assets/nothing").page
    page.add_init_script(script)
    page.goto(page.url.partition("/api/")[0] + path)
    return page


def expect_said(page: Page, sentence: dict[str, str]) -> None:
    """Expect a sentence in both languages and none of the others, over all that Streamlit may draw."""
    said = page.locator("#entrance")
    expect(said).to_be_visible(timeout=30_000)
    for text in sentence.values():
        expect(said.get_by_text(text)).to_be_visible()
    for other in (OLD, NO_SOCKET, NO_FILE):
        if other != sentence:
            expect(said.get_by_text(other["en"])).to_be_hidden()
    expect(said.get_by_text(HELP).filter(visible=True)).to_have_count(2)
    middle = "() => document.elementFromPoint(innerWidth / 2, innerHeight / 2).closest('#entrance') !== null"
    assert page.evaluate(middle), "something lies above the sentence"


@pytest.mark.parametrize("feature", FEATURES)
def test_a_browser_without_a_feature_reads_what_is_needed(visits: Visits, feature: str) -> None:
    """No script of Streamlit's begins: none could fail, and nothing is left half drawn."""
    page = open_without(visits, FEATURES[feature])
    expect_said(page, OLD)
    expect(page.locator("#root > *")).to_have_count(0)
    expect(page.locator("#entrance")).to_contain_text("Chrome or Edge 112, Firefox 121 or Safari 17")


def test_a_script_that_fails_before_anything_is_drawn_counts_as_too_old(visits: Visits) -> None:
    """As one would that is written in a syntax the browser does not read."""
    page = visits.open("/api/assets/nothing").page
    page.route(
        re.compile(r"/static/js/index\."),
        lambda route: route.fulfill(body="const = 1;", content_type="text/javascript"),
    )
    page.goto(page.url.partition("/api/")[0] + "/?lang=zh")
    expect_said(page, OLD)
    assert visits.errors
    visits.errors.clear()


def test_a_script_that_does_not_come_is_named(visits: Visits) -> None:
    page = visits.open("/api/assets/nothing").page
    page.route(re.compile(r"/static/js/index\."), lambda route: route.abort())
    page.goto(page.url.partition("/api/")[0] + "/?lang=zh")
    expect_said(page, NO_FILE)


@pytest.mark.parametrize("way", ["refused", "silent"])
def test_a_network_without_websockets_is_named_until_there_is_one(visits: Visits, way: str) -> None:
    """Handshakes are refused, or never answered; the message goes as soon as one gets through."""
    page = visits.open("/api/assets/nothing").page
    # Instead of a server that refuses: the page sees a socket that fails, or one that never opens.
    page.add_init_script(
        """{
        const Known = window.WebSocket;
        window.WebSocket = function (...given) {
            if (!window.sessionStorage.blocked) return new Known(...given);
            const socket = new EventTarget();
            Object.assign(socket, { readyState: 0, close() {}, send() {} });
            if (window.sessionStorage.blocked === "refused") setTimeout(() => {
                socket.readyState = 3;
                for (const kind of ["error", "close"]) {
                    const event = new CloseEvent(kind, { code: 1006 });
                    socket.dispatchEvent(event);
                    socket["on" + kind]?.(event);
                }
            });
            return socket;
        };
        Object.assign(window.WebSocket, { CONNECTING: 0, OPEN: 1, CLOSING: 2, CLOSED: 3 });
    }"""
    )
    page.evaluate("way => { window.sessionStorage.blocked = way }", way)
    page.goto(page.url.partition("/api/")[0] + "/?lang=zh")
    expect(page.locator(".stApp")).to_be_attached()
    expect(page.locator("#entrance")).to_be_hidden()  # not at once: a slow network is none that lets nothing through
    expect_said(page, NO_SOCKET)
    page.evaluate("() => { delete window.sessionStorage.blocked }")
    expect(page.locator(".st-key-kpi")).to_be_visible(timeout=60_000)
    expect(page.locator("#entrance")).to_be_hidden()


def test_without_scripts_the_page_says_so(visits: Visits) -> None:
    page = visits.open("/?lang=zh", java_script_enabled=False).page
    expect(page.get_by_text("The dashboard needs JavaScript")).to_be_visible()
    expect(page.get_by_text("本平台需要 JavaScript")).to_be_visible()
    expect(page.get_by_text("Reading this without a browser?")).to_be_hidden()


def test_a_good_browser_reads_none_of_it(visits: Visits) -> None:
    screen = visits.open("/?lang=zh")
    screen.wait_for_map()
    expect(screen.page.locator("#entrance")).to_be_hidden()
    assert screen.page.get_by_text("HTML 演示文件").filter(visible=True).count() == 0


def test_the_file_works_where_the_dashboard_does_not(browser: Browser, tmp_path: Path) -> None:
    """What the sentence promises: all that the dashboard asks for is gone, and the exported file gives the talk."""
    errors: list[str] = []
    window = browser.new_context(offline=True)
    window.add_init_script(";".join(FEATURES.values()))
    page = window.new_page()
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(single_file(tmp_path, "zh").as_uri())
    wall = Wall(page)
    wall.expect_slide(IDS[0])
    for id_ in IDS[1:]:
        wall.press("ArrowRight")
        wall.expect_slide(id_)
    wall.ask("天河 GDP")
    assert errors == []
    window.close()


# Of each script and style sheet of a document its name, what asked for it, when that was, and when it had come.
FETCHED = """() => performance.getEntriesByType("resource").filter((each) => /[.](js|css)([?]|$)/.test(each.name))
    .map((each) => [each.name.split("/").pop().split("?")[0], each.initiatorType, each.startTime, each.responseEnd])"""


def test_files_are_fetched_before_they_are_asked_for_and_none_twice(visits: Visits) -> None:
    screen = visits.open("/?lang=en")
    screen.wait_for_map()
    page, frame = screen.page.evaluate(FETCHED), screen.map.locator("body").evaluate(FETCHED)
    for fetched in (page, frame):
        names = [name for name, *_ in fetched]
        assert len(names) == len(set(names)), sorted(names)
    first = next(come for name, _, _, come in page if name.startswith("index."))
    early = [name for name, _, asked, _ in page if name.startswith(later_parts.PARTS) and asked < first]
    assert len(early) == len(later_parts.PARTS), "before the first script of Streamlit's could ask for them"
    links = {name for name, kind, *_ in frame if kind == "link"}
    assert {"leaflet.js", "geometry.js", "map-page.js", "map.css"} <= links
