"""Labels inside a table, alone in their rows."""

import pytest

TABLE = "区,2023年GDP（亿元）\n荔湾区,1\n{},\n越秀区,2"


@pytest.mark.parametrize(
    ("label", "word"),
    [
        ("第三产业增加值", "第三产业增加值"),
        ("目标", "目标"),
        ("以下为预测数", "预测数"),
        ("户籍人口", "户籍人口"),
        ("三、限额以上", "限额以上"),
    ],
)
def test_rows_below_a_label_of_another_figure_are_left_out_and_named(cleaned, found, label, word):
    upload = cleaned(TABLE.format(label), source_id="x")
    assert list(upload.table["value"]) == [1]
    (finding,) = found(upload, "other_figure")
    assert (finding.rows, finding.column, finding.params["word"]) == ((4,), 2, word)
    assert upload.errors == 0


@pytest.mark.parametrize("label", ["中心城区", "一、", "其中", "荔湾区", "广州市"])
def test_a_label_that_says_nothing_of_the_figures_changes_nothing(cleaned, label):
    upload = cleaned(TABLE.format(label), source_id="x")
    assert list(upload.table["value"]) == [1, 2]
    assert upload.findings == ()


@pytest.mark.parametrize(
    ("label", "code"), [("2022年", "heading_periods_differ"), ("（万元）", "heading_units_differ")]
)
def test_a_label_that_contradicts_the_heading_is_an_error(cleaned, found, label, code):
    upload = cleaned(TABLE.format(label), source_id="x")
    assert list(upload.table["value"]) == [1]
    assert found(upload, code)[0].column == 2


def test_a_year_above_rows_of_another_year_is_an_error(cleaned, found):
    upload = cleaned("区,年份,GDP（亿元）\n荔湾区,2023,1\n2022年,,\n越秀区,2023,2\n海珠区,2022,3", source_id="x")
    assert list(upload.table["value"]) == [1, 3]
    assert found(upload, "label_contradicts")[0].rows == (4,)


@pytest.mark.parametrize(
    ("label", "periods", "kept"),
    [
        ("2024年一季度", ("2024Q2", "2024Q1"), ["2024Q1"]),
        ("下半年", ("2024Q1", "2024Q3"), ["2024Q3"]),
        ("1-6月", ("2024M07", "2024M06"), ["2024M06"]),
        ("11月", ("2024M01-M11", "2023M11"), ["2024M01-M11", "2023M11"]),
    ],
)
def test_a_part_of_the_year_above_rows_without_a_month_of_it_is_an_error(cleaned, found, label, periods, kept):
    rows = "\n".join(f"荔湾区,{period},1" for period in periods)
    upload = cleaned(f"区,时期,GDP（亿元）\n{label},,\n{rows}", source_id="x")
    assert list(upload.table["period"]) == kept
    assert [one.params["period"] for one in found(upload, "label_contradicts")] == [
        period for period in periods if period not in kept
    ]


def test_labels_say_year_part_metric_and_unit_up_to_the_next_of_their_kind(cleaned, figures):
    text = """
区,数值
一、地区生产总值（亿元）,
2022年,
荔湾区,1
上半年,
荔湾区,2
2023年,
荔湾区,3
二、常住人口,
单位：万人,
2023年,
荔湾区,4
"""
    upload = cleaned(text, source_id="x")
    assert upload.errors == 0
    assert figures(upload) == {
        ("440103", "gdp", "2022"): 1,
        ("440103", "gdp", "2022H1"): 2,
        ("440103", "gdp", "2023"): 3,
        ("440103", "population", "2023"): 40000,
    }


def test_a_part_of_the_year_joins_the_year_of_the_title(cleaned):
    upload = cleaned("2023年各区GDP（亿元）,\n区,GDP\n上半年,\n荔湾区,1\n全年,\n荔湾区,2", source_id="x")
    assert list(upload.table["period"]) == ["2023H1", "2023"]
    assert upload.errors == 0


def test_in_a_list_of_metrics_a_label_names_none_of_them(cleaned, figures):
    upload = cleaned("指标,荔湾区\n一、地区生产总值,\n2023年常住人口（万人）,113.5", source_id="x")
    assert figures(upload) == {("440103", "population", "2023"): 1135000}


def test_a_file_of_nothing_but_other_figures_is_an_error(cleaned, found):
    assert found(cleaned("区,2023年GDP（亿元）\n目标,\n荔湾区,1", source_id="x"), "no_figures")
