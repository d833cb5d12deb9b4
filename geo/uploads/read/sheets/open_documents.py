"""What the XML of an ODS workbook says of its cells beside their values: what they show, merged ranges, hidden rows. Runs in the worker."""

import io
import zipfile
from collections.abc import Iterator

from lxml import etree

from geo.uploads.bounds import error
from geo.uploads.read.packing import Area, Marks
from geo.uploads.read.sheets.number_formats import Sections, read_format, seen_in

__all__ = ["scan"]

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
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
    merged: list[Area] = []
    found, top = Marks(merged=merged), 0
    try:
        for row in _rows(content, number):
            down = range(top, min(top + _count(row, "number-rows-repeated"), height))
            top = down.stop
            if top >= height and not down:
                break
            if row.get(f"{_TABLE}visibility") in {"collapse", "filter"}:
                found.hidden_rows.extend(down)
            _look(row, down, width, found, merged)
    except (etree.XMLSyntaxError, zipfile.BadZipFile, KeyError, ValueError):
        raise error("broken_archive") from None
    return found


def _rows(content: bytes, number: int) -> Iterator[etree._Element]:
    """Yield the rows of a sheet, each forgotten after it was looked at."""
    at = -1
    with zipfile.ZipFile(io.BytesIO(content)) as archive, archive.open("content.xml") as part:
        for event, element in etree.iterparse(
            part, events=("start", "end"), resolve_entities=False, no_network=True, load_dtd=False
        ):
            if event == "start" and element.tag == f"{_TABLE}table":
                at += 1
            elif event == "end" and element.tag == f"{_TABLE}table-row":
                if at == number:
                    yield element
                element.clear()


def _look(row: etree._Element, down: range, width: int, found: Marks, merged: list[Area]) -> None:
    """Note what a row, which stands for as many as it is repeated, says of its cells."""
    first = 0
    for cell in row.iterchildren(*_CELLS):
        across = range(first, min(first + _count(cell, "number-columns-repeated"), width))
        first = across.stop
        if not across or not down:
            return
        if sections := _shown(cell):
            for place in down:
                found.formats.setdefault(place, {}).update(dict.fromkeys(across, sections))
        tall, wide = _count(cell, "number-rows-spanned"), _count(cell, "number-columns-spanned")
        if tall > 1 or wide > 1:
            origin = down.start, across.start
            merged.append((origin, (origin[0] + tall - 1, origin[1] + wide - 1)))


def _shown(cell: etree._Element) -> Sections:
    """Return the sections of a format that shows a cell's number or date as it stands in the file, none for one that shows it as it is."""
    kind = cell.get(f"{_OFFICE}value-type")
    if kind == "percentage":
        return read_format("0%")
    if kind not in {"float", "date"}:
        return ()
    words, value = cell.findtext(f"{_TEXT}p", ""), cell.get(f"{_OFFICE}value", "")
    return () if words == value else seen_in(words, float(value) if kind == "float" else None)


def _count(element: etree._Element, name: str) -> int:
    """Return how often an element stands, or how far it reaches."""
    return max(1, int(element.get(f"{_TABLE}{name}", "1")[:9]))
