"""Files of the shapes that offices send: each is read to exactly its cells, or what was not read is named. Figures in them are invented."""

from pathlib import Path

import pytest

from geo.schema import Atlas
from geo.uploads.cleaning import clean
from geo.uploads.model import Choices, Severity, Upload
from geo.uploads.read.reading import read

pytestmark = [pytest.mark.slow, pytest.mark.no_cover]

CASES = Path(__file__).parent / "desk_cases"
LIWAN, YUEXIU, CONGHUA = "440103", "440104", "440117"


def understood(today: Atlas, name: str, **choices: str) -> Upload:
    """Return a case as understood, a source given."""
    path = next(CASES.glob(f"{name}*"))
    return clean(read(path.read_bytes(), path.name), path.name, "indicators", today, Choices(source_id="x", **choices))


def figures_of(upload: Upload, adcode: str) -> dict[tuple[str, str], float]:
    """Return the values of a district by metric and period."""
    own = upload.table[upload.table["adcode"] == adcode]
    return dict(zip(zip(own["metric"], own["period"], strict=True), own["value"], strict=True))


def codes_of(upload: Upload, *severities: Severity) -> set[str]:
    """Return the codes of the findings of some severities."""
    return {finding.code for finding in upload.findings if finding.severity in severities}


@pytest.mark.parametrize(
    ("name", "liwan"),
    [
        ("09c", {("gdp", "2022"): 1218.01, ("gdp_growth", "2022"): 1.0, ("gdp", "2023"): 1277.93, ("gdp_growth", "2023"): 4.8}),
        ("15e", {("gdp", "2023"): 1277.93, ("gdp", "2022"): 1218.01}),
        ("30_", {
            ("gdp", "2022Q1"): 290.1, ("gdp", "2022H1"): 590.2, ("gdp", "2022Q1-Q3"): 900.3, ("gdp", "2022"): 1218.01,
            ("gdp", "2023Q1"): 300.1, ("gdp", "2023H1"): 620.2, ("gdp", "2023"): 1277.93,
        }),
        ("30e", {("gdp", "2025Q2"): 664.52}),
        ("36_", {
            ("gdp", "2020"): 1086.0, ("gdp", "2021"): 1100.1, ("gdp", "2022"): 1218.01, ("gdp", "2023"): 1277.93,
            ("gdp", "2024"): 1316.36, ("gdp", "2025"): 1380.1,
        }),
        ("36c", {("gdp", "2023"): 1277.93, ("area_official", "2023"): 59.1}),
        ("63", {("gdp", "2023"): 1277.93}),
        ("64k", {("gdp", "2019"): 999.5}),
        ("65_", {
            ("gdp", "2023"): 1277.93, ("gdp_growth", "2023"): 4.8, ("gdp", "2023Q1-Q3"): 940.1, ("gdp_growth", "2023Q1-Q3"): 4.6,
            ("gdp", "2023H1"): 620.2, ("gdp_growth", "2023H1"): 4.9, ("gdp", "2023Q1"): 300.1, ("gdp_growth", "2023Q1"): 3.9,
        }),
        ("65c", {("gdp", "2024"): 1316.36, ("retail_sales", "2024"): 650.1}),
        ("65d", {
            ("gdp", "2024"): 1316.36, ("gdp", "2023"): 1277.93, ("retail_sales", "2024"): 650.1, ("retail_sales", "2023"): 643.0,
            ("population", "2024"): 1138000.0, ("population", "2023"): 1135900.0,
        }),
        ("82d", {("gdp", "2023"): 1277.93}),
        ("83a", {("gdp", "2019"): 999.5}),
    ],
)  # fmt: skip
def test_each_figure_is_read_from_its_cell(today, name, liwan):
    upload = understood(today, name)
    assert codes_of(upload, Severity.ERROR) == set()
    assert figures_of(upload, LIWAN) == liwan


@pytest.mark.parametrize(
    ("name", "metric", "word"),
    [
        ("64a", "gdp", "可比价"),
        ("64c", "retail_sales", "限额以上"),
        ("64d", "cross_border_trade", "出口"),
        ("64n", "gdp", "预测"),
    ],
)
def test_a_word_that_is_not_known_makes_it_another_figure(today, name, metric, word):
    upload = understood(today, name)
    assert upload.table.empty
    found = next(finding for finding in upload.findings if finding.code == "other_figure")
    assert (found.severity, found.column, dict(found.params)) == (Severity.WARNING, 3, {"metric": metric, "word": word})


def test_marks_of_how_sure_a_figure_is_go_into_its_note(today):
    table = understood(today, "36_").table
    notes = table[table["adcode"] == LIWAN].set_index("period")["note"]
    assert notes.to_dict() == {"2021": "", "2022": "修订", "2023": "初步", "2024": "快报数", "2025": "E", "2020": ""}


def test_a_title_of_half_a_year_over_a_column_of_years_is_asked_about(today):
    upload = understood(today, "90")
    found = next(finding for finding in upload.findings if finding.code == "title_says_part")
    assert (found.severity, dict(found.params)) == (Severity.WARNING, {"period": "2025H1", "year": "2025"})
    assert set(upload.table["period"]) == {"2025"}
    for chosen in ("2025H1", "2025"):
        answered = understood(today, "90", period=chosen)
        assert "title_says_part" not in codes_of(answered, Severity.WARNING)
        assert set(answered.table["period"]) == {chosen}
        assert figures_of(answered, LIWAN) == {("gdp", chosen): 664.52}


def test_of_two_columns_for_one_figure_both_values_are_named(today):
    found = next(finding for finding in understood(today, "09b").findings if finding.code == "duplicate_differs")
    assert (found.severity, found.value, found.params["other"]) == (Severity.ERROR, "1277.93", "1218.01")
    assert found.params["heading"] == "地区生产总值（亿元）"


def test_a_wrong_unit_is_shown_where_it_stands(today):
    upload = understood(today, "81")
    wrong = [
        (finding.rows, finding.column, finding.value) for finding in upload.findings if finding.code == "unit_unknown"
    ]
    assert wrong == [((2,), 5, "亿园"), ((4,), 5, "km?")]


def test_rows_without_headings_are_refused(today):
    upload = understood(today, "38")
    assert codes_of(upload, Severity.ERROR) == {"no_header"}
    assert upload.table.empty


def test_what_a_file_does_not_say_is_asked_and_then_read(today):
    quarters = understood(today, "30j")
    assert codes_of(quarters, Severity.ERROR) == {"metric_missing"}
    answered = figures_of(understood(today, "30j", metric="gdp", unit="亿元"), LIWAN)
    assert answered == {
        ("gdp", "2023Q1"): 300.1,
        ("gdp", "2023Q2"): 320.1,
        ("gdp", "2023Q3"): 320.0,
        ("gdp", "2023Q4"): 337.73,
    }
    bilingual = understood(today, "68")
    assert codes_of(bilingual, Severity.ERROR) == {"period_missing"}
    answered = figures_of(understood(today, "68", period="2023"), LIWAN)
    assert answered == {("gdp", "2023"): 1277.93, ("population", "2023"): 1135900.0}


def test_what_was_taken_from_the_title_and_left_out_is_said(today):
    upload = understood(today, "65d")
    assert codes_of(upload, Severity.WARNING) == {"unknown_column", "part_left_out", "district_from_title"}
    left_out = next(finding for finding in upload.findings if finding.code == "part_left_out")
    assert (left_out.rows, left_out.value.strip()) == ((4,), "其中：第一产业")


def test_tables_beside_each_other_are_read_as_one(today):
    upload = understood(today, "16")
    assert codes_of(upload, Severity.ERROR) == set()
    table = upload.table.set_index("adcode")
    assert len(table) == 11
    assert table.loc[LIWAN, ["value", "row", "column"]].tolist() == [1277.93, 4, 2]
    assert table.loc[CONGHUA, ["value", "row", "column"]].tolist() == [424.48, 7, 4]


def test_a_continued_table_is_read_below_the_first_with_its_year(today):
    upload = understood(today, "17")
    assert codes_of(upload, Severity.ERROR) == set()
    assert figures_of(upload, YUEXIU) == {
        ("gdp", "2023"): 3810.24,
        ("retail_sales", "2023"): 1524.1,
        ("population", "2023"): 1038600.0,
        ("gdp_growth", "2023"): 4.5,
    }
    assert upload.table.query("metric == 'population'")["row"].tolist()[:2] == [16, 17]


def test_tenants_handed_in_as_figures_are_called_so(today):
    assert [(one.code, one.severity) for one in understood(today, "62").findings] == [("is_tenants", Severity.ERROR)]


def test_a_sheet_called_by_its_year_is_of_that_year(today):
    upload = understood(today, "28_")
    assert codes_of(upload, Severity.ERROR) == set()
    assert set(upload.table["period"]) == {upload.sheet.removesuffix("年")}
    assert "other_sheets" in codes_of(upload, Severity.WARNING)


@pytest.mark.parametrize("unit", ["", "元"])
def test_numbers_that_only_their_format_divides_are_read_as_shown_and_named(today, unit):
    upload = understood(today, "35", unit=unit)
    assert figures_of(upload, LIWAN)[("gdp", "2023")] == 1277.93
    found = next(finding for finding in upload.findings if finding.code == "shown_divided")
    assert (found.severity, found.rows, found.column) == (Severity.WARNING, (2, 3, 4), 3)
    assert found.params["words"].startswith("127793000000 → 12779300万元")


def test_a_unit_that_somebody_chose_wins_over_that_of_the_heading(cleaned):
    text = "地区,年份,地区生产总值（万元）\n荔湾区,2023,127793000000"
    said, chosen = (figures_of(cleaned(text, unit=unit), LIWAN)[("gdp", "2023")] for unit in ("", "元"))
    assert (said, chosen) == (12779300.0, 1277.93)
