"""Sources that somebody describes: whole in both languages, and never two under one id."""

import pytest

from geo.changes.examine import examine
from geo.changes.merge import NewSource
from geo.changes.new_sources import new_source
from geo.data import loading
from geo.data.raw import Raw
from geo.errors import SourceError
from geo.schema import Atlas
from geo.uploads.model import Choices

FILE = "区,2025年地区生产总值（亿元）\n{district},{value}\n"


def proposed(raw: Raw, before: Atlas, source: NewSource, district: str = "海珠区", value: int = 3100):
    """Return what a file with one figure of a new source would change."""
    content = FILE.format(district=district, value=value).encode()
    return examine(content, "a.csv", "indicators", raw, before, Choices(source_id=source.source_id), "update", source)


def test_what_is_given_in_one_language_stands_for_both():
    made = new_source("局", document_en="Yearbook", date="2024年3月", address="https://www.gz.gov.cn/a?b=1")
    assert (made.publisher_zh, made.publisher_en, made.document_zh, made.document_en) == (
        "局",
        "局",
        "Yearbook",
        "Yearbook",
    )
    assert (made.date, made.host, made.address) == ("2024-03", "official", "https://www.gz.gov.cn/a?b=1")
    both = new_source("局", "Bureau", "年鉴", "Yearbook")
    assert (both.publisher_zh, both.publisher_en, both.document_zh, both.document_en) == (
        "局",
        "Bureau",
        "年鉴",
        "Yearbook",
    )
    assert (both.date, both.host, both.address) == ("", "publisher", "")


@pytest.mark.parametrize(
    ("said", "missing"),
    [
        ({"publisher_zh": "局"}, "publisher and a document"),
        ({"document_zh": "年鉴"}, "publisher and a document"),
        ({"publisher_zh": "局", "document_zh": "年鉴", "date": "soon"}, "date"),
        ({"publisher_zh": "局", "document_zh": "年鉴", "address": "javascript:alert(1)"}, "web address"),
    ],
)
def test_a_source_that_lacks_something_is_refused_in_words(said: dict[str, str], missing: str):
    with pytest.raises(SourceError, match=missing):
        new_source(**said)


def test_two_people_who_add_a_source_on_one_day_get_two_ids_and_both_publish(raw: Raw, before: Atlas):
    one, other = new_source("南沙区统计局", document_zh="公报"), new_source("海珠区统计局", document_zh="公报")
    assert one.source_id != other.source_id
    first = proposed(raw, before, one, "南沙区")
    published = raw.with_tables(first.tables)
    second = proposed(published, loading.typed(published), other)
    assert second.after is not None
    assert {one.source_id, other.source_id} <= set(second.after.sources.index)
    rows = second.after.indicators.query("period == '2025' and metric == 'gdp'").set_index("adcode")["source_id"]
    assert (rows["440115"], rows["440105"]) == (one.source_id, other.source_id)


def test_a_source_that_no_row_refers_to_is_not_added(raw: Raw, before: Atlas):
    source = new_source("局", document_zh="公报")
    content = "区,来源,2025年地区生产总值（亿元）\n海珠区,ranking-2023,3100\n".encode()
    choices = Choices(source_id=source.source_id)
    found = examine(content, "a.csv", "indicators", raw, before, choices, "update", source)
    assert (found.after is not None, set(found.tables)) == (True, {"indicators.csv"})


def test_the_same_source_added_by_two_is_one(raw: Raw, before: Atlas):
    first = proposed(raw, before, new_source("局", document_zh="公报"))
    published = raw.with_tables(first.tables)
    again = proposed(published, loading.typed(published), new_source("局", document_zh="公报"), value=3200)
    assert again.after is not None
    assert list(again.after.sources["publisher_zh"]).count("局") == 1
