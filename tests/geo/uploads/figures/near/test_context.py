"""What stands near a table, and beside its figures, that makes them others."""

import pytest

from geo.uploads.cleaning import clean
from geo.uploads.messages import describe
from geo.uploads.model import Choices, Reading

pytestmark = pytest.mark.slow

PLAIN = "区,2023年GDP（亿元）,2023年人口（万人）\n荔湾区,1262.81,113.5"


@pytest.mark.parametrize(
    ("above", "metric", "word"),
    [
        ("2023年末各区户籍人口", "population", "户籍"),
        ("各区地区生产总值预期目标", "gdp", "预期, 目标"),
        ("各区人均地区生产总值", "gdp", "人均"),
        ("各区民营经济GDP", "gdp", "民营"),
        ("各区GDP（按不变价格计算）", "gdp", "不变价"),
        ("各区GDP\n计价方式：2020年可比价", "gdp", "可比价"),
        ("各区GDP\n——限额以上单位", "gdp", "限额以上"),
        ("各区GDP\n口径：第三产业", "gdp", "第三产业"),
        ("2023年深圳市各区GDP", "gdp", "深圳市"),
        ("白云区各镇街GDP", "gdp", "镇街"),
        ("Registered population by district", "population", "registered"),
    ],
)
def test_a_word_above_the_table_makes_the_column_another_figure(cleaned, found, above, metric, word):
    lines = "".join(f"{line},,\n" for line in above.splitlines())
    upload = cleaned(lines + PLAIN, source_id="x")
    assert metric not in set(upload.table["metric"])
    finding = found(upload, "other_figure_near")[0]
    assert (finding.params["metric"], finding.params["word"]) == (metric, word)
    assert finding.params["text"] in above
    assert word in describe(finding).wrong


@pytest.mark.parametrize("title", ["2024年各区主要指标排名", "2024年各区主要指标位次变化", "Districts: ranking 2024"])
def test_ranks_in_a_title_are_asked_about_only_where_no_unit_stands(cleaned, found, title):
    plain = cleaned(f"{title},,\n区,GDP,人口\n荔湾区,9,8", source_id="x")
    assert plain.table.empty
    assert {one.params["metric"] for one in found(plain, "other_figure_near")} == {"gdp", "population"}
    assert len(cleaned(f"{title},,\n区,GDP（亿元）,人口（万人）\n荔湾区,1262.81,113.5", source_id="x").table) == 2
    assert len(cleaned(f"{title},,,\n区,GDP,人口,排名\n荔湾区,1262.81,1135000,1", source_id="x").table) == 2


@pytest.mark.parametrize(
    "above",
    [
        "2023年各区GDP和人口",
        "2023年末各区GDP、常住人口",
        "各区GDP增长情况\n单位：亿元、万人",
        "注：2023年起GDP按可比价计算增速",
        "资料来源：广州市农业农村局",
        "广州市工业和信息化局",
    ],
)
def test_a_text_that_leaves_the_figures_what_they_are_keeps_no_column_back(cleaned, found, above):
    lines = "".join(f"{line},,\n" for line in above.splitlines())
    upload = cleaned(lines + PLAIN, source_id="x")
    assert set(upload.table["metric"]) == {"gdp", "population"}
    assert not found(upload, "other_figure_near")


def test_a_title_that_lists_the_columns_makes_none_of_them_another(cleaned, found):
    upload = cleaned(
        "2023年各区GDP及增速、户籍人口,,,\n区,GDP,增速（%）,户籍人口\n荔湾区,1262.81,3.5,90", source_id="x"
    )
    assert set(upload.table["metric"]) == {"gdp", "gdp_growth"}
    assert not found(upload, "other_figure_near")


def test_a_share_in_the_title_is_not_about_a_column_in_a_unit_of_its_own(cleaned):
    title = "各区地区生产总值占全市比重,\n区,2023年地区生产总值"
    assert cleaned(f"{title}\n荔湾区,4.2").table.empty
    assert list(cleaned(f"{title}（亿元）\n荔湾区,1262.81").table["value"]) == [1262.81]


def test_the_name_of_the_sheet_counts_as_a_title_does(sheet, today, found):
    for name, metrics in (("预测", set()), ("户籍人口", {"gdp"}), ("2023年", {"gdp", "population"})):
        upload = clean(Reading(sheet(PLAIN), name=name), "file.xlsx", "indicators", today, Choices())
        assert set(upload.table["metric"]) == metrics


def test_a_choice_under_one_word_holds_under_no_other(cleaned, found):
    table = "各区GDP{},\n区,2023年GDP（亿元）\n荔湾区,1262.81"
    finding = found(cleaned(table.format("预测")), "other_figure_near")[0]
    use = next(use for use in cleaned(table.format("预测")).columns if use.column == finding.column)
    chosen = {use.key: "metric:gdp"}
    assert list(cleaned(table.format("预测"), columns=chosen).table["metric"]) == ["gdp"]
    assert cleaned(table.format("目标"), columns=chosen).table.empty
    assert cleaned(table.format("目标"), columns={"gdp": "metric:gdp"}).table.empty


@pytest.mark.parametrize(
    ("heading", "word"),
    [
        ("口径", "限额以上"),
        ("产业", "第三产业"),
        ("数据类型", "预测"),
        ("人口类型", "户籍"),
        ("频度", "上半年"),
        ("城市", "贵阳市"),
        ("街道", "石牌街道"),
        ("说明栏", "目标数"),
        ("性别", "女"),
        ("受教育程度", "大学"),
        ("行业", "工业"),
        ("单位类型", "大型企业"),
        ("消费形态", "商品零售"),
    ],
)
def test_a_row_that_a_column_calls_another_figure_is_left_out(cleaned, found, heading, word):
    text = f"区,{heading},2023年GDP（亿元）\n荔湾区,{word},1\n越秀区,全部,2\n海珠区,,3\n天河区,合计,4"
    upload = cleaned(text, source_id="x")
    assert list(upload.table["value"]) == [2, 3, 4]
    finding = found(upload, "other_row")[0]
    assert (finding.rows, finding.column, finding.value, finding.params["metric"]) == ((2,), 2, word, "gdp")
    key = next(use.key for use in upload.columns if use.column == 2)
    assert list(cleaned(text, columns={key: "ignore"}).table["value"]) == [1, 2, 3, 4]


def test_a_remark_in_an_unknown_column_keeps_no_row_back(cleaned):
    text = "区,联系人,2023年GDP（亿元）\n荔湾区,张三,1\n越秀区,本区工业出口形势良好，增长较快，另见附件,2"
    assert list(cleaned(text, source_id="x").table["value"]) == [1, 2]


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        (("荔湾区,甲类,1", "越秀区,甲类,2"), "甲类"),
        (("荔湾区,是,1",), "是"),
        (("荔湾区,甲,1", "越秀区,乙,2", "海珠区,,3", "天河区,甲,4"), "甲, 乙"),
    ],
)
def test_an_unknown_column_that_may_divide_the_rows_is_a_doubt_of_its_own(cleaned, found, rows, words):
    text = "\n".join(("区,组别,2023年GDP（亿元）", *rows))
    finding = found(cleaned(text, source_id="x"), "column_may_divide")[0]
    assert (finding.column, finding.value, finding.params["words"]) == (2, "组别", words)
    assert not found(cleaned(text, source_id="x"), "unknown_column")
    assert not cleaned(text, source_id="x", columns={"组别": "ignore"}).findings


@pytest.mark.parametrize(
    ("heading", "words"),
    [
        ("组别", "甲,乙"),
        ("联系人", "张三,张三"),
        ("组别", "全部,全部"),
        ("备用", "7,7"),
        ("组别", ("详见本区统计公报的第三部分,") * 2),
    ],
)
def test_names_remarks_and_figures_of_an_unknown_column_divide_nothing(cleaned, found, heading, words):
    one, other = words.split(",")[:2]
    upload = cleaned(f"区,{heading},2023年GDP（亿元）\n荔湾区,{one},1\n越秀区,{other},2", source_id="x")
    assert found(upload, "unknown_column")
    assert not found(upload, "column_may_divide")


def test_titles_of_tables_side_by_side_count_for_their_own(cleaned):
    text = "2023年GDP,,,2023年户籍人口,\n区,GDP（亿元）,,区,人口（万人）\n荔湾区,1,,越秀区,2"
    assert list(cleaned(text, source_id="x").table["metric"]) == ["gdp"]


def test_a_title_of_growth_is_of_columns_without_a_unit_too(cleaned, found):
    text = "2023年各区地区生产总值增速（%）,,,\n区,GDP,社零,人口（万人）\n荔湾区,3.5,5.1,113.5"
    upload = cleaned(text, source_id="x")
    assert set(upload.table["metric"]) == {"population"}
    assert [one.column for one in found(upload, "other_figure_near")] == [2, 3]
    named = cleaned(text.replace("增速（%）", "增速、社零"), source_id="x")
    assert set(named.table["metric"]) == {"retail_sales", "population"}


@pytest.mark.parametrize(
    ("title", "metric", "is_doubted"),
    [
        ("2024年各区社会消费品零售总额", "gdp", True),
        ("2024年各区地区生产总值增速", "gdp", True),
        ("2024年各区社零增速", "gdp_growth", True),
        ("2024年各区地区生产总值增速（%）", "gdp_growth", False),
        ("2024年各区GDP（亿元）及增速", "gdp", False),
        ("2024年各区主要指标", "gdp", False),
    ],
)
def test_a_chosen_metric_is_questioned_where_the_title_is_about_another(cleaned, found, title, metric, is_doubted):
    upload = cleaned(f"{title},,\n区,2024年,位次\n荔湾区,1.5,2", source_id="x", metric=metric)
    assert list(upload.table["metric"]) == [metric]
    doubts = found(upload, "title_says_other")
    assert [one.value for one in doubts] == [title.replace("（", "(").replace("）", ")")] * is_doubted
    named = cleaned(f"{title},\n区,2024年{metric}\n荔湾区,1.5", source_id="x", metric=metric)
    assert not found(named, "title_says_other")


@pytest.mark.parametrize("beside", ["户数（户）", "总户数", "Number of households"])
@pytest.mark.parametrize("heading", ["总人口", "人口", "Population"])
def test_people_beside_their_households_are_those_registered(cleaned, found, beside, heading):
    upload = cleaned(
        f"2023年,,,\n区,{beside},{heading}（人）,常住人口（人）\n荔湾区,250000,801000,1131500", source_id="x"
    )
    assert list(upload.table["value"]) == [1131500]
    (finding,) = found(upload, "other_figure")
    assert (finding.column, finding.params["word"]) == (3, beside)


@pytest.mark.parametrize(
    ("title", "heading"),
    [
        *(
            (f"2023年各区{word}人口统计", "人口（万人）")
            for word in ("参保", "公安", "登记", "从业", "学龄", "残疾", "低保")
        ),
        *((f"2024年{word}消费情况", "社零（亿元）") for word in ("汽车类", "黄金周", "网络", "批零住餐")),
        *((f"2024年各区{word}GDP", "GDP（亿元）") for word in ("园区", "总部", "制造业", "农业", "非公", "镇域")),
        *(
            (f"2024年各区{word}情况表", "面积（平方公里）")
            for word in ("公园绿地", "耕地", "森林", "规划用地", "建成区", "商品房")
        ),
        ("Retail sales of above-scale units, 2024 (RMB bn)", "Retail sales"),
        ("Forest area by district 2024 (sq km)", "Area"),
    ],
)
def test_a_title_about_a_part_makes_figures_others(cleaned, found, title, heading):
    upload = cleaned(f'"{title}",\n区,{heading}\n荔湾区,20', source_id="x")
    assert upload.table.empty
    assert found(upload, "other_figure_near")[0].column == 2


@pytest.mark.parametrize("word", ["网络直报", "工业园区管委会", "规划和自然资源局", "国民经济核算"])
def test_the_name_of_an_office_makes_no_figures_others(cleaned, word):
    assert list(cleaned(f"2024年各区{word}GDP,\n区,GDP（亿元）\n荔湾区,20", source_id="x").table["value"]) == [20]
