"""Styles that show a percentage or a date."""

import pytest

from geo.uploads.archives import Archive
from geo.uploads.bounds import RefusedError
from geo.uploads.styles import date_styles, percent_styles

NAMESPACE = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def styles(packed, formats, kinds, find=percent_styles):
    xml = (
        f"<styleSheet {NAMESPACE}><numFmts>"
        + "".join(f'<numFmt numFmtId="{number}" formatCode="{code}"/>' for number, code in formats.items())
        + '</numFmts><cellStyleXfs><xf numFmtId="9"/></cellStyleXfs><cellXfs>'
        + "".join(f'<xf numFmtId="{kind}"/>' for kind in kinds)
        + "</cellXfs></styleSheet>"
    )
    return find(Archive(packed(parts={"xl/styles.xml": xml.encode()})))


def test_built_in_percentages_are_known(packed):
    assert styles(packed, {}, (0, 9, 10, 2, 9)) == {1, 2, 4}


@pytest.mark.parametrize(
    ("code", "is_percentage"),
    [
        ("0.0%", True),
        ("[Red]0.00%;-0%", True),
        ("0&quot;%&quot;", False),
        (r"0\%", False),
        ("0.0", False),
        ("_%0", False),
    ],
)
def test_formats_of_the_workbook_are_read(packed, code, is_percentage):
    assert styles(packed, {164: code}, (0, 164)) == ({1} if is_percentage else set())


@pytest.mark.parametrize(
    ("code", "is_date"),
    [
        ("yyyy&quot;年&quot;m&quot;月&quot;", True),
        ("[$-804]hh:mm", True),
        ("0.00&quot;days&quot;", False),
        ("[Red]0.0", False),
        ("General", False),
    ],
)
def test_formats_of_dates_are_read(packed, code, is_date):
    assert styles(packed, {164: code}, (0, 164), date_styles) == ({1} if is_date else set())
    assert styles(packed, {}, (0, 14, 9, 57), date_styles) == {1, 3}


def test_a_built_in_number_may_be_given_another_format(packed):
    assert styles(packed, {9: "0.0"}, (9, 10)) == {1}


def test_styles_that_are_no_xml_are_refused(packed):
    with pytest.raises(RefusedError, match="broken_archive"):
        percent_styles(Archive(packed(parts={"xl/styles.xml": b"<styleSheet"})))
