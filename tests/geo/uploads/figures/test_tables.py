"""Where the table stands in a sheet."""

import pytest

from geo.uploads.figures.tables import is_note, locate
from geo.uploads.parse.headings import vocabulary


@pytest.fixture
def frame(sheet, today):
    words = vocabulary(today, {})
    return lambda text: locate(sheet(text), words.weigh)


def test_titles_and_notes_stand_beside_the_table(frame):
    found = frame("""
2023年各区主要指标,,
单位：万元,,2023年
区,地区生产总值,常住人口
荔湾区,1,2

越秀区,3,4
注：初步核算数,,
数据来源：统计局,,
""")
    assert found.header == (2,)
    assert found.above == ("2023年各区主要指标", "单位：万元", "2023年")
    assert [number for number in found.rows if number in (3, 5)] == [3, 5]
    assert not {6, 7} & set(found.rows)


def test_a_unit_beside_the_title_does_not_make_it_a_header(frame):
    assert frame("地区生产总值,,单位：亿元\n区,2022年,2023年\n荔湾区,1,2").header == (1,)


@pytest.mark.parametrize(
    ("text", "header", "headings"),
    [
        ("区,GDP,\n,2022,2023\n荔湾区,1,2", (0, 1), (("区", ""), ("GDP", "2022"), ("GDP", "2023"))),
        ("区,GDP,GDP\n区,2022,2023\n荔湾区,1,2", (0, 1), (("区", "区"), ("GDP", "2022"), ("GDP", "2023"))),
        ("区,GDP,人口\n,亿元,万人\n荔湾区,1,2", (0, 1), (("区", ""), ("GDP", "亿元"), ("人口", "万人"))),
        (
            "区,2023年,\n,GDP,人口\n,亿元,万人\n荔湾区,1,2",
            (0, 1, 2),
            (("区", "", ""), ("2023年", "GDP", "亿元"), ("2023年", "人口", "万人")),
        ),
        ("区,GDP,,,,\n,2019,2020,2021,2022,2023\n荔湾区,1,2,3,4,5", (0, 1), None),
        ("指标,GDP,\n区,2022,2023\n荔湾区,1,2", (0, 1), (("指标", "区"), ("GDP", "2022"), ("GDP", "2023"))),
        ("区,2022,2023\n荔湾区,2010,2011", (0,), (("区",), ("2022",), ("2023",))),
    ],
)
def test_a_header_may_be_spread_over_rows(frame, text, header, headings):
    found = frame(text)
    assert found.header == header
    assert headings is None or found.headings == headings


def test_the_header_once_more_is_no_row(frame):
    assert frame("区,2022,2023\n荔湾区,1,2\n区,2022,2023\n越秀区,3,4").rows == (1, 3)


@pytest.mark.parametrize(
    "last",
    [
        "填表人：张三,审核人：李四,填报日期：2025年1月20日",
        "打印日期,2025-03-01,",
        "共1页,第1页,",
        ",共 2 页，第 1 页,",
        "单位负责人：王五,,联系电话：83120000",
    ],
)
def test_a_row_about_the_paper_is_none_of_the_table(frame, last):
    assert frame(f"区,2022年GDP,2023年GDP\n荔湾区,1,2\n{last}").rows == (1,)


def test_an_unknown_header_is_one_if_numbers_follow(frame):
    assert frame("甲,乙\n丙,5").header == (0,)
    assert frame("甲,乙\n丙,丁") is None
    assert frame("") is None


@pytest.mark.parametrize(
    "text", ["单位：万元", "注：a", "注1. a", "数据来源:统计局", "Source: yearbook", "Note: x", "表1 各区"]
)
def test_a_note_is_known_by_how_it_begins(text):
    assert is_note(text)
    assert not is_note(text[:1])


@pytest.mark.parametrize("text", ["备注", "来源", "单位", "注册企业", "荔湾区"])
def test_a_heading_is_no_note(text):
    assert not is_note(text)


def test_the_front_of_a_second_header_row_may_hold_the_heading_the_first_lacks(frame):
    found = frame(",地区生产总值,,常住人口,\n区域,总量,增速,总量,增速\n荔湾区,1,2,3,4")
    assert found.header == (0, 1)
    assert found.headings[0] == ("", "区域")


def test_a_row_that_begins_with_a_name_is_not_a_header(frame):
    assert frame("指标,荔湾区,越秀区\nGDP,2022,2023").header == (0,)
    assert frame(",区,GDP,人口\n,荔湾区,2022,2023").header == (0,)


@pytest.mark.parametrize(
    ("text", "header"),
    [
        ("区,目标,\n区,2022年GDP,2023年GDP\n荔湾区,1,2", (0, 1)),
        (",目标,实际\n区,2022年GDP,2023年GDP\n荔湾区,1,2", (0, 1)),
        ("各区情况,,单位：亿元\n区,2022年GDP,2023年GDP\n荔湾区,1,2", (1,)),
        (",各区情况,单位：亿元\n区,2022年GDP,2023年GDP\n荔湾区,1,2", (1,)),
    ],
)
def test_a_row_that_groups_headings_belongs_to_them_whatever_it_says(frame, text, header):
    assert frame(text).header == header


@pytest.mark.parametrize(
    ("text", "header"),
    [
        ("区,2024年GDP（亿元）,,\n,年度目标,本年数,完成率\n荔湾区,1350,1295.65,96.0", (0, 1)),
        ("区,2024年GDP（亿元）,\n区,工业,建筑业\n荔湾区,1,2", (0, 1)),
        ("序号,区,2024年GDP（亿元）,\n,,考核数,核定数\n1,荔湾区,1,2", (0, 1)),
        ("区,2024年GDP（亿元）,\n,自评,核定\n,甲,乙\n荔湾区,1,2", (0, 1, 2)),
        ("区,2022年GDP,2023年GDP\n,—,—\n荔湾区,1,2", (0,)),
        ("序号,区,2022年GDP,2023年GDP\n,越秀区,保密,未报\n1,荔湾区,1,2", (0,)),
        ("区,2022年GDP,2023年GDP\n,,保密\n荔湾区,1,2", (0,)),
        ("区,2022年GDP,2023年GDP\n,保密,不详", (0,)),
    ],
)
def test_a_row_of_words_with_nothing_in_front_divides_the_headings_above(frame, text, header):
    assert frame(text).header == header
