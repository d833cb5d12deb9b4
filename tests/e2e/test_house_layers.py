"""A server with layers of the office: on the pages that they name and on no other, and nothing is fetched from elsewhere."""

from pathlib import Path

from playwright.sync_api import Browser, expect

from tests.e2e.conftest import Visits, serving
from tests.fixtures import house


def test_layers_are_on_the_pages_that_they_name(browser: Browser, visits: Visits, tmp_path: Path) -> None:
    """Roads and stations on Pazhou with whose they are, none of them on the overview; a click goes through to the district."""
    folder = house.write(tmp_path / "layers")
    with serving(tmp_path / "log.txt", DASHBOARD_LAYERS_DIR=str(folder)) as url:
        screen = visits.open("/pazhou?lang=zh", url=url)
        screen.wait_for_map()
        paths = screen.map.locator(".leaflet-house-pane path")
        expect(paths).to_have_count(3)
        expect(screen.map.locator(".credit")).to_have_text(
            "© OpenStreetMap 贡献者 · Parks Office · 道路局 · Metro Office"
        )
        expect(screen.map.locator("img")).to_have_count(0)
        screen.open_menu_entry("总览")
        screen.expect_kpi("亿元")
        expect(screen.map.locator("body[data-painted][data-named]")).to_be_visible()
        expect(paths).to_have_count(0)
        expect(screen.map.locator(".credit")).to_be_hidden()
        screen.expect_no_trouble()
