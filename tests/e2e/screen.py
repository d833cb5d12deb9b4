"""What a visitor sees and does, in the words of a visitor."""

import re
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Locator, Page, expect

expect.set_options(timeout=15_000)


class Screen:
    """One window of the dashboard."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.map = page.frame_locator(".st-key-map iframe")

    # ---- doing ----

    def wait_for_map(self) -> None:
        """Wait until the map has been painted and its names have been placed."""
        expect(self.map.locator("body[data-painted][data-named]")).to_be_visible()

    def wait_for_styles(self) -> None:
        """Wait until our style sheets have come, which the page takes in by their addresses."""
        self.page.wait_for_function(
            """() => [...document.styleSheets].flatMap((sheet) => [...sheet.cssRules])
                .filter((rule) => rule instanceof CSSImportRule && rule.styleSheet && rule.styleSheet.cssRules.length).length >= 2"""
        )

    def choose(self, key: str, option: str) -> None:
        """Choose an option of a list."""
        self.page.locator(f".st-key-{key} input").click()
        self.page.get_by_role("option", name=option, exact=True).click()

    def choose_like(self, key: str, part: str) -> None:
        """Choose the first option of a list that holds a text."""
        field = self.page.locator(f".st-key-{key} input")
        field.click()
        field.fill(part)
        self.page.get_by_role("option").filter(has_text=part).first.click()

    def press(self, key: str, label: str) -> None:
        """Press one of a row of choices."""
        self.page.locator(f".st-key-{key}").get_by_text(label, exact=True).click()

    def click_district(self, adcode: str) -> None:
        """Click a district on the map."""
        self.map.locator(f".district-{adcode}").click()

    def click_bar(self, adcode: str) -> None:
        """Click a bar of the ranking."""
        self.bar(adcode).click()

    def open_menu_entry(self, name: str) -> None:
        """Follow an entry of the menu."""
        self.page.get_by_role("link", name=name, exact=True).click()

    def mark_map(self) -> None:
        """Leave a mark in the map's window, which a reload would wipe out."""
        self.wait_for_map()
        self.map.locator("body").evaluate("body => { body.dataset.marked = 'yes' }")

    def upload(self, name: str, content: bytes) -> None:
        """Put a file on the data desk."""
        file = {"name": name, "mimeType": "text/csv", "buffer": content}
        self.page.locator(".st-key-upload input[type=file]").set_input_files(file)

    def fill(self, key: str, text: str) -> None:
        """Type into a text field and leave it."""
        field = self.page.locator(f".st-key-{key} input")
        field.fill(text)
        field.press("Tab")

    def click(self, key: str) -> None:
        """Press a button."""
        self.page.locator(f".st-key-{key} button").click()

    # ---- seeing ----

    def bar(self, adcode: str) -> Locator:
        """Return a bar of the ranking."""
        return self.page.locator(f".st-key-ranking button[data-adcode='{adcode}']")

    def colour(self, adcode: str) -> str:
        """Return a district's colour on the map."""
        return str(self.map.locator(f".district-{adcode}").evaluate("path => path.style.fill"))

    def camera(self) -> list[float]:
        """Return where the map looks: latitude, longitude, zoom."""
        script = "() => { const c = window.map.getCenter(); return [c.lat, c.lng, window.map.getZoom()] }"
        return list(self.map.locator("body").evaluate(script))

    def zoom_in(self) -> None:
        """Press the map's plus, and wait until it has come nearer."""
        body = self.map.locator("body")
        body.evaluate("body => { window.map.once('zoomend', () => { body.dataset.nearer = 'yes' }) }")
        self.map.locator(".leaflet-control-zoom-in").click()
        expect(self.map.locator("body[data-nearer]")).to_have_count(1)

    def query(self) -> dict[str, str]:
        """Return the parameters in the address."""
        return {name: values[0] for name, values in parse_qs(urlsplit(self.page.url).query).items()}

    # ---- expecting ----

    def expect_kpi(self, text: str) -> None:
        """Expect a text among the figures."""
        expect(self.page.locator(".st-key-kpi")).to_contain_text(text)

    def expect_cards_whole(self) -> None:
        """Expect nothing that a card says to be cut off."""
        words = self.page.locator(".st-key-kpi [data-testid=stMetric] *")
        text = "!one.querySelector('button') && one.textContent.trim() && one.clientWidth"
        wider = f"all => all.filter(one => {text} && one.scrollWidth > one.clientWidth + 1).map(one => one.textContent)"
        expect(self.page.locator(".st-key-kpi [data-testid=stMetric]")).to_have_count(4)
        assert words.evaluate_all(wider) == []

    def expect_chosen(self, key: str, option: str) -> None:
        """Expect a list to show an option."""
        expect(self.page.locator(f".st-key-{key} input")).to_have_value(option)

    def expect_selected(self, adcode: str, name: str) -> None:
        """Expect a district to be the selection on map, ranking, picker, figures and address, and no other to be."""
        expect(self.map.locator(".district.selected")).to_have_count(1)
        expect(self.map.locator(f".district-{adcode}")).to_have_class(re.compile(r"\bselected\b"))
        expect(self.page.locator(".st-key-ranking button[aria-pressed=true]")).to_have_count(1)
        expect(self.bar(adcode)).to_have_attribute("aria-pressed", "true")
        self.expect_chosen("district", name)
        self.expect_kpi(name)
        self.expect_parameter("sel", adcode)

    def expect_parameter(self, name: str, value: str) -> None:
        """Expect a parameter in the address."""
        expect(self.page).to_have_url(re.compile(rf"[?&]{name}={re.escape(value)}(&|$)"))

    def expect_map_not_reloaded(self) -> None:
        """Expect the mark left by :meth:`mark_map` to be there still."""
        expect(self.map.locator("body")).to_have_attribute("data-marked", "yes")

    def expect_no_trouble(self) -> None:
        """Expect neither an exception nor a notice."""
        expect(self.page.locator("[data-testid=stException]")).to_have_count(0)
        expect(self.page.locator(".st-key-notice")).to_have_count(0)
