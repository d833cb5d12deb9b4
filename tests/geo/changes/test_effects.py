"""What a change of figures does to ranks, classes, key figures, coverage and sentences."""

from collections.abc import Callable, Mapping
from dataclasses import replace

import pandas as pd
import pytest

from geo.changes.effects import ClassChange, CoverageChange, Effects, KpiChange, SentenceChange, effects
from geo.figures import claims
from geo.figures.classification import NO_DATA
from geo.figures.measures import Total
from geo.schema import ADCODES, CITY, Atlas, Slide

LIWAN, YUEXIU, HAIZHU = ADCODES[:3]
Values = Mapping[tuple[str, str], float]
NOW: Values = {(LIWAN, "2020"): 10.0, (YUEXIU, "2020"): 20.0, (HAIZHU, "2020"): 30.0, (LIWAN, "2010"): 10.0}


@pytest.fixture
def with_people(atlas: Atlas, metric: Callable) -> Callable[[Values], Atlas]:
    """Return a maker of atlases from numbers of people by district and period, in two classes of equal width."""

    def make(values: Values) -> Atlas:
        rows = [(code, "people", period, value, "s", "verified", "") for (code, period), value in values.items()]
        people = metric("people", scheme="equal_interval", classes=2)
        table = pd.DataFrame(rows, columns=atlas.indicators.columns)
        return replace(atlas, indicators=table, metrics=dict(atlas.metrics) | {"people": people})

    return make


def places(found: Effects) -> list[tuple[str, str, str, str]]:
    """Return the ranks of people that change as period, district, and what is said before and after."""
    return [
        (one.period, one.adcode, *(claims.rank_words(ranking, one.adcode, "en") for ranking in (one.old, one.new)))
        for one in found.ranks
        if one.metric == "people"
    ]


def test_nothing_differs_between_equal_versions(with_people):
    found = effects(with_people(NOW), with_people(dict(NOW)))
    assert (found.ranks, found.classes, found.kpis, found.coverage, found.sentences) == ((), (), (), (), ())


def test_ranks_change_for_all_who_are_overtaken_in_the_changed_period_only(with_people):
    found = effects(with_people(NOW), with_people({**NOW, (LIWAN, "2020"): 25.0}))
    assert places(found) == [
        ("2020", LIWAN, "Rank 3 of 3 with data", "Rank 2 of 3 with data"),
        ("2020", YUEXIU, "Rank 2 of 3 with data", "Rank 3 of 3 with data"),
    ]


def test_a_rank_says_what_it_is_of_before_and_after(with_people):
    """A district that stays the last is third of three, then fourth of four: that is no fall."""
    found = effects(with_people(NOW), with_people({**NOW, (ADCODES[3], "2020"): 40.0}))
    assert ("2020", LIWAN, "Rank 3 of 3 with data", "Rank 4 of 4 with data") in places(found)


def test_a_rate_changes_with_its_parts(with_people):
    found = effects(with_people(NOW), with_people({**NOW, (LIWAN, "2020"): 25.0}))
    assert {rank.metric for rank in found.ranks} == {"people", "density"}


def test_a_district_that_loses_its_figure_has_no_rank_and_no_class_any_more(with_people):
    fewer = {key: value for key, value in NOW.items() if key != (HAIZHU, "2020")}
    found = effects(with_people(NOW), with_people(fewer))
    assert ("2020", HAIZHU, "Rank 1 of 3 with data", "") in places(found)
    assert ClassChange("people", "2020", HAIZHU, 1, NO_DATA, same_value=False) in found.classes
    assert CoverageChange("people", "2020", 3, 2) in found.coverage


def test_classes_change_where_only_the_limits_moved_in_other_periods_too(with_people):
    # two classes between 10 and 30: the limit is 20; with 50 as the largest it is 30
    found = effects(
        with_people({**NOW, (YUEXIU, "2010"): 25.0}),
        with_people({**NOW, (YUEXIU, "2010"): 25.0, (HAIZHU, "2020"): 50.0}),
    )
    assert [change for change in found.classes if change.metric == "people"] == [
        ClassChange("people", "2010", YUEXIU, 1, 0, same_value=True)
    ]
    moved = effects(with_people(NOW), with_people({**NOW, (YUEXIU, "2020"): 21.0}))
    assert [change for change in moved.classes if change.metric == "people"] == [
        ClassChange("people", "2020", YUEXIU, 0, 1, same_value=False)
    ]


def test_key_figures_compare_the_periods_the_dashboard_opens_with(with_people):
    later = {**NOW, **{(code, "2030"): 1.0 for code in (LIWAN, YUEXIU, HAIZHU)}}
    found = effects(with_people(NOW), with_people(later))
    assert KpiChange("people", "2020", "2030", Total(None, 3, 11), Total(None, 3, 11)) in found.kpis
    assert CoverageChange("people", "2030", 0, 3) in found.coverage


def test_the_published_figure_of_the_city_is_a_key_figure(with_people):
    found = effects(with_people(NOW), with_people({**NOW, (CITY, "2020"): 70.0}))
    assert [(kpi.metric, kpi.old.value, kpi.new.value) for kpi in found.kpis] == [("people", None, 70.0)]
    assert (found.ranks, found.coverage) == ((), ())


def test_a_metric_that_one_version_lacks_is_left_out(with_people):
    before, after = with_people(NOW), with_people({(LIWAN, "2020"): 99.0})
    assert effects(replace(before, metrics={}), after).ranks == ()


def test_sentences_change_with_their_figures_and_say_which_are_lost(with_people):
    words = {"en": "{people.440103.2020}", "zh": "没有数字"}
    slides = (Slide("one", {"en": "T", "zh": "题"}, words, {"en": "", "zh": ""}),)
    before, after, less = (
        replace(with_people(values), slides=slides)
        for values in (NOW, {**NOW, (LIWAN, "2020"): 11.0}, {(YUEXIU, "2020"): 20.0})
    )
    assert effects(before, after).sentences == (SentenceChange("one", "en", "10 u", "11 u", ()),)
    assert effects(before, less).sentences == (
        SentenceChange("one", "en", "10 u", "[no data]", ("people.440103.2020",)),
    )
    assert effects(less, before).sentences[0].lost == ()


def test_what_could_not_be_computed_before_is_not_lost(with_people):
    words = {"en": "{people.440103.2020} {people.440104.2099}", "zh": "没有数字"}
    slides = (Slide("one", {"en": "T", "zh": "题"}, words, {"en": "", "zh": ""}),)
    before, less = (replace(with_people(values), slides=slides) for values in (NOW, {(YUEXIU, "2020"): 20.0}))
    assert effects(before, less).sentences[0].lost == ("people.440103.2020",)


def test_sentences_change_with_the_story_and_a_new_wording_loses_nothing(with_people):
    none = {"en": "", "zh": ""}

    def told(id_: str, english: str) -> Slide:
        return Slide(id_, {"en": "T", "zh": "题"}, {"en": english, "zh": "不变"}, none)

    before, after = (
        replace(with_people(NOW), slides=slides)
        for slides in (
            (told("kept", "same"), told("worded", "Old {people.440103.2020}"), told("gone", "Gone")),
            (
                told("worded", "New {people.440103.2099}"),
                told("kept", "same"),
                told("added", "Added {people.440104.2020}"),
            ),
        )
    )
    english = [one for one in effects(before, after).sentences if one.language == "en"]
    assert english == [
        SentenceChange("worded", "en", "Old 10 u", "New [no data]", ()),
        SentenceChange("added", "en", "", "Added 20 u", ()),
        SentenceChange("gone", "en", "Gone", "", ()),
    ]
