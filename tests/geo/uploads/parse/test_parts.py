"""Parts of a year in texts near a table."""

import pytest

from geo.uploads.parse.parts import parts_in


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("上半年各区GDP", [("", "上半年")]),
        ("2024年前三季度主要指标", [("2024", "前三季度")]),
        ("1-6月，单位：亿元", [("", "1-6月")]),
        ("2024年6月", [("2024", "6月")]),
        ("2024.6", [("2024", "6月")]),
        ("数据截至2024年6月30日", [("2024", "6月")]),
        ("截至6月末", [("", "6月")]),
        ("GDP by district, Q1", [("", "q1")]),
        ("截至2023年12月31日", []),
        ("2023年12月末常住人口", []),
        ("2020年11月1日零时", []),
        ("穗统〔2024〕15号", []),
        ("2023年各区GDP（2023.5版）", [("2023", "5月")]),
        ("2022-2023年各区GDP", []),
        ("增长6.5%", []),
    ],
)
def test_parts_of_a_year_are_found_with_their_year(text, parts):
    assert parts_in(text) == parts
