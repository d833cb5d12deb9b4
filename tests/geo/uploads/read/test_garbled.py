"""Texts that were spoilt before they came to the desk."""

import pytest

from geo.uploads.read.reading import read

TABLE = "地区,年份,地区生产总值（亿元）\n荔湾区,2023,1277.93\n越秀区,2023,3810.24\n"


def spoilt(written, read_as):
    return TABLE.encode(written).decode(read_as, "replace").encode()


@pytest.mark.parametrize(
    "content",
    [
        spoilt("utf-8", "latin-1"),
        spoilt("utf-8", "cp1252"),
        spoilt("gb18030", "latin-1"),
        spoilt("gb18030", "utf-8"),
        spoilt("utf-8", "gb18030"),
        spoilt("gb18030", "utf-8").decode().encode().decode("gb18030", "replace").encode(),
        TABLE.encode("ascii", "replace"),
        "地区,数值\n锟斤拷锟斤拷,1\n".encode(),
    ],
    ids=["utf-8 as latin-1", "as cp1252", "gbk as latin-1", "gbk as utf-8", "utf-8 as gbk", "twice", "??", "one cell"],
)
def test_spoilt_texts_are_refused_with_their_row(content):
    (finding,) = read(content, "a.csv").findings
    assert (finding.code, finding.rows in ((1,), (2,))) == ("garbled", True)


def test_spoilt_texts_in_a_workbook_are_refused(book):
    rows = [[cell.encode().decode("latin-1") for cell in line.split(",")] for line in TABLE.splitlines()]
    (finding,) = read(book(a=rows), "a.xlsx").findings
    assert finding.code == "garbled"


@pytest.mark.parametrize(
    "text",
    [
        TABLE,
        "區,數值\n荔灣區,1\n",
        "District,Value\nLiwan,??\nYuexiu,?\n",
        "企业,名称\n××××公司,····\n",
        "company,name\nCafé Zürich,Škoda\nL'Oréal,Æther\n",
        "区,单位\n荔湾区,km²\n越秀区,±0.5‰\n海珠区,③④⑤\n",
        "区,备注？？\n荔湾区,是否属实？？\n",
        "企业,地址\n鍾記,一德路\n",
    ],
)
def test_sound_texts_are_left_alone(text):
    assert read(text.encode(), "a.csv").findings == ()
