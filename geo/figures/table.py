"""Every figure by metric, period and adcode: the shape all panels read from."""

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from geo.periods import is_monthly, months, order
from geo.schema import ADCODES, Metric

__all__ = ["Figure", "FigureTable", "Gap"]

Gap = Mapping[str, str]  # why there is no figure, by language
_T = TypeVar("_T")


@dataclass(frozen=True)
class Figure:
    """One number with where it comes from."""

    value: float  # in the metric's catalogue unit
    source_ids: tuple[str, ...]
    quality: str  # "verified", "secondary" (second choice, marked) or "derived" (computed by us)
    note: str = ""


class FigureTable:
    """Figures of all metrics.

    Parameters
    ----------
    metrics
        The catalogue.
    columns
        Figures by (metric id, period), then by adcode; the city's published figure under 440100.
    gaps
        Why there is no figure, where a reason is known, by the same keys.
    """

    def __init__(
        self,
        metrics: Mapping[str, Metric],
        columns: Mapping[tuple[str, str], Mapping[str, Figure]],
        gaps: Mapping[tuple[str, str], Mapping[str, Gap]] | None = None,
    ) -> None:
        self.metrics = metrics
        self._columns = columns
        self._gaps = gaps or {}
        self._periods: dict[str, tuple[str, ...]] = {
            id_: tuple(sorted((period for metric, period in columns if metric == id_), key=order)) for id_ in metrics
        }
        self._defaults: dict[str, str] = {}  # looked up many times in each run
        self._computed: dict[Hashable, Any] = {}

    def column(self, metric: str, period: str) -> Mapping[str, Figure]:
        """Return the figures of a metric in a period by adcode; empty where there are none."""
        return self._columns.get((metric, period), {})

    def gap(self, metric: str, period: str, adcode: str) -> Gap:
        """Return why a district has no figure, by language; empty where it has one, or no reason is known."""
        return self._gaps.get((metric, period), {}).get(adcode, {})

    def once(self, key: Hashable, compute: Callable[[], _T]) -> _T:
        """Return what ``compute`` returns; computed once for these figures, which never change."""
        if key not in self._computed:
            self._computed[key] = compute()
        found: _T = self._computed[key]
        return found

    def periods(self, metric: str) -> tuple[str, ...]:
        """Return the periods a metric has any figure for, oldest first."""
        return self._periods[metric]

    def reported_periods(self, metric: str) -> tuple[str, ...]:
        """Return the periods of which anything can be said, oldest first: a figure, or why there is none."""
        without = {period for id_, period in self._gaps if id_ == metric}
        return tuple(sorted(without.union(self.periods(metric)), key=order))

    def default_period(self, metric: str) -> str:
        """Return the period that covers most districts, the newest of them where several do; "" without any.

        Months stand back behind any other that covers as many: else each month's file would change what the pages open with.
        """
        if metric not in self._defaults:
            self._defaults[metric] = max(
                self.periods(metric),
                key=lambda period: (self.coverage(metric, period), not is_monthly(period), order(period)),
                default="",
            )
        return self._defaults[metric]

    def coverage(self, metric: str, period: str) -> int:
        """Return how many of the eleven districts have a figure."""
        return sum(adcode in self.column(metric, period) for adcode in ADCODES)

    def series(self, metric: str, adcode: str) -> dict[str, float]:
        """Return the values of one district by period, oldest first, without gaps."""
        found = {period: self.column(metric, period).get(adcode) for period in self.periods(metric)}
        return {period: figure.value for period, figure in found.items() if figure}

    def as_long(self, metric: str, period: str) -> tuple[str, ...]:
        """Return the periods of a metric that are as long as one, oldest first, whose figures share limits of classes: months with months.

        Of changes all, for a change does not grow with the time it is measured over.
        """
        length = _length(period)
        return tuple(other for other in self.periods(metric) if _length(other) == length)

    def all_values(self, metric: str, period: str, adcodes: Iterable[str] = ADCODES) -> list[float]:
        """Return the values of all districts in all periods as long as one: what locked class breaks are computed over."""
        wanted = tuple(adcodes)
        columns = (self.column(metric, other) for other in self.as_long(metric, period))
        return [column[adcode].value for column in columns for adcode in wanted if adcode in column]


def _length(period: str) -> int:
    """Return how many months a period covers, 0 for one without a date and for a pair of periods."""
    found = months(period)
    return found.length if found else 0
