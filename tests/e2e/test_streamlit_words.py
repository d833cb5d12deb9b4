"""What Streamlit says itself is said in the visitor's language; each page says which language and which page it is."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from streamlit.elements import exception

from tests.e2e.conftest import Visits, serving

TITLES = {
    "/": ("总览", "Overview"),
    "/pazhou": ("琶洲", "Pazhou"),
    "/districts": ("九区", "Nine districts"),
    "/data-desk": ("数据维护", "Data desk"),
    "/sources": ("来源", "Sources"),
}
# Words in Latin letters that somebody can see or hear: text, and what is read out; icons are ligatures of a font.
ENGLISH = r"""() => {
    const found = new Set();
    const take = (element, text) => {
        const beside = "script, style, noscript, #entrance, [data-testid=stIconMaterial], [data-testid=stExpanderIcon], canvas, .st-key-upload section";
        const isEnglish = /[A-Za-z]{3,}/.test(text) && (!/[\u4e00-\u9fff]/.test(text) || /^[A-Za-z/ ]{3,}: /.test(text));
        if (isEnglish && !element.closest(beside) && text.trim() !== "English") found.add(text.trim());
    };
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) take(texts.currentNode.parentElement, texts.currentNode.data);
    for (const name of ["aria-label", "title", "placeholder", "alt"])
        document.querySelectorAll(`[${name}]`).forEach((element) => take(element, element.getAttribute(name)));
    return [...found];
}"""


def expect_no_english(page: Page) -> None:
    """Expect no word that is not Chinese, but for those of data."""
    page.wait_for_function(f"() => ({ENGLISH})().length === 0", timeout=5_000)


@pytest.mark.parametrize("path", TITLES)
def test_each_page_has_a_title_and_a_language(visits: Visits, path: str) -> None:
    chinese, english = TITLES[path]
    screen = visits.open(f"{path}?lang=zh")
    expect(screen.page).to_have_title(f"{chinese} · 广州电子商务“1+1+9”集聚区")
    expect(screen.page.locator("html")).to_have_attribute("lang", "zh-CN")
    expect(screen.page.get_by_text("各项数据出处")).to_be_visible()
    screen.press("language", "English")
    expect(screen.page).to_have_title(f"{english} · Guangzhou 1+1+9 e-commerce clusters")
    expect(screen.page.locator("html")).to_have_attribute("lang", "en")


def test_the_maps_frame_follows_the_language(visits: Visits) -> None:
    screen = visits.open("/?lang=zh")
    screen.wait_for_map()
    frame = screen.page.locator(".st-key-map iframe")
    expect(frame).to_have_attribute("title", "广州市各区地图")
    expect(screen.map.locator("html")).to_have_attribute("lang", "zh-CN")
    screen.press("language", "English")
    expect(frame).to_have_attribute("title", "Map of Guangzhou's districts")
    expect(screen.map.locator("html")).to_have_attribute("lang", "en")


def test_the_show_changes_the_documents_language(visits: Visits) -> None:
    page = visits.open("/briefing?lang=zh").page
    expect(page.locator(".show")).to_be_visible()
    expect(page.locator("html")).to_have_attribute("lang", "zh-CN")
    page.keyboard.press("l")
    expect(page.locator("html")).to_have_attribute("lang", "en")


def test_lists_dialogs_and_tables_speak_chinese_and_english_again(visits: Visits) -> None:
    """What is written in Chinese over Streamlit's English is English again in the other language."""
    screen = visits.open("/?lang=zh")
    screen.wait_for_map()
    expect_no_english(screen.page)
    field = screen.page.locator(".st-key-metric input")
    field.click()
    expect_no_english(screen.page)
    field.fill("???")
    options = screen.page.get_by_role("listbox")
    expect(options).to_have_text("没有匹配的选项")
    field.press("Escape")
    screen.page.locator(".st-key-table_box summary").click()
    expect(screen.page.locator(".st-key-table [data-testid=stDataFrame]")).to_be_visible()
    screen.page.locator(".st-key-table [data-testid=stDataFrame]").hover()
    expect(screen.page.get_by_role("button", name="搜索")).to_be_visible()
    expect_no_english(screen.page)
    screen.press("language", "English")
    expect(screen.page.get_by_role("heading", name="Overview")).to_be_visible()
    field.click()
    field.fill("???")
    expect(options).to_have_text("No results")


def test_an_address_that_is_none_is_said_in_chinese(visits: Visits) -> None:
    screen = visits.open("/no-such-page?lang=zh")
    expect(screen.page.get_by_role("dialog")).to_contain_text("页面不存在")
    expect(screen.page.get_by_role("dialog")).to_contain_text("已转到总览页")
    expect(screen.page.get_by_role("dialog")).not_to_contain_text(re.compile("[A-Za-z]{3,}"))
    screen.page.keyboard.press("Escape")
    screen.wait_for_map()


@pytest.mark.parametrize("path", ["/pazhou", "/districts", "/prepare", "/data-desk"])
def test_no_page_has_an_english_word_in_chinese(visits: Visits, path: str) -> None:
    screen = visits.open(f"{path}?lang=zh")
    expect(screen.page.get_by_text("各项数据出处")).to_be_visible()
    expect_no_english(screen.page)


def test_words_of_data_stay_as_they_are(visits: Visits) -> None:
    """A text of the page that happens to be a word of Streamlit's is not touched."""
    screen = visits.open("/?lang=zh")
    screen.wait_for_map()
    page = screen.page
    page.locator(".st-key-kpi [data-testid=stMarkdownContainer] p").first.evaluate(
        "one => { one.textContent = 'Search' }"
    )
    page.locator(".st-key-legend .stHtml").first.evaluate("one => { one.title = 'x'; one.append('Close') }")
    page.locator(".st-key-kpi [data-testid=stMarkdownContainer] p").last.evaluate(
        "(one, text) => { one.textContent = text }", exception._GENERIC_UNCAUGHT_EXCEPTION_TEXT
    )
    expect(page.locator(".st-key-kpi")).to_contain_text("详情已记入服务器日志")  # a sentence is nobody else's
    page.locator(".st-key-header").evaluate("one => { one.append('Close') }")
    expect(page.locator(".st-key-header")).to_contain_text("关闭")
    expect(page.locator(".st-key-legend")).to_contain_text("Close")
    expect(page.locator(".st-key-kpi [data-testid=stMarkdownContainer] p").first).to_have_text("Search")


def test_words_in_cells_of_a_table_stay_as_they_are(visits: Visits) -> None:
    """What is read out of a table is data: text and labels of cells and headings; its buttons are Streamlit's."""
    screen = visits.open("/pazhou?lang=zh")
    table = screen.page.locator(".st-key-tenants [data-testid=stDataFrame]")
    table.hover()
    texts = {"cell": table.locator("[role=gridcell]").nth(1), "heading": table.locator("[role=columnheader]").nth(1)}
    for one in texts.values():
        one.evaluate("one => { one.textContent = 'Search'; one.setAttribute('aria-label', 'Fullscreen: Close') }")
    table.evaluate(
        "one => { const button = document.createElement('button'); button.textContent = 'Close'; one.append(button) }"
    )
    expect(table.locator("button").last).to_have_text("关闭")  # later than the cells, which have been looked at
    for one in texts.values():
        expect(one).to_have_text("Search")
        expect(one).to_have_attribute("aria-label", "Fullscreen: Close")
    expect(table.get_by_role("button", name="搜索")).to_be_visible()


def test_a_lost_server_is_said_in_chinese(visits: Visits, tmp_path: Path) -> None:
    """The dialog over the page, its sentence included; a sentence of Streamlit's is looked for in any text."""
    with serving(tmp_path / "log.txt") as url:
        screen = visits.open("/?lang=zh", url=url)
        screen.wait_for_map()
    dialog = screen.page.get_by_role("dialog")
    expect(dialog).to_contain_text("连接中断", timeout=40_000)
    expect(dialog).to_contain_text(re.compile("服务器(没有响应|似乎已停止)"))
    expect(dialog).not_to_contain_text("Streamlit")
    expect(screen.page.locator("#entrance")).to_be_hidden()  # that there was a connection is known
