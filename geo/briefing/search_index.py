"""By what words the question mode finds places and metrics, in both languages at once."""

import re
from typing import Any

import pandas as pd

from geo.briefing.answers import shown_names
from geo.figures.data_version import DataVersion
from geo.figures.measures import latest_statuses
from geo.names import place_names
from geo.schema import ADCODES, CITY, LANGUAGES
from geo.translation import translate

__all__ = ["search_words"]

CITY_WORDS = ("广州", "全市", "城市", "Guangzhou city", "city", "citywide")
# Short forms of a question, by metric id. They are not headings of a file: 人均 alone could be anything there.
SHORT_FORMS = {
    "gdp": ("经济总量", "economy"),
    "gdp_growth": ("增速", "增长", "growth"),
    "gdp_per_head": ("人均", "per head", "per capita"),
    "population": ("多少人", "人数", "people", "inhabitants"),
    "density": ("密度", "人口稠密", "dense", "densely"),
    "area_official": ("多大", "面积", "how big", "how large", "size"),
    "retail_sales": ("零售", "消费", "retail"),
    "cross_border_trade": ("跨境", "电商", "cross-border", "e-commerce"),
    "known_tenants": ("企业", "公司", "入驻", "tenants", "companies", "firms"),
}


def search_words(data_version: DataVersion) -> dict[str, Any]:
    """Return what a question is compared with, as JSON values.

    Returns
    -------
    ``districts``: all adcodes, and ``noData``: what is said of them for a year without any figure. ``places``: names by adcode, the city's under
    440100. ``shown``: by language, what they are called in an answer. ``clusters``: by adcode, the names of its clusters and of the companies that have a
    stake in them, which lead to the district's known tenants. ``metrics``: by id, name by language, the best covered period, and words.
    """
    figure_table, latest = data_version.figure_table, latest_statuses(data_version.atlas.tenants)
    return {
        "districts": list(ADCODES),
        "noData": {language: translate(language, "No data") for language in LANGUAGES},
        "places": _places(data_version),
        "shown": {language: shown_names(data_version, language) for language in LANGUAGES},
        "clusters": {code: words for code in ADCODES if (words := _clusters(data_version, latest, code))},
        "metrics": {
            id_: {
                "name": dict(metric.name),
                "best": figure_table.default_period(id_),
                "words": [id_.replace("_", " "), *metric.name.values(), *metric.aliases, *SHORT_FORMS.get(id_, ())],
            }
            for id_, metric in figure_table.metrics.items()
        },
    }


def _places(data_version: DataVersion) -> dict[str, list[str]]:
    """Return the names of the city and the districts, short and whole."""
    called = {language: place_names(data_version.atlas, language) for language in LANGUAGES}
    whole = {CITY: CITY_WORDS} | {
        code: (f"{called['en'][code]} District", f"{called['zh'][code]}区") for code in called["en"] if code != CITY
    }
    return {code: [*(called[language][code] for language in LANGUAGES), *words] for code, words in whole.items()}


def _clusters(data_version: DataVersion, latest: pd.DataFrame, adcode: str) -> list[str]:
    """Return the names of a district's clusters, of their zones, and of companies that were not last heard of leaving them."""
    atlas, found = data_version.atlas, []
    ids = atlas.clusters.loc[atlas.clusters["adcode"] == adcode, "cluster_id"]
    staying = latest[latest["cluster_id"].isin(ids) & (latest["status"] != "moved_out")]
    for language in LANGUAGES:
        for table in (atlas.clusters, atlas.zones):
            found += list(table.loc[table["cluster_id"].isin(ids), f"name_{language}"])
        found += [part for name in staying[f"company_{language}"] for part in re.split(r"\s*[()（）]\s*", name) if part]
    return list(dict.fromkeys(found))
