"""Fields of cluster, tenant and slide files."""

import pytest

from geo.data.checking import STATUSES
from geo.schema import CHARTS, PICTURES, TIERS
from geo.uploads.fields import (
    CHART_WORDS,
    FIELDS,
    PICTURE_WORDS,
    REQUIRED,
    STATUS_WORDS,
    TIER_WORDS,
    by_word,
    read_date,
)
from geo.uploads.model import IGNORED, TABLE_COLUMNS


def test_every_field_has_words_and_no_word_has_two_fields():
    for kind, fields in FIELDS.items():
        assert set(fields) - {IGNORED} == set(TABLE_COLUMNS[f"{kind}.csv"])
        words = [word for listed in fields.values() for word in listed.split()]
        assert len(words) == len(set(words))
        assert set(REQUIRED[kind]) <= set(fields)


def test_every_status_tier_picture_and_chart_has_words():
    assert (tuple(PICTURE_WORDS), tuple(CHART_WORDS)) == (PICTURES, CHARTS)
    assert tuple(STATUS_WORDS) == STATUSES
    assert tuple(TIER_WORDS) == TIERS


def test_words_are_keys_and_a_name_is_a_word_of_its_own():
    assert by_word({"moved_in": "已入驻"}) == {"movedin": "moved_in", "已入驻": "moved_in"}


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2021", "2021"),
        ("2021年", "2021"),
        ("2021年4月", "2021-04"),
        ("2021.04", "2021-04"),
        ("2021/4", "2021-04"),
        ("2021-04-06", "2021-04-06"),
        ("2021/4/6", "2021-04-06"),
        ("２０２１年４月６日", "2021-04-06"),
        ("2021-04-06 00:00:00", "2021-04-06"),
        ("2021-13", None),
        ("2021-02-30", None),
        ("6.4.2021", None),
        ("去年", None),
    ],
)
def test_a_date_is_as_exact_as_it_is_given(text, date):
    assert read_date(text) == date
