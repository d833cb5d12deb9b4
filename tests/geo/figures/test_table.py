"""Look-ups in the book of figures."""

from collections.abc import Callable

import pytest

from geo.figures.table import FigureTable
from geo.schema import ADCODES, CITY

LIWAN, YUEXIU, HAIZHU = ADCODES[:3]
MakeBook = Callable[..., FigureTable]


def test_column_of_an_unknown_metric_or_period_is_empty(figure_table: MakeBook):
    figures = figure_table(gdp={"2020": {LIWAN: 1.0}})
    assert figures.column("gdp", "1999") == {}
    assert figures.column("nothing", "2020") == {}


def test_periods_are_sorted_and_belong_to_one_metric(figure_table: MakeBook):
    figures = figure_table(gdp={"2023": {LIWAN: 1.0}, "2018": {LIWAN: 1.0}}, people={"2020": {LIWAN: 1.0}})
    assert figures.periods("gdp") == ("2018", "2023")
    assert figures.periods("people") == ("2020",)


def test_default_period_is_the_best_covered_one(figure_table: MakeBook):
    figures = figure_table(gdp={"2020": {LIWAN: 1.0, YUEXIU: 1.0}, "2023": {LIWAN: 1.0}})
    assert figures.default_period("gdp") == "2020"


def test_default_period_is_the_newest_of_equally_covered_ones(figure_table: MakeBook):
    figures = figure_table(gdp={"2020": {LIWAN: 1.0}, "2023": {YUEXIU: 1.0}, "2022": {YUEXIU: 1.0}})
    assert figures.default_period("gdp") == "2023"


def test_default_period_without_any_figure_is_empty(figure_table: MakeBook, metric: Callable):
    assert figure_table(metric("gdp")).default_period("gdp") == ""


def test_coverage_counts_districts_and_not_the_city(figure_table: MakeBook):
    figures = figure_table(gdp={"2020": {LIWAN: 1.0, YUEXIU: 2.0, CITY: 3.0, "449999": 4.0}})
    assert figures.coverage("gdp", "2020") == 2
    assert figures.coverage("gdp", "2021") == 0


def test_series_leaves_gaps_out_and_keeps_a_zero(figure_table: MakeBook):
    figures = figure_table(gdp={"2022": {LIWAN: 5.0}, "2021": {YUEXIU: 4.0}, "2020": {LIWAN: 0.0}})
    assert list(figures.series("gdp", LIWAN).items()) == [("2020", 0.0), ("2022", 5.0)]


def test_all_values_span_every_period_without_the_city(figure_table: MakeBook):
    figures = figure_table(gdp={"2020": {LIWAN: 1.0, CITY: 100.0}, "2021": {LIWAN: 2.0, YUEXIU: 3.0}})
    assert sorted(figures.all_values("gdp", "2020")) == [1.0, 2.0, 3.0]
    assert figures.all_values("gdp", "2020", iter([YUEXIU])) == [3.0]
    assert figures.all_values("gdp", "2020", [HAIZHU]) == []


def test_what_is_computed_from_figures_is_computed_once(figure_table: MakeBook):
    figures, other, asked = figure_table(gdp={}), figure_table(gdp={}), []

    def compute() -> int:
        asked.append("again")
        return len(asked)

    assert [figures.once("a", compute), figures.once("a", compute), figures.once("b", compute)] == [1, 1, 2]
    assert other.once("a", compute) == 3


def test_months_share_limits_of_classes_with_months_alone(figure_table: MakeBook):
    figures = figure_table(
        gdp={"2023": {LIWAN: 120.0}, "2024M04": {LIWAN: 9.0}, "2024M05": {LIWAN: 10.0}, "2024M01-M05": {LIWAN: 48.0}}
    )
    assert figures.all_values("gdp", "2024M05") == [9.0, 10.0]
    assert (figures.all_values("gdp", "2023"), figures.all_values("gdp", "2024M01-M05")) == ([120.0], [48.0])


def test_periods_are_sorted_by_their_end_and_a_year_follows_its_parts(figure_table: MakeBook):
    names = ("2024", "undated", "2024M12", "2024H1", "2024M01-M05", "2024M05", "2023", "2024Q2", "2024Q4")
    assert figure_table(gdp={name: {LIWAN: 1.0} for name in names}).periods("gdp") == (
        "2023", "2024M05", "2024M01-M05", "2024Q2", "2024H1", "2024M12", "2024Q4", "2024", "undated",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("others", "opens"),
    [
        (("2023", "2024M05", "2024M01-M05"), "2023"),  # a newer month does not take the year's place
        (("2023", "2024H1"), "2024H1"),
        (("2024M04", "2024M05"), "2024M05"),
        (("2024H1", "2024"), "2024"),
    ],
)
def test_months_stand_back_behind_what_covers_as_many(others: tuple, opens: str, figure_table: MakeBook):
    assert figure_table(gdp={name: {LIWAN: 1.0} for name in others}).default_period("gdp") == opens


def test_months_are_shown_first_where_they_alone_cover_most(figure_table: MakeBook):
    figures = figure_table(gdp={"2023": {LIWAN: 1.0}, "2024M05": {LIWAN: 1.0, YUEXIU: 2.0}})
    assert figures.default_period("gdp") == "2024M05"
