"""Which sheet of a workbook is read where nobody chose one, and what is said of the others."""

import datetime
import io

import openpyxl
import pytest

from geo.uploads.model import Severity
from geo.uploads.read.reading import read
from geo.uploads.read.sheets.choice import PROBLEMS

pytestmark = pytest.mark.slow

DATA = [["区", "GDP（亿元）"], ["荔湾", 1277.93], ["越秀", 3810.24]]
TEXTS = [["区", "GDP（亿元）"], ["荔湾", "1,277.93"], ["越秀", "3,810.24"]]
ACROSS = [["区", 2022, 2023], ["荔湾", 1, 2]]
CONTENTS = [["序号", "表名", "页码"], [1, "各区生产总值", 3], [2, "人口", 7]]
COVER = [["广州市统计局", ""], ["编制日期", datetime.date(2024, 5, 1)], ["版本", "年度"]]
CODES = [["代码", "区"], [440103, "荔湾"], [440104, "越秀"]]
TENANTS = [["企业名称", "集聚区", "状态"], ["腾讯", "琶洲", "已入驻"]]


def found(content, sheet=""):
    reading = read(content, "a.xlsx", sheet=sheet)
    return reading.name, {finding.code: finding.params.get("sheets") for finding in reading.findings}


def hidden(content, *names, state="hidden"):
    made = openpyxl.load_workbook(io.BytesIO(content))
    for name in names:
        made[name].sheet_state = state
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


@pytest.mark.parametrize("front", [CONTENTS, COVER, CODES, [["说明"], ["数据为年报"]], [["表", "名"], ["a", "b"]]])
@pytest.mark.parametrize("data", [DATA, TEXTS, ACROSS])
def test_a_sheet_without_figures_is_passed_over_with_a_note(book, front, data):
    assert found(book(前页=front, 数据=data)) == ("数据", {"sheet_passed_over": "前页"})


def test_a_list_of_contents_may_have_numbers_without_headings(book):
    contents = [["1", "各区生产总值", 3], ["2", "人口", 7]]
    assert found(book(**{" Contents": contents, "数据": DATA})) == ("数据", {"sheet_passed_over": " Contents"})
    assert found(book(目录=DATA, 说明=[["x", "y"], ["a", "b"]])) == ("目录", {})


@pytest.mark.parametrize("other", [DATA, TEXTS, ACROSS])
def test_every_other_sheet_with_figures_is_named(book, other):
    content = book(一=DATA, 二=other, 目录=CONTENTS, 三=other)
    assert found(content) == ("一", {"other_sheets": "二, 三"})
    assert found(content, "二") == ("二", {})
    (finding,) = read(content, "a.xlsx").findings
    assert finding.severity is Severity.WARNING


def test_a_sheet_of_tenants_is_a_table_without_a_figure(book):
    assert found(book(企业=TENANTS, 统计=DATA)) == ("企业", {"other_sheets": "统计"})
    assert found(book(企业=TENANTS, 企业二=TENANTS)) == ("企业", {"other_sheets": "企业二"})


@pytest.mark.parametrize("state", ["hidden", "veryHidden"])
def test_hidden_sheets_with_figures_are_named_and_never_taken(book, state):
    content = hidden(book(底稿=DATA, 数据=DATA, 选项=[["a", "b"], ["c", "d"]]), "底稿", "选项", state=state)
    assert found(content) == ("数据", {"hidden_sheets": "底稿"})
    assert found(content, "底稿") == ("底稿", {})


def test_a_workbook_whose_figures_are_all_hidden_says_so(book):
    content = hidden(book(底稿=DATA, 空=[]), "底稿")
    (finding,) = read(content, "a.xlsx").findings
    assert (finding.code, finding.severity, finding.params["sheets"]) == ("only_hidden", Severity.ERROR, "底稿")


def test_the_list_of_problems_of_a_marked_copy_is_no_table(book):
    assert found(book(**{"a": DATA, PROBLEMS: [["行 Row", "问题 Problem"], [2, "x"], [3, "y"]]})) == ("a", {})


def test_many_sheets_are_named_up_to_a_bound(book):
    _, codes = found(book(**{f"s{number}": DATA for number in range(30)}))
    assert codes["other_sheets"].endswith("s20, …")
