"""Numbers, units, periods and names as the visitor's language writes them."""

from geo import wording
from geo.schema import DisplayFormat, Metric
from geo.wording import signed
from ui import state
from ui.i18n import t

__all__ = [
    "amount",
    "format_stated",
    "gap",
    "in_unit",
    "input_number",
    "percent",
    "period_in_sentence",
    "period_name",
    "plain",
    "range_text",
    "signed",
    "unit",
]


def _show(metric: Metric) -> DisplayFormat:
    """Return how a metric is shown in the visitor's language."""
    return metric.show[state.language()]


def plain(value: float, decimals: int) -> str:
    """Return a number with grouping and fixed decimals."""
    return wording.number(value, decimals, state.language())


def unit(metric: Metric) -> str:
    """Return the unit a metric is shown in."""
    return _show(metric).unit


def amount(value: float | None, metric: Metric) -> str:
    """Return a catalogue value scaled and with its unit; "no data" for None."""
    return t("No data") if value is None else wording.amount(value, metric, state.language())


def gap(value: float, metric: Metric) -> str:
    """Return a small difference with its sign, to three decimals more than the metric is shown with."""
    show = _show(metric)
    number = plain(abs(value) * show.scale, show.decimals + 3).rstrip("0").rstrip(".")
    return signed(in_unit(number, metric), value)


def in_unit(numbers: str, metric: Metric) -> str:
    """Return numbers of a metric with their unit once: "RMB 208.7 → 272.0 bn"."""
    show = _show(metric)
    return (show.pattern or "{} " + show.unit).format(numbers)


def input_number(value: float, metric: Metric) -> str:
    """Return a catalogue value in the shown unit as somebody would type it: no grouping, no digit lost."""
    return f"{value * _show(metric).scale:.12g}"


def percent(value: float, decimals: int = 1) -> str:
    """Return a share or growth, 1 being 100 %."""
    return wording.percent(value, state.language(), decimals)


def range_text(low: float, high: float, metric: Metric) -> str:
    """Return the limits of a class in the shown unit, without the unit."""
    return wording.range_text(low, high, metric, state.language())


def period_name(period: str) -> str:
    """Return a period for reading: 2023, H1 2024 or 2024年上半年, "undated"."""
    return wording.period_label(period, state.language())


def period_in_sentence(period: str) -> str:
    """Return a period inside a sentence: 2023, "the first half of 2024", 2023 年."""
    return wording.period(period, state.language())


def format_stated(value: float, unit_: str, qualifier: str = "") -> str:
    """Return a figure as a source states it, with its unit and a qualifier such as ">"; "" where it states none (NaN)."""
    return wording.format_stated(value, unit_, state.language(), qualifier and qualifier + " ")
