"""Figures, periods and dates as each language writes them inside a sentence."""

from dataclasses import replace

import pytest

from geo import wording
from geo.schema import DisplayFormat


@pytest.mark.parametrize(("language", "text"), [("en", "RMB 655.1 bn"), ("zh", "6,551.3 亿元")])
def test_an_amount_is_scaled_and_carries_its_unit(metric, language: str, text: str):
    show = {"en": DisplayFormat("RMB bn", 0.1, 1, "RMB {} bn"), "zh": DisplayFormat("亿元", 1, 1)}
    assert wording.amount(6551.26, replace(metric("gdp"), show=show), language) == text


def test_percentages_and_signs():
    assert wording.percent(0.2158, "en") == "21.6%"
    assert wording.percent(12.5, "zh", 0) == "1,250%"
    assert [wording.signed("1", value) for value in (1, -1, 0)] == ["+1", "\u22121", "1"]


@pytest.mark.parametrize(
    ("stated", "english", "chinese"),
    [
        ((1000, "亿元", ">"), "more than RMB 100 bn", "超过 1,000 亿元"),
        ((4, "万亿元", ""), "RMB 4 trillion", "4 万亿元"),
        ((35, "%", "≈"), "about 35%", "约 35%"),
        ((20, "家", "≥"), "at least 20", "不少于 20 家"),
        ((7, "吨", ""), "7 吨", "7 吨"),
        ((float("nan"), "", ""), "", ""),
    ],
)
def test_a_stated_figure_keeps_its_qualifier_in_words(stated: tuple, english: str, chinese: str):
    value, unit, qualifier = stated
    told = [
        wording.format_stated(value, unit, language, wording.QUALIFIERS[language][qualifier])
        for language in ("en", "zh")
    ]
    assert told == [english, chinese]


@pytest.mark.parametrize(
    ("code", "english", "chinese"),
    [
        ("2023", "2023", "2023 年"),
        ("2024H1", "the first half of 2024", "2024 年上半年"),
        ("2024H2", "the second half of 2024", "2024 年下半年"),
        ("2024Q3", "Q3 of 2024", "2024 年第 3 季度"),
        ("2024Q1-Q3", "Q1 to Q3 of 2024", "2024 年第 1 至第 3 季度"),
        ("2024M05", "May 2024", "2024 年 5 月"),
        ("2024M11", "November 2024", "2024 年 11 月"),
        ("2024M01-M11", "January to November 2024", "2024 年 1—11 月"),
        ("undated", "an undated year", "未注明年份"),
    ],
)
def test_a_period_inside_a_sentence(code: str, english: str, chinese: str):
    assert (wording.period(code, "en"), wording.period(code, "zh")) == (english, chinese)


@pytest.mark.parametrize(
    ("text", "english", "chinese"),
    [
        ("2019-04-14", "14 April 2019", "2019 年 4 月 14 日"),
        ("2021-04", "April 2021", "2021 年 4 月"),
        ("2020", "2020", "2020 年"),
    ],
)
def test_a_date_is_as_exact_as_it_is_known(text: str, english: str, chinese: str):
    assert (wording.date(text, "en"), wording.date(text, "zh")) == (english, chinese)


def test_chinese_has_one_name_for_square_kilometres():
    assert (wording.format_stated(10.4, "km²", "zh"), wording.format_stated(10.4, "km²", "en")) == (
        "10.4 平方公里",
        "10.4 km²",
    )


def test_a_shown_number_is_scaled_and_has_no_unit(metric):
    entry = replace(
        metric("gdp"), show={"en": DisplayFormat("RMB bn", 0.1, 1, "RMB {} bn"), "zh": DisplayFormat("亿元", 1, 0)}
    )
    assert [wording.format_value(12345.6, entry, language) for language in ("en", "zh")] == ["1,234.6", "12,346"]


def test_a_range_names_both_limits_and_a_single_value_once(metric):
    entry = replace(metric("gdp"), show=dict.fromkeys(("en", "zh"), DisplayFormat("u", 10, 1)))
    assert wording.range_text(0.05, 120, entry, "zh") == "0.5 – 1,200.0"
    assert wording.range_text(0.05, 0.05, entry, "en") == "0.5"


@pytest.mark.parametrize(
    ("code", "english", "chinese"),
    [
        ("2023", "2023", "2023"),
        ("2024H1", "first half of 2024", "2024 年上半年"),
        ("2024H2", "second half of 2024", "2024 年下半年"),
        ("2024Q3", "Q3 of 2024", "2024 年第 3 季度"),
        ("2024Q1-Q3", "Q1 to Q3 of 2024", "2024 年第 1 至第 3 季度"),
        ("2024M05", "May 2024", "2024 年 5 月"),
        ("2024M11", "Nov 2024", "2024 年 11 月"),
        ("2024M01-M05", "Jan–May 2024", "2024 年 1—5 月"),
        ("2023M05/2024M05", "May 2023 → May 2024", "2023 年 5 月 → 2024 年 5 月"),
        ("undated", "undated", "未注明日期"),
        ("", "undated", "未注明日期"),
    ],
)
def test_a_period_as_a_label(code: str, english: str, chinese: str):
    assert (wording.period_label(code, "en"), wording.period_label(code, "zh")) == (english, chinese)


def test_a_source_is_named_with_its_date_and_whether_it_was_seen_as_a_copy(atlas):
    rows = atlas.sources
    assert wording.source_name(rows.loc["s"], "en") == "Bureau: Yearbook, 2021-04-14"
    assert wording.source_name(rows.loc["s"], "zh") == "局：年鉴，2021-04-14"
    assert (
        wording.source_name(next(rows.loc[["evil"]].itertuples()), "en") == "=cmd|' /C calc'!A0: Report (as reposted)"
    )


def test_sources_are_named_once_each_in_order_and_unknown_ones_left_out(atlas):
    found = wording.source_names(["evil", "s", "evil", "nobody"], atlas, "en")
    assert found == ("=cmd|' /C calc'!A0: Report (as reposted)", "Bureau: Yearbook, 2021-04-14")


@pytest.mark.parametrize(
    ("value", "text", "bare"),
    [
        (30.26, "+RMB 30.3 bn", "+30.3"),
        (-8.0, "\u2212RMB 8.0 bn", "\u22128.0"),
        (0.04, "RMB 0.0 bn", "0.0"),
        (-0.04, "RMB 0.0 bn", "0.0"),
    ],
)
def test_a_change_carries_its_sign_in_front_and_what_is_written_as_zero_none(
    value: float, text: str, bare: str, metric
):
    entry = metric("gdp", show={"en": DisplayFormat("RMB bn", 1, 1, "RMB {} bn", signed=True)})
    assert (wording.amount(value, entry, "en"), wording.format_value(value, entry, "en")) == (text, bare)


def test_a_pair_of_periods_names_both_ends():
    assert wording.period_label("2020/2023", "en") == "2020 → 2023"
    assert wording.period("2022H1/2023H1", "en") == "the first half of 2022 → the first half of 2023"


@pytest.mark.parametrize(
    ("note", "english", "chinese"),
    [
        ("rounded / 取整", "rounded", "取整"),
        ("rounded / 取整; in title / 标题", "rounded; in title", "取整; 标题"),
        ("people / km²", "people / km²", "people / km²"),
        ("取整 / rounded", "取整 / rounded", "取整 / rounded"),
        ("1 / 2 / 3", "1 / 2 / 3", "1 / 2 / 3"),
        ("取整", "取整", "取整"),
        ("", "", ""),
    ],
)
def test_a_note_in_both_languages_has_a_half_for_each(note: str, english: str, chinese: str):
    assert wording.halves(note) == {"en": english, "zh": chinese}
