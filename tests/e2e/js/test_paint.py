"""What map.js paints: colours, hatching, tooltips as text, the selected outline; and nothing that did not change."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.js.conftest import EAST, WEST, geometry, paint

Draw = Callable[..., Page]
HOSTILE = "<img src=x onerror=\"window.harmed=1\"> & 'q'"
WATCH = """() => {
    window.changed = [];
    new MutationObserver((records) => records.forEach((record) => {
        if (record.type === "childList") changed.push("nodes");
        else if (record.target.getAttribute(record.attributeName) !== record.oldValue)
            changed.push([...record.target.classList].find((name) => /-\\d/.test(name)) + " " + record.attributeName);
    })).observe(document.querySelector(".leaflet-districts-pane"), { subtree: true, childList: true, attributes: true, attributeOldValue: true });
}"""


def fill(page: Page, code: str) -> str:
    """Return the colour that a district is painted in, as the browser computes it."""
    return str(page.locator(f".district-{code}").evaluate("path => getComputedStyle(path).fill"))


def classes(page: Page, code: str) -> set[str]:
    """Return the classes of a district beside its own."""
    return set(str(page.locator(f".district-{code}").get_attribute("class")).split()) & {"muted", "no-data", "selected"}


def changes(page: Page) -> list[str]:
    """Return what changed among the districts since the watch began, each once."""
    return sorted({*page.evaluate("() => new Promise((done) => setTimeout(() => done(window.changed)))")})


def test_a_district_has_its_class_colour_and_one_without_a_figure_is_hatched(drawn: Draw) -> None:
    page = drawn(shapes={WEST: {"fill": "#0b3a70"}, EAST: {}})
    assert (fill(page, WEST), classes(page, WEST)) == ("rgb(11, 58, 112)", set())
    assert (fill(page, EAST), classes(page, EAST)) == ('url("#hatch")', {"no-data"})
    assert page.locator("pattern#hatch line").count() == 1


def test_a_muted_district_is_grey_whatever_its_colour_and_not_hatched(drawn: Draw) -> None:
    page = drawn(shapes={WEST: {"fill": "#0b3a70", "muted": True}, EAST: {"muted": True}})
    for code in (WEST, EAST):
        assert (fill(page, code), classes(page, code)) == ("rgb(230, 228, 223)", {"muted"})
    paint(page)
    assert classes(page, WEST) == classes(page, EAST) == set()


def test_a_zone_keeps_its_own_look_and_is_never_hatched(drawn: Draw) -> None:
    page = drawn(geometry(zones={"pazhou": (WEST, (200, 400, 240, 440))}))
    zone = page.locator(".zone-pazhou")
    assert zone.evaluate("path => [path.style.fill, getComputedStyle(path).fill]") == ["", "rgb(179, 38, 30)"]
    expect(zone).to_have_attribute("aria-label", "pazhou, pazhou, Schematic")


def test_words_are_text_in_tooltip_and_label_never_html(drawn: Draw) -> None:
    page = drawn(head=HOSTILE, shapes={WEST: {"fill": "#0b3a70", "lines": [HOSTILE, "Rank 1"]}, EAST: {}})
    page.mouse.move(150, 150)
    page.mouse.move(155, 150)
    tip = page.locator(".tip")
    assert tip.locator("div > *").all_text_contents() == [WEST, HOSTILE, HOSTILE, "Rank 1"]
    assert tip.locator("strong").all_text_contents() == [WEST]
    assert tip.locator("img").count() == 0
    assert page.evaluate("() => 'harmed' in window") is False
    assert page.locator(f".district-{WEST}").get_attribute("aria-label") == f"{WEST}, {HOSTILE}, {HOSTILE}, Rank 1"


def test_an_open_tooltip_says_what_was_painted_last(drawn: Draw) -> None:
    page = drawn()
    page.mouse.move(150, 150)
    page.mouse.move(155, 150)
    assert page.locator(".tip").inner_text().split() == [WEST, "People", "9", "u"]
    paint(page, head="", shapes={WEST: {"fill": "#0b3a70", "lines": ["8 u"]}, EAST: {}})
    assert page.locator(".tip div > *").all_text_contents() == [WEST, "8 u"]  # no empty line for the empty head
    assert page.locator(".tip").count() == 1


def test_the_selected_district_alone_has_an_outline_along_its_border(drawn: Draw) -> None:
    page = drawn(selected=WEST)
    outline, west, east = page.locator(".outline"), page.locator(f".district-{WEST}"), page.locator(f".district-{EAST}")
    assert outline.get_attribute("d") == west.get_attribute("d")
    assert (classes(page, WEST), classes(page, EAST)) == ({"selected"}, set())
    assert (west.get_attribute("aria-pressed"), east.get_attribute("aria-pressed")) == ("true", "false")
    paint(page, selected=EAST)
    assert outline.count() == 1
    assert outline.get_attribute("d") == east.get_attribute("d")
    paint(page, selected="440999")  # a district that this map does not have
    assert outline.count() == 0
    assert page.locator(".selected").count() == 0


def test_a_repaint_changes_the_district_that_changed_and_nothing_else(drawn: Draw) -> None:
    page = drawn()
    page.evaluate(WATCH)
    paint(page)
    assert changes(page) == []
    paint(page, shapes={WEST: {"fill": "#0b3a70", "lines": ["9 u"]}, EAST: {"fill": "#7eb2dc", "lines": ["2 u"]}})
    assert changes(page) == [f"district-{EAST} aria-label", f"district-{EAST} style"]


def test_another_style_rebuilds_nothing(drawn: Draw) -> None:
    page = drawn()
    page.evaluate(WATCH)
    paint(page, language="zh", dark=True, selected=WEST, shapes={WEST: {}, EAST: {"muted": True}})
    assert "nodes" not in changes(page)
    assert page.locator("path.district").count() == 2


def test_a_dark_style_has_the_dark_ground_until_a_light_one(drawn: Draw) -> None:
    page = drawn(dark=True)
    ground = "map => getComputedStyle(map).backgroundColor"
    assert page.locator("#map_div").evaluate(ground) == "rgb(22, 34, 46)"
    paint(page, dark=False)
    assert page.locator("#map_div").evaluate(ground) == "rgb(213, 230, 241)"


@pytest.mark.parametrize("way", ["click", "Enter", " "])
def test_a_district_is_selected_at_once_and_reported_once(drawn: Draw, way: str) -> None:
    page = drawn()
    west = page.locator(f".district-{WEST}")
    for expected in ([WEST], [WEST, ""]):  # the second time it is let go again
        page.mouse.click(150, 150) if way == "click" else west.press(way)
        assert page.evaluate("() => window.reported") == expected
        assert page.locator(".outline").count() == (1 if expected[-1] else 0)


def test_a_zone_selects_its_district(drawn: Draw) -> None:
    page = drawn(geometry(zones={"pazhou": (EAST, (200, 400, 240, 440))}))
    page.mouse.click(220, 420)  # drawn over the other one
    assert page.evaluate("() => window.reported") == [EAST]


def test_in_the_show_nothing_is_selected_by_hand(drawn: Draw) -> None:
    page = drawn(led=True)
    page.mouse.click(150, 150)
    assert page.evaluate("() => window.reported") == []
    assert page.locator(".outline, [tabindex][role=button].district").count() == 0
