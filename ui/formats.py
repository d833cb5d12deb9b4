"""Numbers, units, periods and names as the visitor's language writes them."""

import functools
import math
import re

from babel.numbers import format_decimal

from geo.schema import UNDATED, Metric, Show
from ui import state
from ui.i18n import t

__all__ = [
    "amount",
    "gap",
    "input_number",
    "number",
    "percent",
    "period_name",
    "plain",
    "range_text",
    "signed",
    "stated",
    "unit",
]

# Units of stated figures as English writes them: pattern, factor, decimals. Chinese keeps the unit of the source.
_STATED_EN = {
    "亿元": ("RMB {} bn", 0.1, 2),
    "万亿元": ("RMB {} trillion", 1, 0),
    "%": ("{}%", 1, 2),
    "km²": ("{} km²", 1, 1),
    "家": ("{}", 1, 0),
    "个": ("{}", 1, 0),
}
_LOCALES = {"en": "en", "zh": "zh_Hans_CN"}


def _show(metric: Metric) -> Show:
    """Return how a metric is shown in the visitor's language."""
    return metric.show[state.language()]


def plain(value: float, decimals: int) -> str:
    """Return a number with grouping and fixed decimals."""
    return _plain(value, decimals, _LOCALES[state.language()])


@functools.lru_cache(maxsize=4096)
def _plain(value: float, decimals: int, locale: str) -> str:
    """Return a number in a locale; kept, because every change of a filter writes the same few dozen again."""
    return format_decimal(value, format="#,##0" + ("." + "0" * decimals if decimals else ""), locale=locale)


def number(value: float, metric: Metric) -> str:
    """Return a catalogue value scaled to the shown unit, without the unit."""
    show = _show(metric)
    return plain(value * show.scale, show.decimals)


def unit(metric: Metric) -> str:
    """Return the unit a metric is shown in."""
    return _show(metric).unit


def amount(value: float | None, metric: Metric) -> str:
    """Return a catalogue value scaled and with its unit; "no data" for None."""
    if value is None:
        return t("No data")
    show = _show(metric)
    return (show.pattern or "{} " + show.unit).format(number(value, metric))


def gap(value: float, metric: Metric) -> str:
    """Return a small difference with its sign, to three decimals more than the metric is shown with."""
    show = _show(metric)
    number_ = plain(abs(value) * show.scale, show.decimals + 3).rstrip("0").rstrip(".")
    return signed((show.pattern or "{} " + show.unit).format(number_), value)


def input_number(value: float, metric: Metric) -> str:
    """Return a catalogue value in the shown unit as somebody would type it: no grouping, no digit lost."""
    return f"{value * _show(metric).scale:.12g}"


def percent(value: float, decimals: int = 1) -> str:
    """Return a share or growth, 1 being 100 %."""
    return plain(value * 100, decimals) + "%"


def signed(text: str, value: float) -> str:
    """Return the text of an absolute value with a sign: a true minus, or a plus."""
    return ("+" if value > 0 else "\u2212" if value < 0 else "") + text


def range_text(low: float, high: float, metric: Metric) -> str:
    """Return the limits of a class in the shown unit, without the unit."""
    return number(low, metric) if low == high else f"{number(low, metric)} – {number(high, metric)}"


def period_name(period: str) -> str:
    """Return a period for reading: 2023, H1 2024 or 2024年上半年, "undated"."""
    if period in ("", UNDATED):
        return t("undated")
    year, half, quarter, last = re.fullmatch(r"(\d{4})(?:H(\d)|Q(\d)(?:-Q(\d))?)?", period).groups()  # type: ignore[union-attr]
    if half:
        return t("first half of {year}", year=year) if half == "1" else t("second half of {year}", year=year)
    if quarter:
        return (
            t("Q{first} to Q{last} of {year}", first=quarter, last=last, year=year)
            if last
            else t("Q{first} of {year}", first=quarter, year=year)
        )
    return year


def stated(value: float, unit_: str, qualifier: str = "") -> str:
    """Return a figure as a source states it, with its unit and a qualifier such as ">"; "" where it states none (NaN)."""
    if math.isnan(value):
        return ""
    head = qualifier + " " if qualifier else ""
    if state.language() == "zh":
        return head + format_decimal(value, locale=_LOCALES["zh"]) + ("" if unit_ == "%" else " ") + unit_
    pattern, factor, decimals = _STATED_EN.get(unit_, ("{} " + unit_, 1, 2))
    text = format_decimal(round(value * factor, decimals), locale=_LOCALES["en"])
    return head + pattern.format(text)
