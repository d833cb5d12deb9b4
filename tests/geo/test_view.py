"""The view to the query string and back; what is not understood is dropped with a notice and never raises."""

from collections.abc import Callable

import pytest

from geo.book import Book
from geo.schema import ADCODES, CITY
from geo.view import PARAMETERS, View, parse, to_query, version_asked

LIWAN, YUEXIU = ADCODES[:2]


@pytest.fixture
def figures(book: Callable[..., Book], metric: Callable) -> Book:
    """Return a book of three metrics: GDP best covered in 2020, people of 2010 and 2020, trade of the city only."""
    return book(
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
def test_a_view_survives_the_trip_through_the_address(view: View, figures: Book):
    assert parse(to_query(view), figures, v=view.v) == (view, ())


@pytest.mark.parametrize(
    ("text", "number"),
    [("12", 12), ("0012", 12), ("", None), ("0", None), ("-1", None), ("１２", None), ("9" * 10, None)],
)
def test_the_version_asked_for_is_a_plain_number(text: str, number: int | None):
    assert version_asked({"v": text}) == number


def test_a_version_that_cannot_be_opened_is_dropped_with_a_notice(figures: Book):
    view, dropped = parse({"v": "7"}, figures, v=None)
    assert view.v is None
    assert [(notice.parameter, notice.value) for notice in dropped] == [("v", "7")]


def test_the_address_is_readable_and_leaves_out_what_is_empty():
    view = View("people", "2020", "manual", 4, breaks=(100.0, 200.5), sel=LIWAN)
    assert to_query(view) == {
        "metric": "people", "period": "2020", "tier": "all", "scheme": "manual", "k": "4", "breaks": "100,200.5",
        "palette": "blues", "sel": LIWAN, "lang": "en",
    }  # fmt: skip
    assert list(to_query(VIEWS[1])) == [name for name in PARAMETERS if name not in ("breaks", "v")]


def test_without_parameters_the_first_metric_opens_in_its_best_covered_period(figures: Book):
    assert parse({}, figures) == (View("gdp", "2020", "quantile", 5), ())
    assert parse({}, figures, "zh")[0].lang == "zh"


def test_a_metric_alone_brings_its_own_classes_and_keeps_a_period_it_has(figures: Book):
    assert parse({"metric": "people"}, figures)[0] == View("people", "2020", "natural_breaks", 4)
    assert parse({"metric": "trade"}, figures)[0].period == "2022"


def test_another_metric_loses_manual_limits_and_keeps_the_rest(figures: Book):
    view = View("gdp", "2023", "manual", 3, tier="second", breaks=(1.0,), palette="teal", sel=LIWAN, lang="zh")
    expected = View("people", "2020", "natural_breaks", 4, tier="second", palette="teal", sel=LIWAN, lang="zh")
    assert view.with_metric("people", figures) == expected


def test_unknown_parameters_belong_to_somebody_else(figures: Book):
    assert parse({"utm_source": "mail", "embed": "true"}, figures) == (View.default(figures), ())


BAD = ["", "GDP", "0", "-1", "None", "nan", "<script>", "'; --", "二〇二三", "\u202e\U0001f600\x00", "1" * 5000, "０"]


@pytest.mark.parametrize("parameter", [name for name in PARAMETERS if name != "breaks"])
@pytest.mark.parametrize("value", BAD)
def test_a_bad_value_is_dropped_with_a_notice_and_falls_back(parameter: str, value: str, figures: Book):
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
def test_bad_limits_are_dropped_as_a_whole_and_the_scheme_with_them(text: str, figures: Book):
    view, dropped = parse({"metric": "people", "scheme": "manual", "breaks": text}, figures)
    assert (view.scheme, view.breaks) == ("natural_breaks", ())
    assert [notice.parameter for notice in dropped] == ["breaks", "scheme"]
    assert (dropped[0].value, dropped[0].expected) == (text, "at most 6 numbers separated by commas")


def test_manual_without_limits_falls_back_with_a_notice(figures: Book):
    view, dropped = parse({"scheme": "manual"}, figures)
    assert view == View.default(figures)
    assert [notice.parameter for notice in dropped] == ["scheme"]


def test_limits_are_sorted_and_freed_of_repetitions(figures: Book):
    view, dropped = parse({"scheme": "manual", "breaks": " 20,3,20.0"}, figures)
    assert (view.breaks, dropped) == ((3.0, 20.0), ())


def test_each_bad_value_gets_its_own_notice_and_good_ones_stay(figures: Book):
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


def test_a_notice_says_what_would_be_understood(figures: Book):
    (notice,) = parse({"period": "1999"}, figures)[1]
    assert notice.expected == "2020, 2023"
