"""Sentences whose numbers are computed: every name, both languages, and what cannot be computed."""

from dataclasses import replace

import pandas as pd
import pytest

from geo.data import loading
from geo.figures import measures, sentences
from geo.figures.table import Figure, FigureTable
from geo.schema import ADCODES, CITY, Atlas

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
def numbers(figure_table) -> FigureTable:
    """Return a metric that covers all districts in 2022 and 2023, and some in 2024; another that is known of the city alone."""
    return figure_table(
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
        ("trade.found.latest", "in no district"),
        ("gdp.found.latest", "in 1 district"),
        ("gdp.found.2023", "in 11 districts"),
        ("gdp.period.default", "2023"),
        ("statement.target", "more than RMB 100 bn"),
        ("statement.growth.period", "the first half of 2023"),
        ("tenant.b.pazhou.moved_out", "6 July 2020"),
        ("source.s", "14 April 2019"),
        ("clusters.district", "1"),
        ("clusters.all", "3"),
    ],
)
def test_a_name_stands_for_a_figure(name: str, text: str, facts: Atlas, numbers: FigureTable):
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
def test_a_name_that_cannot_be_computed_leaves_a_gap(name: str, facts: Atlas, numbers: FigureTable):
    found = sentences.render("{" + name + "} and {" + name + "}", facts, numbers, "zh")
    assert found == sentences.Rendered("[无数据] and [无数据]", (name,))


def test_chinese_says_it_in_chinese(facts: Atlas, numbers: FigureTable):
    text = "{gdp.period.2023}{gdp.top.2023}：{statement.target}，{tenant.a.pazhou.moved_in}"
    assert sentences.render(text, facts, numbers, "zh").text == "2023 年越秀区：超过 1,000 亿元，2021 年 4 月"


def test_districts_with_the_same_largest_value_are_all_named(facts: Atlas, figure_table):
    column = dict.fromkeys(ADCODES, 1.0) | {LIWAN: 9.0, YUEXIU: 9.0}
    numbers = figure_table(gdp={"2023": column})
    assert sentences.render("{gdp.top.2023}", facts, numbers, "en").text == "Liwan and Yuexiu"
    assert sentences.render("{gdp.top.2023}", facts, numbers, "zh").text == "荔湾区、越秀区"


def test_the_published_figure_of_the_city_goes_before_the_sum(facts: Atlas, numbers: FigureTable):
    columns = {("gdp", "2023"): {code: Figure(v, ("s",), "verified") for code, v in (ELEVEN | {CITY: 201.0}).items()}}
    assert sentences.render("{gdp.city.2023}", facts, FigureTable(numbers.metrics, columns), "en").text == "201 u"


@pytest.fixture
def sourced(facts: Atlas) -> Atlas:
    """Return the facts with a source for each statement, event and cluster."""
    return replace(
        facts,
        statements=facts.statements.assign(source_id=["article", "report", "article"]),
        tenants=facts.tenants.assign(source_id=["article", "news", "filing", "filing", "news", "article"]),
        clusters=facts.clusters.assign(source_id=["article", "article", "reading"]),
    )


@pytest.fixture
def sourced_numbers(numbers: FigureTable) -> FigureTable:
    """Return figures of each district from a source named like it, of the city in 2023 and of 2022 from one source each."""
    columns = {
        ("gdp", "2021"): {CITY: Figure(150.0, ("city-before",), "verified")},
        ("gdp", "2022"): {code: Figure(10.0, ("old",), "verified") for code in ADCODES},
        ("gdp", "2023"): {code: Figure(v, (f"of-{code}",), "verified") for code, v in ELEVEN.items()}
        | {CITY: Figure(200.0, ("city", "check"), "verified")},
        ("gdp", "2024"): {LIWAN: Figure(7.0, ("new",), "verified"), YUEXIU: Figure(8.0, ("",), "verified")},
    }
    return FigureTable(numbers.metrics, columns)


OF_ELEVEN = tuple(f"of-{code}" for code in ADCODES)


@pytest.mark.parametrize(
    ("text", "sources"),
    [
        ("{gdp.440104.2023}", ("of-440104",)),
        ("{gdp.440103.latest}", ("new",)),
        ("{gdp.440104.2024}", ()),  # a figure without a source
        ("{gdp.city.2023}", ("city", "check")),
        ("{gdp.city.2022}", ("old",)),  # the sum of the eleven, each source once
        ("{gdp.share.440104.2023}", ("of-440104", "city", "check")),
        ("{gdp.share.440104.2022}", ("old",)),
        ("{gdp.rank.440105.2023}", ("of-440105", *(one for one in OF_ELEVEN if one != "of-440105"))),
        ("{gdp.change.440104.2023}", ("of-440104", "old")),
        ("{gdp.since.440104.2023}", ("of-440104", "old")),
        # Published in one of the two years only: that of the districts.
        ("{gdp.change.city.2023}", (*OF_ELEVEN, "old")),
        ("{gdp.top.2023}", OF_ELEVEN),
        ("{gdp.top_value.2023}", OF_ELEVEN),
        ("{gdp.coverage.latest}", ("new",)),
        ("{gdp.period.latest}", ("new",)),
        ("{statement.target}, {statement.growth.period}", ("article", "report")),
        ("{tenant.b.pazhou.moved_out}", ("filing",)),
        ("{source.s}", ("s",)),
        ("{clusters.all}", ("article", "reading")),
        ("{gdp.440103.2024} {statement.target} {gdp.440103.2024}", ("new", "article")),
        ("no figure", ()),
    ],
)
def test_the_sources_of_a_text_are_those_of_its_figures_in_its_order(
    text: str, sources: tuple[str, ...], sourced: Atlas, sourced_numbers: FigureTable
):
    assert sentences.cited(text, sourced, sourced_numbers) == sources


@pytest.mark.parametrize(
    "name",
    ["gdp.city.2024", "gdp.440199.2023", "gdp.2023", "gdp", "gpd.city.2023", "statement.role", "statement", "tenant.b",
     "source.evil", "source", "clusters.third", ""],
)  # fmt: skip
def test_a_gap_rests_on_no_source(name: str, sourced: Atlas, sourced_numbers: FigureTable):
    assert sentences.render("{" + name + "}", sourced, sourced_numbers, "en").gaps == (name,)
    assert sentences.cited("{" + name + "}", sourced, sourced_numbers) == ()


def test_every_source_that_the_shipped_story_cites_is_listed(shipped):
    atlas = loading.load(shipped)
    numbers = measures.figures(atlas)
    cited = {slide.id: sentences.cited(slide.text["en"], atlas, numbers) for slide in atlas.slides}
    assert set().union(*cited.values()) <= set(atlas.sources.index)
    assert cited["pazhou"] == ("plan-article", "pazhou-2021")
    assert cited["trade"] == ("guangzhou-cbec-2024", "plan-article", "guangdong-cbec-2024", "nansha-cainiao-2022")
    assert "census-2010" in cited["residents"]  # what the change is counted from


def test_how_many_are_found_is_said_as_chinese_says_it(facts: Atlas, numbers: FigureTable):
    text = "{trade.found.latest}；{gdp.found.latest}；{gdp.found.2023}"
    assert sentences.render(text, facts, numbers, "zh").text == "均未查到；仅查到 1 个区；查到 11 个区"


@pytest.mark.parametrize(
    ("language", "text"),
    [("en", "2 u (divided by people in en for 2020)"), ("zh", "2 u（除以 2020 年people in zh）")],
)
def test_a_rate_in_a_sentence_names_the_year_of_what_it_divides_by(language, text, facts: Atlas, metric, figure_table):
    parts = {"numerator": "gdp", "denominator": "people", "denominator_within": 3}
    rate = metric("rate", "rate", **parts)
    found = figure_table(
        rate, metric("gdp"), metric("people"), rate={"2022": {LIWAN: 2.0}}, people={"2020": {LIWAN: 1.0}}
    )
    assert sentences.render(f"{{rate.{LIWAN}.2022}}", facts, found, language).text == text
