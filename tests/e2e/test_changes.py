"""A change between two years that one chooses, in a real browser."""

import re

from playwright.sync_api import expect

from tests.e2e.conftest import Visits

HAIZHU, PANYU, TIANHE, BAIYUN = "440105", "440113", "440106", "440111"


def test_a_change_is_chosen_sent_as_a_link_and_lasts_through_another_metric(visits: Visits) -> None:
    """From and to are chosen; the map hatches who has no figure in both, the ranking leaves them out; the address holds it all."""
    screen = visits.open("/?metric=gdp&period=2023&lang=en")
    screen.mark_map()
    screen.choose("since", "2020 (6 of 11)")
    screen.expect_parameter("since", "2020")
    screen.expect_kpi("+21.3%")
    expect(screen.map.locator(f".district-{BAIYUN}")).to_have_class(re.compile(r"\bno-data\b"))
    expect(screen.map.locator(f".district-{HAIZHU}")).not_to_have_class(re.compile(r"\bno-data\b"))
    expect(screen.map.locator(f".district-{BAIYUN}")).to_have_attribute("aria-label", re.compile("no data for 2020"))
    expect(screen.page.locator(".st-key-not_compared")).to_contain_text("Baiyun")
    expect(screen.page.locator(".st-key-not_compared")).not_to_contain_text("Haizhu")
    bars = screen.page.locator(".st-key-ranking button[data-adcode]")
    assert [bars.nth(number).get_attribute("data-adcode") for number in range(3)] == [HAIZHU, PANYU, TIANHE]
    expect(screen.bar(HAIZHU)).to_contain_text("+30.3")
    expect(screen.bar(BAIYUN)).to_have_class(re.compile(r"\bnothing\b"))
    screen.expect_map_not_reloaded()
    colour = screen.colour(HAIZHU)

    link = visits.open("/?" + screen.page.url.split("?")[1])
    link.wait_for_map()
    link.expect_chosen("since", "2020 (6 of 11)")
    assert link.colour(HAIZHU) == colour
    link.expect_no_trouble()

    screen.choose("metric", "Residents")
    screen.expect_parameter("since", "2010")
    expect(screen.page.locator(".st-key-periods_not_had")).to_contain_text("Residents has no figures for 2023")
    screen.choose("metric", "GDP")
    screen.expect_parameter("period", "2023")
    screen.expect_parameter("since", "2020")
    expect(screen.page.locator(".st-key-periods_not_had")).to_have_count(0)
    screen.expect_map_not_reloaded()
    screen.expect_kpi("+21.3%")
    screen.expect_no_trouble()
