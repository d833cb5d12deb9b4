"""Dates and times by the clock of the city, wherever the server stands."""

import time
from datetime import UTC, datetime, timedelta

import pytest

from store import clock

LATE = datetime(2026, 11, 23, 16, 30, tzinfo=UTC)  # half past midnight of the 24th in Guangzhou


@pytest.fixture(params=["America/New_York", "UTC", "Pacific/Kiritimati"])
def server_zone(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch):
    """Set the server's own time zone, which must not matter."""
    monkeypatch.delenv("DASHBOARD_TIME_ZONE", raising=False)
    with monkeypatch.context() as patch:
        patch.setenv("TZ", request.param)
        time.tzset()
        yield
    time.tzset()


@pytest.mark.usefixtures("server_zone")
def test_day_and_moment_are_the_citys_whatever_the_servers_zone():
    assert (clock.day(LATE), clock.moment(LATE)) == ("2026-11-24", "2026-11-24 00:30")
    assert clock.now().utcoffset() == timedelta(hours=8)
    assert clock.today() == clock.now().date()


def test_another_zone_can_be_set(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("DASHBOARD_TIME_ZONE", "America/New_York")
    assert clock.moment(LATE) == "2026-11-23 11:30"
