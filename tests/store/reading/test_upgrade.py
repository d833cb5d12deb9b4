"""Stored tables in the columns of this release: what was added, dropped, renamed, put in another order."""

from collections.abc import Callable
from dataclasses import replace

import pandas as pd
import pytest

from geo.data import loading
from geo.data.raw import Raw
from geo.fields import COLUMNS, TABLES, Added, Field
from store import TABLES as VERSIONED
from store.reading import upgrade
from store.reading.loading import parsed, shipped_tables
from tests.fixtures import DATA

FIGURES = ["adcode", "metric", "period", "value", "source_id", "quality", "note"]
ROW = ["440106", "gdp", "2023", "7000", "plan-article", "verified", ""]


@pytest.fixture(scope="module")
def shipped() -> Raw:
    """The data folder of this release."""
    return loading.checked(DATA)


@pytest.fixture
def release(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Return what makes this a later release: other columns of the figures, and what is stated of those added."""

    def make(columns: list[str], **added: Added) -> None:
        texts = {"en": "-", "zh": "-"}
        fields = {name: Field(name, texts, texts, added=added.get(name)) for name in columns}
        monkeypatch.setitem(COLUMNS, "indicators.csv", tuple(columns))
        monkeypatch.setitem(TABLES, "indicators.csv", fields)

    return make


def figures(*rows: list[str], columns: list[str] = FIGURES) -> dict[str, pd.DataFrame]:
    """Return a stored table of figures."""
    return {"indicators.csv": pd.DataFrame(rows or [ROW], columns=columns, dtype=str)}


def upgraded(stored: dict[str, pd.DataFrame], shipped: Raw) -> tuple[list[str], list[list[str]], tuple[str, ...]]:
    """Return the columns and rows of the figures brought up, and what is left out."""
    before = stored["indicators.csv"].copy()
    result = upgrade.upgrade(stored, shipped)
    pd.testing.assert_frame_equal(stored["indicators.csv"], before)
    table = result.tables["indicators.csv"]
    return list(table.columns), table.to_numpy().tolist(), result.left_out


def test_tables_of_this_release_stay_as_they_are(shipped: Raw):
    stored = parsed(shipped_tables(DATA))
    result = upgrade.upgrade(stored, shipped)
    assert (tuple(result.tables), result.left_out) == (VERSIONED, ())
    for name, table in stored.items():
        pd.testing.assert_frame_equal(result.tables[name], table)


def test_a_column_added_since_has_its_stated_default(shipped: Raw, release: Callable[..., None]):
    release([*FIGURES, "confidence"], confidence=Added("0.2.0", "high", "Nobody had doubts."))
    assert upgraded(figures(), shipped) == ([*FIGURES, "confidence"], [[*ROW, "high"]], ())


def test_a_column_that_is_there_is_not_filled(shipped: Raw, release: Callable[..., None]):
    columns = [*FIGURES, "confidence"]
    release(columns, confidence=Added("0.2.0", "high", "Nobody had doubts."))
    stored = figures([*ROW, "low"], [*ROW[:2], "2022", *ROW[3:], ""], columns=columns)
    assert [row[-1] for row in upgraded(stored, shipped)[1]] == ["low", ""]


def test_a_column_without_a_stated_default_is_empty(shipped: Raw, release: Callable[..., None]):
    release([*FIGURES, "confidence"])
    assert upgraded(figures(), shipped)[1] == [[*ROW, ""]]


def test_a_key_is_never_made_up(shipped: Raw):
    stored = figures(ROW[1:], columns=FIGURES[1:])
    assert upgraded(stored, shipped)[0] == FIGURES[1:]


def test_a_renamed_column_keeps_its_cells(shipped: Raw, release: Callable[..., None]):
    release([*FIGURES[:-1], "remark"], remark=Added("0.2.0", "", "A note is a remark.", formerly="note"))
    assert upgraded(figures([*ROW[:-1], "first count"]), shipped) == (
        [*FIGURES[:-1], "remark"],
        [[*ROW[:-1], "first count"]],
        (),
    )


def test_slides_stored_with_a_picture_have_it_as_their_kind_of_map(shipped: Raw):
    before = [column.replace("map_kind", "picture") for column in COLUMNS["slides.csv"]]
    stored = pd.DataFrame([[column if column != "picture" else "site" for column in before]], columns=before)
    found = upgrade.upgrade({"slides.csv": stored}, shipped)
    assert (found.tables["slides.csv"]["map_kind"].tolist(), found.left_out) == (["site"], ())


def test_a_dropped_column_is_left_out_and_named_if_it_said_anything(shipped: Raw, release: Callable[..., None]):
    release(FIGURES[:-1])
    assert upgraded(figures(), shipped) == (FIGURES[:-1], [ROW[:-1]], ())
    assert upgraded(figures([*ROW[:-1], "first count"]), shipped)[2] == ("indicators.csv: note",)


def test_columns_in_another_order_are_put_in_order(shipped: Raw):
    stored = figures(ROW[::-1], columns=FIGURES[::-1])
    assert upgraded(stored, shipped) == (FIGURES, [ROW], ())


def test_a_figure_the_catalogue_does_not_have_is_left_out_and_named(shipped: Raw):
    gold = [ROW[0], "gold", *ROW[2:]]
    _, rows, left_out = upgraded(figures(gold, ROW, gold), shipped)
    assert (rows, left_out) == ([ROW], ("indicators.csv: metric gold (2)",))


def test_a_figure_that_is_computed_by_now_is_left_out(shipped: Raw):
    rate = next(id_ for id_, entry in shipped.catalogue.items() if entry["kind"] == "rate")
    assert upgraded(figures([ROW[0], rate, *ROW[2:]]), shipped)[2] == (f"indicators.csv: metric {rate} (1)",)


def test_a_renamed_metric_keeps_its_figures_where_its_aliases_have_the_old_id(shipped: Raw):
    catalogue = {"product" if id_ == "gdp" else id_: entry for id_, entry in shipped.catalogue.items()}
    catalogue["product"] = catalogue["product"] | {"aliases": ["gdp"]}
    later = replace(shipped, catalogue=catalogue)
    assert upgraded(figures(), later)[1:] == ([[ROW[0], "product", *ROW[2:]]], ())


def test_sources_that_files_beside_the_version_refer_to_are_added(shipped: Raw):
    stored = parsed(shipped_tables(DATA))
    sources, used = stored["sources.csv"], set(shipped.tables["statements.csv"]["source_id"])
    rest = sources[~sources["source_id"].isin({*used, "own-count"})].reset_index(drop=True)
    changed = rest.assign(publisher_en="as stored")
    result = upgrade.upgrade(stored | {"sources.csv": changed}, shipped).tables["sources.csv"].set_index("source_id")
    assert {*used, "own-count", *rest["source_id"]} == set(result.index)
    assert (result.loc[rest["source_id"], "publisher_en"] == "as stored").all()
    assert result.loc["own-count", "publisher_en"] == sources.set_index("source_id").loc["own-count", "publisher_en"]


def test_a_table_added_later_comes_from_the_data_folder(shipped: Raw):
    assert "slides.csv" not in upgrade.upgrade(figures(), shipped).tables


def test_what_is_declared_is_there_and_says_why():
    assert set(upgrade.ADDED_TABLES) < set(VERSIONED)
    assert all(why.endswith(".") for why in upgrade.ADDED_TABLES.values())


def test_an_address_that_is_not_a_plain_one_is_left_out_and_named(shipped: Raw):
    stored = parsed(shipped_tables(DATA))
    sources = stored["sources.csv"].copy()
    id_ = sources.loc[0, "source_id"]
    sources.loc[0, "address"] = "https://a.cn/![p](http://evil.test/p.png)"
    result = upgrade.upgrade(stored | {"sources.csv": sources}, shipped)
    assert result.left_out == (f"sources.csv: address of {id_}",)
    assert result.tables["sources.csv"]["address"].tolist() == ["", *sources["address"][1:]]
