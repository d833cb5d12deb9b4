"""Text of data, files and people is shown as it is, in every kind of element, in a real browser; no other host is asked for anything."""

import time
import tomllib
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.conftest import ROOT, Visits, serving

GROUPS: dict[str, list[str]] = tomllib.loads((ROOT / "tests" / "hostile_texts.toml").read_text(encoding="utf-8"))
# What a text could become. A colour is drawn by two elements of the app, a link by others; the anchor of a heading is Streamlit's own.
MORE_THAN_TEXT = """a:not([aria-label='Link to heading']), img, svg image, code, em, del, sup, sub, video, iframe, .katex, li li, hr,
  span[role=img], [class*=stMarkdownColored], streamlit-help-icon"""
DRAWN = 60_000  # milliseconds for a thousand elements, on a machine that has other work to do
OWN = {"gray": "SPAN", "link_button": "A", "link": "A", "code": "CODE"}  # tags that an element has by itself, once
READ = """(more) => [...document.querySelectorAll("[class*='st-key-']")].flatMap((box) => {
  const key = [...box.classList].find((name) => /^st-key-[a-z_]+-[0-9]+$/.test(name));
  if (!key) return [];
  const texts = [...box.querySelectorAll("[data-testid=stMarkdownContainer], [data-testid=stCaptionContainer]")].map((one) => one.innerText);
  const chosen = box.querySelector("input[role=combobox]")?.value;
  const tags = [...box.querySelectorAll(more)].map((one) => one.tagName);
  return [[key.slice(7), chosen || (texts.length ? texts.join(" ") : box.innerText), tags]];
})"""


@pytest.fixture(scope="module")
def texts_app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server that shows the texts."""
    with serving(tmp_path_factory.mktemp("texts") / "log.txt", "tests/e2e/apps/texts.py") as url:
        yield url


@pytest.fixture
def page(browser: Browser, texts_app: str) -> Iterator[Page]:
    """A window; afterwards no other host may have been asked, and nothing may have run."""
    visitor = Visits(browser, texts_app)
    yield visitor.open("/_stcore/health").page
    for page in visitor.pages:
        page.context.close()
    assert (visitor.foreign, visitor.errors) == ([], [])


def bare(text: str) -> str:
    """Return a text as a browser shows it: runs of white space as one blank."""
    return " ".join(text.split())


def wrong(page: Page, group: str) -> list[tuple[str, str, str, list[str]]]:
    """Return every element that does not show its text and nothing but it, with what it should show and what it shows."""
    found = page.evaluate(READ, MORE_THAN_TEXT)
    problems = []
    for key, shown, tags in found:
        name, _, number = key.rpartition("-")
        text = GROUPS[group][int(number)]
        if name == "select":  # the field of a form, which holds no line breaks
            text = text.translate(dict.fromkeys(map(ord, "\r\n")))
        if bare(shown) != bare(text) or tags != ([OWN[name]] if name in OWN else []):
            problems.append((key, text, shown, tags))
    return problems if found else [("page", "", "nothing drawn", [])]


def joined(page: Page, place: str) -> str:
    """Return all the text in a place."""
    return bare(page.locator(place).inner_text())


@pytest.mark.parametrize("group", GROUPS)
def test_a_text_is_shown_as_it_is_and_as_nothing_else(page: Page, texts_app: str, group: str) -> None:
    page.goto(f"{texts_app}/?group={group}")
    expect(page.locator(".st-key-all_drawn")).to_have_text("all drawn", timeout=DRAWN)
    all_texts_alone(page, group, "[data-testid=stToast]")
    grid = page.locator(".st-key-grid table[role=grid]")
    expect(grid.locator("td")).to_have_count(len(GROUPS[group]), timeout=DRAWN)
    assert list(map(bare, grid.locator("td").all_text_contents())) == list(map(bare, GROUPS[group]))
    assert bare(grid.locator("th").all_text_contents()[0]) == bare(GROUPS[group][0])
    expect(page.get_by_role("button", name="Download as CSV")).to_have_count(0)  # it would not guard against formulas
    eventually_right(page, group)
    # Last: what is still drawn would move it from under the pointer.
    page.locator(".st-key-help [data-testid=stTooltipIcon]").hover()
    all_texts_alone(page, group, "[data-testid=stTooltipContent]")


def all_texts_alone(page: Page, group: str, place: str) -> None:
    """Wait until a place shows every text of a group, and see that it shows nothing else."""
    expect(page.locator(f"{place} p")).to_have_count(len(GROUPS[group]), timeout=DRAWN)
    assert bare(" ".join(GROUPS[group])) in joined(page, place)
    expect(page.locator(place).locator(MORE_THAN_TEXT)).to_have_count(0)


def eventually_right(page: Page, group: str) -> None:
    """Fail with what is wrong once Streamlit has drawn all its elements, each of which may load its script first."""
    deadline = time.monotonic() + DRAWN / 1000
    while (problems := wrong(page, group)) and time.monotonic() < deadline:
        page.wait_for_function("() => new Promise(requestAnimationFrame)")
    assert problems == []
