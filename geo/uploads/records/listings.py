"""Cluster, tenant and slide files: from a sheet to one row a cluster, one a company, cluster and status, or one a slide."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice

import numpy as np
import pandas as pd

from geo.data.story import SLIDE_ID, frame_of
from geo.fields import COLUMNS, KEYS, TABLES
from geo.figures.measures import figures
from geo.schema import Atlas
from geo.uploads.figures.indicators import Cleaned
from geo.uploads.figures.tables import Frame, Meaning, has_long_headings, locate
from geo.uploads.findings import MOST, Notes, Reader, Spot
from geo.uploads.model import IGNORED, Choices, ColumnUse, Kind, Severity, Sheet, empty_table
from geo.uploads.parse.fields import REQUIRED, by_heading
from geo.uploads.parse.texts import LONGEST_NOTE, text_findings
from geo.uploads.parse.words import key
from geo.uploads.records.companies import name_companies
from geo.uploads.records.slides import LONGEST_TEXT, MAX_SLIDES, note_gaps, note_long, slide_readers, with_defaults
from geo.uploads.records.values import BAD, readers

__all__ = ["clean_listing", "once"]


@dataclass(frozen=True)
class Listing:
    """The rows of a sheet that say something, and the column of each field."""

    sheet: Sheet
    rows: Sequence[int]  # counted from 0
    columns: Mapping[str, int]  # field → column, counted from 0
    uses: Mapping[int, ColumnUse]  # by column, counted from 0
    notes: Notes

    def spot(self, field: str) -> Spot:
        """Return the column of a field, counted from 1, and its heading; the field itself where the file has no such column."""
        use = self.uses.get(self.columns.get(field, -1))
        return (use.column, use.heading) if use else (None, field)

    def note(
        self, code: str, severity: Severity, field: str, bad: np.ndarray, value: str = "", /, **params: str | int
    ) -> None:
        """Note the rows where something is true."""
        if rows := [self.rows[at] + 1 for at in np.flatnonzero(bad).tolist()]:
            self.notes.add(code, severity, rows, self.spot(field), value, **params)


def clean_listing(sheet: Sheet, kind: Kind, atlas: Atlas, choices: Choices, notes: Notes) -> Cleaned:
    """Return the header of a file of clusters, tenants or slides, what its columns are taken for, and its rows.

    Parameters
    ----------
    sheet, kind, atlas, choices
        What was read, which of the three it is, what is known, and what somebody chose.
    notes
        Grows by everything that is wrong.

    Returns
    -------
    As :func:`geo.uploads.figures.indicators.clean_indicators`; the totals are empty.

    Notes
    -----
    A field the file has no column for keeps what is stored under the same key: only a blank cell empties a field.
    """
    names = by_heading(kind) | {word: target for word, target in choices.columns.items() if target}
    frame = locate(sheet, lambda text: Meaning.FIELD if key(text) in names else Meaning.UNKNOWN)
    if frame is None:
        notes.add("no_header", Severity.ERROR)
    if frame is None or has_long_headings(frame, notes):
        return frame.header if frame else (), (), empty_table(kind), empty_table("indicators")
    uses = {use.column - 1: use for use in _uses(sheet, frame, names, choices)}
    columns = _columns(uses, frame, notes)
    listing = Listing(sheet, _rows(sheet, frame, columns.get("slide_id")), columns, uses, notes)
    if not len(listing.rows):
        notes.add("no_rows", Severity.ERROR)
    if kind == "slides" and len(listing.rows) > MAX_SLIDES:
        notes.add("too_many_slides", Severity.ERROR, count=len(listing.rows), limit=MAX_SLIDES)
        listing = replace(listing, rows=[])
    table = _slides(listing, atlas) if kind == "slides" else _records(listing, kind, atlas)
    if choices.source_id and "source_id" in table:
        table["source_id"] = table["source_id"].where(table["source_id"] != "", choices.source_id)
    for field in REQUIRED[kind]:
        listing.note("field_blank", Severity.ERROR, field, (table[field] == "").to_numpy(), field=field)
    good = (table[KEYS[f"{kind}.csv"]] != "").all(axis=1) & (table[list(COLUMNS[f"{kind}.csv"])] != BAD).all(axis=1)
    table = once(table.loc[good, list(empty_table(kind).columns)], listing.notes, kind)
    return frame.header, tuple(uses.values()), table.reset_index(drop=True), empty_table("indicators")


def _uses(sheet: Sheet, frame: Frame, names: Mapping[str, str], choices: Choices) -> Iterator[ColumnUse]:
    """Yield what each column with a heading or content is taken for."""
    for column, parts in enumerate(frame.headings):
        heading = " ".join(dict.fromkeys(part.strip() for part in parts if part.strip()))
        word = key(heading) or f"column {column + 1}"
        target = names.get(word, "")
        if heading or any(text.strip() for text in sheet.column(column)):
            how = "chosen" if word in choices.columns else "name" if word == key(target) else "alias"
            yield ColumnUse(column + 1, heading, word, target, how if target else "")  # type: ignore[arg-type]


def _columns(uses: Mapping[int, ColumnUse], frame: Frame, notes: Notes) -> dict[str, int]:
    """Return the column of each field, noting columns that are unknown or there twice."""
    header = frame.header[-1] + 1
    columns: dict[str, int] = {}
    for column, use in uses.items():
        if use.target in columns:
            first = uses[columns[use.target]].heading
            notes.add("column_twice", Severity.ERROR, (header,), (use.column, use.heading), use.heading, first=first)
        elif use.target and use.target != IGNORED:
            columns[use.target] = column
        elif not use.target:
            notes.add("unknown_column", Severity.WARNING, (header,), (use.column, use.heading), use.heading)
    return columns


def _rows(sheet: Sheet, frame: Frame, slide_column: int | None) -> list[int]:
    """Return the rows of the body in which any text stands; one with the id of a slide is never a note, however its title begins."""
    rows = set(frame.rows)
    if slide_column is not None:
        below = range(frame.header[-1] + 1, len(sheet))
        rows |= {row for row in below if SLIDE_ID.fullmatch(sheet.row(row)[slide_column])}
    return [row for row in sorted(rows) if any(map(str.strip, sheet.row(row)))]


def _records(listing: Listing, kind: Kind, atlas: Atlas) -> pd.DataFrame:
    """Return clusters or tenants, each known by its id."""
    table = _read(listing, kind, readers(kind, atlas))
    tenants = kind == "tenants"
    table = name_companies(table, atlas.tenants, listing.note) if tenants else _identified(table, atlas.clusters)
    return _with_stored(table, atlas.tenants if tenants else atlas.clusters, kind, listing)


def _slides(listing: Listing, atlas: Atlas) -> pd.DataFrame:
    """Return slides, with what is to be said of the figures they ask for."""
    figure_table = figures(atlas)
    table = _read(listing, "slides", slide_readers(atlas, figure_table))
    table = with_defaults(_with_stored(table, frame_of(atlas.slides), "slides", listing))
    note_gaps(table, listing.columns, atlas, figure_table, listing.note)
    note_long(table, listing.columns, atlas, figure_table, listing.note)
    return table


def _read(listing: Listing, kind: Kind, how: Mapping[str, Reader]) -> pd.DataFrame:
    """Return the rows with every field as text, "" where it is blank and ``BAD`` where it is wrong."""
    numbers = [row + 1 for row in listing.rows]
    table = pd.DataFrame({"row": pd.Series(numbers, dtype=int), "column": 1})
    for name, field in TABLES[f"{kind}.csv"].items():
        found = [""] * len(numbers)
        if name in listing.columns:
            texts = [listing.sheet.row(row)[listing.columns[name]] for row in listing.rows]
            found = listing.notes.read(listing.spot(name), numbers, texts, how[name])
            if field.is_free:
                longest = LONGEST_TEXT if kind == "slides" else LONGEST_NOTE
                text_findings(listing.notes, listing.spot(name), numbers, texts, longest)
        table[name] = pd.Series(found, dtype=str)
    return table


def _identified(table: pd.DataFrame, clusters: pd.DataFrame) -> pd.DataFrame:
    """Return clusters with their ids: a row without one is known by its name, or by its district, which has one cluster only."""
    ids = table["cluster_id"]
    for field in ("name_zh", "name_en", "adcode"):
        if field in clusters:
            known = dict(zip(clusters[field], clusters["cluster_id"], strict=True))
            ids = ids.where(ids != "", table[field].map(known).fillna("").astype(str))
    return table.assign(cluster_id=ids)


def _with_stored(table: pd.DataFrame, stored: pd.DataFrame, kind: Kind, listing: Listing) -> pd.DataFrame:
    """Return rows in which fields without a column have what is stored under the same key today."""
    keys = KEYS[f"{kind}.csv"]
    absent = set(COLUMNS[f"{kind}.csv"]) & set(stored) - set(listing.columns) - set(keys)
    if not absent or not set(keys) <= set(stored):
        return table
    if "assumption" in absent:
        stored = stored.assign(assumption=stored["assumption"].map({True: "yes", False: "no"}))
    old = stored[[*keys, *absent]].drop_duplicates(keys)
    found = table[keys].merge(old, on=keys, how="left").fillna("").astype(str).set_axis(table.index)
    filled = {field: table[field].where(table[field] != "", found[field]) for field in absent}
    kept = [field for field in COLUMNS[f"{kind}.csv"] if field in absent and (filled[field] != table[field]).any()]
    if kept:
        listing.notes.add("kept_from_current", Severity.NOTE, fields=", ".join(kept))
    return table.assign(**filled)


def once(table: pd.DataFrame, notes: Notes, kind: Kind) -> pd.DataFrame:
    """Return rows with each key once; rows that repeat a key are noted."""
    keys = KEYS[f"{kind}.csv"]
    repeated = table[table.duplicated(keys, keep=False)]
    for words, group in islice(repeated.groupby(keys, sort=False), MOST):
        same = len(group.drop(columns=["row", "column"]).drop_duplicates()) == 1
        code, severity = ("row_twice", Severity.NOTE) if same else ("key_twice", Severity.ERROR)
        notes.add(code, severity, group["row"].tolist(), (None, ""), " ".join(words))
    return table[~table.duplicated(keys)]
