"""Widths and breaks of texts, counted by hand."""

import pytest

from geo.maps import text_metrics
from geo.maps.text_metrics import cjk_font, families, printable, shortened, text_width, wrapped, xml_text


def test_a_chinese_character_is_as_wide_as_it_is_high():
    assert text_width("琶洲（亿元）", 10) == 60
    assert text_width("琶洲", 10, bold=True) == pytest.approx(21)


def test_latin_letters_are_narrower_and_capitals_wider():
    assert text_width("nnn", 10) == pytest.approx(16.8)
    assert text_width("ill", 10) < text_width("nnn", 10) < text_width("NNN", 10) < text_width("MMM", 10)
    assert text_width("e\u0301", 10) == text_width("e", 10)


def test_latin_text_breaks_between_words():
    assert wrapped("aa bb cc", 10, 30) == ["aa bb", "cc"]


def test_a_word_wider_than_the_column_begins_a_line_and_is_broken():
    assert wrapped("a nnnnn b", 10, 12) == ["a", "nn", "nn", "n", "b"]  # an n is 5.6 wide
    assert wrapped("nnnnn", 10, 1) == list("nnnnn")
    assert [text_width(line, 10) <= 100 for line in wrapped("n" * 120, 10, 100)] == [True] * 8


def test_chinese_text_breaks_anywhere_but_before_punctuation():
    assert wrapped("一二三四五", 10, 30) == ["一二三", "四五"]
    assert wrapped("一二三，四", 10, 30) == ["一二", "三，四"]
    assert wrapped("一二（三四", 10, 30) == ["一二", "（三四"]


def test_mixed_text_keeps_words_whole():
    assert wrapped("共 30,355.7 亿元", 10, 60) == ["共 30,355.7", "亿元"]


def test_no_character_is_lost():
    text = "2023 年“一”，（甲）GDP—100%！ end."
    assert "".join(wrapped(text, 10, 40)).replace(" ", "") == text.replace(" ", "")


def test_what_is_wider_than_a_width_is_cut():
    assert shortened("nnnnn", 10, 29) == "nnnnn"  # an n is 5.6 wide, and so is the ellipsis
    assert shortened("nnnnnn", 10, 29) == "nnnn…"
    assert shortened("广州市公司", 10, 40) == "广州市…"
    assert shortened("nn nnn", 10, 23) == "nn…", "no blank before the ellipsis"


def test_nothing_is_one_empty_line():
    assert wrapped("", 10, 30) == [""]


def test_texts_are_escaped_for_xml_and_rid_of_what_it_cannot_hold():
    assert xml_text("<a href='x'>&\"\x0b\ud800") == "&lt;a href='x'&gt;&amp;&quot;"
    assert printable("a\x00b\ufffe\n") == "ab\n"


def test_the_first_chinese_family_of_this_computer_is_found(monkeypatch):
    class Found:
        def __init__(self, *names):
            self.names = names

        def families(self):
            return list(self.names)

    monkeypatch.setattr(
        text_metrics, "fonts", lambda: Found("Arial", "Microsoft YaHei", "Source Han Sans SC", "Elsewhere")
    )
    assert families() == ["Source Han Sans SC", "Microsoft YaHei", "Arial"]
    assert cjk_font() == "Source Han Sans SC"
    monkeypatch.setattr(text_metrics, "fonts", lambda: Found("Arial"))
    assert cjk_font() is None


def test_this_computer_has_a_chinese_font():
    assert cjk_font() is not None
