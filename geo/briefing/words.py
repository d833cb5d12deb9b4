"""Words of the show's own interface, in both languages."""

from geo.schema import LANGUAGES
from geo.translation import mark, translate

__all__ = ["show_words"]

_WORDS = {
    "sources": mark("Sources: {sources}"),
    "more": mark("and {count} more"),
    "join": mark("; "),
    "slideOf": mark("{number} / {count}"),
    "schematic": mark("Boundaries for presentation only, no legal reference."),
    "approval": mark("Map approval number: {number}."),
    "ask": mark("Ask: a district or a figure"),
    "nothing": mark("Nothing found"),
    "back": mark("Esc: back to the slide"),
    "notes": mark("Speaker notes"),
    "noNotes": mark("No notes for this slide"),
    "presenter": mark("Open the presenter view in a second window"),
    "phone": mark("Or scan with a phone in the same network"),
    "auto": mark("Auto-play: {seconds} s a slide"),
    "autoOff": mark("Auto-play off"),
    "newer": mark("Newer data: version {number}. Press R to show it."),
    "noSlide": mark("This briefing has no slide “{id}”; it begins with the first."),
    "scan": mark("Open this briefing"),
    "help": mark("Keys"),
    "keyNext": mark("next slide"),
    "keyBack": mark("previous slide"),
    "keyEnds": mark("first, last slide"),
    "keyDigits": mark("slide by number"),
    "keyFull": mark("full screen"),
    "keyBlack": mark("black screen"),
    "keyNotes": mark("notes, presenter view"),
    "keyAsk": mark("ask a question, Esc goes back"),
    "keyLanguage": mark("Chinese, English"),
    "keyTheme": mark("dark, light"),
    "keyAuto": mark("auto-play; + and − change its pace"),
    "keyHelp": mark("these keys"),
    "keyLeave": mark("leave the show"),
}


def show_words() -> dict[str, dict[str, str]]:
    """Return the words by language, then by the name that ``show.js`` asks for."""
    return {language: {key: translate(language, text) for key, text in _WORDS.items()} for language in LANGUAGES}
