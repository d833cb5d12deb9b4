"""A deck as the JSON value that ``ui/static/show.js`` plays, on the dashboard's page and in the single file alike."""

from typing import Any
from urllib.parse import parse_qsl

import segno

from geo.briefing.model import Chart, Deck, Face, Legend, Scene
from geo.briefing.small_print import slide_texts, stamp_line
from geo.briefing.words import show_words
from geo.data import story
from geo.data.story import Box
from geo.maps import folium_map
from geo.maps.map_styles import HOME

__all__ = ["payload", "qr"]


def payload(deck: Deck) -> dict[str, Any]:
    """Return a deck as JSON values, everything in both languages; text is plain."""
    return {
        "titles": dict(deck.titles),
        "slides": [_slide(scene) for scene in deck.scenes],
        "answers": [
            [answer.adcode, f"{answer.metric} {answer.period}", answer.words, answer.value] for answer in deck.answers
        ],
        "map_styles": {
            f"{metric} {period}": {language: folium_map.compact(map_style) for language, map_style in both.items()}
            for (metric, period), both in deck.answer_styles.items()
        },
        "legends": {
            f"{metric} {period}": {language: _legend(legend) for language, legend in both.items()}
            for (metric, period), both in deck.legends.items()
        },
        "stamps": deck.stamps,
        "search": deck.search,
        "city": _corners(story.city_box(deck.data_version.atlas)),
        "words": show_words(),
        "address": deck.address,
        "qr": qr(deck.address) if deck.address else None,
        "caption": _caption(deck.address),
        "approval": deck.approval,
        "tints": {HOME["light"]: HOME["dark"]},  # colours that are others on a dark ground
        "version": deck.data_version.number,
        "locked": deck.locked is not None,
    }


def _slide(scene: Scene) -> dict[str, Any]:
    """Return one slide."""
    return {
        "id": scene.id,
        "camera": _corners(scene.camera),
        "stale": scene.stale,
        "faces": {language: _face(face, language) for language, face in scene.faces.items()},
    }


def _corners(box: Box) -> list[list[float]]:
    """Return a box as Leaflet wants it: south west, north east."""
    west, south, east, north = box
    return [[south, west], [north, east]]


def _face(face: Face, language: str) -> dict[str, Any]:
    """Return a slide in one language."""
    return {
        "title": face.title,
        "text": face.text,
        "notes": face.notes,
        "map_style": folium_map.compact(face.map_style),
        "legend": _legend(face.legend) if face.legend else None,
        "chart": _chart(face.chart) if face.chart else None,
        "sources": list(face.sources),
        "stamp": stamp_line(face, language, slide_texts(face)),
        "badge": face.badge,
    }


def _legend(legend: Legend) -> dict[str, Any]:
    """Return a legend."""
    swatches = [[swatch.colour, swatch.label] for swatch in legend.swatches]
    return {"title": legend.title, "unit": legend.unit, "swatches": swatches, "note": legend.note}


def _chart(chart: Chart) -> dict[str, Any]:
    """Return a chart."""
    bars = [[bar.label, bar.value, bar.text, bar.colour, bar.adcode] for bar in chart.bars]
    return {"kind": chart.kind, "title": chart.title, "unit": chart.unit, "bars": bars}


def _caption(address: str) -> str:
    """Return what stands under the QR code: the address, of its query only the version of the data, which a reader may want to check."""
    page, _, query = address.partition("?")
    version = dict(parse_qsl(query)).get("v")
    return f"{page}?v={version}" if version else page


def qr(address: str) -> dict[str, Any]:
    """Return the QR code of an address: its size in modules with the quiet zone, and the path of its dark modules."""
    code = segno.make_qr(address, error="m")  # never a Micro QR code, which few phones read
    path = "".join(
        f"M{x} {y}h1v1h-1z" for y, row in enumerate(code.matrix_iter(border=4)) for x, dark in enumerate(row) if dark
    )
    return {"size": code.symbol_size(border=4)[0], "path": path}
