"""What columns are taken for."""

import pytest


def targets(upload):
    return [use.target for use in upload.columns]


def test_columns_say_what_they_are_taken_for_and_how(cleaned):
    upload = cleaned("adcode,区名,GDP（亿元）,2023年,增加值,序号\n440103,荔湾区,1,2,3,4", metric="gdp")
    assert targets(upload) == ["district", "district", "metric:gdp", "value", "", "ignore"]
    assert [use.how for use in upload.columns] == ["alias", "alias", "name", "pattern", "", "alias"]
    assert [use.key for use in upload.columns][2:5] == ["gdp", "2023年", "增加值"]


def test_an_unknown_column_is_a_warning_and_a_choice_settles_it(cleaned, found, figures):
    text = "区,2023年增加值（万元）\n荔湾区,12779300"
    warned = cleaned(text)
    finding = found(warned, "unknown_column")[0]
    assert (finding.severity, finding.rows, finding.column, finding.heading) == (
        "warning",
        (1,),
        2,
        "2023年增加值（万元）",
    )
    key = warned.columns[1].key
    assert figures(cleaned(text, columns={key: "metric:gdp"})) == {("440103", "gdp", "2023"): 1277.93}
    assert not found(cleaned(text, columns={key: "ignore"}), "unknown_column")


def test_a_choice_goes_before_the_name(cleaned):
    assert targets(cleaned("区,GDP\n荔湾区,1", columns={"gdp": "metric:retail_sales"}))[1] == "metric:retail_sales"


@pytest.mark.parametrize("heading", ["", "名称", "单位名称"])
def test_a_column_of_districts_is_known_by_its_content(cleaned, heading):
    upload = cleaned(f"{heading},GDP（亿元）\n荔湾区,1\n越秀区,2\n合计,3", period="2023")
    assert (upload.columns[0].target, upload.columns[0].how) == ("district", "content")
    assert len(upload.table) == 2


def test_columns_of_metrics_and_periods_are_known_by_their_content(cleaned, figures):
    upload = cleaned("甲,乙,丙,数值\n荔湾区,GDP,2023年,1\n荔湾区,常住人口,2020年,2")
    assert targets(upload) == ["district", "metric", "period", "value"]
    assert list(figures(upload)) == [("440103", "gdp", "2023"), ("440103", "population", "2020")]


def test_missing_columns_are_errors(cleaned, found):
    assert [f.params["field"] for f in found(cleaned("指标,数值\nGDP,1"), "missing_column")] == ["district"]
    assert [f.params["field"] for f in found(cleaned("区,备注\n荔湾区,a"), "missing_column")] == ["value"]


def test_a_field_twice_is_an_error_and_the_first_counts(cleaned, found):
    upload = cleaned("区,年份,时期,GDP（亿元）\n荔湾区,2022,2023,1")
    assert found(upload, "column_twice")[0].params["first"] == "年份"
    assert upload.table["period"].tolist() == ["2022"]


def test_a_heading_that_is_another_citys_district_is_an_error(cleaned, found):
    upload = cleaned("指标,荔湾区,禅城区,从化市\nGDP（亿元）,1,2,3", period="2023")
    assert found(upload, "district_elsewhere")[0].column == 3
    assert found(upload, "district_renamed")[0].severity == "note"
    assert upload.table["adcode"].tolist() == ["440103", "440117"]


def test_a_blank_column_is_nothing(cleaned):
    upload = cleaned("区,,GDP（亿元）\n荔湾区,,1", period="2023")
    assert not upload.findings
    assert len(upload.columns) == 2


@pytest.mark.parametrize("heading", ["2023年3-5月", "2023年3-5月GDP（亿元）"])
def test_a_heading_of_months_that_have_no_name_is_an_error(cleaned, found, heading):
    upload = cleaned(f"区,{heading},2023年1-6月GDP（亿元）\n荔湾区,1,2", metric="gdp", period="2023", unit="亿元")
    assert found(upload, "period_of_months")[0].column == 2
    assert upload.table["period"].tolist() == ["2023H1"]


def test_a_total_column_beside_rows_of_districts_is_unknown(cleaned, found):
    upload = cleaned("区,2023年GDP（亿元）,合计\n荔湾区,1,2")
    assert found(upload, "unknown_column")[0].column == 3
    assert upload.table["value"].tolist() == [1]


def test_growth_beside_a_metric_is_in_per_cent(cleaned):
    assert not cleaned("区,2023年GDP（亿元）,2023年比上年增长\n荔湾区,1,5").findings


@pytest.mark.parametrize("corner", ["年份", "指标", "地区/年份"])
def test_a_corner_that_names_the_headings_does_not_hide_the_districts(cleaned, figures, corner):
    upload = cleaned(f"{corner},2022年,2023年\n荔湾区,1,2", metric="gdp", unit="亿元")
    assert figures(upload) == {("440103", "gdp", "2022"): 1, ("440103", "gdp", "2023"): 2}


@pytest.mark.parametrize(
    ("text", "growth"),
    [
        ("区,2022年GDP（亿元）,2023年GDP（亿元）,增速（%）\n荔湾区,1,2,3", "2023"),
        ("区,2023年GDP（亿元）,2022年GDP（亿元）,增速（%）\n荔湾区,2,1,3", "2023"),
        ("区,2023年GDP（亿元）,2023年上半年GDP（亿元）,增速（%）\n荔湾区,2,1,3", ""),
    ],
)
def test_a_growth_is_that_of_the_latest_year_beside_it(cleaned, found, text, growth):
    upload = cleaned(text, source_id="x")
    periods = list(upload.table.query("metric == 'gdp_growth'")["period"])
    assert periods == ([growth] if growth else [])
    assert growth or found(upload, "period_missing")[0].column == 4


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("区,2023年GDP（亿元）,增长\n荔湾区,1262.81,51.3", False),
        ("区,2023年GDP（亿元）,增长\n荔湾区,1262.81,3.5%", True),
        ("单位：亿元、%,,\n区,2023年GDP,增长\n荔湾区,1262.81,3.5", True),
    ],
)
def test_a_growth_that_may_be_a_change_is_read_where_something_says_per_cent(cleaned, found, text, read):
    upload = cleaned(text, source_id="x")
    assert ("gdp_growth" in set(upload.table["metric"])) == read
    assert bool(found(upload, "other_figure")) != read


@pytest.mark.parametrize(
    ("text", "column"),
    [
        ("2024年11月,,,,\n区,本月,上年同期,累计,上年同期\n荔湾区,1,2,3,4", 3),
        ("2024年1-11月,,,\n区,GDP（亿元）,增速%,上年同期\n荔湾区,1,2,3", 4),
        ("2024年1-11月,,,\n区,固定资产投资,上年同期,GDP（亿元）\n荔湾区,1,2,3", 3),
        ("2024年1-11月,,,\n区,GDP增速,上年同期\n荔湾区,1,2", 3),
        ("区,时间,GDP（亿元）,上年同期\n荔湾区,2024,1,2", 4),
        ("区,GDP（亿元）,\n,本期,上年同期\n荔湾区,1,2", 3),
    ],
)
def test_the_same_a_year_before_is_unknown_where_its_column_is_unclear(cleaned, found, text, column):
    upload = cleaned(text, source_id="x", period="2024M11")
    assert column in [one.column for one in found(upload, "unknown_column")]
    assert all(period.startswith("2024") for period in upload.table["period"])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2024年各区GDP增速,,\n区,固定资产投资,增速\n荔湾区,2,3", []),
        ("2024年各区GDP增减情况,\n区,增减\n荔湾区,2", []),
        ("2024年各区GDP增长目标,\n区,增长\n荔湾区,2", []),
        ("2024年各区GDP、社零及增速,,\n区,总量,增速\n荔湾区,2,3", []),
        ("2024年各区GDP及增速,\n区,2024年\n荔湾区,2", []),
        ("2024年各区GDP及固定资产投资增速,,\n区,2024年,增速\n荔湾区,2,3", []),
        ("2024年各区GDP名义增长,\n区,增长\n荔湾区,2", []),
        ("2024年各区GDP比2019年增长,\n区,增长\n荔湾区,2", []),
        ("2024年各区GDP,,\n区,GDP（亿元）,上年增速\n荔湾区,2,3", [("gdp", 2)]),
        ("2024年各区GDP,,\n区,GDP（亿元）,增长（±%）\n荔湾区,2,3", [("gdp", 2), ("gdp_growth", 3)]),
        ("2024年各区GDP同比增长情况,\n区,同比增长\n荔湾区,2", [("gdp_growth", 2)]),
        ("2024年各区GDP（亿元）及增速,,\n区,2024年,增速\n荔湾区,2,3", [("gdp", 2), ("gdp_growth", 3)]),
    ],
)
def test_a_growth_without_a_name_is_that_of_the_title_or_of_the_column_it_names(cleaned, text, expected):
    table = cleaned(text, source_id="x").table
    assert list(zip(table["metric"], table["value"], strict=True)) == expected


def test_an_english_heading_that_says_more_makes_it_another_figure(cleaned, found):
    text = "区别,2024年人口（万人）,2024年GDP（亿元）\nDistrict,Registered Population (10 000 persons),GRP (100 million yuan)\n荔湾区,90.2,1"
    upload = cleaned(text, source_id="x")
    assert set(upload.table["metric"]) == {"gdp"}
    assert found(upload, "other_figure")[0].column == 2


@pytest.mark.parametrize("row", ["甲,1,2", "甲,(1),(2)", "栏次,1,2", "甲,乙,1"])
def test_a_row_that_numbers_the_columns_is_none_of_the_table(cleaned, row):
    upload = cleaned(f"区,2024年GDP（亿元）,2024年社零（亿元）\n{row}\n荔湾区,3,4", source_id="x")
    assert (list(upload.table["value"]), upload.findings) == ([3, 4], ())


@pytest.mark.parametrize("text", ["指标代码,指标名称", "指标名称,指标代码"])
def test_of_codes_and_names_of_metrics_the_names_are_read(cleaned, text):
    cells = dict(zip(("指标代码", "指标名称"), ("A0101", "地区生产总值（亿元）"), strict=True))
    row = ",".join(cells[heading] for heading in text.split(","))
    upload = cleaned(f"区,{text},2024年\n荔湾区,{row},1", source_id="x")
    assert (list(upload.table["metric"]), upload.findings) == (["gdp"], ())


def test_a_corner_of_districts_stays_one_where_districts_stand_below_it(cleaned, figures):
    upload = cleaned("地区,荔湾区,越秀区\n荔湾区,1,2\nGDP,3,4", source_id="x", period="2024", metric="gdp")
    assert figures(upload) == {}


def test_a_column_that_divides_the_rows_is_said_once(cleaned, found):
    upload = cleaned("地区,性别,2020年常住人口（人）\n荔湾区,男,6\n荔湾区,合计,9", source_id="x")
    assert list(upload.table["value"]) == [9]
    assert [one.code for one in upload.findings] == ["other_row"]


def test_average_and_number_of_a_pivot_table_are_not_its_sum(cleaned, figures):
    upload = cleaned("行标签,平均值项:2024年GDP,计数项:2024年GDP,求和项:2024年GDP\n荔湾区,1,2,3", source_id="x")
    assert figures(upload) == {("440103", "gdp", "2024"): 3}


@pytest.mark.parametrize("word", ["占比", "目标", "预测数", "完成率(%)", "人均", "增减额", "第三产业", "限额以上"])
@pytest.mark.parametrize("parts", ["3月,1-3月", "本月,本月止累计", "一季度,上半年"])
def test_a_word_below_parts_of_the_year_says_that_they_are_others(cleaned, found, parts, word):
    upload = cleaned(
        f"2025年3月各区社会消费品零售总额（亿元）,,\n区,{parts}\n,{word},{word}\n天河区,3.1,2.2", source_id="x"
    )
    assert list(upload.table["value"]) == []
    assert [one.column for one in found(upload, "unknown_column")] == [2, 3]


def test_a_word_in_brackets_behind_a_part_of_the_year_says_what_it_is(cleaned):
    table = cleaned(
        "2025年各区GDP（亿元）,,\n区,一季度（第三产业）,上半年（初步）\n荔湾区,3.1,2.2", source_id="x"
    ).table
    assert list(zip(table["period"], table["value"], table["note"], strict=True)) == [("2025H1", 2.2, "初步")]


def test_growths_below_parts_of_the_year_are_none_of_the_metric_of_their_row(cleaned, found):
    text = (
        "2025年3月海珠区经济运行快报,,,\n,,本月,本月止累计\n指标,单位,增速(%),增速(%)\n社会消费品零售总额,万元,3.2,2.9"
    )
    upload = cleaned(text, source_id="x")
    assert upload.table.empty
    assert [one.column for one in found(upload, "unknown_column")] == [3, 4]
