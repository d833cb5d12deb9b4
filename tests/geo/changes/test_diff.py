"""Two versions of a table to what differs."""

import pandas as pd
import pytest

from geo.changes.diff import FOLLOWS, FieldChange, RowChange, row_changes
from geo.fields import COLUMNS


def table(*rows: tuple[str, ...]) -> pd.DataFrame:
    columns = COLUMNS["indicators.csv"]
    padded = [(*row, *[""] * (len(columns) - len(row))) for row in rows]
    return pd.DataFrame(padded, columns=list(columns), dtype=str)


def record(kind: str, *texts: str) -> pd.DataFrame:
    """Return a table of one row that begins with these texts; its other cells are empty."""
    columns = COLUMNS[f"{kind}.csv"]
    return pd.DataFrame([(*texts, *[""] * (len(columns) - len(texts)))], columns=list(columns), dtype=str)


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
    sources = record("sources", "a")
    found = row_changes(sources, sources.assign(publisher_en="P"), "sources")
    assert found.first(1) == (RowChange("changed", ("a",), (FieldChange("publisher_en", "", "P"),)),)
    tenants = record("tenants", "a", "A", "", "pazhou", "expected")
    (row,) = row_changes(tenants.iloc[:0], tenants, "tenants").first(1)
    assert (row.change, row.key) == ("added", ("a", "pazhou", "expected"))


def moved(before: str, after: str) -> dict[str, tuple[str, str]]:
    """Return the slides that changed, with the one they followed and the one they follow now."""
    old, new = (pd.DataFrame({"slide_id": ids.split(), "title_en": "T"}, dtype=str) for ids in (before, after))
    found = row_changes(old, new, "slides")
    cells = {row.key[0]: row.fields for row in found.first(9) if row.change == "changed"}
    assert all([field.field for field in fields] == [FOLLOWS] for fields in cells.values())
    return {id_: (field.old, field.new) for id_, (field,) in cells.items()}


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("a b c", "a b c", {}),
        ("a b c", "c a b", {"c": ("b", "")}),
        ("a b c d", "a c b d", {"c": ("b", "a")}),
        ("a b c", "x a b c", {}),  # one more in front moves none of the others
        ("a b c", "b c", {}),
        ("a b c", "c b a", {"c": ("b", ""), "b": ("a", "c")}),
    ],
)
def test_a_slide_that_moved_has_changed_and_the_others_have_not(before, after, expected):
    assert moved(before, after) == expected


def test_a_new_slide_says_where_it_stands_and_one_that_is_gone_does_not():
    old, new = (pd.DataFrame({"slide_id": ids.split(), "title_en": "T"}, dtype=str) for ids in ("a b", "a c"))
    assert row_changes(old, new, "slides").first(9) == (
        RowChange("added", ("c",), (FieldChange("title_en", "", "T"), FieldChange(FOLLOWS, "", "a"))),
        RowChange("removed", ("b",), (FieldChange("title_en", "T", ""),)),
    )
