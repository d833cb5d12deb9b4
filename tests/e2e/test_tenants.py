"""Tenants on the map of Pazhou and in the list below it."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import Visits
from tests.e2e.screen import Screen


def chosen_on_the_map(screen: Screen, name: str) -> None:
    """Expect one company to be chosen on the map, and no other."""
    expect(screen.map.locator(".tenant.chosen")).to_have_count(1)
    expect(screen.map.locator(".tenant.chosen .company")).to_have_text(name)
    expect(screen.map.locator(".mark-dot.chosen")).to_have_count(1)


def test_a_company_is_chosen_on_the_map_and_in_the_list_alike(visits: Visits) -> None:
    """A click on the map selects the row, a click on a row marks the site; no district is selected, the map stays as it is."""
    screen = visits.open("/pazhou?lang=en", viewport={"width": 1366, "height": 1500})
    screen.mark_map()
    expect(screen.map.locator(".tenant")).to_have_count(7)
    expect(screen.map.locator(".credit")).to_have_text("© OpenStreetMap contributors")
    screen.map.get_by_role("button", name="Xiaomi").click()
    chosen_on_the_map(screen, "Xiaomi")
    rows = screen.page.locator(".st-key-tenants [role=grid] [role=row]")
    expect(rows.filter(has_text="Xiaomi")).to_have_attribute("aria-selected", "true")
    expect(rows.filter(has_text="Tencent")).not_to_have_attribute("aria-selected", "true")
    frame = screen.page.locator(".st-key-tenants [data-testid=stDataFrame]")
    frame.click(position={"x": 15, "y": 50})  # the box before the first row, on the canvas
    chosen_on_the_map(screen, "Tencent (WeChat)")
    screen.expect_map_not_reloaded()
    expect(screen.page).not_to_have_url(re.compile(r"[?&]sel="))
    screen.expect_no_trouble()


def test_the_names_of_companies_lie_over_no_name_of_a_district(visits: Visits) -> None:
    """In both languages, on a screen and on phones; nor do the lines to their lists."""
    for language in ("en", "zh"):
        for width, height in ((1366, 900), (390, 900), (375, 667)):
            screen = visits.open(f"/pazhou?lang={language}", viewport={"width": width, "height": height})
            screen.wait_for_map()
            overlaps = """() => {
                const box = (e) => e.getBoundingClientRect(), seen = (e) => getComputedStyle(e).visibility === "visible";
                const cut = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
                const names = [...document.querySelectorAll(".name")].filter(seen), lists = [...document.querySelectorAll(".tenants")];
                const points = [...document.querySelectorAll(".leader")].flatMap((line) => Array.from({ length: 101 }, (_, i) => (
                    line.getPointAtLength(line.getTotalLength() * i / 100).matrixTransform(line.getScreenCTM()))));
                const spots = [...lists.map(box), ...points.map(({ x, y }) => ({ left: x, right: x, top: y, bottom: y }))];
                return names.filter((name) => spots.some((spot) => cut(box(name), spot))).map((name) => name.textContent);
            }"""
            assert screen.map.locator("body").evaluate(overlaps) == [], (language, width)
            expect(screen.map.locator(".tenants")).not_to_have_count(0)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_at_the_nearest_zoom_a_tenants_name_is_read_as_its_own_dots(visits: Visits, language: str) -> None:
    """A list of one without a line is nearer to its dot than to any other, and no other list is nearer to that dot."""
    screen = visits.open(f"/pazhou?lang={language}", viewport={"width": 1366, "height": 900})
    screen.wait_for_map()
    screen.map.locator("body").evaluate("() => window.map.setView([23.1065, 113.341], 16, { animate: false })")
    expect(screen.map.locator(".tenants")).to_have_count(7)
    expect(screen.map.locator(".leader")).to_have_count(0)
    far = """() => {
        const middle = (dot) => { const box = dot.getBoundingClientRect(); return [box.x + box.width / 2, box.y + box.height / 2] };
        const dots = [...document.querySelectorAll(".mark-dot")].map(middle), lists = [...document.querySelectorAll(".tenants")];
        const apart = ({ left, top, right, bottom }) => ([x, y]) => Math.hypot(Math.max(left - x, 0, x - right), Math.max(top - y, 0, y - bottom));
        return lists.map((list) => dots.map(apart(list.getBoundingClientRect())));
    }"""
    rows = screen.map.locator("body").evaluate(far)
    for lines in (rows, list(zip(*rows, strict=True))):
        for own, line in enumerate(lines):
            assert min(line) == line[own], (own, line)
