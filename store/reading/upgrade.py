"""A stored version brought up to the tables of this release when it is read; the stored bytes stay as they are.

What a release adds to a table says so in ``data/fields.toml``, a table that it adds here. A column that does not is filled with "", the text of an empty
cell, unless it is part of the table's key: a key is never made up.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from geo.changes import merge
from geo.data.checking import stored_metrics
from geo.data.raw import Raw
from geo.escaping import web_address
from geo.fields import COLUMNS, KEYS, TABLES
from geo.schema import NEEDED_SOURCES

__all__ = ["ADDED_TABLES", "Upgraded", "upgrade"]


ADDED_TABLES: Mapping[str, str] = {  # file name → why the shipped table is right for versions from before
    "slides.csv": "The story was a file of the release before staff could edit it, so those versions were shown with the shipped one.",
}


@dataclass(frozen=True)
class Upgraded:
    """The tables of a version as this release has them."""

    tables: Mapping[str, pd.DataFrame]  # by file name; those not there are taken from the data folder
    left_out: tuple[str, ...] = ()  # what this release has no place for, each with its file


def upgrade(stored: Mapping[str, pd.DataFrame], shipped: Raw) -> Upgraded:
    """Return the tables of a version in the columns of this release.

    Parameters
    ----------
    stored
        Tables as text by file name, as any release has stored them.
    shipped
        The data folder of this release, which holds all that is not versioned.

    Returns
    -------
    Each table with the columns of :data:`geo.fields.COLUMNS`, in their order.

    - A column added since has its declared default, or the cells of the column it was before.
    - A column, and a figure whose metric the catalogue does not have, is left out and named in ``left_out``. A metric that was renamed keeps its figures where
      ``aliases`` in ``metrics.toml`` has the old id.
    - An address of a source that is not a plain web address, as releases before this one took it, is left out and named in ``left_out``.
    - Sources that the files beside the version refer to are added from the shipped ones.
    """
    left_out: list[str] = []
    tables = {name: _fitted(name, table, left_out) for name, table in stored.items()}
    if "metric" in tables.get("indicators.csv", ()):
        tables["indicators.csv"] = _known_figures(tables["indicators.csv"], shipped, left_out)
    if "source_id" in tables.get("sources.csv", ()):
        tables["sources.csv"] = _with_plain_addresses(_with_needed_sources(tables, shipped), left_out)
    return Upgraded(tables, tuple(left_out))


def _fitted(name: str, table: pd.DataFrame, left_out: list[str]) -> pd.DataFrame:
    """Return a table in today's columns; what is dropped is noted unless its cells are empty."""
    wanted = COLUMNS[name]
    added = {field.name: field.added for field in TABLES[name].values() if field.added}
    if tuple(table.columns) == wanted:
        return table
    former = {entry.formerly: column for column, entry in added.items() if entry.formerly and column not in table}
    table = table.rename(columns=former)
    left_out += [f"{name}: {column}" for column in table if column not in wanted and (table[column] != "").any()]
    fill = {column: "" for column in wanted if column not in KEYS[name]}
    fill |= {column: entry.default for column, entry in added.items()}
    missing = {column: text for column, text in fill.items() if column not in table}
    return table.assign(**missing).astype(str)[[column for column in wanted if column in table or column in missing]]


def _known_figures(figures: pd.DataFrame, shipped: Raw, left_out: list[str]) -> pd.DataFrame:
    """Return the figures whose metric the catalogue has, perhaps under a new id."""
    known = stored_metrics(shipped.catalogue)
    if set(figures["metric"]) <= set(known):
        return figures
    renamed = {alias: id_ for id_ in known for alias in shipped.catalogue[id_].get("aliases", ()) if alias not in known}
    figures = figures.assign(metric=figures["metric"].replace(renamed))
    unknown = figures.loc[~figures["metric"].isin(known), "metric"].value_counts(sort=False)
    left_out += [f"indicators.csv: metric {metric} ({count})" for metric, count in unknown.items()]
    return figures[figures["metric"].isin(known)].reset_index(drop=True)


def _with_plain_addresses(sources: pd.DataFrame, left_out: list[str]) -> pd.DataFrame:
    """Return sources without the addresses that are not plain ones."""
    good = sources["address"].map(lambda text: not text or bool(web_address(text)))
    left_out += [f"sources.csv: address of {id_}" for id_ in sources.loc[~good, "source_id"]]
    return sources.assign(address=sources["address"].where(good, ""))


def _with_needed_sources(tables: Mapping[str, pd.DataFrame], shipped: Raw) -> pd.DataFrame:
    """Return the version's sources and those that shipped files beside it refer to and it does not have."""
    needed, sources = set(NEEDED_SOURCES), tables["sources.csv"]
    for name, table in [*shipped.tables.items(), *shipped.layers.items()]:
        if name not in tables:
            needed |= {id_ for column in table if str(column).endswith("source_id") for id_ in table[column]}
    lacking = shipped.tables["sources.csv"].loc[lambda rows: rows["source_id"].isin(needed - set(sources["source_id"]))]
    for row in lacking[list(COLUMNS["sources.csv"])].itertuples(index=False):
        sources = merge.add_source(sources, merge.NewSource(*row))
    return sources
