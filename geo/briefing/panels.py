"""What stands beside the map of a slide, in a language: chart, table, and the sources of both."""

from collections.abc import Sequence

from geo import wording
from geo.briefing.context import SlideContext
from geo.briefing.model import Bar, Chart, Fact
from geo.figures import claims
from geo.figures.table import Figure, FigureTable
from geo.schema import ADCODES, Metric
from geo.translation import translate

__all__ = ["chart", "chart_sources", "facts", "facts_title", "map_sources"]


def chart(context: SlideContext, language: str) -> Chart | None:
    """Return the chart of a slide; None where it has none, and where there is no figure to draw."""
    if context.slide.chart == "ranking":
        bars, unit = _ranking(context, language), context.metric.show[language].unit
        made = Chart("ranking", _covered(claims.title(*context.shown, language), context, language), unit, bars)
    elif context.slide.chart == "trend":
        unit = context.table.metrics[context.view.metric].show[language].unit
        made = Chart("trend", _trend_title(context, language), unit, _trend(context, language))
    else:
        return None
    return None if all(bar.value is None for bar in made.bars) else made


def _ranking(context: SlideContext, language: str) -> tuple[Bar, ...]:
    """Return a bar a district, largest first, those without a figure last."""
    figures, metric_id, period = context.shown
    classes, called, bars = context.classes, context.member_names(language), []
    for code in context.in_order:
        figure = context.column.get(code)
        colour = classes.colours[classes.index(figure.value)] if figure else ""
        text = _text(figure, figures, metric_id, period, language)
        bars.append(Bar(called[code], _scaled(figure, context.metric, language), text, colour, code))
    return tuple(bars)


def _trend(context: SlideContext, language: str) -> tuple[Bar, ...]:
    """Return a point a period of the selected district, or of the city as published."""
    metric = context.table.metrics[context.view.metric]
    return tuple(
        Bar(
            wording.period_label(period, language),
            _scaled(figure, metric, language),
            _text(figure, context.table, metric.id, period, language),
        )
        for period, figure in context.series
    )


def _trend_title(context: SlideContext, language: str) -> str:
    """Return whose figures a trend shows, and what an asterisk at any of them means."""
    metric = context.table.metrics[context.view.metric]
    drawn = [period for period, figure in context.series if figure]
    notes = (claims.footnote(context.table, metric.id, period, language) for period in drawn)
    return " · ".join((context.place(language), metric.name[language], *dict.fromkeys(filter(None, notes))))


def _scaled(figure: Figure | None, metric: Metric, language: str) -> float | None:
    """Return a figure in the unit shown."""
    return figure.value * metric.show[language].scale if figure else None


def _text(figure: Figure | None, table: FigureTable, metric_id: str, period: str, language: str) -> str:
    """Return a figure for reading, without its unit."""
    if figure is None:
        return claims.without_figure(table, metric_id, language)
    text = claims.format_value(table, metric_id, period, figure.value, language)
    return text + (claims.SECONDARY_MARK if figure.quality == "secondary" else "")


def facts(context: SlideContext, language: str) -> tuple[Fact, ...]:
    """Return the table behind a map: every district of the tier by rank among all eleven, those without a figure last."""
    figures, metric_id, period = context.shown
    called, rows = context.member_names(language), []
    for code in context.in_order:
        figure = context.column.get(code)
        text = (
            claims.amount(figures, metric_id, period, figure.value, language)
            if figure
            else claims.without_figure(figures, metric_id, language)
        )
        note = translate(language, "Secondary source") if figure and figure.quality == "secondary" else ""
        note = note or figures.gap(metric_id, period, code).get(language, "")
        scaled = _scaled(figure, context.metric, language)
        rows.append(Fact(code, called[code], scaled, text, context.ranking.place(code), note))
    return tuple(rows)


def facts_title(context: SlideContext, language: str) -> str:
    """Return what the table shows: metric, unit, period, how many districts have a figure where not all have, what ranks are of, and an asterisk's meaning."""
    title = translate(
        language,
        "{metric} ({unit}), {period}",
        metric=claims.metric_name(*context.shown, language),
        unit=context.metric.show[language].unit,
        period=wording.period_label(context.view.column, language),
    )
    base = claims.rank_base(context.ranking, language)
    parts = (
        _covered(title, context, language),
        translate(language, "ranked out {base}", base=base) if context.ranking.known > 1 else base,
        claims.footnote(*context.shown, language),
    )
    return " · ".join(filter(None, parts))


def _covered(title: str, context: SlideContext, language: str) -> str:
    """Return a title with how many districts have a figure, where not all have; of a single one its row says that."""
    known, wanted = sum(code in context.column for code in context.members), len(context.members)
    return title if wanted in (known, 1) else f"{title} · {claims.districts(known, wanted, language)}"


def chart_sources(context: SlideContext) -> Sequence[str]:
    """Return the ids of the sources of every figure in a slide's chart, each once."""
    if context.slide.chart == "ranking":
        return map_sources(context)
    drawn = context.series if context.slide.chart == "trend" else ()
    return tuple(dict.fromkeys(source for _, figure in drawn if figure for source in figure.source_ids))


def map_sources(context: SlideContext) -> Sequence[str]:
    """Return the ids of the sources of every figure on a map, each once, in the order of the districts' codes."""
    column = context.column
    found = [
        source for code in ADCODES if code in context.members and code in column for source in column[code].source_ids
    ]
    return tuple(dict.fromkeys(found))
