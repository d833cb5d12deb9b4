"""What each row is about."""

import pytest


def test_code_and_name_side_by_side_agree_or_are_an_error(cleaned, figures, found):
    upload = cleaned("代码,区,GDP（亿元）\n440103,荔湾区,1\n440104,荔湾区,2\n,越秀区,3\n,全市,4\n,,5", period="2023")
    assert figures(upload)["440103", "gdp", "2023"] == 1
    finding = found(upload, "district_disagrees")[0]
    assert (finding.rows, finding.column, finding.value, finding.params["other"]) == ((3,), 2, "荔湾区", "440104")
    assert upload.totals["value"].tolist() == [4]
    assert found(upload, "district_blank")[0].rows == (6,)


def test_a_place_that_is_no_district_is_listed_with_what_may_be_meant(cleaned, found):
    upload = cleaned("区,GDP（亿元）\n南砂区,1\n禅城区,2\n火星,3\n南砂区,4\n荔湾区,5", period="2023")
    near = found(upload, "district_unknown_near")[0]
    assert (near.rows, near.value, near.params["suggestion"]) == ((2, 5), "南砂区", "南沙区")
    assert "Foshan" in found(upload, "district_elsewhere")[0].params["city"]
    assert found(upload, "district_unknown")[0].value == "火星"
    assert upload.table["adcode"].tolist() == ["440103"]


def test_a_wrong_place_without_a_figure_does_no_harm(cleaned):
    assert not cleaned("区,GDP（亿元）\n火星,\n荔湾区,5", period="2023").findings


def test_a_metric_that_is_not_known_gets_what_may_be_meant(cleaned, found):
    upload = cleaned(
        "区,指标,时期,数值,单位\n荔湾区,地区生产总额,2023,1,亿元\n荔湾区,GDP,2023,2,亿元\n荔湾区,铁路,2023,3,亿元"
    )
    assert found(upload, "metric_unknown_near")[0].params["suggestion"] == "地区生产总值"
    assert [(one.value, one.severity) for one in found(upload, "metric_left_out")] == [("铁路", "warning")]
    assert upload.table["value"].tolist() == [2]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("区,指标,时期,数值,单位\n荔湾区,GDP,2023,2,亿元\n荔湾区,{},2023,3,亿元", "固定资产投资"),
        ("指标,荔湾区\n2023年GDP（亿元）,2\n{},3", "占全市比重（%）"),
        ("指标,荔湾区\n2023年GDP（亿元）,2\n{},3", "一般公共预算收入"),
    ],
)
def test_rows_of_a_metric_that_is_like_none_are_left_out(cleaned, found, text, name):
    upload = cleaned(text.format(name), source_id="ranking-2023")
    assert (upload.errors, upload.table["value"].tolist()) == (0, [2])
    assert found(upload, "metric_left_out")[0].value == name
    assert cleaned(text.format(name).replace("GDP", "铁路")).errors


def test_a_name_too_many_to_be_looked_up_is_an_error_as_it_may_be_meant(cleaned, found):
    rows = "".join(f"荔湾区,铁路{number}号,2023,3,亿元\n" for number in range(101))
    upload = cleaned(f"区,指标,时期,数值,单位\n荔湾区,GDP,2023,2,亿元\n{rows}")
    assert [len(found(upload, code)) for code in ("metric_left_out", "metric_unknown")] == [100, 1]


@pytest.mark.parametrize(
    ("period", "code"),
    [("2023年3-5月", "period_of_months"), ("2023-01-01", "period_is_date"), ("2203", "period_unknown")],
)
def test_a_period_that_is_none_is_an_error(cleaned, found, period, code):
    upload = cleaned(f"区,时期,GDP（亿元）\n荔湾区,{period},1\n荔湾区,2023年前三季度,2")
    assert found(upload, code)[0].rows == (2,)
    assert upload.table["period"].tolist() == ["2023Q1-Q3"]


@pytest.mark.parametrize(
    ("word", "quality"),
    [
        ("核实", "verified"),
        ("次选", "secondary"),
        ("二手来源", "secondary"),
        ("Secondary source", "secondary"),
        ("推算", "derived"),
        ("Derived", "derived"),
        ("", "verified"),
    ],
)
def test_quality_is_known_in_both_languages(cleaned, word, quality):
    assert cleaned(f"区,GDP（亿元）,质量\n荔湾区,1,{word}", period="2023").table["quality"].tolist() == [quality]


def test_a_quality_that_is_none_is_an_error(cleaned, found):
    assert found(cleaned("区,GDP（亿元）,质量\n荔湾区,1,好", period="2023"), "quality_unknown")[0].value == "好"


def test_unknown_words_beyond_those_listed_are_counted(cleaned, found):
    upload = cleaned("区,GDP（亿元）\n" + "".join(f"火星{number}号,1\n" for number in range(130)), period="2023")
    assert len(found(upload, "district_unknown")) == 100
    assert found(upload, "more_values")[0].params["count"] == 30


def test_a_blank_period_is_that_of_the_row_above_and_said(cleaned, figures):
    upload = cleaned("年份,地区,GDP（亿元）\n2022,荔湾区,1\n,越秀区,2\n2023,荔湾区,3\n,越秀区,4")
    assert figures(upload) == {
        ("440103", "gdp", "2022"): 1.0,
        ("440104", "gdp", "2022"): 2.0,
        ("440103", "gdp", "2023"): 3.0,
        ("440104", "gdp", "2023"): 4.0,
    }
    assert [(one.code, one.severity, one.rows) for one in upload.findings] == [("period_from_above", "warning", (3, 5))]


def test_the_first_period_is_not_made_up(cleaned):
    upload = cleaned("年份,地区,GDP（亿元）\n,荔湾区,1\n2023,越秀区,2")
    assert [(one.code, one.rows) for one in upload.findings if one.severity == "error"] == [("period_missing", (2,))]


def test_a_total_in_the_column_of_numbers_is_one(cleaned, figures):
    upload = cleaned("序号,地区,GDP（亿元）\n合计,,3\n1,荔湾区,1\n2,越秀区,2", period="2023")
    assert figures(upload) == {("440103", "gdp", "2023"): 1.0, ("440104", "gdp", "2023"): 2.0}
    assert upload.totals[["value", "row"]].to_numpy().tolist() == [[3.0, 2]]
    assert upload.errors == 0


def test_a_mark_in_the_name_of_a_metric_goes_into_the_note(cleaned):
    upload = cleaned(
        "区,指标,时期,数值,单位,备注\n荔湾区,GDP（初步）,2023,1,亿元,\n越秀区,GDP,2023,2,亿元,\n海珠区,GDP（修订）,2023,3,亿元,旧"
    )
    assert upload.table["note"].tolist() == ["初步", "", "旧 (修订)"]


@pytest.mark.parametrize("name", ["", "—", "/", "合计"])
@pytest.mark.parametrize("total", ["合计", "合 计", "总计", "Total"])
def test_a_total_is_one_whatever_stands_for_its_name(cleaned, figures, name, total):
    upload = cleaned(f"序号,地区,GDP（亿元）\n1,荔湾区,1\n2,越秀区,2\n{total},{name},3", period="2023")
    assert figures(upload) == {("440103", "gdp", "2023"): 1.0, ("440104", "gdp", "2023"): 2.0}
    assert (upload.totals["value"].tolist(), upload.errors) == ([3.0], 0)


def test_a_mark_in_place_of_a_name_is_a_blank_name(cleaned, found):
    upload = cleaned("区,GDP（亿元）\n荔湾区,1\n—,3", period="2023")
    assert [(f.severity, f.rows) for f in found(upload, "district_blank")] == [("error", (3,))]


@pytest.mark.parametrize(
    ("above", "part"),
    [
        ("高新技术产业开发区", "其中：天河区"),
        ("南沙区", "其中：南沙新区"),
        ("南沙区", "#Nansha"),
        ("荔湾区", "其中：广州市"),
        ("荔湾区", "其中：第一产业"),
    ],
)
def test_a_part_of_the_row_above_is_no_figure_of_a_district(cleaned, found, above, part):
    upload = cleaned(f"区,GDP（亿元）\n{above},5\n{part},3", period="2023")
    assert 3.0 not in upload.table["value"].tolist()
    left_out = [f for f in found(upload, "part_left_out") if 3 in f.rows]
    assert [(f.severity, f.column, f.value) for f in left_out] == [("warning", 1, part)]


def test_a_part_is_left_out_whatever_code_stands_beside_it(cleaned):
    upload = cleaned("代码,区,GDP（亿元）\n440103,荔湾区,5\n440103,其中：荔湾区,3", period="2023")
    assert upload.table["value"].tolist() == [5.0]


def test_a_district_marked_as_a_part_below_another_one_is_warned_of(cleaned, figures, found):
    upload = cleaned("区,GDP（亿元）\n荔湾区,5\n其中：天河区,3", period="2023")
    assert figures(upload) == {("440103", "gdp", "2023"): 5.0, ("440106", "gdp", "2023"): 3.0}
    assert [(f.severity, f.rows, f.params["above"]) for f in found(upload, "part_taken")] == [
        ("warning", (3,), "荔湾区")
    ]


@pytest.mark.parametrize("above", ["全市", "广州市", "合计", "中心城区小计"])
@pytest.mark.parametrize("value", ["8", ""])
def test_districts_below_a_total_are_their_own(cleaned, figures, above, value):
    upload = cleaned(f"区,GDP（亿元）\n{above},{value}\n其中：荔湾区,5\n其中：天河区,3", period="2023")
    assert figures(upload).items() >= {("440103", "gdp", "2023"): 5.0, ("440106", "gdp", "2023"): 3.0}.items()
    assert upload.errors == 0


def test_marks_beside_names_numbers_and_headings_go_into_the_note(cleaned):
    upload = cleaned(
        "区,2023年GDP（初步，亿元）\n番禺区（快报）,2817\n荔湾区,1262.81（修订）\n越秀区1),3634.4\n海珠区（初步数）,2528.3 (p)"
    )
    assert dict(zip(upload.table["adcode"], upload.table["note"], strict=True)) == {
        "440113": "初步, 快报",
        "440103": "初步, 修订",
        "440104": "初步",
        "440105": "初步, 初步数, p",
    }
    assert upload.findings == ()


def test_marks_beside_a_metric_and_a_name_go_into_one_note(cleaned):
    upload = cleaned("区,指标,时期,数值\n番禺区（快报）,GDP（初步，亿元）,2023,2817p\n荔湾区(e),GDP（亿元）,2023,7")
    assert list(upload.table["note"]) == ["快报, 初步, p", ""]  # (e) behind a name is a footnote
