"""Files as they reach the desk that were once misread in silence, or refused with advice nobody could follow."""

from pathlib import Path

import pytest

from geo.uploads.cleaning import clean
from geo.uploads.messages import describe
from geo.uploads.model import Choices, Severity
from geo.uploads.reading import read

CASES = Path(__file__).parent / "desk_cases"


@pytest.fixture
def understood(today):
    """Return what understands a case by its name."""

    def make(name, sheet=""):
        choices = Choices(source_id="ranking-2023", sheet=sheet)
        reading = read((CASES / name).read_bytes(), name, sheet=sheet)
        return clean(reading, name, "indicators", today, choices)

    return make


def test_texts_written_as_formulas_for_excel_are_read(understood):
    upload = understood("02_equals_quote.csv")
    assert (upload.findings, list(upload.table["value"])) == ((), [1277.93, 3810.24, 2720.16])
    assert set(upload.table["period"]) == {"2023"}


@pytest.mark.parametrize(
    ("name", "code", "advice"),
    [
        ("14c_div_table.xls", "web_table", "Excel"),
        ("40f_double_encoded.csv", "garbled", "UTF-8"),
        ("51_word.docx", "is_document", "Copy the table"),
        ("52_photo.png", "is_picture", "Ask"),
        ("53_districts.geojson", "not_a_table", "Export"),
    ],
)
def test_what_is_no_table_is_named_with_advice_that_can_be_followed(understood, name, code, advice):
    upload = understood(name)
    (finding,) = upload.findings
    assert (finding.code, finding.severity) == (code, Severity.ERROR)
    assert advice in describe(finding).remedy
