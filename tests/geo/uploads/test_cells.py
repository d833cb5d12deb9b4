"""What a sheet's XML says of its cells, however it is written."""

import pytest

from geo.uploads.bounds import RefusedError
from geo.uploads.cells import has_cells, scan, without_counts


@pytest.mark.parametrize(
    ("xml", "reach"),
    [
        (b'<row r="1"><c r="A1"><v>1</v></c><c r="C1"><v>1</v></c></row>', (1, 3, 2)),
        (b"<row r='2'><c r = 'AA2' ><v>1</v></c></row>", (2, 27, 1)),
        (b"<row><c><v>1</v></c><c><v>1</v></c></row><row><c><v>1</v></c></row>", (2, 2, 3)),
        (b'<row r="5"><c><v>1</v></c></row>', (5, 1, 1)),
        (b'<x:row r="1"><x:c r="B1"><x:v>1</x:v></x:c></x:row>', (1, 2, 1)),
        (b'<c r="XFD1048576" s="3"/><c r="XFD1048576"></c><c r="A1"><v>1</v></c>', (1, 1, 1)),
        (b'<dimension ref="A1:XFD1048576"/><cols><col min="1"/></cols>', (0, 0, 0)),
        (b'<c t=">" r="B2"><v>1</v></c>', (2, 2, 1)),
    ],
)
def test_cells_reach_as_far_as_something_is_in_them(xml, reach):
    found = scan(xml, frozenset())
    assert (found.rows, found.columns, found.count) == reach


def test_percentages_errors_and_ranges_are_found():
    xml = (
        b'<c r="A2" s="7"><v>0.1</v></c><c r="A3" s="8"><v>1</v></c><c r="B2" t="e"><f>NA()</f><v>#N/A</v></c><c r="B3" t="e"><v/></c>'
        b'<mergeCell ref="A1:B2"/><hyperlink ref="C1:C9" display="a &lt; b"/>'
    )
    found = scan(xml, frozenset({7}))
    assert found.percentages == {0: {1}}
    assert found.errors == {(1, 1): "#N/A", (2, 1): "#N/A"}
    assert (found.merged, found.spread) == ([(0, 0, 1, 1)], 13)


@pytest.mark.parametrize(
    ("xml", "code", "row"),
    [
        (b'<c r="A1"><v>1</v></c><c r="XFD1048576"><v>1</v></c>', "cells_too_far", 1048576),
        (b'<c r="A1048577"><v>1</v></c>', "cells_too_far", 1048577),
        (b'<c r="ZZZ3"><v>1</v></c>', "cells_too_far", 3),
        (b'<c r="A1048576"><v>1</v></c><c r="CV1"><v>1</v></c>', "cells_too_far", 1),
        (b'<mergeCell ref="B2:A1"/>', "broken_archive", None),
        (b'<mergeCell ref="A0:B1"/>', "broken_archive", None),
        (b'<c r="A0"><v>1</v></c>', "broken_archive", None),
        (b'<c r="a1"><v>1</v></c>', "broken_archive", None),
        (b'<c r="&#65;1"><v>1</v></c>', "broken_archive", None),
        (b'<row r="&#49;"><c><v>1</v></c></row>', "broken_archive", None),
        (b'<c r="A1" t="<"><v>1</v></c>', "broken_archive", None),
        (b"<c r=A1><v>1</v></c>", "broken_archive", None),
    ],
)
def test_cells_too_far_out_and_places_that_cannot_be_told_are_refused(xml, code, row):
    with pytest.raises(RefusedError) as refused:
        scan(xml, frozenset())
    assert (refused.value.finding.code, refused.value.finding.rows) == (code, (row,) if row else ())


def test_counts_of_shared_strings_are_taken_out():
    assert without_counts(b'<x:sst a=">" count = "9"><x:si/></x:sst>') == b"<x:sst><x:si/></x:sst>"
    assert without_counts(b"<a count='9'/>") == b"<a count='9'/>"
    with pytest.raises(RefusedError, match="broken_archive"):
        without_counts(b"<sst count=9>")


@pytest.mark.parametrize(("xml", "found"), [(b"<a><c/></a>", True), (b"<x:row >", True), (b"<color/><cols>", False)])
def test_cells_are_seen_in_any_part(xml, found):
    assert has_cells(xml) is found
