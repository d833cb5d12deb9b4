"""Texts of an XLS of which parts look different, in records that end anywhere."""

import struct

import pytest

from geo.uploads.read.sheets.old_strings import unusual_strings

FONTS = [(False, False), (True, False), (False, True)]  # plain, raised, struck
HEAD = struct.pack("<II", 9, 3)
PLAIN = struct.pack("<HB", 2, 0) + b"ab"
NUMBER = struct.pack("<HBH", 7, 8, 1) + b"1262.81" + struct.pack("<HH", 6, 1)
CHINESE = struct.pack("<HBHI", 4, 13, 2, 3) + "初步5万".encode("utf-16-le") + struct.pack("<4H", 0, 2, 2, 0) + b"xyz"


def found(*records):
    return {number: (said.text, said.struck) for number, said in unusual_strings(records, FONTS.__getitem__)}


def test_raised_and_struck_parts_are_known():
    assert found(HEAD + PLAIN + NUMBER + CHINESE) == {1: ("1262.8¹", ""), 2: ("5万", "初步")}
    assert found() == {}


@pytest.mark.parametrize("at", range(8, len(HEAD + PLAIN + NUMBER)))
def test_a_record_may_end_anywhere_but_in_a_number(at):
    whole, text = HEAD + PLAIN + NUMBER + CHINESE, len(HEAD + PLAIN) + 5
    in_text = 11 <= at < 13 or text <= at < text + 7  # then the width of characters is said anew
    assert found(whole[:at], b"\0" * in_text + whole[at:]) == found(whole)


def test_the_rest_of_a_text_may_be_of_another_width():
    wide = "61".encode("utf-16-le") + NUMBER[-4:]
    rest = struct.pack("<HB", 0, 0)
    cut = HEAD + PLAIN + struct.pack("<HBH", 7, 8, 1) + b"1262."
    assert found(cut, b"\1" + wide + rest) == {1: ("1262.6¹", "")}


@pytest.mark.parametrize("cut", [9, 20, 30])
def test_a_table_that_is_cut_off_is_out_of_order(cut):
    with pytest.raises((LookupError, ValueError, struct.error)):
        found((HEAD + PLAIN + NUMBER)[:cut])
