"""Pazhou, Baietan and the nine: plan against what is known, gaps shown as gaps."""

import pytest
from streamlit.testing.v1 import AppTest

from geo.maps import drawing
from tests.pages.conftest import Opener
from ui import data

pytestmark = pytest.mark.slow


def text(app: AppTest, key: str) -> str:
    """Return all text in a panel, Markdown escapes taken out."""
    panel = app.get_by_key(key)
    return " ".join(element.value for kind in ("markdown", "caption") for element in panel.get(kind)).replace("\\", "")


def test_pazhou_target_stands_apart_from_the_reported_figures(open_page: Opener) -> None:
    app = open_page("pazhou.py", lang="en")
    plan, known = text(app, "plan"), text(app, "known")
    assert "> RMB 100 bn" in plan
    assert "Target" in plan
    for figure, population in [
        ("RMB 46.43 bn", "26 firms holding land in West Pazhou"),
        ("RMB 18.24 bn", "77 key firms"),
        ("RMB 269 bn", "over 28,000 enterprises"),
    ]:
        assert figure in known
        assert population in known
        assert figure not in plan
    assert "do not form a series" in known


def test_vipshop_is_shown_in_both_clusters_with_dates(open_page: Opener) -> None:
    pazhou = open_page("pazhou.py", lang="en").dataframe[0].value.set_index("Company")
    baietan = open_page("baietan.py", lang="en").dataframe[0].value.set_index("Company")
    assert pazhou.loc["Vipshop (Weipinhui)", ["Status", "Date"]].tolist() == ["moved in", "2020-07-06"]
    assert baietan.loc["Vipshop (Weipinhui)", ["Status", "Date"]].tolist() == ["moved out", "2020"]
    assert baietan.loc["Moonbasa", ["Status", "Date"]].tolist() == ["expected", "undated"]


def test_baietan_says_that_no_turnover_was_found(open_page: Opener) -> None:
    assert "No turnover figure was found for this cluster" in text(open_page("baietan.py", lang="en"), "known")


def test_profile_asks_for_a_selection_and_then_shows_it(open_page: Opener) -> None:
    app = open_page("districts.py", lang="en")
    assert "Select a district" in text(app, "selection")
    app.button(key="show-440106").click().run()
    profile = text(app, "selection")
    assert "### Tianhe" in profile
    assert "RMB 655.1 bn :gray[(2023)] | 1 of 11" in profile
    assert {button.label for button in app.get_by_key("neighbours").button} == {"Yuexiu", "Haizhu", "Baiyun", "Huangpu"}


def test_neighbour_leads_to_its_profile(open_page: Opener) -> None:
    app = open_page("districts.py", sel="440106", lang="en")
    app.button(key="neighbour-440111").click().run()
    assert "### Baiyun" in text(app, "selection")
    assert app.query_params["sel"] == "440111"


def test_card_shows_a_gap_as_a_gap(open_page: Opener) -> None:
    app = open_page("districts.py", lang="zh")
    assert ":gray[区内已知载体] :gray[未查到]" in text(app, "card-440117")
    assert "状元谷" in text(app, "card-440112")


@pytest.mark.parametrize(("language", "differ"), [("en", "middle of the river"), ("zh", "江心")])
def test_two_areas_of_the_island_and_two_figures_of_one_report_are_explained(
    open_page: Opener, language: str, differ: str
) -> None:
    app = open_page("pazhou.py", lang=language)
    known, outline = text(app, "known").replace("\\", ""), text(app, "legend").replace("\\", "")
    zone = data.atlas().zones.set_index("cluster_id").loc["pazhou"]
    assert f"{zone.area_km2:.1f} {'km²' if language == 'en' else '平方公里'}" in known, (
        "the island's stated area names the measured one"
    )
    assert differ in known
    assert "10.4" in outline, "and the measured outline the stated one"
    assert known.count("+94.5% in both" if language == "en" else "增速同为 94.5%") == 2


@pytest.mark.parametrize(
    ("language", "head", "value"),
    [
        ("en", "Expected by Xinhua News Agency, 2016 (not a target of the plan)", "> RMB 500 bn"),
        ("zh", "新华社 2016 年报道的预期（非规划目标）", "> 5,000 亿元"),
    ],
)
def test_what_others_expected_is_no_target_of_the_plan(open_page: Opener, language: str, head: str, value: str) -> None:
    app = open_page("pazhou.py", lang=language)
    expected = text(app, "expected-pazhou-target-2016")
    assert head in expected
    assert value in expected
    assert value not in text(app, "plan")


def test_one_unit_and_one_way_to_write_thousands_on_a_page(open_page: Opener) -> None:
    app = open_page("pazhou.py", lang="zh")
    words = " ".join(text(app, key) for key in ("plan", "known", "legend"))
    assert "10.4 平方公里" in words
    assert "km²" not in words
    assert "1,000 亿元" in words
    assert "1000 亿元" not in words


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "* divided by figures for another year: Residents, 2020."),
        ("zh", "* 除数为其他年份数据：常住人口，2020。"),
    ],
)
def test_only_signs_that_stand_at_figures_are_explained(open_page: Opener, language: str, words: str) -> None:
    panel = open_page("pazhou.py", lang=language).get_by_key("figures")
    table, explained = panel.markdown[0].value, panel.caption[-1].value
    assert ("*" in table, "†" in table) == (True, False)
    assert explained.startswith("\\" + words), "escaped once, so that no backslash is shown"
    assert "†" not in explained


def test_tenants_have_the_symbols_of_the_map_and_who_is_not_on_it_is_said(open_page: Opener) -> None:
    app = open_page("pazhou.py", lang="en")
    table = app.dataframe[0].value.set_index("Company")
    assert table.loc["Tencent (WeChat)", "Symbol"] == drawing.picture("under_construction", "light")
    assert table.loc["Vipshop (Weipinhui)", "Symbol"] == drawing.picture("moved_in", "light")
    assert "sites are not known: ByteDance (Douyin), MINISO." in text(app, "tenants")


def test_a_company_chosen_on_the_map_is_chosen_in_the_list(open_page: Opener) -> None:
    app = open_page("pazhou.py", lang="en")
    app.session_state["tenant"] = "xiaomi"
    app.run()
    rows = app.session_state["tenant_rows xiaomi en"]["selection"]["rows"]
    assert list(app.dataframe[0].value["Company"].iloc[rows]) == ["Xiaomi"]


@pytest.mark.parametrize(
    ("language", "words"), [("en", "the district's, from pages that do not mention the plan"), ("zh", "均属该区")]
)
def test_what_is_known_of_a_district_is_not_called_its_clusters(open_page: Opener, language: str, words: str) -> None:
    app = open_page("districts.py", lang=language)
    assert any(words in caption.value for caption in app.caption)
