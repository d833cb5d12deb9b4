"""Files that are no table we read: each named for what it is."""

import io
import zipfile

import pytest

from geo.uploads.messages import describe
from geo.uploads.read.reading import read

pytestmark = pytest.mark.slow

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 99


def refusal(content, name="a.xlsx"):
    (finding,) = read(content, name).findings
    assert all((describe(finding).wrong, describe(finding).remedy))
    return finding.code, finding.params.get("kind", "")


def stream(name):
    return OLE + name.encode("utf-16-le")


def zipped(members):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, text in members.items():
            archive.writestr(name, text)
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "name", "expected"),
    [
        (b"%PDF-1.7\n", "a.xlsx", ("is_pdf", "")),
        (b"{\\rtf1 x}", "a.csv", ("is_document", "RTF")),
        (stream("WordDocument"), "a.doc", ("is_document", "Word")),
        (stream("WordDocument") + "Workbook".encode("utf-16-le"), "a.doc", ("is_document", "Word")),
        (stream("Workbook") + "WordDocument".encode("utf-16-le"), "a.xls", ("broken_archive", "")),
        (stream("PowerPoint Document"), "a.ppt", ("is_document", "PowerPoint")),
        (stream("Workbook"), "报表.ET", ("wps_et", "")),
        (stream("Workbook"), "a.xls", ("broken_archive", "")),
        (b"\xff\xd8\xff\xe0", "a.jpg", ("is_picture", "JPEG")),
        (b"BM\x36\x00\x0c\x00\0\0\0\0\x36\0\0\0", "a.bmp", ("is_picture", "BMP")),
        (b"RIFF\x10\0\0\0WEBPVP8 ", "a.webp", ("is_picture", "WebP")),
        (b"II*\0\x08\0\0\0", "a.tif", ("is_picture", "TIFF")),
        (b"\0\0\0\x18ftypheic\0\0", "a.heic", ("is_picture", "HEIC")),
        (b"\x1f\x8b\x08\0", "a.csv.gz", ("is_packed", "GZIP")),
        (b"Rar!\x1a\x07", "a.rar", ("is_packed", "RAR")),
        (b"version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 9\n", "a.csv", ("git_lfs", "")),
    ],
)  # fmt: skip
def test_files_are_named_by_their_first_bytes(content, name, expected):
    assert refusal(content, name) == expected


@pytest.mark.parametrize(
    ("members", "expected"),
    [
        ({"word/document.xml": "<a/>"}, ("is_document", "Word")),
        ({"word\\document.xml": "<a/>"}, ("is_document", "Word")),
        ({"ppt/presentation.xml": "<a/>"}, ("is_document", "PowerPoint")),
        ({"[Content_Types].xml": "<a/>", "xl/workbook.bin": ""}, ("broken_archive", "")),
        ({"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}, ("broken_archive", "")),
        ({"mimetype": "application/vnd.oasis.opendocument.text"}, ("is_document", "OpenDocument")),
        ({"Index/Document.iwa": "x"}, ("numbers_file", "")),
        ({"Index.zip": "x", "preview.jpg": "x"}, ("numbers_file", "")),
        ({"gdp.csv": "a,b"}, ("is_packed", "ZIP")),
        ({"[Content_Types].xml": "<a/>"}, ("not_xlsx", "")),
    ],
)
def test_archives_are_named_by_what_is_in_them(members, expected):
    assert refusal(zipped(members)) == expected


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('<html><form><input type="password"></form><table><td>x</td></table></html>', ("login_page", "")),
        ("<!DOCTYPE html><html><title>统一身份认证</title><body>请登录</body></html>", ("login_page", "")),
        ("<html><body><p>Not found</p></body></html>", ("web_page", "")),
        (
            '<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>',
            ("other_spreadsheet", "XML Spreadsheet 2003"),
        ),
        ('<?xml version="1.0"?><kml></kml>', ("not_a_table", "XML")),
        ('{"code": 0, "data": [{"区": "荔湾"}]}', ("not_a_table", "JSON")),
        ('[{"区": "荔湾", "type": "Feature of the land"}]', ("not_a_table", "JSON")),
        ("[[1, 2], [3, 4]]", ("not_a_table", "JSON")),
        ('{"features": [], "type" : "FeatureCollection"}', ("not_a_table", "GeoJSON")),
    ],
)
def test_text_of_another_kind_is_named(text, expected, codec):
    assert refusal(text.encode(codec), "a.xls") == expected


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize(
    "before", ["<!-- x -->", "\n <style>td {color: red}</style>", '<html><meta charset="gb2312"><body>']
)
def test_tables_of_web_pages_are_read_whatever_they_say_of_their_encoding(before, codec):
    page = f"{before}<table><tr><td>区<td>国内生产总值<td>统计局<tr><td>荔湾区<td>1<td>是</table>"
    reading = read(page.encode(codec), "a.xls")
    assert (reading.findings, reading.sheet.row(0)) == ((), ("区", "国内生产总值", "统计局"))


@pytest.mark.parametrize(
    "text", ["<50岁,人\n1,2\n", "{gdp},b\n1,2\n", "[区],值\n荔湾,1\n", "<a,b\n1,2\n", "BMI,b\n1,2\n"]
)
def test_tables_that_only_begin_oddly_are_read(text):
    reading = read(text.encode(), "a.csv")
    assert (reading.findings, len(reading.sheet)) == ((), 2)
