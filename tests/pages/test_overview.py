"""The overview's figures follow filters and selection."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from geo.schema import ADCODES
from tests.pages.conftest import Opener
from tests.pages.test_versions import publish
from ui import data

pytestmark = pytest.mark.slow


def cards(app: AppTest) -> list[tuple[str, str]]:
    """Return label and value of the four figures, Markdown escapes taken out."""
    return [(metric.label.replace("\\", ""), metric.value) for metric in app.metric]


def below(app: AppTest) -> list[str]:
    """Return the lines under the four figures."""
    return [metric.proto.delta_description.replace("\\", "") for metric in app.metric]


def test_first_visit_shows_the_city_in_its_best_covered_year(open_page: Opener) -> None:
    app = open_page(lang="en")
    assert cards(app) == [
        ("Guangzhou · 2023", "RMB 3,035.6 bn"),
        ("11 districts · 2023", "RMB 3,035.6 bn"),
        ("Largest", "Tianhe"),
        ("Nominal change", "+21.3%"),  # the city's own series: 30,355.73 / 25,019.11
    ]
    assert below(app)[1] == "−RMB 0.002 bn compared with the city figure"  # 30,355.71 against 30,355.73 亿元
    assert below(app)[3] == "since 2020"


def test_selection_shows_share_rank_and_change(open_page: Opener) -> None:
    app = open_page(sel="440106", lang="en")
    assert cards(app) == [
        ("Tianhe · 2023", "RMB 655.1 bn"),
        ("Share of the city", "21.6%"),  # 6551.26 / 30355.73
        ("Rank", "1"),
        ("Nominal change", "+23.3%"),  # 6551.26 / 5312.79
    ]
    assert below(app)[3] == "since 2020"


def test_tier_of_nine_leaves_out_haizhu_and_liwan(open_page: Opener) -> None:
    app = open_page(metric="population", period="2020", tier="district", lang="en")
    # 18,676,605 less Haizhu 1,819,037 and Liwan 1,238,305
    assert cards(app)[0] == ("9 districts · 2020", "15.62 million")
    assert cards(app)[1][1] == "83.6%"


def test_density_of_the_city_is_people_over_area(open_page: Opener) -> None:
    app = open_page(metric="density", period="2020", lang="en")
    assert cards(app)[0][1] == "2,536 people/km²"  # 18,676,605 / 7,363 km²; the average of the rates is 9,018


def test_a_total_with_gaps_is_not_the_citys(open_page: Opener) -> None:
    app = open_page(metric="gdp", period="2025", lang="en")
    assert cards(app)[:3] == [
        ("1 of 11 districts · 2025", "RMB 190.5 bn"),  # Huadu alone
        ("Published city figure", "—"),
        ("Data for only 1 of 11", "Huadu"),
    ]
    assert cards(open_page(metric="gdp", period="2022", lang="zh"))[0][0] == "11 个区中的 2 个 · 2022"


def test_a_published_city_figure_comes_before_the_sum_of_those_known(open_page: Opener) -> None:
    app = open_page(metric="retail_sales", period="2022", lang="en")
    assert [label for label, _ in cards(app)[:3]] == [
        "Guangzhou · 2022",
        "4 of 11 districts · 2022",
        "Largest of 4 with data",
    ]
    assert app.get_by_key("partial_sum").metric[0].label == "4 of 11 districts · 2022", "set smaller"


def test_a_total_with_few_gaps_names_them(open_page: Opener) -> None:
    app = open_page(metric="gdp", period="2024", lang="en")
    assert cards(app)[0][0] == "8 of 11 districts · 2024"
    assert below(app)[0] == "without Huadu, Nansha, Zengcheng"


def test_a_tiers_only_district_is_not_called_by_its_clusters_name(open_page: Opener) -> None:
    assert cards(open_page(tier="headquarters", lang="en"))[0] == ("Haizhu (home of Pazhou) · 2023", "RMB 272.0 bn")
    assert cards(open_page(tier="second", lang="zh"))[0][0] == "荔湾区（白鹅潭所在区） · 2023"


def test_published_rates_are_not_added_up(open_page: Opener) -> None:
    app = open_page(metric="gdp_growth", period="2023", lang="en")
    assert cards(app)[0][1] == "—"
    assert below(app)[0] == "published rates do not add up"


def test_rate_over_the_same_census_shows_no_change(open_page: Opener) -> None:
    app = open_page(metric="gdp_per_head", period="2023", sel="440113", lang="en")
    assert cards(app)[3] == ("Nominal change", "—")
    assert below(app)[3] == "same residents used for both years"


def test_the_only_district_of_a_tier_is_ranked_among_all(open_page: Opener) -> None:
    app = open_page(tier="second", lang="en")
    assert cards(app)[2] == ("Rank", "10")
    assert below(app)[2] == "of 11"


def test_a_rank_is_the_same_whatever_tier_is_shown(open_page: Opener) -> None:
    app = open_page(tier="second", sel="440106", lang="en")
    assert cards(app)[2] == ("Rank", "1")
    assert below(app)[2] == "of 11"


def test_manual_classes_of_a_metric_without_figures_are_refused(open_page: Opener) -> None:
    app = open_page(metric="cross_border_trade", lang="en")
    app.session_state["classes_box"] = True
    app.run()
    app.selectbox(key="scheme").select("manual").run()
    assert app.query_params["scheme"] == "equal_interval"
    assert app.toast


@pytest.mark.parametrize(("sel", "value"), [("440115", "—"), ("440106", "+56.5%")])
def test_change_stops_at_a_changed_border(open_page: Opener, sel: str, value: str) -> None:
    app = open_page(metric="population", period="2020", sel=sel, lang="en")
    assert cards(app)[3] == ("Change", value)


@pytest.mark.parametrize(
    ("metric", "period", "language", "start"),
    [
        ("gdp", "2023", "en", "Nominal change between two periods"),
        ("population", "2020", "en", "Change between two periods"),
        ("density", "2020", "zh", "两个时期之间的变化"),
        ("known_tenants", "", "en", "Change between two periods"),
    ],
)
def test_only_a_change_of_money_is_called_nominal(
    metric: str, period: str, language: str, start: str, open_page: Opener
) -> None:
    app = open_page(metric=metric, lang=language, sel="440105", **({"period": period} if period else {}))
    assert app.metric[3].help.startswith(start)
    assert ("ominal" in app.metric[3].help) is (metric == "gdp")


def test_units_follow_the_language(open_page: Opener) -> None:
    assert cards(open_page(sel="440106", lang="zh"))[0] == ("天河区 · 2023", "6,551.3 亿元")


def test_another_metric_moves_to_a_period_it_has(open_page: Opener) -> None:
    app = open_page(metric="gdp", period="2023", lang="en")
    app.selectbox(key="metric").select("population").run()
    assert app.query_params["period"] == "2020"
    assert cards(app)[0] == ("Guangzhou · 2020", "18.68 million")


def test_manual_limits_are_typed_in_the_shown_unit(open_page: Opener) -> None:
    app = open_page(metric="gdp", period="2023", scheme="manual", breaks="1000,3000", lang="en")
    app.session_state["classes_box"] = True
    app.run()
    assert app.text_input(key="breaks").value == "100; 300"
    app.text_input(key="breaks").set_value("1,500；250").run()
    assert app.query_params["breaks"] == "2500,15000", (
        "thousands separators and Chinese punctuation are understood, order is not needed"
    )
    app.text_input(key="breaks").set_value("150; 250").run()
    assert app.query_params["breaks"] == "1500,2500"
    app.text_input(key="breaks").set_value("100,200,300").run()
    assert app.query_params["breaks"] == "1500,2500", (
        "three limits separated by commas are not taken for one large number"
    )
    assert app.toast
    app.text_input(key="breaks").set_value("high; low").run()
    assert app.query_params["breaks"] == "1500,2500", "limits that are no numbers leave the old ones in place"
    assert app.toast


def test_broken_parameters_are_named_and_left_out(open_page: Opener) -> None:
    app = open_page(metric="gdp", period="1066", sel="440106", lang="en")
    assert "period\\=1066" in app.warning[0].value or "period=1066" in app.warning[0].value
    assert cards(app)[0] == ("Tianhe · 2023", "RMB 655.1 bn")


def test_table_and_download_come_when_opened(open_page: Opener) -> None:
    app = open_page(lang="en")
    assert len(app.dataframe) == 0
    app.session_state["table_box"] = True
    app.run()
    table = app.dataframe[0].value
    assert len(table) == 11
    assert table.loc[table["District"] == "Tianhe", "GDP (RMB bn)"].item() == 655.13
    assert len(app.get("download_button")) == 1


def test_the_file_under_the_table_has_the_version_in_its_name_and_in_its_rows(
    open_page: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is made on the press, by a thread that belongs to no session."""
    publish()
    for version, of_tianhe in (("1", "6551.26"), ("2", ",7000,")):
        offered: list[tuple[str, Callable[[], bytes]]] = []
        app = open_page(lang="en", v=version)
        app.session_state["table_box"] = True
        with monkeypatch.context() as patch:
            patch.setattr(
                st,
                "download_button",
                lambda _label, into=offered, **given: into.append((given["file_name"], given["data"])),
            )
            app.run()
        ((name, make),) = offered
        assert name == f"guangzhou-1-1-9-gdp-v{version}-en.csv"
        with ThreadPoolExecutor(1) as thread:
            text = thread.submit(make).result().decode("utf-8-sig")
        assert f"version {version}, published 20" in text
        (row,) = [line for line in text.splitlines() if "Tianhe" in line and ",2023," in line]
        assert of_tianhe in row


@pytest.mark.parametrize(
    ("language", "line", "remark"),
    [
        (
            "en",
            "not checked against the city figure: not all figures are published",
            "Zengcheng: the source gives 1,616 km²",
        ),
        ("zh", "含推算数，不能与全市数核对", "增城：来源仅给出 1,616 平方公里"),
    ],
)
def test_a_sum_that_holds_the_rest_of_the_citys_figure_is_not_said_to_equal_it(
    open_page: Opener, language: str, line: str, remark: str
) -> None:
    app = open_page(metric="area_official", lang=language)
    assert below(app)[1] == line
    assert remark in app.get_by_key("legend").get("html")[0].proto.body


@pytest.mark.parametrize(("language", "words"), [("en", "borders of before 2012"), ("zh", "2012 年调整前的区划")])
@pytest.mark.parametrize("metric", ["population", "density"])
def test_figures_within_old_borders_are_said_to_be_without_a_click(
    open_page: Opener, metric: str, language: str, words: str
) -> None:
    def shown(period: str) -> str:
        return str(
            open_page(metric=metric, period=period, lang=language).get_by_key("legend").get("html")[0].proto.body
        )

    assert words in shown("2010")
    assert words not in shown("2020")


@pytest.mark.parametrize(
    ("period", "english", "chinese"),
    [
        ("2020", "no city figure for 2019", "2019 年无全市数据"),
        ("2022", "no city figure for 2022", "2022 年无全市数据"),
    ],
)
def test_of_the_city_only_the_periods_without_its_own_figure_are_missing(
    period: str, english: str, chinese: str, open_page: Opener
) -> None:
    assert below(open_page(metric="gdp", period=period, lang="en"))[3] == english
    assert below(open_page(metric="gdp", period=period, lang="zh"))[3] == chinese


def test_a_tier_some_of_which_have_a_period_does_not_lack_it(open_page: Opener) -> None:
    app = open_page(metric="gdp", period="2024", tier="district", lang="en")
    assert below(app)[3] == "2024 data does not cover all 9 districts", "six of the nine do"
    assert (
        below(open_page(metric="gdp", period="2024", tier="district", lang="zh"))[3] == "2024 年数据未覆盖全部 9 个区"
    )


def test_a_rank_and_the_year_before_are_words_in_chinese(open_page: Opener) -> None:
    app = open_page(sel="440106", lang="zh")
    assert cards(app)[2:] == [("位次", "第 1 位"), ("名义变化", "+23.3%")]
    assert below(app)[3] == "较 2020 年"


def test_the_only_district_with_a_figure_has_no_rank(open_page: Opener) -> None:
    app = open_page(metric="gdp", period="2025", sel="440114", lang="en")
    assert (cards(app)[2], below(app)[2]) == (("Rank", "—"), "only district with data")
    captions = [caption.value for caption in app.caption]
    assert any(text.startswith("Only 1 of 11 districts has data: no ranking.") for text in captions)
    app.session_state["table_box"] = True
    table = app.run().dataframe[0]
    assert table.value["Rank"].isna().all()
    assert table.proto.placeholder == "—", "on the cards too; Streamlit writes None in every language"


@pytest.mark.parametrize(
    ("language", "note"), [("en", "† wholly or partly from a secondary source"), ("zh", "† 全部或部分来自二手来源")]
)
def test_a_figure_of_a_second_choice_source_is_marked_and_the_sign_explained(
    language: str, note: str, open_page: Opener
) -> None:
    secondary = data.figure_table().column("gdp", "2024")
    code = next(code for code in ADCODES if code in secondary and secondary[code].quality == "secondary")
    app = open_page(metric="gdp", period="2024", sel=code, lang=language)
    assert cards(app)[0][1].endswith("†")
    assert any(note in caption.value for caption in app.caption)
    app.session_state["table_box"] = True
    table = app.run().dataframe[0].value
    assert sum(text.startswith("† ") for text in table.iloc[:, 4]) == sum(
        secondary[code].quality == "secondary" for code in ADCODES if code in secondary
    )
    plain = open_page(metric="population", period="2020", lang=language)
    assert not any("†" in text for _, text in cards(plain))
    assert not any("†" in caption.value for caption in plain.caption)


@pytest.mark.parametrize("query", [{"tier": "second"}, {"sel": "440103"}, {"tier": "second", "since": "2020"}])
def test_a_dagger_of_a_change_is_explained_too(query: dict[str, str], open_page: Opener) -> None:
    """Liwan's figure of 2020 is of a secondary source, that of 2023 is not."""
    app = open_page(metric="gdp", period="2023", lang="en", **query)
    assert ("+17.7%†" in (value for _, value in cards(app))) is True
    assert any("† wholly or partly from a secondary source." in caption.value for caption in app.caption)
    assert not any("†" in caption.value for caption in open_page(metric="gdp", period="2023", lang="en").caption)


def test_help_of_a_sum_says_how_many_more_sources_there_are(open_page: Opener) -> None:
    column = data.figure_table().column("gdp", "2023")
    ids = {source for code in ADCODES for source in column[code].source_ids}
    app = open_page(metric="gdp", period="2023", lang="en")
    assert f"and {len(ids) - 4} more" in app.metric[1].help


def test_a_link_to_a_sparse_period_opens_the_best_covered_one_and_says_so(open_page: Opener) -> None:
    bare = open_page(metric="retail_sales", lang="en")
    assert bare.query_params["period"] == "2022"
    asked = open_page(metric="retail_sales", period="2018", lang="en")
    notes = [caption.value.replace("\\", "") for caption in asked.caption]
    assert (
        "Retail sales has no figures for 2018. Showing 2022, the period that covers the most districts (4 of 11)."
        in notes
    )
    undated = open_page(metric="area_measured", period="2018", lang="en")
    assert any("are undated, so 2018 does not apply" in caption.value for caption in undated.caption)


@pytest.mark.parametrize(
    ("language", "note"),
    [
        (
            "en",
            "Residents has no figures for 2024. Showing 2020, the period that covers the most districts (11 of 11).",
        ),
        ("zh", "常住人口无 2024 年数据，现显示 2020 年，该期有数据的区最多（11/11 区）。"),
    ],
)
def test_a_period_that_was_understood_is_not_called_a_broken_part_of_the_link(
    language: str, note: str, open_page: Opener
) -> None:
    app = open_page(metric="population", period="2024", lang=language)
    assert not app.warning
    assert note in [caption.value.replace("\\", "") for caption in app.caption]
