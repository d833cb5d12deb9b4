"""How large a table may be, to the row, and what a refusal says."""

import pytest

from geo.uploads.bounds import MAX_CELLS, MAX_COLUMNS, MAX_ROWS, RefusedError, check_size, error
from geo.uploads.model import Severity

MOST_ROWS_OF_FULL_WIDTH = MAX_CELLS // MAX_COLUMNS


@pytest.mark.parametrize(
    ("rows", "columns"), [(0, 0), (MAX_ROWS, 1), (1, MAX_COLUMNS), (MOST_ROWS_OF_FULL_WIDTH, MAX_COLUMNS)]
)
def test_a_table_of_exactly_the_largest_size_is_taken(rows, columns):
    assert check_size(rows, columns) is None  # no refusal


@pytest.mark.parametrize(
    ("rows", "columns", "code", "params"),
    [
        (MAX_ROWS + 1, 1, "too_many_rows", {"limit": MAX_ROWS}),
        (1, MAX_COLUMNS + 1, "too_many_columns", {"count": MAX_COLUMNS + 1, "limit": MAX_COLUMNS}),
        (
            MOST_ROWS_OF_FULL_WIDTH + 1,
            MAX_COLUMNS,
            "too_many_cells",
            {"rows": MOST_ROWS_OF_FULL_WIDTH + 1, "columns": MAX_COLUMNS, "limit": MAX_CELLS},
        ),
    ],
    ids=["rows", "columns", "cells"],
)
def test_one_more_is_refused_with_the_bound_named(rows, columns, code, params):
    with pytest.raises(RefusedError) as refused:
        check_size(rows, columns)
    assert (refused.value.finding.code, refused.value.finding.params) == (code, params)


def test_a_refusal_is_an_error_with_its_row_and_value():
    finding = error("invalid_bytes", row=3, value="FF", byte=7).finding
    assert (finding.code, finding.severity, finding.rows) == ("invalid_bytes", Severity.ERROR, (3,))
    assert (finding.value, finding.params) == ("FF", {"byte": 7})
    assert error("binary").finding.rows == ()
