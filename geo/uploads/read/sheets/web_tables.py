"""Tables of a web page to rows, as office systems export them under the name of a workbook. Runs in the worker."""

import re
from collections.abc import Iterator

from lxml import etree

from geo.uploads.bounds import check_size, error
from geo.uploads.read.packing import Marks, Rows

__all__ = ["read"]

_UNSEEN = frozenset(("script", "style", "head", "template", "noscript", "select", "textarea"))
_BLOCKS = frozenset(
    ("address", "article", "br", "caption", "center", "dd", "div", "dl", "dt", "fieldset", "footer", "form", "h1", "h2", "h3", "h4",
     "h5", "h6", "header", "hr", "li", "main", "ol", "p", "pre", "section", "table", "tr", "ul")
)  # fmt: skip
_GROUPS = ("table", "thead", "tbody", "tfoot")  # hold cells themselves where the page leaves out their row
_SPACE = re.compile("[ \t\r\n\f\xa0]+")
_HIDDEN = re.compile(r"display\s*:\s*none", re.IGNORECASE)
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
    Rows of what is seen, and which of them the page hides. Cells that span others fill them, a text outside the tables is a row with one cell, as
    a title or unit above a table would be. Nothing the page refers to is fetched.

    Raises
    ------
    RefusedError
        If there is no table, or the tables are too large.
    """
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(page.encode(), parser)
    except etree.XMLSyntaxError:
        root = None
    if root is None or root.find(".//td") is None:
        raise error("web_page")
    rows: Rows = []
    marks = Marks()
    width = 0
    for row, is_hidden in _rows(root):
        if is_hidden:
            marks.hidden_rows.append(len(rows))
        rows.append(row)
        width = max(width, len(row))
        check_size(len(rows), width)
    while rows and not any(rows[-1]):
        rows.pop()
    return rows, marks


def _rows(root: etree._Element) -> Iterator[tuple[list[str], bool]]:
    """Yield the rows of a page, each with whether the page hides it; of tables in tables the innermost count."""
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
            if is_table or tag in _UNSEEN:
                walk.skip_subtree()
            else:
                line.append(element.text or "")
        else:
            if tag in _BLOCKS:
                yield from _line(line)
            line.append(element.tail or "")
    yield from _line(line)


def _line(parts: list[str]) -> Iterator[tuple[list[str], bool]]:
    """Yield a text outside the tables as a row, where there is one, and begin a new one."""
    words = _plain("".join(parts))
    parts.clear()
    if words:
        yield [words], False


def _table(table: etree._Element) -> Iterator[tuple[list[str], bool]]:
    """Yield the rows of a table and a blank one below."""
    for caption in table.iterchildren("caption"):
        yield from _line([_text(caption)])
    reaching: dict[int, tuple[int, str]] = {}  # by column: a text that reaches further down, and for how many rows
    for line in table.iter("tr", *_GROUPS):
        if line.tag != "tr" and line.find("td") is None and line.find("th") is None:
            continue
        row = {place: words for place, (_, words) in reaching.items()}
        below = {place: (left - 1, words) for place, (left, words) in reaching.items() if left > 1}
        place = 0
        for cell in line.iterchildren("td", "th"):
            while place in row:
                place += 1
            words, down = _text(cell), _span(cell, "rowspan", _TALLEST)
            for column in range(place, place + _span(cell, "colspan", _WIDEST)):
                row[column] = words
                if down > 1:
                    below[column] = down - 1, words
        reaching = below
        yield [row.get(number, "") for number in range(max(row, default=-1) + 1)], _is_hidden(line)
    yield [], False


def _span(cell: etree._Element, name: str, most: int) -> int:
    """Return how many rows or columns a cell spans."""
    said = cell.get(name, "").strip()
    return max(1, min(int(said), most)) if said.isdecimal() and len(said) < 10 else 1


def _is_hidden(line: etree._Element) -> bool:
    """Return whether a row of a table is not shown."""
    return _HIDDEN.search(line.get("style", "")) is not None or line.get("hidden") is not None


def _text(cell: etree._Element) -> str:
    """Return what is read in a cell, its lines as lines."""
    if not len(cell):  # nearly always, and many times faster
        return _plain(cell.text or "")
    parts: list[str] = []
    walk = etree.iterwalk(cell, events=("start", "end"))
    for event, element in walk:
        if element is not cell and element.tag in _BLOCKS:
            parts.append(_BREAK)
        if event == "end":
            parts.append(element.tail or "" if element is not cell else "")
        elif element.tag in _UNSEEN:
            walk.skip_subtree()
        else:
            parts.append(element.text or "")
    lines = (_plain(line) for line in "".join(parts).split(_BREAK))
    return "\n".join(line for line in lines if line)


def _plain(words: str) -> str:
    """Return a text as a browser shows it."""
    return _SPACE.sub(" ", words).strip(" ")
