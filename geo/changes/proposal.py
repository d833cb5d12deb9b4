"""What an upload would do to the data, before anything is stored."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from geo.changes import checks, merge
from geo.changes.comparing import heading
from geo.changes.diff import Changes, row_changes
from geo.changes.effects import Effects, effects
from geo.changes.merge import NewSource
from geo.changes.rounded import find_rounded, rounded
from geo.data import loading
from geo.data.raw import Raw
from geo.errors import DataError
from geo.fields import COLUMNS, KEYS, TABLES
from geo.schema import Atlas, Problem
from geo.translation import mark
from geo.uploads.model import Finding, Mode, Progress, Severity, Upload

__all__ = ["NewSource", "Proposal", "propose"]

SOURCES = "sources.csv"


@dataclass(frozen=True)
class Proposal:
    """What publishing an upload would do."""

    upload: Upload
    mode: Mode
    before: Atlas
    source: NewSource | None = None
    # By file name, whole, as text; only those that change.
    tables: Mapping[str, pd.DataFrame] = field(default_factory=dict)
    after: Atlas | None = None  # None where an error stops it
    findings: tuple[Finding, ...] = ()  # the upload's own and those of the comparison, errors first
    changes: tuple[Changes, ...] = ()  # a table each; empty where nothing would change
    effects: Effects | None = None  # None where there is no ``after``


def propose(
    raw: Raw,
    before: Atlas,
    upload: Upload,
    mode: Mode,
    source: NewSource | None = None,
    progress: Progress | None = None,
) -> Proposal:
    """Return what publishing an upload would do.

    Parameters
    ----------
    raw, before, mode, source, progress
        As :func:`geo.changes.examine.examine` takes them.
    upload
        The file as cleaned.

    Returns
    -------
    Everything that would change, and everything that speaks against it: the findings of cleaning, those of
    :func:`geo.changes.checks.find`, and whatever keeps the folder from being loaded.

    Raises
    ------
    ValueError
        If ``mode`` does not fit the kind of upload.
    """
    tell = progress or (lambda _share, _text: None)
    tell(0.0, mark("Merging with the current data"))
    tables = _tables(raw, before, upload, mode, source)
    tell(0.2, mark("Comparing with the current data"))
    changes = _changes(raw, tables, f"{upload.kind}.csv")
    found = _compared(raw, before, upload, mode, tables, changes)
    tell(0.4, mark("Checking the complete data"))
    after, found = _checked(raw, upload, tables, found)
    found += [Finding("no_change", Severity.NOTE)] if after and not changes else []
    follows = _follows(before, after, tell) if after else None
    found += _lost(follows) if follows else []
    findings = tuple(sorted(found, key=lambda finding: list(Severity).index(finding.severity)))
    return Proposal(upload, mode, before, source, tables if changes else {}, after, findings, changes, follows)


def _compared(
    raw: Raw,
    before: Atlas,
    upload: Upload,
    mode: Mode,
    tables: Mapping[str, pd.DataFrame],
    changes: Sequence[Changes],
) -> list[Finding]:
    """Return the findings of cleaning, and those that come of a comparison with what is there."""
    sources = frozenset(tables.get(SOURCES, raw.tables[SOURCES])["source_id"])
    found = checks.find(upload, before, mode, lambda: tables[f"{upload.kind}.csv"], sources)
    found = (*found, *find_rounded(upload, before, mode))
    return [*upload.findings, *found, *(finding for one in changes for finding in _half_translated(one))]


def _checked(
    raw: Raw, upload: Upload, tables: Mapping[str, pd.DataFrame], found: Sequence[Finding]
) -> tuple[Atlas | None, list[Finding]]:
    """Return the atlas that would be, None where an error stops it, and the findings with those about the data as a whole."""
    after, problems = _typed(raw.with_tables(tables))
    all_ = [*found, *_folder_findings(problems, upload, tables[f"{upload.kind}.csv"], found)]
    return None if any(finding.severity is Severity.ERROR for finding in all_) else after, all_


def _follows(before: Atlas, after: Atlas, tell: Progress) -> Effects:
    """Return what follows for ranks, colours and sentences: the last two fifths of the work."""
    doing = mark("Working out changes to ranks, colours and text")
    return effects(before, after, lambda share: tell(0.6 + 0.4 * share, doing))


def _tables(raw: Raw, before: Atlas, upload: Upload, mode: Mode, source: NewSource | None) -> dict[str, pd.DataFrame]:
    """Return the tables that would be stored, by file name: an update leaves figures that it has only rounded, a new source is one where a row refers to it."""
    name = f"{upload.kind}.csv"
    new = merge.as_stored(upload.table, upload.kind)
    if mode == "update":
        new = new[rounded(upload, before).isna()]
    tables = {name: merge.merge(raw.table(name), new, upload.kind, mode, _silent(upload))}
    if source is None or source.source_id not in new.get("source_id", pd.Series()).array:
        return tables
    return tables | {SOURCES: merge.add_source(raw.tables[SOURCES], source)}


def _silent(upload: Upload) -> frozenset[str]:
    """Return the fields the file has no column for; none where its columns are not known."""
    if not upload.columns:
        return frozenset()
    said = {use.target for use in upload.columns}
    fields = TABLES[f"{upload.kind}.csv"]
    return frozenset(name for name in COLUMNS[f"{upload.kind}.csv"] if fields[name].target not in said)


def _changes(raw: Raw, tables: Mapping[str, pd.DataFrame], name: str) -> tuple[Changes, ...]:
    """Return what changes in each table; a source alone, without a figure, changes nothing."""
    found = {file: row_changes(raw.table(file), table, file.removesuffix(".csv")) for file, table in tables.items()}
    return tuple(found.values()) if len(found[name]) else ()


def _half_translated(changes: Changes) -> Iterator[Finding]:
    """Yield texts of which only one language changes: the other would go on saying what it said."""
    for chinese in [name for name in changes.new.columns if name.endswith("_zh")]:
        english = f"{chinese.removesuffix('_zh')}_en"
        differs = {name: (changes.old[name].to_numpy() != changes.new[name].to_numpy()) for name in (chinese, english)}
        stale = {chinese: differs[english] & ~differs[chinese], english: differs[chinese] & ~differs[english]}
        for name, where in stale.items():
            rows = changes.new[where & (changes.new[name] != "").to_numpy()]
            if len(rows):
                keys = ", ".join(" ".join(key) for key in rows[KEYS[f"{changes.kind}.csv"]].itertuples(index=False))
                yield Finding("half_translated", Severity.WARNING, params={"field": name, "keys": keys})


def _typed(raw: Raw) -> tuple[Atlas | None, Sequence[Problem]]:
    """Return the atlas of a folder, or what is wrong with it."""
    try:
        return loading.typed(raw), ()
    except DataError as error:
        return None, error.problems


def _folder_findings(
    problems: Sequence[Problem], upload: Upload, merged: pd.DataFrame, known: Sequence[Finding]
) -> list[Finding]:
    """Return problems of the folder as findings about the file's own rows, as far as they are its rows; what is an error already is left out."""
    if not problems:
        return []
    stopped = {row for finding in known if finding.severity is Severity.ERROR for row in finding.rows}
    groups: dict[Problem, list[int]] = {}
    for problem, row in zip(problems, _file_rows(problems, upload, merged), strict=True):
        if row is None:
            groups[problem] = []
        elif row not in stopped:
            groups.setdefault(_without_row(problem), []).append(row)
    return [_folder_finding(problem, tuple(dict.fromkeys(rows)), upload) for problem, rows in groups.items()]


def _without_row(problem: Problem) -> Problem:
    """Return a problem as that of a whole file, so that equal ones can be put together."""
    return Problem(problem.file, None, problem.field, problem.value, problem.expected)


def _file_rows(problems: Sequence[Problem], upload: Upload, merged: pd.DataFrame) -> list[int | None]:
    """Return the row of the file each problem is about, None where it is about something else."""
    own = [
        at for at, problem in enumerate(problems) if problem.file == f"{upload.kind}.csv" and problem.row is not None
    ]
    places = np.array([int(problems[at].row or 0) - 2 for at in own], int)
    firsts = upload.table.drop_duplicates(KEYS[f"{upload.kind}.csv"], keep="last")
    found = merge.row_keys(firsts, upload.kind).get_indexer(merge.row_keys(merged.iloc[places], upload.kind))
    rows: list[int | None] = [None] * len(problems)
    for at, place in zip(own, found, strict=True):
        rows[at] = int(firsts["row"].iloc[place]) if place >= 0 else None
    return rows


def _folder_finding(problem: Problem, rows: tuple[int, ...], upload: Upload) -> Finding:
    """Return a problem of the folder as a finding."""
    known = TABLES[f"{upload.kind}.csv"].get(problem.field)
    target = known.target if known else problem.field
    column = next((use.column for use in upload.columns if rows and use.target == target), None)
    place = str(problem).split(": ", 1)[0]
    params = {"place": place, "expected": problem.expected}
    return Finding("folder_problem", Severity.ERROR, rows, column, heading(upload, column), problem.value, params)


def _lost(follows: Effects) -> list[Finding]:
    """Return the sentences that could no longer be computed, each once."""
    lost: dict[str, dict[str, None]] = {}
    for sentence in follows.sentences:
        if sentence.lost:
            lost.setdefault(sentence.slide, {}).update(dict.fromkeys(sentence.lost))
    return [
        Finding("sentence_lost", Severity.WARNING, params={"slide": slide, "names": ", ".join(names)})
        for slide, names in lost.items()
    ]
