"""Findings gathered."""

import re
from pathlib import Path

import pytest

import geo.uploads
from geo.data.checking import COMPUTED
from geo.uploads.findings import MOST, Notes, as_in_file
from geo.uploads.messages import MESSAGES, describe
from geo.uploads.model import Finding, Severity


def noted(texts, wrong):
    """Return the findings of a column whose cells begin in row 11, texts in ``wrong`` being no numbers."""
    notes = Notes()
    reader = {text: (text, "not_a_number", wrong[text]) if text in wrong else (text, "", {}) for text in texts}
    assert notes.read((2, "值"), range(11, 11 + len(texts)), texts, reader.__getitem__) == texts
    return notes.found


def test_a_text_is_one_finding_with_all_its_rows():
    found = noted(["b", "a", "5", "b"], {"a": {}, "b": {}})
    assert [(f.value, f.rows, f.column, f.heading) for f in found] == [("b", (11, 14), 2, "值"), ("a", (12,), 2, "值")]


def test_each_text_is_read_once():
    read = []
    Notes().read((1, ""), [1, 2, 3], ["a", "b", "a"], lambda text: read.append(text) or (text, "", {}))
    assert read == ["a", "b"]


def test_one_text_with_two_things_wrong_is_two_findings():
    notes = Notes()
    cells = [(row, "a", "district_disagrees", {"other": other}) for row, other in ((1, "x"), (2, "y"))]
    notes.gather((1, ""), [*cells, (3, *cells[0][1:])])
    assert [(f.rows, f.params["other"]) for f in notes.found] == [((1, 3), "x"), ((2,), "y")]


def test_only_so_many_texts_are_listed_and_the_others_counted():
    texts = [f"w{number}" for number in range(MOST + 5)]
    found = noted(texts, {text: {} for text in texts})
    assert len(found) == MOST + 1
    assert (found[-1].code, found[-1].severity, len(found[-1].rows), found[-1].params) == (
        "more_values",
        Severity.ERROR,
        5,
        {"count": 5},
    )


def test_a_finding_of_a_table_stands_at_its_place_in_the_sheet():
    notes = Notes(row=10, column=3)
    notes.add("not_a_number", Severity.ERROR, (1, 2), (4, "值"))
    notes.add("no_header", Severity.ERROR)
    assert [(f.rows, f.column) for f in notes.found] == [((11, 12), 7), ((), None)]


def test_every_code_has_a_message_and_computed_metrics_have_their_own():
    modules = Path(geo.uploads.__file__).parent.rglob("*.py")
    added = r'(?:(?:\.add|\.note|note|_unknown)\(|BAD, |"", |code=|yield row, text, |wrong=)\s*"([a-z]+_[a-z_]+)"'
    used = {code for path in modules for code in re.findall(added, path.read_text(encoding="utf-8"))}
    assert len(used) > 45
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
