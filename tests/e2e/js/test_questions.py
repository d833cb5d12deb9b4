"""The question mode: what show-questions.js understands, in which order it answers, and what its keys do, on a deck of twenty figures."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

LIWAN, YUEXIU, TIANHE, CITY = "440103", "440104", "440106", "440100"
PLACES = {CITY: ("Guangzhou", "广州"), LIWAN: ("Liwan", "荔湾"), YUEXIU: ("Yuexiu", "越秀"), TIANHE: ("Tianhe", "天河")}
METRICS = {
    "gdp": ("GDP", "地区生产总值"),
    "gdp_per_head": ("GDP per head", "人均GDP"),
    "residents": ("population", "人口"),
    "known_tenants": ("known tenants", "已知企业"),
}
VALUES: dict[str, dict[str, float | None]] = {  # newest first, as a deck lists them
    "gdp 2023": {CITY: 100, LIWAN: 10, YUEXIU: 30, TIANHE: None},
    "gdp 2022": {CITY: 98, LIWAN: 9, YUEXIU: 29, TIANHE: 60},
    "gdp_per_head 2023": {CITY: 5, LIWAN: 7, YUEXIU: 6, TIANHE: 8},
    "gdp 2023M05": {LIWAN: 2, YUEXIU: 3},
    "gdp 2023M01-M05": {LIWAN: 4, YUEXIU: 12},
    "gdp 2021M02": {LIWAN: 0.5, YUEXIU: 0.6},
    "gdp 2021M01": {LIWAN: 0.7, YUEXIU: 0.6},
    "residents 2020": {CITY: 6, LIWAN: 1, YUEXIU: 2, TIANHE: 3},
    "known_tenants undated": {LIWAN: 4},
}
HOSTILE = "<img src=x onerror='window.harmed=1'>"
SHOW = """(deck) => {
    window.log = [];
    const root = Object.assign(document.createElement("div"), { tabIndex: -1, id: "root" }), canvas = document.createElement("div");
    root.append(canvas);
    document.body.append(root);
    window.show = {
        root, canvas, deck, lang: "en",
        words: { ask: "Ask", back: "Esc", nothing: "Nothing found", first: "First {shown} of {count}" }, options: { ask: (text) => log.push(`asked ${text}`) },
        draw: () => log.push("slide"), drawAnswer: (answer) => log.push(`${answer.adcode} ${answer.map_style}`),
    };
    window.questions = showQuestions.attach(show);
    window.addEventListener("keydown", (event) => { if (questions.isOpen()) questions.key(event); });
}"""


def deck() -> dict[str, Any]:
    """Return what a question is answered from."""
    answers = [
        [code, drawn, {"en": [PLACES[code][0], drawn, f"{value} u", HOSTILE], "zh": [PLACES[code][1], drawn, f"{value}"]}, value]
        for drawn, values in VALUES.items()
        for code, value in values.items()
    ]  # fmt: skip
    best = {drawn.split(" ")[0]: drawn.split(" ")[1] for drawn in reversed(VALUES)}
    metrics = {
        id_: {"words": words, "best": best[id_], "name": {"en": words[0], "zh": words[1]}}
        for id_, words in METRICS.items()
    }
    search = {
        "places": PLACES,
        "clusters": {LIWAN: ("Baietan", "白鹅潭")},
        "metrics": metrics,
        "noData": {"en": "No data", "zh": "无数据"},
        "shown": {"en": {code: words[0] for code, words in PLACES.items()}, "zh": {code: words[1] for code, words in PLACES.items()}},
        "districts": [LIWAN, YUEXIU, TIANHE],
    }  # fmt: skip
    return {"answers": answers, "search": search, "map_styles": {}, "legends": {}}


@pytest.fixture
def asking(blank: Callable[..., Page]) -> Page:
    """Return a page with a show that writes down what it is asked for."""
    page = blank("show-panels.js", "show-questions.js")
    page.evaluate(SHOW, deck())
    return page


@pytest.fixture
def mode(asking: Page) -> Page:
    """Return the page with the question mode open."""
    asking.evaluate("() => questions.open()")
    return asking


def ranked(page: Page, question: str) -> list[str]:
    """Return the answers to a question, best first: place and map."""
    script = f"() => showQuestions.rank(showQuestions.makeIndex(show.deck), {json.dumps(question)}).map((a) => `${{a.adcode}} ${{a.map_style}}`)"
    return list(page.evaluate(script))


def log(page: Page) -> list[str]:
    """Return what the show was asked for since the last look."""
    return list(page.evaluate("() => window.log.splice(0)"))


ORDERED = [f"{YUEXIU} gdp 2023", f"{LIWAN} gdp 2023", f"{TIANHE} gdp 2023"]  # the last has no figure


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("GDP Liwan", [f"{LIWAN} gdp 2023"]),
        ("What is the gdp of Liwan?", [f"{LIWAN} gdp 2023"]),
        ("荔湾区地区生产总值是多少", [f"{LIWAN} gdp 2023"]),
        ("Liwan GDP 2022", [f"{LIWAN} gdp 2022"]),
        ("荔湾2022年GDP", [f"{LIWAN} gdp 2022"]),
        ("Liwan gdp per head", [f"{LIWAN} gdp_per_head 2023"]),  # not GDP as well
        ("Yuexiu Liwan population", [f"{LIWAN} residents 2020", f"{YUEXIU} residents 2020"]),
        ("GDP", [f"{CITY} gdp 2023", *ORDERED]),
        ("largest GDP", ORDERED),  # the city is not a district
        ("Which district of Guangzhou has the largest GDP?", ORDERED),
        ("广州荔湾GDP", [f"{LIWAN} gdp 2023"]),
        ("GDP最低", [f"{LIWAN} gdp 2023", f"{YUEXIU} gdp 2023", f"{TIANHE} gdp 2023"]),
        ("Baietan", [f"{LIWAN} known_tenants undated"]),
        ("Baietan GDP", [f"{LIWAN} gdp 2023"]),
        ("荔湾2023年5月GDP", [f"{LIWAN} gdp 2023M05"]),
        ("Liwan GDP in May 2023", [f"{LIWAN} gdp 2023M05"]),
        ("荔湾2023年1—5月GDP", [f"{LIWAN} gdp 2023M01-M05"]),
        ("荔湾2023年5月累计GDP", [f"{LIWAN} gdp 2023M01-M05"]),
        ("Liwan GDP January to May 2023", [f"{LIWAN} gdp 2023M01-M05"]),
        ("largest GDP 2023", ORDERED),  # the year's alone: no month is ranked among them
        ("largest GDP 2021", [f"{YUEXIU} gdp 2021M02", f"{LIWAN} gdp 2021M02"]),  # without a year its newest month
    ],
)
def test_a_question_is_answered_with_what_it_names_best_first(asking: Page, question: str, expected: list[str]) -> None:
    assert ranked(asking, question) == expected


@pytest.mark.parametrize(
    "question", ["", " ", "2023", "Shenzhen GDP", "Liwan unemployment", "天河失业率", "wan GDP", "?", "2023年3-5月 GDP"]
)
def test_what_names_nothing_here_is_not_answered(asking: Page, question: str) -> None:
    assert ranked(asking, question) == []


def test_a_word_half_typed_finds_its_place_with_figures_before_gaps(asking: Page) -> None:
    maps = ["gdp 2023", "gdp_per_head 2023", "residents 2020"]
    assert ranked(asking, "yuex") == [f"{YUEXIU} {drawn}" for drawn in maps]
    assert ranked(asking, "tianh") == [f"{TIANHE} {drawn}" for drawn in (*maps[1:], maps[0])]


def test_a_year_without_figures_is_answered_with_no_data_and_no_other_year(asking: Page) -> None:
    assert ranked(asking, "Liwan GDP 2019") == [f"{LIWAN} gdp 2019"]
    script = "() => { const [a] = showQuestions.rank(showQuestions.makeIndex(show.deck), 'Liwan GDP 2019'); return [a.words.en, a.value]; }"
    assert asking.evaluate(script) == [["Liwan", "GDP · 2019", "No data"], None]
    drawn = asking.evaluate("() => show.deck.map_styles['gdp 2019'].en")
    assert drawn["shapes"] == {code: {"lines": ["No data"]} for code in (LIWAN, YUEXIU, TIANHE)}  # no colours: hatched
    assert asking.evaluate("() => show.deck.legends['gdp 2019'].zh") == {
        "title": "地区生产总值 · 2019", "unit": "", "swatches": [["", "无数据"]], "note": "",
    }  # fmt: skip


def test_months_without_figures_are_no_data_and_called_by_their_names(asking: Page) -> None:
    assert ranked(asking, "Liwan GDP June 2023") == [f"{LIWAN} gdp 2023M06"]
    script = "() => showQuestions.rank(showQuestions.makeIndex(show.deck), '荔湾2022年1-5月GDP')[0].words"
    words = asking.evaluate(script)
    assert (words["en"][1], words["zh"][1]) == ("GDP · January to May 2022", "地区生产总值 · 2022 年 1—5 月")


def test_answers_are_listed_as_typed_and_nothing_is_shown_before_enter(mode: Page) -> None:
    expect(mode.locator(".ask input")).to_be_focused()
    mode.keyboard.type("GDP")
    assert mode.locator(".where").all_text_contents() == [
        f"{PLACES[code][0]} · gdp 2023" for code in (CITY, YUEXIU, LIWAN, TIANHE)
    ]
    assert mode.locator(".chosen").all_text_contents() == ["Guangzhou · gdp 2023100 u"]
    assert log(mode) == []
    mode.keyboard.type(" nonsense")
    assert mode.locator(".found").inner_text() == "Nothing found"
    mode.keyboard.press("Enter")
    assert log(mode) == []


def test_at_most_six_answers_are_listed_and_how_many_there_are_is_said(mode: Page) -> None:
    mode.keyboard.type("GDP population")
    assert len(ranked(mode, "GDP population")) == 8
    assert mode.locator(".found button").count() == 6
    assert mode.locator(".ask > small").inner_text() == "First 6 of 8 · Esc"
    mode.keyboard.type(" Liwan")  # two answers, both listed
    assert mode.locator(".found button").count() == 2
    assert mode.locator(".ask > small").inner_text() == "Esc"


def test_arrows_go_round_and_enter_shows_the_chosen_answer(mode: Page) -> None:
    mode.keyboard.type("largest GDP")
    for key in ("ArrowUp", "ArrowDown", "ArrowUp"):  # round to the last, to the first, and back
        mode.keyboard.press(key)
    assert mode.locator(".chosen .where").all_text_contents() == ["Tianhe · gdp 2023"]
    assert mode.locator("[aria-selected=true]").get_attribute("id") == mode.locator("input").get_attribute(
        "aria-activedescendant"
    )
    assert log(mode) == []
    mode.keyboard.press("Enter")
    assert log(mode) == [f"{TIANHE} gdp 2023", "asked Tianhe · gdp 2023 · None u"]
    mode.keyboard.press("ArrowUp")  # an answer is on the wall: the next one follows at once
    assert log(mode)[0] == f"{LIWAN} gdp 2023"


def test_what_an_answer_adds_is_text_and_stands_under_the_shown_one_only(mode: Page) -> None:
    mode.keyboard.type("largest GDP")
    assert mode.locator(".found small").count() == 0
    mode.keyboard.press("Enter")
    assert mode.locator(".found small").all_text_contents() == [HOSTILE]
    assert mode.locator(".found img").count() == 0
    assert mode.evaluate("() => 'harmed' in window") is False


def test_typing_on_brings_the_slide_back(mode: Page) -> None:
    mode.keyboard.type("GDP Liwan")
    mode.keyboard.press("Enter")
    log(mode)
    mode.keyboard.type(" 2022")
    assert log(mode) == ["slide"]  # once, at the first letter
    assert mode.locator(".where").all_text_contents() == ["Liwan · gdp 2022"]


def test_escape_closes_and_brings_the_slide_back_where_an_answer_was_shown(mode: Page) -> None:
    mode.keyboard.press("Escape")
    expect(mode.locator(".ask")).to_be_hidden()
    expect(mode.locator("#root")).to_be_focused()
    assert log(mode) == []
    mode.evaluate("() => questions.open()")
    mode.keyboard.type("GDP Liwan")
    mode.keyboard.press("Enter")
    log(mode)
    mode.keyboard.press("Escape")
    assert log(mode) == ["slide"]
    mode.evaluate("() => questions.open()")
    assert (mode.locator(".ask input").input_value(), mode.locator(".found button").count()) == ("", 0)


def test_another_slide_closes_the_question_without_drawing_this_one_again(mode: Page) -> None:
    mode.keyboard.type("GDP Liwan")
    mode.keyboard.press("Enter")
    log(mode)
    mode.evaluate("() => questions.close(true)")
    assert log(mode) == []
    mode.evaluate("() => questions.redraw(0)")  # nothing is on the wall any more
    assert log(mode) == []
    expect(mode.locator(".ask")).to_be_hidden()


def test_keys_of_an_input_method_are_not_the_show_s(mode: Page) -> None:
    """Enter and Escape while Chinese is composed choose and drop characters."""
    mode.keyboard.type("GDP Liwan")
    for key in ("Enter", "Escape", "ArrowDown"):
        mode.evaluate(
            "(key) => questions.key(new KeyboardEvent('keydown', { key, isComposing: true, cancelable: true }))", key
        )
    assert log(mode) == []
    expect(mode.locator(".ask")).to_be_visible()


def test_a_click_shows_the_answer_clicked(mode: Page) -> None:
    mode.keyboard.type("largest GDP")
    mode.locator(".found button").nth(1).click()
    assert log(mode)[0] == f"{LIWAN} gdp 2023"
    assert mode.locator(".found .chosen").count() == 1


def test_answers_are_in_the_language_of_the_show(asking: Page) -> None:
    asking.evaluate("() => { show.lang = 'zh'; questions.open() }")
    asking.keyboard.type("GDP Liwan")  # asked in English all the same
    assert asking.locator(".where").all_text_contents() == ["荔湾 · gdp 2023"]
