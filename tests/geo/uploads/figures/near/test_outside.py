"""Figures outside the tables of a sheet are named; years, days and telephone numbers are none."""

import pytest

from geo.uploads.messages import describe
from geo.uploads.model import Severity

TABLE = "区,2023年GDP（亿元）\n荔湾区,1262.81\n越秀区,3634.4\n"


@pytest.mark.parametrize(
    ("text", "rows", "words"),
    [
        (f"全市GDP,30355.73\n比上年增长,4.6%\n{TABLE}", (1, 2), "30355.73, 4.6%"),
        (f"增城区,1310.2\n{TABLE}", (1,), "1310.2"),
        (f'{TABLE}注：,2528.3\n备注：全市,"30,355.73亿元"', (4, 5), "2528.3, 30,355.73亿元"),
    ],
)
def test_figures_outside_the_table_are_named_with_their_rows(cleaned, text, rows, words):
    upload = cleaned(text)
    assert "1310.2" not in map(str, upload.table["value"])
    (finding,) = upload.findings
    assert (finding.code, finding.severity, finding.rows) == ("figures_outside", Severity.WARNING, rows)
    assert words in describe(finding).wrong


@pytest.mark.parametrize(
    "text",
    [
        f"表,12\n年份,2023\n代码,440100\n日期,20240305\n{TABLE}",
        f"{TABLE}制表日期：,2024,3,5\n联系电话：,83123456",
        "区,2022年,2023年\n荔湾区,1262.81,7\n区,2022年,2023年\n越秀区,3634.4,8",
    ],
)
def test_years_days_and_repeated_headings_are_no_lost_figures(cleaned, found, text):
    assert found(cleaned(text, metric="gdp", unit="亿元"), "figures_outside") == []
