"""What a sheet's XML says of its cells, however it is written."""

import io

import pytest

from geo.uploads.bounds import MAX_COLUMNS, MAX_ROWS, RefusedError
from geo.uploads.read.sheets.cells import Looks, scan
from geo.uploads.read.sheets.number_formats import read_format

PERCENT = {"7": read_format("0%")}


def scanned(xml, formats=None):
    return scan(io.BytesIO(f"<sheet xmlns:x='x'>{xml}</sheet>".encode()), Looks(formats or {}))


def refusal(xml):
    with pytest.raises(RefusedError) as refused:
        scanned(xml)
    return refused.value.finding.code, refused.value.finding.rows


@pytest.mark.parametrize(
    ("xml", "place"),
    [
        ('<row r="1"><c r="A1"><v>1</v></c><c r="C1" s="7"><v>1</v></c></row>', (0, 2)),
        ("<row r='2'><c r = 'AA2' s='7' ><v>1</v></c></row>", (1, 26)),
        ('<row><c><v>1</v></c><c><v>1</v></c></row><row><c s="7"><v>1</v></c></row>', (1, 0)),
        ('<row><c r="B1"><v>1</v></c><c s="7"><v>1</v></c></row>', (0, 2)),
        ('<row r="5"><c s="7"><v>1</v></c></row>', (4, 0)),
        ('<x:row r="1"><x:c r="B1" s="7"><x:v>1</x:v></x:c></x:row>', (0, 1)),
        ('<row><c t=">" r="B2" s="7"><v>1</v></c></row>', (1, 1)),
    ],
)
def test_a_cell_is_found_however_its_place_is_said(xml, place):
    assert scanned(xml, PERCENT).formats == {place[0]: {place[1]: PERCENT["7"]}}


def test_percentages_and_errors_are_found():
    found = scanned(
        '<row><c r="A2" s="7"><v>0.1</v></c><c r="B2" t="e"><f>NA()</f><v>#N/A</v></c></row>'
        '<row><c r="A3" s="8"><v>1</v></c><c r="B3" t="e"><v/></c><c r="C3" t="e"/><c t="e"><v>#REF!</v></c></row>',
        PERCENT,
    )
    assert found.formats == {1: {0: PERCENT["7"]}}
    assert found.errors == {1: {1: "#N/A"}, 2: {1: "#N/A", 3: "#REF!"}}
    assert found.formulas == {}


@pytest.mark.parametrize(
    ("cell", "missing"),
    [
        ("<c><f>A1</f></c>", True),
        ("<c><f>A1</f><v/></c>", True),
        ("<c><f>A1</f><v></v></c>", True),
        ('<c><f t="shared" si="0"/></c>', True),
        ("<x:c><x:f>A1</x:f><x:v /></x:c>", True),
        ('<c t="str"><f>A1</f></c>', True),
        ('<c t="str"><f>""</f><v></v></c>', False),
        ("<c>\n <f>A1</f>\n <v>0</v></c>", False),
        ('<c><f t="shared" si="0"/><v>3</v></c>', False),
        ('<c t="inlineStr"><f>A1</f><is><t>a</t></is></c>', False),
        ('<c t="e"><f>NA()</f><v>#N/A</v></c>', False),
        ("<c><f></f><v></v></c>", False),
        ("<c><v>1</v></c>", False),
    ],
)
def test_a_formula_is_uncalculated_where_no_result_is_stored(cell, missing):
    assert scanned(f"<row>{cell}</row>").formulas == ({0: [0]} if missing else {})


@pytest.mark.parametrize(
    ("xml", "code", "row"),
    [
        ('<row><c r="A1"><v>1</v></c></row><row><c r="XFD1048576"><v>1</v></c></row>', "cells_too_far", 1048576),
        ('<row><c r="A1048577"><v>1</v></c></row>', "cells_too_far", 1048577),
        ('<row><c r="ZZZ3"><v>1</v></c></row>', "cells_too_far", 3),
        (
            '<row><c r="A45000"><v>1</v></c></row><row r="45001"><c r="CV45001"><v>1</v></c></row>',
            "cells_too_far",
            45001,
        ),
        ("<row><c><v>1</v></c></row>" * (MAX_ROWS + 1), "too_many_rows", None),
        ('<row><c r="A"><v>1</v></c></row>', "broken_archive", None),
        ("<c r=A1><v>1</v></c>", "broken_archive", None),
        ("<row>", "broken_archive", None),
    ],
)
def test_cells_too_far_out_and_places_that_cannot_be_told_are_refused(xml, code, row):
    assert refusal(xml) == (code, (row,) if row else ())


def test_blank_cells_with_a_style_and_a_dimension_that_lies_reach_nowhere():
    blank = '<row><c r="A1"><v>1</v></c><c r="XFD1" s="3"/></row><row><c r="A1048576" s="3"></c></row>'
    assert scanned(f'<dimension ref="A1:XFD1048576"/>{blank}').hidden_rows == []


def test_of_columns_hidden_to_the_edge_those_with_content_count():
    xml = '<cols><col min="2" max="16384" hidden="1"/></cols><row><c r="C1"><v>1</v></c></row>'
    assert scanned(xml).hidden_columns == [1, 2]
    assert MAX_COLUMNS < 16_384


def test_a_document_type_is_refused():
    with pytest.raises(RefusedError, match="broken_archive"):
        scan(io.BytesIO(b'<!DOCTYPE a [<!ENTITY b "b">]><a>&b;</a>'), Looks())
