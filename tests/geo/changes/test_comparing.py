"""Texts as numbers: file, current figures and totals share them."""

from dataclasses import replace

import numpy as np
import pytest

from geo.changes.comparing import Compared, heading
from geo.schema import ADCODES
from geo.uploads.model import ColumnUse, Severity, Upload

LIWAN, YUEXIU = ADCODES[:2]


@pytest.fixture
def compared(atlas, uploaded) -> Compared:
    """Return two figures of the file beside two current ones and a total."""
    rows = [(YUEXIU, "people", "2020", 1.0), (LIWAN, "sales", "2021", 2.5)]
    return Compared(uploaded(*rows, totals=[("", "people", "2021", 3.0)]), atlas, "update")


def test_a_text_has_the_same_number_in_all_tables(compared: Compared):
    numbers, texts = compared.metric
    assert [[texts[number] for number in part] for part in numbers] == [
        ["people", "sales"],
        ["people", "people"],
        ["people"],
    ]
    assert [[compared.pair(number) for number in part] for part in compared.pairs] == [
        [("people", "2020"), ("sales", "2021")], [("people", "2020")] * 2, [("people", "2021")],
    ]  # fmt: skip


def test_rows_are_found_by_their_metric(compared: Compared):
    assert list(compared.of_metrics("sales", "none")) == [False, True]


def test_a_finding_of_one_figure_names_its_value_and_of_several_does_not(compared: Compared):
    one = compared.finding("no_change", Severity.NOTE, np.array([1]), count=1)
    assert (one.rows, one.column, one.value, dict(one.params)) == ((3,), 4, "2.5", {"count": 1})
    assert compared.finding("no_change", Severity.NOTE, np.array([0, 1])).value == ""


def test_figures_in_several_columns_have_no_column_in_common(compared: Compared):
    table = compared.upload.table.assign(column=[4, 5])
    found = replace(compared, upload=replace(compared.upload, table=table)).finding(
        "x", Severity.NOTE, np.array([0, 1])
    )
    assert (found.column, found.rows) == (None, (2, 3))


def test_a_heading_is_that_of_the_column():
    upload = Upload("indicators", "f.csv", columns=(ColumnUse(4, "GDP（亿元）", "gdp", "metric:gdp", "name"),))
    assert (heading(upload, 4), heading(upload, 5), heading(upload, None)) == ("GDP（亿元）", "", "")
