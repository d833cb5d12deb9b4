"""Periods of which a heading says one part and a row, or a title, the other; and headings that name a place beside a metric."""

import pytest


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "天河区GDP（亿元）,,\n年份,一季度,全年\n2023,1500,6551\n2024,1550,6615\n",
            {"2023Q1": 1500, "2023": 6551, "2024Q1": 1550, "2024": 6615},
        ),
        (
            "天河区GDP（亿元）,,\n季度,2023年,2024年\n一季度,1500,1550\n全年,6551,6615\n",
            {"2023Q1": 1500, "2024Q1": 1550, "2023": 6551, "2024": 6615},
        ),
        ("天河区GDP（亿元）,,\n月份,2023年,2024年\n1-2月,320,323\n", {"2023M01-M02": 320, "2024M01-M02": 323}),
        ("2024年各区GDP（亿元）,,\n区,一季度,全年\n,总量,总量\n天河区,1500,6551\n", {"2024Q1": 1500, "2024": 6551}),
        ("天河区2024年GDP（亿元）,,\n月份,当月,累计\n2月,150,320\n", {"2024M02": 150, "2024M01-M02": 320}),
        ("2024年天河区GDP（亿元）,\n季度,数值\n一季度,1550\n", {"2024Q1": 1550}),
        ("天河区GDP（亿元）,,\n区,2023年实际,2024年完成\n天河区,6551,6615\n", {"2023": 6551, "2024": 6615}),
        ("各区GDP（亿元）,年份,\n区,2023,2024\n天河区,6551,6615\n", {"2023": 6551, "2024": 6615}),
        ("各区GDP（亿元）,,\n区,2023-12-31,2024年12月31日\n天河区,6551,6615\n", {"2023": 6551, "2024": 6615}),
    ],
)
def test_a_year_and_its_part_are_joined(cleaned, figures, text, expected):
    upload = cleaned(text, source_id="x")
    assert figures(upload) == {("440106", "gdp", period): value for period, value in expected.items()}
    assert not [one for one in upload.findings if one.severity.value == "error"]


def test_a_part_of_another_year_than_that_of_the_row_is_an_error(cleaned, found):
    upload = cleaned("天河区GDP（亿元）,\n季度,2024年\n2023年一季度,1550\n二季度,1650\n", source_id="x")
    assert list(upload.table["period"]) == ["2024Q2"]
    assert found(upload, "period_parts_differ")[0].rows == (3,)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("区,六普人口（人）,七普人口（人）\n天河区,1432431,2241826\n", {"2010": 1432431, "2020": 2241826}),
        ("区,第七次全国人口普查常住人口（万人）\n天河区,224.18\n", {"2020": 2241800}),
    ],
)
def test_a_census_is_its_year(cleaned, figures, text, expected):
    assert figures(cleaned(text)) == {("440106", "population", period): value for period, value in expected.items()}


@pytest.mark.parametrize(
    "text",
    [
        "年份,天河区,,荔湾区,\n,GDP（亿元）,人口（万人）,GDP（亿元）,人口（万人）\n2022,6215,222.8,1190,112.5\n",
        "年份,天河区GDP（亿元）,天河区人口（万人）,荔湾区GDP（亿元）,荔湾区人口（万人）\n2022,6215,222.8,1190,112.5\n",
    ],
)
def test_a_heading_may_name_a_place_and_a_metric(cleaned, figures, text):
    assert figures(cleaned(text)) == {
        ("440106", "gdp", "2022"): 6215,
        ("440106", "population", "2022"): 2228000,
        ("440103", "gdp", "2022"): 1190,
        ("440103", "population", "2022"): 1125000,
    }


def test_a_metric_of_one_place_is_none_of_the_districts_in_the_rows(cleaned, figures, found):
    upload = cleaned("区,年份,GDP（亿元）,广州市GDP（亿元）\n天河区,2023,6551,30355.73\n")
    assert figures(upload) == {("440106", "gdp", "2023"): 6551}
    assert found(upload, "other_figure")[0].column == 4


def test_a_file_of_the_whole_city_alone_is_read(cleaned, figures):
    text = "地区,年份,跨境电商进出口额（亿元）\n{},2023,2004.6\n"
    assert figures(cleaned(text.format("全市"))) == {("440100", "cross_border_trade", "2023"): 2004.6}
    assert len(cleaned(text.format("合计")).totals) == 1


def test_units_in_two_languages_in_one_line_are_one(cleaned, figures):
    upload = cleaned("2024年各区地区生产总值 单位：万元 Unit: 10 000 yuan,\n区,地区生产总值\n天河区,66149900\n")
    assert figures(upload) == {("440106", "gdp", "2024"): 6614.99}


def test_a_row_of_growth_without_a_name_is_left_out_with_a_warning(cleaned, figures, found):
    upload = cleaned("2024年主要指标,,\n指标,天河区,荔湾区\nGDP（亿元）,6615,1212\n  比上年增长（%）,5.0,2.1\n")
    assert figures(upload) == {("440106", "gdp", "2024"): 6615, ("440103", "gdp", "2024"): 1212}
    assert found(upload, "metric_left_out")[0].rows == (4,)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "2024年,天河区,荔湾区\nGDP（亿元）,6615,1212\n社零（亿元）,2100,700\n",
            {("440106", "gdp", "2024"), ("440103", "gdp", "2024"), ("440106", "retail_sales", "2024"), ("440103", "retail_sales", "2024")},
        ),
        ("Huadu District,2023,2024\nGDP (RMB bn),180.2,180.3\n  Primary industry,4.5,4.6\n", {("440114", "gdp", "2023"), ("440114", "gdp", "2024")}),
    ],
)  # fmt: skip
def test_a_period_or_place_in_the_corner_above_metrics_is_that_of_all_figures(cleaned, figures, text, expected):
    assert figures(cleaned(text)).keys() == expected


def test_a_corner_above_districts_is_none(cleaned, figures):
    text = "天河区,荔湾区\n6615,1212\n"
    assert figures(cleaned(text, metric="gdp", period="2024")) == {
        ("440106", "gdp", "2024"): 6615,
        ("440103", "gdp", "2024"): 1212,
    }


def test_a_metric_of_another_place_in_the_label_of_a_row_is_left_out(cleaned, figures, found):
    upload = cleaned("天河区主要指标,\n指标,2023年\n广州市GDP（亿元）,30355.73\nGDP（亿元）,6551\n")
    assert figures(upload) == {("440106", "gdp", "2023"): 6551}
    assert found(upload, "other_metric")[0].rows == (3,)


@pytest.mark.parametrize("heading", ["2024年指标", "2024年主要指标"])
def test_a_column_of_quotas_of_a_year_is_none_of_figures(cleaned, heading):
    upload = cleaned(f"各区GDP（亿元）,,\n区,{heading},2024年完成\n天河区,6700,6615\n")
    assert 6700 not in list(upload.table["value"])
    assert upload.findings
