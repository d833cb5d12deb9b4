"""The desk in a real browser: from a dirty export to the map of everybody, and back."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import Visits, serving
from tests.e2e.screen import Screen

NANSHA, HUANGPU = "440115", "440112"
# As a statistics office exports it: GB18030, a title and a unit above, a district that is none any more, a total, a note below.
EXPORT = """\
2024年各区地区生产总值,
单位：万元,
区,2024年
荔湾区,"13,163,600"
越秀区,"35,118,900"
海珠区,"30,083,500"
天河区,"66,146,900"
白云区,"31,563,700"
黄埔区,"43,000,000"
萝岗区,"389,000"
番禺区,"30,705,600"
花都区,"18,600,000"
南沙区,"24,000,000"
从化区,"4,416,600"
增城区,"14,900,000"
合计,"312,087,800"
注：萝岗区已并入黄埔区。,
""".encode("gb18030")


@pytest.fixture
def desk_server(tmp_path: Path) -> Iterator[str]:
    """A server of its own: what is published here is nobody else's business. Named before ``visits``, it outlives the pages."""
    with serving(tmp_path / "log.txt") as url:
        yield url


def check_in(screen: Screen) -> None:
    """Say where the figures come from, and confirm the warnings."""
    screen.choose_like("said_source", "2024")
    expect(screen.page.locator(".st-key-desk_findings")).to_contain_text("萝岗区")
    screen.page.locator("[class*='st-key-acknowledge'] label").click()


def publish(screen: Screen, note: str) -> None:
    """Sign and publish."""
    screen.fill("author", "韩梅梅")
    screen.fill("note", note)
    expect(screen.page.locator(".st-key-publish button")).to_be_enabled()
    screen.click("publish")
    expect(screen.page.locator(".st-key-desk_done")).to_contain_text("第 2 版")


def restore_first(screen: Screen) -> None:
    """Take the first version back, and wait until it is everybody's."""
    screen.press("desk_part", "版本历史")
    screen.choose_like("history_version", "第 1 版")
    screen.fill("restore_note", "口径有误")
    screen.page.get_by_role("button", name="恢复第 1 版").click()
    expect(screen.page.get_by_text(re.compile(r"^最新数据为.*第 3 版"))).to_be_visible()  # the line at the foot


def test_an_export_in_gb18030_reaches_everybodys_map_and_is_taken_back(desk_server: str, visits: Visits) -> None:
    """Old district, 万元 and total row are understood; an open page follows at its next click, not before; restoring brings the old map back."""
    guest = visits.open(f"/?metric=gdp&period=2024&sel={HUANGPU}&lang=zh", url=desk_server)
    guest.mark_map()
    guest.expect_kpi("4,338.9 亿元")
    expect(guest.map.locator(f".district-{NANSHA}")).to_have_class(re.compile(r"\bno-data\b"))

    staff = visits.open("/data-desk?lang=zh", url=desk_server)
    staff.upload("2024年GDP.csv", EXPORT)
    expect(staff.page.locator(".st-key-desk_reading")).to_contain_text("GB18030")
    check_in(staff)
    staff.press("effect_part", "地图")
    staff.wait_for_map()
    expect(staff.map.locator(f".district-{NANSHA}")).not_to_have_class(re.compile(r"\bno-data\b"))
    staff.press("effect_when", "之前")
    expect(staff.map.locator(f".district-{NANSHA}")).to_have_class(re.compile(r"\bno-data\b"))
    publish(staff, "2024 年快报")

    # nothing moves by itself
    expect(guest.map.locator(f".district-{NANSHA}")).to_have_class(re.compile(r"\bno-data\b"))
    guest.choose("district", "南沙")
    guest.expect_kpi("2,400.0 亿元")
    expect(guest.map.locator(f".district-{NANSHA}")).not_to_have_class(re.compile(r"\bno-data\b"))
    expect(guest.page.get_by_text("数据已更新")).to_be_visible()
    guest.choose("district", "黄埔")
    guest.expect_kpi("4,338.9 亿元")  # 4,300.0 and the former Luogang's 38.9
    guest.expect_map_not_reloaded()

    restore_first(staff)
    guest.choose("district", "南沙")
    guest.expect_kpi("无数据")
    expect(guest.map.locator(f".district-{NANSHA}")).to_have_class(re.compile(r"\bno-data\b"))
    staff.expect_no_trouble()
    guest.expect_no_trouble()

    locked = visits.open(f"/?metric=gdp&period=2024&sel={NANSHA}&lang=zh&v=2", url=desk_server)
    locked.expect_kpi("2,400.0 亿元")


def test_a_double_click_on_undo_undoes_once(desk_server: str, visits: Visits) -> None:
    """The second press is neither called a failure nor brings back what was just withdrawn."""
    staff = visits.open("/data-desk?lang=zh", url=desk_server)
    staff.upload("2024年GDP.csv", EXPORT)
    check_in(staff)
    publish(staff, "2024 年快报")
    staff.page.locator(".st-key-undo button").dblclick(delay=60)
    done = staff.page.locator(".st-key-desk_done")
    expect(done).to_contain_text("已恢复第 1 版")
    expect(done).to_contain_text("第 3 版")
    expect(staff.page.locator(".st-key-undo")).to_have_count(0)
    expect(staff.page.get_by_text("未保存")).to_have_count(0)
    staff.press("desk_part", "版本历史")
    expect(staff.page.get_by_text(re.compile(r"^最新数据为.*第 3 版"))).to_be_visible()
    staff.expect_no_trouble()


def test_a_button_that_cannot_be_pressed_yet_is_read_in_the_dark(desk_server: str, visits: Visits) -> None:
    """White is not read on the lighter blue of the dark, nor is the ground's colour where a button has none."""
    staff = visits.open("/data-desk?lang=en", url=desk_server, color_scheme="dark")
    staff.upload("2024年GDP.csv", EXPORT)
    staff.choose_like("said_source", "2024")
    button = staff.page.locator(".st-key-publish button")
    expect(button).to_be_disabled()
    ground = staff.page.locator(".stApp").evaluate("app => getComputedStyle(app).backgroundColor")
    expect(button).not_to_have_css("color", ground)
    staff.page.locator("[class*='st-key-acknowledge'] label").click()
    staff.fill("author", "Han")
    staff.fill("note", "2024")
    expect(button).to_be_enabled()
    expect(button).to_have_css("color", ground)
    staff.expect_no_trouble()


def test_a_file_with_an_error_changes_nothing(desk_server: str, visits: Visits) -> None:
    """The error names row, value and remedy, and there is nothing to publish with."""
    staff = visits.open("/data-desk?lang=zh", url=desk_server)
    staff.upload("2024年GDP.csv", EXPORT.replace("南沙区".encode("gb18030"), "南纱区".encode("gb18030")))
    findings = staff.page.locator(".st-key-desk_findings")
    expect(findings).to_contain_text("错误")
    expect(staff.page.locator(".st-key-publish button")).to_have_count(0)
    staff.expect_no_trouble()


def test_the_desk_is_closed_to_a_forwarded_visitor(desk_server: str, visits: Visits) -> None:
    """Whoever comes through a proxy is not at this machine: no uploader, and a word on how to configure sign-in."""
    screen = visits.open("/data-desk?lang=zh", url=desk_server, extra_http_headers={"X-Forwarded-For": "203.0.113.9"})
    expect(screen.page.locator(".st-key-closed")).to_be_visible()
    expect(screen.page.get_by_text("secrets.toml").first).to_be_visible()
    expect(screen.page.locator(".st-key-upload")).to_have_count(0)
