"""What the colours of a map mean, in words."""

from dataclasses import dataclass

from geo import wording
from geo.figures import claims, measures
from geo.figures.classification import Classes
from geo.figures.table import FigureTable
from geo.periods import order
from geo.schema import ADCODES, PAIR, UNDATED, Atlas
from geo.translation import mark, translate

__all__ = ["Legend", "Swatch", "legend", "locked_note", "unplaced_note"]

_LOCKED = {  # by whether they are figures of all periods, of those as long as the one shown, or changes
    "all": mark(
        "Class limits are computed once for all periods ({first} to {last}), so a colour always means the same value. Dashed lines: schematic cluster areas."
    ),
    "some": mark(
        "Class limits are computed once for all periods of the same length ({first} to {last}), so a "
        "colour always means the same value among them. Dashed lines: schematic cluster areas."
    ),
    "change": mark(
        "Class limits are computed once for the changes between any two periods ({first} to {last}), so a "
        "colour always means the same change. Dashed lines: schematic cluster areas."
    ),
}


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


def legend(figure_table: FigureTable, classes: Classes, metric_id: str, language: str, period: str) -> Legend:
    """Return the legend of a metric: its classes from low to high, then "No data".

    The title names the period, and the note begins with what must be said of its figures and says what an asterisk means.
    Changes are hatched where two figures do not compare; their legend says so only where the pair of periods has such districts.
    """
    metric = figure_table.metrics[metric_id]
    limits = zip(classes.edges, classes.edges[1:], strict=False)
    swatches = [
        Swatch(colour, wording.range_text(low, high, metric, language))
        for colour, (low, high) in zip(classes.colours, limits, strict=True)
    ]
    if metric.kind != "change":
        swatches.append(Swatch("", translate(language, "No data")))
    elif figure_table.coverage(metric_id, period) < len(ADCODES):
        swatches.append(Swatch("", translate(language, "No comparable figures in both years")))
    if classes.scheme == "manual" and len(classes):
        note = translate(
            language,
            "Class limits set by hand. Dashed lines: schematic cluster areas. Blue bands: rivers, schematic width.",
        )
    else:
        note = locked_note(figure_table, metric_id, period, language)
    for said in (claims.footnote(figure_table, metric_id, period, language), metric.remark(period, language)):
        if said:
            note = translate(language, "{first} {second}", first=said, second=note)
    return Legend(
        claims.title(figure_table, metric_id, period, language), metric.show[language].unit, tuple(swatches), note
    )


def unplaced_note(atlas: Atlas, cluster_id: str, language: str) -> str:
    """Return the sentence that names the tenants of a cluster that its close-up does not show, as their sites are not known; "" without any."""
    newest = measures.current_tenants(atlas.tenants, cluster_id)
    unplaced = newest.loc[newest["site_id"] == "", f"company_{language}"]
    if unplaced.empty:
        return ""
    who = wording.listing(unplaced, language)
    return translate(language, "Not on the map, as their sites are not known: {who}.", who=who)


def locked_note(figure_table: FigureTable, metric_id: str, period: str, language: str) -> str:
    """Return the sentence that says over which periods the limits are computed."""
    locked = figure_table.as_long(metric_id, period)
    periods = sorted({end for one in locked for end in one.split(PAIR)}, key=order)
    if len(periods) < 2 or UNDATED in periods or not figure_table.all_values(metric_id, period):
        return translate(language, "Dashed lines: schematic cluster areas. Blue bands: rivers, schematic width.")
    first, last = (wording.period_label(end, language) for end in (periods[0], periods[-1]))
    some = len(locked) < len(figure_table.periods(metric_id))
    text = _LOCKED["change" if figure_table.metrics[metric_id].kind == "change" else "some" if some else "all"]
    return translate(language, text, first=first, last=last)
