"""Texts made comparable."""

import pytest

from geo.uploads.parse.units import read_unit
from geo.uploads.parse.words import kept, key, plain


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("１，２３４．５", "1,234.5"),
        ("荔　湾\u200b区", "荔 湾区"),
        ("\u00a0荔灣區 ", "荔湾区"),
        ("1277.93[3]", "1277.93"),
        ("1277.93［３］", "1277.93"),
        ("荔湾区①", "荔湾区"),
        ("荔湾区*", "荔湾区"),
        ("1277.93¹", "1277.93"),
        ("荔湾区（注1）", "荔湾区"),
        ("5.1注", "5.1"),
        ("GDP（亿元）1)", "GDP(亿元)"),
        ("GDP 2）", "GDP"),
        ("1) 荔湾区", "1) 荔湾区"),
        ("GDP（2023，1）", "GDP(2023,1)"),
        ("1295.65)", "1295.65)"),
        ("km²", "km2"),
        ("备注", "备注"),
        ("[2023]", "[2023]"),
        ("a\x1fb", "a b"),
        ("", ""),
    ],
)
def test_what_only_looks_different_becomes_the_same(text, expected):
    assert plain(text) == expected


def test_a_key_ignores_case_spaces_and_punctuation_but_not_a_percent_sign():
    assert key("Li wan_(District)") == "liwandistrict"
    assert key("比上年增长（％）") == "比上年增长%"


def test_kept_text_loses_nothing_but_control_characters_and_spaces():
    assert kept(" <script>\x00１[3]\n b\ud800") == "<script>１[3] b\ufffd"


def test_a_raised_number_behind_ten_is_its_power_where_a_unit_follows():
    assert [plain(text) for text in ("10⁴元", "GDP (10⁴ yuan)", "10⁴", "3110⁴元")] == [
        "10000元",
        "GDP (10000 yuan)",
        "10",
        "3110元",
    ]
    assert read_unit("10⁴元") == read_unit("万元")
