"""What keys, clickers and fingers ask a show of twelve slides for, the third one on the wall; and when they ask for nothing."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

WIDTH = 800
SHOW = """() => {
    window.log = [];
    window.timer = null; // the one timer of the keys: its function and time
    window.setTimeout = (call, time) => { timer = { call, time }; return 1; };
    window.clearTimeout = () => { timer = null; };
    const root = document.getElementById("root");
    window.show = {
        root, index: 2, lang: "zh", newer: null, deck: { slides: Array.from({ length: 12 }) }, black: { hidden: true },
        questions: { open: false, isOpen() { return this.open; }, key: (event) => log.push(`question ${event.key}`) },
    };
    const asked = ["go", "setBlack", "togglePanel", "toggleFull", "setLanguage", "toggleTheme", "toggleAuto", "changePace", "ask", "escape"];
    asked.forEach((name) => { show[name] = (...values) => log.push([name, ...values].join(" ")); });
    window.keys = showKeys.attach(show);
    window.addEventListener("keydown", (event) => log.push(`page ${event.key}`)); // the page beneath
}"""  # fmt: skip
ROOT = '<div id="root" tabindex="-1" style="position: fixed; inset: 0"><button id="button">x</button><div class="panel" style="height: 40px"></div></div>'


@pytest.fixture
def show(blank: Callable[..., Page]) -> Page:
    """Return a page whose show writes down what it is asked for."""
    page = blank("show-keys.js", html=ROOT)
    page.evaluate(SHOW)
    page.evaluate("() => document.getElementById('root').focus()")
    return page


def press(page: Page, *keys: str) -> list[str]:
    """Press keys one after another and return what the show was asked for."""
    for key in keys:
        page.keyboard.press(key)
    return list(page.evaluate("() => window.log.splice(0)"))


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        (("ArrowRight", "PageDown", "ArrowDown", " ", "Enter"), ["go 3"] * 5),
        (("ArrowLeft", "PageUp", "ArrowUp", "Backspace"), ["go 1"] * 4),
        (("Home", "End"), ["go 0", "go 11"]),
        (("b", "."), ["setBlack true"] * 2),
        (("n", "h", "?"), ["togglePanel notes", "togglePanel help", "togglePanel help"]),
        (("l", "t", "a"), ["setLanguage en", "toggleTheme", "toggleAuto"]),
        (("+", "-"), ["changePace 1", "changePace -1"]),
        (("/", "Escape", "f"), ["ask", "escape", "toggleFull"]),
    ],
)
def test_each_key_asks_for_one_thing_and_the_page_beneath_hears_none(
    show: Page, keys: tuple[str, ...], expected: list[str]
) -> None:
    assert press(show, *keys) == expected


def test_capital_letters_mean_the_same(show: Page) -> None:
    assert press(show, "Shift+N", "Shift+L") == ["togglePanel notes", "setLanguage en"]


def test_keys_that_mean_nothing_ask_for_nothing(show: Page) -> None:
    assert press(show, "x", "Tab", "F7", "r") == []  # r: nothing newer was published


def test_what_is_pressed_with_control_is_the_browser_s(show: Page) -> None:
    asked = press(show, "Control+b", "Alt+ArrowUp")
    assert [line for line in asked if line in ("page b", "page ArrowUp")] == ["page b", "page ArrowUp"]
    assert all(line.startswith("page ") for line in asked)


@pytest.mark.parametrize(
    ("keys", "waits", "expected"),
    [
        (("5",), False, ["go 4"]),  # there is no slide 50
        (("1", "2"), False, ["go 11"]),
        (("1",), True, ["go 0"]),
        (("0",), False, []),
        (("1", "3"), False, []),  # no slide 13, and not slide 3 either
        (("1", "ArrowRight"), False, ["go 3"]),  # the digit is forgotten
    ],
)
def test_digits_make_the_number_of_a_slide(show: Page, keys: tuple[str, ...], waits: bool, expected: list[str]) -> None:
    asked = press(show, *keys)
    assert show.evaluate("() => timer && timer.time") == (600 if waits else None)
    if waits:
        assert asked == []
        show.evaluate("() => timer.call()")
        asked = press(show)
    assert asked == expected


def test_while_a_question_is_asked_every_key_is_the_question_s(show: Page) -> None:
    show.evaluate("() => { show.questions.open = true }")
    assert press(show, "ArrowRight", "b", "5", "Escape") == [
        f"question {key}" for key in ("ArrowRight", "b", "5", "Escape")
    ]


def test_a_key_held_down_goes_on_through_slides_but_switches_once(show: Page) -> None:
    for key in ("ArrowRight", "b"):
        show.keyboard.down(key)
        show.keyboard.down(key)  # as a keyboard repeats it
        show.keyboard.up(key)
    assert press(show) == ["go 3", "go 3", "setBlack true"]


def test_enter_presses_the_button_it_is_on(show: Page) -> None:
    show.evaluate(
        "() => { const button = document.getElementById('button'); button.onclick = () => log.push('pressed'); button.focus() }"
    )
    assert press(show, "Enter") == ["page Enter", "pressed"]
    assert press(show, "ArrowRight") == ["go 3"]


def test_a_closed_show_hears_nothing(show: Page) -> None:
    show.keyboard.press("1")
    show.evaluate("() => keys.close()")
    assert show.evaluate("() => timer") is None
    assert press(show, "ArrowRight") == ["page ArrowRight"]


def test_what_has_no_key_may_do_what_a_key_does(show: Page) -> None:
    show.evaluate("() => { keys.press('ArrowRight'); keys.press('n') }")
    assert press(show) == ["go 3", "togglePanel notes"]


@pytest.mark.parametrize(("x", "expected"), [(WIDTH - 10, ["go 3"]), (10, ["go 1"]), (WIDTH / 2, [])])
def test_a_tap_on_the_right_or_left_third_leads(show: Page, x: float, expected: list[str]) -> None:
    show.touchscreen.tap(x, 400)
    assert press(show) == expected


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        ((400, 300), (340, 310), ["go 3"]),
        ((400, 300), (460, 310), ["go 1"]),
        ((400, 300), (360, 300), []),  # too short for a swipe, too long for a tap
        ((400, 300), (460, 400), []),  # downwards
        ((790, 300), (730, 300), ["go 3"]),  # one step, not a tap as well
    ],
)
def test_a_swipe_leads(show: Page, start: tuple[int, int], end: tuple[int, int], expected: list[str]) -> None:
    assert swiped(show, "root", start, end) == expected


def test_fingers_on_a_panel_or_a_button_are_its_own(show: Page) -> None:
    assert swiped(show, "button", (790, 10), (790, 10)) == []
    assert swiped(show, "root", (790, 10), (790, 10)) == ["go 3"]


def swiped(page: Page, target: str, start: tuple[int, int], end: tuple[int, int]) -> list[str]:
    """Move one finger over an element and return what the show was asked for."""
    script = """([id, start, end]) => {
        const target = document.getElementById(id);
        const touch = ([clientX, clientY]) => new Touch({ identifier: 1, target, clientX, clientY });
        target.dispatchEvent(new TouchEvent("touchstart", { bubbles: true, touches: [touch(start)], changedTouches: [touch(start)] }));
        target.dispatchEvent(new TouchEvent("touchend", { bubbles: true, touches: [], changedTouches: [touch(end)] }));
    }"""
    page.evaluate(script, [target, start, end])
    return press(page)
