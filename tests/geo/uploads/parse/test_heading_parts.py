"""The parts of a heading: no word of it is lost."""

import pytest

from geo.uploads.parse.heading_parts import HeadingParts, part_beside, split_heading, split_names, unit_in


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("地区生产总值（亿元）", HeadingParts("地区生产总值", (), "", "亿元")),
        ("地区生产总值(当年价)(亿元)", HeadingParts("地区生产总值", ("当年价",), "", "亿元")),
        ("地区生产总值（2023年，可比价，亿元）", HeadingParts("地区生产总值", ("可比价",), "2023", "亿元")),
        ("常住人口〔万人〕", HeadingParts("常住人口", (), "", "万人")),
        ("2022年(修订)", HeadingParts("", ("修订",), "2022", "")),
        ("一、地区生产总值", HeadingParts("地区生产总值")),
        ("（二）常住人口", HeadingParts("常住人口")),
        ("亿元", HeadingParts(unit="亿元")),
        ("社会消费品零售总额（限额以上）", HeadingParts("社会消费品零售总额", ("限额以上",))),
        ("GDP (亿元 100 million yuan)", HeadingParts("GDP", (), "", "亿元")),
        ("", HeadingParts()),
    ],
)
def test_a_heading_is_name_words_period_and_unit(text, parts):
    assert split_heading(text) == parts


def test_names_that_stand_apart():
    assert split_names("地区生产总值_当年价格_全市") == ["地区生产总值", "当年价格", "全市"]
    assert split_names("地区生产总值-绝对值") == ["地区生产总值", "绝对值"]
    assert split_names("地区 District") == ["地区", "District"]


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("万人 10 000 persons", "万人"),
        ("万人 million yuan", ""),  # the halves do not agree
        ("单位：亿元", "亿元"),
        ("2023", ""),
        ("可比价", ""),
    ],
)
def test_a_unit_in_one_language_or_in_two(text, unit):
    assert unit_in(text) == unit


@pytest.mark.parametrize(
    ("rows", "part"),
    [
        (("社会消费品零售总额", "本月止累计"), "本月止累计"),
        (("1-5月", "社会消费品零售总额"), "1-5月"),
        (("常住人口", "年末"), ""),  # the year itself
        (("社会消费品零售总额", "2024年5月"), ""),
        (("本月",), ""),
        (("本月", "累计"), ""),
    ],
)
def test_one_row_of_a_heading_may_be_a_part_of_the_year_beside_the_name(rows, part):
    assert part_beside([split_heading(text) for text in rows]) == part
