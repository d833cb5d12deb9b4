"""What somebody without a mouse, without eyes or with a phone in one hand meets: WCAG 2.2 A and AA as axe-core checks it, and keys, links and sizes."""

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.axe import findings
from tests.e2e.conftest import Visits
from tests.e2e.screen import Screen

PAGES = ["/", "/pazhou", "/baietan", "/districts", "/briefing", "/prepare", "/data-desk", "/sources"]
PHONE = {"width": 390, "height": 844}
WAYS: dict[str, dict[str, object]] = {
    "light": {},
    "dark": {"color_scheme": "dark"},
    "phone": {"viewport": PHONE, "has_touch": True},
    "dark phone": {"viewport": PHONE, "color_scheme": "dark"},
}
LEAST = 24  # pixels: WCAG 2.2, 2.5.8


def ready(screen: Screen, path: str) -> Page:
    """Return a page when all of it is drawn."""
    if path == "/briefing":
        expect(screen.page.locator(".show")).to_have_attribute("data-camera", "still")
        return screen.page
    expect(screen.page.get_by_text("See Sources for the origin of each figure")).to_be_visible()
    screen.wait_for_styles()
    if path in ("/", "/pazhou", "/baietan", "/districts"):
        screen.wait_for_map()
    return screen.page


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing(visits: Visits, path: str, way: str) -> None:
    page = ready(visits.open(f"{path}?lang=en", **WAYS[way]), path)
    assert findings(page) == []


@pytest.mark.parametrize("way", ["light", "dark"])
def test_axe_finds_nothing_in_what_opens(visits: Visits, way: str) -> None:
    """Colours, export, a list, the table, what a question mark says, and the page in Chinese with a district selected."""
    screen = visits.open("/?lang=zh&sel=440113", **WAYS[way])
    screen.wait_for_map()
    page = screen.page
    expect(page.get_by_text("各项数据出处")).to_be_visible()
    screen.wait_for_styles()
    assert findings(page) == []
    for box in ("classes_box", "handover_box"):
        page.locator(f".st-key-{box} button").first.click()
        expect(
            page.locator("[data-testid=stPopoverBody]")
            .get_by_role("button")
            .or_(page.locator("[data-testid=stPopoverBody] input"))
            .first
        ).to_be_visible()
        assert findings(page) == []
        page.keyboard.press("Escape")
        expect(page.locator("[data-testid=stPopoverBody]")).to_have_count(0)
    page.locator(".st-key-metric input").click()
    expect(page.get_by_role("listbox")).to_be_visible()
    assert findings(page) == []


def test_arrows_lead_over_the_shipped_map(visits: Visits) -> None:
    """From Yuexiu east to Tianhe and Huangpu, north to Conghua; Enter selects, and only then."""
    screen = visits.open("/?lang=en")
    screen.wait_for_map()
    screen.map.locator(".district-440104").focus()
    for arrow, adcode in (("Right", "440106"), ("Right", "440112"), ("Up", "440117")):
        screen.page.keyboard.press(f"Arrow{arrow}")
        expect(screen.map.locator(f".district-{adcode}")).to_be_focused()
    expect(screen.map.locator(".district.selected")).to_have_count(0)
    screen.page.keyboard.press("Enter")
    screen.expect_selected("440117", "Conghua")


def test_a_link_leads_past_the_map(visits: Visits) -> None:
    """It is what the keyboard reaches first in the frame; nobody else sees it; what follows the map comes next."""
    screen = visits.open("/?lang=zh")
    screen.wait_for_map()
    link = screen.map.get_by_role("link", name="跳过地图")
    expect(link).to_have_css("clip-path", "inset(50%)")
    screen.map.locator("#map_div").focus()
    screen.page.keyboard.press("Shift+Tab")
    expect(link).to_be_focused()
    expect(link).to_have_css("clip-path", "none")
    screen.page.keyboard.press("Enter")
    for _ in range(6):
        screen.page.keyboard.press("Tab")
        inside = screen.page.evaluate("() => document.activeElement.tagName")
        assert inside != "IFRAME", "the keyboard is back in the map"
    expect(
        screen.page.locator(".st-key-ranking, .st-key-table_box, .st-key-legend").locator(":focus").first
    ).to_be_attached()
    screen.page.keyboard.press("Shift+Tab")
    assert "#" not in screen.page.url


@pytest.mark.parametrize("way", ["light", "phone"])
def test_a_question_mark_can_be_hit(visits: Visits, way: str) -> None:
    screen = visits.open("/?lang=en", **WAYS[way])
    screen.wait_for_map()
    signs = screen.page.locator("[data-testid=stTooltipIcon] button").filter(visible=True)
    boxes = signs.evaluate_all(
        "all => all.map(one => one.getBoundingClientRect()).map(box => Math.min(box.width, box.height))"
    )
    assert len(boxes) > 3
    assert min(boxes) >= LEAST


def test_the_phones_menu_closes_after_a_choice(visits: Visits) -> None:
    """The page chosen is seen, not the menu; it opens again."""
    screen = visits.open("/?lang=en", viewport=PHONE)
    screen.wait_for_map()
    menu = screen.page.locator("[data-testid=stSidebarNav]")
    for entry, path in (("Pazhou", "/pazhou"), ("Sources", "/sources")):
        screen.page.locator("[data-testid=stExpandSidebarButton]").click()
        expect(menu).to_be_in_viewport()
        screen.open_menu_entry(entry)
        expect(menu).not_to_be_in_viewport()
        expect(screen.page.get_by_role("heading", name=entry).first).to_be_in_viewport()
        assert path in screen.page.url
