"""Figures of single months and quarters that a text calls cumulated."""

import pytest

MONTHS = "区,10月,11月,12月\n荔湾区,580,641.2,720.1"
NAMED = "区,2024年10月社零,2024年11月社零,2024年12月社零\n荔湾区,580,641.2,720.1"
QUARTERS = "区,一季度,二季度,三季度,四季度\n荔湾区,300.1,610.2,940.2,1295.65"
FROM_JANUARY = {"2024M01-M10": 580, "2024M01-M11": 641.2, "2024": 720.1}
ALONE = {"2024M10": 580, "2024M11": 641.2, "2024M12": 720.1}


def by_period(upload):
    return dict(zip(upload.table["period"], upload.table["value"], strict=True))


@pytest.mark.parametrize(
    "text",
    [
        f"2024年各区社零累计值（亿元）,,,\n{MONTHS}",
        f"2024年各区社零（亿元）年初累计,,,\n{MONTHS}",
        f"2024年各区社零,,,\n单位：亿元（本年累计）,,,\n{MONTHS}",
        f"2024年各区社零（亿元）,,,\n{MONTHS}\n注：各月均为累计数。,,,",
        "区,2024年社零累计（亿元）,,\n,10月,11月,12月\n荔湾区,580,641.2,720.1",
        "区,累计社零（亿元）,,\n,2024年10月,2024年11月,2024年12月\n荔湾区,580,641.2,720.1",
        "指标：社会消费品零售总额累计值(亿元),,,\n地区,2024年10月,2024年11月,2024年12月\n荔湾区,580,641.2,720.1",
        "Retail sales by district, cumulative (100 million yuan),,,\nDistrict,Oct 2024,Nov 2024,Dec 2024\nLiwan,580,641.2,720.1",
        "Retail sales (100 million yuan) - year to date,,,\nDistrict,Oct 2024,Nov 2024,Dec 2024\nLiwan,580,641.2,720.1",
    ],
)
def test_months_that_a_text_calls_cumulated_begin_in_january(cleaned, found, text):
    upload = cleaned(text, source_id="x")
    assert by_period(upload) == FROM_JANUARY
    (said,) = found(upload, "cumulated_taken")
    assert (said.severity, said.params) == ("warning", {"single": "2024M10", "period": "2024M01-M10"})


@pytest.mark.parametrize(
    "text",
    [
        "区,月份,社零（亿元）,社零累计（亿元）\n荔湾区,2024年11月,61.2,641.2",
        "区,2024年11月社零（亿元）,2024年11月社零（累计，亿元）\n荔湾区,61.2,641.2",
        "区,指标,时间,数值（亿元）\n荔湾区,社零,2024年11月,61.2\n荔湾区,社零累计值,2024年11月,641.2",
        "区,年份,月份,是否累计,社零（亿元）\n荔湾区,2024,11,否,61.2\n荔湾区,2024,11,是,641.2",
        "区,时间,累计/当月,社零（亿元）\n荔湾区,2024年11月,当月,61.2\n荔湾区,2024年11月,累计,641.2",
        "2024年1-11月,,\n区,当月社零（亿元）,累计社零（亿元）\n荔湾区,61.2,641.2",
    ],
)
@pytest.mark.parametrize("period", ["", "2024M11"])
def test_a_column_or_row_of_its_own_says_that_it_is_cumulated(cleaned, text, period):
    upload = cleaned(text, source_id="x", period=period)
    assert by_period(upload) == {"2024M11": 61.2, "2024M01-M11": 641.2}
    assert upload.errors == 0


@pytest.mark.parametrize(
    "text", ["区,累计社零（亿元）\n荔湾区,641.2", "区,月份,社零累计（亿元）\n荔湾区,2024年11月,641.2"]
)
def test_a_month_chosen_for_a_cumulated_column_alone_is_a_question(cleaned, found, text):
    upload = cleaned(text, source_id="x", period="2024M11")
    assert by_period(upload) == {"2024M11": 641.2}
    assert found(upload, "cumulated_or_single")


def test_cumulated_in_a_year_beside_one_of_its_months_is_a_question(cleaned, found):
    text = "区,2024年,\n,11月社零（亿元）,累计社零（亿元）\n荔湾区,61.2,641.2"
    upload = cleaned(text, source_id="x")
    assert by_period(upload) == {"2024M11": 61.2, "2024": 641.2}
    assert found(upload, "cumulated_or_single")[0].params == {"single": "2024", "period": "2024M01-M11"}
    assert by_period(cleaned(text, source_id="x", period="2024M01-M11")) == {"2024M11": 61.2, "2024M01-M11": 641.2}
    assert not found(cleaned(text, source_id="x", period="2024"), "cumulated_or_single")


@pytest.mark.parametrize(
    "text",
    [
        "区,年份,当月社零（亿元）\n荔湾区,2024,61.2",
        "区,2024年1-11月当月社零（亿元）\n荔湾区,61.2",
        "2024年1-11月,,\n区,指标,数值（亿元）\n荔湾区,当月社零,61.2",
    ],
)
def test_a_month_that_nothing_names_is_not_the_period_of_the_row(cleaned, text):
    assert by_period(cleaned(text, source_id="x")) == {}


def test_a_word_that_does_not_say_whether_it_is_cumulated_is_an_error(cleaned, found):
    upload = cleaned("区,时间,是否累计,社零（亿元）\n荔湾区,2024年11月,未定,61.2\n越秀区,2024年11月,,1", source_id="x")
    assert by_period(upload) == {"2024M11": 1}
    assert found(upload, "word_unknown")[0].rows == (2,)


def test_quarters_that_a_text_calls_cumulated_begin_in_january(cleaned):
    upload = cleaned(f"2024年各区GDP累计（亿元）,,,,\n{QUARTERS}", source_id="x")
    assert by_period(upload) == {"2024Q1": 300.1, "2024H1": 610.2, "2024Q1-Q3": 940.2, "2024": 1295.65}


def test_the_month_of_a_title_is_cumulated_with_it(cleaned):
    upload = cleaned("2024年11月各区累计社会消费品零售总额（亿元）,\n区,社零\n荔湾区,641.2", source_id="x")
    assert by_period(upload) == {"2024M01-M11": 641.2}


@pytest.mark.parametrize(
    "text",
    [
        f"2024年各区社零当月及累计（亿元）,,,\n{MONTHS}",
        f"2024年各区社零（亿元）,,,\n{MONTHS}\n注：10—11月为累计数。,,,",
        f"2024年各区社零、GDP累计（亿元）,,,\n{NAMED}",
        "2024年各区社零累计（亿元）,,,\n区,10月当月,11月当月,12月当月\n荔湾区,580,641.2,720.1",
    ],
)
def test_a_text_that_does_not_decide_is_a_question_for_the_table(cleaned, found, text):
    upload = cleaned(text, source_id="x")
    assert by_period(upload) == ALONE
    assert found(upload, "cumulated_or_single")[0].params == {"single": "2024M10", "period": "2024M01-M10"}
    assert by_period(cleaned(text, source_id="x", period="2024M01-M11")) == FROM_JANUARY
    single = cleaned(text, source_id="x", period="2024M11")
    assert (by_period(single), found(single, "cumulated_or_single")) == (ALONE, [])


@pytest.mark.parametrize(
    "text",
    [
        f"2024年各区社零当月值（亿元）,,,\n{MONTHS}",
        f"2024年各区社零（亿元，非累计）,,,\n{NAMED}",
        f"2024年各区社零（亿元）,,,\n{MONTHS}\n注：GDP为累计数；增速为累计增速。,,,",
    ],
)
def test_a_text_that_calls_nothing_here_cumulated_changes_nothing(cleaned, text):
    upload = cleaned(text, source_id="x")
    assert by_period(upload) == ALONE
    assert not [one for one in upload.findings if one.code.startswith("cumulated")]


def test_a_month_beside_the_months_up_to_it_is_that_month(cleaned, found):
    upload = cleaned("2024年各区社零当月及累计（亿元）,,\n区,11月,1-11月\n荔湾区,61.2,641.2", source_id="x")
    assert by_period(upload) == {"2024M11": 61.2, "2024M01-M11": 641.2}
    assert not found(upload, "cumulated_or_single")


def test_only_growth_is_cumulated_where_the_title_says_so(cleaned):
    upload = cleaned(
        "2024年各区GDP及累计增速,,\n区,2024年三季度GDP（亿元）,2024年三季度GDP增速（%）\n荔湾区,300,1.5", source_id="x"
    )
    assert by_period(upload) == {"2024Q3": 300, "2024Q1-Q3": 1.5}


@pytest.mark.parametrize("heading", ["统计方式", "周期", "口径", "备注"])
@pytest.mark.parametrize(
    ("one", "all_"), [("当月", "累计"), ("月度", "月度累计"), ("本月", "本月止累计"), ("single month", "YTD")]
)
def test_a_column_says_which_rows_are_cumulated(cleaned, figures, heading, one, all_):
    upload = cleaned(
        f"地区,指标,时间,{heading},数值（亿元）\n天河区,社零,2024年12月,{one},190.1\n天河区,社零,2024年12月,{all_},2100.1\n荔湾区,社零,2024年11月,{all_},700.5",
        source_id="x",
    )
    assert figures(upload) == {
        ("440106", "retail_sales", "2024M12"): 190.1,
        ("440106", "retail_sales", "2024"): 2100.1,
        ("440103", "retail_sales", "2024M01-M11"): 700.5,
    }


def test_words_beside_cumulated_ones_still_make_their_rows_others(cleaned, figures, found):
    upload = cleaned("区,时间,口径,GDP（亿元）\n天河区,2024Q3,累计,2100.1\n荔湾区,2024Q3,增速,5.5", source_id="x")
    assert figures(upload) == {("440106", "gdp", "2024Q1-Q3"): 2100.1}
    assert [one.value for one in found(upload, "other_row")] == ["增速"]
