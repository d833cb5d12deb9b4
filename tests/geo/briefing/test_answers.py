"""What the question mode knows: a figure of every place that has one, in which period, and what is said of it."""

from dataclasses import replace

import pytest

from geo.briefing.answers import answer_legends, answer_styles, answers
from geo.briefing.model import Answer, Deck
from geo.figures.table import Figure, FigureTable
from geo.schema import ADCODES, CITY, Atlas, Break, Remark

LIWAN, YUEXIU, HAIZHU = ADCODES[:3]
REASON = {"en": "other base", "zh": "口径不同"}


@pytest.fixture
def eleven(atlas: Atlas) -> dict[str, object]:
    """Return districts of which all eleven have a name, as a layer to replace the three squares."""
    rows = atlas.districts.iloc[[0] * len(ADCODES)].reset_index(drop=True)
    return {"districts": rows.assign(adcode=ADCODES, name_en=ADCODES, name_zh=ADCODES)}


def found(data_version, numbers: FigureTable, **layers) -> dict[tuple[str, str], Answer]:
    """Return what is answered first by metric and place, where no year is asked, and make sure that no period is answered for twice."""
    given = answers(data_version(1, numbers, **layers))
    assert len({(answer.metric, answer.adcode, answer.period) for answer in given}) == len(given)
    return {(answer.metric, answer.adcode): answer for answer in reversed(given)}


def test_a_place_is_answered_for_in_the_best_covered_period(data_version, money, figure_table):
    numbers = figure_table(money, gdp={"2022": {LIWAN: 10.0, YUEXIU: 20.0}, "2023": {LIWAN: 30.0}})
    answer = found(data_version, numbers)["gdp", LIWAN]
    assert (answer.period, answer.words["en"][:3]) == ("2022", ("Liwan", "gdp in en · 2022", "RMB 1.0 bn"))
    assert answer.words["zh"][:3] == ("荔湾区", "gdp in zh · 2022", "10 亿元")


def test_a_place_without_a_figure_there_is_answered_for_in_its_own_newest(data_version, money, figure_table):
    numbers = figure_table(money, gdp={
        "2020": {HAIZHU: 1.0}, "2021": {HAIZHU: 2.0}, "2022": {LIWAN: 10.0, YUEXIU: 20.0}, "2024": {LIWAN: 30.0, CITY: 900.0},
    })  # fmt: skip
    given = found(data_version, numbers)
    assert {place: answer.period for (_, place), answer in given.items()} == {
        CITY: "2024", LIWAN: "2022", YUEXIU: "2022", HAIZHU: "2021",
    }  # fmt: skip
    assert given["gdp", HAIZHU].words["en"][2] == "RMB 0.2 bn"
    assert given["gdp", CITY].words["zh"][2] == "900 亿元"


def test_every_period_is_answered_for_newest_first_after_the_default_one(data_version, money, figure_table):
    numbers = figure_table(money, gdp={
        "2021": {LIWAN: 1.0}, "2022": {LIWAN: 2.0, YUEXIU: 5.0}, "2023": {YUEXIU: 6.0}, "2024H1": {LIWAN: 3.0},
    })  # fmt: skip
    given = answers(data_version(1, numbers))
    told = {code: [(a.period, a.value) for a in given if a.adcode == code] for code in (LIWAN, HAIZHU)}
    assert told == {
        LIWAN: [("2022", 2.0), ("2024H1", 3.0), ("2023", None), ("2021", 1.0)],
        HAIZHU: [("2022", None), ("2024H1", None), ("2023", None), ("2021", None)],
    }
    unknown = next(a for a in given if (a.adcode, a.period) == (LIWAN, "2023"))
    assert unknown.words["en"] == ("Liwan", "gdp in en · 2023", "No data")
    assert unknown.words["zh"] == ("荔湾区", "gdp in zh · 2023", "无数据")


def test_what_has_no_figure_is_answered_with_no_data(data_version, money, metric):
    numbers = FigureTable(
        {"gdp": money, "empty": metric("empty")}, {("gdp", "2023"): {LIWAN: Figure(1.0, ("s",), "verified")}}
    )
    given = found(data_version, numbers)
    assert given["empty", LIWAN].words["en"] == ("Liwan", "empty in en", "No data")
    assert {code: answer.words["en"][2] for (metric_id, code), answer in given.items() if metric_id == "gdp"} == {
        CITY: "No data", LIWAN: "RMB 0.1 bn", YUEXIU: "No data", HAIZHU: "No data",
    }, "one of eleven districts is no figure of the city"  # fmt: skip


def test_the_city_is_its_published_figure_else_the_sum_of_all_districts(data_version, money, figure_table, eleven):
    summed = found(data_version, figure_table(money, gdp={"2023": dict.fromkeys(ADCODES, 10.0)}), **eleven)
    assert summed["gdp", CITY].words["zh"][2] == "110 亿元"
    published = found(
        data_version, figure_table(money, gdp={"2023": dict.fromkeys(ADCODES, 10.0) | {CITY: 111.0}}), **eleven
    )
    assert published["gdp", CITY].words["zh"][2] == "111 亿元"


def test_the_city_has_no_average_of_published_rates(data_version, metric, figure_table, eleven):
    numbers = figure_table(metric("growth", "published"), growth={"2023": dict.fromkeys(ADCODES, 5.0)})
    answer = found(data_version, numbers, **eleven)["growth", CITY]
    assert (answer.value, answer.words["en"][2:]) == (None, ("No data",))


def test_a_rank_is_told_where_all_districts_have_a_figure_and_the_city_has_none(
    data_version, money, figure_table, eleven
):
    given = found(
        data_version,
        figure_table(money, gdp={"2023": dict.fromkeys(ADCODES, 10.0) | {LIWAN: 5.0, CITY: 99.0}}),
        **eleven,
    )
    assert given["gdp", LIWAN].words["en"][3] == "Rank 11 of 11"
    assert given["gdp", YUEXIU].words["zh"][3] == "第 1 位（共 11 区）"
    assert given["gdp", CITY].words["en"][3:] == ("Source: Bureau: Yearbook, 2021-04-14",)


def test_a_rank_among_some_districts_says_how_many_are_known(data_version, money, figure_table):
    given = found(data_version, figure_table(money, gdp={"2023": dict.fromkeys(ADCODES[:10], 10.0)}))
    assert given["gdp", YUEXIU].words["en"][3] == "Rank 1 of 10 with data"
    assert given["gdp", YUEXIU].words["zh"][3] == "第 1 位（有数据的 10 区中）"


def test_a_change_is_told_with_its_sign_and_since_when(data_version, money, figure_table):
    numbers = figure_table(money, gdp={"2022": {LIWAN: 10.0, YUEXIU: 8.0}, "2023": {LIWAN: 11.5, YUEXIU: 6.0}})
    given = found(data_version, numbers)
    assert given["gdp", LIWAN].words["en"][4] == "+15.0% since 2022"
    assert given["gdp", YUEXIU].words["en"][4] == "\u221225.0% since 2022"
    assert given["gdp", LIWAN].words["zh"][4] == "较 2022 年变化 +15.0%"


@pytest.mark.parametrize(
    ("language", "said"), [("en", "+15.0% since 2022 (nominal)"), ("zh", "较 2022 年名义变化 +15.0%")]
)
def test_a_change_of_money_is_called_nominal(data_version, money, figure_table, language, said):
    numbers = figure_table(replace(money, unit="亿元"), gdp={"2022": {LIWAN: 10.0}, "2023": {LIWAN: 11.5}})
    assert said in found(data_version, numbers)["gdp", LIWAN].words[language]


def test_a_change_of_the_city_is_that_of_its_published_figures(data_version, money, figure_table):
    numbers = figure_table(money, gdp={"2022": {CITY: 100.0, LIWAN: 1.0}, "2023": {CITY: 150.0, LIWAN: 9.0}})
    assert "+50.0% since 2022" in found(data_version, numbers)["gdp", CITY].words["en"]


def test_no_change_is_told_across_a_break(data_version, money, figure_table):
    entry = replace(money, breaks=(Break("2022", REASON),))
    numbers = figure_table(entry, gdp={"2022": {LIWAN: 10.0}, "2023": {LIWAN: 11.5}})
    assert not any("since" in line for line in found(data_version, numbers)["gdp", LIWAN].words["en"])


def test_two_sources_are_named_and_the_others_counted(data_version, money, atlas: Atlas):
    ids = ("a", "b", "c", "d")
    rows = atlas.sources.iloc[[0] * 4].assign(publisher_en=ids, publisher_zh=ids).set_axis(ids)
    columns = {("gdp", "2023"): {LIWAN: Figure(1.0, ids, "verified"), YUEXIU: Figure(1.0, ("b", "a"), "verified")}}
    given = found(data_version, FigureTable({"gdp": money}, columns), sources=rows)
    last = {place: answer.words["en"][-1] for (_, place), answer in given.items()}
    assert last[LIWAN] == "Source: a: Yearbook, 2021-04-14; b: Yearbook, 2021-04-14 and 2 more"
    assert last[YUEXIU] == "Source: b: Yearbook, 2021-04-14; a: Yearbook, 2021-04-14"


def test_a_figure_of_unknown_source_names_none(data_version, money):
    columns = {("gdp", "2023"): {LIWAN: Figure(1.0, ("nobody",), "verified")}}
    assert found(data_version, FigureTable({"gdp": money}, columns))["gdp", LIWAN].words["en"][3:] == (
        "Only district with data",
    )


def test_every_metric_and_period_of_an_answer_has_a_style_in_both_languages(data_version, money, metric, figure_table):
    numbers = figure_table(
        replace(money, scheme="equal_interval"),
        metric("people"),
        gdp={"2022": {LIWAN: 1.0, YUEXIU: 9.0}, "2021": {HAIZHU: 9.0}},
        people={"2020": {LIWAN: 1.0}},
    )
    told = data_version(1, numbers)
    styles = answer_styles(told, answers(told))
    assert set(styles) == {("gdp", "2022"), ("gdp", "2021"), ("people", "2020")}
    both = styles["gdp", "2021"]
    assert (both["en"].head, both["zh"].shapes[HAIZHU].lines[0]) == ("gdp in en · 2021", "9 亿元")
    assert (both["en"].shapes[LIWAN].fill, both["en"].shapes[LIWAN].lines) == ("", ("No data",))
    # limits are locked over all periods: a value has the same colour in each
    later = styles["gdp", "2022"]["en"].shapes
    assert both["en"].shapes[HAIZHU].fill == later[YUEXIU].fill != later[LIWAN].fill


def test_a_legend_names_the_period_and_says_what_its_asterisk_means(data_version, metric, figure_table):
    rate = metric("per_head", kind="rate", numerator="gdp", denominator="people", denominator_within=3)
    numbers = figure_table(
        metric("gdp"), metric("people"), rate, people={"2020": {LIWAN: 2.0}}, per_head={"2020": {LIWAN: 1.0}, "2022": {LIWAN: 3.0}}
    )  # fmt: skip
    told = data_version(1, numbers)
    legends = answer_legends(told, answers(told))
    assert set(legends) == {("people", "2020"), ("per_head", "2020"), ("per_head", "2022"), ("gdp", "")}
    own, other = legends["per_head", "2020"], legends["per_head", "2022"]
    assert (own["en"].title, other["en"].title) == ("per_head in en · 2020", "per_head in en* · 2022")
    assert other["en"].note.startswith("* divided by figures for another year: people in en, 2020. ")
    assert other["zh"].note.startswith("* ")
    assert "*" not in own["en"].note + own["zh"].note
    assert own["en"].swatches == other["en"].swatches, "limits are locked over all periods"


def test_of_the_shipped_data_every_figure_of_the_best_period_can_be_asked_for(story: Deck):
    figure_table = story.data_version.figure_table
    given = {(answer.metric, answer.adcode): answer for answer in reversed(story.answers)}
    for metric_id in figure_table.metrics:
        best = figure_table.default_period(metric_id)
        for code in ADCODES:
            if code in figure_table.column(metric_id, best):
                assert given[metric_id, code].period == best
                assert (given[metric_id, code].value is None) == (not figure_table.series(metric_id, code))


def test_a_place_whose_figure_is_hidden_is_answered_with_the_reason(data_version, money):
    numbers = FigureTable(
        {"gdp": money}, {("gdp", "2023"): {LIWAN: Figure(1.0, ("s",), "verified")}}, {("gdp", "2023"): {HAIZHU: REASON}}
    )
    assert found(data_version, numbers)["gdp", HAIZHU].words["zh"][2:] == ("无数据", "口径不同")


def test_a_place_within_old_borders_is_answered_with_that(data_version, money, figure_table):
    remark = Remark("2023", {"en": "Old borders.", "zh": "旧区划。"}, frozenset({LIWAN}))
    given = found(
        data_version, figure_table(replace(money, remarks=(remark,)), gdp={"2023": {LIWAN: 1.0, HAIZHU: 2.0}})
    )
    assert "Old borders." in given["gdp", LIWAN].words["en"]
    assert "Old borders." not in given["gdp", HAIZHU].words["en"]
