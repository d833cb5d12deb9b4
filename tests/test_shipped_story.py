"""The shipped story: complete, the same in both languages, short enough to be read, its numbers computed."""

import re

import pytest

from geo.data import story
from geo.figures import sentences
from geo.figures.sentences import PLACEHOLDER
from geo.schema import CHARTS, MAP_KINDS
from tests.fixtures import SHIPPED_DATA
from tests.fixtures.stories import Opened, opened, shown


@pytest.fixture(scope="module")
def told() -> Opened:
    """Return the shipped data."""
    return opened(SHIPPED_DATA)


def sentences_in(text: str, language: str) -> int:
    """Return the number of sentences of a text."""
    return len(re.findall("。" if language == "zh" else r"\.(?= |$)", text))


def test_the_shipped_story_tells_the_plan_from_beginning_to_gaps(told):
    ids = [one.id for one in told[0].slides]
    assert 8 <= len(ids) <= 12
    assert ids[:2] == ["plan", "pazhou"]
    assert ids[-1] == "unknown"
    assert {"baietan", "nine", "gdp", "residents", "belt-road", "trade"} <= set(ids)


def test_every_number_of_the_shipped_story_is_computed(told):
    for one in told[0].slides:
        for words in (one.title, one.text, one.notes):
            for text in words.values():
                plain = PLACEHOLDER.sub("", text).replace("1+1+9", "")
                assert re.findall(r"\d", plain) == [], one.id


def test_the_shipped_story_says_the_same_in_both_languages(told):
    for one in told[0].slides:
        for words in (one.title, one.text, one.notes):
            names = {language: sorted(set(PLACEHOLDER.findall(text))) for language, text in words.items()}
            assert names["en"] == names["zh"], one.id


def test_shipped_slides_can_be_read_from_ten_metres(told):
    for (id_, language), title in shown(told, "title").items():
        assert 0 < len(title) <= (24 if language == "zh" else 36), id_
    for (id_, language), text in shown(told, "text").items():
        assert 1 <= sentences_in(text, language) <= 3, id_
        if language == "zh":
            assert len(re.sub(r"\s", "", text)) <= 110, id_
        else:
            assert len(text.split()) <= 55, id_


def test_shipped_slides_have_notes_of_three_to_six_sentences_in_both_languages(told):
    for (id_, language), notes in shown(told, "notes").items():
        assert 3 <= sentences_in(notes, language) <= 6, (id_, language)


def test_shipped_slides_follow_the_newest_data_and_show_all_kinds_of_maps(told):
    atlas, _ = told
    views = [story.view_query(one) for one in atlas.slides]
    assert not any({"v", "period", "lang"} & set(query) for query in views)
    assert {one.map_kind for one in atlas.slides} == set(MAP_KINDS)
    # No series has two ends without a break between.
    assert {one.chart for one in atlas.slides} >= set(CHARTS) - {"trend"}
    assert len({one.camera for one in atlas.slides}) >= 4


def test_no_trend_of_the_shipped_story_crosses_a_break_of_its_series(told):
    atlas, numbers = told
    for one in atlas.slides:
        view, _ = story.view_of(one, numbers, None)
        if one.chart == "trend":
            assert not [gap for gap in numbers.metrics[view.metric].breaks if not gap.adcodes], one.id


def test_every_source_that_the_shipped_story_cites_is_listed(told):
    atlas, numbers = told
    for slide in atlas.slides:
        assert set(sentences.cited(slide.text["en"], atlas, numbers)) <= set(atlas.sources.index), slide.id


def test_the_shipped_story_says_no_more_than_its_sources(told):
    text, notes = shown(told, "text"), shown(told, "notes")
    assert text["plan", "en"].startswith("The plan names 1+1+9 e-commerce clusters: ")
    assert "in each of 9 districts" in text["plan", "en"]
    assert "规划在各区" not in text["plan", "zh"]
    assert "is our interpretation" in notes["plan", "en"]
    assert "属本平台理解" in notes["plan", "zh"]
    assert text["unknown", "en"].endswith("cross-border e-commerce in no district.")
    assert text["unknown", "zh"].endswith("跨境电商数据均未查到。")


# ---- one way to write things, in whatever a visitor reads of the data

OTHERWISE = {
    "Rmb": "RMB",
    r"\d %": "51.54%",
    r"tenants\.csv": "no names of files",
    r"[Bb]usiness income": "one term for 主营业务收入: main business revenue",
    r"(?<![\d,./-])[1-9]\d{4,} (?=家|亿元)|(?<![\d,])1[03]00 (?=家|亿元)": "1,000",
    r"\d km²(?=[\u3000-\u9fff])": "平方公里",
    "最近一次人口普查": "距该年最近的",
    "This slide tells": "describes",
    r"ranked \{": "rank 6 of 11",
}


@pytest.mark.parametrize("words", OTHERWISE)
@pytest.mark.parametrize(
    "name", ["statements.csv", "tenants.csv", "clusters.csv", "metrics.toml", "slides.toml", "sources.csv"]
)
def test_the_shipped_data_write_it_in_one_way(name: str, words: str):
    lines = (SHIPPED_DATA / name).read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if re.search(words, line) and not line.startswith("#")] == [], OTHERWISE[words]
