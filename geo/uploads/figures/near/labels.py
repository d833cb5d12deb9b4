"""Labels inside a table: a text alone in its row, such as 上半年 or 户籍人口, says what the rows below it are, up to the next that says so."""

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

import pandas as pd

from geo.periods import months
from geo.uploads.bounds import MAX_NAME
from geo.uploads.figures.blocks import Block, is_district
from geo.uploads.figures.tables import Frame, is_note
from geo.uploads.findings import Notes
from geo.uploads.model import Severity, Sheet
from geo.uploads.parse.heading import Heading
from geo.uploads.parse.heading_parts import units_said
from geo.uploads.parse.headings import Vocabulary
from geo.uploads.parse.headwords import MARKS
from geo.uploads.parse.numbers import is_figure
from geo.uploads.parse.parts import parts_in
from geo.uploads.parse.periods import is_part_of_year, joined_period, periods_in
from geo.uploads.parse.words import key, plain

__all__ = ["by_label", "labelled", "without_contradicted"]

_BELOW = re.compile(r"\s*(?:以下|下列)(?:各区|数据|各行)?(?:均?[为是])?[:：]?")
_Label = tuple[frozenset[str], str]  # what it says, of "year", "part", "unit" and "what", and the text without 以下为


def by_label(block: Block, words: Vocabulary) -> list[Block]:
    """Return the parts of a table, each with the labels its rows stand below; a table without labels as it is."""
    frame, sheet = block.frame, block.sheet
    if frame is None or not frame.rows:
        return [block]
    front = next((at for at, parts in enumerate(frame.headings) if any(map(is_district, parts))), 0)
    says = cache(lambda text: _said(text, words))
    known, stack = {sheet.row(row) for row in frame.header}, list[_Label]()
    rows: dict[tuple[str, ...], list[int]] = {}
    of_body = frozenset(frame.rows)
    for row in range(frame.header[-1] + 1, frame.rows[-1] + 1):
        kinds, text = says(_alone(sheet, row, front)) if sheet.row(row) not in known else (frozenset[str](), "")
        if kinds:
            above = next((at for at, (others, _) in enumerate(stack) if others & kinds), len(stack))
            stack = [*stack[:above], (kinds, text)]
        elif row in of_body:
            rows.setdefault(tuple(text for _, text in stack), []).append(row)
    filled = {labels: those for labels, those in rows.items() if _has_figures(sheet, those, front)}
    if not any(filled):
        return [block]
    return [replace(block, frame=_below(frame, labels, those)) for labels, those in filled.items()]


def labelled(headings: Sequence[Heading], frame: Frame, words: Vocabulary) -> list[Heading]:
    """Return headings, those of figures with the labels as rows above them; what a column says of each row, no label says of its column."""
    fields = {heading.field for heading in headings}
    years = {period[:4] for text in frame.above if len(text) <= MAX_NAME for period in periods_in(text)}
    found = []
    for heading, parts in zip(headings, frame.headings, strict=True):
        labels = [text for text in frame.labels if not _is_of_rows(text, fields, words)]
        if not heading.period and len(years) == 1 and not any(map(periods_in, labels)):
            year = next(iter(years))
            labels = [f"{year}年{text}" if is_part_of_year(text) else text for text in labels]
        is_figures = heading.figures or heading.likely or heading.part or heading.growth
        found.append(words.heading((*labels, *parts)) if labels and is_figures else heading)
    return found


def without_contradicted(figures: pd.DataFrame, frame: Frame, notes: Notes) -> pd.DataFrame:
    """Return figures without those that have no month in common with a label above them, 下半年 over 2024Q1; that is an error."""
    wrong = pd.Series(data=False, index=figures.index)
    for text in frame.labels:
        outside = {period for period in set(figures["period"]) if _is_outside(period, text)}
        those = figures["period"].isin(outside)
        if those.any():
            rows = sorted(set((figures.loc[those, "row"] + 1).tolist()))
            params = {"period": ", ".join(sorted(outside))}
            notes.add("label_contradicts", Severity.ERROR, rows, (None, ""), text, **params)
        wrong |= those
    return figures[~wrong]


def _is_outside(period: str, text: str) -> bool:
    """Whether a text names periods, or parts of any year, and none that shares a month with a period."""
    parts = [joined_period(year or period[:4], part, "")[0] for year, part in parts_in(text)]
    named = list(filter(None, map(months, (*periods_in(text), *parts))))
    own = months(period)
    return bool(named) and not any(
        own and own.year == one.year and own.first <= one.last and one.first <= own.last for one in named
    )


def _alone(sheet: Sheet, row: int, front: int) -> str:
    """Return the text that stands alone in a row, in front of its figures or across the row; "" where none does."""
    cells = sheet.row(row)
    texts = {text for text in cells if text.strip()}
    return texts.pop() if len(texts) == 1 and any(text.strip() for text in cells[: front + 1]) else ""


def _said(text: str, words: Vocabulary) -> _Label:
    """Return what a label says: nothing where it is a figure, a note or a place, or only divides the rows, as 中心城区 does."""
    nothing: _Label = (frozenset(), "")
    units = units_said([text]) if text and len(text) <= MAX_NAME else []
    if not text or len(text) > MAX_NAME or is_figure(text) or (is_note(text) and not units):
        return nothing
    if words.places.place(text).is_known:
        return nothing
    bare = _BELOW.sub("", plain(text), count=1)
    heading = words.heading([bare])
    if heading.field:
        return nothing
    says = {
        "year": bool(periods_in(bare)),
        "part": bool(parts_in(bare)) or is_part_of_year(bare),
        "unit": bool(units),
        "what": bool(heading.metric or heading.likely or words.others.any_in(bare) or key(bare) in MARKS),
    }
    return frozenset(kind for kind, said in says.items() if said), bare


def _has_figures(sheet: Sheet, rows: Sequence[int], front: int) -> bool:
    """Whether a figure stands behind the front of some rows."""
    return any(is_figure(text) for row in rows for text in sheet.row(row)[front + 1 :])


def _below(frame: Frame, labels: tuple[str, ...], rows: Sequence[int]) -> Frame:
    """Return a part of a table with the labels above its rows."""
    return replace(frame, rows=tuple(rows), labels=labels, near=(*labels, *frame.near))


def _is_of_rows(text: str, fields: set[str], words: Vocabulary) -> bool:
    """Whether a label says what a column says of each row: a metric or a period."""
    heading = words.heading([text])
    named = heading.metric or heading.likely
    return bool(("metric" in fields and named) or ("period" in fields and (periods_in(text) or parts_in(text))))
