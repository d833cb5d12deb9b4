"""A data folder: it loads, checked and typed, and says what is wrong with it."""

import json
import re

import pytest

from geo.data import loading, story
from geo.data.raw import Raw
from geo.data.story import frame_of
from geo.errors import DataError
from geo.fields import COLUMNS
from geo.figures import measures
from geo.figures.table import FigureTable
from geo.schema import ADCODES, GEOGRAPHIC_CRS, MEASURING_CRS, UNDATED, Atlas, Metric
from tests.fixtures import DATA


@pytest.fixture(scope="module")
def frozen_atlas() -> Atlas:
    """Return the frozen data, checked."""
    return loading.load(DATA)


@pytest.fixture(scope="module")
def frozen_book(frozen_atlas: Atlas) -> FigureTable:
    """Return the figures of the frozen data."""
    return measures.figures(frozen_atlas)


def test_an_incomputable_sentence_stops_the_start_but_no_published_version(folder):
    folder.replace("slides.toml", "{gdp.city.default}", "{gdp.city.2099}")
    raw = Raw.read(folder.path)
    (problem,) = loading.check(raw)
    assert str(problem).startswith("slides.toml, field 'gdp.text_en': found '{gdp.city.2099}'")
    with pytest.raises(DataError) as raised:
        loading.load(folder.path)
    assert raised.value.problems == (problem,)
    assert [slide.id for slide in loading.typed(raw).slides][:2] == ["plan", "pazhou"]


def test_sentences_are_not_computed_from_data_that_have_other_problems(folder):
    folder.replace("slides.toml", "{gdp.city.default}", "{gdp.city.2099}")
    folder.replace("indicators.csv", ",3281.61,", ",much,")
    assert [problem.file for problem in loading.check(Raw.read(folder.path))] == ["indicators.csv"]


def test_density_of_2010_is_unknown_for_panyu_and_nansha_alone_but_not_for_both(frozen_book: FigureTable):
    panyu, nansha = "440113", "440115"
    assert set(ADCODES) - set(frozen_book.column("density", "2010")) == {panyu, nansha}
    both = measures.total(frozen_book, "density", "2010", [panyu, nansha])
    areas = frozen_book.column("area_measured", UNDATED)
    assert both.value == pytest.approx((1_764_828 + 259_900) / (areas[panyu].value + areas[nansha].value))


def test_typed_columns_are_numbers_and_truth_values(frozen_atlas: Atlas):
    assert frozen_atlas.indicators["value"].dtype == float
    assert frozen_atlas.statements["value"].dtype == float
    assert frozen_atlas.clusters["assumption"].dtype == bool
    assert frozen_atlas.indicators["adcode"].str.len().eq(6).all()


def test_metrics_keep_their_order_and_everything_the_catalogue_says(frozen_atlas: Atlas):
    assert list(frozen_atlas.metrics)[:3] == ["gdp", "gdp_growth", "gdp_per_head"]
    per_head = frozen_atlas.metrics["gdp_per_head"]
    assert (per_head.kind, per_head.numerator, per_head.denominator) == ("rate", "gdp", "population")
    assert (per_head.factor, per_head.denominator_within, per_head.breaks[0].after) == (1e8, 3, "2018")
    density: Metric = frozen_atlas.metrics["density"]
    assert (density.breaks[0].adcodes, density.breaks[0].hides_value) == ({"440113", "440115"}, True)
    assert frozen_atlas.metrics["gdp"].show["en"].pattern == "RMB {} bn"
    assert frozen_atlas.metrics["gdp"].tolerance == 0.001


def test_read_returns_every_table_as_text(folder):
    folder.replace("indicators.csv", ",3281.61,", ",NA,")
    raw = Raw.read(folder.path)
    assert set(raw.tables) | set(raw.layers) == set(COLUMNS) - {story.SLIDE_TABLE}
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
    zones = Raw.read(folder.path).layers["zones.geojson"]
    layer = json.loads(zones.to_crs(MEASURING_CRS).to_json())
    layer["crs"] = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::4547"}}
    path.write_text(json.dumps(layer), encoding="utf-8")
    loaded = loading.load(folder.path).zones
    assert loaded.crs == GEOGRAPHIC_CRS
    assert loaded.geometry.geom_equals_exact(zones.geometry, tolerance=1e-6).all()


def test_the_story_is_a_table_too_and_comes_back_from_it(shipped):
    raw = Raw.read(shipped)
    table = raw.table("slides.csv")
    assert list(table["slide_id"]) == list(raw.slides)
    again = raw.with_tables({"slides.csv": table.iloc[::-1]})
    assert again.tables == raw.tables, "the data folder has no such table"
    told = loading.typed(raw).slides
    assert loading.typed(again).slides == told[::-1]
    assert frame_of(told).equals(table)


def test_a_story_without_a_required_column_is_a_problem_an_optional_one_is_not(shipped):
    raw = Raw.read(shipped)
    table = raw.table("slides.csv")
    loading.typed(raw.with_tables({"slides.csv": table.drop(columns=["notes_zh", "camera"])}))
    with pytest.raises(DataError, match=r"slides\.toml, field 'plan\.text_zh'"):
        loading.typed(raw.with_tables({"slides.csv": table.drop(columns=["text_zh"])}))


@pytest.mark.parametrize(
    ("metric", "period", "code"), [("population", "2010", "440113"), ("area_official", UNDATED, "440118")]
)
def test_the_catalogue_tells_of_a_period_what_nobody_must_overlook(
    metric: str, period: str, code: str, frozen_atlas: Atlas
):
    entry = frozen_atlas.metrics[metric]
    for language, words in (("en", "borders|decimals"), ("zh", "区划|小数")):
        assert re.search(words, entry.remark(period, language))
        assert entry.remark(period, language, code) == entry.remark(period, language)
        assert entry.remark(period, language, "440103") == entry.remark("2020", language) == ""
