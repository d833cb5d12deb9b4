"""Which kind of content a sheet holds by its headings, whatever kind it was taken for."""

from geo.uploads.fields import by_heading
from geo.uploads.headwords import NAMES
from geo.uploads.model import IGNORED, Kind, Sheet
from geo.uploads.tables import SEARCHED_ROWS, Meaning, locate
from geo.uploads.words import key

__all__ = ["other_kind"]

_LISTS: tuple[Kind, ...] = ("clusters", "tenants")
_ENOUGH = 3  # headings that make a kind
_OF_FIGURES = frozenset({"metric", "period", "period_part", "value", "unit", "quality"})


def other_kind(sheet: Sheet, kind: Kind) -> Kind | None:
    """Return the kind that a sheet holds by its headings, None where it may be the one it was taken for.

    Slides have ids and texts in both languages; clusters and tenants head three columns or more, and more than twice as many as the kind chosen.
    """
    sheet = sheet.part(slice(SEARCHED_ROWS))
    if kind != "slides" and _is_story(sheet):
        return "slides"
    known: dict[Kind, int] = {one: len(_fields_in(sheet, one)) for one in _LISTS}
    best = max(known, key=known.__getitem__)
    own = len(_fields_in(sheet, kind)) if kind != "indicators" else _figures_in(sheet)
    return best if best != kind and known[best] >= _ENOUGH and known[best] > 2 * own else None


def _is_story(sheet: Sheet) -> bool:
    """Whether a sheet holds slides, whatever kind of file it was taken for: ids, and texts in both languages."""
    found = _fields_in(sheet, "slides")
    return "slide_id" in found and any({f"{part}_en", f"{part}_zh"} <= found for part in ("title", "text"))


def _fields_in(sheet: Sheet, kind: str) -> set[str]:
    """Return the fields of a kind that the headings of a sheet name."""
    names = {word: field for word, field in by_heading(kind).items() if field != IGNORED}
    frame = locate(sheet, lambda text: Meaning.FIELD if key(text) in names else Meaning.UNKNOWN)
    found = {names.get(key("".join(parts))) for parts in frame.headings} if frame else set()
    return {field for field in found if field}


def _figures_in(sheet: Sheet) -> int:
    """Return how many headings only a file of figures has."""
    frame = locate(sheet, lambda text: Meaning.FIELD if NAMES.get(key(text)) in _OF_FIGURES else Meaning.UNKNOWN)
    return sum(NAMES.get(key("".join(parts))) in _OF_FIGURES for parts in frame.headings) if frame else 0
