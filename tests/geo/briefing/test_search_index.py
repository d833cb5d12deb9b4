"""By what words a question finds places and metrics."""

from dataclasses import replace

from geo.briefing.model import Deck
from geo.briefing.search_index import search_words
from geo.schema import ADCODES, CITY

LIWAN, YUEXIU, HAIZHU = ADCODES[:3]


def test_places_are_found_by_short_and_whole_names_those_shown_first(data_version, money, figure_table):
    places = search_words(data_version(1, figure_table(money, gdp={"2023": {LIWAN: 1.0}})))["places"]
    assert places[LIWAN] == ["Liwan", "荔湾", "Liwan District", "荔湾区"]
    assert places[CITY][:2] == ["Guangzhou", "广州市"]
    assert {"全市", "城市", "city", "广州"} <= set(places[CITY])


def test_metrics_are_found_by_names_other_headings_and_short_forms(data_version, money, metric, figure_table):
    sales = replace(metric("retail_sales"), aliases=("社零",))
    numbers = figure_table(money, sales, gdp={"2022": {LIWAN: 1.0, YUEXIU: 1.0}, "2023": {LIWAN: 1.0}})
    metrics = search_words(data_version(1, numbers))["metrics"]
    assert (metrics["gdp"]["best"], metrics["retail_sales"]["best"]) == ("2022", "")
    assert metrics["gdp"]["name"] == {"en": "gdp in en", "zh": "gdp in zh"}
    assert {"retail sales", "retail_sales in zh", "社零", "零售", "retail"} <= set(metrics["retail_sales"]["words"])


def test_a_cluster_and_its_companies_lead_to_its_district_until_they_leave(data_version, money, figure_table):
    clusters = search_words(data_version(1, figure_table(money, gdp={"2023": {LIWAN: 1.0}})))["clusters"]
    assert {"Pazhou", "琶洲", "a-firm", "a-app", "a公司", "a应用"} <= set(clusters[HAIZHU])
    assert "b-firm" not in clusters[HAIZHU], "it has moved out"
    assert {"Baietan", "b-firm"} <= set(clusters[LIWAN])


def test_every_short_form_of_the_shipped_story_is_of_a_metric_it_has(story: Deck):
    found = search_words(story.data_version)
    assert "people" in found["metrics"]["population"]["words"]
    assert "人均" in found["metrics"]["gdp_per_head"]["words"]
    assert {"琶洲", "Alibaba", "腾讯"} <= set(found["clusters"]["440105"])
    assert "白鹅潭" in found["clusters"]["440103"]
    assert len(found["districts"]) == len(ADCODES)
