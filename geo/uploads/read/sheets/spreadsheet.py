"""What an XLSX says of the cells of its sheets beside their values. Runs in the worker."""

import io
import posixpath
import zipfile
import zlib
from collections.abc import Iterator
from itertools import islice

from lxml import etree

from geo.uploads.bounds import RefusedError, error
from geo.uploads.finding import Finding, Severity
from geo.uploads.read.packing import Marks
from geo.uploads.read.sheets.cells import Looks, place, scan
from geo.uploads.read.sheets.number_formats import BUILT_IN, read_format
from geo.uploads.read.sheets.runs import Seen, unusual_strings

__all__ = ["Package"]

_WORKBOOK, _RELATIONS, _STYLES = "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml"
_STRINGS = "xl/sharedstrings.xml"
_BROKEN = (etree.XMLSyntaxError, zipfile.BadZipFile, zlib.error, KeyError, ValueError, EOFError, NotImplementedError)
_TRUE = ("1", "true")
_OUR_AUTHOR = "Guangzhou 1+1+9"  # of the comments in templates and marked copies
_MOST_COMMENTS, _LONGEST_COMMENT = 50, 200  # repeated, and characters of each


class Package:
    """The parts of an XLSX that a library of values leaves out.

    Raises
    ------
    RefusedError
        If the list of sheets or the styles are broken.
    """

    def __init__(self, content: bytes) -> None:
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(content))
            # Some programs write the names as Windows does.
            self._members = {name.replace("\\", "/").lower(): name for name in self._archive.namelist()}
            self._parts = self._listed()
            self._looks = self._known_looks()
        except _BROKEN:
            raise error("broken_archive") from None
        self._known: dict[str, Marks | RefusedError] = {}

    def marks(self, sheet: str) -> Marks:
        """Return what is said of the cells of a sheet.

        Raises
        ------
        RefusedError
            If the sheet is broken or too large.
        """
        if sheet not in self._known:
            try:
                with self._archive.open(self._members[self._parts[sheet]]) as part:
                    self._known[sheet] = scan(part, self._looks)
            except RefusedError as refusal:
                self._known[sheet] = refusal
            except _BROKEN:
                self._known[sheet] = error("broken_archive")
        known = self._known[sheet]
        if isinstance(known, RefusedError):
            raise known
        return known

    def comments(self, sheet: str) -> Iterator[Finding]:
        """Yield a note for each of the first comments on the cells of a sheet, which may say a unit or that a figure is a forecast."""
        folder, name = posixpath.split(self._parts[sheet])
        try:
            links = self._tree(f"{folder}/_rels/{name}.rels") if f"{folder}/_rels/{name}.rels" in self._members else ()
            targets = [link.get("Target", "") for link in links if link.get("Type", "").endswith("/comments")]
            for target in targets:
                root = self._tree(posixpath.normpath(posixpath.join("/", folder, target)).removeprefix("/"))
                authors = [author.text or "" for author in root.iterfind("{*}authors/{*}author")]
                ours = {str(number) for number, author in enumerate(authors) if author.startswith(_OUR_AUTHOR)}
                entries = (e for e in root.iterfind("{*}commentList/{*}comment") if e.get("authorId") not in ours)
                yield from map(_comment, islice(entries, _MOST_COMMENTS))
        except _BROKEN:  # the table can be read without them
            return

    def _tree(self, part: str) -> etree._Element:
        """Return the XML of a part."""
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
        with self._archive.open(self._members[part.lower()]) as file:
            return etree.parse(file, parser).getroot()

    def _listed(self) -> dict[str, str]:
        """Return the part of each sheet by its name."""
        targets = {entry.get("Id"): entry.get("Target", "").replace("\\", "/") for entry in self._tree(_RELATIONS)}
        parts: dict[str, str] = {}
        for entry in self._tree(_WORKBOOK).iterfind("{*}sheets/{*}sheet"):
            target = next((targets.get(value, "") for name, value in entry.items() if name.endswith("}id")), "")
            part = posixpath.normpath(posixpath.join("/xl", target)).removeprefix("/")
            parts.setdefault(entry.get("name", ""), part.lower())
        return parts

    def _known_looks(self) -> Looks:
        """Return the cell styles that show numbers in their own way or strike through, and the strings with raised or struck parts."""
        if _STYLES not in self._members:
            return Looks(strings=self._strings())
        styles = self._tree(_STYLES)
        own = {entry.get("numFmtId", ""): entry.get("formatCode", "") for entry in styles.iterfind("{*}numFmts/*")}
        formats = {number: sections for number, code in (BUILT_IN | own).items() if (sections := read_format(code))}
        fonts = [font.find("{*}strike") for font in styles.iterfind("{*}fonts/*")]
        struck = {str(n) for n, strike in enumerate(fonts) if strike is not None and strike.get("val", "1") in _TRUE}
        kinds = [(entry.get("numFmtId", ""), entry.get("fontId")) for entry in styles.iterfind("{*}cellXfs/*")]
        return Looks(
            {str(number): formats[kind] for number, (kind, _) in enumerate(kinds) if kind in formats},
            frozenset(str(number) for number, (_, font) in enumerate(kinds) if font in struck),
            self._strings(),
        )

    def _strings(self) -> dict[str, Seen]:
        """Return the shared strings that have raised or struck parts."""
        if _STRINGS not in self._members:
            return {}
        with self._archive.open(self._members[_STRINGS]) as part:
            return unusual_strings(part)


def _comment(entry: etree._Element) -> Finding:
    """Return the note that repeats a comment."""
    row, column = place(entry.get("ref", ""))
    words = " ".join("".join(text.text or "" for text in entry.iterfind("{*}text//{*}t")).split())
    return Finding("comment", Severity.NOTE, (row + 1,), column + 1, params={"words": words[:_LONGEST_COMMENT]})
