"""A data folder broken in one place at a time: the one problem says where, what, and what was expected."""

from collections.abc import Callable
from typing import Any

import geopandas as gpd
import pandas as pd
import pytest
import shapely

from geo.data import checking, loading
from geo.data.landmarks import LANDMARKS, Landmark, shifted_points
from geo.data.raw import Raw
from geo.datum import wgs84_to_gcj02
from geo.errors import DataError
from geo.schema import ADCODES, GEOGRAPHIC_CRS

pytestmark = pytest.mark.slow

LIWAN, YUEXIU, HAIZHU = ADCODES[:3]
CONGHUA = "440117"  # at the city's rim and without a zone: breaking it breaks nothing else
CLUSTERS = (
    "pazhou",
    "baietan",
    "yuexiu",
    "tianhe",
    "baiyun",
    "huangpu",
    "panyu",
    "huadu",
    "nansha",
    "conghua",
    "zengcheng",
)
Feature = dict[str, Any]


def problems(folder) -> tuple[str, ...]:
    """Return the problems in words, after making sure that loading raises just those."""
    found = checking.find_problems(Raw.read(folder.path))
    with pytest.raises(DataError) as raised:
        loading.load(folder.path)
    assert raised.value.problems == tuple(found)
    return tuple(map(str, found))


def only(folder) -> str:
    """Return the one problem in words."""
    (problem,) = problems(folder)
    return problem


# One row each: file, text to replace, text instead, field, value, a word of the expectation.
CELLS = [
    ("indicators.csv", "440103,gdp,2018,", "440199,gdp,2018,", "adcode", "440199", "one of 440100, 440103"),
    ("indicators.csv", "440103,gdp,2018,", "440103,gpd,2018,", "metric", "gpd", "one of gdp, gdp_growth"),
    ("indicators.csv", "440103,gdp,2018,", "440103,gdp,2018/19,", "period", "2018/19", "a period such as 2023"),
    ("indicators.csv", "440103,gdp,2018,", "440103,gdp,2018Q5,", "period", "2018Q5", "a period such as 2023"),
    ("indicators.csv", ",3281.61,", ",约3281,", "value", "约3281", "a finite number"),
    ("indicators.csv", ",3281.61,", ',"3,281.61",', "value", "3,281.61", "without unit or thousands separator"),
    ("indicators.csv", ",3281.61,", ",inf,", "value", "inf", "a finite number"),
    ("indicators.csv", ",3281.61,", ",nan,", "value", "nan", "a finite number"),
    ("indicators.csv", ",wikipedia-yuexiu,", ",hearsay,", "source_id", "hearsay", "one of baike-panyu-2021"),
    ("indicators.csv", ",wikipedia-yuexiu,verified", ",wikipedia-yuexiu,sure", "quality", "sure", "one of verified"),
    ("tenants.csv", "2021-04-06", "06.04.2021", "date", "06.04.2021", "a date such as 2020"),
    ("tenants.csv", "2021-04-06", "2021-13-06", "date", "2021-13-06", "a date such as 2020"),
    ("tenants.csv", ",considering,", ",thinking,", "status", "thinking", "one of considering"),
    ("tenants.csv", "pazhou,considering", "pazho,considering", "cluster_id", "pazho", "one of pazhou"),
    ("clusters.csv", "tianhe,440106,district", "tianhe,440106,third", "tier", "third", "one of headquarters"),
    ("clusters.csv", "tianhe,440106,district", "tianhe,440100,district", "adcode", "440100", "one of 440103"),
    ("statements.csv", ",182.4,", ",182.4亿,", "value", "182.4亿", "a finite number"),
    ("statements.csv", "pazhou-target,pazhou,target", "pazhou-target,pazhou,dream", "kind", "dream", "one of plan"),
    ("sources.csv", ",copy,", ",mirror,", "host", "mirror", "one of official"),
    *(
        ("sources.csv", "http://cryer.org.uk/Tianhe_District%2c_Guangzhou", bad, "address", bad, "a plain web address")
        for bad in ("javascript:alert(1)", "https://a.cn/![p](http://b.cn/p.png)", "https://a b.cn", "https://n@a.cn")
    ),
]


@pytest.mark.parametrize("cell", CELLS, ids=lambda cell: f"{cell[0]}-{cell[3]}-{cell[4]}")
def test_a_bad_cell_is_named_with_file_row_field_value_and_expectation(cell: tuple[str, ...], folder):
    name, old, new, field, value, expected = cell
    row = folder.replace(name, old, new)
    problem = only(folder)
    assert problem.startswith(f"{name}, row {row}, field {field!r}: found {value!r}, expected ")
    assert expected in problem


def test_an_empty_value_is_a_problem_of_an_indicator_but_not_of_a_statement(folder):
    row = folder.replace("indicators.csv", ",3281.61,", ",,")
    folder.replace("statements.csv", ",182.4,", ",,")
    assert only(folder).startswith(f"indicators.csv, row {row}, field 'value': expected a finite number")


def test_an_empty_code_is_a_problem_where_one_is_needed(folder):
    row = folder.replace("indicators.csv", ",wikipedia-yuexiu,verified", ",,verified")
    assert only(folder).startswith(f"indicators.csv, row {row}, field 'source_id': expected one of")


def test_a_duplicate_row_is_named_with_its_key(folder):
    row = folder.append("indicators.csv", "440103,gdp,2018,1,wikipedia-liwan,verified,")
    assert only(folder) == (
        f"indicators.csv, row {row}, field 'adcode+metric+period': found '440103 gdp 2018', "
        "expected a unique key; this row is a duplicate"
    )


def test_a_row_with_too_few_fields_is_named(folder):
    row = folder.append("indicators.csv", "440103,gdp,1999")
    assert (
        only(folder)
        == f"indicators.csv, row {row}: found '3 fields: 440103,gdp,1999', expected 7 fields, as in the header"
    )


@pytest.mark.parametrize("name", ["indicators.csv", "zones.geojson", "metrics.toml", "slides.toml"])
def test_a_missing_file_is_named(name: str, folder):
    (folder.path / name).unlink()
    assert only(folder) == f"{name}: found 'no such file', expected the file in {folder.path}"


def test_a_missing_column_is_named(folder):
    folder.replace("indicators.csv", "adcode,metric,period,value", "adcode,metric,period,amount")
    assert only(folder) == "indicators.csv, row 1, field 'value': expected this column in the header"


def test_a_table_that_is_not_utf8_is_named(folder):
    path = folder.path / "tenants.csv"
    path.write_bytes(path.read_text(encoding="utf-8").encode("gb18030"))
    problem = only(folder)
    assert problem.startswith("tenants.csv: found")
    assert "expected a UTF-8 CSV file" in problem


@pytest.mark.parametrize(("text", "cause"), [("[gdp\n", "TOML"), ("x = '\x01'\n", "TOML")])
def test_a_broken_catalogue_is_named_with_the_place(text: str, cause: str, folder):
    row = folder.append("metrics.toml", text)
    problem = only(folder)
    assert problem.startswith("metrics.toml: found ")
    assert f"line {row}" in problem
    assert problem.endswith("expected a TOML file in UTF-8")


def test_a_catalogue_that_is_not_utf8_is_named(folder):
    path = folder.path / "metrics.toml"
    path.write_bytes(path.read_text(encoding="utf-8").encode("gb18030"))
    assert only(folder).startswith("metrics.toml: found ")


def test_an_empty_catalogue_is_a_problem(folder):
    (folder.path / "metrics.toml").write_text("# nothing here\n", encoding="utf-8")
    assert only(folder) == "metrics.toml: expected at least one metric"


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ('unit = "亿元"\nkind', "kind", "metrics.toml, field 'gdp.unit': expected this field"),
        (
            'unit = "家"',
            'unit = "件"',
            "field 'known_tenants.unit': found '件', expected a unit that geo/wording.py names",
        ),
        ('kind = "count"', 'kind = "sum"', "field 'gdp.kind': found 'sum', expected one of count, rate, published"),
        ('scheme = "quantile"', 'scheme = "jenks"', "field 'gdp.scheme': found 'jenks', expected one of quantile"),
        ('numerator = "gdp"', 'numerator = "gpd"', "field 'gdp_per_head.numerator': found 'gpd', expected one of gdp"),
        ('denominator = "population"\n', "", "field 'gdp_per_head.denominator': expected one of gdp"),
        ("scale = 0.1, ", "", "field 'gdp.show.en': expected unit, scale and decimals"),
        ("classes = 5", "classes = 9", "field 'gdp.classes': found '9', expected one of 2, 3, 4, 5, 6, 7"),
        ('after = "2018"\n', "", "field 'gdp.breaks.after': expected a period"),
        ('after = "2018"\n', "after = 2018\n", "field 'gdp.breaks.after': found '2018', expected a period"),
        ('["440113", ', '["440999", ', "field 'population.remarks.adcodes': found '440999', expected one of 440103"),
        (
            'period = "2010"',
            'period = "census"',
            "field 'population.remarks.period': found 'census', expected a period",
        ),
        ('text_zh = "2010', 'txet_zh = "2010', "field 'population.remarks.text_zh': expected a sentence"),
        ("[gdp]\n", "version = 1\n[gdp]\n", "field 'version': found '1', expected one table per metric"),
    ],
)
def test_a_metric_with_a_missing_or_unknown_field_is_named(old: str, new: str, problem: str, folder):
    folder.replace("metrics.toml", old, new)
    assert problem in only(folder)


def test_a_slide_without_a_text_is_named(folder):
    folder.replace("slides.toml", 'text_zh = "规划提出', 'txet_zh = "规划提出')
    assert list(problems(folder)) == [
        "slides.toml, field 'plan.txet_zh': expected only the fields title_en, title_zh, text_en, text_zh, view, camera, map_kind, chart, notes_en, notes_zh",
        "slides.toml, field 'plan.text_zh': expected a text",
    ]


def test_a_bad_value_in_many_rows_is_named_in_each_of_them_in_order(folder):
    rows = [
        folder.append("indicators.csv", f"440103,gdp,{year},x{year % 2},page-x,verified,")
        for year in (1901, 1902, 1903)
    ]
    values = [(rows[0], "x1"), (rows[1], "x0"), (rows[2], "x1")]
    expected = [f"indicators.csv, row {row}, field 'source_id': found 'page-x'" for row in rows]
    expected += [f"indicators.csv, row {row}, field 'value': found '{value}'" for row, value in values]
    assert [problem.split(", expected")[0] for problem in problems(folder)] == expected


def test_rows_behind_one_that_is_left_out_keep_their_number(folder):
    short = folder.append("indicators.csv", "440103,gdp,1999")
    row = folder.append("indicators.csv", "440103,retail_sales,1998/99,-1,census-2010,sure,")
    word = folder.append("indicators.csv", "440103,retail_sales,1998,much,census-2010,verified,")
    assert [problem.split(": ")[0] for problem in problems(folder)] == [
        f"indicators.csv, row {short}",
        f"indicators.csv, row {row}, field 'quality'",
        f"indicators.csv, row {word}, field 'value'",
        f"indicators.csv, row {row}, field 'period'",
        f"indicators.csv, row {row}, field 'value'",
    ]


@pytest.mark.parametrize(("value", "good"), [("-1", False), ("0", False), ("1", True)])
def test_a_figure_that_others_are_divided_by_is_above_0(value: str, good: bool, folder):
    folder.append("indicators.csv", f"440103,population,1999,{value},census-2010,verified,")
    found = [str(problem) for problem in checking.find_problems(Raw.read(folder.path))]
    expected = [] if good else ["a number above 0, because other metrics are divided by it"]
    assert [problem.split("expected ")[1] for problem in found] == expected


def test_a_count_may_be_0_but_not_below(folder):
    folder.append("indicators.csv", "440103,retail_sales,1999,0,census-2010,verified,")
    row = folder.append("indicators.csv", "440103,retail_sales,1998,-1,census-2010,verified,")
    assert only(folder) == f"indicators.csv, row {row}, field 'value': found '-1', expected a number not below 0"


def feature_of(features: list[Feature], adcode: str) -> Feature:
    """Return the feature of a district."""
    return next(feature for feature in features if feature["properties"]["adcode"] == adcode)


def bow_tie(features: list[Feature]) -> None:
    """Give a district an outline that crosses itself."""
    ring = [[114, 23], [114.1, 23.1], [114.1, 23], [114, 23.1], [114, 23]]
    feature_of(features, CONGHUA)["geometry"] = {"type": "Polygon", "coordinates": [ring]}


def narrowed(features: list[Feature]) -> None:
    """Draw a district back from its neighbours by about 3 m on all sides."""
    conghua = feature_of(features, CONGHUA)
    conghua["geometry"] = shapely.geometry.mapping(shapely.geometry.shape(conghua["geometry"]).buffer(-3e-5))


def emptied(features: list[Feature]) -> None:
    """Give a district an outline without a point."""
    feature_of(features, CONGHUA)["geometry"] = {"type": "Polygon", "coordinates": []}


def lost(features: list[Feature]) -> None:
    """Take the outline of a district away."""
    feature_of(features, CONGHUA)["geometry"] = None


@pytest.mark.parametrize("damage", [bow_tie, emptied, lost])
def test_an_invalid_empty_or_missing_shape_is_named_with_its_feature(damage, folder):
    folder.change_features("districts.geojson", damage)
    problem = "districts.geojson, row 10, field 'geometry': found '440117', expected a valid, non-empty polygon"
    assert only(folder).startswith(problem)


def test_a_missing_district_is_named(folder):
    folder.change_features("districts.geojson", lambda features: features.remove(feature_of(features, CONGHUA)))
    assert only(folder) == "districts.geojson, field 'adcode': expected a feature for district 440117"


def test_an_unknown_district_is_named_beside_the_one_it_leaves_out(folder):
    folder.change_features("districts.geojson", lambda f: feature_of(f, CONGHUA)["properties"].update(adcode="440184"))
    missing, unknown = problems(folder)
    assert missing == "districts.geojson, field 'adcode': expected a feature for district 440117"
    assert unknown.startswith("districts.geojson, row 10, field 'adcode': found '440184', expected each of the eleven")


def test_a_district_that_stands_twice_is_named(folder):
    folder.change_features("districts.geojson", lambda features: features.append(feature_of(features, CONGHUA)))
    assert "districts.geojson, row 12, field 'adcode': found '440117', expected each of" in "".join(problems(folder))


def test_overlapping_districts_are_a_problem(folder):
    def widen(features: list[Feature]) -> None:
        feature = feature_of(features, CONGHUA)
        feature["geometry"] = shapely.geometry.mapping(shapely.geometry.shape(feature["geometry"]).buffer(0.001))

    folder.change_features("districts.geojson", widen)
    assert only(folder).startswith(
        "districts.geojson, field 'geometry': found 'overlap or gap', expected districts that"
    )


def test_a_zone_outside_its_district_is_named(folder):
    folder.change_features("zones.geojson", lambda features: features[0]["properties"].update(adcode=YUEXIU))
    problem = "zones.geojson, row 1, field 'geometry': found 'pazhou', expected a zone inside its district 440104"
    assert only(folder) == problem


def moved(lon: float, lat: float) -> Callable[[list[Feature]], None]:
    """Return what puts the point of Fangcun somewhere."""

    def move(features: list[Feature]) -> None:
        (point,) = [feature for feature in features if feature["properties"]["name_en"] == "Fangcun"]
        point["geometry"]["coordinates"] = [lon, lat]

    return move


@pytest.mark.parametrize(
    ("lon", "lat"), [(113.2358, 23.0988), (113.23579, 23.09881), tuple(map(float, wgs84_to_gcj02(113.2307, 23.1009)))]
)
def test_a_point_left_in_gcj02_is_named_with_its_place_and_the_remedy(folder, lon: float, lat: float):
    folder.change_features("context.geojson", moved(lon, lat))
    assert only(folder) == (
        f"context.geojson, row 32, field 'geometry': found '芳村: {lon:.4f}, {lat:.4f}', expected a WGS-84 position, here near "
        "113.2307, 23.1009 (feature number given); this one is within 100 m of where GCJ-02 puts 芳村 (Fangcun): convert it "
        "with geo.datum.gcj02_to_wgs84"
    )


@pytest.mark.parametrize(("lon", "lat"), [(113.2307, 23.1009), (113.2405, 23.1009), (113.2307, 23.1060)])
def test_a_point_in_place_or_elsewhere_is_not_called_shifted(folder, lon: float, lat: float):
    folder.change_features("context.geojson", moved(lon, lat))
    assert checking.find_problems(Raw.read(folder.path)) == []


@pytest.mark.parametrize("mark", LANDMARKS)
def test_each_landmark_is_found_by_either_name_and_only_by_its_own(mark: Landmark):
    point = shapely.Point(*wgs84_to_gcj02(mark.lon, mark.lat))
    names = [(f"{mark.name_zh}站", "Station"), ("站", f"{mark.name_en.upper()} Station"), ("站", "Station")]
    frame = pd.DataFrame(names, columns=["name_zh", "name_en"])
    layer = gpd.GeoDataFrame(frame, geometry=[point] * 3, crs=GEOGRAPHIC_CRS)
    assert list(shifted_points(layer)) == [(0, mark), (1, mark)]
    assert list(shifted_points(layer.set_geometry([shapely.Point(mark.lon, mark.lat)] * 3, crs=GEOGRAPHIC_CRS))) == []


def test_a_zone_of_an_unknown_cluster_is_named(folder):
    folder.replace("zones.geojson", '"cluster_id": "pazhou"', '"cluster_id": "pazho"')
    assert list(problems(folder)) == [
        "zones.geojson, field 'cluster_id': expected a zone for the cluster pazhou",
        "zones.geojson, row 1, field 'cluster_id': found 'pazho', expected one of " + ", ".join(CLUSTERS),
    ]


def test_the_plan_needs_its_clusters_and_the_sources_the_code_names(folder):
    folder.replace("clusters.csv", "pazhou,440105,headquarters", "pazhou,440105,second")
    folder.replace("sources.csv", "own-count,", "own-counts,")
    assert list(problems(folder)) == [
        "clusters.csv, field 'tier': found '0 clusters of tier headquarters', expected 1",
        "clusters.csv, field 'tier': found '2 clusters of tier second', expected 1",
        "sources.csv, field 'source_id': expected a row for own-count, to which derived figures refer",
    ]


def test_a_missing_file_does_not_hide_the_problems_of_the_others(folder):
    (folder.path / "sources.csv").unlink()
    folder.replace("tenants.csv", "2021-04-06", "yesterday")
    listed = problems(folder)
    assert len(listed) == 2
    assert listed[0].startswith("sources.csv: found 'no such file'")
    assert "found 'yesterday'" in listed[1]


def test_a_gap_between_districts_is_named(folder):
    folder.change_features("districts.geojson", narrowed)
    assert only(folder).startswith("districts.geojson, field 'geometry': found 'overlap or gap'")


def test_a_metric_may_still_have_the_direction_of_older_releases(folder):
    folder.replace("metrics.toml", 'kind = "count"', 'kind = "count"\ndirection = "more"')
    assert checking.find_problems(Raw.read(folder.path)) == []
    assert "gdp" in loading.load(folder.path).metrics


def test_all_problems_of_all_files_are_listed_at_once(folder):
    first = folder.replace("indicators.csv", "440103,gdp,2018,", "440199,gdp,2018,")
    second = folder.replace("indicators.csv", ",3281.61,", ",much,")
    third = folder.replace("tenants.csv", "2021-04-06", "yesterday")
    short = folder.append("sources.csv", "alone")
    folder.replace("metrics.toml", 'kind = "count"', 'kind = "sum"')
    folder.change_features("districts.geojson", bow_tie)
    listed = "\n".join(problems(folder))
    places = [
        f"indicators.csv, row {first}, field 'adcode'", f"indicators.csv, row {second}, field 'value'",
        f"tenants.csv, row {third}, field 'date'", f"sources.csv, row {short}", "metrics.toml, field 'gdp.kind'",
        "districts.geojson, row 10, field 'geometry'",
    ]  # fmt: skip
    assert [place for place in places if place not in listed] == []
    assert len(listed.splitlines()) == len(places)


def test_several_missing_files_and_columns_are_listed_at_once(folder):
    (folder.path / "zones.geojson").unlink()
    (folder.path / "metrics.toml").unlink()
    folder.replace("clusters.csv", "tier", "level")
    listed = problems(folder)
    assert [problem.split(":")[0] for problem in listed] == [
        "zones.geojson", "metrics.toml", "clusters.csv, row 1, field 'tier'",
    ]  # fmt: skip
