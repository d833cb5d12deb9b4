"""Indicator files: from a sheet, tidy or wide, to figures by district, metric and period."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

import numpy as np
import pandas as pd

from geo.schema import ADCODES, CITY, PERIOD, Atlas
from geo.uploads.blocks import Block, blocks, in_sheet, without_repeated
from geo.uploads.bounds import MAX_NAME, MAX_TABLES
from geo.uploads.facets import Facet, Table, read_facets
from geo.uploads.figures import Defaults, Figures, Reader
from geo.uploads.findings import Notes
from geo.uploads.heading_parts import OPENING_CLOSING, unit_in
from geo.uploads.headings import Vocabulary, vocabulary
from geo.uploads.keys import settle
from geo.uploads.layout import Layout, arrange
from geo.uploads.model import Choices, ColumnUse, Finding, Severity, Sheet, empty_table
from geo.uploads.numbers import Numbers, read_numbers
from geo.uploads.periods import periods_in, read_period
from geo.uploads.tables import Frame, has_long_headings, is_note
from geo.uploads.units import FRACTIONS, read_unit
from geo.uploads.words import bracketed, encodable, plain

__all__ = ["Cleaned", "clean_indicators"]

# Words beside a date of the paper itself, not of its figures.
OFFICE = re.compile(
    "导出|打印|制表|填表|填报|发布|印发|年鉴|字[〔\\[（(]|export|printed|published|yearbook", re.IGNORECASE
)

Cleaned = tuple[tuple[int, ...], tuple[ColumnUse, ...], pd.DataFrame, pd.DataFrame]  # header rows, uses, table, totals


def clean_indicators(
    sheet: Sheet, atlas: Atlas, choices: Choices, notes: Notes, tell: Callable[[float], None], name: str = ""
) -> Cleaned:
    """Return the header of an indicator file, what its columns are taken for, its figures and its total rows.

    Parameters
    ----------
    sheet, atlas, choices
        What was read, what is known, and what somebody chose for what the file does not say.
    notes
        Grows by everything that is wrong.
    tell
        Told the share that is done.
    name
        Of the sheet: it says what a title above the table would, such as 2023年.

    Returns
    -------
    Rows of the header, counted from 0; uses of columns; two tables as in :class:`geo.uploads.model.Upload`, values in units of the catalogue.
    """
    words = vocabulary(atlas, choices.columns)
    found = blocks(sheet, words.weigh, name)
    if len(found) > MAX_TABLES:
        notes.add("too_many_tables", Severity.ERROR, (found[-1].row + 1,), limit=MAX_TABLES)
        return (), (), empty_table("indicators"), empty_table("indicators")
    parts: list[Cleaned] = []
    said: dict[str, Finding] = {}
    for block in found:
        own = Notes()
        parts.append(_in_sheet(block, _clean_block(block, words, atlas, choices, own, tell)))
        said |= {repr(finding): finding for finding in (in_sheet(one, block) for one in own.found)}
    notes.found += said.values()
    header, uses = parts[0][0], tuple(use for part in parts for use in part[1])
    tables = [pd.concat([part[number] for part in parts], ignore_index=True) for number in (2, 3)]
    return header, uses, without_repeated(tables[0], notes) if len(parts) > 1 else tables[0], tables[1]


def _clean_block(
    block: Block, words: Vocabulary, atlas: Atlas, choices: Choices, notes: Notes, tell: Callable[[float], None]
) -> Cleaned:
    """Return what :func:`clean_indicators` does of one table, rows and columns counted within it."""
    sheet, frame = block.sheet, block.frame
    if frame is None:
        notes.add("no_header", Severity.ERROR)
        return (), (), empty_table("indicators"), empty_table("indicators")
    if has_long_headings(frame, notes):
        return frame.header, (), empty_table("indicators"), empty_table("indicators")
    place = choices.district or _district_of_title(frame, words)
    layout = arrange(sheet, frame, words, notes, of_one_district=bool(place))
    tell(0.1)
    numbers = {column: read_numbers(sheet.columns[column].words) for column in layout.figures}
    present = _present(sheet, frame, layout, numbers)
    filled = present.any(axis=0)
    if layout.figures and not filled.any():
        notes.add("no_figures", Severity.ERROR)
    tell(0.5)
    table = Table(sheet, layout, frame.rows[filled], words, notes)
    reader = Reader(
        table, read_facets(table, atlas.sources), atlas.metrics, _defaults(frame, words, choices, atlas, notes)
    )
    figures, totals = settle(_figures(reader, numbers, present[:, filled]), reader)
    _note_titles(reader, choices)
    table_and_totals = [_frame(part, reader, choices) for part in (figures, totals)]
    return frame.header, layout.uses, *_as_in_title(table_and_totals, frame, choices, notes)


def _in_sheet(block: Block, cleaned: Cleaned) -> Cleaned:
    """Return what a table holds with its place in the sheet."""
    header, uses, *tables = cleaned
    moved = [table.assign(row=table["row"] + block.row, column=table["column"] + block.column) for table in tables]
    return (
        tuple(row + block.row for row in header),
        tuple(replace(use, column=use.column + block.column) for use in uses),
        moved[0],
        moved[1],
    )


def _as_in_title(
    tables: Sequence[pd.DataFrame], frame: Frame, choices: Choices, notes: Notes
) -> tuple[pd.DataFrame, ...]:
    """Return figures whose whole year the title calls a part of it: in that part where somebody chose it, as they are with a warning otherwise."""
    parts = {period for text in _titles(frame) for period in periods_in(text) if len(period) > 4}
    chosen, _ = read_period(choices.period) if choices.period else ("", "")
    for part in sorted(parts):
        of_year = [table["period"] == part[:4] for table in tables]
        if len(parts) > 1 or chosen == part[:4] or not of_year[0].any():
            continue
        if chosen == part:
            tables = [
                table.assign(period=table["period"].mask(at, part)) for table, at in zip(tables, of_year, strict=True)
            ]
        else:
            rows = tuple(dict.fromkeys(tables[0].loc[of_year[0], "row"].tolist()))
            notes.add("title_says_part", Severity.WARNING, rows, period=part, year=part[:4])
    return tuple(tables)


def _figures(reader: Reader, numbers: dict[int, Numbers], present: np.ndarray) -> Figures:
    """Return the good figures of all columns; ``present`` says where any stand, shape (columns of figures, rows of the table)."""
    columns = reader.table.layout.figures
    parts = [
        reader.read(column, numbers[column], np.flatnonzero(there))
        for column, there in zip(columns, present, strict=True)
    ]
    return Figures.joined(parts) if parts else Figures.none()


def _present(sheet: Sheet, frame: Frame, layout: Layout, numbers: dict[int, Numbers]) -> np.ndarray:
    """Return where figures stand, shape (columns of figures, rows of the body); a label merged over its row is none."""
    label = sheet.columns[0]
    present = np.zeros((len(layout.figures), len(frame.rows)), dtype=bool)
    for line, column in enumerate(layout.figures):
        codes = sheet.columns[column].codes[frame.rows]
        present[line] = ~numbers[column].missing[codes]
        for word in numbers[column].wrong if column else ():
            text = sheet.columns[column].words[word]
            if len(text) > 1 and text in label.words:
                present[line] &= ~((codes == word) & (label.codes[frame.rows] == label.words.index(text)))
    return present


def _defaults(frame: Frame, words: Vocabulary, choices: Choices, atlas: Atlas, notes: Notes) -> Defaults:
    """Return what the choices, and after them the texts above the table, say of the whole file; invalid choices are noted."""
    period, wrong = read_period(choices.period) if choices.period else ("", "")
    checks = (
        ("district", choices.district, choices.district in ("", CITY, *ADCODES)),
        ("metric", choices.metric, not choices.metric or choices.metric in atlas.metrics),
        ("period", choices.period, not wrong and (not period or bool(PERIOD.fullmatch(period)))),
        ("unit", choices.unit, not choices.unit or choices.unit in FRACTIONS or read_unit(choices.unit) is not None),
    )
    for name, value, good in checks:
        if not good:
            notes.add("choice_unknown", Severity.ERROR, (), (None, ""), value, field=name)
    titles = [text for text in frame.above if not unit_in(text) and not OFFICE.search(text)]
    metrics = {metric for metric in map(words.metric_in, titles) if metric}
    periods = {period for text in titles for period in periods_in(text)}
    notes_in_header = [text for parts in frame.headings for text in parts if is_note(text)]
    fine = {name: good for name, _, good in checks}
    return Defaults(
        district=choices.district if fine["district"] and choices.district else _district_of_title(frame, words),
        metric=choices.metric if fine["metric"] and choices.metric else metrics.pop() if len(metrics) == 1 else "",
        period=period or (periods.pop() if len(periods) == 1 else ""),
        units=tuple(_units_said((*frame.above, *notes_in_header))),
        chosen_unit=choices.unit if fine["unit"] else "",
    )


def _titles(frame: Frame) -> Iterator[str]:
    """Yield the texts above the table that may say what it is about: neither notes nor what concerns the paper itself, nor very long ones."""
    for text in frame.above:
        if len(text) <= MAX_NAME and not is_note(text) and not OFFICE.search(text):
            yield text


def _district_of_title(frame: Frame, words: Vocabulary) -> str:
    """Return the district that the texts above the table name, "" where they name none or several."""
    found = {adcode for text in _titles(frame) for adcode in words.places.named_in(text)}
    return found.pop() if len(found) == 1 else ""


def _units_said(texts: tuple[str, ...]) -> list[str]:
    """Return the units that texts above a table, or in its corner, name, as in "单位：万元、万人"."""
    found: list[str] = []
    for text in texts:
        _, said, after = plain(text).replace("单位", "unit:").casefold().partition("unit")
        parts = after.lstrip("s: ").replace("、", ",").replace(";", ",").rstrip(")] ").split(",") if said else [text]
        found += [unit for unit in map(unit_in, parts) if unit]
        inside = (group[1:-1] for group in bracketed(plain(text), *OPENING_CLOSING))  # 指标：地区生产总值(万元)
        found += [unit for unit in map(unit_in, inside) if unit]
    return found


def _note_titles(reader: Reader, choices: Choices) -> None:
    """Note what was taken from the title, since no column and no choice says it."""
    if "period" in reader.used and not choices.period:
        reader.table.notes.add("period_from_title", Severity.WARNING, period=reader.defaults.period)
    layout = reader.table.layout
    if (
        reader.defaults.district
        and not choices.district
        and not layout.districts
        and not any(h.place for h in layout.headings)
    ):
        reader.table.notes.add("district_from_title", Severity.WARNING, district=reader.defaults.district)
    if "metric" in reader.used and not choices.metric:
        reader.table.notes.add("metric_from_title", Severity.NOTE, metric=reader.defaults.metric)


def _frame(figures: Figures, reader: Reader, choices: Choices) -> pd.DataFrame:
    """Return figures as a table, sorted as the file has them."""
    if len(reader.table.layout.figures) > 1:
        figures = figures.only(np.lexsort((figures.column, figures.line)))
    texts, facets = reader.pool.texts, reader.facets
    return pd.DataFrame(
        {
            "adcode": _texts(texts, figures.district),
            "metric": _texts(texts, figures.metric),
            "period": _texts(texts, figures.period),
            "value": figures.value,
            "source_id": _described(facets.source, figures.line, choices.source_id),
            "quality": _described(facets.quality, figures.line, choices.quality),
            "note": _noted(_described(_own_notes(reader), figures.line, ""), figures, reader),
            "row": reader.table.rows[figures.line] + 1,
            "column": figures.column.astype(np.int64) + 1,
        }
    )


def _noted(notes: pd.Series, figures: Figures, reader: Reader) -> pd.Series:
    """Return notes that also say how sure a figure is, where its heading or the name of its metric says so: 初步."""
    marks = [heading.mark for heading in reader.table.layout.headings]
    if not any(marks) and reader.facets.mark is None:
        return notes
    said = pd.Series(np.array(marks, object)[figures.column], dtype=str)
    said = said.where(said != "", _described(reader.facets.mark, figures.line, ""))
    return notes.where(said == "", said.where(notes == "", notes + " (" + said + ")")).astype(str)


def _own_notes(reader: Reader) -> Facet | None:
    """Return what a file's notes say of its own: what the catalogue tells of a figure, and our downloads repeat, is not a note of it."""
    facet, told = (
        reader.facets.note,
        [text for m in reader.metrics.values() for r in m.remarks for text in r.text.values()],
    )
    if facet is None:
        return None
    entries = facet.entries
    for text in told:
        entries = tuple(entry and entry.removesuffix(text).rstrip() for entry in entries)
    return Facet(entries, facet.codes)


def _described(facet: Facet | None, at: np.ndarray, default: str) -> pd.Series:
    """Return what a facet says of each figure, or what holds where it says nothing."""
    if facet is None:
        return _texts([default], np.zeros(len(at), dtype=np.int32))
    return _texts([entry or default for entry in facet.entries], facet.codes[at])


def _texts(texts: list[str], numbers: np.ndarray) -> pd.Series:
    """Return a text column from few texts and the number of one of them for each row."""
    return pd.Series(pd.array([encodable(text) for text in texts] or [""], dtype=str).take(numbers))
