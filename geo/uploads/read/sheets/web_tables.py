"""Tables of a web page to rows, as office systems export them under the name of a workbook. Runs in the worker."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from lxml import etree

from geo.uploads.bounds import check_size, error
from geo.uploads.read.packing import Area, Marks, Rows
from geo.uploads.read.sheets.runs import Part, seen
from geo.uploads.read.sheets.web_looks import HIDDEN, LINE_THROUGH, NO_ROOM, RAISED, as_excel_shows, settle

__all__ = ["read"]

_UNSEEN = frozenset(("script", "style", "head", "template", "noscript", "select", "textarea"))
_BLOCKS = frozenset(
    ("address", "article", "br", "caption", "center", "dd", "div", "dl", "dt", "fieldset", "footer", "form", "h1", "h2", "h3", "h4",
     "h5", "h6", "header", "hr", "li", "main", "ol", "p", "pre", "section", "table", "tr", "ul")
)  # fmt: skip
_GROUPS = ("table", "thead", "tbody", "tfoot")  # hold cells themselves where the page leaves out their row
_SPACE = re.compile("[ \t\r\n\f\xa0]+")
_STRUCK = frozenset(("del", "s", "strike"))
_WIDEST, _TALLEST = 1_000, 65_534  # what a cell may span by the standard
_BREAK = "\0"  # of a line; no text holds it


def read(page: str) -> tuple[Rows, Marks]:
    """Return all tables of a page, one below the other, with a blank row between.

    Parameters
    ----------
    page
        Its text, whatever it says of its encoding.

    Returns
    -------
    Rows of what is seen; which of them the page hides, cells that span others, and words that are hidden or struck through. Cells that span
    others fill them, a text outside the tables is a row with one cell, as a title or unit above a table would be. Nothing the page refers to is fetched.

    Raises
    ------
    RefusedError
        If there is no table, or the tables are too large.
    """
    rows: Rows = []
    merged: list[Area] = []
    marks = Marks(merged=merged)
    width = 0
    for row in _rows(_root(page)):
        if row.is_hidden:
            marks.hidden_rows.append(len(rows))
        for words, known in ((row.struck, marks.struck), (row.covered, marks.covered)):
            for column, text in words.items():
                known.setdefault(column, {})[len(rows)] = text
        merged += [((len(rows), column), (len(rows) + down, column + right)) for column, down, right in row.spans]
        rows.append(row.texts)
        width = max(width, len(row.texts))
        check_size(len(rows), width)
    while rows and not any(rows[-1]):
        rows.pop()
    return rows, marks


def _root(page: str) -> etree._Element:
    """Return the outermost element of a page that has a table; nothing it refers to is fetched."""
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(page.encode(), parser)
    except etree.XMLSyntaxError:
        root = None
    if root is None or root.find(".//td") is None:
        raise error("web_page")
    settle(root)
    return root


@dataclass
class _Row:
    """A row of a page: its texts, and by column the words in it that are struck through or hidden."""

    texts: list[str] = field(default_factory=list)
    struck: dict[int, str] = field(default_factory=dict)
    covered: dict[int, str] = field(default_factory=dict)
    # A column, and how far its cell reaches down and right.
    spans: list[tuple[int, int, int]] = field(default_factory=list)
    is_hidden: bool = False


class _Cell(NamedTuple):
    """What is read in a cell, and the words in it that are struck through or hidden."""

    text: str
    struck: str = ""
    covered: str = ""


def _rows(root: etree._Element) -> Iterator[_Row]:
    """Yield the rows of a page; of tables in tables the innermost count."""
    line: list[str] = []
    walk = etree.iterwalk(root, events=("start", "end"))
    for event, element in walk:
        tag = element.tag
        if event == "start":
            is_table = tag == "table" and element.find(".//table") is None
            if tag in _BLOCKS:
                yield from _line(line)
            if is_table:
                yield from _table(element)
            if is_table or tag in _UNSEEN or (_is_hidden(element) and element.find(".//table") is None):
                walk.skip_subtree()
            else:
                line.append(element.text or "")
        else:
            if tag in _BLOCKS:
                yield from _line(line)
            line.append(element.tail or "")
    yield from _line(line)


def _line(parts: list[str]) -> Iterator[_Row]:
    """Yield a text outside the tables as a row, where there is one, and begin a new one."""
    words = _plain("".join(parts))
    parts.clear()
    if words:
        yield _Row([words])


def _table(table: etree._Element) -> Iterator[_Row]:
    """Yield the rows of a table and a blank one below."""
    is_hidden = any(map(_is_hidden, (table, *table.iterancestors())))
    for caption in table.iterchildren("caption"):
        yield from _line([_read(caption).text])
    reaching: dict[int, tuple[int, str]] = {}  # by column: a text that reaches further down, and for how many rows
    for line in table.iter("tr", *_GROUPS):
        if line.tag != "tr" and line.find("td") is None and line.find("th") is None:
            continue
        row = {place: words for place, (_, words) in reaching.items()}
        below = {place: (left - 1, words) for place, (left, words) in reaching.items() if left > 1}
        found = _Row(is_hidden=is_hidden or _is_hidden(line))
        place = 0
        for cell in line.iterchildren("td", "th"):
            while place in row:
                place += 1
            said, down = _read(cell, struck=_is_struck(line)), _span(cell, "rowspan", _TALLEST)
            found.struck.update({place: said.struck} if said.struck else {})
            found.covered.update({place: said.covered} if said.covered else {})
            if _is_hidden(cell):  # has no place in the row
                continue
            across, text = _span(cell, "colspan", _WIDEST), as_excel_shows(cell, said.text)
            if down > 1 or across > 1:
                found.spans.append((place, down - 1, across - 1))
            for column in range(place, place + across):
                row[column] = text
                if down > 1:
                    below[column] = down - 1, text
        reaching = below
        found.texts = [row.get(number, "") for number in range(max(row, default=-1) + 1)]
        yield found
    yield _Row()


def _span(cell: etree._Element, name: str, most: int) -> int:
    """Return how many rows or columns a cell spans."""
    said = cell.get(name, "").strip()
    return max(1, min(int(said), most)) if said.isdecimal() and len(said) < 10 else 1


def _is_hidden(element: etree._Element) -> bool:
    """Return whether an element is not shown and takes no room."""
    return NO_ROOM.search(element.get("style", "")) is not None or element.get("hidden") is not None


def _is_struck(element: etree._Element) -> bool:
    """Return whether a text is struck through."""
    return element.tag in _STRUCK or LINE_THROUGH.search(element.get("style", "")) is not None


def _read(cell: etree._Element, *, struck: bool = False) -> _Cell:
    """Return what is read in a cell, its lines as lines.

    Parameters
    ----------
    struck
        Whether its row is struck through.
    """
    if not len(cell) and not struck and not cell.get("style") and cell.get("hidden") is None:
        return _Cell(_plain(cell.text or ""))  # nearly always, and many times faster
    parts: list[Part] = []
    covered: list[str] = []
    raised, lined = 0, int(struck)
    walk = etree.iterwalk(cell, events=("start", "end"))
    for event, element in walk:
        step = 1 if event == "start" else -1
        if element is not cell and element.tag in _BLOCKS:
            parts.append(Part(_BREAK))
        is_covered = _is_hidden(element) or HIDDEN.search(element.get("style", "")) is not None
        if element.tag in _UNSEEN or is_covered:
            if event == "start":
                covered += element.itertext() if element.tag not in _UNSEEN else ()
                walk.skip_subtree()
        else:
            raised += step * (element.tag == "sup" or RAISED.search(element.get("style", "")) is not None)
            lined += step * _is_struck(element)
        text = element.text if event == "start" and element.tag not in _UNSEEN and not is_covered else None
        text = element.tail if event == "end" and element is not cell else text
        parts.append(Part(text or "", raised > 0, lined > 0))
    said = seen([part for part in parts if part.words])
    lines = (_plain(line) for line in said.text.split(_BREAK))
    return _Cell("\n".join(line for line in lines if line), _plain(said.struck), _plain("".join(covered)))


def _plain(words: str) -> str:
    """Return a text as a browser shows it."""
    return _SPACE.sub(" ", words).strip(" ")
