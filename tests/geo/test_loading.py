"""The shipped data folder: it loads, has no problems, and its figures are those that were looked up."""

import json
import re
from pathlib import Path

import pytest

from geo import checking, loading, measures
from geo.book import Book
from geo.errors import DataError
from geo.schema import ADCODES, CITY, COLUMNS, GEOGRAPHIC_CRS, MEASURING_CRS, UNDATED, Atlas, Metric
from geo.story import frame_of

DATA = Path(__file__).resolve().parents[2] / "data"


@pytest.fixture(scope="module")
def shipped_atlas() -> Atlas:
    """Return the shipped data, checked."""
    return loading.load(DATA)


@pytest.fixture(scope="module")
def shipped_book(shipped_atlas: Atlas) -> Book:
    """Return the figures of the shipped data."""
    return measures.figures(shipped_atlas)


def test_the_shipped_folder_has_no_problems():
    assert checking.find_problems(loading.read(DATA)) == []


def test_a_sentence_that_cannot_be_computed_stops_the_start_but_no_version_that_staff_published(folder):
    folder.replace("slides.toml", "{gdp.city.default}", "{gdp.city.2099}")
    raw = loading.read(folder.path)
    (problem,) = loading.check(raw)
    assert str(problem).startswith("slides.toml, field 'gdp.text_en': found '{gdp.city.2099}'")
    with pytest.raises(DataError) as raised:
        loading.load(folder.path)
    assert raised.value.problems == (problem,)
    assert [slide.id for slide in loading.typed(raw).slides][:2] == ["plan", "pazhou"]


def test_sentences_are_not_computed_from_data_that_have_other_problems(folder):
    folder.replace("slides.toml", "{gdp.city.default}", "{gdp.city.2099}")
    folder.replace("indicators.csv", ",3281.61,", ",much,")
    assert [problem.file for problem in loading.check(loading.read(folder.path))] == ["indicators.csv"]


def test_all_layers_are_in_wgs84(shipped_atlas: Atlas):
    for layer in (shipped_atlas.districts, shipped_atlas.zones, shipped_atlas.context):
        assert layer.crs == GEOGRAPHIC_CRS
        assert layer.geometry.is_valid.all()


def test_districts_are_the_eleven_and_cover_the_city_without_overlap(shipped_atlas: Atlas):
    districts = shipped_atlas.districts
    assert sorted(districts["adcode"]) == list(ADCODES)
    assert districts.to_crs(MEASURING_CRS).geometry.is_valid_coverage()


def test_measured_areas_sum_to_that_of_the_city_and_agree_with_the_columns(shipped_atlas: Atlas):
    areas = measures.area_km2(shipped_atlas.districts)
    assert areas.sum() == pytest.approx(7363, abs=5)
    assert list(areas) == pytest.approx(list(shipped_atlas.districts["area_measured_km2"]), abs=0.01)
    zones = shipped_atlas.zones
    assert list(measures.area_km2(zones)) == pytest.approx(list(zones["area_km2"]), abs=0.01)


def test_huadu_keeps_its_exclave_and_all_others_are_in_one_piece(shipped_atlas: Atlas):
    parts = dict(
        zip(shipped_atlas.districts["adcode"], shipped_atlas.districts.geometry.count_geometries(), strict=True)
    )
    assert parts == dict.fromkeys(ADCODES, 1) | {"440114": 2}


def test_boundaries_are_light_enough_to_be_sent_to_a_browser():
    assert (DATA / "districts.geojson").stat().st_size <= 150_000


def test_every_tier_has_its_clusters_and_the_two_zones_are_there(shipped_atlas: Atlas):
    assert shipped_atlas.clusters["tier"].value_counts().to_dict() == {"district": 9, "headquarters": 1, "second": 1}
    assert sorted(shipped_atlas.clusters["adcode"]) == list(ADCODES)
    assert list(shipped_atlas.zones["cluster_id"]) == ["pazhou", "baietan"]
    assert set(shipped_atlas.zones["status"]) == {"schematic"}


def test_population_of_2020_sums_to_the_census_of_the_city(shipped_book: Book):
    assert measures.total(shipped_book, "population", "2020", ADCODES) == measures.Total(18_676_605, 11, 11)
    assert shipped_book.column("population", "2020")[CITY].value == 18_676_605


def test_gdp_of_2023_sums_to_a_little_less_than_was_published_for_the_city(shipped_book: Book):
    summed = measures.total(shipped_book, "gdp", "2023", ADCODES)
    assert (summed.value, summed.found) == (pytest.approx(30_355.71), 11)
    assert shipped_book.column("gdp", "2023")[CITY].value == 30_355.73


def test_density_of_2010_is_unknown_for_panyu_and_nansha_alone_but_not_for_both(shipped_book: Book):
    panyu, nansha = "440113", "440115"
    assert set(ADCODES) - set(shipped_book.column("density", "2010")) == {panyu, nansha}
    both = measures.total(shipped_book, "density", "2010", [panyu, nansha])
    areas = shipped_book.column("area_measured", UNDATED)
    assert both.value == pytest.approx((1_764_828 + 259_900) / (areas[panyu].value + areas[nansha].value))


def test_every_figure_has_a_source_that_is_listed(shipped_atlas: Atlas, shipped_book: Book):
    used = {
        source
        for metric in shipped_book.metrics
        for period in shipped_book.periods(metric)
        for figure in shipped_book.column(metric, period).values()
        for source in figure.source_ids
    }
    assert used - set(shipped_atlas.sources.index) == set()


def test_typed_columns_are_numbers_and_truth_values(shipped_atlas: Atlas):
    assert shipped_atlas.indicators["value"].dtype == float
    assert shipped_atlas.statements["value"].dtype == float
    assert shipped_atlas.clusters["assumption"].dtype == bool
    assert shipped_atlas.indicators["adcode"].str.len().eq(6).all()


def test_metrics_keep_their_order_and_everything_the_catalogue_says(shipped_atlas: Atlas):
    assert list(shipped_atlas.metrics)[:3] == ["gdp", "gdp_growth", "gdp_per_head"]
    per_head = shipped_atlas.metrics["gdp_per_head"]
    assert (per_head.kind, per_head.numerator, per_head.denominator) == ("rate", "gdp", "population")
    assert (per_head.factor, per_head.denominator_within, per_head.breaks[0].after) == (1e8, 3, "2018")
    density: Metric = shipped_atlas.metrics["density"]
    assert (density.breaks[0].adcodes, density.breaks[0].hides_value) == ({"440113", "440115"}, True)
    assert shipped_atlas.metrics["gdp"].show["en"].pattern == "RMB {} bn"
    assert shipped_atlas.metrics["gdp"].tolerance == 0.001


def test_read_returns_every_table_as_text(folder):
    folder.replace("indicators.csv", ",3281.61,", ",NA,")
    raw = loading.read(folder.path)
    assert set(raw.tables) | set(raw.layers) == set(COLUMNS)
    values = raw.tables["indicators.csv"]["value"]
    assert "NA" in set(values)
    assert all(isinstance(value, str) for value in values)


def test_a_table_saved_by_excel_with_a_byte_order_mark_loads(folder):
    path = folder.path / "indicators.csv"
    text = path.read_text(encoding="utf-8").removeprefix("\ufeff").replace("\r\n", "\n").replace("\n", "\r\n")
    path.write_text(text, encoding="utf-8-sig", newline="")
    assert loading.load(folder.path).indicators.columns[0] == "adcode"


def test_a_layer_that_declares_another_crs_is_brought_to_wgs84(folder):
    path = folder.path / "zones.geojson"
    zones = loading.read(folder.path).layers["zones.geojson"]
    layer = json.loads(zones.to_crs(MEASURING_CRS).to_json())
    layer["crs"] = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::4547"}}
    path.write_text(json.dumps(layer), encoding="utf-8")
    loaded = loading.load(folder.path).zones
    assert loaded.crs == GEOGRAPHIC_CRS
    assert loaded.geometry.geom_equals_exact(zones.geometry, tolerance=1e-6).all()


def test_the_story_is_a_table_too_and_comes_back_from_it(shipped):
    raw = loading.read(shipped)
    table = loading.table(raw, "slides.csv")
    assert list(table["slide_id"]) == list(raw.slides)
    again = loading.with_tables(raw, {"slides.csv": table.iloc[::-1]})
    assert again.tables == raw.tables, "the data folder has no such table"
    told = loading.typed(raw).slides
    assert loading.typed(again).slides == told[::-1]
    assert frame_of(told).equals(table)


def test_a_story_without_a_column_it_needs_is_a_problem_and_one_it_does_not_need_is_none(shipped):
    raw = loading.read(shipped)
    table = loading.table(raw, "slides.csv")
    loading.typed(loading.with_tables(raw, {"slides.csv": table.drop(columns=["notes_zh", "camera"])}))
    with pytest.raises(DataError, match=r"slides\.toml, field 'plan\.text_zh'"):
        loading.typed(loading.with_tables(raw, {"slides.csv": table.drop(columns=["text_zh"])}))


@pytest.mark.parametrize(
    ("metric", "period", "code"), [("population", "2010", "440113"), ("area_official", UNDATED, "440118")]
)
def test_the_catalogue_tells_of_a_period_what_nobody_must_overlook(
    metric: str, period: str, code: str, shipped_atlas: Atlas
):
    entry = shipped_atlas.metrics[metric]
    for language, words in (("en", "borders|decimals"), ("zh", "区划|小数")):
        assert re.search(words, entry.remark(period, language))
        assert entry.remark(period, language, code) == entry.remark(period, language)
        assert entry.remark(period, language, "440103") == entry.remark("2020", language) == ""
