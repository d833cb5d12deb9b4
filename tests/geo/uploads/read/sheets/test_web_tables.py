"""Tables of web pages: what a person sees of them, in rows."""

import pytest

from geo.uploads.bounds import MAX_CELLS, MAX_COLUMNS, MAX_ROWS, RefusedError
from geo.uploads.read.reading import read
from geo.uploads.read.sheets.web_tables import read as tables_of


def rows(page):
    return tables_of(page)[0]


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        ("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", [["a", "b"], ["c"]]),
        ("<table><tr><td>a<td>b<tr><td>c<td>d</table>", [["a", "b"], ["c", "d"]]),
        ("<table><thead><tr><th>a</th></tr></thead><tbody><tr><td>1</td></tr></tbody></table>", [["a"], ["1"]]),
        ("<table><td>a<td>b</table>", [["a", "b"]]),
        ("<table><tr><td colspan=2>a</td><td>b</td></tr></table>", [["a", "a", "b"]]),
        (
            "<table><tr><td rowspan=2>a</td><td>b</td></tr><tr><td>c</td></tr><tr><td>d</td></tr></table>",
            [["a", "b"], ["a", "c"], ["d"]],
        ),
        ("<table><tr><td>b</td><td rowspan=9>a</td></tr><tr><td>c</td></tr></table>", [["b", "a"], ["c", "a"]]),
        ("<table><tr><td colspan=x rowspan=-1>a</td></tr></table>", [["a"]]),
        ("<table><tr><td>a<br>b</td><td> c\n d&nbsp; </td></tr></table>", [["a\nb", "c d"]]),
        ("<table><tr><td><b>1</b>,<i>277</i><script>x</script></td></tr></table>", [["1,277"]]),
        ("<table><tr><td>a&amp;&lt;b</td></tr></table>", [["a&<b"]]),
        ("<p>单位：<b>亿元</b></p><table><tr><td>a</td></tr></table>x", [["单位：亿元"], ["a"], [], ["x"]]),
        ("<table><caption>t</caption><tr><td>a</td></tr></table>", [["t"], ["a"]]),
        ("<table><tr><td>a</td></tr></table><table><tr><td>b</td></tr></table>", [["a"], [], ["b"]]),
        ("<table><tr><td>t<table><tr><td>a</td></tr></table></td></tr></table>", [["t"], ["a"]]),
        ("<title>x</title><style>y</style><select><option>z</select><table><tr><td>a</td></tr></table>", [["a"]]),
    ],
)
def test_what_is_seen_is_read(page, expected):
    assert rows(page) == expected


@pytest.mark.parametrize("page", ["", "<p>a</p>", "<table></table>", "<table><tr></tr></table>"])
def test_a_page_without_cells_is_refused(page):
    with pytest.raises(RefusedError, match="web_page"):
        tables_of(page)


@pytest.mark.parametrize(
    ("page", "code"),
    [
        ("<table>" + "<tr><td>a" * (MAX_ROWS + 1) + "</table>", "too_many_rows"),
        ("<table><tr>" + "<td>a" * (MAX_COLUMNS + 1) + "</table>", "too_many_columns"),
        ("<table>" + "<tr><td colspan=999>a" * (MAX_CELLS // 999 + 1) + "</table>", "too_many_cells"),
    ],
)
def test_tables_beyond_the_bounds_are_refused(page, code):
    with pytest.raises(RefusedError, match=code):
        tables_of(page)


def test_rows_that_a_page_hides_are_read_and_named():
    page = "<table><tr><td>区<td>值<tr style='display : none'><td>荔湾<td>1<tr hidden><td>越秀<td>2</table>"
    reading = read(page.encode(), "a.xls")
    (finding,) = reading.findings
    assert (finding.code, finding.rows, len(reading.sheet)) == ("hidden_rows", (2, 3), 3)


def test_nothing_outside_the_page_is_read(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("s3cret")
    page = f'<!DOCTYPE html [<!ENTITY x SYSTEM "{secret.as_uri()}">]><table><tr><td>&x;</td><td>b</td></tr></table>'
    assert "s3cret" not in str(rows(page))
