"""Cells of cluster and tenant files."""

import pytest

from geo.uploads.records.values import BAD, readers


@pytest.mark.parametrize(
    ("kind", "field", "text", "expected"),
    [
        ("tenants", "cluster_id", "琶洲", ("pazhou", "")),
        ("tenants", "cluster_id", "琶洲总部集聚区", ("pazhou", "")),
        ("tenants", "cluster_id", "Baietan cluster", ("baietan", "")),
        ("tenants", "cluster_id", "天河区集聚区", ("tianhe", "")),
        ("tenants", "cluster_id", "Pazhu", (BAD, "cluster_unknown")),
        ("tenants", "cluster_id", "—", ("", "")),
        ("clusters", "cluster_id", "new-one", ("new-one", "")),
        ("tenants", "cluster_id", "new-one", (BAD, "cluster_unknown")),
        ("tenants", "status", "已入驻", ("moved_in", "")),
        ("tenants", "status", "said to be considering", ("considering", "")),
        ("tenants", "status", "飞走", (BAD, "status_unknown")),
        ("tenants", "date", "2021年4月", ("2021-04", "")),
        ("tenants", "date", "", ("", "")),
        ("tenants", "date", "明年", (BAD, "date_unknown")),
        ("tenants", "company_id", "ByteDance", ("bytedance", "")),
        ("tenants", "company_id", "=1", (BAD, "id_form")),
        ("tenants", "note_zh", " <b> ", ("<b>", "")),
        ("clusters", "adcode", "海珠", ("440105", "")),
        ("clusters", "adcode", "增城市", ("440118", "district_renamed")),
        ("clusters", "adcode", "萝岗区", (BAD, "former_place")),
        ("clusters", "adcode", "禅城区", (BAD, "district_elsewhere")),
        ("clusters", "adcode", "南砂区", (BAD, "district_unknown_near")),
        ("clusters", "adcode", "全市", (BAD, "district_unknown")),
        ("clusters", "tier", "总部", ("headquarters", "")),
        ("clusters", "tier", "第二", ("second", "")),
        ("clusters", "tier", "区", ("district", "")),
        ("clusters", "tier", "第九", (BAD, "tier_unknown")),
        ("clusters", "assumption", "是", ("yes", "")),
        ("clusters", "assumption", "No", ("no", "")),
        ("clusters", "assumption", "否", ("no", "")),
        ("clusters", "assumption", "也许", (BAD, "yes_no_unknown")),
        ("clusters", "park_source_id", "ranking-2023", ("ranking-2023", "")),
    ],
)
def test_a_cell_becomes_the_stored_value_or_says_why_not(today, kind, field, text, expected):
    assert readers(kind, today)[field](text)[:2] == expected
