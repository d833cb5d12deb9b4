"""Sites of firms: where a tenant is said to be lies in the zone of its cluster, or in its district."""

import re
from typing import Any

import pytest

from geo.data import loading
from geo.data.raw import Raw
from tests.geo.conftest import DataFolder

MISTAKES = {  # tenant's row begins with, site → what was expected
    "unknown": ("xiaomi,", "xiaomi-pazhou", "xiaomi", "one of nothing, canton-tower, "),
    "another district": ("xiaomi,", "xiaomi-pazhou", "talent-valley", "a site in Haizhu (440105), the district of pazhou; this one lies in Huangpu (440112)"),
    "outside the zone": ("xiaomi,", "xiaomi-pazhou", "canton-tower", "a site inside the outline of pazhou in zones.geojson; this one lies in Haizhu (440105)"),
}  # fmt: skip


def said(folder: DataFolder) -> list[tuple[str, int | None, str, str, str]]:
    """Return the problems of a folder."""
    problems = loading.check(Raw.read(folder.path))
    return [(problem.file, problem.row, problem.field, problem.value, problem.expected) for problem in problems]


def test_no_tenant_lies_outside(folder: DataFolder) -> None:
    assert said(folder) == []


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_tenant_outside_its_cluster_is_named_with_where_it_lies(folder: DataFolder, mistake: str) -> None:
    _, old, new, expected = MISTAKES[mistake]
    row = folder.replace("tenants.csv", f",{old},", f",{new},")
    ((file, found, field, value, words),) = said(folder)
    assert (file, found, field, value) == ("tenants.csv", row, "site_id", new)
    assert words.startswith(expected)


def test_a_cluster_without_a_zone_may_be_anywhere_in_its_district(folder: DataFolder) -> None:
    line = "jd,JD,京东,huangpu,moved_in,2020,huadu-jd,{},,"
    folder.append("tenants.csv", line.format("jd-south-china"))
    assert said(folder) == []
    row = folder.append("tenants.csv", line.format("cainiao-zengcheng").replace("jd,JD", "other,Other"))
    assert [found[:4] for found in said(folder)] == [("tenants.csv", row, "site_id", "cainiao-zengcheng")]


def test_a_site_in_the_sea_is_said_to_lie_in_no_district(folder: DataFolder) -> None:
    def to_sea(features: list[dict[str, Any]]) -> None:
        next(f for f in features if f["properties"]["site_id"] == "xiaomi-pazhou")["geometry"]["coordinates"] = [
            114.2,
            22.1,
        ]

    folder.change_features("sites.geojson", to_sea)
    ((*_, expected),) = said(folder)
    assert expected == "a site in Haizhu (440105), the district of pazhou; this one lies in no district"


def test_sites_are_points_of_a_known_kind_each_there_once_and_in_wgs84(folder: DataFolder) -> None:
    def spoil(features: list[dict[str, Any]]) -> None:
        features[0]["geometry"]["coordinates"] = [113.3245, 23.1064]  # Canton Tower as GCJ-02 has it
        features[1]["properties"]["kind"] = "tower"
        features[2]["geometry"] = {"type": "LineString", "coordinates": [[113.3, 23.1], [113.4, 23.1]]}
        features[3]["properties"]["site_id"] = features[2]["properties"]["site_id"] = "twice"

    folder.change_features("sites.geojson", spoil)
    found = said(folder)
    assert {(row, field, value) for file, row, field, value, _ in found if file == "sites.geojson"} == {
        (1, "geometry", "广州塔: 113.3245, 23.1064"),
        (2, "kind", "tower"),
        (3, "geometry", "twice"),
        (4, "site_id", "twice"),
    }
    assert "a valid, non-empty point" in next(words for _, row, *_, words in found if row == 3)


def test_a_folder_without_sites_has_a_layer_without_features(folder: DataFolder) -> None:
    folder.change_features("sites.geojson", list.clear)
    tenants = folder.path / "tenants.csv"
    tenants.write_text(re.sub(r",[a-z]+-pazhou,", ",,", tenants.read_text(encoding="utf-8")), encoding="utf-8")
    assert said(folder) == []
    assert loading.load(folder.path).sites.empty
