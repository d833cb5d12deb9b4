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
    untested: str = mark("Cannot be tested here.")


_STEP = mark("Smallest difference between neighbouring classes: {difference} (5 or more is sufficient).")
_FEW = mark("Choose fewer classes or another palette in the view of these slides.")
_PUBLISHED = mark("Published on {day}, {days} days ago.")
_NO_LEGEND = mark("No slide uses map classes.")


def _classes(tested: str) -> Words:
    """Return the texts for class colours under one kind of seeing."""
    return Words(tested, _STEP, _STEP, _STEP, _FEW, _NO_LEGEND)


_DECK = {
    "classes_normal": _classes(mark("Class colours, normal vision")),
    "classes_greyscale": _classes(mark("Class colours, greyscale print")),
    "classes_protanopia": _classes(mark("Class colours, red-blind vision")),
    "classes_deuteranopia": _classes(mark("Class colours, green-blind vision")),
    "classes_tritanopia": _classes(mark("Class colours, blue-blind vision")),
    "no_data": Words(
        mark("“No data” hatching"),
        mark(
            "The hatching is distinct from plain colours for all colour vision; its lines differ from the background by {difference}."
        ),
        bad=mark("The hatching lines differ from the background by only {difference} (5 or more is sufficient)."),
        remedy=mark("State which districts have no data, or use a screen with better contrast."),
        untested=mark("Every district on the slides has data."),
    ),
    "muted": Words(
        mark("Districts outside the clusters shown"),
        mark("Their grey differs from every class by at least {difference} (5 or more is sufficient)."),
        bad=mark("Their grey differs from one class by only {difference} ({seeing})."),
        remedy=mark("State which districts the slide covers; on greyscale prints, add the values."),
        untested=mark("Every slide shows all districts."),
    ),
    "text_contrast": Words(
        mark("Text against background"),
        mark("Lowest contrast {ratio}:1 (large text needs 3:1)."),
        bad=mark("Lowest contrast {ratio}:1: {text} on {ground} (large text needs 3:1)."),
        remedy=mark("Choose the other theme (light or dark)."),
    ),
    "gaps": Words(
        mark("Completeness of figures in text"),
        mark("Every figure in the titles, text and notes can be computed."),
        bad=mark("No data for: {gaps}."),
        remedy=mark("Change these sentences, or publish data that includes these figures."),
    ),
    "lengths": Words(
        mark("Length of titles and sentences"),
        mark("All text fits on its slide."),
        warning=mark("Text does not fit: {texts}."),
        remedy=mark("Shorten the text, or split the slide in two."),
    ),
    "notes": Words(
        mark("Speaker notes"),
        mark("Every slide has notes in both languages."),
        warning=mark("{count} of {all} slides have no notes."),
        remedy=mark("Write notes, or print the handout instead."),
    ),
    "data_age": Words(
        mark("Age of the data"),
        _PUBLISHED,
        _PUBLISHED,
        _PUBLISHED,
        mark("Ask the data team whether newer figures are available."),
        mark("The data was supplied with the release and has no publication date."),
    ),
    "sources_age": Words(
        mark("Age of the sources"),
        mark("Oldest source of the figures on the maps: {source}."),
        warning=mark("The oldest source of the figures on the maps is more than {years} years old: {source}."),
        remedy=mark("State the year when you present the slide."),
        untested=mark("The sources of the figures on the maps have no date."),
    ),
    "periods": Words(
        mark("Latest period shown"),
        mark("Every slide shows the latest available period."),
        warning=mark("Newer data is available: {newer}."),
        remedy=mark(
            "Choose the newer period, or be ready to explain why not; for example, it may cover fewer districts."
        ),
    ),
    "locked": Words(
        mark("Slides locked to a version"),
        mark("Every slide shows the latest data."),
        warning=mark("{count} of {all} slides show an older version of the data."),
        remedy=mark("Remove the lock, or state the date of the figures."),
    ),
    "pdf_font": Words(
        mark("Chinese font for PDF"),
        mark("Found: {font}."),
        bad=mark("Not found on the server."),
        remedy=mark("Install Noto Sans CJK SC on the server. Until then, export PowerPoint or HTML instead."),
    ),
    "address": Words(
        mark("Address in the QR code"),
        mark("Guests are directed to {address}."),
        warning=mark("Guests' phones cannot open {address}; the presentation itself does not need it."),
        remedy=mark("For phone access, open the dashboard at an address that guests can reach, then check again."),
        untested=mark("No address is set, so the last slide has no QR code."),
    ),
    "approval": Words(
        mark("Map approval number"),
        mark("{number}"),
        warning=mark("Not set. Maps shown to the public in China require one."),
        remedy=mark(
            "No action is needed for an internal meeting. Before showing maps to the public, obtain the number and set DASHBOARD_MAP_APPROVAL."
        ),
    ),
}
_BROWSER = {
    "font_chinese": Words(
        mark("Chinese font on this screen"),
        mark("琶洲 is displayed with a Chinese font."),
        bad=mark("琶洲 is not displayed: this computer has no Chinese font."),
        remedy=mark("Install Noto Sans CJK SC or Microsoft YaHei on this computer, or present in English."),
    ),
    "font_latin": Words(
        mark("Latin font on this screen"),
        mark("The dashboard font is loaded."),
        warning=mark("A substitute font is in use; lines may break in different places."),
        remedy=mark("Reload the page; the font comes with it."),
    ),
    "screen": Words(
        mark("Screen aspect ratio"),
        mark("{width} × {height} (scale {factor}), close to {ratio}."),
        warning=mark(
            "{width} × {height} (scale {factor}) does not match 16:9, 21:9, 32:9 or 4:3; the edges stay blank."
        ),
        remedy=mark("Set the projector or video wall to one of these ratios, or accept blank edges."),
    ),
    "text_size": Words(
        mark("Text size on this screen"),
        mark("Body text is {percent}% of the screen height: readable from {heights} screen heights away."),
        warning=mark("Body text is {percent}% of the screen height: too small beyond {heights} screen heights."),
        remedy=mark("Use full screen, or the screen you will present on."),
    ),
    "full_screen": Words(
        mark("Full screen"),
        mark("This browser supports it."),
        warning=mark("This browser does not allow pages to enter full screen."),
        remedy=mark("Press F11, or open this page on its own rather than embedded in another page."),
    ),
    "offline": Words(
        mark("No content from other hosts"),
        mark("All {count} files on this page came from its own server."),
        bad=mark("Files from elsewhere: {count}, such as {host}."),
        remedy=mark("Turn off the online base map before presenting offline."),
    ),
    "files": Words(
        mark("Presentation files"),
        mark("All {count} files are available and stored in the browser."),
        mark("{count} of {all} files are available, but the browser does not store them."),
        mark("{count} of {all} files could not be loaded."),
        mark("Open the presentation once while online, or bring the HTML file."),
        mark("There is no presentation to test yet."),
    ),
    "server": Words(
        mark("Connection to the server"),
        mark("Responds in {milliseconds} ms."),
        mark("Responds in {milliseconds} ms, which is slow."),
        mark("No response."),
        mark("Use a cable or another network, or bring the HTML file."),
    ),
    "smooth": Words(
        mark("Smoothness of animation"),
        mark("{frames} frames per second."),
        mark("Only {frames} frames per second."),
        mark("Only {frames} frames per second."),
        mark("Close other programs and let the browser use the graphics card."),
        mark("The page was in the background, so the browser drew nothing."),
    ),
    "clock": Words(
        mark("Computer clock"),
        mark("Within {seconds} s of the server; time zone {zone}."),
        warning=mark("Differs from the server by {seconds} s; time zone {zone}."),
        remedy=mark("Set the clock, or rely on the clock in the room."),
        untested=mark("The server did not report the time."),
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
