"""Whatever form a table takes: each figure is read to exactly its cell, or its column or row is named. None is changed, none lost in silence."""

import csv
import io
from dataclasses import dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.data.loading import load
from geo.uploads.cleaning import clean
from geo.uploads.model import Choices, Reading, Sheet, Upload
from geo.uploads.read import parsing
from tests.fixtures import DATA

pytestmark = [pytest.mark.slow, pytest.mark.no_cover]

TODAY = load(DATA)
NAMES = dict(zip(TODAY.districts["name_zh"], TODAY.districts["adcode"], strict=True))
# Metric → names, a unit, and how many of the catalogue's units one of it is.
METRICS = {
    "gdp": (("地区生产总值", "GDP", "生产总值"), (("亿元", 1.0), ("万元", 1e-4))),
    "retail_sales": (("社会消费品零售总额", "社零总额"), (("亿元", 1.0), ("万元", 1e-4))),
    "population": (("常住人口", "年末常住人口"), (("万人", 1e4), ("人", 1.0))),
}
HARMLESS = {"gdp": ("当年价", "现价", "绝对值"), "retail_sales": ("全市", "绝对值"), "population": ("年末",)}
MARKS = ("初步", "快报", "修订")
FOREIGN = ("可比价", "限额以上", "第三产业", "目标", "城镇", "户籍", "出口", "口径二")
PERIODS = {"2022": "2022年", "2023": "2023年", "2023H1": "2023年上半年", "2024Q1": "2024年一季度"}
Key = tuple[str, str, str]
# What a text near a table says → the metrics whose figures it makes others.
NEAR = {
    "各区主要指标": (), "各区户籍人口情况": ("population",), "GDP预期目标": ("gdp",), "限额以上社会消费品零售总额": ("retail_sales",),
    "按可比价计算": (*METRICS,), "口径：第三产业": (*METRICS,), "深圳市各区情况": (*METRICS,), "注：快报数": (),
}  # fmt: skip
PARENTS = {"完成情况": False, "绝对值": False, "目标": True, "户籍": True, "第三产业": True, "口径二": True}
LABELS = {"中心城区": False, "一、": False, "目标": True, "限额以上单位": True, "户籍人口": True, "以下为预测数": True}
DIMENSIONS = {"全部": False, "合计": False, "": False, "限额以上": True, "预测": True, "第三产业": True}


@dataclass(frozen=True)
class Table:
    """The text of a file, what is right in it, and where each figure stands."""

    rows: list[list[str]]
    right: dict[Key, float]
    cells: dict[Key, tuple[int, int]]  # row and column, counted from 1


@st.composite
def headings(draw: st.DrawFn) -> tuple[str, str, float, bool]:
    """Return metric, heading, factor to the catalogue's unit, and whether the heading is of another figure."""
    metric = draw(st.sampled_from([*METRICS]))
    names, units = METRICS[metric]
    unit, factor = draw(st.sampled_from(units))
    word = draw(st.sampled_from(("", *HARMLESS[metric], *MARKS, *FOREIGN)))
    name = draw(st.sampled_from(names))
    parts = [part for part in draw(st.permutations([word, unit])) if part]
    style = draw(st.sampled_from(("{}（{}）", "{}({})", "{}〔{}〕", "{}_{}", "{} {}")))
    if "（" in style or "(" in style or "〔" in style:
        inside = draw(st.sampled_from(("，", "、", ",")))
        return metric, style.format(name, inside.join(parts)), factor, word in FOREIGN
    return metric, style.format(name, style[2].join(parts)), factor, word in FOREIGN


@st.composite
def tables(draw: st.DrawFn) -> Table:
    """Return a table of one of several layouts; every figure is another number."""
    districts = draw(st.lists(st.sampled_from([*NAMES]), min_size=2, max_size=5, unique=True))
    columns = draw(st.lists(headings(), min_size=1, max_size=3, unique_by=lambda heading: heading[0]))
    periods = draw(st.lists(st.sampled_from([*PERIODS]), min_size=1, max_size=2, unique=True))
    layout = draw(st.sampled_from(("period column", "year and part", "two rows", "in the title")))
    return _laid_out(layout, districts, columns, periods[:1] if layout == "in the title" else periods)


def _laid_out(layout: str, districts: list[str], columns: list, periods: list[str]) -> Table:
    """Return the table in a layout."""
    right: dict[Key, float] = {}
    cells: dict[Key, tuple[int, int]] = {}
    if layout == "two rows":
        head = [["地区"], [""]]
        for period in periods:
            head[0] += [PERIODS[period], *[""] * (len(columns) - 1)]
            head[1] += [heading for _, heading, _, _ in columns]
        spread = [(period, column) for period in periods for column in columns]
        body = [(district, "", spread) for district in districts]
        lead = 1
    else:
        head = [[f"{PERIODS[periods[0]]}各区数据"]] if layout == "in the title" else []
        named = {
            "period column": ["地区", "时期"],
            "year and part": ["地区", "年份", "季度"],
            "in the title": ["地区"],
        }[layout]
        head.append([*named, *(heading for _, heading, _, _ in columns)])
        body = [
            (district, period, [(period, column) for column in columns]) for district in districts for period in periods
        ]
        lead = len(named)
    rows, number = list(head), 100
    for district, period, spread in body:
        said = {"period column": [PERIODS.get(period, "")], "year and part": [period[:4], PERIODS.get(period, "")[5:]]}
        row = [district, *said.get(layout, [])]
        for at, (of, (metric, _, factor, foreign)) in enumerate(spread):
            number += 7
            row.append(str(number))
            key = (NAMES[district], metric, of)
            cells[key] = (len(rows) + 1, lead + at + 1)
            if not foreign:
                right[key] = number * factor
        rows.append(row)
    return Table(rows, right, cells)


@st.composite
def tables_in_context(draw: st.DrawFn) -> Table:
    """Return a table with periods in a column, with a text, a parent, a label or a column beside it that may make figures others."""
    districts = draw(st.lists(st.sampled_from([*NAMES]), min_size=2, max_size=5, unique=True))
    columns = draw(st.lists(headings(), min_size=1, max_size=3, unique_by=lambda heading: heading[0]))
    table = _laid_out("period column", districts, columns, [draw(st.sampled_from([*PERIODS]))])
    kind = draw(st.sampled_from(("above", "parent", "label", "dimension")))
    if kind == "above":
        text = draw(st.sampled_from([*NEAR]))
        others = {key for key in table.right if key[1] in NEAR[text]}
        return _moved(table, [[text], *table.rows], others, rows_above=1)
    if kind == "parent":
        word, at = draw(st.sampled_from([*PARENTS])), draw(st.integers(0, len(columns) - 1))
        row = ["地区", "时期", *[""] * at, *[word] * (len(columns) - at)]
        others = {key for key in table.right if PARENTS[word] and table.cells[key][1] >= 3 + at}
        return _moved(table, [row, *table.rows], others, rows_above=1)
    if kind == "label":
        word, at = draw(st.sampled_from([*LABELS])), draw(st.integers(1, len(districts) - 1))
        others = {key for key in table.right if LABELS[word] and table.cells[key][0] > at + 1}
        moved = _moved(table, [*table.rows[: at + 1], [word], *table.rows[at + 1 :]], others)
        cells = {key: (row + (row > at + 1), column) for key, (row, column) in table.cells.items()}
        return Table(moved.rows, moved.right, cells)
    words = draw(st.lists(st.sampled_from([*DIMENSIONS]), min_size=len(districts), max_size=len(districts)))
    rows = [[*row, word] for row, word in zip(table.rows, ("口径", *words), strict=True)]
    return _moved(table, rows, {key for key in table.right if DIMENSIONS[words[table.cells[key][0] - 2]]})


def _moved(table: Table, rows: list[list[str]], others: set[Key], *, rows_above: int = 0) -> Table:
    """Return a table with other rows, some of its figures being others, and rows above it."""
    width = max(map(len, rows))
    right = {key: value for key, value in table.right.items() if key not in others}
    cells = {key: (row + rows_above, column) for key, (row, column) in table.cells.items()}
    return Table([[*row, *[""] * (width - len(row))] for row in rows], right, cells)


def _understood(table: Table) -> Upload:
    """Return the table as the desk understands it."""
    text = io.StringIO()
    csv.writer(text).writerows(table.rows)
    (found,) = parsing.read(text.getvalue().encode(), "any.csv", "", "", ()).tables
    reading = Reading(Sheet.of(found.rows), findings=found.findings)
    return clean(reading, "any.csv", "indicators", TODAY, Choices(source_id="x"))


@settings(derandomize=True, deadline=None, max_examples=150)
@given(tables())
def test_each_figure_is_read_to_its_cell_or_named(table: Table) -> None:
    _check(table)


@settings(derandomize=True, deadline=None, max_examples=120)
@given(tables_in_context())
def test_no_figure_is_taken_for_another_whatever_stands_near(table: Table) -> None:
    upload = _check(table)
    found = {(row.adcode, row.metric, row.period) for row in upload.table.itertuples()}
    assert found == set(table.right), "what is right near a word about other figures is read"


def _check(table: Table) -> Upload:
    """Return the table as understood, checked: each of its figures is read to its cell or named, and none is another."""
    upload = _understood(table)
    found = {
        (row.adcode, row.metric, row.period): (row.value, (row.row, row.column)) for row in upload.table.itertuples()
    }
    named_columns = {finding.column for finding in upload.findings if finding.column is not None}
    named_rows = {row for finding in upload.findings for row in finding.rows}
    for key, (value, cell) in found.items():
        assert key in table.right, f"{key} was made up, or is another figure"
        assert abs(value - table.right[key]) <= 1e-9 * abs(value), f"{key} was changed"
        assert cell == table.cells[key]
    for key, (row, column) in table.cells.items():
        assert key in found or column in named_columns or row in named_rows, f"{key} was lost in silence"
    return upload


@settings(derandomize=True, deadline=None, max_examples=100)
@given(tables())
def test_what_is_plain_is_read_without_an_error(table: Table) -> None:
    if len(table.right) == len(table.cells):
        upload = _understood(table)
        assert upload.errors == 0, [(finding.code, finding.value) for finding in upload.findings]
        assert len(upload.table) == len(table.right)
