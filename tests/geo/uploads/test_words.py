"""Texts made comparable."""

import pytest

from geo.uploads.words import kept, key, plain, plain_all


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
        ("km²", "km2"),
        ("备注", "备注"),
        ("[2023]", "[2023]"),
        ("", ""),
    ],
)
def test_what_only_looks_different_becomes_the_same(text, expected):
    assert plain(text) == expected


def test_texts_treated_together_come_out_as_alone():
    texts = ["５", "", "a\x1fb", "地區", "注"]
    assert plain_all(texts) == ["5", "", "a b", "地区", "注"]
    assert plain_all([]) == []


def test_a_key_ignores_case_spaces_and_punctuation_but_not_a_percent_sign():
    assert key("Li wan_(District)") == "liwandistrict"
    assert key("比上年增长（％）") == "比上年增长%"


def test_kept_text_loses_nothing_but_control_characters_and_spaces():
    assert kept(" <script>\x00１[3]\n b\ud800") == "<script>１[3] b\ufffd"
