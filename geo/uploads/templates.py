"""Workbooks to fill in, with the current data in them."""

import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from geo.checking import COMPUTED, STATUSES
from geo.schema import ADCODES, CITY, COLUMNS, QUALITIES, TIERS, Atlas, Metric
from geo.uploads.marking import set_text
from geo.uploads.model import Kind

__all__ = ["HEADINGS", "template"]

HEADINGS: Mapping[str, Mapping[str, str]] = {  # of figures, by field and language
    "adcode": {"zh": "行政区划代码", "en": "adcode"},
    "district": {"zh": "区", "en": "District"},
    "metric": {"zh": "指标", "en": "Metric"},
    "period": {"zh": "时期", "en": "Period"},
    "value": {"zh": "数值", "en": "Value"},
    "unit": {"zh": "单位", "en": "Unit"},
    "source_id": {"zh": "来源", "en": "Source"},
    "quality": {"zh": "质量", "en": "Quality"},
    "note": {"zh": "备注", "en": "Note"},
}
_HELP: Mapping[str, Mapping[str, str]] = {
    "adcode": {"zh": "六位行政区划代码，如 440103；全市为 440100。", "en": "Six-digit code, such as 440103; 440100 is the whole city."},
    "district": {"zh": "区名；有行政区划代码时可留空。", "en": "Name of the district; may be empty where there is a code."},
    "metric": {"zh": "指标目录中的名称。", "en": "A name in the catalogue of metrics."},
    "period": {
        "zh": "如 2023、2023H1、2024Q3、2024Q1-Q3；来源未注明时填 undated。",
        "en": "Such as 2023, 2023H1, 2024Q3 or 2024Q1-Q3; undated where the source names none.",
    },
    "value": {"zh": "只填数字，按“单位”一列的单位。", "en": "A number and nothing else, in the unit of the column “Unit”."},
    "unit": {"zh": "数值的单位，如 亿元、万元、万人、%。", "en": "Unit of the value, such as 亿元, 万元, 万人 or %."},
    "source_id": {"zh": "来源编号，见“来源”页。", "en": "Id of the source, as on the page “Sources”."},
    "quality": {
        "zh": "verified 已核实；secondary 次选来源；derived 本平台推算。",
        "en": "verified: checked; secondary: second choice of source; derived: computed by us.",
    },
    "note": {"zh": "读者须知，可留空。", "en": "What a reader has to know; may be empty."},
    "cluster_id": {"zh": "集聚区编号，如 pazhou。", "en": "Id of the cluster, such as pazhou."},
    "tier": {
        "zh": "headquarters 总部集聚区；second 第二集聚区；district 各区集聚区。",
        "en": "headquarters, second or district.",
    },
    "name_en": {"zh": "英文名称。", "en": "Name in English."},
    "name_zh": {"zh": "中文名称。", "en": "Name in Chinese."},
    "park_en": {"zh": "主要园区，英文；可留空。", "en": "Leading park, in English; may be empty."},
    "park_zh": {"zh": "主要园区，中文；可留空。", "en": "Leading park, in Chinese; may be empty."},
    "park_source_id": {"zh": "园区信息的来源编号；可留空。", "en": "Source of what is said of the park; may be empty."},
    "strength_en": {"zh": "特色，英文；可留空。", "en": "Strength, in English; may be empty."},
    "strength_zh": {"zh": "特色，中文；可留空。", "en": "Strength, in Chinese; may be empty."},
    "strength_source_id": {"zh": "特色信息的来源编号；可留空。", "en": "Source of what is said of the strength; may be empty."},
    "assumption": {"zh": "是否为本平台判断：yes 或 no。", "en": "Whether it is our own reading: yes or no."},
    "company_id": {"zh": "企业编号，小写字母。", "en": "Id of the company, in small letters."},
    "company_en": {"zh": "企业英文名称。", "en": "Company, in English."},
    "company_zh": {"zh": "企业中文名称。", "en": "Company, in Chinese."},
    "status": {"zh": "入驻状态，从列表中选择。", "en": "Where the company stands, from the list."},
    "date": {"zh": "如 2020、2020-07 或 2020-07-06；可留空。", "en": "Such as 2020, 2020-07 or 2020-07-06; may be empty."},
    "note_en": {"zh": "英文备注；可留空。", "en": "Note, in English; may be empty."},
    "note_zh": {"zh": "中文备注；可留空。", "en": "Note, in Chinese; may be empty."},
}  # fmt: skip
_CITY_NAMES = {"zh": "广州市", "en": "Guangzhou"}  # not 全市, which would be a total row
_SPARE = 1_000  # rows below the data that have drop-downs too
_LISTS = "lists"  # hidden: a drop-down holds 255 characters of its own, a range has no such limit
_HEAD = PatternFill("solid", start_color="DCE6F1")
_WIDEST, _NARROWEST = 40, 10  # characters


@dataclass(frozen=True)
class _Field:
    """One column of a template."""

    name: str
    heading: str
    values: Sequence[str | float]
    allowed: Sequence[str] = ()


def template(kind: Kind, atlas: Atlas, language: str) -> bytes:
    """Return what :func:`geo.uploads.workbooks.template` describes."""
    book = Workbook()
    sheet = book.active
    sheet.title = kind
    lists = book.create_sheet(_LISTS)
    lists.sheet_state = "hidden"
    for number, field in enumerate(_figures(atlas, language) if kind == "indicators" else _records(kind, atlas), 1):
        _write(sheet, number, field, _HELP[field.name][language])
        if field.allowed:
            _drop_down(sheet, lists, number, field)
    sheet.freeze_panes = "A2"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


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
        "unit": (table["metric"].map({metric.id: metric.unit for metric in metrics}), ()),
        "source_id": (table["source_id"], tuple(atlas.sources.index)),
        "quality": (table["quality"], QUALITIES),
        "note": (table["note"], ()),
    }
    return [
        _Field(name, HEADINGS[name][language], list(values), allowed) for name, (values, allowed) in columns.items()
    ]


def _records(kind: Kind, atlas: Atlas) -> list[_Field]:
    """Return the columns of clusters or tenants, as their files have them."""
    table = atlas.clusters if kind == "clusters" else atlas.tenants
    if kind == "clusters":
        table = table.assign(assumption=table["assumption"].map({True: "yes", False: "no"}))
    sources = tuple(atlas.sources.index)
    allowed: dict[str, Sequence[str]] = {
        "adcode": ADCODES, "tier": TIERS, "assumption": ("yes", "no"), "status": STATUSES,
        "source_id": sources, "park_source_id": sources, "strength_source_id": sources,
        "cluster_id": tuple(atlas.clusters["cluster_id"]) if kind == "tenants" else (),
    }  # fmt: skip
    return [_Field(name, name, list(table[name]), allowed.get(name, ())) for name in COLUMNS[f"{kind}.csv"]]


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
    sheet.column_dimensions[letter].width = min(max(longest + 2, _NARROWEST), _WIDEST)
    if field.name != "value":
        sheet.column_dimensions[letter].number_format = "@"
    for row, value in enumerate(field.values, 2):
        if value != "":
            _fill(sheet.cell(row, number), value)


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
