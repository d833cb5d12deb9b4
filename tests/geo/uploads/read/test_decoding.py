"""Encodings told apart, also in the shortest files, and bytes that are none of them."""

import pytest

from geo.uploads.bounds import RefusedError
from geo.uploads.read.decoding import decode, plausibility

SIMPLIFIED = [
    "荔湾区",
    "越秀区",
    "海珠区",
    "天河区",
    "白云区",
    "黄埔区",
    "番禺区",
    "花都区",
    "南沙区",
    "从化区",
    "增城区",
]
TRADITIONAL = [
    "荔灣區",
    "越秀區",
    "海珠區",
    "天河區",
    "白雲區",
    "黃埔區",
    "番禺區",
    "花都區",
    "南沙區",
    "從化區",
    "增城區",
]


def table(names, head="区"):
    return f"{head},2023\r\n" + "".join(f"{name},{number}.5\r\n" for number, name in enumerate(names))


SIMPLIFIED_TABLE, TRADITIONAL_TABLE = table(SIMPLIFIED), table(TRADITIONAL, "區")


@pytest.mark.parametrize(
    ("text", "codec", "name"),
    [
        (SIMPLIFIED_TABLE, "utf-8", "utf-8"),
        (SIMPLIFIED_TABLE, "utf-8-sig", "utf-8-sig"),
        (SIMPLIFIED_TABLE, "utf-16", "utf-16"),
        (SIMPLIFIED_TABLE, "utf-16-le", "utf-16"),
        (SIMPLIFIED_TABLE, "utf-16-be", "utf-16"),
        ("\ufeff" + SIMPLIFIED_TABLE, "utf-16-be", "utf-16"),
        (SIMPLIFIED_TABLE, "gb18030", "gb18030"),
        (TRADITIONAL_TABLE, "gb18030", "gb18030"),
        (TRADITIONAL_TABLE, "big5", "big5"),
        ("區,€\n", "cp950", "big5"),
        ("備註\n" + TRADITIONAL_TABLE, "big5", "big5"),
        (table(["Liwan"], "name"), "ascii", "utf-8"),
    ],
)
def test_an_encoding_is_found(text, codec, name):
    assert decode(text.encode(codec)) == (name, text.removeprefix("\ufeff"))


@pytest.mark.parametrize("name", SIMPLIFIED)
def test_one_simplified_name_is_enough_to_tell_gb18030_from_big5(name):
    assert decode(f"{name},1\n".encode("gb18030"))[0] == "gb18030"


@pytest.mark.parametrize("name", TRADITIONAL)
@pytest.mark.parametrize("codec", ["big5", "gb18030"])
def test_one_traditional_name_is_enough_to_tell_gb18030_from_big5(name, codec):
    assert decode(f"{name},1\n".encode(codec))[0] == codec


def test_chinese_far_below_the_head_of_the_file_counts():
    text = "adcode,2023\n" + "440103,1\n" * 20_000 + "注：初步數，億元\n"
    assert decode(text.encode("big5"))[0] == "big5"


def test_ordinary_chinese_beats_the_same_bytes_in_another_encoding():
    right, wrong = "广州市合计", "广州市合计".encode("gb18030").decode("big5", "replace")
    assert plausibility(right) > 3
    assert plausibility(wrong) < 1
    assert plausibility("ASCII") == 0


def test_a_chosen_encoding_overrides_the_one_found():
    assert decode("荔湾".encode("gb18030"), "big5") == ("big5", "荔湾".encode("gb18030").decode("cp950"))


@pytest.mark.parametrize("codec", ["utf-8", "gb18030", "big5", "utf-16-le"])
def test_a_character_cut_in_two_at_the_end_is_a_file_cut_off(codec):
    with pytest.raises(RefusedError) as refused:
        decode(("區,名\n" * 9 + "南").encode(codec)[:-1])
    assert (refused.value.finding.code, refused.value.finding.rows) == ("cut_off", (10,))


@pytest.mark.parametrize(
    ("content", "encoding", "row", "byte", "found"),
    [
        ("区,名\n荔湾区,".encode() + b"\xff\n" + "越秀区".encode(), "utf-8", 2, 19, "FF"),
        ("区,合计\n".encode("gb18030") + b"\xff\n" + "越秀区".encode("gb18030"), "gb18030", 2, 9, "FF"),
        (b"name,1\ncaf\xe9,2\n", "utf-8", 2, 11, "E9"),
    ],
)
def test_invalid_bytes_are_named_with_row_and_place(content, encoding, row, byte, found):
    with pytest.raises(RefusedError) as refused:
        decode(content)
    finding = refused.value.finding
    assert (finding.code, finding.rows, finding.value) == ("invalid_bytes", (row,), found)
    assert finding.params == {"byte": byte, "encoding": encoding}


@pytest.mark.parametrize("content", [b"a,b\n1,\0\n", b"\0\1\2\3\0\0\0\7", "a\0b".encode("utf-16")])
def test_nul_bytes_are_no_text(content):
    with pytest.raises(RefusedError, match="binary"):
        decode(content)
