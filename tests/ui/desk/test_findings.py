"""Findings in words."""

import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from geo.uploads.messages import MESSAGES
from geo.uploads.model import Finding, Severity
from ui.desk import findings

PLACEHOLDER = re.compile(r"\{(\w+)\}")


@pytest.mark.parametrize(
    ("rows", "text"),
    [
        ((), ""),
        ((7,), "7"),
        ((3, 4, 5, 9), "3–5, 9"),
        ((9, 3, 4), "3–4, 9"),
        (tuple(range(1, 60, 2)), "1, 3, 5, 7, 9, 11, 13, 15, 17, 19, 21, 23, …"),
    ],
)
def test_rows_are_told_in_runs_and_cut_where_there_are_many(rows: tuple[int, ...], text: str) -> None:
    assert findings.row_text(rows) == text


def test_codes_in_a_message_are_called_by_name_in_the_visitors_language(speak) -> None:
    params = {"former": "萝岗区", "successor": "440112", "metric": "gdp", "period": "2024"}
    finding = Finding("former_added", Severity.WARNING, (9, 10), 2, "2024年", "萝岗区", params)
    speak("en")
    assert "Huangpu" in findings.worded(finding).wrong
    assert "GDP" in findings.worded(finding).wrong
    speak("zh")
    assert "黄埔" in findings.worded(finding).wrong
    assert "地区生产总值" in findings.worded(finding).wrong
    assert "440112" not in findings.worded(finding).wrong


def test_many_of_one_cause_name_all_their_metrics_and_districts(speak) -> None:
    params = {"former": "萝岗区", "successor": "440112", "metric": "gdp, population", "period": "2023, 2024H1"}
    speak("en")
    told = findings.worded(Finding("former_added", Severity.WARNING, params=params, count=4)).wrong
    assert "(GDP, Residents, 2023, first half of 2024)" in told
    speak("zh")
    near = Finding("district_unknown_near", Severity.ERROR, params={"suggestion": "南沙区, 天河区"}, count=4)
    assert findings.worded(near).remedy == "如指“南沙区、天河区”，请改为该写法。"
    assert "2023、2024 年上半年" in findings.worded(Finding("former_added", Severity.WARNING, params=params)).wrong


def test_what_is_no_code_stays_as_it_is(speak) -> None:
    speak("en")
    params = {"former": "x", "successor": "nowhere", "metric": "nothing", "period": "soon"}
    told = findings.worded(Finding("former_added", Severity.WARNING, params=params)).wrong
    assert all(word in told for word in ("nowhere", "nothing", "soon"))


def test_lists_are_separated_as_the_language_does(speak) -> None:
    speak("zh")
    told = findings.worded(Finding("rows_removed", Severity.WARNING, params={"count": 2, "keys": "a b, c d"}))
    assert "a b、c d" in told.wrong
    twice = {"district": "440103", "metric": "gdp", "period": "2023"}
    assert "荔湾" in findings.worded(Finding("duplicate_same", Severity.NOTE, params=twice)).wrong


def test_a_unit_is_named_in_the_visitors_language_and_a_number_by_its_period(speak) -> None:
    params = {"metric": "gdp", "count": 1, "unit": "亿元", "example": "3 (2024H1)", "reference": "3662.67 (2020)"}
    finding = Finding("tenth", Severity.WARNING, (2,), params=params)
    speak("en")
    said = findings.worded(finding)
    assert re.search("[\u4e00-\u9fff]", said.wrong) is None
    assert "GDP (1, in RMB 100 million)" in said.wrong
    assert "3 (first half of 2024) compared with 3662.67 (2020)." in said.wrong
    speak("zh")
    assert "3（2024 年上半年），对照数 3662.67（2020）（亿元）。" in findings.worded(finding).wrong
    same_year = replace(finding, params=params | {"example": "3", "reference": "12.5"})
    assert "3，对照数 12.5（亿元）。" in findings.worded(same_year).wrong


@pytest.mark.parametrize("code", [code for code, entry in MESSAGES.items() if "{unit}" in str(entry)])
def test_no_message_with_a_unit_is_half_chinese_in_english(code: str, speak) -> None:
    speak("en")
    names = {
        name: "1"
        for text in (MESSAGES[code].wrong, MESSAGES[code].expected)
        for name in PLACEHOLDER.findall(text["en"])
    }
    said = findings.worded(Finding(code, Severity.WARNING, params=names | {"unit": "亿元"}))
    assert "RMB 100 million" in said.wrong + said.expected
    assert "亿元" not in said.wrong + said.expected


def test_the_marked_copy_is_in_the_language_of_whoever_pressed() -> None:
    """It is made in a thread that belongs to no session."""
    finding = Finding(
        "former_added",
        Severity.WARNING,
        (9,),
        2,
        "2024年",
        "萝岗区",
        {"former": "萝岗区", "successor": "440112", "metric": "gdp", "period": "2024"},
    )
    with ThreadPoolExecutor(1) as thread:
        (chinese,), (english,) = (thread.submit(findings._notes, [finding], each).result() for each in ("zh", "en"))
    assert "黄埔" in chinese.text
    assert "Huangpu" in english.text
    assert "黄埔" not in english.text
