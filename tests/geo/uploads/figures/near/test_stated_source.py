"""What a file says around its table of where the figures come from."""

import pytest

from geo.uploads.figures.near.stated_source import StatedSource, stated_source
from geo.uploads.model import Sheet

TABLE = [["区", "亿元"], ["天河", "6551"], ["越秀", "4000"]]


@pytest.mark.parametrize(
    ("above", "below", "expected"),
    [
        ("2023年各区生产总值", "资料来源：广州市统计局  发布日期：2024年5月1日", ("广州市统计局", "2023年各区生产总值", "2024-05-01")),
        ("", "数据来源：广州市统计局《2023年统计公报》。", ("广州市统计局", "2023年统计公报", "")),
        ("填报单位：海珠区统计局   填报日期：2024-03-15   单位：万元", "", ("海珠区统计局", "", "2024-03-15")),
        ("GDP by district", "Source: Guangzhou Statistics Bureau; Date: 2024-03", ("Guangzhou Statistics Bureau", "GDP by district", "2024-03")),
        ("注：数据来源于各区", "制表人：李雷", ("", "", "")),
        ("导出时间：2024-01-01", "", ("", "", "")),
        ("附件1", "", ("", "", "")),
        ("日期：去年", "", ("", "", "")),
        ("长" * 400, "来源：" + "长" * 400, ("", "", "")),
    ],
)  # fmt: skip
def test_publisher_document_and_date_are_those_around_the_table(above, below, expected):
    rows = [*([[above]] if above else []), *TABLE, *([[below]] if below else [])]
    assert stated_source(Sheet.of(rows)) == StatedSource(*expected)


def test_an_annex_number_is_not_the_title_but_the_line_below_is():
    assert stated_source(Sheet.of([["附件2"], ["各区零售总额"], *TABLE])).document == "各区零售总额"


def test_headings_of_columns_say_nothing_of_the_file():
    rows = [["区", "来源", "发布日期"], ["天河", "统计局", "2024"], ["越秀", "统计局", "2024"]]
    assert stated_source(Sheet.of(rows)) == StatedSource()


def test_the_text_between_two_tables_is_not_looked_at():
    rows = [["各区"], *TABLE, *TABLE * 10, ["来源：中间"], *TABLE * 10]
    assert stated_source(Sheet.of(rows)).publisher == ""
