"""Which rooms go when there are too many, and to whom an address is counted."""

import asyncio
from types import SimpleNamespace

import pytest

from ui.show import room_list
from ui.show.room_list import IN_USE_SECONDS, Listener, RoomList
from ui.show.show_state import Show

SHOW = Show("plan", "en", 0.0)


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    """A clock the test turns by hand; three rooms for one owner, four in all."""
    hands = SimpleNamespace(now=0.0)
    monkeypatch.setattr(room_list.time, "monotonic", lambda: hands.now)
    monkeypatch.setattr(room_list, "MOST_OF_ONE_OWNER", 3)
    monkeypatch.setattr(room_list, "MOST_ROOMS", 4)
    return hands


@pytest.fixture
def rooms() -> RoomList:
    """No room yet."""
    return RoomList()


def open_all(rooms: RoomList, *tokens: str, owner: str = "one") -> list[bool]:
    """Open rooms and say of each whether there was space."""
    return [rooms.open(token, SHOW, owner) for token in tokens]


def there(rooms: RoomList) -> list[str]:
    """Return which of the rooms a to z are there."""
    return [token for token in "abcdefghijklmnopqrstuvwxyz" if token in rooms]


def test_a_room_never_used_goes_for_a_new_one_of_its_owner_and_closes(rooms: RoomList) -> None:
    open_all(rooms, "a", "b", "c")
    first = next(iter(rooms))
    assert open_all(rooms, "d") == [True]
    assert there(rooms) == ["b", "c", "d"]
    assert first.closed


def test_others_rooms_stay_where_one_owner_has_too_many(rooms: RoomList) -> None:
    open_all(rooms, "z", owner="other")
    open_all(rooms, *"abcdef")
    assert there(rooms) == ["d", "e", "f", "z"]


def test_what_is_in_use_stays_and_no_other_is_opened(rooms: RoomList, clock: SimpleNamespace) -> None:
    open_all(rooms, "a", "b", "c")
    rooms.used("a")
    rooms.used("b")
    assert open_all(rooms, "d") == [True]
    rooms.used("d")
    assert open_all(rooms, "e") == [False]
    assert there(rooms) == ["a", "b", "d"]
    clock.now = IN_USE_SECONDS + 1
    assert open_all(rooms, "e") == [True]
    assert there(rooms) == ["b", "d", "e"]  # the longest unused has gone


def test_a_followed_room_stays_however_long(rooms: RoomList, clock: SimpleNamespace) -> None:
    open_all(rooms, "a")
    room = rooms.used("a")
    assert room is not None
    room.listeners.add(Listener(asyncio.new_event_loop()))
    clock.now = 100 * IN_USE_SECONDS
    open_all(rooms, "b", "c")
    rooms.used("b")
    rooms.used("c")
    assert open_all(rooms, "d") == [False]
    assert there(rooms) == ["a", "b", "c"]
    for listener in room.listeners:
        listener.loop.close()


def test_in_all_a_room_never_used_goes_before_one_used_long_ago(rooms: RoomList, clock: SimpleNamespace) -> None:
    open_all(rooms, "a", owner="one")
    rooms.used("a")
    open_all(rooms, "b", owner="one")
    clock.now = IN_USE_SECONDS + 1
    open_all(rooms, "c", "d", owner="two")
    assert open_all(rooms, "e", owner="three") == [True]
    assert there(rooms) == ["a", "c", "d", "e"]
    for token in "cde":
        rooms.used(token)
    assert open_all(rooms, "f", owner="three") == [True]
    assert there(rooms) == ["c", "d", "e", "f"]
    rooms.used("f")
    assert open_all(rooms, "g", owner="four") == [False]


def test_a_room_that_is_there_stays_as_it_is(rooms: RoomList) -> None:
    open_all(rooms, "a")
    room = next(iter(rooms))
    assert rooms.open("a", Show("gdp", "zh", 1.0), "other")
    assert list(rooms) == [room]
    assert (room.show, room.owner, len(rooms)) == (SHOW, "one", 1)


def test_an_unknown_room_is_none(rooms: RoomList) -> None:
    assert rooms.used("a") is None
