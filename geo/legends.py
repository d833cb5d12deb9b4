"""What the colours of a map mean, in words."""

from dataclasses import dataclass

from geo import wording
from geo.book import Book
from geo.classification import Classes
from geo.schema import UNDATED
from geo.translation import translate

__all__ = ["Legend", "Swatch", "legend", "locked_note"]


@dataclass(frozen=True)
class Swatch:
    """One entry of a legend."""

    colour: str  # #rrggbb; "" hatched, for no data
    label: str


@dataclass(frozen=True)
class Legend:
    """What the colours of a map mean, in one language."""

    title: str
    unit: str
    swatches: tuple[Swatch, ...]
    note: str  # over which periods the limits hold, and what dashed outlines are


def legend(book: Book, classes: Classes, metric_id: str, language: str, period: str = "") -> Legend:
    """Return the legend of a metric: its classes from low to high, then "No data"; its title names the period where one is given."""
    metric = book.metrics[metric_id]
    limits = zip(classes.edges, classes.edges[1:], strict=False)
    swatches = [
        Swatch(colour, wording.range_text(low, high, metric, language))
        for colour, (low, high) in zip(classes.colours, limits, strict=True)
    ]
    swatches.append(Swatch("", translate(language, "No data")))
    if classes.scheme == "manual" and len(classes):
        note = translate(
            language, "Limits set by hand. Dashed: schematic cluster areas. Blue bands: river, schematic width."
        )
    else:
        note = locked_note(book, metric_id, language)
    name = metric.name[language]
    title = f"{name} · {wording.period_label(period, language)}" if period else name
    return Legend(title, metric.show[language].unit, tuple(swatches), note)


def locked_note(book: Book, metric_id: str, language: str) -> str:
    """Return the sentence that says over which periods the limits are computed."""
    periods = book.periods(metric_id)
    if len(periods) < 2 or UNDATED in periods or not book.all_values(metric_id):
        return translate(language, "Dashed: schematic cluster areas. Blue bands: river, schematic width.")
    return translate(
        language,
        "Limits computed once over all periods ({first} to {last}): a colour means the same value in each. Dashed: schematic cluster areas.",
        first=wording.period_label(periods[0], language), last=wording.period_label(periods[-1], language),
    )  # fmt: skip
