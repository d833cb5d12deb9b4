"""A deck made by hand of three squares, with texts that are out to do harm, and the shipped one."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from geo.briefing.build import build
from geo.briefing.model import Bar, Chart, Deck, Face, Fact, Legend, Scene, Swatch
from geo.data import loading
from geo.figures import measures
from geo.figures.data_version import DataVersion
from geo.figures.table import FigureTable
from geo.maps.folium_map import MapStyle, Shape
from geo.schema import ADCODES, LANGUAGES, Atlas, DisplayFormat, Metric, Slide
from geo.view import View
from tests.fixtures import DATA

LIWAN, YUEXIU, HAIZHU = ADCODES[:3]


@pytest.fixture
def map_style() -> MapStyle:
    """Return the map style of a district with a value, one without and a muted one."""
    shapes = {LIWAN: Shape("#0b3a70", lines=("9 u",)), YUEXIU: Shape(lines=("No data",)), HAIZHU: Shape(muted=True)}
    return MapStyle(shapes, head="People & co · 2020")


@pytest.fixture
def face(map_style: MapStyle) -> Face:
    """Return a slide's face with everything a slide can have."""
    bars = (Bar("Liwan", 9.5, "9.5", "#0b3a70", LIWAN), Bar("Yuexiu", None, "No data", "", YUEXIU))
    facts = (
        Fact(LIWAN, "Liwan", 9.5, "9.5 u", 1, "Secondary source"),
        Fact(YUEXIU, "Yuexiu", None, "No data", None),
    )
    legend = Legend("People", "u", (Swatch("#0b3a70", "1 – 9"), Swatch("", "No data")), "Legend's note.")
    return Face(
        "Title <b>&", "Words *with* #marks $1 @x.", "Say this.", map_style, legend, Chart("ranking", "Ranking", "u", bars), facts,
        "Facts of 2020", ("Bureau: Yearbook", "Office: Census"), "Data: version 3", "Locked to 2",
    )  # fmt: skip


@pytest.fixture
def scene(face: Face) -> Callable[..., Scene]:
    """Return a maker of scenes from changes to the face; the camera is on four kilometres around Liwan's eastern border."""

    def make(**changes: object) -> Scene:
        changed = replace(face, **changes)
        chinese = replace(changed, map_style=replace(changed.map_style, language="zh"))
        camera = (114.0, 23.0475, 114.117, 23.0845)
        return Scene("s1", View("people", "2020", "quantile", 3), camera, {"en": changed, "zh": chinese})

    return make


@pytest.fixture
def deck(atlas: Atlas) -> Callable[..., Deck]:
    """Return a maker of decks of scenes."""

    def make(*scenes: Scene, **fields: object) -> Deck:
        data_version = DataVersion(atlas, measures.figures(atlas), 3, "2026-11-24")
        return Deck(scenes, data_version, {"en": "Whole story", "zh": "整个故事"}, **fields)

    return make


@pytest.fixture
def money(metric) -> Metric:
    """Return a metric whose unit and scale differ between the languages."""
    return metric("gdp", show={"en": DisplayFormat("RMB bn", 0.1, 1, "RMB {} bn"), "zh": DisplayFormat("亿元", 1, 0)})


@pytest.fixture
def slide() -> Callable[..., Slide]:
    """Return a maker of slides that say the same in both languages."""

    def make(id_: str, text: str, **fields: Any) -> Slide:
        texts = {"title": f"Title of {id_}", "text": text, "notes": ""} | fields
        words = {name: dict.fromkeys(LANGUAGES, texts.pop(name)) for name in ("title", "text", "notes")}
        return Slide(id_, **words, **texts)

    return make


@pytest.fixture
def data_version(atlas: Atlas) -> Callable[..., DataVersion]:
    """Return a maker of versions of the three squares from a number, figures and slides; published on the day of November that is its number."""

    def make(number: int | None, numbers: FigureTable, *slides: Slide, **layers: Any) -> DataVersion:
        day = f"2026-11-{number:02}" if number else ""
        return DataVersion(replace(atlas, slides=slides, metrics=numbers.metrics, **layers), numbers, number, day)

    return make


@pytest.fixture(scope="session")
def story() -> Deck:
    """Return the deck of the shipped slides."""
    atlas = loading.load(DATA)
    data_version = DataVersion(atlas, measures.figures(atlas), 3, "2026-11-24")
    return build(lambda number: data_version, address="http://10.0.0.1:8501/briefing")
