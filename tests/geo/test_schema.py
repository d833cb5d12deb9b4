"""The names everything relies on, and how a problem reads."""

from geo.schema import ADCODES, CITY, Problem


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
