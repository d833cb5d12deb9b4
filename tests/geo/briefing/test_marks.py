"""What a slide, a sheet and an answer say of figures that need a word: secondary sources, other borders, estimates, and sources of what is named."""

from collections.abc import Callable

import pytest

from geo.briefing.answers import answers
from geo.briefing.build import of_view
from geo.briefing.model import Deck, Face
from geo.briefing.small_print import slide_texts, stamp_line
from geo.figures import claims, sentences
from geo.figures.data_version import DataVersion
from geo.schema import LANGUAGES
from geo.view import View

HAIZHU, TIANHE, PANYU, NANSHA = "440105", "440106", "440113", "440115"
Show = Callable[..., Face]


@pytest.fixture
def version(story: Deck) -> DataVersion:
    """Return the data of the tests."""
    return story.data_version


@pytest.fixture
def show(version: DataVersion) -> Show:
    """Return a function that shows a view in English."""

    def show_(metric: str, period: str, **fields: str) -> Face:
        view = View(metric, period, "quantile", 5, **fields)
        return of_view(lambda _number: version, view).scenes[0].faces["en"]

    return show_


def source_names(version: DataVersion, metric: str, period: str, code: str) -> set[str]:
    """Return the sources of a figure, as a file names them."""
    ids = version.figure_table.column(metric, period)[code].source_ids
    return {f"{version.atlas.sources.loc[id_, 'publisher_en']}" for id_ in ids}


@pytest.mark.parametrize(
    ("metric", "period", "fields", "code"),
    [("cross_border_trade", "2023", {}, "440100"), ("gdp", "2023", {"tier": "district", "sel": HAIZHU}, HAIZHU)],
)
def test_a_sentence_has_the_source_of_the_figure_it_names(show: Show, version, metric, period, fields, code) -> None:
    face = show(metric, period, **fields)
    publishers = source_names(version, metric, period, code)
    assert all(any(publisher in source for source in face.sources) for publisher in publishers)


def test_a_secondary_figure_has_a_dagger_and_the_last_line_says_what_it_means(show: Show) -> None:
    face = show("gdp", "2024")
    assert "Tianhe, RMB 661.5 bn†" in face.text
    bars = {bar.adcode: bar.text for bar in face.chart.bars}
    assert bars[TIANHE].endswith("†")
    assert not bars[HAIZHU].endswith("†")
    assert stamp_line(face, "en", slide_texts(face)).endswith("† secondary source")
    verified = show("population", "2020")
    assert "†" not in "".join(slide_texts(verified)) + stamp_line(verified, "en", slide_texts(verified))


def test_a_computed_value_in_a_sentence_has_the_dagger_too(version: DataVersion) -> None:
    text = sentences.render(f"{{gdp.{TIANHE}.2024}}", version.atlas, version.figure_table, "en").text
    assert text == "RMB 661.5 bn†"
    assert sentences.render(f"{{gdp.{HAIZHU}.2023}}", version.atlas, version.figure_table, "en").text == "RMB 272.0 bn"


def test_residents_within_other_borders_are_shown_but_not_ranked(show: Show, version: DataVersion) -> None:
    face = show("population", "2010")
    ranks = {fact.adcode: fact.rank for fact in face.facts}
    assert (ranks[PANYU], ranks[NANSHA]) == (None, None)
    assert sorted(rank for rank in ranks.values() if rank) == list(range(1, 10))
    assert "of 9 ranked" in face.text
    found = claims.ranking(version.figure_table, "population", "2010")
    assert claims.rank_words(found, PANYU, "en") == "Not ranked"
    assert claims.rank_words(found, TIANHE, "en").endswith("of 9 ranked")
    assert claims.rank_note(found, "en") == "Ranked among 9 of 11 districts; the figures of the others are not ranked."
    bars = [bar.adcode for bar in face.chart.bars]
    assert set(bars[-2:]) == {PANYU, NANSHA}
    assert all(bar.value for bar in face.chart.bars)


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_answer_says_what_a_legend_would(version: DataVersion, language: str) -> None:
    given = {(answer.metric, answer.adcode, answer.period): answer.words[language] for answer in answers(version)}
    general = version.figure_table.metrics["density"].remark("2010", language)
    assert general
    assert any(general in line for line in given["density", HAIZHU, "2010"])
    assert not any(general in line for line in given["density", HAIZHU, "2020"])
    borders = version.figure_table.metrics["population"].remark("2010", language, PANYU)
    assert any(borders in line for line in given["population", PANYU, "2010"])
    assert not any(borders in line for line in given["population", TIANHE, "2010"])
    (note,) = [line for line in given["gdp", TIANHE, "2024"] if line == claims.secondary_note(language)]
    assert note not in given["gdp", HAIZHU, "2023"]
