"""Charts and tables of a slide: PowerPoint's own, which can be edited and hold their numbers."""

import itertools
from collections.abc import Sequence
from typing import Any

from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_TICK_LABEL_POSITION, XL_TICK_MARK
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml.ns import qn
from pptx.slide import Slide
from pptx.util import Pt

from geo import wording
from geo.briefing.export.pptx.master import LANGUAGE_IDS
from geo.briefing.export.pptx.shapes import INK, LINE_HEIGHT, Area, Pen, height_of, shortened
from geo.briefing.model import Bar, Chart, Fact
from geo.briefing.small_print import with_unit
from geo.escaping import guard_cell
from geo.maps.text_metrics import printable, text_width
from geo.maps.themes import PAPER, THEMES
from geo.translation import translate

__all__ = ["draw_chart", "draw_table"]

_CELL = 6.0  # points, left and right of a cell's text
_CELL_ENDS = 2.0  # points, above and below it together
_SMALLEST = 8.0  # points, of the words of a table that has much to say
_SIZE, _HEAD = 11.0, 12.0  # points, of the words of a chart and of its title
_NAMES = 0.4  # share of a chart's width that the names of bars take at most
_ROOM = 1.2  # of the largest value, so that its figure has room beside its bar or above its point
_TOP, _BAR = 44.0, 28.0  # points: above the bars, and each with its gap at most
_NOTE_ID = 900  # of the line beneath a chart: below those of the map's shapes, above those that python-pptx counts
_LIGHT = THEMES["light"]


def draw_chart(slide: Slide, chart: Chart, area: Area, language: str, chosen: str = "") -> None:
    """Draw a ranking as bars, the first on top, or a trend as a line with gaps where there is no figure.

    The workbook inside holds the numbers in the unit shown; texts that a spreadsheet would take for formulas are guarded. Of a ranking the
    districts without a figure are named beneath it, and the bar of the ``chosen`` one is marked.
    """
    ranking = chart.kind == "ranking"
    bars = [bar for bar in chart.bars if bar.value is not None] if ranking else chart.bars
    title = printable(with_unit(chart.title, chart.unit, language))
    if ranking:
        area = _above_missing(slide, chart.bars, area, language)
    frame = _add_chart(slide, chart.kind, bars, title, area)
    reading = translate(language, "; ").join(f"{bar.label} {bar.text}" for bar in chart.bars)
    frame._element.nvGraphicFramePr.cNvPr.set("descr", printable(f"{title}\n{reading}"))
    drawn, plot = frame.chart, frame.chart.plots[0]
    drawn.font.size, drawn.font.color.rgb = Pt(_SIZE), _rgb(INK)
    drawn.has_legend = False
    drawn.has_title = True
    drawn.chart_title.text_frame.text = shortened(title, _HEAD, area.width, 2 * _HEAD * LINE_HEIGHT)
    head = drawn.chart_title.text_frame.paragraphs[0].runs[0].font
    head.size, head.bold = Pt(_HEAD), True
    drawn.chart_title.include_in_layout = False
    plot.has_data_labels = ranking or sum(text_width(bar.text, _SIZE) for bar in bars) < 0.8 * area.width
    if ranking:
        _dress_ranking(drawn, plot, bars, chosen)
    else:
        _dress_trend(drawn, plot, bars)


def _add_chart(slide: Slide, kind: str, bars: Sequence[Bar], title: str, area: Area) -> Any:
    """Add a chart with its numbers, not yet dressed."""
    data: Any = CategoryChartData(number_format=_number_format(bars))
    labels = (shortened(printable(bar.label), _SIZE, _NAMES * area.width, _SIZE * LINE_HEIGHT) for bar in bars)
    data.categories = list(map(guard_cell, labels))
    data.add_series(guard_cell(title), [bar.value for bar in bars])
    shape = XL_CHART_TYPE.BAR_CLUSTERED if kind == "ranking" else XL_CHART_TYPE.LINE_MARKERS
    shapes: Any = slide.shapes
    frame = shapes.add_chart(shape, *area.emu(), data)
    frame.name = "Chart"
    return frame


def _above_missing(slide: Slide, bars: Sequence[Bar], area: Area, language: str) -> Area:
    """Name the bars without a figure and return what is left above them for the others, no higher than bars of a fit size need."""
    missing = [bar for bar in bars if bar.value is None]
    names = wording.listing((bar.label for bar in missing), language)
    said = translate(language, "{label}: {districts}", label=missing[0].text, districts=names) if missing else ""
    said = shortened(said, _SIZE, area.width, area.height / 2)
    room = height_of(said, _SIZE, area.width) + 4 if said else 0.0
    above = area._replace(height=min(area.height - room, _TOP + _BAR * (len(bars) - len(missing))))
    if said:
        beneath = area._replace(y=above.y + above.height + 4, height=room - 4)
        Pen(slide.shapes.element, language, itertools.count(_NOTE_ID)).words(
            "No data", said, beneath, _SIZE, colour=_LIGHT.faint
        )
    return above


def _number_format(bars: Sequence[Bar], mark: str = "") -> str:
    """Return the number format with as many decimals as the texts of the bars have, signs where they have a plus, and a ``mark`` behind."""
    texts = [bar.text.removesuffix(_mark_of(bar)) for bar in bars if bar.value is not None]
    decimals = max((len(text.partition(".")[2]) for text in texts), default=0)
    plain = "#,##0" + ("." + "0" * decimals if decimals else "") + (f'"{mark}"' if mark else "")
    return f"+{plain};\u2212{plain};{plain}" if any(text.startswith("+") for text in texts) else plain


def _mark_of(bar: Bar) -> str:
    """Return what stands behind the number of a bar: an asterisk, a dagger, both, or nothing."""
    return bar.text[len(bar.text.rstrip("*†")) :] if bar.value is not None else ""


def _mark_figures(series: Any, bars: Sequence[Bar]) -> None:
    """Let each figure carry its own mark; a label of its own is as those of its series, which stand in place of those of the plot."""
    for index, bar in enumerate(bars):
        if mark := _mark_of(bar):
            series.points[index].data_label.position = series.data_labels.position
            label = series.points[index].data_label._get_or_add_dLbl()
            code = {"formatCode": _number_format(bars, mark), "sourceLinked": "0"}
            label.insert_element_before(
                label.makeelement(qn("c:numFmt"), code), "c:spPr", "c:txPr", "c:dLblPos", "c:showLegendKey"
            )


def _dress_ranking(chart: Any, plot: Any, bars: Sequence[Bar], chosen: str) -> None:
    """Let bars look like those of the dashboard: the colours of the map, the largest on top, figures instead of an axis."""
    plot.gap_width, plot.vary_by_categories = 35, False
    labels = plot.series[0].data_labels
    labels.show_value = True
    _label_bars(labels)
    _mark_figures(plot.series[0], bars)
    categories, values = chart.category_axis, chart.value_axis
    categories.reverse_order = True
    categories.major_tick_mark = XL_TICK_MARK.NONE
    categories.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    _label_each(categories)
    categories.format.line.color.rgb = _rgb(_LIGHT.hatch)
    values.visible = values.has_major_gridlines = False
    largest = max(bar.value or 0 for bar in bars)
    if all(bar.value is None or bar.value >= 0 for bar in bars):
        values.minimum_scale, values.maximum_scale = 0, _ROOM * largest or None
    for index, bar in enumerate(bars):
        if bar.colour:
            point = plot.series[0].points[index].format
            point.fill.solid()
            point.fill.fore_color.rgb = _rgb(bar.colour)
            point.line.color.rgb, point.line.width = _rgb(_LIGHT.faint), Pt(0.5)  # the lightest class on white
        if chosen and bar.adcode == chosen:
            _mark(plot.series[0].points[index])


def _mark(point: Any) -> None:
    """Mark the bar of the selected district: a dark outline, its figure in bold type."""
    point.format.line.color.rgb, point.format.line.width = _rgb(INK), Pt(2)
    _label_bars(point.data_label)
    point.data_label.font.bold = True


def _label_bars(labels: Any) -> None:
    """Let figures stand right of their bars, each in one line."""
    labels.font.size, labels.font.color.rgb = Pt(_SIZE), _rgb(INK)
    labels.position = XL_LABEL_POSITION.OUTSIDE_END
    for body in labels.font._element.iterancestors(qn("c:txPr")):
        body.find(qn("a:bodyPr")).set("wrap", "none")


def _label_each(axis: Any) -> None:
    """Let an axis name every category, however close they stand."""
    last = axis._element.find(qn("c:noMultiLvlLbl"))
    last.addprevious(last.makeelement(qn("c:tickLblSkip"), {"val": "1"}))
    axis.tick_labels.font.size = Pt(_SIZE)
    axis._element.txPr.bodyPr.set("rot", "0")


def _dress_trend(chart: Any, plot: Any, bars: Sequence[Bar]) -> None:
    """Let the line be read: one colour, straight between figures, from zero; a grid only where figures are not written beside it."""
    series = plot.series[0]
    series.smooth = False
    series.format.line.color.rgb, series.format.line.width = _rgb(PAPER.heading), Pt(2.5)
    marker = series.marker
    marker.format.fill.solid()
    marker.format.fill.fore_color.rgb = marker.format.line.color.rgb = _rgb(PAPER.heading)
    marker.size = 7
    values = chart.value_axis
    values.format.line.fill.background()
    values.major_gridlines.format.line.color.rgb = _rgb(_LIGHT.land_line)
    values.major_tick_mark = chart.category_axis.major_tick_mark = XL_TICK_MARK.NONE
    values.tick_labels.number_format, values.tick_labels.number_format_is_linked = _number_format(bars), False
    if plot.has_data_labels:
        series.data_labels.show_value, series.data_labels.position = True, XL_LABEL_POSITION.ABOVE
        _mark_figures(series, bars)
        values.visible = values.has_major_gridlines = False
        values.maximum_scale = _ROOM * max(bar.value or 0 for bar in bars) or None  # room for figures under the title
    if all(bar.value is None or bar.value >= 0 for bar in bars):
        values.minimum_scale = 0


def draw_table(slide: Slide, facts: Sequence[Fact], title: str, area: Area, language: str, size: float) -> None:
    """Draw the districts with value, rank and, where there are any, notes."""
    noted = any(fact.note for fact in facts)
    header = [translate(language, "District"), title, translate(language, "Rank")]
    widths = [0.28, 0.54, 0.18]
    if noted:
        header.append(translate(language, "Note"))
        widths = [0.2, 0.32, 0.12, 0.36]
    rows = [header, *([fact.name, fact.text, str(fact.rank or "–"), fact.note][: len(header)] for fact in facts)]
    rows = [[printable(text) for text in row] for row in rows]
    widths = [area.width * share for share in widths]
    size, heights = _fitted(rows, widths, area.height, size)
    frame: Any = slide.shapes.add_table(len(facts) + 1, len(header), *area.emu())
    frame.name = "Table"
    frame._element.nvGraphicFramePr.cNvPr.set("descr", printable(title))
    table = frame.table
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Pt(width)
    for number, (row, height) in enumerate(zip(rows, heights, strict=True)):
        table.rows[number].height = Pt(height)
        for place, text in enumerate(row):
            short = shortened(text, size, widths[place] - 2 * _CELL, max(height, size * LINE_HEIGHT))
            _write_cell(table.cell(number, place), short, language, size, right=place in (1, 2))


def _fitted(
    rows: Sequence[Sequence[str]], widths: Sequence[float], height: float, size: float
) -> tuple[float, list[float]]:
    """Return the largest size up to one at which every word of a table fits into its height, and the heights of its rows."""
    while True:
        needs = [
            max(height_of(text, size, width - 2 * _CELL) for text, width in zip(row, widths, strict=True)) + _CELL_ENDS
            for row in rows
        ]
        if sum(needs) <= height or size <= _SMALLEST:
            return size, [need * height / sum(needs) for need in needs]
        size -= 1


def _write_cell(cell: Any, text: str, language: str, size: float, *, right: bool) -> None:
    """Write a cell of a table; figures stand to the right."""
    cell.margin_top = cell.margin_bottom = Pt(_CELL_ENDS / 2)
    cell.margin_left = cell.margin_right = Pt(_CELL)
    cell.vertical_anchor = MSO_ANCHOR.MIDDLE
    paragraph = cell.text_frame.paragraphs[0]
    paragraph.alignment = PP_ALIGN.RIGHT if right else PP_ALIGN.LEFT
    run = paragraph.add_run()
    run.text = text or "\u00a0"  # an empty cell is as high as the largest text of the master
    run.font.size, run.font.language_id = Pt(size), LANGUAGE_IDS[language]


def _rgb(colour: str) -> RGBColor:
    """Return ``#rrggbb`` as python-pptx takes it."""
    found: RGBColor = RGBColor.from_string(colour[1:].upper())
    return found
