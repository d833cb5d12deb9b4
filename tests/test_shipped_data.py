"""The shipped data: it has no problems, and its figures are those that were looked up. A refresh of ``data/`` has to pass these."""

import re
import shutil
from contextlib import closing
from pathlib import Path

import pandas as pd
import pytest

from geo.data import checking, loading
from geo.data.raw import Raw
from geo.figures import comparison, measures
from geo.figures.measures import latest_statuses
from geo.figures.table import FigureTable
from geo.schema import ADCODES, CITY, GEOGRAPHIC_CRS, LANGUAGES, MEASURING_CRS, Atlas
from rebuild import indicators
from store import Store
from store.reading.loading import shipped_tables
from store.reading.opening import condition
from tests.fixtures import SHIPPED_DATA
from tests.store.releases.make import RELEASES, SQLITE


@pytest.fixture(scope="module")
def shipped_atlas() -> Atlas:
    """Return the shipped data, checked."""
    return loading.load(SHIPPED_DATA)


@pytest.fixture(scope="module")
def shipped_book(shipped_atlas: Atlas) -> FigureTable:
    """Return the figures of the shipped data."""
    return measures.figures(shipped_atlas)


def test_the_shipped_folder_has_no_problems():
    assert checking.find_problems(Raw.read(SHIPPED_DATA)) == []


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
    assert (SHIPPED_DATA / "districts.geojson").stat().st_size <= 150_000


def test_every_tier_has_its_clusters_and_the_two_zones_are_there(shipped_atlas: Atlas):
    assert shipped_atlas.clusters["tier"].value_counts().to_dict() == {"district": 9, "headquarters": 1, "second": 1}
    assert sorted(shipped_atlas.clusters["adcode"]) == list(ADCODES)
    assert list(shipped_atlas.zones["cluster_id"]) == ["pazhou", "baietan"]
    assert set(shipped_atlas.zones["status"]) == {"schematic"}


def test_population_of_2020_sums_to_the_census_of_the_city(shipped_book: FigureTable):
    assert measures.total(shipped_book, "population", "2020", ADCODES) == measures.Total(18_676_605, 11, 11)
    assert shipped_book.column("population", "2020")[CITY].value == 18_676_605


def test_residents_at_the_end_of_2023_sum_to_the_figure_of_the_city_exactly(shipped_book: FigureTable):
    assert measures.total(shipped_book, "population", "2023", ADCODES) == measures.Total(18_827_000, 11, 11)
    assert shipped_book.column("population", "2023")[CITY].value == 18_827_000


@pytest.mark.parametrize("metric", ["population", "density", "gdp_per_head"])
def test_a_census_and_the_end_of_a_year_are_told_apart_and_never_compared(metric: str, shipped_book: FigureTable):
    entry = shipped_book.metrics[metric]
    for language, census, year_end in (("en", "census", "end of"), ("zh", "普查", "年末")):
        for words in (entry.definition[language], entry.remark("2023", language)):
            assert census in words
            assert year_end in words
    assert [one for one in comparison.changes(shipped_book, metric).periods(metric) if one != "2010/2020"] == []
    for code in (*ADCODES, CITY):
        for since in ("2010", "2020"):
            found = comparison.change(shipped_book, metric, "2023", [code], since)
            assert found.relative is None
            assert found.reason in ("break", "no figure")


def test_gdp_per_head_divides_by_the_census_or_by_the_end_of_2023(shipped_book: FigureTable):
    rate = shipped_book.metrics["gdp_per_head"]
    used = {period: measures.denominator_period(shipped_book, rate, period) for period in shipped_book.periods(rate.id)}
    assert {period for period, other in used.items() if other == "2020"} == {"2018", "2019", "2020", "2021"}
    assert {period for period, other in used.items() if other == "2023"} == {"2022", "2023", "2024", "2025"}


def test_gdp_of_2023_sums_to_a_little_less_than_was_published_for_the_city(shipped_book: FigureTable):
    summed = measures.total(shipped_book, "gdp", "2023", ADCODES)
    assert (summed.value, summed.found) == (pytest.approx(30_355.71), 11)
    assert shipped_book.column("gdp", "2023")[CITY].value == 30_355.73


def test_every_figure_has_a_source_that_is_listed(shipped_atlas: Atlas, shipped_book: FigureTable):
    used = {
        source
        for metric in shipped_book.metrics
        for period in shipped_book.periods(metric)
        for figure in shipped_book.column(metric, period).values()
        for source in figure.source_ids
    }
    assert used - set(shipped_atlas.sources.index) == set()


def test_as_many_districts_compare_as_decision_17_says(shipped_book: FigureTable):
    starts = ("2018", "2019", "2020", "2021", "2022")
    counts = [comparison.comparable(shipped_book, "gdp", since, "2023") for since in starts]
    assert counts == [0, 4, 6, 4, 4]
    decision = Path(__file__).resolve().parents[1] / "docs" / "decisions" / "0017-changes-are-a-book-of-figures.md"
    assert "four each with 2019, 2021 and 2022, none with 2018" in decision.read_text(encoding="utf-8")


def test_the_year_of_known_tenants_is_said_to_be_that_of_the_newest_entry(
    shipped_atlas: Atlas, shipped_book: FigureTable
):
    """Of most companies the newest entry is years older than the one that the figures are dated by."""
    (period,) = shipped_book.periods("known_tenants")
    metric = shipped_book.metrics["known_tenants"]
    assert metric.remark(period, "en").startswith("The year is that of the newest entry")
    assert metric.remark("2030", "zh").startswith("年份为名单中最新一条记录的年份"), "also after a newer entry"
    newest = latest_statuses(shipped_atlas.tenants)["date"]
    assert sum(date < period for date in newest) > len(newest) / 2


@pytest.mark.parametrize("language", LANGUAGES)
def test_notes_of_figures_can_be_read_in_both_languages(language: str, shipped_atlas: Atlas):
    """They are stored once, for both: files of either language carry them as they are."""
    script = {"en": "[a-z]{3}", "zh": "[\u4e00-\u9fff]"}[language]
    notes = [note for note in shipped_atlas.indicators["note"] if note]
    assert notes
    assert [note for note in notes if not re.search(script, note)] == []


def test_the_figures_are_what_make_data_takes_from_the_facts():
    with pytest.warns(UserWarning, match=r"METRICS of rebuild/indicators.py(.|\n)*GDP, primary sector"):
        built = indicators.build(SHIPPED_DATA / "source" / "facts.csv", SHIPPED_DATA / "sources.csv")
    shipped = pd.read_csv(SHIPPED_DATA / "indicators.csv", dtype=str, keep_default_na=False)
    pd.testing.assert_frame_equal(built, shipped)


@pytest.mark.parametrize("release", sorted(path.parent.name for path in RELEASES.glob(f"*/{SQLITE}")))
def test_every_releases_versions_open_beside_the_shipped_data(release: str, tmp_path: Path):
    shipped = loading.checked(SHIPPED_DATA)
    with closing(Store.open(f"sqlite:///{shutil.copy(RELEASES / release / SQLITE, tmp_path)}")) as store:
        store.ensure_shipped(shipped_tables(SHIPPED_DATA))
        found = {version.id: condition(store, shipped, version.id) for version in store.versions()}
    assert {id_: (one.reason, one.left_out) for id_, one in found.items()} == dict.fromkeys(found, ("", ()))


def test_a_rate_breaks_where_its_numerator_does(shipped_atlas: Atlas):
    for metric in shipped_atlas.metrics.values():
        if metric.kind == "rate":
            after = {gap.after for gap in shipped_atlas.metrics[metric.numerator].breaks}
            assert after <= {gap.after for gap in metric.breaks}, metric.id
