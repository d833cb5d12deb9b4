"""Words of the show's own interface, in both languages."""

from geo.schema import LANGUAGES
from geo.translation import mark, translate

__all__ = ["show_words"]

_WORDS = {
    "sources": mark("Sources: {sources}"),
    "more": mark("and {count} more"),
    "join": mark("; "),
    "slideOf": mark("{number} / {count}"),
    "schematic": mark("Boundaries are for presentation only and are not a legal reference."),
    "approval": mark("Map approval number: {number}."),
    "ask": mark("Ask about a district or a metric"),
    "first": mark("First {shown} of {count} answers"),
    "nothing": mark("Nothing found"),
    "back": mark("Esc: back to the slide"),
    "notes": mark("Speaker notes"),
    "noNotes": mark("No notes for this slide"),
    "presenter": mark("Open the presenter view in a second window"),
    "phone": mark("Or scan with a phone on the same network"),
    "auto": mark("Auto-play: {seconds} s per slide"),
    "autoOff": mark("Auto-play off"),
    "newer": mark("Newer data available: version {number}. Press R to show it."),
    "noSlide": mark("This briefing has no slide “{id}”, so it starts with the first slide."),
    "scan": mark("Open this briefing"),
    "help": mark("Keys"),
    "keyNext": mark("next slide"),
    "keyBack": mark("previous slide"),
    "keyEnds": mark("first or last slide"),
    "keyDigits": mark("go to slide by number"),
    "keyFull": mark("full screen"),
    "keyBlack": mark("black screen"),
    "keyNotes": mark("notes and presenter view"),
    "keyAsk": mark("ask a question; Esc to return"),
    "keyLanguage": mark("switch between Chinese and English"),
    "keyTheme": mark("switch between dark and light"),
    "keyAuto": mark("auto-play; + and − change the speed"),
    "keyHelp": mark("show these keys"),
    "keyLeave": mark("exit the presentation"),
}


def show_words() -> dict[str, dict[str, str]]:
    """Return the words by language, then by the name that ``show.js`` asks for."""
    return {language: {key: translate(language, text) for key, text in _WORDS.items()} for language in LANGUAGES}
