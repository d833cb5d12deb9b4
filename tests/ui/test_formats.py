"""Numbers and units as each language writes them."""

import pytest

from ui import data, formats


@pytest.mark.parametrize(
    ("language", "metric", "value", "text"),
    [
        ("en", "gdp", 6551.26, "RMB 655.1 bn"),
        ("zh", "gdp", 6551.26, "6,551.3 亿元"),
        ("en", "population", 18676605, "18.68 million"),
        ("zh", "population", 18676605, "1,867.7 万人"),
        ("en", "gdp_growth", 5.1, "5.1%"),
        ("zh", "gdp_per_head", 292229, "29.22 万元"),
        ("en", "density", 16338.4, "16,338 people/km²"),
        ("en", "gdp", None, "No data"),
        ("zh", "gdp", None, "无数据"),
    ],
)
def test_amount(speak, language: str, metric: str, value: float | None, text: str) -> None:
    speak(language)
    assert formats.amount(value, data.figure_table().metrics[metric]) == text


@pytest.mark.parametrize(
    ("language", "period", "text"),
    [
        ("en", "2023", "2023"),
        ("en", "2024H1", "first half of 2024"),
        ("zh", "2024H1", "2024 年上半年"),
        ("zh", "2024Q1-Q3", "2024 年第 1 至第 3 季度"),
        ("en", "2024Q3", "Q3 of 2024"),
        ("en", "undated", "undated"),
        ("zh", "", "未注明日期"),
    ],
)
def test_period_name(speak, language: str, period: str, text: str) -> None:
    speak(language)
    assert formats.period_name(period) == text


def test_percent_and_sign(speak) -> None:
    speak("en")
    assert formats.percent(0.2158) == "21.6%"
    assert formats.signed("9.0%", 0.09) == "+9.0%"
    assert formats.signed("9.0%", -0.09) == "\u22129.0%"
    assert formats.signed("0.0%", 0) == "0.0%"


@pytest.mark.parametrize(
    ("language", "stated", "text"),
    [
        ("en", (1000, "亿元", ">"), "> RMB 100 bn"),
        ("zh", (1000, "亿元", ">"), "> 1,000 亿元"),
        ("en", (4, "万亿元"), "RMB 4 trillion"),
        ("zh", (70, "%"), "70%"),
        ("en", (2.1, "km²"), "2.1 km²"),
        ("en", (float("nan"), ""), ""),
    ],
)
def test_stated(speak, language: str, stated: tuple, text: str) -> None:
    speak(language)
    assert formats.format_stated(*stated) == text


def test_class_of_one_value_is_written_once(speak) -> None:
    speak("en")
    gdp = data.figure_table().metrics["gdp"]
    assert formats.range_text(100, 100, gdp) == "10.0"
    assert formats.range_text(100, 250, gdp) == "10.0 – 25.0"
