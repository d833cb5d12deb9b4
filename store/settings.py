"""What the environment says, for the pages and the command line alike; the README explains each variable."""

import os
import re
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from store.errors import InputError

__all__ = [
    "data_folder",
    "database_url",
    "frame_ancestors",
    "map_approval",
    "public_address",
    "review_required",
    "time_zone",
]

_SHIPPED = Path(__file__).resolve().parent.parent / "data"
_ORIGIN = re.compile(r"https?://(\*\.)?[a-z0-9-]+(\.[a-z0-9-]+)*(:\d{1,5})?", re.ASCII | re.IGNORECASE)


def data_folder() -> Path:
    """Return the folder with the data files."""
    return Path(os.environ.get("DASHBOARD_DATA_DIR") or _SHIPPED)


def database_url() -> str:
    """Return the address of the database, "" for the default file."""
    return os.environ.get("DASHBOARD_DATABASE_URL", "")


def public_address() -> str:
    """Return the address under which guests reach the dashboard, for QR codes; "" where none is set."""
    return os.environ.get("DASHBOARD_ADDRESS", "").strip().rstrip("/")


def map_approval() -> str:
    """Return the configured map approval number (审图号), "" where none is set."""
    return os.environ.get("DASHBOARD_MAP_APPROVAL", "").strip()


def frame_ancestors() -> tuple[str, ...]:
    """Return the origins beside our own whose pages may frame the dashboard.

    Raises
    ------
    InputError
        If a word of the setting is not an origin.
    """
    words = os.environ.get("DASHBOARD_FRAME_ANCESTORS", "").split()
    origins = tuple(word for word in words if word.lower() not in ("'self'", "self"))  # our own may anyway
    for origin in origins:
        if not _ORIGIN.fullmatch(origin):
            raise InputError(
                f'DASHBOARD_FRAME_ANCESTORS holds "{origin}"; expected origins such as https://portal.example.org, '
                "separated by spaces, without a path."
            )
    return origins


def review_required() -> bool:
    """Whether another person must approve before anything is published.

    Raises
    ------
    InputError
        If the setting is no word that is known: a slip must not switch the review off.
    """
    word = os.environ.get("DASHBOARD_REVIEW", "").strip().lower()
    if word not in ("", "off", "required"):
        raise InputError(f'DASHBOARD_REVIEW is "{word}"; expected "required", or "off" or nothing.')
    return word == "required"


def time_zone() -> ZoneInfo:
    """Return the time zone that dates and times are shown in: the city's, unless another one is set.

    Raises
    ------
    InputError
        If the setting does not name a zone of the IANA database.
    """
    name = os.environ.get("DASHBOARD_TIME_ZONE", "").strip() or "Asia/Shanghai"
    try:
        return ZoneInfo(name)
    except (
        ZoneInfoNotFoundError,
        ValueError,
        OSError,
    ):  # a folder of the database, or a path out of it, is not a zone either
        raise InputError(
            f'DASHBOARD_TIME_ZONE is "{name}"; expected a name of the IANA time zone database, such as Asia/Shanghai, or nothing.'
        ) from None
