"""Sentences whose numbers are computed: every name, both languages, and what cannot be computed."""

import re
import tomllib
from dataclasses import replace

import pandas as pd
import pytest

from geo import loading, measures, sentences
from geo.book import Book, Figure
from geo.schema import ADCODES, CITY, LANGUAGES, Atlas, Slide

LIWAN, YUEXIU, HAIZHU = ADCODES[:3]
ELEVEN = dict(zip(ADCODES, [10.0, 60.0, 30.0, *[12.5] * 8], strict=True))  # sums to 200


@pytest.fixture
def facts(atlas: Atlas) -> Atlas:
    """Return the hand-made atlas with two statements and dated sources."""
    statements = pd.DataFrame(
        [("target", ">", 1000.0, "亿元", ""), ("growth", "", 51.54, "%", "2023H1"), ("role", "", float("nan"), "", "")],
        columns=["statement_id", "qualifier", "value", "unit", "period"],
    )
    return replace(atlas, statements=statements, sources=atlas.sources.assign(date=["2019-04-14", ""]))


@pytest.fixture
def numbers(book) -> Book:
    """Return a metric that covers all districts in 2022 and 2023, and some in 2024; another that is known of the city alone."""
    return book(
        gdp={"2022": dict.fromkeys(ADCODES, 10.0), "2023": ELEVEN, "2024": {LIWAN: 7.0}},
        trade={"2023": {CITY: 99.0}},
    )


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("gdp.city.2023", "200 u"),
        ("gdp.440104.2023", "60 u"),
        ("gdp.city.default", "200 u"),
        ("gdp.440103.latest", "7 u"),
        ("trade.city.latest", "99 u"),
        ("gdp.share.440104.2023", "30.0%"),
        ("gdp.rank.440105.2023", "2"),
        ("gdp.change.city.2023", "+81.8%"),
        ("gdp.change.440103.2023", "0.0%"),
        ("gdp.since.city.2023", "2022"),
        ("gdp.top.2023", "Yuexiu"),
        ("gdp.top_value.2023", "60 u"),
        ("gdp.coverage.2023", "11"),
        ("gdp.coverage.latest", "1"),
        ("trade.coverage.latest", "0"),
        ("gdp.period.default", "2023"),
        ("statement.target", "more than RMB 100 bn"),
        ("statement.growth.period", "the first half of 2023"),
        ("tenant.b.pazhou.moved_out", "6 July 2020"),
        ("source.s", "14 April 2019"),
        ("clusters.district", "1"),
        ("clusters.all", "3"),
    ],
)
def test_a_name_stands_for_a_figure(name: str, text: str, facts: Atlas, numbers: Book):
    assert sentences.render("= {" + name + "}.", facts, numbers, "en") == sentences.Rendered(f"= {text}.")


@pytest.mark.parametrize(
    "name",
    [
        "gdp.city.2099",
        "gdp.city.2024",  # not all of the city
        "gdp.440199.2023",
        "gdp.rank.440103.2024",  # the others are not known
        "gdp.rank.city.2023",
        "gdp.top.2024",
        "gdp.top_value.2024",
        "gdp.share.440104.2024",
        "gdp.change.city.2022",
        "gdp.since.city.2022",
        "gdp.coverage.2099",
        "gdp.period.2099",
        "gdp.median.440103.2023",
        "gdp.share.rank.440103.2023",
        "gdp.2023",
        "gdp",
        "",
        "gpd.city.2023",
        "trade.440103.2023",
        "statement.role",  # states no figure
        "statement.target.period",  # undated
        "statement.nothing",
        "statement.target.value",
        "statement",
        "tenant.b.baietan.expected",  # undated
        "tenant.b",
        "source.evil",  # undated
        "source.nothing",
        "clusters.third",
        "clusters",
    ],
)
def test_a_name_that_cannot_be_computed_leaves_a_gap(name: str, facts: Atlas, numbers: Book):
    found = sentences.render("{" + name + "} and {" + name + "}", facts, numbers, "zh")
    assert found == sentences.Rendered("[无数据] and [无数据]", (name,))


def test_chinese_says_it_in_chinese(facts: Atlas, numbers: Book):
    text = "{gdp.period.2023}{gdp.top.2023}：{statement.target}，{tenant.a.pazhou.moved_in}"
    assert sentences.render(text, facts, numbers, "zh").text == "2023 年越秀区：超过 1,000 亿元，2021 年 4 月"


def test_districts_with_the_same_largest_value_are_all_named(facts: Atlas, book):
    column = dict.fromkeys(ADCODES, 1.0) | {LIWAN: 9.0, YUEXIU: 9.0}
    numbers = book(gdp={"2023": column})
    assert sentences.render("{gdp.top.2023}", facts, numbers, "en").text == "Liwan and Yuexiu"
    assert sentences.render("{gdp.top.2023}", facts, numbers, "zh").text == "荔湾区、越秀区"


def test_the_published_figure_of_the_city_goes_before_the_sum(facts: Atlas, numbers: Book):
    columns = {("gdp", "2023"): {code: Figure(v, ("s",), "verified") for code, v in (ELEVEN | {CITY: 201.0}).items()}}
    assert sentences.render("{gdp.city.2023}", facts, Book(numbers.metrics, columns), "en").text == "201 u"


def slide(text: str) -> Slide:
    return Slide("one", dict.fromkeys(LANGUAGES, "T"), {"en": text, "zh": "好"})


def test_a_sentence_that_cannot_be_computed_is_a_problem_with_slide_language_and_name(facts: Atlas, numbers: Book):
    broken = replace(facts, slides=(slide("{gdp.city.2023} {gdp.city.2099}"),))
    (problem,) = sentences.sentence_problems(broken, numbers)
    assert str(problem).startswith("slides.toml, field 'one.text_en': found '{gdp.city.2099}', expected a figure")


GOOD = {"title_en": "T", "title_zh": "题", "text_en": "{a.b}", "text_zh": "文"}


def test_slides_keep_their_order_and_what_later_parts_read():
    later = {"view": "metric=gdp", "camera": [113.3, 23.1, 10], "notes_en": "N", "notes_zh": "注"}
    table = {"b": GOOD | later, "a": GOOD}
    assert list(sentences.slide_problems(table)) == []
    second, first = sentences.parse_slides(table)
    assert (second.id, second.more, first.more) == ("b", later, {})
    assert (first.title, first.text) == ({"en": "T", "zh": "题"}, {"en": "{a.b}", "zh": "文"})


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"text_zh": ""}, "field 'one.text_zh': expected a text"),
        ({"title_en": 7}, "field 'one.title_en': expected a text"),
        ({"text_en": "{a.b"}, "field 'one.text_en': found '{a.b', expected braces only in pairs"),
        ({"text_en": "{{a.b}}"}, "field 'one.text_en': found '{{a.b}}', expected braces only in pairs"),
        ({"txet_en": "x"}, "field 'one.txet_en': expected no field but title_en"),
    ],
)
def test_a_slide_with_a_missing_unknown_or_broken_field_is_a_problem(change: dict, problem: str):
    (found,) = sentences.slide_problems({"one": GOOD | change})
    assert problem in str(found)


def test_a_slide_that_is_no_table_is_a_problem():
    (found,) = sentences.slide_problems({"title": "x"})
    assert str(found) == "slides.toml, field 'title': found 'x', expected a table, one for each slide"


def test_every_number_of_the_shipped_slides_is_computed(shipped):
    table = tomllib.loads((shipped / "slides.toml").read_text(encoding="utf-8"))
    assert len(table) == 8
    for id_, entry in table.items():
        for key in ("text_en", "text_zh"):
            assert re.findall(r"\d", sentences.PLACEHOLDER.sub("", entry[key])) == [], id_


def test_the_shipped_sentences_say_what_the_data_say(shipped):
    atlas = loading.load(shipped)
    numbers = measures.figures(atlas)
    shown = {s.id: {one: sentences.render(s.text[one], atlas, numbers, one) for one in LANGUAGES} for s in atlas.slides}
    assert not any(text.gaps for slide_ in shown.values() for text in slide_.values())
    assert shown["gdp"]["en"].text.startswith(
        "In 2023 the city's GDP was RMB 3,035.6 bn. Tianhe had the largest with RMB 655.1 bn."
    )
    assert "全市地区生产总值 30,355.7 亿元" in shown["gdp"]["zh"].text
    assert "counted 18.68 million residents, a change of +47.0% since 2010" in shown["residents"]["en"].text
    assert "annual turnover of more than RMB 100 bn" in shown["pazhou"]["en"].text
