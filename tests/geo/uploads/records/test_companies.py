"""Companies found or given an id."""

import pandas as pd
import pytest

from geo.uploads.records.companies import name_companies, slug
from geo.uploads.records.values import BAD

NAMES = ["company_id", "company_en", "company_zh"]
KNOWN = pd.DataFrame([("tencent", "Tencent (WeChat)", "腾讯（微信）")], columns=NAMES, dtype=str)


@pytest.mark.parametrize(
    ("given", "named", "codes"),
    [
        (("tencent", "", ""), ("tencent", "Tencent (WeChat)", "腾讯（微信）"), []),
        (("tencent", "Tencent", ""), ("tencent", "Tencent", "腾讯（微信）"), []),
        (("", "tencent", ""), ("tencent", "Tencent (WeChat)", "腾讯（微信）"), []),
        (("", "", "騰訊"), ("tencent", "Tencent (WeChat)", "腾讯（微信）"), []),
        (("", "New Co., Ltd", "新公司"), ("new-co-ltd", "New Co., Ltd", "新公司"), ["company_id_made"]),
        (("", "", "新公司"), (BAD, "", "新公司"), ["company_id_missing"]),
        (("new", "New", "新"), ("new", "New", "新"), []),
        (("", "", ""), ("", "", ""), []),
    ],
)
def test_a_company_is_found_by_id_or_name_or_given_an_id(given, named, codes):
    said = []
    rows = pd.DataFrame([given, given], columns=NAMES, dtype=str, index=[3, 5])
    table = name_companies(rows, KNOWN, lambda code, *rest, **_: said.append((code, rest[-1].tolist())))
    assert [tuple(row) for row in table[NAMES].to_numpy()] == [named, named]
    assert said == [(code, [True, True]) for code in codes]


def test_no_companies_known_or_given_is_no_harm():
    none = pd.DataFrame(columns=NAMES, dtype=str)
    assert name_companies(none, pd.DataFrame({"company_id": ["a"]}), lambda *_, **__: None).empty


def test_an_id_is_made_of_latin_letters_and_digits():
    assert slug("Café de Coral (HK)") == "cafe-de-coral-hk"
    assert slug("大家乐") == ""
