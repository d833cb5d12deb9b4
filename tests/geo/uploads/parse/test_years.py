"""Years in forms that a column of periods has and a heading has not."""

import pytest

from geo.uploads.model import Severity
from geo.uploads.parse.years import year_meant


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("2023-12-31", "2023"),
        ("2023/12/31", "2023"),
        ("2023年12月31日", "2023"),
        ("2023-12-31T00:00:00", "2023"),
        ("45291", "2023"),
        ("45291.0", "2023"),
        ("23年", "2023"),
        ("98年度", "1998"),
        ("2023-06-30", ""),
        ("2023-01-01", ""),
        ("45290", ""),
        ("23", ""),
        ("440103", ""),
        ("", ""),
        ("2" * 400, ""),
    ],
)
def test_a_year_is_meant_by_its_last_day_or_two_digits(text, year):
    assert year_meant(text) == year


@pytest.mark.parametrize("text", ["2023-12-31", "45291", "23年"])
def test_a_period_that_is_only_meant_is_read_with_a_warning(cleaned, text):
    upload = cleaned(f"区,年份,GDP（亿元）\n荔湾区,{text},1262.81\n越秀区,2023,3634.4")
    assert list(upload.table["period"]) == ["2023", "2023"]
    assert [(one.code, one.severity, one.rows, one.value) for one in upload.findings] == [
        ("period_meant", Severity.WARNING, (2,), text)
    ]


def test_a_column_of_last_days_is_one_of_periods_and_other_days_are_errors(cleaned):
    upload = cleaned("日期,区,GDP（亿元）\n2023-12-31,荔湾区,1262.81\n2022-12-31,荔湾区,1211.5\n2023-06-30,越秀区,7")
    assert list(upload.table["period"]) == ["2023", "2022"]
    assert [(one.code, one.rows) for one in upload.findings] == [
        ("period_meant", (2,)), ("period_meant", (3,)), ("period_is_date", (4,)),
    ]  # fmt: skip


def test_days_as_excel_counts_them_are_periods_under_the_heading_of_days(cleaned):
    upload = cleaned("日期,区,GDP（亿元）\n45291,荔湾区,1262.81\n44926,荔湾区,1211.5")
    assert list(upload.table["period"]) == ["2023", "2022"]


def test_the_day_of_a_paper_is_no_period(cleaned, found):
    upload = cleaned("区,GDP（亿元）,发布日期\n荔湾区,1211.5,2023-12-31", period="2022")
    assert list(upload.table["period"]) == ["2022"]
    assert len(found(upload, "unknown_column")) == 1


def test_a_day_beside_another_period_is_no_period(cleaned):
    upload = cleaned("区,2022年GDP（亿元）,日期\n荔湾区,1211.5,2023-12-31")
    assert list(upload.table["period"]) == ["2022"]


def test_a_fiscal_year_in_a_heading_is_the_year(cleaned):
    upload = cleaned("区,FY2023 GDP（亿元）\n荔湾区,1262.81")
    assert (list(upload.table["period"]), upload.findings) == (["2023"], ())
