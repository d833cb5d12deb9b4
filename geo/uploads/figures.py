"""Figures of an indicator file: numbers with their district, metric and period, in the unit of the catalogue."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import pandas as pd

from geo.data.checking import COMPUTED
from geo.schema import Metric
from geo.uploads.facets import Facet, Facets, Table, subject
from geo.uploads.findings import Params, Spot
from geo.uploads.model import Severity
from geo.uploads.numbers import Numbers
from geo.uploads.units import FRACTIONS, Unit, compatible, convert, read_unit

__all__ = ["Defaults", "Figures", "Pool", "Reader"]


@dataclass
class Pool:
    """Distinct texts by number, shared by all columns."""

    numbers: dict[str, int] = field(default_factory=dict)

    def number(self, text: str | None) -> int:
        """Return the number of a text, -1 for None."""
        return -1 if text is None else self.numbers.setdefault(text, len(self.numbers))

    def spread(self, facet: Facet) -> np.ndarray:
        """Return the number of the entry of each row."""
        numbers = np.array([self.number(entry) for entry in facet.entries], dtype=np.int32)
        return np.take(numbers, facet.codes)

    @property
    def texts(self) -> list[str]:
        """The texts by number."""
        return list(self.numbers)


@dataclass(frozen=True)
class Defaults:
    """What holds where neither heading nor row says it; empty where nothing is known."""

    district: str  # adcode
    metric: str = ""
    period: str = ""
    units: tuple[str, ...] = ()  # of the title or a note above
    chosen_unit: str = ""


@dataclass(frozen=True)
class Figures:
    """Figures as arrays of one entry each."""

    line: np.ndarray  # which row of the table
    column: np.ndarray  # counted from 0
    word: np.ndarray  # which word of the column
    district: np.ndarray  # number of a text of the pool, as are metric and period
    metric: np.ndarray
    period: np.ndarray
    value: np.ndarray

    def only(self, keep: np.ndarray) -> "Figures":
        """Return the figures that are kept, by a mask or by number."""
        if keep.dtype == bool and keep.all():
            return self
        return Figures(*(getattr(self, name)[keep] for name in self.__dataclass_fields__))

    @staticmethod
    def none() -> "Figures":
        """Return no figures."""
        none = np.zeros(0, dtype=np.int32)
        return Figures(none, none, none, none, none, none, np.zeros(0))

    @staticmethod
    def joined(parts: Sequence["Figures"]) -> "Figures":
        """Return the figures of several columns, one or more, after each other."""
        names = Figures.__dataclass_fields__
        return Figures(*(np.concatenate([getattr(part, name) for part in parts]) for name in names))


@dataclass
class Reader:
    """Reads the figures of one column after the other; what several columns share is noted once."""

    table: Table
    facets: Facets
    metrics: Mapping[str, Metric]
    defaults: Defaults
    pool: Pool = field(default_factory=Pool)
    used: set[str] = field(default_factory=set)  # fields of the defaults that were needed
    assumed: set[str] = field(default_factory=set)  # metrics whose unit nothing says

    def read(self, column: int, numbers: Numbers, at: np.ndarray) -> Figures:
        """Return the good figures of a column; everything that keeps others from being good is noted.

        Parameters
        ----------
        column
            Counted from 0.
        numbers
            What the distinct words of the column say.
        at
            Rows of the table that have a figure in this column, counted from 0.
        """
        heading = self.table.layout.headings[column]
        word = self.table.codes(column)[at]
        figures = Figures(
            line=at,
            column=np.full(len(at), column, dtype=np.int32),
            word=word,
            district=self._districts(column, at),
            metric=self._said("metric", heading.metric, self.facets.metric, column, at),
            period=self._said("period", heading.period, self.facets.period, column, at),
            value=numbers.values[word],
        )
        for code in set(numbers.wrong.values()):
            self._note(code, figures, {index: {} for index, wrong in numbers.wrong.items() if wrong == code})
        figures = figures.only((figures.metric >= 0) & np.isfinite(figures.value))
        figures = self._checked(self._converted(figures, numbers.units))
        return figures.only((figures.district >= 0) & (figures.period >= 0))

    def _note(self, code: str, figures: Figures, params: Mapping[int, Params]) -> None:
        """Note some of the words of a column of figures."""
        if params and len(figures.line):
            column = int(figures.column[0])
            self.table.notes.words(code, Severity.ERROR, self.table.cells(column, figures.line), params)

    def _districts(self, column: int, at: np.ndarray) -> np.ndarray:
        """Return the district of each figure: the heading's, else the row's."""
        heading = self.table.layout.headings[column]
        if heading.place is not None:
            number = self.pool.number(subject(heading.place, heading.key))
            return np.full(len(at), number, dtype=np.int32)
        if self.facets.district is not None:
            return np.take(self.pool.spread(self.facets.district), at)
        # Where nobody chose one a missing column is noted already.
        number = self.pool.number(self.defaults.district or None)
        return np.full(len(at), number, dtype=np.int32)

    def _said(self, name: str, heading: str, facet: Facet | None, column: int, at: np.ndarray) -> np.ndarray:
        """Return metric or period of each figure: the heading's, else the row's, else the one that holds for the file."""
        wrong = name == "period" and self.table.layout.headings[column].wrong  # noted with the headings
        if heading or wrong:
            return np.full(len(at), self.pool.number(heading or None), dtype=np.int32)
        numbers = self.pool.spread(facet)[at] if facet else np.full(len(at), self.pool.number(""), dtype=np.int32)
        silent = numbers == self.pool.number("")
        default = getattr(self.defaults, name)
        if not silent.any():
            return numbers
        if default:
            self.used.add(name)
        else:
            rows = (self.table.rows[at[silent]] + 1).tolist() if facet else (self.table.layout.header,)
            self.table.notes.add(f"{name}_missing", Severity.ERROR, rows, self.table.layout.spot(column))
        return np.where(silent, self.pool.number(default or None), numbers)

    def _converted(self, figures: Figures, cell_units: Mapping[int, str]) -> Figures:
        """Return figures in the units of the catalogue, without those whose metric or unit does not fit."""
        units, names = Pool(), self.pool.texts
        unit_of = self._units(figures, cell_units, units)
        which, pairs = pd.factorize(figures.metric.astype(np.int64) * max(len(units.numbers), 1) + unit_of)
        conversions: list[tuple[Unit, Unit] | None] = []
        for number, pair in enumerate(pairs.tolist()):
            metric, text = names[pair // len(units.numbers)], units.texts[pair % len(units.numbers)]
            unit, code, params = self._unit(metric, text)
            if unit is None:
                rows = (self.table.rows[figures.line[which == number]] + 1).tolist()
                spot = self._where_unit_stands(text, int(figures.column[0]))
                self.table.notes.add(code, Severity.ERROR, rows, spot, text or spot[1], metric=metric, **params)
            conversions.append((unit, _target(self.metrics[metric])) if unit else None)
        value, good = figures.value.copy(), np.ones(len(figures.line), dtype=bool)
        for conversion in set(conversions):
            those = np.array([one == conversion for one in conversions])[which]
            if conversion is None:
                good = ~those
            else:
                value[those] = convert(value[those], *conversion)
        return replace(figures, value=value).only(good)

    def _where_unit_stands(self, text: str, column: int) -> Spot:
        """Return the column of units where it says so, else that of the figures."""
        layout, facet = self.table.layout, self.facets.unit
        said_there = "unit" in layout.described and facet is not None and text and text in facet.entries
        return layout.spot(layout.described["unit"] if said_there else column)

    def _heading_unit(self, column: int) -> str:
        """Return the unit that a heading says; "" where somebody chose another of its kind: they have seen the heading."""
        said, chosen = self.table.layout.headings[column].unit, self.defaults.chosen_unit
        one, other = read_unit(said), FRACTIONS.get(chosen) or read_unit(chosen)
        return "" if one and other and (compatible(one, other) or compatible(other, one)) else said

    def _units(self, figures: Figures, cell_units: Mapping[int, str], units: Pool) -> np.ndarray:
        """Return the unit each figure is in: the cell's, else the row's, else the heading's, "" where none is said."""
        if not len(figures.line):
            return np.zeros(0, dtype=np.int32)
        column = int(figures.column[0])
        unit = np.full(len(figures.line), units.number(self._heading_unit(column)), dtype=np.int32)
        if self.facets.unit is not None:
            row_unit = units.spread(self.facets.unit)[figures.line]
            unit = np.where(row_unit == units.number(""), unit, row_unit)
        if cell_units:
            by_word = np.full(len(self.table.sheet.columns[column].words), -1, dtype=np.int32)
            by_word[list(cell_units)] = [units.number(text) for text in cell_units.values()]
            cell_unit = by_word[figures.word]
            unit = np.where(cell_unit < 0, unit, cell_unit)
        return unit

    def _unit(self, metric_id: str, text: str) -> tuple[Unit | None, str, dict[str, str]]:
        """Return the unit that a text means for a metric; where it does not fit, None, a code and what fills its message."""
        metric = self.metrics.get(metric_id)
        if metric is None:
            return None, "metric_not_in_catalogue", {}
        if metric.kind == "rate":
            return None, "computed_rate", {"numerator": metric.numerator, "denominator": metric.denominator}
        if metric_id in COMPUTED:
            return None, f"computed_{metric_id}", {}
        target = _target(metric)
        unit = self._default_unit(metric) if not text else target if text == metric.unit else read_unit(text)
        if unit is None or not compatible(unit, target):
            return None, "unit_unknown" if unit is None else "unit_mismatch", {"unit": metric.unit}
        return unit, "", {}

    def _default_unit(self, metric: Metric) -> Unit:
        """Return the unit of a metric whose figures name none: the chosen one, the title's, or the catalogue's, which is noted."""
        target = _target(metric)
        chosen = self.defaults.chosen_unit
        units = [FRACTIONS.get(chosen) or (target if chosen == metric.unit else read_unit(chosen))]
        units += [read_unit(text) for text in self.defaults.units]
        for unit in units:
            if unit is not None and compatible(unit, target):
                return unit
        if metric.id not in self.assumed:
            self.assumed.add(metric.id)
            self.table.notes.add("unit_assumed", Severity.WARNING, metric=metric.id, unit=metric.unit)
        return target

    def _checked(self, figures: Figures) -> Figures:
        """Return figures without counts below 0, which are noted."""
        counts = [
            number
            for text, number in self.pool.numbers.items()
            if text in self.metrics and self.metrics[text].kind == "count"
        ]
        below = (figures.value < 0) & np.isin(figures.metric, counts)
        if below.any():
            self._note("negative_count", figures.only(below), {int(word): {} for word in figures.word[below]})
            return figures.only(~below)
        return figures


def _target(metric: Metric) -> Unit:
    """Return the unit of the catalogue; one that is not known here is a dimension of its own."""
    return read_unit(metric.unit) or Unit(metric.unit)
