"""What the colours of a map mean, in words."""

from dataclasses import replace

import pytest

from geo.figures import comparison
from geo.figures.classification import Classes, classify, classify_changes
from geo.figures.table import FigureTable
from geo.maps import legends
from geo.maps.legends import Swatch
from geo.schema import ADCODES, UNDATED, DisplayFormat, Remark

LIWAN, YUEXIU, HAIZHU = ADCODES[:3]
SHOW = {"en": DisplayFormat("RMB bn", 0.1, 1, "RMB {} bn"), "zh": DisplayFormat("亿元", 1, 0)}
CLASSES = Classes("quantile", (10.0, 25.0, 1250.0), ("#aaaaaa", "#333333"))
DASHED = {
    "en": "Dashed lines: schematic cluster areas. Blue bands: rivers, schematic width.",
    "zh": "虚线为示意集聚区范围；蓝色带为河道，宽度为示意。",
}


@pytest.fixture
def numbers(metric, figure_table) -> FigureTable:
    """Return GDP of two years."""
    return figure_table(metric("gdp", show=SHOW), gdp={"2018": {LIWAN: 10.0}, "2023": {LIWAN: 1250.0, YUEXIU: 25.0}})


def test_classes_stand_from_low_to_high_in_the_unit_shown_and_no_data_last(numbers: FigureTable):
    found = legends.legend(numbers, CLASSES, "gdp", "en", "2023")
    assert (found.title, found.unit) == ("gdp in en · 2023", "RMB bn")
    assert found.swatches == (Swatch("#aaaaaa", "1.0 – 2.5"), Swatch("#333333", "2.5 – 125.0"), Swatch("", "No data"))


def test_a_legend_of_a_period_names_it_in_its_title(numbers: FigureTable):
    assert legends.legend(numbers, CLASSES, "gdp", "en", "2023").title == "gdp in en · 2023"
    assert legends.legend(numbers, CLASSES, "gdp", "zh", "2024H1").title == "gdp in zh · 2024 年上半年"


def test_limits_set_by_hand_are_not_said_to_be_computed(numbers: FigureTable):
    by_hand = Classes("manual", CLASSES.edges, CLASSES.colours)
    found = {language: legends.legend(numbers, by_hand, "gdp", language, "2023").note for language in ("en", "zh")}
    assert found["en"] == "Class limits set by hand. " + DASHED["en"]
    assert found["zh"] == "分级界限为人工设定。" + DASHED["zh"]
    computed = legends.legend(numbers, CLASSES, "gdp", "en", "2023").note
    assert computed == legends.locked_note(numbers, "gdp", "2023", "en")


def test_a_legend_speaks_the_language_asked_for(numbers: FigureTable):
    found = legends.legend(numbers, CLASSES, "gdp", "zh", "2023")
    assert (found.title, found.unit) == ("gdp in zh · 2023", "亿元")
    assert [swatch.label for swatch in found.swatches] == ["10 – 25", "25 – 1,250", "无数据"]


def test_a_class_of_a_single_value_is_no_range(numbers: FigureTable):
    found = legends.legend(numbers, classify([25.0, 25.0], "quantile", 5, "blues"), "gdp", "en", "2023")
    assert [swatch.label for swatch in found.swatches] == ["2.5", "No data"]


def test_a_metric_without_any_figure_has_only_no_data(metric):
    nothing = FigureTable({"gdp": metric("gdp")}, {}), classify([], "quantile", 5, "blues")
    found = legends.legend(*nothing, "gdp", "en", "")
    assert found.swatches == (Swatch("", "No data"),)


def test_the_note_says_over_which_periods_the_limits_hold(numbers: FigureTable):
    found = {language: legends.locked_note(numbers, "gdp", "2023", language) for language in ("en", "zh")}
    assert found["en"].startswith("Class limits are computed once for all periods (2018 to 2023),")
    assert "2018" in found["zh"]
    assert "2023" in found["zh"]
    assert "limits" not in found["zh"]


@pytest.mark.parametrize(
    ("period", "english", "chinese"),
    [
        ("2023", "all periods of the same length (2022 to 2023)", "（2022 至 2023）"),
        ("2023M05", "all periods of the same length (Apr 2023 to May 2023)", "（2023 年 4 月 至 2023 年 5 月）"),
    ],
)
def test_the_note_of_a_month_speaks_of_months_alone(period, english, chinese, metric, figure_table):
    periods = ("2022", "2023", "2023M04", "2023M05", "2023M01-M05")
    months = figure_table(metric("gdp"), gdp={one: {LIWAN: 1.0} for one in periods})
    assert english in legends.locked_note(months, "gdp", period, "en")
    assert chinese in legends.locked_note(months, "gdp", period, "zh")


@pytest.mark.parametrize(
    "columns",
    [
        {"2023": {LIWAN: 1.0}},  # one period
        {"2023": {LIWAN: 1.0}, UNDATED: {LIWAN: 1.0}},  # an undated figure is of no period
        {"2022": {"440100": 1.0}, "2023": {"440100": 1.0}},  # only the city's: no district has a class
        {},
    ],
)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_where_there_are_no_limits_over_periods_the_note_does_not_speak_of_them(
    language: str, columns: dict, metric, figure_table
):
    assert legends.locked_note(figure_table(metric("gdp"), gdp=columns), "gdp", "2023", language) == DASHED[language]


# ---- changes


def test_a_legend_of_changes_names_unit_both_years_and_gaps_if_any(metric, figure_table):
    columns = {"2020": {LIWAN: 10.0, YUEXIU: 10.0}, "2023": dict.fromkeys(ADCODES, 12.0) | {YUEXIU: 9.0}}
    changed = comparison.changes(figure_table(metric("gdp", unit="亿元"), gdp=columns), "gdp")
    classes = classify_changes([-10.0, 20.0], "quantile", 2, "blues")
    found = legends.legend(changed, classes, "gdp", "en", "2020/2023")
    assert (found.title, found.unit) == ("gdp in en, nominal change · 2020 → 2023", "%")
    labels = ["\u221210.0 – 0.0", "0.0 – +20.0", "No comparable figures in both years"]
    assert [swatch.label for swatch in found.swatches] == labels
    assert "changes between any two periods (2020 to 2023)" in found.note
    columns["2020"] = dict.fromkeys(ADCODES, 10.0)
    whole = comparison.changes(figure_table(gdp=columns), "gdp")
    assert [swatch.label for swatch in legends.legend(whole, classes, "gdp", "en", "2020/2023").swatches] == labels[:2]


def test_a_legend_begins_with_what_must_be_told_of_the_period_shown(numbers: FigureTable):
    remark = Remark("2018", {"en": "2018: old borders.", "zh": "2018 年：旧区划。"}, frozenset({LIWAN}))
    told = FigureTable({"gdp": replace(numbers.metrics["gdp"], remarks=(remark,))}, numbers._columns)
    assert legends.legend(told, CLASSES, "gdp", "en", "2018").note.startswith(
        "2018: old borders. Class limits are computed once"
    )
    assert legends.legend(told, CLASSES, "gdp", "zh", "2018").note.startswith("2018 年：旧区划。分级界限")
    assert "old borders" not in legends.legend(told, CLASSES, "gdp", "en", "2023").note
