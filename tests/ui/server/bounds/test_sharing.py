"""Places are shared out by address: a flood of one keeps nobody else from theirs."""

from contextlib import ExitStack

import pytest

from ui.server.bounds.sharing import SharedPlaces


def test_so_many_have_a_place_at_the_same_time() -> None:
    places = SharedPlaces(2)
    with places.asked_by("a") as first, places.asked_by("a") as second:
        with places.asked_by("a") as third:
            assert [place.came() for place in (first, second, third)] == [True, True, False]
        with places.asked_by("a") as fourth:
            assert not fourth.came(), "who gave up waiting left nothing behind"
    with places.asked_by("a") as first, places.asked_by("a") as second:
        assert first.came()
        assert second.came()


def test_whoever_has_the_fewest_goes_first() -> None:
    places = SharedPlaces(2)
    with ExitStack() as one, ExitStack() as rest:
        one.enter_context(places.asked_by("flood"))
        flood = [rest.enter_context(places.asked_by("flood")) for _ in range(60)]
        visitor = rest.enter_context(places.asked_by("visitor"))
        assert not visitor.came()
        one.close()
        assert visitor.came()
        assert [place.came() for place in flood].count(True) == 1


def test_of_two_without_a_place_goes_first_who_had_none_for_longer() -> None:
    places = SharedPlaces(1)
    with ExitStack() as first, ExitStack() as rest:
        first.enter_context(places.asked_by("flood"))
        more = rest.enter_context(places.asked_by("flood"))
        visitor = rest.enter_context(places.asked_by("visitor"))
        first.close()
        assert (more.came(), visitor.came()) == (False, True)


def test_an_error_gives_the_place_back() -> None:
    places = SharedPlaces(1)
    with pytest.raises(OSError, match="no room"), places.asked_by("a"):
        raise OSError("no room")
    with places.asked_by("b") as place:
        assert place.came()


def test_nothing_is_remembered_of_who_is_gone() -> None:
    places = SharedPlaces(1)
    with places.asked_by("a"):
        pass
    assert not places._last
