"""Numbers as people write them."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.uploads.parse.numbers import is_figure, read_number

STYLES = (
    "{text}",
    "{grouped}",
    "{chinese}",
    "{spaced}",
    "{thin}",
    "{wide}",
    "{bookkeeping}",
    "{minus}",
    " {text}[3]",
    "{text}①\u3000",
    "{text}E+00",
)
WIDE = str.maketrans("0123456789.-", "０１２３４５６７８９．－")


def styled(template, number):
    text, grouped = f"{number:.3f}", f"{number:,.3f}"
    groups = {"chinese": "，", "spaced": " ", "thin": "\u2009"}
    return template.format(
        text=text,
        grouped=grouped,
        wide=text.translate(WIDE),
        bookkeeping=f"（{text[1:]}）" if text.startswith("-") else f"+{text}",
        minus=text.replace("-", "\u2212"),
        **{name: grouped.replace(",", sign) for name, sign in groups.items()},
    )


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("1,234", 1234, ""),
        ("12，345．6", 12345.6, ""),
        ("1 234.5", 1234.5, ""),
        ("(1,234)", -1234, ""),
        ("1.24E+06", 1_240_000, ""),
        ("1277.93亿元", 1277.93, "亿元"),
        ("12.5％", 12.5, "%"),
        ("5‰", 5, "‰"),
        ("¥1,234", 1234, "¥"),
        ("1.5万", 1.5, "万"),
        ("–5", -5, ""),
        ("(1.5)%", -1.5, "%"),
        ("(1.5%)", -1.5, "%"),
        ("50km²", 50, "km2"),
        ("0", 0, ""),
    ],
)
def test_a_number_is_read_with_its_unit(text, value, unit):
    number = read_number(text)
    assert (number.value, number.unit, number.wrong) == (value, unit, "")
    assert is_figure(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "…",
        "......",
        "-",
        "—",
        "–",
        "——",
        "#",
        "NA",
        "N/A",
        "n.a.",
        "null",
        "无",
        "无数据",
        "/",
        "x",
        "*",
    ],
)
def test_a_missing_mark_is_no_figure_and_not_zero(text):
    number = read_number(text)
    assert math.isnan(number.value)
    assert not number.wrong


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("约100", "approximate_number"),
        (">5", "approximate_number"),
        ("100余", "approximate_number"),
        ("1,23", "odd_thousands"),
        ("1.2.3", "odd_thousands"),
        ("#N/A", "not_available"),
        ("#n/a", "not_available"),
        ("#REF!", "formula_error"),
        ("#DIV/0!", "formula_error"),
        ("Err:502", "formula_error"),
        ("12个苹果", "number_with_unknown_unit"),
        ("abc", "not_a_number"),
        ("inf", "not_a_number"),
        ("1e999", "not_a_number"),
        ("1e300万亿", "not_a_number"),
        ("1_000", "not_a_number"),
        ("9" * 1000, "not_a_number"),
        ("(-5)", "not_a_number"),
        ("\ud800", "not_a_number"),
        ("2021-04", "not_a_number"),
    ],
)
def test_what_is_no_number_says_why(text, code):
    number = read_number(text)
    assert number.wrong == code
    assert math.isnan(number.value)


@settings(derandomize=True, deadline=None)
@given(st.decimals(-(10**12), 10**12, places=3), st.sampled_from(STYLES))
def test_a_number_in_any_style_reads_back_equal(number, style):
    assert read_number(styled(style, number)).value == float(number)


@pytest.mark.parametrize(
    ("text", "step"),
    [
        ("124.2", 0.1),
        ("124", 1),
        ("124.20", 0.01),
        ("1,234.5万", 0.1),
        ("1.24E+06", 10_000),
        ("-5", 1),
        ("(1.5%)", 0.1),
    ],
)
def test_a_number_is_as_exact_as_its_last_digit(text, step):
    assert read_number(text).step == pytest.approx(step)


@pytest.mark.parametrize(
    ("text", "value", "unit", "mark"),
    [
        ("1262.81（快报）", 1262.81, "", "快报"),
        ("3634.4 (p)", 3634.4, "", "p"),
        ("2528.3P", 2528.3, "", "p"),
        ("4,315.2亿（E）", 4315.2, "亿", "e"),
        ("6551.2 初步核算数", 6551.2, "", "初步核算数"),
        ("(1.1)(修订)", -1.1, "", "修订"),
    ],
)
def test_a_mark_of_how_sure_a_number_is_stands_beside_it(text, value, unit, mark):
    assert read_number(text)[:2] == (value, unit)
    assert read_number(text).mark == mark


@pytest.mark.parametrize(
    "text", ["1262.81（户籍）", "1262.81（预测）", "1262.81a", "1801.5亿元（目标）", "（快报）", "p"]
)
def test_other_words_beside_a_number_keep_it_from_being_one(text):
    assert read_number(text).wrong


@pytest.mark.parametrize("text", ["5.2-", "1,234 -", "▲3.5", "△ 2.1", "↓0.4", "3.4%↑", "3.5▼"])
def test_an_arrow_beside_a_number_is_asked_about(text):
    assert read_number(text).wrong == "sign_unclear"
