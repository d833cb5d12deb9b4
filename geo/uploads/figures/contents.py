"""Which kind of content a sheet holds by its headings, whatever kind it was taken for."""

from collections.abc import Mapping

from geo.uploads.figures.tables import SEARCHED_ROWS, Meaning, locate
from geo.uploads.model import IGNORED, Kind, Sheet
from geo.uploads.parse.fields import by_heading
from geo.uploads.parse.headwords import NAMES
from geo.uploads.parse.words import key

__all__ = ["other_kind"]

_LISTS: tuple[Kind, ...] = ("clusters", "tenants")
_ENOUGH = 3  # headings that make a kind
_OF_FIGURES = frozenset({"metric", "period", "period_part", "value", "unit", "quality"})


def other_kind(sheet: Sheet, kind: Kind) -> Kind | None:
    """Return the kind that a sheet holds by its headings, None where it may be the one it was taken for.

    Slides have ids and texts in both languages; clusters and tenants head three columns or more, and more than twice as many as the kind chosen.
    """
    head = sheet.part(slice(SEARCHED_ROWS))
    story = set(_fields_in(head, by_heading("slides")))
    if kind != "slides" and "slide_id" in story and any({f"{of}_en", f"{of}_zh"} <= story for of in ("title", "text")):
        return "slides"
    known: dict[Kind, int] = {one: len(set(_fields_in(head, by_heading(one)))) for one in _LISTS}
    of_figures = {word: field for word, field in NAMES.items() if field in _OF_FIGURES}
    own = len(_fields_in(head, of_figures)) if kind == "indicators" else len(set(_fields_in(head, by_heading(kind))))
    best = max(known, key=known.__getitem__)
    return best if best != kind and known[best] >= _ENOUGH and known[best] > 2 * own else None


def _fields_in(sheet: Sheet, names: Mapping[str, str]) -> list[str]:
    """Return the fields that the headings of a sheet name."""
    known = {word: field for word, field in names.items() if field != IGNORED}
    frame = locate(sheet, lambda text: Meaning.FIELD if key(text) in known else Meaning.UNKNOWN)
    words = (key("".join(parts)) for parts in frame.headings) if frame else ()
    return [known[word] for word in words if word in known]
