"""Bars of values: as shares of their room."""

import pytest

from geo.figures.bars import bar_spans


@pytest.mark.parametrize(
    ("values", "spans"),
    [
        ([4, 2, 0], [(0, 1), (0, 0.5), (0, 0)]),
        ([1, -1], [(0.5, 1), (0, 0.5)]),
        ([-1, -4], [(0.75, 1), (0, 1)]),
        ([0, 0], [(0, 0), (0, 0)]),
        ([], []),
    ],
)
def test_bars_begin_at_one_zero_and_falls_go_left(values, spans):
    assert bar_spans(values) == spans
