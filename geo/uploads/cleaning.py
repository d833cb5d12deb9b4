"""From a sheet as read to a typed upload with everything that is wrong in it."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from geo.fields import TABLES
from geo.schema import Atlas
from geo.translation import mark
from geo.uploads.figures.contents import other_kind
from geo.uploads.figures.indicators import Cleaned, clean_indicators
from geo.uploads.findings import Notes
from geo.uploads.model import (
    Choices,
    ColumnUse,
    Finding,
    Kind,
    Progress,
    Reading,
    Severity,
    Sheet,
    Upload,
    empty_table,
    silent,
)
from geo.uploads.read.sheets.together import joined
from geo.uploads.records.listings import clean_listing

__all__ = ["clean"]

SAMPLE_ROWS = 3  # below the header
_HELP_READ = 100  # characters that tell an explanation of ours
_HELP = tuple(
    " ".join(text.split())[:_HELP_READ]
    for columns in TABLES.values()
    for column in columns.values()
    for text in column.help.values()
    if text
)


def clean(
    reading: Reading, file_name: str, kind: Kind, atlas: Atlas, choices: Choices, progress: Progress | None = None
) -> Upload:
    """Return what a file says, in the catalogue's terms.

    Parameters
    ----------
    reading, file_name, kind
        The sheet and how it was read, and what was uploaded.
    atlas
        The data of today: districts, metrics, clusters, companies and sources that a file may name.
    choices
        What somebody chose for what the file does not say itself.
    progress
        Told the share done, from 0 to 1, and what is being done.

    Returns
    -------
    A table of what is right, and findings on everything else. Values are in the unit of their metric.
    """
    if reading.parts:
        return joined(reading, [clean(part, file_name, kind, atlas, choices, progress) for part in reading.parts])
    notes, tell = Notes(), progress or silent
    tell(0.0, mark("Recognising the table"))
    header, uses, table, totals = _cleaned(reading, file_name, kind, atlas, choices, notes)
    tell(1.0, mark("Recognising the table"))
    return Upload(
        kind=kind,
        file_name=file_name,
        encoding=reading.encoding,
        delimiter=reading.delimiter,
        sheet=reading.name,
        sheets=reading.sheets,
        sample=_sample(reading.sheet, header),
        columns=uses,
        table=table,
        totals=totals,
        findings=(*_headed(reading.findings, uses), *notes.found),
    )


def _headed(findings: Sequence[Finding], uses: Sequence[ColumnUse]) -> Iterator[Finding]:
    """Yield findings of the reader, which knows no header, with the headings of their columns; comments of our templates are none.

    Office suites save them without the author by whom the reader knows them.
    """
    headings = {use.column: use.heading for use in uses}
    for finding in findings:
        if finding.code == "comment" and str(finding.params["words"]).startswith(_HELP):
            continue
        known = headings.get(finding.column, "") if finding.column else ""
        yield replace(finding, heading=finding.heading or known)


def _cleaned(reading: Reading, file_name: str, kind: Kind, atlas: Atlas, choices: Choices, notes: Notes) -> Cleaned:
    """Return what the sheet holds; nothing, and nothing more to say, where the file could not be read."""
    other = other_kind(reading.sheet, kind)
    unread = not len(reading.sheet) and any(finding.severity is Severity.ERROR for finding in reading.findings)
    if other:
        notes.add(f"is_{other}", Severity.ERROR)
    if other or unread:
        return (), (), empty_table(kind), empty_table("indicators")
    if kind == "indicators":
        sheet, name = reading.sheet, reading.name
        return clean_indicators(sheet, atlas, choices, notes, name, file_name=file_name, spans=reading.spans)
    return clean_listing(reading.sheet, kind, atlas, choices, notes)


def _sample(sheet: Sheet, header: tuple[int, ...]) -> tuple[tuple[str, ...], ...]:
    """Return the header and the rows below it as read."""
    first = header[0] if header else 0
    last = header[-1] if header else 0
    return tuple(sheet.row(number) for number in range(first, min(len(sheet), last + 1 + SAMPLE_ROWS)))
