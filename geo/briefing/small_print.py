"""The small print that every sheet, page and slide on paper carries."""

from collections.abc import Iterable, Sequence

from geo.briefing.model import Deck, Face
from geo.figures import claims
from geo.maps.text_metrics import wrapped
from geo.translation import translate

__all__ = ["notice", "slide_texts", "sources_line", "stamp_line", "with_unit"]


def notice(deck: Deck, language: str) -> str:
    """Return what a map must say of its boundaries."""
    parts = [translate(language, "Boundaries are for presentation only and are not a legal reference.")]
    if deck.approval:
        parts.append(translate(language, "Map approval number: {number}.", number=deck.approval))
    return ("" if language == "zh" else " ").join(parts)


def slide_texts(face: Face) -> list[str]:
    """Return what a slide says in its title, its sentences and its chart."""
    return [face.title, face.text, *(bar.text for bar in (face.chart.bars if face.chart else ()))]


def stamp_line(face: Face, language: str, texts: Iterable[str]) -> str:
    """Return which data is shown, and what a dagger means where one stands in the texts of the same page."""
    marked = any(claims.SECONDARY_MARK in text for text in texts)
    return " · ".join(filter(None, (face.stamp, claims.secondary_words(language) if marked else "")))


def with_unit(title: str, unit: str, language: str) -> str:
    """Return a title with the unit of what it names, if it has one."""
    return translate(language, "{title} ({unit})", title=title, unit=unit) if unit else title


def sources_line(sources: Sequence[str], language: str, size: float, width: float, most: int) -> str:
    """Return the sources as one text of at most ``most`` lines of a width, in the unit of the font's size; how many are left out is said."""
    for shown in range(len(sources), 0, -1):
        names = list(sources[:shown])
        if shown < len(sources):
            names.append(translate(language, "and {count} more", count=len(sources) - shown))
        line = translate(language, "Sources: {sources}", sources=translate(language, "; ").join(names))
        if shown == 1 or len(wrapped(line, size, width)) <= most:
            return line
    return ""
