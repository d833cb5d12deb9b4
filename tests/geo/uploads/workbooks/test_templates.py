"""Templates: today's data comes back from them, and what may be filled in is offered."""

import io
from dataclasses import replace

import openpyxl
import pytest

from geo.data.story import frame_of
from geo.fields import COLUMNS, TABLES
from geo.schema import ADCODES, CHARTS, CITY, MAP_KINDS, TIERS, Slide
from geo.uploads.cleaning import clean
from geo.uploads.model import Choices
from geo.uploads.read.reading import read
from geo.uploads.workbooks.templates import template, template_csv


def rows(content):
    sheet = read(content, "template.xlsx").sheet
    return [list(sheet.row(number)) for number in range(len(sheet))]


def opened(content):
    return openpyxl.load_workbook(io.BytesIO(content))


def choices(book, kind, letter):
    """Return the words a column's drop-down offers."""
    (rule,) = [rule for rule in book[kind].data_validations.dataValidation if f"{letter}2" in rule.sqref]
    name, area = rule.formula1.split("!")
    return [cell.value for (cell,) in book[name][area.replace("$", "")]] if ":" in area else []


def with_formulas(atlas):
    """Return the atlas with tenants whose texts a spreadsheet would run."""
    texts = {"company_en": "=cmd()", "company_zh": "+1", "source_id": "evil", "note_zh": "@SUM(1)"}
    tenants = atlas.tenants.assign(**texts).reindex(columns=list(COLUMNS["tenants.csv"]), fill_value="")
    return replace(atlas, tenants=tenants)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_todays_figures_come_back(today, language):
    head, *found = rows(template("indicators", today, language))
    fields = [name for name in TABLES["indicators.csv"] if name not in ("period_part", "is_cumulated")]
    assert head == [TABLES["indicators.csv"][name].label[language] for name in fields]
    names = {metric.name[language]: metric for metric in today.metrics.values()}
    cells = [dict(zip(fields, row, strict=True)) for row in found]
    assert [
        tuple(row[name] for name in COLUMNS["indicators.csv"])
        for row in (row | {"metric": names[row["metric"]].id, "value": float(row["value"])} for row in cells)
    ] == list(today.indicators.itertuples(index=False, name=None))
    units = {row["metric"]: row["unit"] for row in cells}
    assert (units["GDP"] == "RMB 100 million") if language == "en" else (units["地区生产总值"] == "亿元")


@pytest.mark.parametrize("kind", ["clusters", "tenants"])
def test_todays_records_come_back(today, kind):
    head, *found = rows(template(kind, today, "zh"))
    table = today.clusters if kind == "clusters" else today.tenants
    assert head == list(COLUMNS[f"{kind}.csv"])
    expected = table[head].map(lambda value: {True: "yes", False: "no"}.get(value, value))
    assert found == expected.to_numpy().tolist()


def test_words_that_are_allowed_are_offered(today):
    book = opened(template("indicators", today, "zh"))
    assert choices(book, "indicators", "A") == [CITY, *ADCODES]
    assert choices(book, "indicators", "B")[:2] == ["广州市", "荔湾区"]
    assert "地区生产总值" in choices(book, "indicators", "C")
    assert "人均地区生产总值" not in choices(book, "indicators", "C")
    assert choices(book, "indicators", "G") == list(today.sources.index)
    assert choices(opened(template("clusters", today, "zh")), "clusters", "C") == list(TIERS)
    assert "moved_in" in choices(opened(template("tenants", today, "zh")), "tenants", "E")


def test_the_list_of_words_is_hidden_and_headings_stay_in_sight(today):
    book = opened(template("indicators", today, "en"))
    assert (book["lists"].sheet_state, book["indicators"].freeze_panes) == ("hidden", "A2")
    assert book["indicators"]["A1"].font.bold
    assert "440103" in book["indicators"]["A1"].comment.text


def test_codes_and_text_stay_text(today):
    sheet = opened(template("indicators", today, "zh"))["indicators"]
    assert (sheet["A2"].value, sheet["A2"].data_type, sheet["A2"].number_format) == ("440100", "s", "@")
    assert (sheet["E2"].value, sheet["E2"].data_type) == (7434.4, "n")
    assert sheet.column_dimensions["A"].number_format == "@"


def test_text_of_the_data_is_never_a_formula(atlas):
    book = opened(template("tenants", with_formulas(atlas), "en"))
    cells = [cell for row in book["tenants"].iter_rows(min_row=2) for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s"}
    assert "=cmd()" in {cell.value for cell in cells}


@pytest.mark.parametrize(
    ("language", "headings"),
    [("zh", [field.label["zh"] for field in TABLES["slides.csv"].values()]), ("en", list(COLUMNS["slides.csv"]))],
)
def test_todays_story_comes_back_in_its_order(today, language, headings):
    head, *found = rows(template("slides", today, language))
    assert head == headings
    assert found == frame_of(today.slides).to_numpy().tolist()


def test_the_story_offers_maps_charts_and_cameras_explained_on_a_second_sheet(today):
    book = opened(template("slides", today, "zh"))
    assert choices(book, "slides", "G")[:4] == ["city", "pazhou", "baietan", ADCODES[0]]
    assert (choices(book, "slides", "H"), choices(book, "slides", "I")) == (list(MAP_KINDS), list(CHARTS))
    assert book.sheetnames == ["slides", "说明 Explanations", "lists"]
    help_ = book["说明 Explanations"]
    assert (help_.sheet_state, help_["A3"].value) == ("visible", "{gdp.city.2023}")
    assert {cell.data_type for row in help_.iter_rows() for cell in row} == {"s"}


def test_a_template_as_csv_has_the_same_table_for_excel_in_chinese(today):
    content = template_csv("slides", today, "zh")
    assert content.startswith("\ufeff编号,标题（英文）".encode())
    assert rows(content) == rows(template("slides", today, "zh"))


def test_text_of_the_data_is_never_a_formula_in_csv_either(atlas):
    content = template_csv("tenants", with_formulas(atlas), "en")
    assert b",'=cmd(),'+1," in content
    assert b",=cmd()" not in content


def test_what_was_guarded_against_formulas_comes_back_as_it_was(today):
    texts = {"company_en": "=cmd()", "company_zh": "'=1", "note_en": "+1; -2", "note_zh": "＠SUM(1)"}
    tenants = today.tenants.assign(**{name: [text, *today.tenants[name][1:]] for name, text in texts.items()})
    content = template_csv("tenants", replace(today, tenants=tenants), "en")
    assert b",'=cmd(),''=1," in content
    found = clean(read(content, "t.csv"), "t.csv", "tenants", today, Choices()).table
    assert found[list(texts)].iloc[0].to_dict() == texts
    assert found[list(tenants.columns)].equals(tenants.astype(str).reset_index(drop=True))


def test_sentences_wrap_in_rows_high_enough_for_them(today):
    words = {"en": "a" * 100, "zh": "一" * 100}  # 100 letters take two lines of 60, 100 Chinese characters four
    book = opened(template("slides", replace(today, slides=(Slide("one", words, words, {"en": "", "zh": ""}),)), "en"))
    heights = book["slides"].row_dimensions
    assert (heights[1].height, heights[2].height) == (15, 4 * 15)
    assert book["slides"]["D2"].alignment.wrap_text
    assert book["slides"]["A2"].alignment.vertical == "top"
