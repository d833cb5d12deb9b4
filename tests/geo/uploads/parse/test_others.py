"""Words in a text near a table that make its figures others."""

import pytest

from geo.uploads.parse.headings import vocabulary


@pytest.fixture(scope="module")
def others(today):
    return vocabulary(today, {}).others


@pytest.mark.parametrize(
    ("text", "metric", "words"),
    [
        ("2023年跨境电商进出口额", "cross_border_trade", ()),
        ("2023年跨境电商出口额", "cross_border_trade", ("出口",)),
        ("人均地区生产总值", "gdp_per_head", ()),
        ("人均地区生产总值", "gdp", ("人均",)),
        ("GDP增速按可比价计算", "gdp", ("增速",)),
        ("GDP增速按可比价计算", "gdp_growth", ()),
        ("2023年末户籍人口", "gdp", ()),
        ("户 籍 人 口", "population", ("户籍",)),
        ("各区流动人口", "population", ("流动人口",)),
        ("各区人口密度", "population", ("密度",)),
        ("各区劳动年龄人口", "population", ("劳动年龄",)),
        ("人口自然增长", "population", ("自然增长",)),
        ("各区GDP增减幅", "gdp", ("增减幅",)),
        ("各区工业GDP", "gdp", ("工业",)),
        ("工业园区GDP", "gdp", ()),
        ("GDP现价增速", "gdp", ("现价增速",)),
        ("GDP增减情况", "gdp_growth", ()),
        ("各区GDP及排名", "gdp", ("排名",)),
        ("杭州市各区GDP", "gdp", ("杭州市",)),
        ("2023年广州市各区GDP", "gdp", ()),
        ("全市各区GDP", "gdp", ()),
        ("Rural retail sales", "retail_sales", ("rural",)),
        ("Plural retail sales", "retail_sales", ()),
        ("GDP目标", "no_such_metric", ()),
    ],
)
def test_words_are_found_that_make_a_metric_another_figure(others, text, metric, words):
    assert others.within(text, metric) == words


def test_a_word_that_the_table_says_itself_is_none(others):
    assert others.within("各区GDP及同比增速、户籍人口", "gdp", "增速（%）") == ()
    assert others.within("各区GDP占全市比重", "gdp", "占比") == ()
    assert others.within("各区GDP及排名", "gdp", "位次") == ()
    assert others.within("各区GDP占全市比重", "gdp", is_share=False) == ()
