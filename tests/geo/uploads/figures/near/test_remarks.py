"""Notes beside and below a table, and the name of its file."""

import pytest

from geo.uploads.cleaning import clean
from geo.uploads.messages import describe
from geo.uploads.model import Choices, Reading

TABLE = "区,2023年GDP（亿元）,2023年人口（万人）\n荔湾区,1262.81,113.5\n"


@pytest.mark.parametrize(
    ("note", "word"),
    [
        ("注：本表GDP为预测数。", "预测"),
        ("① 2022年末数", "2022年末数"),
        ("注：人口为户籍人口", "户籍"),
        ("备注：限额以上单位", "限额以上"),
    ],
)
def test_a_note_that_says_other_figures_is_quoted_and_keeps_none_back(cleaned, found, note, word):
    for text, row in ((TABLE + note + ",,", 3), (f"{note},,\n{TABLE}", 1)):
        if row == 1 and note.startswith("①"):
            continue  # above a table it is a title
        upload = cleaned(text, source_id="x")
        assert len(upload.table) == 2
        (finding,) = found(upload, "remark_says_other")
        assert (finding.rows, finding.value.replace(" ", "")[-4:], finding.params["word"]) == (
            (row,),
            note.replace(" ", "")[-4:],
            word,
        )
        assert word in describe(finding).wrong


@pytest.mark.parametrize(
    "note", ["注：2023年数为初步核算数。", "数据来源：广州市统计局", "注：GDP增速按可比价计算。", "人口为年末数"]
)
def test_a_note_that_says_no_other_figures_is_no_finding(cleaned, note):
    assert cleaned(f"{TABLE}{note},,", source_id="x").findings == ()


def test_a_part_of_the_year_in_a_note_is_asked_about(cleaned, found):
    upload = cleaned(f"{TABLE}注：数据为2023年上半年数,,", source_id="x")
    assert found(upload, "title_says_part")[0].params == {"period": "2023H1", "year": "2023"}


@pytest.mark.parametrize("note", ["单位：万元", "注：本表计量单位为万元。"])
def test_a_unit_below_the_table_counts_like_one_above(cleaned, note):
    upload = cleaned(f"区,2023年GDP\n荔湾区,12628100\n{note},", source_id="x")
    assert (list(upload.table["value"]), upload.findings) == ([1262.81], ())


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("2023年GDP目标分解.csv", "remark_says_other"),
        ("2023年上半年各区GDP.csv", "title_says_part"),
        ("2023年各区GDP和人口.csv", ""),
        ("gdp_export_2023.csv", ""),
    ],
)
def test_the_name_of_the_file_is_asked_about(sheet, today, name, code):
    upload = clean(Reading(sheet(TABLE)), name, "indicators", today, Choices())
    assert [one.code for one in upload.findings] == ([code] if code else [])
    assert len(upload.table) == 2
