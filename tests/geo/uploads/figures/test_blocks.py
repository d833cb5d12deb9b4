"""Tables that share a sheet: where each begins, and what one may say about another."""

import pandas as pd
import pytest

from geo.uploads.cleaning import clean
from geo.uploads.figures.blocks import blocks, without_repeated
from geo.uploads.findings import Notes
from geo.uploads.model import Choices, Reading
from geo.uploads.parse.headings import vocabulary

TITLE = "各区指标（2023年）"


@pytest.fixture(scope="module")
def found(today, sheet):
    """Return what finds the place and headings of each table in the text of a CSV file."""
    weigh = vocabulary(today, {}).weigh

    def find(text: str) -> list[tuple[int, int, list[str]]]:
        return [
            (block.row, block.column, ["".join(parts) for parts in block.frame.headings] if block.frame else [])
            for block in blocks(sheet(text), weigh)
        ]

    return find


def test_one_table_is_one_block(found):
    assert found(f"{TITLE},\n地区,GDP\n荔湾区,1\n越秀区,2") == [(0, 0, ["地区", "GDP"])]


def test_a_sheet_without_a_table_is_one_block_without_a_frame(found):
    assert found("a,b\nc,d") == [(0, 0, [])]
    assert found("") == [(0, 0, [])]


def test_tables_side_by_side_begin_where_the_heading_of_districts_comes_again(found):
    assert found("地区,GDP,地区,GDP\n荔湾区,1,越秀区,2") == [(0, 0, ["地区", "GDP"]), (0, 2, ["地区", "GDP"])]
    numbered = found("序号,地区,GDP,序号,地区,GDP\n1,荔湾区,1,2,越秀区,2")
    assert numbered == [(0, 0, ["序号", "地区", "GDP"]), (0, 3, ["序号", "地区", "GDP"])]


def test_code_and_name_of_a_district_are_not_two_tables(found):
    assert found("区划代码,地区,GDP\n440103,荔湾区,1") == [(0, 0, ["区划代码", "地区", "GDP"])]


def test_a_table_below_begins_with_its_title(found):
    text = "地区,GDP\n荔湾区,1\n越秀区,2\n续表,\n地区,人口\n荔湾区,3\n越秀区,4"
    assert found(text) == [(0, 0, ["地区", "GDP"]), (3, 0, ["地区", "人口"])]


def test_a_header_repeated_on_the_next_page_is_no_other_table(found):
    assert found("地区,GDP\n荔湾区,1\n地区,GDP\n越秀区,2") == [(0, 0, ["地区", "GDP"])]


def test_what_the_first_title_says_holds_below_unless_a_table_has_its_own(today, sheet):
    weigh = vocabulary(today, {}).weigh
    text = f"{TITLE},\n地区,GDP\n荔湾区,1\n续表{{}},\n地区,人口\n荔湾区,3"
    for own, above in (("", ("续表", TITLE)), ("（2020年）", ("续表（2020年）",))):
        assert blocks(sheet(text.format(own)), weigh)[1].frame.above == above


@pytest.mark.parametrize(("value", "codes"), [("1", []), ("9", ["duplicate_differs"])])
def test_a_figure_in_two_tables_is_one_or_an_error(cleaned, value, codes):
    upload = cleaned(f"地区,GDP（亿元）\n荔湾区,1\n地区,GDP（亿元）,GDP增速\n荔湾区,{value},5", period="2023")
    assert [finding.code for finding in upload.findings if finding.severity == "error"] == codes
    assert upload.table.query("metric == 'gdp'")["value"].tolist() == [1.0]


def test_of_a_figure_that_two_tables_have_differently_both_cells_are_named(cleaned):
    upload = cleaned("地区,GDP（亿元）\n荔湾区,1\n地区,生产总值（亿元）,GDP增速\n荔湾区,9,5", period="2023")
    (finding,) = (one for one in upload.findings if one.code == "duplicate_differs")
    assert (finding.rows, finding.column, finding.value) == ((2, 4), 2, "1")
    assert (finding.params["other"], finding.params["heading"]) == ("9", "生产总值（亿元）")


def test_a_former_district_is_added_to_its_successor_in_another_table(cleaned, figures):
    upload = cleaned("地区,GDP（亿元）\n荔湾区,1\n地区,GDP（亿元）,GDP增速\n芳村区,2,", period="2004")
    assert figures(upload) == {("440103", "gdp", "2004"): 3.0}


@pytest.mark.parametrize(("tables", "codes"), [(50, []), (51, ["too_many_tables"])])
def test_a_sheet_of_too_many_tables_is_refused(cleaned, tables, codes):
    text = "".join(f"地区,{1950 + number}年GDP（亿元）\n荔湾区,1\n" for number in range(tables))
    upload = cleaned(text)
    assert [one.code for one in upload.findings if one.severity == "error"] == codes
    assert len(upload.table) == (0 if codes else tables)


def test_the_name_of_a_sheet_is_looked_at_only_if_it_is_short(today, sheet):
    weigh = vocabulary(today, {}).weigh
    text = sheet("地区,GDP\n荔湾区,1")
    assert blocks(text, weigh, "2023年")[0].frame.above == ("2023年",)
    assert blocks(text, weigh, "2023年" * 100)[0].frame.above == ()


@pytest.mark.parametrize(("value", "codes"), [(1.0, []), (9.0, ["tables_differ"])])
def test_of_several_tables_one_figure_a_key_is_left(value, codes):
    key = {"adcode": "440103", "metric": "gdp", "period": "2023"}
    table = pd.DataFrame([key | {"value": 1.0, "row": 2, "column": 2}, key | {"value": value, "row": 9, "column": 2}])
    notes = Notes()
    assert without_repeated(table, notes)["value"].tolist() == [1.0]
    assert [(one.code, one.rows, one.params["other"]) for one in notes.found] == [(code, (2, 9), "9") for code in codes]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (
            [["2022年"], ["区", "地区生产总值（亿元）"], ["荔湾区", "1218.01"], [], ["2023年"], ["区", "地区生产总值（亿元）"], ["越秀区", "3810.24"]],
            [("440103", "gdp", "2022"), ("440104", "gdp", "2023")],
        ),
        (
            [["表一 地区生产总值（亿元）"], ["区", "2023年"], ["天河区", "6551.26"], ["表二 社会消费品零售总额（亿元）"], ["区", "2023年"], ["越秀区", "900"]],
            [("440106", "gdp", "2023"), ("440104", "retail_sales", "2023")],
        ),
        (
            [["2023年地区生产总值"], ["单位：万元"], ["区", "数值"], ["荔湾区", "12180100"], ["续表"], ["区", "数值"], ["越秀区", "38102400"]],
            [("440103", "gdp", "2023"), ("440104", "gdp", "2023")],
        ),
        (
            [["2023年"], ["区", "地区生产总值（亿元）"], ["荔湾区", "1218.01"], ["2023年"], ["区", "地区生产总值（亿元）"], ["越秀区", "3810.24"]],
            [("440103", "gdp", "2023"), ("440104", "gdp", "2023")],
        ),
    ],
    ids=["another year", "another metric", "continued", "another page"],
)  # fmt: skip
def test_the_same_header_under_another_title_begins_another_table(rows, expected, rows_sheet, today):
    """It was taken for the first table going on, so that a figure got the other title's year or metric without a word."""
    upload = clean(Reading(rows_sheet(rows)), "file.csv", "indicators", today, Choices())
    assert [tuple(row) for row in upload.table[["adcode", "metric", "period"]].to_numpy()] == expected
    assert not upload.errors
