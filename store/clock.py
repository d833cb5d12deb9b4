"""Dates and times as they are shown: by the clock of the city (``DASHBOARD_TIME_ZONE``), wherever the server stands."""

from datetime import UTC, date, datetime

import settings

__all__ = ["day", "moment", "now", "today"]


def now() -> datetime:
    """Return this moment by the city's clock."""
    return datetime.now(UTC).astimezone(settings.time_zone())


def today() -> date:
    """Return the day it is in the city."""
    return now().date()


def day(at: datetime) -> str:
    """Return the day of a moment as YYYY-MM-DD; ``at`` must know its own time zone."""
    return at.astimezone(settings.time_zone()).strftime("%Y-%m-%d")


def moment(at: datetime) -> str:
    """Return a moment to the minute as YYYY-MM-DD HH:MM; ``at`` must know its own time zone."""
    return at.astimezone(settings.time_zone()).strftime("%Y-%m-%d %H:%M")
