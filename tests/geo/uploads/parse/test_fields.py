"""Fields of cluster, tenant and slide files."""

import pytest

from geo.fields import TABLES, Value
from geo.uploads.model import IGNORED
from geo.uploads.parse.fields import REQUIRED, by_heading, by_word, read_date
from geo.uploads.parse.words import key


@pytest.mark.parametrize("kind", ["clusters", "tenants", "slides"])
def test_a_column_goes_by_its_name_its_labels_and_other_words(kind):
    names = by_heading(kind)
    for field in TABLES[f"{kind}.csv"].values():
        assert {names[key(word)] for word in field.headings} == {field.name}
    assert names["ignore"] == names["序号"] == IGNORED


def test_a_source_is_not_required_of_a_file_for_the_desk_asks_for_it():
    assert REQUIRED["tenants"] == ("company_en", "company_zh", "cluster_id", "status")


def test_words_are_keys_and_a_code_is_a_word_of_its_own():
    moved = Value({"en": "Moved in", "zh": "入驻"}, ("已入驻",))
    assert by_word({"moved_in": moved}) == {"movedin": "moved_in", "入驻": "moved_in", "已入驻": "moved_in"}


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
