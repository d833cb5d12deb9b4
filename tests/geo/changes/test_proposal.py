"""What an upload would do to the shipped data."""

from collections.abc import Callable
from typing import Any

import pytest

from geo.changes import proposal as proposing
from geo.changes.proposal import NewSource
from geo.data import loading
from geo.data.raw import Raw
from geo.fields import COLUMNS
from geo.figures import measures
from geo.schema import ADCODES, Atlas
from geo.uploads import cleaning
from geo.uploads.messages import describe
from geo.uploads.model import KINDS, Choices, ColumnUse, Finding, Mode, Severity, Upload, empty_table
from geo.uploads.read import reading
from geo.uploads.workbooks import templates

pytestmark = pytest.mark.slow

LIWAN, YUEXIU, HAIZHU = ADCODES[:3]
NEW = NewSource("desk-1", "Bureau", "局", "Yearbook", "年鉴", "2026", "official", "")
Uploaded = Callable[..., Upload]


def of(found: proposing.Proposal, code: str) -> Finding:
    """Return the one finding with a code, which has words for what it says."""
    (finding,) = (finding for finding in found.findings if finding.code == code)
    assert describe(finding).wrong
    return finding


def test_a_changed_figure_changes_one_cell_the_rank_and_the_sentence(raw: Raw, before: Atlas, uploaded: Uploaded):
    upload = uploaded((HAIZHU, "gdp", "2023", 2900.0, "ranking-2023"))
    found = proposing.propose(raw, before, upload, "update")
    assert (found.findings, list(found.tables), found.before, found.mode) == ((), ["indicators.csv"], before, "update")
    (changes,) = found.changes
    (row,) = changes.first(9)
    assert (row.change, row.key) == ("changed", (HAIZHU, "gdp", "2023"))
    assert [(cell.field, cell.old, cell.new) for cell in row.fields] == [("value", "2720.16", "2900")]
    assert found.after is not None
    assert measures.figures(found.after).column("gdp", "2023")[HAIZHU].value == 2900
    assert found.effects is not None
    ranks = {
        (rank.metric, rank.adcode): (rank.old.place(rank.adcode), rank.new.place(rank.adcode))
        for rank in found.effects.ranks
    }
    assert ranks["gdp", HAIZHU] == (6, 4)
    assert {sentence.slide for sentence in found.effects.sentences} == {"gdp"}


def test_a_file_that_says_what_is_there_changes_nothing(raw: Raw, before: Atlas, uploaded: Uploaded):
    upload = uploaded((HAIZHU, "gdp", "2023", 2720.16, "ranking-2023"))
    found = proposing.propose(raw, before, upload, "update", NEW)
    assert (found.tables, found.changes, of(found, "no_change").severity) == ({}, (), Severity.NOTE)


def test_a_new_source_is_stored_with_the_figures_that_refer_to_it(raw: Raw, before: Atlas, uploaded: Uploaded):
    upload = uploaded((HAIZHU, "gdp", "2025", 3100.0, "desk-1"))
    found = proposing.propose(raw, before, upload, "update", NEW)
    assert (found.findings, set(found.tables), found.source) == ((), {"indicators.csv", "sources.csv"}, NEW)
    assert [(changes.kind, len(changes.added)) for changes in found.changes] == [("indicators", 1), ("sources", 1)]
    assert found.after is not None
    assert found.after.sources.loc["desk-1", "publisher_zh"] == "局"


def test_a_source_id_that_is_taken_is_an_error(raw: Raw, before: Atlas, uploaded: Uploaded):
    taken = NewSource("ranking-2023", "B", "局", "Y", "年", "", "official", "")
    found = proposing.propose(raw, before, uploaded((HAIZHU, "gdp", "2025", 3100.0, "ranking-2023")), "update", taken)
    assert found.after is None
    assert of(found, "folder_problem").value == "ranking-2023"


def test_an_unknown_source_is_said_once_and_nothing_is_typed(raw: Raw, before: Atlas, uploaded: Uploaded):
    found = proposing.propose(raw, before, uploaded((HAIZHU, "gdp", "2023", 2721.0, "x")), "update")
    assert [(finding.code, finding.rows) for finding in found.findings] == [("unknown_source", (2,))]
    assert (found.after, found.effects) == (None, None)
    assert len(found.changes) == 1


def test_what_would_break_the_folder_is_an_error_at_the_rows_of_the_file(raw: Raw, before: Atlas, uploaded: Uploaded):
    columns = (ColumnUse(3, "年份", "年份", "period", "name"),)
    rows = [(code, "gdp", "2023/24", 5000.0, "ranking-2023") for code in (HAIZHU, LIWAN)]
    found = proposing.propose(raw, before, uploaded(*rows, columns=columns), "update")
    finding = of(found, "folder_problem")
    assert (finding.severity, finding.rows, finding.column) == (Severity.ERROR, (3, 2), 3)
    assert (finding.heading, finding.value) == ("年份", "2023/24")
    assert describe(finding).expected == "a period such as 2023, 2023H1, 2024Q1-Q3, 2024M05, 2024M01-M05 or undated"


def test_what_breaks_elsewhere_names_the_file(raw: Raw, before: Atlas):
    rows = raw.tables["clusters.csv"].iloc[1:].assign(row=range(2, 12), column=1)
    found = proposing.propose(raw, before, Upload("clusters", "c.csv", table=rows), "replace_all")
    places = [str(finding.params["place"]) for finding in found.findings if finding.code == "folder_problem"]
    assert any(place.startswith("tenants.csv, row 2") for place in places)
    assert any(place == "clusters.csv, field 'tier'" for place in places)
    assert "pazhou" in str(of(found, "rows_removed").params["keys"])


def test_findings_of_cleaning_come_along_and_errors_come_first(raw: Raw, before: Atlas, uploaded: Uploaded):
    found_before = (Finding("empty_file", Severity.ERROR),)
    upload = uploaded((HAIZHU, "gdp", "2023", 27201.6, "ranking-2023"), findings=found_before)
    found = proposing.propose(raw, before, upload, "update")
    assert [finding.code for finding in found.findings] == ["empty_file", "tenfold"]
    assert found.after is None


def test_a_sentence_that_can_no_longer_be_computed_is_a_warning(raw: Raw, before: Atlas, uploaded: Uploaded):
    rows = raw.tables["indicators.csv"]
    rows = rows[(rows["metric"] != "population") | (rows["period"] != "2020") | (rows["adcode"] != HAIZHU)]
    kept = [(*row[:3], float(row[3]), *row[4:]) for row in rows.itertuples(index=False, name=None)]
    found = proposing.propose(raw, before, uploaded(*kept), "replace_all")
    finding = of(found, "sentence_lost")
    assert (finding.severity, finding.params["slide"]) == (Severity.WARNING, "residents")
    assert "density.top.default" in str(finding.params["names"])  # ten districts: which is densest is not known
    assert found.after is not None


def test_what_a_file_has_no_column_for_is_kept_for_figures_that_stay(raw: Raw, before: Atlas, uploaded: Uploaded):
    columns = (ColumnUse(1, "区", "区", "district", "name"), ColumnUse(4, "GDP", "gdp", "metric:gdp", "name"))
    rows = [(YUEXIU, "gdp", "2024", 3511.89, "ranking-2023"), (LIWAN, "gdp", "2024", 1316.37, "ranking-2023")]
    found = proposing.propose(raw, before, uploaded(*rows, columns=columns), "update")
    (row,) = found.changes[0].first(9)
    assert row.key == (LIWAN, "gdp", "2024")


def test_tenants_are_proposed_like_figures(raw: Raw, before: Atlas):
    values: dict[str, Any] = dict.fromkeys(COLUMNS["tenants.csv"], "")
    values |= {"company_id": "shein", "company_en": "Shein", "company_zh": "希音", "cluster_id": "zengcheng"}
    values |= {"status": "expected", "date": "2024-08", "source_id": "zengcheng-shein-2024", "row": 2, "column": 1}
    table = empty_table("tenants")
    table.loc[0] = values
    found = proposing.propose(raw, before, Upload("tenants", "t.csv", table=table), "update")
    assert (found.findings, list(found.tables), len(found.changes[0].added)) == ((), ["tenants.csv"], 1)


def test_the_base_stays_as_it_was(raw: Raw, before: Atlas, uploaded: Uploaded):
    whole = raw.tables["indicators.csv"].copy()
    proposing.propose(raw, before, uploaded((HAIZHU, "gdp", "2023", 1.0, "ranking-2023")), "replace_all")
    assert raw.tables["indicators.csv"].equals(whole)


def test_progress_rises_from_0_and_says_what_is_done(raw: Raw, before: Atlas, uploaded: Uploaded):
    told: list[tuple[float, str]] = []
    upload = uploaded((HAIZHU, "gdp", "2023", 2900.0, "ranking-2023"))
    proposing.propose(raw, before, upload, "update", None, lambda share, text: told.append((share, text)))
    shares = [share for share, _ in told]
    assert shares[0] == 0
    assert shares == sorted(shares)
    assert all(0 <= share <= 1 and text for share, text in told)


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("kind", KINDS)
def test_a_template_as_it_is_handed_out_changes_nothing(shipped, kind: str, language: str):
    raw = Raw.read(shipped)
    atlas = loading.typed(raw)
    read = reading.read(templates.template(kind, atlas, language), "template.xlsx")
    upload = cleaning.clean(read, "template.xlsx", kind, atlas, Choices())
    proposal = proposing.propose(raw, atlas, upload, "update")
    assert [finding.code for finding in proposal.findings] == ["no_change"]
    assert len(upload.table) == len(raw.table(f"{kind}.csv"))


@pytest.mark.parametrize(
    ("text", "stale"),
    [
        ("集聚区,园区\n天河区集聚区,新园区\n", ["park_en"]),
        ("cluster_id,park_en\ntianhe,A new park\n", ["park_zh"]),
        ("cluster_id,park_zh,park_en\ntianhe,新园区,A new park\n", []),
    ],
)
def test_a_text_changed_in_one_language_only_is_warned_of(shipped, text: str, stale: list[str]):
    raw = Raw.read(shipped)
    atlas = loading.typed(raw)
    upload = cleaning.clean(reading.read(text.encode(), "c.csv"), "c.csv", "clusters", atlas, Choices())
    found = [f for f in proposing.propose(raw, atlas, upload, "update").findings if f.code == "half_translated"]
    assert [(finding.severity, finding.params["field"], finding.params["keys"]) for finding in found] == [
        (Severity.WARNING, field, "tianhe") for field in stale
    ]


def story(raw: Raw, before: Atlas, text: str, mode: Mode = "update") -> proposing.Proposal:
    """Return what publishing a story file would do."""
    upload = cleaning.clean(reading.read(text.encode(), "s.csv"), "s.csv", "slides", before, Choices())
    return proposing.propose(raw, before, upload, mode)


def test_a_changed_slide_changes_its_cells_and_its_sentences(raw: Raw, before: Atlas):
    found = story(raw, before, "slide_id,text_en,text_zh\ngdp,GDP was {gdp.city.2023}.,全市 {gdp.city.2023}。\n")
    assert [finding.code for finding in found.findings] == ["kept_from_current"]
    (row,) = found.changes[0].first(9)
    assert (row.change, row.key, [cell.field for cell in row.fields]) == ("changed", ("gdp",), ["text_en", "text_zh"])
    assert row.fields[1].new == "全市 {gdp.city.2023}。"
    assert found.effects is not None
    assert [(one.slide, one.language, one.new) for one in found.effects.sentences] == [
        ("gdp", "en", "GDP was RMB 3,035.6 bn."),
        ("gdp", "zh", "全市 30,355.7 亿元。"),
    ]
    assert found.after is not None
    assert [slide.id for slide in found.after.slides] == [slide.id for slide in before.slides]
    assert list(found.tables) == ["slides.csv"]
    assert list(found.tables["slides.csv"].columns) == list(COLUMNS["slides.csv"])


def test_a_new_slide_stands_where_it_does_in_the_file(raw: Raw, before: Atlas):
    text = "slide_id,title_en,title_zh,text_en,text_zh\nplan,The plan,规划,Words,文字\nmore,More,更多,Words,文字\n"
    found = story(raw, before, text)
    assert found.after is not None
    assert [slide.id for slide in found.after.slides][:2] == ["plan", "more"]


def test_slides_that_only_change_places_are_a_change(raw: Raw, before: Atlas):
    told = raw.table("slides.csv")
    found = story(raw, before, told.iloc[::-1].to_csv(index=False))
    assert found.after is not None
    assert [slide.id for slide in found.after.slides] == list(told["slide_id"])[::-1]
    assert {cell.field for row in found.changes[0].first(99) for cell in row.fields} == {"follows"}


def test_a_story_replaces_the_whole_one_and_says_what_goes(raw: Raw, before: Atlas):
    found = story(raw, before, "slide_id,title_en,title_zh,text_en,text_zh\none,T,题,Text,文\n", "replace_all")
    assert found.after is not None
    assert [slide.id for slide in found.after.slides] == ["one"]
    assert "plan" in str(of(found, "rows_removed").params["keys"])


@pytest.mark.parametrize(
    ("field", "stale"), [("text_en", "text_zh"), ("notes_zh", "notes_en"), ("title_en", "title_zh")]
)
def test_a_slide_changed_in_one_language_only_is_warned_of(raw: Raw, before: Atlas, field: str, stale: str):
    finding = of(story(raw, before, f"slide_id,{field}\ngdp,New\n"), "half_translated")
    assert (finding.severity, finding.params["field"], finding.params["keys"]) == (Severity.WARNING, stale, "gdp")


def test_a_story_with_a_slip_is_not_published(raw: Raw, before: Atlas):
    found = story(raw, before, "slide_id,text_en,text_zh\ngdp,{gpd.city.2023},文\n")
    assert (found.after, of(found, "figure_missing_near").severity) == (None, Severity.ERROR)


def test_a_story_in_which_nothing_differs_changes_nothing(raw: Raw, before: Atlas):
    found = story(raw, before, raw.table("slides.csv").to_csv(index=False), "replace_all")
    assert ([finding.code for finding in found.findings], found.tables) == (["no_change"], {})
