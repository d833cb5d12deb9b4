"""Indicator files: from a sheet, tidy or wide, to figures by district, metric and period."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache

import pandas as pd

from geo.periods import is_monthly, is_year
from geo.schema import ADCODES, CITY, PERIOD, Atlas
from geo.uploads.bounds import MAX_NAME, MAX_TABLES
from geo.uploads.figures.blocks import Block, blocks
from geo.uploads.figures.doubtful import note_doubtful
from geo.uploads.figures.facets import TOTAL, Table, read_facets
from geo.uploads.figures.figures import COLUMNS, Defaults, figure_cells, read_figures
from geo.uploads.figures.keys import settle
from geo.uploads.figures.layout import arrange
from geo.uploads.figures.near.context import about_another, statements
from geo.uploads.figures.near.cumulated import Said, from_january
from geo.uploads.figures.near.labels import by_label, without_contradicted
from geo.uploads.figures.near.other_rows import without_other_rows
from geo.uploads.figures.near.outside import note_outside
from geo.uploads.figures.near.remarks import QUOTED, Remark, file_remark, note_remarks, remarks
from geo.uploads.figures.near.stated_part import in_stated_part
from geo.uploads.figures.shared import without_shared
from geo.uploads.figures.tables import Frame, has_long_headings, is_note
from geo.uploads.findings import Notes
from geo.uploads.model import Choices, ColumnUse, Severity, Sheet, Span, empty_table
from geo.uploads.parse.heading import Heading
from geo.uploads.parse.heading_parts import unit_in, units_said
from geo.uploads.parse.headings import Vocabulary, vocabulary
from geo.uploads.parse.numbers import is_figure
from geo.uploads.parse.periods import is_part_of_year, joined_period, periods_in, read_period
from geo.uploads.parse.units import FRACTIONS, read_unit
from geo.uploads.parse.words import encodable, plain

__all__ = ["Cleaned", "clean_indicators"]

# Words beside a date of the paper itself, not of its figures.
OFFICE = re.compile(
    "导出|打印|制表|填表|填报|发布|印发|年鉴|有效期|批准|字[〔\\[（(]|export|printed|published|yearbook", re.IGNORECASE
)
_OFFICE_NAME = re.compile(r"(?:局|办|办公室|委|委员会|中心|政府|队|bureau|office)\s*$", re.IGNORECASE)
_SIGNED = re.compile(
    rf"{_OFFICE_NAME.pattern[:-1]}[,，]?\s*[〇零○一二三四五六七八九0-9]{{4}}\s*年\s*[0-9一二三四五六七八九十]+\s*月\s*$"
)

Cleaned = tuple[tuple[int, ...], tuple[ColumnUse, ...], pd.DataFrame, pd.DataFrame]  # header rows, uses, table, totals


def clean_indicators(
    sheet: Sheet,
    atlas: Atlas,
    choices: Choices,
    notes: Notes,
    name: str = "",
    *,
    file_name: str = "",
    spans: Sequence[Span] = (),
) -> Cleaned:
    """Return the header of an indicator file, what its columns are taken for, its figures and its total rows.

    Parameters
    ----------
    sheet, atlas, choices
        What was read, what is known, and what somebody chose for what the file does not say.
    notes
        Grows by everything that is wrong.
    name
        Of the sheet: it says what a title above the table would, such as 2023年.
    file_name
        What it says of the figures is a question, no more.
    spans
        Where one text fills several cells of it.

    Returns
    -------
    Rows of the header, counted from 0; uses of columns; two tables as in :class:`geo.uploads.model.Upload`, values in units of the catalogue.
    """
    words = vocabulary(atlas, choices.columns)
    found = [part for block in blocks(sheet, words.weigh, name) for part in by_label(block, words)]
    if len(found) > MAX_TABLES:
        notes.add("too_many_tables", Severity.ERROR, (found[-1].row + 1,), limit=MAX_TABLES)
        return (), (), empty_table("indicators"), empty_table("indicators")
    parts = _read_blocks(found, words, atlas, choices, file_remark(file_name), notes)
    figures = without_shared(pd.concat([part[2] for part in parts], ignore_index=True), spans, notes)
    figures, totals = settle(figures, atlas.metrics, notes)
    uses = tuple(dict.fromkeys(use for part in parts for use in part[1]))
    return parts[0][0], uses, _stored(figures, atlas, choices), _stored(totals, atlas, choices)


def _read_blocks(
    found: Sequence[Block], words: Vocabulary, atlas: Atlas, choices: Choices, of_file: list[Remark], notes: Notes
) -> list[tuple[tuple[int, ...], tuple[ColumnUse, ...], pd.DataFrame]]:
    """Return of each table what :func:`_read_block` does; what several lack is noted once, and a sheet without a figure is an error."""
    parts = [
        _read_block(block, words, atlas, choices, of_file, Notes(notes.found, block.row, block.column))
        for block in found
    ]
    notes.found[:] = {repr(finding): finding for finding in notes.found}.values()
    if all(part[2].empty for part in parts) and not any(one.severity is Severity.ERROR for one in notes.found):
        notes.add("no_figures", Severity.ERROR)
    return parts


def _read_block(
    block: Block, words: Vocabulary, atlas: Atlas, choices: Choices, of_file: list[Remark], notes: Notes
) -> tuple[tuple[int, ...], tuple[ColumnUse, ...], pd.DataFrame]:
    """Return the header of one table, what its columns are taken for, and its figures, with rows and columns of the sheet."""
    sheet, frame = block.sheet, _with_corner_above(block, words)
    header = tuple(row + block.row for row in frame.header) if frame else ()
    if frame is None:
        notes.add("no_header", Severity.ERROR)
    if frame is None or has_long_headings(frame, notes):
        return header, (), pd.DataFrame(columns=COLUMNS)
    note_outside(sheet, frame, notes)
    place = choices.district or _district_of_title(frame, words)
    layout = arrange(sheet, frame, words, notes, of_one_district=bool(place))
    uses = tuple(replace(use, column=use.column + block.column) for use in layout.uses)
    cells = figure_cells(sheet, frame, layout)
    if layout.figures and cells.empty:
        notes.add("no_figures", Severity.ERROR)
    note_doubtful(cells, layout, notes)
    table = Table(sheet, layout, sorted(set(cells["row"].tolist())), words, notes)
    beside = remarks(sheet, frame)
    in_table = plain(" ".join(heading.text for heading in layout.headings)).casefold()
    defaults = _defaults(frame, beside, words, choices, atlas, notes)
    if metric := defaults.chosen.get("metric"):
        defaults = replace(defaults, doubt=plain(about_another(frame, metric, in_table, words))[:QUOTED])
    said = read_facets(table, atlas.sources)
    figures = without_other_rows(read_figures(cells, said, table, atlas.metrics, defaults), table)
    figures = without_contradicted(figures, frame, notes)
    texts = (*frame.near, *frame.above, *(text for _, text in (*beside, *of_file)))
    figures = in_stated_part(figures, _of_figures(texts), choices.period, notes)
    calls = Said(
        [*statements(dict.fromkeys((*frame.near, *frame.above)))],
        [text for _, text in beside],
        [text for _, text in of_file],
        [heading.text for heading in layout.headings],
    )
    figures = from_january(figures, calls, words.others, choices.period, notes)
    titles = [(0, text) for text in _of_figures(statements(dict.fromkeys((*frame.near, *frame.above))))]
    note_remarks(figures, [*titles, *beside], of_file, in_table, words, notes)
    place_of = {"row": figures["row"] + block.row + 1, "column": figures["column"] + block.column + 1}
    return header, uses, figures.assign(**place_of)


def _with_corner_above(block: Block, words: Vocabulary) -> Frame | None:
    """Return the table, a period or place in its corner, above names of metrics, as a title: what it says is true of all figures."""
    frame = block.frame
    corner = words.heading(frame.headings[0]) if frame else Heading()
    if frame is None or not (corner.period or corner.place) or corner.metric or corner.field:
        return frame
    texts = [text for row in frame.rows if (text := block.sheet.row(row)[0].strip())]
    if any(map(is_figure, texts)) or not any(words.heading([text]).metric for text in texts):
        return frame
    heading = ("",) * (len(frame.header) - 1) + ("metric",)
    return replace(frame, headings=(heading, *frame.headings[1:]), above=(*frame.above, corner.text))


def _stored(figures: pd.DataFrame, atlas: Atlas, choices: Choices) -> pd.DataFrame:
    """Return figures as a table, sorted as the file has them."""
    remarks = [text for metric in atlas.metrics.values() for one in metric.remarks for text in one.text.values()]

    @cache
    def noted(note: str, mark: str) -> str:
        """Return a note that also says how sure a figure is; what the catalogue says of a figure, and our downloads repeat, is not a note of it."""
        for text in remarks:
            note = note.removesuffix(text).rstrip()
        return f"{note} ({mark})" if note and mark else note or mark

    table = figures.sort_values(["row", "column"], ignore_index=True)
    table["note"] = [noted(*both) for both in zip(table["note"], table["mark"], strict=True)]
    for name, chosen in (("source", encodable(choices.source_id)), ("quality", choices.quality)):
        table[name] = table[name].mask(table[name] == "", chosen)
    table["adcode"] = table["district"].replace(TOTAL, "")
    empty = empty_table("indicators")
    return table.rename(columns={"source": "source_id"})[list(empty)].astype(dict(empty.dtypes))


def _defaults(
    frame: Frame, beside: list[Remark], words: Vocabulary, choices: Choices, atlas: Atlas, notes: Notes
) -> Defaults:
    """Return what the choices, and after them the texts above the table, say of the whole file, notes beside it of units only; invalid choices are noted."""
    period, wrong = read_period(choices.period) if choices.period else ("", "")
    checks = (
        ("district", choices.district, choices.district in (CITY, *ADCODES)),
        ("metric", choices.metric, choices.metric in atlas.metrics),
        ("period", period, not wrong and bool(PERIOD.fullmatch(period))),
        ("unit", choices.unit, choices.unit in FRACTIONS or read_unit(choices.unit) is not None),
    )
    for name, _, good in checks:
        if getattr(choices, name) and not good:
            notes.add("choice_unknown", Severity.ERROR, (), (None, ""), getattr(choices, name), field=name)
    chosen = {name: value for name, value, good in checks if good}
    titles = [text for text in frame.above if not unit_in(text) and not OFFICE.search(text)]
    said = {
        "district": {_district_of_title(frame, words)},
        "metric": set(map(words.metric_in, titles)) - {""},
        "period": _periods_said(titles),
    }
    titled = {name: found.pop() for name, found in said.items() if len(found) == 1}
    units_beside = [text for _, text in beside if "单位" in text]
    notes_in_header = [text for parts in frame.headings for text in parts if is_note(text)]
    units = tuple(units_said((*frame.above, *notes_in_header, *units_beside)))
    own = [text for text in frame.above if text in frame.near]  # that of the table above holds for what it fits
    lines = {
        unit: plain(text)[:QUOTED] for text in (*own, *notes_in_header, *units_beside) for unit in units_said([text])
    }
    return Defaults(chosen, titled, chosen.get("unit", ""), units, unit_lines=lines)


def _periods_said(titles: Iterable[str]) -> set[str]:
    """Return the periods that titles name, a year in one and a part of it in another joined: 2024年 above the sheet 5月."""
    texts = _of_figures(titles)
    said = {period for text in texts for period in periods_in(text)}
    parts = {text for text in texts if is_part_of_year(text)}
    whole = next(iter(said), "")
    if len(parts) == 1 and len(said) == 1 and is_year(whole):
        period, wrong = joined_period(whole, parts.pop(), "")
        return set() if wrong else {period}
    return said


def _of_figures(texts: Iterable[str]) -> list[str]:
    """Return texts without those that date the paper: a month behind the name of an office, or alone below it."""
    found = [text for text in texts if not OFFICE.search(text) and not _SIGNED.search(text)]
    if any(_OFFICE_NAME.search(text) for text in found):
        return [text for text in found if not is_monthly(read_period(text)[0])]
    return found


def _titles(frame: Frame) -> Iterator[str]:
    """Yield the texts above the table that may say what it is about: neither notes nor what concerns the paper itself, nor very long ones."""
    for text in frame.above:
        if len(text) <= MAX_NAME and not is_note(text) and not OFFICE.search(text):
            yield text


def _district_of_title(frame: Frame, words: Vocabulary) -> str:
    """Return the district that the texts above the table name, "" where they name none or several."""
    found = {adcode for text in _titles(frame) for adcode in words.places.named_in(text)}
    return found.pop() if len(found) == 1 else ""
