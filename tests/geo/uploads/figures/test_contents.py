"""Which kind of content a sheet holds, told by its headings."""

import pytest

from geo.uploads.figures.contents import other_kind

TENANTS = "企业名称,集聚区,状态,日期,来源\n腾讯,琶洲,在建,2021-04,x"
CLUSTERS = "集聚区编号,层级,中文名称,英文名称,行政区划代码\npazhou,headquarters,琶洲,Pazhou,440105"
FIGURES = "区,指标,时期,数值,单位,来源,备注\n荔湾区,GDP,2023,1,亿元,x,"


@pytest.mark.parametrize(
    ("text", "taken_for", "other"),
    [
        (TENANTS, "indicators", "tenants"),
        (TENANTS, "tenants", None),
        (CLUSTERS, "indicators", "clusters"),
        (FIGURES, "indicators", None),
        ("区,GDP（亿元）\n荔湾区,1", "indicators", None),
        ("区,日期,来源\n荔湾区,2023,x", "indicators", None),
        ("", "indicators", None),
    ],
)
def test_a_file_of_another_kind_is_recognised(sheet, text, taken_for, other):
    assert other_kind(sheet(text), taken_for) == other
