"""A deck: every slide computed, in both languages, before anything is drawn. Shows and files are made from it and look nothing up themselves."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from geo.data.story import Box
from geo.figures.data_version import DataVersion
from geo.maps.folium_map import MapStyle
from geo.maps.legends import Legend, Swatch
from geo.view import View

__all__ = ["Answer", "Bar", "Chart", "Deck", "Face", "Fact", "Legend", "Scene", "Swatch"]


@dataclass(frozen=True)
class Bar:
    """One bar of a ranking or one point of a trend."""

    label: str
    value: float | None  # in the unit shown; None: no data
    text: str  # the value with grouping, without its unit; "No data"
    colour: str = ""  # #rrggbb as on the map; "" where there is none
    adcode: str = ""  # "" in a trend


@dataclass(frozen=True)
class Chart:
    """A ranking (bars, largest first, those without a figure last) or a trend (one point a period, oldest first), in one language."""

    kind: Literal["ranking", "trend"]
    title: str
    unit: str
    bars: tuple[Bar, ...]


@dataclass(frozen=True)
class Fact:
    """One row of the table behind a slide: every district of the map with what it says."""

    adcode: str
    name: str
    value: float | None  # in the unit shown
    text: str  # the value with its unit; "No data"
    rank: int | None
    note: str = ""  # "Secondary source" and the like


@dataclass(frozen=True)
class Face:
    """A slide in one language. All text is plain."""

    title: str
    text: str  # sentences, every number computed
    notes: str  # for the speaker, "" where there are none
    map_style: MapStyle  # of the map, in light colours; ``replace(map_style, dark=True)`` for dark ones
    legend: Legend | None  # None for maps without classes and without anything to explain
    chart: Chart | None
    facts: tuple[Fact, ...]  # empty where the map shows no metric
    facts_title: str
    sources: tuple[str, ...]  # publisher, document, date; each once
    stamp: str  # "GDP: figures to 2024 · version 3, published 2026-11-24", or the folder's; marks are explained by small_print.stamp_line
    badge: str = ""  # "Locked to version 3; the newest is 5", "" for what follows the newest data
    gaps: tuple[str, ...] = ()  # placeholders that could not be computed


@dataclass(frozen=True)
class Scene:
    """One slide as it is shown."""

    id: str
    view: View  # as resolved: metric, period, classes, selection
    camera: Box  # west, south, east, north in degrees
    faces: Mapping[str, Face]  # by language
    locked: int | None = None  # version of the data it is locked to
    stale: bool = False  # locked to a version that is not the newest
    map_kind: str = "figures"


@dataclass(frozen=True)
class Answer:
    """What is known of a metric in a district or the city, for the question mode."""

    adcode: str
    metric: str
    period: str
    # By language: name, metric and period, value or "No data", further lines (rank, change, source).
    words: Mapping[str, tuple[str, ...]]
    value: float | None = None  # catalogue unit, to find the largest; None: no data


@dataclass(frozen=True, eq=False)
class Deck:
    """A story ready to be shown."""

    scenes: tuple[Scene, ...]
    data_version: DataVersion  # names and geometry are drawn from it
    titles: Mapping[str, str]  # of the whole story, by language
    # Where guests can open the show, for the QR code; "" where it is not known or leads nowhere for them.
    address: str = ""
    approval: str = ""  # map approval number (审图号), "" where there is none
    locked: int | None = None  # version the whole story is locked to
    answers: tuple[Answer, ...] = ()
    search: Mapping[str, Any] = field(default_factory=dict)  # words answers are found by: see geo.briefing.search_index
    # Map styles of every metric and period asked about, by language.
    answer_styles: Mapping[tuple[str, str], Mapping[str, MapStyle]] = field(default_factory=dict)
    # Legends of those styles, by metric and period, then language.
    legends: Mapping[tuple[str, str], Mapping[str, Legend]] = field(default_factory=dict)
    # Which data an answer is from, as the stamp of a slide says it, by metric, then language.
    stamps: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    unreachable: str = ""  # the address where only this machine can open it: no QR code is drawn of it
