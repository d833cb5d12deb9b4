"""Tables that share a sheet: side by side, as yearbooks print them, or one below the other (续表)."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import islice, pairwise

import pandas as pd

from geo.schema import number_text
from geo.uploads.bounds import MAX_NAME, MAX_TABLES
from geo.uploads.figures.tables import Frame, Weigh, is_note, locate
from geo.uploads.findings import MOST, Notes
from geo.uploads.model import Severity, Sheet
from geo.uploads.parse.headwords import NAMES
from geo.uploads.parse.numbers import is_figure
from geo.uploads.parse.periods import is_part_of_year, periods_in
from geo.uploads.parse.words import key

__all__ = ["Block", "blocks", "is_district", "without_repeated"]

_NUMBERED = re.compile("(?:表|table)\\s*[0-9一二三四五六七八九十]", re.IGNORECASE)
_CONTINUED = re.compile("续表|continued|[(（]续", re.IGNORECASE)
_LONGEST = 20  # characters of the heading of districts


@dataclass(frozen=True)
class Block:
    """One table of a sheet, and where it stands there."""

    sheet: Sheet
    frame: Frame | None  # None where no row looks like a header
    row: int = 0  # of the sheet, counted from 0, where the first row of the block is
    column: int = 0


def blocks(sheet: Sheet, weigh: Weigh, name: str = "") -> list[Block]:
    """Return the tables of a sheet from top to bottom, each from left to right; one without a frame where there is none.

    Parameters
    ----------
    sheet
        The texts as read.
    weigh
        Says what a text means in a header.
    name
        Of the sheet, which says what a title above it would.

    Notes
    -----
    No more than one above :data:`geo.uploads.bounds.MAX_TABLES` are looked for. A table ends where the heading of its districts comes once more,
    over other headings or beside the first. What a title above the first table says holds for those below it unless they have a period of their own.
    """
    found: list[Block] = []
    start, inherited = 0, (name,) if 0 < len(name) <= MAX_NAME else ()
    weigh = cache(weigh)  # what tables have in common is looked at once
    while True:
        part = sheet.part(slice(start, None))
        frame = locate(part, weigh)
        following = _next_header(part, frame) if frame else 0
        if frame and following:
            part = part.part(slice(following))
            frame = locate(part, weigh)
        found += [_named(block, name) for block in _side_by_side(part, frame, start, weigh, inherited)]
        if not following or frame is None or len(found) > MAX_TABLES:
            return found[: MAX_TABLES + 1]
        inherited = inherited if start else (*frame.above, *inherited)
        start += following


def without_repeated(table: pd.DataFrame, notes: Notes) -> pd.DataFrame:
    """Return figures of several tables with one for each key; where two tables say something else, that is noted."""
    keys = ["adcode", "metric", "period"]
    differing = table[table.groupby(keys)["value"].transform("nunique") > 1]
    for key_, group in islice(differing.groupby(keys, sort=False), MOST):
        first = group.iloc[0]
        other = group[group["value"] != first["value"]].iloc[0]
        params = dict(zip(("district", "metric", "period"), map(str, key_), strict=True))
        params |= {"other": number_text(float(other["value"])), "row": str(other["row"])}
        rows, spot = list(dict.fromkeys(group["row"].tolist())), (int(first["column"]), "")
        notes.add("tables_differ", Severity.ERROR, rows, spot, number_text(float(first["value"])), **params)
    return table[~table.duplicated(keys)].reset_index(drop=True)


def _next_header(sheet: Sheet, frame: Frame) -> int:
    """Return the row where the next table begins, its titles included; 0 where there is none.

    The same header once more is that of another page, unless a title above it says something that the first does not.
    """
    front = next((at for at, parts in enumerate(frame.headings) if any(map(is_district, parts))), None)
    if front is None or not frame.rows:
        return 0
    known = {sheet.row(row) for row in frame.header}
    for row in range(frame.header[-1] + 1, len(sheet)):
        if not is_district(sheet.row(row)[front]):
            continue
        if row == frame.rows[0]:
            return 0
        begin = row
        while begin - 1 > frame.header[-1] and not any(map(is_figure, sheet.row(begin - 1))):
            begin -= 1
        if sheet.row(row) not in known or _has_title(sheet, range(begin, row), frame.above):
            return begin
    return 0


def _has_title(sheet: Sheet, rows: Iterable[int], known: Sequence[str]) -> bool:
    """Whether some rows hold a title that is not known."""
    texts = {text.strip() for row in rows for text in sheet.row(row)}
    return any(map(_is_title, texts - {text.strip() for text in known}))


def _is_title(text: str) -> bool:
    """Whether a text says what a table is about: neither a note, unless it numbers the table, nor that the table goes on."""
    numbered = _NUMBERED.match(text.strip()) is not None
    return bool(text.strip()) and not _CONTINUED.match(text.strip()) and (numbered or not is_note(text))


def _side_by_side(
    sheet: Sheet, frame: Frame | None, start: int, weigh: Weigh, inherited: tuple[str, ...]
) -> Iterator[Block]:
    """Yield the tables that stand beside each other, each beginning with the same heading of districts."""
    edges = _edges(frame) if frame else [0]
    for left, right in zip(edges, [*edges[1:], sheet.width], strict=True):
        part = sheet.part(slice(None), slice(left, right)) if len(edges) > 1 else sheet
        own = locate(part, weigh) if len(edges) > 1 else frame
        if own and frame:
            titled = any(map(_is_title, own.above))
            near = own.above if titled else (*own.above, *frame.above, *inherited)
            above = tuple(dict.fromkeys((*own.above, *frame.above)))
            if not any(periods_in(text) for text in above):
                # A title of its own says what the table is about, though not of which period and in which unit.
                more = [text for text in inherited if not titled or periods_in(text) or "单位" in text]
                above = tuple(dict.fromkeys((*above, *more)))
            parts = [text for text in inherited if is_part_of_year(text)]  # a sheet 5月 under a title 2024年
            above = tuple(dict.fromkeys((*above, *parts)))
            own = replace(own, above=above, near=tuple(dict.fromkeys(near)))
        yield Block(part, own, start, left)


def _named(block: Block, name: str) -> Block:
    """Return a table near which the name of its sheet stands too."""
    if block.frame is None or not 0 < len(name) <= MAX_NAME:
        return block
    return replace(block, frame=replace(block.frame, near=(*block.frame.near, name)))


def _edges(frame: Frame) -> list[int]:
    """Return the columns where a table begins; a number of the row before the districts belongs to them."""
    texts = ["".join(parts).strip() for parts in frame.headings]
    first = next((at for at, text in enumerate(texts) if is_district(text)), None)
    if first is None:
        return [0]
    again = [at for at, text in enumerate(texts) if text == texts[first]]
    if len(again) < 2 or any(right - left < 2 for left, right in pairwise(again)):
        return [0]
    lead = 0
    while lead < first and all(texts[at - lead - 1] == texts[first - lead - 1] for at in again):
        lead += 1
    return [0, *(at - lead for at in again[1:])]


def is_district(text: str) -> bool:
    """Whether a text is the heading of districts."""
    return 0 < len(text.strip()) <= _LONGEST and NAMES.get(key(text)) == "district"
