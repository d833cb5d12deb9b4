"""A source that is not in the list yet, as somebody describes it at the desk or on the command line."""

import hashlib
from urllib.parse import urlsplit

from geo.changes.merge import NewSource
from geo.errors import SourceError
from geo.escaping import web_address
from geo.translation import mark
from geo.uploads.parse.fields import read_date

__all__ = ["new_source"]


def new_source(
    publisher_zh: str = "",
    publisher_en: str = "",
    document_zh: str = "",
    document_en: str = "",
    date: str = "",
    address: str = "",
) -> NewSource:
    """Return a source to be added with the figures that refer to it; what is given in one language only stands for both.

    Its id comes from what is said of it: two people who add different sources on one day get different ids, and whoever adds the same
    source again, a schedule for example, adds nothing.

    Raises
    ------
    SourceError
        If publisher or document is missing, or date or address is none; its text is one of the translated ones.

    Examples
    --------
    >>> made = new_source("南沙区统计局", document_zh="2024 年统计公报", date="2025年3月")
    >>> made.source_id, made.publisher_en, made.date
    ('desk-44771562fc', '南沙区统计局', '2025-03')
    """
    if not ((publisher_zh or publisher_en) and (document_zh or document_en)):
        raise SourceError(mark("Enter a publisher and a document for the source."))
    day = read_date(date) if date else ""
    if day is None or (address and not web_address(address)):
        raise SourceError(
            mark(
                "Enter the date in the form 2024-03-15 and a plain web address such as https://www.gz.gov.cn/page.html."
            )
        )
    publisher = (publisher_en or publisher_zh, publisher_zh or publisher_en)
    said = (*publisher, document_en or document_zh, document_zh or document_en, day, _host(address), address)
    return NewSource(f"desk-{hashlib.sha256(repr(said).encode()).hexdigest()[:10]}", *said)


def _host(address: str) -> str:
    """Return what kind of host an address is on: only government hosts become links."""
    return "official" if (urlsplit(address).hostname or "").endswith(".gov.cn") else "publisher"
