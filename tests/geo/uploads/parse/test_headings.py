"""Headings of indicator files."""

import pytest

from geo.uploads.figures.tables import Meaning
from geo.uploads.parse.heading_parts import unit_in
from geo.uploads.parse.headings import vocabulary


@pytest.fixture(scope="module")
def words(today):
    return vocabulary(today, {})


@pytest.mark.parametrize(
    ("parts", "metric", "period", "unit"),
    [
        (["地区生产总值（万元）"], "gdp", "", "万元"),
        (["地區生產總值(億元)"], "gdp", "", "亿元"),
        (["GDP(RMB bn)"], "gdp", "", "RMB bn"),
        (["GDP, RMB bn"], "gdp", "", "RMB bn"),
        (["ＧＤＰ"], "gdp", "", ""),
        (["gdp"], "gdp", "", ""),
        (["2023年地区生产总值（亿元）"], "gdp", "2023", "亿元"),
        (["地区生产总值（2023年，亿元）"], "gdp", "2023", "亿元"),
        (["gdp_2023"], "gdp", "2023", ""),
        (["Residents"], "population", "", ""),
        (["年末常住人口 万人"], "population", "", "万人"),
        (["常住人口（单位：万人）"], "population", "", "万人"),
        (["地区生产总值", "2023年", "亿元"], "gdp", "2023", "亿元"),
        (["2023年", "地区生产总值", "绝对值"], "gdp", "2023", ""),
        (["地区生产总值", "比上年增长（%）"], "gdp_growth", "", "%"),
        (["GDP同比增长"], "gdp_growth", "", "%"),
        (["2023年1-6月"], "", "2023H1", ""),
    ],
)
def test_a_heading_of_figures_names_metric_period_and_unit(words, parts, metric, period, unit):
    heading = words.heading(parts)
    assert (heading.metric, heading.period, heading.unit, heading.field) == (metric, period, unit, "")
    assert heading.figures


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("区", "district"),
        ("行政區劃代碼", "district"),
        ("adcode", "district"),
        ("District", "district"),
        ("指标名称", "metric"),
        ("年份", "period"),
        ("数值（万元）", "value"),
        ("计量单位", "unit"),
        ("source_id", "source"),
        ("数据质量", "quality"),
        ("备注", "note"),
        ("序号", "ignore"),
    ],
)
def test_a_heading_of_a_description_is_known_in_both_languages(words, text, field):
    assert words.heading([text]).field == field


def test_growth_without_a_metric_is_left_open_and_other_growth_unknown(words):
    assert words.heading(["比上年增长(%)"]).growth
    assert not words.heading(["常住人口增长(%)"]).known
    assert not words.heading(["工业增加值"]).known


def test_a_choice_holds_for_the_heading_without_period_and_unit(today):
    words = vocabulary(today, {"工业增加值": "metric:gdp", "区": "ignore", "gdp": "ignore"})
    heading = words.heading(["2023年工业增加值（万元）"])
    assert (heading.key, heading.metric, heading.period, heading.unit, heading.how) == (
        "工业增加值",
        "gdp",
        "2023",
        "万元",
        "chosen",
    )
    assert words.heading(["区"]).field == words.heading(["GDP(亿元)"]).field == "ignore"


@pytest.mark.parametrize(
    ("title", "metric"),
    [
        ("2023年广州市各区人均地区生产总值", "gdp_per_head"),
        ("表1 各区地区生产总值（亿元）", "gdp"),
        ("地区生产总值和常住人口", ""),
        ("各区主要指标", ""),
    ],
)
def test_a_title_names_one_metric_or_none(words, title, metric):
    assert words.metric_in(title) == metric


def test_what_a_text_weighs_in_a_header(words):
    assert [words.weigh(text) for text in ("区", "GDP", "荔湾区", "万元", "本期", "你好")] == [
        Meaning.FIELD,
        Meaning.FIELD,
        Meaning.NAMED,
        Meaning.NAMED,
        Meaning.NAMED,
        Meaning.UNKNOWN,
    ]


def test_a_unit_stands_alone_or_after_the_word_for_it():
    assert unit_in("单位：万元") == unit_in("（万元）") == unit_in("万元") == "万元"
    assert unit_in("in RMB bn") == "RMB bn"
    assert unit_in("2023") == unit_in("荔湾区") == ""


def test_a_slip_in_the_name_of_a_metric_gets_the_name_that_was_meant(words):
    assert words.near("地区生产总额") == "地区生产总值"


def test_of_two_headings_over_one_another_the_lower_one_counts(words):
    assert words.heading(["指标", "区"]).field == "district"


@pytest.mark.parametrize(
    ("title", "metric"),
    [
        ("2024年各区地区生产总值", "gdp"),
        ("地区生产总值指数（上年=100）", ""),
        ("社会消费品零售总额比重", ""),
        ("第三产业增加值占地区生产总值比重", ""),
    ],
)
def test_a_title_about_an_index_or_a_share_of_a_metric_does_not_name_it(words, title: str, metric: str):
    assert words.metric_in(title) == metric


@pytest.mark.parametrize(
    ("text", "metric", "qualifier"),
    [
        ("地区生产总值（可比价）", "gdp", "可比价"),
        ("GDP（第三产业，亿元）", "gdp", "第三产业"),
        ("GDP（目标）", "gdp", "目标"),
        ("常住人口（城镇）", "population", "城镇"),
        ("常住人口_户籍_万人", "population", "户籍"),
        ("社会消费品零售总额（限额以上，亿元）", "retail_sales", "限额以上"),
        ("GDP (target, RMB bn)", "gdp", "target"),
    ],
)
def test_an_unknown_word_beside_a_metric_makes_it_another(words, text, metric, qualifier):
    heading = words.heading([text])
    assert (heading.metric, heading.likely, heading.qualifier, heading.known) == ("", metric, qualifier, False)


def test_a_choice_for_a_qualified_heading_is_not_one_for_the_plain_heading(today):
    words = vocabulary(today, dict.fromkeys([vocabulary(today, {}).heading(["GDP（初算）"]).key], "metric:gdp"))
    assert words.heading(["GDP（初算）"]).how == "chosen"
    assert words.heading(["GDP（目标）"]).metric == ""


@pytest.mark.parametrize(
    "title", ["2023年各区地区生产总值（可比价）", "限额以上社会消费品零售总额", "地区生产总值目标"]
)
def test_a_title_of_another_figure_names_no_metric(words, title):
    assert words.metric_in(title) == ""


@pytest.mark.parametrize(
    ("parts", "metric", "word"),
    [
        (["目标", "2023年GDP（亿元）"], "gdp", "目标"),
        (["户籍", "2023年人口（万人）"], "population", "户籍"),
        (["2023年地区生产总值（亿元）", "上年同期"], "gdp", "上年同期"),
        (["占比", "GDP", "亿元"], "gdp", "占比"),
        (["2023年GDP（亿元）", "增减"], "gdp_growth", "增减"),
        (["GDP（亿元）", "比上年增减"], "gdp_growth", "比上年增减"),
        (["GDP增减"], "gdp_growth", "增减"),
        (["GDP同比增长（现价）"], "gdp_growth", "现价"),
    ],
)
def test_a_word_above_below_or_beside_is_never_dropped(words, parts, metric, word):
    heading = words.heading(parts)
    assert (heading.metric, heading.likely, heading.qualifier) == ("", metric, word)


@pytest.mark.parametrize(
    ("parts", "metric", "period", "unit"),
    [
        (["完成情况", "2023年GDP（亿元）"], "gdp", "2023", "亿元"),
        (["常住人口", "2023年人口（万人）"], "population", "2023", "万人"),
        (["2023年上半年", "2023年GDP"], "gdp", "2023H1", ""),
        (["GDP（亿元）", "增减（%）"], "gdp_growth", "", "%"),
        (["GDP增速（可比价，%）"], "gdp_growth", "", "%"),
    ],
)
def test_rows_of_a_heading_that_agree_are_one(words, parts, metric, period, unit):
    heading = words.heading(parts)
    assert (heading.metric, heading.period, heading.unit, heading.wrong) == (metric, period, unit, "")


@pytest.mark.parametrize(
    ("parts", "wrong"),
    [
        (["2022年", "2023年GDP"], "heading_periods_differ"),
        (["单位：万元", "2023年GDP（亿元）"], "heading_units_differ"),
    ],
)
def test_rows_of_a_heading_that_contradict_each_other_are_wrong(words, parts, wrong):
    heading = words.heading(parts)
    assert (heading.wrong, heading.period) == (wrong, "")
