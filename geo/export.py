"""Figures to files."""

import csv
import io

from geo.book import Book
from geo.schema import ADCODES, CITY, Atlas

__all__ = ["figures_csv", "guard_cell"]

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
    metric = book.metrics[metric_id]
    unit = guard_cell(metric.unit)
    names = {row.adcode: (row.name_en, row.name_zh) for row in atlas.districts.itertuples()} | {
        CITY: ("Guangzhou", "广州市")
    }
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(HEADER)
    for period in book.periods(metric_id):
        column = book.column(metric_id, period)
        for code in (*ADCODES, *({CITY} & column.keys())):
            head = (code, *map(guard_cell, (*names[code], metric.name["en"], metric.name["zh"])), period)
            figure = column.get(code)
            if figure is None:
                writer.writerow((*head, "", unit, "", "", "", "", "", ""))
                continue
            sources = atlas.sources.loc[list(dict.fromkeys(figure.source_ids))]
            told = [
                "; ".join(text)
                for text in (
                    sources["publisher_en"] + ": " + sources["document_en"],
                    sources["publisher_zh"] + "：" + sources["document_zh"],
                    sources["address"],
                    sources["host"],
                )
            ]
            writer.writerow(
                (
                    *head,
                    f"{figure.value:.12g}",
                    unit,
                    figure.quality,
                    *(guard_cell(text) for text in (figure.note, *told)),
                )
            )
    return "\ufeff".encode() + out.getvalue().encode()
