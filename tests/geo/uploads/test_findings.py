"""Findings gathered."""

import re
from pathlib import Path

import numpy as np
import pytest

import geo.uploads
from geo.data.checking import COMPUTED
from geo.uploads.findings import MOST, Cells, Notes, as_in_file, groups
from geo.uploads.messages import MESSAGES, describe
from geo.uploads.model import Finding, Severity


def cells(words, codes):
    return Cells((2, "值"), words, np.array(codes), np.arange(len(codes)) + 10)


def test_a_word_is_one_finding_with_all_its_rows():
    notes = Notes()
    notes.words("not_a_number", Severity.ERROR, cells(["a", "b", "5"], [1, 0, 2, 1]), {0: {}, 1: {}})
    assert [(f.value, f.rows, f.column, f.heading) for f in notes.found] == [
        ("b", (11, 14), 2, "值"),
        ("a", (12,), 2, "值"),
    ]


def test_a_word_that_stands_in_no_row_is_none():
    notes = Notes()
    notes.words("not_a_number", Severity.ERROR, cells(["a", "b"], [1]), {0: {}})
    assert notes.found == []


def test_only_so_many_words_are_listed_and_the_others_counted():
    words = [f"w{number}" for number in range(MOST + 5)]
    notes = Notes()
    notes.words(
        "not_a_number", Severity.ERROR, cells(words, range(len(words))), {number: {} for number in range(len(words))}
    )
    assert len(notes.found) == MOST + 1
    assert (notes.found[-1].code, notes.found[-1].severity, len(notes.found[-1].rows)) == (
        "more_values",
        Severity.ERROR,
        5,
    )


def test_groups_come_in_the_order_of_their_first_row():
    assert groups(np.array([7, 3, 7]), np.array([1, 2, 3])) == [(7, (1, 3)), (3, (2,))]
    assert groups(np.array([], dtype=int), np.array([], dtype=int)) == []


def test_every_code_has_a_message_and_computed_metrics_have_their_own():
    modules = Path(geo.uploads.__file__).parent.glob("*.py")
    added = r'(?:\.add|\.words|\.note|_note|_note_unknown)\(\s*(?:table, column, )?"([a-z_]+)"'
    used = {code for path in modules for code in re.findall(added, path.read_text(encoding="utf-8"))}
    assert len(used) > 15
    assert used | {f"computed_{metric}" for metric in COMPUTED} <= set(MESSAGES)


def test_the_messages_of_a_bad_file_can_be_said(cleaned):
    upload = cleaned(
        "序,区,甲,时期,GDP（亿元）,人均GDP,来源,质量,备注\n1,南砂区,a,2023年1-5月,约5,1,x,好,=1\n2,萝岗区,b,2203,-5,1,,,\n3,,c,2023,1,2,,,"
        "\n4,荔湾区,,2023,1,,,,\n5,荔湾区,,2023,2,,,,\n6,从化市,,2023,1斤,,,,"
    )
    assert len({finding.code for finding in upload.findings}) >= 12
    for finding in upload.findings:
        assert "{" not in "".join(vars(describe(finding)).values())


@pytest.mark.parametrize(
    ("code", "value", "shown"),
    [("ten_thousandth", "0.351189", "3,511.89"), ("no_source", "", ""), ("district_unknown", "南纱区", "南纱区")],
)
def test_a_value_that_was_converted_is_shown_as_the_file_has_it(rows_sheet, code: str, value: str, shown: str):
    sheet = rows_sheet([["区", "2024年"], ["越秀区", "3,511.89"]])
    finding = Finding(code, Severity.WARNING, (2,), 2, "2024年", value)
    assert as_in_file(finding, sheet).value == shown
