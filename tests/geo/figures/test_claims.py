"""What may be said of figures with gaps; and that nothing the shipped data leads to claims more."""

import re
from collections.abc import Callable

import pytest

from geo import names
from geo.briefing.build import of_view
from geo.briefing.model import Face
from geo.data import loading
from geo.figures import claims, comparison, measures, sentences
from geo.figures.data_version import DataVersion
from geo.figures.table import Figure, FigureTable
from geo.schema import ADCODES, CITY, LANGUAGES, TIERS, Metric
from geo.view import View
from tests.fixtures import DATA

LIWAN, YUEXIU, HAIZHU, TIANHE = ADCODES[:4]
MakeBook, MakeMetric = Callable[..., FigureTable], Callable[..., Metric]


@pytest.fixture
def gaps(figure_table: MakeBook) -> FigureTable:
    """Return figures of four districts, two of them equal, in 2020; of all eleven in 2021; of one in 2022."""
    return figure_table(
        gdp={
            "2020": {LIWAN: 7.0, YUEXIU: 9.0, HAIZHU: 9.0, TIANHE: 1.0, CITY: 99.0},
            "2021": {code: float(number) for number, code in enumerate(ADCODES)},
            "2022": {TIANHE: 5.0},
        }
    )


@pytest.fixture
def per_head(figure_table: MakeBook, metric: MakeMetric) -> FigureTable:
    """Return a rate that divides the figures of 2020 by those of 2020, and the figures of 2022 by those of 2020."""
    rate = metric("rate", "rate", numerator="gdp", denominator="people", denominator_within=3)
    column = {LIWAN: 8.0}
    return figure_table(
        rate, metric("gdp"), metric("people"), gdp={"2020": column, "2022": column}, people={"2020": column}
    )


@pytest.mark.parametrize(
    ("period", "code", "english", "chinese"),
    [
        ("2021", LIWAN, "Rank 11 of 11", "第 11 位（共 11 区）"),
        ("2020", LIWAN, "Rank 3 of 4 with data", "第 3 位（有数据的 4 区中）"),
        ("2022", TIANHE, "Only district with data", "仅此一区有数据"),
        ("2022", LIWAN, "", ""),
    ],
)
def test_a_rank_says_how_many_it_is_of(period: str, code: str, english: str, chinese: str, gaps: FigureTable):
    found = claims.ranking(gaps, "gdp", period)
    assert (claims.rank_words(found, code, "en"), claims.rank_words(found, code, "zh")) == (english, chinese)


def test_a_ranking_knows_whether_it_is_complete_and_counts_no_city(gaps: FigureTable):
    known = {period: claims.ranking(gaps, "gdp", period) for period in ("2020", "2021", "2099")}
    assert {period: (one.known, one.complete) for period, one in known.items()} == {
        "2020": (4, False), "2021": (11, True), "2099": (0, False),
    }  # fmt: skip
    assert claims.rank_note(known["2020"], "en") == "Ranked among the 4 of 11 districts with data."
    assert claims.rank_note(known["2021"], "en") == "Ranked among all 11 districts."
    assert claims.rank_note(known["2099"], "en") == "", "nothing is known: nothing is said of ranks"
    one = claims.ranking(gaps, "gdp", "2022")
    assert claims.rank_note(one, "en") == "Only 1 of 11 districts has data: no ranking."
    assert claims.rank_note(one, "zh") == "11 个区中仅 1 个区有数据，不作排名。"
    assert (one.place(TIANHE), known["2020"].place(TIANHE), known["2020"].place(ADCODES[5])) == (None, 4, None)


def test_ranks_of_changes_are_among_the_districts_compared():
    found = claims.Ranking({LIWAN: 1, YUEXIU: 2}, compared=True)
    assert claims.rank_words(found, YUEXIU, "en") == "Rank 2 of 2 compared"
    assert claims.rank_words(found, YUEXIU, "zh") == "第 2 位（可比 2 区中）"
    assert claims.rank_note(found, "en") == "Ranked among the 2 of 11 districts that can be compared."
    alone = claims.Ranking({LIWAN: 1}, compared=True)
    assert claims.rank_words(alone, LIWAN, "en") == "Only comparable district"
    assert claims.rank_note(alone, "en") == "Only 1 of 11 districts can be compared: no ranking."


def test_leaders_are_all_that_share_the_first_place_of_those_asked_for(gaps: FigureTable):
    found = claims.ranking(gaps, "gdp", "2020")
    assert found.leaders() == (YUEXIU, HAIZHU)
    assert found.leaders((LIWAN, TIANHE)) == (LIWAN,)
    assert found.leaders(ADCODES[5:]) == ()


@pytest.mark.parametrize(
    ("found", "wanted", "english", "chinese"),
    [
        (11, 11, "Largest", "最高"),
        (9, 9, "Largest of 9 districts", "9 区中最高"),
        (0, 9, "Largest", "最高"),  # above a dash
        (8, 11, "Largest of 8 with data", "有数据的 8 区中最高"),
        (6, 9, "Largest of 6 with data", "有数据的 6 区中最高"),
        (1, 11, "Data for only 1 of 11", "11 区中仅 1 区有数据"),
        (1, 9, "Data for only 1 of 9", "9 区中仅 1 区有数据"),
    ],
)
def test_a_largest_is_claimed_as_far_as_the_gaps_allow(
    found: int, wanted: int, english: str, chinese: str, figure_table: MakeBook
):
    numbers = figure_table(gdp={"2020": {code: 1.0 + number for number, code in enumerate(ADCODES[:found])}})
    called = [claims.largest(numbers, "gdp", "2020", ADCODES[:wanted], language) for language in LANGUAGES]
    assert called == [english, chinese]


@pytest.mark.parametrize(
    ("fields", "english", "chinese"),
    [
        ({"kind": "published", "unit": "%"}, "Highest", "最高"),
        ({"kind": "rate", "unit": "人/km²", "numerator": "m", "denominator": "m"}, "Highest", "最高"),
        ({"unit": "人"}, "Largest", "最多"),
        ({"unit": "家"}, "Largest", "最多"),
        ({"unit": "km²"}, "Largest", "最大"),
        ({"unit": "亿元"}, "Largest", "最高"),
    ],
)
def test_a_largest_is_called_by_the_kind_of_figure(
    fields: dict[str, str], english: str, chinese: str, figure_table: MakeBook, metric: MakeMetric
):
    numbers = figure_table(metric("m", **fields), m={"2020": dict.fromkeys(ADCODES, 1.0)})
    assert [claims.largest(numbers, "m", "2020", ADCODES, language) for language in LANGUAGES] == [english, chinese]


@pytest.mark.parametrize(
    ("new", "english", "chinese"),
    [
        ({LIWAN: 90.0, YUEXIU: 120.0}, "Highest change of 2 compared", "可比 2 区中升幅最大"),
        ({LIWAN: 90.0, YUEXIU: 80.0}, "Smallest fall of 2 compared", "可比 2 区中降幅最小"),
        ({LIWAN: 90.0}, "Only 1 of 11 comparable", "11 区中仅 1 区可比"),
    ],
)
def test_where_all_fall_the_first_has_the_smallest_fall(
    new: dict[str, float], english: str, chinese: str, figure_table: MakeBook
):
    changes = comparison.changes(figure_table(gdp={"2020": dict.fromkeys(ADCODES, 100.0), "2021": new}), "gdp")
    called = [claims.largest(changes, "gdp", "2020/2021", ADCODES, language) for language in LANGUAGES]
    assert called == [english, chinese]


def test_a_figure_partly_from_a_secondary_source_has_an_explained_dagger():
    figures = {LIWAN: Figure(1.0, ("s",), "verified"), YUEXIU: Figure(2.0, ("s",), "secondary")}
    numbers = FigureTable({}, {("gdp", "2020"): figures})
    marks = [claims.secondary_mark(numbers, "gdp", "2020", codes) for codes in ((LIWAN,), (LIWAN, YUEXIU), (HAIZHU,))]
    assert marks == ["", "†", ""]
    assert claims.secondary_mark(numbers, "gdp", "2020/2023", (YUEXIU,)), "of a pair at either end"
    assert claims.secondary_mark(numbers, "gdp", "2020/2023", (LIWAN,)) == ""
    told = claims.secondary_mark_note("RMB 1.0 bn†", "en")
    assert told == "† wholly or partly from a secondary source."
    assert claims.secondary_mark_note("RMB 1.0 bn", "zh") == ""


def test_a_sum_is_called_by_how_many_districts_it_is_of():
    assert claims.districts(9, 9, "en") == "9 districts"
    assert (claims.districts(8, 11, "en"), claims.districts(8, 11, "zh")) == ("8 of 11 districts", "11 个区中的 8 个")


def test_the_districts_that_a_total_leaves_out_are_named_in_the_order_given(gaps: FigureTable, per_head: FigureTable):
    assert claims.missing(gaps, "gdp", "2022", (HAIZHU, TIANHE, LIWAN)) == (HAIZHU, LIWAN)
    assert claims.missing(per_head, "rate", "2022", (YUEXIU, LIWAN)) == (YUEXIU,)


def test_a_rate_over_another_year_carries_its_mark_and_says_which(per_head: FigureTable):
    assert claims.other_year(per_head, "rate", "2022") == "2020"
    assert claims.amount(per_head, "rate", "2022", 1.0, "en") == "1 u*"
    assert claims.format_value(per_head, "rate", "2022", 1.0, "en") == "1*"
    assert claims.title(per_head, "rate", "2022", "en") == "rate in en* · 2022"
    assert claims.footnote(per_head, "rate", "2022", "zh") == "* 除数为其他年份数据：people in zh，2020。"


def test_figures_go_up_to_the_year_that_most_districts_have_and_some_further(gaps: FigureTable, figure_table: MakeBook):
    assert (claims.figures_to(gaps, "en"), claims.figures_to(gaps, "zh")) == (
        "2021 (some 2022)",
        "2021 年（个别 2022 年）",
    )
    assert (
        claims.figures_to(figure_table(gdp={"2019": {LIWAN: 1.0}, "undated": dict.fromkeys(ADCODES, 1.0)}), "en")
        == "2019"
    )
    assert claims.figures_to(figure_table(gdp={}), "zh") == ""
    few = {"2014": {CITY: 9.0, LIWAN: 1.0}, "2022": {CITY: 9.0, LIWAN: 1.0, TIANHE: 1.0}, "2024": {TIANHE: 1.0}}
    assert claims.figures_to(figure_table(gdp=few), "en") == "2022 (some 2024)", "no year is that of most districts"
    whole = {"2022": {CITY: 9.0}, "2024": {CITY: 9.0}}
    assert claims.figures_to(figure_table(gdp=whole), "en") == "2024"
    months = {"2023": dict.fromkeys(ADCODES, 1.0), "2024M01-M05": dict.fromkeys(ADCODES, 1.0), "2024M06": {LIWAN: 1.0}}
    told = [claims.figures_to(figure_table(gdp=months), language) for language in ("en", "zh")]
    assert told == ["May 2024 (some June 2024)", "2024 年 5 月（个别 2024 年 6 月）"], "five months are not the year"


@pytest.mark.parametrize(("metric_id", "period"), [("rate", "2020"), ("gdp", "2022")])
def test_a_figure_of_its_own_year_carries_no_mark(metric_id: str, period: str, per_head: FigureTable):
    assert claims.footnote(per_head, metric_id, period, "en") == ""
    assert claims.amount(per_head, metric_id, period, 1.0, "en") == "1 u"


# ---- everything that the shipped data leads to, in every view ---------------------------------------------------------


@pytest.fixture(scope="module")
def data_version() -> DataVersion:
    """Return the shipped data."""
    atlas = loading.load(DATA)
    return DataVersion(atlas, measures.figures(atlas), 1, "2026-11-24")


def _views(numbers: FigureTable) -> list[tuple[str, str, str, str]]:
    """Return every metric, period and tier, and beside the whole city the selection of a cluster's home."""
    return [
        (metric, period, tier, sel)
        for metric in numbers.metrics
        for period in numbers.periods(metric)
        for tier in ("all", *TIERS)
        for sel in (("", HAIZHU) if tier == "all" else ("",))
    ]


BOUND_LARGEST = {
    "en": re.compile(r"(Largest|Highest) of \d+ (with data|districts)|Data for only 1 of \d+"),
    "zh": re.compile(r"\d+ 区中最[高大多]|仅 1 区"),
}
ANY_LARGEST = {"en": re.compile("Largest|Highest|Only one"), "zh": re.compile("最[高大多]|仅 1 区")}
CITY_NAME = {"en": "Guangzhou: ", "zh": "广州市："}
UNBOUND_RANK = {"en": re.compile(r"Rank \d+ of \d+$"), "zh": re.compile(r"共 \d+ 区）$")}


def _city_known(figure_table: FigureTable, metric: str, period: str) -> bool:
    """Whether the city has a figure: a published one, or one that all eleven districts contribute to."""
    published = CITY in figure_table.column(metric, period)
    return published or (
        figure_table.metrics[metric].kind != "published" and not claims.missing(figure_table, metric, period, ADCODES)
    )


def _check_claims(face: Face, data_version: DataVersion, view: View, language: str) -> None:
    """Assert that a slide claims no more than its figures allow, of the city, of a largest, of ranks and of clusters."""
    figure_table, members = data_version.figure_table, names.tier_members(data_version.atlas, view.tier)
    column = figure_table.column(view.metric, view.period)
    whole, known = (
        figure_table.coverage(view.metric, view.period) == len(ADCODES),
        sum(code in column for code in members),
    )
    assert _city_known(figure_table, view.metric, view.period) or CITY_NAME[language] not in face.text
    if known < len(members) and ANY_LARGEST[language].search(face.text):
        assert BOUND_LARGEST[language].search(face.text), face.text
    for title in (face.facts_title, face.chart.title if face.chart else face.facts_title):
        assert len(members) > 1 or "of 1 district" not in title, title
        assert len(members) == 1 or known == len(members) or claims.districts(known, len(members), language) in title, (
            title
        )
    for shape in face.map_style.shapes.values():
        assert whole or not [line for line in shape.lines if UNBOUND_RANK[language].search(line)], shape.lines
    if len(members) == 1:
        assert {fact.name for fact in face.facts} == {names.home_names(data_version.atlas, language)[members[0]]}


def _check_marks(face: Face, data_version: DataVersion, view: View, language: str) -> None:
    """Assert that every figure on a slide carries an asterisk, explained beside the map, where it divides by another year's."""
    footnote = claims.footnote(data_version.figure_table, view.metric, view.period, language)
    texts = [line for shape in face.map_style.shapes.values() for line in shape.lines[:1]]
    texts += [fact.text for fact in face.facts] + ([bar.text for bar in face.chart.bars] if face.chart else [])
    figures = [text for text in texts if any(char.isdigit() for char in text)]
    assert {text.endswith("*") for text in figures} <= {bool(footnote)}, figures
    assert ("*" in face.title, "*" in face.legend.title, footnote in face.legend.note) == (bool(footnote),) * 2 + (
        True,
    )


@pytest.mark.parametrize("metric", ["gdp", "gdp_growth", "gdp_per_head", "population", "density", "area_official", "area_measured",
                                    "retail_sales", "cross_border_trade", "known_tenants"])  # fmt: skip
def test_no_view_of_the_shipped_data_claims_more_than_its_figures(metric: str, data_version: DataVersion):
    views = [view for view in _views(data_version.figure_table) if view[0] == metric]
    assert views
    for metric_id, period, tier, sel in views:
        view = View(metric_id, period, "quantile", 5, tier=tier, sel=sel)
        faces = of_view(lambda _number: data_version, view).scenes[0].faces
        for language in LANGUAGES:
            _check_claims(faces[language], data_version, view, language)
            _check_marks(faces[language], data_version, view, language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sentence_over_the_shipped_data_claims_more_than_its_figures(language: str, data_version: DataVersion):
    figure_table = data_version.figure_table
    for metric, period in {view[:2] for view in _views(data_version.figure_table)}:
        whole = figure_table.coverage(metric, period) == len(ADCODES)
        asked = [f"{metric}.top.{period}", f"{metric}.top_value.{period}", f"{metric}.rank.{HAIZHU}.{period}"]
        of_city = [f"{metric}.{what}city.{period}" for what in ("", "change.", "since.")]
        wrong = ([] if whole else asked) + ([] if _city_known(figure_table, metric, period) else of_city)
        text = " ".join("{" + name + "}" for name in wrong)
        assert sentences.render(text, data_version.atlas, figure_table, language).gaps == tuple(wrong)


def test_every_metric_of_the_catalogue_is_looked_at(data_version: DataVersion):
    assert {view[0] for view in _views(data_version.figure_table)} == set(data_version.figure_table.metrics)
