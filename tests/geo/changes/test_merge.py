"""A file and the current table to the one that would be stored."""

from dataclasses import replace

import pandas as pd
import pytest

from geo.changes.merge import NewSource, add_source, as_stored, merge, same
from geo.data.raw import Raw
from geo.fields import COLUMNS
from geo.schema import number_text

HEAD = list(COLUMNS["indicators.csv"])
NOW = [
    ("440103", "gdp", "2022", "7434.40", "old", "secondary", "rounded"),
    ("440104", "gdp", "2022", "20", "old", "verified", ""),
    ("440103", "gdp", "2023", "30", "old", "verified", ""),
]


def table(*rows: tuple[str, ...]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=HEAD, dtype=str)


def rows(merged: pd.DataFrame) -> list[tuple[str, ...]]:
    return list(merged.itertuples(index=False, name=None))


def tenants(*rows: tuple[str, ...]) -> pd.DataFrame:
    head = list(COLUMNS["tenants.csv"])
    return pd.DataFrame([(*row, *[""] * (len(head) - len(row))) for row in rows], columns=head, dtype=str)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (1086.0, "1086"),
        (7434.4, "7434.4"),
        (0.1 + 0.2, "0.3"),
        (-0.5, "-0.5"),
        (0.0, "0"),
        (999_999_999_999_999.0, "999999999999999"),
        (1e15, "1e+15"),
        (float("nan"), ""),
    ],
)
def test_numbers_are_stored_as_short_as_they_can_be(value: float, text: str):
    assert number_text(value) == text


def test_a_stored_table_is_text_in_the_columns_of_its_file(uploaded):
    upload = uploaded(("440103", "gdp", "2023", 1277.0, "s", "verified", "n"))
    stored = as_stored(upload.table, "indicators")
    assert list(stored.columns) == HEAD
    assert rows(stored) == [("440103", "gdp", "2023", "1277", "s", "verified", "n")]


def test_values_that_are_the_same_number_are_the_same_and_other_texts_are_not():
    assert list(same(pd.Series(["7.40", "1", "", "x"], name="value"), pd.Series(["7.4", "2", "", "x"], name="value"))) == [
        True, False, True, True,
    ]  # fmt: skip
    assert list(same(pd.Series(["7.40"], name="note"), pd.Series(["7.4"], name="note"))) == [False]


def test_an_update_replaces_rows_of_the_same_key_and_removes_none():
    new = table(
        ("440104", "gdp", "2022", "21", "new", "verified", ""), ("440105", "gdp", "2022", "9", "new", "verified", "")
    )
    merged = merge(table(*NOW), new, "indicators", "update")
    assert rows(merged) == [NOW[0], ("440104", "gdp", "2022", "21", "new", "verified", ""), rows(new)[1], NOW[2]]
    assert list(merged.index) == [0, 1, 2, 3]


def test_replacing_periods_removes_what_the_file_lacks_in_them_and_nothing_else():
    new = table(("440105", "gdp", "2022", "9", "new", "verified", ""))
    assert rows(merge(table(*NOW), new, "indicators", "replace_period")) == [*rows(new), NOW[2]]


def test_replacing_everything_keeps_only_the_file():
    new = table(("440103", "gdp", "2023", "30.0", "old", "verified", ""))
    assert rows(merge(table(*NOW), new, "indicators", "replace_all")) == [NOW[2]]


def test_the_same_number_keeps_text_and_note_but_takes_the_files_source():
    new = table(("440103", "gdp", "2022", "7434.4", "new", "verified", ""))
    assert rows(merge(table(*NOW), new, "indicators", "update"))[0] == (
        "440103", "gdp", "2022", "7434.40", "new", "verified", "rounded",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("note", "kept"),
    [("rounded", "rounded / 取整"), ("取整", "rounded / 取整"), ("revised", "revised"), ("round", "round")],
)
def test_one_language_of_a_note_keeps_the_other_while_the_number_is_the_same(note: str, kept: str):
    now = table(("440103", "gdp", "2022", "7434.40", "old", "verified", "rounded / 取整"))
    new = table(("440103", "gdp", "2022", "7434.4", "old", "verified", note))
    assert list(merge(now, new, "indicators", "update")["note"]) == [kept]
    other = new.assign(value="7434.5")
    assert list(merge(now, other, "indicators", "update")["note"]) == [note]


def test_another_number_loses_the_note_of_the_old_one():
    new = table(("440103", "gdp", "2022", "7434.5", "new", "verified", ""))
    assert rows(merge(table(*NOW), new, "indicators", "update"))[0] == rows(new)[0]


def test_an_equal_number_keeps_its_source_and_another_number_has_none():
    new = table(
        ("440103", "gdp", "2022", "7434.4", "", "verified", ""), ("440104", "gdp", "2022", "21", "", "verified", "")
    )
    merged = merge(table(*NOW), new, "indicators", "update")
    assert list(merged["source_id"]) == ["old", "", "old"]


def test_what_the_file_has_no_column_for_stays_while_the_number_is_the_same():
    new = table(
        ("440103", "gdp", "2022", "7434.4", "new", "verified", ""),
        ("440104", "gdp", "2022", "21", "new", "derived", ""),
    )
    merged = merge(table(*NOW), new, "indicators", "update", silent={"source_id", "quality", "note"})
    assert rows(merged)[:2] == [NOW[0], rows(new)[1]]


@pytest.mark.parametrize("kind", ["clusters", "tenants"])
def test_tables_without_periods_have_none_to_replace(kind):
    with pytest.raises(ValueError, match="no periods"):
        merge(tenants(), tenants(), kind, "replace_period")


def test_a_new_event_follows_its_companys_others_and_a_new_company_comes_last():
    now = tenants(("b", "B", "乙", "pazhou", "considering"), ("a", "A", "甲", "pazhou", "considering"))
    new = tenants(
        ("c", "C", "丙", "pazhou", "expected"),
        ("b", "B", "乙", "pazhou", "moved_in"),
        ("a", "A2", "甲", "pazhou", "considering"),
    )
    merged = merge(now, new, "tenants", "update")
    assert list(merged["company_en"] + " " + merged["status"]) == [
        "B considering", "B moved_in", "A2 considering", "C expected",
    ]  # fmt: skip


def test_a_field_of_a_company_that_the_file_has_no_column_for_stays():
    now = tenants(("a", "A", "甲", "pazhou", "considering"))
    new = tenants(("a", "A2", "", "pazhou", "considering"))
    assert list(merge(now, new, "tenants", "update", silent={"company_zh"})["company_zh"]) == ["甲"]
    assert list(merge(now, new, "tenants", "update")["company_zh"]) == [""]


def test_the_shipped_figures_merged_with_themselves_are_as_they_were(shipped):
    now = Raw.read(shipped).tables["indicators.csv"]
    merged = merge(now, now.sample(frac=1, random_state=1), "indicators", "replace_all")
    pd.testing.assert_frame_equal(merged, now)


def test_a_column_that_no_file_fills_is_left_out():
    new = table(("440105", "gdp", "2022", "9", "new", "verified", ""))
    merged = merge(table(*NOW).assign(remark="r"), new, "indicators", "update")
    assert list(merged.columns) == HEAD


def test_a_new_source_stands_in_the_order_of_ids():
    head = list(COLUMNS["sources.csv"])
    now = pd.DataFrame([(id_, *[""] * 7) for id_ in ("a", "c")], columns=head, dtype=str)
    both = add_source(now.assign(remark="r"), NewSource("b", "P", "出", "D", "文", "2024", "official", ""))
    assert list(both["source_id"]) == ["a", "b", "c"]
    assert tuple(both.iloc[1]) == ("b", "P", "出", "D", "文", "2024", "official", "")


def test_a_source_is_added_once_and_an_id_that_is_taken_is_left_to_the_check():
    one = NewSource("b", "P", "出", "D", "文", "2024", "official", "")
    now = add_source(pd.DataFrame(columns=list(COLUMNS["sources.csv"]), dtype=str), one)
    assert list(add_source(now, one)["source_id"]) == ["b"]
    assert list(add_source(now, replace(one, date="2025"))["source_id"]) == ["b", "b"]


def story(*ids: str) -> pd.DataFrame:
    """Return slides with these ids, whose titles say where they come from."""
    return pd.DataFrame({"slide_id": list(ids), "title_en": [f"T {id_}" for id_ in ids]}, dtype=str)


@pytest.mark.parametrize(
    ("file", "order"),
    [
        (["b"], "a b c"),
        (["c", "a"], "a b c"),  # some slides: nobody meant to move them
        (["c", "a", "b"], "c a b"),  # all slides: their order is that of the story
        (["x", "c", "b", "a"], "x c b a"),
        (["a", "x", "y"], "a x y b c"),
        (["x", "b"], "a x b c"),
        (["x", "y", "b"], "a x y b c"),
        (["x"], "a b c x"),
        (["c", "x"], "a b c x"),
    ],
)
def test_slides_take_the_order_of_a_whole_file_and_new_ones_their_place_in_it(file, order):
    now = story("a", "b", "c")
    assert list(merge(now, story(*file), "slides", "update")["slide_id"]) == order.split()


def test_a_story_that_replaces_everything_is_told_as_the_file_has_it():
    found = merge(story("a", "b", "c"), story("c", "x").assign(title_en="new"), "slides", "replace_all")
    assert found.to_numpy().tolist() == [["c", "new"], ["x", "new"]]
    assert list(found.index) == [0, 1]


def test_a_slide_that_is_updated_keeps_what_the_file_has_no_column_for():
    now = story("a", "b").assign(view=["metric=gdp", ""])
    new = story("a").assign(title_en="new", view="")
    assert merge(now, new, "slides", "update", silent=["view"]).to_numpy().tolist() == [
        ["a", "new", "metric=gdp"],
        ["b", "T b", ""],
    ]
