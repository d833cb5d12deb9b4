"""Changes since an earlier period, and the reasons why there is none. The other half of the tests of geo.measures."""

from collections.abc import Callable

import pytest

from geo.book import Book
from geo.measures import change
from geo.schema import ADCODES, UNDATED, Break, Metric

LIWAN, YUEXIU, HAIZHU = ADCODES[:3]
MakeBook, MakeMetric = Callable[..., Book], Callable[..., Metric]
REASON = {"en": "other base", "zh": "口径不同"}


def test_change_is_that_of_the_total_since_the_newest_earlier_period(book: MakeBook):
    numbers = book(
        gdp={
            "2018": {LIWAN: 1.0, YUEXIU: 1.0},
            "2020": {LIWAN: 10.0, YUEXIU: 30.0},
            "2023": {LIWAN: 20.0, YUEXIU: 30.0},
        }
    )
    found = change(numbers, "gdp", "2023", [LIWAN, YUEXIU])
    assert (found.since, found.absolute, found.relative, found.why_not) == ("2020", 10.0, 0.25, "")


def test_change_skips_a_period_in_which_one_of_the_districts_is_missing(book: MakeBook):
    numbers = book(gdp={"2018": {LIWAN: 4.0, YUEXIU: 4.0}, "2020": {LIWAN: 10.0}, "2023": {LIWAN: 8.0, YUEXIU: 8.0}})
    found = change(numbers, "gdp", "2023", [LIWAN, YUEXIU])
    assert (found.since, found.absolute, found.relative) == ("2018", 8.0, 1.0)


def test_change_compares_the_districts_that_have_a_figure_now(book: MakeBook):
    numbers = book(gdp={"2020": {LIWAN: 4.0, YUEXIU: 100.0}, "2023": {LIWAN: 6.0}})
    assert change(numbers, "gdp", "2023", [LIWAN, YUEXIU]).absolute == 2.0


def test_change_in_the_first_period_is_none(book: MakeBook):
    found = change(book(gdp={"2020": {LIWAN: 1.0}, "2023": {LIWAN: 1.0}}), "gdp", "2020", [LIWAN])
    assert (found.since, found.absolute, found.relative, found.why_not) == ("", None, None, "first period")


def test_change_without_an_earlier_figure_of_the_same_districts_is_none(book: MakeBook):
    numbers = book(gdp={"2020": {LIWAN: 1.0}, "2023": {YUEXIU: 1.0}})
    assert change(numbers, "gdp", "2023", [YUEXIU]).why_not == "other districts"
    assert change(numbers, "gdp", "2023", [LIWAN]).why_not == "other districts"


@pytest.mark.parametrize(("earlier", "now"), [("2022", "2023H1"), ("2023", UNDATED), ("2023Q1", "2023Q1-Q3")])
def test_change_never_compares_periods_of_unlike_length(earlier: str, now: str, book: MakeBook):
    assert change(book(gdp={earlier: {LIWAN: 1.0}, now: {LIWAN: 2.0}}), "gdp", now, [LIWAN]).absolute is None


def test_change_compares_the_same_half_of_two_years(book: MakeBook):
    numbers = book(gdp={"2022H1": {LIWAN: 1.0}, "2022": {LIWAN: 9.0}, "2023H1": {LIWAN: 3.0}})
    assert change(numbers, "gdp", "2023H1", [LIWAN]).absolute == 2.0


def test_change_across_a_break_for_all_is_none_and_names_the_break(book: MakeBook, metric: MakeMetric):
    gap = Break("2020", REASON)
    numbers = book(metric("gdp", breaks=(gap,)), gdp={"2020": {LIWAN: 1.0}, "2023": {LIWAN: 2.0}})
    found = change(numbers, "gdp", "2023", [LIWAN])
    assert (found.since, found.absolute, found.why_not, found.broken_by) == ("2020", None, "break", gap)


def test_halves_of_a_year_lie_on_the_same_side_of_a_break_as_the_year(book: MakeBook, metric: MakeMetric):
    entry = metric("gdp", breaks=(Break("2020", REASON),))
    numbers = book(entry, gdp={half: {LIWAN: 1.0} for half in ("2019H1", "2020H1", "2021H1")})
    found = [change(numbers, "gdp", period, [LIWAN]).why_not for period in ("2020H1", "2021H1")]
    assert found == ["", "break"]


@pytest.mark.parametrize("after", ["2019", "2023"])
def test_change_on_one_side_of_a_break_is_shown(after: str, book: MakeBook, metric: MakeMetric):
    numbers = book(metric("gdp", breaks=(Break(after, REASON),)), gdp={"2020": {LIWAN: 1.0}, "2023": {LIWAN: 2.0}})
    assert change(numbers, "gdp", "2023", [LIWAN]).absolute == 1.0


@pytest.mark.parametrize(
    ("districts", "why_not"),
    [
        ([LIWAN], "break"),
        ([LIWAN, HAIZHU], "break"),
        ([LIWAN, YUEXIU], ""),  # the border between the two lies inside
        ([LIWAN, YUEXIU, HAIZHU], ""),
        ([HAIZHU], ""),  # not concerned
    ],
)
def test_change_across_a_break_of_some_districts_needs_them_all_together(
    districts: list[str], why_not: str, book: MakeBook, metric: MakeMetric
):
    border = Break("2010", REASON, frozenset({LIWAN, YUEXIU}))
    column = {LIWAN: 1.0, YUEXIU: 2.0, HAIZHU: 3.0}
    numbers = book(metric("people", breaks=(border,)), people={"2010": column, "2020": column})
    found = change(numbers, "people", "2020", districts)
    assert found.why_not == why_not
    assert (found.absolute == 0) == (why_not == "")


def test_change_across_a_break_is_none_when_one_of_the_group_has_no_figure_now(book: MakeBook, metric: MakeMetric):
    border = Break("2010", REASON, frozenset({LIWAN, YUEXIU}))
    numbers = book(metric("people", breaks=(border,)), people={"2010": {LIWAN: 1.0, YUEXIU: 1.0}, "2020": {LIWAN: 1.0}})
    assert change(numbers, "people", "2020", [LIWAN, YUEXIU]).why_not == "break"


def test_change_of_a_published_rate_is_in_percentage_points_only(book: MakeBook, metric: MakeMetric):
    numbers = book(metric("growth", "published"), growth={"2022": {LIWAN: 4.0}, "2023": {LIWAN: 3.0}})
    found = change(numbers, "growth", "2023", [LIWAN])
    assert (found.absolute, found.relative) == (-1.0, None)


def test_change_of_several_published_rates_is_none(book: MakeBook, metric: MakeMetric):
    column = {LIWAN: 4.0, YUEXIU: 5.0}
    numbers = book(metric("growth", "published"), growth={"2022": column, "2023": column})
    assert change(numbers, "growth", "2023", [LIWAN, YUEXIU]).absolute is None


def test_change_of_a_rate_is_that_of_its_summed_parts(book: MakeBook, metric: MakeMetric):
    rate = metric("per_head", "rate", numerator="gdp", denominator="people")
    people = {LIWAN: 10.0, YUEXIU: 90.0}
    numbers = book(
        rate,
        metric("gdp"),
        metric("people"),
        gdp={"2022": {LIWAN: 100.0, YUEXIU: 100.0}, "2023": {LIWAN: 100.0, YUEXIU: 200.0}},
        people={"2022": people, "2023": people},
        per_head={"2022": {LIWAN: 10.0, YUEXIU: 1.1}, "2023": {LIWAN: 10.0, YUEXIU: 2.2}},
    )
    found = change(numbers, "per_head", "2023", [LIWAN, YUEXIU])
    assert (found.absolute, found.relative) == (1.0, 0.5)  # from 200 / 100 to 300 / 100


def test_change_from_zero_has_no_relative_part(book: MakeBook):
    found = change(book(gdp={"2022": {LIWAN: 0.0}, "2023": {LIWAN: 3.0}}), "gdp", "2023", [LIWAN])
    assert (found.absolute, found.relative) == (3.0, None)
