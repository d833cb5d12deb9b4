"""Units and conversion."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.uploads.parse.units import Unit, compatible, convert, read_unit


@pytest.mark.parametrize(
    ("texts", "dimension", "power"),
    [
        ("元 RMB yuan ¥", "money", 0),
        ("千元", "money", 3),
        ("万元 人民币万元 10,000yuan", "money", 4),
        ("百万元 RMBmn 百萬元", "money", 6),
        ("千万元", "money", 7),
        ("亿元 100millionyuan 億元", "money", 8),
        ("RMBbn billionyuan bnRMB", "money", 9),
        ("万亿元", "money", 12),
        ("人 persons", "people", 0),
        ("千人", "people", 3),
        ("万人", "people", 4),
        ("百万人", "people", 6),
        ("亿人", "people", 8),
        ("% ％ 百分点 percent", "share", 0),
        ("‰", "share", -1),
        ("km² 平方公里 平方千米 km2 ㎢", "area", 6),
        ("公顷", "area", 4),
        ("m² 平方米 ㎡", "area", 0),
        ("万平方米", "area", 4),
        ("家 户 个", "count", 0),
        ("万家", "count", 4),
        ("thousand", "", 3),
        ("million", "", 6),
        ("万美元", "foreign money", 4),
    ],
)
def test_a_unit_is_a_power_of_ten_of_its_dimension(texts, dimension, power):
    assert {read_unit(text) for text in texts.split()} == {Unit(dimension, power)}


@pytest.mark.parametrize("text", ["", "元/人", "abc", "m", "10", "1" + "0" * 298 + "万亿人"])
def test_what_is_no_unit_is_none(text):
    assert read_unit(text) in (None, Unit("", 1))


def test_only_the_same_dimension_fits_and_a_bare_multiplier_fits_all():
    money, people = read_unit("亿元"), read_unit("人")
    assert not compatible(read_unit("万人"), money)
    assert not compatible(read_unit("万美元"), money)
    assert compatible(read_unit("万"), money)
    assert compatible(read_unit("万"), people)


@pytest.mark.parametrize(
    ("value", "unit", "target", "expected"),
    [
        (12_779_300, "万元", "亿元", 1277.93),
        (124.2, "万人", "人", 1_242_000),
        (0.7, "million", "人", 700_000),
        (5, "‰", "%", 0.5),
        (15, "亩", "公顷", 1),
        (127.793, "RMB bn", "亿元", 1277.93),
        (0, "万元", "亿元", 0),
        (-3, "万元", "元", -30_000),
    ],
)
def test_a_value_is_converted(value, unit, target, expected):
    assert convert(float(value), read_unit(unit), read_unit(target)) == expected


@settings(derandomize=True, deadline=None)
@given(st.decimals(-(10**9), 10**9, places=4), st.integers(-8, 8))
def test_conversion_adds_no_noise(number, shift):
    value = convert(float(number), Unit("money", shift), Unit("money", 0))
    assert value == float(f"{number}E{shift}")
