"""Text at the edge, on the corpus that tests/e2e/test_texts.py shows in a browser."""

import csv
import io
import json
import re
import tomllib
from pathlib import Path

import pytest

from geo.escaping import escape_markdown, guard_cell, markdown_link, script_json, unguard_cell, web_address
from geo.figures.export import csv_bytes

ROOT = Path(__file__).resolve().parents[2]
GROUPS: dict[str, list[str]] = tomllib.loads((ROOT / "tests" / "hostile_texts.toml").read_text(encoding="utf-8"))
TEXTS = [text for group in GROUPS.values() for text in group]
EMPTY = ":color[]"
# What Streamlit 1.67 looks for in the source, and in the texts between two elements when all backslashes and entities are gone.
IN_SOURCE = re.compile(
    r":material/|:(?!material/|streamlit:)[\w+-][\w_+-]*:|(?<!\\)[$`*_~<|]|\n|^(?:    |\t)|&(?!#\d+;)(?<!\\&)"
)
IN_TEXTS = re.compile(r":[\w+-]+:|https?://|www\.|[\w.+-]+@|(?:^|\s)(?:<->|->|<-|--|>=|<=|~=)(?:\s|$)", re.IGNORECASE)


def texts_between(source: str) -> list[str]:
    """Return the texts that a parser of Markdown makes of an escaped text."""
    sign = re.compile(r"\\([!-/:-@[-`{-~])|&#([0-9]+);")
    return [sign.sub(lambda m: m[1] or chr(int(m[2])), part) for part in source.split(EMPTY)]


def test_the_corpus_is_as_large_as_it_is_meant_to_be():
    assert len(TEXTS) == len(set(TEXTS)) > 150


@pytest.mark.parametrize("text", TEXTS)
def test_nothing_is_left_that_streamlit_looks_for(text: str):
    source = escape_markdown(text)
    assert not IN_SOURCE.search(source.replace(EMPTY, ""))
    assert [part for part in texts_between(source) if IN_TEXTS.search(part)] == []


@pytest.mark.parametrize("text", TEXTS)
def test_the_text_is_still_the_same(text: str):
    shown = "".join(texts_between(escape_markdown(text)))
    assert " ".join(shown.split()) == " ".join(text.split())


@pytest.mark.parametrize(
    "text",
    ["GDP (2023): RMB 272.0 bn, 5.1 %", "2020-07-06 · H1 2024", "-5.2", "琶洲（海珠区）", "a/b; c, d? \"e\" 'f'!"],
)
def test_ordinary_text_stays_as_it_is_for_screen_readers(text: str):
    assert escape_markdown(text) == text


def test_what_turns_the_direction_of_writing_or_is_half_a_character_goes():
    assert escape_markdown("a\u202eb\x00c\u2066d\ufeff") == "abcd"
    assert escape_markdown("a\ud83d") == "a\ufffd"


def test_escaping_takes_time_in_proportion_to_the_text():
    assert len(escape_markdown("w." * 500_000)) == 1_000_000 + 500_000 * len(EMPTY)


@pytest.mark.parametrize(
    ("address", "encoded"),
    [
        ("https://www.gz.gov.cn/zwgk/post_1.html", "https://www.gz.gov.cn/zwgk/post_1.html"),
        ("HTTP://WWW.GZ.GOV.CN", "http://www.gz.gov.cn"),
        ("http://a.cn:80/x", "http://a.cn:80/x"),
        ("https://a.cn?b=1+2&c=%E8%8D%94#d", "https://a.cn?b=1+2&c=%E8%8D%94#d"),
        ("https://zh.wikipedia.org/zh-cn/越秀區?a=1", "https://zh.wikipedia.org/zh-cn/%E8%B6%8A%E7%A7%80%E5%8D%80?a=1"),
        ("https://a.cn/b_(c),d:e@f*g!h$i'j", "https://a.cn/b_%28c%29%2Cd%3Ae%40f%2Ag%21h%24i%27j"),
        ("https://a.cn/100%", "https://a.cn/100%25"),
        ("https://a.cn/:material/home:", "https://a.cn/%3Amaterial/home%3A"),
    ],
)
def test_a_plain_address_is_percent_encoded(address: str, encoded: str):
    assert web_address(address) == encoded


@pytest.mark.parametrize(
    "address",
    [
        "", "www.gz.gov.cn", "//a.cn", "ftp://a.cn", "javascript:alert(1)", "data:text/html,x", "https://", "https://localhost",
        "https://a.cn/![p](http://b.cn/p.png)", "https://a.cn/a b", "https://a.cn/\n", "https://a.cn/<b>", 'https://a.cn/"', "https://a.cn\\b",
        "https://name:word@a.cn", "https://a..cn", "https://-a.cn", "https://a.cn:99999999", "https://a.cn/\u202e", "https://а.cn", " https://a.cn",
        "https://a.cn/`b`", "https://a.cn/{b}", "https://[::1]/", "https://a.cn/" + "x" * 2000, "https://a.cn/\ud83d",
    ],
)  # fmt: skip
def test_what_is_not_a_plain_address_is_none(address: str):
    assert web_address(address) == ""


def test_a_link_leads_to_a_plain_address_only():
    assert markdown_link("*a*", "https://a.cn?b&c") == r"[\*a\*](https://a.cn?b&amp;c)"
    assert markdown_link("*a*", "https://a.cn/[b]") == r"\*a\*"


@pytest.mark.parametrize("text", [*GROUPS["formula_cells"], "", "a", "1=1", "广州", "a-b", "－1", "''", "'a"])
def test_a_guarded_cell_is_not_a_formula_and_comes_back_as_it_was(text: str):
    guarded = guard_cell(text)
    assert not guarded.startswith(("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠"))
    assert unguard_cell(guarded) == text
    assert (guarded == text) == (
        not text.lstrip("'").startswith(("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠"))
    )


def test_no_program_splits_a_text_of_a_csv_file_into_a_formula():
    texts = ["a;=1", "a\t=1", "a|=1", "a，=1", "a\n=1", 'a"b']
    content = csv_bytes([["head"], *[[text] for text in texts], [-1.5, float("nan")]]).decode("utf-8-sig")
    assert [row[0] for row in csv.reader(io.StringIO(content, newline=""))] == ["head", *texts, "-1.5"]
    for delimiter in ";\t|":
        cells = [cell for row in csv.reader(io.StringIO(content, newline=""), delimiter=delimiter) for cell in row]
        assert [cell for cell in cells if cell.startswith("=")] == []


@pytest.mark.parametrize("text", TEXTS)
def test_json_is_safe_inside_a_script_and_reads_back(text: str):
    written = script_json({"text": text})
    assert not re.search("[<>&\u2028\u2029]|{[{%#]", written)
    assert json.loads(written) == {"text": text}


def test_json_keeps_chinese_short_and_has_no_blanks():
    assert script_json({"名": [1, 2]}) == '{"名":[1,2]}'
