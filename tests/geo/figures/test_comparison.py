"""Changes between two periods, the reasons why there is none, and changes as figures like any other."""

from collections.abc import Callable

import pytest

from geo import wording
from geo.data import loading
from geo.figures import measures
from geo.figures.comparison import (
    Change,
    change,
    changes,
    city_change,
    comparable,
    default_start,
    incomparable_reason,
    pair,
    starts,
)
from geo.figures.table import Figure, FigureTable
from geo.schema import ADCODES, CITY, UNDATED, Break, DisplayFormat, Metric

LIWAN, YUEXIU, HAIZHU = ADCODES[:3]
MakeBook, MakeMetric = Callable[..., FigureTable], Callable[..., Metric]
REASON = {"en": "other base", "zh": "口径不同"}
_WORDS = {"en": "gdp", "zh": "gdp"}
_METRIC = Metric(
    "gdp", _WORDS, _WORDS, _WORDS, "u", "count", "quantile", 5, dict.fromkeys(_WORDS, DisplayFormat("u", 1, 0))
)


def test_change_is_that_of_the_total_since_the_newest_earlier_period(figure_table: MakeBook):
    numbers = figure_table(
        gdp={
            "2018": {LIWAN: 1.0, YUEXIU: 1.0},
            "2020": {LIWAN: 10.0, YUEXIU: 30.0},
            "2023": {LIWAN: 20.0, YUEXIU: 30.0},
        }
    )
    found = change(numbers, "gdp", "2023", [LIWAN, YUEXIU])
    assert (found.since, found.absolute, found.relative, found.reason) == ("2020", 10.0, 0.25, "")


def test_change_skips_a_period_in_which_one_of_the_districts_is_missing(figure_table: MakeBook):
    numbers = figure_table(
        gdp={"2018": {LIWAN: 4.0, YUEXIU: 4.0}, "2020": {LIWAN: 10.0}, "2023": {LIWAN: 8.0, YUEXIU: 8.0}}
    )
    found = change(numbers, "gdp", "2023", [LIWAN, YUEXIU])
    assert (found.since, found.absolute, found.relative) == ("2018", 8.0, 1.0)


def test_change_of_districts_together_is_none_where_one_of_them_lacks_a_figure(figure_table: MakeBook):
    numbers = figure_table(gdp={"2020": {LIWAN: 4.0, YUEXIU: 100.0}, "2023": {LIWAN: 6.0}})
    found = change(numbers, "gdp", "2023", [LIWAN, YUEXIU])
    assert (found.absolute, found.reason, found.missing) == (None, "no figure", ("2023",))
    assert change(numbers, "gdp", "2023", []).reason == "no figure"


def test_change_in_the_first_period_is_none(figure_table: MakeBook):
    found = change(figure_table(gdp={"2020": {LIWAN: 1.0}, "2023": {LIWAN: 1.0}}), "gdp", "2020", [LIWAN])
    assert (found.since, found.absolute, found.relative, found.reason) == ("", None, None, "first period")


def test_change_without_an_earlier_figure_of_the_same_districts_is_none(figure_table: MakeBook):
    numbers = figure_table(gdp={"2020": {LIWAN: 1.0}, "2023": {YUEXIU: 1.0}})
    assert change(numbers, "gdp", "2023", [YUEXIU]).missing == ("2020",)
    assert change(numbers, "gdp", "2023", [LIWAN]).missing == ("2023",)
    assert change(numbers, "gdp", "2023", [HAIZHU]).missing == ("2020", "2023")


@pytest.mark.parametrize(
    ("earlier", "now"),
    [
        ("2022", "2023H1"),
        ("2023", UNDATED),
        ("2023Q1", "2023Q1-Q3"),
        ("2023M05", "2024M01-M05"),
        ("2023M01-M05", "2024"),
    ],
)
def test_change_never_compares_periods_of_unlike_length(earlier: str, now: str, figure_table: MakeBook):
    assert change(figure_table(gdp={earlier: {LIWAN: 1.0}, now: {LIWAN: 2.0}}), "gdp", now, [LIWAN]).absolute is None


def test_change_compares_the_same_half_of_two_years(figure_table: MakeBook):
    numbers = figure_table(gdp={"2022H1": {LIWAN: 1.0}, "2022": {LIWAN: 9.0}, "2023H1": {LIWAN: 3.0}})
    assert change(numbers, "gdp", "2023H1", [LIWAN]).absolute == 2.0


def test_change_across_a_break_for_all_is_none_and_names_the_break(figure_table: MakeBook, metric: MakeMetric):
    gap = Break("2020", REASON)
    numbers = figure_table(metric("gdp", breaks=(gap,)), gdp={"2020": {LIWAN: 1.0}, "2023": {LIWAN: 2.0}})
    found = change(numbers, "gdp", "2023", [LIWAN])
    assert (found.since, found.absolute, found.reason, found.broken_by) == ("2020", None, "break", gap)


def test_halves_of_a_year_lie_on_the_same_side_of_a_break_as_the_year(figure_table: MakeBook, metric: MakeMetric):
    entry = metric("gdp", breaks=(Break("2020", REASON),))
    numbers = figure_table(entry, gdp={half: {LIWAN: 1.0} for half in ("2019H1", "2020H1", "2021H1")})
    found = [change(numbers, "gdp", period, [LIWAN]).reason for period in ("2020H1", "2021H1")]
    assert found == ["", "break"]


@pytest.mark.parametrize("after", ["2019", "2023"])
def test_change_on_one_side_of_a_break_is_shown(after: str, figure_table: MakeBook, metric: MakeMetric):
    numbers = figure_table(
        metric("gdp", breaks=(Break(after, REASON),)), gdp={"2020": {LIWAN: 1.0}, "2023": {LIWAN: 2.0}}
    )
    assert change(numbers, "gdp", "2023", [LIWAN]).absolute == 1.0


@pytest.mark.parametrize(
    ("districts", "reason"),
    [
        ([LIWAN], "break"),
        ([LIWAN, HAIZHU], "break"),
        ([LIWAN, YUEXIU], ""),  # the border between the two lies inside
        ([LIWAN, YUEXIU, HAIZHU], ""),
        ([HAIZHU], ""),  # not concerned
    ],
)
def test_change_across_a_break_of_some_districts_needs_them_all_together(
    districts: list[str], reason: str, figure_table: MakeBook, metric: MakeMetric
):
    border = Break("2010", REASON, frozenset({LIWAN, YUEXIU}))
    column = {LIWAN: 1.0, YUEXIU: 2.0, HAIZHU: 3.0}
    numbers = figure_table(metric("people", breaks=(border,)), people={"2010": column, "2020": column})
    found = change(numbers, "people", "2020", districts)
    assert found.reason == reason
    assert (found.absolute == 0) == (reason == "")


def test_change_of_a_published_rate_is_in_percentage_points_only(figure_table: MakeBook, metric: MakeMetric):
    numbers = figure_table(metric("growth", "published"), growth={"2022": {LIWAN: 4.0}, "2023": {LIWAN: 3.0}})
    found = change(numbers, "growth", "2023", [LIWAN])
    assert (found.absolute, found.relative) == (-1.0, None)


def test_change_of_several_published_rates_is_none(figure_table: MakeBook, metric: MakeMetric):
    column = {LIWAN: 4.0, YUEXIU: 5.0}
    numbers = figure_table(metric("growth", "published"), growth={"2022": column, "2023": column})
    assert change(numbers, "growth", "2023", [LIWAN, YUEXIU]).absolute is None


def test_change_of_a_rate_is_that_of_its_summed_parts(figure_table: MakeBook, metric: MakeMetric):
    rate = metric("per_head", "rate", numerator="gdp", denominator="people")
    people = {LIWAN: 10.0, YUEXIU: 90.0}
    numbers = figure_table(
        rate,
        metric("gdp"),
        metric("people"),
        gdp={"2022": {LIWAN: 100.0, YUEXIU: 100.0}, "2023": {LIWAN: 100.0, YUEXIU: 200.0}},
        people={"2022": people, "2023": people},
        per_head={"2022": {LIWAN: 10.0, YUEXIU: 1.1}, "2023": {LIWAN: 10.0, YUEXIU: 2.2}},
    )
    found = change(numbers, "per_head", "2023", [LIWAN, YUEXIU])
    assert (found.absolute, found.relative) == (1.0, 0.5)  # from 200 / 100 to 300 / 100


def test_change_from_zero_has_no_relative_part(figure_table: MakeBook):
    found = change(figure_table(gdp={"2022": {LIWAN: 0.0}, "2023": {LIWAN: 3.0}}), "gdp", "2023", [LIWAN])
    assert (found.absolute, found.relative) == (3.0, None)


# ---- one pair of periods for all districts


@pytest.fixture
def uneven(figure_table: MakeBook) -> FigureTable:
    """Return GDP whose newest earlier figure is of another year in each district: 2020 is the year that most can be compared with."""
    return figure_table(
        gdp={
            "2019": {LIWAN: 50.0},
            "2020": {LIWAN: 100.0, YUEXIU: 100.0, CITY: 500.0},
            "2022": {HAIZHU: 100.0, LIWAN: 124.0},
            "2023": {LIWAN: 130.0, YUEXIU: 110.0, HAIZHU: 101.0, CITY: 600.0},
        }
    )


def test_the_usual_start_is_the_same_for_all_districts(uneven: FigureTable):
    assert [comparable(uneven, "gdp", since, "2023") for since in ("2019", "2020", "2022")] == [1, 2, 2]
    assert default_start(uneven, "gdp", "2023") == "2020"  # two districts, as for 2022, and the city
    assert {change(uneven, "gdp", "2023", [code]).since for code in (LIWAN, YUEXIU, HAIZHU)} == {"2020"}


def test_the_usual_start_is_the_newest_of_equals(figure_table: MakeBook):
    column = {LIWAN: 1.0, YUEXIU: 1.0}
    numbers = figure_table(gdp={"2019": column, "2020": column, "2022": {LIWAN: 1.0}, "2023": column})
    assert default_start(numbers, "gdp", "2023") == "2020"


def test_a_start_that_is_chosen_is_taken_and_no_other(uneven: FigureTable):
    found = change(uneven, "gdp", "2023", [LIWAN], "2020")
    assert (found.old, found.new, found.relative) == (100.0, 130.0, pytest.approx(0.3))
    assert change(uneven, "gdp", "2023", [HAIZHU], "2020").missing == ("2020",)  # though it has 2022


def test_where_nothing_compares_the_usual_start_has_most_figures(figure_table: MakeBook, metric: MakeMetric):
    parted = metric("gdp", breaks=(Break("2021", REASON),))
    numbers = figure_table(parted, gdp={"2020": {LIWAN: 1.0}, "2021": {YUEXIU: 1.0}, "2023": {LIWAN: 2.0}})
    assert default_start(numbers, "gdp", "2023") == "2020"
    assert change(numbers, "gdp", "2023", [LIWAN]).reason == "break"


def test_where_no_district_compares_the_usual_start_is_the_citys_or_newest(figure_table: MakeBook):
    numbers = figure_table(gdp={"2019": {CITY: 1.0}, "2020": {LIWAN: 1.0}, "2021": {CITY: 2.0}})
    assert default_start(numbers, "gdp", "2021") == "2019"
    assert default_start(numbers, "gdp", "2020") == "2019"
    assert default_start(numbers, "gdp", "2019") == ""


def test_a_change_may_start_in_any_earlier_period_of_the_same_length(figure_table: MakeBook):
    column = {LIWAN: 1.0}
    numbers = figure_table(gdp=dict.fromkeys(("2020", "2021H1", "2021", "2022H1", "2022", UNDATED), column))
    assert starts(numbers, "gdp", "2022") == ("2020", "2021")
    assert starts(numbers, "gdp", "2022H1") == ("2021H1",)
    months = figure_table(gdp=dict.fromkeys(("2023", "2023M04", "2023M05", "2023M01-M05", "2024M05", "2024"), column))
    assert starts(months, "gdp", "2024M05") == ("2023M05",)
    assert starts(months, "gdp", "2024") == ("2023",)
    assert starts(numbers, "gdp", UNDATED) == ()


# ---- changes as figures


def test_changes_are_a_book_of_pairs_of_periods_computed_once(uneven: FigureTable):
    found = changes(uneven, "gdp")
    assert changes(uneven, "gdp") is found
    assert pair("2020", "2023") == "2020/2023"
    assert found.periods("gdp") == ("2019/2020", "2019/2022", "2019/2023", "2020/2022", "2020/2023", "2022/2023")
    column = {code: round(figure.value, 9) for code, figure in found.column("gdp", "2020/2023").items()}
    assert column == {LIWAN: 30.0, YUEXIU: 10.0, CITY: 20.0}
    assert measures.ranks(found, "gdp", "2020/2023") == {LIWAN: 1, YUEXIU: 2}
    # by hand: 100, 148, 160 of 50; 24, 30, 10 of 100; 1 of 100, 6 of 124
    assert sorted(round(value) for value in found.all_values("gdp", "2020/2023")) == [1, 5, 10, 24, 30, 100, 148, 160]


def test_a_district_without_both_figures_has_a_reason_in_both_languages(uneven: FigureTable):
    found = changes(uneven, "gdp")
    assert found.gap("gdp", "2020/2023", HAIZHU) == {"en": "no data for 2020", "zh": "2020 年无数据"}
    assert found.gap("gdp", "2020/2022", ADCODES[5])["en"] == "no data for 2020, 2022"
    assert found.gap("gdp", "2020/2023", LIWAN) == {}


def test_a_break_leaves_no_figure_and_is_the_reason(figure_table: MakeBook, metric: MakeMetric):
    entry = metric("gdp", breaks=(Break("2020", REASON),))
    found = changes(figure_table(entry, gdp={"2020": {LIWAN: 1.0}, "2023": {LIWAN: 2.0}}), "gdp")
    assert found.column("gdp", "2020/2023") == {}
    assert found.gap("gdp", "2020/2023", LIWAN) == REASON


def test_a_change_from_nothing_or_less_is_no_share_of_it(figure_table: MakeBook):
    numbers = figure_table(gdp={"2020": {LIWAN: 0.0, YUEXIU: -2.0}, "2023": {LIWAN: 3.0, YUEXIU: 4.0}})
    found = changes(numbers, "gdp")
    assert found.column("gdp", "2020/2023") == {}
    assert found.gap("gdp", "2020/2023", YUEXIU)["en"] == "earlier figure is not above zero"


def test_published_rates_change_in_percentage_points(figure_table: MakeBook, metric: MakeMetric):
    entry = metric("growth", "published", unit="%")
    found = changes(figure_table(entry, growth={"2022": {LIWAN: 4.0}, "2023": {LIWAN: 3.0}}), "growth")
    assert found.column("growth", "2022/2023")[LIWAN].value == -1.0
    assert found.metrics["growth"].show["en"].unit == "percentage points"
    assert found.metrics["growth"].name["en"] == "growth in en, change"


def test_changes_of_money_say_that_they_are_nominal(figure_table: MakeBook, metric: MakeMetric):
    found = changes(figure_table(metric("gdp", unit="亿元"), gdp={"2023": {LIWAN: 1.0}}), "gdp").metrics["gdp"]
    assert found.name == {"en": "gdp in en, nominal change", "zh": "gdp in zh名义变化"}
    assert "not real growth" in found.definition["en"]
    assert (found.kind, found.unit) == ("change", "%")


def test_a_change_has_the_sources_of_both_ends_and_the_weaker_quality():
    ends = {
        ("gdp", "2020"): {LIWAN: Figure(1.0, ("a", "b"), "verified", "seen")},
        ("gdp", "2023"): {LIWAN: Figure(2.0, ("b", "c"), "secondary")},
    }
    figure = changes(FigureTable({"gdp": _METRIC}, ends), "gdp").column("gdp", "2020/2023")[LIWAN]
    assert (figure.source_ids, figure.quality, figure.note) == (("a", "b", "c"), "secondary", "seen")


@pytest.mark.parametrize(
    ("found", "words"),
    [
        (Change(reason="first period"), "no earlier period"),
        (Change("2020", reason="same denominator"), "same residents used for both years"),
        (Change("2020", reason="does not add up"), "published rates do not add up"),
        (Change("2020", reason="break", broken_by=Break("2020", REASON)), "other base"),
    ],
)
def test_every_reason_has_words(found: Change, words: str):
    assert incomparable_reason(found, "en") == words
    assert incomparable_reason(found, "zh") != words


# ---- the shipped figures


def test_haizhu_led_from_2020_to_2023_among_the_districts_that_have_both(shipped):
    numbers = measures.figures(loading.load(shipped))
    found = changes(numbers, "gdp")
    column, ranks = found.column("gdp", "2020/2023"), measures.ranks(found, "gdp", "2020/2023")
    assert round(column[HAIZHU].value, 1) == 30.3
    assert ranks[HAIZHU] == 1
    assert set(ranks) == {LIWAN, YUEXIU, HAIZHU, "440106", "440112", "440113"}
    assert {change(numbers, "gdp", "2023", [code]).since for code in ADCODES} == {"2020"}, "one pair for all"
    assert found.gap("gdp", "2020/2023", "440111")["en"] == "no data for 2020", "Baiyun has no figure to lead with"


def test_nothing_is_compared_with_gdp_before_its_base_was_revised(shipped):
    found = changes(measures.figures(loading.load(shipped)), "gdp")
    assert found.column("gdp", "2023/2024") == {}
    assert "published growth rates" in found.gap("gdp", "2023/2024", HAIZHU)["en"]


def test_the_city_is_compared_by_published_figures_or_by_all_districts(figure_table):
    part, full = {LIWAN: 10.0}, dict.fromkeys(ADCODES, 10.0)
    numbers = figure_table(
        published={"2020": part | {CITY: 100.0}, "2021": {LIWAN: 20.0, CITY: 150.0}},
        once={"2020": full, "2021": dict.fromkeys(ADCODES, 11.0) | {CITY: 200.0}},
        gaps={"2020": part, "2021": {LIWAN: 20.0}},
    )
    assert city_change(numbers, "published", "2021").relative == pytest.approx(0.5)
    assert city_change(numbers, "once", "2021").relative == pytest.approx(0.1), "one basis for both ends"
    assert city_change(numbers, "gaps", "2021") == Change("2020", reason="no figure", missing=("2020", "2021"))


# ---- the city, and what is said of it


def test_the_city_lacks_only_the_periods_without_a_figure_of_its_own(figure_table: MakeBook):
    numbers = figure_table(gdp={"2020": {LIWAN: 1.0}, "2021": {LIWAN: 2.0, CITY: 9.0}})
    found = city_change(numbers, "gdp", "2021", "2020")
    assert (found.missing, incomparable_reason(found, "en", 11), incomparable_reason(found, "zh", 11)) == (
        ("2020",), "no city figure for 2020", "2020 年无全市数据",
    )  # fmt: skip


def test_a_published_figure_is_not_compared_with_a_sum_of_districts(figure_table: MakeBook):
    numbers = figure_table(gdp={"2020": dict.fromkeys(ADCODES, 1.0), "2021": {LIWAN: 2.0, CITY: 12.0}})
    found = city_change(numbers, "gdp", "2021", "2020")
    assert (found.absolute, found.missing, found.reason) == (None, (), "two kinds")
    assert incomparable_reason(found, "en", 11).startswith("published figure in one period")


def test_of_several_districts_not_all_have_a_period(figure_table: MakeBook):
    numbers = figure_table(gdp={"2020": {LIWAN: 1.0, YUEXIU: 1.0}, "2021": {LIWAN: 2.0}})
    found = change(numbers, "gdp", "2021", [LIWAN, YUEXIU])
    assert incomparable_reason(found, "en", 2) == "2021 data does not cover all 2 districts"
    assert incomparable_reason(found, "zh", 2) == "2021 年数据未覆盖全部 2 个区"


def test_percentage_points_are_written_with_one_spacing(figure_table: MakeBook, metric: MakeMetric):
    points = changes(figure_table(metric("rate", "published", unit="%"), rate={"2020": {LIWAN: 5.0}}), "rate").metrics[
        "rate"
    ]
    assert [wording.amount(-2.5, points, language) for language in ("en", "zh")] == [
        "−2.5 percentage points", "−2.5 个百分点",
    ]  # fmt: skip
