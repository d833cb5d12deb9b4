"""Results of a check and what they say: in English here, translated where they are shown. What a browser finds is in the table too."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from string import Formatter
from typing import Literal

from geo import wording
from geo.translation import mark, translate

__all__ = ["STATUSES", "WORDS", "Param", "Result", "Said", "Status", "Words", "describe", "is_complete"]

Status = Literal["good", "warning", "bad", "not tested"]
STATUSES: tuple[Status, ...] = ("bad", "warning", "not tested", "good")  # worst first
Param = str | float | Mapping[str, str]  # a text that differs between languages by language


@dataclass(frozen=True)
class Result:
    """What one check found."""

    code: str  # a key of :data:`WORDS`
    status: Status
    params: Mapping[str, Param] = field(default_factory=dict)
    slides: tuple[int, ...] = ()  # numbers of the slides concerned, counted from 1


@dataclass(frozen=True)
class Said:
    """A result in words."""

    tested: str
    found: str
    remedy: str  # "" where nothing is to be done


@dataclass(frozen=True)
class Words:
    """Texts of one check; ``{placeholders}`` are the result's parameters."""

    tested: str
    good: str
    warning: str = ""  # the same as ``bad`` where empty
    bad: str = ""
    remedy: str = ""  # what to do about a warning or worse
    untested: str = mark("Could not be tested here.")


_STEP = mark("Smallest difference between neighbouring classes: {difference} (5 or more is safe).")
_FEW = mark("Choose fewer classes or another palette in the view of these slides.")
_PUBLISHED = mark("Published on {day}. Days since then: {days}.")
_NO_LEGEND = mark("No slide shows classes.")


def _classes(tested: str) -> Words:
    """Return the texts for class colours under one kind of seeing."""
    return Words(tested, _STEP, _STEP, _STEP, _FEW, _NO_LEGEND)


_DECK = {
    "classes_normal": _classes(mark("Class colours, normal sight")),
    "classes_greyscale": _classes(mark("Class colours, printed in grey")),
    "classes_protanopia": _classes(mark("Class colours, red-blind")),
    "classes_deuteranopia": _classes(mark("Class colours, green-blind")),
    "classes_tritanopia": _classes(mark("Class colours, blue-blind")),
    "no_data": Words(
        mark("“No data” hatching"),
        mark(
            "The hatching can be told from plain colours by everybody; its lines differ from their ground by {difference}."
        ),
        bad=mark("The lines of the hatching differ from their ground by only {difference} (5 or more is safe)."),
        remedy=mark("Say which districts have no data, or use a screen with better contrast."),
        untested=mark("Every district on the slides has a figure."),
    ),
    "muted": Words(
        mark("Districts outside the clusters shown"),
        mark("Their grey differs from every class by {difference} or more (5 or more is safe)."),
        bad=mark("Their grey differs from a class by only {difference} ({seeing})."),
        remedy=mark("Say which districts the slide is about; in a grey print, write the values beside them."),
        untested=mark("Every slide shows all districts."),
    ),
    "text_contrast": Words(
        mark("Text on its ground"),
        mark("Smallest contrast {ratio}:1 (3:1 is enough for large type)."),
        bad=mark("Smallest contrast {ratio}:1: {text} on {ground} (3:1 is needed for large type)."),
        remedy=mark("Choose the other theme, light or dark."),
    ),
    "gaps": Words(
        mark("Sentences without gaps"),
        mark("Every figure in titles, sentences and notes could be computed."),
        bad=mark("No data for: {gaps}."),
        remedy=mark("Change these sentences, or publish data that have the figures."),
    ),
    "lengths": Words(
        mark("Length of titles and sentences"),
        mark("Every text has room on its slide."),
        warning=mark("Longer than the room there is: {texts}."),
        remedy=mark("Shorten the text, or divide the slide in two."),
    ),
    "notes": Words(
        mark("Speaker notes"),
        mark("Every slide has notes in both languages."),
        warning=mark("Notes are missing on {count} of {all} slides."),
        remedy=mark("Write notes, or print the handout instead."),
    ),
    "data_age": Words(
        mark("Age of the data"),
        _PUBLISHED,
        _PUBLISHED,
        _PUBLISHED,
        mark("Ask the data desk whether newer figures are ready."),
        mark("The data are those shipped with the release; they carry no day of publication."),
    ),
    "sources_age": Words(
        mark("Age of the sources"),
        mark("The oldest source of a figure on the maps: {source}."),
        warning=mark("The oldest source of a figure on the maps is more than {years} years old: {source}."),
        remedy=mark("Say the year when you show the slide."),
        untested=mark("The sources of the figures on the maps carry no date."),
    ),
    "periods": Words(
        mark("Newest period shown"),
        mark("Every slide shows the newest period there is."),
        warning=mark("Newer figures exist: {newer}."),
        remedy=mark("Choose the newer period, or be ready to say why not: it may cover fewer districts."),
    ),
    "locked": Words(
        mark("Slides locked to a version"),
        mark("Every slide shows the newest data."),
        warning=mark("{count} of {all} slides show an older version of the data."),
        remedy=mark("Remove the lock, or say that the figures are of that day."),
    ),
    "pdf_font": Words(
        mark("Chinese font for PDF"),
        mark("Found: {font}."),
        bad=mark("None was found on the server."),
        remedy=mark("Install Noto Sans CJK SC on the server; until then hand over PowerPoint or HTML."),
    ),
    "address": Words(
        mark("Address in the QR code"),
        mark("Guests are sent to {address}."),
        warning=mark("{address} leads nowhere from a guest's phone; the talk itself does not need it."),
        remedy=mark("For phones: open the dashboard by the address that guests can reach, then check again."),
        untested=mark("No address is known, so the last slide has no QR code."),
    ),
    "approval": Words(
        mark("Map approval number"),
        mark("{number}"),
        warning=mark("None is set. Maps shown to the public in China need one."),
        remedy=mark("For an internal meeting nothing; else ask for the number and set DASHBOARD_MAP_APPROVAL."),
    ),
}
_BROWSER = {
    "font_chinese": Words(
        mark("Chinese font on this screen"),
        mark("琶洲 is drawn with a Chinese font."),
        bad=mark("琶洲 is not drawn: this computer has no Chinese font."),
        remedy=mark("Install Noto Sans CJK SC or Microsoft YaHei on this computer, or show in English."),
    ),
    "font_latin": Words(
        mark("Latin font on this screen"),
        mark("The dashboard's font is there."),
        warning=mark("Another font stands in; lines may break elsewhere."),
        remedy=mark("Load the page again; it brings its font along."),
    ),
    "screen": Words(
        mark("Shape of the screen"),
        mark("{width} × {height} (factor {factor}), close to {ratio}."),
        warning=mark("{width} × {height} (factor {factor}) is none of 16:9, 21:9, 32:9 and 4:3; empty edges remain."),
        remedy=mark("Set the projector or wall to one of these shapes, or accept empty edges."),
    ),
    "text_size": Words(
        mark("Size of type on this screen"),
        mark("Sentences are {percent}% of the screen's height: readable from {heights} screen heights away."),
        warning=mark("Sentences are {percent}% of the screen's height: too small beyond {heights} screen heights."),
        remedy=mark("Use full screen, or the screen that the talk will be shown on."),
    ),
    "full_screen": Words(
        mark("Full screen"),
        mark("This browser allows it."),
        warning=mark("This browser does not allow it from the page."),
        remedy=mark("Press F11 instead, or open the page by itself, not inside another."),
    ),
    "offline": Words(
        mark("Nothing from other hosts"),
        mark("All {count} files of this page came from its own server."),
        bad=mark("{count} files came from elsewhere, such as {host}."),
        remedy=mark("Switch off the online base map before a talk without network."),
    ),
    "files": Words(
        mark("Files of the show"),
        mark("All {count} files are here, and the browser keeps them."),
        mark("{count} of {all} files can be fetched, but the browser keeps no copy."),
        mark("{count} of {all} files could not be fetched."),
        mark("Open the show once while the network is there, or take the HTML file along."),
        mark("There is no show to test yet."),
    ),
    "server": Words(
        mark("Way to the server"),
        mark("It answers in {milliseconds} ms."),
        mark("It answers in {milliseconds} ms, which is slow."),
        mark("It does not answer."),
        mark("Use a cable or another network, or take the HTML file along."),
    ),
    "smooth": Words(
        mark("Smoothness of movement"),
        mark("{frames} pictures a second."),
        mark("Only {frames} pictures a second."),
        mark("Only {frames} pictures a second."),
        mark("Close other programs; let the browser use the graphics card."),
        mark("The page was not in front, so browsers draw nothing."),
    ),
    "clock": Words(
        mark("Clock of this computer"),
        mark("It agrees with the server to {seconds} s; time zone {zone}."),
        warning=mark("It differs from the server's by {seconds} s; time zone {zone}."),
        remedy=mark("Set the clock, or go by the room's clock in the presenter view."),
        untested=mark("The server told no time."),
    ),
}
WORDS: Mapping[str, Words] = _DECK | _BROWSER  # by code, in the order results are listed


def _text(result: Result) -> str:
    """Return the English text of what a result found; a status without a text of its own borrows one."""
    words = WORDS[result.code]
    texts = {"good": words.good, "warning": words.warning, "bad": words.bad, "not tested": words.untested}
    return texts[result.status] or words.bad or words.warning


def is_complete(result: Result) -> bool:
    """Whether a result has every parameter its text needs."""
    return all(name is None or name in result.params for _, name, _, _ in Formatter().parse(_text(result)))


def _shown(value: Param, language: str) -> str:
    """Return a parameter for reading: a number with grouping and at most one decimal."""
    if isinstance(value, Mapping):
        return value[language]
    return value if isinstance(value, str) else wording.number(value, 0 if value == int(value) else 1, language)


def describe(result: Result, language: str) -> Said:
    """Return a result in words, in a language. Its parameters must be complete (:func:`is_complete`)."""
    params = {name: _shown(value, language) for name, value in result.params.items()}
    remedy = translate(language, WORDS[result.code].remedy) if result.status in ("warning", "bad") else ""
    return Said(translate(language, WORDS[result.code].tested), translate(language, _text(result), **params), remedy)
