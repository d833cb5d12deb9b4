"""Figures as CSV that Excel reads, and that no spreadsheet runs; and as GeoJSON."""

import csv
import io
import json
import re
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from geo import wording
from geo.changes.merge import as_stored, merge
from geo.data import loading
from geo.figures import comparison, measures
from geo.figures.data_version import DataVersion
from geo.figures.export import HEADINGS, figures_csv, figures_geojson
from geo.figures.table import Figure, FigureTable
from geo.schema import ADCODES, CITY, LANGUAGES, Atlas, Remark
from geo.uploads.cleaning import clean
from geo.uploads.model import Choices
from geo.uploads.read.reading import read

LIWAN, YUEXIU, HAIZHU = ADCODES[:3]


@pytest.fixture
def exported(atlas: Atlas) -> bytes:
    """Return the CSV of a metric with a gap, a published city figure, and hostile sources and notes."""
    atlas = named_in_full(atlas)
    figures = {
        LIWAN: Figure(-1234567.5, ("s", "evil", "s"), "verified", '=1+1, "quoted"\nsecond line'),
        YUEXIU: Figure(0.1 + 0.2, ("evil",), "secondary", "-note"),
        CITY: Figure(9.0, ("s",), "verified"),
    }
    return figures_csv(
        FigureTable(atlas.metrics, {("people", "2020"): figures, ("people", "2010"): {LIWAN: figures[LIWAN]}}),
        atlas,
        "people",
        "en",
    )


def named_in_full(atlas: Atlas) -> Atlas:
    """Return an atlas that has a name for each of the eleven districts."""
    rows = atlas.districts.iloc[[0] * len(ADCODES)].reset_index(drop=True).assign(adcode=ADCODES)
    rows.loc[2, "name_en"] = "@Haizhu"
    return Atlas(**vars(atlas) | {"districts": rows})


def rows(exported: bytes) -> list[dict[str, str]]:
    """Return the rows as a spreadsheet would read them."""
    return list(csv.DictReader(io.StringIO(exported.decode("utf-8-sig"), newline="")))


def test_csv_starts_with_one_byte_order_mark(exported: bytes):
    assert exported.startswith(b"\xef\xbb\xbfadcode,")
    assert exported.count(b"\xef\xbb\xbf") == 1


def test_csv_lines_end_as_excel_writes_them(exported: bytes):
    text = exported.decode("utf-8-sig")
    assert text.endswith("\r\n")
    assert len(text.split("\r\n")) == 1 + 11 + 12 + 1  # header, 2010, 2020 with the city, after the last


def test_csv_has_a_row_a_period_and_district_and_one_a_published_city_figure(exported: bytes):
    found = [(row["period"], row["adcode"]) for row in rows(exported)]
    assert found == [("2010", code) for code in ADCODES] + [("2020", code) for code in (*ADCODES, CITY)]
    assert rows(exported)[-1]["district name"] == "Guangzhou"


def test_csv_leaves_the_value_of_a_gap_empty(exported: bytes):
    gap = next(row for row in rows(exported) if row["adcode"] == HAIZHU)
    assert (gap["value"], gap["unit"], gap["quality"], gap["source"]) == ("", "u", "", "")


def test_csv_values_are_plain_numbers_without_rounding_noise_and_never_guarded(exported: bytes):
    values = {row["adcode"]: row["value"] for row in rows(exported) if row["period"] == "2020"}
    assert (values[LIWAN], values[YUEXIU], values[CITY]) == ("-1234567.5", "0.3", "9")


def test_csv_tells_each_source_once_with_its_address(exported: bytes):
    row = rows(exported)[0]
    assert row["source"].startswith("Bureau: Yearbook, 2021-04-14; =cmd|' /C calc'!A0: Report"), "with its date"
    assert (row["address"], row["kind of address"]) == (
        "https://example.org/s; @SUM(1)",
        "publisher's site; copy on another site",
    )


def test_no_text_of_a_csv_begins_like_a_formula(exported: bytes):
    table = rows(exported)
    assert table[0]["note"] == '\'=1+1, "quoted"\nsecond line'
    yuexiu = next(row for row in table if row["adcode"] == YUEXIU and row["value"])
    assert yuexiu["source"].startswith("'=cmd|' /C calc'!A0: Report")
    cells = [(name, cell) for row in table for name, cell in row.items() if name != "value"]
    assert [cell for cell in cells if cell[1].startswith(("=", "+", "-", "@", "\t", "\r"))] == []


@pytest.fixture
def features(atlas: Atlas) -> dict[str, dict]:
    """Return the features of a GeoJSON file of two figures and nine gaps, by adcode."""
    figures = {
        LIWAN: Figure(-1234567.5, ("s",), "verified", "=1+1"),
        YUEXIU: Figure(0.1 + 0.2, ("evil", "s"), "secondary"),
    }
    columns = {("people", "2020"): figures, ("people", "2010"): {HAIZHU: figures[LIWAN]}}
    content = figures_geojson(FigureTable(atlas.metrics, columns), named_in_full(atlas), "people", "2020", "en")
    collection = json.loads(content.decode("utf-8"))
    assert collection["type"] == "FeatureCollection"
    assert set(collection) == {"type", "features", "coverage", "attribution", "licence"}  # RFC 7946: no crs
    assert [feature["type"] for feature in collection["features"]] == ["Feature"] * len(ADCODES)
    return {feature["properties"]["adcode"]: feature for feature in collection["features"]}


def test_geojson_has_a_feature_a_district_with_its_figure_as_a_number(features: dict[str, dict]):
    assert tuple(features) == ADCODES
    liwan = features[LIWAN]["properties"]
    assert (liwan["value"], liwan["unit"], liwan["period"], liwan["quality"]) == (-1234567.5, "u", "2020", "verified")
    assert (liwan["district"], liwan["note"], liwan["source"]) == ("Liwan", "=1+1", "Bureau: Yearbook, 2021-04-14")
    assert features[YUEXIU]["properties"]["value"] == 0.3


def test_geojson_has_null_where_there_is_no_figure(features: dict[str, dict]):
    gap = features[HAIZHU]["properties"]
    assert (gap["value"], gap["source"], gap["metric"]) == (None, "", "people in en")


def test_geojson_of_a_period_without_figures_is_all_gaps(atlas: Atlas):
    collection = json.loads(
        figures_geojson(FigureTable(atlas.metrics, {}), named_in_full(atlas), "people", "2020", "en")
    )
    assert [feature["properties"]["value"] for feature in collection["features"]] == [None] * len(ADCODES)


def test_geojson_has_longitude_before_latitude_in_degrees(features: dict[str, dict]):
    for longitude, latitude in features[LIWAN]["geometry"]["coordinates"][0]:
        assert 113.9 < longitude < 114.1
        assert 23.0 < latitude < 23.2


def test_changes_go_to_files_with_their_pair_of_periods_and_the_reasons_of_gaps(atlas: Atlas):
    atlas = named_in_full(atlas)
    ends = {"2010": {LIWAN: 10.0}, "2020": {LIWAN: 9.0, YUEXIU: 1.0}}
    columns = {
        ("people", period): {code: Figure(value, ("s",), "verified") for code, value in column.items()}
        for period, column in ends.items()
    }
    found = comparison.changes(FigureTable(atlas.metrics, columns), "people")
    lines = {row["adcode"]: row for row in rows(figures_csv(found, atlas, "people", "en"))}
    assert len(lines) == len(ADCODES)
    names = ("metric", "period", "value", "unit", "quality", "note")
    assert [lines[LIWAN][name] for name in names] == ["people in en, change", "2010 → 2020", "-10", "%", "derived", ""]
    assert [lines[YUEXIU][name] for name in names[2:]] == ["", "%", "", "no data for 2010"]
    features = json.loads(figures_geojson(found, atlas, "people", "2010/2020", "en"))["features"]
    by_code = {feature["properties"]["adcode"]: feature["properties"] for feature in features}
    assert (by_code[LIWAN]["value"], by_code[LIWAN]["period"]) == (-10.0, "2010 → 2020")
    assert (by_code[YUEXIU]["value"], by_code[YUEXIU]["note"]) == (None, "no data for 2010")


@pytest.mark.parametrize(
    ("language", "head", "row"),
    [
        (
            "en",
            "adcode,district name,metric,period,value,unit,quality,note,source,address,kind of address,not comparable with,data version",
            "440106,Tianhe,GDP per head,2023,292228.74,RMB,",
        ),
        (
            "zh",
            "行政区划代码,名称,指标,时期,数值,单位,质量,备注,来源,网址,网址类型,不可比时期,数据版本",
            "440106,天河区,人均地区生产总值,2023,292228.74,元,",
        ),
    ],
)
def test_a_csv_is_in_one_language_with_its_units_and_what_a_rate_divides_by(
    language: str, head: str, row: str, shipped: Path
):
    atlas = loading.load(shipped)
    lines = figures_csv(measures.figures(atlas), atlas, "gdp_per_head", language).decode("utf-8-sig").split("\r\n")
    assert lines[0] == head
    found = next(line for line in lines if line.startswith("440106") and ",2023," in line)
    assert re.sub(r"(\.\d\d)\d+", r"\1", found).startswith(row)
    note = {
        "en": '"divided by figures for another year: Residents, 2020."',
        "zh": "除数为其他年份数据：常住人口，2020。",
    }
    assert note[language] in found
    foreign = {"en": "亿元|[\u4e00-\u9fff]", "zh": "RMB"}
    assert not re.search(foreign[language], ",".join(found.split(",")[:8]))


@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_figure_of_a_csv_reads_back_as_it_was(language: str, shipped: Path):
    atlas = loading.load(shipped)
    for metric in sorted(set(atlas.indicators["metric"])):
        content = figures_csv(measures.figures(atlas), atlas, metric, language)
        upload = clean(read(content, "a.csv"), "a.csv", "indicators", atlas, Choices())
        key = ["adcode", "metric", "period"]
        stored = atlas.indicators[atlas.indicators["metric"] == metric].set_index(key).sort_index()
        found = upload.table.set_index(key).sort_index()
        pd.testing.assert_series_equal(found["value"], stored["value"], check_names=False, rtol=1e-9)
        assert found["quality"].to_list() == stored["quality"].to_list(), metric
        notes = [wording.halves(note)[language] for note in stored["note"]]
        assert found["note"].to_list() == notes, metric
        assert language == "zh" or not re.search("[\u4e00-\u9fff]", "".join(notes)), metric
        merged = merge(atlas.indicators.astype(str), as_stored(upload.table, "indicators"), "indicators", "update")
        kept = merged[merged["metric"] == metric].set_index(key).sort_index()["note"]
        assert kept.to_list() == stored["note"].to_list(), "the other language stays"


def test_every_unit_of_the_catalogue_has_an_english_name(shipped: Path):
    metrics = loading.load(shipped).metrics.values()
    assert [m.unit for m in metrics if re.search("[\u4e00-\u9fff]", wording.unit_name(m.unit, "en"))] == []
    assert wording.unit_name("亿元", "zh") == "亿元"


@pytest.mark.parametrize(
    ("language", "version", "gap"),
    [
        ("en", "version 3, published 2026-11-24", "2023 and earlier: The 2023 base was revised"),
        ("zh", "第 3 版（2026-11-24 发布）", "2023 及以前：2023 年基数已修订"),
    ],
)
def test_files_of_figures_say_version_breaks_and_what_must_be_said_of_a_period(
    language: str, version: str, gap: str, shipped: Path
):
    atlas = loading.load(shipped)
    remark = Remark("2020", {"en": "Estimated.", "zh": "推算数。"})
    metrics = atlas.metrics | {"population": replace(atlas.metrics["population"], remarks=(remark,))}
    atlas = replace(atlas, metrics=metrics)
    opened = DataVersion(atlas, measures.figures(atlas), 3, "2026-11-24")
    assert opened.words(language) == version
    when, note, breaks, data = (HEADINGS[name][language] for name in ("period", "note", "break", "version"))
    found = rows(figures_csv(opened.figure_table, atlas, "gdp", language, version))
    assert {row[data] for row in found} == {version}
    assert {row[when][:4] for row in found if row[breaks].startswith(gap)} == {"2024", "2025"}
    people = rows(figures_csv(opened.figure_table, atlas, "population", language, version))
    assert {row[when] for row in people if remark.text[language] in row[note]} == {"2020"}
    made = json.loads(figures_geojson(opened.figure_table, atlas, "gdp", "2024", language, version))
    first = made["features"][0]["properties"]
    assert (first["version"], first["break"].startswith(gap)) == (version, True)


def test_geojson_says_how_many_districts_have_a_figure(atlas: Atlas):
    columns = {("people", "2020"): {LIWAN: Figure(1.0, ("s",), "verified")}}
    made = figures_geojson(FigureTable(atlas.metrics, columns), named_in_full(atlas), "people", "2020", "en")
    assert json.loads(made)["coverage"] == "1 of 11 districts"


def test_a_chinese_csv_is_chinese_in_every_cell(shipped: Path):
    atlas = loading.load(shipped)
    found = rows(figures_csv(measures.figures(atlas), atlas, "gdp", "zh"))
    assert {row["质量"] for row in found} == {"", "已核实", "二手来源"}
    kinds = {kind for row in found for kind in row["网址类型"].split("; ")}
    assert kinds == {"", "官方网站", "发布者网站", "其他网站转载"}


@pytest.mark.parametrize(
    ("metric", "pair", "reason"),
    [
        ("gdp", "2023 → 2024", "The 2023 base was revised"),
        ("gdp_per_head", "2020 → 2023", "same residents used for both years"),
    ],
)
def test_a_csv_of_changes_has_incomparable_pairs_with_the_reason(metric: str, pair: str, reason: str, shipped: Path):
    atlas = loading.load(shipped)
    found = rows(figures_csv(comparison.changes(measures.figures(atlas), metric), atlas, metric, "en"))
    of_pair = {row["adcode"]: row for row in found if row["period"] == pair}
    assert set(of_pair) == set(ADCODES)
    assert of_pair[HAIZHU]["value"] == ""
    assert of_pair[HAIZHU]["note"].startswith(reason)


def test_a_figure_within_old_borders_says_so_in_files(shipped: Path):
    atlas = loading.load(shipped)
    found = rows(figures_csv(measures.figures(atlas), atlas, "population", "en"))
    noted = {(row["adcode"], row["period"]) for row in found if "borders of before 2012" in row["note"]}
    assert noted == {("440113", "2010"), ("440115", "2010")}
