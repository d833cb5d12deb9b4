"""Fields of cluster, tenant and slide files: the words they go by, and the values they hold; :mod:`geo.fields` says which."""

import datetime
import re
from collections.abc import Mapping
from functools import lru_cache

from geo.fields import IGNORED_HEADINGS, TABLES, Value
from geo.uploads.bounds import MAX_NAME
from geo.uploads.model import IGNORED
from geo.uploads.parse.words import key, plain

__all__ = ["REQUIRED", "by_heading", "by_word", "read_date"]

# What a file must fill; which source it rests on can be said at the desk too.
REQUIRED: Mapping[str, tuple[str, ...]] = {
    kind: tuple(field.name for field in TABLES[f"{kind}.csv"].values() if field.required and field.holds != "source")
    for kind in ("clusters", "tenants", "slides")
}
DATE = re.compile(
    r"([12][0-9]{3})(?:[-/.年]([01]?[0-9])(?:[-/.月]([0-3]?[0-9])日?)?月?)?年?(?:\s*t?[0-9]{1,2}:[0-9:.]+)?"
)


@lru_cache(maxsize=4096)
def read_date(text: str) -> str | None:
    """Return a date as 2020, 2020-07 or 2020-07-06, None where the text is none.

    Examples
    --------
    >>> read_date("2021年4月6日"), read_date("2021/4"), read_date("2021.04"), read_date("2021")
    ('2021-04-06', '2021-04', '2021-04', '2021')
    >>> read_date("2021-13") is None
    True
    """
    found = DATE.fullmatch(plain(text).casefold()) if len(text) <= MAX_NAME else None
    if found is None:
        return None
    parts = [part for part in found.groups() if part is not None]
    try:
        datetime.date(*(int(part) for part in [*parts, "1", "1"][:3]))
    except ValueError:
        return None
    return "-".join([parts[0], *(f"{int(part):02}" for part in parts[1:])])


def by_heading(kind: str) -> dict[str, str]:
    """Return what a column of a file of clusters, tenants or slides is taken for, by its heading."""
    table = f"{kind}.csv"
    named = {key(word): field.name for field in TABLES[table].values() for word in field.headings}
    return named | dict.fromkeys(map(key, (IGNORED, *IGNORED_HEADINGS[table])), IGNORED)


def by_word(values: Mapping[str, Value]) -> dict[str, str]:
    """Return the code of each word that an allowed value goes by: the code itself, its names, others."""
    return {key(word): code for code, value in values.items() for word in (code, *value.name.values(), *value.aliases)}
