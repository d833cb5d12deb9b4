"""What one heading of an indicator file says."""

from dataclasses import dataclass

from geo.uploads.model import METRIC_PREFIX, ColumnUse, How
from geo.uploads.parse.places import Place

__all__ = ["Heading"]


@dataclass(frozen=True)
class Heading:
    """What a heading says. A column of figures names a metric, period or district, or is a plain ``value``."""

    text: str = ""  # as the file has it
    key: str = ""  # what a choice is remembered under: plain, without period and unit
    field: str = ""  # the target of a field of indicators.csv, see geo.fields, or IGNORED
    metric: str = ""
    period: str = ""
    unit: str = ""  # as the heading has it
    place: Place | None = None
    growth: bool = False  # of the metric beside it
    change: bool = False  # it may as well be in the unit of that metric as in per cent: 增减
    mark: str = ""  # how sure the figures are, as the heading says it: 初步, E
    likely: str = ""  # the metric it would be, were it not for the qualifier
    qualifier: str = ""  # what makes it another figure
    near: str = ""  # the text near the table in which that stands
    part: str = ""  # of a year that it does not name: 上半年
    wrong: str = ""  # code of what is wrong with the period or the unit
    how: How = ""

    @property
    def known(self) -> bool:
        """Whether anything is known of the column."""
        return bool(self.field or self.figures)

    @property
    def figures(self) -> bool:
        """Whether figures stand in the column."""
        return self.field == "value" or bool(
            not self.field and self.how and (self.metric or self.period or self.place or self.part or self.wrong)
        )

    def use(self, column: int) -> ColumnUse:
        """Return the use of a column, counted from 1."""
        target = self.field or (METRIC_PREFIX + self.metric if self.metric else "value" if self.figures else "")
        return ColumnUse(column, self.text, self.key, target, self.how)
