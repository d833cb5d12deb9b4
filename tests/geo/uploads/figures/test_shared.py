"""A figure merged over several cells is that of none of them; a label merged over several rows is that of each."""

import io

import openpyxl
import pytest

from geo.uploads.cleaning import clean
from geo.uploads.messages import describe
from geo.uploads.model import Choices, Severity


@pytest.fixture
def understood(read_here, today):
    """Return what understands rows of a workbook with merged ranges, or a page."""

    def make(content, *merged):
        name = "a.html"
        if isinstance(content, list):
            book, out, name = openpyxl.Workbook(), io.BytesIO(), "a.xlsx"
            for row in content:
                book.active.append(row)
            for area in merged:
                book.active.merge_cells(area)
            book.save(out)
            content = out.getvalue()
        return clean(read_here(content, name), name, "indicators", today, Choices())

    return make


@pytest.mark.parametrize(
    ("rows", "merged", "left", "at"),
    [
        (
            [["地区", "2023年GDP（亿元）"], ["荔湾区", 3897.2], ["越秀区"], ["海珠区", 2528.3]],
            "B2:B3",
            [2528.3],
            ((2, 3), 2),
        ),
        ([["指标", "荔湾区", "越秀区"], ["2023年GDP（亿元）", 3897.2]], "B2:C2", [], ((2,), 2)),
        ([["地区", "2022年GDP（亿元）", "2023年GDP（亿元）"], ["荔湾区", 7.5]], "B2:C2", [], ((2,), 2)),
    ],
)
def test_a_figure_merged_over_several_is_an_error_that_names_its_rows(understood, rows, merged, left, at):
    upload = understood(rows, merged)
    assert list(upload.table["value"]) == left
    (finding,) = upload.findings
    assert (finding.code, finding.severity, finding.rows, finding.column) == ("figure_shared", Severity.ERROR, *at)
    assert "2" in describe(finding).wrong


def test_a_figure_that_a_page_spans_over_two_rows_is_an_error(understood):
    rows = "<tr><td>荔湾区<td>3.5</tr><tr><td>越秀区<td rowspan=2>2.6</tr><tr><td>海珠区</tr>"
    upload = understood(f"<p></p><table><tr><td>地区<td>2023年GDP增速（%）</tr>{rows}</table>".encode())
    assert list(upload.table["value"]) == [3.5]
    assert [(one.code, one.rows, one.column, one.value) for one in upload.findings] == [
        ("figure_shared", (3, 4), 2, "2.6")
    ]


def test_labels_merged_over_several_rows_are_those_of_each(understood):
    rows = [
        ["年份", "地区", "指标", "数值", "单位"],
        [2023, "荔湾区", "GDP", 1262.81, "亿元"],
        [None, None, "常住人口", 113.5, "万人"],
    ]
    rows.append([None, "越秀区", "常住人口", 103.2, None])
    upload = understood(rows, "A2:A4", "B2:B3", "E3:E4")
    assert upload.findings == ()
    assert upload.table[["adcode", "metric", "period", "value"]].to_numpy().tolist() == [
        ["440103", "gdp", "2023", 1262.81],
        ["440103", "population", "2023", 1135000.0],
        ["440104", "population", "2023", 1032000.0],
    ]


def test_a_figure_merged_over_rows_of_one_district_is_its_figure(understood):
    rows = [["地区", "序号", "2023年GDP（亿元）"], ["荔湾区", 1, 1262.81], [None, 2, None]]
    upload = understood(rows, "A2:A3", "C2:C3")
    assert set(upload.table["value"]) == {1262.81}
    assert "figure_shared" not in {finding.code for finding in upload.findings}
