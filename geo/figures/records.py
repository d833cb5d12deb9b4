"""What placeholders of the story stand for other than figures of a metric: statements, dates of events and documents, numbers of clusters."""

from collections.abc import Callable, Mapping

import pandas as pd

from geo import wording
from geo.schema import TIERS, Atlas

__all__ = ["RECORDS", "sources_of_record"]


def sources_of_record(atlas: Atlas, kind: str, rest: list[str]) -> list[str]:
    """Return the sources of a statement, an event, a document, or the list of clusters."""
    if kind == "statement":
        return list(_rows(atlas.statements, statement_id=rest[0])["source_id"])
    if kind == "tenant":
        return list(_rows(atlas.tenants, company_id=rest[0], cluster_id=rest[1], status=rest[2])["source_id"])
    return rest if kind == "source" else list(atlas.clusters["source_id"])


def _statement(atlas: Atlas, rest: list[str], language: str) -> str | None:
    """Return a figure as a source states it, or the period it is stated for."""
    rows = _rows(atlas.statements, statement_id=rest[0] if rest else "")
    if rows.empty or rest[1:] not in ([], ["period"]):
        return None
    row = rows.iloc[0]
    if rest[1:]:
        return wording.period(row["period"], language) if row["period"] else None
    return (
        wording.format_stated(row["value"], row["unit"], language, wording.QUALIFIERS[language][row["qualifier"]])
        or None
    )


def _tenant(atlas: Atlas, rest: list[str], language: str) -> str | None:
    """Return the date of an event: company, cluster and status."""
    if len(rest) != 3:
        return None
    rows = _rows(atlas.tenants, company_id=rest[0], cluster_id=rest[1], status=rest[2])
    return None if rows.empty or not rows.iloc[0]["date"] else wording.date(rows.iloc[0]["date"], language)


def _source(atlas: Atlas, rest: list[str], language: str) -> str | None:
    """Return the date of a source."""
    if len(rest) != 1 or rest[0] not in atlas.sources.index or not atlas.sources.loc[rest[0], "date"]:
        return None
    return wording.date(str(atlas.sources.loc[rest[0], "date"]), language)


def _clusters(atlas: Atlas, rest: list[str], _language: str) -> str | None:
    """Return the number of clusters of a tier, or of all."""
    if rest == ["all"]:
        return str(len(atlas.clusters))
    return str(int((atlas.clusters["tier"] == rest[0]).sum())) if len(rest) == 1 and rest[0] in TIERS else None


def _rows(table: pd.DataFrame, **fields: str) -> pd.DataFrame:
    """Return the rows of a table with the given texts."""
    for name, text in fields.items():
        table = table[table[name] == text]
    return table


RECORDS: Mapping[str, Callable[[Atlas, list[str], str], str | None]] = {
    "statement": _statement,
    "tenant": _tenant,
    "source": _source,
    "clusters": _clusters,
}
