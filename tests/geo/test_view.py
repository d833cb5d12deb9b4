"""The view to the query string and back; what is not understood is dropped with a notice and never raises."""

from collections.abc import Callable

import pytest

from geo.figures.table import FigureTable
from geo.schema import ADCODES, CITY
from geo.view import PARAMETERS, Asked, View, asked_of, parse, to_query, version_asked

LIWAN, YUEXIU = ADCODES[:2]


@pytest.fixture
def figures(figure_table: Callable[..., FigureTable], metric: Callable) -> FigureTable:
    """Return a book of three metrics: GDP best covered in 2020, people of 2010 and 2020, trade of the city only."""
    return figure_table(
        metric("gdp", scheme="quantile", classes=5),
        metric("people", scheme="natural_breaks", classes=4),
        metric("trade"),
        metric("nothing"),
        gdp={"2020": {LIWAN: 1.0, YUEXIU: 2.0}, "2023": {LIWAN: 3.0}},
        people={"2010": {LIWAN: 1.0}, "2020": {LIWAN: 1.0}},
        trade={"2022": {CITY: 1.0}},
    )


VIEWS = [
    View("gdp", "2020", "quantile", 5),
    View("gdp", "2023", "equal_interval", 2, tier="district", palette="cividis", sel=LIWAN, lang="zh"),
    View("people", "2010", "natural_breaks", 7, tier="headquarters", sel=YUEXIU, v=1),
    View("people", "2020", "manual", 4, breaks=(-1.5, 0.001, 100.0, 1e14)),
    View("trade", "2022", "quantile", 5, lang="zh"),
    View("nothing", "", "quantile", 5),
]


@pytest.mark.parametrize("view", VIEWS)
def test_a_view_survives_the_trip_through_the_address(view: View, figures: FigureTable):
    assert parse(to_query(view), figures, v=view.v) == (view, ())


@pytest.mark.parametrize(
    ("text", "number"),
    [("12", 12), ("0012", 12), ("", None), ("0", None), ("-1", None), ("１２", None), ("9" * 10, None)],
)
def test_the_version_asked_for_is_a_plain_number(text: str, number: int | None):
    assert version_asked({"v": text}) == number


def test_a_version_that_cannot_be_opened_is_dropped_with_a_notice(figures: FigureTable):
    view, dropped = parse({"v": "7"}, figures, v=None)
    assert view.v is None
    assert [(notice.parameter, notice.value) for notice in dropped] == [("v", "7")]


def test_the_address_is_readable_and_leaves_out_what_is_empty():
    view = View("people", "2020", "manual", 4, breaks=(100.0, 200.5), sel=LIWAN)
    assert to_query(view) == {
        "metric": "people", "period": "2020", "tier": "all", "scheme": "manual", "k": "4", "breaks": "100,200.5",
        "palette": "blues", "sel": LIWAN, "lang": "en",
    }  # fmt: skip
    assert list(to_query(VIEWS[1])) == [name for name in PARAMETERS if name not in ("breaks", "v", "since")]


def test_without_parameters_the_first_metric_opens_in_its_best_covered_period(figures: FigureTable):
    assert parse({}, figures) == (View("gdp", "2020", "quantile", 5), ())
    assert parse({}, figures, "zh")[0].lang == "zh"


def test_a_metric_alone_brings_its_own_classes_and_keeps_a_period_it_has(figures: FigureTable):
    assert parse({"metric": "people"}, figures)[0] == View("people", "2020", "natural_breaks", 4)
    assert parse({"metric": "trade"}, figures)[0].period == "2022"


def test_another_metric_loses_manual_limits_and_keeps_the_rest(figures: FigureTable):
    view = View("gdp", "2023", "manual", 3, tier="second", breaks=(1.0,), palette="teal", sel=LIWAN, lang="zh")
    expected = View("people", "2020", "natural_breaks", 4, tier="second", palette="teal", sel=LIWAN, lang="zh")
    assert view.with_metric("people", figures) == expected


def test_unknown_parameters_belong_to_somebody_else(figures: FigureTable):
    assert parse({"utm_source": "mail", "embed": "true"}, figures) == (View.default(figures), ())


BAD = ["", "GDP", "0", "-1", "None", "nan", "<script>", "'; --", "二〇二三", "\u202e\U0001f600\x00", "1" * 5000, "０"]


@pytest.mark.parametrize("parameter", [name for name in PARAMETERS if name != "breaks"])
@pytest.mark.parametrize("value", BAD)
def test_a_bad_value_is_dropped_with_a_notice_and_falls_back(parameter: str, value: str, figures: FigureTable):
    view, dropped = parse({parameter: value}, figures)
    assert view == View.default(figures)
    assert [(notice.parameter, notice.value) for notice in dropped] == [(parameter, value)]
    assert dropped[0].expected


BAD_BREAKS = [
    "nan",
    "1,nan",
    "inf",
    "-inf,1",
    "1e400",
    "1;2",
    "1,,2",
    ",",
    "abc",
    "1,2,3,4,5,6,7",
    "9" * 5000,
    "\u0000",
    "１，２",
    "1e15",
]


@pytest.mark.parametrize("text", BAD_BREAKS)
def test_bad_limits_are_dropped_as_a_whole_and_the_scheme_with_them(text: str, figures: FigureTable):
    view, dropped = parse({"metric": "people", "scheme": "manual", "breaks": text}, figures)
    assert (view.scheme, view.breaks) == ("natural_breaks", ())
    assert [notice.parameter for notice in dropped] == ["breaks", "scheme"]
    assert (dropped[0].value, dropped[0].expected) == (text, "at most 6 numbers separated by commas")


def test_manual_without_limits_falls_back_with_a_notice(figures: FigureTable):
    view, dropped = parse({"scheme": "manual"}, figures)
    assert view == View.default(figures)
    assert [notice.parameter for notice in dropped] == ["scheme"]


def test_limits_are_sorted_and_freed_of_repetitions(figures: FigureTable):
    view, dropped = parse({"scheme": "manual", "breaks": " 20,3,20.0"}, figures)
    assert (view.breaks, dropped) == ((3.0, 20.0), ())


def test_each_bad_value_gets_its_own_notice_and_good_ones_stay(figures: FigureTable):
    query = {
        "metric": "people",
        "period": "1999",
        "tier": "north",
        "k": "8",
        "sel": CITY,
        "v": "12",
        "lang": "fr",
        "palette": "teal",
    }
    view, dropped = parse(query, figures, "zh")
    assert view == View("people", "2020", "natural_breaks", 4, palette="teal", lang="zh")
    assert [notice.parameter for notice in dropped] == ["period", "tier", "k", "sel", "v", "lang"]


def test_a_notice_says_what_would_be_understood(figures: FigureTable):
    (notice,) = parse({"period": "1999"}, figures)[1]
    assert notice.expected == "2020, 2023"


# ---- changes, and periods that were asked for


@pytest.fixture
def series(figure_table: Callable[..., FigureTable], metric: Callable) -> FigureTable:
    """Return GDP of three years, people of two, and a rate of one: what is asked for is not always there."""
    return figure_table(
        metric("gdp", scheme="quantile", classes=5),
        metric("people", scheme="natural_breaks", classes=4),
        metric("rate", "published", unit="%"),
        gdp={"2020": {LIWAN: 1.0}, "2021": {LIWAN: 2.0}, "2023": {LIWAN: 4.0, YUEXIU: 1.0}},
        people={"2010": {LIWAN: 1.0}, "2020": {LIWAN: 1.5}},
        rate={"2023": {LIWAN: 5.0}},
    )


def test_a_change_survives_the_trip_through_the_address(series: FigureTable):
    view = View("gdp", "2023", "manual", 5, breaks=(-10.0, 20.0), since="2020")
    assert to_query(view)["since"] == "2020"
    assert list(to_query(view))[1:3] == ["period", "since"]
    assert parse(to_query(view), series) == (view, ())


@pytest.mark.parametrize("since", ["2023", "2024", "2022", "2020H1", ""])
def test_a_change_starts_in_an_earlier_period_that_the_metric_has(since: str, series: FigureTable):
    view, dropped = parse({"metric": "gdp", "period": "2023", "since": since}, series)
    assert view.since == ""
    assert [(notice.parameter, notice.expected) for notice in dropped] == [("since", "2020, 2021")]


def test_a_view_shows_its_figures_or_their_changes(series: FigureTable):
    plain = View("gdp", "2023", "quantile", 5)
    assert (plain.figures(series), plain.column) == (series, "2023")
    change = View("gdp", "2023", "quantile", 5, since="2020")
    assert change.figures(series).column("gdp", change.column)[LIWAN].value == 300.0
    assert YUEXIU not in change.figures(series).column("gdp", change.column)


def test_classes_of_changes_are_the_same_for_every_pair_of_periods(series: FigureTable):
    one, other = (View("gdp", "2023", "quantile", 3, since=since) for since in ("2020", "2021"))
    assert one.classes(series) == other.classes(series)
    assert one.classes(series).edges[0], one.classes(series).edges[-1] == (100.0, 300.0)
    assert one.classes(series) != View("gdp", "2023", "quantile", 3).classes(series)


def test_what_was_asked_for_comes_back_with_a_metric_that_has_it(series: FigureTable):
    asked = Asked("2023", "2021")
    away = View("gdp", "2023", "quantile", 5, since="2021").with_metric("people", series, asked)
    assert (away.period, away.since) == ("2020", "2010"), "no 2023, so the best covered; no 2021, so the usual start"
    rate = away.with_metric("rate", series, asked)
    assert (rate.period, rate.since) == ("2023", ""), "nothing to compare with: the figures themselves"
    back = rate.with_metric("gdp", series, asked)
    assert (back.period, back.since) == ("2023", "2021")


def test_a_link_without_a_period_opens_the_one_that_covers_most_districts(series: FigureTable):
    wide = series.column("gdp", "2023")
    figure_table = FigureTable(
        series.metrics, {("gdp", "2023"): wide, ("people", "2020"): wide, ("people", "2023"): {LIWAN: wide[LIWAN]}}
    )
    assert parse({}, figure_table)[0].period == "2023"
    assert parse({"metric": "people"}, figure_table)[0].period == "2020", (
        "not the period that the first metric opens with"
    )
    assert parse({"metric": "people", "period": "2023"}, figure_table)[0].period == "2023"


def test_a_period_that_only_others_have_is_understood_and_another_is_shown(series: FigureTable):
    view, dropped = parse({"metric": "people", "period": "2023"}, series)
    assert (view.period, [(drop.parameter, drop.understood) for drop in dropped]) == ("2020", [("period", True)])
    _, dropped = parse({"metric": "people", "period": "1066"}, series)
    assert [drop.understood for drop in dropped] == [False]


def test_a_start_that_only_others_have_gives_way_to_the_usual_one(series: FigureTable):
    view, dropped = parse({"metric": "gdp", "period": "2023", "since": "2010"}, series)
    assert (view.since, [drop.understood for drop in dropped]) == ("2021", [True])
    by_hand = {"scheme": "manual", "breaks": "5,10", "since": "2020"}
    view, _ = parse({"metric": "rate", "period": "2023"} | by_hand, series)
    assert (view.since, view.scheme, view.breaks) == ("", "quantile", ()), "limits of a change are none of a figure"
    view, _ = parse({"metric": "gdp", "period": "2023"} | by_hand, series)
    assert (view.since, view.breaks) == ("2020", (5.0, 10.0))


def test_limits_set_by_hand_go_with_the_unit_they_were_set_in(series: FigureTable):
    by_hand = View("gdp", "2023", "manual", 5, breaks=(2.0,))
    assert by_hand.with_periods(Asked("2020"), series).breaks == (2.0,)
    change = by_hand.with_periods(Asked("2023", "2020"), series)
    assert (change.since, change.scheme, change.breaks) == ("2020", "quantile", ())


@pytest.mark.parametrize(
    ("query", "asked"),
    [
        ({"metric": "people", "period": "2023", "since": "2021"}, Asked("2023", "2021")),
        ({"metric": "people", "period": "1066"}, Asked()),
        ({"metric": "people"}, Asked()),
        ({"metric": "gdp", "period": "2020", "since": "2020"}, Asked("2020")),
    ],
)
def test_a_link_asks_for_periods_that_its_metric_may_lack(query: dict[str, str], asked: Asked, series: FigureTable):
    view, _ = parse(query, series)
    assert asked_of(query, view, series) == asked
