"""The dashboard under a path of another host: passed on to it (``server.baseUrlPath``), or taken off by the proxy before it."""

import http.client
import json
import re
from collections.abc import Iterator
from contextlib import ExitStack
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Visits, serving
from tests.e2e.nginx import proxying, snippets
from tests.e2e.wall import Notes, Wall

BASE = "/gz"
PANYU = "440113"
UPGRADE = {
    "Connection": "Upgrade",
    "Upgrade": "websocket",
    "Sec-WebSocket-Version": "13",
    "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
}


@pytest.fixture(scope="module", params=["passed on", "taken off"])
def mounted(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a dashboard behind nginx, the path included, without a slash at the end."""
    folder = tmp_path_factory.mktemp("mounted")
    passed_on, taken_off, outside = snippets()
    base, location = (BASE, passed_on) if request.param == "passed on" else ("", taken_off)
    with ExitStack() as stack:
        server = stack.enter_context(serving(folder / "log.txt", base=base))
        yield stack.enter_context(proxying(server, location, outside, folder)) + BASE


def imported_rules(page: Page) -> dict[str, int]:
    """Return how many rules each style sheet has that the page takes in by its address."""
    script = """() => [...document.styleSheets].flatMap((sheet) => [...sheet.cssRules])
        .filter((rule) => rule.styleSheet).map((rule) => [rule.href.match(/(\\w+)\\.css/)[1], rule.styleSheet.cssRules.length])"""
    return dict(page.evaluate(script))


def test_map_ranking_styles_and_links_are_found_below_the_path(visits: Visits, mounted: str) -> None:
    """Nothing is asked for outside the path: the visitor takes that for another host."""
    screen = visits.open("/?lang=en", url=mounted)
    screen.wait_for_map()
    assert min(imported_rules(screen.page)[name] for name in ("page", "print")) > 3
    screen.click_bar(PANYU)
    screen.expect_selected(PANYU, "Panyu")
    assert screen.bar(PANYU).evaluate("bar => getComputedStyle(bar).display") == "grid"  # the ranking's style sheet
    screen.open_menu_entry("Baietan")
    expect(screen.page).to_have_url(re.compile(f"^{mounted}/baietan\\?"))
    screen.wait_for_map()
    screen.page.reload()
    screen.wait_for_map()
    screen.expect_no_trouble()


def test_a_link_without_its_slash_still_opens(visits: Visits, mounted: str) -> None:
    screen = visits.open("?lang=zh", url=mounted)
    screen.wait_for_map()
    screen.expect_no_trouble()
    with_slash = visits.open("/pazhou/?lang=zh", url=mounted)
    with_slash.wait_for_map()
    expect(with_slash.page.locator(".st-key-plan")).to_be_visible()
    with_slash.expect_no_trouble()


def test_show_and_presenter_meet_below_the_path(visits: Visits, mounted: str) -> None:
    """The link in the show leads to its room, whoever leads; leaving the show leads to the page it was prepared on."""
    wall = Wall(visits.open("/briefing?lang=en", url=mounted).page)
    expect(wall.root).to_have_attribute("data-camera", "still")
    first = wall.root.get_attribute("data-slide")
    wall.press("n")
    address = str(wall.root.locator(".panel-notes a").get_attribute("href"))
    assert address.startswith(f"{mounted}/briefing?")
    wall.press("n")
    notes = Notes(visits.open(address.removeprefix(mounted), url=mounted).page)
    notes.expect_connected()
    notes.page.locator("[data-notes=next-button]").click()
    expect(wall.root).not_to_have_attribute("data-slide", str(first))
    wall.press("Escape")
    expect(wall.page.locator(".st-key-checkup_now")).to_be_visible()
    expect(wall.page).to_have_url(re.compile(f"^{mounted}/prepare\\?"))


def test_the_check_before_the_meeting_finds_files_and_server(visits: Visits, mounted: str) -> None:
    screen = visits.open("/prepare?lang=en", url=mounted)
    screen.click("checkup_now")
    expect(screen.page.locator(".check-verdict")).to_have_attribute("data-complete", "true")
    report = screen.page.locator(".check")
    expect(report).to_contain_text("files on this page came from its own server")
    expect(report).to_contain_text("Responds in")
    expect(report).not_to_contain_text("could not be loaded")
    assert str(screen.page.get_by_role("link", name="Start presentation").get_attribute("href")).startswith(
        f"{mounted}/briefing?"
    )


def ask(address: str, method: str = "GET", **headers: str) -> tuple[int, str, str]:
    """Return status, kind and text of an answer."""
    place = urlsplit(address)
    connection = http.client.HTTPConnection(place.netloc, timeout=10)
    try:
        connection.request(method, place.path, headers={name.replace("_", "-"): text for name, text in headers.items()})
        answer = connection.getresponse()
        return answer.status, str(answer.getheader("Content-Type")).partition(";")[0], answer.read().decode()
    finally:
        connection.close()


def test_our_routes_answer_for_themselves(mounted: str) -> None:
    """Not Streamlit with its page, which has status 200 whatever is asked for."""
    assert ask(f"{mounted}/api/assets/map.js")[:2] == (200, "text/javascript")
    assert ask(f"{mounted}/api/assets/nothing") == (404, "text/plain", "no such file\n")
    assert ask(f"{mounted}/api/show/nothing/events")[0] == 404
    assert ask(f"{mounted}/api/show/nothing", "POST", Origin="http://192.0.2.1")[0] == 403


@pytest.mark.parametrize(
    "path", ["//x", "/x/y/", "/x%20y", "/%E7%90%B6", "/x/y", "/index.html", "/api/x", "/static/x.js", "/pazhou/static"]
)
def test_no_address_is_answered_with_streamlits_own_page(mounted: str, path: str) -> None:
    """Ours, where a page may be meant, or that there is none."""
    status, kind, text = ask(mounted + path)
    if status == 301:
        status, kind, text = ask(mounted + path.rstrip("/"))
    assert "<title>Streamlit" not in text
    assert (status == 200 and "streamlit-words" in text) or (status, kind) == (404, "text/plain")


def handshake(mounted: str, origin: str) -> int:
    """Return the status of the answer to a websocket that a page of an origin asks for."""
    place = urlsplit(mounted)
    connection = http.client.HTTPConnection(place.netloc, timeout=10)
    try:
        connection.request("GET", f"{place.path}/_stcore/stream", headers=UPGRADE | {"Origin": origin})
        return connection.getresponse().status
    finally:
        connection.close()


def test_what_is_refused_at_the_root_is_refused_below_the_path(mounted: str) -> None:
    """Foreign websockets, uploads of nobody, the metrics, components that are none, and too many sign-ins."""
    place = urlsplit(mounted)
    assert handshake(mounted, f"http://{place.netloc}") == 101
    assert handshake(mounted, "http://192.0.2.1") == 403
    assert handshake(mounted, f"http://{place.hostname}:1") == 403
    assert ask(f"{mounted}/_stcore/upload_file/nobody/a", "PUT")[0] == 403
    assert ask(f"{mounted}/_stcore/metrics")[0] == 403
    component = f"{mounted}/component/streamlit_folium.st_folium/index.html"
    assert "stopImmediatePropagation" in ask(component)[2]
    assert ask(f"{component}/.")[0] == 404
    assert 429 in {ask(f"{mounted}/auth/login")[0] for _ in range(8)}
    assert json.loads(ask(f"{mounted}/_stcore/host-config")[2])["allowedOrigins"] == []
