"""Sheets read together: each by itself, and every figure and finding keeps its sheet."""

import io
from dataclasses import replace

import openpyxl
import pytest

from geo.changes.examine import examine
from geo.changes.remarks import findings_of, warnings_of
from geo.data.raw import Raw
from geo.uploads.cleaning import clean
from geo.uploads.finding import Finding, Severity
from geo.uploads.model import Choices
from geo.uploads.read.reading import read
from geo.uploads.read.sheets.choice import ALL_SHEETS
from geo.uploads.read.sheets.together import apart
from geo.uploads.workbooks.marking import PROBLEMS, CellNote, marked_copy
from tests.fixtures import DATA

pytestmark = pytest.mark.slow

HEAD = ["区", "地区生产总值（亿元）"]
YEARS = {
    "目录": [["表", "页"], ["2022年", 1], ["2023年", 2]],
    "2022年": [HEAD, ["荔湾", 1218.01], ["越秀", 3650.18]],
    "2023年": [["各区生产总值"], HEAD, ["荔湾", 1277.93], ["海珠", 2720.16]],
}


@pytest.fixture
def understood(today):
    """Return what understands a workbook whose sheets are read together."""

    def make(content, kind="indicators"):
        reading = read(content, "a.xlsx", sheet=ALL_SHEETS)
        return reading, clean(reading, "a.xlsx", kind, today, Choices(source_id="ranking-2023"))

    return make


def values(upload):
    return dict(
        zip(zip(upload.table["adcode"], upload.table["period"], strict=True), upload.table["value"], strict=True)
    )


def test_a_sheet_a_year_is_one_upload_each_figure_of_its_year(book, understood):
    reading, upload = understood(book(**YEARS))
    assert [part.name for part in reading.parts] == ["2022年", "2023年"]
    assert values(upload) == {
        ("440103", "2022"): 1218.01, ("440104", "2022"): 3650.18, ("440103", "2023"): 1277.93, ("440105", "2023"): 2720.16,
    }  # fmt: skip
    assert (upload.sheet, [finding.code for finding in upload.findings]) == (
        "2022年, 2023年",
        ["sheet_passed_over", "period_from_title", "period_from_title"],
    )
    rows = upload.table["row"].tolist()
    places = [next(apart(Finding("x", Severity.NOTE, (row,)), reading)) for row in rows]
    assert [(one.sheet, one.rows) for one in places] == [
        ("2022年", (2,)), ("2022年", (3,)), ("2023年", (3,)), ("2023年", (4,)),
    ]  # fmt: skip


def test_a_metric_a_sheet_is_one_upload(book, understood):
    population = [["区", "2023年常住人口（万人）"], ["荔湾", 113.59]]
    _, upload = understood(book(GDP=[["区", "2023年GDP（亿元）"], ["荔湾", 1277.93]], 人口=population))
    assert set(upload.table["metric"]) == {"gdp", "population"}
    assert {use.target for use in upload.columns} >= {"district", "metric:gdp", "metric:population"}


def test_what_two_sheets_say_differently_is_an_error_at_both(book, today):
    content = book(一=[*YEARS["2022年"]], 二=[[*HEAD], ["荔湾", 1300], ["越秀", 3650.18]])
    choices = Choices(source_id="ranking-2023", sheet=ALL_SHEETS, period="2022")
    found = examine(content, "a.xlsx", "indicators", Raw.read(DATA), today, choices, "update").findings
    differ = [finding for finding in found if finding.code == "tables_differ"]
    assert [(one.severity, one.sheet, one.rows) for one in differ] == [("error", "一", (2,)), ("error", "二", (2,))]
    assert {one.params["row"] for one in differ} == {"二!2"}


def test_rows_of_other_kinds_are_put_together_too(book, understood, today):
    head = ["company_en", "company_zh", "cluster_id", "status"]
    first, second = ["A", "甲", "pazhou", "moved_in"], ["B", "乙", "pazhou", "moved_in"]
    _, upload = understood(book(一=[head, first], 二=[head, second, first]), "tenants")
    assert upload.table["company_en"].tolist() == ["A", "B"]
    assert [(one.code, one.rows) for one in upload.findings if one.code == "row_twice"] == [("row_twice", (2, 5))]


def test_a_workbook_with_one_table_is_read_as_ever(book):
    for content in (book(a=YEARS["2022年"]), book(封面=[["广州"]], 数据=YEARS["2022年"])):
        reading = read(content, "a.xlsx", sheet=ALL_SHEETS)
        assert (reading.parts, len(reading.sheet)) == ((), 3)


def test_a_sheet_with_content_but_no_figure_is_named_wherever_it_stands(book):
    for sheets in ({"说明": [["x"]], **YEARS}, {**YEARS, "说明": [["x"]], "空": []}):
        (finding,) = read(book(**sheets), "a.xlsx", sheet=ALL_SHEETS).parts[0].findings
        assert (finding.code, set(finding.params["sheets"].split(", "))) == ("sheet_passed_over", {"目录", "说明"})


def test_hidden_sheets_are_named_and_not_read_with_the_others(book):
    made = openpyxl.load_workbook(io.BytesIO(book(**YEARS, 底稿=YEARS["2022年"])))
    made["底稿"].sheet_state = "hidden"
    out = io.BytesIO()
    made.save(out)
    reading = read(out.getvalue(), "a.xlsx", sheet=ALL_SHEETS)
    assert [part.name for part in reading.parts] == ["2022年", "2023年"]
    assert "hidden_sheets" in {finding.code for finding in reading.parts[0].findings}


@pytest.mark.parametrize("is_own", [True, False])
def test_marks_stand_on_their_own_sheet_or_at_their_row_of_all(book, is_own):
    content = book(**YEARS)
    reading = read(content, "a.xlsx", sheet=ALL_SHEETS)
    reading = reading if is_own else replace(reading, encoding="xls")  # no workbook that openpyxl opens
    notes = [
        CellNote(2, 2, Severity.ERROR, "one", "2022年"),
        CellNote(3, 2, Severity.ERROR, "two", "2023年"),
        CellNote(0, None, Severity.NOTE, "all"),
    ]
    made = openpyxl.load_workbook(io.BytesIO(marked_copy(content, "a.xlsx", reading, notes)))
    if is_own:
        assert [made[name][place].comment.text for name, place in (("2022年", "B2"), ("2023年", "B3"))] == [
            "one",
            "two",
        ]
        assert [made[PROBLEMS][place].hyperlink.location for place in ("E2", "E3")] == ["'2022年'!B2", "'2023年'!B3"]
    else:
        assert [made["a"][place].comment.text for place in ("B2", "B6")] == ["one", "two"]


def test_a_warning_handed_over_with_a_draft_keeps_its_sheet():
    found = [Finding("hidden_rows", Severity.WARNING, (2,), params={"count": 1}, sheet=name) for name in ("", "2022年")]
    assert list(findings_of(warnings_of(found))) == found
