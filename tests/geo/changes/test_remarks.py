"""Warnings kept with a draft: what JSON takes, and the same findings when they are read."""

import json

import numpy as np

from geo.changes.remarks import LONGEST, MOST, MOST_ROWS, findings_of, warnings_of
from geo.uploads.model import Finding, Severity

TEMPLATE = Finding("half_translated", Severity.WARNING, (3, 4), 2, "说明", "x", {"field": "text_zh", "keys": "extra"})
NUMBERS = {"now": np.float64(65512.6), "rows": np.int64(7), "metric": "gdp"}


def kept(*findings: Finding) -> list[dict]:
    """Return findings as a database gives them back."""
    return json.loads(json.dumps(warnings_of(findings)))


def test_a_warning_comes_back_as_it_was():
    assert findings_of(kept(TEMPLATE)) == [TEMPLATE]


def test_only_warnings_are_kept():
    error, note = Finding("not_a_number", Severity.ERROR), Finding("no_change", Severity.NOTE)
    assert kept(error, note) == []


def test_numbers_of_numpy_are_those_of_json():
    (row,) = kept(Finding("half_translated", Severity.WARNING, params=NUMBERS))
    assert row["params"] == {"now": 65512.6, "rows": 7, "metric": "gdp"}


def test_what_is_kept_is_bounded():
    long = [
        Finding(
            "half_translated", Severity.WARNING, tuple(range(9999)), 1, "h" * 9999, "v" * 9999,
            {"field": str(number), "keys": f"{number}{'k' * 9999}"},
        )
        for number in range(999)
    ]  # fmt: skip
    rows = kept(*long)
    assert len(rows) == MOST
    assert len(rows[0]["rows"]) == MOST_ROWS
    assert {len(rows[0][name]) for name in ("heading", "value")} | {len(rows[0]["params"]["keys"])} == {LONGEST}


def test_many_of_one_cause_are_kept_as_one_so_that_others_find_room():
    many = [Finding("not_a_number", Severity.WARNING, (row,), 2, "值", f"x{row}") for row in range(2, 99)]
    first, second = findings_of(kept(*many, TEMPLATE))
    assert (first.count, first.rows, second) == (97, tuple(range(2, 99)), TEMPLATE)


def test_what_an_earlier_release_kept_is_read():
    (row,) = kept(TEMPLATE)
    assert row.pop("count") == 1
    assert findings_of([row]) == [TEMPLATE]


def test_what_this_release_has_no_words_for_is_left_out():
    (row,) = kept(TEMPLATE)
    assert findings_of([row | {"code": "of_old"}, row | {"params": {}}, {"code": "half_translated"}]) == []
