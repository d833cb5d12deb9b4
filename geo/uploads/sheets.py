"""The sheets of a workbook: which one is read where nobody chose one, and what is said of the others."""

import itertools
import posixpath
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any
from xml.etree import ElementTree as ET  # nosec B405  # see _elements

from geo.uploads.archives import Archive
from geo.uploads.bounds import RefusedError, error
from geo.uploads.fields import by_heading
from geo.uploads.model import IGNORED, Finding, Severity
from geo.uploads.styles import date_styles
from geo.uploads.words import key

__all__ = ["PROBLEMS", "RELATIONS", "WORKBOOK", "Listed", "best", "listed", "named", "others", "preferred"]

PROBLEMS = "问题 Problems"  # name of the sheet that lists all notes in a marked copy
WORKBOOK, RELATIONS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
_SHORT = 2_000_000  # bytes of a list of sheets
# A quick look is enough to see whether a sheet is filled.
_HEAD, _STRINGS = 256_000, 2_000_000  # bytes of a sheet and of the shared texts
_ROWS, _COLUMNS, _SHEETS, _NAMED = 60, 60, 100, 20
_FRONT = frozenset(("目录", "目錄", "封面", "索引", "contents", "cover", "index"))
# Headings of numbers that are no figures.
_COUNTING = frozenset(("序号", "编号", "行次", "页码", "页次", "页", "no", "no.", "page", "#"))
_NUMBER = re.compile(r"[-+]?[0-9０-９][0-9０-９,，.．]*(?:[eE][-+]?[0-9]+)?\s*%?")
_NO_FIGURE = re.compile(r"(?:19|20)[0-9]{2}|44[0-9]{4}(?:[0-9]{6})?")  # a year, the code of a place
_LONGEST = 60  # characters of a heading here
_CELL = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")

Row = Mapping[str, str]  # text by column


@dataclass(frozen=True)
class Listed:
    """A sheet as the workbook lists it."""

    name: str
    part: str
    visible: bool


def listed(archive: Archive) -> list[Listed]:
    """Return the sheets of a workbook that hold cells, in its order."""
    relations, workbook = archive.tree(RELATIONS, _SHORT), archive.tree(WORKBOOK, _SHORT)
    parts = {
        entry.get("Id"): posixpath.normpath(posixpath.join("/xl", entry.get("Target", "").replace("\\", "/")))[1:]
        for entry in relations
        if entry.get("Type", "").endswith("/worksheet")
    }
    sheets = []
    for entry in workbook.iterfind("{*}sheets/{*}sheet"):
        name = next((value for name, value in entry.items() if name.endswith("}id")), "")
        if name in parts:
            sheets.append(Listed(entry.get("name", ""), parts[name], entry.get("state", "visible") == "visible"))
    return sheets


def preferred(archive: Archive, entries: Sequence[Listed], name: str) -> tuple[list[Listed], list[Listed]]:
    """Return the sheets to try, best first, and those that hold a table.

    Parameters
    ----------
    name
        Of the sheet somebody chose: then only that is tried, and no other looked at. "" tries the first visible sheet that holds a table,
        or all visible ones where none does.

    Raises
    ------
    RefusedError
        If there is no such sheet, or tables stand on hidden sheets only while the visible ones are blank.
    """
    if name:
        return [named(entries, name)], []
    if len(entries) == 1 and entries[0].visible:
        return list(entries), []
    return best(entries, _looks(archive, entries))


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


def best(entries: Sequence[Listed], looks: Sequence[tuple[Listed, Sequence[Row]]]) -> tuple[list[Listed], list[Listed]]:
    """Return the sheets to try where nobody chose one, best first, and those that hold a table.

    Parameters
    ----------
    looks
        Sheets with their first rows that hold anything, each the texts by column, "-" for a date.

    Raises
    ------
    RefusedError
        If tables stand on hidden sheets only while the visible ones are blank.
    """
    filled = [entry for entry, rows in looks if not _is_front(entry.name) and _has_table(rows)]
    visible = [entry for entry in entries if entry.visible]
    first = next((entry for entry in filled if entry.visible), None)
    if filled and not first and not any(rows for entry, rows in looks if entry.visible):
        raise error("only_hidden", sheets=_names(filled))
    return [first] if first else visible, filled


def others(chosen: Listed, entries: Sequence[Listed], filled: Sequence[Listed]) -> Iterator[Finding]:
    """Yield what has to be said of the sheets that are not read, where nobody chose one."""
    skipped = [entry for entry in entries[: entries.index(chosen)] if entry.visible and entry not in filled]
    if skipped and chosen in filled:
        yield Finding("sheet_passed_over", Severity.NOTE, params={"sheet": chosen.name, "sheets": _names(skipped)})
    also = [entry for entry in filled if entry != chosen]
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


def _looks(archive: Archive, entries: Sequence[Listed]) -> list[tuple[Listed, list[Row]]]:
    """Return sheets with their first rows that hold anything, dates left out."""
    dates = date_styles(archive)
    shared = next((name for name in archive.names if name.lower() == "xl/sharedstrings.xml"), "")
    strings = [_text(entry) for entry in _elements(archive, shared, "si", _STRINGS)] if shared else []
    return [(entry, _rows(archive, entry.part, strings, dates)) for entry in entries[:_SHEETS]]


def _elements(archive: Archive, name: str, tag: str, size: int) -> Iterator[ET.Element]:
    """Yield the elements of a kind at the start of a part, as far as it is sound: what is wrong further on is found when it is read."""
    # No document type stands before the first element (Archive.head), and the size is bounded.
    parser: ET.XMLPullParser[Any] = ET.XMLPullParser(("end",))  # nosec B314
    try:
        parser.feed(archive.head(name, size))
        for event in parser.read_events():
            element = event[-1]
            if isinstance(element, ET.Element) and element.tag.rpartition("}")[2] == tag:
                yield element
    except (ET.ParseError, RefusedError):
        return


def _text(element: ET.Element) -> str:
    """Return the text of a shared or inline string, without the reading aids of East Asian texts."""
    runs = (run.text or "" for run in (*element.iterfind("{*}t"), *element.iterfind("{*}r/{*}t")))
    return "".join(runs).strip()


def _rows(archive: Archive, part: str, strings: Sequence[str], dates: frozenset[int]) -> list[Row]:
    """Return the first rows of a sheet that hold anything."""
    rows: list[Row] = []
    for row in _elements(archive, part, "row", _HEAD):
        cells = {}
        for number, cell in enumerate(itertools.islice(row.iterfind("{*}c"), _COLUMNS)):
            place = _CELL.fullmatch(cell.get("r", ""))
            if text := _shown(cell, strings, dates):
                cells[place[1] if place else str(number)] = text
        if cells:
            rows.append(cells)
        if len(rows) >= _ROWS:
            break
    return rows


def _shown(cell: ET.Element, strings: Sequence[str], dates: frozenset[int]) -> str:
    """Return the text of a cell; "-" for a date, which is a number in the file."""
    kind, inline, value = cell.get("t", "n"), cell.find("{*}is"), (cell.findtext("{*}v") or "").strip()
    if inline is not None:
        return _text(inline)
    if kind == "s":
        known = value.isdecimal() and len(value) < 10 and int(value) < len(strings)
        return strings[int(value)] if known else "-"
    style = cell.get("s", "")
    return "-" if value and kind == "n" and style.isdecimal() and int(style) in dates else value


def _has_table(rows: Sequence[Row]) -> bool:
    """Return whether figures stand below something, or a row has the headings of another kind of file."""
    above: dict[str, set[str]] = {}
    wide = len({column for row in rows for column in row}) > 1
    for number, row in enumerate(rows):
        for column, text in row.items():
            if number and wide and _is_figure(text) and not above.get(column, set()) & _COUNTING:
                return True
            above.setdefault(column, set()).add(text[:_LONGEST].casefold())
    return any(_heads_records(row) for row in rows[: min(10, len(rows) - 1)])


def _is_figure(text: str) -> bool:
    """Return whether a text is a number that may be a figure."""
    return len(text) <= _LONGEST and _NUMBER.fullmatch(text) is not None and not _NO_FIGURE.fullmatch(text)


def _heads_records(row: Row) -> bool:
    """Return whether a row has at least three headings of a table of clusters, tenants or slides."""
    words = {key(text) for text in list(row.values())[:_LONGEST] if len(text) <= _LONGEST}
    return any(len(words & headings) > 2 for headings in _headings())


@cache
def _headings() -> tuple[frozenset[str], ...]:
    """Return the headings of clusters, tenants and slides."""
    kinds = (by_heading(kind) for kind in ("clusters", "tenants", "slides"))
    return tuple(frozenset(word for word, field in names.items() if field != IGNORED) for names in kinds)
