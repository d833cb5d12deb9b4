"""Districts in all their spellings."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.uploads.parse.places import Gazetteer, gazetteer

DISTRICTS = {
    "440103": ("荔湾区", "Liwan"), "440104": ("越秀区", "Yuexiu"), "440105": ("海珠区", "Haizhu"), "440106": ("天河区", "Tianhe"),
    "440111": ("白云区", "Baiyun"), "440112": ("黄埔区", "Huangpu"), "440113": ("番禺区", "Panyu"), "440114": ("花都区", "Huadu"),
    "440115": ("南沙区", "Nansha"), "440117": ("从化区", "Conghua"), "440118": ("增城区", "Zengcheng"),
}  # fmt: skip
TRADITIONAL = str.maketrans("荔湾区云黄从", "荔灣區雲黃從")
SPELLINGS = (
    "{code}", "{code}000000", "{code}.0", "{code}000000.0", "{zh}", "{short}", "{traditional}", "广州市{zh}", "廣州市{traditional}", " {first}\u3000{rest} ",
    "其中：{zh}", "#{zh}", "{zh}[1]", "{en}", "{en} qu", "{begin} {end}", "{en} District", "{en} District, Guangzhou",
)  # fmt: skip


def spelt(template, code):
    zh, en = DISTRICTS[code]
    parts = {"first": zh[0], "rest": zh[1:], "short": zh[:-1], "begin": en[:2], "end": en[2:]}
    return template.format(code=code, zh=zh, en=en, traditional=zh.translate(TRADITIONAL), **parts)


@pytest.fixture
def names() -> Gazetteer:
    return Gazetteer(DISTRICTS)


@settings(derandomize=True, deadline=None, max_examples=400)
@given(st.sampled_from(sorted(DISTRICTS)), st.sampled_from(SPELLINGS))
def test_every_spelling_of_a_district_is_that_district(code, spelling):
    place = Gazetteer(DISTRICTS).place(spelt(spelling, code))
    assert (place.kind, place.adcode, place.code) == ("district", code, "")


@pytest.mark.parametrize(
    ("text", "kind", "adcode", "code"),
    [
        ("440100", "city", "440100", ""),
        ("广州市", "city", "440100", ""),
        ("Guangzhou", "city", "440100", ""),
        ("全市", "total", "", ""),
        ("总 计", "total", "", ""),
        ("合計", "total", "", ""),
        ("City total", "total", "", ""),
        ("中心城区", "part", "", "part_left_out"),
        ("小计", "part", "", "part_left_out"),
        ("从化市", "district", "440117", "district_renamed"),
        ("增城市", "district", "440118", "district_renamed"),
        ("南沙新区", "district", "440115", "district_new_area"),
        ("萝岗区", "merged", "440112", ""),
        ("東山", "merged", "440104", ""),
        ("芳村区", "merged", "440103", ""),
        ("黄埔区（含萝岗）", "district", "440112", ""),
        ("黄埔区（广州开发区）", "district", "440112", ""),
        ("南沙区（广州开发区）", "part", "", "part_left_out"),
        ("1.荔湾区", "district", "440103", ""),
        ("12、荔湾区", "district", "440103", ""),
        ("（3）荔湾区", "district", "440103", ""),
        ("二、荔湾区", "district", "440103", ""),
        ("1.小计", "part", "", "part_left_out"),
        ("1.5", "unknown", "", "district_unknown"),
        ("佛山", "elsewhere", "", "district_elsewhere"),
        ("佛山市南海区", "elsewhere", "", "district_elsewhere"),
        ("禅城区", "elsewhere", "", "district_elsewhere"),
        ("440604", "elsewhere", "", "code_elsewhere"),
        ("440199", "unknown", "", "code_unknown"),
        ("XX区", "unknown", "", "district_unknown"),
        ("", "none", "", ""),
        (" \u3000", "none", "", ""),
    ],
)
def test_what_is_no_plain_district_is_told_apart(names, text, kind, adcode, code):
    place = names.place(text)
    assert (place.kind, place.adcode, place.code) == (kind, adcode, code)


def test_a_slip_gets_the_name_that_was_meant_in_the_same_language(names):
    assert names.near("南砂区") == "南沙区"
    assert names.near("Haizu") == "Haizhu"
    assert names.near("火星") == ""


def test_the_names_come_from_the_atlas(atlas):
    places = gazetteer(atlas)
    assert places.place("Liwan").adcode == "440103"
    assert places.place("南沙区").kind == "unknown"


@pytest.mark.parametrize(
    "text", ["黄埔区（不含开发区）", "番禺区（大学城）", "白云区(空港)", "其中：萝岗区", "#萝岗区"]
)
def test_a_part_of_a_district_is_not_taken_for_the_whole(text):
    assert Gazetteer(DISTRICTS).place(text).kind == "part"


@pytest.mark.parametrize(
    "text", ["黄埔区（含原萝岗区）", "黄埔区（原萝岗）", "荔湾区（440103）", "天河区(1)", "其中：天河区"]
)
def test_a_note_that_leaves_the_district_whole_does_no_harm(text):
    assert Gazetteer(DISTRICTS).place(text).kind == "district"
