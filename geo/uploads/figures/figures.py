"""Figures of an indicator file: one frame with a row for each cell that has a figure, in the unit of the catalogue."""

import math
from collections.abc import Mapping, Set
from dataclasses import dataclass, field
from functools import cache, partial

import pandas as pd

from geo.data.checking import COMPUTED
from geo.schema import Metric
from geo.uploads.figures.facets import Table, subject, together
from geo.uploads.figures.layout import Layout
from geo.uploads.figures.tables import Frame
from geo.uploads.model import Severity, Sheet
from geo.uploads.parse.numbers import Number, read_number
from geo.uploads.parse.periods import EARLIEST, LATEST, joined_period
from geo.uploads.parse.units import CURRENCIES, FRACTIONS, Unit, compatible, convert, read_unit
from geo.uploads.records.values import BAD

__all__ = ["COLUMNS", "Defaults", "figure_cells", "read_figures"]

_SAID = ("district", "metric", "period", "part", "unit", "source", "quality", "note", "mark", "cumulated")
COLUMNS = [
    "row", "column", "heading", "text", "value", "step", *(name for name in _SAID if name not in ("part", "unit")),
]  # fmt: skip

_FROM_TITLE = {"district": Severity.WARNING, "period": Severity.WARNING, "metric": Severity.NOTE}


@dataclass(frozen=True)
class Defaults:
    """What holds where neither heading nor row says it: of ``district``, ``metric`` and ``period`` those that are known."""

    chosen: Mapping[str, str] = field(default_factory=dict)
    titled: Mapping[str, str] = field(default_factory=dict)  # by the texts above the table
    unit: str = ""  # that somebody chose
    units: tuple[str, ...] = ()  # of the title or a note above
    doubt: str = ""  # a title that is about another metric than the chosen one
    # The texts beside this very table, by the unit they say.
    unit_lines: Mapping[str, str] = field(default_factory=dict)


def figure_cells(sheet: Sheet, frame: Frame, layout: Layout) -> pd.DataFrame:
    """Return the cells of a table that say more than that there is no figure; a label merged over its row is none.

    Returns
    -------
    Column by column, with ``row`` and ``column`` counted from 0, ``text``, and the fields of :class:`geo.uploads.parse.numbers.Number`.
    """
    read = cache(read_number)
    cells = []
    body = [(row, sheet.row(row)) for row in frame.rows]
    for column in layout.figures:
        for row, texts in body:
            text = texts[column]
            number = read(text)
            is_label = column > 0 and number.wrong == "not_a_number" and len(text) > 1 and text == texts[0]
            if not is_label and (number.wrong or not math.isnan(number.value)):
                cells.append((row, column, text, *number))
    found = pd.DataFrame(cells, columns=["row", "column", "text", *Number._fields], dtype=object)
    return found.astype({"row": int, "column": int, "value": float, "step": float})


def read_figures(
    cells: pd.DataFrame, said: pd.DataFrame, table: Table, metrics: Mapping[str, Metric], defaults: Defaults
) -> pd.DataFrame:
    """Return the good figures; everything that keeps others from being good is noted.

    Parameters
    ----------
    cells
        As of :func:`figure_cells`.
    said
        What is said of each row, as of :func:`geo.uploads.figures.facets.read_facets`.
    table, metrics, defaults
        Where they stand, what there is, and what holds where nothing is said.

    Returns
    -------
    Cells with :data:`COLUMNS`: values in units of the catalogue, the others as said.
    """
    reader = _Reader(table, metrics, defaults)
    figures = reader.described(cells, said)
    reader.note(figures[figures["wrong"] != ""].rename(columns={"wrong": "code"}))
    figures = reader.converted(figures[(figures["metric"] != BAD) & (figures["wrong"] == "")])
    counts = [id_ for id_, metric in metrics.items() if metric.kind == "count"]
    below = (figures["value"] < 0) & figures["metric"].isin(counts)
    reader.note(figures[below].assign(code="negative_count"))
    figures = figures[~below & (figures[["district", "period", "cumulated"]] != BAD).all(axis=1)]
    return figures.assign(heading=figures["column"].map(reader.of_heading("text")))[COLUMNS]


@dataclass(frozen=True)
class _Reader:
    """Says of cells what they are figures of."""

    table: Table
    metrics: Mapping[str, Metric]
    defaults: Defaults

    def note(self, cells: pd.DataFrame) -> None:
        """Note cells that have a code, by column."""
        for column, those in cells.groupby("column"):
            found = zip((those["row"] + 1).tolist(), those["text"], those["code"], strict=True)
            self.table.notes.gather(self.table.layout.spot(int(str(column))), ((*cell, {}) for cell in found))

    def described(self, cells: pd.DataFrame, said: pd.DataFrame) -> pd.DataFrame:
        """Return cells with what their heading, else their row, else the whole file says of them; of units the cell comes first."""
        rows = said.reindex(columns=[*_SAID], fill_value="").loc[cells["row"]].set_index(cells.index)
        headings = pd.DataFrame({name: cells["column"].map(self.of_heading(name)) for name in _SAID}, dtype=object)
        found = cells.assign(**headings.where(headings != "", rows))
        marks = [kind for kind in (headings["mark"], rows["mark"], cells["mark"]) if kind.any()]
        found["mark"] = [*map(together, zip(*marks, strict=True))] if marks else ""
        around = rows["unit"].where(rows["unit"] != "", headings["unit"])
        is_sized = around.isin([*filter(_sizes_money, around.unique())])
        own = cells["unit"].mask(cells["unit"].isin(CURRENCIES) & is_sized, "")
        stands = (own == "") & (rows["unit"] != "") & ("unit" in self.table.layout.described)
        found["unit"] = own.where(own != "", around)
        found["at"] = cells["column"].mask(stands, self.table.layout.described.get("unit", 0))
        parts = headings["part"].where(headings["period"] == "", rows["part"])
        if parts.any():
            found["period"] = self._joined(found.assign(part=parts))
        for name in _FROM_TITLE:
            found[name] = self._filled(found, name, in_rows=name in said)
        return found

    def _joined(self, cells: pd.DataFrame) -> pd.Series:
        """Return the periods of cells, joined of the year that a row or heading says and the part of it that the other says; others are noted."""
        described = self.table.layout.described
        spot = self.table.layout.spot(described.get("period_part", described.get("period", 0)))
        limits = {"first": str(EARLIEST), "last": str(LATEST)}
        periods, wrong = [], []
        for row, year, part in zip(cells["row"], cells["period"], cells["part"], strict=True):
            period, code = joined_period(year, part, spot[1]) if part and year != BAD else (year, "")
            periods.append(BAD if code else period)
            wrong.append((row + 1, part, code, {"year": year, **limits}))
        self.table.notes.gather(spot, wrong)
        return pd.Series(periods, index=cells.index, dtype=object)

    def of_heading(self, name: str) -> dict[int, str]:
        """Return what the headings of figures say of one thing, "" where they say nothing."""
        return {column: self._heading(column, name) for column in self.table.layout.figures}

    def _heading(self, column: int, name: str) -> str:
        """Return what a heading says of one thing."""
        heading = self.table.layout.headings[column]
        if name == "district":
            return subject(heading.place, heading.key) if heading.place else ""
        if name == "unit":
            return self._heading_unit(heading.unit)
        if name == "period" and heading.wrong:  # noted with the headings
            return heading.period or BAD
        return str(getattr(heading, name, ""))

    def _heading_unit(self, said: str) -> str:
        """Return the unit that a heading says; "" where somebody chose another of its kind: they have seen the heading."""
        chosen = self.defaults.unit
        one, other = read_unit(said), FRACTIONS.get(chosen) or read_unit(chosen)
        return "" if one and other and (compatible(one, other) or compatible(other, one)) else said

    def _filled(self, cells: pd.DataFrame, name: str, *, in_rows: bool) -> pd.Series:
        """Return what the whole file says where cells say nothing, noting what came from the title, and what nothing says."""
        layout, notes = self.table.layout, self.table.notes
        silent = (cells[name] == "") & ((cells["metric"] != BAD) | (name == "metric"))  # a row left out lacks nothing
        chosen, titled = self.defaults.chosen.get(name, ""), self.defaults.titled.get(name, "")
        if name == "metric" and silent.any() and self.defaults.doubt:
            quoted = self.defaults.doubt
            notes.add("title_says_other", Severity.WARNING, (), (None, ""), quoted, metric=chosen)
        if not silent.any() or chosen:
            return cells[name].mask(silent, chosen)
        if titled:
            notes.add(f"{name}_from_title", _FROM_TITLE[name], **{name: titled})
            return cells[name].mask(silent, titled)
        for column, those in cells[silent].groupby("column"):
            spot = layout.spot(int(str(column)))
            rows = (those["row"] + 1).tolist() if in_rows else [layout.header]
            if name != "district":
                notes.add(f"{name}_missing", Severity.ERROR, rows, spot)
            elif any(heading.place for heading in layout.headings):  # a missing column was noted before
                notes.add("missing_column", Severity.ERROR, rows, spot, field=name)
        return cells[name].mask(silent, BAD)

    def converted(self, figures: pd.DataFrame) -> pd.DataFrame:
        """Return figures in the units of the catalogue, without those whose metric or unit does not fit."""
        good, unused = [figures.iloc[:0]], self._unused_units(set(figures["metric"]))
        for (metric, text), part in figures.groupby(["metric", "unit"], sort=False):
            unit, code, params = self._unit(metric, text, unused)
            if unit:
                to = partial(convert, unit=unit, target=_target(self.metrics[metric]))
                good.append(part.assign(value=part["value"].map(to), step=part["step"].map(to)))
                continue
            for column, those in part.groupby("at"):
                spot = self.table.layout.spot(int(column))
                rows = list(dict.fromkeys((those["row"] + 1).tolist()))
                beside = code.startswith("computed_") and any(one != metric for one in figures["metric"])
                severity = Severity.NOTE if beside else Severity.ERROR
                value = text or params.get("line") or spot[1]
                self.table.notes.add(code, severity, rows, spot, value, metric=metric, **params)
        return pd.concat(good).sort_index()

    def _unused_units(self, ids: Set[str]) -> dict[str, str]:
        """Return the units beside the table that fit none of its metrics, with their texts; a column that is not known may be in any but foreign money."""
        headings = self.table.layout.headings
        is_open = any(heading.text and not heading.known for heading in headings)
        ids = ids | {heading.metric for heading in headings}
        targets = [_target(self.metrics[id_]) for id_ in ids if id_ in self.metrics]
        lines = ((text, line, read_unit(text)) for text, line in self.defaults.unit_lines.items())
        return {
            text: line
            for text, line, unit in lines
            if unit
            and not any(compatible(unit, target) for target in targets)
            and (unit.dimension == "foreign money" or not is_open)
        }

    def _unit(self, metric_id: str, text: str, unused: Mapping[str, str]) -> tuple[Unit | None, str, dict[str, str]]:
        """Return the unit that a text means for a metric; where it does not fit, None, a code and what fills its message."""
        metric = self.metrics.get(metric_id)
        if metric is None:
            return None, "metric_not_in_catalogue", {}
        if metric.kind == "rate":
            return None, "computed_rate", {"numerator": metric.numerator, "denominator": metric.denominator}
        if metric_id in COMPUTED:
            return None, f"computed_{metric_id}", {}
        target = _target(metric)
        silent = not text or (text in CURRENCIES and target.dimension == "money")
        line = self._misfit(metric, unused) if silent else ""
        unit = target if text == metric.unit else read_unit(text)
        if silent:
            unit = None if line else self._default_unit(metric)
        if unit and (unit.dimension, target.dimension) == ("points", "share"):
            return None, "unit_of_change", {"unit": metric.unit}
        if unit is None or not compatible(unit, target):
            return None, "unit_mismatch" if unit or line else "unit_unknown", {"unit": metric.unit, "line": line}
        return unit, "", {}

    def _misfit(self, metric: Metric, unused: Mapping[str, str]) -> str:
        """Return the text beside the table whose unit cannot be meant for a metric that has no other; "" where there is none."""
        if self._said_unit(metric):
            return ""
        money = _target(metric).dimension == "money"
        return next((line for text, line in unused.items() if money or not _is_foreign(text)), "")

    def _said_unit(self, metric: Metric) -> Unit | None:
        """Return the chosen unit, or that of a title or note, that fits a metric."""
        target, chosen = _target(metric), self.defaults.unit
        units = [FRACTIONS.get(chosen) or (target if chosen == metric.unit else read_unit(chosen))]
        units += [read_unit(text) for text in self.defaults.units]
        return next((unit for unit in units if unit is not None and compatible(unit, target)), None)

    def _default_unit(self, metric: Metric) -> Unit:
        """Return the unit of a metric whose figures name none: the chosen one, the title's, or the catalogue's, which is noted."""
        if unit := self._said_unit(metric):
            return unit
        self.table.notes.add("unit_assumed", Severity.WARNING, metric=metric.id, unit=metric.unit)
        return _target(metric)


def _sizes_money(text: str) -> bool:
    """Return whether a unit says how large a sum of money is, as a currency beside the number does not."""
    unit = read_unit(text)
    return unit is not None and unit.dimension in ("", "money", "foreign money")


def _is_foreign(text: str) -> bool:
    """Return whether a unit is one of foreign money."""
    unit = read_unit(text)
    return unit is not None and unit.dimension == "foreign money"


def _target(metric: Metric) -> Unit:
    """Return the unit of the catalogue; one that is not known here is a dimension of its own."""
    return read_unit(metric.unit) or Unit(metric.unit)
