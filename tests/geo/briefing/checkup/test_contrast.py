"""Colour science against published values."""

import pytest

from geo.briefing.checkup import contrast
from geo.figures.classification import PALETTES, ramp

# All 34 pairs of Sharma, Wu and Dalal 2005, table 1.
SHARMA = """
50 2.6772 -79.7751 50 0 -82.7485 2.0425
50 3.1571 -77.2803 50 0 -82.7485 2.8615
50 2.8361 -74.0200 50 0 -82.7485 3.4412
50 -1.3802 -84.2814 50 0 -82.7485 1.0000
50 -1.1848 -84.8006 50 0 -82.7485 1.0000
50 -0.9009 -85.5211 50 0 -82.7485 1.0000
50 0 0 50 -1 2 2.3669
50 -1 2 50 0 0 2.3669
50 2.49 -0.0010 50 -2.49 0.0009 7.1792
50 2.49 -0.0010 50 -2.49 0.0010 7.1792
50 2.49 -0.0010 50 -2.49 0.0011 7.2195
50 2.49 -0.0010 50 -2.49 0.0012 7.2195
50 -0.0010 2.49 50 0.0009 -2.49 4.8045
50 -0.0010 2.49 50 0.0010 -2.49 4.8045
50 -0.0010 2.49 50 0.0011 -2.49 4.7461
50 2.5 0 50 0 -2.5 4.3065
50 2.5 0 73 25 -18 27.1492
50 2.5 0 61 -5 29 22.8977
50 2.5 0 56 -27 -3 31.9030
50 2.5 0 58 24 15 19.4535
50 2.5 0 50 3.1736 0.5854 1.0000
50 2.5 0 50 3.2972 0 1.0000
50 2.5 0 50 1.8634 0.5757 1.0000
50 2.5 0 50 3.2592 0.3350 1.0000
60.2574 -34.0099 36.2677 60.4626 -34.1751 39.4387 1.2644
63.0109 -31.0961 -5.8663 62.8187 -29.7946 -4.0864 1.2630
61.2901 3.7196 -5.3901 61.4292 2.2480 -4.9620 1.8731
35.0831 -44.1164 3.7933 35.0232 -40.0716 1.5901 1.8645
22.7233 20.0904 -46.6940 23.0331 14.9730 -42.5619 2.0373
36.4612 47.8580 18.3852 36.2715 50.5065 21.2231 1.4146
90.8027 -2.0831 1.4410 91.1528 -1.6435 0.0447 1.4441
90.9257 -0.5406 -0.9208 88.6381 -0.8985 -0.7239 1.5381
6.7747 -0.2908 -2.4247 5.8714 -0.0985 -2.2286 0.6377
2.0776 0.0795 -1.1350 0.9033 -0.0636 -0.5514 0.9082
"""
PAIRS = [tuple(map(float, line.split())) for line in SHARMA.split("\n") if line]


@pytest.mark.parametrize("pair", PAIRS, ids=range(1, 35))
def test_differences_are_those_published(pair: tuple[float, ...]) -> None:
    first, second, expected = pair[:3], pair[3:6], pair[6]
    assert contrast.difference(first, second) == pytest.approx(expected, abs=5e-5)
    assert contrast.difference(second, first) == pytest.approx(expected, abs=5e-5)


@pytest.mark.parametrize(
    ("colour", "expected"),
    [
        ("#ffffff", (100, 0, 0)),
        ("#000000", (0, 0, 0)),
        ("#ff0000", (53.2, 80.1, 67.2)),
        ("#00ff00", (87.7, -86.2, 83.2)),
        ("#0000ff", (32.3, 79.2, -107.9)),
        ("#808080", (53.6, 0, 0)),
    ],
)
def test_primaries_have_their_published_lab_values(colour: str, expected: tuple[float, ...]) -> None:
    assert contrast.lab(colour) == pytest.approx(expected, abs=0.05)


def test_black_and_white_are_a_hundred_apart() -> None:
    assert contrast.apart("#000000", "#ffffff") == pytest.approx(100, abs=0.01)


@pytest.mark.parametrize(
    ("text", "ground", "expected"),
    [("#000000", "#ffffff", 21), ("#ffffff", "#ffffff", 1), ("#777777", "#ffffff", 4.48), ("#767676", "#ffffff", 4.54)],
)
def test_contrast_ratios_are_those_of_wcag(text: str, ground: str, expected: float) -> None:
    assert contrast.contrast_ratio(text, ground) == pytest.approx(expected, abs=0.01)
    assert contrast.contrast_ratio(ground, text) == pytest.approx(expected, abs=0.01)


@pytest.mark.parametrize("seeing", contrast.SEEINGS)
@pytest.mark.parametrize("grey", ["#000000", "#808080", "#ffffff"])
def test_grey_looks_grey_to_everybody(seeing: contrast.Seeing, grey: str) -> None:
    assert contrast.lab(grey, seeing) == pytest.approx(contrast.lab(grey), abs=0.1)


@pytest.mark.parametrize(
    ("seeing", "colour", "expected"),
    [
        # linear red is the matrices' first column, cut to what a screen shows; 0.2126 in linear light is 127 in sRGB
        ("greyscale", "#ff0000", "#7f7f7f"),
        ("protanopia", "#ff0000", "#6d5f00"),
        ("deuteranopia", "#ff0000", "#a39000"),
        ("tritanopia", "#ff0000", "#ff000f"),
    ],
)
def test_red_as_others_see_it(seeing: contrast.Seeing, colour: str, expected: str) -> None:
    assert contrast.difference(contrast.lab(colour, seeing), contrast.lab(expected)) < 0.5


def test_red_and_green_come_close_only_for_the_colour_blind() -> None:
    red, green = "#c8553d", "#6f8f3f"  # about equally light
    assert contrast.apart(red, green) > 40
    assert contrast.apart(red, green, "deuteranopia") < 15


def test_the_smallest_step_is_found_among_neighbours_only() -> None:
    steps = contrast.legible(("#000000", "#ffffff", "#f0f0f0", "#000000"))
    assert set(steps) == set(contrast.SEEINGS)
    assert (steps["normal"].first, steps["normal"].second) == (1, 2)
    assert steps["normal"].difference == pytest.approx(contrast.apart("#ffffff", "#f0f0f0"))


@pytest.mark.parametrize("colours", [(), ("#ffffff",)])
def test_one_class_has_no_neighbour(colours: tuple[str, ...]) -> None:
    assert contrast.legible(colours) == {}


@pytest.mark.parametrize("colour", ["", "red", "#fff", "#ffffff0", "1234567", "#gggggg", "#+1+1+1"])
def test_other_notations_are_refused(colour: str) -> None:
    with pytest.raises(ValueError, match="not a colour"):
        contrast.lab(colour)


@pytest.mark.parametrize("palette", PALETTES)
def test_every_palette_of_five_can_be_told_apart_by_everybody(palette: str) -> None:
    assert min(step.difference for step in contrast.legible(ramp(palette, 5)).values()) > 5
