"""Periods."""

import pytest

from geo.fields import LANGUAGES
from geo.schema import PERIOD
from geo.uploads.parse.periods import joined_period, period_of_cell, periods_in, read_period, split_period, up_to
from geo.wording import period_label


@pytest.mark.parametrize(
    ("texts", "period"),
    [
        ("2023|2023年|2023年度|２０２３年|2023.0|二〇二三年|二○二三|2023年末|2023年1-12月|2023Q1-Q4|FY2023", "2023"),
        (
            "2023H1|2023年上半年|2023年1-6月|2023年1—6月|2023上半年|H1 2023|first half of 2023|2023年1-2季度|2023年1－6月",
            "2023H1",
        ),
        ("2024H2|2024年下半年|2024年7-12月|2H 2024", "2024H2"),
        ("2024Q3|2024年三季度|2024年第3季度|2024年第三季度|Q3 2024|3Q2024|2024-Q3", "2024Q3"),
        (
            "2024Q1-Q3|2024年前三季度|2024年三季度累计|2024年第三季度累计值|2024年1-9月|2024年1至9月|2024年一至三季度|Jan-Sep 2024|2024年1—9月累计",
            "2024Q1-Q3",
        ),
        ("2024年1-3月|2024年一季度|2024Q1|2024年前3个月|2024年3月累计", "2024Q1"),
        (
            "2024M05|2024年5月|2024年5月份|2024年05月|2024-05|2024/5|2024年五月|二〇二四年五月|２０２４年５月"
            "|May 2024|may, 2024|2024 May|2024年5月末|2024年5月当月",
            "2024M05",
        ),
        (
            "2024M01-M05|2024年1-5月|2024年1—5月|2024年1月至5月|2024年一至五月|2024年前5个月|2024年前五个月|2024年1－5月累计|2024年5月累计|2024年5月止累计"
            "|Jan-May 2024|January to May 2024|Jan–May 2024|2024 Jan-May|YTD May 2024",
            "2024M01-M05",
        ),
        ("2024年1—11月累计|2024年前11个月|2024年11月末累计|2024年前十一个月|Jan-Nov 2024", "2024M01-M11"),
        ("2024年12月累计|2024年四季度累计|2024年12月累计值|2024年前12个月", "2024"),
        ("2024年1-2月|2024年前两个月", "2024M01-M02"),
        ("2024年1月累计|2024年一月", "2024M01"),
        ("undated|未注明|Undated", "undated"),
    ],
)
def test_a_period_takes_the_form_of_the_catalogue(texts, period):
    assert {read_period(text) for text in texts.split("|")} == {(period, "")}
    assert PERIOD.fullmatch(period)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "period", ["2023", "2023H1", "2024Q3", "2024Q1-Q3", "2024M05", "2024M12", "2024M01-M02", "2024M01-M11", "undated"]
)
def test_a_period_is_read_as_the_pages_write_it(period, language):
    assert read_period(period_label(period, language)) == (period, "")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("2023年3-5月", "period_of_months"),
        ("2023年2-4月", "period_of_months"),
        ("2023年11-12月", "period_of_months"),
        ("2024-13", "period_of_months"),
        ("2024年5-1月", "period_of_months"),
        ("2024年1、2月", "period_unknown"),
        ("2024年1-2", "period_is_date"),  # months or quarters
        ("2024.05", "period_unknown"),  # a figure
        ("202405", "period_unknown"),
        ("gdp2023", "period_unknown"),
        ("May-24", "period_unknown"),
        ("2024年5月15日", "period_is_date"),
        ("2024Q3-Q1", "period_of_months"),
        ("2023-01-01", "period_is_date"),
        ("2023/12/31", "period_is_date"),
        ("2023-01-01 00:00:00", "period_is_date"),
        ("2203", "period_unknown"),
        ("44927", "period_unknown"),
        ("去年", "period_unknown"),
        ("", "period_unknown"),
    ],
)
def test_what_is_no_period_says_why(text, code):
    assert read_period(text) == ("", code)


@pytest.mark.parametrize(
    ("title", "periods"),
    [
        ("表1 2023年广州市各区地区生产总值", ("2023",)),
        ("广州市2024年1-9月主要指标", ("2024Q1-Q3",)),
        ("2022年、2023年各区GDP", ("2022", "2023")),
        ("GDP of districts, H1 2023", ("2023H1",)),
        ("2024年5月各区社会消费品零售总额", ("2024M05",)),
        ("广州市2024年1—5月主要指标", ("2024M01-M05",)),
        ("2024年前11个月各区主要指标", ("2024M01-M11",)),
        ("2024年度1-11月地区生产总值", ("2024M01-M11",)),
        ("二〇二四年1-9月各区", ("2024Q1-Q3",)),
        ("二〇二四年五月各区", ("2024M05",)),
        ("Retail sales, Jan - May 2024", ("2024M01-M05",)),
        ("Retail sales of districts in May 2024", ("2024M05",)),
        ("2024年5月止累计", ("2024M01-M05",)),
        ("2023年5月与2024年5月各区零售", ("2024M05",)),
        ("2024-05", ("2024M05",)),
        ("2024年5月15日各区", ()),
        ("2024年5月、6月各区", ()),
        ("2024年4月至6月各区", ("2024Q2",)),
        ("2024年4月至8月各区", ()),
        ("2024年1、2月", ()),
        ("各区地区生产总值", ()),
        ("12023.5", ()),
    ],
)
def test_a_title_names_its_periods(title, periods):
    assert periods_in(title) == periods


@pytest.mark.parametrize(
    ("heading", "rest", "period"),
    [
        ("2023年GDP", "GDP", "2023"),
        ("gdp_2023", "gdp", "2023"),
        ("二〇二二年GDP", "GDP", "2022"),
        ("地区生产总值2024年1-9月", "地区生产总值", "2024Q1-Q3"),
        ("2024年5月社会消费品零售总额", "社会消费品零售总额", "2024M05"),
        ("社会消费品零售总额2024年1—5月累计", "社会消费品零售总额", "2024M01-M05"),
        ("2023", "", "2023"),
        ("GDP", "GDP", ""),
    ],
)
def test_a_heading_is_split_from_its_period(heading, rest, period):
    assert split_period(heading) == (rest, period, "")


@pytest.mark.parametrize(
    "title",
    [
        "2024年前11个月各区主要指标",
        "2024年度1-11月地区生产总值",
        "2024年11 月各区",
        "2024年1、2月",
        "二〇二四年1-9月各区",
        "打印时间：2024-03-15 10:22",
        "穗统字〔2024〕15号",
    ],
)
def test_a_part_of_a_year_or_a_day_does_not_stand_for_the_year(title: str):
    assert "2024" not in periods_in(title)


@pytest.mark.parametrize(
    ("year", "part", "heading", "expected"),
    [
        ("2025", "二季度", "季度", ("2025Q2", "")),
        ("2025年", "2", "季度", ("2025Q2", "")),
        ("2025", "2.0", "Quarter", ("2025Q2", "")),
        ("2025", "上半年", "报告期别", ("2025H1", "")),
        ("2025", "1-9月", "月份", ("2025Q1-Q3", "")),
        ("2025", "全年", "报告期别", ("2025", "")),
        ("2025", "", "季度", ("2025", "")),
        ("2025", "2025年一季度", "季度", ("2025Q1", "")),
        ("", "2025Q1", "季度", ("2025Q1", "")),
        ("2025", "6", "月份", ("2025M06", "")),
        ("2025", "6.0", "Month", ("2025M06", "")),
        ("2025", "1-5", "月份", ("2025M01-M05", "")),
        ("2025", "06", "月份", ("2025M06", "")),
        ("2025", "1-3", "季度", ("2025Q1-Q3", "")),
        ("2025", "1-4", "季度", ("2025", "")),
        ("2025", "0", "月份", ("", "period_unknown")),
        ("2025", "1-5月", "报告期别", ("2025M01-M05", "")),
        ("2025", "5月累计", "月份", ("2025M01-M05", "")),
        ("2025", "May", "Month", ("2025M05", "")),
        ("2025", "202506", "月份", ("2025M06", "")),
        ("2025", "202406", "月份", ("", "period_parts_differ")),
        ("2025", "13", "月份", ("", "period_unknown")),
        ("2025", "1", "半年", ("2025H1", "")),
        ("2025", "1", "报告期别", ("", "period_unknown")),  # of what?
        ("2025", "3-5月", "月份", ("", "period_of_months")),
        ("2025", "累计", "月份", ("", "period_unknown")),
        ("2024年11月", "累计", "累计/当月", ("2024M01-M11", "")),
        ("2024年11月", "上年同期", "期别", ("2023M11", "")),
        ("2025", "2024Q2", "季度", ("", "period_parts_differ")),
        ("2025H1", "二季度", "季度", ("", "period_parts_differ")),
        ("2025", "春天", "季度", ("", "period_unknown")),
        ("去年", "二季度", "季度", ("", "period_unknown")),
    ],
)
def test_a_year_and_a_part_of_it_are_one_period_or_an_error(year, part, heading, expected):
    assert joined_period(year, part, heading) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("202405", ("2024M05", "")),
        ("2024.05", ("2024M05", "")),
        ("2024.10", ("2024M10", "")),
        ("2024.1", ("", "period_unknown")),  # of January or, from a spreadsheet, of October
        ("202413", ("", "period_unknown")),
        ("2024", ("2024", "")),
    ],
)
def test_digits_of_a_month_are_one_where_periods_stand(text, expected):
    assert period_of_cell(text) == expected


@pytest.mark.parametrize(
    ("title", "heading", "period"),
    [
        ("2024M05", "本月", "2024M05"),
        ("2024M05", "当月", "2024M05"),
        ("2024M05", "本月止累计", "2024M01-M05"),
        ("2024M01-M05", "本月", "2024M05"),
        ("2024M01-M05", "累计", "2024M01-M05"),
        ("2024H1", "1-本月", "2024H1"),
        ("2024M12", "累计", "2024"),
        ("2024M01-M11", "本期", "2024M01-M11"),
        ("2024M01-M11", "上年同期", "2023M01-M11"),
        ("2024", "上年", "2023"),
        ("2024M01", "累计", "2024M01"),
        ("2024", "本月", ""),
        ("undated", "本月", ""),
        ("2024M05", "上月", ""),
    ],
)
def test_the_month_of_a_title_completes_this_month_and_up_to_it(title, heading, period):
    assert up_to(title, heading) == period
