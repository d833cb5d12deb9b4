"""Companies of a tenant file: known ones found by id or name, new ones given an id."""

import re
import unicodedata
from collections.abc import Callable

import pandas as pd

from geo.uploads.model import Severity
from geo.uploads.parse.words import key
from geo.uploads.records.values import BAD

__all__ = ["name_companies", "slug"]

FIELDS = ["company_id", "company_en", "company_zh"]
Company = tuple[str, str, str]  # id, English name, Chinese name


def name_companies(table: pd.DataFrame, known: pd.DataFrame, note: Callable[..., None]) -> pd.DataFrame:
    """Return rows with the id and both names of each company, as far as they are known.

    Parameters
    ----------
    table
        Rows of a tenant file, "" where a cell is blank.
    known
        The tenants of today.
    note
        Called with code, severity, field, a mask of rows, and what fills the message.
    """
    companies = {row[0]: row for row in known.reindex(columns=FIELDS, fill_value="").itertuples(index=False, name=None)}
    ids = {word: id_ for id_, *names in companies.values() for name in names for word in _keys(name)}
    whose = table.groupby(FIELDS, sort=False).ngroup().to_numpy()
    given = table[FIELDS].drop_duplicates().itertuples(index=False, name=None)
    result: list[Company] = []
    for number, (id_, english, chinese) in enumerate(given):
        found = id_ or next((ids[word] for name in (english, chinese) for word in _keys(name) if word in ids), "")
        if not found and (english or chinese):
            found = slug(english)
            code, severity = ("company_id_made", Severity.NOTE) if found else ("company_id_missing", Severity.ERROR)
            params = {"company_id": found} if found else {"company": chinese or english}
            note(code, severity, "company_id", whose == number, **params)
        stored = companies.get(found, ("", "", ""))
        names = (english or stored[1], chinese or stored[2]) if id_ else (stored[1] or english, stored[2] or chinese)
        result.append((found or BAD if english or chinese else found, *names))
    named = pd.DataFrame(result, columns=FIELDS, dtype=str).take(whose).set_axis(table.index)
    return table.assign(**{field: named[field] for field in FIELDS})


def slug(name: str) -> str:
    """Return an id made from an English name, "" where it has no Latin letters or digits.

    Examples
    --------
    >>> slug("Tencent (WeChat)"), slug("腾讯")
    ('tencent-wechat', '')
    """
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().casefold()
    return "-".join(re.findall(r"[a-z0-9]+", plain))


def _keys(name: str) -> list[str]:
    """Return what a company is known by: its whole name and the name without brackets."""
    return [word for word in (key(name), key(re.sub(r"[(（].*", "", name))) if word]
