"""Checks of a deck before the meeting: can everybody see it, are the figures fresh and complete, will it open. What a browser must test is not here."""

import math
from collections.abc import Iterator, Sequence
from datetime import date

from geo import wording
from geo.briefing.checkup import contrast
from geo.briefing.checkup.messages import STATUSES, WORDS, Param, Result, Status
from geo.briefing.model import Deck, Face, Legend, Scene
from geo.data.story import LONGEST_SHOWN, length_shown
from geo.guest_address import reaches_guests
from geo.maps.themes import THEMES
from geo.periods import order
from geo.schema import ADCODES, LANGUAGES, UNDATED
from geo.translation import translate

__all__ = ["examine", "verdict"]

# CIEDE2000. About 1 is seen side by side on a good screen; stray light on a wall takes most of it away, and a legend is never beside the district.
SAFE, POOR = 5.0, 2.5
LARGE_TEXT = 3.0  # contrast ratio, WCAG 2.2 criterion 1.4.3: what is read at ten metres is large type
FRESH, STALE = 92, 400  # days: a quarter; a year, and what a yearbook takes
OLD_SOURCE = 5  # years: half the time between censuses

# The map's grounds and inks by theme.
HATCHING = {name: (theme.hatch, theme.land) for name, theme in THEMES.items()}  # line, ground
MUTED = {name: theme.muted for name, theme in THEMES.items()}
TEXTS = tuple(
    pair
    for theme in THEMES.values()
    for pair in ((theme.ink, theme.ground), (theme.faint, theme.land), (theme.accent, theme.ground))
)


def verdict(results: Sequence[Result]) -> Status:
    """Return the worst status of results, what could not be tested aside; "not tested" where nothing was."""
    found = {result.status for result in results} - {"not tested"}
    return min(found, key=STATUSES.index, default="not tested")


def examine(deck: Deck, today: date, *, fonts: str | None) -> tuple[Result, ...]:
    """Return what the server can check of a deck, in the order of :data:`geo.briefing.checkup.messages.WORDS`.

    Parameters
    ----------
    deck
        The story, computed.
    today
        The day of the meeting: what ages are counted to.
    fonts
        Name of the Chinese font that PDF files are written with; None where there is none.
    """
    return (
        *_classes(deck),
        *(check(deck) for check in (_no_data, _muted, _text_contrast, _gaps, _lengths, _notes)),
        _data_age(deck, today),
        _sources_age(deck, today),
        _periods(deck),
        _locked(deck),
        Result("pdf_font", "good" if fonts else "bad", {"font": fonts or ""}),
        _address(deck),
        Result("approval", "good" if deck.approval else "warning", {"number": deck.approval}),
    )


def _faces(deck: Deck) -> Iterator[tuple[int, str, Scene, Face]]:
    """Yield the number, language, scene and face of every slide."""
    for number, scene in enumerate(deck.scenes, 1):
        for language, face in scene.faces.items():
            yield number, language, scene, face


def _numbers(found: Sequence[int]) -> tuple[int, ...]:
    """Return numbers of slides, each once, in order."""
    return tuple(sorted(set(found)))


def _tenths(value: float) -> float:
    """Return a number cut to one decimal, so that one below a limit never reads as the limit."""
    return math.floor(value * 10) / 10


def _graded(difference: float) -> Status:
    """Return what a difference of colours is worth."""
    return "good" if difference >= SAFE else "warning" if difference >= POOR else "bad"


# ---- seeing -----------------------------------------------------------------------------------------------------------


def _colours(legend: Legend | None) -> tuple[str, ...]:
    """Return the class colours of a legend, in its order."""
    return tuple(swatch.colour for swatch in legend.swatches if swatch.colour) if legend else ()


def _classes(deck: Deck) -> Iterator[Result]:
    """Yield how well neighbouring classes can be told apart, by kind of seeing."""
    steps = [(number, contrast.legible(_colours(face.legend))) for number, _, _, face in _faces(deck)]
    for seeing in contrast.SEEINGS:
        found = [(step[seeing].difference, number) for number, step in steps if step]
        if not found:
            yield Result(f"classes_{seeing}", "not tested")
            continue
        worst = min(found)[0]
        slides = _numbers([number for difference, number in found if difference < SAFE])
        yield Result(f"classes_{seeing}", _graded(worst), {"difference": _tenths(worst)}, slides)


def _no_data(deck: Deck) -> Result:
    """Check that hatching is seen as hatching: its lines against their ground. Then it cannot be taken for the plain colour of a class."""
    shapes = ((number, shape) for number, _, _, face in _faces(deck) for shape in face.map_style.shapes.values())
    slides = _numbers([number for number, shape in shapes if not shape.fill and not shape.muted])
    if not slides:
        return Result("no_data", "not tested")
    worst = min(contrast.apart(*pair, seeing) for pair in HATCHING.values() for seeing in contrast.SEEINGS)
    return Result("no_data", _graded(worst), {"difference": _tenths(worst)}, slides)


def _muted(deck: Deck) -> Result:
    """Check the grey of districts outside the tier against the classes. Never worse than a warning: their names are paler too."""
    worst: dict[int, tuple[float, contrast.Seeing]] = {}
    for number, _, _, face in _faces(deck):
        if any(shape.muted for shape in face.map_style.shapes.values()) and _colours(face.legend):
            worst[number] = min(
                (contrast.apart(colour, grey, seeing), seeing)
                for colour in _colours(face.legend)
                for grey in MUTED.values()
                for seeing in contrast.SEEINGS
            )
    if not worst:
        return Result("muted", "not tested")
    difference, seeing = min(worst.values())
    seen = {language: translate(language, WORDS[f"classes_{seeing}"].tested) for language in LANGUAGES}
    slides = _numbers([number for number, (found, _) in worst.items() if found < SAFE])
    params: dict[str, Param] = {"difference": _tenths(difference), "seeing": seen}
    return Result("muted", "warning" if slides else "good", params, slides)


def _text_contrast(_deck: Deck) -> Result:
    """Check the inks of slides and map against their grounds."""
    ratio, text, ground = min((contrast.contrast_ratio(*pair), *pair) for pair in TEXTS)
    params: dict[str, Param] = {"ratio": _tenths(ratio), "text": text, "ground": ground}
    return Result("text_contrast", "good" if ratio >= LARGE_TEXT else "bad", params)


# ---- texts ------------------------------------------------------------------------------------------------------------


def _gaps(deck: Deck) -> Result:
    """Check that every figure in the texts could be computed."""
    found = [(number, gap) for number, _, _, face in _faces(deck) for gap in face.gaps]
    gaps = ", ".join(f"{{{gap}}}" for gap in dict.fromkeys(gap for _, gap in found))
    return Result("gaps", "bad" if found else "good", {"gaps": gaps}, _numbers([number for number, _ in found]))


def _lengths(deck: Deck) -> Result:
    """Check that titles and sentences have room."""
    long = [
        (number, f"“{face.title}” ({language})")
        for number, language, _, face in _faces(deck)
        if any(_is_long(f"{part}_{language}", getattr(face, part)) for part in ("title", "text"))
    ]
    params = {"texts": ", ".join(text for _, text in long)}
    return Result("lengths", "warning" if long else "good", params, _numbers([number for number, _ in long]))


def _is_long(field: str, text: str) -> bool:
    """Whether a text is too long to be read from afar, by the rule for stories that are uploaded."""
    return length_shown(field, text) > LONGEST_SHOWN[field]


def _notes(deck: Deck) -> Result:
    """Check that every slide has notes."""
    bare = _numbers([number for number, _, _, face in _faces(deck) if not face.notes.strip()])
    return Result("notes", "warning" if bare else "good", {"count": len(bare), "all": len(deck.scenes)}, bare)


def _data_age(deck: Deck, today: date) -> Result:
    """Check how long ago the data was published."""
    if not deck.data_version.day:
        return Result("data_age", "not tested")
    days = (today - date.fromisoformat(deck.data_version.day)).days
    status: Status = "good" if days <= FRESH else "warning" if days <= STALE else "bad"
    return Result("data_age", status, {"days": days, "day": deck.data_version.day})


def _mapped(deck: Deck) -> Iterator[tuple[int, Scene]]:
    """Yield the slides that show figures of the deck's own data, with their numbers."""
    for number, scene in enumerate(deck.scenes, 1):
        if scene.map_kind == "figures" and scene.locked in (None, deck.data_version.number):
            yield number, scene


def _sources_age(deck: Deck, today: date) -> Result:
    """Check the date of the oldest source of a figure on a map."""
    rows = deck.data_version.atlas.sources
    dated: list[tuple[str, str, int]] = []
    for number, scene in _mapped(deck):
        for figure in (
            scene.view.figures(deck.data_version.figure_table).column(scene.view.metric, scene.view.column).values()
        ):
            known = (id_ for id_ in figure.source_ids if id_ in rows.index and rows.loc[id_, "date"])
            dated += [(str(rows.loc[id_, "date"]), id_, number) for id_ in known]
    if not dated:
        return Result("sources_age", "not tested")
    oldest = min(dated)[1]
    old = _numbers([number for day, _, number in dated if today.year - int(day[:4]) > OLD_SOURCE])
    source = {language: wording.source_name(rows.loc[oldest], language) for language in LANGUAGES}
    return Result("sources_age", "warning" if old else "good", {"source": source, "years": OLD_SOURCE}, old)


def _periods(deck: Deck) -> Result:
    """Check whether any district has a figure of a later period than its slide shows."""
    figure_table = deck.data_version.figure_table
    behind: dict[tuple[str, str, str], list[int]] = {}
    for number, scene in _mapped(deck):
        metric, shown = scene.view.metric, scene.view.period
        known = (p for p in figure_table.periods(metric) if p != UNDATED and figure_table.coverage(metric, p))
        newest = max(known, key=order, default="")
        if shown != UNDATED and order(newest) > order(shown):
            behind.setdefault((metric, shown, newest), []).append(number)
    newer = {
        language: translate(language, "; ").join(_newer(deck, *key, language) for key in behind)
        for language in LANGUAGES
    }
    slides = _numbers([number for numbers in behind.values() for number in numbers])
    return Result("periods", "warning" if behind else "good", {"newer": newer}, slides)


def _newer(deck: Deck, metric: str, shown: str, newest: str, language: str) -> str:
    """Return that a metric has newer figures than those shown, and of how many districts."""
    return translate(
        language, "{metric}: {newest} is available ({found} of {all} districts), but {shown} is shown",
        metric=deck.data_version.figure_table.metrics[metric].name[language], newest=wording.period(newest, language),
        found=deck.data_version.figure_table.coverage(metric, newest), all=len(ADCODES), shown=wording.period(shown, language),
    )  # fmt: skip


def _locked(deck: Deck) -> Result:
    """Check for slides that show another version than the newest."""
    stale = _numbers([number for number, scene in enumerate(deck.scenes, 1) if scene.stale])
    return Result("locked", "warning" if stale else "good", {"count": len(stale), "all": len(deck.scenes)}, stale)


# ---- handing over -----------------------------------------------------------------------------------------------------


def _address(deck: Deck) -> Result:
    """Check that the QR code leads guests somewhere."""
    address = deck.address or deck.unreachable
    if not address:
        return Result("address", "not tested")
    return Result("address", "good" if reaches_guests(address) else "warning", {"address": address})
