"""The show on a wall and the presenter's window, in the words of a presenter."""

import re

from playwright.sync_api import Page, expect


class Wall:
    """One window with the show."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.root = page.locator(".show")

    # ---- doing ----

    def press(self, *keys: str) -> None:
        """Press keys one after another."""
        for key in keys:
            self.page.keyboard.press(key)

    def ask(self, question: str) -> None:
        """Ask a question and choose its first answer."""
        self.page.keyboard.press("/")
        self.page.keyboard.type(question)
        expect(self.root.locator(".found button")).not_to_have_count(0)
        self.page.keyboard.press("Enter")

    def mark_map(self) -> None:
        """Leave a mark on the map, which a rebuilt one would not have."""
        self.root.locator(".leaflet-container").evaluate("map => { map.dataset.marked = 'yes' }")

    # ---- seeing ----

    def title(self) -> str:
        """Return the slide's title."""
        return self.root.locator("h1").inner_text()

    def fills(self) -> dict[str, str]:
        """Return the colour of every district."""
        script = "paths => paths.map(p => [p.getAttribute('class').match(/district-(\\d+)/)[1], p.style.fill])"
        return dict(self.root.locator("path.district").evaluate_all(script))

    def places(self) -> list[str]:
        """Return the outline of every district as it is drawn: where the camera is."""
        return list(self.root.locator("path.district").evaluate_all("paths => paths.map(p => p.getAttribute('d'))"))

    # ---- expecting ----

    def expect_slide(self, id_: str) -> None:
        """Expect a slide, its camera at rest."""
        expect(self.root).to_have_attribute("data-slide", id_)
        expect(self.root).to_have_attribute("data-camera", "still")

    def expect_map_not_rebuilt(self) -> None:
        """Expect the mark left by :meth:`mark_map`, and all districts."""
        expect(self.root.locator(".leaflet-container[data-marked=yes]")).to_have_count(1)
        expect(self.root.locator("path.district")).to_have_count(11)

    def expect_on_top(self) -> None:
        """Expect the show to be what is seen at every corner and in the middle, and nothing to scroll."""
        covered = self.page.evaluate(
            "() => [[2, 2], [innerWidth - 3, 2], [2, innerHeight - 3], [innerWidth - 3, innerHeight - 3], [innerWidth / 2, innerHeight / 2]]"
            ".every(([x, y]) => document.elementFromPoint(x, y).closest('.show'))"
        )
        assert covered, "something lies above the show"
        scrolls = self.root.evaluate(
            "show => show.scrollWidth > show.clientWidth || show.scrollHeight > show.clientHeight"
        )
        assert not scrolls, "the show scrolls"

    def expect_canvas_inside(self, kind: str) -> None:
        """Expect a kind of canvas, as large as the window lets it be, and no part of it outside."""
        canvas = self.root.locator(".canvas")
        expect(canvas).to_have_class(re.compile(rf"\b{kind}\b"))
        box = canvas.evaluate(
            "c => { const b = c.getBoundingClientRect(); return [b.left, b.top, innerWidth - b.right, innerHeight - b.bottom] }"
        )
        assert min(box) > -1, box
        assert min(box[0], box[1]) < 1, f"the canvas touches no edge: {box}"

    def expect_nothing_cut(self) -> None:
        """Expect every text of the slide to be whole."""
        wide = "e => e.clientWidth && !e.matches('.track') && e.scrollWidth > e.clientWidth + 1"
        high = "e => e.matches('.text, .legend, .chart') && e.scrollHeight > e.clientHeight + 2"
        cut = self.root.locator("h1, .text, .legend, .chart, .bars span, .stamp").evaluate_all(
            f"all => all.filter(e => ({wide})(e) || ({high})(e)).map(e => e.textContent)"
        )
        assert cut == []


class Notes:
    """The presenter's window."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.root = page.locator(".briefing-notes")

    def expect_connected(self) -> None:
        """Expect the window to be in step."""
        expect(self.root).to_have_attribute("data-status", "connected")

    def expect_slide(self, id_: str) -> None:
        """Expect a slide's notes."""
        expect(self.root).to_have_attribute("data-slide", id_)
