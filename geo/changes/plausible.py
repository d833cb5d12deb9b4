"""Figures that no statistic has: percentages, years to come, a denominator of 0, a district that has grown since it was measured without a date."""

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd

from geo.changes.comparing import Compared, listed
from geo.periods import is_year, months, order
from geo.schema import UNDATED, Metric, number_text
from geo.uploads.model import Finding, Severity

__all__ = ["implausible"]

_CITY_TIME = ZoneInfo("Asia/Shanghai")
MOST_PERCENT = 1000
SMALL_GROWTH = 0.3  # per cent: below this most districts never are at once
INDEX = (70.0, 150.0)  # the range of growth written with the year before as 100
UNLIKE = 0.03  # of a figure without a date: borders are measured anew by less
FEW = 3  # values that show a pattern where nothing is stored to compare them with


def implausible(compared: Compared, reference: np.ndarray) -> Iterator[Finding]:
    """Yield what is implausible in a file.

    Parameters
    ----------
    compared
        The file beside the current data.
    reference
        The current figure each row is compared with, NaN where there is none, shape ``(rows,)``.
    """
    yield from _percentages(compared, reference)
    yield from _ranges(compared)
    yield from _future(compared)
    yield from _undated(compared)


def _percentages(compared: Compared, reference: np.ndarray) -> Iterator[Finding]:
    """Yield published growth rates that look like fractions (0.048 for 4.8 %), or like an index (104.8 with the year before as 100).

    A small or large growth alone is nothing: most values of a metric must look so, beside what is stored or, where nothing is, three or more.
    """
    values, metrics = compared.values, compared.before.metrics
    for number, id_ in enumerate(compared.metric[1]):
        metric = metrics.get(id_)
        own = np.flatnonzero(compared.metric[0][0] == number)
        if metric is None or metric.kind != "published" or metric.unit != "%" or not len(own):
            continue
        compares = ~np.isnan(reference[own])
        fraction = (np.abs(values[own]) < SMALL_GROWTH) & ~(np.abs(reference[own]) < 1)
        index = (values[own] >= INDEX[0]) & (values[own] <= INDEX[1]) & ~(np.abs(reference[own]) > INDEX[0] / 2)
        for code, hit in (("percent_as_fraction", fraction), ("percent_as_index", index)):
            enough = hit[compares].sum() * 2 > compares.sum() if compares.any() else hit.all() and len(own) >= FEW
            if enough:
                at = own[hit]
                example = number_text(float(values[at[0]]))
                yield compared.finding(code, Severity.WARNING, at, metric=id_, count=len(at), example=example)


def _ranges(compared: Compared) -> Iterator[Finding]:
    """Yield denominators of 0 and percentages that no statistic has."""
    metrics: dict[str, Metric] = dict(compared.before.metrics)
    below = {metric.denominator for metric in metrics.values() if metric.kind == "rate"}
    shares = [id_ for id_, metric in metrics.items() if metric.unit in ("%", "‰")]
    rules = (
        ("zero_denominator", Severity.ERROR, compared.of_metrics(*below) & (compared.values == 0)),
        (
            "implausible_percent",
            Severity.WARNING,
            compared.of_metrics(*shares) & (np.abs(compared.values) > MOST_PERCENT),
        ),
    )
    for code, severity, wrong in rules:
        hit = np.flatnonzero(wrong)
        for metric in np.unique(compared.metric[0][0][hit]):
            at = hit[compared.metric[0][0][hit] == metric]
            yield compared.finding(code, severity, at, metric=compared.metric[1][metric], count=len(at))


def _future(compared: Compared) -> Iterator[Finding]:
    """Yield figures of periods that lie ahead, one finding a metric."""
    today = datetime.now(_CITY_TIME)
    to_come = np.array([_lies_ahead(period, today) for period in compared.period[1]], bool)
    hit = np.flatnonzero(to_come[compared.period[0][0]])
    metrics, periods = compared.metric[0][0][hit], compared.period[0][0][hit]
    for metric in np.unique(metrics):
        at = metrics == metric
        named = sorted((compared.period[1][number] for number in np.unique(periods[at])), key=order)
        params = {"metric": compared.metric[1][metric], "periods": listed(named), "count": int(at.sum())}
        yield compared.finding("future_period", Severity.WARNING, hit[at], **params)


def _undated(compared: Compared) -> Iterator[Finding]:
    """Yield dated values unlike the current ones without a date, which hold for any year, as areas do: 公园绿地 is not the land of a district."""
    current, table = compared.before.indicators.query("period == @UNDATED"), compared.upload.table
    asked = np.flatnonzero(compared.of_metrics(*current["metric"].unique()) & (table["period"] != UNDATED).to_numpy())
    by_key = current.drop_duplicates(["metric", "adcode"]).set_index(["metric", "adcode"])["value"]
    known = by_key.reindex(pd.MultiIndex.from_frame(table.iloc[asked][["metric", "adcode"]])).to_numpy(float)
    unlike = np.abs(compared.values[asked] - known) > UNLIKE * np.abs(known)
    metrics = compared.metric[0][0][asked]
    for metric in np.unique(metrics[unlike]):
        here = unlike & (metrics == metric)
        at = asked[here]
        texts = {"example": number_text(float(compared.values[at[0]])), "reference": number_text(float(known[here][0]))}
        params = {"metric": compared.metric[1][metric], "count": len(at), **texts}
        yield compared.finding("unlike_undated", Severity.WARNING, at, **params)


def _lies_ahead(period: str, today: datetime) -> bool:
    """Whether the last month of a period has not begun; of a whole year whether it has not."""
    found = months(period)
    if found is None:
        return False
    return found.year > today.year or (found.year == today.year and not is_year(period) and found.last > today.month)
