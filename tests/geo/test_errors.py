"""Messages of the domain's errors."""

import pytest

from geo.errors import ClassificationError, DataError, GeoError, MissingCRSError
from geo.schema import Problem

NO_VALUE = Problem("gdp.csv", 7, "value", "", "a number")
NO_FILE = Problem("gdp.csv", None, "", "no such file", "the file in data")


def test_data_error_lists_every_problem_on_a_line_of_its_own():
    error = DataError([NO_VALUE, NO_FILE])
    assert str(error).splitlines() == ["The data cannot be used: 2 problems.", f"  {NO_VALUE}", f"  {NO_FILE}"]
    assert error.problems == (NO_VALUE, NO_FILE)


def test_data_error_counts_a_single_problem_in_the_singular():
    assert str(DataError([NO_VALUE])).startswith("The data cannot be used: 1 problem.\n")


def test_missing_crs_error_says_what_has_none_and_which_to_set():
    assert str(MissingCRSError("the points")).startswith("the points has no coordinate reference system")
    assert "EPSG:4326" in str(MissingCRSError("the points"))


@pytest.mark.parametrize("error", [DataError, MissingCRSError, ClassificationError])
def test_every_error_of_the_domain_can_be_caught_by_its_base(error: type[Exception]):
    assert issubclass(error, GeoError)
