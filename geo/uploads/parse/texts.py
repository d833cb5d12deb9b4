"""Free text in a file: kept as it is, looked at for what a spreadsheet would run, and sources found by what they are called."""

from collections import Counter
from collections.abc import Callable, Sequence

import pandas as pd

from geo.uploads.findings import Notes, Read, Spot
from geo.uploads.parse.words import MISSING, kept, key, plain

__all__ = ["LONGEST_NOTE", "source_reader", "text_findings"]

LONGEST_NOTE = 500  # characters


def text_findings(
    notes: Notes, spot: Spot, rows: Sequence[int], texts: Sequence[str], longest: int = LONGEST_NOTE
) -> None:
    """Note texts that a spreadsheet would take for a formula, and texts that have more characters than ``longest``."""

    def formula(text: str) -> Read:
        """Say that a text begins like a formula."""
        return "", "formula_text" if text.lstrip()[:1] in ("=", "+", "@") else "", {}

    def long(text: str) -> Read:
        """Say that a text is too long."""
        too_long = len(text) > longest and len(kept(text)) > longest
        return ("", "text_too_long", {"length": len(text), "longest": longest}) if too_long else ("", "", {})

    for look in (formula, long):
        notes.read(spot, rows, texts, look)


def source_reader(sources: pd.DataFrame) -> Callable[[str], str]:
    """Return what turns a text into a source id: the id itself, publisher and document, or a document's name no other source has.

    Parameters
    ----------
    sources
        Sources by id, as in an atlas.
    """
    names: dict[str, str] = {}
    for language in ("en", "zh"):
        publishers, documents = sources[f"publisher_{language}"], sources[f"document_{language}"]
        once = {word for word, count in Counter(map(key, documents)).items() if count == 1}
        for id_, publisher, document in zip(sources.index, publishers, documents, strict=True):
            names |= {key(id_): id_, key(publisher + document): id_, key(document + publisher): id_}
            if key(document) in once:
                names.setdefault(key(document), id_)

    def read(text: str) -> str:
        """Return the id of a source, "" for a blank cell."""
        if plain(text).casefold() in MISSING:
            return ""
        return text.strip() if text.strip() in sources.index else names.get(key(text)) or kept(text)

    return read
