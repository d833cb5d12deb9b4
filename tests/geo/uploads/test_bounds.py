"""How large a table may be, to the row, and what a refusal says."""

import pytest

from geo.uploads.bounds import (
    MAX_CELL,
    MAX_CELLS,
    MAX_COLUMNS,
    MAX_NAME,
    MAX_ROWS,
    RefusedError,
    check_cells,
    check_size,
    error,
)
from geo.uploads.model import Severity
from geo.uploads.read.reading import read

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


def test_a_cell_of_exactly_the_greatest_length_is_taken():
    assert check_cells([["区", "备注"], ["海珠区", "x" * MAX_CELL]]) is None  # no refusal


def test_one_character_more_is_refused_with_row_column_length_and_bound():
    long = "国" * (MAX_CELL + 1)
    with pytest.raises(RefusedError) as refused:
        check_cells([["区", "备注"], [], ["海珠区", "x"], ["天河区", long], ["越秀区", long]])
    finding = refused.value.finding
    assert (finding.code, finding.rows, finding.column) == ("cell_too_long", (4,), 2)
    assert finding.params == {"length": MAX_CELL + 1, "limit": MAX_CELL}
    assert finding.value == long[:MAX_NAME]


def test_a_long_cell_among_many_different_ones_is_found():
    rows = [[f"{number}"] for number in range(2_000)] + [["x" * (MAX_CELL + 1)]]
    text = "\n".join(row[0] for row in rows).encode()
    (finding,) = read(b"a,b\n" + text.replace(b"\n", b",1\n") + b",1", "f.csv").findings
    assert (finding.code, finding.rows, finding.column) == ("cell_too_long", (2_002,), 1)


@pytest.mark.parametrize("kind", ["indicators", "tenants"])
def test_a_heading_that_is_too_long_stops_the_table_with_its_place(cleaned, kind):
    header = {"indicators": "区,指标,时期,数值,备注", "tenants": "company_en,company_zh,cluster_id,status,note_en"}[
        kind
    ]
    upload = cleaned(f"{header},{'x' * (MAX_NAME + 1)}\na,b,c,d,e,f\n", kind=kind)
    (finding,) = upload.findings
    assert (finding.code, finding.rows, finding.column) == ("heading_too_long", (1,), 6)
    assert finding.params == {"length": MAX_NAME + 1, "limit": MAX_NAME}
    assert len(upload.table) == 0
    assert "heading_too_long" not in {
        f.code for f in cleaned(f"{header},{'x' * MAX_NAME}\na,b,c,d,e,f\n", kind=kind).findings
    }
