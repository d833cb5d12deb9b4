"""The hatching as lines that can be counted, and the shapes of a map."""

import re

import pytest

from geo.maps.drawing import hatching, mark, path, slice_of
from geo.maps.themes import THEMES


def test_hatching_is_slanting_lines_within_the_shape():
    square = (((0.0, 0.0), (60.0, 0.0), (60.0, 60.0), (0.0, 60.0)),)
    lines = re.findall(r"M(\S+) (\S+)L(\S+) ([\d.]+)", hatching((square,), THEMES["light"], 1.0))
    assert 13 <= len(lines) <= 16  # the diagonal of 84.9 across lines 6 apart
    for x1, y1, x2, y2 in (map(float, line) for line in lines):
        assert (x2 - x1) == pytest.approx(y1 - y2, abs=0.02)  # up to the right
        assert all(0.5 <= number <= 59.5 for number in (x1, y1, x2, y2))


def test_a_shape_of_nothing_but_outline_gets_no_lines():
    thin = (((0.0, 0.0), (60.0, 0.0), (60.0, 0.5), (0.0, 0.5)),)
    assert hatching((thin,), THEMES["light"], 1.0) == ""


def test_a_path_has_every_ring_and_a_title():
    outer, hole = ((0.0, 0.0), (9.0, 0.0), (9.0, 9.5)), ((2.0, 1.0), (3.0, 1.0), (3.0, 2.0))
    drawn = path(((outer, hole),), 'class="x"', "a < b")
    assert 'd="M0 0L9 0L9 9.5ZM2 1L3 1L3 2Z"' in drawn
    assert 'fill-rule="evenodd"' in drawn
    assert drawn.endswith("<title>a &lt; b</title></path>")


def test_each_kind_of_mark_looks_different():
    looks = {kind: mark(kind, 10, 20, THEMES["light"], 1.0) for kind in ("headquarters", "second", "district", "place")}
    assert [look.split()[0] for look in looks.values()] == ["<circle", "<rect", "<circle", "<circle"]
    assert len({look.replace(kind, "") for kind, look in looks.items()}) == 4


@pytest.mark.parametrize(("share", "corners"), [(0.0, 0), (0.25, 8), (0.5, 14), (1.0, 24)])
def test_a_share_of_a_circle_starts_at_the_top_and_goes_round(share: float, corners: int) -> None:
    rim = slice_of(10, 10, 5, share)
    assert len(rim) == corners
    if 0 < share < 1:
        assert rim[:2] == ((10, 10), (10, 5))
        assert all(x >= 10 for x, _ in rim)
