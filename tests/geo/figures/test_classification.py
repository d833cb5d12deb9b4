"""Classes on numbers one can sort by eye, and palettes that keep their order in greyscale."""

from itertools import pairwise

import numpy as np
import pytest

from geo.errors import ClassificationError
from geo.figures.classification import (
    FALLING,
    MAX_CLASSES,
    MIN_CLASSES,
    NO_DATA,
    PALETTES,
    SCHEMES,
    UNCHANGED,
    Classes,
    classify,
    classify_changes,
    ramp,
)

ONE_TO_TEN = list(range(1, 11))
AUTOMATIC = [scheme for scheme in SCHEMES if scheme != "manual"]
SIZES = range(1, MAX_CLASSES + 1)


def lightness(colour: str) -> float:
    """Return the CIE L* of #rrggbb: how light it is to the eye, and in greyscale."""
    channels = np.array([int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)])
    linear = np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)
    return 116 * np.cbrt(linear @ (0.2126, 0.7152, 0.0722)) - 16


def members(classes: Classes, values: list[float]) -> list[list[float]]:
    """Return the values of each class."""
    return [[value for value in values if classes.index(value) == i] for i in range(len(classes))]


def test_quantiles_hold_equally_many():
    classes = classify(ONE_TO_TEN, "quantile", 5, "blues")
    assert members(classes, ONE_TO_TEN) == [[1, 2], [3, 4], [5, 6], [7, 8], [9, 10]]
    assert (classes.edges[0], classes.edges[-1]) == (1, 10)


def test_equal_intervals_are_equally_wide():
    assert classify([0, 1, 2, 100], "equal_interval", 4, "blues").edges == (0, 25, 50, 75, 100)


def test_natural_breaks_fall_into_the_gaps():
    values = [50, 1, 2, 12, 4, 10, 3, 11]
    assert members(classify(values, "natural_breaks", 3, "blues"), sorted(values)) == [[1, 2, 3, 4], [10, 11, 12], [50]]


def test_manual_limits_are_taken_as_given_whatever_their_order():
    classes = classify([0, 5, 20], "manual", 5, "blues", breaks=[10, 3, 10])
    assert classes.edges == (0, 3, 10, 20)
    assert members(classes, [0, 3, 4, 10, 11]) == [[0, 3], [4, 10], [11]]


def test_manual_limits_beyond_the_data_keep_their_class():
    classes = classify([5, 6], "manual", 5, "blues", breaks=[1, 10])
    assert classes.edges == (1, 1, 10, 10)
    assert members(classes, [0, 1, 5, 10, 11]) == [[0, 1], [5, 10], [11]]


@pytest.mark.parametrize("breaks", [(), (float("nan"),), (float("inf"), float("-inf"))])
def test_manual_without_a_finite_limit_is_an_error(breaks: tuple[float, ...]):
    with pytest.raises(ClassificationError, match="at least one limit"):
        classify([1, 2], "manual", 5, "blues", breaks=breaks)


@pytest.mark.parametrize("scheme", AUTOMATIC)
def test_no_more_classes_than_distinct_values(scheme: str):
    classes = classify([3, 1, 2, 3, 1, 2], scheme, 7, "blues")
    assert len(classes) == 3
    assert [classes.index(value) for value in (1, 2, 3)] == [0, 1, 2]


@pytest.mark.parametrize("scheme", AUTOMATIC)
def test_a_single_value_makes_a_single_class(scheme: str):
    classes = classify([4, 4, 4], scheme, 5, "blues")
    assert (classes.edges, len(classes), classes.index(4)) == ((4, 4), 1, 0)


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("values", [[], [float("nan")], [float("inf")]])
def test_no_value_makes_no_class(scheme: str, values: list[float]):
    classes = classify(values, scheme, 5, "blues", breaks=[1])
    assert classes == Classes(scheme, (), ())
    assert classes.index(1.0) == NO_DATA


@pytest.mark.parametrize("scheme", AUTOMATIC)
def test_gaps_do_not_change_the_limits(scheme: str):
    holey = [float("nan"), *ONE_TO_TEN, float("nan"), float("inf")]
    assert classify(holey, scheme, 4, "blues").edges == classify(ONE_TO_TEN, scheme, 4, "blues").edges


@pytest.mark.parametrize("gap", [None, float("nan")])
def test_a_gap_belongs_to_no_class(gap: float | None):
    assert classify(ONE_TO_TEN, "quantile", 5, "blues").index(gap) == NO_DATA


def test_a_value_on_an_edge_belongs_to_the_class_below_it():
    classes = Classes("manual", (0, 10, 20, 30), ("#a", "#b", "#c"))
    assert [classes.index(value) for value in (0, 10, 10.1, 20, 20.1, 30)] == [0, 0, 1, 1, 2, 2]


def test_a_value_outside_the_edges_belongs_to_the_nearest_class():
    classes = Classes("manual", (0, 10, 20, 30), ("#a", "#b", "#c"))
    assert [classes.index(value) for value in (-5, float("-inf"), 31, float("inf"))] == [0, 0, 2, 2]


@pytest.mark.parametrize("scheme", AUTOMATIC)
@pytest.mark.parametrize("k", range(MIN_CLASSES, MAX_CLASSES + 1))
def test_edges_rise_from_smallest_to_largest_with_a_colour_for_each_class(scheme: str, k: int):
    skewed = [1, 1, 1, 1, 1, 2, 3, 500, 500, 10_000]
    classes = classify(skewed, scheme, k, "teal")
    assert all(low < high for low, high in pairwise(classes.edges[1:]))
    assert (classes.edges[0], classes.edges[-1]) == (1, 10_000)
    assert len(classes) == len(classes.edges) - 1 <= k
    assert {classes.index(value) for value in skewed} <= set(range(len(classes)))


@pytest.mark.parametrize("k", [-1, 0, MIN_CLASSES - 1, MAX_CLASSES + 1])
def test_a_number_of_classes_out_of_range_is_an_error(k: int):
    with pytest.raises(ClassificationError, match=f"{k} classes asked for; expected 2 to 7"):
        classify(ONE_TO_TEN, "quantile", k, "blues")


@pytest.mark.parametrize(("scheme", "palette", "unknown"), [("jenks", "blues", "jenks"), ("quantile", "pink", "pink")])
def test_an_unknown_scheme_or_palette_is_an_error_that_names_it(scheme: str, palette: str, unknown: str):
    with pytest.raises(ClassificationError, match=f"unknown scheme or palette: .*'{unknown}'"):
        classify(ONE_TO_TEN, scheme, 5, palette)


@pytest.mark.parametrize("palette", PALETTES)
@pytest.mark.parametrize("k", SIZES)
def test_colours_are_distinct_and_their_lightness_falls(palette: str, k: int):
    colours = ramp(palette, k)
    assert len(set(colours)) == k
    assert all(len(colour) == 7 and colour.startswith("#") for colour in colours)
    steps = [lightness(light) - lightness(dark) for light, dark in pairwise(colours)]
    assert all(step > 6 for step in steps), steps  # of 100; neighbours on a map are told apart from about 5


@pytest.mark.parametrize("palette", PALETTES)
def test_a_ramp_runs_from_end_to_end_of_its_palette(palette: str):
    assert ramp(palette, 6) == PALETTES[palette]
    assert (ramp(palette, 2)[0], ramp(palette, 2)[1]) == (PALETTES[palette][0], PALETTES[palette][-1])


def test_a_colour_means_the_same_value_in_every_period(figure_table):
    numbers = figure_table(gdp={"2020": {"440103": 0.0, "440104": 10.0}, "2023": {"440103": 10.0, "440104": 40.0}})
    locked = classify(numbers.all_values("gdp", "2023"), "equal_interval", 2, "blues")
    assert locked.edges == (0, 20, 40)
    shown = {period: locked.colours[locked.index(numbers.column("gdp", period)[code].value)]
             for period, code in (("2020", "440104"), ("2023", "440103"))}  # fmt: skip
    assert shown["2020"] == shown["2023"] == locked.colours[0]


def test_natural_breaks_of_very_many_values_are_those_of_their_quantiles():
    low, high = np.linspace(0, 1, 30_000), np.linspace(100, 101, 30_000)
    edges = classify([*low, *high], "natural_breaks", 2, "blues").edges
    assert edges[0] == 0 and edges[2] == 101
    assert 0.99 <= edges[1] < 100


# ---- changes: no class holds both falls and rises

CHANGES = [-8.0, -4.0, 2.0, 4.0, 6.0, 8.0]


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("k", range(2, 8))
@pytest.mark.parametrize("palette", PALETTES)
def test_no_class_of_changes_holds_both_falls_and_rises(palette: str, k: int, scheme: str):
    found = classify_changes([*CHANGES, 0.0], scheme, k, palette, breaks=(-5.0, 3.0))
    assert list(found.edges) == sorted(found.edges)
    assert len(found.edges) == len(found) + 1
    sides = [{np.sign(v) for v in [*CHANGES, 0.0] if found.index(v) == i} for i in range(len(found))]
    assert sorted(map(len, sides))[-1] == 1, "falls, rises and what is unchanged lie apart"
    assert len(set(found.colours)) == len(found)


def test_falls_and_rises_share_the_classes_by_how_many_there_are():
    found = classify_changes(CHANGES, "equal_interval", 3, "blues")
    assert found.edges == (-8.0, 0.0, 4.0 + 1.0, 8.0)  # one class of two falls, two of four rises: 2 to 8 in halves
    falls, rises = set(PALETTES["orange_red"]), set(PALETTES["blues"])
    assert found.colours[1] not in falls and found.colours[0] not in rises
    assert [found.index(v) for v in (-8.0, -0.001, 0.001, 5.0, 5.1)] == [0, 0, 1, 1, 2]


def test_the_further_from_zero_the_darker():
    found = classify_changes([-3.0, -2.0, -1.0, 1.0, 2.0, 3.0], "equal_interval", 6, "teal")
    light = [lightness(colour) for colour in found.colours]
    assert light[0] < light[1] < light[2] and light[3] > light[4] > light[5]
    assert abs(light[2] - light[3]) < 10, "the classes next to zero weigh alike"
    assert light[3] < lightness(PALETTES["teal"][0]) - 5, "the lightest of both hues would hardly be told apart"


@pytest.mark.parametrize("palette", sorted(set(PALETTES) - set(FALLING)))
def test_palettes_of_one_order_keep_it_through_zero(palette: str):
    found = classify_changes([*CHANGES, 0.0], "quantile", 5, palette)
    light = [lightness(colour) for colour in found.colours]
    assert light == sorted(light, reverse=True)


@pytest.mark.parametrize("values", [[1.0, 2.0, 3.0], [-3.0, -2.0, -1.0]])
def test_changes_to_one_side_only_are_classed_as_any_figures(values: list[float]):
    assert classify_changes(values, "quantile", 3, "blues").edges == classify(values, "quantile", 3, "blues").edges


@pytest.mark.parametrize(
    ("values", "edges"),
    [([0.0, 0.0], (0.0, 0.0)), ([0.0, 2.0], (0.0, 0.0, 2.0)), ([-2.0, 0.0], (-2.0, -5e-324, 0.0)), ([], ())],
)
def test_what_is_unchanged_has_a_class_of_its_own(values: list[float], edges: tuple[float, ...]):
    found = classify_changes(values, "quantile", 4, "blues")
    assert found.edges == edges
    if values:
        assert found.colours[found.index(0.0)] == UNCHANGED
