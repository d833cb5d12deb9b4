"""Lists of tenants beside their sites: each line once, on the page, over nothing else."""

from dataclasses import replace

import pytest

from geo.maps.label import Label, apart, around, overlap
from geo.maps.outlines import MapFrame
from geo.maps.stacks import stacked

PAGE = MapFrame(600, 400, 0.01, {}, {}, {}, {}, {})
ONE = Label("tenant", "place-1", "a firm: moved in", 12, 100, 13.8, (300, 300), "moved_in", muted=False)


def at(x: float, y: float, key: str) -> Label:
    """Return a tenant at a spot of the page."""
    return replace(ONE, key=key, anchor=(x, y))


def parts(labels: list[Label]) -> tuple[list[Label], list[Label], list[Label]]:
    """Return dots, grounds and lines."""
    dots = [label for label in labels if label.mark == "dot"]
    return dots, [label for label in labels if not label.mark], [label for label in labels if label.text]


def test_tenants_near_each_other_are_one_list_with_one_line_to_their_sites() -> None:
    labels, covered = stacked([at(300, 300, "a"), at(310, 305, "b"), at(305, 295, "c")], PAGE, [], 1)
    dots, grounds, lines = parts(labels)
    assert [dot.anchor for dot in dots] == [(300, 300), (310, 305), (305, 295)], "the sites stay where they are"
    assert len(grounds) == 1
    assert [label.key for label in lines] == ["a", "b", "c"], "in the order of the list on the page"
    assert [label.at[1] for label in lines] == sorted({label.at[1] for label in lines})
    assert len([dot for dot in dots if dot.line]) == 1
    assert sum(box[2] - box[0] > 10 for box in covered) == 1


def test_tenants_far_apart_have_a_line_each_at_their_own_site() -> None:
    dots, grounds, lines = parts(stacked([at(100, 300, "a"), at(500, 300, "b")], PAGE, [], 1)[0])
    assert (len(grounds), len(lines)) == (2, 2)
    assert not any(dot.line for dot in dots)


def test_a_list_of_one_without_a_line_is_nearer_to_its_dot_than_to_any_other() -> None:
    """45 below another dot, where the first spot, above its own, would be read as that one's."""
    labels, _ = stacked([at(300, 300, "a"), at(300, 255, "b")], PAGE, [], 1)
    dots, grounds, _ = parts(labels)
    assert len(grounds) == 2
    assert not any(dot.line for dot in dots)
    for dot, ground in zip(dots, grounds, strict=True):
        box = around(ground.at, ground.width, ground.height)
        assert apart(dot.anchor, box) + 2 < min(apart(other.anchor, box) for other in dots if other is not dot)


def test_a_list_without_a_clear_spot_joins_the_nearest() -> None:
    """All round the first dot is taken but for a spot from which the line would run through the second."""
    sites = [at(100, 300, "a"), at(160, 300, "b")]
    taken = [(0.0, 0.0, 600.0, 280.0), (0.0, 320.0, 600.0, 400.0)]
    dots, grounds, lines = parts(stacked(sites, PAGE, taken, 1)[0])
    assert len(grounds) == 1
    assert [line.key for line in lines] == ["a", "b"]
    (led,) = (dot for dot in dots if dot.line)
    assert led.key == "b"


@pytest.mark.parametrize("far", [(5, 5), (595, 395), (300, 5)])
def test_a_list_stays_on_the_page(far: tuple[float, float]) -> None:
    _, (ground,), _ = parts(stacked([at(*far, "a"), at(far[0] - 3, far[1] - 3, "b")], PAGE, [], 1)[0])
    x, y = ground.at
    assert ground.width / 2 <= x <= 600 - ground.width / 2
    assert ground.height / 2 <= y <= 400 - ground.height / 2


def test_a_list_covers_nothing_that_is_taken_or_is_left_out() -> None:
    taken = [(200.0, 0.0, 400.0, 290.0)]
    _, covered = stacked([at(300, 300, "a"), at(310, 305, "b")], PAGE, taken, 1)
    assert not any(overlap(box, taken[0]) for box in covered if box[2] - box[0] > 10)
    dots, grounds, lines = parts(stacked([at(300, 300, "a")], PAGE, [(0.0, 0.0, 600.0, 400.0)], 1)[0])
    assert (len(dots), grounds, lines) == (1, [], [])
