"""The names everything relies on, and how a problem reads."""

import pytest

from geo.schema import ADCODES, CITY, Break, Problem


def test_a_problem_names_file_row_field_value_and_expectation():
    problem = Problem("gdp.csv", 7, "value", "12a", "a number")
    assert str(problem) == "gdp.csv, row 7, field 'value': found '12a', expected a number"


def test_a_problem_of_a_whole_file_has_no_row_or_field():
    assert str(Problem("gdp.csv", None, "", "", "the file")) == "gdp.csv: expected the file"


def test_a_problem_shows_control_characters_of_a_value_escaped():
    assert "\n" not in str(Problem("gdp.csv", 7, "value", "1\n2", "a number"))


def test_the_eleven_districts_are_codes_of_the_city_in_order():
    assert len(set(ADCODES)) == 11
    assert list(ADCODES) == sorted(ADCODES)
    assert all(len(code) == 6 and code.startswith(CITY[:4]) and code != CITY for code in ADCODES)


@pytest.mark.parametrize(
    ("after", "period", "behind"),
    [
        ("2020", "2020", True),
        ("2020", "2020H1", True),
        ("2020", "2020M12", True),
        ("2020", "2021M01", False),
        ("2020H1", "2020M05", True),  # a month of the half year
        ("2020H1", "2020M07", False),
        ("2020M05", "2020M01-M05", True),
        ("2020M05", "2020", False),
        ("2020", "undated", False),
    ],
)
def test_a_period_that_ends_with_a_break_or_before_lies_behind_it(after: str, period: str, behind: bool):
    assert Break(after, {}).is_behind(period) is behind
