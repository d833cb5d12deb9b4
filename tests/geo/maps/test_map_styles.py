"""What a map shows: colours, gaps, what is muted and what its tooltips say."""

from dataclasses import replace
from itertools import pairwise

import pandas as pd
import pytest

from geo.data import loading
from geo.figures import comparison, measures
from geo.figures.classification import Classes
from geo.figures.table import Figure, FigureTable
from geo.maps import map_styles
from geo.maps.folium_map import MapStyle, Tenant
from geo.schema import ADCODES, Atlas, DisplayFormat

LIWAN, YUEXIU, HAIZHU, TIANHE = ADCODES[:4]
CLASSES = Classes("manual", (1.0, 5.0, 9.0), ("#aaaaaa", "#333333"))
SHOW = {"en": DisplayFormat("bn", 0.1, 1), "zh": DisplayFormat("亿元", 1, 0)}


@pytest.fixture
def numbers(metric) -> FigureTable:
    """Return figures of three districts, one of them from a secondary source."""
    column = {
        LIWAN: Figure(2.0, ("s",), "verified"),
        YUEXIU: Figure(9.0, ("s",), "secondary"),
        TIANHE: Figure(7.0, ("s",), "verified"),
    }
    return FigureTable({"gdp": metric("gdp", show=SHOW)}, {("gdp", "2023H1"): column})


def style(numbers: FigureTable, members: tuple[str, ...] = ADCODES, language: str = "en"):
    return map_styles.choropleth(numbers, CLASSES, "gdp", "2023H1", members, language)


def test_every_district_has_the_colour_of_its_class_and_a_gap_has_none(numbers: FigureTable):
    shapes = style(numbers).shapes
    assert tuple(shapes) == ADCODES
    assert [shapes[code].fill for code in (LIWAN, YUEXIU, HAIZHU, TIANHE)] == ["#aaaaaa", "#333333", "", "#333333"]
    assert not any(shape.muted for shape in shapes.values())


def test_a_tooltip_says_value_rank_and_what_a_reader_must_know(numbers: FigureTable):
    shapes = style(numbers).shapes
    assert shapes[LIWAN].lines == ("0.2 bn", "Rank 3 of 3 with data")
    assert shapes[YUEXIU].lines == ("0.9 bn", "Rank 1 of 3 with data", "Secondary source")
    assert shapes[HAIZHU].lines == ("No data",)


def test_districts_outside_the_tier_are_muted_and_ranks_stay_those_among_all(numbers: FigureTable):
    shapes = style(numbers, (LIWAN, TIANHE, HAIZHU)).shapes
    assert [code for code, shape in shapes.items() if not shape.muted] == [LIWAN, HAIZHU, TIANHE]
    assert (shapes[YUEXIU].fill, shapes[YUEXIU].lines) == (
        "",
        ("0.9 bn", "Rank 1 of 3 with data", "Secondary source"),
    )
    assert shapes[LIWAN].lines == ("0.2 bn", "Rank 3 of 3 with data")


def test_a_style_speaks_the_language_asked_for(numbers: FigureTable):
    found = style(numbers, language="zh")
    assert (found.head, found.language) == ("gdp in zh · 2023 年上半年", "zh")
    assert found.shapes[YUEXIU].lines == ("9 亿元", "第 1 位（有数据的 3 区中）", "二手来源")
    assert style(numbers).head == "gdp in en · first half of 2023"


def test_a_metric_without_figures_is_all_hatched(metric):
    numbers = FigureTable({"gdp": metric("gdp")}, {})
    found = map_styles.choropleth(numbers, Classes("quantile", (), ()), "gdp", "2023", ADCODES, "en")
    assert {(shape.fill, shape.lines) for shape in found.shapes.values()} == {("", ("No data",))}


def test_the_plan_has_a_colour_for_each_tier_and_mutes_the_others(atlas: Atlas):
    whole = map_styles.plan(atlas, (LIWAN, YUEXIU, HAIZHU), "en").shapes
    assert {code: shape.fill for code, shape in whole.items()} == {
        HAIZHU: map_styles.PLAN_COLOURS["headquarters"],
        LIWAN: map_styles.PLAN_COLOURS["second"],
        YUEXIU: map_styles.PLAN_COLOURS["district"],
    }
    assert whole[LIWAN].lines == ("Cluster in this district: Baietan",), "the district is not the cluster"
    one = map_styles.plan(atlas, (HAIZHU,), "zh")
    assert (one.shapes[LIWAN].fill, one.shapes[LIWAN].muted, one.shapes[HAIZHU].muted) == ("", True, False)
    assert one.shapes[LIWAN].lines == ("区内集聚区：白鹅潭",)
    assert one.language == "zh"


def test_tiers_of_the_plan_are_told_apart_in_greyscale():
    greys = sorted(
        sum(weight * int(colour[at : at + 2], 16) for weight, at in ((0.299, 1), (0.587, 3), (0.114, 5)))
        for colour in map_styles.PLAN_COLOURS.values()
    )
    assert all(lighter - darker > 50 for darker, lighter in pairwise(greys)), greys


def test_a_close_up_tints_one_district_and_mutes_the_others(atlas: Atlas):
    found = map_styles.site(atlas, HAIZHU, (0, 1), "en")
    assert {code for code, shape in found.shapes.items() if not shape.muted} == {HAIZHU}
    assert {shape.fill for code, shape in found.shapes.items() if code != HAIZHU} == {""}
    assert (found.shapes[HAIZHU].fill, found.places) == (map_styles.HOME["light"], (0, 1))
    assert map_styles.site(atlas, HAIZHU, (), "en", dark=True).shapes[HAIZHU].fill == map_styles.HOME["dark"]


@pytest.mark.parametrize(
    ("tier", "muted"),
    [
        ("all", []),
        ("headquarters", ["baietan"]),
        ("second", ["pazhou"]),
        ("district", ["pazhou", "baietan"]),
    ],
)
def test_zones_outside_the_tier_are_muted(tier: str, muted: list[str], atlas: Atlas):
    assert map_styles.muted_zones(atlas, tier) == muted


def test_the_order_of_the_clusters_does_not_matter(atlas: Atlas):
    turned = replace(atlas, clusters=atlas.clusters.iloc[::-1])
    assert sorted(map_styles.muted_zones(turned, "district")) == ["baietan", "pazhou"]


def test_the_words_of_the_map_are_there_in_both_languages():
    words = map_styles.map_words()
    assert words["en"].keys() == words["zh"].keys() == {"map", "zoomIn", "zoomOut", "skip", "schematic"}
    assert not set(words["en"].values()) & set(words["zh"].values())


def test_a_map_of_changes_says_both_years_and_why_a_district_is_hatched(metric, figure_table):
    numbers = figure_table(metric("gdp", unit="亿元"), gdp={"2020": {LIWAN: 10.0}, "2023": {LIWAN: 13.0, YUEXIU: 9.0}})
    found = map_styles.choropleth(comparison.changes(numbers, "gdp"), CLASSES, "gdp", "2020/2023", ADCODES, "en")
    assert found.head == "gdp in en, nominal change · 2020 → 2023"
    assert found.shapes[LIWAN].lines[0] == "+30.0%"
    assert (found.shapes[YUEXIU].fill, found.shapes[YUEXIU].lines) == ("", ("Not comparable", "no data for 2020"))


@pytest.mark.parametrize(
    ("metric_id", "code", "words"),
    [
        ("population", "440113", {"en": "borders of before 2012", "zh": "2012 年调整前的区划"}),
        ("density", "440115", {"en": "changed their common border in 2012", "zh": "2012 年调整区划"}),
    ],
)
def test_a_district_within_old_borders_says_so_and_another_does_not(metric_id: str, code: str, words, shipped):
    shipped_atlas = loading.load(shipped)
    figure_table = measures.figures(shipped_atlas)
    for language, said in words.items():
        shapes = map_styles.choropleth(
            figure_table, Classes("quantile", (0.0, 1e9), ("#aaaaaa",)), metric_id, "2010", ADCODES, language
        ).shapes
        assert said in " ".join(shapes[code].lines)
        assert said not in " ".join(shapes[LIWAN].lines)


def test_a_close_up_shows_tenants_at_their_sites_with_status_and_date(atlas: Atlas):
    found = map_styles.site(atlas, HAIZHU, (0, 1, 2), "en")
    assert found.tenants == (Tenant("c", 2, "land_bought", "c-firm (c-app)", "land bought (2015)"),)
    assert found.places == (0, 1), "its site is not named twice"
    assert map_styles.site(atlas, HAIZHU, (0,), "zh").tenants[0].line("zh") == "c公司（c应用）：已拿地（2015）"
    assert map_styles.site(atlas, LIWAN, (), "en").tenants == ()


def test_the_newest_entry_that_names_a_site_says_where_a_company_is(atlas: Atlas):
    news = pd.DataFrame([("c", "pazhou", "topped_out", "2021", "", "c", "c")], columns=list(atlas.tenants.columns))
    newer = replace(atlas, tenants=pd.concat([atlas.tenants, news]))
    (tenant,) = map_styles.site(newer, HAIZHU, (), "en").tenants
    assert (tenant.status, tenant.place) == ("topped_out", 2)


@pytest.mark.parametrize(("places", "credit"), [((0,), ""), ((0, 1), "© OpenStreetMap 贡献者")])
def test_only_a_map_with_sites_says_whose_they_are(atlas: Atlas, places: tuple[int, ...], credit: str):
    assert map_styles.with_places(MapStyle(language="zh"), atlas, places).credit == credit
