"""What may be meant by the name of a figure that the data do not have."""

import pytest

from geo.figures.measures import figures
from geo.uploads.records.placeholders import near


@pytest.fixture(scope="module")
def guess(today):
    """Return the guess for a name on the shipped data."""
    figure_table = figures(today)
    return lambda name: near(name, today, figure_table)


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("gpd.city.2023", "gdp.city.2023"),
        ("GDP.海珠.2023", "gdp.440105.2023"),
        ("地区生产总值.全市.2023", "gdp.city.2023"),
        ("gdp.shar.440105.2023", "gdp.share.440105.2023"),
        ("cross_border_trade.city.lastest", "cross_border_trade.city.latest"),
        ("gdp.city.2203", "gdp.city.default"),  # a year is never taken for another one
        ("statement.pazhou-taget", "statement.pazhou-target"),
        ("statement.pazhou-revenue-26.perod", "statement.pazhou-revenue-26.period"),
        ("tenant.唯品会.baietan.moved_in", "tenant.vipshop.baietan.moved_in"),
        ("source.plan-artcle", "source.plan-article"),
        ("clusters.districts", "clusters.district"),
    ],
)
def test_the_name_most_like_it_that_the_data_have_is_offered(guess, name, meant):
    assert guess(name) == meant


@pytest.mark.parametrize(
    "name", ["", "x", "weather.city.2023", "gdp", "source", "gdp.city.2023.more.of.it", "....", "tenant.x.y.z"]
)
def test_nothing_is_offered_for_what_is_like_nothing(guess, name):
    assert guess(name) == ""
