"""What comparing a file brings to light. Districts of 10 each sum to 110."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime, tzinfo

import pandas as pd
import pytest

from geo.changes import checks, plausible
from geo.changes.merge import as_stored, merge
from geo.fields import COLUMNS
from geo.schema import ADCODES, CITY, Atlas, Slide
from geo.uploads.messages import describe
from geo.uploads.model import ColumnUse, Finding, Severity, Upload, empty_table

LIWAN, YUEXIU, HAIZHU = ADCODES[:3]
ALL = [(code, "people", "2023", 10.0) for code in ADCODES]
VALUE = ColumnUse(4, "数值", "数值", "value", "name")
SOURCE = ColumnUse(5, "来源", "来源", "source", "name")


class May2024(datetime):
    """A clock that stands still."""

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> "May2024":
        """Return a day of May 2024."""
        return cls(2024, 5, 20, tzinfo=tz)


@pytest.fixture
def now(atlas: Atlas, metric: Callable) -> Callable[..., Atlas]:
    """Return a maker of atlases from figures (adcode, metric, period, value)."""

    def make(*rows: tuple) -> Atlas:
        table = pd.DataFrame([(*row, "s", "verified", "") for row in rows], columns=list(COLUMNS["indicators.csv"]))
        metrics = [metric("people", tolerance=0.01), metric("sales"), metric("growth", "published", unit="%")]
        parts = {"numerator": "people", "denominator": "sales"}
        metrics.append(metric("density", "rate", **parts))
        return replace(atlas, indicators=table.astype({"value": float}), metrics={m.id: m for m in metrics})

    return make


def find(upload: Upload, before: Atlas, mode: str = "update", sources: Iterable[str] = ("s",)) -> list[Finding]:
    """Return what the checks say, after making sure that each finding has words for all it says."""
    merged = merge(before.indicators.astype(str), as_stored(upload.table, upload.kind), "indicators", mode)
    found = list(checks.find(upload, before, mode, lambda: merged, set(sources)))
    for finding in found:
        assert describe(finding).wrong
    return found


def codes(found: Iterable[Finding]) -> list[str]:
    return [finding.code for finding in found]


def test_a_plain_file_has_nothing_to_object_to(now, uploaded):
    assert find(uploaded(*ALL, totals=[("", "people", "2023", 110.0)]), now((LIWAN, "people", "2023", 10.0))) == []


@pytest.mark.parametrize(
    ("total", "good"), [(110.0, True), (111.0, True), (109.0, True), (112.0, False), (108.0, False)]
)
def test_a_total_may_differ_from_the_sum_by_the_tolerance_of_the_catalogue(total: float, good: bool, now, uploaded):
    found = find(uploaded(*ALL, totals=[("", "people", "2023", total)]), now())
    assert codes(found) == ([] if good else ["total_mismatch"])


def test_a_wrong_total_names_row_sum_total_and_difference(now, uploaded):
    (found,) = find(uploaded(*ALL, columns=(VALUE,), totals=[("", "people", "2023", 120.0)]), now())
    assert (found.severity, found.rows, found.column, found.heading, found.value) == (
        Severity.ERROR,
        (13,),
        4,
        "数值",
        "120",
    )
    assert (
        describe(found).wrong == "The eleven districts add up to 110, but the total row is 120 (people, u, 2023): -10."
    )


def test_a_metric_without_a_tolerance_has_to_sum_exactly(now, uploaded):
    rows = [(code, "sales", "2023", 0.1) for code in ADCODES]
    assert codes(find(uploaded(*rows, totals=[("", "sales", "2023", 1.1)]), now())) == []
    assert codes(find(uploaded(*rows, totals=[("", "sales", "2023", 1.1001)]), now())) == ["total_mismatch"]


def test_a_total_of_some_districts_is_wrong_only_where_they_exceed_it(now, uploaded):
    (found,) = find(uploaded(*ALL[:3], totals=[("", "people", "2023", 110.0)]), now())
    assert (found.code, found.severity, found.rows) == ("total_unchecked", Severity.NOTE, (5,))
    (found,) = find(uploaded(*ALL[:3], totals=[("", "people", "2023", 20.0)]), now())
    assert (found.code, found.severity, found.params["found"], found.params["sum"]) == (
        "total_exceeded",
        Severity.ERROR,
        3,
        "30",
    )


def test_rates_have_no_sum_and_their_total_row_is_not_lost_in_silence(now, uploaded):
    rows = [(code, "growth", "2023", 5.0) for code in ADCODES]
    (found,) = find(uploaded(*rows, totals=[("", "growth", "2023", 5.0)]), now())
    assert (found.code, found.severity) == ("total_of_rates", Severity.WARNING)


def test_many_wrong_totals_are_counted_after_the_first_hundred(now, uploaded):
    rows = [(LIWAN, "people", str(year), 10.0) for year in range(1900, 2010)]
    found = find(uploaded(*rows, totals=[("", "people", str(year), 1.0) for year in range(1900, 2010)]), now())
    assert codes(found) == ["total_exceeded"] * 100 + ["more_values"]
    assert (len(found[-1].rows), found[-1].params["count"]) == (10, 10)


@pytest.mark.parametrize(
    ("mode", "expected"), [("update", ["city_mismatch"]), ("replace_period", ["coverage_shrinks"])]
)
def test_the_city_now_shown_is_compared_unless_the_file_replaces_it(mode: str, expected: list[str], now, uploaded):
    before = now((CITY, "people", "2023", 150.0), *((code, "people", "2023", 10.0) for code in ADCODES))
    assert codes(find(uploaded(*ALL), before, mode)) == expected


def test_the_city_in_the_file_is_compared_first(now, uploaded):
    before = now((CITY, "people", "2023", 110.0))
    (found,) = find(uploaded((CITY, "people", "2023", 150.0), *ALL), before)
    assert (found.code, found.severity, found.rows, found.value) == ("city_mismatch", Severity.WARNING, (2,), "150")
    assert found.params["difference"] == "-40"


@pytest.mark.parametrize(
    ("value", "code"),
    [
        (1000.0, "tenfold"),
        (2000.0, "tenfold"),
        (500.0, "tenfold"),
        (499.0, None),
        (2001.0, "hundredfold"),
        (1e5, "hundredfold"),
        (1.0, "hundredth"),
        (10.0, "tenth"),
        (1e6, "ten_thousandfold"),
        (0.01, "ten_thousandth"),
        (1e10, "hundred_millionfold"),
        (1e-6, "hundred_millionth"),
        (0.0, None),
    ],
)
def test_a_value_of_another_order_than_the_current_one_is_suspicious(value: float, code: str | None, now, uploaded):
    found = find(uploaded((LIWAN, "people", "2023", value)), now((LIWAN, "people", "2023", 100.0)))
    assert codes(found) == ([code] if code else [])


def test_a_column_in_the_wrong_unit_is_one_finding_with_all_its_rows(now, uploaded):
    before = now(*((code, "people", "2023", 10.0) for code in ADCODES))
    upload = uploaded(*((code, "people", "2023", 1e5) for code in ADCODES), columns=(VALUE,))
    (found,) = find(upload, before)
    assert (found.code, found.severity, found.rows) == ("ten_thousandfold", Severity.WARNING, tuple(range(2, 13)))
    assert (found.column, found.heading, found.value) == (4, "数值", "")
    assert (found.params["count"], found.params["example"], found.params["reference"]) == (11, "100000", "10")


@pytest.mark.parametrize(
    ("period", "code"),
    [
        ("2022", "tenfold"),  # 2021 is nearest
        ("2021", None),  # the figure of the same key
        ("2010", None),  # nothing earlier: 2011 has 1000
        ("2022H1", None),  # a half year is no year
        ("undated", None),
    ],
)
def test_a_new_period_is_compared_with_the_nearest_one_of_its_length(period: str, code: str | None, now, uploaded):
    before = now((LIWAN, "people", "2011", 1000.0), (LIWAN, "people", "2020", 1000.0), (LIWAN, "people", "2021", 100.0))
    value = 100.0 if period == "2021" else 1000.0
    before.indicators.loc[3] = (YUEXIU, "people", "2022", 1.0, "s", "verified", "")
    assert codes(find(uploaded((LIWAN, "people", period, value)), before)) == ([code] if code else [])


def test_later_periods_serve_where_there_is_no_earlier_one(now, uploaded):
    before = now((LIWAN, "people", "1990", 10.0), (YUEXIU, "people", "2011", 100.0))
    upload = uploaded((LIWAN, "people", "1990", 10.0), (YUEXIU, "people", "2000", 10.0))
    (found,) = find(upload, before)
    assert (found.code, found.rows) == ("tenth", (3,))
    assert (found.params["example"], found.params["reference"]) == ("10 (2000)", "100 (2011)"), "not of one year"
    assert codes(find(uploaded((LIWAN, "people", "2000", 10.0)), now((LIWAN, "people", "2011", 100.0)))) == ["tenth"]


def test_rates_may_grow_tenfold(now, uploaded):
    assert find(uploaded((LIWAN, "growth", "2023", 8.0)), now((LIWAN, "growth", "2022", 0.8))) == []


BEFORE = (
    (LIWAN, "people", "2022", 10.0),
    (LIWAN, "people", "2023", 10.0),
    (YUEXIU, "people", "2023", 10.0),
    (LIWAN, "sales", "2022", 10.0),
)


def test_replacing_everything_tells_what_would_vanish(now, uploaded):
    found = find(uploaded((LIWAN, "people", "2023", 10.0)), now(*BEFORE), "replace_all")
    told = {finding.code: (finding.severity, finding.params.get("periods")) for finding in found}
    assert told == {
        "period_vanishes": (Severity.WARNING, "2022"),
        "coverage_shrinks": (Severity.WARNING, "2023 (2 → 1)"),
        "metric_vanishes": (Severity.WARNING, None),
    }


def test_replacing_a_period_tells_only_of_that_period(now, uploaded):
    (found,) = find(uploaded((LIWAN, "people", "2023", 10.0)), now(*BEFORE), "replace_period")
    assert (found.code, found.params["periods"]) == ("coverage_shrinks", "2023 (2 → 1)")


def test_an_update_makes_nothing_vanish(now, uploaded):
    assert find(uploaded((LIWAN, "people", "2023", 10.0)), now(*BEFORE)) == []


def test_many_vanishing_periods_are_named_by_the_first_few(now, uploaded):
    before = now((LIWAN, "people", "2023", 10.0), *((LIWAN, "people", str(year), 10.0) for year in range(1950, 1970)))
    (found,) = find(uploaded((LIWAN, "people", "2023", 10.0)), before, "replace_all")
    assert found.params["periods"] == ", ".join(str(year) for year in range(1950, 1962)) + ", …"


def test_rows_without_a_source_or_with_an_unknown_one_are_errors(now, uploaded):
    upload = uploaded(
        (LIWAN, "people", "2023", 10.0, ""), (YUEXIU, "people", "2023", 10.0, "x"), (HAIZHU, "people", "2023", 10.0, ""),
        columns=(VALUE, SOURCE),
    )  # fmt: skip
    found = {finding.code: finding for finding in find(upload, now())}
    assert set(found) == {"no_source", "unknown_source"}
    assert (found["no_source"].rows, found["no_source"].severity, found["no_source"].column) == (
        (2, 4),
        Severity.ERROR,
        5,
    )
    assert (found["unknown_source"].rows, found["unknown_source"].value, found["unknown_source"].heading) == (
        (3,),
        "x",
        "来源",
    )


def test_a_row_that_keeps_its_figure_keeps_its_source(now, uploaded):
    assert find(uploaded((LIWAN, "people", "2023", 10.0, "")), now((LIWAN, "people", "2023", 10.0))) == []


def test_a_denominator_of_0_is_an_error_and_another_0_is_not(now, uploaded):
    (found,) = find(uploaded((LIWAN, "sales", "2023", 0.0), (LIWAN, "people", "2023", 0.0)), now())
    assert (found.code, found.severity, found.rows, found.value) == ("zero_denominator", Severity.ERROR, (2,), "0")


@pytest.mark.parametrize(
    ("values", "stored", "code"),
    [
        ((0.048, 0.045, 0.086), 4.8, "percent_as_fraction"),
        ((0.048, 0.045, 0.086), None, "percent_as_fraction"),
        ((0.048, 0.045), None, ""),
        ((0.2, 4.5, 8.6), 4.8, ""),
        ((0.2, 0.1, 0.25), 0.3, ""),
        ((104.8, 98.5, 108.6), 4.8, "percent_as_index"),
        ((104.8, 98.5, 108.6), None, "percent_as_index"),
        ((104.8, 98.5, 108.6), 110.0, ""),
        ((4.8, -1.5, 8.6), 5.0, ""),
    ],
)
def test_growth_as_a_fraction_or_an_index_is_suspicious(values, stored, code: str, now, uploaded):
    districts = (LIWAN, YUEXIU, HAIZHU)
    before = now(*((adcode, "growth", "2022", stored) for adcode in districts)) if stored is not None else now()
    rows = [(adcode, "growth", "2023", value) for adcode, value in zip(districts, values, strict=False)]
    found = find(uploaded(*rows), before)
    assert codes(found) == ([code] if code else [])
    assert all((one.severity, one.params["count"]) == (Severity.WARNING, len(values)) for one in found)


@pytest.mark.parametrize(("period", "code"), [("2998", "future_period"), ("2998H1", "future_period"), ("undated", "")])
def test_a_year_to_come_is_suspicious(period: str, code: str, now, uploaded):
    found = find(uploaded((LIWAN, "people", period, 10.0), (YUEXIU, "people", period, 10.0)), now())
    assert codes(found) == ([code] if code else [])
    assert all((one.severity, one.rows, one.params["count"]) == (Severity.WARNING, (2, 3), 2) for one in found)


@pytest.mark.parametrize(
    ("period", "ahead"),
    [
        ("2024M05", False),
        ("2024M06", True),
        ("2024M01-M05", False),
        ("2024M01-M07", True),
        ("2024H1", True),
        ("2024", False),
    ],
)
def test_a_month_to_come_is_suspicious(period: str, ahead: bool, now, uploaded, monkeypatch):
    monkeypatch.setattr(plausible, "datetime", May2024)
    assert codes(find(uploaded((LIWAN, "people", period, 10.0)), now())) == ["future_period"] * ahead


@pytest.mark.parametrize(("value", "wrong"), [(1000.0, False), (1000.1, True), (-1001.0, True)])
def test_a_percentage_beyond_a_thousand_is_suspicious(value: float, wrong: bool, now, uploaded):
    found = find(uploaded((LIWAN, "growth", "2023", value)), now())
    assert [(finding.code, finding.severity) for finding in found] == [
        ("implausible_percent", Severity.WARNING)
    ] * wrong


def test_tenants_that_a_complete_list_lacks_are_named(atlas: Atlas):
    upload = Upload("tenants", "t.csv", table=empty_table("tenants"))
    (found,) = checks.find(upload, atlas, "replace_all", lambda: empty_table("tenants"), {"s"})
    assert (found.code, found.severity, found.params["count"]) == ("rows_removed", Severity.WARNING, 6)
    assert str(found.params["keys"]).startswith("a pazhou considering, a pazhou moved_in")
    assert "6 rows would be removed" in describe(found).wrong
    assert checks.find(upload, atlas, "update", lambda: empty_table("tenants"), {"s"}) == ()


def test_an_empty_file_is_compared_without_complaint(now):
    assert find(Upload("indicators", "e.csv"), now()) == []


def test_slides_missing_from_a_whole_story_are_named_and_no_source_is_asked(atlas: Atlas):
    words = {"en": "T", "zh": "题"}
    told = replace(atlas, slides=tuple(Slide(id_, words, words, words) for id_ in ("a", "b")))
    table = empty_table("slides")
    table.loc[0] = dict.fromkeys(table.columns, "") | {"slide_id": "b", "row": 2, "column": 1}
    upload = Upload("slides", "s.csv", table=table)
    (found,) = checks.find(upload, told, "replace_all", lambda: table, set())
    assert (found.code, found.severity, found.params["keys"]) == ("rows_removed", Severity.WARNING, "a")
    assert checks.find(upload, told, "update", lambda: table, set()) == ()


@pytest.mark.parametrize(
    ("value", "period", "unlike"),
    [
        (100.0, "2023", False),
        (103.0, "2023", False),
        (104.0, "2023", True),
        (15.0, "2023", True),
        (104.0, "undated", False),
    ],
)
def test_a_dated_value_unlike_the_one_without_a_date_is_asked_about(value, period, unlike, now, uploaded):
    upload = uploaded((LIWAN, "people", period, value), (YUEXIU, "people", period, value))
    found = [one for one in find(upload, now((LIWAN, "people", "undated", 100.0))) if one.code == "unlike_undated"]
    assert [(one.rows, one.params["reference"]) for one in found] == ([((2,), "100")] if unlike else [])
