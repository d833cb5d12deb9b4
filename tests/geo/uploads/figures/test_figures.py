"""Numbers, units and metrics of figures."""

import pytest


@pytest.mark.parametrize(
    ("text", "metric", "value"),
    [
        ("区,地区生产总值（万元）\n荔湾区,12779300", "gdp", 1277.93),
        ("区,GDP(RMB bn)\n荔湾区,127.793", "gdp", 1277.93),
        ("区,地区生产总值（元）\n荔湾区,127793000000", "gdp", 1277.93),
        ("区,地区生产总值（万元）\n荔湾区,1277.93亿元", "gdp", 1277.93),
        ("区,常住人口（万人）\n荔湾区,124.2", "population", 1_242_000),
        ("区,Residents (million)\n荔湾区,1.242", "population", 1_242_000),
        ("区,GDP增速（‰）\n荔湾区,51", "gdp_growth", 5.1),
        ("区,GDP增速\n荔湾区,5.1%", "gdp_growth", 5.1),
        ("区,GDP增速（百分点）\n荔湾区,-0.3", "gdp_growth", -0.3),
        ("区,土地面积（公顷）\n荔湾区,5910", "area_official", 59.1),
        ("区,土地面积（亩）\n荔湾区,1500", "area_official", 1),
        ("区,社零总额（百万元）\n荔湾区,100", "retail_sales", 1),
    ],
)
def test_a_figure_is_converted_to_the_unit_of_the_catalogue(cleaned, figures, text, metric, value):
    upload = cleaned(text, period="2023")
    assert figures(upload) == {("440103", metric, "2023"): value}
    assert not upload.findings


def test_a_unit_above_the_table_holds_for_the_metrics_it_fits(cleaned, figures, found):
    upload = cleaned("单位：万元、万人,,\n区,地区生产总值,常住人口,土地面积\n荔湾区,12779300,124.2,59.1", period="2023")
    assert set(figures(upload).values()) == {1277.93, 1_242_000, 59.1}
    assert [finding.params["metric"] for finding in found(upload, "unit_assumed")] == ["area_official"]


def test_no_unit_anywhere_is_a_warning_once_a_metric_unless_it_is_chosen(cleaned, figures, found):
    text = "区,2022年GDP,2023年GDP\n荔湾区,1,2\n越秀区,3,4"
    assert [(f.severity, f.params["unit"]) for f in found(cleaned(text), "unit_assumed")] == [("warning", "亿元")]
    chosen = cleaned(text, unit="万元")
    assert not chosen.findings
    assert figures(chosen)["440103", "gdp", "2022"] == 0.0001


def test_a_fraction_is_a_percentage_only_where_somebody_chose_it(cleaned, figures):
    assert list(figures(cleaned("区,GDP增速\n荔湾区,0.051", period="2023", unit="小数")).values()) == [5.1]
    assert list(figures(cleaned("区,GDP增速\n荔湾区,0.051", period="2023", unit="%")).values()) == [0.051]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("各区GDP,\n单位：万美元,\n区,GDP\n荔湾区,182000", "单位:万美元"),
        ("各区GDP（单位：亿美元）,\n区,GDP\n荔湾区,182", "各区GDP(单位:亿美元)"),
        ("区,GDP\n荔湾区,182\n单位：百万港元,", "单位:百万港元"),
        ("区,GDP\n荔湾区,182\n注：单位为亿美元,", "注:单位为亿美元"),
        ("单位：户,\n区,常住人口\n荔湾区,400000", "单位:户"),
        ("单位：%,\n区,地区生产总值\n荔湾区,1.5", "单位:%"),
        ("单位：亿美元、万人,,\n区,地区生产总值,常住人口\n荔湾区,182,", "单位:亿美元、万人"),
        ("Unit: million USD,\nDistrict,GDP\nLiwan,182", "Unit: million USD"),
    ],
)
def test_a_unit_beside_the_table_that_fits_no_metric_is_an_error(cleaned, found, text, line):
    upload = cleaned(text, period="2023", source_id="x")
    assert upload.table.empty
    assert [(one.severity, one.value) for one in found(upload, "unit_mismatch")] == [("error", line)]
    assert not found(upload, "unit_assumed")


@pytest.mark.parametrize(
    "text",
    [
        "单位：亿元、户,,\n区,常住人口,户数\n荔湾区,1242000,400000",  # that of the column nobody knows
        "单位：亿元,,\n区,常住人口,GDP\n荔湾区,1242000,1",
        "单位：%,,\n区,常住人口,GDP增速\n荔湾区,1242000,1",
        "各区GDP,\n单位：亿元,\n区,GDP\n荔湾区,1\n各区人口,\n区,常住人口\n荔湾区,1242000",
    ],
)
def test_a_unit_that_another_column_or_table_has_is_no_error(cleaned, figures, found, text):
    upload = cleaned(text, period="2023", source_id="x")
    assert figures(upload)["440103", "population", "2023"] == 1_242_000
    assert not found(upload, "unit_mismatch")


@pytest.mark.parametrize(
    ("heading", "code", "value"),
    [
        ("地区生产总值（万人）", "unit_mismatch", "万人"),
        ("地区生产总值（亿美元）", "unit_mismatch", "亿美元"),
        ("地区生产总值（%）", "unit_mismatch", "%"),
    ],
)
def test_a_unit_of_another_dimension_is_an_error(cleaned, found, heading, code, value):
    upload = cleaned(f"区,{heading}\n荔湾区,1\n越秀区,2", period="2023")
    finding = found(upload, code)[0]
    assert (finding.severity, finding.rows, finding.column, finding.value) == ("error", (2, 3), 2, value)
    assert upload.table.empty


def test_a_unit_column_with_a_word_that_is_no_unit_is_an_error(cleaned, found):
    upload = cleaned("区,指标,时期,数值,单位\n荔湾区,GDP,2023,1,斤\n越秀区,GDP,2023,2,亿元")
    assert found(upload, "unit_unknown")[0].rows == (2,)
    assert upload.table["value"].tolist() == [2]


def test_what_is_no_number_is_listed_with_all_its_rows(cleaned, found):
    upload = cleaned('区,GDP（亿元）\n荔湾区,约100\n越秀区,约100\n海珠区,"1,23"\n天河区,5', period="2023")
    finding = found(upload, "approximate_number")[0]
    assert (finding.rows, finding.column, finding.heading, finding.value) == ((2, 3), 2, "GDP（亿元）", "约100")
    assert found(upload, "odd_thousands")[0].rows == (4,)
    assert upload.table["value"].tolist() == [5]


def test_a_count_below_zero_is_an_error_and_negative_growth_is_not(cleaned, found, figures):
    upload = cleaned("区,GDP（亿元）,GDP增速（%）\n荔湾区,(5),−5", period="2023")
    assert found(upload, "negative_count")[0].value == "(5)"
    assert figures(upload) == {("440103", "gdp_growth", "2023"): -5}


@pytest.mark.parametrize(
    ("name", "code"),
    [("人均GDP", "computed_rate"), ("量算面积", "computed_area_measured"), ("已知入驻企业", "computed_known_tenants")],
)
def test_a_computed_metric_is_refused_wide_and_tidy(cleaned, found, name, code):
    for text in (f"区,{name}\n荔湾区,5", f"区,指标,数值\n荔湾区,{name},5"):
        upload = cleaned(text, period="2023")
        assert found(upload, code)[0].severity == "error"
        assert upload.table.empty


@pytest.mark.parametrize(
    ("name", "code"),
    [("人均GDP", "computed_rate"), ("量算面积", "computed_area_measured"), ("已知入驻企业", "computed_known_tenants")],
)
def test_a_computed_metric_beside_another_is_left_out_with_a_note(cleaned, figures, found, name, code):
    for text in (f"区,GDP（亿元）,{name}\n荔湾区,7,5", f"区,指标,数值\n荔湾区,GDP,7\n荔湾区,{name},5"):
        upload = cleaned(text, period="2023", unit="亿元", source_id="ranking-2023")
        assert figures(upload) == {("440103", "gdp", "2023"): 7}
        assert (upload.errors, found(upload, code)[0].severity) == (0, "note")


def test_a_choice_of_a_metric_that_is_gone_is_an_error(cleaned, found):
    assert found(cleaned("区,甲\n荔湾区,5", period="2023", columns={"甲": "metric:gone"}), "metric_not_in_catalogue")


def test_a_unit_in_the_corner_of_the_header_holds_for_the_table(cleaned, figures):
    upload = cleaned("单位：万元,2022,2023\n荔湾区,12180100,12779300", metric="gdp")
    assert list(figures(upload).values()) == [1218.01, 1277.93]
    assert not upload.findings


@pytest.mark.parametrize(
    ("text", "code", "severity"),
    [("#N/A", "not_available", "warning"), ("#REF!", "formula_error", "error"), ("#DIV/0!", "formula_error", "error")],
)
def test_an_error_of_the_spreadsheet_is_named_at_its_cell(cleaned, figures, found, text, code, severity):
    upload = cleaned(
        f"区,GDP（亿元）,GDP增速（%）\n荔湾区,1,{text}\n越秀区,{text},5\n{text},{text},{text}", period="2023"
    )
    assert figures(upload) == {("440103", "gdp", "2023"): 1, ("440104", "gdp_growth", "2023"): 5}
    assert [(f.severity, f.rows, f.column, f.value) for f in found(upload, code)] == [
        (severity, (3, 4), 2, text),
        (severity, (2, 4), 3, text),
    ]
    assert [(f.rows, f.column) for f in upload.findings if f.code.startswith("district_unknown")] == [((4,), 1)]


@pytest.mark.parametrize(
    ("head", "row", "code", "column"),
    [
        ("区,指标,时期,数值,单位", "荔湾区,#N/A,2023,1,亿元", "metric_unknown", 2),
        ("区,指标,时期,数值,单位", "荔湾区,GDP,#N/A,1,亿元", "period_unknown", 3),
        ("区,指标,时期,数值,单位", "荔湾区,GDP,2023,1,#N/A", "unit_unknown", 5),
    ],
)
def test_an_error_of_the_spreadsheet_takes_nothing_from_its_neighbours(cleaned, found, head, row, code, column):
    upload = cleaned(f"{head}\n越秀区,GDP,2023,2,亿元\n{row}")
    assert upload.table["adcode"].tolist() == ["440104"]
    assert [(f.severity, f.rows, f.column) for f in found(upload, code)] == [("error", (3,), column)]


@pytest.mark.parametrize("cell", ["¥1262.81", "￥1262.81", "RMB 1262.81", "CNY1262.81", "1262.81 人民币"])
def test_a_currency_beside_a_number_says_money_and_not_of_which_size(cleaned, found, cell):
    upload = cleaned(f"区,2023年GDP（亿元）\n荔湾区,{cell}")
    assert (list(upload.table["value"]), upload.findings) == ([1262.81], ())
    in_column = cleaned(f"区,2023年GDP,单位\n荔湾区,{cell},亿元")
    assert (list(in_column.table["value"]), in_column.findings) == ([1262.81], ())
    silent = cleaned(f"区,2023年GDP\n荔湾区,{cell}")
    assert [finding.code for finding in silent.findings] == ["unit_assumed"]


@pytest.mark.parametrize(
    ("heading", "cell"), [("常住人口（万人）", "¥5"), ("GDP（亿美元）", "¥5"), ("GDP增速（%）", "RMB 5")]
)
def test_a_currency_where_no_yuan_are_counted_is_an_error(cleaned, found, heading, cell):
    upload = cleaned(f"区,2023年{heading}\n荔湾区,{cell}")
    assert (len(upload.table), len(found(upload, "unit_mismatch"))) == (0, 1)


@pytest.mark.parametrize(
    "text",
    [
        "区,2023年GDP增速（个百分点）\n荔湾区,3.5",
        "区,2023年GDP增速（%）\n荔湾区,3.5个百分点",
        "区,2023年GDP（亿元）,同比增长（pp）\n荔湾区,,3.5",
    ],
)
def test_a_change_in_percentage_points_is_no_growth(cleaned, found, text):
    upload = cleaned(text)
    assert (len(upload.table), len(found(upload, "unit_of_change"))) == (0, 1)
