"""From a sheet to an upload: whatever the texts, an upload and never an exception; one file for each kind of dirt."""

from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.data.loading import load
from geo.fields import TABLES
from geo.uploads.cleaning import clean
from geo.uploads.messages import MESSAGES
from geo.uploads.model import KINDS, Choices, Finding, Reading, Severity, Sheet, empty_table
from tests.fixtures import DATA

pytestmark = pytest.mark.slow

CORPUS = Path(__file__).parent / "corpus"
ATLAS = load(DATA)
WORDS = [
    "区", "地区", "指标", "时期", "数值", "单位", "来源", "质量", "备注", "adcode", "metric", "period", "value", "地区生产总值（万元）", "常住人口",
    "人均GDP", "2023", "2022年1-6月", "2023年1-5月", "荔湾区", "440104", "萝岗区", "黄埔区", "合计", "全市", "广州市", "12", "1,234", "-5", "12%",
    "5亿元", "…", "—", "约5", "注：a", "单位：万元", "企业", "集聚区", "状态", "日期", "琶洲", "已入驻", "2021-04", "tencent", "总部", "=cmd", "①",
    "company_en", "cluster_id", "tier", "name_zh", "比上年增长（%）", "编号", "标题（中文）", "text_en",
    "视图", "镜头", "图", "metric=gdp", "{gdp.city.2023}", "{", "plan",
]  # fmt: skip
CELLS = st.one_of(st.sampled_from(WORDS), st.just(""), st.text(max_size=6), st.text(st.characters(), max_size=4))
ROWS = st.integers(1, 6).flatmap(lambda width: st.lists(st.lists(CELLS, min_size=width, max_size=width), max_size=8))


@pytest.mark.slow
@settings(derandomize=True, deadline=None, max_examples=120)
@given(ROWS, st.sampled_from(KINDS))
def test_any_sheet_becomes_an_upload(rows, kind):
    upload = clean(Reading(Sheet.of(rows)), "any.csv", kind, ATLAS, Choices())
    empty = empty_table(kind)
    assert list(upload.table.columns) == list(empty.columns)
    assert {name: str(upload.table[name].dtype) for name in empty} == {name: str(empty[name].dtype) for name in empty}
    assert {finding.code for finding in upload.findings} <= set(MESSAGES)
    assert all(1 <= row <= len(rows) for finding in upload.findings for row in finding.rows)


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
@pytest.mark.parametrize("path", sorted(CORPUS.glob("*.[!e]*")), ids=lambda path: path.stem)
def test_each_kind_of_dirt_gives_the_figures_beside_it(read_here, path, encoding):
    text = path.read_bytes().decode()  # line ends as they are
    reading = read_here(text.encode(encoding), path.name)
    upload = clean(reading, path.name, "indicators", ATLAS, Choices())
    expected = pd.read_csv(path.with_suffix(".expected"), dtype={"adcode": str, "period": str, "value": float})
    pd.testing.assert_frame_equal(upload.table[["adcode", "metric", "period", "value"]], expected, check_exact=True)
    assert upload.errors == 0, [finding for finding in upload.findings if finding.severity == Severity.ERROR]


@pytest.mark.parametrize("path", sorted(CORPUS.glob("workbooks/*.[!e]*")), ids=lambda path: path.name)
def test_each_workbook_gives_the_figures_that_it_shows(read_here, path):
    upload = clean(read_here(path.read_bytes(), path.name), path.name, "indicators", ATLAS, Choices())
    expected = pd.read_csv(path.with_suffix(".expected"), dtype={"adcode": str, "period": str, "value": float})
    found = upload.table.sort_values(["adcode", "metric", "period"], ignore_index=True)
    pd.testing.assert_frame_equal(found[["adcode", "metric", "period", "value"]], expected, check_exact=True)
    assert upload.errors == 0, [finding for finding in upload.findings if finding.severity == Severity.ERROR]


def test_an_upload_says_how_it_was_read_and_shows_the_first_rows(sheet, today):
    before = Finding("no_rows", Severity.NOTE)
    found = Reading(
        sheet("标题,\n区,GDP\n荔湾区,1\n越秀区,2\n海珠区,3\n天河区,4"), "gb18030", ",", "表1", ("表1", "表2"), (before,)
    )
    upload = clean(found, "a.csv", "indicators", today, Choices(period="2023"))
    assert (upload.encoding, upload.delimiter, upload.sheet, upload.sheets) == ("gb18030", ",", "表1", ("表1", "表2"))
    assert upload.sample == (("区", "GDP"), ("荔湾区", "1"), ("越秀区", "2"), ("海珠区", "3"))
    assert upload.findings[0] == before


@pytest.mark.parametrize("kind", KINDS)
def test_progress_is_told_to_the_end(sheet, today, kind):
    told = []
    clean(Reading(sheet("区,GDP\n荔湾区,1")), "a.csv", kind, today, Choices(), lambda share, _: told.append(share))
    assert told == sorted(told)
    assert told[-1] == 1


def test_the_shipped_indicators_come_back_as_they_are(shipped, cleaned):
    upload = cleaned((shipped / "indicators.csv").read_text(encoding="utf-8"))
    stored = pd.read_csv(shipped / "indicators.csv", dtype={"adcode": str, "period": str}, keep_default_na=False)
    names = ["adcode", "metric", "period", "value", "source_id", "quality", "note"]
    pd.testing.assert_frame_equal(upload.table[names], stored[names], check_exact=True)
    assert {finding.code for finding in upload.findings} == {"unit_assumed"}


def test_a_large_file_is_read_by_distinct_words(rows_sheet, today):
    rows = [["区", "时期", "GDP（亿元）"]] + [["荔湾区", str(1900 + number % 200), "1"] for number in range(20_000)]
    upload = clean(Reading(rows_sheet(rows)), "a.csv", "indicators", today, Choices())
    assert len(upload.table) == 200
    assert sum(len(finding.rows) for finding in upload.findings) == 20_000


@pytest.mark.parametrize("kind", KINDS)
def test_a_file_that_could_not_be_read_has_nothing_else_wrong_with_it(today, kind):
    found = Reading(findings=(Finding("empty_file", Severity.ERROR),))
    upload = clean(found, "a.csv", kind, today, Choices())
    assert upload.findings == found.findings
    assert list(upload.table.columns) == list(empty_table(kind).columns)


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "slides"])
@pytest.mark.parametrize("head", ["slide_id,title_en,title_zh", "编号,正文（中文）,正文（英文）"])
def test_a_story_uploaded_as_something_else_is_recognised(cleaned, kind, head):
    upload = cleaned(f"{head}\ngdp,T,题", kind)
    assert [(finding.code, finding.severity) for finding in upload.findings] == [("is_slides", Severity.ERROR)]
    assert upload.table.empty


def test_explanations_of_our_templates_are_no_comments_of_the_file(sheet, today):
    notes = tuple(
        Finding("comment", Severity.NOTE, (1,), number, params={"words": words})
        for number, words in enumerate((TABLES["indicators.csv"]["unit"].help["zh"], "单位：万元"), 1)
    )
    upload = clean(
        Reading(sheet("区,GDP\n荔湾区,1"), findings=notes), "a.xlsx", "indicators", today, Choices(period="2023")
    )
    assert [finding.params["words"] for finding in upload.findings if finding.code == "comment"] == ["单位：万元"]
