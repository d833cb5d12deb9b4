"""The check before the meeting in a real browser: what it finds where something is wrong, and the page it makes."""

import email.utils
import time
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.e2e.conftest import ROOT, Visits

SCRIPT = ROOT / "ui" / "static" / "checkup.js"
SITE = "http://check.test"
OPTIONS = {
    "words": {"testing": "Testing"},
    "fonts": {"latin": ["DejaVu Sans"], "chinese": ["Noto Sans CJK SC"]},
    "server": f"{SITE}/health",
    "files": [f"{SITE}/show.js"],
    "textShare": 0.03,
}
Found = dict[str, dict[str, object]]
Check = Callable[..., Found]


def answer(route: Route) -> None:
    """Serve a site that is all well."""
    now = email.utils.formatdate(time.time(), usegmt=True)
    route.fulfill(body="<!doctype html><p id=root></p>", content_type="text/html", headers={"Date": now})


@pytest.fixture
def check(browser: Browser) -> Iterator[Check]:
    """Return a function that runs the check on a screen, with some options changed, and after a change to the page."""
    pages: list[Page] = []

    def check_(
        *,
        size: tuple[int, int] = (1920, 1080),
        before: str = "",
        serve: Callable[[Route], None] = answer,
        **options: object,
    ) -> Found:
        screen = {"width": size[0], "height": size[1]}
        page = browser.new_context(viewport=screen, screen=screen, timezone_id="Asia/Shanghai").new_page()
        pages.append(page)
        page.route("**/*", serve)
        page.goto(SITE)
        page.add_script_tag(path=SCRIPT)
        page.add_script_tag(content=before or "0")
        results = page.evaluate("(options) => briefingCheckup(document.body, options)", OPTIONS | options)
        assert page.locator("body").inner_text() == ""  # says nothing once it is done
        return {result["code"]: result for result in results}

    yield check_
    for page in pages:
        page.context.close()


def statuses(found: Found) -> dict[str, object]:
    """Return the status of each result that is not good."""
    return {code: result["status"] for code, result in found.items() if result["status"] != "good"}


def test_a_good_room_is_good(check: Check) -> None:
    found = check()
    assert statuses(found) == {}
    assert len(found) == 10
    assert found["screen"]["params"] == {"width": "1920", "height": "1080", "factor": 1, "ratio": "16:9"}
    assert found["clock"]["params"]["zone"] == "Asia/Shanghai"


@pytest.mark.parametrize(
    ("size", "ratio", "status"),
    [
        ((2560, 1080), "21:9", "good"),
        ((3840, 1080), "32:9", "good"),
        ((1024, 768), "4:3", "good"),
        ((1280, 800), "16:9", "warning"),
    ],
)
def test_screens_are_told_by_their_nearest_shape(check: Check, size: tuple[int, int], ratio: str, status: str) -> None:
    screen = check(size=size)["screen"]
    assert (screen["params"]["ratio"], screen["status"]) == (ratio, status)


def test_small_type_is_found(check: Check) -> None:
    """Two per cent of the height: capitals subtend 16 minutes of arc at three heights."""
    size = check(textShare=0.02)["text_size"]
    assert size["status"] == "warning"
    assert size["params"]["heights"] == pytest.approx(3.0, abs=0.05)


def test_a_computer_without_a_chinese_font_is_found(check: Check) -> None:
    """All characters drawn as one box, as where no font has them."""
    box = "CanvasRenderingContext2D.prototype.fillText = function (text, x, y) { this.strokeRect(x, y - 20, 20, 20); }"
    assert check(before=box)["font_chinese"]["status"] == "bad"


def test_a_missing_latin_font_is_found(check: Check) -> None:
    fonts = {"latin": ["No Such Font"], "chinese": ["Noto Sans CJK SC"]}
    assert check(fonts=fonts)["font_latin"]["status"] == "warning"


def test_a_file_from_another_host_is_found(check: Check) -> None:
    offline = check(before="fetch('http://elsewhere.test/tiles.png', { mode: 'no-cors' })")["offline"]
    assert (offline["status"], offline["params"]) == ("bad", {"count": 1, "host": "elsewhere.test"})


def test_a_missing_file_of_the_show_is_found(check: Check) -> None:
    def serve(route: Route) -> None:
        route.fulfill(status=404) if route.request.url.endswith("gone.js") else answer(route)

    files = check(serve=serve, files=[f"{SITE}/show.js", f"{SITE}/gone.js"])["files"]
    assert (files["status"], files["params"]) == ("bad", {"count": 1, "all": 2})


def test_files_that_the_browser_does_not_keep_are_found(check: Check) -> None:
    """Asked for from its cache alone, a browser fails where it has kept nothing."""
    asked: list[str] = []

    def serve(route: Route) -> None:
        asked.append(route.request.url)
        route.abort() if asked.count(f"{SITE}/show.js") > 1 else answer(route)

    assert check(serve=serve)["files"]["status"] == "warning"


def test_without_files_there_is_nothing_to_test(check: Check) -> None:
    assert check(files=[])["files"]["status"] == "not tested"


def test_a_silent_server_is_found_and_leaves_the_clock_untested(check: Check) -> None:
    def serve(route: Route) -> None:
        route.abort() if route.request.url.endswith("health") else answer(route)

    assert statuses(check(serve=serve)) == {"server": "bad", "clock": "not tested"}


def test_a_wrong_clock_is_found(check: Check) -> None:
    clock = check(before="const now = Date.now; Date.now = () => now() - 600000")["clock"]
    assert clock["status"] == "warning"
    assert clock["params"]["seconds"] == pytest.approx(600, abs=3)


def test_a_window_behind_others_cannot_be_tested_for_movement(check: Check) -> None:
    hidden = "Object.defineProperty(document, 'hidden', { value: true })"
    assert check(before=hidden)["smooth"]["status"] == "not tested"


def test_few_pictures_a_second_are_bad(check: Check) -> None:
    slow = "const draw = requestAnimationFrame; requestAnimationFrame = (call) => setTimeout(() => draw(call), 90)"
    assert check(before=slow)["smooth"]["status"] == "bad"


def test_a_browser_that_forbids_full_screen_is_found(check: Check) -> None:
    assert (
        check(before="Object.defineProperty(document, 'fullscreenEnabled', { value: false })")["full_screen"]["status"]
        == "warning"
    )


@pytest.mark.parametrize(("language", "verdict"), [("en", "Ready, but please note"), ("zh", "已就绪")])
def test_one_button_fills_one_table(visits: Visits, language: str, verdict: str) -> None:
    """Server and browser together, mended things first, in words of one language."""
    screen = visits.open(f"/prepare?lang={language}")
    screen.click("checkup_now")
    page = screen.page
    expect(page.locator(".check-verdict[data-complete=true]")).to_contain_text(verdict)
    expect(page.locator(".check tbody tr")).to_have_count(28)
    expect(page.locator(".check [data-code=address]")).to_have_class("warning")
    expect(page.locator(".check [data-code=font_chinese]")).to_have_class("good")
    expect(page.locator(".check-when")).to_contain_text("1366 × 768")
    screen.expect_no_trouble()
