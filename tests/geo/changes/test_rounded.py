"""Rounded figures over exact ones: named, and kept out unless somebody publishes them."""

import pytest

from geo.changes.examine import examine
from geo.uploads.messages import describe
from geo.uploads.model import Choices

LIWAN = ("440103", "population", "2020")  # 1,238,305 in the frozen data


@pytest.fixture
def offered(raw, before):
    """Return what publishing the residents of 荔湾区 in 2020 would do: the figure stored, and the findings by code."""

    def make(value, unit="万人", mode="update"):
        content = f"区,2020年常住人口（{unit}）\n荔湾区,{value}\n".encode()
        found = examine(content, "p.csv", "indicators", raw, before, Choices(source_id="ranking-2023"), mode)
        table = found.tables.get("indicators.csv", raw.tables["indicators.csv"])
        stored = table.set_index(["adcode", "metric", "period"])["value"]
        return stored[LIWAN], {finding.code: finding for finding in found.findings}

    return make


@pytest.mark.parametrize(
    ("value", "unit"), [("123.83", "万人"), ("123.8", "万人"), ("124", "万人"), ("1.24", "百万人")]
)
def test_an_update_keeps_the_more_exact_figure_and_says_so(offered, value, unit):
    stored, found = offered(value, unit)
    finding = found["rounded_kept"]
    assert stored == "1238305"
    assert (finding.severity, finding.rows, finding.column) == ("note", (2,), 2)
    assert (finding.params["reference"], finding.params["count"]) == ("1238305", 1)
    assert "{" not in describe(finding).wrong


def test_whoever_replaces_the_period_publishes_the_rounded_figure(offered):
    stored, found = offered("123.8", mode="replace_period")
    assert stored == "1238000"
    assert found["rounded_replaces"].severity == "warning"


@pytest.mark.parametrize(
    ("value", "unit"),
    [("123.9", "万人"), ("124.0", "万人"), ("1240000", "人"), ("1238306", "人"), ("123.8305", "万人")],
)
def test_what_is_not_the_current_figure_rounded_is_published(offered, value, unit):
    stored, found = offered(value, unit)
    assert float(stored) == float(value) * {"人": 1, "万人": 10_000}[unit]
    assert "rounded_kept" not in found
