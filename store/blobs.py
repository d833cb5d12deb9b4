"""Bytes under their hash: stored once, compressed, and checked when they are read back."""

import hashlib
import zlib
from collections.abc import Iterable
from typing import NamedTuple

from sqlalchemy import Connection, insert, select

from store.errors import CorruptError
from store.schema import blob

__all__ = ["Packed", "digest", "fetch", "pack", "save", "unpack"]


class Packed(NamedTuple):
    """Bytes ready to be stored."""

    sha256: str
    content: bytes
    size: int


def digest(content: bytes) -> str:
    """Return the SHA-256 of bytes in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def pack(contents: Iterable[bytes]) -> list[Packed]:
    """Return bytes compressed; done before the transaction, so that others do not wait for it."""
    return [Packed(digest(content), zlib.compress(content), len(content)) for content in contents]


def save(connection: Connection, packed: Iterable[Packed]) -> None:
    """Store bytes that are not there yet; the caller is alone in writing."""
    missing = {item.sha256: item._asdict() for item in packed}
    there = connection.scalars(select(blob.c.sha256).where(blob.c.sha256.in_(missing)))
    for sha256 in there.all():
        del missing[sha256]
    if missing:
        connection.execute(insert(blob), list(missing.values()))


def fetch(connection: Connection, sha256: str, version_id: int, name: str) -> bytes:
    """Return stored bytes.

    Parameters
    ----------
    connection
        An open connection.
    sha256
        The hash they were stored under.
    version_id, name
        The version and the file they belong to, for the message.

    Raises
    ------
    CorruptError
        If they are missing or have another hash.
    """
    content = unpack(connection.scalar(select(blob.c.content).where(blob.c.sha256 == sha256)) or b"", sha256)
    if content is None:
        raise CorruptError(version_id, name)
    return content


def unpack(packed: bytes, sha256: str) -> bytes | None:
    """Return bytes as they were before they were stored under a hash; None where they are damaged."""
    try:
        content = zlib.decompress(packed)
    except zlib.error:
        return None
    return content if digest(content) == sha256 else None
