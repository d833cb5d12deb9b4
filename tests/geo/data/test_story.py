"""The story of the briefing: what is wrong with a file of slides, what its data cannot answer, and what the shipped one says."""

import tomllib
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import shapely

from geo.data import story
from geo.fields import COLUMNS
from geo.figures.table import FigureTable
from geo.schema import ADCODES, LANGUAGES, Atlas, Slide
from tests.fixtures import DATA
from tests.fixtures.stories import Opened, opened, shown

LIWAN, YUEXIU, HAIZHU = ADCODES[:3]
GOOD = {"title_en": "T", "title_zh": "题", "text_en": "{a.b}", "text_zh": "文"}
FULL = GOOD | {
    "view": "metric=gdp&sel=440105", "camera": "pazhou", "map_kind": "site", "chart": "trend", "notes_en": "N {a.b}", "notes_zh": "注",
}  # fmt: skip


# ---- a file of slides


def test_slides_keep_their_order_and_every_field():
    table = {"b": FULL, "a": GOOD}
    assert list(story.slide_problems(table)) == []
    second, first = story.parse_slides(table)
    assert second == Slide(
        "b", {"en": "T", "zh": "题"}, {"en": "{a.b}", "zh": "文"}, {"en": "N {a.b}", "zh": "注"},
        view="metric=gdp&sel=440105", camera="pazhou", map_kind="site", chart="trend",
    )  # fmt: skip
    assert first.id == "a"


@pytest.mark.parametrize("entry", [GOOD, GOOD | dict.fromkeys(story.DEFAULTS, "")])
def test_what_is_left_out_or_empty_has_a_default(entry: dict[str, str]):
    assert list(story.slide_problems({"one": entry})) == []
    (slide,) = story.parse_slides({"one": entry})
    assert (slide.view, slide.camera, slide.map_kind, slide.chart) == ("", "city", "figures", "none")
    assert slide.notes == {"en": "", "zh": ""}


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"text_zh": ""}, "field 'one.text_zh': expected a text"),
        ({"text_zh": " \n"}, "field 'one.text_zh': expected a text"),
        ({"title_en": 7}, "field 'one.title_en': expected a text"),
        ({"notes_en": 7}, "field 'one.notes_en': expected a text"),
        ({"text_en": "{a.b"}, "field 'one.text_en': found '{a.b', expected braces only in pairs"),
        ({"text_en": "{{a.b}}"}, "field 'one.text_en': found '{{a.b}}', expected braces only in pairs"),
        ({"title_zh": "a.b}"}, "field 'one.title_zh': found 'a.b}', expected braces only in pairs"),
        ({"notes_zh": "{a.b"}, "field 'one.notes_zh': found '{a.b', expected braces only in pairs"),
        ({"txet_en": "x"}, "field 'one.txet_en': expected only the fields title_en"),
        ({"map_kind": "photo"}, "field 'one.map_kind': found 'photo', expected one of figures, plan, site"),
        ({"map_kind": ["plan"]}, "field 'one.map_kind': found '['plan']', expected one of figures, plan, site"),
        ({"chart": "pie"}, "field 'one.chart': found 'pie', expected one of none, ranking, trend"),
        ({"camera": [113.3, 23.1]}, "field 'one.camera': found '[113.3, 23.1]', expected a text"),
        ({"view": {"metric": "gdp"}}, "field 'one.view': found '{'metric': 'gdp'}', expected a text"),
    ],
)
def test_a_missing_unknown_or_broken_field_is_a_problem(change: dict[str, Any], problem: str):
    (found,) = story.slide_problems({"one": GOOD | change})
    assert problem in str(found).replace('"', "'")


def test_a_field_that_is_needed_and_missing_is_a_problem():
    (found,) = story.slide_problems({"one": {key: text for key, text in GOOD.items() if key != "title_zh"}})
    assert str(found) == "slides.toml, field 'one.title_zh': expected a text"


def test_a_slide_that_is_no_table_is_a_problem():
    (found,) = story.slide_problems({"title": "x"})
    assert str(found) == "slides.toml, field 'title': found 'x', expected one table per slide"


@pytest.mark.parametrize("id_", ["", "Plan", "1st", "a b", "a.b", "规划", "</script>", "a" * 41])
def test_a_slide_with_a_name_that_no_address_can_carry_is_a_problem(id_: str):
    (found,) = story.slide_problems({id_: GOOD})
    assert (found.field, found.expected) == (
        id_,
        "a name of lower-case letters, digits and hyphens, starting with a letter",
    )


# ---- what the data cannot answer


@pytest.fixture
def numbers(figure_table) -> FigureTable:
    """Return GDP of all districts in 2023 and of one in 2024, and sales of one in 2023 and of two in 2022."""
    return figure_table(
        gdp={"2023": dict.fromkeys(ADCODES, 10.0), "2024": {LIWAN: 7.0}},
        sales={"2022": {LIWAN: 1.0, YUEXIU: 2.0}, "2023": {LIWAN: 1.0}},
    )


@pytest.fixture
def places(atlas: Atlas) -> Atlas:
    """Return the hand-made atlas with three districts and a zone that are boxes in whole hundredths of degrees."""
    boxes = [(113.0, 23.0, 113.2, 23.1), (113.2, 23.0, 113.4, 23.1), (113.4, 23.0, 113.8, 23.2)]
    return replace(
        atlas,
        districts=atlas.districts.set_geometry([shapely.box(*box) for box in boxes], crs=atlas.districts.crs),
        zones=atlas.zones.set_geometry([shapely.box(113.5, 23.1, 113.7, 23.2)], crs=atlas.zones.crs),
    )


def problems(atlas: Atlas, numbers: FigureTable, **fields: Any) -> list[str]:
    """Return what the data cannot answer of one slide."""
    words = dict.fromkeys(LANGUAGES, "plain")
    plain: dict[str, Any] = {"title": words, "text": words, "notes": words} | fields
    return [str(found) for found in story.story_problems(replace(atlas, slides=(Slide("one", **plain),)), numbers)]


def test_a_slide_that_the_data_can_answer_has_no_problems(places: Atlas, numbers: FigureTable):
    words = dict.fromkeys(LANGUAGES, "{gdp.city.2023} {gdp.440103.latest}")
    asked = {"view": "metric=gdp&period=2024&tier=district&sel=440105&k=4", "camera": "pazhou"}
    assert problems(places, numbers, title=words, text=words, notes=words, **asked) == []
    assert problems(places, numbers) == []


@pytest.mark.parametrize("part", ["title", "text", "notes"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_an_incomputable_figure_is_reported_with_slide_part_language_and_name(
    part: str, language: str, places: Atlas, numbers: FigureTable
):
    words = dict.fromkeys(LANGUAGES, "plain") | {language: "{gdp.city.2023} {gdp.city.2099} {gdp.city.2099}"}
    (found,) = problems(places, numbers, **{part: words})
    assert found.startswith(f"slides.toml, field 'one.{part}_{language}': found '{{gdp.city.2099}}', expected a figure")


@pytest.mark.parametrize(
    ("view", "problem"),
    [
        ("metric=gpd", "found 'metric=gpd', expected gdp, sales"),
        ("metric=sales&period=2024", "found 'period=2024', expected 2022, 2023"),
        ("metric=gdp&sel=440199", "found 'sel=440199', expected 440103, 440104"),
        ("metric=gdp&tier=third", "found 'tier=third', expected all, headquarters, second, district"),
        ("metric=gdp&v=two", "found 'v=two', expected the number of a readable version"),
        ("meric=gdp", "found 'meric=gdp', expected one of metric, period, since, tier"),
        ("gdp", "found 'gdp=', expected one of metric, period, since, tier"),
    ],
)
def test_a_part_of_a_view_that_is_not_understood_is_a_problem(
    view: str, problem: str, places: Atlas, numbers: FigureTable
):
    (found,) = problems(places, numbers, view=view)
    assert found.startswith(f"slides.toml, field 'one.view': {problem}")


def test_a_view_may_be_locked_to_a_version_and_be_pasted_with_its_question_mark(places: Atlas, numbers: FigureTable):
    assert problems(places, numbers, view="?metric=sales&v=3") == []


@pytest.mark.parametrize(
    "camera",
    [
        "town",
        "baietan",  # has no zone here
        "440106",  # nor is this district drawn
        "113.2,23.0,113.6",
        "113.2,23.0,113.6,23.3,1",
        "113.2,23.0,113.6,north",
        "113.2,23.0,,23.3",
        "113.6,23.0,113.2,23.3",  # west of its west
        "113.2,23.3,113.6,23.0",
        "113.2,23.0,113.2,23.3",  # no width
        "111.9,23.0,113.6,23.3",  # west of the surroundings of Guangzhou
        "113.2,21.9,113.6,23.3",
        "113.2,23.0,115.1,23.3",
        "113.2,23.0,113.6,24.6",
        "23.0,113.2,23.3,113.6",  # latitude first
        "nan,23.0,113.6,23.3",
        "113.2,23.0,inf,23.3",
        "",
    ],
)
def test_what_is_no_camera_is_a_problem(camera: str, places: Atlas, numbers: FigureTable):
    assert story.camera_box(camera, places) is None
    (found,) = problems(places, numbers, camera=camera)
    assert "field 'one.camera': " in found
    assert "expected city, pazhou, baietan, an adcode, or west,south,east,north in degrees" in found


# ---- cameras and views


@pytest.mark.parametrize(
    ("camera", "box"),
    [
        ("city", (113.0, 23.0, 113.8, 23.2)),
        ("pazhou", (113.41, 23.055, 113.79, 23.245)),  # 0.2 by 0.1 degrees and 0.45 of them on each side
        (LIWAN, (112.984, 22.992, 113.216, 23.108)),  # 0.2 by 0.1 degrees and 0.08 of them on each side
        (HAIZHU, (113.368, 22.984, 113.832, 23.216)),
        ("113.2,23.0,113.6,23.3", (113.2, 23.0, 113.6, 23.3)),
        (" 113.2, 23,113.6 ,23.3 ", (113.2, 23.0, 113.6, 23.3)),
        ("112,22,115,24.5", (112.0, 22.0, 115.0, 24.5)),  # as far as it goes
    ],
)
def test_a_camera_looks_at_a_box(camera: str, box: tuple[float, ...], places: Atlas):
    assert story.camera_box(camera, places) == pytest.approx(box)


def slide(view: str) -> Slide:
    words = dict.fromkeys(LANGUAGES, "plain")
    return Slide("one", words, words, words, view=view)


def test_a_view_without_a_period_follows_the_best_covered_one_of_its_metric(numbers: FigureTable):
    assert story.view_of(slide("metric=sales"), numbers, None)[0].period == "2022"  # though GDP opens with 2023
    assert story.view_of(slide("metric=sales&period=2023"), numbers, None)[0].period == "2023"
    assert story.view_of(slide(""), numbers, None)[0] == story.view_of(slide("metric=gdp"), numbers, None)[0]


def test_a_view_of_a_metric_without_any_figure_is_understood(metric, numbers: FigureTable):
    more = FigureTable(dict(numbers.metrics) | {"empty": metric("empty")}, {})
    view, dropped = story.view_of(slide("metric=empty"), more, None)
    assert (view.metric, view.period, dropped) == ("empty", "", ())


def test_a_view_knows_the_version_it_is_locked_to(numbers: FigureTable):
    view, dropped = story.view_of(slide("?metric=sales&v=3"), numbers, 3)
    assert (view.metric, view.v, dropped) == ("sales", 3, ())


# ---- the same story as a table


def test_a_story_as_a_table_has_a_row_a_slide_with_defaults_written_out():
    frame = story.to_frame({"b": FULL, "a": GOOD | {"camera": ""}})
    assert list(frame.columns) == list(COLUMNS["slides.csv"])
    assert list(frame["slide_id"]) == ["b", "a"]
    assert list(frame["camera"]) == ["pazhou", "city"]
    assert list(frame["map_kind"]) == ["site", "figures"]
    assert list(frame["notes_zh"]) == ["注", ""]


def test_a_story_comes_back_from_its_table():
    table = {"b": FULL, "a": GOOD}
    assert story.from_frame(story.to_frame(table)) == {"b": FULL, "a": GOOD | story.DEFAULTS}


def test_slides_become_the_table_of_the_story_they_were_read_from():
    table = {"b": FULL, "a": GOOD | {"chart": ""}}
    assert story.frame_of(story.parse_slides(table)).equals(story.to_frame(table))


def test_the_shipped_story_comes_back_from_its_table(shipped: Path):
    table = tomllib.loads((shipped / story.SLIDE_FILE).read_text(encoding="utf-8"))
    back = story.from_frame(story.to_frame(table))
    assert back == {id_: story.DEFAULTS | entry for id_, entry in table.items()}
    assert list(back) == list(table)
    assert story.parse_slides(back) == story.parse_slides(table)
    assert list(story.slide_problems(back)) == []


# ---- the frozen story


@pytest.fixture(scope="module")
def told() -> Opened:
    """Return the frozen data."""
    return opened(DATA)


def test_sentences_say_what_the_data_say(told):
    text = shown(told, "text")
    assert text["gdp", "en"].startswith(
        "In 2023 the city's GDP was RMB 3,035.6 bn, and Tianhe led with RMB 655.1 bn. Haizhu, home of Pazhou, had 9.0% of the total"
    )
    assert text["gdp", "zh"].startswith("2023 年全市地区生产总值 30,355.7 亿元，天河区居首，为 6,551.3 亿元。")
    assert "counted 18.68 million residents (+47.0% since 2010)" in text["residents", "en"]
    assert "turn over more than RMB 100 bn a year" in text["pazhou", "en"]
    assert "年营业额超过 1,000 亿元" in text["pazhou", "zh"]
    assert "In all, 9 companies are known" in text["tenants", "en"]
    assert "found for 4 of 11 districts" in text["retail", "en"]
    assert "{" not in "".join(text.values())


def test_notes_say_what_a_figure_is_divided_by_and_how_many_districts_it_covers(told):
    notes = shown(told, "notes")
    assert "the newest of the years that cover the most districts (11 of 11)" in notes["gdp", "en"]
    assert "for 2023 it was RMB 149.5 thousand (divided by residents for 2020) in Haizhu" in notes["gdp", "en"]
    assert "2023 年海珠区 14.95 万元（除以 2020 年常住人口）" in notes["gdp", "zh"]
