"""Columns beside the figures that call rows others, and those of other indicators: their numbers are no words about rows."""

import pytest

from geo.uploads.parse.others import Others


def test_numbers_of_unknown_columns_are_not_looked_up_as_words(cleaned, monkeypatch):
    seen, within = [], Others.within
    monkeypatch.setattr(
        Others, "within", lambda self, text, *rest, **more: seen.append(text) or within(self, text, *rest, **more)
    )
    upload = cleaned("区,2024年GDP（亿元）,工业用电量,某某\n荔湾区,1295.65,77.5,目标\n越秀区,3895.26,78亿,78")
    assert list(upload.table["adcode"]) == ["440104"]
    assert "目标" in seen and not {"77.5", "78亿", "78"} & set(seen)


@pytest.mark.parametrize("note", ["限额以上", "目标值", "户籍口径", "target", "增速"])
@pytest.mark.parametrize("heading", ["备注", "说明", "Notes"])
def test_a_note_that_only_names_another_figure_leaves_its_row_out(cleaned, found, heading, note):
    upload = cleaned(f"区,年份,社零（亿元）,{heading}\n天河区,2024,2100,{note}\n荔湾区,2024,700,预计数", source_id="x")
    assert list(upload.table["adcode"]) == ["440103"]
    assert [(one.rows, one.value) for one in found(upload, "other_row")] == [((2,), note)]


@pytest.mark.parametrize(
    ("note", "word"), [("含限额以上单位和个体户", "限额以上"), ("incl. only tertiary", "tertiary")]
)
def test_a_word_in_a_longer_note_is_quoted_and_its_row_stays(cleaned, found, note, word):
    upload = cleaned(f"区,年份,社零（亿元）,备注\n天河区,2024,2100,{note}\n荔湾区,2024,700,", source_id="x")
    assert list(upload.table["note"]) == [note, ""]
    (finding,) = found(upload, "remark_says_other")
    assert (finding.rows, finding.severity, finding.params["word"]) == ((2,), "warning", word)


@pytest.mark.parametrize("note", ["同比增长较快", "初步核算数", "按可比口径", "第七次全国人口普查"])
def test_a_note_about_something_else_is_no_finding(cleaned, note):
    upload = cleaned(f"区,年份,GDP（亿元）,备注\n天河区,2024,2100,{note}", source_id="x")
    assert (list(upload.table["note"]), upload.findings) == ([note], ())


@pytest.mark.parametrize(
    ("heading", "planned", "real"),
    [("状态", "预算", "实际"), ("Status", "Budget", "Actual"), ("Scenario", "Base", "Actual")],
)
def test_a_state_of_planning_leaves_its_rows_out(cleaned, found, heading, planned, real):
    upload = cleaned(
        f"区,{heading},年份,GDP（亿元）\n天河区,{planned},2025,7000\n越秀区,{real},2024,3907", source_id="x"
    )
    assert list(upload.table["value"]) == [3907]
    assert [one.value for one in found(upload, "other_row")] == [planned]


def test_public_budgets_are_of_another_indicator(cleaned, figures):
    upload = cleaned(
        "2024年各区GDP和一般公共预算收入（亿元）,,\n区,GDP,一般公共预算收入\n天河区,2100,200", source_id="x"
    )
    assert figures(upload) == {("440106", "gdp", "2024"): 2100}
