"""A deck as a PowerPoint file of native shapes: nothing on its slides is a picture, all of it can be edited.

Order of the slides: the scenes; then, for each whose districts' figures stand in no table of its own, a slide "Figures behind: …" that the scene
links to, so that the talk is not interrupted and the reader still finds every number; last the address as a QR code, where it is known.
A scene with figures and no chart has the table itself, one of which no district has a figure has none: its map and its sentences say that.
"""

import io
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Any

import segno
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.enum.text import PP_ALIGN
from pptx.presentation import Presentation
from pptx.slide import Slide
from pptx.util import Pt

from geo.briefing.export.pptx.chart import draw_chart, draw_table
from geo.briefing.export.pptx.map import draw_legend, draw_map
from geo.briefing.export.pptx.master import BODY, FOOTER, LANGUAGE_IDS, TITLE, add_slide, empty, put, write
from geo.briefing.export.pptx.shapes import FREE, LINE_HEIGHT, Area, Pen, fitting, shortened, solid
from geo.briefing.model import Deck, Face, Scene
from geo.briefing.small_print import notice, slide_texts, sources_line, stamp_line
from geo.maps.text_metrics import printable, text_width
from geo.maps.themes import PAPER
from geo.translation import translate

__all__ = ["deck_pptx"]

_TEXT_SIZES = (28.0, 26.0, 24.0, 22.0, 20.0, 18.0, 16.0, 15.0, 14.0, 13.0, 12.0, 11.0, 10.0, 9.0)
_TITLE_SIZES = (30.0, 26.0, 22.0, 18.0, 16.0, 14.0, 12.0)
_BESIDE = Area(BODY.x, BODY.y + BODY.height + 10, BODY.width, 480 - BODY.y - BODY.height - 10)  # chart or table
_WHOLE = Area(TITLE.x, 92, TITLE.width, 384)
_LINK = Area(800, 488, 124, 14)
_QR_SIDE = 230.0
_FOOTER_SIZE = 9.0


def deck_pptx(deck: Deck, language: str, progress: Callable[[float, str], object] | None = None) -> bytes:
    """Return a deck as a PPTX file in one language.

    Parameters
    ----------
    deck
        What is shown.
    language
        "en" or "zh".
    progress
        Told, after each slide, which share of all is done and what was drawn.

    Returns
    -------
    The file. Its properties name no person and no computer.
    """
    presentation = empty(deck.titles[language], language)
    count = len(deck.scenes) + len(_tabled(deck, language)) + bool(deck.address)
    for number, title in enumerate(_draw(presentation, deck, language), 1):
        if progress:
            progress(number / count, title)
    out = io.BytesIO()
    presentation.save(out)
    return out.getvalue()


def _draw(presentation: Presentation, deck: Deck, language: str) -> Iterator[str]:
    """Draw one slide after the other and yield their titles."""
    slides = {}
    for scene in deck.scenes:
        slides[scene.id] = _draw_scene(presentation, deck, scene, language)
        yield scene.faces[language].title
    for scene in _tabled(deck, language):
        title = translate(language, "Data behind: {title}", title=scene.faces[language].title)
        _link(slides[scene.id], _draw_figures(presentation, scene.faces[language], title, language), language)
        yield title
    if deck.address:
        title = translate(language, "Open this briefing")
        _draw_address(presentation, deck.address, title, language)
        yield title


def _tabled(deck: Deck, language: str) -> Sequence[Scene]:
    """Return the scenes whose table needs a slide of its own."""
    return [scene for scene in deck.scenes if scene.faces[language].chart and _has_figures(scene.faces[language])]


def _has_figures(face: Face) -> bool:
    """Whether a table would hold anything."""
    return any(fact.value is not None for fact in face.facts)


def _draw_scene(presentation: Presentation, deck: Deck, scene: Scene, language: str) -> Slide:
    """Draw title, text, chart or table, map and legend, and what must be said of them."""
    face = scene.faces[language]
    said = shortened(face.badge, 11, 0.5 * TITLE.width, 11 * LINE_HEIGHT)
    badge = _badge_width(said)
    slide = add_slide(presentation, "Map")
    _set_title(slide, face.title, language, TITLE.width - badge - (12 if badge else 0))
    if face.chart:
        draw_chart(slide, face.chart, _BESIDE, language, scene.view.sel)
    elif _has_figures(face):
        draw_table(slide, face.facts, face.facts_title, _BESIDE, language, 10)
    beside = bool(face.chart) or _has_figures(face)
    height, sizes = (BODY.height, _TEXT_SIZES[4:]) if beside else (480 - BODY.y, _TEXT_SIZES)
    _fill(slide.placeholders[1], face.text, BODY._replace(height=height), sizes, language)
    pen = Pen(slide.shapes.element, language)
    draw_map(pen, deck, scene, face)
    if face.legend:
        draw_legend(pen, face.legend, language)
    if said:
        area = Area(TITLE.x + TITLE.width - badge, TITLE.y + 14, badge, 22)
        pen.words("Badge", said, area, 11, bold=True, align="ctr", anchor="ctr", fill=solid(PAPER.badge))
    _write_footer(slide, face, notice(deck, language), language)
    _write_notes(slide, face, language)
    return slide


def _fill(placeholder: Any, text: str, area: Area, sizes: Sequence[float], language: str) -> None:
    """Write a text into an area as large as it fits, and no more of it than fits at the smallest size."""
    size = fitting(text, area.width, area.height, sizes)
    write(placeholder, shortened(text, size, area.width, area.height), language, size)
    put(placeholder, area)


def _badge_width(badge: str) -> float:
    """Return how wide a badge must be, 0 where there is none."""
    return 1.15 * text_width(badge, 11, bold=True) + 24 if badge else 0.0


def _set_title(slide: Slide, title: str, language: str, width: float) -> None:
    """Set the title as large as it fits."""
    _fill(slide.shapes.title, title, TITLE._replace(width=width), _TITLE_SIZES, language)


def _write_footer(slide: Slide, face: Face, note: str, language: str) -> None:
    """Write sources, data and map note at the foot of a slide."""
    last = " · ".join(filter(None, [stamp_line(face, language, slide_texts(face)), note]))
    sources = sources_line(face.sources, language, _FOOTER_SIZE, FREE * FOOTER.width, 2)
    short = shortened(sources, _FOOTER_SIZE, FOOTER.width, 2 * _FOOTER_SIZE * LINE_HEIGHT)
    text = "\n".join(filter(None, [short, last]))
    for placeholder in slide.placeholders:
        if placeholder.placeholder_format.type == PP_PLACEHOLDER.FOOTER:
            write(placeholder, text, language)


def _write_notes(slide: Slide, face: Face, language: str) -> None:
    """Write what the slide has no room for, what the speaker says, then every source, a line each."""
    sources = [translate(language, "Sources: {sources}", sources=""), *face.sources] if face.sources else []
    cut = [text for text in (face.title, face.text) if _is_cut(slide, text)]
    text = "\n\n".join(
        filter(None, [*cut, face.notes, "\n".join(sources), stamp_line(face, language, [*cut, face.notes])])
    )
    frame: Any = slide.notes_slide.notes_text_frame
    frame.text = printable(text)


def _is_cut(slide: Slide, text: str) -> bool:
    """Whether a placeholder of a slide holds only the beginning of a text."""
    shown = (shape.text_frame.text for shape in slide.placeholders)
    return any(words.endswith("…") and words != printable(text) and text.startswith(words[:-1]) for words in shown)


def _draw_figures(presentation: Presentation, face: Face, title: str, language: str) -> Slide:
    """Draw the table behind a scene on a slide of its own."""
    slide = add_slide(presentation, "Table")
    _set_title(slide, title, language, TITLE.width)
    area = _WHOLE._replace(height=min(_WHOLE.height, 32.0 * (len(face.facts) + 1)))
    draw_table(slide, face.facts, face.facts_title, area, language, 15)
    _write_footer(slide, face, "", language)
    _write_notes(slide, replace(face, notes=""), language)
    return slide


def _link(slide: Slide, target: Slide, language: str) -> None:
    """Let a scene lead to its table."""
    number = slide.part.package.presentation_part.presentation.slides.index(target) + 1
    box = slide.shapes.add_textbox(*_LINK.emu())
    box.name = "Link to figures"
    box.text_frame.word_wrap = True
    box.text_frame.margin_left = box.text_frame.margin_right = box.text_frame.margin_top = 0
    paragraph = box.text_frame.paragraphs[0]
    paragraph.alignment = PP_ALIGN.RIGHT
    run = paragraph.add_run()
    run.text = translate(language, "All figures: slide {number}", number=number)
    run.font.size, run.font.underline, run.font.language_id = Pt(_FOOTER_SIZE), True, LANGUAGE_IDS[language]
    box.click_action.target_slide = target


def _draw_address(presentation: Presentation, address: str, title: str, language: str) -> None:
    """Draw the QR code of an address as one shape, beside the address."""
    slide = add_slide(presentation, "Table")
    _set_title(slide, title, language, TITLE.width)
    rows = [bytes(row) for row in segno.make(address, error="m").matrix]
    module = _QR_SIDE / len(rows)
    top = _WHOLE.y + (_WHOLE.height - _QR_SIDE) / 2
    rings = []
    for y, row in enumerate(rows):
        for run in re.finditer(b"\x01+", row):
            west, east = (TITLE.x + 60 + module * x for x in run.span())
            north, south = top + module * y, top + module * (y + 1)
            rings.append([(west, north), (east, north), (east, south), (west, south)])
    pen = Pen(slide.shapes.element, language)
    pen.freeform("QR code", address, rings, solid("#000000"))
    x = TITLE.x + 60 + _QR_SIDE + 48
    area = Area(x, top, TITLE.x + TITLE.width - x, _QR_SIDE)
    size = fitting(address, area.width, area.height, _TEXT_SIZES)
    pen.words("Address", shortened(address, size, area.width, area.height), area, size, anchor="ctr")
