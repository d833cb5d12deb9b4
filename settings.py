"""Every environment variable of the dashboard, in one table: pages and command lines read it, the README shows it.

``python -m settings`` prints the README's table.
"""

import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

__all__ = [
    "SETTINGS",
    "SettingError",
    "check",
    "data_folder",
    "database_url",
    "frame_ancestors",
    "layers_folder",
    "map_approval",
    "markdown_table",
    "public_address",
    "review_required",
    "time_zone",
]

_SHIPPED = Path(__file__).resolve().parent / "data"
_ORIGIN = re.compile(r"https?://(\*\.)?[a-z0-9-]+(\.[a-z0-9-]+)*(:\d{1,5})?", re.ASCII | re.IGNORECASE)


class SettingError(ValueError):
    """An environment variable that does not say what it should; the message names it, its value, and what is expected."""


class Setting(NamedTuple):
    """An environment variable as the README shows it, in Markdown."""

    name: str
    read: Callable[[], object]  # what reads it; raises SettingError where it does not say what it should
    meaning: str
    default: str


def check() -> None:
    """Read all variables, as the start of the server does.

    Raises
    ------
    SettingError
        If one of them does not say what it should.
    """
    for setting in SETTINGS:
        setting.read()


def markdown_table() -> str:
    """Return all variables as the README's table."""
    rows = (f"| `{setting.name}` | {setting.meaning} | {setting.default} |" for setting in SETTINGS)
    return "\n".join(("| variable | meaning | default |", "|---|---|---|", *rows))


def _read(name: str) -> str:
    """Return the value of a variable of the table without spaces around it, "" where it is not set."""
    if name not in _NAMES:
        raise KeyError(name)
    return os.environ.get(name, "").strip()


def data_folder() -> Path:
    """Return the folder with the data files.

    Raises
    ------
    SettingError
        If the setting names something else; a folder that is not there is a matter of the check of its files.
    """
    folder = Path(_read("DASHBOARD_DATA_DIR") or _SHIPPED)
    if folder.exists() and not folder.is_dir():
        raise SettingError(
            f'DASHBOARD_DATA_DIR is "{folder}", which is not a folder; expected the folder with the data files.'
        )
    return folder


def layers_folder() -> Path | None:
    """Return the folder with the layers of the office, None where there is none.

    Raises
    ------
    SettingError
        If there is no such folder.
    """
    text = _read("DASHBOARD_LAYERS_DIR")
    if text and not Path(text).is_dir():
        raise SettingError(f'DASHBOARD_LAYERS_DIR is "{text}"; expected a folder with layers.toml, or no value.')
    return Path(text) if text else None


def database_url() -> str:
    """Return the address of the database, "" for the default file."""
    return _read("DASHBOARD_DATABASE_URL")


def public_address() -> str:
    """Return the address under which guests reach the dashboard, for QR codes; "" where none is set."""
    return _read("DASHBOARD_ADDRESS").rstrip("/")


def map_approval() -> str:
    """Return the configured map approval number (审图号), "" where none is set."""
    return _read("DASHBOARD_MAP_APPROVAL")


def frame_ancestors() -> tuple[str, ...]:
    """Return the origins beside our own whose pages may frame the dashboard.

    Raises
    ------
    SettingError
        If a word of the setting is not an origin.
    """
    words = _read("DASHBOARD_FRAME_ANCESTORS").split()
    origins = tuple(word for word in words if word.lower() not in ("'self'", "self"))  # our own may anyway
    for origin in origins:
        if not _ORIGIN.fullmatch(origin):
            raise SettingError(
                f'DASHBOARD_FRAME_ANCESTORS holds "{origin}"; expected origins such as https://portal.example.org, '
                "separated by spaces, without a path."
            )
    return origins


def review_required() -> bool:
    """Whether another person must approve before anything is published.

    Raises
    ------
    SettingError
        If the setting is not a known word: a slip must not switch the review off.
    """
    word = _read("DASHBOARD_REVIEW").lower()
    if word not in ("", "off", "required"):
        raise SettingError(f'DASHBOARD_REVIEW is "{word}"; expected "required", "off" or no value.')
    return word == "required"


def time_zone() -> ZoneInfo:
    """Return the time zone that dates and times are shown in: the city's, unless another one is set.

    Raises
    ------
    SettingError
        If the setting does not name a zone of the IANA database.
    """
    name = _read("DASHBOARD_TIME_ZONE") or "Asia/Shanghai"
    try:
        return ZoneInfo(name)
    # A folder of the database, or a path out of it, is not a zone either.
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise SettingError(
            f'DASHBOARD_TIME_ZONE is "{name}"; expected a name of the IANA time zone database, such as Asia/Shanghai, or no value.'
        ) from None


SETTINGS = (
    Setting("DASHBOARD_DATA_DIR", data_folder, "folder with the data files", "`data/` of this project"),
    Setting(
        "DASHBOARD_LAYERS_DIR",
        layers_folder,
        "folder with layers of your own (roads, metro, water, parks) and `layers.toml`; see [operations](docs/operations.md#layers-of-your-own)",
        "none",
    ),
    Setting(
        "DASHBOARD_DATABASE_URL",
        database_url,
        "database of published versions: `sqlite:///path` or `postgresql://user:password@host/name` (an `@` in the password as `%40`)",
        "the file `var/dashboard.sqlite3`",
    ),
    Setting("DASHBOARD_REVIEW", review_required, "`required`: every upload must be approved by another person", "off"),
    Setting(
        "DASHBOARD_MAP_APPROVAL",
        map_approval,
        "map approval number (审图号), shown at the foot of every page and on every file; maps published in China require one",
        "none",
    ),
    Setting(
        "DASHBOARD_TIME_ZONE",
        time_zone,
        "time zone of all dates and times, a name in the IANA database; the server does not start with any other value",
        "`Asia/Shanghai`",
    ),
    Setting(
        "DASHBOARD_ADDRESS",
        public_address,
        "address at which guests reach the dashboard, such as `http://10.0.0.5:8501`; used in QR codes",
        "the address opened by the visitor",
    ),
    Setting(
        "DASHBOARD_FRAME_ANCESTORS",
        frame_ancestors,
        "origins whose pages may embed the dashboard in a frame, separated by spaces: `https://portal.example.org`",
        "only its own",
    ),
)
_NAMES = {setting.name for setting in SETTINGS}


if __name__ == "__main__":
    print(markdown_table())
