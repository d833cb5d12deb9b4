"""What stands beside the map of a slide: bars, points of a trend, table, sources."""

from dataclasses import replace

import pytest

from geo.briefing import panels
from geo.briefing.context import SlideContext
from geo.briefing.model import Bar, Fact
from geo.figures import claims
from geo.figures.classification import Classes
from geo.figures.data_version import DataVersion
from geo.figures.table import Figure, FigureTable
from geo.schema import ADCODES, CITY, UNDATED, Break, Slide
from geo.view import View

LIWAN, YUEXIU, HAIZHU, TIANHE = ADCODES[:4]
MEMBERS = (HAIZHU, LIWAN, YUEXIU)
CLASSES = Classes("manual", (1.0, 15.0, 90.0), ("#aaaaaa", "#333333"))
REASON = {"en": "other base", "zh": "口径不同"}
VIEW = View("gdp", "2023", "quantile", 5)


def context(version: DataVersion, members=MEMBERS, chart: str = "none", **fields) -> SlideContext:
    """Return a slide's context with classes and members made by hand."""
    empty = {"en": "", "zh": ""}
    made = SlideContext(Slide("s", empty, empty, empty, chart=chart), version, replace(VIEW, **fields))
    vars(made).update(members=members, classes=CLASSES)
    return made


@pytest.fixture
def show(data_version):
    """Return a function that returns a chart of figures."""

    def chart(kind: str, numbers: FigureTable, language: str = "en", members=MEMBERS, **fields):
        return panels.chart(context(data_version(1, numbers), members, kind, **fields), language)

    return chart


# ---- ranking


def test_bars_run_from_large_to_small_in_the_shown_unit_and_the_maps_colour(show, money, figure_table):
    found = show("ranking", figure_table(money, gdp={"2023": {LIWAN: 90.0, YUEXIU: 15.0, HAIZHU: 20.0}}), "zh")
    assert (found.kind, found.title, found.unit) == ("ranking", "gdp in zh · 2023", "亿元")
    assert found.bars == (
        Bar("荔湾", 90.0, "90", "#333333", LIWAN),
        Bar("海珠", 20.0, "20", "#333333", HAIZHU),
        Bar("越秀", 15.0, "15", "#aaaaaa", YUEXIU),
    )


def test_english_bars_are_scaled(show, money, figure_table):
    found = show("ranking", figure_table(money, gdp={"2023": {LIWAN: 90.0, YUEXIU: 15.0}}))
    assert [(bar.label, bar.value, bar.text) for bar in found.bars[:2]] == [
        ("Liwan", 9.0, "9.0"),
        ("Yuexiu", 1.5, "1.5"),
    ]


def test_a_district_without_a_figure_stands_last_without_a_bar(show, money, figure_table):
    found = show("ranking", figure_table(money, gdp={"2023": {YUEXIU: 0.0}}))
    assert [(bar.adcode, bar.value, bar.text, bar.colour) for bar in found.bars] == [
        (YUEXIU, 0.0, "0.0", "#aaaaaa"),
        (LIWAN, None, "No data", ""),
        (HAIZHU, None, "No data", ""),
    ]


def test_equal_values_stand_in_the_order_of_their_codes(show, money, figure_table):
    found = show("ranking", figure_table(money, gdp={"2023": dict.fromkeys(MEMBERS, 5.0)}))
    assert [bar.adcode for bar in found.bars] == [LIWAN, YUEXIU, HAIZHU]


def test_only_members_have_a_bar_and_the_city_never(show, money, figure_table):
    numbers = figure_table(money, gdp={"2023": {LIWAN: 1.0, YUEXIU: 2.0, CITY: 99.0}})
    assert [bar.adcode for bar in show("ranking", numbers, members=(LIWAN,)).bars] == [LIWAN]
    assert show("ranking", numbers, members=(HAIZHU,)) is None, "a chart without a figure is none"


def test_without_figures_or_kind_there_is_no_chart(show, money, figure_table):
    numbers = figure_table(money, gdp={"2022": {LIWAN: 1.0}})
    assert [show(kind, numbers) for kind in ("none", "ranking", "trend")] == [None] * 3


# ---- trend


def points(chart) -> list[tuple[str, str]]:
    """Return labels and values of a chart."""
    return [(bar.label, bar.text) for bar in chart.bars]


def test_a_trend_has_a_point_a_period_of_the_city_as_published(show, money, figure_table):
    numbers = figure_table(money, gdp={"2023": {CITY: 30.0, LIWAN: 1.0}, "2021": {CITY: 10.0}, "2022": {CITY: 20.0}})
    found = show("trend", numbers, "zh")
    assert (found.kind, found.title, found.unit) == ("trend", "广州市 · gdp in zh", "亿元")
    assert found.bars == (Bar("2021", 10.0, "10"), Bar("2022", 20.0, "20"), Bar("2023", 30.0, "30"))


def test_a_trend_of_a_selected_district_is_its_own_and_leaves_gaps(show, money, figure_table):
    numbers = figure_table(money, gdp={"2021": {LIWAN: 10.0}, "2022": {CITY: 9.0}, "2023": {LIWAN: 30.0, CITY: 9.0}})
    found = show("trend", numbers, sel=LIWAN)
    assert found.title == "Liwan · gdp in en"
    assert [(bar.label, bar.value, bar.text) for bar in found.bars] == [
        ("2021", 1.0, "1.0"),
        ("2022", None, "No data"),
        ("2023", 3.0, "3.0"),
    ]


def test_a_trend_never_adds_up_districts_to_a_city(show, money, figure_table):
    assert show("trend", figure_table(money, gdp={"2023": dict.fromkeys(ADCODES, 1.0)})) is None


@pytest.mark.parametrize(
    ("period", "labels"),
    [
        ("2023", ["2019", "2022", "2023"]),
        ("2019", ["2019", "2022", "2023"]),
        ("2018", ["2017", "2018"]),
        ("2024", ["2024"]),
    ],
)
def test_a_trend_stops_at_the_breaks_of_the_series(period, labels, show, money, figure_table):
    entry = replace(money, breaks=(Break("2018", REASON), Break("2023", REASON)))
    years = ("2017", "2018", "2019", "2022", "2023", "2024")
    numbers = figure_table(entry, gdp={year: {CITY: 1.0} for year in years})
    assert [label for label, _ in points(show("trend", numbers, period=period))] == labels


def test_a_break_of_some_districts_concerns_them_alone(show, money, figure_table):
    entry = replace(money, breaks=(Break("2010", REASON, frozenset({LIWAN, YUEXIU})),))
    column = {LIWAN: 1.0, HAIZHU: 1.0, CITY: 1.0}
    numbers = figure_table(entry, gdp={"2010": column, "2023": column})
    found = {place: len(show("trend", numbers, sel=place).bars) for place in (LIWAN, HAIZHU, "")}
    assert found == {LIWAN: 1, HAIZHU: 2, "": 2}


def test_a_trend_never_mixes_periods_of_unlike_length(show, money, figure_table):
    periods = ("2021", "2021H1", "2022H1", "2022Q1", "2023", "2023H1", UNDATED)
    numbers = figure_table(money, gdp={period: {CITY: 1.0} for period in periods})
    labels = {
        period: [label for label, _ in points(show("trend", numbers, period=period))] for period in ("2023", "2023H1")
    }
    assert labels == {
        "2023": ["2021", "2023"],
        "2023H1": ["first half of 2021", "first half of 2022", "first half of 2023"],
    }


def test_a_half_year_before_a_break_is_not_drawn_with_one_behind_it(show, money, figure_table):
    entry = replace(money, breaks=(Break("2023", REASON),))
    numbers = figure_table(entry, gdp={period: {CITY: 1.0} for period in ("2022H1", "2023H1", "2024H1")})
    assert len(show("trend", numbers, period="2024H1").bars) == 1
    assert len(show("trend", numbers, period="2023H1").bars) == 2


# ---- table


def test_the_table_names_every_member_by_rank_and_says_what_a_reader_must_know(data_version, money):
    column = {LIWAN: Figure(5.0, ("s",), "secondary"), HAIZHU: Figure(50.0, ("s",), "derived")}
    told = data_version(1, FigureTable({"gdp": money}, {("gdp", "2023"): column}))
    assert panels.facts(context(told, MEMBERS), "zh") == (
        Fact(HAIZHU, "海珠", 50.0, "50 亿元", 1),
        Fact(LIWAN, "荔湾", 5.0, "5 亿元", 2, "二手来源"),
        Fact(YUEXIU, "越秀", None, "无数据", None),
    )
    assert [fact.text for fact in panels.facts(context(told, MEMBERS), "en")] == ["RMB 5.0 bn", "RMB 0.5 bn", "No data"]


def test_ranks_of_the_table_are_those_among_all_districts_whatever_is_shown(data_version, money, figure_table):
    told = data_version(1, figure_table(money, gdp={"2023": {LIWAN: 5.0, HAIZHU: 50.0, YUEXIU: 5.0, TIANHE: 70.0}}))
    assert [(fact.adcode, fact.rank) for fact in panels.facts(context(told, MEMBERS), "en")] == [
        (HAIZHU, 2), (LIWAN, 3), (YUEXIU, 3),
    ]  # fmt: skip
    assert [(fact.adcode, fact.rank) for fact in panels.facts(context(told, (YUEXIU,)), "en")] == [(YUEXIU, 3)]


def test_the_table_is_headed_by_metric_unit_period_and_how_many_are_known(data_version, money, figure_table):
    told = data_version(
        1, figure_table(money, gdp={"2023": dict.fromkeys(ADCODES, 1.0), "2024H1": {LIWAN: 1.0, TIANHE: 2.0}})
    )
    half = context(told, MEMBERS, period="2024H1")
    assert panels.facts_title(context(told, MEMBERS), "en") == "gdp in en (RMB bn), 2023 · ranked out of 11"
    assert panels.facts_title(context(told, (LIWAN, TIANHE)), "en") == "gdp in en (RMB bn), 2023 · ranked out of 11"
    assert panels.facts_title(half, "en") == (
        "gdp in en (RMB bn), first half of 2024 · 1 of 3 districts · ranked out of 2 with data"
    )
    assert (
        panels.facts_title(half, "zh") == "gdp in zh（亿元），2024 年上半年 · 3 个区中的 1 个 · 位次：有数据的 2 区中"
    )


# ---- names and sources


@pytest.fixture
def sourced(money) -> FigureTable:
    """Return figures with sources of their own."""
    figure = {name: Figure(1.0, tuple(name.split("+")), "verified") for name in ("a", "b+a", "c", "old")}
    now = {HAIZHU: figure["a"], YUEXIU: figure["b+a"], CITY: figure["c"]}
    return FigureTable(
        {"gdp": money}, {("gdp", "2023"): now, ("gdp", "2022"): {CITY: figure["old"], YUEXIU: figure["old"]}}
    )


def test_sources_of_a_map_are_those_of_its_members_each_once_by_adcode(sourced, data_version):
    assert panels.map_sources(context(data_version(1, sourced), MEMBERS)) == ("b", "a")
    assert panels.map_sources(context(data_version(1, sourced), (HAIZHU, LIWAN))) == ("a",)


@pytest.mark.parametrize(
    ("kind", "sel", "ids"),
    [("none", "", ()), ("ranking", "", ("b", "a")), ("trend", "", ("old", "c")), ("trend", YUEXIU, ("old", "b", "a"))],
)
def test_sources_of_a_chart_are_those_of_every_figure_drawn(kind, sel, ids, sourced, data_version):
    assert panels.chart_sources(context(data_version(1, sourced), MEMBERS, kind, sel=sel)) == ids


@pytest.mark.parametrize("language", ["en", "zh"])
def test_of_a_single_district_no_share_of_districts_is_told(language, data_version, money, figure_table):
    told = data_version(1, figure_table(money, gdp={"2023": {LIWAN: 1.0}, "2024": {CITY: 1.0}}))
    assert claims.districts(0, 1, language) not in panels.facts_title(context(told, (HAIZHU,)), language)
    of_nobody = panels.facts_title(context(told, MEMBERS, period="2024"), language)
    assert "ranked" not in of_nobody
    assert "位次" not in of_nobody
