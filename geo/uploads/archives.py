"""The archive a workbook is: nothing is inflated past its bounds, whatever its directory says."""

import io
import zipfile
import zlib
from collections.abc import Iterable
from xml.etree import ElementTree as ET  # nosec B405  # see Archive.tree

from geo.uploads.bounds import MAX_INFLATED, MAX_MEMBERS, MAX_RATIO, MAX_TAGS, error

__all__ = ["Archive", "pack"]

_ENTRY = b"PK\x01\x02"  # every entry of a directory begins with it
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_SMALL = 1_000_000  # bytes a member may have whatever its ratio
_FEW_TAGS = 300_000  # that a part may have whatever its size
_BROKEN = (
    KeyError,
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,
    RuntimeError,
    ValueError,
    OverflowError,
    OSError,
)


class Archive:
    """A ZIP archive, checked before it is opened.

    Raises
    ------
    RefusedError
        If the archive is broken, has too many members, or promises more than it may hold.
    """

    def __init__(self, content: bytes) -> None:
        if content.count(_ENTRY) > MAX_MEMBERS:
            raise error("archive_bomb")
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(content))
        except _BROKEN:
            raise error("broken_archive") from None
        self._counted: dict[str, int] = {}  # bytes of the files read so far
        # Some programs write the names as Windows does.
        self._members = {info.filename.replace("\\", "/"): info for info in self._zip.infolist()}
        self._check(self._zip.infolist(), len(content))

    @staticmethod
    def _check(members: list[zipfile.ZipInfo], size: int) -> None:
        """Refuse what the directory itself says is too large, overlaps, is encrypted or packed in an unusual way."""
        for info in members:
            if info.file_size > max(_SMALL, MAX_RATIO * info.compress_size):
                raise error("archive_bomb")
            if info.flag_bits & 1:
                raise error("password")
            if info.compress_type not in _METHODS:
                raise error("broken_archive")
        packed, inflated = sum(info.compress_size for info in members), sum(info.file_size for info in members)
        if inflated > MAX_INFLATED or packed > size:
            raise error("archive_bomb")

    def __contains__(self, name: str) -> bool:
        return name in self._members

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the members, in the order of the directory."""
        return tuple(self._members)

    def member(self, name: str, limit: int = MAX_INFLATED) -> bytes:
        """Return a file of the archive.

        Parameters
        ----------
        limit
            In bytes; a larger one is refused, as is what exceeds the bound of all files read so far together.

        Raises
        ------
        RefusedError
            If there is no such file, it is broken or too large.
        """
        others = sum(size for other, size in self._counted.items() if other != name)
        bound = min(limit, MAX_INFLATED - others)
        try:
            info = self._members[name]
            with self._zip.open(info) as member:
                data = member.read(min(info.file_size, bound) + 1)
        except _BROKEN:
            raise error("broken_archive") from None
        if len(data) > bound:
            raise error("archive_bomb")
        self._counted[name] = len(data)
        return data

    def head(self, name: str, size: int) -> bytes:
        """Return the first bytes of an XML file of the archive; no more than those are inflated.

        Raises
        ------
        RefusedError
            If there is no such file, it is broken, or not the plain XML of a workbook.
        """
        try:
            with self._zip.open(self._members[name]) as member:
                data = member.read(size)
        except _BROKEN:
            raise error("broken_archive") from None
        return _plain(data)

    def part(self, name: str, limit: int = MAX_INFLATED) -> bytes:
        """Return an XML file of the archive.

        Raises
        ------
        RefusedError
            As :meth:`member`, and if it is not the plain XML of a workbook: entities could grow without bound, and so could the time that
            ever the same tag takes, packed a thousand times smaller than it is.
        """
        data = self.member(name, limit)
        if data.count(b"<") > _FEW_TAGS + MAX_TAGS * self._members[name].compress_size:
            raise error("archive_bomb")
        return _plain(data)

    def tree(self, name: str, limit: int) -> ET.Element:
        """Return the parsed XML of a file of the archive.

        Raises
        ------
        RefusedError
            As :meth:`part`, and if it is no XML.
        """
        try:
            # No document type and no entity gets this far (part), and the size is bounded (member).
            return ET.fromstring(self.part(name, limit))  # noqa: S314  # nosec B314
        except ET.ParseError:
            raise error("broken_archive") from None


def _plain(data: bytes) -> bytes:
    """Return XML that has no entities and no other encoding than UTF-8, and refuse any other."""
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data or b"\0" in data:
        raise error("broken_archive")
    return data


def pack(members: Iterable[tuple[str, bytes]]) -> bytes:
    """Return an archive of files by name, not compressed, so that no other reader inflates what was not counted here."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        for name, data in members:
            packed.writestr(name, data)
    return out.getvalue()
