"""What comparing a file with itself and with the current data brings to light: totals, units, gaps, sources."""

from collections.abc import Callable, Collection, Iterator

import numpy as np
import pandas as pd

from geo.changes.comparing import Compared, heading, listed
from geo.changes.merge import row_keys
from geo.changes.plausible import implausible
from geo.data.story import frame_of
from geo.periods import order
from geo.schema import ADCODES, CITY, UNDATED, Atlas, number_text
from geo.uploads.findings import MOST
from geo.uploads.model import Finding, Mode, Severity, Upload

__all__ = ["find"]

EXACT = 1e-5  # relative tolerance of sums where the catalogue gives none: eleven rounded figures
YEARS = 10_000
# Code, and the least and greatest ratio of a value to the one it is compared with: ten, ten thousand (万) and a hundred million (亿) times.
RATIOS = (
    ("tenfold", 5, 20),
    ("hundredfold", 20.001, 3333),
    ("ten_thousandfold", 1e4 / 3, 3e4),
    ("hundred_millionfold", 1e8 / 3, 3e8),
    ("tenth", 1 / 20, 1 / 5),
    ("hundredth", 1 / 3333, 1 / 20.001),
    ("ten_thousandth", 1 / 3e4, 3 / 1e4),
    ("hundred_millionth", 1 / 3e8, 3 / 1e8),
)


def find(
    upload: Upload, before: Atlas, mode: Mode, merged: Callable[[], pd.DataFrame], sources: Collection[str]
) -> tuple[Finding, ...]:
    """Return what comparing a file brings to light.

    Parameters
    ----------
    upload
        The file as cleaned.
    before
        The data it is compared with.
    mode
        How it is to be merged.
    merged
        Returns the table that would be stored, as text; asked only where a row names no source, for it may keep the one it had.
    sources
        Ids of all sources, one that is about to be added included.

    Returns
    -------
    Findings; nothing is said of rows that cleaning left out.
    """
    found = [] if upload.kind == "slides" else [*_sources(upload, merged, sources)]
    if upload.kind != "indicators":
        return (*found, *_removed(upload, before, mode))
    compared = Compared(upload, before, mode)
    rows = _references(compared)
    reference = np.append(before.indicators["value"].to_numpy(float), np.nan)[rows]
    ranges = (*_ratios(compared, rows, reference), *_gaps(compared), *implausible(compared, reference))
    return (*found, *_totals(compared), *_city(compared), *ranges)


def _sources(upload: Upload, merged: Callable[[], pd.DataFrame], sources: Collection[str]) -> Iterator[Finding]:
    """Yield rows without a source, and sources that are not there; a row that keeps its source needs none in the file."""
    column = next((use.column for use in upload.columns if use.target in ("source", "source_id")), None)
    title = heading(upload, column)
    codes, ids = pd.factorize(upload.table["source_id"])
    for number, id_ in enumerate(ids):
        if id_ in sources:
            continue
        at = codes == number
        if not id_:
            stored = row_keys(merged().query("source_id == ''"), upload.kind)
            at[at] = row_keys(upload.table[at], upload.kind).isin(stored)
        rows = tuple(dict.fromkeys(upload.table.loc[at, "row"].tolist()))
        if rows and id_:
            yield Finding("unknown_source", Severity.ERROR, rows, column, title, id_)
        elif rows:
            yield Finding("no_source", Severity.ERROR, rows, column, title)


def _removed(upload: Upload, before: Atlas, mode: Mode) -> Iterator[Finding]:
    """Yield rows of clusters, tenants or slides that a file which replaces everything lacks."""
    if mode == "replace_all":
        tables = {"clusters": before.clusters, "tenants": before.tenants, "slides": frame_of(before.slides)}
        keys = row_keys(tables[upload.kind], upload.kind)
        gone = keys[~keys.isin(row_keys(upload.table, upload.kind))]
        if len(gone):
            yield Finding(
                "rows_removed",
                Severity.WARNING,
                params={"count": len(gone), "keys": listed(" ".join(map(str, key)) for key in gone)},
            )


def _sums(compared: Compared) -> tuple[np.ndarray, np.ndarray]:
    """Return the sum over the districts in the file, and how many of them there are, for each pair of metric and period."""
    districts = np.array([code in ADCODES for code in compared.adcode[1]], bool)[compared.adcode[0][0]]
    pairs, size = compared.pairs[0][districts], len(compared.metric[1]) * len(compared.period[1])
    return np.bincount(pairs, compared.values[districts], size), np.bincount(pairs, minlength=size)


def _tolerances(compared: Compared) -> np.ndarray:
    """Return the relative tolerance of sums for each metric; NaN for what does not add up."""
    metrics = [compared.before.metrics.get(id_) for id_ in compared.metric[1]]
    return np.array([m.tolerance or EXACT if m and m.kind == "count" else np.nan for m in metrics], float)


def _totals(compared: Compared) -> Iterator[Finding]:
    """Yield total rows that the districts do not sum to, and those that cannot be checked."""
    totals, pairs = compared.upload.totals, compared.pairs[2]
    if totals.empty:
        return
    (sums, counts), wanted = _sums(compared), totals["value"].to_numpy(float)
    off, slack = sums[pairs] - wanted, _tolerances(compared)[compared.metric[0][2]] * np.abs(wanted)
    complete = counts[pairs] == len(ADCODES)
    wrong = np.flatnonzero((complete & (np.abs(off) > slack)) | (~complete & (off > slack)))
    for at in wrong[:MOST]:
        yield _total_finding("total_mismatch" if complete[at] else "total_exceeded", compared, at, sums, counts)
    if len(wrong) > MOST:
        rows = tuple(totals["row"].to_numpy()[wrong[MOST:]].tolist())
        yield Finding("more_values", Severity.ERROR, rows, params={"count": len(wrong) - MOST})
    lost = np.flatnonzero(np.isnan(slack))
    if len(lost):
        yield Finding("total_of_rates", Severity.WARNING, tuple(dict.fromkeys(totals["row"].to_numpy()[lost].tolist())))
    unchecked = np.flatnonzero(~complete & (off <= slack))
    if len(unchecked):
        rows = tuple(dict.fromkeys(totals["row"].to_numpy()[unchecked].tolist()))
        yield Finding("total_unchecked", Severity.NOTE, rows, params={"wanted": len(ADCODES)})


def _total_finding(code: str, compared: Compared, at: int, sums: np.ndarray, counts: np.ndarray) -> Finding:
    """Return a finding about one total row."""
    total, pair = compared.upload.totals.iloc[at], compared.pairs[2][at]
    params = _difference(compared, pair, float(sums[pair]), float(total["value"]))
    column = int(total["column"])
    title = heading(compared.upload, column)
    value = number_text(float(total["value"]))
    return Finding(
        code, Severity.ERROR, (int(total["row"]),), column, title, value, params | {"found": int(counts[pair])}
    )


def _difference(compared: Compared, pair: int, summed: float, total: float) -> dict[str, str | int | float]:
    """Return what a message about a sum needs."""
    metric, period = compared.pair(int(pair))
    texts = {"sum": number_text(summed), "total": number_text(total), "difference": f"{summed - total:+.6g}"}
    return {"metric": metric, "period": period, **texts, "unit": compared.before.metrics[metric].unit}


def _city(compared: Compared) -> Iterator[Finding]:
    """Yield figures of the city, of the file or else the current ones, that the districts in the file do not sum to."""
    if CITY not in compared.adcode[1]:
        return
    sums, counts = _sums(compared)
    published, rows = np.full(len(sums), np.nan), np.full(len(sums), -1)
    city = [codes == compared.adcode[1].index(CITY) for codes in compared.adcode[0]]
    if compared.mode == "update":
        published[compared.pairs[1][city[1]]] = compared.before.indicators["value"].to_numpy(float)[city[1]]
    published[compared.pairs[0][city[0]]] = compared.values[city[0]]
    rows[compared.pairs[0][city[0]]] = np.flatnonzero(city[0])
    off = sums - published
    slack = np.repeat(_tolerances(compared), len(compared.period[1])) * np.abs(published)
    wrong = ((counts == len(ADCODES)) & (np.abs(off) > slack)) | ((counts > 0) & (off > slack))
    listed = np.flatnonzero(wrong)
    for pair in listed[:MOST]:
        at = rows[pair : pair + 1]
        params = _difference(compared, pair, float(sums[pair]), float(published[pair])) | {"found": int(counts[pair])}
        yield compared.finding("city_mismatch", Severity.WARNING, at[at >= 0], **params)
    if len(listed) > MOST:
        yield Finding("more_values", Severity.WARNING, params={"count": len(listed) - MOST})


def _ratios(compared: Compared, rows: np.ndarray, reference: np.ndarray) -> Iterator[Finding]:
    """Yield values that are about ten, ten thousand or a hundred million times, or a fraction of, the figure they are compared with, ``rows`` being its row."""
    if not len(compared.before.indicators) or not len(compared.upload.table):
        return
    values = compared.values
    # ratios are only taken of figures above 0: others leave NaN, which no comparison below holds for
    ratio = np.divide(values, reference, out=np.full(len(values), np.nan), where=(reference > 0) & (values > 0))
    counts = [id_ for id_, metric in compared.before.metrics.items() if metric.kind == "count"]
    ratio[~compared.of_metrics(*counts)] = np.nan
    for code, least, most in RATIOS:
        hit = np.flatnonzero((ratio >= least) & (ratio <= most))
        metrics = compared.metric[0][0][hit]
        for metric in np.unique(metrics):
            yield _ratio_finding(compared, code, hit[metrics == metric], rows, reference)


def _ratio_finding(compared: Compared, code: str, at: np.ndarray, rows: np.ndarray, reference: np.ndarray) -> Finding:
    """Return a finding about values of one metric that look like values in another unit; both periods are named where they differ."""
    first = at[0]
    metric = compared.metric[1][compared.metric[0][0][first]]
    periods = [
        compared.period[1][part[at_]] for part, at_ in zip(compared.period[0], (first, rows[first]), strict=False)
    ]
    numbers = [number_text(float(value)) for value in (compared.values[first], reference[first])]
    if periods[0] != periods[1]:
        numbers = [f"{number} ({period})" for number, period in zip(numbers, periods, strict=True)]
    texts = dict(zip(("example", "reference"), numbers, strict=True))
    params = {"metric": metric, "count": len(at), "unit": compared.before.metrics[metric].unit, **texts}
    return compared.finding(code, Severity.WARNING, at, **params)


def _references(compared: Compared) -> np.ndarray:
    """Return the row of the current figure each row of the file is compared with, -1 where there is none.

    It is the one of the same key, else of the nearest earlier, else of the nearest later period of the same length (a first quarter goes
    with first quarters).
    """
    if not len(compared.before.indicators) or not len(compared.upload.table):
        return np.full(len(compared.values), -1)
    lengths, texts = pd.factorize(np.array([_length(period) for period in compared.period[1]], object))
    years = np.array([int(text[:4]) if text[:4].isdecimal() else 0 for text in compared.period[1]])
    groups, keys = [], []
    for part in (0, 1):
        period = compared.period[0][part]
        series = compared.metric[0][part] * len(compared.adcode[1]) + compared.adcode[0][part]
        groups.append(series * len(texts) + lengths[period])
        keys.append(groups[part] * YEARS + years[period])
    order = np.argsort(keys[1], kind="stable")
    there = groups[1][order]
    before = np.searchsorted(keys[1][order], keys[0], side="right") - 1
    after = np.minimum(before + 1, len(there) - 1)
    before = np.maximum(before, 0)
    later = np.where(there[after] == groups[0], order[after], -1)
    return np.where(there[before] == groups[0], order[before], later)


def _length(period: str) -> str:
    """Return what a period has behind its year: nothing, H1, Q1-Q3, M05."""
    return UNDATED if period == UNDATED else period[4:]


def _gaps(compared: Compared) -> Iterator[Finding]:
    """Yield metrics and periods that would have fewer figures than now; an update removes none."""
    if compared.mode == "update":
        return
    size = len(compared.metric[1]) * len(compared.period[1])
    old, new = np.bincount(compared.pairs[1], minlength=size), np.bincount(compared.pairs[0], minlength=size)
    fewer = (new < old) & ((new > 0) | (compared.mode == "replace_all"))
    periods = len(compared.period[1])
    for metric in np.unique(np.flatnonzero(fewer) // periods):
        own = slice(metric * periods, (metric + 1) * periods)
        yield from _gap_findings(compared, int(metric), np.flatnonzero(fewer[own]), old[own], new[own])


def _gap_findings(
    compared: Compared, metric: int, fewer: np.ndarray, old: np.ndarray, new: np.ndarray
) -> Iterator[Finding]:
    """Yield what is missing of one metric: all of it, whole periods, or districts in some periods."""
    id_, names = compared.metric[1][metric], compared.period[1]
    if not new.any():
        yield Finding("metric_vanishes", Severity.WARNING, params={"metric": id_, "count": int(old.sum())})
        return
    gone = sorted((names[period] for period in fewer if not new[period]), key=order)
    if gone:
        yield Finding("period_vanishes", Severity.WARNING, params={"metric": id_, "periods": listed(gone)})
    fewest = sorted((period for period in fewer if new[period]), key=lambda period: order(names[period]))
    less = [f"{names[period]} ({old[period]} → {new[period]})" for period in fewest]
    if less:
        yield Finding("coverage_shrinks", Severity.WARNING, params={"metric": id_, "periods": listed(less)})
