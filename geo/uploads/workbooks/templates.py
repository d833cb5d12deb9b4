"""Workbooks and CSV files to fill in, with the current data in them."""

import io
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from geo.data.checking import COMPUTED
from geo.data.story import SLIDE_TABLE, TEXTS, frame_of
from geo.fields import COLUMNS, TABLES
from geo.figures.export import csv_bytes
from geo.schema import ADCODES, CITY, Atlas, Metric
from geo.uploads.model import Kind
from geo.uploads.workbooks.explanations import explanations
from geo.uploads.workbooks.marking import set_text
from geo.wording import unit_name

__all__ = ["template", "template_csv"]

_CITY_NAMES = {"zh": "广州市", "en": "Guangzhou"}  # not 全市, which would be a total row
_SPARE = 1_000  # rows below the data that have drop-downs too
_LISTS = "lists"  # hidden: a drop-down holds 255 characters of its own, a range has no such limit
_HEAD = PatternFill("solid", start_color="DCE6F1")
_WIDEST, _NARROWEST = 40, 10  # characters
_EXPLANATIONS = "说明 Explanations"
_LONG = Alignment(wrap_text=True, vertical="top")
# Characters a column of sentences is wide, and heights of rows in points.
_SENTENCES, _LINE_POINTS, _TALLEST = (60, 15, 150)


@dataclass(frozen=True)
class _Field:
    """One column of a template."""

    name: str
    heading: str
    values: Sequence[str | float]
    allowed: Sequence[str] = ()


def template(kind: Kind, atlas: Atlas, language: str) -> bytes:
    """Return a workbook to fill in, with the current data in it.

    Parameters
    ----------
    language
        "zh" or "en": of the headings of figures and slides, and of the explanations on headings.

    Returns
    -------
    XLSX with one row a figure, cluster, tenant or slide, explanations on the headings, and drop-downs where only some words are allowed;
    for slides with a second sheet that explains the names of figures, views and cameras.
    """
    book = Workbook()
    sheet = book.active
    sheet.title = kind
    lists = book.create_sheet(_LISTS)
    lists.sheet_state = "hidden"
    for number, field in enumerate(_fields(kind, atlas, language), 1):
        _write(sheet, number, field, TABLES[f"{kind}.csv"][field.name].help[language])
        if field.allowed:
            _drop_down(sheet, lists, number, field)
    sheet.freeze_panes = "A2"
    if kind == "slides":
        _set_heights(sheet)
        _explain(book.create_sheet(_EXPLANATIONS, 1), atlas)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def template_csv(kind: Kind, atlas: Atlas, language: str) -> bytes:
    """Return a CSV file to fill in, with the same table as :func:`template`: UTF-8 with a byte order mark, so that Excel reads Chinese."""
    fields = _fields(kind, atlas, language)
    body = zip(*(field.values for field in fields), strict=True)
    return csv_bytes([[field.heading for field in fields], *body])


def _fields(kind: Kind, atlas: Atlas, language: str) -> list[_Field]:
    """Return the columns of a template."""
    if kind == "indicators":
        return _figures(atlas, language)
    return _story(atlas, language) if kind == "slides" else _records(kind, atlas)


def _story(atlas: Atlas, language: str) -> list[_Field]:
    """Return the columns of the story, one row a slide."""
    table = frame_of(atlas.slides)
    cameras = ("city", *atlas.zones["cluster_id"], *ADCODES)
    fields = TABLES[SLIDE_TABLE].values()
    return [
        _Field(
            field.name,
            field.label["zh"] if language == "zh" else field.name,
            list(table[field.name]),
            cameras if field.name == "camera" else field.words,
        )
        for field in fields
    ]


def _figures(atlas: Atlas, language: str) -> list[_Field]:
    """Return the columns of the figures, one row each."""
    table, metrics = atlas.indicators, _uploadable(atlas.metrics)
    names = {metric.id: metric.name[language] for metric in metrics}
    places = _districts(atlas, language)
    columns: dict[str, tuple[Iterable[str | float], Sequence[str]]] = {
        "adcode": (table["adcode"], (CITY, *ADCODES)),
        "district": (table["adcode"].map(places), tuple(places.values())),
        "metric": (table["metric"].map(names), tuple(names.values())),
        "period": (table["period"], ()),
        "value": (table["value"].astype(float), ()),
        "unit": (table["metric"].map({metric.id: unit_name(metric.unit, language) for metric in metrics}), ()),
        "source_id": (table["source_id"], tuple(atlas.sources.index)),
        "quality": (table["quality"], TABLES["indicators.csv"]["quality"].words),
        "note": (table["note"], ()),
    }
    return [
        _Field(name, TABLES["indicators.csv"][name].label[language], list(values), words)
        for name, (values, words) in columns.items()
    ]


def _records(kind: Kind, atlas: Atlas) -> list[_Field]:
    """Return the columns of clusters or tenants, as their files have them."""
    table = atlas.clusters if kind == "clusters" else atlas.tenants
    if kind == "clusters":
        table = table.assign(assumption=table["assumption"].map({True: "yes", False: "no"}))
    held: dict[str, Sequence[str]] = {
        "district": ADCODES,
        "source": tuple(atlas.sources.index),
        "cluster": tuple(atlas.clusters["cluster_id"]) if kind == "tenants" else (),
    }
    return [
        _Field(field.name, field.name, list(table[field.name]), field.words or held.get(field.holds, ()))
        for field in TABLES[f"{kind}.csv"].values()
    ]


def _uploadable(metrics: Mapping[str, Metric]) -> list[Metric]:
    """Return the metrics whose figures can be uploaded: not those the dashboard computes."""
    return [metric for metric in metrics.values() if metric.kind != "rate" and metric.id not in COMPUTED]


def _districts(atlas: Atlas, language: str) -> dict[str, str]:
    """Return the names of the city and its districts by adcode."""
    names = dict(zip(atlas.districts["adcode"], atlas.districts[f"name_{language}"], strict=True))
    return {CITY: _CITY_NAMES[language]} | {code: names[code] for code in ADCODES if code in names}


def _write(sheet: Worksheet, number: int, field: _Field, explanation: str) -> None:
    """Write a column with its heading; whatever is no number is text, and stays text when somebody types below it."""
    letter = get_column_letter(number)
    head = set_text(sheet.cell(1, number), field.heading)
    head.font, head.fill = Font(bold=True), _HEAD
    head.comment = Comment(explanation, "Guangzhou 1+1+9", height=90, width=280)
    longest = max((len(str(value)) for value in (field.heading, *field.values)), default=0)
    widest = _SENTENCES if field.name in TEXTS else _WIDEST
    sheet.column_dimensions[letter].width = min(max(longest + 2, _NARROWEST), widest)
    if field.name != "value":
        sheet.column_dimensions[letter].number_format = "@"
    for row, value in enumerate(field.values, 2):
        if value != "":
            _fill(sheet.cell(row, number), value)
        if field.name in COLUMNS[SLIDE_TABLE]:
            sheet.cell(row, number).alignment = _LONG


def _fill(cell: Any, value: str | float) -> None:
    """Write a number, or a text that is never a formula."""
    if isinstance(value, str):
        set_text(cell, value).number_format = "@"
    else:
        cell.value = value


def _drop_down(sheet: Worksheet, lists: Worksheet, number: int, field: _Field) -> None:
    """Offer the allowed words in a column; another word is pointed out, not refused, for a source may be new."""
    letter = get_column_letter(number)
    for row, word in enumerate(field.allowed, 1):
        set_text(lists.cell(row, number), word)
    choice = DataValidation("list", f"{_LISTS}!${letter}$1:${letter}${len(field.allowed)}", allow_blank=True)
    choice.errorStyle, choice.showErrorMessage = "warning", True
    choice.add(f"{letter}2:{letter}{len(field.values) + 1 + _SPARE}")
    sheet.add_data_validation(choice)


def _explain(sheet: Worksheet, atlas: Atlas) -> None:
    """Write what can stand in a story, in both languages."""
    for number, (words, head) in enumerate(explanations(atlas), 1):
        for column, word in enumerate(words, 1):
            cell = set_text(sheet.cell(number, column), word)
            cell.alignment = _LONG
            if head:
                cell.font, cell.fill = Font(bold=True), _HEAD
    for letter, width in zip("ABC", (48, 60, 70), strict=True):
        sheet.column_dimensions[letter].width = width
    _set_heights(sheet)


def _set_heights(sheet: Worksheet) -> None:
    """Make rows as high as their wrapped texts need, up to a bound: not every spreadsheet program does so by itself."""
    for row in sheet.iter_rows():
        widths = [sheet.column_dimensions[cell.column_letter].width for cell in row]
        lines = [
            _lines(str(cell.value or ""), width) if cell.alignment.wrap_text else 1
            for cell, width in zip(row, widths, strict=True)
        ]
        sheet.row_dimensions[row[0].row].height = min(_LINE_POINTS * max(lines), _TALLEST)


def _lines(text: str, width: float) -> int:
    """Return how many lines a text takes in a column some Latin letters wide; a Chinese character is as wide as two."""
    return sum(
        math.ceil(max(sum(1 + (ord(sign) > 0x2E7F) for sign in line), 1) * 1.1 / width) for line in text.split("\n")
    )
