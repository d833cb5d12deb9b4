"""Tables of web pages: what a person sees of them, in rows."""

import pytest

from geo.uploads.packing import UnreadableError
from geo.uploads.reading import read
from geo.uploads.web_tables import read as packed

MOST = (100, 20, 1_000)


def rows(page):
    columns = packed(page.encode(), MOST).columns
    texts = [[list(words)[code] for code in codes] for codes, words in columns]
    return [list(row) for row in zip(*texts, strict=True)]


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        ("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", [["a", "b"], ["c", ""]]),
        ("<table><tr><td>a<td>b<tr><td>c<td>d</table>", [["a", "b"], ["c", "d"]]),
        ("<table><thead><tr><th>a</th></tr></thead><tbody><tr><td>1</td></tr></tbody></table>", [["a"], ["1"]]),
        ("<table><td>a<td>b</table>", [["a", "b"]]),
        ("<table><tr><td colspan=2>a</td><td>b</td></tr></table>", [["a", "a", "b"]]),
        (
            "<table><tr><td rowspan=2>a</td><td>b</td></tr><tr><td>c</td></tr><tr><td>d</td></tr></table>",
            [["a", "b"], ["a", "c"], ["d", ""]],
        ),
        ("<table><tr><td>b</td><td rowspan=9>a</td></tr><tr><td>c</td></tr></table>", [["b", "a"], ["c", "a"]]),
        ("<table><tr><td colspan=x rowspan=-1>a</td></tr></table>", [["a"]]),
        ("<table><tr><td>a<br>b</td><td> c\n d&nbsp; </td></tr></table>", [["a\nb", "c d"]]),
        ("<table><tr><td><b>1</b>,<i>277</i><script>x</script></td></tr></table>", [["1,277"]]),
        ("<table><tr><td>a&amp;&lt;b</td></tr></table>", [["a&<b"]]),
        ("<p>单位：<b>亿元</b></p><table><tr><td>a</td></tr></table>x", [["单位：亿元"], ["a"], [""], ["x"]]),
        ("<table><caption>t</caption><tr><td>a</td></tr></table>", [["t"], ["a"]]),
        ("<table><tr><td>a</td></tr></table><table><tr><td>b</td></tr></table>", [["a"], [""], ["b"]]),
        ("<table><tr><td>t<table><tr><td>a</td></tr></table></td></tr></table>", [["t"], ["a"]]),
        ("<title>x</title><style>y</style><select><option>z</select><table><tr><td>a</td></tr></table>", [["a"]]),
    ],
)
def test_what_is_seen_is_read(page, expected):
    assert rows(page) == expected


@pytest.mark.parametrize("page", ["", "<p>a</p>", "<table></table>", "<table><tr></tr></table>"])
def test_a_page_without_cells_is_refused(page):
    with pytest.raises(UnreadableError, match="web_page"):
        packed(page.encode(), MOST)


@pytest.mark.parametrize(
    ("page", "size"),
    [
        ("<table>" + "<tr><td>a" * 101 + "</table>", (101, 1)),
        ("<table><tr>" + "<td>a" * 21 + "</table>", (1, 21)),
        ("<table><tr><td colspan=999>a</table>", (1, 999)),
        ("<table>" + "<tr><td colspan=20>a" * 51 + "</table>", (51, 20)),
    ],
)
def test_tables_beyond_the_bounds_are_refused(page, size):
    with pytest.raises(UnreadableError) as refused:
        packed(page.encode(), MOST)
    assert refused.value.size == size


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
