"""Texts in the language that is asked for."""

import pytest
from babel.messages.pofile import read_po

from geo.translation import locale_file, mark, translate


def test_english_is_the_text_itself_with_its_placeholders_filled():
    assert translate("en", "No data") == "No data"
    assert translate("en", "Rank {rank} of {of}", rank=2, of=11) == "Rank 2 of 11"


def test_chinese_comes_from_the_catalogue_and_may_reorder_placeholders():
    assert translate("zh", "No data") == "无数据"
    assert translate("zh", "Figures for {found} of {wanted} districts.", found=4, wanted=9) == "9 个区中 4 个有数据。"


def test_a_text_the_catalogue_does_not_have_stays_english():
    assert translate("zh", "Nobody wrote this: {what}", what=1) == "Nobody wrote this: 1"


def test_a_text_keeps_its_placeholders_where_nothing_fills_them():
    assert translate("en", "{number} / {count}") == "{number} / {count}"  # the browser fills these


def test_braces_in_a_value_are_no_placeholders():
    assert translate("en", "{place}: {value}.", place="{value}", value="{0}") == "{value}: {0}."


def test_a_language_without_a_catalogue_is_an_error():
    with pytest.raises(FileNotFoundError):
        translate("fr", "No data")


def test_marking_changes_nothing():
    assert mark("a {b}") == "a {b}"


def test_the_catalogue_file_of_a_language_is_one_that_babel_reads():
    with locale_file("zh").open("rb") as file:
        assert len(read_po(file, locale="zh")) > 100
