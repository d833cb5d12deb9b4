"""The reference page: gaps, assumptions, links only to official hosts, the map approval number."""

import re

import pytest

from tests.pages.conftest import Opener
from ui import data

pytestmark = pytest.mark.slow


def test_assumption_about_the_nine_is_stated(open_page: Opener) -> None:
    app = open_page("sources.py", lang="en")
    assert any("eleven districts except Haizhu and Liwan" in element.value for element in app.markdown)


def test_only_official_hosts_are_linked(open_page: Opener) -> None:
    linked = set()
    for page in ("sources.py", "pazhou.py", "baietan.py", "districts.py"):
        app = open_page(page, sel="440103", lang="en")
        for kind in ("markdown", "caption", "info"):
            for element in app.get(kind):
                linked |= set(re.findall(r"(?<!\\)\]\((\S+?)\)", element.value))
    official = data.atlas().sources.query("host == 'official'").address
    assert linked == set(official)
    assert all(re.match(r"https?://([\w.]+\.)?gov\.cn/|http://www\.thnet\.gov\.cn/", address) for address in linked)


def test_gaps_are_listed_by_period(open_page: Opener) -> None:
    app = open_page("sources.py", lang="en")
    growth = next(e for e in app.expander if e.label == "GDP growth, published")
    assert "| 2023 | 10 / 11 | Zengcheng |" in growth.markdown[-1].value


@pytest.mark.parametrize("number", ["", "粤AS（2025）001号"])
def test_map_approval_number_is_shown_once_configured(
    open_page: Opener, monkeypatch: pytest.MonkeyPatch, number: str
) -> None:
    monkeypatch.setenv("DASHBOARD_MAP_APPROVAL", number)
    app = open_page("sources.py", lang="zh")
    assert ("审图号：尚未配置" in "".join(e.value for e in app.info)) == (not number)
    assert ("审图号" in app.caption[-1].value) == bool(number)


@pytest.mark.parametrize(
    ("language", "totals", "remark"), [("en", "Totals add up;", "decimals"), ("zh", "可加总；", "小数")]
)
def test_a_metric_is_told_with_how_it_adds_up_and_what_its_periods_need(
    open_page: Opener, language: str, totals: str, remark: str
) -> None:
    app = open_page("sources.py", lang=language)
    name = data.atlas().metrics["area_official"].name[language]
    told = " ".join(e.value for e in next(e for e in app.expander if e.label == name).markdown).replace("\\", "")
    assert totals in re.sub(r":gray\[([^]]*)\]", r"\1", told)
    assert remark in told


@pytest.mark.parametrize(("language", "target"), [("en", "Target"), ("zh", "目标")])
def test_targets_are_called_so_among_what_is_stated(open_page: Opener, language: str, target: str) -> None:
    app = open_page("sources.py", lang=language)
    frame = next(table.value for table in app.dataframe if {"Kind", "类别"} & set(table.value.columns))
    rows = data.atlas().statements
    wider = rows[rows["subject"].isin(["plan", "guangzhou", "guangdong"])]
    kinds = list(frame.iloc[:, 0])
    assert [kind == target for kind in kinds] == list(wider["kind"] == "target")
    assert target in kinds
    assert any(kind != target for kind in kinds)
    secondary = list((wider["quality"] == "secondary") & (wider["value"] != ""))
    assert [value.endswith("†") for value in frame.iloc[:, 2]] == secondary
    assert any("†" in caption.value for caption in app.caption)
