"""Files of the story."""

from dataclasses import replace

import pandas as pd
import pytest

from geo.data.story import LONGEST_SHOWN, frame_of
from geo.fields import COLUMNS
from geo.schema import ADCODES, Slide
from geo.uploads.cleaning import clean
from geo.uploads.messages import describe
from geo.uploads.model import Choices, Reading, Severity
from geo.uploads.records.slides import LONGEST_TEXT, MAX_SLIDES

HEAD = "slide_id,title_en,title_zh,text_en,text_zh"
ROW = "one,T,题,Text,文"


def one(cleaned, field: str, text: str):
    """Return the upload of a story with one slide and one more field."""
    quoted = text.replace('"', '""')
    return cleaned(f'{HEAD},{field}\n{ROW},"{quoted}"', "slides")


def test_the_shipped_story_comes_back_as_it_is(today, cleaned):
    story = frame_of(today.slides)
    upload = cleaned(story.to_csv(index=False), "slides")
    pd.testing.assert_frame_equal(upload.table[list(COLUMNS["slides.csv"])], story)
    assert not upload.findings


def test_chinese_headings_and_words_become_fields_and_codes(cleaned):
    upload = cleaned(
        "汇报文稿,,,,,,,,,,\n"
        "编号,标题（中文）,标题（英文）,正文（中文）,正文（英文）,视图,镜头,图,图表,讲稿（中文）,讲稿（英文）\n"
        "one,题,T,文,Text,metric=gdp,琶洲,规划图,排名,讲,Notes\n",
        "slides",
    )
    assert not upload.findings
    assert upload.table[list(COLUMNS["slides.csv"])].to_numpy().tolist() == [
        ["one", "T", "题", "Text", "文", "metric=gdp", "pazhou", "plan", "ranking", "Notes", "讲"]
    ]


def test_blank_cells_stand_for_the_usual(cleaned):
    upload = cleaned(f"{HEAD},view,camera,map_kind,chart,notes_en,notes_zh\n{ROW},,,,,,", "slides")
    assert not upload.findings
    assert upload.table.loc[0, "view":"notes_zh"].tolist() == ["", "city", "figures", "none", "", ""]


def test_a_field_without_a_column_keeps_what_the_slide_says_today(today, cleaned, found):
    now = next(slide for slide in today.slides if slide.id == "gdp")
    upload = cleaned("slide_id,title_en,title_zh\ngdp,New,新", "slides")
    assert upload.table.loc[0, ["title_en", "text_en", "camera", "notes_zh"]].tolist() == [
        "New",
        now.text["en"],
        now.camera,
        now.notes["zh"],
    ]
    assert "text_en" in found(upload, "kept_from_current")[0].params["fields"]


@pytest.mark.parametrize(("text", "id_"), [("Trade-2024", "trade-2024"), (" ｐｌａｎ ", "plan")])
def test_an_id_is_taken_in_small_letters(cleaned, text, id_):
    assert cleaned(f"{HEAD}\n{text},T,题,Text,文", "slides").table["slide_id"].tolist() == [id_]


@pytest.mark.parametrize("id_", ["规划", "the plan", "2024", "-a", "a_b", "a" * 41])
def test_an_id_is_of_letters_digits_and_hyphens(cleaned, found, id_):
    upload = cleaned(f"{HEAD}\n{id_},T,题,Text,文", "slides")
    (finding,) = found(upload, "slide_id_form")
    assert (finding.severity, finding.rows, finding.column, finding.value) == (Severity.ERROR, (2,), 1, id_)
    assert upload.table.empty


@pytest.mark.parametrize("field", ["slide_id", "title_en", "title_zh", "text_en", "text_zh"])
def test_id_and_texts_in_both_languages_are_needed(cleaned, found, field):
    row = dict(zip(HEAD.split(","), ROW.split(","), strict=True)) | {field: ""}
    upload = cleaned(f"{HEAD}\n{','.join(row.values())}", "slides")
    (finding,) = found(upload, "field_blank")
    assert (finding.rows, finding.heading, finding.params["field"]) == ((2,), field, field)


def test_an_id_stands_once(cleaned, found):
    upload = cleaned(f"{HEAD}\n{ROW}\n{ROW.replace('Text', 'Other')}", "slides")
    (finding,) = found(upload, "key_twice")
    assert (finding.severity, finding.rows, finding.value) == (Severity.ERROR, (2, 3), "one")


@pytest.mark.parametrize(
    ("field", "text", "code"),
    [
        ("map_kind", "photo", "map_kind_unknown"),
        ("chart", "pie", "chart_unknown"),
        ("camera", "Foshan", "camera_unknown"),
        ("camera", "113,22", "camera_unknown"),
        ("camera", "tianhe-park", "camera_unknown"),
        ("view", "metric=gpd", "view_value_unknown"),
        ("view", "metric=gdp&period=1066", "view_value_unknown"),
        ("view", "metric=gdp&perod=2023", "view_parameter_unknown"),
        ("view", "地区生产总值", "view_parameter_unknown"),
        ("notes_en", "a {gdp.city.2023", "braces_unpaired"),
        ("notes_zh", "a }{", "braces_unpaired"),
    ],
)
def test_what_is_not_known_is_said_with_row_column_and_value(cleaned, found, field, text, code):
    upload = one(cleaned, field, text)
    (finding,) = upload.findings[:1]
    assert (finding.code, finding.severity, finding.rows) == (code, Severity.ERROR, (2,))
    assert (finding.column, finding.heading, finding.value) == (6, field, text)
    message = describe(finding)
    assert message.wrong
    assert message.expected
    assert message.remedy
    assert upload.table.empty


@pytest.mark.parametrize(
    ("text", "camera"),
    [
        ("全市", "city"),
        ("City", "city"),
        ("白鹅潭", "baietan"),
        ("海珠区", ADCODES[2]),
        ("Liwan", ADCODES[0]),
        (ADCODES[1], ADCODES[1]),
        ("113.2，22.9，113.5，23.2", "113.2,22.9,113.5,23.2"),
    ],
)
def test_a_camera_goes_by_its_name_too(cleaned, text, camera):
    assert one(cleaned, "camera", text).table["camera"].tolist() == [camera]


@pytest.mark.parametrize(
    ("text", "view"),
    [
        ("?metric=gdp&period=2023", "metric=gdp&period=2023"),
        ("https://example.org/compare?metric=gdp&sel=440105", "metric=gdp&sel=440105"),
        ("metric＝gdp", "metric=gdp"),
        ("-", ""),
        ("metric=gdp&v=3", "metric=gdp&v=3"),
    ],
)
def test_a_view_may_be_copied_from_an_address(cleaned, text, view):
    assert one(cleaned, "view", text).table["view"].tolist() == [view]


def test_a_text_keeps_its_lines_and_figure_names_lose_wide_letters(cleaned):
    upload = one(cleaned, "notes_zh", " 第一行 \r\n\n｛gdp．city．2023｝与{ gdp.top. 2023 } ")
    assert upload.table["notes_zh"].tolist() == ["第一行\n\n{gdp.city.2023}与{gdp.top.2023}"]
    assert not [finding for finding in upload.findings if finding.severity is Severity.ERROR]


def test_a_text_may_be_long_but_not_without_end(cleaned, found):
    assert not found(one(cleaned, "notes_en", "a" * LONGEST_TEXT), "text_too_long")
    (finding,) = found(one(cleaned, "notes_en", "a" * (LONGEST_TEXT + 1)), "text_too_long")
    assert finding.params["longest"] == LONGEST_TEXT


def test_a_figure_the_data_lack_is_an_error_with_a_suggestion(cleaned, found):
    upload = cleaned(f"{HEAD}\n{ROW} {{gdp.city.2023}} {{gpd.city.2023}}\ntwo,T {{x}},题,Text,文", "slides")
    (near,) = found(upload, "figure_missing_near")
    assert (near.severity, near.rows, near.column, near.value) == (Severity.ERROR, (2,), 5, "{gpd.city.2023}")
    assert describe(near).remedy == "If you mean {gdp.city.2023}, write it this way."
    (unknown,) = found(upload, "figure_missing")
    assert (unknown.severity, unknown.rows, unknown.heading, unknown.value) == (Severity.ERROR, (3,), "title_en", "{x}")


def test_the_same_slip_in_several_slides_is_one_finding(cleaned, found):
    upload = cleaned(f"{HEAD}\none,T,题,{{x}} a,文\ntwo,T,题,b {{x}},文", "slides")
    assert [finding.rows for finding in found(upload, "figure_missing")] == [(2, 3)]


def test_a_slide_locked_to_another_version_is_only_warned_of(cleaned, found):
    upload = cleaned(f"{HEAD},view\none,T,题,{{gdp.city.2099}},文,metric=gdp&v=3", "slides")
    (finding,) = upload.findings[:1]
    assert (finding.code, finding.severity, finding.value) == (
        "figure_missing_locked",
        Severity.WARNING,
        "{gdp.city.2099}",
    )
    assert len(upload.table) == 1


def test_figures_of_texts_that_are_not_in_the_file_are_not_looked_at(today, sheet):
    gap = {"en": "{x}", "zh": "{x}"}
    told = replace(today, slides=(Slide("gdp", gap, gap, gap),))
    upload = clean(Reading(sheet("slide_id,title_en,title_zh\ngdp,{y},题")), "s.csv", "slides", told, Choices())
    assert [(one.heading, one.value) for one in upload.findings if one.code == "figure_missing"] == [
        ("title_en", "{y}")
    ]


def test_many_slips_in_a_column_are_counted(cleaned, found):
    upload = one(cleaned, "notes_en", " ".join(f"{{x{number}}}" for number in range(103)))
    assert len(found(upload, "figure_missing")) == 100
    assert found(upload, "more_values")[0].params["count"] == 3


def test_a_file_with_far_too_many_slides_is_refused_at_once(cleaned):
    rows = "\n".join(f"s{number},T,题,Text {{x{number}}},文" for number in range(MAX_SLIDES + 1))
    upload = cleaned(f"{HEAD}\n{rows}", "slides")
    (finding,) = upload.findings
    assert (finding.code, finding.params["count"]) == ("too_many_slides", MAX_SLIDES + 1)
    assert upload.table.empty


def test_a_title_that_begins_like_a_note_is_a_slide_all_the_same(cleaned):
    upload = cleaned(
        f"{HEAD}\nsources,Sources: where figures are from,数据来源：一览,Text,文\n{ROW}\n注：仅供参考,,,,", "slides"
    )
    assert upload.table["slide_id"].tolist() == ["sources", "one"]
    assert not upload.findings


@pytest.mark.parametrize(
    ("field", "fits", "long", "code", "count"),
    [
        ("title_en", "T" * 36, "T" * 37, "text_long", 37),
        ("title_zh", "题" * 24, "题" * 25, "text_long", 25),
        ("text_en", "a " * 54 + "a", "a " * 55 + "a", "text_long_words", 56),
        ("text_zh", "文 " * 110, "文" * 111, "text_long", 111),
        # figures count as they are shown: "11" is one word, "RMB 3,035.6 bn" three
        ("text_en", "{gdp.coverage.default} " + "a " * 54, "{gdp.city.default} " + "a " * 54, "text_long_words", 57),
    ],
)
def test_a_text_too_long_to_be_read_from_afar_is_warned_of(cleaned, found, field, fits, long, code, count):
    row = dict(zip(HEAD.split(","), ROW.split(","), strict=True))
    good, bad = (cleaned(f"{HEAD}\n{','.join((row | {field: text}).values())}", "slides") for text in (fits, long))
    assert not good.findings
    (finding,) = bad.findings
    assert (finding.code, finding.severity, finding.rows, finding.heading) == (code, Severity.WARNING, (2,), field)
    assert (finding.params["count"], finding.params["limit"]) == (count, LONGEST_SHOWN[field])
    assert str(count) in describe(finding).wrong
    assert len(bad.table) == 1, "it may be published all the same"
