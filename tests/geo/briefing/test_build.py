"""Slides and data to a deck: which version a slide shows and says that it shows, and what a single view says."""

import re
from collections.abc import Callable
from dataclasses import replace

import pytest

from geo import wording
from geo.briefing.build import build, of_view
from geo.briefing.export.pdf import _notes
from geo.briefing.export.sheet import sheet_svg
from geo.briefing.model import Deck, Scene
from geo.figures.data_version import DataVersion
from geo.figures.table import Figure, FigureTable
from geo.maps.legends import Swatch
from geo.maps.map_styles import HOME, PLAN_COLOURS
from geo.schema import ADCODES, BOUNDARY_SOURCE, CITY, LANGUAGES, Atlas
from geo.view import View

LIWAN, YUEXIU, HAIZHU = ADCODES[:3]
SENTENCE = f"It was {{gdp.{LIWAN}.default}}."
FOLLOWS, LOCKED = "metric=gdp", "metric=gdp&v=1"


def opener(*editions: DataVersion) -> Callable[[int | None], DataVersion | None]:
    """Return what opens versions; the newest stands last."""
    numbered = {data_version.number: data_version for data_version in editions}
    return lambda number: numbered.get(number) if number else editions[-1]


@pytest.fixture
def versions(money, figure_table, data_version, slide) -> tuple[DataVersion, DataVersion]:
    """Return two versions: Liwan had 10, later 20; the first tells it on one slide, the second on one that follows and one locked to the first."""
    old = figure_table(money, gdp={"2023": {LIWAN: 10.0, YUEXIU: 5.0}})
    new = figure_table(money, gdp={"2023": {LIWAN: 20.0, YUEXIU: 30.0}})
    told = slide("locked", SENTENCE, view=LOCKED, chart="ranking")
    return (
        data_version(1, old, slide("first", "Once " + SENTENCE, view=FOLLOWS)),
        data_version(2, new, slide("live", SENTENCE, view=FOLLOWS, chart="ranking"), told),
    )


def told(scene: Scene, language: str = "en") -> tuple[str, str, str]:
    """Return sentence, stamp and badge of a slide."""
    face = scene.faces[language]
    return face.text, face.stamp, face.badge


# ---- which version


def test_a_slide_follows_the_newest_data_unless_it_is_locked(versions):
    live, locked = build(opener(*versions)).scenes
    assert told(live) == ("It was RMB 2.0 bn.", "gdp in en: figures up to 2023 · version 2, published 2026-11-02", "")
    assert (live.locked, live.stale) == (None, False)
    badge = "Version 1, published 2026-11-01; latest: version 2"
    assert told(locked) == (
        "It was RMB 1.0 bn.",
        "gdp in en: figures up to 2023 · version 1, published 2026-11-01",
        badge,
    )
    assert (locked.locked, locked.stale, locked.view.v) == (1, True, 1)


def test_chart_table_map_and_order_of_a_locked_slide_are_those_of_its_version(versions):
    live, locked = (scene.faces["zh"] for scene in build(opener(*versions)).scenes)
    assert [(bar.adcode, bar.text) for bar in live.chart.bars[:2]] == [(YUEXIU, "30"), (LIWAN, "20")]
    assert [(bar.adcode, bar.text) for bar in locked.chart.bars[:2]] == [(LIWAN, "10"), (YUEXIU, "5")]
    assert [fact.text for fact in locked.facts] == ["10 亿元", "5 亿元", "无数据"]
    assert locked.map_style.shapes[LIWAN].lines[0] == "10 亿元"
    assert [swatch.label for swatch in locked.legend.swatches] == ["5 – 8", "8 – 10", "无数据"]


def test_a_locked_slide_has_the_newest_sentence_with_its_versions_figures(versions):
    _, locked = build(opener(*versions)).scenes
    assert locked.faces["en"].title == "Title of locked"
    assert locked.faces["zh"].text == "It was 10 亿元."


def test_a_story_locked_to_a_version_tells_that_versions_slides(versions):
    deck = build(opener(*versions), locked=1)
    assert (deck.locked, deck.data_version.number, [scene.id for scene in deck.scenes]) == (1, 1, ["first"])
    badge = "Version 1, published 2026-11-01; latest: version 2"
    assert told(deck.scenes[0]) == (
        "Once It was RMB 1.0 bn.",
        "gdp in en: figures up to 2023 · version 1, published 2026-11-01",
        badge,
    )
    assert deck.scenes[0].stale


def test_locked_to_what_is_still_the_newest_version_is_said_but_is_not_stale(versions):
    live, locked = build(opener(*versions), locked=2).scenes
    assert (live.faces["en"].badge, live.stale, live.locked) == ("Locked to version 2", False, 2)
    assert (locked.locked, locked.stale) == (1, True), "its own lock is closer than the story's"
    assert locked.faces["en"].text == "It was RMB 1.0 bn."


@pytest.mark.parametrize("lock", [None, 2])
def test_a_slide_locked_to_an_unreadable_version_says_so(versions, lock):
    live, locked = build(opener(versions[1]), locked=lock).scenes
    missing = "Version 1 of the data cannot be shown, so there are no figures here."
    assert told(locked) == (missing, "version 2, published 2026-11-02", "Version 1 cannot be shown")
    assert locked.faces["zh"].badge == "第 1 版无法显示"
    assert locked.faces["zh"].text == "第 1 版数据无法显示，本页不显示数据。"
    assert (locked.stale, locked.locked, locked.view.v) == (True, 1, None)
    assert "cannot" not in live.faces["en"].badge


def test_a_slide_whose_version_cannot_be_shown_has_no_newer_figure_anywhere(money, figure_table, data_version, slide):
    kept = slide("kept", SENTENCE, view=LOCKED, chart="ranking", notes=SENTENCE)
    numbered = slide("numbered", "x", view=LOCKED, title=SENTENCE, map_kind="plan")
    newest = data_version(2, figure_table(money, gdp={"2023": {LIWAN: 20.0, YUEXIU: 30.0}}), kept, numbered)
    first, second = build(opener(newest)).scenes
    face = first.faces["en"]
    assert (face.title, face.notes, face.chart, face.facts, face.facts_title) == ("Title of kept", "", None, (), "")
    assert (face.gaps, face.sources) == ((), ())
    assert {shape.fill for shape in face.map_style.shapes.values()} == {""}
    assert {shape.lines for code, shape in face.map_style.shapes.items() if code != "muted"} == {("No data",)}
    assert [swatch.label for swatch in face.legend.swatches] == ["No data"]
    assert second.faces["zh"].title == "第 1 版数据无法显示，本页不显示数据。", "the title held a figure"
    assert second.faces["zh"].map_style.shapes[HAIZHU].fill == PLAN_COLOURS["headquarters"], "the plan is no figure"


def test_a_story_of_a_version_that_cannot_be_shown_is_an_error(versions):
    with pytest.raises(LookupError, match="version 7"):
        build(opener(*versions), locked=7)
    with pytest.raises(LookupError, match="version newest"):
        build(lambda number: None)
    with pytest.raises(LookupError, match="version 7"):
        of_view(opener(*versions), View("gdp", "2023", "quantile", 5, v=7))


def test_a_data_folder_has_no_version_to_be_behind(money, figure_table, data_version, slide):
    folder = data_version(None, figure_table(money, gdp={"2023": {LIWAN: 10.0}}), slide("one", SENTENCE))
    (scene,) = build(opener(folder)).scenes
    assert told(scene) == ("It was RMB 1.0 bn.", "gdp in en: figures up to 2023 · supplied with this release", "")
    assert not scene.stale


def test_a_version_without_the_period_a_slide_names_shows_its_best_covered_one(
    money, figure_table, data_version, slide
):
    told_ = slide("one", f"{{gdp.{LIWAN}.2024}}", view="metric=gdp&period=2024&v=1")
    old = data_version(1, figure_table(money, gdp={"2023": {LIWAN: 10.0}}))
    new = data_version(2, figure_table(money, gdp={"2024": {LIWAN: 20.0}}), told_)
    (scene,) = build(opener(old, new)).scenes
    assert (scene.view.period, scene.faces["en"].text) == ("2023", "[no data]")
    assert scene.faces["en"].gaps == (f"gdp.{LIWAN}.2024",)


# ---- what a slide holds


def deck_of(data_version, numbers: FigureTable, *slides, **layers) -> Deck:
    """Return the deck of one version."""
    return build(opener(data_version(1, numbers, *slides, **layers)))


def test_a_deck_holds_address_approval_titles_and_answers(versions):
    deck = build(opener(*versions), address="http://a/briefing", approval="GS(2026)1")
    assert (deck.address, deck.approval) == ("http://a/briefing", "GS(2026)1")
    assert deck.titles["en"] == "Guangzhou 1+1+9 e-commerce clusters"
    assert deck.titles["zh"] != deck.titles["en"]
    assert {answer.adcode: answer.words["en"][2] for answer in deck.answers} == {
        CITY: "No data",
        LIWAN: "RMB 2.0 bn",
        YUEXIU: "RMB 3.0 bn",
        HAIZHU: "No data",
    }
    assert set(deck.answer_styles) == {("gdp", "2023")}


@pytest.mark.parametrize("address", ["http://localhost:8501/briefing", "http://127.0.0.1/?v=1"])
def test_an_address_that_guests_cannot_open_is_set_aside(address, versions):
    whole = build(opener(*versions), address=address)
    view = of_view(opener(*versions), View("gdp", "2023", "quantile", 5), address=address)
    assert [(deck.address, deck.unreachable) for deck in (whole, view)] == [("", address)] * 2
    reached = build(opener(*versions), address="http://10.0.0.1/briefing")
    assert (reached.address, reached.unreachable) == ("http://10.0.0.1/briefing", "")


def test_what_cannot_be_computed_is_a_gap_in_title_text_and_notes(money, figure_table, data_version, slide):
    told_ = slide("one", "{gdp.city.2023} {gdp.city.2023}", title="{no.city.2023}", notes=f"{{gdp.{LIWAN}.2023}} {{x}}")
    (scene,) = deck_of(data_version, figure_table(money, gdp={"2023": {LIWAN: 10.0}}), told_).scenes
    face = scene.faces["zh"]
    assert (face.title, face.text, face.notes) == ("[无数据]", "[无数据] [无数据]", "10 亿元 [无数据]")
    assert face.gaps == ("no.city.2023", "gdp.city.2023", "x")


def test_a_slide_names_each_source_of_sentence_map_and_chart_once(money, data_version, slide):
    figures = {
        ("gdp", "2022"): {CITY: Figure(80.0, ("older",), "verified")},
        ("gdp", "2023"): {
            LIWAN: Figure(10.0, ("map",), "verified"),
            YUEXIU: Figure(10.0, ("map", "said"), "verified"),
            CITY: Figure(90.0, ("city",), "verified"),
        },
    }
    numbers = FigureTable({"gdp": money}, figures)
    slides = [
        slide("map", f"{{gdp.{YUEXIU}.2023}}"),
        slide("trend", "No number.", chart="trend"),
        slide("plan", "No number.", map_kind="plan"),
        slide("charted", "No number.", map_kind="plan", chart="ranking", view="tier=second"),
        slide("site", "No number.", map_kind="site", camera="baietan"),
        slide("tier", "No number.", view="tier=headquarters"),
    ]
    ids = ("map", "said", "city", "older", "plan-article", "s", BOUNDARY_SOURCE)
    rows = pd_rows(ids)
    scenes = deck_of(data_version, numbers, *slides, sources=rows).scenes
    found = {scene.id: [name.split(":")[0] for name in scene.faces["en"].sources] for scene in scenes}
    assert found == {
        "map": ["map", "said"],
        "trend": ["map", "said", "older", "city"],
        "plan": ["plan-article"],
        "charted": ["plan-article", "map"],
        "site": ["s", BOUNDARY_SOURCE],
        "tier": [],
    }


def pd_rows(ids):
    """Return sources whose publisher is their id."""
    import pandas as pd

    words = {f"{name}_{language}": ids for name in ("publisher", "document") for language in LANGUAGES}
    return pd.DataFrame({"source_id": ids, "date": "", "host": "publisher", **words}).set_index("source_id")


def test_maps_of_figures_plan_and_site_differ_in_colours_legend_and_table(money, figure_table, data_version, slide):
    numbers = figure_table(money, gdp={"2023": {LIWAN: 10.0}})
    slides = [slide(kind, "x", map_kind=kind, camera="baietan") for kind in ("figures", "plan", "site")]
    figures, plan, site = (scene.faces["en"] for scene in deck_of(data_version, numbers, *slides).scenes)
    assert len(figures.facts) == 3
    assert figures.facts_title == "gdp in en (RMB bn), 2023 · 1 of 3 districts · only district with data"
    assert (plan.facts, plan.facts_title, site.facts) == ((), "", ())
    assert figures.legend.title == "gdp in en · 2023"
    assert plan.legend.swatches == (
        Swatch(PLAN_COLOURS["headquarters"], "</script><script>alert(1)// (location of the headquarters cluster)"),
        Swatch(PLAN_COLOURS["second"], "Liwan (location of the second cluster)"),
        Swatch(PLAN_COLOURS["district"], "Yuexiu (each has a district cluster)"),
    )
    of_tier = slide("tier", "x", map_kind="plan", view="tier=second")
    (scene,) = deck_of(data_version, numbers, of_tier).scenes
    assert scene.faces["en"].legend.swatches == (
        Swatch(PLAN_COLOURS["second"], "Liwan (location of the second cluster)"),
    )
    assert scene.faces["zh"].legend.swatches[0].label == "荔湾（第二集聚区所在区）"
    assert site.legend.swatches == (Swatch(HOME["light"], "Liwan"),)
    assert site.map_style.shapes[LIWAN].fill == HOME["light"]


def test_a_tier_mutes_districts_and_zones_and_keeps_them_out_of_table_and_chart(
    money, figure_table, data_version, slide
):
    numbers = figure_table(money, gdp={"2023": {LIWAN: 10.0, HAIZHU: 5.0}})
    told_ = slide("one", "x", view=f"tier=headquarters&sel={HAIZHU}", chart="ranking")
    (scene,) = deck_of(data_version, numbers, told_).scenes
    face = scene.faces["en"]
    assert [bar.adcode for bar in face.chart.bars] == [HAIZHU]
    assert [(fact.adcode, fact.rank) for fact in face.facts] == [(HAIZHU, 2)], "ranks are among all districts"
    assert face.facts[0].name.endswith("(home of Pazhou)"), "a district's figure is not its cluster's"
    assert face.map_style.shapes[LIWAN].muted
    assert (face.map_style.muted_zones, face.map_style.selected) == (["baietan"], HAIZHU)


@pytest.mark.parametrize(
    ("fields", "home"),
    [
        ({"camera": "pazhou"}, HAIZHU),
        ({"camera": LIWAN}, LIWAN),
        ({"camera": LIWAN, "view": f"sel={YUEXIU}"}, LIWAN),  # the camera says more than the selection
        ({"camera": "113.9,23,114.1,23.1", "view": f"sel={YUEXIU}"}, YUEXIU),
        ({"camera": "113.9,23,114.1,23.1"}, HAIZHU),  # where Pazhou is
        ({"view": "sel=999999"}, HAIZHU),
    ],
)
def test_a_close_up_tints_the_district_it_looks_at(fields, home, money, figure_table, data_version, slide):
    (scene,) = deck_of(
        data_version, figure_table(money, gdp={"2023": {LIWAN: 1.0}}), slide("one", "x", map_kind="site", **fields)
    ).scenes
    shapes = scene.faces["en"].map_style.shapes
    assert [code for code, shape in shapes.items() if not shape.muted] == [home]


def test_a_close_up_shows_the_places_of_its_district(money, figure_table, data_version, slide):
    slides = [
        slide("pazhou", "x", map_kind="site", camera="pazhou"),
        slide("liwan", "x", map_kind="site", camera=LIWAN),
    ]
    scenes = deck_of(data_version, figure_table(money, gdp={"2023": {LIWAN: 1.0}}), *slides).scenes
    assert [scene.faces["en"].map_style.places for scene in scenes] == [(0, 1), ()]


def test_a_close_up_names_the_tenants_that_it_cannot_show(money, figure_table, data_version, slide, atlas: Atlas):
    slides = [slide(id_, "x", map_kind="site", camera=id_) for id_ in ("pazhou", YUEXIU)]
    numbers = figure_table(money, gdp={"2023": {LIWAN: 1.0}})
    pazhou, other = deck_of(data_version, numbers, *slides).scenes
    notes = {language: face.legend.note for language, face in pazhou.faces.items()}
    assert notes["en"].startswith(
        "Not on the map, as their sites are not known: a-firm (a-app), b-firm (b-app). Dashed"
    )
    assert notes["zh"].startswith("所在地点未知，未标在图上：a公司（a应用）、b公司（b应用）。虚线")
    assert "c-firm" not in notes["en"], "its site is known"
    far = other.faces["en"].legend.note
    assert far == "Blue bands: rivers, schematic width.", "no tenants, and no outline of a cluster is in sight"
    (single,) = of_view(opener(data_version(1, numbers)), View("gdp", "2023", "quantile", 5), site="pazhou").scenes
    assert single.faces["en"].legend.note == notes["en"]


def test_a_camera_that_is_none_looks_at_the_whole_city(money, figure_table, data_version, slide, atlas: Atlas):
    numbers = figure_table(money, gdp={"2023": {LIWAN: 1.0}})
    city, lost, box = deck_of(
        data_version,
        numbers,
        slide("a", "x"),
        slide("b", "x", camera="moon"),
        slide("c", "x", camera="113,22.5,114,23.5"),
    ).scenes
    assert city.camera == lost.camera == pytest.approx(tuple(atlas.districts.total_bounds))
    assert box.camera == (113.0, 22.5, 114.0, 23.5)


def test_both_languages_show_the_same_slide(versions):
    for scene in build(opener(*versions)).scenes:
        english, chinese = scene.faces["en"], scene.faces["zh"]
        assert [bar.adcode for bar in english.chart.bars] == [bar.adcode for bar in chinese.chart.bars]
        assert [bar.value and bar.value * 10 for bar in english.chart.bars] == [bar.value for bar in chinese.chart.bars]
        assert (english.map_style.language, chinese.map_style.language) == ("en", "zh")


# ---- one view


@pytest.fixture
def numbers(money, figure_table) -> FigureTable:
    """Return figures of two of the three districts, and of the city in an earlier year."""
    return figure_table(money, gdp={"2022": {LIWAN: 1.0, CITY: 500.0}, "2023": {LIWAN: 10.0, HAIZHU: 40.0}})


def face_of(data_version, numbers: FigureTable, language: str = "en", **fields):
    """Return the face of a view."""
    view = replace(View("gdp", "2023", "quantile", 5), **fields)
    (scene,) = of_view(opener(data_version(1, numbers)), view).scenes
    return scene.faces[language]


def test_a_view_has_a_title_its_definition_a_ranking_and_a_table(data_version, numbers: FigureTable):
    face = face_of(data_version, numbers)
    assert (face.title, face.notes) == ("gdp in en · 2023", "gdp in en")
    assert [bar.text for bar in face.chart.bars] == ["4.0", "1.0", "No data"]
    assert [fact.rank for fact in face.facts] == [1, 2, None]
    assert (face.badge, face.gaps) == ("", ())


GAPS_EN, GAPS_ZH = (
    "Largest of 2 with data: </script><script>alert(1)//, RMB 4.0 bn.",
    "有数据的 2 区中最高：海珠，40 亿元。",
)


@pytest.mark.parametrize(
    ("fields", "english", "chinese"),
    [
        ({}, GAPS_EN, GAPS_ZH),  # nine of the eleven districts are unknown: no total is told
        ({"sel": LIWAN}, "Liwan: RMB 1.0 bn. " + GAPS_EN, "荔湾区：10 亿元。" + GAPS_ZH),
        ({"sel": YUEXIU}, "Yuexiu: no data. " + GAPS_EN, "越秀区：无数据。" + GAPS_ZH),
        ({"period": "2022"}, "Guangzhou: RMB 50.0 bn. Data for only 1 of 3: Liwan, RMB 0.1 bn.", "广州市：500 亿元。3 区中仅 1 区有数据：荔湾，1 亿元。"),
        ({"tier": "second", "period": "2022"}, "Liwan: RMB 0.1 bn.", "荔湾区：1 亿元。"),  # a tier of one district, which is no largest
        ({"tier": "district"}, "Yuexiu: no data.", "越秀区：无数据。"),
    ],
)  # fmt: skip
def test_a_view_says_its_figures_in_a_sentence(fields, english, chinese, data_version, numbers: FigureTable):
    assert face_of(data_version, numbers, "en", **fields).text == english
    assert face_of(data_version, numbers, "zh", **fields).text == chinese


@pytest.mark.parametrize(
    ("column", "english", "chinese"),
    [
        (
            {LIWAN: 10.0, YUEXIU: 30.0, HAIZHU: 1.0},
            "Largest of 3 districts: Yuexiu, RMB 3.0 bn.",
            "3 区中最高：越秀，30 亿元。",
        ),
        (
            {LIWAN: 10.0, YUEXIU: 10.0, HAIZHU: 1.0},
            "Largest of 3 districts: Liwan and Yuexiu, RMB 1.0 bn.",
            "3 区中最高：荔湾、越秀，10 亿元。",
        ),
    ],
)
def test_the_largest_is_told_where_all_are_known_with_all_that_share_it(
    column, english, chinese, money, figure_table, data_version
):
    numbers = figure_table(money, gdp={"2023": column})
    assert (face_of(data_version, numbers).text, face_of(data_version, numbers, "zh").text) == (english, chinese)


def test_a_view_of_a_version_is_locked_to_it(versions):
    view = View("gdp", "2023", "quantile", 5, v=1)
    deck = of_view(opener(*versions), view, address="http://a/", approval="GS")
    (scene,) = deck.scenes
    assert (deck.locked, deck.data_version.number, deck.address, deck.approval, scene.id) == (
        1,
        1,
        "http://a/",
        "GS",
        "view",
    )
    assert scene.stale
    assert scene.faces["en"].chart.bars[0].text == "1.0"
    assert scene.faces["en"].badge == "Version 1, published 2026-11-01; latest: version 2"


def test_a_view_keeps_its_own_classes(data_version, numbers: FigureTable):
    face = face_of(data_version, numbers, scheme="manual", breaks=(20.0,), palette="viridis")
    assert [swatch.label for swatch in face.legend.swatches] == ["0.1 – 2.0", "2.0 – 4.0", "No data"]
    assert face.chart.bars[0].colour == face.legend.swatches[1].colour == "#443983"


def test_a_close_up_of_a_cluster_tells_its_outline_and_area_with_its_source(data_version, numbers: FigureTable):
    deck = of_view(opener(data_version(1, numbers)), View("gdp", "2023", "quantile", 5), site="pazhou")
    (scene,) = deck.scenes
    english, chinese = scene.faces["en"], scene.faces["zh"]
    assert (scene.id, scene.map_kind, scene.view.metric) == ("pazhou", "site", "gdp")
    assert (english.title, chinese.title) == ("Pazhou", "琶洲")
    assert english.text == "long text the map does not need Measured: 1.0 km²."
    assert chinese.text.startswith("示意。")
    assert "1.0" in chinese.text
    assert " " not in chinese.text.removeprefix("示意。").split("1.0")[0].rstrip()
    assert english.sources == ("Bureau: Yearbook, 2021-04-14",)
    assert (english.chart, english.facts) == (None, ())
    assert english.map_style.shapes[HAIZHU].fill == HOME["light"]


# ---- what is shipped


def test_the_shipped_story_has_no_gap_and_a_source_for_every_number(story: Deck):
    for scene in story.scenes:
        for face in scene.faces.values():
            assert (face.gaps, face.badge, scene.stale) == ((), "", False)
            assert face.sources, scene.id


def test_the_shipped_slides_that_quote_the_article_name_it_as_a_source(story: Deck):
    article = wording.source_names(["plan-article"], story.data_version.atlas, "en")[0]
    for id_ in ("plan", "pazhou", "tenants", "baietan", "nine"):
        face = next(scene for scene in story.scenes if scene.id == id_).faces["en"]
        assert article in face.sources, id_


# ---- changes


def test_a_view_of_changes_names_both_years_on_title_chart_table_legend_and_map(data_version, money, figure_table):
    numbers = figure_table(
        money, gdp={"2020": {LIWAN: 8.0, HAIZHU: 50.0}, "2023": {LIWAN: 10.0, HAIZHU: 40.0, YUEXIU: 1.0}}
    )
    face = face_of(data_version, numbers, since="2020")
    years = "gdp in en, change · 2020 → 2023"
    assert (face.title, face.legend.title, face.map_style.head) == (years,) * 3
    assert face.chart.title == years + " · 2 of 3 districts"
    assert (face.chart.unit, face.legend.unit) == ("%", "%")
    assert [bar.text for bar in face.chart.bars] == ["+25.0", "\u221220.0", "Not comparable"]
    assert [(fact.name, fact.text, fact.note) for fact in face.facts][2] == (
        "Yuexiu",
        "Not comparable",
        "no data for 2020",
    )
    assert face.legend.swatches[-1].label == "No comparable figures in both years"
    assert face.map_style.shapes[YUEXIU].fill == ""
    assert len({bar.colour for bar in face.chart.bars[:2]} & {swatch.colour for swatch in face.legend.swatches}) == 2
    assert "8.0" not in face.text, "no figure of a year passes for a change"


def test_a_slide_may_show_a_change(money, figure_table, data_version, slide):
    numbers = figure_table(money, gdp={"2020": {LIWAN: 8.0}, "2023": {LIWAN: 10.0}})
    shown = slide("one", "Text", view="metric=gdp&period=2023&since=2020", chart="ranking")
    (scene,) = build(opener(data_version(1, numbers, shown))).scenes
    assert scene.view.since == "2020"
    assert next(bar.text for bar in scene.faces["zh"].chart.bars) == "+25.0"
    assert scene.faces["zh"].facts_title.startswith("gdp in zh变化（%），2020 → 2023 · 3 个区中的 1 个")


@pytest.mark.parametrize(
    ("metric_id", "english", "chinese"),
    [
        ("population", "Residents: figures up to 2020 · ", "常住人口截至 2020 年 · "),
        ("gdp", "GDP: figures up to 2024 (some 2025) · ", "地区生产总值截至 2024 年（个别 2025 年） · "),
        ("area_official", "version 3", "第 3 版"),  # undated
    ],
)
def test_a_view_says_up_to_which_year_its_own_figures_go(metric_id, english, chinese, story):
    view = View(metric_id, story.data_version.figure_table.default_period(metric_id), "quantile", 5)
    faces = of_view(lambda _number: story.data_version, view).scenes[0].faces
    assert faces["en"].stamp.startswith(english)
    assert faces["zh"].stamp.startswith(chinese)


def test_an_answer_says_up_to_which_year_its_own_figures_go(story):
    assert set(story.stamps) == set(story.data_version.figure_table.metrics)
    assert story.stamps["population"]["en"] == "Residents: figures up to 2020 · version 3, published 2026-11-24"
    assert story.stamps["gdp"]["zh"].startswith("地区生产总值截至 2024 年")


def test_a_slide_without_figures_on_its_map_says_which_figures_are_the_newest(story):
    assert story.scenes[0].faces["en"].stamp.startswith("Latest figures: 2024 (some 2025) · ")


@pytest.mark.parametrize(("language", "words"), [("en", "borders of before 2012"), ("zh", "2012 年调整前的区划")])
def test_a_sheet_of_figures_within_old_borders_says_so(language, words, story):
    def sheet(period):
        deck = of_view(lambda _number: story.data_version, View("population", period, "quantile", 5))
        return "".join(re.findall(">([^<]*)</text>", sheet_svg(deck, deck.scenes[0], language)))

    assert words.replace(" ", "") in sheet("2010").replace(" ", "")
    assert words.replace(" ", "") not in sheet("2020").replace(" ", "")


@pytest.mark.parametrize(("language", "words"), [("en", "not real growth"), ("zh", "不是实际增速")])
def test_a_handout_of_a_change_says_what_a_change_is_and_then_what_changed(language, words, story):
    view = View("gdp", "2023", "quantile", 5, since="2020")
    deck = of_view(lambda _number: story.data_version, view)
    change, definition = _notes(deck, deck.scenes[0], language)[:2]
    assert words in change["text"]
    assert definition["text"] == story.data_version.figure_table.metrics["gdp"].definition[language]
    of_year = of_view(lambda _number: story.data_version, View("gdp", "2023", "quantile", 5))
    assert words not in _notes(of_year, of_year.scenes[0], language)[0]["text"]
