"""Slides and handouts as PDF, sheets as PNG. Typst sets what it is given as data: no text becomes markup."""

import io
import json
import struct
import zlib
from collections.abc import Callable, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any, Literal

from geo import names
from geo.briefing.export.sheet import sheet_svg
from geo.briefing.model import Chart, Deck, Face, Legend, Scene
from geo.briefing.small_print import notice, slide_texts, sources_line, stamp_line, with_unit
from geo.figures.bars import bar_spans
from geo.licences import BOUNDARIES
from geo.maps.drawing import mark
from geo.maps.svg import map_svg
from geo.maps.text_metrics import families, fonts, printable, text_width
from geo.maps.themes import PAPER, THEMES
from geo.names import TIER_NAMES
from geo.translation import translate

__all__ = ["Progress", "handout_pdf", "sheet_png", "slides_pdf"]

Progress = Callable[[float, str], object]  # told the share that is done, from 0 to 1, and what is being made
_TEMPLATES = Path(__file__).with_name("typst")
_SLIDE_MAP = (540.0, 362.0)  # points, as the maps below
_HANDOUT_MAP = (515.0, 480.0)
_HEAD = 33  # bytes of a PNG up to the end of its chunk IHDR
_DRAWN = 0.3  # share of the time after which all maps are drawn; then Typst sets the pages in one go


def slides_pdf(deck: Deck, language: str, progress: Progress | None = None) -> bytes:
    """Return a PDF with a page of 1920 × 1080 pixels, at half a point each, for each slide, and one with a QR code where the deck has an address."""
    tell = progress or (lambda _share, _what: None)
    count = len(deck.scenes)
    slides = []
    for number, scene in enumerate(deck.scenes, 1):
        tell(_DRAWN * (number - 1) / count, scene.faces[language].title)
        slides.append(_slide(deck, scene, language, number))
    tell(_DRAWN, translate(language, "Laying out the pages"))
    last = f"{_pages(deck)} / {_pages(deck)}"
    width, height = _SLIDE_MAP
    data = _common(deck, language) | {"slides": slides, "last": last, "map": {"width": width, "height": height}}
    result = _typeset("slides", data, "pdf")
    tell(1.0, "")
    return result


def sheet_png(deck: Deck, scene: Scene, language: str, ppi: float = 300, progress: Progress | None = None) -> bytes:
    """Return the sheet of a slide (:func:`geo.briefing.export.sheet.sheet_svg`) as a PNG of A4 landscape.

    Parameters
    ----------
    ppi
        Pixels an inch: 300 make 3508 × 2480 pixels.
    """
    tell = progress or (lambda _share, _what: None)
    title = scene.faces[language].title
    tell(0.0, title)
    data = _common(deck, language) | {"title": title, "sheet": sheet_svg(deck, scene, language)}
    tell(_DRAWN, title)
    result = _labelled(_typeset("sheet", data, "png", ppi), ppi)
    tell(1.0, "")
    return result


def _labelled(png: bytes, ppi: float) -> bytes:
    """Return a PNG that says how large it is in print and whose boundaries it shows, in chunks (PNG specification, 11.3) right after its first."""
    metre = round(ppi / 0.0254)
    # Pixels a unit across and down; 1: the unit is the metre.
    size = _chunk(b"pHYs", struct.pack(">IIB", metre, metre, 1))
    return png[:_HEAD] + size + _chunk(b"tEXt", b"Copyright\0" + BOUNDARIES.encode("latin-1")) + png[_HEAD:]


def _chunk(kind: bytes, body: bytes) -> bytes:
    """Return a chunk of a PNG."""
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def handout_pdf(deck: Deck, scene: Scene, language: str, progress: Progress | None = None) -> bytes:
    """Return a PDF of two pages A4: the map of a slide, then the table behind it with what its figures mean and where they are from."""
    tell = progress or (lambda _share, _what: None)
    face = scene.faces[language]
    tell(0.0, face.title)
    width, height = _HANDOUT_MAP
    drawn = map_svg(
        deck.data_version.atlas,
        scene.camera,
        scene.faces[language].map_style,
        width,
        height,
        size=9,
        beneath=False,
        scaled=True,
    )
    data = _common(deck, language) | {
        "heading": face.title,
        "story": deck.titles[language],
        "badge": face.badge,
        "text": face.text,
        "drawn": drawn,
        "alt": _alt(face, language),
        "map": {"width": width, "height": height},
        "legend": _legend(face.legend, language),
        "table": _table(deck, face, language),
        "notes": _notes(deck, scene, language),
        "stamps": [
            stamp_line(face, language, (face.title, face.text)),
            stamp_line(face, language, (face.title, *(fact.text for fact in face.facts))),
        ],
        "sources_short": sources_line(face.sources, language, 8, width, 4),
        "sources": sources_line(face.sources, language, 8, width, 15),
    }
    tell(_DRAWN, translate(language, "Laying out the pages"))
    result = _typeset("handout", data, "pdf")
    tell(1.0, "")
    return result


def _typeset(template: str, data: Mapping[str, Any], kind: Literal["pdf", "png"], ppi: float | None = None) -> bytes:
    """Return a template filled with data."""
    import typst  # noqa: PLC0415 - a whole typesetting program

    return typst.compile(
        _TEMPLATES / f"{template}.typ",
        root=_TEMPLATES,
        font_paths=fonts(),
        format=kind,
        ppi=ppi,
        sys_inputs={"data": json.dumps(_printable(data), ensure_ascii=False)},
    )


def _printable(value: Any) -> Any:
    """Return data with every text in it printable."""
    if isinstance(value, str):
        return printable(value)
    if isinstance(value, Mapping):
        return {key: _printable(inner) for key, inner in value.items()}
    return [_printable(inner) for inner in value] if isinstance(value, list) else value


def _common(deck: Deck, language: str) -> dict[str, Any]:
    """Return what every template needs."""
    any_face = deck.scenes[0].faces[language] if deck.scenes else None
    return {
        "title": deck.titles[language],
        "description": any_face.stamp if any_face else "",
        "keywords": [BOUNDARIES],
        "lang": language,
        "region": "cn" if language == "zh" else "gb",
        "fonts": families(),
        "colours": asdict(THEMES["light"]) | {"paper": asdict(PAPER)},
        "notice": notice(deck, language),
        "stamp": any_face.stamp if any_face else "",
        "address": deck.address,
        "open": translate(language, "Open this briefing"),
        "qr": _qr(deck.address) if deck.address else None,
    }


def _qr(address: str) -> str:
    """Return the QR code of an address as SVG."""
    import segno  # noqa: PLC0415

    file = io.BytesIO()
    segno.make(address, error="m", micro=False).save(
        file, kind="svg", xmldecl=False, border=4, light=THEMES["light"].ground
    )
    return file.getvalue().decode()


def _pages(deck: Deck) -> int:
    """Return how many pages the slides have."""
    return len(deck.scenes) + bool(deck.address)


def _slide(deck: Deck, scene: Scene, language: str, number: int) -> dict[str, Any]:
    """Return one slide as its template reads it."""
    face = scene.faces[language]
    width, height = _SLIDE_MAP
    return {
        "title": face.title,
        "text": face.text,
        "badge": face.badge,
        "map": map_svg(
            deck.data_version.atlas, scene.camera, scene.faces[language].map_style, width, height, size=9, beneath=False
        ),
        "alt": _alt(face, language),
        "legend": _legend(face.legend, language),
        "chart": _chart(face.chart, scene.view.sel, language) if face.chart else None,
        "sources": sources_line(face.sources, language, 7.5, 892, 2),
        "stamp": stamp_line(face, language, slide_texts(face)),
        "number": f"{number} / {_pages(deck)}",
        "last": number == len(deck.scenes),
    }


def _alt(face: Face, language: str) -> str:
    """Return what a map shows, for those who cannot see it."""
    parts = (translate(language, "Map of Guangzhou's districts"), face.map_style.head)
    return translate(language, ", ").join(filter(None, parts))


def _legend(legend: Legend | None, language: str) -> dict[str, Any]:
    """Return a legend with the marks of the clusters."""
    return {
        "title": with_unit(legend.title, legend.unit, language) if legend else "",
        "swatches": [{"colour": s.colour, "label": s.label} for s in legend.swatches] if legend else [],
        "marks": [{"svg": _sign(tier), "label": translate(language, name)} for tier, name in TIER_NAMES.items()],
        "note": legend.note if legend else "",
    }


def _sign(tier: str) -> str:
    """Return the mark of a tier as SVG."""
    inside = mark(tier, 8, 8, THEMES["light"], 1.0)
    return f'<svg xmlns="http://www.w3.org/2000/svg" width="16" height="16" viewBox="0 0 16 16">{inside}</svg>'


def _chart(chart: Chart, chosen: str, language: str) -> dict[str, Any]:
    """Return a chart: where bars begin and end as shares of their room; of a line, shares of the largest value, with nothing drawn below zero."""
    values = [bar.value or 0.0 for bar in chart.bars]
    largest, low = max(values, default=0.0), min(0.0, *values)
    bars: list[dict[str, Any]] = [
        {
            "label": bar.label,
            "text": bar.text,
            "colour": bar.colour,
            "chosen": bool(chosen) and bar.adcode == chosen,
            "share": None if bar.value is None else max(0.0, bar.value / largest) if largest > 0 else 0.0,
        }
        for bar in chart.bars
    ]
    for bar, (start, end) in zip(bars, bar_spans(values), strict=True):
        bar |= {"start": start, "end": end}
    return {
        "kind": chart.kind,
        "zero": -low / ((max(largest, 0.0) - low) or 1.0),
        "title": with_unit(chart.title, chart.unit, language),
        "bars": bars,
        "label_ems": max(text_width(bar.label, 1, bold=True) for bar in chart.bars),
        "value_ems": max(text_width(bar.text, 1, bold=True) for bar in chart.bars),
    }


def _table(deck: Deck, face: Face, language: str) -> dict[str, Any]:
    """Return the table behind a map: figures of all districts, or their clusters where the map shows no figures."""
    called = names.place_names(deck.data_version.atlas, language)
    district = translate(language, "District")
    if not face.facts:
        header = [district, translate(language, "Cluster"), translate(language, "Tier")]
        lines = [
            [called[row.adcode], getattr(row, f"name_{language}"), translate(language, TIER_NAMES[row.tier])]
            for row in deck.data_version.atlas.clusters.itertuples()
        ]
        title = translate(language, "Clusters of the plan")
        return {"title": title, "header": header, "rows": lines, "widths": [2, 4, 3], "right": []}
    header = [district, translate(language, "Value"), translate(language, "Rank"), translate(language, "Note")]
    lines = [[fact.name, fact.text, str(fact.rank or "–"), fact.note] for fact in face.facts]
    noted = any(fact.note for fact in face.facts)
    shown = 4 if noted else 3
    return {
        "title": face.facts_title,
        "header": header[:shown],
        "rows": [line[:shown] for line in lines],
        "widths": [3, 4, 2, 5][:shown],
        "right": [1, 2],
    }


def _notes(deck: Deck, scene: Scene, language: str) -> list[dict[str, str]]:
    """Return what a reader of the table must know."""
    face, metric = scene.faces[language], deck.data_version.figure_table.metrics[scene.view.metric]
    notes = []
    if face.facts:
        notes = [(translate(language, "Definition"), metric.definition[language])]
        if scene.view.since:
            change = scene.view.figures(deck.data_version.figure_table).metrics[metric.id]
            notes.insert(0, (translate(language, "Change"), change.definition[language]))
        notes.append((translate(language, "Note"), metric.note[language]))
    notes.append((translate(language, "Map"), face.legend.note if face.legend else ""))
    return [{"head": head, "text": text} for head, text in notes if text]
