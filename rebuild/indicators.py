"""Figures from the collected facts, as ``data/indicators.csv``: tidy, each with its source and quality."""

import warnings
from decimal import Decimal
from pathlib import Path

import pandas as pd

# Name of the metric in facts.csv -> (metric id, period where the fact's own year is none or a day)
METRICS = {
    "resident population (2020 census)": ("population", "2020"),
    "resident population (2010 census; Huangpu incl. Luogang)": ("population", "2010"),
    "resident population (2010 census)": ("population", "2010"),
    "resident population, year-end": ("population", ""),
    "land area (yearbook series, sums to 7434.40)": ("area_official", "undated"),
    "land area": ("area_official", "undated"),
    "GDP (current prices, as first published)": ("gdp", ""),
    "GDP": ("gdp", ""),
    "GDP (current prices, as first published) (rounded)": ("gdp", ""),
    "GDP real growth": ("gdp_growth", ""),
    "total retail sales of consumer goods": ("retail_sales", ""),
    "cross-border e-commerce imports and exports": ("cross_border_trade", ""),
}
# Facts that stay out, by subject, name and year.
LEFT_OUT = [
    # One district and the city by arithmetic: GDP per head of the year would divide by one kind of residents here and another there.
    ("Nansha", "resident population, year-end", "2022"),
    ("Guangzhou", "resident population, year-end", "2022"),
    # Rounded, where a figure to 0.1 is there; it confirms that.
    ("Huangpu", "GDP (current prices, as first published) (rounded)", "2024"),
    # Years before the base was revised, one rounded and one our arithmetic: beside the others they would look like a series.
    ("Guangzhou", "cross-border e-commerce imports and exports", "2017"),
    ("Guangzhou", "cross-border e-commerce imports and exports", "2021"),
]
# Remarks on facts in Chinese; a note is stored once, for files of both languages.
NOTES = {"rounded": "取整", "rounded in title": "标题中取整"}
YEAR = r"\d{4}"  # of a whole year; parts of a year have no metric
FACTORS = {"万人": 10_000}  # from the unit of the fact to that of the metric, where they differ
ADCODES = {
    "Guangzhou": "440100", "Liwan": "440103", "Yuexiu": "440104", "Haizhu": "440105", "Tianhe": "440106", "Baiyun": "440111",
    "Huangpu": "440112", "Panyu": "440113", "Huadu": "440114", "Nansha": "440115", "Conghua": "440117", "Zengcheng": "440118",
}  # fmt: skip
QUALITY = {
    "verified on page": "verified",
    "verified on page (low-quality source)": "secondary",
    "derived (arithmetic)": "derived",
}


def build(facts: Path, sources: Path) -> pd.DataFrame:
    """Return the indicators found in the facts.

    Parameters
    ----------
    facts
        The collected facts, UTF-8 CSV.
    sources
        ``data/sources.csv``; the source whose ``address`` begins the fact's address is the fact's source.

    Returns
    -------
    ``adcode, metric, period, value, source_id, quality, note``; values as text, in the metric's catalogue unit.

    Raises
    ------
    ValueError
        If a fact that is to be used has no known source.

    Warns
    -----
    UserWarning
        If METRICS does not name a metric of the facts; names each.
    """
    table = pd.read_csv(facts, dtype=str, keep_default_na=False)
    _warn_of_unknown(table)
    used = table[
        table.metric.isin(METRICS) & table.subject.isin(ADCODES) & table.confidence.isin(QUALITY) & (table.value != "")
    ]
    whole = used.year.str.fullmatch(YEAR) | used.metric.map(lambda metric: METRICS[metric][1] != "")
    left_out = pd.Index(LEFT_OUT)
    used = used[whole & ~pd.MultiIndex.from_frame(used[["subject", "metric", "year"]]).isin(left_out)]
    addresses = (
        pd.read_csv(sources, dtype=str, keep_default_na=False).query("address != ''").set_index("source_id").address
    )
    rows = [_row(fact, addresses) for fact in used.itertuples()]
    return pd.DataFrame(rows).sort_values(["metric", "period", "adcode"], ignore_index=True)


def _warn_of_unknown(table: pd.DataFrame) -> None:
    """Warn of figures of a whole year that are left out because METRICS does not name their metric."""
    figures = table[
        table.subject.isin(ADCODES)
        & table.confidence.isin(QUALITY)
        & table.year.str.fullmatch(YEAR)
        & (table.value != "")
    ]
    unknown = sorted({*figures.metric} - {*METRICS})
    if unknown:
        left_out = "\n  ".join(unknown)
        warnings.warn(
            f"facts.csv: left out, because METRICS of rebuild/indicators.py does not name them:\n  {left_out}",
            stacklevel=3,
        )


def _row(fact, addresses: pd.Series) -> dict[str, str]:
    """Return one indicator row of one fact."""
    metric, period = METRICS[fact.metric]
    number, _, remark = fact.value.partition(" (")
    if fact.unit in FACTORS:
        number = str(int(Decimal(number) * FACTORS[fact.unit]))
    remark = remark.rstrip(")")
    if fact.metric.endswith("(rounded)"):
        remark = "rounded"
    if remark and remark not in NOTES:
        raise ValueError(f"facts.csv: {fact.subject}, {fact.metric}: NOTES has no Chinese for the remark {remark!r}")
    known = [(len(address), source) for source, address in addresses.items() if fact.source.startswith(address)]
    if not known:
        raise ValueError(
            f"facts.csv: {fact.subject}, {fact.metric}: no row of sources.csv has the address {fact.source!r}"
        )
    return {
        "adcode": ADCODES[fact.subject],
        "metric": metric,
        "period": period or fact.year,
        "value": number,
        "source_id": max(known)[1],
        "quality": "secondary" if remark else QUALITY[fact.confidence],
        "note": f"{remark} / {NOTES[remark]}" if remark else "",
    }
