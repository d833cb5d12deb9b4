"""The sheets of a workbook: which one is read where nobody chose one, and what is said of the others. Runs in the worker."""

import re
import unicodedata
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from geo.uploads.bounds import error
from geo.uploads.finding import Finding, Severity

__all__ = ["ALL_SHEETS", "COLUMNS", "PROBLEMS", "ROWS", "Headings", "Listed", "best", "is_figure", "named", "others"]

ALL_SHEETS = "*"  # all that hold a table, read together; no sheet can be called so
PROBLEMS = "问题 Problems"  # name of the sheet that lists all notes in a marked copy
ROWS, COLUMNS = 60, 60  # a quick look that is enough to see whether a sheet is filled
_NAMED = 20
_FRONT = frozenset(("目录", "目錄", "封面", "索引", "contents", "cover", "index"))
# Headings of numbers that are not figures.
_COUNTING = frozenset(("序号", "编号", "行次", "页码", "页次", "页", "no", "no.", "page", "#"))
_NUMBER = re.compile(r"[-+]?[0-9０-９][0-9０-９,，.．]*(?:[eE][-+]?[0-9]+)?\s*%?")
_NO_FIGURE = re.compile(r"(?:19|20)[0-9]{2}|44[0-9]{4}(?:[0-9]{6})?")  # a year, the code of a place
_LONGEST = 60  # characters of a heading here
_SIGNS = re.compile(r"[^\w%‰±]|_")

Headings = Sequence[Collection[str]]  # of clusters, tenants and slides, as :func:`geo.uploads.parse.words.key` has them
Look = Sequence[Sequence[str]]  # the first rows that hold anything, "-" for a date


@dataclass(frozen=True)
class Listed:
    """A sheet as the workbook lists it."""

    name: str
    visible: bool


def named(entries: Sequence[Listed], name: str) -> Listed:
    """Return the first sheet of a name.

    Raises
    ------
    RefusedError
        If there is none, with the names there are.
    """
    for entry in entries:
        if entry.name == name:
            return entry
    raise error("no_such_sheet", value=name, sheets=", ".join(entry.name for entry in entries))


def best(looks: Sequence[tuple[Listed, Look]], headings: Headings) -> tuple[Listed, list[Listed]]:
    """Return the sheet to read where nobody chose one, and those that hold a table.

    Parameters
    ----------
    looks
        Sheets with what a quick look shows of them.
    headings
        A row with three of one kind heads a table, too.

    Returns
    -------
    The first visible sheet with figures, or with at least two rows and two columns where none has, or with anything.

    Raises
    ------
    RefusedError
        If all sheets are blank, or tables stand on hidden sheets only while the visible ones are blank.
    """
    filled = [entry for entry, rows in looks if not _is_front(entry.name) and _has_table(rows, headings)]
    visible = [(entry, rows) for entry, rows in looks if entry.visible and rows]
    for entry, _ in visible:
        if entry in filled:
            return entry, filled
    if filled and not visible:
        raise error("only_hidden", sheets=_names(filled))
    if not visible:
        raise error("empty_file")
    return next((entry for entry, rows in visible if len(rows) > 1 and _width(rows) > 1), visible[0][0]), filled


def others(
    chosen: Sequence[Listed], entries: Sequence[Listed], filled: Sequence[Listed], *, all_wanted: bool
) -> Iterator[Finding]:
    """Yield what has to be said of the sheets that hold anything and are not read, where nobody chose one, or somebody all with a table."""
    last = len(entries) if all_wanted else entries.index(chosen[-1])
    skipped = [entry for entry in entries[:last] if entry.visible and entry not in filled]
    if skipped and chosen[0] in filled:
        yield Finding("sheet_passed_over", Severity.NOTE, params={"sheet": _names(chosen), "sheets": _names(skipped)})
    also = [entry for entry in filled if entry not in chosen]
    if visible := [entry for entry in also if entry.visible]:
        yield Finding("other_sheets", Severity.WARNING, params={"sheets": _names(visible)})
    if hidden := [entry for entry in also if not entry.visible]:
        yield Finding("hidden_sheets", Severity.NOTE, params={"sheets": _names(hidden)})


def _is_front(name: str) -> bool:
    """Return whether a sheet is, by its name, a cover, a list of contents or our own list of problems."""
    return name == PROBLEMS or name.strip().casefold() in _FRONT


def _names(entries: Sequence[Listed]) -> str:
    """Return the names of sheets, only the first of very many."""
    return ", ".join([*(entry.name for entry in entries[:_NAMED]), *(["…"] if len(entries) > _NAMED else [])])


def _width(rows: Look) -> int:
    """Return in how many columns anything stands."""
    return len({column for row in rows for column, text in enumerate(row) if text})


def _has_table(rows: Look, headings: Headings) -> bool:
    """Return whether figures stand below something, or a row has the headings of another kind of file."""
    above: dict[int, set[str]] = {}
    wide = _width(rows) > 1
    for number, row in enumerate(rows):
        for column, text in enumerate(row):
            if number and wide and is_figure(text) and not above.get(column, set()) & _COUNTING:
                return True
            above.setdefault(column, set()).add(text[:_LONGEST].casefold())
    return any(_heads_records(row, headings) for row in rows[: min(10, len(rows) - 1)])


def is_figure(text: str) -> bool:
    """Return whether a text is a number that may be a figure."""
    return len(text) <= _LONGEST and _NUMBER.fullmatch(text) is not None and not _NO_FIGURE.fullmatch(text)


def _heads_records(row: Sequence[str], headings: Headings) -> bool:
    """Return whether a row has at least three headings of a table of clusters, tenants or slides."""
    words = {_key(text) for text in row if text and len(text) <= _LONGEST}
    return any(len(words.intersection(known)) > 2 for known in headings)


def _key(text: str) -> str:
    """Return what :func:`geo.uploads.parse.words.key` does, but for footnote marks and traditional characters, which need more than a worker has."""
    return _SIGNS.sub("", unicodedata.normalize("NFKC", text).casefold())
