"""Indicator files in the layouts people use."""

import pytest

from geo.uploads.cleaning import clean
from geo.uploads.model import Choices, Reading

GDP = {
    ("440103", "gdp", "2022"): 1218.01,
    ("440104", "gdp", "2022"): 3650.18,
    ("440103", "gdp", "2023"): 1277.93,
    ("440104", "gdp", "2023"): 3810.24,
}
DISTRICTS = "{}\n荔湾区,1218.01,1277.93\n越秀区,3650.18,3810.24"
LAYOUTS = {
    "tidy": "adcode,metric,period,value,unit\n440103,gdp,2022,1218.01,亿元\n440104,gdp,2022,3650.18,亿元\n"
    "440103,GDP,2023年,1277.93,亿元\n440104,gdp,2023,3810.24,亿元",
    "wide": "区,年份,地区生产总值（万元）\n荔湾区,2022,12180100\n越秀区,2022,36501800\n荔湾区,2023,12779300\n越秀区,2023,38102400",
    "years in headings": DISTRICTS.format("区,2022年GDP(亿元),2023年GDP(亿元)"),
    "title and unit above": DISTRICTS.format("各区地区生产总值,,\n单位：亿元,,\n地区,2022年,2023年"),
    "three header rows": DISTRICTS.format("区,地区生产总值,\n,2022年,2023年\n,亿元,亿元"),
    "years over metrics": DISTRICTS.format("区,2022年,2023年\n区,GDP（亿元）,GDP（亿元）"),
    "no heading": DISTRICTS.format(",2022年GDP（亿元）,2023年GDP（亿元）"),
    "transposed metrics": "指标,荔湾区,越秀区\n2022年地区生产总值（亿元）,1218.01,3650.18\n2023年地区生产总值（亿元）,1277.93,3810.24",
    "unit column": "区,指标,计量单位,2022,2023\n荔湾区,地区生产总值,万元,12180100,12779300\n越秀区,地区生产总值,亿元,3650.18,3810.24",
    "unit in the cell": "区,指标,时期,数值\n荔湾区,GDP,2022,1218.01亿元\n越秀区,GDP,2022,3650.18亿元\n"
    "荔湾区,GDP,2023,12779300万元\n越秀区,GDP,2023,3810.24亿元",
}


@pytest.mark.parametrize("text", LAYOUTS.values(), ids=LAYOUTS)
def test_every_layout_gives_the_same_figures(cleaned, figures, text):
    upload = cleaned(text)
    assert figures(upload) == GDP
    assert [finding for finding in upload.findings if finding.severity != "note"] == []


@pytest.mark.parametrize(
    "text", [DISTRICTS.format("地区,2022,2023"), "年份,荔湾区,越秀区\n2022,1218.01,3650.18\n2023,1277.93,3810.24"]
)
def test_a_choice_says_what_the_file_does_not(cleaned, figures, text):
    upload = cleaned(text, metric="gdp", unit="亿元")
    assert figures(upload) == GDP
    assert not upload.findings


def test_a_record_says_where_in_the_file_it_stands(cleaned):
    table = cleaned("标题,,\n区,2022年GDP（亿元）,2023年GDP（亿元）\n荔湾区,1,2").table
    assert table[["value", "row", "column"]].to_numpy().tolist() == [[1, 3, 2], [2, 3, 3]]


def test_missing_marks_are_no_rows_and_zero_is_one(cleaned, figures):
    upload = cleaned("区,GDP（亿元）\n荔湾区,…\n越秀区,—\n海珠区,0\n天河区,\n白云区,无数据", period="2023")
    assert figures(upload) == {("440105", "gdp", "2023"): 0}
    assert not upload.findings


def test_notes_and_blank_rows_and_row_numbers_are_no_data(cleaned, figures):
    upload = cleaned("""
2023年各区情况,,,
单位：亿元,,,
序号,区,地区生产总值,备注
1,荔湾区,"1,277.93",
,,,
2,越秀区,"3，810．24",初核
注：本表为初步核算数。,,,
""")
    assert figures(upload) == {("440103", "gdp", "2023"): 1277.93, ("440104", "gdp", "2023"): 3810.24}
    assert upload.table["note"].tolist() == ["", "初核"]
    assert [finding.code for finding in upload.findings] == ["period_from_title"]


def test_a_label_merged_over_its_row_is_no_number(rows_sheet, today):
    rows = [["区", "GDP（亿元）", "2022年GDP（亿元）"], ["中心六区一览"] * 3, ["荔湾区", "1", "2"]]
    upload = clean(Reading(rows_sheet(rows)), "a.xlsx", "indicators", today, Choices(period="2023"))
    assert len(upload.table) == 2
    assert not upload.errors


def test_growth_beside_gdp_is_published_growth_and_elsewhere_unknown(cleaned, figures, found):
    text = "区,地区生产总值（亿元）,比上年增长（%）,常住人口（万人）,比上年增长（%）\n荔湾区,1277.93,5.1,124,0.3"
    upload = cleaned(text, period="2023")
    assert figures(upload)["440103", "gdp_growth", "2023"] == 5.1
    assert len(upload.table) == 3
    assert [finding.column for finding in found(upload, "unknown_column")] == [5]


def test_total_rows_are_set_apart_and_the_city_is_kept(cleaned, figures):
    upload = cleaned(
        "区,GDP（亿元）\n广州市,30355.73\n荔湾区,1277.93\n全市合计,30355.71\n中心城区小计,9", period="2023"
    )
    assert figures(upload) == {("440100", "gdp", "2023"): 30355.73, ("440103", "gdp", "2023"): 1277.93}
    assert upload.totals[["adcode", "metric", "value", "row"]].to_numpy().tolist() == [["", "gdp", 30355.71, 4]]
    assert [(f.code, f.severity) for f in upload.findings] == [("part_left_out", "warning")]


def test_a_total_column_is_a_total_where_districts_are_columns(cleaned):
    upload = cleaned("指标,荔湾区,越秀区,合计\nGDP（亿元）,1,2,3", period="2023")
    assert upload.totals["value"].tolist() == [3]


def test_period_and_metric_come_from_choice_then_title_else_are_asked_for(cleaned, figures, found):
    text = "2023年各区地区生产总值（亿元）,\n区,数值\n荔湾区,5"
    assert list(figures(cleaned(text, unit="亿元"))) == [("440103", "gdp", "2023")]
    assert list(figures(cleaned(text, unit="亿元", period="2022年", metric="retail_sales"))) == [
        ("440103", "retail_sales", "2022")
    ]
    upload = cleaned("2022、2023年指标,\n区,数值\n荔湾区,5")
    assert {f.code for f in upload.findings} == {"metric_missing", "period_missing"}
    assert upload.table.empty
    assert found(cleaned("区,时期,数值\n荔湾区,,5", metric="gdp"), "period_missing")[0].rows == (2,)


def test_a_choice_that_is_none_is_said(cleaned, found):
    upload = cleaned("区,数值\n荔湾区,5", period="1-5月", metric="gpd", unit="斤")
    assert [finding.params["field"] for finding in found(upload, "choice_unknown")] == ["metric", "period", "unit"]


def test_quality_source_and_note_are_taken_from_the_row_else_from_the_choice(cleaned):
    upload = cleaned(
        "区,GDP（亿元）,来源,质量,备注\n荔湾区,1,ranking-2023,推算,a\n越秀区,2,,,",
        period="2023",
        source_id="new",
        quality="secondary",
    )
    rows = upload.table[["source_id", "quality", "note"]].to_numpy().tolist()
    assert rows == [["ranking-2023", "derived", "a"], ["new", "secondary", ""]]


def test_a_sheet_without_header_or_figures_says_so(cleaned):
    assert [f.code for f in cleaned("").findings] == ["no_header"]
    assert "no_figures" in [f.code for f in cleaned("区,GDP\n荔湾区,…").findings]


@pytest.mark.parametrize(("district", "codes"), [("440115", []), ("440100", []), ("nowhere", ["choice_unknown"])])
def test_a_file_about_one_district_takes_it_from_the_choice(cleaned, district: str, codes: list[str]):
    upload = cleaned("年份,地区生产总值（亿元）\n2023,2323.54\n2024,2400\n", district=district)
    found = [finding.code for finding in upload.findings]
    if district == "nowhere":
        assert found == codes
    else:
        assert found == []
        assert upload.table["adcode"].tolist() == [district, district]


def test_a_chosen_unit_goes_before_that_of_the_title(cleaned, figures):
    upload = cleaned("单位：亿元,\n区,2023年GDP\n荔湾区,12779300\n", unit="万元")
    assert upload.table["value"].tolist() == [1277.93]


def test_a_column_without_a_heading_can_be_chosen(cleaned):
    upload = cleaned("区,2023年GDP（亿元）,\n荔湾区,1277.93,甲\n", columns={"column 3": "note"})
    assert upload.table["note"].tolist() == ["甲"]


def test_a_total_by_name_is_one_whatever_code_stands_beside_it(cleaned):
    upload = cleaned("行政区划代码,区,2023年GDP（亿元）\n440103,荔湾区,1277.93\n440100,合计,1277.93\n")
    assert upload.table["adcode"].tolist() == ["440103"]
    assert upload.totals["value"].tolist() == [1277.93]


RETAIL = {
    ("440103", "retail_sales", "2024M05"): 10.5,
    ("440104", "retail_sales", "2024M05"): 20.5,
    ("440103", "retail_sales", "2024M01-M05"): 48.5,
    ("440104", "retail_sales", "2024M01-M05"): 99.5,
}
MONTHS = {
    "in headings": "区,2024年5月社会消费品零售总额（亿元）,2024年1—5月社会消费品零售总额（亿元）\n荔湾区,10.5,48.5\n越秀区,20.5,99.5",
    "dated title, this month and up to it": "2024年5月各区社会消费品零售总额,,\n单位：亿元,,\n区,本月,本月止累计\n荔湾区,10.5,48.5\n越秀区,20.5,99.5",
    "metric over this month and up to it": "2024年5月各区主要指标,,\n单位：亿元,,\n区,社会消费品零售总额,\n,本月,本月止累计\n"
    "荔湾区,10.5,48.5\n越秀区,20.5,99.5",
    "title of months up to it": "2024年1-5月各区社会消费品零售总额,,\n单位：亿元,,\n区,当月,累计\n荔湾区,10.5,48.5\n越秀区,20.5,99.5",
    "year of the title": "2024年各区社会消费品零售总额,,\n单位：亿元,,\n区,5月,1-5月\n荔湾区,10.5,48.5\n越秀区,20.5,99.5",
    "year over months": "区,2024年,\n区,5月,1-5月\n荔湾区,10.5,48.5\n越秀区,20.5,99.5",
    "column of months beside years": "区,年份,月份,社会消费品零售总额（亿元）\n荔湾区,2024,5,10.5\n"
    "越秀区,2024,5月,20.5\n荔湾区,2024,1-5,48.5\n越秀区,2024,前5个月,99.5",
    "column of periods": "区,时间,社会消费品零售总额（亿元）\n荔湾区,2024-05,10.5\n越秀区,202405,20.5\n荔湾区,2024年1-5月累计,48.5\n越秀区,Jan-May 2024,99.5",
}


@pytest.mark.parametrize("text", MONTHS.values(), ids=MONTHS)
def test_months_and_months_up_to_one_are_periods_of_their_own(cleaned, figures, text):
    upload = cleaned(text, metric="retail_sales", unit="亿元")
    assert figures(upload) == RETAIL
    assert [finding for finding in upload.findings if finding.severity == "error"] == []


@pytest.mark.parametrize(
    "above",
    [
        "广州市统计局 2024年6月",
        "广州市统计局,\n2024年6月",
        "2024年6月印发",
        "二〇二四年六月印发",
        "打印日期：2024年6月",
    ],
)
def test_the_month_of_the_paper_is_not_that_of_its_figures(cleaned, figures, found, above):
    upload = cleaned(f"{above},\n区,GDP（亿元）\n荔湾区,1")
    assert figures(upload) == {}
    assert found(upload, "period_missing")


def test_under_a_year_alone_this_month_is_unknown(cleaned, figures, found):
    upload = cleaned("2024年各区社会消费品零售总额（亿元）,,\n区,本月,累计\n荔湾区,10.5,48.5")
    assert figures(upload) == {}
    assert [one.column for one in found(upload, "unknown_column")] == [2, 3]


def test_a_metric_over_this_month_is_unknown_where_no_title_says_the_month(cleaned, figures, found):
    upload = cleaned(
        "2024年各区主要指标,,\n单位：亿元,,\n区,社会消费品零售总额,\n,本月,累计\n荔湾区,10.5,48.5", period="2024"
    )
    assert figures(upload) == {}
    assert [one.column for one in found(upload, "unknown_column")] == [2, 3]


def test_a_row_of_figures_that_look_like_months_is_no_header(cleaned, figures):
    upload = cleaned("区,2023年GDP（亿元）\n荔湾区,2012.05\n越秀区,201205")
    assert figures(upload) == {("440103", "gdp", "2023"): 2012.05, ("440104", "gdp", "2023"): 201205}


def test_a_month_of_the_title_is_offered_for_columns_that_say_the_year(cleaned, figures, found):
    text = "2025年5月各区GDP,,\n单位：亿元,,\n区,2024年,2025年\n荔湾区,1,2"
    asked = [finding.params for finding in found(cleaned(text), "title_says_part")]
    assert asked == [{"period": f"{year}M05", "year": year} for year in ("2024", "2025")]
    chosen = cleaned(text, period="2025年5月")
    assert figures(chosen) == {("440103", "gdp", "2024M05"): 1, ("440103", "gdp", "2025M05"): 2}


@pytest.mark.parametrize(
    ("name", "period"), [("5月", "2024M05"), ("1-5月", "2024M01-M05"), ("上半年", "2024H1"), ("Sheet1", "2024")]
)
def test_a_sheet_called_as_a_month_is_of_that_month(sheet, today, figures, name, period):
    rows = sheet("2024年各区GDP,\n区,GDP（亿元）\n荔湾区,1")
    upload = clean(Reading(rows, name=name), "file.xlsx", "indicators", today, Choices())
    assert figures(upload) == {("440103", "gdp", period): 1}


@pytest.mark.parametrize(
    "title",
    [
        "增城区新塘镇2024年主要指标",
        "2024年番禺区长隆万博商务区经济指标",
        "2024年天河区石牌街道",
        "2024年番禺区大学城（小谷围街道）统计",
        "Guangzhou Development District (Huangpu), key figures 2024",
        "Tianhe CBD 2024",
    ],
)
def test_a_title_about_a_town_or_a_zone_names_no_district(cleaned, found, title):
    upload = cleaned(f'"{title}",\n指标,数值\nGDP（亿元）,700.1', source_id="x")
    assert upload.table.empty
    assert found(upload, "missing_column")[0].params == {"field": "district"}


@pytest.mark.parametrize(
    "title",
    [
        "2024年黄埔区（广州开发区）主要指标",
        "2024年黄埔区、广州开发区主要指标",
        "黄埔区统计局 2024年",
        "黄埔区商务局2024年",
        "Huangpu District 2024",
    ],
)
def test_a_title_about_a_whole_district_names_it(cleaned, title):
    upload = cleaned(f"{title},\n指标,数值\nGDP（亿元）,700.1", source_id="x")
    assert list(upload.table["adcode"]) == ["440112"]
