"""Cluster and tenant files."""

import pandas as pd
import pytest

from geo.fields import COLUMNS

ROW = "腾讯,琶洲,已入驻"


@pytest.mark.parametrize("kind", ["clusters", "tenants"])
def test_the_shipped_file_comes_back_as_it_is(shipped, cleaned, kind):
    upload = cleaned((shipped / f"{kind}.csv").read_text(encoding="utf-8"), kind)
    stored = pd.read_csv(shipped / f"{kind}.csv", dtype=str, keep_default_na=False)
    pd.testing.assert_frame_equal(upload.table[list(COLUMNS[f"{kind}.csv"])], stored)
    assert upload.table["row"].tolist() == list(range(2, len(stored) + 2))
    assert not upload.findings


def test_a_file_in_chinese_words_becomes_ids(cleaned):
    upload = cleaned(
        """
入驻企业名单,,,,,
企業名稱,英文名,所在集聚区,状态,日期,来源,备注
腾讯,,琶洲,已入驻,2024年5月,pazhou-2021,总部
新公司,New Co,白鹅潭,在建,2024/5/6,,
,,,,,,
注：截至2024年底,,,,,,
""",
        "tenants",
        source_id="plan-article",
    )
    names = ["row", "company_id", "company_zh", "cluster_id", "status", "date", "source_id", "note_zh"]
    assert upload.table[names].to_numpy().tolist() == [
        [3, "tencent", "腾讯（微信）", "pazhou", "moved_in", "2024-05", "pazhou-2021", "总部"],
        [4, "new-co", "新公司", "baietan", "under_construction", "2024-05-06", "plan-article", ""],
    ]
    assert [(f.code, f.severity) for f in upload.findings] == [("company_id_made", "note")]


def test_fields_without_a_column_keep_what_is_stored_and_blank_cells_empty_it(cleaned, found):
    head = "企业,集聚区,状态"
    kept = cleaned(f"{head}\n复星,琶洲,已建成", "tenants")
    assert kept.table[["date", "source_id", "note_zh"]].to_numpy().tolist() == [["2021-04", "pazhou-2021", "南地块"]]
    assert found(kept, "kept_from_current")[0].params["fields"] == "date, source_id, site_id, note_en, note_zh"
    emptied = cleaned(f"{head},备注\n复星,琶洲,已建成,", "tenants")
    assert emptied.table["note_zh"].tolist() == [""]


def test_whether_a_cluster_is_an_assumption_is_kept_too(cleaned):
    upload = cleaned("集聚区ID,所在区,层级,英文名称,中文名称\ntianhe,天河,区,Tianhe,天河", "clusters")
    assert upload.table[["adcode", "tier", "assumption"]].to_numpy().tolist() == [["440106", "district", "yes"]]


def test_wrong_cells_are_listed_and_their_rows_left_out(cleaned, found):
    upload = cleaned(
        "企业,集聚区,状态,日期\n腾讯,琶州,飞走,明年\n复星,琶洲,已建成,2021\n小米,琶洲,飞走,2021", "tenants"
    )
    assert found(upload, "status_unknown")[0].rows == (2, 4)
    assert (found(upload, "cluster_unknown")[0].column, found(upload, "date_unknown")[0].value) == (2, "明年")
    assert upload.table["company_id"].tolist() == ["fosun"]


def test_required_cells_must_be_filled(cleaned, found):
    upload = cleaned("企业,集聚区,状态\n腾讯,,已入驻\n新公司,琶洲,", "tenants")
    assert [(f.params["field"], f.rows) for f in found(upload, "field_blank")] == [
        ("company_en", (3,)),
        ("cluster_id", (2,)),
        ("status", (3,)),
    ]
    assert found(upload, "company_id_missing")[0].rows == (3,)
    assert upload.table.empty


def test_a_key_twice_is_a_note_if_the_rows_agree_and_an_error_if_not(cleaned, found):
    upload = cleaned(
        f"企业,集聚区,状态,日期\n{ROW},2021\n{ROW},2021\n小米,琶洲,已入驻,2021\n小米,琶洲,已入驻,2022", "tenants"
    )
    assert found(upload, "row_twice")[0].rows == (2, 3)
    assert (found(upload, "key_twice")[0].rows, found(upload, "key_twice")[0].severity) == ((4, 5), "error")
    assert upload.table["row"].tolist() == [2, 4]


def test_columns_are_known_by_choice_noted_if_unknown_and_refused_twice(cleaned, found):
    text = f"企业,集聚区,状态,甲,企业名称\n{ROW},2021,腾讯"
    upload = cleaned(text, "tenants")
    assert found(upload, "unknown_column")[0].column == 4
    assert found(upload, "column_twice")[0].params["first"] == "企业"
    chosen = cleaned(text, "tenants", columns={"甲": "date", "企业名称": "ignore"})
    assert chosen.table["date"].tolist() == ["2021"]
    assert (chosen.columns[3].how, chosen.columns[4].target) == ("chosen", "ignore")


def test_text_that_looks_like_a_formula_is_noted_in_listings_too(cleaned, found):
    upload = cleaned(f"企业,集聚区,状态,备注\n{ROW},=cmd|x", "tenants")
    assert found(upload, "formula_text")[0].column == 4
    assert upload.table["note_zh"].tolist() == ["=cmd|x"]


def test_a_sheet_without_header_or_rows_says_so(cleaned):
    assert [f.code for f in cleaned("", "tenants").findings] == ["no_header"]
    assert "no_rows" in [f.code for f in cleaned("企业,集聚区,状态\n,,", "tenants").findings]


@pytest.mark.parametrize("row", ["琶洲总部集聚区,,新说法", ",Pazhou headquarters cluster,新说法", ",海珠区,新说法"])
def test_a_cluster_without_id_is_known_by_its_name_or_its_district(cleaned, row):
    heading = "区" if "海珠" in row else "英文名称"
    upload = cleaned(f"集聚区,{heading},优势\n{row}\n", "clusters")
    assert upload.table["cluster_id"].tolist() == ["pazhou"]
    assert upload.table["strength_zh"].tolist() == ["新说法"]
