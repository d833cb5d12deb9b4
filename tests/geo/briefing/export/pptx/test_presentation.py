"""The PowerPoint file of decks made by hand, read again; and of the shipped story, drawn by LibreOffice."""

import io
import re
import subprocess
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import replace

import openpyxl
import pytest
import segno
import shapely
from PIL import Image
from pptx import Presentation
from pptx.enum.dml import MSO_FILL, MSO_PATTERN
from pptx.enum.shapes import MSO_SHAPE_TYPE, PP_PLACEHOLDER
from pptx.oxml.ns import qn
from pptx.util import Pt

from geo.briefing.export.pptx.presentation import deck_pptx
from geo.briefing.export.pptx.shapes import Pen, fitting, shortened, solid
from geo.briefing.model import Bar, Chart, Deck, Face, Fact, Legend, Scene, Swatch
from geo.figures import measures
from geo.figures.data_version import DataVersion
from geo.maps.folium_map import MapStyle, Shape
from geo.schema import ADCODES
from geo.view import View

pytestmark = pytest.mark.slow

LIWAN, YUEXIU, HAIZHU = ADCODES[:3]
HOSTILE = "<&\x0b'\"\ud800]]>"
HOSTILE_SHOWN = "<&'\"]]>"
MAP_STYLE = MapStyle(
    {LIWAN: Shape("#0b3a70", lines=("9 u", "Rank 1 of 1")), YUEXIU: Shape(lines=("No data",)), HAIZHU: Shape("#123456", muted=True)},
    head="People · 2020",
)  # fmt: skip
RANKING = Chart(
    "ranking", "People · 2020", "u", (Bar("Liwan", 9.5, "9.5", "#0b3a70", LIWAN), Bar("Yuexiu", None, "No data", "", YUEXIU))
)  # fmt: skip
TREND = Chart(
    "trend", "City · People", "u", (Bar("2010", 7.0, "7"), Bar("2015", None, "No data"), Bar("2020", 9.0, "9"))
)
FACTS = (Fact(LIWAN, "Liwan", 9.5, "9.5 u", 1, "Secondary source"), Fact(YUEXIU, "Yuexiu", None, "No data", None))
FACE = Face(
    "Title", "Text.", "Say this.", MAP_STYLE, Legend("People", "u", (Swatch("#0b3a70", "1 – 9"), Swatch("", "No data")), "Note."),
    None, (), "", ("Bureau: Yearbook", "Office: Census"), "Data: version 3",
)  # fmt: skip


@pytest.fixture
def deck(atlas):
    """Return a maker of decks with one scene for each face; all show the three districts of the atlas."""
    west, south, east, north = map(float, atlas.districts.total_bounds)
    view = View("people", "2020", "quantile", 3)

    def make(*faces: Face, **fields: object) -> Deck:
        scenes = tuple(
            Scene(f"s{number}", view, (west, south, east, north), {"en": face, "zh": replace(face, map_style=replace(face.map_style, language="zh"))})
            for number, face in enumerate(faces)
        )  # fmt: skip
        data_version = DataVersion(atlas, measures.figures(atlas), 3, "2026-11-24")
        return Deck(scenes, data_version, {"en": "Whole story", "zh": "整个故事"}, **fields)

    return make


def opened(deck: Deck, language: str = "en"):
    """Return the file of a deck, opened again."""
    return Presentation(io.BytesIO(deck_pptx(deck, language)))


def slides(deck: Deck, language: str = "en") -> list:
    """Return the slides of the file of a deck."""
    return list(opened(deck, language).slides)


def named(slide, name: str):
    """Return the shape of a name, within groups too."""
    return next(shape for shape in every(slide.shapes) if shape.name == name)


def every(shapes) -> Iterator:
    """Yield all shapes, those of groups too."""
    for shape in shapes:
        yield shape
        if shape.shape_type == MSO_SHAPE_TYPE.GROUP:
            yield from every(shape.shapes)


def districts(slide) -> dict:
    """Return the freeforms of the districts by adcode."""
    group = named(slide, "Map")
    found = [shape for shape in group.shapes if shape.name.split(" ")[0] in ADCODES]
    assert all(shape.shape_type == MSO_SHAPE_TYPE.FREEFORM for shape in found)
    return {shape.name.split(" ")[0]: shape for shape in found}


def alt(shape) -> str:
    """Return the alternative text of a shape."""
    return shape._element.xpath(".//p:cNvPr")[0].get("descr", "")


def footer(slide) -> str:
    """Return the text of the footer."""
    return next(p.text_frame.text for p in slide.placeholders if p.placeholder_format.type == PP_PLACEHOLDER.FOOTER)


# ---- the map ----------------------------------------------------------------------------------------------------------


def test_districts_are_freeforms_named_and_coloured_as_on_the_map(deck):
    shapes = districts(slides(deck(FACE))[0])
    assert [shape.name for shape in shapes.values()][:2] == [f"{LIWAN} Liwan", f"{YUEXIU} Yuexiu"]
    assert str(shapes[LIWAN].fill.fore_color.rgb) == "0B3A70"
    assert alt(shapes[LIWAN]) == "Liwan, People · 2020, 9 u, Rank 1 of 1"
    assert str(shapes[HAIZHU].fill.fore_color.rgb) == "E6E4DF"  # muted, though it has a colour


def test_no_data_is_hatched_on_the_map_and_in_the_legend(deck):
    slide = slides(deck(FACE))[0]
    for shape in (districts(slide)[YUEXIU], named(slide, "Swatch 2")):
        assert (shape.fill.type, shape.fill.pattern) == (MSO_FILL.PATTERNED, MSO_PATTERN.WIDE_UPWARD_DIAGONAL)


def test_names_are_in_the_language_of_the_deck(deck):
    assert districts(slides(deck(FACE), "zh")[0])[LIWAN].name == f"{LIWAN} 荔湾"


def test_selection_zones_and_marks_are_shapes_of_the_map(deck):
    slide = slides(deck(replace(FACE, map_style=replace(MAP_STYLE, selected=LIWAN))))[0]
    names = {shape.name for shape in named(slide, "Map").shapes}
    assert {"Selection", "pazhou Pazhou", "Mark pazhou", "Name pazhou", f"Name {LIWAN}", "440600 Foshan"} <= names
    assert "Selection" not in {shape.name for shape in every(slides(deck(FACE))[0].shapes)}


def test_legend_says_title_unit_classes_and_note(deck):
    slide = slides(deck(FACE))[0]
    assert str(named(slide, "Swatch 1").fill.fore_color.rgb) == "0B3A70"
    texts = [
        named(slide, name).text_frame.text
        for name in ("Legend title", "Swatch 1 label", "Swatch 2 label", "Legend note")
    ]
    assert texts == ["People (u)", "1 – 9", "No data", "Note."]
    assert "Legend" not in {shape.name for shape in every(slides(deck(replace(FACE, legend=None)))[0].shapes)}


def test_rings_inside_rings_are_contours_of_one_path():
    slide = Presentation().slides.add_slide(Presentation().slide_layouts[6])
    rings = [((0, 0), (10, 0), (10, 10), (0, 10)), ((2, 2), (8, 2), (8, 8), (2, 8))]
    Pen(slide.shapes.element, "en").freeform("Ring", "", rings, solid("#0b3a70"))
    (path,) = slide.shapes[-1]._element.iter(qn("a:path"))
    assert [len(path.findall(qn(f"a:{tag}"))) for tag in ("moveTo", "lnTo", "close")] == [2, 6, 2]
    assert slide.shapes[-1].width == slide.shapes[-1].height == Pt(10)


def test_shape_ids_are_unique_on_every_slide(story):
    for slide in slides(story):
        ids = [element.get("id") for element in slide.shapes.element.iter(qn("p:cNvPr"))]
        assert len(ids) == len(set(ids))


# ---- charts and tables ------------------------------------------------------------------------------------------------


def test_ranking_has_numbers_and_the_maps_colours_with_the_largest_on_top(deck):
    frame = named(slides(deck(replace(FACE, chart=RANKING)))[0], "Chart")
    chart, plot = frame.chart, frame.chart.plots[0]
    assert list(plot.categories) == ["Liwan"]
    assert tuple(plot.series[0].values) == (9.5,)
    assert str(plot.series[0].points[0].format.fill.fore_color.rgb) == "0B3A70"
    assert chart.category_axis.reverse_order
    assert not chart.value_axis.visible
    assert plot.data_labels.show_value
    assert chart.chart_title.text_frame.text == "People · 2020 (u)"
    assert alt(frame) == "People · 2020 (u)\nLiwan 9.5; Yuexiu No data"


@pytest.mark.parametrize(("language", "said"), [("en", "No data: Yuexiu, Haizhu"), ("zh", "No data：Yuexiu、Haizhu")])
def test_districts_without_a_figure_are_named_beneath_the_bars(deck, language, said):
    bars = (*RANKING.bars, Bar("Haizhu", None, "No data", "", HAIZHU))
    slide = slides(deck(replace(FACE, chart=replace(RANKING, bars=bars))), language)[0]
    chart, line = named(slide, "Chart"), named(slide, "No data")
    assert line.text_frame.text == said
    assert line.top >= chart.top + chart.height
    whole = replace(RANKING, bars=RANKING.bars[:1])
    assert "No data" not in {shape.name for shape in every(slides(deck(replace(FACE, chart=whole)))[0].shapes)}


@pytest.mark.parametrize(("count", "height"), [(1, 72), (2, 100), (3, 128), (11, 222)])
def test_few_bars_are_no_thicker_than_many(deck, count, height):
    bars = tuple(Bar(f"District {number}", 1.0 + number, "1") for number in range(count))
    frame = named(slides(deck(replace(FACE, chart=replace(RANKING, bars=bars))))[0], "Chart")
    assert frame.height == Pt(height)
    assert frame.chart.value_axis.maximum_scale == pytest.approx(1.2 * count)  # room for the largest figure


def test_bar_of_the_selected_district_is_marked(deck):
    bars = (*RANKING.bars[:1], Bar("Haizhu", 2.0, "2.0", "#123456", HAIZHU))
    plain = deck(replace(FACE, chart=replace(RANKING, bars=bars)))
    chosen = replace(plain.scenes[0], view=replace(plain.scenes[0].view, sel=HAIZHU))
    [series] = named(slides(replace(plain, scenes=(chosen,)))[0], "Chart").chart.plots[0].series
    liwan, haizhu = series.points[0], series.points[1]
    assert [point.format.line.width for point in (liwan, haizhu)] == [Pt(0.5), Pt(2)]
    assert haizhu.data_label.font.bold
    assert series.data_labels.show_value  # of the others too
    [unmarked] = named(slides(plain)[0], "Chart").chart.plots[0].series
    assert unmarked.points[1].format.line.width == Pt(0.5)


@pytest.mark.parametrize(("text", "form"), [("9.5", "#,##0.0"), ("+9.5", "+#,##0.0;\u2212#,##0.0;#,##0.0")])
def test_figures_at_the_bars_have_decimals_and_signs_as_they_are_written(deck, text, form):
    bars = (Bar("Liwan", 9.5, text), Bar("Yuexiu", -2.0, "\u22122.0"))
    chart = named(slides(deck(replace(FACE, chart=replace(RANKING, bars=bars))))[0], "Chart").chart
    sheet = openpyxl.load_workbook(io.BytesIO(chart.part.chart_workbook.xlsx_part.blob)).active
    assert sheet["B2"].number_format == form
    assert chart._chartSpace.find(f".//{qn('c:formatCode')}").text == form


@pytest.mark.parametrize("kind", ["ranking", "trend"])
def test_figures_at_the_bars_keep_their_marks(deck, kind):
    bars = (Bar("2020", 9.5, "9.5*", "#0b3a70"), Bar("2021", 9.25, "9.2"), Bar("2022", -1.0, "+1.0*†"))
    chart = named(slides(deck(replace(FACE, chart=replace(RANKING, kind=kind, bars=bars))))[0], "Chart").chart
    assert chart._chartSpace.find(f".//{qn('c:formatCode')}").text == "+#,##0.0;−#,##0.0;#,##0.0"
    labels = chart.plots[0].series[0]._element.findall(f"{qn('c:dLbls')}/{qn('c:dLbl')}")
    forms = {one.find(qn("c:idx")).get("val"): one.find(qn("c:numFmt")).get("formatCode") for one in labels}
    assert forms == {
        "0": '+#,##0.0"*";−#,##0.0"*";#,##0.0"*"',
        "2": '+#,##0.0"*†";−#,##0.0"*†";#,##0.0"*†"',
    }, "that of 2021 has none"
    assert chart.plots[0].series[0].data_labels.show_value


def test_workbook_inside_a_chart_holds_numbers_and_no_formulas(deck):
    bars = (Bar("=1+1", 9.5, "9.5"), Bar("Yuexiu", 2.0, "2.0"))
    chart = named(slides(deck(replace(FACE, chart=replace(RANKING, bars=bars))))[0], "Chart").chart
    sheet = openpyxl.load_workbook(io.BytesIO(chart.part.chart_workbook.xlsx_part.blob)).active
    assert [tuple(cell.value for cell in row) for row in sheet.rows] == [
        (None, "People · 2020 (u)"), ("'=1+1", 9.5), ("Yuexiu", 2.0),
    ]  # fmt: skip
    assert sheet["A2"].data_type == "s"


def test_trend_has_a_gap_where_there_is_no_figure(deck):
    chart = named(slides(deck(replace(FACE, chart=TREND)))[0], "Chart").chart
    assert list(chart.plots[0].categories) == ["2010", "2015", "2020"]
    assert tuple(chart.plots[0].series[0].values) == (7.0, None, 9.0)
    assert chart._chartSpace.find(f".//{qn('c:dispBlanksAs')}").get("val") == "gap"


def test_table_stands_on_the_slide_where_there_is_no_chart(deck):
    (slide,) = slides(deck(replace(FACE, facts=FACTS, facts_title="People (u), 2020")))
    rows = [[cell.text for cell in row.cells] for row in named(slide, "Table").table.rows]
    assert rows == [
        ["District", "People (u), 2020", "Rank", "Note"],
        ["Liwan", "9.5 u", "1", "Secondary source"],
        ["Yuexiu", "No data", "–", "\u00a0"],
    ]


@pytest.mark.parametrize("chart", [None, RANKING])
def test_table_is_read_to_its_end(deck, chart):
    """What ranks are of, an asterisk's meaning and why there is no figure stand there whole: a table with much to say is set smaller."""
    title = "GDP per head* (RMB thousand), 2024 · 6 of 9 districts · ranked out of 8 with data · * divided by figures for another year: Residents, 2023."
    why = "Panyu and Nansha changed their common border in 2012; only the two together can be compared."
    facts = (
        *FACTS,
        *(Fact(code, "Liwan (home of Baietan)", None, "Not comparable", None, why) for code in ADCODES[2:4]),
    )
    drawn = slides(deck(replace(FACE, chart=chart, facts=facts, facts_title=title)))[-1]
    table = named(drawn, "Table")
    rows = [[cell.text for cell in row.cells] for row in table.table.rows]
    assert rows[0][1] == title
    assert rows[3] == ["Liwan (home of Baietan)", "Not comparable", "–", why]
    assert sum(row.height for row in table.table.rows) <= table.height + len(rows)


def test_legend_is_read_to_its_end(deck):
    label, note = "No comparable figures in both years", "Estimated for the end of the year, not counted. " * 5
    legend = Legend(
        "People", "u", (Swatch("#0b3a70", "1 – 9"), Swatch("", label), Swatch("#0b3a70", "9 – 10")), note.strip()
    )
    slide = slides(deck(replace(FACE, legend=legend)))[0]
    words, below = named(slide, "Swatch 2 label"), named(slide, "Swatch 3 label")
    assert (words.text_frame.text, named(slide, "Legend note").text_frame.text) == (label, note.strip())
    assert words.height >= Pt(2 * 10), "two lines of ten points"
    assert below.top >= words.top + words.height - 1


def test_table_behind_a_chart_follows_the_scenes_and_is_linked(deck):
    told = replace(FACE, chart=RANKING, facts=FACTS[1:] + FACTS[:1], facts_title="People (u), 2020")
    first, second, behind = slides(deck(told, FACE))
    assert [slide.shapes.title.text for slide in (first, second, behind)] == ["Title", "Title", "Data behind: Title"]
    assert named(behind, "Table").table.cell(2, 0).text == "Liwan"
    link = named(first, "Link to figures")
    assert (link.text_frame.text, link.click_action.target_slide.slide_id) == ("All figures: slide 3", behind.slide_id)
    assert "Say this." not in behind.notes_slide.notes_text_frame.text


def test_no_table_of_nothing_but_gaps(deck):
    (slide,) = slides(deck(replace(FACE, facts=FACTS[1:], facts_title="People (u), 2020")))
    assert not any(shape.has_table for shape in slide.shapes)


# ---- words ------------------------------------------------------------------------------------------------------------


def test_title_and_text_are_in_placeholders_in_their_language(deck):
    (slide,) = slides(deck(replace(FACE, title="标题", text="一句话。")), "zh")
    assert (slide.shapes.title.text, slide.placeholders[1].text_frame.text) == ("标题", "一句话。")
    assert {run.get("lang") for run in slide.shapes.title._element.iter(qn("a:rPr"))} == {"zh-CN"}


def test_footer_has_sources_data_boundaries_approval_and_number(deck):
    (slide,) = slides(deck(FACE, approval="S(2026)1"))
    assert footer(slide) == (
        "Sources: Bureau: Yearbook; Office: Census\n"
        "Data: version 3 · Boundaries are for presentation only and are not a legal reference. Map approval number: S(2026)1."
    )
    assert slide.shapes.element.findall(f".//{qn('a:fld')}")[0].get("type") == "slidenum"


def test_footer_counts_the_sources_it_has_no_room_for_and_the_notes_have_all(deck):
    sources = tuple(f"Statistics bureau {number}: a document with quite a long name, 2024" for number in range(9))
    (slide,) = slides(deck(replace(FACE, sources=sources)))
    shown = len(re.findall("Statistics bureau", footer(slide)))
    assert 1 < shown < 9
    assert f"and {9 - shown} more" in footer(slide)
    assert slide.notes_slide.notes_text_frame.text == "\n\n".join(
        ["Say this.", "\n".join(["Sources: ", *sources]), "Data: version 3"]
    )


def test_badge_says_what_is_locked(deck):
    plain, locked = slides(deck(FACE, replace(FACE, badge="Locked to version 3")))
    assert named(locked, "Badge").text_frame.text == "Locked to version 3"
    assert "Badge" not in {shape.name for shape in plain.shapes}


def test_hostile_text_arrives_as_text(deck):
    bars = (Bar(HOSTILE, 1.0, HOSTILE, "#0b3a70", LIWAN),)
    facts = (Fact(LIWAN, HOSTILE, 1.0, HOSTILE, 1, HOSTILE),)
    legend = Legend(HOSTILE, HOSTILE, (Swatch("#0b3a70", HOSTILE),), HOSTILE)
    map_style = MapStyle({LIWAN: Shape("#0b3a70", lines=(HOSTILE,))}, head=HOSTILE)
    face = Face(
        HOSTILE,
        HOSTILE,
        HOSTILE,
        map_style,
        legend,
        Chart("ranking", HOSTILE, HOSTILE, bars),
        facts,
        HOSTILE,
        (HOSTILE,),
        HOSTILE,
        HOSTILE,
    )
    first, second, behind = slides(deck(face, replace(face, chart=None), approval=HOSTILE))
    assert first.shapes.title.text == first.placeholders[1].text_frame.text == HOSTILE_SHOWN
    assert first.notes_slide.notes_text_frame.text.startswith(HOSTILE_SHOWN)
    assert named(first, "Badge").text_frame.text == named(first, "Swatch 1 label").text_frame.text == HOSTILE_SHOWN
    assert list(named(first, "Chart").chart.plots[0].categories) == [HOSTILE_SHOWN]
    assert alt(districts(first)[LIWAN]) == f"Liwan, {HOSTILE_SHOWN}, {HOSTILE_SHOWN}"
    assert named(second, "Table").table.cell(1, 0).text == named(behind, "Table").table.cell(1, 1).text == HOSTILE_SHOWN


def test_shortened_keeps_what_a_column_has_room_for():
    # Four characters in a line of 45 points at 10 (40 points): three and the dots.
    assert shortened("琶洲白鹅", 10, 50, 13) == "琶洲白鹅"
    assert shortened("琶洲白鹅潭", 10, 50, 13) == "琶洲白…"
    assert shortened("琶洲白鹅潭", 10, 50, 26) == "琶洲白鹅潭"
    assert shortened("琶洲", 10, 5, 1) == "…"


@pytest.mark.parametrize("word", ["n" * 120, "长" * 300])
@pytest.mark.equipment  # LibreOffice
def test_long_words_stay_on_their_slide_and_the_notes_have_what_was_cut(deck, tmp_path, word):
    bars = (Bar(word, 9.5, "9.5", "#0b3a70", LIWAN), Bar(word, None, "No data", "", YUEXIU))
    facts = (Fact(LIWAN, word, 9.5, word, 1, word),)
    legend = Legend(word, "u", (Swatch("#0b3a70", word),), word)
    text = " ".join([word] * 20)
    face = replace(
        FACE, title=word, text=text, badge=word, legend=legend, facts=facts, facts_title=word, sources=(word,)
    )
    told = deck(replace(face, chart=replace(RANKING, title=word, bars=bars)), face, address="http://" + word[:120])
    content = deck_pptx(told, "en")
    assert text in Presentation(io.BytesIO(content)).slides[0].notes_slide.notes_text_frame.text
    drawn(content, tmp_path)
    found = list(words(tmp_path))
    assert found
    for left, top, right, bottom in found:
        assert 0 <= left < right <= 960
        assert 0 <= top < bottom <= 540


def test_fitting_takes_the_largest_size_that_fits():
    # Two characters a line at 20 (40 of 45 points), so two lines of 26 points; one line at 10.
    assert fitting("琶洲白鹅", 50, 60, (20.0, 10.0)) == 20.0
    assert fitting("琶洲白鹅", 50, 50, (20.0, 10.0)) == 10.0
    assert fitting("琶洲白鹅", 50, 1, (20.0, 10.0)) == 10.0


# ---- the file ---------------------------------------------------------------------------------------------------------


def test_last_slide_is_the_address_as_a_qr_code(deck):
    address = "http://10.0.0.1:8501/briefing?v=3"
    *_, last = slides(deck(FACE, address=address))
    code = named(last, "QR code")
    assert (alt(code), named(last, "Address").text_frame.text) == (address, address)
    rows = segno.make(address, error="m").matrix
    module = code.width / len(rows)
    dark = {(x, y) for x, y in _modules(code, module)}
    assert dark == {(x, y) for y, row in enumerate(rows) for x, cell in enumerate(row) if cell}
    assert len(slides(deck(FACE))) == 1


def _modules(code, module: float) -> Iterator[tuple[int, int]]:
    """Yield column and row of each module that a code's contours cover."""
    for ring in contours(code):
        xs, ys = [x - code.left for x, _ in ring], [y - code.top for _, y in ring]
        for column in range(round(min(xs) / module), round(max(xs) / module)):
            yield column, round(min(ys) / module)


def contours(shape) -> list[list[tuple[int, int]]]:
    """Return the rings of a freeform on its slide."""
    rings: list[list[tuple[int, int]]] = []
    for point in shape._element.iter(qn("a:pt")):
        if point.getparent().tag == qn("a:moveTo"):
            rings.append([])
        rings[-1].append((shape.left + int(point.get("x")), shape.top + int(point.get("y"))))
    return rings


def test_file_holds_no_picture_and_nobodys_name(deck):
    content = deck_pptx(deck(FACE, replace(FACE, chart=RANKING)), "zh")
    names = zipfile.ZipFile(io.BytesIO(content)).namelist()
    assert [name for name in names if not name.endswith((".xml", ".rels", ".xlsx"))] == []
    properties = Presentation(io.BytesIO(content)).core_properties
    assert (properties.title, properties.language) == ("整个故事", "zh-CN")
    assert properties.author == properties.last_modified_by == ""
    assert properties.created.year >= 2026


def test_slides_are_wide_and_fonts_are_those_of_both_languages(deck):
    presentation = opened(deck(FACE))
    assert (presentation.slide_width, presentation.slide_height) == (Pt(960), Pt(540))
    assert "type" not in presentation.element.sldSz.attrib
    assert [layout.name for layout in presentation.slide_layouts] == ["Map", "Table"]
    (theme,) = (
        r.target_part.blob.decode()
        for r in presentation.slide_master.part.rels.values()
        if r.reltype.endswith("/theme")
    )
    assert theme.count('<a:ea typeface="Microsoft YaHei"/>') == theme.count('<a:latin typeface="Arial"/>') == 2


def test_progress_is_told_after_each_slide(deck):
    told: list[tuple[float, str]] = []
    deck_pptx(
        deck(FACE, replace(FACE, title="Second"), address="http://a"),
        "en",
        lambda share, what: told.append((share, what)),
    )
    assert [what for _, what in told] == ["Title", "Second", "Open this briefing"]
    assert [share for share, _ in told] == pytest.approx([1 / 3, 2 / 3, 1])


# ---- the shipped story ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_figure_of_the_story_is_on_its_map(story, language):
    for scene, slide in zip(story.scenes, slides(story, language), strict=False):
        face = scene.faces[language]
        if scene.map_kind != "figures":
            continue
        shapes = districts(slide)
        assert sorted(shapes) == sorted(ADCODES)
        for code, shape in shapes.items():
            fill = face.map_style.shapes[code].fill
            assert str(shape.fill.fore_color.rgb) == (fill[1:].upper() if fill else "AAB1B8")


@pytest.mark.parametrize("language", ["en", "zh"])
def test_no_shape_of_the_story_leaves_its_slide(story, language):
    presentation = opened(story, language)
    for slide in presentation.slides:
        for shape in every(slide.shapes):
            assert shape.left >= 0 and shape.top >= 0, shape.name
            assert shape.left + shape.width <= presentation.slide_width, shape.name
            assert shape.top + shape.height <= presentation.slide_height, shape.name


@pytest.mark.equipment  # LibreOffice
def test_libreoffice_draws_the_story_with_the_colours_of_the_classes(story, tmp_path):
    content = deck_pptx(story, "zh")
    presentation = Presentation(io.BytesIO(content))
    pages = drawn(content, tmp_path)
    assert len(pages) == len(presentation.slides) > len(story.scenes)
    number = next(i for i, scene in enumerate(story.scenes) if scene.id == "gdp")
    page, shapes = pages[number], districts(presentation.slides[number])
    for code in ("440117", "440118", "440115"):  # the large ones, whose names leave room
        wanted = story.scenes[number].faces["zh"].map_style.shapes[code].fill
        x, y = _free_point(presentation.slides[number], shapes[code])
        found = page.getpixel((round(x / Pt(1)), round(y / Pt(1))))
        assert all(abs(a - b) <= 3 for a, b in zip(found, bytes.fromhex(wanted[1:]), strict=True)), (
            code,
            found,
            wanted,
        )
    for left, top, right, bottom in words(tmp_path):
        assert 0 <= left < right <= 960
        assert 0 <= top < bottom <= 540


def drawn(content: bytes, folder) -> Sequence[Image.Image]:
    """Return the pages that LibreOffice makes of a file, a pixel to the point."""
    (folder / "deck.pptx").write_bytes(content)
    office = ["soffice", f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--convert-to", "pdf"]
    subprocess.run([*office, "deck.pptx"], cwd=folder, check=True, capture_output=True, timeout=120)
    subprocess.run(["pdftoppm", "-r", "72", "-png", "deck.pdf", "page"], cwd=folder, check=True, timeout=60)
    return [Image.open(path).convert("RGB") for path in sorted(folder.glob("page-*.png"))]


def words(folder) -> Iterator[tuple[float, ...]]:
    """Yield left, top, right and bottom of every word of the PDF, in points."""
    command = ["pdftotext", "-bbox", "deck.pdf", "-"]
    told = subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True, timeout=60).stdout
    for found in re.finditer(r'<word xMin="([-\d.]+)" yMin="([-\d.]+)" xMax="([-\d.]+)" yMax="([-\d.]+)"', told):
        yield tuple(map(float, found.groups()))


def _free_point(slide, shape) -> tuple[float, float]:
    """Return a point of a district far from its edge and from everything that is drawn above it."""
    above = [other for other in named(slide, "Map").shapes if other.name.startswith(("Name", "Mark", "Line"))]
    boxes = [shapely.box(o.left, o.top, o.left + o.width, o.top + o.height) for o in (*above, named(slide, "Legend"))]
    free = shapely.MultiPolygon([shapely.Polygon(ring) for ring in contours(shape)]).difference(
        shapely.union_all(boxes)
    )
    centre = shapely.get_point(shapely.maximum_inscribed_circle(free), 0)
    return centre.x, centre.y
