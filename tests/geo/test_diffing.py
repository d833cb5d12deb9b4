"""Two versions of a table to what differs."""

import pandas as pd

from geo.diffing import FieldChange, RowChange, row_changes
from geo.schema import COLUMNS


def table(*rows: tuple[str, ...]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=list(COLUMNS["indicators.csv"]), dtype=str)


BEFORE = table(
    ("440103", "gdp", "2023", "7.40", "s", "verified", ""),
    ("440104", "gdp", "2023", "20", "s", "verified", ""),
    ("440105", "gdp", "2023", "30", "s", "verified", "n"),
)
AFTER = table(
    ("440106", "gdp", "2023", "5", "t", "verified", ""),
    ("440104", "gdp", "2023", "21", "t", "verified", ""),
    ("440103", "gdp", "2023", "7.4", "s", "verified", ""),
)


def test_rows_are_added_changed_and_removed_whatever_their_order():
    found = row_changes(BEFORE, AFTER, "indicators")
    assert (len(found), len(found.added), len(found.new), len(found.removed)) == (3, 1, 1, 1)
    assert found.first(9) == (
        RowChange("changed", ("440104", "gdp", "2023"), (FieldChange("value", "20", "21"), FieldChange("source_id", "s", "t"))),
        RowChange(
            "added",
            ("440106", "gdp", "2023"),
            (FieldChange("value", "", "5"), FieldChange("source_id", "", "t"), FieldChange("quality", "", "verified")),
        ),
        RowChange(
            "removed",
            ("440105", "gdp", "2023"),
            (
                FieldChange("value", "30", ""), FieldChange("source_id", "s", ""), FieldChange("quality", "verified", ""),
                FieldChange("note", "n", ""),
            ),
        ),
    )  # fmt: skip


def test_only_the_first_rows_are_spelled_out():
    assert [row.change for row in row_changes(BEFORE, AFTER, "indicators").first(2)] == ["changed", "added"]


def test_a_table_differs_from_itself_in_nothing():
    found = row_changes(BEFORE, BEFORE.iloc[::-1], "indicators")
    assert (len(found), found.first(9)) == (0, ())


def test_numbers_are_compared_as_numbers_in_the_value_only():
    after = BEFORE.assign(value=["7.400", "20.0", "3e1"])
    assert len(row_changes(BEFORE, after, "indicators")) == 0
    assert len(row_changes(BEFORE.assign(note="1.0"), BEFORE.assign(note="1"), "indicators")) == 3


def test_an_empty_table_was_all_removed_or_is_all_added():
    assert len(row_changes(BEFORE, BEFORE.iloc[:0], "indicators").removed) == 3
    assert len(row_changes(BEFORE.iloc[:0], BEFORE, "indicators").added) == 3


def test_sources_and_companies_are_told_apart_by_their_own_keys():
    sources = pd.DataFrame([("a", *[""] * 7)], columns=list(COLUMNS["sources.csv"]), dtype=str)
    found = row_changes(sources, sources.assign(publisher_en="P"), "sources")
    assert found.first(1) == (RowChange("changed", ("a",), (FieldChange("publisher_en", "", "P"),)),)
    tenants = pd.DataFrame(
        [("a", "A", "", "pazhou", "expected", *[""] * 4)], columns=list(COLUMNS["tenants.csv"]), dtype=str
    )
    (row,) = row_changes(tenants.iloc[:0], tenants, "tenants").first(1)
    assert (row.change, row.key) == ("added", ("a", "pazhou", "expected"))
