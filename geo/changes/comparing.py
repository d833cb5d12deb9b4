"""A file of figures beside the current ones, in numbers instead of texts."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from geo.schema import Atlas, number_text
from geo.uploads.model import Finding, Mode, Severity, Upload

__all__ = ["Compared", "heading", "listed"]

_NAMED = 12  # periods or keys spelled out in one finding


def heading(upload: Upload, column: int | None) -> str:
    """Return the heading of a column."""
    return next((use.heading for use in upload.columns if use.column == column), "")


def listed(texts: Iterable[str]) -> str:
    """Return texts in a line, the first few only where there are many."""
    all_ = list(texts)
    return ", ".join(all_[:_NAMED]) + (", …" if len(all_) > _NAMED else "")


@dataclass(frozen=True)
class Compared:
    """A file of figures beside the current ones. Texts are numbered, so that nothing is done row by row in Python."""

    upload: Upload
    before: Atlas
    mode: Mode

    @cached_property
    def metric(self) -> tuple[list[np.ndarray], list[str]]:
        """Numbers of the metrics in file, current figures and totals; and the metrics."""
        return self._coded("metric")

    @cached_property
    def period(self) -> tuple[list[np.ndarray], list[str]]:
        """Numbers of the periods in file, current figures and totals; and the periods."""
        return self._coded("period")

    @cached_property
    def adcode(self) -> tuple[list[np.ndarray], list[str]]:
        """Numbers of the districts in file, current figures and totals; and the districts."""
        return self._coded("adcode")

    @cached_property
    def pairs(self) -> list[np.ndarray]:
        """Numbers of the metric and period of each row in file, current figures and totals."""
        return [m * len(self.period[1]) + p for m, p in zip(self.metric[0], self.period[0], strict=True)]

    @property
    def values(self) -> np.ndarray:
        """The values of the file."""
        values: np.ndarray = self.upload.table["value"].to_numpy(float)
        return values

    def pair(self, number: int) -> tuple[str, str]:
        """Return the metric and period of a pair."""
        metric, period = divmod(number, len(self.period[1]))
        return self.metric[1][metric], self.period[1][period]

    def of_metrics(self, *ids: str) -> np.ndarray:
        """Return which rows of the file have one of some metrics."""
        wanted = np.array([id_ in ids for id_ in self.metric[1]], bool)
        rows: np.ndarray = wanted[self.metric[0][0]]
        return rows

    def finding(self, code: str, severity: Severity, places: np.ndarray, **params: str | int | float) -> Finding:
        """Return a finding about rows of the file's table, counted from 0."""
        rows = self.upload.table["row"].to_numpy()[places].tolist()
        columns = set(self.upload.table["column"].to_numpy()[places].tolist())
        column = columns.pop() if len(columns) == 1 else None
        value = number_text(float(self.values[places[0]])) if len(places) == 1 else ""
        return Finding(code, severity, tuple(dict.fromkeys(rows)), column, heading(self.upload, column), value, params)

    def _coded(self, name: str) -> tuple[list[np.ndarray], list[str]]:
        """Return one number for each text of a column of all three tables."""
        parts = [table[name] for table in (self.upload.table, self.before.indicators, self.upload.totals)]
        codes, texts = pd.factorize(pd.concat(parts, ignore_index=True))
        ends = np.cumsum([len(part) for part in parts])[:-1]
        return np.split(codes.astype(np.int64), ends), [str(text) for text in texts]
