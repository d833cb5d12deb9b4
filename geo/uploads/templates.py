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

from geo.data.checking import COMPUTED, STATUSES
from geo.data.story import SLIDE_COLUMNS, TEXTS, frame_of
from geo.figures.export import csv_bytes
from geo.schema import ADCODES, CHARTS, CITY, PICTURES, QUALITIES, TIERS, Atlas, Metric
from geo.uploads.explanations import explanations
from geo.uploads.marking import set_text
from geo.uploads.model import TABLE_COLUMNS, Kind

__all__ = ["HEADINGS", "STORY_HEADINGS", "template", "template_csv"]

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
STORY_HEADINGS: Mapping[str, str] = {  # in Chinese; in English the fields go by their names
    "slide_id": "编号",
    "title_en": "标题（英文）",
    "title_zh": "标题（中文）",
    "text_en": "正文（英文）",
    "text_zh": "正文（中文）",
    "view": "视图",
    "camera": "镜头",
    "picture": "图",
    "chart": "图表",
    "notes_en": "讲稿（英文）",
    "notes_zh": "讲稿（中文）",
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
    "slide_id": {
        "zh": "小写字母、数字和连字符，以字母开头，如 trade-2024。行的先后即幻灯片的先后。",
        "en": "Small letters, digits and hyphens, beginning with a letter, such as trade-2024. The order of rows is that of the slides.",
    },
    "title_en": {"zh": "英文标题，宜短。", "en": "Title in English, short."},
    "title_zh": {"zh": "中文标题，宜短。", "en": "Title in Chinese, short."},
    "text_en": {
        "zh": "英文正文，一至三句。数字写成花括号中的名称，见第二页。",
        "en": "One to three sentences in English; figures by name in braces, see the second sheet.",
    },
    "text_zh": {
        "zh": "中文正文，一至三句。数字写成花括号中的名称，见第二页。",
        "en": "One to three sentences in Chinese; figures by name in braces, see the second sheet.",
    },
    "view": {
        "zh": "地图显示的指标、时期等，可从网址中“?”之后复制；可留空。",
        "en": "What the map shows: copy it from behind the “?” of an address; may be empty.",
    },
    "camera": {
        "zh": "地图范围：city、集聚区编号、行政区划代码，或 西,南,东,北 经纬度。",
        "en": "What the map looks at: city, a cluster, an adcode, or west,south,east,north in degrees.",
    },
    "picture": {"zh": "figures 数据分级图；plan 规划层级图；site 位置图。", "en": "figures: choropleth; plan: tiers of the plan; site: one district."},
    "chart": {"zh": "none 无；ranking 排名；trend 趋势。", "en": "none, ranking or trend."},
    "notes_en": {"zh": "英文讲稿，仅讲解人可见；可留空。", "en": "What the speaker says, in English; may be empty."},
    "notes_zh": {"zh": "中文讲稿，仅讲解人可见；可留空。", "en": "What the speaker says, in Chinese; may be empty."},
}  # fmt: skip
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
        _write(sheet, number, field, _HELP[field.name][language])
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
    allowed: dict[str, Sequence[str]] = {"picture": PICTURES, "chart": CHARTS, "camera": cameras}
    headings = STORY_HEADINGS if language == "zh" else {}
    return [_Field(name, headings.get(name, name), list(table[name]), allowed.get(name, ())) for name in table]


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
    return [_Field(name, name, list(table[name]), allowed.get(name, ())) for name in TABLE_COLUMNS[f"{kind}.csv"]]


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
        if field.name in SLIDE_COLUMNS:
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
