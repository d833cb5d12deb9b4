"""What the XML of an ODS workbook says of its cells beside their values: what they show, what is merged, hidden or struck through. Runs in the worker."""

import io
import re
import zipfile
from collections.abc import Iterator

from lxml import etree

from geo.uploads.bounds import error
from geo.uploads.read.packing import Area, Marks
from geo.uploads.read.sheets.number_formats import Sections, read_format, seen_in
from geo.uploads.read.sheets.runs import Part, Seen, seen

__all__ = ["scan"]

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_ERRORS = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}"
_RAISED = re.compile("super|[1-9]")  # or by so many per cent
_ROW, _COLUMN, _LOOK = f"{_TABLE}table-row", f"{_TABLE}table-column", f"{_STYLE}style"
_CELLS = (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell")


def scan(content: bytes, number: int, height: int, width: int) -> Marks:
    """Return what is said of the cells of a sheet.

    Parameters
    ----------
    number
        Of the sheet, from 0.
    height, width
        How far its cells reach; what lies beyond is left out.

    Raises
    ------
    RefusedError
        If the XML is broken.
    """
    sheet = _Sheet(height, width)
    try:
        for element in _elements(content, number):
            sheet.take(element)
            if sheet.top >= height:
                break
    except (etree.XMLSyntaxError, zipfile.BadZipFile, KeyError, ValueError):
        raise error("broken_archive") from None
    return sheet.marks


def _elements(content: bytes, number: int) -> Iterator[etree._Element]:
    """Yield the styles of a workbook, and columns and rows of a sheet, each forgotten after it was looked at."""
    at = -1
    with zipfile.ZipFile(io.BytesIO(content)) as archive, archive.open("content.xml") as part:
        for event, element in etree.iterparse(
            part, events=("start", "end"), resolve_entities=False, no_network=True, load_dtd=False
        ):
            if event == "start" and element.tag == f"{_TABLE}table":
                at += 1
            elif event == "end" and element.tag in (_ROW, _COLUMN, _LOOK):
                if at == number or element.tag == _LOOK:
                    yield element
                element.clear()


class _Sheet:
    """Goes through the elements of a sheet once."""

    def __init__(self, height: int, width: int) -> None:
        self.height, self.width = height, width
        self.merged: list[Area] = []
        self.marks = Marks(merged=self.merged)
        self.raised: set[str | None] = set()  # names of styles
        self.struck: set[str | None] = set()
        self.top = self.first = 0  # row and column that come next

    def take(self, element: etree._Element) -> None:
        """Take note of a style, a column or a row."""
        if element.tag == _LOOK:
            self.learn(element)
            return
        is_hidden = element.get(f"{_TABLE}visibility") in {"collapse", "filter"}
        if element.tag == _COLUMN:
            across = range(self.first, min(self.first + _count(element, "number-columns-repeated"), self.width))
            self.first = across.stop
            self.marks.hidden_columns += across if is_hidden else ()
            return
        down = range(self.top, min(self.top + _count(element, "number-rows-repeated"), self.height))
        self.top = down.stop
        self.marks.hidden_rows += down if is_hidden else ()
        self.look(element, down)

    def learn(self, style: etree._Element) -> None:
        """Take note of a style that raises or strikes through."""
        name, words = style.get(f"{_STYLE}name"), style.find(f"{_STYLE}text-properties")
        said = {} if words is None else words.attrib
        if any(said.get(f"{_STYLE}text-line-through-{part}", "none") != "none" for part in ("style", "type")):
            self.struck.add(name)
        if _RAISED.match(said.get(f"{_STYLE}text-position", "")):
            self.raised.add(name)

    def look(self, row: etree._Element, down: range) -> None:
        """Note what a row, which stands for as many as it is repeated, says of its cells."""
        first = 0
        for cell in row.iterchildren(*_CELLS):
            across = range(first, min(first + _count(cell, "number-columns-repeated"), self.width))
            first = across.stop
            if not across or not down:
                return
            self.note(cell, down, across)
            tall, wide = _count(cell, "number-rows-spanned"), _count(cell, "number-columns-spanned")
            if tall > 1 or wide > 1:
                origin = down.start, across.start
                self.merged.append((origin, (origin[0] + tall - 1, origin[1] + wide - 1)))

    def note(self, cell: etree._Element, down: range, across: range) -> None:
        """Note what cells show that are not what they hold: a format, an error, parts of a text that look different."""
        sections, said = _shown(cell), self.seen(cell)
        is_struck = cell.get(f"{_TABLE}style-name") in self.struck
        for row in down if sections or said or is_struck else ():
            for column in across:
                if sections:
                    self.marks.formats.setdefault(row, {})[column] = sections
                if said:
                    self.marks.texts.setdefault(row, {})[column] = said.text
                if said and said.struck:
                    self.marks.struck.setdefault(column, {})[row] = said.struck
                if is_struck:
                    self.marks.struck_cells.setdefault(row, []).append(column)

    def seen(self, cell: etree._Element) -> Seen | None:
        """Return what a cell with an error, or with raised or struck parts, says; None of others."""
        if cell.get(f"{_ERRORS}value-type") == "error":
            return Seen(cell.findtext(f"{_TEXT}p", ""))
        if not (self.raised or self.struck):
            return None
        parts: list[Part] = []
        for line in cell.iterfind(f"{_TEXT}p"):
            parts.append(Part("\n" * bool(parts) + (line.text or "")))
            for run in line:
                style = run.get(f"{_TEXT}style-name")
                parts += Part("".join(run.itertext()), style in self.raised, style in self.struck), Part(run.tail or "")
        return seen(parts) if any(part.raised or part.struck for part in parts) else None


def _shown(cell: etree._Element) -> Sections:
    """Return the sections of a format that shows a cell's number or date as it stands in the file, none for one that shows it as it is."""
    kind = cell.get(f"{_OFFICE}value-type")
    if kind == "percentage":
        return read_format("0%")
    if kind not in {"float", "date"}:
        return ()
    words, value = cell.findtext(f"{_TEXT}p", ""), cell.get(f"{_OFFICE}value", "")
    return () if words == value else seen_in(words, float(value) if kind == "float" else None) or ()


def _count(element: etree._Element, name: str) -> int:
    """Return how often an element stands, or how far it reaches."""
    return max(1, int(element.get(f"{_TABLE}{name}", "1")[:9]))
