"""The second sheet of the story's template."""

import pytest

from geo.data.story import camera_box
from geo.figures.measures import figures
from geo.figures.sentences import PLACEHOLDER, render
from geo.schema import ADCODES, CHARTS, MAP_KINDS
from geo.translation import translate
from geo.uploads.workbooks.explanations import CHOICES, NAMES, VIEW, explanations
from geo.view import PARAMETERS


@pytest.fixture(scope="module")
def lines(today):
    return [words for words, head in explanations(today) if not head]


def test_every_offered_name_can_be_computed_and_shows_what_it_stands_for(today, lines):
    figure_table = figures(today)
    names = [words for words in lines if PLACEHOLDER.fullmatch(words[0])]
    assert len(names) > 30
    assert all(any(chinese.startswith(f"{translate('zh', text)}：") for _, chinese, _ in names) for _, text in NAMES)
    for name, chinese, english in names:
        zh, en = (render(name, today, figure_table, language) for language in ("zh", "en"))
        assert (zh.gaps, en.gaps) == ((), ())
        assert chinese.endswith("：" + zh.text)
        assert english.endswith(": " + en.text)


def test_every_camera_metric_map_kind_chart_and_part_of_a_view_is_explained(today, lines):
    written = {words[0] for words in lines}
    assert {"city", "pazhou", "baietan", *ADCODES} <= written
    assert all(camera_box(word, today) for word in ("pazhou", "113.2,22.9,113.5,23.2") if word in written)
    assert set(today.metrics) <= written
    assert [word for word, *_ in CHOICES] == [*MAP_KINDS, *CHARTS]
    assert {part.partition("=")[0] for words in VIEW for part in words[0].split("&")} == set(PARAMETERS) - {
        "breaks",
        "lang",
    }


def test_every_line_is_in_both_languages(lines):
    assert all(all(words) for words in lines)
