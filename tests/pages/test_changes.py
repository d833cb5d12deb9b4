"""A change is a figure like any other: two years chosen, one pair for all districts, on cards, map, ranking, table and profile."""

import pytest
from streamlit.testing.v1 import AppTest

from geo.figures import comparison
from tests.pages.conftest import ROOT, Opener
from tests.pages.test_overview import below, cards
from ui import data

pytestmark = pytest.mark.slow

HAIZHU, BAIYUN, NANSHA = "440105", "440111", "440115"


def note(app: AppTest) -> str:
    """Return what is said of periods that were asked for and are not shown, Markdown escapes taken out."""
    found = [caption.value.replace("\\", "") for caption in app.caption if "Showing" in caption.value]
    return " ".join(found)


def test_the_city_has_its_own_change_and_the_districts_left_out_are_named(open_page: Opener) -> None:
    app = open_page(metric="gdp", period="2023", since="2020", lang="en")
    assert cards(app) == [
        ("Guangzhou · 2020 → 2023", "+21.3%"),  # 30,355.73 / 25,019.11
        ("Districts compared", "6 of 11"),
        ("Highest change of 6 compared", "Haizhu"),
        ("Difference", "+RMB 533.7 bn"),
    ]
    assert below(app)[0] == "RMB 2,501.9 → 3,035.6 bn"
    named = [caption.value for caption in app.caption if caption.value.startswith("Hatched")]
    assert [text.replace("\\", "") for text in named] == [
        "Hatched (no comparable figures): Baiyun, Huadu, Nansha, Conghua, Zengcheng (no data for 2020)."
    ]
    assert below(app)[2] == "+30.3%"


def test_a_district_has_its_change_its_rank_and_the_difference(open_page: Opener) -> None:
    app = open_page(metric="gdp", period="2023", since="2020", sel=HAIZHU, lang="en")
    assert [value for _, value in cards(app)][:3] == ["+30.3%", "+21.3%", "1"]
    assert cards(app)[0][0].endswith("· 2020 → 2023")
    assert below(app)[2] == "of 6 compared"


def test_each_end_of_a_change_and_the_difference_carry_the_sign_of_their_source(open_page: Opener) -> None:
    app = open_page(metric="gdp", period="2023", since="2020", tier="second", lang="en")
    assert below(app)[0] == "RMB 108.6† → 127.8 bn"
    assert cards(app)[3] == ("Difference", "+RMB 19.2 bn†")
    assert "†" not in "".join(below(app)[1:]) + cards(app)[1][1]


def test_all_cards_hold_to_the_pair_that_was_chosen(open_page: Opener) -> None:
    app = open_page(metric="gdp", period="2023", since="2021", sel="440106", lang="en")
    # 6551.26 / 6012.20; after Zengcheng and Nansha.
    assert [value for _, value in cards(app)] == ["+9.0%", "—", "3", "+RMB 53.9 bn"]
    assert below(app)[2:] == ["of 4 compared", "since 2021"]


def test_a_district_that_cannot_be_compared_says_why(open_page: Opener) -> None:
    app = open_page(metric="gdp", period="2023", since="2020", sel=BAIYUN, lang="en")
    assert [value for _, value in cards(app)] == ["—", "+21.3%", "—", "—"]
    assert below(app)[0] == "no data for 2020"
    border = open_page(metric="population", period="2020", since="2010", sel=NANSHA, lang="en")
    assert below(border)[0].startswith("Panyu and Nansha changed their common border")


@pytest.mark.parametrize(
    ("language", "border"), [("en", "changed their common border in 2012"), ("zh", "2012 年调整区划")]
)
def test_a_value_that_a_border_hides_is_not_called_missing(language: str, border: str, open_page: Opener) -> None:
    """The nine together have a change of density, with Panyu and Nansha in it: their figures of 2010 are there, their border moved."""
    app = open_page(metric="density", period="2020", since="2010", tier="district", lang=language)
    assert cards(app)[0][1] == "+52.5%"
    (named,) = (one.value for one in app.get_by_key("not_compared").caption)
    assert border in named
    assert "no data" not in named
    assert "无数据" not in named
    one = open_page(metric="density", period="2023", since="2010", sel="440113", lang=language)
    assert border in below(one)[0], "also where years of estimates part the two"


def test_a_pair_across_a_break_can_be_chosen_and_says_why_nothing_compares(open_page: Opener) -> None:
    app = open_page(metric="gdp", period="2024", since="2023", lang="en")
    assert [value for _, value in cards(app)] == ["—", "0 of 11", "—", "—"]
    (named,) = (caption.value.replace("\\", "") for caption in app.caption if caption.value.startswith("Hatched"))
    assert "Zengcheng (no data for 2024)" in named
    assert "Conghua (The 2023 base was revised; published growth rates must be used instead)" in named


def test_a_tier_with_gaps_has_no_change_and_says_of_how_many_it_would_be(open_page: Opener) -> None:
    app = open_page(metric="gdp", period="2023", since="2020", tier="district", lang="en")
    assert cards(app)[0][1] == "—"
    assert below(app)[0] == "4 of 9 districts comparable"
    assert cards(app)[2] == ("Highest change of 4 compared", "Panyu"), "its base are the nine, not all eleven"
    whole = open_page(metric="population", period="2020", since="2010", tier="district", lang="en")
    assert cards(whole)[0][1] != "—", "the border that moved lies inside the nine"


@pytest.mark.parametrize(("language", "name"), [("en", "GDP, nominal change (%)"), ("zh", "地区生产总值名义变化（%）")])
def test_table_and_ranking_name_the_change_and_its_years(language: str, name: str, open_page: Opener) -> None:
    app = open_page(metric="gdp", period="2023", since="2020", lang=language)
    app.session_state["table_box"] = True
    app.run()
    table = app.dataframe[0].value
    assert sorted(table[name].dropna()) == [13.06, 17.67, 17.81, 23.31, 25.84, 30.34]
    assert set(table.iloc[:, 3]) == {"2020 → 2023"}
    reason = "no data for 2020" if language == "en" else "2020 年无数据"
    assert list(table.iloc[:, 4]).count(reason) == 5
    assert any("2020 → 2023" in text.value for text in app.markdown), "the ranking's title"


def test_the_start_of_a_change_is_chosen_on_the_page_and_stands_in_the_address(open_page: Opener) -> None:
    app = open_page(metric="gdp", period="2023", lang="en")
    start = app.selectbox(key="since")
    assert start.options == [
        "none",
        "2022 (2 of 11)",
        "2021 (4 of 11)",
        "2020 (6 of 11)",
        "2019 (2 of 11)",
        "2018 (0 of 11)",
    ]
    start.select("2020").run()
    assert app.query_params["since"] == "2020"
    assert cards(app)[0][1] == "+21.3%"
    app.selectbox(key="since").select("").run()
    assert "since" not in app.query_params
    assert cards(app)[0][1] == "RMB 3,035.6 bn"


def test_a_metric_of_one_period_has_no_change_to_choose(open_page: Opener) -> None:
    app = open_page(metric="area_official", lang="en")
    assert app.selectbox(key="since").disabled
    assert app.selectbox(key="since").options == ["none"]


def test_limits_by_hand_of_a_change_are_typed_in_per_cent(open_page: Opener) -> None:
    app = open_page(metric="gdp", period="2023", since="2020", scheme="manual", breaks="15,25", lang="en")
    app.session_state["classes_box"] = True
    app.run()
    assert app.text_input(key="breaks").value == "15; 25"
    app.text_input(key="breaks").set_value("-5; 20").run()
    assert app.query_params["breaks"] == "-5,20"
    app.selectbox(key="since").select("").run()
    assert (app.query_params["scheme"], "breaks" in app.query_params) == ("quantile", False), "per cent are no RMB"


# ---- a period asked for stays asked for


def test_a_period_asked_for_comes_back_after_a_metric_that_lacks_it(open_page: Opener) -> None:
    app = open_page(metric="gdp", period="2023", lang="en")
    assert note(app) == ""
    app.selectbox(key="metric").select("population").run()
    assert app.query_params["period"] == "2020", "the address names what is shown"
    assert (
        note(app)
        == "Residents has no figures for 2023. Showing 2020, the period that covers the most districts (11 of 11)."
    )
    app.selectbox(key="metric").select("gdp").run()
    assert app.query_params["period"] == "2023"
    assert note(app) == ""


def test_another_period_is_asked_for_by_choosing_it(open_page: Opener) -> None:
    app = open_page(metric="gdp", period="2023", lang="en")
    app.selectbox(key="metric").select("population").run()
    app.selectbox(key="period").select("2010").run()
    app.selectbox(key="metric").select("gdp").run()
    assert app.query_params["period"] == "2023", "GDP has no 2010; its best covered year"
    assert note(app).startswith("GDP has no figures for 2010")


def test_a_change_asked_for_comes_back_too(open_page: Opener) -> None:
    app = open_page(metric="gdp", period="2023", since="2020", lang="en")
    app.selectbox(key="metric").select("population").run()
    assert (app.query_params["period"], app.query_params["since"]) == ("2020", "2010")
    assert "Showing the change in Residents since 2010" in note(app), (
        "2020 is the period shown, no start that is lacking"
    )
    app.selectbox(key="metric").select("gdp_growth").run()
    assert "since" not in app.query_params
    assert "Showing the figures themselves" in note(app)
    app.selectbox(key="metric").select("gdp").run()
    assert (app.query_params["period"], app.query_params["since"]) == ("2023", "2020")


def test_what_was_asked_for_survives_a_change_of_page_and_of_language(open_page: Opener) -> None:
    app = open_page(metric="gdp", period="2023", lang="en")
    app.selectbox(key="metric").select("population").run()
    app.segmented_control(key="language").set_value("zh").run()
    app.switch_page(str(ROOT / "pages" / "districts.py")).run()
    app.selectbox(key="metric").select("gdp").run()
    assert app.query_params["period"] == "2023"


# ---- profile and map show the same period, or say which


def profile(app: AppTest) -> str:
    """Return the table of a district's figures, Markdown escapes taken out."""
    return next(text.value.replace("\\", "") for text in app.markdown if text.value.startswith("| "))


@pytest.mark.parametrize("page", ["districts.py", "pazhou.py"])
def test_a_profile_shows_the_period_of_the_map(page: str, open_page: Opener) -> None:
    app = open_page(page, metric="gdp", period="2018", sel=HAIZHU, lang="en")
    assert "(2018)" in next(line for line in profile(app).splitlines() if line.startswith("| GDP |"))


def test_a_profile_says_where_a_district_lacks_the_period_of_the_map(open_page: Opener) -> None:
    app = open_page("districts.py", metric="gdp", period="2018", sel=BAIYUN, lang="en")
    (line,) = (line for line in profile(app).splitlines() if line.startswith("| GDP |"))
    assert "(2023; no data for 2018)" in line or "(2024; no data for 2018)" in line
    card = next(caption.value for caption in app.caption if "no data for 2018" in caption.value)
    assert "GDP" in card


def test_a_profile_shows_another_metric_in_the_period_asked_for(open_page: Opener) -> None:
    app = open_page("districts.py", metric="gdp", period="2018", sel=HAIZHU, lang="en")
    app.selectbox(key="metric").select("population").run()
    assert "(2018)" in next(line for line in profile(app).splitlines() if line.startswith("| GDP |"))
    assert "(2020; no data for 2018)" in next(
        line for line in profile(app).splitlines() if line.startswith("| Residents |")
    )


def test_a_profile_begins_with_the_change_that_the_map_shows(open_page: Opener) -> None:
    app = open_page("districts.py", metric="gdp", period="2023", since="2020", sel=HAIZHU, lang="en")
    first = profile(app).splitlines()[2]
    assert first.startswith("| GDP, nominal change 2020 → 2023 | +30.3% | 1")
    other = open_page("districts.py", metric="gdp", period="2022", since="2020", sel=BAIYUN, lang="en")
    (named,) = (caption.value for caption in other.caption if caption.value.startswith("Hatched"))
    assert "Tianhe" in named and "Liwan" not in named, "of the nine only"
    other = open_page("districts.py", metric="gdp", period="2023", since="2020", sel=BAIYUN, lang="en")
    assert profile(other).splitlines()[2] == "| GDP, nominal change 2020 → 2023 | no data for 2020 |  |"


# ---- what is claimed of a change


@pytest.mark.parametrize(
    ("language", "label", "value"),
    [
        ("en", "Smallest fall of {} compared", "percentage points"),
        ("zh", "可比 {} 区中降幅最小", " 个百分点"),
    ],
)
def test_where_all_fall_nobody_has_the_largest_change(language: str, label: str, value: str, open_page: Opener) -> None:
    app = open_page(metric="gdp_growth", period="2024", since="2023", lang=language)
    known = comparison.comparable(data.figure_table(), "gdp_growth", "2023", "2024")
    assert cards(app)[2][0] == label.format(known)
    assert below(app)[2].startswith("−2.5") and below(app)[2].endswith(value)


@pytest.mark.parametrize(("language", "value"), [("en", "−3.2 percentage points"), ("zh", "−3.2 个百分点")])
def test_a_difference_of_rates_is_in_percentage_points(language: str, value: str, open_page: Opener) -> None:
    app = open_page(metric="gdp_growth", period="2024", since="2023", sel=HAIZHU, lang=language)
    assert cards(app)[3][1] == cards(app)[0][1] == value


@pytest.mark.parametrize(
    ("metric", "since", "period", "reason", "beside"),
    [
        ("gdp", "2022", "2023", "no city figure for 2022", "no city figure for 2022"),
        ("cross_border_trade", "2022", "2023", "The 2022 base was revised", "break in the series since 2022"),
    ],
)
def test_the_city_without_a_change_has_its_own_reason(
    metric: str, since: str, period: str, reason: str, beside: str, open_page: Opener
) -> None:
    app = open_page(metric=metric, period=period, since=since, lang="en")
    assert cards(app)[0][1] == "—"
    assert below(app)[0].startswith(reason)
    assert below(open_page(metric=metric, period=period, since=since, sel=HAIZHU, lang="en"))[1] == beside


@pytest.mark.parametrize(
    ("language", "told"),
    [
        (
            "en",
            "GDP has no change since 2010. Showing the change since 2020, the period with the most comparable districts.",
        ),
        ("zh", "地区生产总值无自 2010 年以来的变化，现显示自 2020 年以来的变化，该期可比的区最多。"),
    ],
)
def test_a_link_whose_start_the_figure_lacks_shows_the_usual_one(language: str, told: str, open_page: Opener) -> None:
    app = open_page(metric="gdp", period="2023", since="2010", lang=language)
    assert app.query_params["since"] == "2020"
    assert told in [caption.value.replace("\\", "") for caption in app.caption]
    assert not app.warning


# ---- a profile names the period that was asked for, and none that nobody asked for


def test_a_profile_lacks_only_what_somebody_asked_for(open_page: Opener) -> None:
    app = open_page("districts.py", metric="population", sel=HAIZHU, lang="en")
    assert "no figure for" not in profile(app)
    app = open_page("districts.py", metric="population", period="2010", sel=HAIZHU, lang="en")
    assert "(2023; no data for 2010)" in next(row for row in profile(app).splitlines() if row.startswith("| GDP |"))
    app = open_page("districts.py", metric="population", period="2010", sel=HAIZHU, lang="zh")
    row = next(row for row in profile(app).splitlines() if row.startswith("| 地区生产总值 |"))
    assert "（2023 年；2010 年无数据）" in row
    assert " 位（共 11 区）" in row


def test_a_profile_marks_secondary_sources_and_ranks_no_lone_figure(open_page: Opener) -> None:
    app = open_page("districts.py", metric="gdp", period="2025", sel="440114", lang="en")
    row = next(row for row in profile(app).splitlines() if row.startswith("| GDP |"))
    assert row.endswith("| only district with data |")
    assert ("†" in row) == (data.figure_table().column("gdp", "2025")["440114"].quality == "secondary")
