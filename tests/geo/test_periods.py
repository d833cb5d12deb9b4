"""Periods in the form of the catalogue: names, order, which are alike."""

import pytest

from geo.periods import PERIOD, Months, alike, is_monthly, is_year, months, name_of, order


@pytest.mark.parametrize(
    ("period", "covers"),
    [
        ("2024", (1, 12)),
        ("2024H1", (1, 6)),
        ("2024H2", (7, 12)),
        ("2024Q3", (7, 9)),
        ("2024Q1-Q3", (1, 9)),
        ("2024M05", (5, 5)),
        ("2024M12", (12, 12)),
        ("2024M01-M11", (1, 11)),
    ],
)
def test_a_period_covers_months_and_has_their_only_name(period: str, covers: tuple[int, int]):
    assert months(period) == Months(2024, *covers)
    assert name_of("2024", *covers) == period
    assert PERIOD.fullmatch(period)


@pytest.mark.parametrize("run", [(3, 5), (2, 12), (0, 1), (1, 13), (5, 4)])
def test_other_runs_of_months_have_no_name(run: tuple[int, int]):
    assert name_of("2024", *run) == ""


@pytest.mark.parametrize(
    "name", ["2024M5", "2024M00", "2024M13", "2024M01-M03", "2024M01-M01", "2024M01-M06", "2024M01-M12", "2024M02-M05"]
)
def test_a_name_that_is_not_that_of_the_catalogue_is_no_period(name: str):
    assert PERIOD.fullmatch(name) is None


def test_every_month_and_run_of_months_from_january_has_a_name():
    runs = [(1, last) for last in range(1, 13)] + [(month, month) for month in range(1, 13)]
    assert all(PERIOD.fullmatch(name_of("2024", *run)) for run in runs)


def test_periods_go_by_their_end_then_by_length_and_undated_ones_last():
    right = [
        "",
        "2023",
        "2024M01",
        "2024M05",
        "2024M01-M05",
        "2024M06",
        "2024Q2",
        "2024H1",
        "2024Q1-Q3",
        "2024",
        "undated",
    ]
    assert sorted(right[5:] + right[:5], key=order) == right
    pairs = ["2022/2024", "2023M05/2024M05", "2023/2024"]
    assert sorted(pairs[1:] + pairs[:1], key=order) == pairs


@pytest.mark.parametrize(
    ("one", "other", "compare"),
    [
        ("2023M05", "2024M05", True),
        ("2023M01-M05", "2024M01-M05", True),
        ("2023", "2024", True),
        ("2024M01-M05", "2024", False),
        ("2023M05", "2024M01-M05", False),
        ("2023M04", "2024M05", False),
        ("2023H1", "2024H1", True),
        ("undated", "undated", False),
    ],
)
def test_only_the_same_months_of_two_years_are_alike(one: str, other: str, compare: bool):
    assert alike(one, other) is compare


def test_years_and_months_are_told_apart():
    names = ("2024", "2024H1", "2024M05", "2024M01-M05", "undated", "")
    assert [name for name in names if is_year(name)] == ["2024"]
    assert [name for name in names if is_monthly(name)] == ["2024M05", "2024M01-M05"]
