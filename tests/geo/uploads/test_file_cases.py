"""Files as they reach the desk that were once misread in silence, or refused with advice nobody could follow."""

from pathlib import Path

import pytest

from geo.uploads.cleaning import clean
from geo.uploads.messages import describe
from geo.uploads.model import Choices, Severity
from geo.uploads.read.reading import read

CASES = Path(__file__).parent / "desk_cases"


@pytest.fixture
def understood(today):
    """Return what understands a case by its name."""

    def make(name, sheet=""):
        choices = Choices(source_id="ranking-2023", sheet=sheet)
        reading = read((CASES / name).read_bytes(), name, sheet=sheet)
        return clean(reading, name, "indicators", today, choices)

    return make


def said(upload):
    return [(finding.code, finding.severity) for finding in upload.findings]


def test_a_formula_without_a_result_is_an_error_at_its_cells(understood):
    upload = understood("11_formula_no_value.xlsx")
    (finding,) = upload.findings
    assert (finding.code, finding.severity, finding.rows, finding.column, finding.heading, finding.params) == (
        "formula_no_value", Severity.ERROR, (3, 4), 3, "地区生产总值（亿元）", {"count": 2},
    )  # fmt: skip


def test_hidden_rows_are_read_and_named(understood):
    upload = understood("18b_hidden_rows_plausible.xlsx")
    (finding,) = upload.findings
    assert len(upload.table) == 6
    assert (finding.code, finding.severity, finding.rows) == ("hidden_rows", Severity.WARNING, (2, 3, 4))
    assert "3" in describe(finding).wrong


def test_a_hidden_column_is_read_and_named(understood):
    upload = understood("18c_hidden_column.xlsx")
    (finding,) = upload.findings
    assert set(upload.table["metric"]) == {"gdp", "population"}
    assert (finding.code, finding.severity, finding.column) == ("hidden_columns", Severity.WARNING, 4)
    assert finding.heading == "常住人口（万人）"


def test_a_list_of_contents_is_passed_over(understood):
    upload = understood("27b_contents_first.xlsx")
    assert (upload.sheet, len(upload.table)) == ("表1", 2)
    assert said(upload) == [("sheet_passed_over", Severity.NOTE), ("other_sheets", Severity.WARNING)]
    assert [dict(finding.params) for finding in upload.findings] == [
        {"sheet": "表1", "sheets": "目录"},
        {"sheets": "表2"},
    ]


@pytest.mark.parametrize(
    ("name", "first", "other"),
    [("28b_two_data_sheets.xlsx", "GDP", "人口"), ("28_sheet_per_year.xlsx", "2022年", "2023年")],
)
def test_another_sheet_with_figures_is_named_until_one_is_chosen(understood, name, first, other):
    upload = understood(name)
    assert upload.sheet == first
    assert [finding.params["sheets"] for finding in upload.findings if finding.code == "other_sheets"] == [other]
    chosen = understood(name, other)
    assert (chosen.sheet, [code for code, _ in said(chosen) if code == "other_sheets"]) == (other, [])


def test_texts_written_as_formulas_for_excel_are_read(understood):
    upload = understood("02_equals_quote.csv")
    assert (upload.findings, list(upload.table["value"])) == ((), [1277.93, 3810.24, 2720.16])
    assert set(upload.table["period"]) == {"2023"}


def test_an_archive_with_backslashes_in_its_names_is_read(understood):
    upload = understood("29_backslash_paths.xlsx")
    assert (upload.findings, list(upload.table["value"])) == ((), [1277.93, 3810.24])


def test_a_web_page_saved_as_a_workbook_is_read(understood):
    upload = understood("14c_div_table.xls")
    assert (upload.findings, list(upload.table["value"]), set(upload.table["metric"])) == ((), [1277.93], {"gdp"})


@pytest.mark.parametrize(
    ("name", "code", "advice"),
    [
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
