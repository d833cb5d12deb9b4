"""What a slide's view means in a version of the data, worked out once for all its parts and both languages."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from geo import names
from geo.data import story
from geo.figures import claims
from geo.figures.classification import Classes
from geo.figures.data_version import DataVersion
from geo.figures.table import Figure, FigureTable
from geo.periods import alike, order
from geo.schema import ADCODES, CITY, Atlas, Metric, Slide
from geo.translation import translate
from geo.view import View

__all__ = ["SlideContext"]


@dataclass(frozen=True, eq=False)
class SlideContext:
    """A slide with a view in a version of the data.

    ``figures``, ``metric``, ``column`` and ``ranking`` are those the view shows, changes where it shows changes; ``table`` holds all figures.
    """

    slide: Slide
    version: DataVersion
    view: View

    @property
    def atlas(self) -> Atlas:
        """The data."""
        return self.version.atlas

    @property
    def table(self) -> FigureTable:
        """Every figure."""
        return self.version.figure_table

    @cached_property
    def figures(self) -> FigureTable:
        """The figures that the view shows."""
        return self.view.figures(self.table)

    @cached_property
    def metric(self) -> Metric:
        """The metric that the view shows, or that of its changes."""
        return self.figures.metrics[self.view.metric]

    @cached_property
    def column(self) -> Mapping[str, Figure]:
        """The figures on the map by adcode."""
        return self.figures.column(self.view.metric, self.view.column)

    @cached_property
    def shown(self) -> tuple[FigureTable, str, str]:
        """Figures, metric and period, as :mod:`geo.figures.claims` asks for them."""
        return self.figures, self.view.metric, self.view.column

    @cached_property
    def classes(self) -> Classes:
        """The classes of the map."""
        return self.view.classes(self.table)

    @cached_property
    def ranking(self) -> claims.Ranking:
        """The ranks of all districts."""
        return claims.ranking(*self.shown)

    @cached_property
    def members(self) -> tuple[str, ...]:
        """The districts of the view's tier."""
        return names.tier_members(self.atlas, self.view.tier)

    @cached_property
    def in_order(self) -> list[str]:
        """The districts of the tier by rank, those without a figure last."""
        return sorted(self.members, key=self.ranking.order)

    @cached_property
    def home(self) -> str:
        """The district that a close-up tints: the camera's, the selection's where the camera is a box, else Haizhu, where Pazhou is."""
        homes = dict(zip(self.atlas.clusters["cluster_id"], self.atlas.clusters["adcode"], strict=True))
        code = homes.get(self.slide.camera, self.slide.camera)
        asked = story.view_query(self.slide).get("sel", "")
        return code if code in ADCODES else asked if asked in ADCODES else homes["pazhou"]

    @cached_property
    def series(self) -> Sequence[tuple[str, Figure | None]]:
        """The figures of a trend of the selected district or the city, oldest first: of the same months of every year that no break parts from the view's."""
        metric, code, now = self.table.metrics[self.view.metric], self.view.sel or CITY, self.view.period
        return [
            (period, self.table.column(metric.id, period).get(code))
            for period in self.table.periods(metric.id)
            if (period == now or alike(period, now)) and not _parted(metric, code, *sorted((period, now), key=order))
        ]

    def member_names(self, language: str) -> dict[str, str]:
        """Return the names of the tier's districts; its only one is called the home of its cluster, for its figures are not the cluster's."""
        alone = len(self.members) == 1
        return names.home_names(self.atlas, language) if alone else names.district_names(self.atlas, language)

    def place(self, language: str) -> str:
        """Return what the selected district is called in a sentence, or the city."""
        selected = self.view.sel
        return names.home_names(self.atlas, language)[selected] if selected else translate(language, "Guangzhou")


def _parted(metric: Metric, code: str, first: str, last: str) -> bool:
    """Whether a break of the series lies between two periods of a place; one of some districts does not concern the city as a whole."""
    return any(gap.lies_between(first, last) for gap in metric.breaks if not gap.adcodes or code in gap.adcodes)
