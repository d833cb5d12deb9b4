"""The empty presentation: 16:9, one clean master, two layouts, fonts for both languages. Made from python-pptx's default template."""

import copy
import datetime
import re
from typing import Any

from pptx import Presentation
from pptx.enum.lang import MSO_LANGUAGE_ID
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.opc.package import Part
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.presentation import Presentation as Opened
from pptx.slide import Slide, SlideLayout, SlideMaster
from pptx.util import Pt

from geo.briefing.export.pptx.shapes import LANGS, Area, Pen, solid
from geo.licences import BOUNDARIES, TEMPLATE
from geo.maps.text_metrics import printable
from geo.maps.themes import PAPER, THEMES

__all__ = ["BODY", "FOOTER", "HEIGHT", "LANGUAGE_IDS", "TITLE", "WIDTH", "add_slide", "empty", "put", "write"]

WIDTH, HEIGHT = 960.0, 540.0  # points
TITLE = Area(36, 22, 888, 50)
BODY = Area(560, 92, 364, 156)
FOOTER = Area(36, 488, 756, 40)
_NUMBER = Area(864, 508, 60, 20)
_PLACES = {
    PP_PLACEHOLDER.TITLE: TITLE,
    PP_PLACEHOLDER.OBJECT: BODY,
    PP_PLACEHOLDER.BODY: BODY,
    PP_PLACEHOLDER.FOOTER: FOOTER,
    PP_PLACEHOLDER.SLIDE_NUMBER: _NUMBER,
}
_LIGHT = THEMES["light"]
_SCHEME = {  # the theme's colours in a presentation, by DrawingML's names
    "dk1": _LIGHT.ink, "dk2": PAPER.heading, "lt2": _LIGHT.land, "accent1": PAPER.heading, "accent2": _LIGHT.accent, "accent3": PAPER.teal,
    "accent4": PAPER.orange, "accent5": PAPER.violet, "accent6": _LIGHT.faint,
}  # fmt: skip
# Both come with Office; where they lack, viewers take what they have in their place.
_CHINESE = "Microsoft YaHei"
_LATIN = {"en": "Arial", "zh": _CHINESE}  # among Chinese, figures of the same face
LANGUAGE_IDS = {"en": MSO_LANGUAGE_ID.ENGLISH_US, "zh": MSO_LANGUAGE_ID.SIMPLIFIED_CHINESE}
_LAYOUTS = {"Title and Content": "Map", "Title Only": "Table"}


def empty(title: str, language: str) -> Opened:
    """Return a presentation without slides, with the layouts "Map" (title and text) and "Table" (title)."""
    presentation = Presentation()
    presentation.slide_width, presentation.slide_height = Pt(WIDTH), Pt(HEIGHT)
    presentation.element.sldSz.attrib.pop("type")  # "screen4x3"
    _drop_extras(presentation)
    master = presentation.slide_master
    for layout in list(presentation.slide_layouts):
        if layout.name not in _LAYOUTS:
            presentation.slide_layouts.remove(layout)
            continue
        layout.element.cSld.set("name", _LAYOUTS[layout.name])
        _place(layout)
    _place(master)
    _style(master, language)
    _describe(presentation, title, language)
    return presentation


def _drop_extras(presentation: Opened) -> None:
    """Remove what the template brings along: a picture of its first slide, somebody's printer, and which program made it."""
    package: Any = presentation.part.package
    part: Any = presentation.part
    kinds = RELATIONSHIP_TYPE.THUMBNAIL, RELATIONSHIP_TYPE.EXTENDED_PROPERTIES
    for owner, kind in (*((package, kind) for kind in kinds), (part, RELATIONSHIP_TYPE.PRINTER_SETTINGS)):
        for id_, relationship in list(owner._rels.items()):
            if relationship.reltype == kind:
                owner.drop_rel(id_)


def _place(holder: SlideLayout | SlideMaster) -> None:
    """Put the placeholders where they belong on the wide slide; no date, it is in the footer."""
    for placeholder in list(holder.placeholders):
        kind = placeholder.placeholder_format.type
        if kind == PP_PLACEHOLDER.DATE:
            placeholder.element.getparent().remove(placeholder.element)
            continue
        put(placeholder, _PLACES[kind])
        body = placeholder.text_frame._txBody.bodyPr
        for side in ("lIns", "tIns", "rIns", "bIns"):
            body.set(side, "0")


def _style(master: SlideMaster, language: str) -> None:
    """Set fonts, colours and sizes that all slides inherit."""
    theme = master.part.part_related_by(RELATIONSHIP_TYPE.THEME)
    _style_theme(theme, language)
    styles = master.element.find(qn("p:txStyles"))
    title = styles.find(f"{qn('p:titleStyle')}/{qn('a:lvl1pPr')}")
    title.set("algn", "l")
    _size(title, 30, bold=True)
    title.find(f"{qn('a:defRPr')}/{qn('a:solidFill')}/{qn('a:schemeClr')}").set("val", "tx2")
    body = styles.find(f"{qn('p:bodyStyle')}/{qn('a:lvl1pPr')}")
    body.set("marL", "0")
    body.set("indent", "0")
    # Chinese commas beside the column, not in it, look like a mistake next to the line under the title.
    body.set("hangingPunct", "0")
    _size(body, 18)
    bullet = body.find(qn("a:buChar"))
    body.replace(bullet, bullet.makeelement(qn("a:buNone"), {}))
    for small in master.element.iter(qn("a:lvl1pPr")):
        if small.getparent().tag == qn("a:lstStyle"):
            _size(small, 9)
            run = small.find(qn("a:defRPr"))
            grey = f'<a:srgbClr val="{_LIGHT.small[1:].upper()}"/>'  # 5.9:1 on white
            run.replace(run.find(qn("a:solidFill")), parse_xml(f"<a:solidFill {nsdecls('a')}>{grey}</a:solidFill>"))
            small.set("algn", "r" if small.get("algn") == "r" else "l")
    pen = Pen(master.shapes.element, language)
    pen.preset("Line", "rect", Area(TITLE.x, TITLE.y + TITLE.height + 4, TITLE.width, 1.5), solid(PAPER.heading))


def _size(level: Any, size: int, *, bold: bool = False) -> None:
    """Set the size of a level of text."""
    run = level.find(qn("a:defRPr"))
    run.set("sz", str(size * 100))
    run.set("b", str(int(bold)))


def _style_theme(theme: Part, language: str) -> None:
    """Set the theme's fonts, so that whatever a reader adds looks the same, and its colours."""
    text = theme.blob.decode()
    for kind, face in (("latin", _LATIN[language]), ("ea", _CHINESE)):
        text = re.sub(rf'<a:{kind} typeface="[^"]*"', f'<a:{kind} typeface="{face}"', text)
    text = re.sub(r'(<a:font script="Hans" typeface=)"[^"]*"', rf'\1"{_CHINESE}"', text)
    for name, colour in _SCHEME.items():
        text = re.sub(rf"(<a:{name}>).*?(</a:{name}>)", rf'\1<a:srgbClr val="{colour[1:].upper()}"/>\2', text)
    theme.blob = text.encode()


def _describe(presentation: Opened, title: str, language: str) -> None:
    """Set the document's properties; the template's names out, the licences of what it holds in."""
    now = datetime.datetime.now(datetime.UTC).replace(tzinfo=None, microsecond=0)
    properties = presentation.core_properties
    properties.title, properties.language = printable(title), LANGS[language]
    properties.author = properties.last_modified_by = properties.keywords = ""
    properties.comments = f"{BOUNDARIES}. {TEMPLATE}."  # at most 255 characters
    properties.created = properties.modified = now
    properties.revision = 1


def add_slide(presentation: Opened, layout: str) -> Slide:
    """Return a new slide with its slide number and a footer to write into."""
    slide: Slide = presentation.slides.add_slide(presentation.slide_layouts.get_by_name(layout))
    placeholders: Any = slide.slide_layout.placeholders
    for placeholder in placeholders:
        if placeholder.placeholder_format.type in (PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.SLIDE_NUMBER):
            slide.shapes.element.append(copy.deepcopy(placeholder.element))  # slides are made without these two
    return slide


def put(shape: Any, area: Area) -> None:
    """Put a shape somewhere."""
    shape.left, shape.top, shape.width, shape.height = area.emu()


def write(placeholder: Any, text: str, language: str, size: float | None = None) -> None:
    """Write plain text into a placeholder, a paragraph a line, in a language that spelling and fonts follow."""
    frame = placeholder.text_frame
    frame.text = printable(text)
    for paragraph in frame.paragraphs:
        for run in paragraph.runs:
            run.font.language_id = LANGUAGE_IDS[language]
            if size:
                run.font.size = Pt(size)
